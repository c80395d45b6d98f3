// What is done in the blotter's rows: a change typed in place, and a refusal mended by its button.

import assert from 'node:assert/strict';
import { Key } from 'selenium-webdriver';
import { decimal, moved, units } from '../harness/decimals.mjs';
import { justListed } from '../harness/listing.mjs';
import { until } from '../harness/processes.mjs';
import { KO, ROTH } from '../tour/world.mjs';

const CENT = units('0.01');

export async function changedInItsRow({ world, app, form, keys, orders, working, order, price }) {
  const at = (testId) => until(async () => (await keys.active()) === testId, `the focus on ${testId}`);
  let limit;

  await world.step('What is wrong with a change is told in the row', async () => {
    await orders.show();
    await keys.tabTo('orders-list');
    await keys.pressUntil(Key.ARROW_DOWN, async () => (await keys.active()) === `order-row-${order}`, 'the row');
    await app.press('e');
    await at('row-limitPrice');
    limit = moved(price, -1);
    await app.press(`${limit}7`);
    await app.waitText('row-fault-limitPrice', `The next below is ${limit.replace(/\.?0+$/, '')}.`);
    assert.equal(await app.text('row-mend-limitPrice'), `Round to ${limit}`);
  });

  await world.step('A working order is changed in its row by the keyboard alone', async () => {
    const before = working().length;
    await keys.tabTo('row-mend-limitPrice');
    await app.press(Key.ENTER);
    await at('row-limitPrice');
    await app.waitGone('row-fault-limitPrice');
    await app.press(Key.ARROW_UP);
    limit = decimal(units(limit) + CENT);
    assert.equal(units(await app.value('row-limitPrice')), units(limit));
    await app.press(Key.ENTER);
    await at('preview-confirm');
    assert.equal(await app.text('row-editor'), null, 'the row is closed');
    await app.press(Key.ENTER);
    await app.byTestId('confirm-dialog');
    assert.equal(await app.text('confirm-send'), `Change to buy 5 PFE at ${limit} in Company`);
    await keys.tabTo('confirm-send');
    await app.press(Key.ENTER);
    assert.equal(await form.sent(), order, 'the same order');
    await orders.waitFor(order, 'to have its new price', (row) => row.text.includes(limit) && row.state === 'working');
    assert.equal(working().length, before, 'no other order');
  });

  await world.step('Escape leaves an order as it is', async () => {
    await keys.tabTo('orders-list');
    await keys.pressUntil(Key.ARROW_DOWN, async () => (await keys.active()) === `order-row-${order}`, 'the row');
    await app.press('e');
    await at('row-limitPrice');
    await app.press('1', Key.ESCAPE);
    await at(`order-row-${order}`);
    const row = await orders.row(order);
    assert.ok(row.text.includes(limit), row.text);
  });
}

export async function mendedByItsButton({ world, app, form, orders, working, simulator }) {
  let refused;
  let limit;

  await world.step('A sale that the gateway refuses says why and what helps', async () => {
    await form.begin(ROTH);
    await form.choose('KO', KO);
    await form.side('sell');
    await form.quantity('100');
    const ask = await form.quote('ask');
    const [nearer, between] = [moved(ask, 1), moved(ask, 2)];
    limit = moved(ask, 4);
    await form.limit(limit);
    assert.equal(await form.preview(), 'previewed');
    // Somebody sells a part of the 120 in TWS meanwhile, which Gatehouse is not told of yet.
    await justListed(app, simulator, orders);
    await simulator.act({ do: 'place-by-hand', account: ROTH, instrument: 'KO', quantity: -40, limit: nearer });
    refused = await form.send();
    await orders.state(refused, 'rejected');
    await app.waitText('order-trouble', "can't be sold short");
    await simulator.act({ do: 'set-price', instrument: 'KO', bid: nearer, ask: between });
    await app.waitText('order-mend-quantity', 'Sell 80, what is held');
  });

  await world.step('A refused order is mended by its button', async () => {
    const before = working().length;
    await app.click('orders-tab-rejected');
    await orders.click(refused, 'order-mend-quantity');
    await until(async () => (await app.value('ticket-quantity')) === '80', 'the mended quantity');
    assert.equal(await app.attribute('ticket-account', 'data-value'), ROTH);
    assert.equal(units(await app.value('ticket-limit')), units(limit));
    assert.equal(working().length, before, 'nothing is sent by the button');
    assert.equal(await form.preview(), 'previewed');
    const mended = await form.send();
    assert.notEqual(mended, refused, 'a new order');
    await app.click('orders-tab-all');
    await orders.state(mended, 'working');
    assert.equal(working().length, before + 1);
  });
}
