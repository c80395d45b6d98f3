interface Props {
  readonly testId: string;
}

/** Where a person lets the gateway's API take orders. The names are those on its own windows. */
export function ReadOnlySteps({ testId }: Props) {
  return (
    <details className="steps" data-testid={testId}>
      <summary>Show where to click</summary>
      <ol>
        <li>
          In TWS: <strong>File</strong>, then <strong>Global Configuration…</strong>. In IB Gateway: <strong>Configure</strong>, then <strong>Settings</strong>.
        </li>
        <li>
          On the left: <strong>API</strong>, then <strong>Settings</strong>.
        </li>
        <li>
          Untick <strong>Read-Only API</strong>, then <strong>Apply</strong> and <strong>OK</strong>.
        </li>
      </ol>
    </details>
  );
}
