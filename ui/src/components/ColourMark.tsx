import type { Colour } from "../backend/backend";

/** The colour that a person gave to something, as a mark before its name. */
export function ColourMark({ colour }: { readonly colour: Colour | null }) {
  return colour === null ? null : <span className={`colour-mark colour-${colour}`} aria-hidden="true" />;
}
