// Step 2: account first, an instrument by symbol or name, preview, and a confirmation that is never
// given by accident.

import assert from 'node:assert/strict';
import { Key } from 'selenium-webdriver';
import { moved, units } from '../harness/decimals.mjs';
import { AAPL, LLC } from './world.mjs';

const QUANTITY = 10n;

export async function ticket(tour) {
  const { world, app, ticket: form, orders } = tour;
  let limit;

  await world.step('An instrument is found by its name', async () => {
    await form.begin(LLC);
    await app.type('ticket-search', 'coca');
    await app.waitText('ticket-search-option-8894', 'KO');
  });

  await world.step('And by its symbol, with a live quote', async () => {
    await form.choose('AAPL', AAPL);
    await app.waitText('ticket-instrument', 'APPLE');
    const [bid, ask] = [units(await form.quote('bid')), units(await form.quote('ask'))];
    assert.ok(bid > 0n && bid <= ask, 'the bid is not above the ask');
  });

  await world.step('The preview tells what the order would change', async () => {
    limit = moved(await form.quote('bid'), -5);
    await form.side('buy');
    await form.quantity(String(QUANTITY));
    await form.limit(limit);
    assert.equal(await form.preview(), 'previewed');
    const told = async (name) => units(await app.text(`preview-${name}`));
    assert.ok((await told('initial-after')) > (await told('initial-before')));
    assert.ok((await told('maintenance-after')) > (await told('maintenance-before')));
    assert.ok((await told('excess-after')) < (await told('excess-before')));
    assert.equal((await told('position-after')) - (await told('position-before')), units('10'));
    assert.match(await app.text('preview-commission'), /^1\.00 USD$/);
    const worst = units(await app.attribute('preview-worst-case', 'data-value'));
    assert.equal(worst, units(limit) * QUANTITY, 'limit times quantity');
    assert.match(await app.text('preview-worst-case-says'), /plus commission/);
    const sentence = await app.text('preview-sentence');
    for (const part of ['Buy 10 AAPL', limit, LLC]) assert.ok(sentence.includes(part), sentence);
  });

  await world.step('The confirmation repeats everything', async () => {
    await form.askToConfirm();
    const says = (name) => app.text(`confirm-${name}`);
    assert.match(await says('mode'), /PAPER \(simulated\)/);
    assert.match(await says('account'), new RegExp(LLC));
    assert.equal(await says('account-kind'), 'Company');
    assert.equal(await says('side'), 'Buy');
    assert.equal(await says('quantity'), '10');
    assert.equal(await says('symbol'), 'AAPL');
    assert.ok((await says('price')).includes(limit));
    assert.equal(
      await app.attribute('confirm-worst-case', 'data-value'),
      await app.attribute('preview-worst-case', 'data-value'),
    );
    const send = await says('send');
    assert.equal(send, `Buy 10 AAPL at ${limit} in Company`, 'the button says what it does');
  });

  await world.step('Enter right after it opened sends nothing', async () => {
    await app.press(Key.ENTER);
    await app.waitGone('confirm-dialog');
    assert.equal(await form.stage(), 'previewed');
    await nothingSent(tour);
  });

  await world.step('Escape leaves without acting', async () => {
    await form.askToConfirm();
    await app.press(Key.ESCAPE);
    await app.waitGone('confirm-dialog');
    assert.equal(await form.stage(), 'previewed', 'the preview is kept');
    await nothingSent(tour);
  });

  await world.step('A click on the button that says so sends it', async () => {
    tour.resting = await form.send();
    tour.restingLimit = limit;
    await orders.show();
    const row = await orders.state(tour.resting, 'working');
    assert.ok(row.text.includes(`Buy 10 AAPL at ${limit}`), row.text);
  });
}

async function nothingSent({ written, book }) {
  assert.deepEqual(book(), [], 'the gateway has no order');
  const records = await written();
  if (records) assert.deepEqual(records.filter(({ kind }) => kind === 'approved'), []);
}
