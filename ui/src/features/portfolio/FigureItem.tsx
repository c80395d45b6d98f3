import type { Figure as FigureView } from "../../backend/backend";
import { Figure } from "../../components/Figure";
import type { FigureShape } from "../../components/figure-shape";

interface Props {
  readonly named: { readonly name: string; readonly title: string; readonly shape: FigureShape; readonly tip: string };
  readonly figure: FigureView;
  /** Whose figure it is: an account id or `household`. */
  readonly owner: string;
  readonly why?: string;
  readonly unit?: string | null;
}

export function FigureItem({ named, figure, owner, why, unit }: Props) {
  return (
    <div className="figure-item">
      <dt data-tip={named.tip}>
        {named.title}
        {unit && <span className="hint">{unit}</span>}
      </dt>
      <dd>
        <Figure figure={figure} shape={named.shape} why={why ?? `The broker has not told it yet: ${named.tip}`} testId={`figure-${owner}-${named.name}`} />
      </dd>
    </div>
  );
}
