import type { PreviewView } from "../../backend/backend";

/** What goes with the order, a sentence each: exits, conditions, algorithm, handling. */
export function Details({ preview, testId }: { readonly preview: PreviewView; readonly testId: string }) {
  if (preview.details.length === 0) return null;
  return (
    <ul className="details" data-testid={testId}>
      {preview.details.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
