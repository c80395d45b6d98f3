import type { NotifyChoice } from "../../backend/backend";
import { isRecord, keep, readKept } from "../../lib/kept";
import { ValueStore } from "../../lib/value-store";

export type Theme = "system" | "dark" | "light";
export type Density = "comfortable" | "compact";

export interface Preferences {
  readonly theme: Theme;
  readonly density: Density;
  /** What is told outside the window. */
  readonly notify: NotifyChoice;
}

const NAME = "preferences.1";
const NOTIFY: NotifyChoice = { fill: true, reject: true, disconnect: true };
const DEFAULTS: Preferences = { theme: "system", density: "comfortable", notify: NOTIFY };

function accept(value: unknown): Preferences | null {
  if (!isRecord(value)) return null;
  const theme = value.theme === "dark" || value.theme === "light" ? value.theme : "system";
  const density = value.density === "compact" ? "compact" : "comfortable";
  const kept = isRecord(value.notify) ? value.notify : {};
  const notify = { fill: kept.fill !== false, reject: kept.reject !== false, disconnect: kept.disconnect !== false };
  return { theme, density, notify };
}

export const preferences = new ValueStore<Preferences>(readKept(NAME, accept) ?? DEFAULTS);

export function prefer(patch: Partial<Preferences>): void {
  preferences.set({ ...preferences.get(), ...patch });
  keep(NAME, preferences.get());
}

/** 28 px or 22 px, as the density asks. */
export function rowHeightOf({ density }: Preferences): number {
  return density === "compact" ? 22 : 28;
}

/** Shows the preferences on the document, now and whenever they or the system's scheme change. */
export function applyPreferences(root: HTMLElement): void {
  const light = window.matchMedia?.("(prefers-color-scheme: light)");
  const apply = () => {
    const { theme, density } = preferences.get();
    root.dataset.theme = theme === "system" ? (light?.matches ? "light" : "dark") : theme;
    root.dataset.density = density;
  };
  apply();
  preferences.subscribe(apply);
  light?.addEventListener("change", apply);
}
