import { useState } from "react";
import type { PortSeen } from "../../backend/backend";
import { Choice } from "../../components/Choice";
import { Face } from "../../components/Face";
import { Field } from "../../components/Field";
import { Found } from "./Found";
import type { Have } from "./steps";
import type { Around } from "./use-surroundings";

const OPTIONS = [
  { value: "gateway", label: "IB Gateway", testId: "wizard-have-gateway" },
  { value: "tws", label: "TWS", testId: "wizard-have-tws" },
  { value: "none", label: "Neither yet", testId: "wizard-have-none" },
  { value: "demo", label: "Only a demo", testId: "wizard-have-demo" },
] as const;

interface Props {
  readonly around: Around;
  readonly have: Have;
  readonly onHave: (have: Have) => void;
  readonly onCheck: (seen: PortSeen) => void;
}

export function HaveStep({ around, have, onHave, onCheck }: Props) {
  const { found, looking, error } = around;
  return (
    <>
      <p className="wizard-lead">Gatehouse talks to IBKR through TWS or IB Gateway, a program of IBKR's that runs on this computer and holds your login. Gatehouse does not see your password.</p>
      <Choice label="What have you?" options={OPTIONS} value={have} onChange={onHave} testId="wizard-have" />
      {have === "demo" && (
        <p className="hint block" data-testid="wizard-demo-says">
          Close Gatehouse and start it with <code className="selectable">gatehouse --demo</code>: a gateway with three invented accounts runs inside it, with a journal of its own.
        </p>
      )}
      <h2>Found on this computer</h2>
      {error && <Face kind="broken" title="Gatehouse can't look around.">{error}</Face>}
      {!found && looking && <Face kind="loading" title="Looking at folders, programs and ports." />}
      {found && <Found found={found} onCheck={onCheck} />}
      <LookAgain around={around} />
    </>
  );
}

function LookAgain({ around }: { readonly around: Around }) {
  const [port, setPort] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const look = () => {
    const typed = port.trim();
    const number = Number(typed);
    if (typed !== "" && !(Number.isInteger(number) && number > 0 && number < 65536)) {
      setFault("A port is a number from 1 to 65535.");
      return;
    }
    setFault(null);
    around.look(typed === "" ? undefined : number);
  };
  return (
    <form
      className="wizard-look"
      onSubmit={(event) => {
        event.preventDefault();
        look();
      }}
    >
      <Field label="Another port" hint="besides 4001, 4002, 7496 and 7497" value={port} onChange={(event) => setPort(event.target.value)} inputMode="numeric" fault={fault} testId="wizard-port" />
      <button type="submit" disabled={around.looking} data-testid="wizard-look">
        {around.looking ? "Looking…" : "Look again"}
      </button>
    </form>
  );
}
