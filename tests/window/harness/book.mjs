// The orders that the simulated gateway has in its book, read from its state file.

import fs from 'node:fs';

/** Those that work. The gateway writes at each change; before the first there is no file. */
export function workingIn(file) {
  return worldIn(file)?.working ?? [];
}

/** All of them, working or done. */
export function ordersIn(file) {
  const world = worldIn(file);
  return world ? [...world.working, ...world.completed.map(({ order }) => order)] : [];
}

function worldIn(file) {
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')).world : null;
}
