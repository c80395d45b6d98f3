// The simulated gateway as a process that can be killed and brought back as it was.

import net from 'node:net';
import readline from 'node:readline';
import { end, signal, start } from './processes.mjs';
import { programs } from './programs.mjs';

export class Simulator {
  #args;
  #handle;
  #control;
  port;

  /**
   * Starts a gateway on a free loopback port. `state` is the file that it keeps its accounts and
   * orders in; `limits` keeps a real gateway's limits on messages and lines; `args` are passed on.
   */
  static async start({ seed = 7, state, limits = false, args = [] } = {}) {
    const simulator = new Simulator();
    const pacing = limits ? [] : ['--no-pacing'];
    simulator.#args = ['--seed', String(seed), ...pacing, ...(state ? ['--state', state] : []), ...args];
    await simulator.#launch(0);
    return simulator;
  }

  /**
   * Does one thing at the gateway's control port, such as `{ do: 'place-by-hand', … }`; returns the
   * state that it answers with.
   */
  async act(action) {
    const { port, token } = this.#control;
    const socket = net.connect(port, '127.0.0.1');
    try {
      const lines = readline.createInterface({ input: socket })[Symbol.asyncIterator]();
      const ask = async (line) => {
        socket.write(`${JSON.stringify(line)}\n`);
        const answer = JSON.parse((await lines.next()).value);
        if (!answer.ok) throw new Error(`${JSON.stringify(line)}: ${answer.error}`);
        return answer.state;
      };
      await ask({ token });
      return await ask(action);
    } finally {
      socket.destroy();
    }
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
    const args = ['--port', String(port), '--control', '0', ...this.#args];
    let controlled;
    const control = new Promise((resolve) => {
      controlled = resolve;
    });
    this.#handle = start(programs.simulator, args, {
      onLine: (line) => {
        const lever = /^control on 127\.0\.0\.1:(\d+) token (\S+)/.exec(line);
        if (lever) {
          controlled({ port: Number(lever[1]), token: lever[2] });
          return;
        }
        const found = /127\.0\.0\.1:(\d+)/.exec(line);
        if (found && found[1] !== '0') heard(Number(found[1]));
      },
    });
    const early = this.#handle.ended.then((how) => {
      throw new Error(`the simulated gateway ended (${how}):\n${this.#handle.told.join('\n')}`);
    });
    this.port = await Promise.race([listening, early]);
    this.#control = await Promise.race([control, early]);
    early.catch(() => {});
  }
}
