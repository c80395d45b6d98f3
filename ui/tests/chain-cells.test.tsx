import { screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import type { QuoteView } from "../src/backend/backend";
import { FakeBackend } from "../src/backend/fake";
import { optionQuoteOf } from "../src/backend/fake/chain";
import { quoteOf } from "../src/backend/fake/portfolio";
import { type ColumnId, chooseChain } from "../src/features/chain/choices";
import { AAPL, openChain, quoted } from "./open-chain";

const C180 = 900_001;
const P180 = 900_101;

beforeEach(() => chooseChain({ columns: ["bid", "ask", "mid", "delta"], range: "all" }));

const cell = (column: ColumnId, side = "call") => screen.getByTestId(`chain-${side}-${column}-180`);

async function open() {
  const { backend } = await openChain();
  await quoted("chain-call-ask-180", "6.21");
  // From now on only the test tells quotes.
  backend.showOptions = () => Promise.resolve();
  const tell = (conId: number, patch: Partial<QuoteView>) => backend.send({ type: "quote", value: { ...optionQuoteOf(conId, Date.now()), ...patch } });
  return { backend, tell };
}

const live = (value: string | null) => ({ value, at: Date.now(), source: "live" as const });

describe("a figure of the chain", () => {
  it("is the only one that is painted when it alone moves", async () => {
    const { tell } = await open();
    const before = optionQuoteOf(C180, Date.now());
    tell(C180, before);
    await waitFor(() => expect(cell("bid").querySelector("[data-at]")).toHaveAttribute("data-at", String(before.bid.at)));
    const painted = new Set<string>();
    const observer = new MutationObserver((records) => {
      for (const { target } of records) painted.add((target.parentElement?.closest("[data-cell]") ?? target.parentElement)?.getAttribute("data-testid") ?? "more than a cell");
    });
    observer.observe(screen.getByTestId("chain-grid"), { subtree: true, childList: true, characterData: true, attributes: true });
    tell(C180, { ...before, bid: live("6.05") });
    await quoted("chain-call-bid-180", "6.05");
    observer.disconnect();
    // The mid hangs on the bid.
    expect([...painted].toSorted()).toEqual(["chain-call-bid-180", "chain-call-mid-180"]);
    expect(cell("mid")).toHaveTextContent("6.13");
  });

  it("is right again after it was unknown, and after its source has changed", async () => {
    const { tell } = await open();
    tell(C180, { bid: live("6.05") });
    await quoted("chain-call-bid-180", "6.05");
    tell(C180, { bid: live(null) });
    await waitFor(() => expect(cell("bid")).toHaveTextContent("—"));
    expect(cell("mid")).toHaveTextContent("—");
    tell(C180, { bid: live("6.05") });
    await quoted("chain-call-bid-180", "6.05");
    tell(C180, { bid: { ...live("6.07"), source: "delayed" } });
    await waitFor(() => expect(cell("bid")).toHaveTextContent("D6.07"));
    tell(C180, { bid: { ...live("6.05"), source: "delayed" } });
    await waitFor(() => expect(cell("bid")).toHaveTextContent("D6.05"));
    tell(C180, { bid: live("6.05") });
    await waitFor(() => expect(cell("bid").textContent).toBe("6.05"));
    expect(cell("bid").querySelector("[data-value]")).toHaveAttribute("data-value", "6.05");
  });

  it("says why it is refused, and comes back", async () => {
    const { tell } = await open();
    tell(P180, { ask: live(null), refused: "No market data permissions." });
    await waitFor(() => expect(cell("ask", "put").querySelector("[role=img]")).toHaveAttribute("aria-label", "not known: No market data permissions."));
    tell(P180, { ask: live("5.55") });
    await quoted("chain-put-ask-180", "5.55");
  });

  it("moves with the underlying when it hangs on it", async () => {
    chooseChain({ columns: ["intrinsic", "extrinsic"], range: "all" });
    const { backend } = await openChain(AAPL, "AAPL", new FakeBackend());
    await quoted("chain-call-intrinsic-170", "10.02");
    backend.send({ type: "quote", value: quoteOf(AAPL, 181.5, Date.now()) });
    await quoted("chain-call-intrinsic-170", "11.50");
    await quoted("chain-put-intrinsic-190", "8.50");
  });

  it("is marked as old while the link is lost, and keeps its number", async () => {
    const { backend, tell } = await open();
    tell(C180, { bid: live("6.05") });
    await quoted("chain-call-bid-180", "6.05");
    backend.setLink({ state: "down" });
    await waitFor(() => expect(cell("bid").querySelector(".figure")).toHaveAttribute("data-stale", "true"));
    expect(cell("bid").textContent).toMatch(/^\d+s6\.05$/);
    backend.setLink({ state: "up" });
    await waitFor(() => expect(cell("bid").textContent).toBe("6.05"));
  });
});
