import type { ReactNode } from "react";

interface Props {
  readonly kind: "loading" | "empty" | "partial" | "broken";
  /** What is so. */
  readonly title: string;
  /** What it means and what to do. */
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  readonly testId?: string;
}

/** What a screen shows instead of, or above, its content when that is not all there. */
export function Face({ kind, title, children, actions, testId }: Props) {
  return (
    <div className={`face face-${kind}`} role={kind === "broken" ? "alert" : "status"} data-testid={testId ?? `face-${kind}`}>
      <p className="face-title">{title}</p>
      {children && <div className="face-says">{children}</div>}
      {actions && <div className="face-actions">{actions}</div>}
    </div>
  );
}
