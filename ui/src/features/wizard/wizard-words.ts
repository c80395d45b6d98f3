import type { CheckPlace, CheckStepView, InstallView, PortSeen, ProgramKind, SettingsView } from "../../backend/backend";

export const PROGRAM_WORDS: Record<ProgramKind, string> = { tws: "TWS", gateway: "IB Gateway", simulated: "Simulated gateway" };

export const PLACE_WORDS: Record<CheckPlace, string> = {
  tws: "In TWS",
  gateway: "In IB Gateway",
  computer: "On this computer",
  ibkr: "At IBKR",
  gatehouse: "Here",
};

/** What the mark before a step says, for eyes and ears. */
export function markOf({ outcome }: CheckStepView): { readonly mark: string; readonly words: string; readonly tone: string } {
  switch (outcome.type) {
    case "waiting":
      return { mark: "·", words: "Waiting", tone: "quiet" };
    case "running":
      return { mark: "…", words: "Running", tone: "busy" };
    case "passed":
      return { mark: "✓", words: "Passed", tone: "good" };
    case "limited":
      return { mark: "!", words: "Limited", tone: "note" };
    case "failed":
      return { mark: "✕", words: "Failed", tone: "bad" };
    case "notRun":
      return { mark: "–", words: "Not run", tone: "quiet" };
    case "notChecked":
      return { mark: "–", words: "Not checked", tone: "quiet" };
  }
}

export function portWords({ port, host, is, usually }: PortSeen): string {
  const at = `${host.includes(":") ? `[${host}]` : host}:${port}`;
  const custom = usually === null ? "" : ` This is usually ${PROGRAM_WORDS[usually]}'s port.`;
  switch (is.type) {
    case "twsApi":
      return is.version > 0 ? `A TWS API answers at ${at} (version ${is.version}).${custom}` : `A TWS API answers at ${at}.${custom}`;
    case "closes":
      return `${at} accepts connections and closes them at once.${custom}`;
    case "silent":
      return `${at} accepts connections and says nothing: a dialog may wait there.${custom}`;
    case "http":
      return `A web server is at ${at}, not TWS or IB Gateway.`;
    case "tls":
      return `Something encrypted is at ${at}, not TWS or IB Gateway.`;
    case "other":
      return `Another program is at ${at}.`;
  }
}

export function installWords({ program, version, memoryMb, java }: InstallView): string {
  const name = version === null ? PROGRAM_WORDS[program] : `${PROGRAM_WORDS[program]} ${version}`;
  const memory = memoryMb === null ? "" : `, may use ${memoryMb} MB`;
  return `${name}${memory}${java === null ? "" : ", with its own Java"}`;
}

export function settingsWords({ loginOffers }: SettingsView): string {
  if (loginOffers === "paper") return "Its login window offers paper trading first.";
  if (loginOffers === "live") return "Its login window offers live trading first.";
  return "It does not say whether its login window offers live or paper.";
}

export function tookWords(millis: number | null): string {
  if (millis === null) return "";
  return millis < 1 ? "<1 ms" : millis < 1000 ? `${millis} ms` : `${Math.round(millis / 100) / 10} s`;
}
