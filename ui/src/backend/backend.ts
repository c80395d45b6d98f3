import type {
  AboutView,
  AccountKind,
  ApiError,
  AppLockView,
  BackupView,
  CancelOutcome,
  CancelScope,
  ChainOutlookInput,
  ChainOutlookView,
  ChainView,
  CheckInput,
  CheckView,
  ConfigPreview,
  ConfigWritten,
  DayRangeView,
  DraftInput,
  ErrorCode,
  ExportFormat,
  ExportView,
  InstrumentView,
  JournalPage,
  JournalQuery,
  KeptTargets,
  LinkHistoryView,
  MatchView,
  MovesWithView,
  NotifyChoice,
  OfferView,
  OrderCatalogue,
  OrderView,
  OwnRuleChoice,
  OwnRuleInput,
  OwnRuleWords,
  OwnTrialView,
  PageReport,
  PassOutcome,
  PayoffInput,
  PayoffView,
  PlanInput,
  PlannedView,
  PreviewOutcome,
  ProfileDraft,
  ProfileOutcome,
  ProfilesView,
  ProofView,
  Reason,
  RebalanceInput,
  RebalanceOutcome,
  RuleChoice,
  RuleOutcome,
  RulesView,
  SizeFactsView,
  StreamMessage,
  StrikesView,
  TargetsRead,
  StepView,
  StarterDraft,
  StarterOutcome,
  StarterView,
  Surroundings,
  VaultView,
  VerificationView,
} from "./bindings";

export type {
  ConfigPreview,
  ConfigWritten,
  PasswordWay,
  AboutView,
  AccountKind,
  AccountLabel,
  AccountView,
  AlgoInfo,
  AlgoInput,
  AppLockView,
  BackupView,
  BeforeAfter,
  BlockedView,
  CancelOutcome,
  CancelScope,
  ChainOutlookInput,
  ChainOutlookView,
  ChainView,
  Change,
  CheckView,
  ConditionInput,
  ConditionKind,
  Colour,
  DividendsView,
  DraftFault,
  DraftField,
  DateLies,
  DraftInput,
  ErrorCode,
  ExecutionView,
  ExitsInput,
  ExpiryKind,
  ExpiryOutlookView,
  ExpiryView,
  ExportFormat,
  ExportView,
  FactView,
  FamilyRole,
  FamilyView,
  FieldNeed,
  Figure,
  FindingView,
  GreeksTotalView,
  GreeksView,
  Group as RuleGroup,
  HandlingInput,
  HouseholdView,
  InstrumentView,
  JournalEntryView,
  JournalHeadView,
  JournalPage,
  JournalQuery,
  KeptTargets,
  LegInput,
  LinesView,
  LinkView,
  Liquidity,
  LockView,
  MatchView,
  Mend,
  ModeOnView,
  MergedPositionView,
  Mode,
  MovesWithView,
  ModelledView,
  MoveBasis,
  NoticeView,
  NotifyChoice,
  OcaKind,
  OfferView,
  OptionClassView,
  OrderCatalogue,
  OrderMend,
  OrderStateView,
  OrderType,
  OrderTypeView,
  OrderView,
  Outcome,
  OwnJoin,
  OwnPart,
  OwnRow,
  OwnRuleChoice,
  OwnRuleForm,
  OwnRuleInput,
  OwnRuleView,
  OwnRuleWords,
  OwnTrialView,
  PageReport,
  ParamInfo,
  PassOutcome,
  PayoffInput,
  PayoffLegInput,
  PayoffPoint,
  PayoffView,
  PlanInput,
  PlanView,
  PlannedLeg,
  PlannedView,
  PositionView,
  PreviewOutcome,
  PreviewView,
  PriceField,
  QuoteView,
  Reaches,
  Reason,
  RebalanceFault,
  RebalanceField,
  RebalanceInput,
  RebalanceOutcome,
  RebalanceRowView,
  RebalanceScopeView,
  RebalanceView,
  Right,
  RuleChoice,
  RuleFault,
  RuleOutcome,
  RuleParamView,
  RuleSettingView,
  RuleValue,
  RuleView,
  RuleWeight,
  RulesHeadView,
  RulesView,
  SecretView,
  SecurityKind,
  Severity,
  Side,
  SigmaView,
  SizeFactsView,
  Snapshot,
  Source,
  StopKind,
  StrategyLegView,
  StrategyView,
  StreamMessage,
  StrikeSpan,
  StrikeView,
  StrikesView,
  SumGreeksView,
  TargetInput,
  TargetsRead,
  TifChoice,
  TifView,
  TradingView,
  TrailUnit,
  TriedOrderView,
  TriedOutcome,
  TroubleView,
  VaultView,
  VerdictView,
  VerificationView,
  VolatilityRankView,
  Expects,
  GapView,
  HeldView,
  LinkHistoryView,
  PingView,
  Profile,
  ProfileDraft,
  ProfileFault,
  ProfileField,
  ProfileHead,
  ProfileOutcome,
  ProfileView,
  ProfilesView,
  CheckInput,
  Checked,
  FaultView,
  Install as InstallView,
  Place as CheckPlace,
  PortSeen,
  Program as ProgramKind,
  ProofView,
  Settings as SettingsView,
  StarterDraft,
  StarterFault,
  StarterField,
  StarterOutcome,
  StarterView,
  StepView as CheckStepView,
  Surroundings,
  WordView,
} from "./bindings";

/** The only door from the page to the program behind it. Every call rejects with a {@link BackendError}. */
export interface Backend {
  /** Starts the stream: first a snapshot, then numbered deltas. */
  attach(receive: (message: StreamMessage) => void): Promise<void>;
  /** Asks for a new snapshot on the stream. */
  resync(): Promise<void>;
  search(pattern: string): Promise<MatchView[]>;
  instrument(conId: number): Promise<InstrumentView>;
  watch(conId: number): Promise<void>;
  unwatch(conId: number): Promise<void>;
  /** Every order type, time in force and algorithm that a ticket can choose from. */
  orderCatalogue(): Promise<OrderCatalogue>;
  /** What of it a contract takes; it must have been looked up. */
  offer(conId: number): Promise<OfferView>;
  /** The classes and expiries of the options on an instrument that has been looked up. */
  chain(conId: number): Promise<ChainView>;
  /** The options of one class and expiry (`20261218`) of a chain that has been loaded. */
  strikes(conId: number, tradingClass: string, expiry: string): Promise<StrikesView>;
  /** What the prices of a chain that has been loaded say; asks the broker for nothing. */
  chainOutlook(input: ChainOutlookInput): Promise<ChainOutlookView>;
  /** Has a year of the underlying's implied volatility come; {@link chainOutlook} tells its rank from then on. */
  volatilityHistory(conId: number): Promise<void>;
  /** How far a contract's price usually moves in a day; its days are asked for once a day. */
  dayRange(conId: number): Promise<DayRangeView>;
  /** With what an account pays for a purchase, and what is promised of it already. */
  sizeFacts(account: string): Promise<SizeFactsView>;
  /** How a contract's price moves with what the account holds most of; its days are asked for once a day. */
  movesWith(account: string, conId: number): Promise<MovesWithView>;
  /** What several legs come to: exact at expiry, by the model before it. */
  payoff(input: PayoffInput): Promise<PayoffView>;
  /** Legs for a strategy's name, or for a roll; the options of every expiry that it names have been listed. */
  plan(input: PlanInput): Promise<PlannedView>;
  /** The options of an option's class, expiry and right, by rising strike. */
  ladder(conId: number): Promise<InstrumentView[]>;
  /** Says which options are on the screen, most wanted first: they get lines of market data, or take turns. */
  showOptions(conIds: readonly number[]): Promise<void>;
  /** A ticket that changes the working order; it needs an intent of its own. */
  refill(orderKey: string): Promise<DraftInput>;
  /** A ticket that makes a refused order anew; it needs an intent of its own. */
  remake(orderKey: string): Promise<DraftInput>;
  /** Takes delayed prices, for as long as the program runs, where there is no leave for live ones. */
  useDelayedData(): Promise<void>;
  /** The orders that bring wanted weights about, as tickets; sends nothing and asks the gateway for nothing. */
  rebalance(input: RebalanceInput): Promise<RebalanceOutcome>;
  /** Keeps the quotes of what has a target coming, as far as there are lines; names all of them. */
  watchTargets(conIds: readonly number[]): Promise<void>;
  /** Targets out of a pasted table or a CSV file. */
  readTargets(text: string): Promise<TargetsRead>;
  /** The targets that were kept. */
  keptTargets(): Promise<KeptTargets>;
  keepTargets(input: RebalanceInput): Promise<void>;
  /** The local rules' word on a draft; asks no gateway. */
  check(draft: DraftInput): Promise<CheckView>;
  preview(draft: DraftInput): Promise<PreviewOutcome>;
  /** Sends the previewed order; `typed` is what its preview asks to be typed, `reasons` what was typed for the rules that ask for one. A preview can be used once. */
  confirm(previewId: string, typed: string | null, reasons: readonly Reason[]): Promise<OrderView>;
  /** Cancels every order of the login and lets none out until that is lifted, over restarts too. */
  stopTrading(): Promise<CancelOutcome>;
  resumeTrading(): Promise<void>;
  /** Lets orders out on a live login for so many minutes; `typed` is the word LIVE. */
  armLive(minutes: number, typed: string): Promise<void>;
  disarmLive(): Promise<void>;
  abandon(previewId: string): Promise<void>;
  cancel(orderKey: string): Promise<void>;
  /** Cancels all orders of a kind. */
  cancelMany(scope: CancelScope): Promise<CancelOutcome>;
  journal(query: JournalQuery): Promise<JournalPage>;
  /** Checks the chain and, when a head is given that was noted down, that it passes through it. */
  verifyJournal(noted: string | null): Promise<VerificationView>;
  /** Writes what the query is about into a new file. */
  exportJournal(query: JournalQuery, format: ExportFormat): Promise<ExportView>;
  backUpJournal(): Promise<BackupView>;
  journalBackups(): Promise<BackupView>;
  /** The rules and what is set of them. */
  rules(): Promise<RulesView>;
  /** Sets one rule in one place, in force once it is on disk. */
  setRule(choice: RuleChoice): Promise<RuleOutcome>;
  /** What the person's own rules are made of. */
  ownRuleWords(): Promise<OwnRuleWords>;
  /** What an own rule that is edited says of itself and of the last orders. */
  tryOwnRule(input: OwnRuleInput): Promise<OwnTrialView>;
  /** Keeps, turns or deletes an own rule, in force once it is on disk; `word` is what was asked for when more may pass. */
  setOwnRule(choice: OwnRuleChoice, word: string | null): Promise<RuleOutcome>;
  /** Puts what stands in the rule file in force. */
  rereadRules(): Promise<RulesView>;
  /** Sets a faulty rule file aside and writes the rules in force. */
  restoreRules(): Promise<RulesView>;
  /** Whether there is a passphrase, and after how long the window locks itself. */
  appLock(): Promise<AppLockView>;
  /** Locks the window; rejects with `notFound` when there is no passphrase to unlock it with. */
  lock(): Promise<void>;
  unlock(passphrase: string): Promise<PassOutcome>;
  /** Sets a passphrase; in place of another one only with that. */
  setPassphrase(current: string | null, passphrase: string): Promise<PassOutcome>;
  /** Takes the lock off. */
  removePassphrase(passphrase: string): Promise<PassOutcome>;
  /** Has the window lock itself after so many minutes without use; not at all with null. */
  lockWhenIdle(minutes: number | null): Promise<AppLockView>;
  /** A person uses the window. */
  inUse(): Promise<void>;
  /** How the system's keychain stands and the names of what is in it. */
  keychain(): Promise<VaultView>;
  deleteSecret(name: string): Promise<VaultView>;
  connectNow(): Promise<void>;
  /** What is to be told outside the window. */
  notifyAbout(choice: NotifyChoice): Promise<void>;
  about(): Promise<AboutView>;
  /** The connection profiles, and which of them this window serves. */
  profiles(): Promise<ProfilesView>;
  /** Keeps a profile. Names, expectation and read-only hold at once where it is served; where and as whom it connects, from the next connection on. */
  saveProfile(draft: ProfileDraft): Promise<ProfileOutcome>;
  /** Forgets a profile that no window serves; its journal stays. */
  deleteProfile(id: string): Promise<ProfilesView>;
  /** Connects with a profile. Another one than before has a desk of its own: the page is to be begun anew. */
  connectProfile(id: string): Promise<ProfilesView>;
  /** Lets the gateway go until a connection is asked for. */
  disconnect(): Promise<ProfilesView>;
  /** Opens another window, with its own desk and journal, on a profile. */
  openBeside(id: string): Promise<void>;
  /** By what drafts of this window are kept apart from those of other profiles; empty for the first. */
  windowScope(): Promise<string>;
  /** Goes on with a login that the profile does not expect; `typed` is the word that the link names. */
  goOn(typed: string): Promise<void>;
  /** How the link did lately. */
  linkHistory(): Promise<LinkHistoryView>;
  /** Which TWS and IB Gateway are installed and running, and who listens at the usual ports and these. */
  lookAround(ports: readonly number[]): Promise<Surroundings>;
  /** Runs the check list over a connection of its own; each change of a step is told. No order is made. */
  prove(input: CheckInput, tell: (step: StepView) => void): Promise<ProofView>;
  /** Ends the check that runs. */
  stopProving(): Promise<void>;
  /** How IB Gateway can be started through IBC, and how the one stands that was. */
  starter(): Promise<StarterView>;
  /** Keeps what was chosen for that. Nothing is written of IBC's yet. */
  keepStarter(draft: StarterDraft): Promise<StarterOutcome>;
  /** What writing IBC's settings would change. */
  starterConfig(): Promise<ConfigPreview>;
  /** Writes them, if what stands there is what was seen. */
  writeStarterConfig(seen: string): Promise<ConfigWritten>;
  /** Puts the gateway's password into the keychain. */
  keepGatewayPassword(password: string): Promise<StarterView>;
  forgetGatewayPassword(): Promise<StarterView>;
  startGateway(): Promise<StarterView>;
  stopGateway(): Promise<StarterView>;
  /** A person says what an account is, or takes that back; never milder than the broker's word. */
  sayAccountKind(account: string, said: AccountKind | null): Promise<void>;
  /** Demo only: stops or starts the embedded simulated gateway. */
  simGateway(action: "stop" | "start"): Promise<void>;
  /** What the page measured of itself, for benchmarks. */
  report(measured: PageReport): Promise<void>;
}

/** A refusal in a closed code and a sentence for a person. */
export class BackendError extends Error {
  readonly code: ErrorCode;

  constructor({ code, message }: ApiError) {
    super(message);
    this.name = "BackendError";
    this.code = code;
  }
}

/** Whatever was thrown, as a BackendError. */
export function asBackendError(thrown: unknown): BackendError {
  if (thrown instanceof BackendError) return thrown;
  const said = thrown instanceof Error ? thrown.message : String(thrown);
  return new BackendError({
    code: "internal",
    message: `Gatehouse itself failed: ${said}. Nothing was sent because of this. Restart it if this stays.`,
  });
}
