import { type ReactNode, useState } from "react";
import { Choice } from "../../components/Choice";
import { useValue } from "../../lib/value-store";
import { About } from "./About";
import { NotifySettings } from "./NotifySettings";
import { preferences, prefer } from "./preferences";
import { Secrets } from "./Secrets";

const THEMES = [
  { value: "system", label: "As the system", testId: "theme-system" },
  { value: "dark", label: "Dark", testId: "theme-dark" },
  { value: "light", label: "Light", testId: "theme-light" },
] as const;

const DENSITIES = [
  { value: "comfortable", label: "Comfortable", testId: "density-comfortable" },
  { value: "compact", label: "Compact", testId: "density-compact" },
] as const;

interface Props {
  readonly onShowKeys: () => void;
  /** Where the connections are set. */
  readonly connections: ReactNode;
  /** How a gateway is started, told how often the keychain is to be looked at anew and telling when it has to be. Below what people come for, because it looks about first and grows then. */
  readonly starter: (secrets: number, onSecret: () => void) => ReactNode;
}

export function Settings({ onShowKeys, connections, starter }: Props) {
  const { theme, density } = useValue(preferences);
  const [secrets, setSecrets] = useState(0);
  const onSecret = () => setSecrets((count) => count + 1);
  return (
    <div className="screen settings" data-testid="screen-settings">
      <h1 className="vh">Settings</h1>
      <section aria-labelledby="settings-looks">
        <h2 id="settings-looks">Looks</h2>
        <Choice label="Colours" options={THEMES} value={theme} onChange={(next) => prefer({ theme: next })} testId="settings-theme" />
        <Choice label="Row height" options={DENSITIES} value={density} onChange={(next) => prefer({ density: next })} testId="settings-density" />
      </section>
      {connections}
      <NotifySettings />
      <Secrets changes={secrets} onChanged={onSecret} />
      {starter(secrets, onSecret)}
      <section aria-labelledby="settings-keys">
        <h2 id="settings-keys">Keyboard</h2>
        <p>Everything works without a mouse. No single key sends an order.</p>
        <button type="button" onClick={onShowKeys} data-testid="settings-keys">
          Show all shortcuts
        </button>
      </section>
      <About />
    </div>
  );
}
