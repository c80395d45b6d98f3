// Everything is cancelled with one key and a dialog that counts, by keyboard alone.

import assert from 'node:assert/strict';
import { Key } from 'selenium-webdriver';
import { moved } from '../harness/decimals.mjs';
import { until } from '../harness/processes.mjs';
import { INDIVIDUAL, KO, LLC, PFE } from './world.mjs';

export async function cancelEverything(tour) {
  const { world, app, ticket: form, orders, written, book } = tour;
  const made = [];

  await world.step('Orders rest in two accounts', async () => {
    for (const [account, typed, conId] of [
      [INDIVIDUAL, 'KO', KO],
      [LLC, 'PFE', PFE],
      [LLC, 'KO', KO],
    ]) {
      await form.begin(account);
      await form.choose(typed, conId);
      await form.quantity('5');
      await form.limit(moved(await form.quote('bid'), -5));
      assert.equal(await form.preview(), 'previewed');
      await orders.show();
      const key = await form.send();
      await orders.state(key, 'working');
      made.push(key);
    }
  });

  await world.step('One key counts them by account, and Enter keeps them', async () => {
    await app.press(Key.F9);
    await app.byTestId('cancel-dialog');
    assert.equal(await app.text(`cancel-count-${INDIVIDUAL}`), '1 order');
    assert.equal(await app.text(`cancel-count-${LLC}`), '2 orders');
    assert.equal(await app.text('cancel-go'), 'Cancel 3 orders');
    await app.screenshot('cancel-everything');
    await app.press(Key.ENTER);
    await app.waitGone('cancel-dialog');
    await app.press(Key.F9);
    await app.byTestId('cancel-dialog');
    await app.press(Key.ESCAPE);
    await app.waitGone('cancel-dialog');
    for (const key of made) assert.equal((await orders.row(key)).state, 'working');
  });

  await world.step('And cancels them all when it is meant', async () => {
    await app.press(Key.F9);
    await app.byTestId('cancel-dialog');
    await app.press(Key.TAB);
    await app.press(Key.ENTER);
    await app.waitText('cancel-outcome', /^Cancel asked for 3 orders\.$/);
    for (const key of made) await orders.state(key, 'cancelled');
    await app.press(Key.ESCAPE);
    await app.waitGone('cancel-dialog');
    await until(
      () => book().every(({ state }) => state === 'Cancelled' || state === 'Filled'),
      'nothing to be open at the gateway',
    );
    const records = await written();
    if (records) {
      for (const key of made) {
        const { intent } = await orders.row(key);
        const kinds = records.filter((record) => record.intent === intent).map(({ kind }) => kind);
        assert.ok(kinds.includes('cancelAsked'), `${key}: ${kinds}`);
      }
    }
  });
}
