import { useState } from "react";
import type { DraftField } from "../../backend/backend";
import { AlgoSection } from "./AlgoSection";
import { NO_EXITS } from "./aims";
import { BracketSection } from "./BracketSection";
import { ConditionsSection } from "./ConditionsSection";
import { MoreSection } from "./MoreSection";
import { algosOf } from "./offered";
import { SectionButton } from "./SectionButton";
import { handlingWords } from "./section-words";
import type { Ticket, TicketState } from "./ticket";

type Name = "algo" | "conditions" | "more";

/** What goes beyond a plain order, folded away until it is wanted. What is set is told on the button's line even when folded. */
export function Sections({ ticket, state }: { readonly ticket: Ticket; readonly state: TicketState }) {
  const { draft, catalogue, offer, changing } = state;
  const [chosen, setOpen] = useState<Name | null>(null);
  const open = chosen ?? faultyOf(state);
  const turn = (name: Name) => setOpen(open === name ? null : name);
  const algos = catalogue ? algosOf({ catalogue, offer }, draft) : [];
  const algo = catalogue?.algos.find(({ id }) => id === draft.algo?.id);
  const handling = handlingWords(draft.handling);
  const conditions = draft.conditions.length;
  const set = [algo && open !== "algo" ? `Worked by ${algo.name}` : "", conditions > 0 && open !== "conditions" ? (conditions === 1 ? "1 condition" : `${conditions} conditions`) : "", open === "more" ? "" : handling];
  const told = set.filter(Boolean).join(" · ");
  return (
    <>
      <div className="section-bar" role="group" aria-label="More than a plain order">
        {changing === null && draft.legs.length === 0 && (
          <button type="button" className="small" aria-pressed={draft.exits !== null} onClick={() => ticket.edit({ exits: draft.exits ? null : NO_EXITS })} data-testid="section-bracket">
            Bracket
          </button>
        )}
        <SectionButton name="algo" title="Algorithm" isOpen={open === "algo"} isSet={draft.algo !== null} why={algos.length === 0 ? "No algorithm works this order type here" : null} onTurn={() => turn("algo")} />
        <SectionButton name="conditions" title="Conditions" isOpen={open === "conditions"} isSet={conditions > 0} why={offer && !offer.conditions ? "This exchange takes no conditions" : null} onTurn={() => turn("conditions")} />
        <SectionButton name="more" title="More" isOpen={open === "more"} isSet={handling !== ""} why={null} onTurn={() => turn("more")} />
      </div>
      {told !== "" && (
        <p className="hint block" data-testid="sections-told">
          {told}
        </p>
      )}
      {draft.exits && <BracketSection ticket={ticket} state={state} />}
      {open === "algo" && <AlgoSection ticket={ticket} state={state} algos={algos} />}
      {open === "conditions" && <ConditionsSection ticket={ticket} state={state} />}
      {open === "more" && <MoreSection ticket={ticket} state={state} />}
    </>
  );
}

const FIELDS: Partial<Record<DraftField, Name>> = { algo: "algo", condition: "conditions", displaySize: "more", minQuantity: "more", ocaGroup: "more", handling: "more" };

/** A section with something wrong in it opens by itself, or the fault would be out of sight. */
function faultyOf({ stage, check }: TicketState): Name | null {
  const faults = stage.at === "editing" && stage.outcome?.type === "faulty" ? stage.outcome.faults : (check?.faults ?? []);
  return faults.map(({ field }) => FIELDS[field]).find((name) => name !== undefined) ?? null;
}
