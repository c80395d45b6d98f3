import { type RefObject, useEffect, useRef } from "react";

/** Brings the first field that is said to be wrong into sight, and the focus there, each time faults are found. */
export function useFaultFocus<E extends HTMLElement>(faults: readonly unknown[]): RefObject<E | null> {
  const form = useRef<E>(null);
  useEffect(() => {
    if (faults.length > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [faults]);
  return form;
}
