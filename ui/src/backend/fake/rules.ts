import type { CheckView, DraftFault, DraftInput, FindingView, PreviewView } from "../bindings";
import catalogue from "./catalogue.json";
import { type Holding, orderedOf, SKETCHES } from "./portfolio";

export const CAP = 50_000;
/** Tencent, priced in HKD. */
const FOREIGN = 113170890;
/** USD.HKD: who sells a currency spends it. */
const PAIR = 12345777;
/** More than this asks for a reason. */
const OVERRIDE_ABOVE = 1000;

function finding(rule: string, title: string, outcome: FindingView["outcome"], says: string, mend: FindingView["mend"] = null): FindingView {
  return { rule, title, sentence: `${title}.`, source: rule.startsWith("ira") ? "IBKR knowledge base: article 188" : "House rule", from: null, outcome, blocks: outcome === "blocked" || outcome === "lacksFact", needsReason: outcome === "overrideNeeded", says, mend };
}

const TYPED = { limit: "limitPrice", stop: "stopPrice", trail: "trail", offset: "offset", cap: "priceCap" } as const;

function priceFault(faults: DraftFault[], field: DraftFault["field"], text: string, optional: boolean): void {
  if (text === "" && optional) return;
  if (!/^\d+(\.\d+)?$/.test(text)) faults.push({ field, part: null, says: "Type the price.", mend: null });
  else if ((text.split(".")[1] ?? "").length > 2) {
    const below = text.slice(0, text.indexOf(".") + 3);
    faults.push({ field, part: null, says: `Prices move in steps of 0.01. The next below is ${below}.`, mend: below });
  }
}

export function faultsOf(draft: DraftInput): DraftFault[] {
  const faults: DraftFault[] = [];
  if (draft.account === "") faults.push({ field: "account", part: null, says: "Choose an account first.", mend: null });
  if (draft.legs.length === 1) faults.push({ field: "legs", part: null, says: "A combination has two to 8 legs.", mend: null });
  if (draft.conId === null && draft.legs.length === 0) faults.push({ field: "instrument", part: null, says: "Choose an instrument: type a symbol or a name and pick one from the list.", mend: null });
  if (!/^\d+(\.\d+)?$/.test(draft.quantity) || Number(draft.quantity) === 0) {
    faults.push({ field: "quantity", part: null, says: draft.quantity === "" ? "Type how many." : `“${draft.quantity}” is not a plain number above zero.`, mend: null });
  }
  const type = catalogue.orderTypes.find(({ orderType }) => orderType === draft.orderType);
  for (const { field, optional } of type?.fields ?? []) {
    const name = TYPED[field as keyof typeof TYPED];
    priceFault(faults, name, draft[name], optional);
  }
  if (draft.exits) {
    priceFault(faults, "takeProfit", draft.exits.takeProfit, true);
    if (draft.exits.withStop) {
      if (draft.exits.stopKind === "trail") priceFault(faults, "exitTrail", draft.exits.trail, false);
      else priceFault(faults, "exitStop", draft.exits.stopPrice, false);
      if (draft.exits.stopKind === "stopLimit") priceFault(faults, "exitStopLimit", draft.exits.stopLimit, false);
    }
  }
  if (draft.tif === "gtd" && draft.goodTill === null) faults.push({ field: "goodTill", part: null, says: "Choose until when the order stands.", mend: null });
  for (const [i, { kind, conId, value }] of draft.conditions.entries()) {
    if (kind !== "execution" && value === "") faults.push({ field: "condition", part: String(i), says: "Type a value.", mend: null });
    if (kind !== "time" && kind !== "margin" && conId === null) faults.push({ field: "condition", part: String(i), says: "Choose the instrument that the condition looks at.", mend: null });
  }
  const algo = catalogue.algos.find(({ id }) => id === draft.algo?.id);
  for (const { tag, name, optional } of algo?.params ?? []) {
    if (!optional && (draft.algo?.params[tag] ?? "") === "") faults.push({ field: "algo", part: tag, says: `Fill in "${name}".`, mend: null });
  }
  return faults;
}

/** How the price stands; refused: for want of a subscription. */
export type Freshness = "fresh" | "old" | "refused";

export function checkOf(draft: DraftInput, holdings: readonly Holding[], price: number, freshness: Freshness): CheckView {
  const faults = faultsOf(draft);
  if (faults.length > 0) return { faults, verdict: null };
  const quantity = Number(draft.quantity);
  const held = holdings.find(({ account, conId }) => account === draft.account && conId === draft.conId)?.quantity ?? 0;
  const roth = SKETCHES.find(({ id }) => id === draft.account)?.kind === "rothIra";
  const worth = quantity * (draft.orderType === "limit" ? Number(draft.limitPrice) : price);
  const findings: FindingView[] = [];
  const exchanges = draft.conId === PAIR;
  if (roth && draft.side === "sell" && quantity > held && !exchanges) {
    const mend = held > 0 ? ({ kind: "quantity", value: String(held) } as const) : null;
    findings.push(finding("ira.no-short-sale", "An IRA can't sell short", "blocked", `A Roth IRA can't sell short. You hold ${held}.`, mend));
  } else if (roth) findings.push(finding("ira.no-short-sale", "An IRA can't sell short", "passed", "Not a short sale."));
  if (roth && draft.side === "buy" && draft.conId === FOREIGN) {
    findings.push(finding("ira.no-foreign-debit", "No foreign-currency debit in an IRA", "blocked", "A Roth IRA can't owe HKD. Exchange USD for HKD first.", { kind: "exchange", pair: "USD.HKD", side: "sell", quantity: "132" }));
  }
  if (worth > CAP) {
    const most = Math.floor(CAP / (worth / quantity));
    findings.push(finding("house.order-cap", "Order cap", "blocked", `This order is worth ${worth.toFixed(2)}; the cap is ${CAP.toFixed(2)}.`, { kind: "quantity", value: String(most) }));
  } else findings.push(finding("house.order-cap", "Order cap", "passed", "Below the cap."));
  if (quantity > OVERRIDE_ABOVE && worth <= CAP) {
    findings.push(finding("limit.fat-finger", "Unusual size", "overrideNeeded", `${quantity} is far more than you usually order.`));
  }
  if (freshness === "refused") {
    findings.push(finding("house.fresh-price", "A fresh price", "blocked", "This login has no subscription to live prices.", { kind: "delayedData" }));
  } else if (freshness === "old") {
    const outcome = draft.waivers.stalePrice ? "warned" : "blocked";
    findings.push(finding("house.fresh-price", "A fresh price", outcome, "The last price is older than a minute.", draft.waivers.stalePrice ? null : { kind: "waiveStalePrice" }));
  } else findings.push(finding("house.fresh-price", "A fresh price", "passed", "The price is fresh."));
  return { faults, verdict: { clear: findings.every(({ blocks }) => !blocks), findings } };
}

export function previewOf(id: string, draft: DraftInput, check: CheckView, price: number, held: number, now: number, lastsMs: number): PreviewView {
  const instrument = orderedOf(draft);
  const account = SKETCHES.find((sketch) => sketch.id === draft.account);
  const quantity = Number(draft.quantity);
  const type = catalogue.orderTypes.find(({ orderType }) => orderType === draft.orderType);
  const limit = type?.fields.some(({ field }) => field === "limit") ? draft.limitPrice : null;
  const worst = quantity * (limit === null ? price * 1.05 : Number(limit));
  const after = held + (draft.side === "buy" ? quantity : -quantity);
  const verb = draft.legs.length > 0 ? (draft.side === "buy" ? "Pay for" : "Receive for") : draft.side === "buy" ? "Buy" : "Sell";
  return {
    id,
    account: draft.account,
    accountKind: account?.words ?? "",
    paper: true,
    asksToType: null,
    simulated: true,
    side: draft.side,
    quantity: draft.quantity,
    symbol: instrument.symbol,
    name: instrument.name,
    orderType: type?.code ?? "",
    limitPrice: limit,
    tif: draft.tif,
    changes: draft.changes !== null,
    details: detailsOf(draft),
    currency: instrument.currency,
    sentence: `${verb} ${draft.quantity} ${instrument.symbol} ${limit === null ? "at market" : `at ${limit} or better`}, ${draft.tif === "day" ? "today" : "until cancelled"}, in ${draft.account} (${account?.words ?? ""}).`,
    worstCase: worst.toFixed(2),
    worstCaseSays: limit === null ? "A market order has no price: reckoned at 5 % through the ask." : `${draft.quantity} at the limit of ${limit}, without commission.`,
    commission: "1.00",
    minCommission: null,
    maxCommission: null,
    commissionCurrency: "USD",
    margin: {
      initial: { before: "81240.10", after: (81240.1 + worst / 2).toFixed(2) },
      maintenance: { before: "60120.44", after: (60120.44 + worst / 4).toFixed(2) },
      equity: { before: "204112.90", after: "204111.90" },
      excessLiquidity: { before: "143992.46", after: (143991.46 - worst / 4).toFixed(2) },
      availableFunds: { before: "143992.46", after: (143991.46 - worst / 4).toFixed(2) },
      buyingPower: { before: "575969.84", after: (4 * (143991.46 - worst / 4)).toFixed(2) },
    },
    baseCurrency: "USD",
    position: { before: String(held), after: String(after) },
    // As the program does: what a rule warned of is among them.
    warnings: [...(check.verdict?.findings ?? []).filter(({ outcome }) => outcome === "warned").map(({ says }) => says), ...(limit === null ? ["A market order has no price limit."] : [])],
    verdict: check.verdict ?? { clear: true, findings: [] },
    madeAt: now,
    expiresAt: now + lastsMs,
  };
}

function detailsOf({ exits, algo, conditions, legs, side }: DraftInput): string[] {
  const details: string[] = [];
  if (legs.length > 0) details.push(side === "buy" ? "You pay at most the limit." : "You receive at least the limit.");
  if (exits && exits.takeProfit !== "") details.push(`Take-profit at ${exits.takeProfit}.`);
  if (exits?.withStop) details.push(exits.stopKind === "trail" ? `Stop trailing by ${exits.trail}.` : `Stop at ${exits.stopPrice}.`);
  if (algo) details.push(`Worked by ${algo.id}.`);
  if (conditions.length > 0) details.push(`Works once ${conditions.length} conditions are met.`);
  return details;
}
