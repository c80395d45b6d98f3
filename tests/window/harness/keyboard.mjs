// The page by the keyboard alone: where the focus is, and how to get somewhere by Tab.

import { Key } from 'selenium-webdriver';

const ACTIVE = `
  const e = document.activeElement;
  return e === null ? null : (e.closest('[data-testid]')?.dataset.testid ?? null);`;

const MOST_TABS = 80;

export class Keyboard {
  #app;

  constructor(app) {
    this.#app = app;
  }

  /** The test id of what has the focus, or of the nearest thing around it that has one. */
  active() {
    return this.#app.driver.executeScript(ACTIVE);
  }

  /** Presses a key while Control is held. */
  withControl(key) {
    return this.#app.driver.actions().keyDown(Key.CONTROL).sendKeys(key).keyUp(Key.CONTROL).perform();
  }

  /** Presses Tab until the focus is there. */
  tabTo(testId) {
    return this.pressUntil(Key.TAB, async () => (await this.active()) === testId, testId);
  }

  /** Moves with the arrows among the options around `group` until the one named is taken. */
  choose(group, value) {
    return this.pressUntil(
      Key.ARROW_DOWN,
      async () => (await this.#app.attribute(group, 'data-value')) === value,
      `${group} to be ${value}`,
    );
  }

  /** Presses a key until it is so; gives up when it can't be reached. */
  async pressUntil(key, isSo, what = 'it') {
    for (let presses = 0; presses < MOST_TABS; presses += 1) {
      if (await isSo()) return;
      await this.#app.press(key);
    }
    throw new Error(`${what} can't be reached with the keyboard; the focus is on ${await this.active()}`);
  }
}
