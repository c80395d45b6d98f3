import { useCallback, useEffect, useRef, useState } from "react";
import { asBackendError, type Backend, type JournalEntryView, type JournalPage } from "../../backend/backend";
import { asked, type JournalFilter } from "./filter";

const PAGE = 200;

interface Pages {
  /** Newest first, each record once. */
  readonly list: readonly JournalEntryView[];
  /** Whether there are older ones. */
  readonly more: boolean;
}

const EMPTY: Pages = { list: [], more: false };

interface Entries extends Pages {
  readonly state: "loading" | "ready";
  readonly error: string | null;
  readonly loadMore: () => void;
  readonly retry: () => void;
}

/** The journal's records page by page; new ones come in front as the head moves on. */
export function useEntries(backend: Backend, filter: JournalFilter, head: number | null): Entries {
  const [{ list, more }, setPages] = useState<Pages>(EMPTY);
  const [state, setState] = useState<"loading" | "ready">("loading");
  const [error, setError] = useState<string | null>(null);
  const [turn, setTurn] = useState(0);
  const loadingMore = useRef(false);
  const key = JSON.stringify(asked(filter));

  useEffect(() => {
    setPages(EMPTY);
    setState("loading");
  }, [key]);

  useEffect(() => {
    let late = false;
    backend.journal({ before: null, limit: PAGE, ...read(key) }).then(
      (page) => {
        if (late) return;
        setPages((old) => meet(page, old));
        setState("ready");
        setError(null);
      },
      (thrown: unknown) => !late && setError(asBackendError(thrown).message),
    );
    return () => {
      late = true;
    };
  }, [backend, key, head, turn]);

  const oldest = list.at(-1)?.seq ?? null;
  const loadMore = useCallback(() => {
    if (loadingMore.current || oldest === null) return;
    loadingMore.current = true;
    backend
      .journal({ before: oldest, limit: PAGE, ...read(key) })
      .then(
        (page) => {
          setPages((old) => (old.list.at(-1)?.seq === oldest ? { list: [...old.list, ...page.entries], more: page.more } : old));
        },
        (thrown: unknown) => setError(asBackendError(thrown).message),
      )
      .finally(() => {
        loadingMore.current = false;
      });
  }, [backend, key, oldest]);

  return { list, more, state, error, loadMore, retry: () => setTurn((now) => now + 1) };
}

/** One text stands for a filter, so that an equal one is not read anew. */
function read(key: string): ReturnType<typeof asked> {
  return JSON.parse(key) as ReturnType<typeof asked>;
}

/** The newest page before what was there. Where the two don't meet, what was there is dropped and read again on scrolling. */
export function meet(page: JournalPage, old: Pages): Pages {
  const last = page.entries.at(-1)?.seq;
  if (last === undefined || !old.list.some(({ seq }) => seq >= last)) return { list: page.entries, more: page.more };
  const rest = old.list.filter(({ seq }) => seq < last);
  return { list: [...page.entries, ...rest], more: rest.length > 0 ? old.more : page.more };
}
