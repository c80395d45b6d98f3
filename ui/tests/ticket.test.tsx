import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { FakeBackend } from "../src/backend/fake";
import { fillTicket, openApp, openConfirmation } from "./app";

describe("an order ticket", () => {
  it("previews, repeats everything in the confirmation, sends, and shows the order live", async () => {
    const { backend, user } = await openApp();
    await openConfirmation(user);
    const dialog = within(screen.getByTestId("confirm-dialog"));
    expect(dialog.getByTestId("confirm-mode")).toHaveTextContent("PAPER (simulated)");
    expect(dialog.getByTestId("confirm-account")).toHaveTextContent("DU1000002 Roth IRA");
    expect(dialog.getByTestId("confirm-worst-case")).toHaveTextContent("1,800.00 USD");
    expect(dialog.getByTestId("confirm-send")).toHaveTextContent("Buy 10 AAPL at 180.00 in Roth IRA");
    await user.click(dialog.getByTestId("confirm-send"));
    expect(await screen.findByTestId("ticket-sent-state")).toHaveTextContent("Working");
    const [order] = backend.orders;
    if (!order) throw new Error("no order");
    backend.putOrder({ ...order, state: "partlyFilled", says: "Partly filled: 4 of 10.", filled: "4", remaining: "6" });
    await waitFor(() => expect(screen.getByTestId("ticket-sent-state")).toHaveTextContent("Partly filled"));
    expect(screen.queryByTestId("confirm-dialog")).toBeNull();
  });

  it("sends in a live account only what was confirmed by typing the end of its name, never by Enter", async () => {
    const backend = new FakeBackend();
    backend.link = { ...backend.link, mode: "live", simulated: false, armedUntil: Date.now() + 900_000 };
    const { user } = await openApp(backend);
    await openConfirmation(user);
    expect(screen.getByTestId("confirm-mode")).toHaveTextContent("LIVE: real money");
    const send = screen.getByTestId("confirm-send");
    expect(send).toBeDisabled();
    const typed = screen.getByTestId("confirm-typed");
    await user.type(typed, "0003{Enter}");
    expect(send).toBeDisabled();
    await user.clear(typed);
    await user.type(typed, "0002{Enter}");
    expect(backend.callsOf("confirm")).toHaveLength(0);
    await user.click(send);
    await screen.findByTestId("ticket-sent");
    expect(backend.calls).toContain("confirm preview-1 0002");
  });

  it("opens on the order that exchanges currencies first, and takes up again what it was for", async () => {
    const { backend, user } = await openApp();
    await fillTicket(user, { conId: 113170890, symbol: "Tencent", quantity: "100", limit: "400" });
    await user.click(screen.getByTestId("ticket-preview"));
    const mend = await screen.findByTestId("mend-ira.no-foreign-debit");
    expect(mend).toHaveTextContent("Sell 132 USD.HKD first");
    await user.click(mend);
    await waitFor(() => expect(screen.getByTestId("ticket-instrument")).toHaveTextContent("USD.HKD"));
    expect(screen.getByTestId("ticket-quantity")).toHaveValue("132");
    expect(within(screen.getByTestId("ticket-side-sell")).getByRole("radio")).toBeChecked();
    expect(backend.callsOf("confirm")).toHaveLength(0);
    await user.type(screen.getByTestId("ticket-limit"), "7.8");
    await user.click(screen.getByTestId("ticket-preview"));
    await user.click(await screen.findByTestId("preview-confirm"));
    await user.click(await screen.findByTestId("confirm-send"));
    await screen.findByTestId("ticket-sent");
    expect(backend.callsOf("confirm")).toHaveLength(1);
    await user.click(screen.getByTestId("ticket-new"));
    await waitFor(() => expect(screen.getByTestId("ticket-instrument")).toHaveTextContent("700"));
    expect(screen.getByTestId("ticket-quantity")).toHaveValue("100");
  });

  it("asks for one confirmation however often the button is clicked", async () => {
    const backend = new FakeBackend();
    let open: () => void = () => undefined;
    backend.confirmGate = new Promise((resolve) => {
      open = resolve;
    });
    const { user } = await openApp(backend);
    await openConfirmation(user);
    const send = screen.getByTestId("confirm-send");
    send.click();
    send.click();
    await user.dblClick(send);
    expect(send).toBeDisabled();
    await user.keyboard("{Escape}");
    expect(screen.getByTestId("confirm-dialog")).toBeInTheDocument();
    open();
    await screen.findByTestId("ticket-sent");
    expect(backend.callsOf("confirm")).toHaveLength(1);
  });

  it("starts the confirmation on going back, so that Enter sends nothing", async () => {
    const { backend, user } = await openApp();
    await openConfirmation(user);
    await waitFor(() => expect(screen.getByTestId("confirm-back")).toHaveFocus());
    await user.keyboard("{Enter}");
    await waitFor(() => expect(screen.queryByTestId("confirm-dialog")).toBeNull());
    expect(backend.callsOf("confirm")).toHaveLength(0);
    expect(screen.getByTestId("preview-panel")).toBeInTheDocument();
  });

  it("leaves the confirmation on Escape without acting, and lets the preview go when the draft is edited", async () => {
    const { backend, user } = await openApp();
    await openConfirmation(user);
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByTestId("confirm-dialog")).toBeNull());
    expect(backend.callsOf("confirm")).toHaveLength(0);
    await user.click(screen.getByTestId("preview-edit"));
    expect(backend.callsOf("abandon")).toEqual(["abandon preview-1"]);
    expect(screen.getByTestId("ticket-quantity")).toHaveValue("10");
  });

  it("keeps its intent over edits and previews, and takes a fresh one after an order was sent", async () => {
    const { backend, user } = await openApp();
    await openConfirmation(user);
    await user.click(screen.getByTestId("confirm-back"));
    await user.click(await screen.findByTestId("preview-edit"));
    await user.type(screen.getByTestId("ticket-quantity"), "0");
    await user.click(screen.getByTestId("ticket-preview"));
    await user.click(await screen.findByTestId("preview-confirm"));
    await user.click(await screen.findByTestId("confirm-send"));
    await user.click(await screen.findByTestId("ticket-new"));
    await fillTicket(user, {});
    await user.click(screen.getByTestId("ticket-preview"));
    await screen.findByTestId("preview-panel");
    const [first, second, third] = backend.callsOf("preview");
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });

  it("shows an error of the confirmation in place and demands another preview", async () => {
    const { backend, user } = await openApp();
    await openConfirmation(user);
    backend.failures.set("confirm", { code: "timedOut", message: "The gateway did not answer in time. Look under Orders first." });
    await user.click(screen.getByTestId("confirm-send"));
    expect(await screen.findByTestId("confirm-error")).toHaveTextContent("Look under Orders first");
    expect(screen.getByTestId("confirm-send")).toBeDisabled();
    await user.click(screen.getByTestId("confirm-back"));
    expect(await screen.findByTestId("preview-confirm")).toBeDisabled();
    expect(screen.getByTestId("preview-again")).toBeEnabled();
  });

  it("goes on without the gateway's answer only by saying so, for that once", async () => {
    const backend = new FakeBackend();
    backend.silent = true;
    const { user } = await openApp(backend);
    await fillTicket(user, {});
    await user.click(screen.getByTestId("ticket-preview"));
    expect(await screen.findByTestId("preview-failed")).toHaveTextContent("Nothing was sent");
    await user.click(screen.getByTestId("preview-go-on"));
    await screen.findByTestId("preview-panel");
    await user.click(screen.getByTestId("preview-edit"));
    await user.click(screen.getByTestId("ticket-preview"));
    expect(await screen.findByTestId("preview-failed")).toBeVisible();
  });

  it("refuses to confirm an expired preview", async () => {
    const backend = new FakeBackend();
    backend.previewLastsMs = 0;
    const { user } = await openApp(backend);
    await fillTicket(user, {});
    await user.click(screen.getByTestId("ticket-preview"));
    await waitFor(() => expect(screen.getByTestId("preview-expiry")).toHaveTextContent("expired"), { timeout: 3000 });
    expect(screen.getByTestId("preview-confirm")).toBeDisabled();
  });

  it("shows every fault of the fields and mends them with a click", async () => {
    const { user } = await openApp();
    await user.click(await screen.findByTestId("ticket-preview"));
    for (const field of ["account", "instrument", "quantity", "limitPrice"]) {
      expect(await screen.findByTestId(`ticket-fault-${field}`)).toBeInTheDocument();
    }
    await fillTicket(user, { limit: "180.013" });
    await user.click(await screen.findByTestId("ticket-mend-limitPrice"));
    expect(screen.getByTestId("ticket-limit")).toHaveValue("180.01");
    expect(screen.queryByTestId("ticket-fault-limitPrice")).toBeNull();
  });

  it("says no to a short sale in a Roth, with the rule, and mends the quantity", async () => {
    const { backend, user } = await openApp();
    await fillTicket(user, { side: "sell", quantity: "100" });
    const finding = await screen.findByTestId("finding-ira.no-short-sale");
    expect(finding).toHaveTextContent("You hold 40");
    expect(finding).toHaveTextContent("IBKR knowledge base");
    await user.click(screen.getByTestId("ticket-preview"));
    expect(await screen.findByTestId("preview-blocked")).toBeInTheDocument();
    expect(backend.callsOf("confirm")).toHaveLength(0);
    await user.click(screen.getByTestId("mend-ira.no-short-sale"));
    expect(screen.getByTestId("ticket-quantity")).toHaveValue("40");
    await waitFor(() => expect(screen.getByTestId("ticket-verdict")).toHaveAttribute("data-clear", "true"));
  });

  it("lets a person go on without a fresh price by saying so", async () => {
    const backend = new FakeBackend();
    backend.freshPrice = false;
    const { user } = await openApp(backend);
    await fillTicket(user, {});
    await user.click(await screen.findByTestId("mend-house.fresh-price"));
    await waitFor(() => expect(screen.getByTestId("finding-house.fresh-price")).toHaveAttribute("data-outcome", "warned"));
    await user.click(screen.getByTestId("ticket-preview"));
    expect(await screen.findByTestId("preview-panel")).toBeInTheDocument();
  });

  it("refuses to preview while the link is lost, and keeps the draft", async () => {
    const { backend, user } = await openApp();
    await fillTicket(user, {});
    await backend.simGateway("stop");
    await waitFor(() => expect(screen.getByTestId("ticket-preview")).toBeDisabled());
    expect(screen.getByTestId("ticket-refusal")).toHaveTextContent("link");
    await user.type(screen.getByTestId("ticket-quantity"), "{Enter}");
    expect(backend.callsOf("preview")).toHaveLength(0);
    await backend.simGateway("start");
    await waitFor(() => expect(screen.getByTestId("ticket-preview")).toBeEnabled());
    expect(screen.getByTestId("ticket-quantity")).toHaveValue("10");
  });

  it("says that a connection only looks, where that is set, and nothing of the gateway's settings", async () => {
    const backend = new FakeBackend();
    const profile = { id: "main", name: "To look", colour: null, expects: "either" as const, readOnly: true };
    backend.link = { ...backend.link, readOnly: true, profile };
    await openApp(backend);
    const words = "“To look” only looks: no order goes out under it. That is set in Settings, under Connections.";
    expect(await screen.findByTestId("ticket-refusal")).toHaveTextContent(words);
    expect(screen.queryByTestId("ticket-read-only-steps")).toBeNull();
    // On a live login too, where turning live orders on would not help.
    act(() => backend.setLink({ mode: "live" }));
    await waitFor(() => expect(screen.getByTestId("frame")).toHaveAttribute("data-mode", "live"));
    expect(screen.getByTestId("ticket-refusal")).toHaveTextContent(words);
  });

  it("says what a rule warns of once, with its rule", async () => {
    const backend = new FakeBackend();
    backend.freshPrice = false;
    const { user } = await openApp(backend);
    await fillTicket(user, {});
    await user.click(await screen.findByRole("button", { name: "Go on without a fresh price" }));
    await user.click(screen.getByTestId("ticket-preview"));
    const panel = within(await screen.findByTestId("preview-panel"));
    expect(panel.getAllByText("The last price is older than a minute.")).toHaveLength(1);
  });

  it("keeps a draft over a restart, with its intent, but not its waivers", async () => {
    const first = await openApp();
    await fillTicket(first.user, {});
    const before = JSON.parse(localStorage.getItem("gatehouse.ticket.1") ?? "{}");
    document.body.replaceChildren();
    const second = await openApp();
    expect(screen.getByTestId("ticket-limit")).toHaveValue("180");
    await waitFor(() => expect(second.backend.callsOf("instrument")).toHaveLength(1));
    await second.user.click(screen.getByTestId("ticket-preview"));
    await screen.findByTestId("preview-panel");
    expect(second.backend.callsOf("preview")).toEqual([`preview ${before.draft.intent}`]);
  });

  it("says why a search failed", async () => {
    const { backend, user } = await openApp();
    backend.failures.set("search", { code: "notConnected", message: "There is no link to the gateway." });
    await user.type(screen.getByTestId("ticket-search"), "AAPL");
    await waitFor(() => expect(screen.getByTestId("ticket-search-state")).toHaveTextContent("no link"));
  });

  it("opens from a position with account, instrument and side filled in", async () => {
    const { user } = await openApp();
    await user.click(within(screen.getByTestId("positions-each")).getByRole("radio"));
    const row = await screen.findByTestId("position-row-DU1000002:265598");
    await user.click(within(row).getByTestId("position-sell"));
    expect(await screen.findByTestId("ticket-instrument")).toHaveAttribute("data-con-id", "265598");
    expect(screen.getByTestId("ticket-account")).toHaveAttribute("data-value", "DU1000002");
    expect(within(screen.getByTestId("ticket-side-sell")).getByRole("radio")).toBeChecked();
    expect(await screen.findByTestId("ticket-bid")).toHaveTextContent("180.01");
  });
});
