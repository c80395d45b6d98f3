import { useRef, useState } from "react";
import { Field } from "../../components/Field";
import { Modal } from "../../components/Modal";
import { useMoment } from "../../live/clock";
import { useLive } from "../../live/context";
import { useValue } from "../../lib/value-store";
import { ConfirmFacts } from "./ConfirmFacts";
import { isReason, ReasonField } from "../../components/ReasonField";
import type { Stage, Ticket } from "./ticket";
import { sendWords } from "./words";

interface Props {
  readonly ticket: Ticket;
  /** Of the instrument's prices. */
  readonly decimals: number;
  readonly stage: Extract<Stage, { at: "previewed" }>;
}

/** The last look before an order goes out. Focus starts on going back, so that Enter sends nothing by accident. */
export function ConfirmDialog({ ticket, stage, decimals }: Props) {
  const { preview, draft, asking, sending, error } = stage;
  const back = useRef<HTMLButtonElement>(null);
  const [typed, setTyped] = useState("");
  const [reasons, setReasons] = useState<Readonly<Record<string, string>>>({});
  const expired = useMoment((now) => now >= preview.expiresAt);
  const linkUp = useValue(useLive().link)?.state === "up";
  const spent = expired || error !== null;
  const { asksToType } = preview;
  const deliberate = asksToType === null || typed.trim().toUpperCase() === asksToType.toUpperCase();
  const against = preview.verdict.findings.filter(({ needsReason }) => needsReason);
  const reasoned = against.every(({ rule }) => isReason(reasons[rule] ?? ""));
  const mode = preview.paper ? (preview.simulated ? "PAPER (simulated): no real money" : "PAPER: no real money") : "LIVE: real money";
  return (
    <Modal open={asking} onLeave={() => ticket.askToConfirm(false)} title={preview.changes ? "Change this order?" : "Send this order?"} initialFocus={back} testId="confirm-dialog" tone={preview.paper ? "paper" : "live"}>
      <p className="confirm-mode" data-testid="confirm-mode">
        {mode}
      </p>
      <p className="confirm-sentence">{preview.sentence}</p>
      <ConfirmFacts preview={preview} draft={draft} decimals={decimals} />
      {against.map((finding) => (
        <ReasonField key={finding.rule} finding={finding} value={reasons[finding.rule] ?? ""} onChange={(text) => setReasons({ ...reasons, [finding.rule]: text })} />
      ))}
      {asksToType !== null && (
        <Field
          label={`Type ${asksToType}, the end of account ${preview.account}, to send it`}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          testId="confirm-typed"
        />
      )}
      {error && (
        <p className="fault-note" role="alert" data-testid="confirm-error" data-code={error.code}>
          {error.message}
        </p>
      )}
      {expired && !sending && <p className="fault-note" role="alert">This preview has expired. Go back and preview again.</p>}
      {!linkUp && !sending && <p className="fault-note" role="alert">The link is not up. Nothing can be sent now.</p>}
      <div className="modal-actions">
        <button ref={back} type="button" disabled={sending} onClick={() => ticket.askToConfirm(false)} data-testid="confirm-back">
          Go back
        </button>
        <button
          type="button"
          className={preview.paper ? "primary" : "primary live"}
          disabled={sending || spent || !linkUp || !deliberate || !reasoned}
          onClick={() => void ticket.confirm(asksToType === null ? null : typed, against.map(({ rule }) => ({ rule, text: reasons[rule] ?? "" })))}
          data-testid="confirm-send"
        >
          {sending ? "Sending…" : sendWords(preview, draft, decimals)}
        </button>
      </div>
    </Modal>
  );
}
