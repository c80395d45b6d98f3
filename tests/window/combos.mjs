// Combinations in the real window: a vertical by its name, priced with a click, changed while it
// works and filled as what it is; shares with a call on them at one price by the share.

import assert from 'node:assert/strict';
import { run } from './harness.mjs';
import { ordersIn, workingIn } from './harness/book.mjs';
import { decimal, moved, units } from './harness/decimals.mjs';
import { monthly } from './harness/expiries.mjs';
import { Orders } from './harness/orders.mjs';
import { until } from './harness/processes.mjs';
import { Ticket } from './harness/ticket.mjs';
import { AAPL, KO, LLC, ROTH } from './tour/world.mjs';

const EXPIRY = monthly();

await run(async (world) => {
  const simulator = await world.simulator({ keep: true });
  const app = await world.app({ gateway: simulator.address });
  const form = new Ticket(app);
  const orders = new Orders(app);
  const working = () => workingIn(world.gatewayState);
  const net = (testId) => until(() => app.attribute(`${testId}-price`, 'data-value'), `${testId} to be known`);
  const strikeAbove = (price, step, more) => {
    const width = units(step);
    return decimal((units(price) / width + 1n + BigInt(more)) * width, 0);
  };
  /** Opens the strategies by name for a combination and fills one in. */
  const named = async (id, symbol, fields) => {
    await app.click('ticket-combo');
    await app.click('combo-by-name');
    await app.click('named-strategy');
    await app.click(`named-strategy-${id}`);
    await app.type('named-symbol', symbol);
    for (const [name, text] of Object.entries(fields)) await app.type(`named-${name}`, text);
    await app.click('named-fill');
  };
  let spot;
  let vertical;

  await world.step('A vertical is built by its name', async () => {
    await app.waitText(`ticket-account-${LLC}`, LLC);
    await form.begin(LLC);
    await form.choose('AAPL', AAPL);
    spot = await form.quote('ask');
    await form.begin(LLC);
    await named('vertical', 'AAPL', { 'expiry-0': EXPIRY.iso, 'strike-0': strikeAbove(spot, '10', 0), 'strike-1': strikeAbove(spot, '10', 1) });
    await app.waitText('combo-name', 'Bull call spread');
    const [natural, mid] = [await net('combo-natural'), await net('combo-mid')];
    assert.ok(units(natural) >= units(mid) && units(mid) > 0n, `${natural} ${mid}`);
    assert.match(await app.text('combo-natural'), /you pay/);
    await form.quantity('2');
    await app.click('combo-mid');
  });

  await world.step('It works in the blotter as what it is', async () => {
    const limit = moved(await net('combo-natural'), -40);
    await form.limit(limit);
    assert.equal(await form.preview(), 'previewed');
    const all = decimal(units(limit) * 200n);
    assert.ok((await app.text('preview-details')).includes(`You pay at most ${limit} a share, ${all} USD in all.`), await app.text('preview-details'));
    vertical = await form.send();
    await orders.show();
    const row = await orders.waitFor(vertical, 'to work', ({ state }) => state === 'working');
    assert.match(row.text, new RegExp(`AAPL \\(buy ${EXPIRY.label} \\d+ C, sell ${EXPIRY.label} \\d+ C\\)`));
    assert.equal(working().length, 1);
  });

  let changed;
  await world.step('A change keeps its legs', async () => {
    await orders.click(vertical, 'order-change');
    await app.waitText('ticket-changing', 'Pay for 2 AAPL combinations');
    await app.waitText('combo-fixed', 'A change keeps the legs as they are');
    assert.equal(await app.text('combo-search'), null);
    changed = moved(await net('combo-natural'), -30);
    await app.type('ticket-limit', changed);
  });

  await world.step('Its price is changed', async () => {
    const limit = changed;
    assert.equal(await form.preview(), 'previewed');
    await form.askToConfirm();
    assert.equal(await app.text('confirm-send'), `Change to pay for 2 AAPL combinations at ${limit} in Company`);
    await app.click('confirm-send');
    assert.equal(await form.sent(), vertical, 'the same order');
    await orders.waitFor(vertical, 'to have its new price', (row) => row.text.includes(limit) && row.state === 'working');
    assert.equal(ordersIn(world.gatewayState).length, 1, 'no other order');
  });

  await world.step('At the natural price it fills', async () => {
    await orders.click(vertical, 'order-change');
    await app.waitText('ticket-changing', 'Pay for 2 AAPL combinations');
    const natural = await net('combo-natural');
    await app.type('ticket-limit', moved(natural, 6));
    assert.equal(await form.preview(), 'previewed');
    await form.send();
    await orders.state(vertical, 'filled');
    const row = await orders.row(vertical);
    assert.ok(units(row.average) <= units(moved(natural, 6)), row.average);
    assert.equal(working().length, 0);
  });

  let limit;
  await world.step('Shares and a call on them are built by their name', async () => {
    await form.begin(ROTH);
    await form.choose('KO', KO);
    const share = await form.quote('ask');
    await form.begin(ROTH);
    await named('coveredCall', 'KO', { 'expiry-0': EXPIRY.iso, 'strike-0': strikeAbove(share, '5', 0) });
    await app.waitText('combo-name', 'Covered call');
    const natural = await net('combo-natural');
    assert.ok(units(natural) < units(share) * 102n / 100n && units(natural) > units(share) / 2n, `${natural} for a share at ${share}`);
    await app.click('combo-natural');
    await form.quantity('1');
    limit = moved(natural, 1);
    await form.limit(limit);
  });

  await world.step('They are paid for at one price by the share', async () => {
    assert.equal(await form.preview(), 'previewed');
    const all = decimal(units(limit) * 100n);
    const told = (await app.text('preview-details')).replaceAll(',', '');
    assert.ok(told.includes(`You pay at most ${limit} a share ${all} USD in all.`), told);
    await form.askToConfirm();
  });

  await world.step('They fill as what they are', async () => {
    await app.click('confirm-send');
    const key = await form.sent();
    await orders.state(key, 'filled');
    const row = await orders.row(key);
    assert.match(row.text, new RegExp(`KO \\(buy 100 shares, sell ${EXPIRY.label} \\d+(\\.\\d)? C\\)`));
    assert.ok(units(row.average) <= units(limit), row.average);
  });
});
