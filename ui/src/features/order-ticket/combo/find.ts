// Finding the legs of a named strategy. One that can't be found is said; nothing near it is taken instead.
import { asBackendError, type Backend, type InstrumentView, type LegInput } from "../../../backend/backend";
import { compare, textOf } from "../../../lib/arithmetic";
import { parseDecimal } from "../../../lib/decimal";
import type { WantedLeg, WantedOption } from "./named";

export type Found = { readonly ok: true; readonly legs: readonly LegInput[]; readonly instruments: readonly InstrumentView[] } | { readonly ok: false; readonly says: readonly string[] };

type Finds = Pick<Backend, "search" | "instrument">;

/** Looks every leg up by its spelled text, such as `AAPL 20261218 180 C`. All are found, or what is missing is told. */
export async function findLegs(backend: Finds, symbol: string, wanted: readonly WantedLeg[]): Promise<Found> {
  const answers = await Promise.all(wanted.map((leg) => (leg.kind === "stock" ? findStock(backend, symbol) : findOption(backend, symbol, leg))));
  const instruments = answers.filter((answer) => typeof answer !== "string");
  if (instruments.length < wanted.length) return { ok: false, says: [...new Set(answers.filter((answer) => typeof answer === "string"))] };
  // Shares go with an option in the number that it is for.
  const shares = Number(instruments.find(({ kind }) => kind === "option")?.multiplier);
  const legs = wanted.map((leg, i) => ({ conId: instruments[i]?.conId ?? 0, side: leg.side, ratio: leg.kind === "stock" ? shares : leg.ratio }));
  return { ok: true, legs, instruments };
}

/** The stock of this very symbol, or a sentence on why it is not there. */
async function findStock(backend: Finds, symbol: string): Promise<InstrumentView | string> {
  try {
    const same = (await backend.search(symbol)).filter((match) => match.kind === "stock" && match.symbol.toUpperCase() === symbol.toUpperCase());
    const [only] = same;
    if (!only) return `There is no stock ${symbol}.`;
    if (same.length > 1) return `${symbol} is the symbol of ${same.length} stocks. Add the one you mean with “Add leg”.`;
    return await backend.instrument(only.conId);
  } catch (thrown) {
    return `${symbol}: ${asBackendError(thrown).message}`;
  }
}

/** The option, or a sentence on why it is not there. */
async function findOption(backend: Finds, symbol: string, leg: WantedOption): Promise<InstrumentView | string> {
  const spelled = `${symbol} ${leg.expiry} ${textOf(leg.strike)} ${leg.right === "call" ? "C" : "P"}`;
  try {
    const matches = (await backend.search(spelled)).filter(({ kind }) => kind === "option");
    const options = await Promise.all(matches.map(({ conId }) => backend.instrument(conId)));
    const same = options.filter((option) => isSame(option, symbol, leg));
    const [only] = same;
    if (!only) return `There is no option ${spelled}.`;
    if (same.length > 1) return `${spelled} is the name of ${same.length} options. Add the one you mean with “Add leg”.`;
    return only;
  } catch (thrown) {
    return `${spelled}: ${asBackendError(thrown).message}`;
  }
}

/** No strategy is made of an adjusted option, whose strike may be that of a plain one. */
function isSame(option: InstrumentView, symbol: string, leg: WantedOption): boolean {
  const strike = option.strike === null ? null : parseDecimal(option.strike);
  return !option.adjusted && option.symbol.toUpperCase() === symbol.toUpperCase() && option.expiry === leg.expiry && option.right === leg.right && strike !== null && compare(strike, leg.strike) === 0;
}
