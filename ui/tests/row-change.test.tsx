import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { FakeBackend } from "../src/backend/fake";
import { expectAccessible } from "./accessible";
import { openApp, pick } from "./app";

const row = () => within(screen.getByTestId("order-row-o-92"));

async function openRow(keys = "e") {
  const opened = await openApp(new FakeBackend().withSamples());
  const { user } = opened;
  await user.click(screen.getByTestId("nav-orders"));
  screen.getByTestId("order-row-o-92").focus();
  await user.keyboard(keys);
  await waitFor(() => expect(row().getByTestId("row-limitPrice")).toHaveFocus());
  return opened;
}

describe("a working order changed in its row", () => {
  it("is opened by a key, previewed by Enter as the ticket's change, and confirmed as any other", async () => {
    const { backend, user } = await openRow();
    await user.keyboard("179.50");
    await user.tab();
    expect(row().getByTestId("row-tif")).toHaveFocus();
    row().getByTestId("row-quantity").focus();
    await user.keyboard("{Control>}a{/Control}12{Enter}");
    expect(await screen.findByTestId("preview-confirm")).toHaveTextContent("Confirm the change…");
    expect(backend.lastPreviewed).toMatchObject({ changes: "i-o-92", limitPrice: "179.50", quantity: "12", tif: "day" });
    expect(backend.lastPreviewed?.intent).not.toBe("i-o-92");
    expect(screen.queryByTestId("row-editor")).toBeNull();
    await waitFor(() => expect(screen.getByTestId("preview-confirm")).toHaveFocus());
    expect(backend.callsOf("confirm")).toEqual([]);
    await user.keyboard("{Enter}");
    await user.click(await screen.findByTestId("confirm-send"));
    await waitFor(() => expect(backend.callsOf("confirm")).toHaveLength(1));
  });

  it("is opened by a double click on the figure that is to be changed", async () => {
    const { user } = await openApp(new FakeBackend().withSamples());
    await user.click(screen.getByTestId("nav-orders"));
    await user.dblClick(row().getByTestId("order-quantity"));
    await waitFor(() => expect(row().getByTestId("row-quantity")).toHaveFocus());
    await user.dblClick(row().getByTestId("order-how"));
    await waitFor(() => expect(row().getByTestId("row-limitPrice")).toHaveFocus());
    await expectAccessible();
  });

  it("is left by Escape as it was, with the focus on its row", async () => {
    const { backend, user } = await openRow();
    await user.keyboard("1{Escape}");
    expect(screen.queryByTestId("row-editor")).toBeNull();
    expect(screen.getByTestId("order-row-o-92")).toHaveFocus();
    expect(backend.callsOf("preview")).toEqual([]);
  });

  it("tells at the cell what is wrong, mends it by a button, and previews nothing meanwhile", async () => {
    const { backend, user } = await openRow();
    await user.keyboard("179.507{Enter}");
    const fault = await screen.findByTestId("row-fault-limitPrice");
    expect(fault).toHaveTextContent("steps of 0.01");
    expect(row().getByTestId("row-limitPrice")).toHaveAttribute("aria-invalid", "true");
    expect(backend.callsOf("preview")).toEqual([]);
    expect(screen.getByTestId("row-mend-limitPrice")).toHaveTextContent("Round to 179.50");
    await user.click(screen.getByTestId("row-mend-limitPrice"));
    expect(row().getByTestId("row-limitPrice")).toHaveValue("179.50");
    await waitFor(() => expect(screen.queryByTestId("row-fault-limitPrice")).toBeNull());
  });

  it("keeps what is typed while the order moves, and takes the rest as it stands then", async () => {
    const { backend, user } = await openRow();
    await user.keyboard("179.50");
    const order = backend.orders.find(({ key }) => key === "o-92");
    if (!order) throw new Error("no sample");
    backend.putOrder({ ...order, quantity: "20", filled: "5", remaining: "15" });
    await waitFor(() => expect(row().getByTestId("order-filled")).toHaveTextContent("5 of 20"));
    expect(row().getByTestId("row-limitPrice")).toHaveValue("179.50");
    row().getByTestId("row-limitPrice").focus();
    await user.keyboard("{Enter}");
    await screen.findByTestId("preview-panel");
    expect(backend.lastPreviewed).toMatchObject({ quantity: "20", limitPrice: "179.50" });
  });

  it("says so when the order has ended meanwhile, and previews nothing", async () => {
    const { backend, user } = await openRow();
    await user.keyboard("179.50");
    const order = backend.orders.find(({ key }) => key === "o-92");
    if (!order) throw new Error("no sample");
    backend.putOrder({ ...order, state: "filled", filled: "10", remaining: "0", canChange: false, canCancel: false });
    expect(await screen.findByTestId("row-over")).toHaveTextContent("Filled meanwhile: nothing of it can be changed now. What you typed was not sent.");
    expect(row().getByTestId("row-preview")).toBeDisabled();
    await waitFor(() => expect(row().getByTestId("row-leave")).toHaveFocus());
    await user.keyboard("{Enter}");
    expect(screen.queryByTestId("row-editor")).toBeNull();
    expect(backend.callsOf("preview")).toEqual([]);
  });

  it("says why when the order can't be changed", async () => {
    const { backend, user } = await openRow();
    backend.failures.set("check", { code: "notConnected", message: "There is no link to the gateway." });
    await user.keyboard("179.50{Enter}");
    expect(await screen.findByTestId("row-fault")).toHaveTextContent("no link");
    expect(row().getByTestId("row-limitPrice")).toHaveValue("179.50");
  });

  it("takes another time in force", async () => {
    const { backend, user } = await openRow();
    await pick(user, "row-tif", "gtc");
    await user.click(row().getByTestId("row-preview"));
    await screen.findByTestId("preview-panel");
    expect(backend.lastPreviewed).toMatchObject({ tif: "gtc", limitPrice: "180.00" });
  });

  it("is reached by the arrow keys", async () => {
    const { user } = await openApp(new FakeBackend().withSamples());
    await user.click(screen.getByTestId("nav-orders"));
    screen.getByTestId("orders-list").focus();
    await user.keyboard("{ArrowDown}");
    const first = document.activeElement as HTMLElement;
    expect(first.dataset.testid).toMatch(/^order-row-/);
    await user.keyboard("{ArrowDown}");
    expect(document.activeElement).not.toBe(first);
    await user.keyboard("{ArrowUp}");
    expect(document.activeElement).toBe(first);
  });
});
