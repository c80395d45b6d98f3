import axe from "axe-core";
import { expect } from "vitest";

/** Nothing on the page that axe objects to. */
export async function expectAccessible(): Promise<void> {
  // jsdom lays nothing out, so contrast is judged elsewhere.
  const { violations } = await axe.run(document.body, { resultTypes: ["violations"], rules: { "color-contrast": { enabled: false } } });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
}
