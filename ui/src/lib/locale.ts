const FALLBACK = "en-US";

/** A locale that `Intl` takes. A window started under `LANG=C` calls its language "C", on which `Intl` throws. */
export function usableLocale(wanted: string | undefined = globalThis.navigator?.language): string {
  if (!wanted) return FALLBACK;
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(wanted)[0] ?? FALLBACK;
  } catch {
    return FALLBACK;
  }
}
