import type { BackupView, ExportFormat, JournalQuery, OwnRuleChoice, OwnRuleInput, OwnRuleWords, RuleChoice, RulesView, TriedOrderView } from "../bindings";
import { matching } from "./journal";
import { ATTEMPTS, chosenOwn, triedOwn } from "./own";
import ownWords from "./own-words.json";
import { chosen, modesOn } from "./rulebook";
import { FakeTrading } from "./trading";

/** The journal and the rules. */
export class FakePapers extends FakeTrading {
  backups: BackupView = { folder: "/home/sample/.local/share/gatehouse/backups", kept: 14, path: null, day: null, records: null, fault: null };
  /** The last orders that an edited rule is held against. */
  attempts: readonly TriedOrderView[] = ATTEMPTS;

  async journal(query: JournalQuery) {
    this.log("journal");
    const hits = matching(this.journalEntries, query);
    return { entries: hits.slice(0, query.limit), more: hits.length > query.limit };
  }

  async verifyJournal(noted: string | null) {
    this.log("verifyJournal");
    const { seq, hash } = this.head;
    const passes = noted === null || noted === `${seq}:${hash}`;
    return passes ? { intact: true, seq, hash, says: `All ${seq} records are as they were written.` } : { intact: false, seq, hash: null, says: `Record ${seq} is not as it was written: the journal was rewritten.` };
  }

  async exportJournal(query: JournalQuery, format: ExportFormat) {
    this.log("exportJournal");
    const end = format === "csv" ? "csv" : "jsonl";
    return { path: `/home/sample/Downloads/gatehouse-journal-2026-12-18.${end}`, records: matching(this.journalEntries, query).length };
  }

  async backUpJournal(): Promise<BackupView> {
    this.log("backUpJournal");
    this.backups = { ...this.backups, day: "2026-12-18", records: this.journalEntries.length, path: `${this.backups.folder}/journal-2026-12-18-000400.db` };
    return this.backups;
  }

  async journalBackups(): Promise<BackupView> {
    this.log("journalBackups");
    return this.backups;
  }

  /** Exchanges the rules, as the program does when the rule file changes. */
  putRules(rulebook: RulesView): RulesView {
    this.rulebook = rulebook;
    this.revision += 1;
    this.send({ type: "rules", value: { revision: this.revision, fault: rulebook.fault, modes: modesOn(rulebook) } });
    return rulebook;
  }

  async rules() {
    this.log("rules");
    return this.rulebook;
  }

  async setRule(choice: RuleChoice) {
    this.log("setRule", JSON.stringify(choice));
    const outcome = chosen(this.rulebook, choice);
    if (outcome.type === "kept") this.putRules(outcome.rules);
    return outcome;
  }

  async ownRuleWords() {
    this.log("ownRuleWords");
    return ownWords as OwnRuleWords;
  }

  async tryOwnRule(input: OwnRuleInput) {
    this.log("tryOwnRule", JSON.stringify(input));
    return triedOwn(input, this.attempts);
  }

  async setOwnRule(choice: OwnRuleChoice, word: string | null) {
    this.log("setOwnRule", JSON.stringify(choice));
    const outcome = chosenOwn(this.rulebook, choice, word);
    if (outcome.type === "kept") this.putRules(outcome.rules);
    return outcome;
  }

  async rereadRules() {
    this.log("rereadRules");
    return this.putRules({ ...this.rulebook, fault: null });
  }

  async restoreRules() {
    this.log("restoreRules");
    return this.putRules({ ...this.rulebook, fault: null });
  }
}
