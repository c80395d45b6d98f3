import { useEffect, useState } from "react";
import { useBackend } from "../../backend/context";

/** The names of the connections that other windows have open, looked up when `wanted`. Each has a desk of its own. */
export function useOtherWindows(wanted: boolean): readonly string[] {
  const backend = useBackend();
  const [names, setNames] = useState<readonly string[]>([]);
  useEffect(() => {
    if (!wanted) return;
    let late = false;
    backend.profiles().then(
      ({ profiles }) => late || setNames(profiles.filter(({ elsewhere }) => elsewhere).map(({ profile }) => profile.name)),
      // A window that can't say so says nothing of others.
      () => undefined,
    );
    return () => {
      late = true;
    };
  }, [backend, wanted]);
  return names;
}

/** What a stop does not reach, in a sentence; null when it reaches all. */
export function notReached(names: readonly string[]): string | null {
  if (names.length === 0) return null;
  const quoted = names.map((name) => `“${name}”`);
  const listed = quoted.length === 1 ? quoted[0] : `${quoted.slice(0, -1).join(", ")} and ${quoted.at(-1)}`;
  return `It does not reach ${listed}, open in ${names.length === 1 ? "another window" : "other windows"}: stop trading there too.`;
}
