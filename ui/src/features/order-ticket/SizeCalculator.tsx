import { useEffect, useState } from "react";
import { asBackendError } from "../../backend/backend";
import { useBackend } from "../../backend/context";
import { Choice } from "../../components/Choice";
import { StepField } from "../../components/StepField";
import { useKeyed, useLive } from "../../live/context";
import { entryOf } from "./aims";
import { parseDecimal } from "../../lib/decimal";
import { sizeOf, type SizeWay, type UsualRange } from "./size";
import type { Ticket, TicketState } from "./ticket";

const WAYS = [
  { value: "money", label: "Money", testId: "size-money" },
  { value: "share", label: "% of account", testId: "size-share" },
  { value: "risk", label: "Risk", testId: "size-risk" },
] as const;

const STOPS = [
  { value: "stop", label: "To the stop", testId: "size-to-stop" },
  { value: "range", label: "Usual range (ATR)", testId: "size-by-range" },
] as const;

interface Props {
  readonly ticket: Ticket;
  readonly state: TicketState;
  readonly onDone: () => void;
}

/** A quantity from an amount, from a share of the account, or from what may be lost; with the sum in sight. */
export function SizeCalculator({ ticket, state, onDone }: Props) {
  const { draft, instrument } = state;
  const { accounts, positions, quotes } = useLive();
  const account = useKeyed(accounts, draft.account);
  const held = useKeyed(positions, `${draft.account}:${instrument?.conId ?? 0}`);
  const quote = useKeyed(quotes, String(instrument?.conId ?? 0));
  const [way, setWay] = useState<SizeWay>("money");
  const [text, setText] = useState("");
  const [by, setBy] = useState<"stop" | "range">("stop");
  const [multiple, setMultiple] = useState("2");
  const range = useUsualRange(way === "risk" && by === "range" ? (instrument?.conId ?? null) : null, multiple);
  const turn = (next: SizeWay) => {
    setWay(next);
    setText("");
  };
  const sized = sizeOf(way, text, { draft, account, instrument, entry: entryOf(draft, quote), range, held: held?.quantity.value ?? null });
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
      {way === "risk" && (
        <>
          <Choice label="What of the price is at risk" options={STOPS} value={by} onChange={setBy} />
          {by === "range" && <StepField label="Times the average true range" value={multiple} onType={setMultiple} step="0.5" places={1} start="2" testId="size-times" />}
        </>
      )}
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

/** Asks once for how far the price usually moves; undefined while the risk is not reckoned by it. */
function useUsualRange(conId: number | null, times: string): UsualRange | undefined {
  const backend = useBackend();
  const [told, setTold] = useState<{ readonly of: number; readonly range: UsualRange } | null>(null);
  useEffect(() => {
    if (conId === null) return;
    let late = false;
    const tell = (range: UsualRange) => late || setTold({ of: conId, range });
    backend.dayRange(conId).then(
      ({ average, days, told: count }) => {
        const known = average === null ? null : parseDecimal(average);
        tell(known ? { average: known, days, times: "" } : { why: `An average over ${days} days needs more days than the ${count} that are known.` });
      },
      (thrown: unknown) => tell({ why: asBackendError(thrown).message }),
    );
    return () => {
      late = true;
    };
  }, [backend, conId]);
  if (conId === null) return undefined;
  if (told?.of !== conId) return { why: "Asking for the days of trading…" };
  return "why" in told.range ? told.range : { ...told.range, times };
}
