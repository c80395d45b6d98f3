import type { Figure, RebalanceInput, RebalanceOutcome, RebalanceRowView, TargetsRead } from "../bindings";
import { emptyDraft } from "../../lib/empty-draft";
import { INSTRUMENTS, SKETCHES, UNKNOWN } from "./portfolio";

const PRICES: Readonly<Record<string, string>> = { AAPL: "180.02", MSFT: "421.50", SPY: "560.11", NVDA: "132.40" };

/** A plan of the shape that the program makes: the first symbol is sold in the IRA, the others are bought; what has no price is stopped. */
export function rebalanceOf(input: RebalanceInput, at: number): RebalanceOutcome {
  const typed = input.rows.filter(({ name, weight }) => name.trim() !== "" || weight.trim() !== "");
  if (typed.length === 0) return { type: "faulty", faults: [{ row: null, field: "name", says: "Type a symbol and a weight first." }] };
  const wrong = input.rows.flatMap(({ name, weight }, row) => (name.trim() !== "" && !/^\d+(\.\d+)?$/.test(weight.trim()) ? [{ row, field: "weight" as const, says: "Type a number." }] : []));
  if (wrong.length > 0) return { type: "faulty", faults: wrong };
  const accounts = SKETCHES.map(({ id }) => id).filter((id) => !input.lockedAccounts.includes(id));
  const sum = typed.reduce((all, { weight }) => all + Number(weight), 0);
  const scope = { title: `Household of ${accounts.length} accounts`, accounts, currency: "USD" };
  if (sum > 100) {
    const problem = `The weights add to ${sum} %. Bring them to 100 % at most.`;
    return { type: "planned", plan: { scopes: [{ ...scope, pot: null, potSays: "", problem, notes: [], rows: [] }], notes: [], madeAt: at } };
  }
  const known = typed.flatMap(({ name }) => INSTRUMENTS.filter(({ symbol }) => symbol === name.trim().toUpperCase()));
  const rows = known.map(({ conId, symbol, name }, n): RebalanceRowView => {
    const price = PRICES[symbol];
    const base = { conId, symbol, name, priceDecimals: 2, currency: "USD", target: typed[n]?.weight ?? null, before: "12.00", warnings: [] };
    if (price === undefined) {
      return { ...base, key: `0:${conId}:`, account: null, side: null, quantity: null, price: UNKNOWN, value: null, commission: null, baseCurrency: null, after: "12.00", why: `Stopped: there is no price of ${symbol}.`, draft: null };
    }
    const side = n === 0 ? "sell" : "buy";
    const account = n === 0 ? "DU1000002" : "DU1000001";
    const seen: Figure = { value: price, at, source: "live" };
    return {
      ...base,
      key: `0:${conId}:${account}`,
      account,
      side,
      quantity: "10",
      price: seen,
      value: `${price.replace(".", "").replace(/(\d)$/, ".$1")}0`,
      commission: "1.00",
      baseCurrency: "USD",
      after: typed[n]?.weight ?? null,
      why: side === "sell" ? "12 % of the pot, 10 % is wanted. Sold in the IRA: no gain is taxed there." : "12 % of the pot, 20 % is wanted.",
      draft: { ...emptyDraft(account), intent: "", conId, side, quantity: "10", orderType: input.pricing, limitPrice: input.pricing === "limit" ? price : "" },
    };
  });
  const notes = typed.filter(({ name }) => !known.some(({ symbol }) => symbol === name.trim().toUpperCase())).map(({ name, weight }) => `${name} is not known, so its ${weight} % stay in cash.`);
  return {
    type: "planned",
    plan: {
      scopes: [{ ...scope, pot: "200000.00", potSays: "Weights are of 200,000.00 USD: cash of 120,000.00, and 80,000.00 of positions that have a target.", problem: null, notes: sum < 100 ? [`The weights add to ${sum} %: the other ${100 - sum} % stay in cash.`] : [], rows }],
      notes: [...notes, "Stocks without a target stay as they are."],
      madeAt: at,
    },
  };
}

/** Lines of `symbol,weight`. */
export function targetsReadOf(text: string): TargetsRead {
  const read: TargetsRead = { rows: [], faults: [] };
  for (const [n, line] of text.split("\n").entries()) {
    const [name = "", weight = ""] = line.split(",").map((cell) => cell.trim());
    if (name === "" || name === "symbol") continue;
    if (/^\d+$/.test(weight)) read.rows.push({ account: "", name, weight, band: "" });
    else read.faults.push({ line: n + 1, says: `The weight of ${name}: "${weight}" is not a plain number.` });
  }
  return read;
}
