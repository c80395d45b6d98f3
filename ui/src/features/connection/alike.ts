import type { NoticeView } from "../../backend/backend";

/** Notices that say the same, as one. */
export interface Alike {
  /** The newest of them. */
  readonly last: NoticeView;
  /** Oldest first. */
  readonly ids: readonly number[];
}

/** What says the same stands once, at the place of the newest. */
export function alike(notices: readonly NoticeView[]): readonly Alike[] {
  const groups = new Map<string, Alike>();
  for (const notice of notices) {
    const says = JSON.stringify([notice.tone, notice.code, notice.text]);
    const ids = groups.get(says)?.ids ?? [];
    groups.delete(says);
    groups.set(says, { last: notice, ids: [...ids, notice.id] });
  }
  return [...groups.values()];
}
