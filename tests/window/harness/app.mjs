// The application in its real window, as a person has it: look, click, type.

import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { Builder, Capabilities, error, Key } from 'selenium-webdriver';
import { end, freePort, listens, start, until } from './processes.mjs';
import { programs, shots } from './programs.mjs';

const PATIENCE_MS = 10_000;
const call = promisify(execFile);
let pictures = 0;

/** What WebDriver says before it clicks, instead of clicking. */
const REFUSED = [error.ElementClickInterceptedError, error.ElementNotInteractableError];

export class App {
  #driverProcess;
  #driver;

  /**
   * Opens the window. `gateway` is `host:port`; `dataDir` is where the journal and the settings
   * live. Both reach the application through its environment. `onLine` is given each line that it
   * prints.
   */
  static async open({ gateway, dataDir, args = [], env = {}, onLine } = {}) {
    const app = new App();
    const [port, nativePort] = [await freePort(), await freePort()];
    const url = `http://127.0.0.1:${port}/`;
    app.#driverProcess = start(
      programs.driver,
      ['--port', port, '--native-port', nativePort, '--native-driver', programs.nativeDriver].map(
        String,
      ),
      {
        env: {
          ...(gateway ? { GATEHOUSE_GATEWAY: gateway } : {}),
          ...(dataDir ? { GATEHOUSE_DATA_DIR: dataDir } : {}),
          ...env,
        },
        onLine,
      },
    );
    try {
      for (const waited of [nativePort, port]) {
        await until(() => listens(waited), `the WebDriver on port ${waited}`);
      }
      const capabilities = new Capabilities({
        browserName: 'wry',
        'tauri:options': { application: programs.app, args },
      });
      app.#driver = await new Builder()
        .usingServer(url)
        .withCapabilities(capabilities)
        .build();
      return app;
    } catch (error) {
      await end(app.#driverProcess);
      error.message += `\n${app.#driverProcess.told.join('\n')}`;
      throw error;
    }
  }

  /** The WebDriver session, for what has no word of its own here. */
  get driver() {
    return this.#driver;
  }

  /** What the application and its driver printed last. */
  get printed() {
    return this.#driverProcess.told.join('\n');
  }

  title() {
    return this.#driver.getTitle();
  }

  /** Text of the whole page, or of the first element with that test id; null if not there. */
  text(testId) {
    return this.#driver.executeScript(
      'const e = arguments[0] === null ? document.body : document.querySelector(arguments[0]);' +
        'return e === null ? null : e.innerText;',
      testId === undefined ? null : selector(testId),
    );
  }

  /** Text of every element with that test id. */
  texts(testId) {
    return this.#driver.executeScript(
      'return [...document.querySelectorAll(arguments[0])].map((e) => e.innerText);',
      selector(testId),
    );
  }

  /** An attribute of the first element with that test id; null if either is not there. */
  attribute(testId, name) {
    return this.#driver.executeScript(
      'const e = document.querySelector(arguments[0]);' +
        'return e === null ? null : e.getAttribute(arguments[1]);',
      selector(testId),
      name,
    );
  }

  /** What stands in the first field with that test id; null if not there. */
  value(testId) {
    return this.#driver.executeScript(
      'const e = document.querySelector(arguments[0]); return e === null ? null : e.value;',
      selector(testId),
    );
  }

  /** Waits for a visible element with that test id. */
  byTestId(testId, ms = PATIENCE_MS) {
    return this.byCss(selector(testId), ms);
  }

  /** Waits for a visible element. */
  byCss(css, ms = PATIENCE_MS) {
    return until(
      async () => {
        for (const element of await this.#driver.findElements({ css })) {
          if (await element.isDisplayed()) return element;
        }
        return undefined;
      },
      `a visible ${css}`,
      ms,
    );
  }

  /** Waits until no element has that test id. */
  waitGone(testId, ms = PATIENCE_MS) {
    return until(
      async () => (await this.text(testId)) === null,
      `${testId} to go away`,
      ms,
    );
  }

  /** Waits until the element's text contains `wanted`, or matches it; returns the text. */
  async waitText(testId, wanted, ms = PATIENCE_MS) {
    let last = null;
    const fits = (text) =>
      text !== null && (wanted instanceof RegExp ? wanted.test(text) : text.includes(wanted));
    try {
      await until(
        async () => {
          last = await this.text(testId);
          return fits(last);
        },
        `${testId} to say ${wanted}`,
        ms,
      );
    } catch (error) {
      throw new Error(`${error.message}; it says ${JSON.stringify(last)}`);
    }
    return last;
  }

  /** Clicks it once, as soon as it is visible and enabled. */
  async click(testId, ms = PATIENCE_MS) {
    // A click is never repeated: only the search for its target is, and one that was refused
    // because the page moved and something else lay there or nothing did, which has clicked nothing.
    let failed;
    await until(
      async () => {
        const found = await this.byTestId(testId, 0);
        if (!(await found.isEnabled())) return false;
        try {
          await found.click();
        } catch (failure) {
          if (REFUSED.some((kind) => failure instanceof kind)) {
            // As a person scrolls what only peeps out at an edge.
            await this.#driver.executeScript("arguments[0].scrollIntoView({ block: 'center' })", found);
            throw failure;
          }
          failed = failure;
        }
        return true;
      },
      `${testId} to be clickable`,
      ms,
    );
    if (failed) throw failed;
  }

  /** Replaces what stands in a field by `text`, key by key. */
  async type(testId, text) {
    const field = await this.byTestId(testId);
    await field.sendKeys(Key.chord(Key.CONTROL, 'a'), Key.BACK_SPACE);
    if (text !== '') await field.sendKeys(text);
  }

  /** Chooses the option of a native select whose text or value is `option`. */
  async choose(testId, option) {
    await until(
      () =>
        this.#driver.executeScript(
          `const select = document.querySelector(arguments[0]);
           const wanted = [...(select?.options ?? [])].find(
             (o) => o.text === arguments[1] || o.value === arguments[1]);
           if (!wanted) return false;
           const set = Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'value').set;
           set.call(select, wanted.value);
           select.dispatchEvent(new Event('change', { bubbles: true }));
           return true;`,
          selector(testId),
          option,
        ),
      `${testId} to offer ${option}`,
    );
  }

  /** Presses keys (characters or `Key` values) on whatever has the focus. */
  press(...keys) {
    return this.#driver
      .actions()
      .sendKeys(...keys)
      .perform();
  }

  /**
   * Writes a numbered picture of the window, as it is on the screen, and returns its path. The
   * screen itself is photographed: WebDriver's own screenshot never returns when the window is
   * drawn without a graphics card.
   */
  async screenshot(name) {
    pictures += 1;
    const number = String(pictures).padStart(2, '0');
    const file = path.join(shots, `${number}-${name}.png`);
    fs.mkdirSync(shots, { recursive: true });
    await this.painted();
    const { x, y, width, height } = await this.#driver.manage().window().getRect();
    const crop = `${width}x${height}+${x}+${y}`;
    await call(programs.camera, ['-window', 'root', '-crop', crop, '+repage', file]);
    return file;
  }

  /** Letters of half as much again, as a system's setting makes them; or as they are. */
  async large(on) {
    await this.#driver.executeScript("document.documentElement.style.fontSize = arguments[0] ? '121.9%' : '';", on);
    await this.painted();
  }

  /** Waits until what the page shows now has been drawn. */
  painted() {
    return this.#driver.executeAsyncScript(
      'const done = arguments[arguments.length - 1];' +
        'requestAnimationFrame(() => requestAnimationFrame(() => done()));',
    );
  }

  /** Ids of the application's own process and of the web processes that it started. */
  pids() {
    const tree = new Map();
    for (const name of fs.readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
      try {
        const stat = fs.readFileSync(`/proc/${name}/stat`, 'utf8');
        const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
        tree.set(Number(name), parent);
      } catch {
        // It ended while we looked.
      }
    }
    const under = (pid) => {
      for (let at = pid; at > 1; at = tree.get(at) ?? 0) {
        if (at === this.#driverProcess.pid) return true;
      }
      return false;
    };
    const runs = (pid) => {
      try {
        return fs.readlinkSync(`/proc/${pid}/exe`);
      } catch {
        return '';
      }
    };
    const own = [...tree.keys()].filter(under);
    const real = fs.realpathSync(programs.app);
    return {
      app: own.find((pid) => runs(pid) === real),
      web: own.filter((pid) => /WebKit(Web|Network|GPU)Process$/.test(runs(pid))),
    };
  }

  /**
   * Closes the window by the cross in its frame and returns once the program and its page have
   * ended by themselves.
   */
  async closeWindow(ms = PATIENCE_MS) {
    const { app, web } = this.pids();
    await call(programs.python, [path.join(import.meta.dirname, 'close_window.py'), String(app)]);
    const left = () => [app, ...web].filter(runs);
    await until(() => left().length === 0, 'the program and its page to end', ms);
    await this.close();
  }

  /** Kills the application without a farewell and clears up after it. */
  async kill() {
    const { app } = this.pids();
    if (app !== undefined) process.kill(app, 'SIGKILL');
    await end(this.#driverProcess);
  }

  /** Closes the window and ends everything behind it. */
  async close() {
    // The session may be gone with the application: then there is nothing to quit.
    await this.#driver.quit().catch(() => {});
    await end(this.#driverProcess);
  }
}

/** Whether a process runs: one that has ended and is not cleared away yet does not. */
function runs(pid) {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat[stat.lastIndexOf(')') + 2] !== 'Z';
  } catch {
    return false;
  }
}

function selector(testId) {
  return `[data-testid=${JSON.stringify(testId)}]`;
}
