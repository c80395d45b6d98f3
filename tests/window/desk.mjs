// The order desk in the real window: brackets by keyboard alone and by the mouse, a change of a
// working order, the same order in three accounts, and one order however often one insists.

import assert from 'node:assert/strict';
import { Key } from 'selenium-webdriver';
import { run } from './harness.mjs';
import { workingIn } from './harness/book.mjs';
import { moved, units } from './harness/decimals.mjs';
import { Keyboard } from './harness/keyboard.mjs';
import { Orders } from './harness/orders.mjs';
import { until } from './harness/processes.mjs';
import { Ticket } from './harness/ticket.mjs';
import { changedInItsRow, mendedByItsButton } from './desk/blotter.mjs';
import { AAPL, ACCOUNTS, KO, LLC, PFE, ROTH } from './tour/world.mjs';

await run(async (world) => {
  const simulator = await world.simulator({ keep: true });
  const app = await world.app({ gateway: simulator.address });
  const form = new Ticket(app);
  const keys = new Keyboard(app);
  const orders = new Orders(app);
  const working = () => workingIn(world.gatewayState);
  const price = async (testId) => units(await app.attribute(testId, 'data-value'));

  await world.step('A bracket is made with the keyboard alone', async () => {
    await app.waitText(`ticket-account-${LLC}`, LLC);
    await keys.withControl('i');
    await keys.choose('ticket-account', LLC);
    await keys.tabTo('ticket-search');
    await app.press('AAPL');
    await app.byTestId(`ticket-search-option-${AAPL}`);
    await keys.pressUntil(Key.ARROW_DOWN, async () =>
      (await keys.active()) === 'ticket-search' &&
      (await app.attribute(`ticket-search-option-${AAPL}`, 'aria-selected')) === 'true');
    await app.press(Key.ENTER);
    await app.byTestId('ticket-instrument');
    const limit = moved(await form.quote('bid'), -5);
    await keys.tabTo('ticket-quantity');
    await app.press('10');
    await keys.tabTo('ticket-limit');
    await app.press(limit);
    await keys.tabTo('section-bracket');
    await app.press(Key.SPACE);
    await keys.tabTo('ladder-takeProfit');
    await app.press(Key.ARROW_UP);
    await app.press(Key.ARROW_UP);
    await keys.tabTo('ladder-stop');
    await app.press(Key.ARROW_DOWN);
    await app.press(Key.PAGE_DOWN);
    const profit = await price('ladder-takeProfit');
    const stop = await price('ladder-stop');
    assert.ok(profit > units(limit) && stop < units(limit), 'profit above, stop below');
    assert.equal(await price('bracket-risk'), (units(limit) - stop) * 10n);
    assert.equal(await price('bracket-reward'), (profit - units(limit)) * 10n);
    await keys.tabTo('ticket-preview');
    await app.press(Key.ENTER);
    await app.byTestId('preview-panel');
    assert.notEqual(await app.text('preview-details'), null, 'the exits are told');
    await keys.tabTo('preview-confirm');
    await app.press(Key.ENTER);
    await app.byTestId('confirm-dialog');
    await keys.tabTo('confirm-send');
  });

  let entry;
  await world.step('Double Enter on the confirmation gives one bracket', async () => {
    await app.press(Key.ENTER, Key.ENTER);
    entry = await form.sent();
    await until(() => working().length === 3, 'an entry and its two exits at the gateway');
    await orders.show();
    await orders.state(entry, 'working');
  });

  await world.step('A bracket is drawn with the mouse', async () => {
    await form.begin(LLC);
    await form.choose('KO', KO);
    await form.quantity('20');
    const limit = moved(await form.quote('bid'), -4);
    await form.limit(limit);
    await app.click('section-bracket');
    const profit = await form.drag('ladder-takeProfit', -12);
    const stop = await form.drag('ladder-stop', 12);
    assert.ok(units(profit) > units(limit), profit);
    assert.ok(units(stop) < units(limit), stop);
    assert.equal(await app.value('exit-profit'), profit);
    assert.equal(await app.value('exit-stop'), stop);
    assert.equal(await form.preview(), 'previewed');
    const details = await app.text('preview-details');
    assert.ok(details.includes(profit) && details.includes(stop), details);
    await form.send();
    await until(() => working().length === 6, 'another bracket at the gateway');
  });

  let changed;
  await world.step('A working order is changed', async () => {
    await form.begin(LLC);
    await form.choose('PFE', PFE);
    await form.quantity('5');
    await form.limit(moved(await form.quote('bid'), -5));
    assert.equal(await form.preview(), 'previewed');
    const key = await form.send();
    await orders.state(key, 'working');
    const before = working().length;
    await orders.click(key, 'order-change');
    await app.waitText('ticket-changing', 'Buy 5 PFE');
    const limit = moved(await form.quote('bid'), -3);
    await app.type('ticket-limit', limit);
    assert.equal(await app.text('ticket-preview'), 'Preview change');
    assert.equal(await form.preview(), 'previewed');
    await form.askToConfirm();
    assert.equal(await app.text('confirm-send'), `Change to buy 5 PFE at ${limit} in Company`);
    await app.click('confirm-send');
    assert.equal(await form.sent(), key, 'the same order');
    await orders.waitFor(key, 'to have its new price', (row) => row.text.includes(limit) && row.state === 'working');
    assert.equal(working().length, before, 'no other order');
    changed = { key, limit };
  });

  await changedInItsRow({ world, app, form, keys, orders, working, order: changed.key, price: changed.limit });
  await mendedByItsButton({ world, app, form, orders, working, simulator });

  await world.step('The same order is previewed in three accounts', async () => {
    await form.begin(LLC);
    await form.choose('KO', KO);
    await form.side('sell');
    await form.quantity('200');
    await form.limit(moved(await form.quote('ask'), 5));
    const before = working().length;
    await app.click('ticket-compare');
    for (const { id } of ACCOUNTS) {
      await until(async () => (await app.attribute(`compare-${id}`, 'data-verdict')) !== 'asking', `an answer for ${id}`);
    }
    assert.equal(await app.attribute(`compare-${ROTH}`, 'data-verdict'), 'blocked');
    assert.match(await app.text(`compare-${ROTH}`), /hold/i);
    const free = ACCOUNTS.filter(({ id }) => id !== ROTH);
    for (const { id } of free) {
      assert.equal(await app.attribute(`compare-${id}`, 'data-verdict'), 'ready');
      units((await app.text(`compare-${id}-commission`)).replace(' USD', ''));
    }
    await app.click(`compare-${free[0].id}-choose`);
    await until(async () => (await app.attribute('ticket-account', 'data-value')) === free[0].id, 'the account on the ticket');
    assert.equal(working().length, before, 'nothing was sent');
  });

  await world.step('Every order type that the instrument takes has its fields', async () => {
    for (const [type, fields] of [
      ['stop', ['stop']],
      ['stopLimit', ['stop', 'limit']],
      ['trail', ['trail', 'stop']],
      ['trailLimit', ['trail', 'stop', 'offset']],
      ['marketOnClose', []],
      ['midprice', ['cap']],
    ]) {
      await form.type(type);
      for (const name of ['limit', 'stop', 'trail', 'offset', 'cap']) {
        assert.equal((await app.text(`ticket-${name}`)) !== null, fields.includes(name), `${type} ${name}`);
      }
    }
  });
});
