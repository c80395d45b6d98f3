import { useState } from "react";
import type { OrderView } from "../../backend/backend";
import { CheckField } from "../../components/CheckField";
import { Choice } from "../../components/Choice";
import { StepField } from "../../components/StepField";
import { useAll, useKeyed, useLive } from "../../live/context";
import { entryOf, typedEntry } from "./aims";
import { sizeOf, type SizeWay } from "./size";
import { MovesWith, SizeSum } from "./SizeSum";
import type { Ticket, TicketState } from "./ticket";
import { usePays, useUsualRange } from "./use-size-facts";

const WAYS = [
  { value: "money", label: "Money", testId: "size-money" },
  { value: "share", label: "% of account", testId: "size-share" },
  { value: "risk", label: "Risk", testId: "size-risk" },
] as const;

const STOPS = [
  { value: "stop", label: "To the stop", testId: "size-to-stop" },
  { value: "range", label: "Usual range (ATR)", testId: "size-by-range" },
] as const;

const FIELDS = {
  money: { label: "Amount", step: "100", places: 0, start: "1000" },
  share: { label: "Share of net liquidation", step: "1", places: 0, start: "1" },
  risk: { label: "Net liquidation at risk", step: "0.1", places: 1, start: "0.5" },
} as const;

interface Props {
  readonly ticket: Ticket;
  readonly state: TicketState;
  readonly onDone: () => void;
}

/** A quantity from an amount, from a share of the account, or from what may be lost; with the sum in sight. */
export function SizeCalculator({ ticket, state, onDone }: Props) {
  const { draft, instrument } = state;
  const { accounts, positions, quotes, orders } = useLive();
  const account = useKeyed(accounts, draft.account);
  const held = useKeyed(positions, `${draft.account}:${instrument?.conId ?? 0}`);
  const quote = useKeyed(quotes, String(instrument?.conId ?? 0));
  const [way, setWay] = useState<SizeWay>("money");
  const [text, setText] = useState("");
  const [by, setBy] = useState<"stop" | "range">("stop");
  const [multiple, setMultiple] = useState("2");
  const [withHeld, setWithHeld] = useState(false);
  const range = useUsualRange(way === "risk" && by === "range" ? (instrument?.conId ?? null) : null, multiple);
  const pays = usePays(draft.account, useAll(orders, (all) => revisionOf(all, draft.account), Object.is));
  const turn = (next: SizeWay) => {
    setWay(next);
    setText("");
  };
  const seen = draft.side === "buy" ? quote?.ask : quote?.bid;
  const entryFrom = typedEntry(draft) ? undefined : seen?.value == null ? quote?.last : seen;
  const sized = sizeOf(way, text, { draft, account, instrument, entry: entryOf(draft, quote), entryFrom, range, held: held?.quantity, withHeld, pays });
  const { label, ...steps } = FIELDS[way];
  return (
    <section className="ticket-section wide" aria-label="Size calculator" data-testid="size-calculator">
      <Choice label="Reckon the size from" hideLabel options={WAYS} value={way} onChange={turn} />
      <StepField label={label} hint={way === "money" ? instrument?.currency : "%"} value={text} onType={setText} {...steps} testId="size-input" />
      {way === "risk" && (
        <>
          <Choice label="What of the price is at risk" options={STOPS} value={by} onChange={setBy} />
          {by === "range" && <StepField label="Times the average true range" value={multiple} onType={setMultiple} step="0.5" places={1} start="2" testId="size-times" />}
          {held && <CheckField label="What is held shares in the risk" says="Takes off what the position carries to the same stop already" checked={withHeld} onTurn={setWithHeld} testId="size-with-held" />}
        </>
      )}
      <SizeSum sized={sized} />
      {way === "risk" && <MovesWith account={draft.account} conId={instrument?.conId ?? null} />}
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

/** Changes when one of the account's orders does. */
function revisionOf(orders: readonly OrderView[], account: string): string {
  return orders.filter((order) => order.account === account).map(({ key, state, filled }) => `${key}:${state}:${filled}`).join(" ");
}
