// Step 6: the gateway dies while an order works, and comes back.

import assert from 'node:assert/strict';
import { moved, units } from '../harness/decimals.mjs';
import { figures, position } from '../harness/figures.mjs';
import { until } from '../harness/processes.mjs';
import { AAPL, ACCOUNTS, LLC } from './world.mjs';

export async function lostLink(tour) {
  const { world, app, simulator, ticket: form, orders, book, written } = tour;
  let key;
  let intent;

  await world.step('An order works', async () => {
    await form.begin(LLC);
    await form.choose('AAPL', AAPL);
    await form.quantity('15');
    await form.limit(moved(await form.quote('bid'), -6));
    assert.equal(await form.preview(), 'previewed');
    await orders.show();
    key = await form.send();
    ({ intent } = await orders.state(key, 'working'));
    // The next order is filled in already when the link goes.
    await form.begin(LLC);
    await form.choose('AAPL', AAPL);
    await form.quantity('5');
    await form.market();
    await app.waitText('findings-passed', 'rules passed');
    await app.click('nav-portfolio');
    await app.byTestId(`position-row-${AAPL}`);
  });

  let last;
  await world.step('The gateway is killed and the window says so', async () => {
    last = await figures(app);
    await simulator.kill();
    await until(async () => (await app.attribute('link-state', 'data-state')) === 'down', 'the loss');
    await app.waitText('connection-banner', 'The link to the gateway is lost.');
    await app.waitText('connection-stale', /Everything shown is stale: last heard \d+ s(econds?)? ago/);
    await app.waitText('connection-stale', 'No order can be previewed or sent until it is back');
  });

  await world.step('The last figures are shown as stale', async () => {
    const seen = await until(async () => {
      const now = await figures(app);
      return Object.values(now).every(({ stale }) => stale) && now;
    }, 'every figure to be stale');
    for (const owner of [...ACCOUNTS.map(({ id }) => id), 'household']) {
      const name = `figure-${owner}-netLiquidation`;
      const [then, now] = [units(last[name].value), units(seen[name].value)];
      const far = then > now ? then - now : now - then;
      assert.ok(far < now / 100n, `${name} is the last one heard`);
    }
    const row = await position(app, AAPL);
    assert.equal(row.quantity.value, '250');
    assert.ok(row.price.stale && row.value.stale);
  });

  await world.step('No preview without a link', async () => {
    await app.waitText('ticket-refusal', 'No preview while the link is not up');
    const preview = await app.byTestId('ticket-preview');
    assert.equal(await preview.isEnabled(), false);
    await orders.show();
    const row = await orders.waitFor(key, 'to be on the screen', () => true);
    assert.ok(!['filled', 'cancelled', 'rejected'].includes(row.state), `it is ${row.state}`);
  });

  await world.step('The gateway is back and so is the link', async () => {
    await simulator.restart();
    await until(
      async () => (await app.attribute('link-state', 'data-state')) === 'up',
      'the link to come back by itself',
      20_000,
    );
    await app.waitGone('connection-banner');
    await orders.state(key, 'working');
    const mine = (await orders.all()).filter((row) => row.intent === intent);
    assert.deepEqual(mine, [{ key, intent, state: 'working' }], 'it is there once');
    assert.equal(book().filter(({ request }) => request.order_ref === intent).length, 1);
    const records = await written();
    if (records) {
      const sent = records.filter((record) => record.kind === 'approved' && record.intent === intent);
      assert.equal(sent.length, 1);
      assert.ok(records.some(({ kind }) => kind === 'linkDown'));
      assert.equal(records.filter(({ kind }) => kind === 'linkUp').length, 2);
    }
  });

  await world.step('Figures are fresh and previews work again', async () => {
    await app.click('nav-portfolio');
    await until(
      async () => Object.values(await figures(app)).every(({ stale, value }) => value !== null && !stale),
      'every figure to be fresh',
    );
    assert.equal(await app.value('ticket-quantity'), '5', 'the draft was kept');
    await app.waitText('findings-passed', 'rules passed', 20_000);
    assert.equal(await form.preview(), 'previewed');
  });
}
