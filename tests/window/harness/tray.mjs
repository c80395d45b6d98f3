// The icon's menu in the tray, over the session's bus, as a desktop's panel shows and presses it.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const call = promisify(execFile);
const MENU = 'com.canonical.dbusmenu';

async function gdbus(verb, dest, object, ...rest) {
  const { stdout } = await call('gdbus', [verb, '--session', '--dest', dest, '--object-path', object, ...rest]);
  return stdout;
}

/** The menu of the process: `{ text, press(label) }`; undefined while there is none. */
export async function trayOf(pid) {
  const bus = 'org.freedesktop.DBus';
  const names = await gdbus('call', bus, '/org/freedesktop/DBus', '--method', `${bus}.ListNames`);
  for (const [, name] of names.matchAll(/'(:[\d.]+)'/g)) {
    const owner = await gdbus('call', bus, '/org/freedesktop/DBus', '--method', `${bus}.GetConnectionUnixProcessID`, name).catch(() => '');
    if (!owner.includes(` ${pid},`)) continue;
    const tree = await gdbus('introspect', name, '/', '--recurse', '--only-properties').catch(() => '');
    const object = /node (\/\S*\/Menu)\b/.exec(tree)?.[1];
    if (object) return menuOf(name, object);
  }
  return undefined;
}

async function menuOf(name, object) {
  const layout = await gdbus('call', name, object, '--method', `${MENU}.GetLayout`, '--', '0', '-1', '[]');
  // Labels come with underscores for the letters that open them.
  const items = [...layout.matchAll(/\((\d+), \{([^}]*)\}/g)].map(([, id, properties]) => ({
    id,
    label: /'label': <(?:'([^']*)'|"([^"]*)")>/.exec(properties)?.slice(1).find(Boolean)?.replaceAll('_', '') ?? '',
  }));
  return {
    text: items.map(({ label }) => label).filter(Boolean),
    async press(label) {
      const item = items.find((each) => each.label === label);
      if (!item) throw new Error(`no ${label} among ${items.map((each) => each.label).join(', ')}`);
      await gdbus('call', name, object, '--method', `${MENU}.Event`, item.id, 'clicked', '<0>', '0');
    },
  };
}
