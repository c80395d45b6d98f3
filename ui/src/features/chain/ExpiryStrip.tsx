import { useId } from "react";
import type { ExpiryKind, OptionClassView } from "../../backend/backend";
import { Choice } from "../../components/Choice";
import { expiryWords } from "../../lib/expiry";

const KINDS: Record<ExpiryKind, { readonly mark: string; readonly words: string }> = {
  weekly: { mark: "W", words: "weekly" },
  monthly: { mark: "M", words: "monthly" },
  quarterly: { mark: "Q", words: "quarterly" },
  leaps: { mark: "LEAPS", words: "LEAPS" },
};

interface Props {
  readonly classes: readonly OptionClassView[];
  readonly chosen: OptionClassView;
  readonly expiry: string | null;
  readonly onClass: (tradingClass: string) => void;
  readonly onExpiry: (expiry: string) => void;
}

/** The expiries of one trading class, each with its days; classes are kept apart. */
export function ExpiryStrip({ classes, chosen, expiry, onClass, onExpiry }: Props) {
  const name = useId();
  return (
    <div className="expiries">
      {classes.length > 1 && (
        <Choice
          label="Trading class"
          hideLabel
          options={classes.map(({ tradingClass, standard }) => ({ value: tradingClass, label: standard ? tradingClass : `${tradingClass} (non-standard)`, testId: `chain-class-${tradingClass}` }))}
          value={chosen.tradingClass}
          onChange={onClass}
          testId="chain-class"
        />
      )}
      <div role="radiogroup" aria-label={`Expiry of ${chosen.tradingClass}`} className="expiry-strip" data-testid="chain-expiries" data-value={expiry ?? undefined}>
        {chosen.expiries.map((each) => (
          <label key={each.expiry} className="expiry" data-kind={each.kind} data-testid={`chain-expiry-${each.expiry}`}>
            <input type="radio" name={name} value={each.expiry} checked={each.expiry === expiry} onChange={() => onExpiry(each.expiry)} />
            <span>
              <strong>{expiryWords(each.expiry)}</strong>
              <span className="hint">
                {each.days === 0 ? "today" : `${each.days} d`} <abbr title={KINDS[each.kind].words}>{KINDS[each.kind].mark}</abbr>
              </span>
            </span>
          </label>
        ))}
      </div>
      {!chosen.standard && (
        <p className="chain-note" role="note" data-testid="chain-nonstandard">
          {chosen.tradingClass} is not standard: after a corporate action it may deliver something else than 100 shares of the underlying. Its multiplier is {chosen.multiplier}; read the contract's terms before you trade it.
        </p>
      )}
    </div>
  );
}
