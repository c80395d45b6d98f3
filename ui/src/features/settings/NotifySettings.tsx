import { useValue } from "../../lib/value-store";
import { prefer, preferences } from "./preferences";

const KINDS = [
  { name: "fill", label: "An order has filled" },
  { name: "reject", label: "IBKR refuses an order" },
  { name: "disconnect", label: "The link is lost while orders are open" },
] as const;

/** What the desktop is to tell while one looks elsewhere. */
export function NotifySettings() {
  const { notify } = useValue(preferences);
  return (
    <section aria-labelledby="settings-notify">
      <h2 id="settings-notify">Desktop notifications</h2>
      {KINDS.map(({ name, label }) => (
        <label key={name} className="check">
          <input type="checkbox" checked={notify[name]} onChange={(event) => prefer({ notify: { ...notify, [name]: event.target.checked } })} data-testid={`notify-${name}`} />
          {label}
        </label>
      ))}
    </section>
  );
}
