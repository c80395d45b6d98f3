import type { DraftInput, InstrumentView, PreviewView, TifChoice } from "../../backend/backend";
import { bothTimes } from "../../lib/dates";
import { commission, DASH, exactly, formatDecimal, money, quantity } from "../../lib/format";

/** What the sending button says: "Buy 10 AAPL at 180.00 in Roth IRA", "Change to buy 10 AAPL, stop limit 181.00/182.00, in Roth IRA", "Pay for 2 AAPL combinations at 2.50 in Roth IRA". */
export function sendWords(preview: PreviewView, draft: DraftInput, decimals: number): string {
  const said = `${verbWords(draft)} ${quantity(preview.quantity)} ${subjectWords(preview, draft)}${joined(draft, decimals)}${draft.exits ? " with a bracket" : ""} in ${preview.accountKind}`;
  return preview.changes ? `Change to ${said.charAt(0).toLowerCase()}${said.slice(1)}` : said;
}

/** "Buy" or "Sell"; a combination is paid for or received for. */
export function verbWords({ side, legs }: Pick<DraftInput, "side" | "legs">): string {
  if (legs.length > 0) return side === "buy" ? "Pay for" : "Receive for";
  return side === "buy" ? "Buy" : "Sell";
}

/** What is ordered: "AAPL", "AAPL combinations". */
export function subjectWords({ symbol, quantity: count }: Pick<PreviewView, "symbol" | "quantity">, { legs }: Pick<DraftInput, "legs">): string {
  if (legs.length === 0) return symbol;
  return count === "1" ? `${symbol} combination` : `${symbol} combinations`;
}

/** A working order as it stands, for a ticket that changes it. A combination's instrument is any of its legs. */
export function orderWords(draft: DraftInput, { label, symbol, priceDecimals }: InstrumentView): string {
  const what = subjectWords({ symbol: draft.legs.length > 0 ? symbol : label, quantity: draft.quantity }, draft);
  return `${verbWords(draft)} ${quantity(draft.quantity)} ${what}${joined(draft, priceDecimals)} in ${draft.account}`;
}

function joined(draft: DraftInput, decimals: number): string {
  const words = priceWords(draft, decimals);
  return draft.orderType === "market" || draft.orderType === "limit" ? ` ${words}` : `, ${words},`;
}

/** The price in words, with every part that the order type has: "at 180.00", "stop limit 181.00/182.00". */
export function priceWords(draft: DraftInput, decimals: number): string {
  const exact = (text: string): string => exactly(text, decimals);
  const limit = exact(draft.limitPrice);
  const stop = exact(draft.stopPrice);
  const trail = draft.trailUnit === "percent" ? `${draft.trail.trim()} %` : exact(draft.trail);
  const cap = draft.priceCap.trim() === "" ? "" : `, up to ${exact(draft.priceCap)}`;
  switch (draft.orderType) {
    case "market":
      return "at market";
    case "limit":
      return `at ${limit}`;
    case "stop":
      return `stop ${stop}`;
    case "stopLimit":
      return `stop limit ${stop}/${limit}`;
    case "trail":
      return `trailing stop ${trail}${draft.stopPrice.trim() === "" ? "" : `, first at ${stop}`}`;
    case "trailLimit":
      return `trailing stop limit ${trail}, first at ${stop}, limit ${exact(draft.offset)} beyond`;
    case "marketIfTouched":
      return `market if touched ${stop}`;
    case "limitIfTouched":
      return `limit if touched ${stop}/${limit}`;
    case "limitOnClose":
      return `limit on close ${limit}`;
    case "limitOnOpen":
      return `limit on open ${limit}`;
    case "relative":
      return `relative, bettered by ${exact(draft.offset)}${cap}`;
    case "midprice":
      return `midprice${cap}`;
    case "pegMid":
      return `pegged to midpoint${draft.offset.trim() === "" ? "" : `, ${exact(draft.offset)} away`}${cap}`;
    case "marketOnClose":
      return "market on close";
    case "marketOnOpen":
      return "market on open";
    case "marketToLimit":
      return "market to limit";
  }
}

/** "1.00 USD", "1.00 to 1.35 USD", or null when the broker did not say. */
export function commissionWords(preview: PreviewView): string | null {
  const unit = preview.commissionCurrency ? ` ${preview.commissionCurrency}` : "";
  if (preview.commission !== null) return commission(preview.commission) + unit;
  const { minCommission, maxCommission } = preview;
  if (minCommission !== null && maxCommission !== null) return `${commission(minCommission)} to ${commission(maxCommission)}${unit}`;
  if (maxCommission !== null) return `at most ${commission(maxCommission)}${unit}`;
  return null;
}

export function worstCaseWords(preview: PreviewView): string {
  return preview.worstCase === null ? DASH : `${money(preview.worstCase)} ${preview.currency}`;
}

/** What the worst case is called. A market order has no bound, so nothing may sound like one. */
export function worstCaseTitle({ side, limitPrice }: Pick<PreviewView, "side" | "limitPrice">): string {
  if (limitPrice === null) return side === "buy" ? "Costs about, at worst" : "Brings about, at worst";
  return side === "buy" ? "Costs at most" : "Brings at least";
}

export function tifWords(tif: TifChoice, goodTill: number | null): string {
  switch (tif) {
    case "day":
      return "Day: until today's close";
    case "gtc":
      return "GTC: until it is cancelled";
    case "gtd":
      return `GTD: until ${goodTill === null ? DASH : bothTimes(goodTill)}`;
    case "ioc":
      return "IOC: what does not fill at once is cancelled";
    case "fok":
      return "FOK: all at once, or nothing";
    case "opg":
      return "OPG: at the open";
  }
}

export function instrumentWords(instrument: InstrumentView): string {
  const step = instrument.tick ? `, steps of ${formatDecimal(instrument.tick, { places: instrument.priceDecimals })}` : "";
  return `${instrument.exchange} ${instrument.currency}${step}`;
}
