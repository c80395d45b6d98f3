// What does not work at the start is named on the screen, and what still works goes on: a journal
// that can't be written stops orders only, a gateway that can't be talked to is told from one that
// is not there.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { run } from './harness.mjs';
import { ordersIn } from './harness/book.mjs';
import { figures } from './harness/figures.mjs';
import { lock, makeNewer } from './harness/journal-file.mjs';
import { freePort, until } from './harness/processes.mjs';
import { Ticket } from './harness/ticket.mjs';
import { ACCOUNTS, KO, LLC } from './tour/world.mjs';

await run(async (world) => {
  const simulator = await world.simulator({ keep: true });

  const folder = (name) => {
    const made = path.join(world.folder, name);
    fs.mkdirSync(made);
    return made;
  };

  /** Opens the window on a journal that can't be written, and closes it again. */
  const ordersStop = async (name, dataDir, why) => {
    const app = await world.app({ gateway: simulator.address, dataDir });
    await world.step(name, async () => {
      await until(async () => {
        const seen = await figures(app);
        return ACCOUNTS.every(({ id }) => seen[`figure-${id}-netLiquidation`]?.value != null);
      }, 'the portfolio in spite of it');
      await app.click('nav-journal');
      const said = await app.waitText('face-broken', 'no order can be sent');
      assert.match(said, why);
      assert.equal(await app.text('journal-count'), null, 'a journal that was not read has no count');
      const form = new Ticket(app);
      await form.begin(LLC);
      await form.choose('KO', KO);
      await form.quantity('1');
      await form.market();
      await app.waitText('findings-passed', 'rules passed');
      assert.equal(await form.preview(), 'error');
      assert.equal(await app.attribute('preview-error', 'data-code'), 'journal');
      const told = await app.text('preview-error');
      assert.match(told, /Orders are stopped/);
      assert.match(told, why);
      assert.equal(fs.existsSync(world.gatewayState), false, 'nothing reached the gateway');
    });
    await app.close();
  };

  const locked = folder('locked');
  const holder = await lock(path.join(locked, 'journal.db'));
  await ordersStop('A locked journal stops orders, not the portfolio', locked, /locked by another program/);
  await holder.release();

  const readOnly = folder('read-only');
  fs.chmodSync(readOnly, 0o555);
  await ordersStop('A read-only folder stops orders, not the portfolio', readOnly, /read-only/);
  fs.chmodSync(readOnly, 0o755);

  const newer = folder('newer');
  await makeNewer(path.join(newer, 'journal.db'));
  await ordersStop('A journal of a newer version stops orders, not the portfolio', newer, /newer Gatehouse/);

  const again = await world.app({ gateway: simulator.address });
  await world.step('A draft outlives the application and is judged anew', async () => {
    const form = new Ticket(again);
    await until(async () => (await again.value('ticket-quantity')) === '1', 'the kept quantity');
    await again.waitText('ticket-instrument', 'KO');
    await again.waitText('findings-passed', 'rules passed');
    assert.equal(await form.preview(), 'previewed');
  });

  await world.step('A journal that is locked meanwhile stops what is under way, and loses nothing', async () => {
    const form = new Ticket(again);
    const other = await lock(path.join(world.dataDir, 'journal.db'));
    await form.askToConfirm();
    await again.click('confirm-send');
    const told = await again.waitText('confirm-error', /not sent/, 20_000);
    assert.match(told, /locked by another program/);
    assert.equal(await again.attribute('confirm-error', 'data-code'), 'journal');
    await again.waitText('journal-banner', /locked by another program/);
    await other.release();
    await again.click('confirm-back');
    await again.click('preview-again');
    await again.waitGone('preview-confirm-error');
    assert.equal(ordersIn(world.gatewayState).length, 0, 'nothing reached the gateway');
    await form.send();
    await until(() => ordersIn(world.gatewayState).length === 1, 'one order at the gateway');
    await again.waitGone('journal-banner');
  });
  await again.close();

  /** Opens the window on a gateway that is no good, and closes it again. */
  const namedFault = async (name, gateway, says) => {
    const app = await world.app({ gateway, dataDir: folder(`link-${gateway.split(':')[1]}`) });
    await world.step(name, async () => {
      await until(async () => says.test(await app.text()), `the page to say ${says}`, 20_000);
      assert.match(await app.text('link-state'), /Connecting|Link lost/);
      assert.equal(await (await app.byTestId('ticket-preview')).isEnabled(), false);
    });
    await app.close();
  };

  await namedFault('A gateway that is not there', `127.0.0.1:${await freePort()}`, /Nothing listens at 127\.0\.0\.1:\d+\. Start TWS or IB Gateway/);
  const old = await world.simulator({ args: ['--announce-version', '150'] });
  await namedFault('A gateway that is too old', old.address, /too old \(it speaks version 150; \d+ is needed\)\. Update TWS or IB Gateway/);
  const silent = await world.simulator({ args: ['--silent'] });
  await namedFault('A gateway that does not answer', silent.address, /accepts the connection and then says nothing/);
});
