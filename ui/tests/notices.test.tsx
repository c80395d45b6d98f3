import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { NoticeView } from "../src/backend/backend";
import type { FakeBackend } from "../src/backend/fake";
import { expectAccessible } from "./accessible";
import { openApp } from "./app";

const STOPPED = "Trading is stopped: everything was cancelled.";

function tell(backend: FakeBackend, id: number, text: string, tone: NoticeView["tone"] = "warning"): void {
  act(() => backend.send({ type: "notice", value: { id, at: Date.now() + id, tone, text, code: null, about: null } }));
}

function shown(): string[] {
  return within(screen.getByRole("list", { name: "Notices that stay" }))
    .queryAllByRole("listitem")
    .map((item) => item.getAttribute("data-testid") ?? "");
}

describe("notices", () => {
  it("that say the same stand once, with how often and when last", async () => {
    const { backend, user } = await openApp();
    tell(backend, 1, STOPPED, "alarm");
    tell(backend, 2, "Market data farm is away.");
    tell(backend, 3, STOPPED, "alarm");
    expect(shown()).toEqual(["notice-2", "notice-3"]);
    expect(screen.getByTestId("notice-3")).toHaveTextContent(/2 times since \d/);
    expect(screen.getByTestId("notice-2")).not.toHaveTextContent("times");
    await expectAccessible();
    await user.click(within(screen.getByTestId("notice-3")).getByRole("button", { name: "Put this notice away" }));
    expect(shown()).toEqual(["notice-2"]);
    // Told again it is news again.
    tell(backend, 4, STOPPED, "alarm");
    expect(shown()).toEqual(["notice-2", "notice-4"]);
    expect(screen.getByTestId("notice-4")).not.toHaveTextContent("times");
  });

  it("that stay are the newest two, the others are counted and shown when they are asked for", async () => {
    const { backend, user } = await openApp();
    for (const id of [1, 2, 3, 4]) tell(backend, id, `Farm ${id} is away.`);
    expect(shown()).toEqual(["notice-3", "notice-4"]);
    await user.click(screen.getByRole("button", { name: "Show 2 more" }));
    expect(shown()).toEqual(["notice-1", "notice-2", "notice-3", "notice-4"]);
    await user.click(screen.getByTestId("notices-more"));
    await user.click(screen.getByTestId("notices-clear"));
    expect(shown()).toEqual([]);
    expect(screen.queryByTestId("notices-clear")).toBeNull();
  });

  it("are put away by keys, one after the other or all at once", async () => {
    const { backend, user } = await openApp();
    for (const id of [1, 2]) tell(backend, id, `Farm ${id} is away.`);
    within(screen.getByTestId("notice-1")).getByRole("button").focus();
    await user.keyboard("{Enter}");
    expect(shown()).toEqual(["notice-2"]);
    expect(within(screen.getByTestId("notice-2")).getByRole("button")).toHaveFocus();
    tell(backend, 3, "Farm 3 is away.");
    await user.keyboard("{F2}");
    await waitFor(() => expect(shown()).toEqual([]));
  });

  it("that are quiet take no button and no click: they pass", async () => {
    const { backend } = await openApp();
    tell(backend, 1, "Bought 10 AAPL.", "quiet");
    tell(backend, 2, "Bought 10 AAPL.", "quiet");
    const passing = within(screen.getByTestId("notices-passing"));
    expect(passing.getByTestId("notice-2")).toHaveTextContent("2 times");
    expect(passing.queryByRole("button")).toBeNull();
    expect(shown()).toEqual([]);
  });
});
