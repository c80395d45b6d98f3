// The tour of the application, in the real window on a simulated gateway: accounts, a ticket, the
// life of an order, a no, the journal, a lost link.
//
// What is on the screen is held against the journal's file and the gateway's own book. In demo mode
// the same way is walked for the pictures, without what needs test tools.

import path from 'node:path';
import { run } from './harness.mjs';
import { ordersIn } from './harness/book.mjs';
import { records } from './harness/journal-file.mjs';
import { Orders } from './harness/orders.mjs';
import { Ticket } from './harness/ticket.mjs';
import { accounts } from './tour/accounts.mjs';
import { badInput } from './tour/bad-input.mjs';
import { cancelEverything } from './tour/cancel-everything.mjs';
import { journal } from './tour/journal.mjs';
import { lostLink } from './tour/lost-link.mjs';
import { orderLives } from './tour/order-lives.mjs';
import { refusals } from './tour/refusals.mjs';
import { thirdParty } from './tour/third-party.mjs';
import { ticket } from './tour/ticket.mjs';

await run(async (world) => {
  const simulator = await world.simulator({ keep: true });
  const app = await world.app({ gateway: simulator.address });
  const file = path.join(world.dataDir, 'journal.db');
  const tour = {
    world,
    simulator,
    app,
    file,
    ticket: new Ticket(app),
    orders: new Orders(app),
    /** The journal as it is on disk; not in the demo, which can't count on an SQLite to read it. */
    written: async () => (world.isDemo ? null : records(file)),
    /** Every order that the gateway has in its book, working or done. It writes at each change. */
    book: () => ordersIn(world.gatewayState),
  };
  for (const chapter of [
    accounts,
    ticket,
    orderLives,
    refusals,
    badInput,
    cancelEverything,
    thirdParty,
    lostLink,
    journal,
  ]) {
    await chapter(tour);
  }
});
