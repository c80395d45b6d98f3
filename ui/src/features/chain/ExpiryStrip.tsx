import { useId } from "react";
import type { ChainOutlookView, ExpiryView, OptionClassView } from "../../backend/backend";
import { Choice } from "../../components/Choice";
import { expiryWords } from "../../lib/expiry";
import { adjustedWords } from "../../lib/words";
import { moveTip, moveWords } from "./expected";
import { daysWords, KINDS, morningWords } from "./kinds";
import { outlookOf } from "./outlook";
import { MOST_EXPIRIES } from "./place";

/** The usual multiplier. */
const STANDARD = "100";

interface Props {
  readonly classes: readonly OptionClassView[];
  readonly chosen: OptionClassView;
  /** Those shown, earliest first. */
  readonly expiries: readonly string[];
  /** Whether more than one may be. */
  readonly several: boolean;
  readonly outlook: ChainOutlookView | null;
  readonly onClass: (tradingClass: string) => void;
  readonly onExpiry: (expiry: string) => void;
  /** Shows one beside the others, or no more; turns several on. */
  readonly onToggle: (expiry: string) => void;
  readonly onSeveral: (several: boolean) => void;
}

/** The expiries of one trading class, each with its days and expected move; classes are kept apart. */
export function ExpiryStrip({ classes, chosen, expiries, several, outlook, onClass, onExpiry, onToggle, onSeveral }: Props) {
  const name = useId();
  return (
    <div className="expiries">
      {classes.length > 1 && (
        <Choice
          label="Trading class"
          hideLabel
          options={classes.map((one) => ({ value: one.tradingClass, label: classLabel(one), testId: `chain-class-${one.tradingClass}` }))}
          value={chosen.tradingClass}
          onChange={onClass}
          testId="chain-class"
        />
      )}
      <div className="expiry-line">
        <button type="button" className="small expiry-several" aria-pressed={several} onClick={() => onSeveral(!several)} data-tip="Several expiries one under the other; a click with Ctrl on an expiry does the same" data-testid="chain-several">
          Several
        </button>
        <div role={several ? "group" : "radiogroup"} aria-label={`Expiry of ${chosen.tradingClass}`} className="expiry-strip" data-testid="chain-expiries" data-value={expiries.join(" ") || undefined}>
          {chosen.expiries.map((each) => (
            <ExpiryChoice
              key={each.expiry}
              name={name}
              each={each}
              settles={chosen.settles}
              several={several}
              shown={expiries.includes(each.expiry)}
              fixed={several && (expiries.includes(each.expiry) ? expiries.length === 1 : expiries.length >= MOST_EXPIRIES)}
              move={moveWords(outlookOf(outlook, each.expiry))}
              tip={moveTip(outlookOf(outlook, each.expiry))}
              onExpiry={onExpiry}
              onToggle={onToggle}
            />
          ))}
        </div>
      </div>
      {!chosen.standard && (
        <p className="chain-note" role="note" data-testid="chain-nonstandard">
          {classWords(chosen)}
        </p>
      )}
      {chosen.settles === "morning" && (
        <p className="hint" data-testid="chain-morning">
          {chosen.tradingClass} is settled in the morning: it trades for the last time on the day shown, and its price is that of the next morning’s open.
        </p>
      )}
    </div>
  );
}

function classLabel({ tradingClass, standard, adjusted, multiplier }: OptionClassView): string {
  if (standard) return tradingClass;
  return `${tradingClass} (${multiplier !== STANDARD ? `× ${multiplier}` : adjusted ? "adjusted" : "non-standard"})`;
}

/** What stands of a class that is not standard, for a person to read before trading it. */
function classWords({ tradingClass, adjusted, multiplier }: OptionClassView): string {
  const nothing = "so no moves, greeks of our model, payoffs or cover are reckoned for it. Read the exchange’s memo on it before you trade it.";
  if (adjusted) return `${tradingClass} ${adjustedWords(multiplier)}: what it delivers${multiplier === STANDARD ? " instead of 100 shares" : ""} is not known here, ${nothing}`;
  return `${tradingClass} is not standard: after a corporate action it may deliver something else than 100 shares of the underlying. Its multiplier is ${multiplier}; read the contract’s terms before you trade it.`;
}

interface ChoiceProps extends Pick<Props, "several" | "onExpiry" | "onToggle"> {
  readonly name: string;
  readonly each: ExpiryView;
  readonly settles: OptionClassView["settles"];
  readonly shown: boolean;
  /** Neither the last of several is hidden, nor more than the most are shown. */
  readonly fixed: boolean;
  readonly move: string | null;
  readonly tip: string;
}

function ExpiryChoice({ name, each, settles, several, shown, fixed, move, tip, onExpiry, onToggle }: ChoiceProps) {
  const { expiry, days, kind } = each;
  const morning = morningWords(each, settles);
  return (
    <label
      className="expiry"
      data-kind={kind}
      data-tip={tip}
      data-testid={`chain-expiry-${expiry}`}
      onClick={(event) => {
        if (several || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        onToggle(expiry);
      }}
    >
      <input
        type={several ? "checkbox" : "radio"}
        name={several ? undefined : name}
        value={expiry}
        checked={shown}
        disabled={fixed}
        onChange={() => (several ? onToggle(expiry) : onExpiry(expiry))}
      />
      <span>
        <strong>{expiryWords(expiry)}</strong>
        <span className="hint">
          {daysWords(days)} <abbr title={morning === null ? KINDS[kind].words : `${KINDS[kind].words}, settled ${morning}`}>{morning === null ? KINDS[kind].mark : `${KINDS[kind].mark} AM`}</abbr>
        </span>
        <span className="hint expiry-move">{move === null ? "—" : `≈ ${move}`}</span>
      </span>
    </label>
  );
}
