import { useCallback, useEffect, useRef, useState } from "react";
import { asBackendError, type StrikesView } from "../../backend/backend";
import { useBackend } from "../../backend/context";
import { useValue } from "../../lib/value-store";
import { useLive } from "../../live/context";
import type { Loaded } from "./loaded";

export type Board = Loaded<StrikesView>;

// Somebody who walks along the expiries with the arrows wants the one where they stop.
const WALK_MS = 120;
const LOADING: Board = { at: "loading" };

/** The options of several expiries of a class, each asked for when it is first wanted and again when the link comes back. What is there stays until it is told anew. */
export function useBoards(conId: number, tradingClass: string, expiries: readonly string[]) {
  const backend = useBackend();
  const isUp = useValue(useLive().link)?.state === "up";
  const [boards, setBoards] = useState<ReadonlyMap<string, Board>>(new Map());
  const [turn, setTurn] = useState(0);
  const asked = useRef(new Set<string>());
  const prefix = `${conId} ${tradingClass} `;
  const names = expiries.join(" ");
  useEffect(() => asked.current.clear(), [isUp, prefix]);
  useEffect(() => {
    if (!isUp || names === "") return;
    const load = async (expiry: string): Promise<void> => {
      const key = prefix + expiry;
      if (asked.current.has(key)) return;
      asked.current.add(key);
      const put = (board: Board) =>
        setBoards((before) => {
          // Other chains' are let go: they are on disk, and ask for nothing to come back.
          const kept = new Map([...before].filter(([other]) => other.startsWith(prefix)));
          if (board.at === "there" || kept.get(key)?.at !== "there") kept.set(key, board);
          return kept;
        });
      try {
        put({ at: "there", value: await backend.strikes(conId, tradingClass, expiry) });
      } catch (thrown) {
        asked.current.delete(key);
        put({ at: "failed", error: asBackendError(thrown) });
      }
    };
    const timer = setTimeout(() => {
      for (const expiry of names.split(" ")) void load(expiry);
    }, WALK_MS);
    return () => clearTimeout(timer);
  }, [backend, conId, tradingClass, prefix, names, isUp, turn]);
  const again = useCallback(() => {
    setBoards((before) => new Map([...before].filter(([, board]) => board.at !== "failed")));
    setTurn((before) => before + 1);
  }, []);
  const boardOf = (expiry: string): Board => boards.get(prefix + expiry) ?? LOADING;
  return { boardOf, again, isUp };
}
