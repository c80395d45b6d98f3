import type { CheckInput, LinkView, PortSeen } from "../../backend/backend";

/** Where to connect and as whom, as typed. */
export interface Target {
  readonly host: string;
  readonly port: string;
  readonly clientId: string;
  readonly expects: "either" | "paper" | "live";
}

export const USUAL: Target = { host: "127.0.0.1", port: "4002", clientId: "17", expects: "either" };

/** What the window connects to: whoever asks what is wrong means that. */
export function targetOfLink(link: LinkView | null): Target {
  const [, host, port] = /^\[?(.*?)\]?:(\d+)$/.exec(link?.address ?? "") ?? [];
  if (!link || !host || !port) return USUAL;
  return { ...USUAL, host, port, expects: link.profile?.expects ?? "either" };
}

export function targetOf(seen: PortSeen, before: Target): Target {
  return { ...before, host: seen.host, port: String(seen.port) };
}

export interface TargetFaults {
  readonly port?: string;
  readonly clientId?: string;
}

/** What can't be checked as typed. */
export function faultsOf({ port, clientId }: Target): TargetFaults {
  return {
    ...(isBetween(port, 1, 65535) ? {} : { port: "A number from 1 to 65535. It stands under “Socket port” in the API settings." }),
    ...(isBetween(clientId, 0, 999_999) ? {} : { clientId: "A whole number from 0 to 999999 that no other program uses at this gateway." }),
  };
}

function isBetween(text: string, least: number, most: number): boolean {
  if (!/^\d+$/.test(text.trim())) return false;
  const number = Number(text.trim());
  return number >= least && number <= most;
}

/** For the check; null while something is wrong. */
export function inputOf(target: Target): CheckInput | null {
  if (Object.keys(faultsOf(target)).length > 0) return null;
  return {
    host: target.host.trim(),
    port: Number(target.port.trim()),
    clientId: Number(target.clientId.trim()),
    expects: target.expects === "either" ? null : target.expects,
  };
}

/** Whether what came of a check is of this target. */
export function isOf(target: Target, checked: CheckInput | null): boolean {
  const input = inputOf(target);
  return input !== null && checked !== null && (["host", "port", "clientId", "expects"] as const).every((part) => input[part] === checked[part]);
}
