import { AppLock } from "./AppLock";
import { Keychain } from "./Keychain";

interface Props {
  /** How often something was stored, deleted or asked anew here. */
  readonly changes: number;
  readonly onChanged: () => void;
}

/** The lock of the window, and what lies in the keychain; a change of the first is looked up in the second. */
export function Secrets({ changes, onChanged }: Props) {
  return (
    <>
      <AppLock onChanged={onChanged} />
      <Keychain changes={changes} onChanged={onChanged} />
    </>
  );
}
