import type { Side } from "../../backend/backend";

/** A trade that a row proposes; the ticket asks for the rest. */
export interface Trade {
  /** Absent when several accounts hold it: the person chooses. */
  readonly account?: string;
  readonly conId: number;
  readonly side: Side;
}
