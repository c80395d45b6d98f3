// An order made by hand in TWS: looked at, then taken over by a setting, changed and cancelled.

import assert from 'node:assert/strict';
import { run } from './harness.mjs';
import { workingIn } from './harness/book.mjs';
import { moved } from './harness/decimals.mjs';
import { Orders } from './harness/orders.mjs';
import { until } from './harness/processes.mjs';
import { Ticket } from './harness/ticket.mjs';
import { AAPL, LLC } from './tour/world.mjs';

await run(async (world) => {
  const simulator = await world.simulator({ keep: true });
  let app = await world.app({ gateway: simulator.address });
  let orders = new Orders(app);
  const book = () => workingIn(world.gatewayState);
  const only = () => until(async () => (await orders.all())[0], 'the order made by hand');
  let limit;

  await world.step('An order made in TWS is only looked at', async () => {
    await app.waitText(`ticket-account-${LLC}`, LLC);
    const form = new Ticket(app);
    await form.begin(LLC);
    await form.choose('AAPL', AAPL);
    limit = moved(await form.quote('bid'), -6);
    await simulator.act({ do: 'place-by-hand', instrument: 'AAPL', quantity: 10, limit, account: LLC });
    await orders.show();
    const { key } = await only();
    const row = await orders.waitFor(key, 'to be shown', ({ text }) => text.includes('Made in TWS'));
    assert.doesNotMatch(row.text, /taken over|Change|Cancel/);
  });

  await world.step('A connection that takes it over is set up', async () => {
    await app.click('nav-settings');
    await app.waitText('profiles-fixed', 'The command line names the gateway');
    await app.click('profile-add');
    await app.type('profile-name', 'Taking over');
    await app.click('profile-take-over');
    assert.equal(await app.value('profile-client-id'), '0');
    await app.click('profile-automatic');
    await app.click('profile-save');
    await app.waitText('profile-main', 'takes over orders made in TWS');
    assert.equal(book().length, 1);
    assert.equal(book()[0].order_id, 0, 'nothing is bound yet');
  });

  await world.step('After a start it is taken over', async () => {
    await app.close();
    app = await world.app({ gateway: simulator.address });
    orders = new Orders(app);
    await app.waitText(`ticket-account-${LLC}`, LLC);
    await app.waitText('connection-name', 'Taking over');
    await orders.show();
    const { key } = await only();
    const row = await orders.waitFor(key, 'to be taken over', ({ text }) => text.includes('Made in TWS, taken over'));
    assert.match(row.text, /Change/);
    assert.match(row.text, /Cancel/);
  });

  await world.step('It is changed in place', async () => {
    const { key } = await only();
    await orders.click(key, 'order-change');
    // Before that the ticket still has what was typed on it earlier.
    await app.waitText('ticket-changing', 'Buy 10 AAPL');
    const form = new Ticket(app);
    await form.quote('bid');
    await app.type('ticket-limit', moved(limit, -1));
    await app.waitText('findings-passed', 'rules passed', 20_000);
    assert.equal(await form.preview(), 'previewed');
    await app.click('preview-confirm');
    await app.byTestId('confirm-dialog');
  });

  await world.step('The change is at the gateway', async () => {
    await app.click('confirm-send');
    const { key } = await only();
    await orders.waitFor(key, 'to be listed as changed', ({ text }) => text.includes(`at ${moved(limit, -1)}`));
    assert.equal(book().length, 1, 'nothing new was made');
    assert.equal((await orders.all()).length, 1);
  });

  await world.step('It is cancelled', async () => {
    const { key } = await only();
    await orders.click(key, 'order-cancel');
    await orders.state(key, 'cancelled');
    assert.equal(book().length, 0);
  });

  await world.step('The setting holds after the start, and looks well in the light', async () => {
    await app.click('nav-settings');
    await app.waitText('profile-main', 'client id 0');
    await app.click('theme-light');
    await app.waitText('about-address', 'client id 0');
  });
});
