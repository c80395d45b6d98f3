import type { KeyboardEvent } from "react";
import { Figure } from "../../components/Figure";
import { Pick } from "../../components/Pick";
import { useLive, usePart } from "../../live/context";
import { LegVolatility } from "./LegVolatility";
import { optionPrice } from "./shapes";
import type { TrayLeg } from "./tray";

const RATIOS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"].map((value) => ({ value, label: value }));

interface Props {
  readonly leg: TrayLeg;
  /** The implied volatility that the person supposes, in percent; null for the market's. */
  readonly own: string | null;
  readonly onSuppose: (percent: string | null) => void;
  readonly onTurn: () => void;
  readonly onRatio: (ratio: number) => void;
  /** To the next listed strike, up or down. */
  readonly onStep: (by: 1 | -1) => void;
  /** To the ticket by itself; null when legs go together. */
  readonly onAlone: (() => void) | null;
  readonly onRemove: () => void;
}

/** One leg: turned, counted, moved to another strike or taken out. */
export function TrayLine({ leg, own, onSuppose, onTurn, onRatio, onStep, onAlone, onRemove }: Props) {
  const { conId, side, ratio, instrument } = leg;
  const verb = side === "buy" ? "Buy" : "Sell";
  const isOption = instrument.kind === "option";
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isOption || !event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    onStep(event.key === "ArrowUp" ? 1 : -1);
  };
  return (
    <li className={`tray-leg leg-${side}`} data-testid={`tray-leg-${conId}`} data-side={side} data-ratio={ratio} onKeyDown={onKeyDown}>
      <button type="button" className="small leg-side" aria-label={`${verb} ${instrument.label}: turn to ${side === "buy" ? "sell" : "buy"}`} onClick={onTurn} data-testid={`tray-side-${conId}`}>
        {verb}
      </button>
      {isOption ? <Pick label={`How many ${instrument.label} for one`} options={RATIOS} value={String(ratio)} onChange={(value) => onRatio(Number(value))} testId={`tray-ratio-${conId}`} /> : <span className="tray-shares">{ratio}</span>}
      <strong className="leg-label">{instrument.label}</strong>
      {isOption ? (
        <span className="tray-step">
          <button type="button" className="quiet small" aria-label={`${instrument.label}: next lower strike`} data-tip="Next lower strike (Alt+↓)" onClick={() => onStep(-1)} data-testid={`tray-lower-${conId}`}>
            −
          </button>
          <button type="button" className="quiet small" aria-label={`${instrument.label}: next higher strike`} data-tip="Next higher strike (Alt+↑)" onClick={() => onStep(1)} data-testid={`tray-higher-${conId}`}>
            +
          </button>
        </span>
      ) : (
        <span />
      )}
      <Price leg={leg} part="bid" title="Bid" />
      <Price leg={leg} part="ask" title="Ask" />
      {isOption ? <LegVolatility key={conId} conId={conId} label={instrument.label} own={own} onSuppose={onSuppose} /> : <span />}
      {onAlone ? (
        <button type="button" className="small" aria-label={`${verb} ${instrument.label} alone: to the ticket`} onClick={onAlone} data-testid={`tray-alone-${conId}`}>
          To the ticket
        </button>
      ) : (
        <button type="button" className="quiet small" aria-label={`Remove ${instrument.label}`} onClick={onRemove} data-testid={`tray-remove-${conId}`}>
          ×
        </button>
      )}
    </li>
  );
}

function Price({ leg, part, title }: { readonly leg: TrayLeg; readonly part: "bid" | "ask"; readonly title: string }) {
  const { quotes } = useLive();
  const figure = usePart(quotes, String(leg.conId), (quote) => quote?.[part]);
  const refused = usePart(quotes, String(leg.conId), (quote) => quote?.refused ?? null);
  return (
    <span>
      <span className="label">{title}</span> <Figure figure={figure} shape={optionPrice(leg.instrument.priceDecimals)} why={refused ?? `No ${part} has come from the gateway yet`} ticks />
    </span>
  );
}
