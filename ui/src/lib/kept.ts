// What outlives a restart: layout, looks and drafts. Never a secret.
const PREFIX = "gatehouse.";

/** Reads a kept value; anything that does not pass `accept` is as good as absent. */
export function readKept<T>(name: string, accept: (value: unknown) => T | null): T | null {
  try {
    const text = localStorage.getItem(PREFIX + name);
    return text === null ? null : accept(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Keeps a value; a full or forbidden storage is no reason to stop. */
export function keep(name: string, value: unknown): void {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    return;
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
