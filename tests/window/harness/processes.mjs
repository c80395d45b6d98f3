// Child processes: each in a group of its own, so that ending one ends what it started too.

import { spawn } from 'node:child_process';
import net from 'node:net';
import readline from 'node:readline';

const running = new Set();

/** Starts `program`; `onLine` is given each line that it prints. */
export function start(program, args, { env = {}, onLine = () => {} } = {}) {
  const child = spawn(program, args, {
    detached: true,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const told = [];
  const take = (line) => {
    told.push(line);
    if (told.length > 200) told.shift();
    onLine(line);
  };
  readline.createInterface({ input: child.stdout }).on('line', take);
  readline.createInterface({ input: child.stderr }).on('line', take);
  const ended = new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  running.add(child);
  return { child, pid: child.pid, told, ended };
}

/** Sends `signal` to the whole group; a group that is gone already is fine. */
export function signal({ child }, name) {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, name);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/** Ends the group: asks first, insists after two seconds, and clears up stragglers. */
export async function end(handle) {
  signal(handle, 'SIGTERM');
  await Promise.race([handle.ended, delay(2000)]);
  signal(handle, 'SIGKILL');
  await handle.ended;
  running.delete(handle.child);
}

/** A loopback port that was free a moment ago. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Whether anything takes connections on that loopback port. */
export function listens(port) {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}

/** Asks `question` again and again until it answers something true; fails after `ms`. */
export async function until(question, what, ms = 10_000) {
  const deadline = performance.now() + ms;
  let last;
  for (;;) {
    try {
      const answer = await question();
      if (answer) return answer;
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (performance.now() > deadline) {
      const because = last ? `: ${last.message}` : '';
      throw new Error(`waited ${ms / 1000} s in vain for ${what}${because}`);
    }
    await delay(25);
  }
}

function delay(ms) {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}

function endAllNow() {
  for (const child of running) signal({ child }, 'SIGKILL');
}

process.once('exit', endAllNow);
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(name, () => {
    endAllNow();
    process.exit(1);
  });
}
