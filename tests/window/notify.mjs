// Outside the window: what the desktop's notification service is given of fills and refusals, and
// what it is not given once that is switched off.

import assert from 'node:assert/strict';
import { run } from './harness.mjs';
import { moved } from './harness/decimals.mjs';
import { notifications } from './harness/desktop.mjs';
import { justListed } from './harness/listing.mjs';
import { Orders } from './harness/orders.mjs';
import { until } from './harness/processes.mjs';
import { Ticket } from './harness/ticket.mjs';
import { ACCOUNTS, KO, LLC, PFE, ROTH } from './tour/world.mjs';

await run(async (world) => {
  const simulator = await world.simulator();
  const app = await world.app({ gateway: simulator.address });
  const form = new Ticket(app);
  const orders = new Orders(app);
  let known = [];

  /** The notifications that have come since the last call, once there are so many. */
  const news = async (count) => {
    const all = await until(async () => {
      const now = await notifications();
      return now.length >= known.length + count ? now : undefined;
    }, `${count} more on the desktop`);
    const fresh = all.slice(known.length);
    known = all;
    return fresh;
  };

  /** Buys so many PFE at the market and waits until they are there. */
  const buy = async (quantity) => {
    await form.begin(LLC);
    await form.choose('PFE', PFE);
    await form.quantity(quantity);
    await form.quote('ask');
    await form.market();
    assert.equal(await form.preview(), 'previewed');
    const key = await form.send();
    await orders.show();
    await orders.state(key, 'filled');
  };

  /** Sells so many KO of which so many are taken before the order arrives: more than is left of the 120. */
  const beRefused = async (quantity, taken) => {
    await form.begin(ROTH);
    await form.choose('KO', KO);
    await form.side('sell');
    await form.quantity(String(quantity));
    const ask = await form.quote('ask');
    await form.limit(moved(ask, 4));
    assert.equal(await form.preview(), 'previewed');
    await justListed(app, simulator, orders);
    await simulator.act({ do: 'place-by-hand', account: ROTH, instrument: 'KO', quantity: -taken, limit: moved(ask, 5) });
    const key = await form.send();
    await orders.show();
    await orders.state(key, 'rejected');
  };

  await world.step('A fill is told on the desktop', async () => {
    for (const { id } of ACCOUNTS) await app.byTestId(`ticket-account-${id}`);
    await buy('5');
    const [told, ...more] = await news(1);
    assert.deepEqual([told.from, told.title], ['Gatehouse', 'Filled']);
    assert.match(told.text, new RegExp(`^Bought 5 PFE at [\\d.]+ in ${LLC}`));
    assert.deepEqual(more, []);
  });

  await world.step('A refusal is told on the desktop in plain words', async () => {
    await beRefused(100, 40);
    const [told, ...more] = await news(1);
    assert.deepEqual([told.from, told.title], ['Gatehouse', 'Refused']);
    assert.match(told.text, /Sell 100 KO/);
    assert.match(told.text, /can't be sold short/);
    assert.deepEqual(more, []);
  });

  await world.step('What is switched off is not told', async () => {
    await app.click('nav-settings');
    await app.click('notify-reject');
    await beRefused(70, 20);
    // The fill comes after it, so that its notification would have come before.
    await buy('7');
    const [told, ...more] = await news(1);
    assert.equal(told.title, 'Filled');
    assert.match(told.text, /Bought 7 PFE/);
    assert.deepEqual(more, []);
  });

  await world.step('And switched on again is told again', async () => {
    await app.click('nav-settings');
    await app.click('notify-fill');
    await app.click('notify-reject');
    await buy('9');
    await beRefused(50, 20);
    const [told, ...more] = await news(1);
    assert.equal(told.title, 'Refused');
    assert.deepEqual(more, []);
  });
});
