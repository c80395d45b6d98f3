import type { AccountKind, Change, CheckInput, ProfileDraft, ProofView, StarterDraft, StepView, Surroundings } from "../bindings";
import { FakeStarter } from "./starter";
import { FakeProfiles, linkHistoryOf } from "./profiles";
import { AROUND, FakeChecks } from "./wizard";
import { FakeLocks } from "./locks";

const GATEWAY_LOGIN = "gateway-login";

/** Accounts, profiles, the wizard and the starter. */
export class FakeConnections extends FakeLocks {
  profileFile = new FakeProfiles();
  readonly starterOf = new FakeStarter();
  around: Surroundings = AROUND;
  readonly checks = new FakeChecks();

  async lookAround(ports: readonly number[]) {
    this.log("lookAround", ports.join(","));
    return this.around;
  }

  async prove(input: CheckInput, tell: (step: StepView) => void) {
    this.log("prove", `${input.host}:${input.port} ${input.clientId} ${input.expects ?? "either"}`);
    const { endless } = this.checks;
    if (endless) {
      tell({ step: endless, title: endless, outcome: { type: "running" }, details: [], millis: null });
      return new Promise<ProofView>(() => undefined);
    }
    return this.checks.prove(input, tell);
  }

  async stopProving(): Promise<void> {
    this.log("stopProving");
  }

  async sayAccountKind(account: string, said: AccountKind | null): Promise<void> {
    this.log("sayAccountKind", `${account} ${said ?? ""}`);
    if (said) this.saidKinds.set(account, said);
    else this.saidKinds.delete(account);
    this.send(this.snapshot().accounts.map((value): Change => ({ type: "account", value })));
  }

  async connectNow(): Promise<void> {
    this.log("connectNow");
  }

  async profiles() {
    this.log("profiles");
    return this.profileFile.view;
  }

  async saveProfile(draft: ProfileDraft) {
    this.log("saveProfile", JSON.stringify(draft));
    return this.profileFile.save(draft);
  }

  async deleteProfile(id: string) {
    this.log("deleteProfile", id);
    return this.profileFile.forget(id);
  }

  async connectProfile(id: string) {
    this.log("connectProfile", id);
    return this.profileFile.serve(id);
  }

  async disconnect() {
    this.log("disconnect");
    this.setLink({ state: "off", says: "Not connected, because you want it so." });
    return this.profileFile.letGo();
  }

  async openBeside(id: string): Promise<void> {
    this.log("openBeside", id);
    this.profileFile.openElsewhere(id);
  }

  async starter() {
    this.log("starter");
    return this.starterOf.asked();
  }

  async keepStarter(draft: StarterDraft) {
    this.log("keepStarter", JSON.stringify(draft));
    return this.starterOf.keep(draft);
  }

  async starterConfig() {
    this.log("starterConfig");
    return this.starterOf.preview;
  }

  async writeStarterConfig(seen: string) {
    this.log("writeStarterConfig", seen);
    return this.starterOf.write();
  }

  async keepGatewayPassword() {
    // What was typed is written down nowhere.
    this.log("keepGatewayPassword");
    const secret = { name: GATEWAY_LOGIN, about: "The password that IBC types into IB Gateway's login window", held: null };
    this.vault = { ...this.vault, secrets: [...this.vault.secrets.filter(({ name }) => name !== GATEWAY_LOGIN), secret] };
    return this.starterOf.set({ password: "stored" });
  }

  async forgetGatewayPassword() {
    this.log("forgetGatewayPassword");
    await this.deleteSecret(GATEWAY_LOGIN);
    return this.starterOf.view;
  }

  override async deleteSecret(name: string) {
    if (name === GATEWAY_LOGIN) this.starterOf.set({ password: "none" });
    return super.deleteSecret(name);
  }

  async startGateway() {
    this.log("startGateway");
    return this.starterOf.start();
  }

  async stopGateway() {
    this.log("stopGateway");
    return this.starterOf.set({ run: { type: "ended", says: "It was stopped." } });
  }

  async goOn(typed: string): Promise<void> {
    this.log("goOn", typed);
    this.setLink({ state: "up", held: null });
  }

  async linkHistory() {
    this.log("linkHistory");
    return linkHistoryOf(Date.now());
  }
}
