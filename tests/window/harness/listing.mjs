// When Gatehouse hears of orders made elsewhere: at its next listing of all that is open, every few
// seconds.

import { LLC } from '../tour/world.mjs';
import { until } from './processes.mjs';

/**
 * Waits until a listing has just come, so that what is made elsewhere from now on is not heard of
 * for some seconds. Leaves an order of one share of IBM behind that never fills.
 */
export async function justListed(app, simulator, orders) {
  await orders.show();
  const listed = async () => ((await app.text('orders-list')) ?? '').split('IBM').length;
  const before = await listed();
  await simulator.act({ do: 'place-by-hand', account: LLC, instrument: 'IBM', quantity: 1, limit: '1.00' });
  await until(async () => (await listed()) > before, 'an order made elsewhere to be listed');
}
