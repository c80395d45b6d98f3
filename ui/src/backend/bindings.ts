import { Channel, invoke } from "@tauri-apps/api/core";

export type Result<T, E> =
  | { status: "ok"; data: T }
  | { status: "error"; error: E };

async function result<T>(call: Promise<T>): Promise<Result<T, ApiError>> {
  try {
    return { status: "ok", data: await call };
  } catch (error) {
    if (error instanceof Error) throw error;
    return { status: "error", error: error as ApiError };
  }
}

export const commands = {
  attach: (channel: Channel<StreamMessage>) => result<null>(invoke("attach", { channel })),
  resync: () => result<null>(invoke("resync")),
  search: (pattern: string) => result<MatchView[]>(invoke("search", { pattern })),
  instrument: (conId: number) => result<InstrumentView>(invoke("instrument", { conId })),
  watch: (conId: number) => result<null>(invoke("watch", { conId })),
  unwatch: (conId: number) => result<null>(invoke("unwatch", { conId })),
  check: (draft: DraftInput) => result<CheckView>(invoke("check", { draft })),
  preview: (draft: DraftInput) => result<PreviewOutcome>(invoke("preview", { draft })),
  confirm: (previewId: string) => result<OrderView>(invoke("confirm", { previewId })),
  abandon: (previewId: string) => result<null>(invoke("abandon", { previewId })),
  cancel: (orderKey: string) => result<null>(invoke("cancel", { orderKey })),
  journal: (query: JournalQuery) => result<JournalPage>(invoke("journal", { query })),
  verifyJournal: () => result<VerificationView>(invoke("verify_journal")),
  connectNow: () => result<null>(invoke("connect_now")),
  about: () => result<AboutView>(invoke("about")),
  simGateway: (action: SimAction) => result<null>(invoke("sim_gateway", { action })),
};

export type AboutView = { version: string; dataDir: string; demo: boolean; address: string };

export type SimAction = "stop" | "start";

export type AccountKind =
  | "individual"
  | "joint"
  | "rothIra"
  | "traditionalIra"
  | "entity"
  | "trust"
  | "unknown";

export type AccountView = {
  id: string;
  kind: AccountKind;
  kindWords: string;
  kindText: string | null;
  paper: boolean;
  currency: string | null;
  netLiquidation: Figure;
  totalCash: Figure;
  settledCash: Figure;
  buyingPower: Figure;
  availableFunds: Figure;
  excessLiquidity: Figure;
  equityWithLoan: Figure;
  grossPositionValue: Figure;
  initialMargin: Figure;
  maintenanceMargin: Figure;
  dailyPnl: Figure;
  unrealizedPnl: Figure;
  realizedPnl: Figure;
  dayTradesRemaining: Figure;
};

export type ApiError = { code: ErrorCode; message: string };

export type BeforeAfter = { before: string | null; after: string | null };

export type Change =
  | { type: "link"; value: LinkView }
  | { type: "account"; value: AccountView }
  | { type: "household"; value: HouseholdView }
  | { type: "position"; value: PositionView }
  | { type: "positionGone"; value: string }
  | { type: "merged"; value: MergedPositionView }
  | { type: "mergedGone"; value: number }
  | { type: "quote"; value: QuoteView }
  | { type: "order"; value: OrderView }
  | { type: "journal"; value: JournalHeadView }
  | { type: "notice"; value: NoticeView };

export type CheckView = { faults: DraftFault[]; verdict: VerdictView | null };

export type DraftFault = { field: DraftField; says: string; mend: string | null };

export type DraftField = "intent" | "account" | "instrument" | "quantity" | "limitPrice";

export type DraftInput = {
  intent: string;
  account: string;
  conId: number | null;
  side: Side;
  quantity: string;
  limitPrice: string;
  orderType: OrderType;
  tif: TimeInForce;
  waivers: Waivers;
};

export type ErrorCode =
  | "notConnected"
  | "timedOut"
  | "refused"
  | "previewGone"
  | "alreadySent"
  | "blocked"
  | "notFound"
  | "journal"
  | "badInput"
  | "internal";

export type ExecutionView = {
  execId: string;
  at: Millis;
  quantity: string;
  price: string;
  commission: string | null;
};

export type Figure = { value: string | null; at: Millis | null; source: Source | null };

export type FindingView = {
  rule: string;
  title: string;
  sentence: string;
  source: string;
  outcome: Outcome;
  says: string;
  mend: Mend | null;
};

export type HouseholdView = {
  currency: string | null;
  netLiquidation: Figure;
  totalCash: Figure;
  settledCash: Figure;
  buyingPower: Figure;
  excessLiquidity: Figure;
  initialMargin: Figure;
  maintenanceMargin: Figure;
  dailyPnl: Figure;
  unrealizedPnl: Figure;
};

export type InstrumentView = {
  conId: number;
  symbol: string;
  label: string;
  name: string | null;
  kind: SecurityKind;
  exchange: string;
  currency: string;
  multiplier: string;
  tick: string | null;
  sizeStep: string | null;
  priceDecimals: number;
};

export type JournalEntryView = {
  seq: number;
  at: Millis;
  account: string | null;
  intent: string | null;
  kind: string;
  says: string;
  body: string;
  hash: string;
};

export type JournalHeadView = { seq: number; hash: string; fault: string | null };

export type JournalPage = { entries: JournalEntryView[]; more: boolean };

export type JournalQuery = {
  before: number | null;
  limit: number;
  account: string | null;
  intent: string | null;
};

export type LinkStateView = "connecting" | "loading" | "up" | "upstreamDown" | "down";

export type LinkView = {
  state: LinkStateView;
  mode: Mode;
  simulated: boolean;
  readOnly: boolean;
  says: string;
  lastHeard: Millis | null;
  retryAt: Millis | null;
  since: Millis;
  address: string;
  serverVersion: number | null;
};

export type MarginView = {
  initial: BeforeAfter;
  maintenance: BeforeAfter;
  equity: BeforeAfter;
  excessLiquidity: BeforeAfter;
};

export type MatchView = {
  conId: number;
  symbol: string;
  kind: SecurityKind;
  exchange: string;
  currency: string;
  name: string | null;
};

export type Mend =
  | { kind: "quantity"; value: string }
  | { kind: "limitPrice"; value: string }
  | { kind: "waiveStalePrice" };

export type MergedPositionView = {
  instrument: InstrumentView;
  accounts: string[];
  quantity: Figure;
  averageCost: string | null;
  price: Figure;
  value: Figure;
  unrealizedPnl: Figure;
  dailyPnl: Figure;
};

export type Millis = number;

export type Mode = "paper" | "live" | "unknown";

export type NoticeView = { id: number; at: Millis; tone: Tone; text: string; code: number | null };

export type OrderStateView =
  | "sent"
  | "held"
  | "working"
  | "partlyFilled"
  | "cancelling"
  | "filled"
  | "cancelled"
  | "rejected"
  | "inactive"
  | "unknown"
  | "notAtBroker";

export type OrderType = "market" | "limit";

export type OrderView = {
  key: string;
  intent: string | null;
  madeElsewhere: string | null;
  account: string;
  instrument: InstrumentView;
  side: Side;
  quantity: string;
  orderType: string;
  limitPrice: string | null;
  tif: TimeInForce | null;
  state: OrderStateView;
  says: string;
  filled: string;
  remaining: string;
  averagePrice: string | null;
  commission: string | null;
  commissionCurrency: string | null;
  commissionPending: boolean;
  realizedPnl: string | null;
  executions: ExecutionView[];
  notes: string[];
  since: Millis;
  updated: Millis;
  canCancel: boolean;
  permId: string | null;
};

export type Outcome = "passed" | "notApplicable" | "warned" | "blocked" | "lacksFact";

export type PositionView = {
  key: string;
  account: string;
  instrument: InstrumentView;
  quantity: Figure;
  averageCost: string | null;
  price: Figure;
  value: Figure;
  unrealizedPnl: Figure;
  dailyPnl: Figure;
};

export type PreviewOutcome =
  | { type: "faulty"; faults: DraftFault[] }
  | { type: "blocked"; verdict: VerdictView }
  | { type: "failed"; verdict: VerdictView; message: string }
  | { type: "ready"; preview: PreviewView };

export type PreviewView = {
  id: string;
  account: string;
  accountKind: string;
  paper: boolean;
  simulated: boolean;
  side: Side;
  quantity: string;
  symbol: string;
  name: string | null;
  orderType: string;
  limitPrice: string | null;
  tif: TimeInForce;
  currency: string;
  sentence: string;
  worstCase: string | null;
  worstCaseSays: string;
  commission: string | null;
  minCommission: string | null;
  maxCommission: string | null;
  commissionCurrency: string | null;
  margin: MarginView;
  baseCurrency: string | null;
  position: BeforeAfter;
  warnings: string[];
  verdict: VerdictView;
  madeAt: Millis;
  expiresAt: Millis;
};

export type QuoteView = {
  conId: number;
  bid: Figure;
  ask: Figure;
  last: Figure;
  bidSize: Figure;
  askSize: Figure;
  close: Figure;
  high: Figure;
  low: Figure;
  volume: Figure;
  refused: string | null;
};

export type SecurityKind =
  | "stock"
  | "option"
  | "future"
  | "futureOption"
  | "forex"
  | "index"
  | "combo"
  | "other";

export type Side = "buy" | "sell";

export type Snapshot = {
  link: LinkView;
  accounts: AccountView[];
  household: HouseholdView;
  positions: PositionView[];
  merged: MergedPositionView[];
  quotes: QuoteView[];
  orders: OrderView[];
  journal: JournalHeadView;
  notices: NoticeView[];
};

export type Source = "live" | "delayed" | "frozen" | "delayedFrozen" | "model";

export type StreamMessage =
  | { type: "snapshot"; seq: number; snapshot: Snapshot }
  | { type: "delta"; seq: number; changes: Change[] };

export type TimeInForce = "day" | "gtc";

export type Tone = "quiet" | "warning" | "alarm";

export type VerdictView = { clear: boolean; findings: FindingView[] };

export type VerificationView = { intact: boolean; seq: number; hash: string | null; says: string };

export type Waivers = { stalePrice: boolean };
