import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { FakeBackend } from "../src/backend/fake";
import { refusedOrders } from "../src/backend/fake/orders";
import { openApp } from "./app";

async function openOrders(backend = new FakeBackend().withSamples()) {
  const opened = await openApp(backend);
  await opened.user.click(screen.getByTestId("nav-orders"));
  await screen.findByTestId("screen-orders");
  return opened;
}

describe("cancelling many orders", () => {
  it("opens with one key, counts by account, and starts on keeping them", async () => {
    const { backend, user } = await openOrders();
    await user.keyboard("{F9}");
    const dialog = within(await screen.findByTestId("cancel-dialog"));
    expect(dialog.getByText("Cancel all orders in all accounts?")).toBeInTheDocument();
    expect(dialog.getByTestId("cancel-count-DU1000001")).toHaveTextContent("2 orders");
    expect(dialog.getByTestId("cancel-count-DU1000003")).toHaveTextContent("3 orders, 1 order made elsewhere");
    expect(dialog.getByTestId("cancel-go")).toHaveTextContent("Cancel 5 orders");
    await waitFor(() => expect(dialog.getByTestId("cancel-keep")).toHaveFocus());
    await user.keyboard("{Enter}");
    await waitFor(() => expect(screen.queryByTestId("cancel-dialog")).toBeNull());
    await user.keyboard("{F9}");
    await screen.findByTestId("cancel-dialog");
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByTestId("cancel-dialog")).toBeNull());
    expect(backend.callsOf("cancelMany")).toEqual([]);
  });

  it("says that there is no link for as long as there is none", async () => {
    const { backend, user } = await openOrders();
    await user.keyboard("{F9}");
    await screen.findByTestId("cancel-dialog");
    act(() => backend.setLink({ state: "down", says: "The gateway closed the connection." }));
    expect(await screen.findByTestId("cancel-unreached")).toHaveTextContent("The link is not up");
    await user.click(screen.getByTestId("cancel-go"));
    expect(await screen.findByTestId("cancel-error")).toBeInTheDocument();
    act(() => backend.setLink({ state: "up" }));
    await waitFor(() => expect(screen.queryByTestId("cancel-unreached")).toBeNull());
    expect(screen.queryByTestId("cancel-error")).toBeNull();
    expect(backend.orders.some(({ state }) => state === "cancelling")).toBe(false);
  });

  it("works while one types and over the palette, and asks once", async () => {
    const { backend, user } = await openOrders();
    await user.keyboard("{Control>}k{/Control}");
    await user.type(await screen.findByTestId("palette-search"), "x{F9}");
    const dialog = within(await screen.findByTestId("cancel-dialog"));
    await user.dblClick(dialog.getByTestId("cancel-go"));
    expect(await dialog.findByTestId("cancel-outcome")).toHaveTextContent("Cancel asked for 5 orders. 5 orders not confirmed as cancelled yet.");
    expect(backend.callsOf("cancelMany")).toEqual(['cancelMany {"type":"everything","othersToo":false}']);
    for (const order of backend.orders) if (order.state === "cancelling") backend.putOrder({ ...order, state: "cancelled" });
    await waitFor(() => expect(dialog.getByTestId("cancel-outcome")).toHaveTextContent(/^Cancel asked for 5 orders\.$/));
  });

  it("reaches orders made elsewhere only when that is ticked", async () => {
    const { backend, user } = await openOrders();
    await user.keyboard("{F9}");
    const dialog = within(await screen.findByTestId("cancel-dialog"));
    await user.click(dialog.getByTestId("cancel-others"));
    expect(dialog.getByTestId("cancel-go")).toHaveTextContent("Cancel 6 orders");
    await user.click(dialog.getByTestId("cancel-go"));
    expect(backend.callsOf("cancelMany")).toEqual(['cancelMany {"type":"everything","othersToo":true}']);
  });

  it("takes a bracket, an instrument in one account, or an account", async () => {
    const { backend, user } = await openOrders();
    await user.click(within(screen.getByTestId("family-o-97")).getByTestId("family-cancel"));
    expect(await screen.findByText("Cancel this bracket?")).toBeInTheDocument();
    await user.click(screen.getByTestId("cancel-go"));
    await user.click(await screen.findByTestId("cancel-keep"));
    await user.click(within(screen.getByTestId("order-row-o-92")).getByTestId("order-toggle"));
    await user.click(await screen.findByTestId("order-cancel-instrument"));
    expect(await screen.findByText("Cancel all AAPL orders in Individual DU1000001?")).toBeInTheDocument();
    await user.keyboard("{Escape}");
    await user.keyboard("{Control>}k{/Control}");
    await user.type(await screen.findByTestId("palette-search"), "cancel all LLC");
    await user.click(await screen.findByTestId("palette-search-option-cancel-DU1000003"));
    expect(await screen.findByText(/Cancel all orders in LLC or other entity DU1000003\?/)).toBeInTheDocument();
    expect(backend.callsOf("cancelMany")).toEqual(['cancelMany {"type":"family","key":"o-97"}']);
  });

  it("says why when nothing went out, and lets it be asked again", async () => {
    const { backend, user } = await openOrders();
    backend.failures.set("cancelMany", { code: "notConnected", message: "There is no link to the gateway." });
    await user.keyboard("{F9}");
    await user.click(await screen.findByTestId("cancel-go"));
    expect(await screen.findByTestId("cancel-error")).toHaveTextContent("no link");
    expect(screen.getByTestId("cancel-go")).toBeEnabled();
  });
});

describe("the blotter", () => {
  it("shows a bracket as a family, its entry first", async () => {
    await openOrders();
    const rows = screen.getAllByTestId(/^order-row-/).map((row) => row.dataset.testid);
    const at = rows.indexOf("order-row-o-97");
    expect(rows.slice(at, at + 3)).toEqual(["order-row-o-97", "order-row-o-98", "order-row-o-99"]);
    expect(within(screen.getByTestId("order-row-o-98")).getByTestId("order-role")).toHaveTextContent("Take profit");
    expect(within(screen.getByTestId("order-row-o-99")).getByTestId("order-role")).toHaveTextContent("Stop");
    expect(screen.getByTestId("family-o-97")).toHaveTextContent("NVDA, 3 orders");
  });

  it("has a tab for each fate, with its count", async () => {
    const { user } = await openOrders();
    const tab = (name: string) => within(screen.getByTestId(`orders-tab-${name}`));
    expect(screen.getByTestId("orders-tab-working")).toHaveTextContent("Working 5");
    for (const [name, key] of [["filled", "o-94"], ["rejected", "o-95"], ["cancelled", "o-96"], ["unknown", "o-91"]] as const) {
      await user.click(tab(name).getByRole("radio"));
      await waitFor(() => expect(screen.getAllByTestId(/^order-row-/).map((row) => row.dataset.testid)).toEqual([`order-row-${key}`]));
    }
    await user.click(tab("blocked").getByRole("radio"));
    expect(await screen.findByTestId("blocked-1")).toHaveTextContent("A Roth IRA can't sell short");
  });

  it("tells a refusal in plain words, keeps IBKR's one click away, and opens the ticket with the mended price", async () => {
    const { backend, user } = await openOrders();
    const row = within(screen.getByTestId("order-row-o-95"));
    expect(row.getByTestId("order-trouble")).toHaveTextContent("The price is not on the market's price step. On the step and on the safe side: 180.01.");
    expect(row.getByTestId("order-original")).not.toHaveAttribute("open");
    await user.click(row.getByText("IBKR's words"));
    expect(row.getByTestId("order-original")).toHaveTextContent("minimum price variation for this contract. 110");
    expect(row.getByTestId("order-mend-price")).toHaveTextContent("Round to 180.01");
    await user.click(row.getByTestId("order-mend-price"));
    expect(await screen.findByTestId("ticket-instrument")).toHaveAttribute("data-con-id", "265598");
    expect(screen.getByTestId("ticket-account")).toHaveAttribute("data-value", "DU1000002");
    expect(screen.getByTestId("ticket-quantity")).toHaveValue("10");
    expect(screen.getByTestId("ticket-limit")).toHaveValue("180.01");
    expect(screen.queryByTestId("ticket-changing")).toBeNull();
    expect(backend.callsOf("preview")).toEqual([]);
    await user.click(screen.getByTestId("ticket-preview"));
    await screen.findByTestId("preview-panel");
    expect(backend.lastPreviewed).toMatchObject({ limitPrice: "180.01", changes: null });
    expect(backend.lastPreviewed?.intent).not.toBe("i-o-95");
  });

  it("offers to sell what is held, another account, and the place to untick read-only", async () => {
    const backend = new FakeBackend().withSamples();
    backend.orders = refusedOrders(Date.now());
    const { user } = await openOrders(backend);
    const short = within(screen.getByTestId("order-row-o-81"));
    expect(short.getByTestId("order-mend-quantity")).toHaveTextContent("Sell 40, what is held");
    await user.click(short.getByTestId("order-mend-quantity"));
    await waitFor(() => expect(screen.getByTestId("ticket-quantity")).toHaveValue("40"));
    await user.click(short.getByTestId("order-mend-account"));
    await waitFor(() => expect(screen.getByTestId("ticket-quantity")).toHaveValue("100"));
    expect(screen.getByTestId("ticket-account")).toHaveAttribute("data-value", "");
    const locked = within(screen.getByTestId("order-row-o-82"));
    await user.click(locked.getByText("Show where to click"));
    expect(locked.getByTestId("order-mend-readOnly")).toHaveTextContent("Untick Read-Only API");
  });

  it("does not show a warning as a failure", async () => {
    const { user } = await openOrders();
    const row = within(screen.getByTestId("order-row-o-99"));
    expect(row.queryByTestId("order-trouble")).toBeNull();
    await user.click(row.getByTestId("order-toggle"));
    expect(row.getByTestId("order-note")).toHaveTextContent("held until its market opens");
  });

  it("keeps only the orders in sight in the document, however many there are", async () => {
    const backend = new FakeBackend().withSamples();
    const [, one] = backend.orders;
    if (!one) throw new Error("no sample");
    backend.orders = Array.from({ length: 5000 }, (_, i) => ({ ...one, key: `o${i}`, since: i }));
    await openOrders(backend);
    await screen.findByTestId("order-row-o4999");
    expect(screen.getAllByTestId(/^order-row-/).length).toBeLessThan(60);
    expect(screen.getByTestId("orders-tab-working")).toHaveTextContent("Working 5000");
  });
});

describe("desktop notifications", () => {
  it("are switched off one by one, and the choice is told and kept", async () => {
    const first = await openApp();
    expect(first.backend.callsOf("notifyAbout")).toEqual(['notifyAbout {"fill":true,"reject":true,"disconnect":true}']);
    await first.user.click(screen.getByTestId("nav-settings"));
    await first.user.click(await screen.findByTestId("notify-fill"));
    expect(first.backend.callsOf("notifyAbout").at(-1)).toBe('notifyAbout {"fill":false,"reject":true,"disconnect":true}');
    expect(JSON.parse(localStorage.getItem("gatehouse.preferences.1") ?? "{}").notify.fill).toBe(false);
    await first.user.click(screen.getByTestId("notify-fill"));
  });
});
