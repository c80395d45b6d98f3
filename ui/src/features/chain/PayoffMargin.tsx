import { useEffect, useRef, useState } from "react";
import type { PayoffView, PreviewView } from "../../backend/backend";
import { useBackend } from "../../backend/context";
import { Unknown } from "../../components/Unknown";
import { HUNDRED, minus, over, textOf, times } from "../../lib/arithmetic";
import { shortAge } from "../../lib/dates";
import { type Decimal, parseDecimal } from "../../lib/decimal";
import { emptyDraft } from "../../lib/empty-draft";
import { change, formatDecimal, money } from "../../lib/format";
import { useMoment } from "../../live/clock";
import { askMargin, type MarginAnswer } from "./margin-ask";
import { plainLegs, type TrayLeg } from "./tray";
import type { TrayNet } from "./tray-net";

interface Props {
  readonly legs: readonly TrayLeg[];
  readonly net: TrayNet;
  /** One account, or null for all. */
  readonly account: string | null;
  readonly view: PayoffView;
}

type State = { readonly at: "unasked" } | { readonly at: "asking" } | { readonly at: "there"; readonly answer: MarginAnswer };

const UNASKED = { at: "unasked" } as const;

/** What one of it would need by the gateway's what-if, and what it can bring on that. Asked by a press, once at a time; nothing is sent. Another leg, price side or account lets the answer go. */
export function PayoffMargin({ legs, net, account, view }: Props) {
  const backend = useBackend();
  const about = JSON.stringify([plainLegs(legs), account]);
  const [held, setHeld] = useState<{ readonly about: string; readonly state: State }>({ about, state: UNASKED });
  const state = held.about === about ? held.state : UNASKED;
  const busy = useRef(false);
  const now = useRef(about);
  useEffect(() => {
    now.current = about;
  });
  const ask = async () => {
    if (busy.current || account === null || net.limit === null) return;
    busy.current = true;
    setHeld({ about, state: { at: "asking" } });
    const [only, second] = legs;
    const what = only && !second ? { conId: only.conId, quantity: String(only.ratio) } : { legs: [...plainLegs(legs)], quantity: "1" };
    const answer = await askMargin(backend, { ...emptyDraft(account), ...what, side: net.side, limitPrice: net.limit });
    busy.current = false;
    if (now.current === about) setHeld({ about, state: { at: "there", answer } });
  };
  const why = account === null ? "Choose one account to ask for" : net.limit === null ? "There is no price halfway to ask with" : null;
  const told = state.at === "there" && state.answer.type === "told" ? state.answer.preview : null;
  return (
    <div className="payoff-margin" data-testid="payoff-margin">
      <button type="button" className="small" disabled={why !== null || state.at === "asking"} data-tip={why ?? "Asks the rules and the gateway's what-if what one of it needs at the mid. Nothing is sent."} onClick={() => void ask()} data-testid="payoff-margin-ask">
        {state.at === "asking" ? "Asking…" : told ? "Margin again" : "Margin"}
      </button>
      {why !== null && <span className="hint">{why}.</span>}
      {state.at === "there" && state.answer.type === "refused" && (
        <p className="fault-note" role="status" data-testid="payoff-margin-refused">
          Not known: {state.answer.why}
        </p>
      )}
      {told && <Told preview={told} view={view} />}
    </div>
  );
}

function Told({ preview, view }: { readonly preview: PreviewView; readonly view: PayoffView }) {
  const age = useMoment((now) => shortAge(now - preview.madeAt));
  const { initial, maintenance } = preview.margin;
  const needs = difference(initial.before, initial.after);
  const currency = preview.baseCurrency ?? "";
  return (
    <dl className="payoff-facts" data-testid="payoff-margin-told">
      <Line title="Initial margin" testId="payoff-initial" value={needs && `${change(textOf(needs))} ${currency}`} />
      <Line title="Maintenance" testId="payoff-maintenance" value={withWords(difference(maintenance.before, maintenance.after), currency)} />
      <Line title="Return on margin" testId="payoff-return-margin" value={returnOn(needs, preview, view)} />
      <div>
        <dt>Commission</dt>
        <dd>{preview.commission === null ? <Unknown why="The what-if told none" /> : `${money(preview.commission)} ${preview.commissionCurrency ?? ""}`}</dd>
      </div>
      <p className="hint" data-testid="payoff-margin-source">
        For one in {preview.account}, by the gateway&rsquo;s what-if, {age === "" ? "just now" : `${age} ago`}.
      </p>
    </dl>
  );
}

function Line({ title, value, testId }: { readonly title: string; readonly value: string | null; readonly testId: string }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd data-testid={testId}>{value ?? <Unknown why="The what-if does not tell it, or it can't be reckoned from what it tells" />}</dd>
    </div>
  );
}

function withWords(amount: Decimal | null, currency: string): string | null {
  return amount && `${change(textOf(amount))} ${currency}`;
}

function difference(before: string | null, after: string | null): Decimal | null {
  const [from, to] = [before === null ? null : parseDecimal(before), after === null ? null : parseDecimal(after)];
  return from && to && minus(to, from);
}

/** The most that can be won as a share of the margin; only where both are in one currency, the picture is of the legs alone and each leg's price is the market's. */
function returnOn(needs: Decimal | null, { baseCurrency }: PreviewView, { maxProfit, currency, pricedByModel }: PayoffView): string | null {
  const most = maxProfit.amount === null ? null : parseDecimal(maxProfit.amount);
  if (!needs || needs.units <= 0n || !most || baseCurrency !== currency || pricedByModel) return null;
  const share = over(times(most, HUNDRED), needs, 1);
  return share && `${formatDecimal(textOf(share), { places: 1 })} %`;
}
