/** The broker's own words and code, one click away. */
export function OriginalText({ code, text }: { readonly code: number | null; readonly text: string }) {
  return (
    <details className="original" data-testid="order-original">
      <summary>IBKR's words</summary>
      <span className="selectable">{text}</span> {code !== null && <code>{code}</code>}
    </details>
  );
}
