import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { Figure } from "../../components/Figure";
import { useLive, usePart } from "../../live/context";
import { percent, PERCENT } from "./shapes";
import { readVolatility } from "./supposed";

interface Props {
  readonly conId: number;
  /** The option's. */
  readonly label: string;
  /** What the person supposes, in percent; null for the market's. */
  readonly own: string | null;
  readonly onSuppose: (percent: string | null) => void;
}

/** The implied volatility that the payoff reckons a leg with: the market's, or one that the person types and that says so. No order knows of it. */
export function LegVolatility({ conId, label, own, onSuppose }: Props) {
  const { quotes } = useLive();
  const figure = usePart(quotes, String(conId), (quote) => quote?.greeks?.impliedVolatility);
  const [typing, setTyping] = useState<string | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const id = useId();
  const said = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    // It stands below a line of a list that scrolls.
    if (fault !== null) said.current?.scrollIntoView?.({ block: "nearest" });
  }, [fault]);
  const button = useRef<HTMLButtonElement>(null);
  // Whether the keyboard ended the typing: then it goes on from here.
  const byKey = useRef(false);
  useEffect(() => {
    if (typing === null && byKey.current) button.current?.focus();
    byKey.current = false;
  }, [typing]);
  const market = figure?.value ? `${percent(figure.value)} by its market` : "its market tells none";
  const stop = () => {
    setTyping(null);
    setFault(null);
  };
  /** Whether it was taken. */
  const take = (): boolean => {
    if (typing === null) return false;
    const read = readVolatility(typing);
    if ("fault" in read) {
      setFault(`${read.fault} Until then ${own === null ? "the market’s" : `your ${own} %`} counts.`);
      return false;
    }
    stop();
    if (read.percent !== own) onSuppose(read.percent);
    return true;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    byKey.current = true;
    if (event.key === "Escape") stop();
    else byKey.current = take();
  };
  if (typing !== null) {
    return (
      <>
        <span className="leg-iv">
          <span className="label" aria-hidden="true">IV</span>
          <input
            className="input"
            aria-label={`Implied volatility of ${label} for the payoff, in percent; ${market}`}
            inputMode="decimal"
            autoComplete="off"
            autoFocus
            value={typing}
            aria-invalid={fault ? true : undefined}
            aria-describedby={fault ? `${id}-fault` : undefined}
            onFocus={(event) => event.target.select()}
            onChange={(event) => {
              setTyping(event.target.value);
              setFault(null);
            }}
            onBlur={take}
            onKeyDown={onKeyDown}
            data-testid={`tray-iv-type-${conId}`}
          />
          %
        </span>
        {fault && (
          <p ref={said} className="fault-note leg-iv-fault" id={`${id}-fault`} role="alert" data-testid={`tray-iv-fault-${conId}`}>
            {fault}
          </p>
        )}
      </>
    );
  }
  return (
    <span className={own === null ? "leg-iv" : "leg-iv is-yours"}>
      <button
        ref={button}
        type="button"
        className="quiet small leg-iv-set"
        aria-label={own === null ? `Implied volatility of ${label}: ${market}. Type another for the payoff` : `Your implied volatility of ${label}: ${own} %, ${market}. Type another`}
        data-tip={own === null ? "By its market. Press to type another for the payoff" : `Your figure, for the payoff alone; ${market}`}
        onClick={() => setTyping(own ?? "")}
        data-testid={`tray-iv-set-${conId}`}
      >
        <span className="label">{own === null ? "IV" : "Your IV"}</span>{" "}
        {own === null ? <Figure figure={figure} shape={PERCENT} why="There is no bid and offer to reckon its volatility from, and the gateway has told none" testId={`tray-iv-${conId}`} /> : <span data-testid={`tray-iv-${conId}`}>{own} %*</span>}
      </button>
      {own !== null && (
        <button type="button" className="quiet small" aria-label={`${label}: back to the market’s implied volatility`} data-tip={`Back to the market’s: ${market}`} onClick={() => onSuppose(null)} data-testid={`tray-iv-reset-${conId}`}>
          ↺
        </button>
      )}
    </span>
  );
}
