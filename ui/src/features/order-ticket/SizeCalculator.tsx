import { useState } from "react";
import { Choice } from "../../components/Choice";
import { StepField } from "../../components/StepField";
import { useKeyed, useLive } from "../../live/context";
import { entryOf } from "./aims";
import { sizeOf, type SizeWay } from "./size";
import type { Ticket, TicketState } from "./ticket";

const WAYS = [
  { value: "money", label: "Money", testId: "size-money" },
  { value: "share", label: "% of account", testId: "size-share" },
  { value: "risk", label: "Risk", testId: "size-risk" },
] as const;

interface Props {
  readonly ticket: Ticket;
  readonly state: TicketState;
  readonly onDone: () => void;
}

/** A quantity from an amount, from a share of the account, or from what may be lost; with the sum in sight. */
export function SizeCalculator({ ticket, state, onDone }: Props) {
  const { draft, instrument } = state;
  const { accounts, quotes } = useLive();
  const account = useKeyed(accounts, draft.account);
  const quote = useKeyed(quotes, String(instrument?.conId ?? 0));
  const [way, setWay] = useState<SizeWay>("money");
  const [text, setText] = useState("");
  const turn = (next: SizeWay) => {
    setWay(next);
    setText("");
  };
  const sized = sizeOf(way, text, { draft, account, instrument, entry: entryOf(draft, quote) });
  return (
    <section className="ticket-section wide" aria-label="Size calculator" data-testid="size-calculator">
      <Choice label="Reckon the size from" hideLabel options={WAYS} value={way} onChange={turn} />
      <StepField
        label={way === "money" ? "Amount" : way === "share" ? "Share of net liquidation" : "Net liquidation at risk"}
        hint={way === "money" ? instrument?.currency : "%"}
        value={text}
        onType={setText}
        step={way === "money" ? "100" : way === "share" ? "1" : "0.1"}
        places={way === "risk" ? 1 : 0}
        start={way === "money" ? "1000" : way === "share" ? "1" : "0.5"}
        testId="size-input"
      />
      <div role="status" data-testid="size-sum">
        {sized.ok ? (
          sized.sum.map((line) => (
            <p key={line} className="hint block">
              {line}
            </p>
          ))
        ) : (
          <p className="hint block">{sized.why}</p>
        )}
      </div>
      <button
        type="button"
        className="small"
        disabled={!sized.ok}
        onClick={() => {
          if (!sized.ok) return;
          ticket.edit({ quantity: sized.quantity });
          onDone();
        }}
        data-testid="size-use"
      >
        {sized.ok ? `Use ${sized.quantity}` : "Use"}
      </button>
    </section>
  );
}
