// A first start with nothing set up: with the wizard alone to three accounts on the screen, by
// mouse and by keyboard.

import assert from 'node:assert/strict';
import path from 'node:path';
import { Key } from 'selenium-webdriver';
import { run } from './harness.mjs';
import { Keyboard } from './harness/keyboard.mjs';
import { until } from './harness/processes.mjs';

const ACCOUNTS = ['DU4000001', 'DU4000002', 'DU4000003'];

await run(async (world) => {
  const simulator = await world.simulator();
  const { port } = simulator;
  const proved = (app) =>
    until(async () => (await app.attribute('wizard-verdict', 'data-usable')) === 'true', 'a proof', 25_000);
  const shows = async (app) => {
    for (const account of ACCOUNTS) await app.byTestId(`account-card-${account}`, 20_000);
  };

  const mouse = await world.app();
  await world.step('A first start opens the wizard', async () => {
    await mouse.byTestId('wizard', 20_000);
    await mouse.waitText('connection-banner', 'Not connected');
  });

  await world.step('By mouse: found, proved, named and connected', async () => {
    await mouse.type('wizard-port', String(port));
    await mouse.click('wizard-look');
    await mouse.click(`wizard-check-${port}`, 20_000);
    await mouse.click('wizard-run');
    await proved(mouse);
    await mouse.click('wizard-next');
    await mouse.type('wizard-name', 'First');
    await mouse.click('wizard-connect');
    await mouse.waitText('connection-name', 'First', 30_000);
  });

  await world.step('The wizard goes on at what the accounts are', async () => {
    await mouse.byTestId('wizard-types', 30_000);
    await mouse.waitText('wizard-type-DU4000002', 'IRA-ROTH NEW');
    await mouse.click('wizard-confirm-DU4000002');
    await until(
      async () => (await mouse.attribute('wizard-type-DU4000002', 'data-confirmed')) === 'true',
      'a type that is confirmed',
    );
  });

  await world.step('Three accounts are on the screen', async () => {
    await mouse.click('wizard-done');
    await shows(mouse);
  });

  await world.step('The next start connects by itself and opens no wizard', async () => {
    await mouse.kill();
    const again = await world.app();
    await shows(again);
    assert.equal(await again.text('wizard'), null);
  });
  // It holds the client id.
  await world.lastApp.kill();

  const keys = await world.app({ dataDir: path.join(world.folder, 'keys') });
  const keyboard = new Keyboard(keys);
  const enter = async (testId) => {
    await keyboard.tabTo(testId);
    await keys.press(Key.ENTER);
  };

  await world.step('By keyboard alone: the same way to the same accounts', async () => {
    await keys.byTestId('wizard', 20_000);
    await keyboard.tabTo('wizard-port');
    await keys.press(String(port), Key.ENTER);
    await keys.byTestId(`wizard-check-${port}`, 20_000);
    await keys.press(Key.HOME);
    await enter(`wizard-check-${port}`);
    await enter('wizard-run');
    await proved(keys);
    await enter('wizard-next');
    await enter('wizard-connect');
    await keys.byTestId('wizard-types', 30_000);
    await enter('wizard-done');
    await shows(keys);
  });
});
