import type { AlgoInfo } from "../../backend/backend";
import { Pick } from "../../components/Pick";
import { FaultNote } from "./FaultNote";
import { ParamField } from "./ParamField";
import type { Ticket, TicketState } from "./ticket";

interface Props {
  readonly ticket: Ticket;
  readonly state: TicketState;
  /** Those that can work this order. */
  readonly algos: readonly AlgoInfo[];
}

/** IBKR's algorithms, each with a form of its own. */
export function AlgoSection({ ticket, state, algos }: Props) {
  const { draft } = state;
  const chosen = algos.find(({ id }) => id === draft.algo?.id);
  const options = [{ value: "none", label: "None", tip: "The order works as it is typed." }, ...algos.map(({ id, name, says }) => ({ value: id, label: name, tip: says }))];
  const choose = (value: string) => {
    const algo = algos.find(({ id }) => id === value);
    ticket.edit({ algo: algo ? { id: algo.id, params: Object.fromEntries(algo.params.map((param) => [param.tag, param.default])) } : null });
  };
  return (
    <section className="ticket-section" aria-label="Algorithm" data-testid="ticket-algo">
      <Pick label="Algorithm" options={options} value={draft.algo?.id ?? "none"} onChange={choose} testId="algo" />
      {chosen && <p className="hint block">{chosen.says}</p>}
      {chosen && (
        <div className="number-fields">
          {chosen.params.map((param) => (
            <ParamField key={`${chosen.id} ${param.tag}`} ticket={ticket} state={state} param={param} />
          ))}
        </div>
      )}
      {chosen === undefined && <FaultNote ticket={ticket} state={state} field="algo" />}
    </section>
  );
}
