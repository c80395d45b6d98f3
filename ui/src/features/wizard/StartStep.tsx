import type { Surroundings } from "../../backend/backend";
import { ApiPicture } from "./ApiPicture";
import type { Have } from "./steps";

interface Props {
  readonly have: Have;
  readonly around: Surroundings | null;
}

/** How to get the program, start it and let Gatehouse in. */
export function StartStep({ have, around }: Props) {
  if (have === "demo") {
    return (
      <p className="wizard-lead" data-testid="wizard-start-demo">
        The demo needs nothing: start Gatehouse with <code className="selectable">gatehouse --demo</code>.
      </p>
    );
  }
  const isInstalled = (around?.installs ?? []).some(({ program }) => have === "none" || program === have);
  return (
    <>
      {(have === "none" || !isInstalled) && <GetIt />}
      <LogIn tws={have === "tws"} />
      <h2>Let Gatehouse in</h2>
      <ApiPicture program={have === "tws" ? "tws" : "gateway"} />
      <Warnings />
    </>
  );
}

function GetIt() {
  return (
    <section aria-labelledby="wizard-get" data-testid="wizard-get">
      <h2 id="wizard-get">Get it</h2>
      <p>IB Gateway is small and does nothing else; TWS is IBKR's whole trading program. Either will do. Copy one of these into your browser:</p>
      <ul className="wizard-list">
        <li>
          IB Gateway: <code className="selectable">https://www.interactivebrokers.com/en/trading/ibgateway-stable.php</code>
        </li>
        <li>
          TWS: <code className="selectable">https://www.interactivebrokers.com/en/trading/tws.php</code>
        </li>
      </ul>
      <p className="hint block">Take “stable”. Both bring their own Java. Get them from IBKR only.</p>
    </section>
  );
}

function LogIn({ tws }: { readonly tws: boolean }) {
  return (
    <section aria-labelledby="wizard-login">
      <h2 id="wizard-login">Start it and log in</h2>
      <ol className="wizard-list">
        <li>Start {tws ? "TWS" : "IB Gateway, and choose IB API, not FIX CTCI"}.</li>
        <li>Choose Paper Trading to practise with play money, or Live Trading for real money. A paper login has a user name of its own; you find it in Client Portal under Settings, Paper Trading Account.</li>
        <li>Log in, and confirm with the second factor when it asks. Your password goes into IBKR's window only.</li>
        <li>Leave it open. It restarts once a day, and wants a full login once a week.</li>
        {!tws && <li>If you have IBC, a program that logs in for you, Gatehouse can start IB Gateway through it: Settings, Start IB Gateway.</li>}
      </ol>
    </section>
  );
}

function Warnings() {
  return (
    <section aria-labelledby="wizard-warnings" data-testid="wizard-warnings">
      <h2 id="wizard-warnings">What guides on the internet get wrong</h2>
      <ul className="wizard-list">
        <li>
          <strong>Never trust 0.0.0.0/0</strong> or a whole network in “Trusted IPs”. The API has no password: whoever reaches the port can trade.
        </li>
        <li>
          <strong>No tunnels or forwarded ports</strong> to the open internet. Run the gateway on the computer that Gatehouse runs on.
        </li>
        <li>
          <strong>No passwords in files</strong>, scripts or command lines: other programs can read them there.
        </li>
        <li>Many guides swap the ports. Live or paper never depends on the port; Gatehouse reads it from the account ids.</li>
      </ul>
    </section>
  );
}
