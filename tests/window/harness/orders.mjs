// The blotter, row by row.

import { until } from './processes.mjs';

const READ = `
  const row = document.querySelector('[data-testid="order-row-' + arguments[0] + '"]');
  if (!row) return null;
  const part = (name) => row.querySelector('[data-testid="order-' + name + '"]');
  return {
    state: row.dataset.state,
    intent: row.dataset.intent ?? null,
    text: row.innerText,
    filled: part('filled')?.innerText ?? null,
    average: part('average')?.dataset.value ?? null,
    commission: part('commission')?.dataset.value ?? null,
    pending: part('commission')?.querySelector('.source-mark') !== null,
    executions: [...row.querySelectorAll('[data-testid^="execution-"]')].map((e) =>
      [...e.children].map((cell) => cell.innerText)),
  };`;

export class Orders {
  #app;

  constructor(app) {
    this.#app = app;
  }

  async show() {
    await this.#app.click('nav-orders');
    await this.#app.byTestId('screen-orders');
  }

  /** The row of an order as it is on the screen; null if not there. */
  row(key) {
    return this.#app.driver.executeScript(READ, key);
  }

  /** Waits until the row is as asked; returns it. */
  async waitFor(key, what, fits, ms = 10_000) {
    let row = null;
    try {
      await until(
        async () => {
          row = await this.row(key);
          return row !== null && fits(row);
        },
        `order ${key} ${what}`,
        ms,
      );
    } catch (error) {
      throw new Error(`${error.message}; it is ${JSON.stringify(row)}`);
    }
    return row;
  }

  state(key, state, ms) {
    return this.waitFor(key, `to be ${state}`, (row) => row.state === state, ms);
  }

  /** Clicks a control inside one order's row. */
  async click(key, testId) {
    const css = `[data-testid="order-row-${key}"] [data-testid="${testId}"]`;
    await (await this.#app.byCss(css)).click();
  }

  /** Key, intent and state of every row. */
  all() {
    return this.#app.driver.executeScript(`
      return [...document.querySelectorAll('[data-testid^="order-row-"]')].map((row) => ({
        key: row.dataset.testid.slice('order-row-'.length),
        intent: row.dataset.intent ?? null,
        state: row.dataset.state,
      }));`);
  }
}
