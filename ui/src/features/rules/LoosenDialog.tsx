import { useRef, useState } from "react";
import { Field } from "../../components/Field";
import { Modal } from "../../components/Modal";
import type { Asked } from "./use-rules";

interface Props {
  readonly asked: Asked | null;
  readonly onLeave: () => void;
}

/** Lets more through only by a typed word. Focus starts on changing nothing. */
export function LoosenDialog({ asked, onLeave }: Props) {
  const back = useRef<HTMLButtonElement>(null);
  const [typed, setTyped] = useState("");
  const leave = () => {
    setTyped("");
    onLeave();
  };
  const fits = asked !== null && typed.trim().toUpperCase() === asked.word;
  const loosen = () => {
    if (!asked || !fits) return;
    setTyped("");
    void asked.again(typed);
  };
  return (
    <Modal open={asked !== null} onLeave={leave} title="Let more through?" initialFocus={back} testId="loosen-dialog">
      <p>After this, orders pass that are stopped or spoken of now:</p>
      <ul className="loosen-says" data-testid="loosen-says">
        {asked?.says.map((says) => <li key={says}>{says}</li>)}
      </ul>
      <Field label={`Type ${asked?.word ?? ""} to change it`} value={typed} onChange={(event) => setTyped(event.target.value)} testId="loosen-word" />
      <div className="modal-actions">
        <button ref={back} type="button" onClick={leave} data-testid="loosen-back">
          Leave it as it is
        </button>
        <button type="button" className="danger" disabled={!fits} onClick={loosen} data-testid="loosen-go">
          Let more through
        </button>
      </div>
    </Modal>
  );
}
