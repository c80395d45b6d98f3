import type { KeyboardEvent } from "react";

/** Up and Down lead from row to row. In a field, a list or on a button they keep their own meaning. */
export function moveAmongRows(event: KeyboardEvent<HTMLElement>): void {
  const { key, currentTarget: list, target } = event;
  const down = key === "ArrowDown";
  if (event.defaultPrevented || (!down && key !== "ArrowUp")) return;
  const rows = [...list.querySelectorAll<HTMLElement>("article")];
  const at = rows.indexOf(target as HTMLElement);
  if (at < 0 && target !== list) return;
  const next = at < 0 ? firstInSight(rows, list) : rows[at + (down ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

function firstInSight(rows: readonly HTMLElement[], list: HTMLElement): HTMLElement | undefined {
  const { top } = list.getBoundingClientRect();
  return rows.find((row) => row.getBoundingClientRect().top >= top);
}
