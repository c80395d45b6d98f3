import type { PlannedView } from "../../backend/backend";
import { useBackend } from "../../backend/context";
import { Pick } from "../../components/Pick";
import { expiryWords } from "../../lib/expiry";
import { useAll, useLive } from "../../live/context";
import { type Rollable, rollables } from "./rollable";
import { askRoll, laterExpiry, type TrayPlace } from "./strategy-ask";

interface Props {
  readonly place: TrayPlace;
  /** One account, or null for all. */
  readonly account: string | null;
  readonly onRoll: (asked: Promise<PlannedView>, held: Rollable) => void;
}

/** Held strategies of this underlying, and their options one by one, closed and opened again on a later day. Nothing when none is held. */
export function RollMenu({ place, account, onRoll }: Props) {
  const backend = useBackend();
  const { strategies } = useLive();
  const held = useAll(strategies, (all) => rollables(all, place, account), sameHeld);
  if (held.length === 0) return null;
  const target = ({ expiry }: Rollable): string | null => (place.expiry > expiry ? place.expiry : laterExpiry(place.expiries, expiry));
  const options = held.map((one) => {
    const to = target(one);
    return { value: one.key, label: one.label, hint: to === null ? "no later expiry" : `to ${expiryWords(to)}` };
  });
  const roll = (key: string) => {
    const one = held.find((rollable) => rollable.key === key);
    const to = one ? target(one) : null;
    if (one && to !== null) onRoll(askRoll(backend, place, one, to), one);
  };
  return (
    <>
      <span className="label">Roll</span>
      <Pick label="Roll a held strategy or option" options={[{ value: "", label: "Held…" }, ...options]} value="" onChange={roll} testId="strategy-roll" />
    </>
  );
}

function sameHeld(a: readonly Rollable[], b: readonly Rollable[]): boolean {
  return a.length === b.length && a.every((one, i) => one.key === b[i]?.key && one.label === b[i]?.label && one.held.every((leg, n) => leg.quantity === b[i]?.held[n]?.quantity));
}
