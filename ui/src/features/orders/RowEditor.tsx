import { type FormEvent, type KeyboardEvent, useEffect, useRef } from "react";
import type { OrderView } from "../../backend/backend";
import { Pick } from "../../components/Pick";
import { orderStateWords, tifWords } from "../../lib/words";
import { useValue } from "../../lib/value-store";
import type { RowChange, Typed } from "./row-change";
import { RowCell } from "./RowCell";
import { orderWords } from "./words";

interface Props {
  readonly order: OrderView;
  readonly change: RowChange;
  readonly onPreview: (typed: Typed) => void;
  readonly onLeave: () => void;
}

/** Price, size and time of a working order, to be typed in its row. Enter previews the change on the ticket, Escape leaves it. */
export function RowEditor({ order, change, onPreview, onLeave }: Props) {
  const state = useValue(change.state);
  const form = useRef<HTMLFormElement>(null);
  const leaveButton = useRef<HTMLButtonElement>(null);
  const over = !order.canChange;
  useEffect(() => {
    if (over) leaveButton.current?.focus();
  }, [over]);
  useEffect(() => {
    const wanted = state?.draft ? change.takeFocus() : null;
    const field = wanted && (form.current?.querySelector<HTMLInputElement>(`[data-testid="row-${wanted}"]`) ?? form.current?.querySelector("input"));
    field?.focus();
    field?.select();
  }, [change, state]);
  if (state?.key !== order.key) return null;
  const { draft, tifs, typed, faults, asking, error } = state;
  const leave = () => {
    change.leave();
    onLeave();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const finished = over ? null : await change.finish();
    if (finished) onPreview(finished);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLFormElement>) => {
    // A list that is open has its own Escape.
    if (event.key !== "Escape" || !event.currentTarget.contains(event.target as Node)) return;
    event.preventDefault();
    leave();
  };
  const cell = { order, change, state };
  const shown = draft ? (["quantity", "limitPrice", "stopPrice"] as const).filter((name) => draft[name] !== "" || typed[name] !== undefined) : [];
  const elsewhere = faults.filter(({ field }) => !shown.some((name) => name === field));
  const tif = typed.tif ?? draft?.tif;
  return (
    <form ref={form} className="row-editor" noValidate onSubmit={(event) => void submit(event)} onKeyDown={onKeyDown} aria-label={`Change: ${orderWords(order)}`} data-testid="row-editor">
      {!draft && !error && <p className="hint block">Asking how the order stands…</p>}
      {shown.map((name) => (
        <RowCell key={name} name={name} {...cell} />
      ))}
      {tif && (
        <div className="field">
          <span className="label">Stands</span>
          <Pick
            label="How long the order stands"
            options={tifs.map((value) => ({ value, label: tifWords(value) }))}
            value={tif}
            onChange={(value) => {
              const next = tifs.find((one) => one === value);
              if (next) change.type({ tif: next });
            }}
            testId="row-tif"
          />
        </div>
      )}
      <div className="row-editor-actions">
        <button type="submit" className="small primary" disabled={over || asking || !draft} data-testid="row-preview">
          {asking ? "Asking…" : "Preview change"}
        </button>
        <button ref={leaveButton} type="button" className="small" onClick={leave} data-testid="row-leave">
          Leave as it is
        </button>
      </div>
      {over ? (
        <p className="fault-note wide" role="alert" data-testid="row-over">
          {orderStateWords(order.state)} meanwhile: nothing of it can be changed now. What you typed was not sent.
        </p>
      ) : (
        (error !== null || elsewhere.length > 0) && (
          <div className="fault-note wide" role="alert" data-testid="row-fault">
            {error ?? elsewhere.map(({ says }) => says).join(" ")}
          </div>
        )
      )}
    </form>
  );
}
