import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { DraftInput, Snapshot } from "../src/backend/backend";
import { FakeBackend } from "../src/backend/fake";
import { fillTicket, openApp } from "./app";

/** The same with every figure that is observed not known. */
function blank<T>(told: T): T {
  if (Array.isArray(told)) return told.map(blank) as T;
  if (told === null || typeof told !== "object") return told;
  if ("source" in told && "value" in told) return { ...told, value: null, at: null, source: null };
  return Object.fromEntries(Object.entries(told).map(([name, part]) => [name, blank(part)])) as T;
}

/** A broker that tells no number but how many are held. */
class BlankBackend extends FakeBackend {
  override snapshot(): Snapshot {
    const { accounts, household, positions, merged, quotes, orders, ...rest } = super.snapshot();
    return {
      ...rest,
      accounts: blank(accounts),
      household: blank(household),
      positions: positions.map((position) => ({ ...blank(position), quantity: position.quantity, averageCost: null })),
      merged: merged.map((position) => ({ ...blank(position), quantity: position.quantity, averageCost: null })),
      quotes: blank(quotes),
      orders: orders.map((order) => ({ ...order, limitPrice: null, stopPrice: null, averagePrice: null, commission: null, realizedPnl: null })),
    };
  }

  override async preview(draft: DraftInput) {
    const outcome = await super.preview(draft);
    if (outcome.type !== "ready") return outcome;
    const { margin, ...rest } = outcome.preview;
    const unknown = { before: null, after: null };
    const margins = Object.fromEntries(Object.keys(margin).map((name) => [name, unknown])) as typeof margin;
    const silent = { margin: margins, commission: null, minCommission: null, maxCommission: null, worstCase: null };
    return { ...outcome, preview: { ...rest, ...silent } };
  }
}

/** Shown as a dash that says why. */
function expectUnknown(shown: HTMLElement): void {
  expect(shown.textContent, shown.dataset.testid).toBe("—");
  const dash = shown.getAttribute("role") === "img" ? shown : within(shown).getByRole("img");
  expect(dash).toHaveAccessibleName(/^not known: \S.{10,}/);
}

describe("what the broker does not tell is a dash with its reason", () => {
  it("in the portfolio", async () => {
    await openApp(new BlankBackend());
    const figures = screen.getAllByTestId(/^figure-/);
    expect(figures.length).toBeGreaterThan(20);
    figures.forEach(expectUnknown);
    const rows = await screen.findAllByTestId(/^position-row-/);
    expect(rows.length).toBeGreaterThan(3);
    for (const row of rows) {
      for (const part of ["averageCost", "price", "value", "dailyPnl", "unrealizedPnl"]) expectUnknown(within(row).getByTestId(`position-${part}`));
      expect(within(row).getByTestId("position-quantity")).toHaveTextContent(/\d/);
    }
  });

  it("in the orders, where a price that was not told is not taken for no fill", async () => {
    const { user } = await openApp(new BlankBackend().withSamples());
    await user.click(screen.getByTestId("nav-orders"));
    await screen.findByTestId("screen-orders");
    const averages = screen.getAllByTestId("order-average");
    averages.forEach(expectUnknown);
    screen.getAllByTestId("order-commission").forEach(expectUnknown);
    const filled = averages.filter((average) => !(within(average.closest("[data-testid^='order-row-']") as HTMLElement).getByTestId("order-filled").textContent ?? "").startsWith("0 of"));
    expect(filled.length).toBeGreaterThan(0);
    for (const average of filled) expect(average).toHaveAccessibleName("not known: The broker has not told the price");
  });

  it("in the preview", async () => {
    const { user } = await openApp(new BlankBackend());
    await fillTicket(user, {});
    await user.click(screen.getByTestId("ticket-preview"));
    await screen.findByTestId("preview-confirm");
    for (const id of ["initial", "maintenance", "equity", "excess", "available", "buying-power"]) {
      for (const when of ["before", "after"]) expectUnknown(screen.getByTestId(`preview-${id}-${when}`));
    }
    expectUnknown(screen.getByTestId("preview-commission"));
    expectUnknown(screen.getByTestId("preview-worst-case"));
  });
});
