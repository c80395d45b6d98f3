import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { expectAccessible } from "./accessible";
import { fillTicket, openTicket, pick } from "./app";

describe("comparing accounts", () => {
  it("previews the same draft in each, lets every preview go, and takes the one that is chosen", async () => {
    const { backend, user, ticket } = await openTicket();
    await fillTicket(user, { account: "DU1000001", side: "sell", quantity: "100" });
    await user.click(screen.getByTestId("ticket-compare"));
    await waitFor(() => expect(screen.getByTestId("compare-DU1000003")).toHaveAttribute("data-verdict", "ready"));
    expect(screen.getByTestId("compare-DU1000001-commission")).toHaveTextContent("1.00 USD");
    expect(screen.getByTestId("compare-DU1000001-initial")).toHaveTextContent("USD");
    expect(screen.getByTestId("compare-DU1000002")).toHaveTextContent("Blocked");
    expect(screen.getByTestId("compare-DU1000002")).toHaveTextContent("You hold 40");
    const intents = backend.callsOf("preview");
    expect(new Set(intents).size).toBe(3);
    expect(intents).not.toContain(`preview ${ticket.state.get().draft.intent}`);
    expect(backend.callsOf("abandon")).toHaveLength(2);
    await expectAccessible();
    await user.click(screen.getByTestId("compare-DU1000003-choose"));
    expect(screen.queryByTestId("compare-dialog")).toBeNull();
    expect(ticket.state.get().draft.account).toBe("DU1000003");
    expect(backend.callsOf("confirm")).toHaveLength(0);
  });

  it("says which account gave no answer", async () => {
    const { backend, user } = await openTicket();
    await fillTicket(user, {});
    backend.failures.set("preview", { code: "timedOut", message: "The gateway did not answer in time." });
    await user.click(screen.getByTestId("ticket-compare"));
    expect(await screen.findByText("No answer")).toBeInTheDocument();
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByTestId("compare-dialog")).toBeNull());
  });
});

describe("the size calculator", () => {
  it("shows its sum and fills in the quantity", async () => {
    const { user } = await openTicket();
    await fillTicket(user, { account: "DU1000003" });
    await user.click(screen.getByTestId("size-open"));
    await user.type(screen.getByTestId("size-input"), "10000");
    expect(screen.getByTestId("size-sum")).toHaveTextContent("10,000.00 ÷ 180.00 each = 55");
    await user.click(within(screen.getByTestId("size-risk")).getByRole("radio"));
    await user.type(screen.getByTestId("size-input"), "1");
    expect(screen.getByTestId("size-sum")).toHaveTextContent("add a bracket with a stop");
    await expectAccessible();
    await user.click(within(screen.getByTestId("size-money")).getByRole("radio"));
    await user.type(screen.getByTestId("size-input"), "1000");
    await user.click(screen.getByTestId("size-use"));
    expect(screen.getByTestId("ticket-quantity")).toHaveValue("5");
  });
});

describe("a size from the usual range", () => {
  it("asks for the days, takes their multiple for the stop, and says what it moves with", async () => {
    const { backend, user } = await openTicket();
    await fillTicket(user, { account: "DU1000001", quantity: "1" });
    await user.click(screen.getByTestId("size-open"));
    await user.click(within(screen.getByTestId("size-risk")).getByRole("radio"));
    expect(backend.callsOf("dayRange")).toHaveLength(0);
    await user.click(within(screen.getByTestId("size-by-range")).getByRole("radio"));
    await user.type(screen.getByTestId("size-input"), "1");
    const sum = screen.getByTestId("size-sum");
    await waitFor(() => expect(sum).toHaveTextContent("Average true range of 14 days 3.1234 × 2 = 6.2468"));
    expect(sum).toHaveTextContent("A stop that far from 180.00 lies at 173.7532");
    expect(sum).toHaveTextContent("The 300 held already carry 1,874.04 to that stop");
    expect(backend.callsOf("dayRange")).toEqual(["dayRange 265598"]);
    const before = screen.getByTestId("size-use").textContent;
    await user.click(screen.getByTestId("size-with-held"));
    expect(sum).toHaveTextContent("is left");
    expect(screen.getByTestId("size-use").textContent).not.toBe(before);
    await user.clear(screen.getByTestId("size-times"));
    await user.type(screen.getByTestId("size-times"), "4");
    expect(sum).toHaveTextContent("3.1234 × 4 = 12.4936");
    expect(await screen.findByTestId("size-moves")).toHaveTextContent("Moves with MSFT, which you hold: 0.82 over 120 days.");
    expect(backend.callsOf("movesWith")).toEqual(["movesWith DU1000001 265598"]);
    expect(sum).toHaveTextContent(/Net liquidation .* USD.*old/);
    await expectAccessible();
  });

  it("says why there is none when the days can't be had", async () => {
    const { backend, user } = await openTicket();
    backend.failures.set("dayRange", { code: "refused", message: "IBKR refuses: No market data permissions (code 162)" });
    backend.failures.set("movesWith", { code: "refused", message: "IBKR refuses: No market data permissions (code 162)" });
    await fillTicket(user, { account: "DU1000003", quantity: "1" });
    await user.click(screen.getByTestId("size-open"));
    await user.click(within(screen.getByTestId("size-risk")).getByRole("radio"));
    await user.click(within(screen.getByTestId("size-by-range")).getByRole("radio"));
    await user.type(screen.getByTestId("size-input"), "1");
    await waitFor(() => expect(screen.getByTestId("size-sum")).toHaveTextContent("No market data permissions"));
    expect(screen.getByTestId("size-moves")).toHaveTextContent("What it moves with is not known: IBKR refuses");
    expect(screen.getByTestId("size-use")).toBeDisabled();
  });
});

describe("presets", () => {
  it("fill in a new ticket for their instrument, and say so; a typed quantity stays", async () => {
    const { user, ticket } = await openTicket();
    await fillTicket(user, { quantity: "25" });
    await pick(user, "ticket-tif", "gtc");
    await user.click(screen.getByTestId("ticket-presets"));
    await user.click(await screen.findByTestId("preset-save-symbol"));
    expect(screen.getByTestId("preset-symbol-265598")).toHaveTextContent("25 · Limit · Until cancelled (GTC)");
    await expectAccessible();
    await user.click(screen.getByTestId("presets-close"));
    await user.click(screen.getByTestId("ticket-clear"));
    await ticket.choose(265598);
    expect(await screen.findByTestId("ticket-notes")).toHaveTextContent("Filled in from your preset “AAPL”.");
    expect(screen.getByTestId("ticket-quantity")).toHaveValue("25");
    expect(screen.getByTestId("ticket-tif")).toHaveAttribute("data-value", "gtc");
    await user.click(screen.getByTestId("ticket-clear"));
    await user.type(screen.getByTestId("ticket-quantity"), "3");
    await ticket.choose(265598);
    expect(screen.getByTestId("ticket-quantity")).toHaveValue("3");
  });

  it("are kept by a name and used again", async () => {
    const { user } = await openTicket();
    await fillTicket(user, { quantity: "25" });
    await user.click(screen.getByTestId("section-bracket"));
    await user.type(screen.getByTestId("exit-stop"), "176.4");
    await user.click(screen.getByTestId("ticket-presets"));
    await user.type(await screen.findByTestId("preset-name"), "Swing{Enter}");
    await user.click(screen.getByTestId("presets-close"));
    await user.click(screen.getByTestId("ticket-clear"));
    await fillTicket(user, { account: "DU1000001", conId: 272093, symbol: "MSFT", quantity: "1", limit: "400" });
    await user.click(screen.getByTestId("ticket-presets"));
    await user.click(await screen.findByTestId("preset-template-Swing-use"));
    expect(screen.getByTestId("ticket-quantity")).toHaveValue("25");
    expect(screen.getByTestId("exit-stop-price")).toHaveTextContent("= 392.00");
  });
});
