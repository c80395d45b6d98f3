import type { InstrumentView, PreviewView } from "../../backend/backend";
import { commission, DASH, formatDecimal, money, price, quantity } from "../../lib/format";

/** What the sending button says: "Buy 10 AAPL at 180.00 in Roth IRA". */
export function sendWords(preview: PreviewView): string {
  const verb = preview.side === "buy" ? "Buy" : "Sell";
  return `${verb} ${quantity(preview.quantity)} ${preview.symbol} ${priceWords(preview)} in ${preview.accountKind}`;
}

export function priceWords({ limitPrice }: Pick<PreviewView, "limitPrice">): string {
  return limitPrice === null ? "at market" : `at ${price(limitPrice, 2)}`;
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

export function tifWords(tif: PreviewView["tif"]): string {
  return tif === "day" ? "Day: until today's close" : "GTC: until it is cancelled";
}

export function instrumentWords(instrument: InstrumentView): string {
  const step = instrument.tick ? `, steps of ${formatDecimal(instrument.tick, { places: instrument.priceDecimals })}` : "";
  return `${instrument.exchange} ${instrument.currency}${step}`;
}
