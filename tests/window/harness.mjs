// A run of named steps in the real window against a simulated gateway of its own.
//
// Prints `ok - name` or `not ok - name` for each step, keeps a picture of the window at the end of
// each step, and leaves no process and no file outside the screenshots' folder behind.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { App } from './harness/app.mjs';
import { mode } from './harness/programs.mjs';
import { Simulator } from './harness/simulator.mjs';

/**
 * Runs `script(world)` and sets the exit code. Everything that the world opened is closed after,
 * whatever happened.
 */
export async function run(script) {
  const world = new World();
  try {
    await script(world);
    if (world.steps === 0) throw new Error('the script has no step');
  } catch (error) {
    process.exitCode = 1;
    if (!(error instanceof StepFailed)) console.log(`not ok - ${error.stack}`);
  } finally {
    await world.close();
  }
}

class StepFailed extends Error {}

class World {
  /** A folder for this run: the journal, the gateway's state. Gone afterwards. */
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gatehouse-window-'));
  steps = 0;
  /** Whether a person only wants to see the pictures: what needs test tools is left out. */
  isDemo = mode === 'demo';
  #open = [];

  constructor() {
    process.once('exit', () => fs.rmSync(this.folder, { recursive: true, force: true }));
  }

  /** Where the application keeps its journal and settings in this run. */
  get dataDir() {
    return path.join(this.folder, 'data');
  }

  /** Where the gateway keeps its state in this run, if it keeps any. */
  get gatewayState() {
    return path.join(this.folder, 'gateway-state');
  }

  /** Starts a simulated gateway that keeps its state in this run's folder if `keep` is set. */
  async simulator({ keep = false, ...options } = {}) {
    const state = keep ? this.gatewayState : undefined;
    const simulator = await Simulator.start({ state, ...options });
    this.#open.push(() => simulator.stop());
    return simulator;
  }

  /** Opens the application on this run's data; it is told that the gateway is a simulated one. */
  async app({ env = {}, ...options } = {}) {
    fs.mkdirSync(this.dataDir, { recursive: true });
    const app = await App.open({
      dataDir: this.dataDir,
      env: { GATEHOUSE_SIMULATED: 'true', ...env },
      ...options,
    });
    this.#open.push(() => app.close());
    this.lastApp = app;
    return app;
  }

  /**
   * One named step and the picture of how it ended, if the window is open. The first that fails
   * ends the script: later ones stand on it.
   */
  async step(name, body) {
    this.steps += 1;
    const start = performance.now();
    try {
      await body();
      await this.lastApp?.screenshot(slug(name));
    } catch (error) {
      console.log(`not ok - ${name}\n${error.stack}`);
      await this.#tellMore(name);
      throw new StepFailed(name);
    }
    console.log(`ok - ${name} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
  }

  async #tellMore(name) {
    if (!this.lastApp) return;
    try {
      const file = await this.lastApp.screenshot(`failed-${slug(name)}`);
      console.log(`  picture: ${file}\n  on the page:\n${await this.lastApp.text()}`);
    } catch (error) {
      console.log(`  no picture: ${error.message}`);
    }
    console.log(`  printed by the application:\n${this.lastApp.printed}`);
  }

  async close() {
    for (const close of this.#open.reverse()) {
      try {
        await close();
      } catch (error) {
        process.exitCode = 1;
        console.log(`not ok - closing: ${error.message}`);
      }
    }
  }
}

/** A step's name as part of a file's name. */
function slug(name) {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
