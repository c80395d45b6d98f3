// Reading what was kept by an earlier run: a value is what it should be, or the whole is let go.
import { isRecord } from "./kept";

class Unreadable extends Error {}

/** Lets the whole go. */
export function no(): never {
  throw new Unreadable();
}

/** What `read` makes of the value; null when anything in it is not what it should be. */
export function soundly<T>(value: unknown, read: (value: unknown) => T): T | null {
  try {
    return read(value);
  } catch (thrown) {
    if (thrown instanceof Unreadable) return null;
    throw thrown;
  }
}

export function text(value: unknown): string {
  return typeof value === "string" ? value : no();
}

export function textOrNull(value: unknown): string | null {
  return value === null ? null : text(value);
}

export function flag(value: unknown): boolean {
  return typeof value === "boolean" ? value : no();
}

export function whole(value: unknown): number {
  return typeof value === "number" && Number.isSafeInteger(value) ? value : no();
}

export function among<T extends string>(list: readonly T[], value: unknown): T {
  return list.find((one) => one === value) ?? no();
}

export function record(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : no();
}

export function listOf<T>(value: unknown, read: (value: unknown) => T): T[] {
  return Array.isArray(value) ? value.map((one: unknown) => read(one)) : no();
}

/** What an earlier version did not keep yet has a value of its own; what is there has to be right. */
export function orElse<T>(value: unknown, absent: T, read: (value: unknown) => T): T {
  return value === undefined ? absent : read(value);
}
