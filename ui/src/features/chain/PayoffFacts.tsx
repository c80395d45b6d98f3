import type { ReactNode } from "react";
import type { PayoffView } from "../../backend/backend";
import { Unknown } from "../../components/Unknown";
import { change, formatDecimal, money, price } from "../../lib/format";
import { PERCENT } from "./shapes";

/** What the strategy can win and lose, where it turns, and its greeks in all. A star stands at what rests on the person's volatilities. */
export function PayoffFacts({ view }: { readonly view: PayoffView }) {
  const { currency, yours, modelled, pricedByModel } = view;
  const why = view.says ?? "There are not all the quotes to reckon it from";
  const line = (title: string, id: string, value: string | null, { tip, unknown = why, isYours }: Line): ReactNode => (
    <div data-tip={isYours && tip ? `${tip}, on your implied volatility` : tip}>
      <dt>{title}</dt>
      <dd data-testid={`payoff-${id}`}>
        {value === null ? <Unknown why={unknown} /> : value}
        {isYours && value !== null && <span className="payoff-star" role="img" aria-label="on your implied volatility">*</span>}
      </dd>
    </div>
  );
  const bound = ({ amount, unbounded }: PayoffView["maxProfit"]): string | null => (unbounded ? "unbounded" : amount === null ? null : `${pricedByModel ? "≈ " : ""}${money(amount)} ${currency}`);
  const plain = (value: string | null, places: number): string | null => (value === null ? null : formatDecimal(value, { places }));
  // Without the price of every leg there is no line that could cross zero.
  const isKnown = view.points.some(({ atExpiry }) => atExpiry !== null);
  const unbounded = view.maxProfit.unbounded || view.maxLoss.unbounded;
  const exact = { isYours: pricedByModel };
  const turns = { isYours: pricedByModel || (modelled && yours !== null) };
  const byModel = (tip: string): Line => ({ tip, isYours: yours !== null });
  return (
    <dl className="payoff-facts">
      {line("Max profit", "max-profit", bound(view.maxProfit), exact)}
      {line("Max loss", "max-loss", bound(view.maxLoss), exact)}
      {line("Return on risk", "return-risk", view.returnOnRisk === null ? null : PERCENT.write(view.returnOnRisk), { ...exact, tip: "The most won by the most lost", unknown: unbounded ? "One of the two has no bound" : why })}
      {line("Breakeven", "breakevens", view.breakevens.length === 0 ? (isKnown ? "none" : null) : view.breakevens.map((one) => price(one, 2)).join(", "), turns)}
      {line("Chance of profit", "chance", view.chanceOfProfit === null ? null : `≈ ${PERCENT.write(view.chanceOfProfit)}`, byModel("By the model, at the first expiry"))}
      {line("Expected", "expected", view.expectedProfit === null ? null : `≈ ${change(view.expectedProfit)} ${currency}`, byModel("By the model, at the first expiry"))}
      {line("Delta", "delta", plain(view.delta, 1), byModel("In units of the underlying, by the model"))}
      {line("Δ money", "delta-money", view.deltaMoney === null ? null : `${money(view.deltaMoney)} ${currency}`, byModel("What that many of the underlying are worth"))}
      {line("Gamma", "gamma", plain(view.gamma, 2), byModel("By the model"))}
      {line("Theta a day", "theta", plain(view.theta, 2), byModel(`In ${currency}, by the model`))}
      {line("Vega a point", "vega", plain(view.vega, 2), byModel(`In ${currency}, by the model`))}
      {line("Rho a percent", "rho", plain(view.rho, 2), byModel(`In ${currency}, by the model`))}
    </dl>
  );
}

interface Line {
  readonly tip?: string;
  /** Why it may be missing. */
  readonly unknown?: string;
  /** Whether a volatility of the person's is in it. */
  readonly isYours: boolean;
}
