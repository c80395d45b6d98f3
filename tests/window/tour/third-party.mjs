// Another program at the same gateway: each sees the other's orders. Not in the demo.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { moved } from '../harness/decimals.mjs';
import { start, end, until } from '../harness/processes.mjs';
import { programs } from '../harness/programs.mjs';
import { GOOGL, KO, LLC, ROTH } from './world.mjs';

const SCRIPT = new URL('../../third_party/ib_async_world.py', import.meta.url).pathname;
const run = promisify(execFile);

export async function thirdParty(tour) {
  const { world, app, simulator, ticket: form, orders } = tour;
  if (world.isDemo) return;
  const ours = (command, ...args) => [SCRIPT, command, '--port', String(simulator.port), ...args];

  await world.step('Another program sees our order', async () => {
    await form.begin(ROTH);
    await form.choose('GOOGL', GOOGL);
    await form.quantity('7');
    const limit = moved(await form.quote('bid'), -4);
    await form.limit(limit);
    assert.equal(await form.preview(), 'previewed');
    await orders.show();
    const key = await form.send();
    const { intent } = await orders.state(key, 'working');
    const { stdout } = await run(programs.python, ours('watch-open-order', '--ref', intent));
    const seen = JSON.parse(stdout);
    assert.deepEqual(
      [seen.account, seen.symbol, seen.side, seen.qty, seen.limit],
      [ROTH, 'GOOGL', 'BUY', 7, Number(limit)],
    );
    await orders.click(key, 'order-cancel');
    await orders.state(key, 'cancelled');
  });

  await world.step('We see the order of another program', async () => {
    await form.begin(LLC);
    await form.choose('KO', KO);
    const limit = moved(await form.quote('bid'), -4);
    const before = (await orders.all()).map(({ key }) => key);
    const other = start(
      programs.python,
      ours('place', '--account', LLC, '--symbol', 'KO', '--side', 'BUY', '--qty', '5', '--limit', limit, '--ref', 'elsewhere'),
      { stdin: 'pipe' },
    );
    try {
      const made = await until(
        async () => (await orders.all()).find(({ key }) => !before.includes(key)),
        'another row',
      );
      const row = await orders.state(made.key, 'working');
      assert.equal(row.intent, null);
      assert.ok(row.text.includes(`Buy 5 KO at ${limit}`), row.text);
      assert.match(row.text, /Made by API client 700/);
    } finally {
      await end(other);
    }
  });
}
