import type { PasswordWay, StarterDraft, StarterView } from "../../backend/backend";
import { dateAndTime } from "../../lib/dates";

/** What a person begins with: nothing that the gateway does not have already. */
export const FRESH: StarterDraft = {
  ibc: "",
  config: "",
  gateway: "",
  login: "",
  mode: "paper",
  readOnly: "leave",
  port: "",
  restartAt: "",
  accepts: "manual",
  commandPort: "",
};

/** What was chosen, in a line. */
export function traitsOf(draft: StarterDraft): string {
  return [
    draft.mode === "paper" ? "Paper trading" : "Live trading",
    draft.login === "" ? "you type the user name" : `user ${draft.login}`,
    ...(draft.readOnly === "yes" ? ["read-only API"] : draft.readOnly === "no" ? ["API takes orders"] : []),
    ...(draft.port === "" ? [] : [`port ${draft.port}`]),
    ...(draft.restartAt === "" ? [] : [`restarts at ${draft.restartAt}`]),
    ...(draft.accepts === "accept" ? ["lets every program in unasked"] : []),
  ].join(" · ");
}

/** Who types the password, and why. */
export function passwordWords({ kept, way, password }: StarterView): string {
  if (way === "commandLine") return "This version of IBC puts a password on a command line, where every program on this computer can read it. So Gatehouse hands it none: type it into IB Gateway's own window. Newer versions of IBC do better.";
  if (way !== "environment") return "This IBC does not show how it passes a password on. So Gatehouse hands it none: type it into IB Gateway's own window.";
  if (kept?.login === "") return "Without a user name no password is handed over: type both into IB Gateway's own window.";
  if (password === "stored") return "The password lies in the system's keychain. It is handed to IBC when you start it, in the environment of that one process: on no command line and in no file.";
  if (password === "unknown") return "The keychain does not say whether a password is stored. See under Secrets in the keychain.";
  return "No password is stored: type it into IB Gateway's own window. That is the safest way.";
}

/** Whether a stored password would be handed over at all. */
export function takesPassword({ kept, way }: StarterView): boolean {
  return way === "environment" && kept !== null && kept.login !== "";
}

export function runWords({ run }: StarterView): string {
  switch (run.type) {
    case "idle":
      return "This window has not started it.";
    case "ended":
      return run.says;
    case "running":
      if (run.stopping) return "It was asked to stop, and ends.";
      return `IBC runs since ${dateAndTime(run.since)}. ${run.handed ? "It types the login; confirm the second factor when it asks." : "Type the login into IB Gateway's window."} Once it is logged in, connect under Connections.`;
  }
}

export function wayWords(way: PasswordWay): string {
  return way === "environment" ? "" : ", of a kind that is given no password";
}
