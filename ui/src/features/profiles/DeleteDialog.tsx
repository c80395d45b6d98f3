import { useRef } from "react";
import { Modal } from "../../components/Modal";

interface Props {
  /** Of the profile that is to be deleted; null when none is. */
  readonly name: string | null;
  readonly onDelete: () => void;
  readonly onLeave: () => void;
}

/** Focus starts on changing nothing. */
export function DeleteDialog({ name, onDelete, onLeave }: Props) {
  const back = useRef<HTMLButtonElement>(null);
  return (
    <Modal open={name !== null} onLeave={onLeave} title={`Delete the connection “${name ?? ""}”?`} initialFocus={back} testId="profile-delete-dialog">
      <p>Its journal stays in the data folder. Orders that IBKR has go on there.</p>
      <div className="modal-actions">
        <button ref={back} type="button" onClick={onLeave} data-testid="profile-delete-back">
          Go back
        </button>
        <button type="button" className="danger" onClick={onDelete} data-testid="profile-delete-go">
          Delete it
        </button>
      </div>
    </Modal>
  );
}
