import { type ReactNode, useState } from "react";
import type { LegInput } from "../../../backend/backend";
import { Choice } from "../../../components/Choice";
import type { Ticket, TicketState } from "../ticket";
import { ComboSection } from "./ComboSection";

const KINDS = [
  { value: "single", label: "Single", testId: "ticket-single" },
  { value: "combo", label: "Combination", testId: "ticket-combo" },
] as const;

interface Props {
  readonly ticket: Ticket;
  readonly state: TicketState;
  /** The field for a single instrument. */
  readonly children: ReactNode;
}

/** What is ordered: one instrument, or a combination. Turning from one to the other and back loses no legs. */
export function ComboField({ ticket, state, children }: Props) {
  const { legs } = state.draft;
  const [wanted, setWanted] = useState(false);
  const [aside, setAside] = useState<readonly LegInput[]>([]);
  const [underlying, setUnderlying] = useState("");
  const combined = wanted || legs.length > 0;
  const turn = (kind: "single" | "combo") => {
    setWanted(kind === "combo");
    if (kind === "combo") {
      setUnderlying(state.instrument?.symbol ?? "");
      ticket.combine(aside);
    } else {
      setAside(legs);
      ticket.combine([]);
    }
  };
  return (
    <>
      {state.changing === null && <Choice label="What is ordered" hideLabel options={KINDS} value={combined ? "combo" : "single"} onChange={turn} testId="ticket-kind" />}
      {combined ? <ComboSection ticket={ticket} state={state} underlying={underlying} /> : children}
    </>
  );
}
