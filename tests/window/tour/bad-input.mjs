// Whatever is typed into the ticket is answered by a sentence; nothing of it reaches the gateway.

import assert from 'node:assert/strict';
import { moved, units } from '../harness/decimals.mjs';
import { until } from '../harness/processes.mjs';
import { AAPL, LLC } from './world.mjs';

const QUANTITIES = [
  ['0', /more than zero/],
  ['-5', /more than zero\. To sell, choose Sell/],
  ['1e30', /not a plain number/],
  ['1,5', /1\.5, not 1,5/],
  ['1.5', /steps of 1/],
  ['ten', /not a plain number/],
];

export async function badInput(tour) {
  const { world, app, ticket: form, written, book } = tour;
  let before;

  await world.step('An unknown symbol is answered', async () => {
    before = { book: book().length, judged: await judged(written) };
    await form.begin(LLC);
    await app.type('ticket-search', 'XQZW');
    await app.waitText('ticket-search-state', 'No instrument matches “XQZW”');
  });

  await world.step('Every bad quantity has its sentence', async () => {
    await form.choose('AAPL', AAPL);
    await form.limit(moved(await form.quote('bid'), -2));
    for (const [typed, says] of QUANTITIES) {
      await form.quantity(typed);
      await app.waitText('ticket-fault-quantity', says);
      await refused(tour);
    }
  });

  await world.step('Nothing typed is asked for', async () => {
    await form.quantity('');
    await form.limit('');
    await app.click('ticket-preview');
    await app.waitText('ticket-fault-quantity', 'Type how many');
    await app.waitText('ticket-fault-limitPrice', 'Type the limit price');
  });

  await world.step('A limit between two ticks is mended', async () => {
    await form.quantity('10');
    const near = moved(await form.quote('bid'), -2);
    await form.limit(`${near}3`);
    await app.waitText('ticket-fault-limitPrice', `steps of 0.01. The next below is ${near.replace(/\.?0+$/, '')}`);
    await app.click('ticket-mend-limitPrice');
    await until(async () => units(await app.value('ticket-limit')) === units(near), 'the mended limit');
    await app.waitGone('ticket-fault-limitPrice');
  });

  await world.step('A negative limit is refused', async () => {
    await form.limit('-180');
    await app.waitText('ticket-fault-limitPrice', 'more than zero');
    await refused(tour);
  });

  await world.step('A limit far through the market is blocked', async () => {
    const ask = await form.quote('ask');
    await form.limit(moved(ask, 40));
    await app.waitText('finding-price.collar', /above the best offer/);
    assert.equal(await form.preview(), 'blocked');
    const offered = /[\d.]+$/.exec(await app.text('mend-price.collar'))[0];
    assert.ok(units(offered) < units(moved(ask, 10)), `${offered} is near ${ask}`);
  });

  await world.step('A limit far from the market is only warned of', async () => {
    await form.limit(moved(await form.quote('bid'), -40));
    await app.waitText('finding-price.collar', /may rest for long/);
    assert.equal(await app.attribute('finding-price.collar', 'data-outcome'), 'warned');
    assert.equal(book().length, before.book, 'the gateway has been given nothing');
    const now = await judged(written);
    if (now !== null) assert.equal(now, before.judged + 1, 'one attempt could be judged at all');
  });
}

/** A preview is asked for, and the ticket stays where it is with its fault. */
async function refused({ app, ticket: form }) {
  await app.click('ticket-preview');
  await until(async () => (await form.stage()) === 'editing', 'the ticket to go on being edited');
  assert.equal(await app.text('preview-panel'), null);
}

async function judged(written) {
  const records = await written();
  return records && records.filter(({ kind }) => kind === 'judged').length;
}
