// The connection wizard in the real window: what is found, the check list at a good gateway by
// mouse and by keyboard, and a fault that is mended. All faults are read in faults.mjs.

import assert from 'node:assert/strict';
import { Key } from 'selenium-webdriver';
import { run } from './harness.mjs';
import { Keyboard } from './harness/keyboard.mjs';
import { freePort, until } from './harness/processes.mjs';

await run(async (world) => {
  const simulator = await world.simulator();
  // A second one goes wrong on purpose; the window stays connected to the first.
  const spoilt = await world.simulator();
  const app = await world.app({ gateway: simulator.address });
  const keyboard = new Keyboard(app);
  const usable = () => app.attribute('wizard-verdict', 'data-usable');

  const check = async (port, host = '127.0.0.1') => {
    await app.type('wizard-host', host);
    await app.type('wizard-target-port', String(port));
    await app.click('wizard-run');
    await until(async () => (await usable()) !== null, 'the checks to end', 25_000);
  };
  const faults = (wanted) => spoilt.act({ do: 'faults', ...wanted });

  await world.step('The wizard opens from the palette and says what it found', async () => {
    await app.waitText('link-state', 'Connected');
    await keyboard.withControl('k');
    await app.type('palette-search', 'connection wizard');
    await app.click('palette-search-option-wizard');
    await app.byTestId('wizard');
    await until(
      async () => ((await app.text('wizard-found')) ?? (await app.text('wizard-nothing'))) !== null,
      'what was found',
    );
    await app.type('wizard-port', String(simulator.port));
    await app.press(Key.ENTER);
    await app.waitText(`wizard-found-port-${simulator.port}`, 'A TWS API answers');
  });

  await world.step('The pages on getting it draw the settings in the words of the menus', async () => {
    await app.click('wizard-have-tws');
    await app.click('wizard-next');
    await app.waitText('wizard-picture-tws', 'Enable ActiveX and Socket Clients');
    await app.waitText('wizard-warnings', 'Never trust 0.0.0.0/0');
  });

  await world.step('By mouse: every step passes, beside the window’s own connection', async () => {
    await app.click('wizard-step-have');
    await app.click(`wizard-check-${simulator.port}`);
    await app.click('wizard-run');
    await until(async () => (await usable()) === 'true', 'a connection that can be used', 25_000);
    assert.equal(await app.attribute('check-marketData', 'data-outcome'), 'passed');
    await app.waitText('check-clientId', 'Gatehouse itself is connected');
    const report = await app.driver.executeScript(
      'return document.querySelector(\'[data-testid="wizard-report-text"]\').textContent;',
    );
    assert.match(report, /\[ok\] The positions come/);
    assert.doesNotMatch(report, /DU4\d{6}/);
  });

  await world.step('However its host is written, the window’s own connection is no other program', async () => {
    await check(simulator.port, '127.1');
    await app.waitText('check-clientId', 'Gatehouse itself is connected');
  });

  await world.step('A check and the window’s own connection that come to the gateway at once are not in each other’s way', async () => {
    await simulator.act({ do: 'close-port' });
    await until(async () => (await app.attribute('link-state', 'data-state')) === 'down', 'the loss');
    await app.type('wizard-host', '127.0.0.1');
    await simulator.act({ do: 'faults', 'slow-answers': 150 });
    await simulator.act({ do: 'open-port' });
    await app.click('wizard-run');
    await until(async () => (await usable()) === 'true', 'a connection that can be used', 25_000);
    await simulator.act({ do: 'faults' });
    await until(async () => (await app.attribute('link-state', 'data-state')) === 'up', 'the link to be back', 10_000);
  });

  await world.step('A what-if is asked by the road of every order, and nothing is placed', async () => {
    await app.click('wizard-what-if');
    await until(
      async () => (await app.attribute('wizard-what-if-says', 'data-answer')) === 'answered',
      'a what-if that is answered',
      20_000,
    );
    const state = await simulator.act({ do: 'status' });
    assert.equal(state['open-orders'], 0);
  });

  await world.step('A fault is named, with the click that mends it', async () => {
    await check(await freePort());
    await app.waitText('fault-nothingListens', 'File → Global Configuration… → API → Settings');
    await faults({ 'stuck-client-id': 17 });
    await check(spoilt.port);
    await app.waitText('fault-clientIdInUse', 'Choose another client id');
  });

  await world.step('By keyboard alone: mended, tried again, and left with Escape', async () => {
    await faults({ 'close-on-accept': true });
    await check(spoilt.port);
    await faults({});
    await keyboard.tabTo('check-again');
    await app.press(Key.ENTER);
    await until(async () => (await usable()) === 'true', 'a connection that can be used', 25_000);
    await app.press(Key.ESCAPE);
    await app.waitGone('wizard');
    assert.match((await app.text('frame')) ?? '', /DU4000001/);
  });
});
