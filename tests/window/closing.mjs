// The window is closed by its frame at bad moments. Each time the program ends by itself, the client
// id and the journal are free for the next start, and nothing is sent twice or lost.

import assert from 'node:assert/strict';
import path from 'node:path';
import { run } from './harness.mjs';
import { ordersIn } from './harness/book.mjs';
import { moved } from './harness/decimals.mjs';
import { records } from './harness/journal-file.mjs';
import { Keyboard } from './harness/keyboard.mjs';
import { Orders } from './harness/orders.mjs';
import { until } from './harness/processes.mjs';
import { Ticket } from './harness/ticket.mjs';
import { KO, LLC } from './tour/world.mjs';

await run(async (world) => {
  const simulator = await world.simulator({ keep: true });
  const faults = (wanted = {}) => simulator.act({ do: 'faults', ...wanted });
  const clients = async () => (await simulator.act({ do: 'status' })).clients;
  let app;
  let form;

  const open = async () => {
    app = await world.app({ gateway: simulator.address });
    form = new Ticket(app);
    await app.byTestId(`account-card-${LLC}`, 20_000);
    assert.equal(await app.text('journal-banner'), null);
  };
  const closeAndOpen = async () => {
    await app.closeWindow();
    await faults();
    await until(async () => (await clients()).length === 0, 'the client id to be free');
    await open();
  };
  const fill = async () => {
    await form.begin(LLC);
    await form.choose('KO', KO);
    await form.quantity('5');
    await form.limit(moved(await form.quote('bid'), -5));
  };

  await world.step('With the confirmation open: nothing was sent', async () => {
    await open();
    await fill();
    assert.equal(await form.preview(), 'previewed');
    await form.askToConfirm();
    await closeAndOpen();
    assert.deepEqual(ordersIn(world.gatewayState), []);
  });

  await world.step('While a preview is awaited', async () => {
    await fill();
    await faults({ 'mute-what-if': true });
    await app.click('ticket-preview');
    await until(async () => (await form.stage()) === 'previewing', 'the question to be under way');
    await closeAndOpen();
    assert.deepEqual(ordersIn(world.gatewayState), []);
  });

  await world.step('Between the confirmation and what the gateway says to it: the order is known again, once', async () => {
    await fill();
    assert.equal(await form.preview(), 'previewed');
    await form.askToConfirm();
    await faults({ 'slow-answers': 3000 });
    await app.click('confirm-send');
    await until(() => ordersIn(world.gatewayState).length === 1, 'the order in the book');
    await closeAndOpen();
    const orders = new Orders(app);
    await orders.show();
    const rows = await until(async () => {
      const all = await orders.all();
      return all.length > 0 && all.every(({ state }) => state === 'working') && all;
    }, 'the order to be known as working');
    assert.equal(rows.length, 1);
    const approved = (await records(path.join(world.dataDir, 'journal.db'))).filter(({ kind }) => kind === 'approved');
    assert.deepEqual(approved.map(({ intent }) => intent), [rows[0].intent]);
    assert.equal(ordersIn(world.gatewayState).length, 1);
  });

  await world.step('While a connection is checked: the check is gone too', async () => {
    await new Keyboard(app).withControl('k');
    await app.type('palette-search', 'connection wizard');
    await app.click('palette-search-option-wizard');
    await app.click('wizard-step-prove');
    await app.type('wizard-target-port', String(simulator.port));
    await faults({ 'slow-answers': 400 });
    await app.click('wizard-run');
    await until(async () => (await clients()).length === 2, 'the check to be logged in');
    await closeAndOpen();
  });

  await world.step('While the gateway stands still', async () => {
    await simulator.act({ do: 'stall', ms: 600_000 });
    await app.closeWindow();
    await simulator.act({ do: 'stall', ms: 0 });
    await until(async () => (await clients()).length === 0, 'the client id to be free');
    await open();
  });

  await world.step('The journal is whole', async () => {
    await app.click('nav-journal');
    await app.click('journal-verify');
    await app.waitText('journal-verdict', /All \d+ records are as they were written/);
    await app.closeWindow();
    await open();
  });
});
