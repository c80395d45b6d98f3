import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { FakeBackend } from "../src/backend/fake";
import { expectAccessible } from "./accessible";
import { openApp } from "./app";

const ROWS = [["AAPL", "10"], ["MSFT", "30"], ["IBM", "20"]] as const;

async function openScreen(backend = new FakeBackend()) {
  const opened = await openApp(backend);
  await opened.user.click(screen.getByTestId("nav-rebalance"));
  await screen.findByTestId("target-0");
  return opened;
}

async function planned(backend = new FakeBackend()) {
  const opened = await openScreen(backend);
  for (const [at, [name, weight]] of ROWS.entries()) {
    await opened.user.type(screen.getByTestId(`target-${at}-name`), name);
    await opened.user.type(screen.getByTestId(`target-${at}-weight`), weight);
  }
  await opened.user.click(screen.getByTestId("rebalance-plan"));
  await screen.findByTestId("rebalance-table");
  return opened;
}

async function previewed(backend = new FakeBackend()) {
  const opened = await planned(backend);
  await opened.user.click(screen.getByTestId("rebalance-preview"));
  await waitFor(() => expect(screen.getByTestId("plan-row-MSFT-DU1000001")).toHaveAttribute("data-standing", "ready"));
  await waitFor(() => expect(screen.getByTestId("rebalance-send")).toBeEnabled());
  return opened;
}

describe("targets", () => {
  it("are typed, added up, and kept", async () => {
    const { backend } = await planned();
    expect(screen.getByTestId("targets-sum")).toHaveTextContent("Together 60 %");
    expect(backend.targets.input?.rows[0]).toMatchObject({ name: "AAPL", weight: "10" });
    await expectAccessible();
  });

  it("that were kept are there again, and a file that can't be read is told", async () => {
    const backend = new FakeBackend();
    backend.targets = { input: null, fault: "The targets in rebalance.json can't be read." };
    await openScreen(backend);
    expect(await screen.findByTestId("rebalance-trouble")).toHaveTextContent("can't be read");
    await expectAccessible();
  });

  it("say at their row what can't be read", async () => {
    const { user } = await openScreen();
    await user.type(screen.getByTestId("target-0-name"), "AAPL");
    await user.type(screen.getByTestId("target-0-weight"), "many");
    await user.click(screen.getByTestId("rebalance-plan"));
    expect(await screen.findByTestId("target-0-fault")).toHaveTextContent("Type a number");
    await expectAccessible();
  });

  it("are pasted; lines that can't be read lose nothing", async () => {
    const { user } = await openScreen();
    await user.type(screen.getByTestId("target-0-name"), "SPY");
    await user.click(screen.getByTestId("rebalance-import"));
    await user.type(await screen.findByTestId("import-text"), "AAPL,60\nMSFT,lots");
    await user.click(screen.getByTestId("import-take"));
    expect(await screen.findByTestId("import-faults")).toHaveTextContent("Line 2: The weight of MSFT");
    expect(screen.getByTestId("import-text")).toHaveValue("AAPL,60\nMSFT,lots");
    await expectAccessible();
    await user.click(screen.getByTestId("import-partly"));
    await waitFor(() => expect(screen.getByTestId("target-0-name")).toHaveValue("AAPL"));
  });
});

describe("a plan", () => {
  it("is a table of orders with reasons; what has no price has no quantity", async () => {
    const { backend } = await planned();
    expect(screen.getByTestId("plan-row-AAPL-DU1000002")).toHaveTextContent("Sell 10 AAPL");
    expect(screen.getByTestId("plan-why-AAPL-DU1000002")).toHaveTextContent("no gain is taxed there");
    const stopped = screen.getByTestId("plan-row-IBM");
    expect(stopped).toHaveTextContent("Stopped: there is no price of IBM");
    expect(within(stopped).queryByRole("checkbox")).toBeNull();
    expect(backend.callsOf("preview")).toEqual([]);
    await expectAccessible();
  });

  it("of weights above a hundred is none", async () => {
    const { user } = await openScreen();
    await user.type(screen.getByTestId("target-0-name"), "AAPL");
    await user.type(screen.getByTestId("target-0-weight"), "101");
    await user.click(screen.getByTestId("rebalance-plan"));
    expect(await screen.findByTestId("plan-problem")).toHaveTextContent("add to 101 %");
  });

  it("counts what is ticked", async () => {
    const { user } = await planned();
    expect(screen.getByTestId("total-DU1000001-buys")).toHaveTextContent("4,215.00");
    await user.click(screen.getByTestId("plan-tick-MSFT-DU1000001"));
    expect(screen.queryByTestId("total-DU1000001")).toBeNull();
    expect(screen.getByTestId("rebalance-preview")).toHaveTextContent("Preview 1 order");
  });

  it("goes once something else is typed, and what was previewed of it is let go", async () => {
    const { backend, user } = await previewed();
    await user.type(screen.getByTestId("target-0-weight"), "5");
    expect(screen.queryByTestId("rebalance-table")).toBeNull();
    await waitFor(() => expect(backend.callsOf("abandon")).toHaveLength(2));
  });
});

describe("the orders of a plan", () => {
  it("are previewed and confirmed one by one, sales first, each by its own intent", async () => {
    const { backend, user } = await previewed();
    await user.click(screen.getByTestId("rebalance-send"));
    await waitFor(() => expect(screen.getByTestId("send-back")).toHaveFocus());
    expect(screen.getByTestId("send-DU1000002")).toHaveTextContent("1 order; sales of 1,800.20");
    expect(backend.callsOf("confirm")).toEqual([]);
    await expectAccessible();
    await user.dblClick(screen.getByTestId("send-go"));
    await waitFor(() => expect(screen.getByTestId("plan-row-MSFT-DU1000001")).toHaveAttribute("data-standing", "sent"));
    expect(backend.callsOf("confirm")).toHaveLength(2);
    const intents = backend.callsOf("preview");
    expect(new Set(intents).size).toBe(2);
    expect(backend.orders.map(({ side }) => side)).toEqual(["buy", "sell"]);
    // What has gone can't be ticked, previewed or sent again.
    expect(screen.getByTestId("rebalance-preview")).toBeDisabled();
    expect(screen.getByTestId("rebalance-send")).toBeDisabled();
  });

  it("that were sent say what became of them, above all when they never arrived", async () => {
    const { backend, user } = await previewed();
    await user.click(screen.getByTestId("rebalance-send"));
    await user.click(await screen.findByTestId("send-go"));
    const row = () => screen.getByTestId("plan-row-MSFT-DU1000001");
    await waitFor(() => expect(row()).toHaveAttribute("data-standing", "sent"));
    const order = backend.orders.find(({ side }) => side === "buy");
    if (!order) throw new Error("nothing was bought");
    act(() => backend.putOrder({ ...order, state: "filled", says: "Filled: 9 at 471.90." }));
    await waitFor(() => expect(row()).toHaveTextContent("SentFilled: 9 at 471.90."));
    act(() => backend.putOrder({ ...order, state: "notAtBroker", says: "The broker lists it nowhere." }));
    await waitFor(() => expect(row()).toHaveTextContent("Look it upThe broker lists it nowhere."));
    expect(screen.getByTestId("rebalance-send")).toBeDisabled();
  });

  it("that are blocked say why, and the others go on", async () => {
    const backend = new FakeBackend();
    const apple = backend.holdings.find(({ account, conId }) => account === "DU1000002" && conId === 265598);
    if (apple) apple.quantity = 4;
    const { user } = await planned(backend);
    await user.click(screen.getByTestId("rebalance-preview"));
    await waitFor(() => expect(screen.getByTestId("plan-row-AAPL-DU1000002")).toHaveAttribute("data-standing", "refused"));
    expect(screen.getByTestId("plan-row-AAPL-DU1000002")).toHaveTextContent("Blocked");
    await waitFor(() => expect(screen.getByTestId("rebalance-send")).toHaveTextContent("Send 1…"));
    expect(screen.getByTestId("total-DU1000002-sells")).toHaveTextContent("0.00");
    expect(screen.getByTestId("total-DU1000002-left-out")).toHaveTextContent("1 order can’t go out as it stands and is not counted: sales of 1,800.20 USD");
    await expectAccessible();
  });

  it("that were not sent say so and stay as they are", async () => {
    const { backend, user } = await previewed();
    backend.failures.set("confirm", { code: "journal", message: "The order was not sent. The disk is full." });
    await user.click(screen.getByTestId("rebalance-send"));
    await user.click(await screen.findByTestId("send-go"));
    await waitFor(() => expect(screen.getByTestId("plan-row-AAPL-DU1000002")).toHaveTextContent("The disk is full"));
    await waitFor(() => expect(screen.getByTestId("plan-row-MSFT-DU1000001")).toHaveAttribute("data-standing", "sent"));
  });

  it("that buy are kept back when a sale of their account did not go out", async () => {
    const backend = new FakeBackend();
    const made = backend.rebalance.bind(backend);
    backend.rebalance = async (input) => {
      const outcome = await made(input);
      if (outcome.type !== "planned") return outcome;
      for (const row of outcome.plan.scopes.flatMap(({ rows }) => rows)) {
        if (row.draft) [row.account, row.draft.account] = ["DU1000001", "DU1000001"];
      }
      return outcome;
    };
    const { user } = await previewed(backend);
    // A sale that is not to go leaves purchases that were planned with what it brings.
    expect(screen.queryByTestId("total-DU1000001-without-sales")).toBeNull();
    await user.click(screen.getByTestId("plan-tick-AAPL-DU1000001"));
    expect(screen.getByTestId("total-DU1000001-without-sales")).toHaveTextContent("planned with sales of 1,800.20 USD that do not go out");
    await user.click(screen.getByTestId("rebalance-send"));
    expect(await screen.findByTestId("send-DU1000001-without-sales")).toHaveTextContent("borrow");
    await expectAccessible();
    await user.click(screen.getByTestId("send-back"));
    await user.click(screen.getByTestId("plan-tick-AAPL-DU1000001"));
    backend.failures.set("confirm", { code: "journal", message: "The order was not sent. The disk is full." });
    await user.click(screen.getByTestId("rebalance-send"));
    await user.click(await screen.findByTestId("send-go"));
    await waitFor(() => expect(screen.getByTestId("plan-row-AAPL-DU1000001")).toHaveTextContent("The disk is full"));
    await waitFor(() => expect(screen.getByTestId("plan-row-MSFT-DU1000001")).toHaveTextContent("Kept back"));
    expect(backend.callsOf("confirm")).toHaveLength(1);
  });

  it("of a live account want what is typed for each account", async () => {
    const backend = new FakeBackend();
    backend.link = { ...backend.link, mode: "live", simulated: false };
    const { user } = await previewed(backend);
    await user.click(screen.getByTestId("rebalance-send"));
    expect(await screen.findByTestId("send-mode")).toHaveTextContent("LIVE");
    expect(screen.getByTestId("send-go")).toBeDisabled();
    await user.type(screen.getByTestId("send-typed-DU1000001"), "0001");
    await user.type(screen.getByTestId("send-typed-DU1000002"), "0002");
    expect(screen.getByTestId("send-go")).toBeEnabled();
    await expectAccessible();
  });
});
