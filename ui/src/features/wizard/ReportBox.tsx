import { useState } from "react";

/** The list as text, to be copied for whoever helps. */
export function ReportBox({ text }: { readonly text: string }) {
  const [said, setSaid] = useState("");
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setSaid("Copied."),
      () => setSaid("The system lets nothing be copied: select the text and copy it by hand."),
    );
  };
  return (
    <details className="wizard-report" data-testid="wizard-report">
      <summary>Report for whoever helps you</summary>
      <p className="hint block">Account ids, your name and your folders' names are left out of it. Read it before you pass it on.</p>
      <div className="row">
        <button type="button" onClick={copy} data-testid="wizard-copy">
          Copy the report
        </button>
        <span role="status" className="hint">{said}</span>
      </div>
      <pre className="selectable" tabIndex={0} aria-label="Report" data-testid="wizard-report-text">
        {text}
      </pre>
    </details>
  );
}
