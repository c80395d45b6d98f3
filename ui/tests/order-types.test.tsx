import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { FakeBackend } from "../src/backend/fake";
import { secondsLeft } from "../src/features/order-ticket/stale";
import { fillTicket, openApp, openTicket, pick } from "./app";

describe("order types", () => {
  it("are limit and market before an instrument is chosen, and what it takes afterwards", async () => {
    const { user } = await openApp();
    await user.click(screen.getByTestId("ticket-type"));
    expect((await screen.findAllByRole("option")).map((option) => option.dataset.testid)).toEqual(["ticket-type-limit", "ticket-type-market"]);
    await user.keyboard("{Escape}");
    await fillTicket(user, {});
    await user.click(screen.getByTestId("ticket-type"));
    await waitFor(() => expect(screen.getAllByRole("option")).toHaveLength(16));
  });

  it("have just their own fields, and say what they do", async () => {
    const { user } = await openApp();
    await fillTicket(user, {});
    await pick(user, "ticket-type", "trailLimit");
    for (const field of ["trail", "stop", "offset"]) expect(screen.getByTestId(`ticket-${field}`)).toBeInTheDocument();
    expect(screen.queryByTestId("ticket-limit")).toBeNull();
    expect(screen.getByTestId("ticket-type-says")).toHaveTextContent("follows the market at a distance");
    await user.click(screen.getByTestId("ticket-trail-unit"));
    expect(screen.getByTestId("ticket-trail-unit")).toHaveAttribute("data-value", "percent");
    await pick(user, "ticket-type", "marketOnOpen");
    expect(screen.queryByTestId("ticket-trail")).toBeNull();
    expect(screen.getByTestId("ticket-tif")).toHaveAttribute("data-value", "opg");
  });

  it("repeat all of their prices in the confirmation and on its button", async () => {
    const { user } = await openApp();
    await fillTicket(user, { limit: "182" });
    await pick(user, "ticket-type", "stopLimit");
    await user.type(screen.getByTestId("ticket-stop"), "181");
    await user.click(screen.getByTestId("ticket-preview"));
    await user.click(await screen.findByTestId("preview-confirm"));
    const dialog = within(await screen.findByTestId("confirm-dialog"));
    expect(dialog.getByTestId("confirm-type")).toHaveTextContent("STP LMT");
    expect(dialog.getByTestId("confirm-send")).toHaveTextContent("Buy 10 AAPL, stop limit 181.00/182.00, in Roth IRA");
  });

  it("fall back in plain sight when another instrument does not take them", async () => {
    const { user } = await openApp();
    await fillTicket(user, {});
    await pick(user, "ticket-type", "stop");
    await pick(user, "ticket-tif", "gtc");
    await user.click(screen.getByTestId("ticket-instrument-change"));
    expect(screen.getByTestId("ticket-type")).toHaveAttribute("data-value", "stop");
    await user.type(screen.getByTestId("ticket-search"), "700");
    await user.click(await screen.findByTestId("ticket-search-option-113170890"));
    const notes = await screen.findByTestId("ticket-notes");
    expect(notes).toHaveTextContent("Stop is not taken here: the order is a limit order now.");
    expect(notes).toHaveTextContent("it stands “Today (DAY)” now");
    expect(screen.getByTestId("ticket-type")).toHaveAttribute("data-value", "limit");
    expect(screen.getByTestId("ticket-tif")).toHaveAttribute("data-value", "day");
  });

  it("stand until a time that is typed in the person's zone", async () => {
    const { backend, user } = await openApp();
    await fillTicket(user, {});
    await pick(user, "ticket-tif", "gtd");
    await user.type(screen.getByTestId("ticket-good-till"), "2030-11-29 16:0");
    expect(screen.getByText("Type it as 2026-11-30 16:00.")).toBeInTheDocument();
    await user.type(screen.getByTestId("ticket-good-till"), "0");
    expect(screen.getByText(/in New York/)).toBeInTheDocument();
    await user.click(screen.getByTestId("ticket-preview"));
    await screen.findByTestId("preview-panel");
    expect(backend.lastPreviewed?.goodTill).toBe(new Date(2030, 10, 29, 16, 0).getTime());
  });

  it("step their prices by the tick, and the quantity by its step", async () => {
    const { user } = await openApp();
    await fillTicket(user, {});
    await user.type(screen.getByTestId("ticket-limit"), "{ArrowUp}{Alt>}{ArrowUp}{/Alt}");
    expect(screen.getByTestId("ticket-limit")).toHaveValue("180.11");
    await user.type(screen.getByTestId("ticket-quantity"), "{ArrowDown}");
    expect(screen.getByTestId("ticket-quantity")).toHaveValue("9");
  });

  it("mend any field that is typed", async () => {
    const { user } = await openApp();
    await fillTicket(user, {});
    await pick(user, "ticket-type", "stop");
    await user.type(screen.getByTestId("ticket-stop"), "181.013");
    await user.click(await screen.findByTestId("ticket-mend-stopPrice"));
    expect(screen.getByTestId("ticket-stop")).toHaveValue("181.01");
  });
});

describe("a preview's time", () => {
  it("is never more than it stands for, though the page's clock is behind", () => {
    const preview = { madeAt: 10_000, expiresAt: 70_000 };
    expect(secondsLeft(preview, 9_100)).toBe(60);
    expect(secondsLeft(preview, 10_000)).toBe(60);
    expect(secondsLeft(preview, 69_001)).toBe(1);
    expect(secondsLeft(preview, 71_000)).toBe(0);
  });
});

describe("changing a working order", () => {
  it("locks account, instrument and side, says what it changes, and leaves the draft of before alone", async () => {
    const backend = new FakeBackend().withSamples();
    const { user, ticket } = await openTicket(backend);
    await fillTicket(user, { quantity: "7" });
    await ticket.change("o-92");
    expect(await screen.findByTestId("ticket-changing")).toHaveTextContent("Buy 10 AAPL at 180.00 in DU1000001");
    for (const gone of ["ticket-account", "ticket-side-buy", "ticket-instrument-change", "ticket-clear"]) expect(screen.queryByTestId(gone)).toBeNull();
    await user.clear(screen.getByTestId("ticket-limit"));
    await user.type(screen.getByTestId("ticket-limit"), "180.5");
    expect(screen.getByTestId("ticket-preview")).toHaveTextContent("Preview change");
    await user.click(screen.getByTestId("ticket-preview"));
    await user.click(await screen.findByTestId("preview-confirm"));
    expect(await screen.findByTestId("confirm-send")).toHaveTextContent("Change to buy 10 AAPL at 180.50 in Individual");
    expect(backend.lastPreviewed?.changes).toBe("i-o-92");
    expect(backend.lastPreviewed?.intent).not.toBe("i-o-92");
    await user.click(screen.getByTestId("confirm-back"));
    await user.click(screen.getByTestId("ticket-leave-change"));
    expect(await screen.findByTestId("ticket-quantity")).toHaveValue("7");
    expect(backend.callsOf("abandon")).toHaveLength(1);
    expect(backend.callsOf("cancel")).toHaveLength(0);
  });

  it("begins in the blotter, for the orders that can be changed", async () => {
    const { user } = await openApp(new FakeBackend().withSamples());
    await user.click(screen.getByTestId("nav-orders"));
    await user.click(within(await screen.findByTestId("order-row-o-92")).getByTestId("order-change"));
    expect(await screen.findByTestId("ticket-changing")).toHaveTextContent("Buy 10 AAPL at 180.00 in DU1000001");
    expect(screen.getByTestId("ticket-quantity")).toHaveFocus();
    for (const done of ["o-94", "o-95"]) expect(within(screen.getByTestId(`order-row-${done}`)).queryByTestId("order-change")).toBeNull();
  });

  it("goes back to the draft of before once it is sent", async () => {
    const backend = new FakeBackend().withSamples();
    const { user, ticket } = await openTicket(backend);
    await fillTicket(user, { quantity: "7" });
    await ticket.change("o-92");
    await user.click(await screen.findByTestId("ticket-preview"));
    await user.click(await screen.findByTestId("preview-confirm"));
    await user.click(await screen.findByTestId("confirm-send"));
    expect(await screen.findByTestId("ticket-new")).toHaveTextContent("Back to the draft");
    await user.click(screen.getByTestId("ticket-new"));
    expect(await screen.findByTestId("ticket-quantity")).toHaveValue("7");
    expect(screen.queryByTestId("ticket-changing")).toBeNull();
  });

  it("says why an order can't be changed, and keeps the draft", async () => {
    const { user, ticket } = await openTicket(new FakeBackend().withSamples());
    await fillTicket(user, {});
    await ticket.change("o-93");
    expect(await screen.findByTestId("preview-error")).toHaveTextContent("Cancel it and make a new one");
    expect(screen.getByTestId("ticket-quantity")).toHaveValue("10");
  });
});
