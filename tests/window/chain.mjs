// The chain of options in the real window: found by its underlying, quoted about the money, two
// legs picked with the mouse and two by the keyboard, then on the ticket and previewed.

import assert from 'node:assert/strict';
import { Key } from 'selenium-webdriver';
import { run } from './harness.mjs';
import { workingIn } from './harness/book.mjs';
import { units } from './harness/decimals.mjs';
import { monthly } from './harness/expiries.mjs';
import { Keyboard } from './harness/keyboard.mjs';
import { until } from './harness/processes.mjs';
import { Ticket } from './harness/ticket.mjs';
import { AAPL, LLC } from './tour/world.mjs';

const EXPIRY = monthly();

const STRIKES = `
  return [...document.querySelectorAll('[data-testid^="chain-row-"]')].map((row) => ({
    strike: row.dataset.testid.slice('chain-row-'.length),
    atMoney: row.classList.contains('at-money'),
    seen: row.getBoundingClientRect().top < row.closest('[role=grid]').getBoundingClientRect().bottom,
  }));`;
const VALUE = `
  return document.querySelector('[data-testid="' + arguments[0] + '"] [data-value]')?.dataset.value ?? null;`;

/** Shows every column; returns which were hidden before. */
const TURN_ON = `
  const hidden = [...document.querySelectorAll('[data-testid^="chain-column-"] input')].filter((box) => !box.checked);
  for (const box of hidden) box.click();
  return hidden.map((box) => box.closest('[data-testid]').dataset.testid);`;
const TURN_OFF = `
  for (const name of arguments[0]) document.querySelector('[data-testid="' + name + '"] input').click();`;
/** Scrolls to an end of the table: whether a strike is wholly in sight there, and which side's name is. Null until it is scrolled. */
const SIDEWAYS = `
  const grid = document.querySelector('[data-testid="chain-grid"]');
  if (grid.scrollWidth <= grid.clientWidth + 200) return null;
  grid.scrollLeft = arguments[0] ? 0 : grid.scrollWidth;
  const place = grid.getBoundingClientRect();
  const inside = (box) => box.left >= place.left - 1 && box.right <= place.right + 1;
  const sides = [...grid.querySelectorAll('.chain-side')].filter((name) => inside(name.getBoundingClientRect()));
  return {
    strike: inside(grid.querySelector('.at-money .chain-strike').getBoundingClientRect()),
    side: sides.map((name) => name.textContent).join(' '),
  };`;
/** Figures that stick out of the ticket. */
const STICKING_OUT = `
  const dock = document.querySelector('#ticket-dock').getBoundingClientRect();
  return [...document.querySelectorAll('.before-after td')].filter((cell) => cell.getBoundingClientRect().right > dock.right).map((cell) => cell.textContent);`;

await run(async (world) => {
  const simulator = await world.simulator({ keep: true });
  const app = await world.app({ gateway: simulator.address });
  const form = new Ticket(app);
  const keyboard = new Keyboard(app);
  const rows = () => app.driver.executeScript(STRIKES);
  const quoted = (testId) => until(() => app.driver.executeScript(VALUE, testId), `${testId} to be quoted`);
  const legs = () => app.attribute('tray', 'data-count');
  let money;
  let strikes;

  await world.step('The chain opens at the money', async () => {
    await app.waitText(`ticket-account-${LLC}`, LLC);
    await form.begin(LLC);
    await keyboard.withControl('o');
    await app.type('chain-search', 'AAPL');
    await app.click(`chain-search-option-${AAPL}`);
    await app.waitText('chain-underlying', 'AAPL');
    await app.byTestId(`chain-expiry-${EXPIRY.compact}`);
    await app.click(`chain-expiry-${EXPIRY.compact}`);
    await until(async () => (await rows()).some(({ atMoney, seen }) => atMoney && seen), 'the row at the money to be in sight');
    strikes = (await rows()).map(({ strike }) => strike);
    money = strikes.indexOf((await rows()).find(({ atMoney }) => atMoney).strike);
    for (const side of ['call', 'put']) {
      for (const column of ['bid', 'ask', 'iv', 'delta']) await quoted(`chain-${side}-${column}-${strikes[money]}`);
    }
    assert.match(await app.text('chain-lines'), /\d+ options on lines/);
  });

  await world.step('Scrolled sideways, every figure keeps its strike and its side', async () => {
    await app.click('chain-columns');
    const turned = await app.driver.executeScript(TURN_ON);
    for (const side of ['Calls', 'Puts']) {
      const seen = await until(() => app.driver.executeScript(SIDEWAYS, side === 'Calls'), `the ${side} far from the strikes`);
      assert.deepEqual(seen, { strike: true, side });
      await app.screenshot(`chain-wide-${side}`);
    }
    await app.driver.executeScript(TURN_OFF, turned);
    await app.click('chain-columns');
  });

  await world.step('Two clicks make a spread', async () => {
    const [near, far] = [strikes[money], strikes[money + 2]];
    await quoted(`chain-call-bid-${far}`);
    await app.click(`chain-call-ask-${near}`);
    await app.click(`chain-call-bid-${far}`);
    await app.waitText('tray-name', 'AAPL Bull call spread');
    await app.waitText('tray-natural', /you pay [\s\S]*a share, [\d,.]+ USD for one/);
    assert.equal(await legs(), '2');
  });

  await world.step('By the keyboard it becomes an iron condor', async () => {
    const strike = strikes[money - 2];
    await app.click('tray-clear');
    await app.click(`chain-call-bid-${strikes[money + 1]}`);
    await app.driver.actions().sendKeys(Key.ARROW_DOWN, Key.ENTER).perform();
    await app.driver.actions().keyDown(Key.SHIFT).sendKeys(Key.ENTER).keyUp(Key.SHIFT).perform();
    await app.driver.actions().sendKeys(...strike).perform();
    await until(async () => (await keyboard.active()) === `chain-call-bid-${strike}`, 'the strike that was typed');
    await app.driver.actions().sendKeys(Key.ARROW_RIGHT, Key.ARROW_RIGHT, Key.ARROW_RIGHT, Key.ARROW_RIGHT, Key.ENTER).perform();
    await app.driver.actions().sendKeys(Key.ARROW_DOWN, Key.ARROW_LEFT, Key.ENTER).perform();
    await until(async () => (await legs()) === '4', 'four legs in the tray');
    await app.waitText('tray-name', 'AAPL Iron condor');
    await app.waitText('tray-mid', 'you receive');
  });

  await world.step('Its payoff is pictured', async () => {
    await app.click('tray-payoff');
    await app.waitText('payoff-name', 'Iron condor');
    await app.waitText('payoff-max-loss', /[\d,.]+ USD/);
    await app.waitText('payoff-chance', /%/);
    await until(async () => (await rows()).some(({ atMoney, seen }) => atMoney && seen), 'the money to stay in sight');
    assert.equal((await app.text('payoff-breakevens')).split(', ').length, 2);
  });

  await world.step('It goes to the ticket at the middle', async () => {
    await until(async () => !(await (await app.byTestId('tray-order-mid')).getAttribute('disabled')), 'a mid price');
    await app.click('tray-order-mid');
    await app.waitText('combo-name', 'Iron condor');
    assert.ok(units(await app.value('ticket-limit')) > 0n);
  });

  await world.step('It is previewed as what it is', async () => {
    await app.click(`ticket-account-${LLC}`);
    await form.quantity('1');
    assert.equal(await form.preview(), 'previewed');
    assert.match(await app.text('preview-panel'), /receive/i);
    await app.large(true);
    assert.deepEqual(await app.driver.executeScript(STICKING_OUT), []);
    await app.screenshot('preview-large');
    await app.large(false);
    assert.equal(workingIn(world.gatewayState).length, 0, 'nothing was sent');
  });
});
