// The simulated gateway as a process that can be killed and brought back as it was.

import { end, signal, start } from './processes.mjs';
import { programs } from './programs.mjs';

export class Simulator {
  #args;
  #handle;
  port;

  /**
   * Starts a gateway on a free loopback port. `state` is the file that it keeps its accounts and
   * orders in; `args` are passed on.
   */
  static async start({ seed = 7, state, args = [] } = {}) {
    const simulator = new Simulator();
    simulator.#args = ['--seed', String(seed), ...(state ? ['--state', state] : []), ...args];
    await simulator.#launch(0);
    return simulator;
  }

  get address() {
    return `127.0.0.1:${this.port}`;
  }

  /** kill -9: no farewell on the wire, nothing saved on the way out. */
  async kill() {
    signal(this.#handle, 'SIGKILL');
    await end(this.#handle);
  }

  /** Starts it again on the same port with the same seed and state. */
  async restart() {
    await this.#launch(this.port);
  }

  async stop() {
    await end(this.#handle);
  }

  async #launch(port) {
    let heard;
    const listening = new Promise((resolve) => {
      heard = resolve;
    });
    const args = ['--port', String(port), '--no-pacing', ...this.#args];
    this.#handle = start(programs.simulator, args, {
      onLine: (line) => {
        const found = /127\.0\.0\.1:(\d+)/.exec(line);
        if (found && found[1] !== '0') heard(Number(found[1]));
      },
    });
    const early = this.#handle.ended.then((how) => {
      throw new Error(`the simulated gateway ended (${how}):\n${this.#handle.told.join('\n')}`);
    });
    this.port = await Promise.race([listening, early]);
    early.catch(() => {});
  }
}
