import { useEffect } from "react";
import type { Command } from "./commands";

function isMac(): boolean {
  return /mac/i.test(navigator.platform);
}

/** The shortcut that an event stands for, in the registry's spelling. */
export function keysOf(event: Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey">): string {
  const mod = isMac() ? event.metaKey : event.ctrlKey;
  // With Alt held some layouts give another letter; the digit row keeps its code.
  const digit = /^Digit(\d)$/.exec(event.code)?.[1];
  const key = (event.altKey || mod) && digit ? digit : event.key.toLowerCase();
  return `${mod ? "mod+" : ""}${event.altKey ? "alt+" : ""}${key}`;
}

/** A shortcut as it is written on a key cap. */
export function keyCaps(keys: string): string {
  const mac = isMac();
  return keys
    .split("+")
    .map((part) => (part === "mod" ? (mac ? "⌘" : "Ctrl") : part === "alt" ? (mac ? "⌥" : "Alt") : part.toUpperCase()))
    .join(mac ? "" : "+");
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input:not([type=radio]), textarea, select, [contenteditable]");
}

/** Runs commands from their shortcuts. A letter or a sign does nothing while one types. */
export function useKeymap(commands: readonly Command[], blocked: boolean): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat) return;
      const keys = keysOf(event);
      if (keys.length === 1 && isTyping(event.target)) return;
      const command = commands.find((candidate) => candidate.keys === keys);
      if (!command || (blocked && !command.always)) return;
      event.preventDefault();
      command.run();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [commands, blocked]);
}
