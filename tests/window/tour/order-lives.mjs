// Step 3: an order works and is cancelled, another fills at once, a large one in parts.

import assert from 'node:assert/strict';
import { decimal, moved, units } from '../harness/decimals.mjs';
import { figures, position } from '../harness/figures.mjs';
import { until } from '../harness/processes.mjs';
import { IBM, KO, LLC, ROTH } from './world.mjs';

export async function orderLives(tour) {
  const { world, app, ticket: form, orders, written, book } = tour;

  await world.step('A working order is cancelled by the person', async () => {
    await orders.click(tour.resting, 'order-cancel');
    const row = await orders.state(tour.resting, 'cancelled');
    assert.equal(row.filled, '0 of 10');
    await onDisk(written, row.intent, ['approved', 'cancelAsked', 'status']);
    assert.deepEqual(book().map(({ state }) => state), ['Cancelled']);
  });

  let market;
  let commission;
  await world.step('A market order is previewed in the Roth IRA', async () => {
    await form.begin(ROTH);
    await form.choose('KO', KO);
    await form.side('sell');
    await form.quantity('20');
    await form.market();
    assert.equal(await form.preview(), 'previewed');
    commission = units((await app.text('preview-commission')).replace(' USD', ''));
  });

  await world.step('And fills, with execution and commission', async () => {
    market = await form.send();
    const row = await orders.waitFor(
      market,
      'to be filled and paid for',
      (seen) => seen.state === 'filled' && seen.commission !== null && !seen.pending,
    );
    assert.equal(row.filled, '20 of 20');
    assert.equal(units(row.commission), commission, 'the preview told the commission');
    await orders.click(market, 'order-toggle');
    const open = await orders.waitFor(market, 'to list executions', (seen) => seen.executions.length > 0);
    const parts = open.executions.map(([, quantity, price]) => [units(quantity), units(price)]);
    const quantity = parts.reduce((sum, [part]) => sum + part, 0n);
    const value = parts.reduce((sum, [part, price]) => sum + part * price, 0n);
    assert.equal(quantity, units('20'));
    assert.equal(decimal(value / quantity, 4), decimal(units(row.average), 4));
    await onDisk(written, row.intent, ['approved', 'execution', 'commission']);
  });

  await world.step('Position and cash follow', async () => {
    await app.click('nav-portfolio');
    await app.click('positions-each');
    await until(
      async () => (await position(app, `${ROTH}:${KO}`))?.quantity.value === '100',
      'the position to be 120 less 20',
    );
    const before = units('18432.66');
    await until(
      async () => units((await figures(app))[`figure-${ROTH}-totalCash`].value) > before,
      'the cash to have grown',
    );
    await app.click('positions-merged');
  });

  await world.step('A partial fill is seen as one', async () => {
    await form.begin(LLC);
    await form.choose('IBM', IBM);
    // Several times what is on offer at once.
    await form.quantity('800');
    await form.limit(moved(await form.quote('ask'), 1));
    assert.equal(await form.preview(), 'previewed');
    await orders.show();
    tour.large = await form.send();
    await orders.waitFor(
      tour.large,
      'to be partly filled',
      ({ state, filled }) => state === 'partlyFilled' && /^[1-9]\d* of 800$/.test(filled),
    );
  });

  await world.step('And goes on until it is filled', async () => {
    await orders.waitFor(
      tour.large,
      'to be filled',
      ({ state, commission: paid, pending }) => state === 'filled' && paid !== null && !pending,
      30_000,
    );
    await orders.click(tour.large, 'order-toggle');
    const row = await orders.waitFor(tour.large, 'to list its parts', (seen) => seen.executions.length > 1);
    const quantity = row.executions.reduce((sum, [, part]) => sum + units(part), 0n);
    assert.equal(quantity, units('800'), 'the parts are the whole');
    const paid = row.executions.reduce((sum, [, , , part]) => sum + units(part), 0n);
    assert.equal(paid, units(row.commission), 'so are their commissions');
    const records = await onDisk(written, row.intent, ['execution']);
    if (records) {
      assert.equal(records.filter(({ kind }) => kind === 'execution').length, row.executions.length);
    }
  });
}

/** The records of one intent, once every wanted kind is among them; null in the demo. */
async function onDisk(written, intent, kinds) {
  let mine = null;
  await until(async () => {
    const all = await written();
    if (all === null) return true;
    mine = all.filter((record) => record.intent === intent);
    return kinds.every((wanted) => mine.some(({ kind }) => kind === wanted));
  }, `${kinds.join(', ')} of ${intent} in the journal's file`);
  return mine;
}
