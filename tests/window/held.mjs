// From a long chain to a strategy that is held, at a gateway with its real limits: once with the
// mouse, once by the keyboard alone.

import assert from 'node:assert/strict';
import { Key } from 'selenium-webdriver';
import { run } from './harness.mjs';
import { workingIn } from './harness/book.mjs';
import { Keyboard } from './harness/keyboard.mjs';
import { Orders } from './harness/orders.mjs';
import { until } from './harness/processes.mjs';
import { Ticket } from './harness/ticket.mjs';
import { LLC } from './tour/world.mjs';

const INDEX = 416904;
const EXPIRIES = 10;
const STRIKES = 80;
/** Fifty messages a second leave a chain of ten expiries some seconds. */
const PATIENCE_MS = 20_000;

const ROWS = `
  return [...document.querySelectorAll('[data-testid^="chain-row-"]')].map((row) => ({
    strike: row.dataset.testid.slice('chain-row-'.length),
    atMoney: row.classList.contains('at-money'),
  }));`;
const COUNT = `return Number(document.querySelector('[data-testid="chain-grid"]')?.getAttribute('aria-rowcount') ?? 0);`;
const DAYS = `return [...document.querySelectorAll('[data-testid^="chain-expiry-2"]')].map((e) => e.dataset.testid);`;
const INTO_VIEW = `document.querySelector('[data-testid="' + arguments[0] + '"]').scrollIntoView({ block: 'center', inline: 'center' });`;
const VALUE = `
  return document.querySelector('[data-testid="' + arguments[0] + '"] [data-value]')?.dataset.value ?? null;`;
const HELD = `
  return [...document.querySelectorAll('[data-testid^="strategy-row-"]')]
    .map((row) => ({
      key: row.dataset.testid.slice('strategy-row-'.length),
      name: row.querySelector('[data-testid="strategy-name"]')?.innerText ?? '',
      delta: row.querySelector('[data-testid="strategy-delta"]')?.dataset.value ?? null,
      theta: row.querySelector('[data-testid="strategy-theta"]')?.dataset.value ?? null,
      pnl: row.querySelector('[data-testid="strategy-unrealizedPnl"]')?.dataset.value ?? null,
    }));`;

/** A net price a little below this one, in steps of ten cents and within what the rules allow. */
function below(price) {
  return (Math.ceil(Number(price) * 9.3) / 10).toFixed(2);
}

await run(async (world) => {
  const simulator = await world.simulator({ keep: true, limits: true });
  const app = await world.app({ gateway: simulator.address });
  const form = new Ticket(app);
  const orders = new Orders(app);
  const keyboard = new Keyboard(app);
  const rows = () => app.driver.executeScript(ROWS);
  const quoted = (testId) => until(() => app.driver.executeScript(VALUE, testId), `${testId} to be quoted`, PATIENCE_MS);
  const clickInView = async (testId) => {
    await app.driver.executeScript(INTO_VIEW, testId);
    await app.click(testId);
  };
  const held = () => app.driver.executeScript(HELD);
  const keys = (...all) => app.driver.actions().sendKeys(...all).perform();
  const withShift = (key) => app.driver.actions().keyDown(Key.SHIFT).sendKeys(key).keyUp(Key.SHIFT).perform();
  /** What the gateway complains of when its limits are not kept. */
  const noComplaint = async () => assert.doesNotMatch((await app.text('notices')) ?? '', /\b10[01]$/m);
  /** The strikes of a condor: two puts below the money, two calls above. */
  let strikes;
  let day;

  await world.step('Ten expiries of eighty strikes come within the limits', async () => {
    await app.waitText(`ticket-account-${LLC}`, LLC);
    await form.begin(LLC);
    await keyboard.withControl('o');
    await app.type('chain-search', 'SPX');
    await app.click(`chain-search-option-${INDEX}`);
    await app.waitText('chain-underlying', 'SPX');
    const days = await until(async () => {
      const all = await app.driver.executeScript(DAYS);
      return all.length >= EXPIRIES && all;
    }, 'ten expiries');
    for (const each of days.slice(0, EXPIRIES)) {
      await clickInView(each);
      await until(async () => (await app.driver.executeScript(COUNT)) > STRIKES, `${STRIKES} strikes of ${each}`, PATIENCE_MS);
      await until(async () => (await rows()).some(({ atMoney }) => atMoney), `the money of ${each}`, PATIENCE_MS);
    }
    day = days[EXPIRIES - 1];
    const all = await rows();
    const money = all.findIndex(({ atMoney }) => atMoney);
    strikes = [-4, -2, 2, 4].map((by) => all[money + by].strike);
    for (const [i, strike] of strikes.entries()) {
      for (const part of ['bid', 'ask', 'delta']) await quoted(`chain-${i < 2 ? 'put' : 'call'}-${part}-${strike}`);
    }
    await noComplaint();
  });

  await world.step('Four clicks make an iron condor', async () => {
    const [low, put, call, high] = strikes;
    await clickInView(`chain-put-ask-${low}`);
    await clickInView(`chain-put-bid-${put}`);
    await clickInView(`chain-call-bid-${call}`);
    await clickInView(`chain-call-ask-${high}`);
    await app.waitText('tray-name', 'SPX Iron condor');
    await app.waitText('tray-natural', 'you receive');
  });

  await world.step('Its payoff is seen', async () => {
    await app.click('tray-payoff');
    await app.waitText('payoff-name', 'Iron condor');
    await app.waitText('payoff-max-loss', /[\d,.]+ USD/);
    await app.waitText('payoff-chance', /%/);
  });

  let first;
  await world.step('It is previewed and confirmed', async () => {
    await app.click('tray-order');
    await app.waitText('combo-name', 'Iron condor');
    await app.click(`ticket-account-${LLC}`);
    await form.quantity('1');
    const natural = await until(() => app.attribute('combo-natural-price', 'data-value'), 'a natural price');
    await app.click('combo-natural');
    await form.limit(below(natural));
    assert.equal(await form.preview(), 'previewed');
    assert.match(await app.text('preview-panel'), /receive/i);
    first = await form.send();
    await orders.show();
    await orders.state(first, 'filled');
  });

  await world.step('It is held as an iron condor', async () => {
    await app.click('nav-portfolio');
    await app.click('positions-strategies');
    const [condor] = await until(async () => {
      const all = (await held()).filter(({ name, delta, pnl }) => name === 'Iron condor' && delta !== null && pnl !== null);
      return all.length === 1 && all;
    }, 'one iron condor with its greeks', PATIENCE_MS);
    assert.ok(condor.key.startsWith(`${LLC}:`), condor.key);
    assert.notEqual(condor.theta, null);
    assert.notEqual(await app.driver.executeScript(VALUE, `greeks-${LLC}:USD`), null);
    await noComplaint();
  });

  await world.step('By the keyboard the same legs are picked', async () => {
    await keyboard.withControl('o');
    await until(async () => (await app.text('chain-grid')) !== null, 'the chain');
    await keyboard.tabTo('tray-clear');
    await app.press(Key.ENTER);
    await until(async () => (await app.text('tray-name')) === null, 'an empty tray');
    await keyboard.pressUntil(Key.TAB, async () => (await keyboard.active())?.startsWith('chain-expiry-2') === true, 'the expiries');
    await keyboard.pressUntil(Key.ARROW_RIGHT, async () => (await keyboard.active()) === day, day);
    const [low, put, call, high] = strikes;
    await keyboard.pressUntil(Key.TAB, async () => (await keyboard.active())?.startsWith('chain-call-') === true, 'the chain');
    await keyboard.pressUntil(Key.ARROW_LEFT, async () => (await keyboard.active())?.startsWith('chain-call-bid-') === true, 'the bids of calls');
    const reach = (key, wanted) => keyboard.pressUntil(key, async () => (await keyboard.active()) === wanted, wanted);
    await keys(...call);
    await until(async () => (await keyboard.active()) === `chain-call-bid-${call}`, 'the strike that was typed');
    await app.press(Key.ENTER);
    await reach(Key.ARROW_DOWN, `chain-call-bid-${high}`);
    await withShift(Key.ENTER);
    await reach(Key.ARROW_RIGHT, `chain-put-bid-${high}`);
    await reach(Key.ARROW_UP, `chain-put-bid-${put}`);
    await app.press(Key.ENTER);
    await reach(Key.ARROW_UP, `chain-put-bid-${low}`);
    await withShift(Key.ENTER);
    await app.waitText('tray-name', 'SPX Iron condor');
  });

  await world.step('By the keyboard its payoff is seen and it goes to the ticket', async () => {
    await keyboard.tabTo('tray-payoff');
    await app.press(Key.ENTER);
    await app.waitText('payoff-name', 'Iron condor');
    await app.waitText('payoff-max-loss', /[\d,.]+ USD/);
    await keyboard.tabTo('tray-order');
    await app.press(Key.ENTER);
    await app.waitText('combo-name', 'Iron condor');
  });

  await world.step('By the keyboard it is previewed and confirmed', async () => {
    await keyboard.pressUntil(Key.TAB, async () => (await keyboard.active())?.startsWith('ticket-account') === true, 'the accounts');
    await keyboard.choose('ticket-account', LLC);
    await keyboard.tabTo('combo-natural');
    await app.press(Key.ENTER);
    await keyboard.tabTo('ticket-quantity');
    await keyboard.withControl('a');
    await keys('1');
    await keyboard.tabTo('ticket-limit');
    const natural = await until(() => app.attribute('combo-natural-price', 'data-value'), 'a natural price');
    await keyboard.withControl('a');
    await keys(...below(natural));
    await keyboard.tabTo('ticket-preview');
    await app.press(Key.ENTER);
    await until(async () => (await form.outcome()) === 'previewed', 'a preview');
    await keyboard.tabTo('preview-confirm');
    await app.press(Key.ENTER);
    await app.byTestId('confirm-dialog');
    await keyboard.tabTo('confirm-send');
    await app.press(Key.ENTER);
    const second = await form.sent();
    assert.notEqual(second, first);
    await keyboard.withControl('2');
    await orders.state(second, 'filled');
    assert.equal(workingIn(world.gatewayState).length, 0);
  });

  await world.step('By the keyboard both are seen as one strategy, held twice', async () => {
    await keyboard.withControl('1');
    await keyboard.pressUntil(Key.TAB, async () => (await keyboard.active())?.startsWith('positions-') === true, 'the choice of positions');
    await keyboard.pressUntil(Key.ARROW_RIGHT, async () => (await keyboard.active()) === 'positions-strategies', 'the strategies');
    await until(async () => (await held()).some(({ name, delta }) => name === '2 × Iron condor' && delta !== null), 'two iron condors', PATIENCE_MS);
    await noComplaint();
  });
});
