import { BackendError } from "../backend";
import type { AppLockView, PassOutcome, VaultView } from "../bindings";
import { FakePapers } from "./papers";

/** The app lock and the keychain. */
export class FakeLocks extends FakePapers {
  /** Null while there is no lock. */
  passphrase: string | null = null;
  lockState: AppLockView = { set: false, idleMinutes: null, locked: false, tryAgainAt: null };
  vault: VaultView = { state: "open", says: "The keychain is open.", secrets: [] };
  uses = 0;

  #pass(passphrase: string): PassOutcome {
    return passphrase === this.passphrase ? { type: "passed" } : { type: "wrong", tryAgainAt: this.lockState.tryAgainAt };
  }

  #keep(passphrase: string | null): void {
    this.passphrase = passphrase;
    this.lockState = { ...this.lockState, set: passphrase !== null };
    const held = "The app lock stands on it. Take the lock off, which asks for the passphrase; that deletes it.";
    this.vault = { ...this.vault, secrets: passphrase === null ? [] : [{ name: "app-lock", about: "Checks the passphrase of the app lock", held }] };
  }

  async appLock(): Promise<AppLockView> {
    this.log("appLock");
    return this.lockState;
  }

  async lock(): Promise<void> {
    this.log("lock");
    if (this.passphrase === null) throw new BackendError({ code: "notFound", message: "There is no passphrase to unlock it with. Set one in Settings, under App lock." });
    this.putLock("You locked it.");
  }

  async unlock(passphrase: string): Promise<PassOutcome> {
    this.log("unlock");
    const outcome = this.#pass(passphrase);
    if (outcome.type === "passed") this.putLock(null);
    return outcome;
  }

  async setPassphrase(current: string | null, passphrase: string): Promise<PassOutcome> {
    this.log("setPassphrase");
    const outcome = this.passphrase === null ? ({ type: "passed" } as const) : this.#pass(current ?? "");
    if (outcome.type === "passed") this.#keep(passphrase);
    return outcome;
  }

  async removePassphrase(passphrase: string): Promise<PassOutcome> {
    this.log("removePassphrase");
    const outcome = this.#pass(passphrase);
    if (outcome.type === "passed") this.#keep(null);
    return outcome;
  }

  async lockWhenIdle(minutes: number | null): Promise<AppLockView> {
    this.log("lockWhenIdle", String(minutes));
    this.lockState = { ...this.lockState, idleMinutes: minutes };
    return this.lockState;
  }

  async inUse(): Promise<void> {
    this.uses += 1;
  }

  async keychain(): Promise<VaultView> {
    this.log("keychain");
    return this.vault;
  }

  async deleteSecret(name: string): Promise<VaultView> {
    this.log("deleteSecret", name);
    this.vault = { ...this.vault, secrets: this.vault.secrets.filter((secret) => secret.name !== name) };
    return this.vault;
  }
}
