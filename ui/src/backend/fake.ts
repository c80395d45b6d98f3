import type { Backend } from "./backend";
import type { Measured, NotifyChoice, PageReport } from "./bindings";
import { FakeConnections } from "./fake/connections";

/** A backend without a program behind it: three paper accounts, for tests and for looking at the page. Each layer beneath it is a part of the program. */
export class FakeBackend extends FakeConnections implements Backend {
  demo = true;
  /** Which screen the page is asked to measure. */
  measured: Measured | null = null;

  async notifyAbout(choice: NotifyChoice): Promise<void> {
    this.log("notifyAbout", JSON.stringify(choice));
  }

  async about() {
    return { version: "0.1.0", dataDir: "/home/person/.local/share/app.gatehouse.desktop", demo: this.demo, simulated: this.link.simulated, address: this.link.address, clientId: 17, report: this.measured };
  }

  async windowScope() {
    return "";
  }

  async report(measured: PageReport): Promise<void> {
    this.log("report", measured.type);
  }

  async simGateway(action: "stop" | "start"): Promise<void> {
    this.log("simGateway", action);
    const now = Date.now();
    if (action === "stop") this.setLink({ state: "down", says: "The gateway closed the connection.", retryAt: now + 8000, since: now });
    else this.setLink({ state: "up", says: "Connected to the simulated gateway.", retryAt: null, since: now, lastHeard: now });
  }
}
