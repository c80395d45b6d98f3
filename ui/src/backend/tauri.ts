import { Channel } from "@tauri-apps/api/core";
import { type Backend, BackendError } from "./backend";
import { type ApiError, commands, type StepView, type StreamMessage } from "./bindings";

type Data<R> = R extends { status: "ok"; data: infer D } ? D : R extends { status: "error" } ? never : R;

function isError(answer: unknown): answer is { status: "error"; error: ApiError } {
  return typeof answer === "object" && answer !== null && "status" in answer && answer.status === "error";
}

function isOk(answer: unknown): answer is { status: "ok"; data: unknown } {
  return typeof answer === "object" && answer !== null && "status" in answer && answer.status === "ok";
}

async function unwrap<R>(call: Promise<R>): Promise<Data<R>> {
  const answer = await call;
  if (isError(answer)) throw new BackendError(answer.error);
  return (isOk(answer) ? answer.data : answer) as Data<R>;
}

async function done(call: Promise<unknown>): Promise<void> {
  await unwrap(call);
}

/** The program behind the page, over Tauri's commands and one channel. */
export const tauriBackend: Backend = {
  attach(receive) {
    const channel = new Channel<StreamMessage>();
    channel.onmessage = receive;
    return done(commands.attach(channel));
  },
  resync: () => done(commands.resync()),
  search: (pattern) => unwrap(commands.search(pattern)),
  instrument: (conId) => unwrap(commands.instrument(conId)),
  watch: (conId) => done(commands.watch(conId)),
  unwatch: (conId) => done(commands.unwatch(conId)),
  orderCatalogue: () => unwrap(commands.orderCatalogue()),
  offer: (conId) => unwrap(commands.offer(conId)),
  chain: (conId) => unwrap(commands.chain(conId)),
  strikes: (conId, tradingClass, expiry) => unwrap(commands.strikes(conId, tradingClass, expiry)),
  chainOutlook: (input) => unwrap(commands.chainOutlook(input)),
  volatilityHistory: (conId) => done(commands.volatilityHistory(conId)),
  dayRange: (conId) => unwrap(commands.dayRange(conId)),
  sizeFacts: (account) => unwrap(commands.sizeFacts(account)),
  movesWith: (account, conId) => unwrap(commands.movesWith(account, conId)),
  payoff: (input) => unwrap(commands.payoff(input)),
  plan: (input) => unwrap(commands.plan(input)),
  ladder: (conId) => unwrap(commands.ladder(conId)),
  showOptions: (conIds) => done(commands.showOptions([...conIds])),
  refill: (orderKey) => unwrap(commands.refill(orderKey)),
  remake: (orderKey) => unwrap(commands.remake(orderKey)),
  useDelayedData: () => done(commands.useDelayedData()),
  rebalance: (input) => unwrap(commands.rebalance(input)),
  watchTargets: (conIds) => done(commands.watchTargets([...conIds])),
  readTargets: (text) => unwrap(commands.readTargets(text)),
  keptTargets: () => unwrap(commands.keptTargets()),
  keepTargets: (input) => done(commands.keepTargets(input)),
  check: (draft) => unwrap(commands.check(draft)),
  preview: (draft) => unwrap(commands.preview(draft)),
  confirm: (previewId, typed, reasons) => unwrap(commands.confirm(previewId, typed, [...reasons])),
  stopTrading: () => unwrap(commands.stopTrading()),
  resumeTrading: () => done(commands.resumeTrading()),
  armLive: (minutes, typed) => done(commands.armLive(minutes, typed)),
  disarmLive: () => done(commands.disarmLive()),
  abandon: (previewId) => done(commands.abandon(previewId)),
  cancel: (orderKey) => done(commands.cancel(orderKey)),
  cancelMany: (scope) => unwrap(commands.cancelMany(scope)),
  journal: (query) => unwrap(commands.journal(query)),
  verifyJournal: (noted) => unwrap(commands.verifyJournal(noted)),
  exportJournal: (query, format) => unwrap(commands.exportJournal(query, format)),
  backUpJournal: () => unwrap(commands.backUpJournal()),
  journalBackups: () => unwrap(commands.journalBackups()),
  rules: () => unwrap(commands.rules()),
  setRule: (choice) => unwrap(commands.setRule(choice)),
  ownRuleWords: () => unwrap(commands.ownRuleWords()),
  tryOwnRule: (input) => unwrap(commands.tryOwnRule(input)),
  setOwnRule: (choice, word) => unwrap(commands.setOwnRule(choice, word)),
  rereadRules: () => unwrap(commands.rereadRules()),
  restoreRules: () => unwrap(commands.restoreRules()),
  appLock: () => unwrap(commands.appLock()),
  lock: () => done(commands.lock()),
  unlock: (passphrase) => unwrap(commands.unlock(passphrase)),
  setPassphrase: (current, passphrase) => unwrap(commands.setPassphrase(current, passphrase)),
  removePassphrase: (passphrase) => unwrap(commands.removePassphrase(passphrase)),
  lockWhenIdle: (minutes) => unwrap(commands.lockWhenIdle(minutes)),
  inUse: () => done(commands.inUse()),
  keychain: () => unwrap(commands.keychain()),
  deleteSecret: (name) => unwrap(commands.deleteSecret(name)),
  connectNow: () => done(commands.connectNow()),
  notifyAbout: (choice) => done(commands.notifyAbout(choice)),
  about: () => unwrap(commands.about()),
  profiles: () => unwrap(commands.profiles()),
  saveProfile: (draft) => unwrap(commands.saveProfile(draft)),
  deleteProfile: (id) => unwrap(commands.deleteProfile(id)),
  connectProfile: (id) => unwrap(commands.connectProfile(id)),
  disconnect: () => unwrap(commands.disconnect()),
  openBeside: (id) => done(commands.openBeside(id)),
  windowScope: () => unwrap(commands.windowScope()),
  goOn: (typed) => done(commands.goOn(typed)),
  linkHistory: () => unwrap(commands.linkHistory()),
  lookAround: (ports) => unwrap(commands.lookAround([...ports])),
  prove(input, tell) {
    const channel = new Channel<StepView>();
    channel.onmessage = tell;
    return unwrap(commands.prove(input, channel));
  },
  stopProving: () => done(commands.stopProving()),
  starter: () => unwrap(commands.starter()),
  keepStarter: (draft) => unwrap(commands.keepStarter(draft)),
  starterConfig: () => unwrap(commands.starterConfig()),
  writeStarterConfig: (seen) => unwrap(commands.writeStarterConfig(seen)),
  keepGatewayPassword: (password) => unwrap(commands.keepGatewayPassword(password)),
  forgetGatewayPassword: () => unwrap(commands.forgetGatewayPassword()),
  startGateway: () => unwrap(commands.startGateway()),
  stopGateway: () => unwrap(commands.stopGateway()),
  sayAccountKind: (account, said) => done(commands.sayAccountKind(account, said)),
  report: (measured) => done(commands.report(measured)),
  simGateway: (action) => done(commands.simGateway(action)),
};
