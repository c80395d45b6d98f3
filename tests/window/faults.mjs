// Every fault of the wizard's list made for real, and its words read from the window: one window,
// one simulated gateway whose faults are switched, and sockets that are no gateway at all.
//
// Where the system allows it the script runs in a network of its own, so that an address without a
// route can be had. What can't be made is said to be skipped.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './harness.mjs';
import { Keyboard } from './harness/keyboard.mjs';
import { end, freePort, listens, start, until } from './harness/processes.mjs';
import { programs } from './harness/programs.mjs';

const OWN = 'GATEHOUSE_OWN_NETWORK';
const NETWORK = ['-c', '--keep-caps', '-n', 'sh', '-c'];
const SET_UP = 'ip link set lo up && ip route add unreachable 127.9.9.9/32 table local';
const USUAL = [4001, 4002, 7496, 7497];

/** Starts this script once more in a network of its own; false where there is none to be had. */
async function inOwnNetwork() {
  if (process.env[OWN] || spawnSync('unshare', [...NETWORK, SET_UP]).status !== 0) return false;
  const script = fileURLToPath(import.meta.url);
  const args = [...NETWORK, `${SET_UP} && exec "$0" "$1"`, process.execPath, script];
  const child = spawn('unshare', args, { stdio: 'inherit', env: { ...process.env, [OWN]: 'yes' } });
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(name, () => child.kill(name));
  process.exitCode = await new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
  return true;
}

/** A port that answers the first bytes with these; `null` answers nothing. */
function answering(bytes, host = '127.0.0.1') {
  return new Promise((resolve, reject) => {
    const server = net.createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => bytes !== null && socket.end(bytes));
    });
    server.once('error', reject);
    server.listen(0, host, () => resolve(server));
  });
}

/** A port that neither accepts nor refuses: the queue of those who wait there is full. */
async function swallowing() {
  let heard;
  const port = new Promise((resolve) => {
    heard = resolve;
  });
  const script = `
import socket, time
full = socket.socket(); full.bind(('127.0.0.1', 0)); full.listen(0)
held = []
for _ in range(3):
    one = socket.socket(); one.setblocking(False); one.connect_ex(full.getsockname()); held.append(one)
print(full.getsockname()[1], flush=True); time.sleep(600)`;
  const handle = start(programs.python, ['-c', script], { onLine: (line) => heard(Number(line)) });
  return { port: await port, close: () => end(handle) };
}

/** A process that is called as IB Gateway is, and does nothing. */
function gatewayThatWaits(folder) {
  const file = path.join(folder, 'ibgateway');
  fs.copyFileSync('/usr/bin/sleep', file);
  fs.chmodSync(file, 0o755);
  return start(file, ['600']);
}

const day = new Intl.DateTimeFormat('en-US', { timeZone: 'America/New_York', weekday: 'short' });
const isLoginDay = () => ['Sun', 'Mon'].includes(day.format(new Date()));
const timeNow = () => new Date().toTimeString().slice(0, 5);

if (!(await inOwnNetwork())) {
  await run(async (world) => {
    const gateway = await world.simulator();
    const live = await world.simulator({ args: ['--scenario', 'live'] });
    const restarting = await freePort();
    fs.mkdirSync(world.dataDir, { recursive: true });
    fs.writeFileSync(
      path.join(world.dataDir, 'profiles.toml'),
      `version = 1
[[profile]]
id = "nightly"
name = "Nightly"
host = "127.0.0.1"
port = ${restarting}
clientId = 17
takeOver = false
expects = "either"
readOnly = false
automatic = false
restartAt = "${timeNow()}"
accounts = []
`,
    );
    const app = await world.app({ gateway: live.address });
    const act = (action) => gateway.act(action);
    const faults = (wanted = {}) => act({ do: 'faults', ...wanted });
    const outcome = (step) => app.attribute(`check-${step}`, 'data-outcome');

    const begin = async ({ port = gateway.port, host = '127.0.0.1', expects = 'either' }) => {
      await app.type('wizard-host', host);
      await app.type('wizard-target-port', String(port));
      await app.click(`wizard-expects-${expects}`);
      await app.click('wizard-run');
    };
    const ended = () =>
      until(async () => (await app.attribute('wizard-verdict', 'data-usable')) !== null, 'the checks to end', 30_000);
    const check = async (target = {}) => {
      await begin(target);
      await ended();
    };

    /** At the gateway with these faults. */
    const withFaults = (wanted) => async () => {
      await faults(wanted);
      await check();
      await faults();
    };
    /** After this was done to the gateway, which is then undone. */
    const after = (done, undone) => async () => {
      await act(done);
      await check();
      await act(undone);
    };
    const answeredBy = (bytes) => async () => {
      const server = await answering(bytes);
      await check({ port: server.address().port });
      server.close();
    };
    const at = (target) => () => check(target);

    // Fault, words that must be read, how it is made, and what it needs of this computer.
    const table = [
      ['nothingListens', 'File → Global Configuration… → API → Settings', async () => check({ port: await freePort() })],
      ['http', 'The port belongs to another program', answeredBy('HTTP/1.1 400 Bad Request\r\n\r\n')],
      ['tls', 'wants an encrypted connection', answeredBy(Buffer.from([21, 3, 1, 0, 2, 2, 70]))],
      ['ssh', 'A remote shell (SSH) answers', answeredBy('SSH-2.0-OpenSSH_9.6\r\n')],
      ['otherProtocol', '220 mail.example', answeredBy('220 mail.example ESMTP\r\n')],
      ['nothingListens', `something does at port`, otherPort],
      ['closedAtOnce', 'Trusted IPs', withFaults({ 'close-on-accept': true })],
      ['silentHandshake', 'Accept incoming connection?', withFaults({ 'silent-handshake': true })],
      ['tooOld', 'Install the newest version', withFaults({ 'announce-version': 176 })],
      ['clientIdInUse', 'Choose another client id', withFaults({ 'stuck-client-id': 17 })],
      ['accountsNeverCame', 'complete the login', withFaults({ 'mute-accounts': true })],
      ['readOnlyApi', 'untick “Read-Only API”', withFaults({ 'read-only': true })],
      ['lost', 'It restarts, was closed, or broke down', goesInTheMiddle],
      ['loggedInElsewhere', 'code 10197', after({ do: 'competing-session' }, { do: 'end-competing-session' })],
      ['loggedInElsewhere', 'the two may push each other out in turn', pushedOut],
      ['upstreamDown', 'your internet link, IBKR\'s maintenance', after({ do: 'lose-upstream' }, { do: 'restore-upstream' })],
      ['nightlyRestart', 'Gatehouse connects again by itself', at({ port: restarting })],
      ['waitsForLogin', 'confirm with the second factor', waitsForLogin, () => notOnADay('days other than Sunday and Monday in New York', isLoginDay())],
      ['weeklyLogin', 'once a week, after Saturday night', waitsForLogin, () => notOnADay('Sunday and Monday in New York', !isLoginDay())],
      ['nameUnknown', 'does not know the name “no-such-host.invalid”', at({ host: 'no-such-host.invalid' })],
      ['notThisComputer', 'Gatehouse connects to this computer only', at({ host: '192.0.2.7' })],
      ['noRoute', 'There is no way to 127.9.9.9', async () => check({ host: '127.9.9.9', port: await freePort() }), () => process.env[OWN] === undefined && 'this system allows no network of its own'],
      ['timedOut', 'A firewall on this computer drops the connection', swallowed],
      ['otherFamily', 'Use the host ::1', otherFamily, async () => !(await hasSix()) && 'this computer has no IPv6'],
      ['otherFamily', 'listens at another one than you asked for', at({ host: '127.0.1.1' })],
      ['notSubscribed', 'No prices come from', withFaults({ 'no-market-data': true })],
      ['delayedOnly', 'Market Data Subscriptions', withFaults({ 'delayed-instead': true })],
      ['clockOff', 'date and time settings', after({ do: 'skew-clock', ms: 90_000 }, { do: 'skew-clock', ms: 0 })],
      ['otherMode', 'A paper login was expected, and this one trades real money', at({ port: live.port, expects: 'paper' })],
      ['otherMode', 'A live login was expected, and this one is a paper login', at({ expects: 'live' })],
      ['slowAnswers', 'Memory Allocation', slow],
    ];

    async function otherPort() {
      // One of the usual ports, unless somebody has it already: then that one is named.
      const servers = await Promise.all(USUAL.map((port) => answeringAt(port)));
      await check({ port: await freePort() });
      for (const server of servers) server?.close();
    }
    async function pushedOut() {
      await faults({ 'slow-answers': 150 });
      await begin({});
      await until(async () => (await act({ do: 'status' })).clients.includes(17), 'the check to be logged in');
      await act({ do: 'lose-upstream' });
      await act({ do: 'restore-upstream' });
      await act({ do: 'lose-upstream' });
      await ended();
      await act({ do: 'restore-upstream' });
      await faults();
    }
    async function goesInTheMiddle() {
      await faults({ 'slow-answers': 300 });
      await begin({});
      await until(async () => (await act({ do: 'status' })).clients.includes(17), 'the check to be logged in');
      await act({ do: 'close-port' });
      await ended();
      await act({ do: 'open-port' });
      await faults();
      // Nothing that stands on the connection was asked after it.
      assert.equal(await outcome('marketData'), 'notRun');
    }
    async function waitsForLogin() {
      const waiting = gatewayThatWaits(world.folder);
      await check({ port: await freePort() });
      await end(waiting);
    }
    async function swallowed() {
      const { port, close } = await swallowing();
      await check({ port });
      await close();
    }
    async function otherFamily() {
      const server = await answering(null, '::1');
      await check({ port: server.address().port });
      server.close();
    }
    async function slow() {
      await faults({ 'slow-answers': 3_200 });
      await begin({});
      // The rest is not waited for.
      await until(async () => (await outcome('api')) === 'limited', 'a slow answer', 10_000);
      await faults();
      await ended();
    }
    async function notOnADay(days, isNot) {
      if (isNot) return `it is told on ${days} only`;
      const busy = await Promise.all(USUAL.map(listens));
      return busy.includes(true) && 'something listens at a usual port here';
    }

    await world.step('The check list is open', async () => {
      await app.waitText('link-state', 'Connected');
      await new Keyboard(app).withControl('k');
      await app.type('palette-search', 'connection wizard');
      await app.click('palette-search-option-wizard');
      await app.click('wizard-step-prove');
      await app.byTestId('wizard-run');
    });

    for (const [name, words, make, needs] of table) {
      const lacks = (await needs?.()) || false;
      if (lacks) {
        console.log(`# skipped: ${name}, because ${lacks}`);
        continue;
      }
      await world.step(`${name}: ${words}`, async () => {
        await make();
        const line = `[data-fault="${name}"]`;
        await until(
          () => app.driver.executeScript('return document.querySelector(arguments[0])?.innerText.includes(arguments[1]);', line, words),
          `${name} to say “${words}”`,
        );
      });
    }

    await world.step('Mended, all of it passes', async () => {
      await check();
      await app.waitText('wizard-verdict', 'This connection can be used.');
    });
  });
}

function answeringAt(port) {
  return new Promise((resolve) => {
    const server = net.createServer((socket) => socket.on('error', () => {}));
    server.once('error', () => resolve(null));
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

function hasSix() {
  return answering(null, '::1').then(
    (server) => {
      server.close();
      return true;
    },
    () => false,
  );
}
