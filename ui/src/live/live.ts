import type {
  AccountView,
  BlockedView,
  GreeksTotalView,
  HouseholdView,
  JournalHeadView,
  LinesView,
  LinkView,
  LockView,
  MergedPositionView,
  NoticeView,
  OrderView,
  PositionView,
  QuoteView,
  RulesHeadView,
  StrategyView,
  TradingView,
} from "../backend/backend";
import { ValueStore } from "../lib/value-store";
import type { Frames } from "./frames";
import { KeyedStore } from "./keyed-store";

const NOTICES_KEPT = 100;

/** Everything live that the page shows, each part in a store of its own. */
export class Live {
  /** Null until the first snapshot. */
  readonly link = new ValueStore<LinkView | null>(null);
  /** Whether a person has stopped trading. */
  readonly trading = new ValueStore<TradingView | null>(null);
  /** Whether the window is locked; then nothing else here holds a figure. */
  readonly lock = new ValueStore<LockView | null>(null);
  /** That the rules changed, and whether their file is at fault. */
  readonly rules = new ValueStore<RulesHeadView | null>(null);
  readonly household = new ValueStore<HouseholdView | null>(null);
  readonly journal = new ValueStore<JournalHeadView | null>(null);
  /** Oldest first. */
  readonly notices = new ValueStore<readonly NoticeView[]>([]);
  /** The ids of those that a person has put away. */
  readonly noticesAway = new ValueStore<ReadonlySet<number>>(new Set());
  /** What the rules stopped, newest first. */
  readonly blocked = new ValueStore<readonly BlockedView[]>([]);
  /** How the lines of market data are shared out. */
  readonly lines = new ValueStore<LinesView | null>(null);
  /** Whether the figures are those of the last session, shown until the gateway tells new ones. */
  readonly remembered = new ValueStore(false);
  readonly accounts: KeyedStore<AccountView>;
  /** By `account:conId`. */
  readonly positions: KeyedStore<PositionView>;
  /** By conId. */
  readonly merged: KeyedStore<MergedPositionView>;
  /** Held options as strategies, by key. */
  readonly strategies: KeyedStore<StrategyView>;
  /** Their greeks, by `account:currency` and `all:currency`. */
  readonly greeks: KeyedStore<GreeksTotalView>;
  /** By conId. */
  readonly quotes: KeyedStore<QuoteView>;
  readonly orders: KeyedStore<OrderView>;

  constructor(frames: Frames) {
    this.accounts = new KeyedStore(frames);
    this.positions = new KeyedStore(frames);
    this.merged = new KeyedStore(frames);
    this.strategies = new KeyedStore(frames);
    this.greeks = new KeyedStore(frames);
    this.quotes = new KeyedStore(frames);
    this.orders = new KeyedStore(frames);
  }

  addNotice(notice: NoticeView): void {
    const others = this.notices.get().filter(({ id }) => id !== notice.id);
    this.notices.set([...others, notice].slice(-NOTICES_KEPT));
  }

  putNoticesAway(ids: readonly number[]): void {
    const there = new Set(this.notices.get().map(({ id }) => id));
    this.noticesAway.set(new Set([...this.noticesAway.get(), ...ids].filter((id) => there.has(id))));
  }

  putAllNoticesAway(): void {
    this.putNoticesAway(this.notices.get().map(({ id }) => id));
  }
}
