import type { LinkView } from "../backend/backend";

const WITHOUT: ReadonlySet<LinkView["state"]> = new Set(["connecting", "down", "off", "held"]);

/** Whether a cancel can be asked for now. */
export function canCancel(link: LinkView | null): boolean {
  return link !== null && !WITHOUT.has(link.state);
}
