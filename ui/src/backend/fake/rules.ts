import type { CheckView, DraftFault, DraftInput, FindingView, PreviewView } from "../bindings";
import { type Holding, instrumentOf, SKETCHES } from "./portfolio";

export const CAP = 50_000;

function finding(rule: string, title: string, outcome: FindingView["outcome"], says: string, mend: FindingView["mend"] = null): FindingView {
  return { rule, title, sentence: `${title}.`, source: rule.startsWith("ira") ? "IBKR knowledge base, article 188" : "House rule", outcome, says, mend };
}

export function faultsOf(draft: DraftInput): DraftFault[] {
  const faults: DraftFault[] = [];
  if (draft.account === "") faults.push({ field: "account", part: null, says: "Choose an account first.", mend: null });
  if (draft.conId === null) faults.push({ field: "instrument", part: null, says: "Choose an instrument: type a symbol or a name and pick one from the list.", mend: null });
  if (!/^\d+(\.\d+)?$/.test(draft.quantity) || Number(draft.quantity) === 0) {
    faults.push({ field: "quantity", part: null, says: draft.quantity === "" ? "Type how many." : `“${draft.quantity}” is not a plain number above zero.`, mend: null });
  }
  if (draft.orderType === "limit") {
    if (!/^\d+(\.\d+)?$/.test(draft.limitPrice)) faults.push({ field: "limitPrice", part: null, says: "Type the limit price.", mend: null });
    else if ((draft.limitPrice.split(".")[1] ?? "").length > 2) {
      const near = Number(draft.limitPrice).toFixed(2);
      faults.push({ field: "limitPrice", part: null, says: `Prices move in steps of 0.01. The nearest price is ${near}.`, mend: near });
    }
  }
  return faults;
}

export function checkOf(draft: DraftInput, holdings: readonly Holding[], price: number, freshPrice: boolean): CheckView {
  const faults = faultsOf(draft);
  if (faults.length > 0) return { faults, verdict: null };
  const quantity = Number(draft.quantity);
  const held = holdings.find(({ account, conId }) => account === draft.account && conId === draft.conId)?.quantity ?? 0;
  const roth = SKETCHES.find(({ id }) => id === draft.account)?.kind === "rothIra";
  const worth = quantity * (draft.orderType === "limit" ? Number(draft.limitPrice) : price);
  const findings: FindingView[] = [];
  if (roth && draft.side === "sell" && quantity > held) {
    const mend = held > 0 ? ({ kind: "quantity", value: String(held) } as const) : null;
    findings.push(finding("ira.no-short-sale", "An IRA can't sell short", "blocked", `A Roth IRA can't sell short. You hold ${held}.`, mend));
  } else if (roth) findings.push(finding("ira.no-short-sale", "An IRA can't sell short", "passed", "Not a short sale."));
  if (worth > CAP) {
    const most = Math.floor(CAP / (worth / quantity));
    findings.push(finding("house.order-cap", "Order cap", "blocked", `This order is worth ${worth.toFixed(2)}; the cap is ${CAP.toFixed(2)}.`, { kind: "quantity", value: String(most) }));
  } else findings.push(finding("house.order-cap", "Order cap", "passed", "Below the cap."));
  if (!freshPrice) {
    const outcome = draft.waivers.stalePrice ? "warned" : "blocked";
    findings.push(finding("house.fresh-price", "A fresh price", outcome, "The last price is older than a minute.", draft.waivers.stalePrice ? null : { kind: "waiveStalePrice" }));
  } else findings.push(finding("house.fresh-price", "A fresh price", "passed", "The price is fresh."));
  return { faults, verdict: { clear: findings.every(({ outcome }) => outcome !== "blocked"), findings } };
}

export function previewOf(id: string, draft: DraftInput, check: CheckView, price: number, held: number, now: number, lastsMs: number): PreviewView {
  const instrument = instrumentOf(draft.conId ?? 0);
  const account = SKETCHES.find((sketch) => sketch.id === draft.account);
  const quantity = Number(draft.quantity);
  const limit = draft.orderType === "limit" ? draft.limitPrice : null;
  const worst = quantity * (limit === null ? price * 1.05 : Number(limit));
  const after = held + (draft.side === "buy" ? quantity : -quantity);
  const verb = draft.side === "buy" ? "Buy" : "Sell";
  return {
    id,
    account: draft.account,
    accountKind: account?.words ?? "",
    paper: true,
    simulated: true,
    side: draft.side,
    quantity: draft.quantity,
    symbol: instrument.symbol,
    name: instrument.name,
    orderType: limit === null ? "MKT" : "LMT",
    limitPrice: limit,
    tif: draft.tif,
    changes: draft.changes !== null,
    details: [],
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
    },
    baseCurrency: "USD",
    position: { before: String(held), after: String(after) },
    warnings: limit === null ? ["A market order has no price limit."] : [],
    verdict: check.verdict ?? { clear: true, findings: [] },
    madeAt: now,
    expiresAt: now + lastsMs,
  };
}
