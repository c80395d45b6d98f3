import type { NoticeView } from "../../backend/backend";

/** Notices that say the same, as one. */
export interface Alike {
  /** The oldest and the newest of them. */
  readonly first: NoticeView;
  readonly last: NoticeView;
  /** Oldest first. */
  readonly ids: readonly number[];
}

/** What says the same stands once, at the place of the newest. */
export function alike(notices: readonly NoticeView[]): readonly Alike[] {
  const groups = new Map<string, Alike>();
  for (const notice of notices) {
    const says = JSON.stringify([notice.tone, notice.code, notice.text]);
    const before = groups.get(says);
    groups.delete(says);
    groups.set(says, { first: before?.first ?? notice, last: notice, ids: [...(before?.ids ?? []), notice.id] });
  }
  return [...groups.values()];
}
