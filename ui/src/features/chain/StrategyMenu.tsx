import { useEffect, useState } from "react";
import { asBackendError, type PlanView, type Right, type PlannedView } from "../../backend/backend";
import { useBackend } from "../../backend/context";
import { Choice } from "../../components/Choice";
import { Pick } from "../../components/Pick";
import { useValue } from "../../lib/value-store";
import { RollMenu } from "./RollMenu";
import { askPlan, type TrayPlace } from "./strategy-ask";
import { shapeOf, type Tray, type TrayAim } from "./tray";

interface Props {
  readonly tray: Tray;
  readonly place: TrayPlace;
  /** One account, or null for all. */
  readonly account: string | null;
}

/** The plan that the tray was filled by, and the shape of its legs; null until they have come. */
interface Filled {
  readonly plan: PlanView;
  readonly shape: string | null;
}

const RIGHTS = [
  { value: "call", label: "Calls", testId: "strategy-call" },
  { value: "put", label: "Puts", testId: "strategy-put" },
] as const;

/** Legs by a strategy's name, about the money of the expiry on show; the shares alone; and rolls of what is held. */
export function StrategyMenu({ tray, place, account }: Props) {
  const backend = useBackend();
  const [plans, setPlans] = useState<readonly PlanView[]>([]);
  const legs = useValue(tray.legs);
  const [filled, setFilled] = useState<Filled | null>(null);
  // Whatever else is picked, turned or taken out, it is no longer what was chosen.
  const chosen = filled && (filled.shape === null || filled.shape === shapeOf(legs)) ? filled.plan : null;
  const [right, setRight] = useState<Right>("call");
  const [error, setError] = useState<string | null>(null);
  useEffect(() => {
    let late = false;
    backend.orderCatalogue().then(({ strategies }) => !late && setPlans(strategies), () => undefined);
    return () => {
      late = true;
    };
  }, [backend]);
  const fill = async (asked: Promise<PlannedView>, aim: (view: PlannedView) => TrayAim | null) => {
    setError(null);
    try {
      const view = await asked;
      tray.fill(view.legs, aim(view));
      setFilled((now) => now && { ...now, shape: shapeOf(view.legs) });
    } catch (thrown) {
      setError(asBackendError(thrown).message);
    }
  };
  const take = (plan: PlanView, of: Right) => {
    setFilled({ plan, shape: null });
    setRight(of);
    void fill(askPlan(backend, place, plan, of, "buy"), () => null);
  };
  const choose = (id: string) => {
    const plan = plans.find((one) => one.id === id);
    if (plan) take(plan, right);
    else setFilled(null);
  };
  const hasShares = place.underlying.kind === "stock";
  const offered = plans.filter((plan) => hasShares || !plan.hasStock);
  const options = [{ value: "", label: "Custom" }, ...offered.map(({ id, label, says }) => ({ value: id, label, tip: says }))];
  return (
    <div className="strategy-menu" data-testid="strategy-menu">
      <span className="label">Strategy</span>
      <Pick label="Strategy by name" options={options} value={chosen?.id ?? ""} onChange={choose} testId="strategy" />
      {chosen?.choosesRight && <Choice label="Calls or puts" hideLabel options={RIGHTS} value={right} onChange={(of) => take(chosen, of)} />}
      {hasShares && (
        <button type="button" className="small" data-tip="As many shares as an option is for, beside the legs" onClick={() => tray.pick(place.underlying, "buy")} data-testid="strategy-shares">
          + Shares
        </button>
      )}
      <RollMenu
        place={place}
        account={account}
        onRoll={(asked, of) => {
          setFilled(null);
          void fill(asked, ({ quantity }) => ({ account: of.account, quantity: quantity ?? "", rolls: of.whole }));
        }}
      />
      {error !== null && (
        <span className="fault-note" role="alert" data-testid="strategy-error">
          {error}
        </span>
      )}
    </div>
  );
}
