import { useState } from "react";
import { AppLock } from "./AppLock";
import { Keychain } from "./Keychain";

/** The lock of the window, and what lies in the keychain; a change of the first is looked up in the second. */
export function Secrets() {
  const [changes, setChanges] = useState(0);
  return (
    <>
      <AppLock onChanged={() => setChanges((count) => count + 1)} />
      <Keychain key={changes} />
    </>
  );
}
