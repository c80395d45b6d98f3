// What outlives a restart: layout, looks and drafts. Never a secret.
const PREFIX = "gatehouse.";
let scope = "";

/** Keeps what is named in {@link SCOPED} apart from other profiles' windows. To be called before anything is read. */
export function keepFor(profile: string): void {
  scope = profile === "" ? "" : `${profile}.`;
}

/** What belongs to one profile: a ticket, and with it its intent, must never turn up in two windows. */
const SCOPED: ReadonlySet<string> = new Set(["ticket.1", "view.1", "last-portfolio.1"]);

function keyOf(name: string): string {
  return PREFIX + (SCOPED.has(name) ? scope : "") + name;
}

/** Reads a kept value; anything that does not pass `accept` is as good as absent. */
export function readKept<T>(name: string, accept: (value: unknown) => T | null): T | null {
  try {
    const text = localStorage.getItem(keyOf(name));
    return text === null ? null : accept(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Keeps a value; a full or forbidden storage is no reason to stop. */
export function keep(name: string, value: unknown): void {
  try {
    localStorage.setItem(keyOf(name), JSON.stringify(value));
  } catch {
    return;
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
