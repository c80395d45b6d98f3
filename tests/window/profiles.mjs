// Connections: set up from nothing, named, found with another login than expected, opened beside.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import { run } from './harness.mjs';
import { until } from './harness/processes.mjs';

/** Whether the dialog around it scrolls, and whether the middle of it can be pressed all the same. */
const IN_SIGHT = `
  const button = document.querySelector('[data-testid="' + arguments[0] + '"]');
  const dialog = button.closest('[role=dialog]');
  dialog.scrollTop = 0;
  const box = button.getBoundingClientRect();
  const there = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
  return { scrolls: dialog.scrollHeight > dialog.clientHeight, inSight: there === button };`;

await run(async (world) => {
  const paper = await world.simulator();
  const live = await world.simulator({ args: ['--scenario', 'live'] });
  const app = await world.app();
  const portOf = (simulator) => String(simulator.port);
  const save = async () => {
    await app.click('profile-save');
    await app.waitGone('profile-form');
  };
  const settings = async () => {
    await app.click('nav-settings');
    await app.byTestId('connections');
  };

  await world.step('Nothing is connected before anything is set up', async () => {
    await app.waitText('connection-banner', 'Not connected');
    await settings();
    await app.waitText('connections', 'No connection is set up yet');
  });

  await world.step('A form says what is wrong at its field', async () => {
    await app.click('profile-add');
    await app.type('profile-host', '192.0.2.1');
    await app.click('profile-save');
    await app.waitText('profile-form', 'Give it a name');
    await app.waitText('profile-form', 'connects to this computer only');
  });

  await world.step('At 150 % text its buttons stay in sight, whatever stands above them', async () => {
    await app.large(true);
    assert.deepEqual(await app.driver.executeScript(IN_SIGHT, 'profile-save'), { scrolls: true, inSight: true });
    await app.large(false);
  });

  await world.step('A connection is set up', async () => {
    await app.type('profile-name', 'Paper');
    await app.type('profile-host', '127.0.0.1');
    await app.type('profile-port', portOf(paper));
    await app.type('profile-restart', '11:45 PM');
    await app.click('profile-automatic');
    await save();
    await app.waitText('profile-main', `127.0.0.1:${portOf(paper)}`);
    await app.waitText('profile-main', 'gateway restarts at 23:45');
  });

  await world.step('It connects, and the window is named after it', async () => {
    await app.click('profile-main-connect');
    await app.waitText('connection-name', 'Paper', 30_000);
    await app.byTestId('account-card-DU4000001', 30_000);
  });

  await world.step('Its accounts get names, which stand beside their ids', async () => {
    await settings();
    await app.click('profile-main-edit');
    await app.type('label-DU4000001', 'Long term');
    await save();
    await app.click('nav-portfolio');
    await app.waitText('account-card-DU4000001', 'Long term (Individual)');
    await app.waitText('ticket-account-DU4000001', 'DU4000001');
  });

  await world.step('How the link did lately is a press away', async () => {
    await app.click('link-state');
    await app.waitText('link-panel', 'Times without it');
  });

  await world.step('A second connection is set up', async () => {
    await app.click('link-panel-leave');
    await app.waitGone('link-panel');
    await settings();
    await app.click('profile-add');
    await app.type('profile-name', 'Live, to look');
    await app.type('profile-port', portOf(live));
    await app.click('profile-expects-live');
    await app.click('profile-read-only');
    await save();
    await app.waitText('profile-live--to-look', 'read-only');
  });

  await world.step('It opens in a window of its own, once', async () => {
    await app.click('profile-live--to-look-beside');
    const other = await until(() => windowBeside(world.dataDir), 'the other program', 20_000);
    const isElsewhere = async () => {
      await app.click('nav-portfolio');
      await settings();
      return (await app.text('profile-live--to-look-standing')) === 'Open in another window';
    };
    await until(isElsewhere, 'the profile to be said to be open elsewhere', 20_000);
    const connect = await app.byTestId('profile-live--to-look-connect');
    assert.equal(await connect.isEnabled(), false);
    const journal = `${world.dataDir}/profiles/live--to-look/journal.db`;
    await until(() => fs.existsSync(journal), 'a journal of its own');
    // Each window has its own stop, and says so.
    await app.click('stop-trading');
    await app.waitText('stop-beyond', 'It does not reach “Live, to look”, open in another window');
    await app.click('stop-back');
    await app.waitGone('stop-dialog');
    process.kill(other, 'SIGTERM');
    await until(() => windowBeside(world.dataDir) === undefined, 'the other program to end');
  });

  await world.step('Rules that another window wrote hold here at once', async () => {
    const rules = `${world.dataDir}/rules.toml`;
    fs.writeFileSync(`${rules}.new`, 'version = 1\n[rules."mode.read-only"]\nseverity = "block"\n');
    fs.renameSync(`${rules}.new`, rules);
    await app.byTestId('mode-on-mode.read-only');
    fs.rmSync(rules);
    fs.writeFileSync(rules, 'version = 1\n');
    await app.waitGone('mode-on-mode.read-only');
  });

  await world.step('A login that is not the expected one holds everything', async () => {
    await app.click('profile-add');
    await app.type('profile-name', 'Said to be paper');
    await app.type('profile-port', portOf(live));
    await save();
    await app.click('profile-said-to-be-paper-connect');
    await app.waitText('held', 'expects a paper login. This is real money', 30_000);
    await app.waitText('held-accounts', 'U4000001');
    assert.equal(await app.text('account-card-U4000001'), null);
  });

  await world.step('It goes on only by a typed word', async () => {
    const goOn = await app.byTestId('held-go-on');
    assert.equal(await goOn.isEnabled(), false);
    await app.type('held-word', 'LIVE');
    await app.click('held-go-on');
    await app.waitGone('held');
    await app.waitText('mode-badge', 'LIVE');
    await app.byTestId('account-card-U4000001');
  });

  await world.step('It is let go, and stays so', async () => {
    await settings();
    await app.click('profile-said-to-be-paper-disconnect');
    await app.waitText('connection-banner', 'Not connected');
    await app.click('theme-light');
  });
});

/** The process of a window that was opened beside, on this folder. */
function windowBeside(folder) {
  const ids = fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const found = ids.find((id) => {
    try {
      const said = fs.readFileSync(`/proc/${id}/cmdline`, 'utf8').split('\0');
      return said.includes('--profile') && said.includes(folder);
    } catch {
      return false;
    }
  });
  return found === undefined ? undefined : Number(found);
}
