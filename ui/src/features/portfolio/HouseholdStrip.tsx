import { useLive } from "../../live/context";
import { useValue } from "../../lib/value-store";
import { ACCOUNT_FIGURES, NLV, PNL } from "./figures";
import { FigureItem } from "./FigureItem";

const WHY = "Not known for every account, or the accounts differ in currency";

/** Sums over all accounts. */
export function HouseholdStrip() {
  const household = useValue(useLive().household);
  if (!household) return null;
  return (
    <section className="household" aria-label="All accounts together" data-testid="household">
      <dl>
        {[NLV, ...PNL, ...ACCOUNT_FIGURES].map((named) => (
          <FigureItem key={named.name} named={named} figure={household[named.name]} owner="household" why={WHY} unit={named === NLV ? household.currency : null} />
        ))}
      </dl>
    </section>
  );
}
