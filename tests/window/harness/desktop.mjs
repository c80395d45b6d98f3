// What the desktop's notification service has been given. The service is dunst, which the session
// bus starts with the first notification; it keeps them in its history and shows none.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const call = promisify(execFile);

/** `{ from, title, text }` of every notification of this session, oldest first. */
export async function notifications() {
  const { stdout } = await call('gdbus', [
    'call',
    '--session',
    ...['--dest', 'org.freedesktop.Notifications'],
    ...['--object-path', '/org/freedesktop/Notifications'],
    ...['--method', 'org.dunstproject.cmd0.NotificationListHistory'],
  ]);
  const parts = (name) => [...stdout.matchAll(new RegExp(`'${name}': <(?:"((?:[^"\\\\]|\\\\.)*)"|'((?:[^'\\\\]|\\\\.)*)')>`, 'g'))].map(
    ([, double, single]) => (double ?? single).replaceAll(/\\(.)/g, '$1'),
  );
  const [froms, titles, texts] = [parts('appname'), parts('summary'), parts('body')];
  if (titles.length !== texts.length || froms.length !== titles.length) throw new Error(`not a history: ${stdout}`);
  return titles.map((title, i) => ({ from: froms[i], title, text: texts[i] })).toReversed();
}
