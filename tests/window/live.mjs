// A login to real money, as the simulated gateway plays one: orders are off until a person turns
// them on, and none goes out by Enter or by a press alone.

import assert from 'node:assert/strict';
import { Key } from 'selenium-webdriver';
import { run } from './harness.mjs';
import { workingIn } from './harness/book.mjs';
import { moved } from './harness/decimals.mjs';
import { until } from './harness/processes.mjs';
import { Ticket } from './harness/ticket.mjs';
import { KO } from './tour/world.mjs';

const ACCOUNT = 'U4000001';

await run(async (world) => {
  const simulator = await world.simulator({ keep: true, args: ['--scenario', 'live'] });
  const app = await world.app({ gateway: simulator.address });
  const form = new Ticket(app);
  const badge = () => app.text('mode-badge');
  const isDisabled = async (testId) => !(await (await app.byTestId(testId)).isEnabled());

  await world.step('On a live login orders are off and the way to turn them on is said', async () => {
    await until(async () => (await badge())?.includes('LIVE'), 'the loud badge');
    assert.match(await badge(), /orders off/);
    await form.begin(ACCOUNT);
    await form.choose('KO', KO);
    await form.quantity('1');
    await form.limit(moved(await form.quote('bid'), -5));
    await app.waitText('ticket-refusal', 'Live orders are off');
    assert.equal(await isDisabled('ticket-preview'), true);
  });

  await world.step('They are turned on by typing a word, for a time', async () => {
    await app.click('mode-badge');
    assert.equal(await isDisabled('arm-on'), true);
    await app.type('arm-word', 'LIVE');
    await app.click('arm-on');
    await app.waitText('mode-badge', 'orders on, 15 min left');
  });

  await world.step('A live order is confirmed by typing the end of its account', async () => {
    assert.equal(await form.preview(), 'previewed');
    await app.click('preview-confirm');
    await app.waitText('confirm-mode', 'LIVE: real money');
    assert.equal(await isDisabled('confirm-send'), true);
    await app.type('confirm-typed', '0001');
    await app.press(Key.ENTER);
    assert.equal(await app.text('ticket-sent'), null, 'Enter sends nothing');
    assert.equal(await isDisabled('confirm-send'), false);
  });

  await world.step('And works at the gateway once', async () => {
    await app.click('confirm-send');
    await app.waitText('ticket-sent', 'KO');
    await until(() => workingIn(world.gatewayState).length === 1, 'one order in the book');
  });

  await world.step('A lost link turns live orders off', async () => {
    await simulator.stop();
    await until(async () => /orders off/.test((await badge()) ?? ''), 'orders off');
  });
});
