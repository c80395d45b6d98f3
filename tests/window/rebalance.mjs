// A rebalance of three accounts: targets for the Roth IRA by itself and for the others together, a
// plan with its reasons, every order previewed and confirmed for itself, and nothing done twice.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { run } from './harness.mjs';
import { ordersIn } from './harness/book.mjs';
import { records } from './harness/journal-file.mjs';
import { until } from './harness/processes.mjs';
import { ACCOUNTS, LLC, ROTH } from './tour/world.mjs';

await run(async (world) => {
  const simulator = await world.simulator({ keep: true });
  const app = await world.app({ gateway: simulator.address });

  const rows = () =>
    app.driver.executeScript(
      'return [...document.querySelectorAll(\'[data-testid^="plan-row-"]\')].map((row) => ({' +
        'name: row.dataset.testid.slice(9), standing: row.dataset.standing, text: row.innerText }));',
    );
  const orders = async () => (await rows()).filter(({ standing }) => standing !== 'left');
  const idle = () => until(async () => (await app.attribute('screen-rebalance', 'data-work')) === null, 'the work to be done', 30_000);
  const plan = async () => {
    await app.click('rebalance-plan');
    await app.byTestId('rebalance-table');
    await idle();
  };

  await world.step('Targets for three accounts are typed', async () => {
    for (const { id } of ACCOUNTS) await app.byTestId(`account-card-${id}`);
    await app.click('nav-rebalance');
    for (const [at, [name, weight]] of [['AAPL', '5'], ['MSFT', '10'], ['KO', '50'], ['IBM', '4']].entries()) {
      if (at === 3) await app.click('target-add');
      await app.type(`target-${at}-name`, name);
      await app.type(`target-${at}-weight`, weight);
    }
    await app.click('target-2-account');
    await app.click(`target-2-account-${ROTH}`);
    await app.waitText('targets-sum', 'Together 19 %');
  });

  await world.step('The plan is of all three, and says why', async () => {
    await plan();
    const planned = await orders();
    for (const { id } of ACCOUNTS) assert.ok(planned.some(({ name }) => name.endsWith(id)), `an order in ${id}`);
    // What it cost there is nearer to the price than in the other account.
    assert.match(await app.text(`plan-why-AAPL-${LLC}`), /realizes a gain|stands at a loss/);
    assert.match(await app.text(`plan-row-KO-${ROTH}`), /Buy \d+ KO/);
    assert.match(await app.text('rebalance-table'), /spends settled cash only/);
    assert.equal(ordersIn(world.gatewayState).length, 0, 'a plan sends nothing');
    assert.match(fs.readFileSync(path.join(world.dataDir, 'rebalance.json'), 'utf8'), /"AAPL"/);
  });

  await world.step('The rules and the gateway are asked about every order', async () => {
    await app.click('rebalance-preview');
    await idle();
    for (const { name, standing, text } of await orders()) assert.equal(standing, 'ready', `${name}: ${text}`);
    await app.waitText(`total-${ROTH}`, /\d/);
  });

  let sent = 0;
  await world.step('The confirmation lists them by account', async () => {
    sent = (await orders()).length;
    await app.click('rebalance-send');
    await app.waitText('send-mode', 'no real money');
    for (const { id } of ACCOUNTS) await app.waitText(`send-${id}`, /order/);
  });

  await world.step('Each is sent once, a double click notwithstanding', async () => {
    const go = await app.byTestId('send-go');
    await app.driver.actions().doubleClick(go).perform();
    await app.waitGone('send-dialog', 30_000);
    for (const { name, standing, text } of await orders()) assert.equal(standing, 'sent', `${name}: ${text}`);
    await until(() => ordersIn(world.gatewayState).length === sent, `${sent} orders at the gateway`);
    const approved = (await records(path.join(world.dataDir, 'journal.db'))).filter(({ kind }) => kind === 'approved');
    assert.equal(new Set(approved.map(({ intent }) => intent)).size, sent);
    assert.equal(approved.length, sent);
  });

  await world.step('Planned again, nothing is done twice', async () => {
    await plan();
    for (const { name, text } of await rows()) {
      if (/^(AAPL|MSFT|KO|IBM)$/.test(name)) assert.match(text, /Within its band|still working|Less than one share|smaller than the least|settled/, name);
    }
    assert.equal((await orders()).length, 0, JSON.stringify(await orders()));
  });

  await world.step('The plan in the other colours', async () => {
    await app.click('nav-settings');
    const light = await app.driver.executeScript("return document.documentElement.dataset.theme === 'light'");
    await app.click(light ? 'theme-dark' : 'theme-light');
    await app.click('nav-rebalance');
    await app.byTestId('rebalance-table');
  });
});
