import type { CheckInput, Checked, FaultView, ProofView, Step, StepOutcome, StepView, Surroundings } from "../bindings";

export const AROUND: Surroundings = {
  os: "linux",
  installs: [{ program: "gateway", version: "1037", folder: "/home/sample/Jts/ibgateway/1037", java: "/home/sample/.local/share/i4j_jres/17/bin/java", memoryMb: 2048 }],
  settings: [{ file: "/home/sample/Jts/jts.ini", loginOffers: "paper", trusted: ["127.0.0.1"], trustsOthers: false }],
  java: null,
  running: [{ program: "gateway", pid: 4711, byIbc: false }],
  ports: [{ port: 4002, host: "127.0.0.1", is: { type: "twsApi", version: 222 }, usually: "gateway" }],
};

const TITLES: readonly (readonly [Step, string])[] = [
  ["port", "Something listens"],
  ["api", "It is TWS or IB Gateway"],
  ["handshake", "It answers the greeting"],
  ["version", "Its version is new enough"],
  ["clientId", "The client id is free"],
  ["accounts", "Accounts are received"],
  ["mode", "Live or paper"],
  ["readOnly", "It takes orders"],
  ["clock", "The clocks agree"],
  ["accountData", "The accounts' figures come"],
  ["positions", "The positions come"],
  ["marketData", "Prices come"],
  ["whatIf", "What-if is answered"],
];

/** What comes of a check; `faults` says which steps go wrong, and all after a failed one is not run. */
export class FakeChecks {
  faults: Partial<Record<Step, FaultView>> = {};
  /** The step that never ends. */
  endless: Step | null = null;

  prove(input: CheckInput, tell: (step: StepView) => void): ProofView {
    let failed: Step | null = null;
    const steps = TITLES.map(([step, title]): StepView => {
      const fault = this.faults[step];
      const outcome: StepOutcome = failed
        ? { type: "notRun", because: failed }
        : fault
          ? { type: fault.weight === "stops" ? "failed" : "limited", fault }
          : step === "whatIf"
            ? { type: "notChecked", why: "Asked once Gatehouse is connected." }
            : { type: "passed", says: "As it should be." };
      if (outcome.type === "failed") failed = step;
      const line: StepView = { step, title, outcome, details: step === "marketData" && outcome.type === "passed" ? ["NASDAQ: live"] : [], millis: outcome.type === "notRun" ? null : 3 };
      tell(line);
      return line;
    });
    const checked: Checked = { steps, accounts: failed ? [] : ["DU1000001", "DU1000002", "DU1000003"].map((id) => ({ id, kindText: null, kind: "unknown" })), mode: failed ? "unknown" : "paper", version: failed ? null : 222, usable: failed === null, millis: 40 };
    return { checked, report: `Gatehouse, connection check of ${input.host}:${input.port}\n[ok] Something listens` };
  }
}
