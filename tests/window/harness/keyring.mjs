// A GNOME Keyring on the session's bus, as the login opens it; and what a secret has left behind.

import { execFile, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { until } from './processes.mjs';

const call = promisify(execFile);

/** Starts the keyring with a password of its own and returns what ends it. */
export async function openKeyring(password) {
  const daemon = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  process.once('exit', () => daemon.kill('SIGKILL'));
  daemon.stdin.end(password);
  const bus = 'org.freedesktop.DBus';
  const asked = ['call', '--session', '--dest', bus, '--object-path', '/org/freedesktop/DBus', '--method', `${bus}.NameHasOwner`, 'org.freedesktop.secrets'];
  await until(async () => (await call('gdbus', asked)).stdout.includes('true'), 'the keyring on the bus');
  // A script that fails is over all the same.
  daemon.unref();
  daemon.stdin.unref?.();
  return () => daemon.kill('SIGKILL');
}

/** Deletes Gatehouse's entry, as a person does with the system's own program. */
export function deleteEntry(name) {
  return call('secret-tool', ['clear', 'application', 'app.gatehouse.desktop', 'name', name]);
}

/** Tells the session that the screen was locked, as a screen saver does. */
export function lockScreen() {
  const name = 'org.freedesktop.ScreenSaver';
  return call('gdbus', ['emit', '--session', '--object-path', '/org/freedesktop/ScreenSaver', '--signal', `${name}.ActiveChanged`, 'true']);
}

/** Every file under the folders that holds one of the texts, as it is or as UTF-16. */
export function filesWith(folders, texts) {
  const wanted = texts.flatMap((text) => [Buffer.from(text), Buffer.from(text, 'utf16le')]);
  const found = [];
  const look = (folder) => {
    for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
      const file = path.join(folder, entry.name);
      if (entry.isDirectory()) look(file);
      else if (entry.isFile()) {
        const bytes = fs.readFileSync(file);
        if (wanted.some((text) => bytes.includes(text))) found.push(file);
      }
    }
  };
  for (const folder of folders) look(folder);
  return found;
}
