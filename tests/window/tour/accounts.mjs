// Step 1: three accounts, all at once and one by one, moving with the market.

import assert from 'node:assert/strict';
import { units } from '../harness/decimals.mjs';
import { figures, position } from '../harness/figures.mjs';
import { until } from '../harness/processes.mjs';
import { AAPL, ACCOUNTS, INDIVIDUAL, LLC, ROTH } from './world.mjs';

const NAMES = [
  'netLiquidation',
  'dailyPnl',
  'unrealizedPnl',
  'totalCash',
  'settledCash',
  'buyingPower',
  'excessLiquidity',
  'initialMargin',
  'maintenanceMargin',
];
const ALONE = ['availableFunds', 'equityWithLoan', 'grossPositionValue', 'realizedPnl'];
const POSITIONS = 21;

export async function accounts({ world, app }) {
  await world.step('The window says PAPER and that it is simulated', async () => {
    await app.waitText('mode-badge', 'PAPER (simulated)');
    await until(async () => (await app.attribute('link-state', 'data-state')) === 'up', 'the link');
    assert.equal(await app.attribute('frame', 'data-mode'), 'paper');
    assert.match(await app.title(), /Gatehouse/);
  });

  await world.step('Three accounts with every figure', async () => {
    for (const { id, kind } of ACCOUNTS) {
      assert.ok((await app.waitText(`account-card-${id}`, kind)).includes('USD'));
    }
    const wanted = [...ACCOUNTS.map(({ id }) => id), 'household'].flatMap((owner) =>
      NAMES.map((name) => `figure-${owner}-${name}`),
    );
    await until(async () => {
      const seen = await figures(app);
      const missing = wanted.filter((name) => seen[name]?.value == null);
      if (missing.length > 0) throw new Error(`not known: ${missing.join(', ')}`);
      const old = wanted.filter((name) => seen[name].stale);
      if (old.length > 0) throw new Error(`stale: ${old.join(', ')}`);
      return true;
    }, 'every figure');
  });

  await world.step('The sum over the accounts is their sum', async () => {
    for (const name of ['netLiquidation', 'totalCash', 'maintenanceMargin']) {
      await until(async () => {
        const seen = await figures(app);
        const parts = ACCOUNTS.map(({ id }) => units(seen[`figure-${id}-${name}`].value));
        const sum = parts.reduce((a, b) => a + b);
        const shown = units(seen[`figure-household-${name}`].value);
        if (sum !== shown) throw new Error(`${name}: ${parts.join(' + ')} is not ${shown}`);
        return true;
      }, `the ${name} of all to be that of each`);
    }
  });

  await world.step('Figures move as the market moves', async () => {
    const names = [...ACCOUNTS.map(({ id }) => id), 'household'].map(
      (owner) => `figure-${owner}-netLiquidation`,
    );
    const before = await figures(app);
    const price = await position(app, AAPL);
    await until(
      async () => {
        const now = await figures(app);
        const same = names.filter((name) => now[name].value === before[name].value);
        if (same.length > 0) throw new Error(`unmoved: ${same.join(', ')}`);
        return (await position(app, AAPL)).price.value !== price.price.value;
      },
      'every net liquidation and a price to move',
      20_000,
    );
  });

  await world.step('A position is its quantity times its price', async () => {
    const row = await position(app, AAPL);
    const worth = (units(row.quantity.value) * units(row.price.value)) / 10n ** 8n;
    const told = units(row.value.value);
    // The value is the broker's, told once a second; the price is the market's and moves at once.
    assert.ok((worth > told ? worth - told : told - worth) < told / 200n, `${worth} for ${told}`);
    assert.equal(row.quantity.value, '250', '150 in one account and 100 in another');
    for (const [name, { value, text }] of Object.entries(row)) {
      if (['buy', 'sell', 'options', 'averageCost', 'quantity', 'price', 'value'].includes(name)) continue;
      assert.match(text, units(value) < 0n ? /^−/ : /^(\+|0\.00)/, `${name} says its sign`);
    }
  });

  await world.step('Positions account by account', async () => {
    await app.click('positions-each');
    await app.byTestId(`position-row-${INDIVIDUAL}:${AAPL}`);
    const [one, other] = [
      await position(app, `${INDIVIDUAL}:${AAPL}`),
      await position(app, `${LLC}:${AAPL}`),
    ];
    assert.deepEqual([one.quantity.value, other.quantity.value], ['150', '100']);
    await app.waitText('positions-count', String(POSITIONS));
  });

  await world.step('One account alone', async () => {
    await app.click('account-switcher');
    await app.click(`account-switcher-${ROTH}`);
    await app.waitText('positions-count', '5');
    await app.waitGone(`account-card-${LLC}`);
    await until(async () => {
      const seen = await figures(app);
      return [...NAMES, ...ALONE].every((name) => seen[`figure-${ROTH}-${name}`]?.value != null);
    }, 'every figure of the account');
    const seen = await figures(app);
    const of = (name) => units(seen[`figure-${ROTH}-${name}`].value);
    assert.ok(of('settledCash') < of('totalCash'), 'some cash has not settled');
  });

  await app.click('account-switcher');
  await app.click('account-switcher-all');
  await app.byTestId(`account-card-${LLC}`);
  await app.click('positions-merged');
}
