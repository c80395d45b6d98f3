// The order ticket, filled in as a person does: account, instrument, side, quantity, price.

import { until } from './processes.mjs';

export class Ticket {
  #app;

  constructor(app) {
    this.#app = app;
  }

  stage() {
    return this.#app.attribute('ticket', 'data-stage');
  }

  /** An empty ticket for another order. */
  async begin(account) {
    await this.#app.click('ticket-clear');
    await this.#reaches('editing');
    await this.#app.click(`ticket-account-${account}`);
    await this.#shows('ticket-account', account);
  }

  /** Searches by what a person types and chooses that instrument. */
  async choose(typed, conId) {
    if ((await this.#app.text('ticket-instrument')) !== null) {
      await this.#app.click('ticket-instrument-change');
    }
    await this.#app.type('ticket-search', typed);
    await this.#app.click(`ticket-search-option-${conId}`);
    await until(
      async () => (await this.#app.attribute('ticket-instrument', 'data-con-id')) === String(conId),
      `the instrument ${conId} on the ticket`,
    );
  }

  /** `bid`, `ask` or `last` of the chosen instrument, once there is one. */
  quote(part) {
    return until(() => this.#app.attribute(`ticket-${part}`, 'data-value'), `a ${part} price`);
  }

  side(side) {
    return this.#app.click(`ticket-side-${side}`);
  }

  /** Chooses an order type by its id: `limit`, `stopLimit`, … */
  async type(orderType) {
    if ((await this.#app.attribute('ticket-type', 'data-value')) === orderType) return;
    await this.#app.click('ticket-type');
    await this.#app.click(`ticket-type-${orderType}`);
    await this.#shows('ticket-type', orderType);
  }

  market() {
    return this.type('market');
  }

  async limit(price) {
    await this.type('limit');
    await this.#app.type('ticket-limit', price);
  }

  quantity(quantity) {
    return this.#app.type('ticket-quantity', quantity);
  }

  /** Drags a line of the ladder by so many pixels (down is positive); returns the price that it is at then. */
  async drag(testId, pixels) {
    const line = await this.#app.byTestId(testId);
    await this.#app.driver.executeScript("arguments[0].scrollIntoView({ block: 'center' })", line);
    await this.#app.driver
      .actions()
      .move({ origin: line })
      .press()
      .move({ origin: 'pointer', x: 0, y: Math.trunc(pixels / 2) })
      .move({ origin: 'pointer', x: 0, y: pixels - Math.trunc(pixels / 2) })
      .release()
      .perform();
    return until(() => this.#app.attribute(testId, 'data-value'), `${testId} to be set`);
  }

  /** Asks for a preview; returns what came of it: previewed, blocked, failed, faulty or error. */
  async preview() {
    await this.#app.click('ticket-preview');
    return this.#app.driver.wait(() => this.outcome(), 15_000, 'an answer to the preview', 25);
  }

  /** What came of the last preview; null while it is awaited. */
  async outcome() {
    if ((await this.stage()) === 'previewed') return 'previewed';
    for (const [name, testId] of [
      ['blocked', 'preview-blocked'],
      ['failed', 'preview-failed'],
      ['error', 'preview-error'],
    ]) {
      if ((await this.#app.text(testId)) !== null) return name;
    }
    return null;
  }

  /** Opens the confirmation of a previewed order. */
  async askToConfirm() {
    await this.#app.click('preview-confirm');
    await this.#app.byTestId('confirm-dialog');
  }

  /** Sends what is previewed; returns the order's key. */
  async send() {
    await this.askToConfirm();
    await this.#app.click('confirm-send');
    return this.sent();
  }

  /** Waits until the ticket's order is sent; returns its key. */
  async sent() {
    await this.#reaches('sent');
    return this.#app.attribute('ticket-sent', 'data-order');
  }

  async #reaches(stage) {
    await until(async () => (await this.stage()) === stage, `the ticket to be ${stage}`);
  }

  async #shows(testId, value) {
    await until(
      async () => (await this.#app.attribute(testId, 'data-value')) === value,
      `${testId} to be ${value}`,
    );
  }
}
