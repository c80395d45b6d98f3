// The lock over a real keychain: nothing is shown or sent until the passphrase is typed, live
// orders go off, and the passphrase is written nowhere. And the icon in the tray.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import { Key } from 'selenium-webdriver';
import { run } from './harness.mjs';
import { Keyboard } from './harness/keyboard.mjs';
import { deleteEntry, filesWith, lockScreen, openKeyring } from './harness/keyring.mjs';
import { until } from './harness/processes.mjs';
import { trayOf } from './harness/tray.mjs';

const ACCOUNT = 'U4000001';
/** The client id of a check beside the window's own. */
const CHECK = 1017;
const PASSPHRASE = 'planted rain over Lisbon';
const WRONG = 'planted snow over Oslo';
const LOGIN = 'planted login password';

await run(async (world) => {
  const endKeyring = await openKeyring(LOGIN);
  const printed = [];
  const simulator = await world.simulator({ args: ['--scenario', 'live'] });
  const open = () => world.app({ gateway: simulator.address, env: { GATEHOUSE_LOG: 'trace' }, onLine: (line) => printed.push(line) });
  let app = await open();
  const typed = async (text) => {
    await app.type('lock-passphrase', text);
    await app.press(Key.ENTER);
  };
  const unlock = async () => {
    await typed(PASSPHRASE);
    await app.waitGone('lock-screen');
  };
  /** Types the passphrase into the form that sets one, and leaves it there. */
  const typedInto = async (field) => {
    await app.click('lock-set');
    await app.type(field, PASSPHRASE);
  };
  /** What the program says to a command that the page itself would not give. */
  const invoke = (name, args) =>
    app.driver.executeAsyncScript(
      `const done = arguments[arguments.length - 1];
       window.__TAURI_INTERNALS__.invoke(arguments[0], arguments[1]).then((r) => done(['ok', r]), (e) => done(['refused', e]));`,
      name,
      args,
    );

  await world.step('A passphrase is set, and the keychain names what it holds', async () => {
    await until(async () => (await app.text('mode-badge'))?.includes('LIVE'), 'the live login');
    await app.click('nav-settings');
    await app.waitText('keychain-says', 'The keychain is open.');
    await app.click('lock-set');
    await app.type('passphrase-new', PASSPHRASE);
    await app.type('passphrase-again', PASSPHRASE);
    await app.click('passphrase-go');
    await app.waitText('secret-app-lock', 'Checks the passphrase');
    await app.byTestId('lock-now');
  });

  await world.step('Locked, the window shows no figure and the program gives none', async () => {
    // A busy computer takes its time to read all accounts.
    await app.waitText('link-state', 'Connected', 20_000);
    await app.click('mode-badge');
    await app.type('arm-word', 'LIVE');
    await app.click('arm-on');
    await app.waitText('mode-badge', 'orders on');
    await app.click('nav-portfolio');
    await app.byTestId(`account-card-${ACCOUNT}`);
    await new Keyboard(app).withControl('l');
    await app.waitText('lock-screen', 'Gatehouse is locked');
    const shown = await app.text();
    assert.doesNotMatch(shown, /U4000001|\d[\d,]*\.\d\d/);
    const query = { before: null, limit: 5, account: null, intent: null, since: null, until: null, text: null };
    for (const [name, args] of [['journal', { query }], ['rules', {}], ['keychain', {}], ['resume_trading', {}]]) {
      const [outcome, error] = await invoke(name, args);
      assert.deepEqual([outcome, error.code], ['refused', 'locked'], name);
    }
  });

  await world.step('Only the passphrase unlocks it, and live orders are off', async () => {
    await typed(WRONG);
    await app.waitText('lock-refused', 'That was not the passphrase.');
    assert.equal(await app.value('lock-passphrase'), '');
    await unlock();
    await app.byTestId(`account-card-${ACCOUNT}`);
    await app.waitText('mode-badge', 'orders off');
    await app.waitText('notices', 'a wrong passphrase was typed');
  });

  await world.step('It locks with the screen, and from the tray', async () => {
    await lockScreen();
    await app.waitText('lock-says', 'The screen was locked.');
    await unlock();
    const tray = await until(() => trayOf(app.pids().app), 'the icon in the tray');
    assert.deepEqual(tray.text.slice(0, 2), ['Open Gatehouse', 'Connected: live, orders off']);
    await tray.press('Lock');
    await app.waitText('lock-says', 'You locked it from the tray.');
  });

  await world.step('A check of the wizard ends with the lock', async () => {
    await unlock();
    await simulator.act({ do: 'faults', 'mute-accounts': true });
    await new Keyboard(app).withControl('k');
    await app.type('palette-search', 'connection wizard');
    await app.click('palette-search-option-wizard');
    await app.click('wizard-step-prove');
    await app.type('wizard-target-port', String(simulator.port));
    await app.click('wizard-run');
    const checking = async () => (await simulator.act({ do: 'status' })).clients.includes(CHECK);
    await until(checking, 'the check to be logged in');
    await new Keyboard(app).withControl('l');
    await app.byTestId('lock-screen');
    // Long before it would end by itself.
    await until(async () => !(await checking()), 'the check to be let go', 4_000);
    await simulator.act({ do: 'faults' });
    await unlock();
  });

  await world.step('A new start is locked, and can be stopped', async () => {
    await app.close();
    app = await open();
    await app.waitText('lock-says', 'It starts locked.');
    await app.waitText('link-state', 'Connected');
    await new Keyboard(app).withControl('.');
    await app.waitText('lock-stopped', 'Trading is stopped');
    await unlock();
    await app.waitText('stop-banner', 'Trading is stopped');
    await app.click('stop-lift-ask');
    await app.click('stop-lift');
    await app.waitGone('stop-banner');
  });

  await world.step('The tray stops trading too', async () => {
    const tray = await until(() => trayOf(app.pids().app), 'the icon in the tray');
    await tray.press('Cancel everything and stop');
    await app.waitText('stop-banner', 'Trading is stopped');
  });

  await world.step('A forgotten passphrase ends with its entry, and nothing else is lost', async () => {
    await new Keyboard(app).withControl('l');
    await app.byTestId('lock-screen');
    await app.click('lock-forgotten');
    await deleteEntry('app-lock');
    await typed('anything at all');
    await app.waitGone('lock-screen');
    await app.byTestId(`account-card-${ACCOUNT}`);
    await app.click('nav-settings');
    await app.byTestId('lock-set');
  });

  // It crashes with what was typed just before, and there is no window any more to take a picture of.
  const { app: pid } = app.pids();
  const limits = fs.readFileSync(`/proc/${pid}/limits`, 'utf8');
  await typedInto('passphrase-new');
  process.kill(pid, 'SIGABRT');
  await until(() => app.pids().app === undefined, 'the crash');
  await app.kill();
  world.lastApp = undefined;
  await world.step('No file, log, journal or image of a crash holds what was typed', async () => {
    const planted = [PASSPHRASE, WRONG, LOGIN];
    assert.match(limits, /Max core file size\s+1\s+1\s/);
    assert.deepEqual(fs.readdirSync('.').filter((name) => name.startsWith('core')), []);
    assert.deepEqual(filesWith([world.folder, process.env.HOME], planted), []);
    assert.ok(printed.length > 100, 'the log is as talkative as it can be');
    assert.deepEqual(printed.filter((line) => planted.some((text) => line.includes(text))), []);
  });
  endKeyring();
});
