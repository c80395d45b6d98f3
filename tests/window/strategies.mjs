// Strategies of options in the real window: by name about the money, moved along the picture with
// the mouse and by keys, on several dates and with a volatility of the person's own, their margin by
// the gateway's what-if, one leg after the other to the ticket, and a held option rolled to a later
// day.

import assert from 'node:assert/strict';
import { Key } from 'selenium-webdriver';
import { run } from './harness.mjs';
import { workingIn } from './harness/book.mjs';
import { Keyboard } from './harness/keyboard.mjs';
import { decimal, units } from './harness/decimals.mjs';
import { monthly } from './harness/expiries.mjs';
import { until } from './harness/processes.mjs';
import { Ticket } from './harness/ticket.mjs';
import { AAPL, LLC } from './tour/world.mjs';

const EXPIRY = monthly();

const LEGS = `
  return [...document.querySelectorAll('[data-testid^="tray-leg-"]')].map((line) => ({
    conId: line.dataset.testid.slice('tray-leg-'.length),
    side: line.dataset.side,
    ratio: line.dataset.ratio,
    label: line.querySelector('.leg-label').textContent,
  }));`;
const HANDLES = `
  return [...document.querySelectorAll('[data-testid^="payoff-leg-"]')].map((handle) => ({
    testId: handle.dataset.testid,
    strike: Number(handle.dataset.strike),
  }));`;
const LINES = `return [...document.querySelectorAll('[data-testid="payoff-picture"] polyline')].map((line) => getComputedStyle(line).strokeDasharray + line.getAttribute('class'));`;
const ROWS_SEEN = `
  const grid = document.querySelector('[data-testid="chain-grid"]').getBoundingClientRect();
  const head = document.querySelector('.grid-head')?.getBoundingClientRect().bottom ?? grid.top;
  return [...document.querySelectorAll('[data-testid^="chain-row-"]')].filter((row) => {
    const box = row.getBoundingClientRect();
    return box.top >= head - 1 && box.bottom <= grid.bottom + 1;
  }).length;`;

await run(async (world) => {
  const simulator = await world.simulator({ keep: true });
  const app = await world.app({ gateway: simulator.address });
  const form = new Ticket(app);
  const keyboard = new Keyboard(app);
  const legs = () => app.driver.executeScript(LEGS);
  const handles = () => app.driver.executeScript(HANDLES);
  const plain = async () => (await legs()).map(({ side, ratio, label }) => `${side} ${ratio} ${label}`);
  const named = async (plan, name) => {
    await app.click('strategy');
    await app.click(`strategy-${plan}`);
    await app.waitText('tray-name', name);
  };
  const dragTo = async (handle, share) => {
    const box = await (await app.byTestId('payoff-picture')).getRect();
    const from = await (await app.byTestId(handle)).getRect();
    const middle = { x: Math.round(from.x + from.width / 2), y: Math.round(from.y + from.height / 2) };
    const pointer = app.driver.actions({ async: true });
    await pointer.move(middle).press().perform();
    const there = Math.round(box.x + box.width * share);
    // The other strikes are asked for when the drag begins.
    await until(async () => {
      await app.driver.actions({ async: true }).move({ x: there, y: middle.y }).move({ x: there + 1, y: middle.y }).perform();
      return (await app.driver.executeScript('return document.querySelector(".strike-aim")?.textContent ?? null')) !== null;
    }, 'the strike that is aimed at');
    await app.driver.actions({ async: true }).release().perform();
  };

  await world.step('A strategy by name fills the tray about the money', async () => {
    await app.waitText(`ticket-account-${LLC}`, LLC);
    await form.begin(LLC);
    await app.click('account-switcher');
    await app.click(`account-switcher-${LLC}`);
    await keyboard.withControl('o');
    await app.type('chain-search', 'AAPL');
    await app.click(`chain-search-option-${AAPL}`);
    await app.waitText('chain-underlying', 'AAPL');
    await app.byTestId(`chain-expiry-${EXPIRY.compact}`);
    await app.click(`chain-expiry-${EXPIRY.compact}`);
    await app.byTestId('chain-grid');
    await named('ironCondor', 'AAPL Iron condor');
    assert.deepEqual((await legs()).map(({ side }) => side), ['buy', 'sell', 'sell', 'buy']);
    await app.waitText('tray-mid', 'you receive');
    await app.click('tray-turn');
    await app.waitText('tray-name', 'AAPL Reverse iron condor');
    await app.click('tray-turn');
  });

  await world.step('Its payoff leaves the chain in sight', async () => {
    await app.click('tray-payoff');
    await app.waitText('payoff-name', 'Iron condor');
    await app.waitText('payoff-return-risk', /%/);
    const before = await app.driver.executeScript(ROWS_SEEN);
    assert.ok(before >= 5, `${before} strikes are in sight`);
    await (await app.byTestId('tray-edge')).sendKeys(Key.ARROW_DOWN, Key.ARROW_DOWN);
    await until(async () => (await app.driver.executeScript(ROWS_SEEN)) > before, 'more strikes in sight');
    await (await app.byTestId('tray-edge')).sendKeys(Key.ARROW_UP, Key.ARROW_UP);
    await app.screenshot('strategy-condor');
  });

  await world.step('A leg is dragged to another strike and moved by keys', async () => {
    const [first] = await handles();
    await dragTo(first.testId, 0.05);
    await until(async () => (await handles())[0].strike < first.strike, 'a lower strike');
    const dragged = (await handles())[0];
    await (await app.byTestId(dragged.testId)).sendKeys(Key.ARROW_RIGHT);
    await until(async () => (await handles())[0].strike > dragged.strike, 'the next strike by an arrow');
    const one = (await legs())[0];
    await (await app.byTestId(`tray-side-${one.conId}`)).sendKeys(Key.chord(Key.ALT, Key.ARROW_DOWN));
    await until(async () => (await handles())[0].strike === dragged.strike, 'the strike before by Alt and an arrow');
    const [, second] = await legs();
    await (await app.byTestId(`tray-lower-${second.conId}`)).sendKeys(Key.ENTER);
    await until(async () => (await legs())[1].conId !== second.conId, 'the next lower strike by its button');
    await app.waitText('payoff-name', /Iron condor/);
  });

  await world.step('Date, volatility and rate are supposed', async () => {
    const theta = await app.text('payoff-theta');
    await (await app.byTestId('payoff-days')).sendKeys(Key.ARROW_RIGHT, Key.ARROW_RIGHT, Key.ARROW_RIGHT);
    await app.waitText('payoff-days-says', 'in 3 days');
    await (await app.byTestId('payoff-volatility')).sendKeys(Key.ARROW_RIGHT, Key.ARROW_RIGHT);
    await (await app.byTestId('payoff-rate')).sendKeys(Key.ARROW_RIGHT, Key.ARROW_RIGHT);
    await app.waitText('payoff', '4.5 % a year');
    await until(async () => (await app.text('payoff-theta')) !== theta, 'another theta');
  });

  await world.step('Dates are kept beside it, each a line of its own', async () => {
    for (const quick of ['now', 'half', 'week']) {
      await app.click(`payoff-quick-${quick}`);
      await until(async () => !(await (await app.byTestId('payoff-keep')).getAttribute('disabled')), 'a date that can be kept');
      await app.click('payoff-keep');
    }
    await until(async () => (await app.driver.executeScript(LINES)).length === 5, 'five lines');
    await (await app.byTestId('payoff-days')).sendKeys(Key.ARROW_LEFT, Key.ARROW_LEFT);
    const lines = await app.driver.executeScript(LINES);
    assert.equal(new Set(lines).size, 5, `each with a pattern of its own: ${lines}`);
    await app.screenshot('strategy-dates');
  });

  await world.step('A leg has the implied volatility that the person types, and then its own again', async () => {
    const [first] = await legs();
    const vega = await app.text('payoff-vega');
    await app.click(`tray-iv-set-${first.conId}`);
    await (await app.byTestId(`tray-iv-type-${first.conId}`)).sendKeys('900', Key.ENTER);
    await app.waitText(`tray-iv-fault-${first.conId}`, 'from 0.1 to 500');
    await (await app.byTestId(`tray-iv-type-${first.conId}`)).sendKeys(Key.BACK_SPACE, Key.BACK_SPACE, Key.BACK_SPACE, '45', Key.ENTER);
    await app.waitText('payoff-yours', /AAPL .* 45 % \(its market's is [\d.]+ %\)/);
    await until(async () => (await app.text('payoff-vega')) !== vega, 'another vega');
    await app.waitText('payoff-vega', /\*$/);
    await app.screenshot('strategy-own-volatility');
    await app.click(`tray-iv-reset-${first.conId}`);
    await until(async () => !(await app.driver.executeScript('return document.querySelector(\'[data-testid="payoff-yours"]\') !== null')), 'the market again');
    await (await app.byTestId('payoff-drop-kept-now')).click();
    await until(async () => (await app.driver.executeScript(LINES)).length === 4, 'a line less');
  });

  await world.step('The gateway tells its margin and nothing is sent', async () => {
    await until(async () => !(await (await app.byTestId('payoff-margin-ask')).getAttribute('disabled')), 'the margin to be askable');
    await app.click('payoff-margin-ask');
    await app.waitText('payoff-initial', /[+−][\d,.]+ USD/);
    await app.waitText('payoff-return-margin', /%/);
    await app.waitText('payoff-margin-source', LLC);
    assert.equal(workingIn(world.gatewayState).length, 0, 'nothing was sent');
    await app.screenshot('strategy-margin');
  });

  await world.step('Shares stand beside a call, and each leg can go alone', async () => {
    await named('coveredCall', 'AAPL Covered call');
    assert.deepEqual((await plain())[0], 'buy 100 AAPL');
    await app.waitText('tray-mid', /you pay [\s\S]*a share, [\d,.]+ USD for one/);
    await app.click('tray-apart');
    await app.waitText('tray-apart-says', 'may fill apart');
    const [shares] = await legs();
    await app.click(`tray-alone-${shares.conId}`);
    await until(async () => (await app.value('ticket-quantity')) === '100', 'the shares on the ticket');
    await app.click('tray-apart');
    await app.click('tray-order');
    await app.waitText('combo-name', 'Covered call');
  });

  await world.step('A held call is rolled to a later day', async () => {
    await named('single', /Buy AAPL/);
    const [bought] = await legs();
    await app.click('tray-order-mid');
    await form.quantity('2');
    const natural = (await app.text('tray-natural')).match(/[\d,.]+/)[0];
    // Above it, as the market may rise before the order is there, and on a step of such options.
    await form.limit(decimal((units(natural) * 106n) / 100n, 1));
    assert.equal(await form.preview(), 'previewed');
    await form.send();
    await app.byTestId('strategy-roll');
    await app.click('strategy-roll');
    await app.click(`strategy-roll-${LLC}:${bought.conId}`);
    await app.waitText('tray-name', /AAPL Long call calendar|AAPL Short call calendar/);
    await app.waitText('tray-aim', `2 of it in ${LLC}`);
    await app.click('tray-order');
    await until(async () => (await app.value('ticket-quantity')) === '2', 'as many as are held');
    await app.screenshot('strategy-roll');
  });
});
