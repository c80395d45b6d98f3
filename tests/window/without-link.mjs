// The link goes while a dialog is open: what is pressed then is told, does nothing later by itself,
// and can be pressed again when the link is back.

import assert from 'node:assert/strict';
import { Key } from 'selenium-webdriver';
import { run } from './harness.mjs';
import { workingIn } from './harness/book.mjs';
import { moved } from './harness/decimals.mjs';
import { Orders } from './harness/orders.mjs';
import { until } from './harness/processes.mjs';
import { Ticket } from './harness/ticket.mjs';
import { KO, LLC } from './tour/world.mjs';

await run(async (world) => {
  const simulator = await world.simulator({ keep: true });
  const app = await world.app({ gateway: simulator.address });
  const form = new Ticket(app);
  const orders = new Orders(app);
  const state = () => app.attribute('link-state', 'data-state');
  const working = () => workingIn(world.gatewayState);
  const lose = async () => {
    await simulator.act({ do: 'close-port' });
    await until(async () => (await state()) === 'down', 'the loss');
  };
  const back = async () => {
    await simulator.act({ do: 'open-port' });
    await until(async () => (await state()) === 'up', 'the link to be back', 20_000);
  };
  const isEnabled = async (testId) => (await app.byTestId(testId)).isEnabled();
  let key;

  await world.step('An order works', async () => {
    await app.waitText(`ticket-account-${LLC}`, LLC);
    await form.begin(LLC);
    await form.choose('KO', KO);
    await form.quantity('5');
    await form.limit(moved(await form.quote('bid'), -5));
    assert.equal(await form.preview(), 'previewed');
    await orders.show();
    key = await form.send();
    await orders.state(key, 'working');
  });

  await world.step('Cancelling everything: said at once, and nothing is cancelled later', async () => {
    await app.press(Key.F9);
    await app.byTestId('cancel-dialog');
    await lose();
    await app.waitText('cancel-unreached', 'Nothing can be cancelled from here now');
    await app.click('cancel-go');
    await app.waitText('cancel-error', 'cancel in TWS, IBKR Mobile or by telephone');
    await app.screenshot('cancel-without-link');
    await back();
    await app.waitGone('cancel-unreached');
    await app.waitGone('cancel-error');
    assert.equal((await orders.row(key)).state, 'working');
    await app.press(Key.ESCAPE);
    await app.waitGone('cancel-dialog');
  });

  await world.step('A change in its confirmation: it waits for the link, and goes out once', async () => {
    await orders.click(key, 'order-change');
    await app.waitText('ticket-changing', 'Buy 5 KO');
    const limit = moved(await form.quote('bid'), -4);
    await app.type('ticket-limit', limit);
    assert.equal(await form.preview(), 'previewed');
    await form.askToConfirm();
    await lose();
    await app.waitText('confirm-dialog', 'The link is not up. Nothing can be sent now.');
    assert.equal(await isEnabled('confirm-send'), false);
    await back();
    await app.click('confirm-send');
    assert.equal(await form.sent(), key);
    await orders.waitFor(key, 'to have its new price', (row) => row.text.includes(limit) && row.state === 'working');
    assert.equal(working().length, 1);
  });

  await world.step('Stopping: it says before and after that nothing is cancelled, and what still stands', async () => {
    await app.click('stop-trading');
    await app.byTestId('stop-dialog');
    await lose();
    await app.waitText('stop-unreached', 'Nothing can be cancelled now');
    assert.equal(await app.text('stop-go'), 'Stop, and cancel nothing');
    await app.screenshot('stop-without-link');
    await app.click('stop-go');
    await app.waitText('stop-said', 'nothing could be cancelled');
    await app.click('stop-back');
    await app.waitText('stop-standing', '1 order still stands at the broker');
  });

  await world.step('With the link it is cancelled when that is pressed, not before', async () => {
    await back();
    assert.equal(working().length, 1);
    await app.click('stop-again');
    await orders.state(key, 'cancelled');
    await app.waitGone('stop-standing');
    assert.equal(working().length, 0);
  });
});
