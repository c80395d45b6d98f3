import { BackendError } from "../backend";
import type { ChainOutlookInput, KeptTargets, OrderCatalogue, PayoffInput, PlanInput, RebalanceInput } from "../bindings";
import catalogue from "./catalogue.json";
import { chainOf, ladderOf, optionQuoteOf, outlookOf, payoffOf, plannedOf, strikesOf } from "./chain";
import { INSTRUMENTS, instrumentOf, OPTIONS } from "./portfolio";
import { rebalanceOf, targetsReadOf } from "./rebalance";
import { movesWithOf, sizeFactsOf } from "./sizing";
import { FakeDesk } from "./desk";

/** Instruments, chains and what is reckoned from their prices. */
export class FakeMarket extends FakeDesk {
  targets: KeptTargets = { input: null, fault: null };

  async search(pattern: string) {
    this.log("search", pattern);
    const wanted = pattern.toLowerCase();
    const spelled = OPTIONS.filter(({ symbol, expiry, strike, right }) => wanted === `${symbol} ${expiry} ${strike} ${right === "call" ? "c" : "p"}`.toLowerCase());
    if (spelled.length > 0) return spelled;
    const pair = INSTRUMENTS.filter(({ kind, symbol, currency }) => kind === "forex" && wanted === `${symbol}.${currency}`.toLowerCase());
    if (pair.length > 0) return pair;
    return INSTRUMENTS.filter(({ symbol, name }) => symbol.toLowerCase().startsWith(wanted) || name?.toLowerCase().includes(wanted));
  }

  async instrument(conId: number) {
    this.log("instrument", String(conId));
    return instrumentOf(conId);
  }

  async watch(conId: number): Promise<void> {
    this.log("watch", String(conId));
  }

  async unwatch(conId: number): Promise<void> {
    this.log("unwatch", String(conId));
  }

  async orderCatalogue() {
    return catalogue as unknown as OrderCatalogue;
  }

  async chain(conId: number) {
    this.log("chain", String(conId));
    const chain = chainOf(conId, Date.now());
    if (!chain) throw new BackendError({ code: "notFound", message: "There are no options on it." });
    return chain;
  }

  async strikes(conId: number, tradingClass: string, expiry: string) {
    this.log("strikes", `${conId} ${tradingClass} ${expiry}`);
    return strikesOf(conId, tradingClass, expiry, Date.now());
  }

  async chainOutlook(input: ChainOutlookInput) {
    this.log("chainOutlook", JSON.stringify(input));
    return outlookOf(input, Date.now());
  }

  async volatilityHistory(conId: number): Promise<void> {
    this.log("volatilityHistory", String(conId));
  }

  async dayRange(conId: number) {
    this.log("dayRange", String(conId));
    return { average: "3.1234", days: 14, told: 62, newest: "20261127", at: Date.now() };
  }

  async sizeFacts(account: string) {
    this.log("sizeFacts", account);
    return sizeFactsOf(account, this.orders);
  }

  async movesWith(account: string, conId: number) {
    this.log("movesWith", `${account} ${conId}`);
    return movesWithOf(account, conId, this.holdings, this.prices);
  }

  async payoff(input: PayoffInput) {
    this.log("payoff", JSON.stringify(input));
    return payoffOf(input);
  }

  async plan(input: PlanInput) {
    this.log("plan", JSON.stringify(input));
    return plannedOf(input);
  }

  async ladder(conId: number) {
    this.log("ladder", String(conId));
    return ladderOf(conId);
  }

  async showOptions(conIds: readonly number[]): Promise<void> {
    this.log("showOptions", conIds.join(" "));
    if (conIds.length > 0) this.send(conIds.map((conId) => ({ type: "quote" as const, value: optionQuoteOf(conId, Date.now()) })));
    this.send({ type: "lines", value: { budget: 100, others: 12, steady: conIds.length, inTurn: 0, takingTurns: 0 } });
  }

  async rebalance(input: RebalanceInput) {
    this.log("rebalance");
    return rebalanceOf(input, Date.now());
  }

  async watchTargets(conIds: readonly number[]): Promise<void> {
    this.log("watchTargets", conIds.join(" "));
  }

  async readTargets(text: string) {
    this.log("readTargets");
    return targetsReadOf(text);
  }

  async keptTargets(): Promise<KeptTargets> {
    this.log("keptTargets");
    return this.targets;
  }

  async keepTargets(input: RebalanceInput): Promise<void> {
    this.log("keepTargets");
    this.targets = { input, fault: null };
  }
}
