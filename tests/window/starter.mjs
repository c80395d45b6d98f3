// IB Gateway started and stopped through IBC: a stand-in for IBC, laid out as the real one, which
// starts the simulated gateway. A password goes by the environment of that one process.

import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { run } from './harness.mjs';
import { filesWith, openKeyring } from './harness/keyring.mjs';
import { freePort, listens, until } from './harness/processes.mjs';
import { programs } from './harness/programs.mjs';

const PASSWORD = 'planted harbour 7411';
const THEIRS = 'planted in their file';

/** Lays IBC and a gateway out under the home folder; returns what the start script writes down. */
function layOut(home, port, scratch) {
  const scripts = path.join(home, 'ibc/scripts');
  fs.mkdirSync(scripts, { recursive: true });
  fs.mkdirSync(path.join(home, 'Jts/ibgateway/1037/jars'), { recursive: true });
  fs.writeFileSync(path.join(home, 'ibc/version'), '3.24.0\n');
  fs.writeFileSync(path.join(home, 'ibc/config.ini'), `IbLoginId=edemo\nIbPassword=${THEIRS}\nMinimizeMainWindow=yes\n`);
  const told = path.join(scratch, 'told');
  const script = path.join(scripts, 'ibcstart.sh');
  fs.writeFileSync(
    script,
    `#!/bin/bash
if [[ -n $ib_password ]]; then
  export TWSPASSWORD="$ib_password"
fi
{ echo "$TWSUSERID"; printf %s "$TWSPASSWORD" | sha256sum; tr '\\0' ' ' < /proc/$$/cmdline; } > '${told}.new'
mv '${told}.new' '${told}'
unset TWSPASSWORD
trap 'kill -TERM $PID' TERM
'${programs.simulator}' --port ${port} &
PID=$!
wait $PID
trap - TERM
wait $PID
exit $(($? % 256))
`,
  );
  fs.chmodSync(script, 0o755);
  return () => fs.readFileSync(told, 'utf8');
}

await run(async (world) => {
  const endKeyring = await openKeyring('planted login');
  const home = process.env.HOME;
  const port = await freePort();
  const told = layOut(home, port, world.folder);
  const config = path.join(home, 'ibc/config.ini');
  const printed = [];
  const app = await world.app({ env: { GATEHOUSE_LOG: 'trace' }, onLine: (line) => printed.push(line) });

  await world.step('IBC and the gateway are found', async () => {
    await app.byTestId('wizard', 20_000);
    await app.click('wizard-leave');
    await app.click('nav-settings');
    await app.waitText('keychain-says', 'The keychain is open.');
    await app.waitText('starter-found', 'Found IBC 3.24.0 in');
    await app.waitText('starter-found', 'and IB Gateway 1037');
  });

  await world.step('It is set up without a password', async () => {
    await app.click('starter-set-up');
    await app.type('starter-login', 'alice');
    await app.click('starter-read-only-yes');
    await app.type('starter-port', String(port));
    await app.type('starter-restart', '12:15');
    await app.click('starter-save');
    await app.waitText('starter-form', 'read that hour in different ways');
    await app.type('starter-restart', '23:45');
    await app.click('starter-save');
    await app.waitGone('starter-form');
    await app.waitText('starter-kept', `port ${port}`);
  });

  await world.step('The difference is shown before IBC’s settings are written', async () => {
    await app.click('starter-config');
    await app.waitText('config-changes', 'AutoRestartTime');
    await app.waitText('config-holds-password', 'Gatehouse takes it out');
    assert.doesNotMatch(await app.text('config-dialog'), /planted/);
    assert.match(fs.readFileSync(config, 'utf8'), /edemo/);
  });

  await world.step('They are written for the person alone, and a copy is kept', async () => {
    await app.click('config-write');
    await app.waitText('config-copy-warns', 'A password stands in that copy');
    const text = fs.readFileSync(config, 'utf8');
    for (const line of ['IbLoginId=alice', 'IbPassword=', 'MinimizeMainWindow=yes', 'ReadOnlyApi=yes', `OverrideTwsApiPort=${port}`]) {
      assert.ok(text.split('\n').includes(line), `${line} in ${text}`);
    }
    assert.equal(fs.statSync(config).mode & 0o777, 0o600);
    const copies = fs.readdirSync(path.dirname(config)).filter((name) => name.startsWith('config.ini.before-'));
    assert.equal(copies.length, 1);
    fs.rmSync(path.join(path.dirname(config), copies[0]));
    await app.click('config-leave');
  });

  await world.step('The password goes to the keychain', async () => {
    await app.click('starter-password');
    await app.type('gateway-password', PASSWORD);
    await app.click('password-keep');
    await app.waitGone('password-dialog');
    await app.waitText('starter-password-says', 'on no command line and in no file');
    await app.waitText('secret-gateway-login', 'types into IB Gateway');
  });

  await world.step('The gateway is started, and IBC alone is handed the password', async () => {
    await app.click('starter-start');
    await until(() => listens(port), 'the gateway');
    const [user, hash, line] = told().split('\n');
    assert.equal(user, 'alice');
    assert.equal(hash.split(' ')[0], crypto.createHash('sha256').update(PASSWORD).digest('hex'));
    assert.match(line, /1037 --gateway .*--mode=paper/);
    assert.doesNotMatch(line, /planted|--pw/);
    await app.waitText('starter-run', 'It types the login');
  });

  await world.step('It is stopped again', async () => {
    await app.click('starter-stop');
    await app.waitText('starter-run', 'It was stopped.');
    await until(async () => !(await listens(port)), 'the port to close');
  });

  await app.kill();
  world.lastApp = undefined;
  await world.step('No file, log or command line holds the password', async () => {
    assert.deepEqual(filesWith([world.folder, home], [PASSWORD, THEIRS]), []);
    assert.ok(printed.length > 100, 'the log is as talkative as it can be');
    assert.deepEqual(printed.filter((line) => line.includes(PASSWORD)), []);
  });
  endKeyring();
});
