import type { Backend } from "../backend/backend";
import { asBackendError } from "../backend/backend";
import { BackendContext } from "../backend/context";
import { Ticket } from "../features/order-ticket/ticket";
import { applyPreferences, preferences } from "../features/settings/preferences";
import { LiveContext } from "../live/context";
import { Feed } from "../live/feed";
import { WindowFrames } from "../live/frames";
import { Live } from "../live/live";
import { remember } from "../live/memory";
import { App } from "./App";
import { ValueStore } from "../lib/value-store";
import { tellUses } from "./in-use";
import { measure } from "./measure";
import { makeView } from "./view";

const REMEMBER_MS = 15_000;

/** The whole page over a backend. */
export function startApp(backend: Backend) {
  applyPreferences(document.documentElement);
  const frames = new WindowFrames();
  const live = new Live(frames);
  const ticket = new Ticket(backend, (conId) => live.quotes.get(String(conId)));
  const broken = new ValueStore<string | null>(null);
  const view = makeView();
  let wasUp = false;
  const resumeOnce = () => {
    // Behind a lock nothing can be looked up.
    const isUp = live.link.get()?.state === "up" && live.lock.get()?.lockedSince === null;
    if (isUp && !wasUp) void ticket.resume();
    wasUp = isUp;
  };
  live.link.subscribe(resumeOnce);
  live.lock.subscribe(resumeOnce);
  live.rules.subscribe(() => ticket.recheck());
  const tellOutside = () => void backend.notifyAbout(preferences.get().notify).catch(() => undefined);
  tellOutside();
  preferences.subscribe(tellOutside);
  new Feed(backend, live).start().catch((thrown: unknown) => broken.set(asBackendError(thrown).message));
  tellUses(backend);
  // A benchmark that can't measure says so by its silence.
  measure(backend, view, frames).catch(() => undefined);
  setInterval(() => remember(live), REMEMBER_MS);
  window.addEventListener("pagehide", () => remember(live));
  return (
    <BackendContext value={backend}>
      <LiveContext value={live}>
        <App ticket={ticket} view={view} broken={broken} />
      </LiveContext>
    </BackendContext>
  );
}
