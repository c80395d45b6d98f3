import type { PositionView, PlannedView } from "../../backend/backend";
import { useBackend } from "../../backend/context";
import { Pick } from "../../components/Pick";
import { expiryWords } from "../../lib/expiry";
import { quantity } from "../../lib/format";
import { useAll, useLive } from "../../live/context";
import { askRoll, laterExpiry, type TrayPlace } from "./strategy-ask";

interface Props {
  readonly place: TrayPlace;
  /** One account, or null for all. */
  readonly account: string | null;
  readonly onRoll: (asked: Promise<PlannedView>, account: string) => void;
}

/** A held option of this underlying, closed and opened again on a later day. Nothing when none is held. */
export function RollMenu({ place, account, onRoll }: Props) {
  const backend = useBackend();
  const { positions } = useLive();
  const held = useAll(positions, (all) => all.filter((one) => isOption(one, place, account)), sameHeld);
  if (held.length === 0) return null;
  const target = ({ instrument }: PositionView): string | null =>
    instrument.expiry !== null && place.expiry > instrument.expiry ? place.expiry : laterExpiry(place.expiries, instrument.expiry ?? place.expiry);
  const options = held.map((one) => {
    const to = target(one);
    const where = account === null ? ` in ${one.account}` : "";
    return { value: one.key, label: `${quantity(one.quantity.value ?? "")} ${one.instrument.label}${where}`, hint: to === null ? "no later expiry" : `to ${expiryWords(to)}` };
  });
  const roll = (key: string) => {
    const one = held.find((position) => position.key === key);
    const to = one ? target(one) : null;
    if (one && to !== null) onRoll(askRoll(backend, place, one.account, one.instrument, to), one.account);
  };
  return (
    <>
      <span className="label">Roll</span>
      <Pick label="Roll a held option" options={[{ value: "", label: "Held…" }, ...options]} value="" onChange={roll} testId="strategy-roll" />
    </>
  );
}

function isOption({ instrument, quantity: count, account: of }: PositionView, { underlying }: TrayPlace, account: string | null): boolean {
  const isOfIt = instrument.kind === "option" && instrument.symbol === underlying.symbol && instrument.currency === underlying.currency;
  return isOfIt && count.value !== null && count.value !== "0" && (account === null || of === account);
}

function sameHeld(a: readonly PositionView[], b: readonly PositionView[]): boolean {
  return a.length === b.length && a.every((one, i) => one.key === b[i]?.key && one.quantity.value === b[i]?.quantity.value);
}
