import type { ConfigPreview, ConfigWritten, StarterDraft, StarterFault, StarterOutcome, StarterView } from "../bindings";

const CONFIG = "/home/sample/ibc/config.ini";

/** IBC on a sample person's computer, with nothing set up yet. */
export class FakeStarter {
  /** In place of an answer. */
  fails: Error | null = null;
  view: StarterView = {
    supported: true,
    ibcs: [{ folder: "/opt/ibc", version: "3.24.0", password: "environment" }],
    gateways: [{ program: "gateway", version: "1037", folder: "/home/sample/Jts/ibgateway/1037", java: null, memoryMb: 2048 }],
    usualConfig: CONFIG,
    kept: null,
    fault: null,
    lacks: [],
    configExists: false,
    way: null,
    password: "none",
    run: { type: "idle" },
  };
  preview: ConfigPreview = {
    path: CONFIG,
    exists: true,
    holdsPassword: true,
    changes: [
      { key: "IbPassword", before: "a password (not shown)", after: "" },
      { key: "TradingMode", before: "live", after: "paper" },
      { key: "OverrideTwsApiPort", before: null, after: "4002" },
    ],
    seen: "5eed",
  };

  asked(): StarterView {
    if (this.fails) throw this.fails;
    return this.view;
  }

  set(patch: Partial<StarterView>): StarterView {
    this.view = { ...this.view, ...patch };
    return this.view;
  }

  keep(draft: StarterDraft): StarterOutcome {
    const faults: StarterFault[] = [];
    if (draft.port !== "" && !/^\d+$/.test(draft.port)) faults.push({ field: "port", says: "A port is a number from 1 to 65535." });
    if (faults.length > 0) return { type: "faulty", faults };
    return { type: "kept", view: this.set({ kept: draft, way: this.view.ibcs[0]?.password ?? null }) };
  }

  write(): ConfigWritten {
    this.set({ configExists: true });
    this.preview = { ...this.preview, holdsPassword: false, changes: [] };
    return { path: CONFIG, copy: `${CONFIG}.before-1`, copyHoldsPassword: true };
  }

  start(): StarterView {
    return this.set({ run: { type: "running", since: Date.now(), handed: this.view.password === "stored" && this.view.way === "environment", stopping: false } });
  }
}
