import type { PortSeen, Surroundings } from "../../backend/backend";
import { Face } from "../../components/Face";
import { installWords, portWords, PROGRAM_WORDS, settingsWords } from "./wizard-words";

/** What listens, runs and is installed. */
export function Found({ found, onCheck }: { readonly found: Surroundings; readonly onCheck: (seen: PortSeen) => void }) {
  const { ports, running, installs, settings, java } = found;
  const trusting = settings.filter(({ trustsOthers }) => trustsOthers);
  if (ports.length + running.length + installs.length === 0) {
    return (
      <Face kind="empty" title="Neither TWS nor IB Gateway was found here." testId="wizard-nothing">
        Nothing listens at the usual ports, and nothing is installed in the usual folders. The next page says how to get it. If it lies elsewhere, start it and look again.
      </Face>
    );
  }
  return (
    <ul className="wizard-found" data-testid="wizard-found">
      {ports.map((seen) => (
        <li key={`${seen.host}:${seen.port}`} data-testid={`wizard-found-port-${seen.port}`}>
          <span>{portWords(seen)}</span>
          {["twsApi", "closes", "silent"].includes(seen.is.type) && (
            <button type="button" onClick={() => onCheck(seen)} data-testid={`wizard-check-${seen.port}`}>
              Check port {seen.port}
            </button>
          )}
        </li>
      ))}
      {running.map(({ program, pid, byIbc }) => (
        <li key={pid} data-testid="wizard-found-running">
          {PROGRAM_WORDS[program]} runs (process {pid}{byIbc ? ", started by IBC" : ""}).
        </li>
      ))}
      {installs.map((install) => (
        <li key={install.folder} data-testid="wizard-found-install">
          {installWords(install)}, in <code className="selectable">{install.folder}</code>
        </li>
      ))}
      {settings.map((each) => (
        <li key={each.file}>
          {settingsWords(each)} <code className="selectable">{each.file}</code>
        </li>
      ))}
      {trusting.map((each) => (
        <li key={`trust-${each.file}`} className="wizard-warning" data-testid="wizard-trusts-others">
          Its “Trusted IPs” let other computers in ({each.trusted.join(", ")}). Whoever reaches the port from there can trade. Take out all but 127.0.0.1.
        </li>
      ))}
      {installs.length > 0 && installs.every((install) => install.java === null) && (
        <li className="hint">{java === null ? "No Java was found. TWS and IB Gateway bring their own; if one does not start, install it anew." : `Java is at ${java}; TWS and IB Gateway bring their own.`}</li>
      )}
    </ul>
  );
}
