// Step 4: what the rules block before the gateway is asked, why, and what to do instead.

import assert from 'node:assert/strict';
import { until } from '../harness/processes.mjs';
import { AAPL, KO, LLC, ROTH, T } from './world.mjs';

export async function refusals(tour) {
  const { world, app, ticket: form, written, book } = tour;
  let known;

  await world.step('A short sale in the Roth IRA is blocked', async () => {
    known = book().length;
    await form.begin(ROTH);
    await form.choose('AAPL', AAPL);
    await form.side('sell');
    await form.quantity('10');
    await form.market();
    assert.equal(await form.preview(), 'blocked');
    const said = await finding(app, 'ira.no-short-sale');
    assert.match(said, /can't sell short\. It holds none\. Sell in an account that holds it/);
    await app.byCss('[data-testid="finding-ira.no-short-sale"] summary').then((e) => e.click());
    const whole = await app.waitText('finding-ira.no-short-sale', 'Source:');
    assert.match(whole, /No short sale in an IRA/);
    assert.match(whole, /IBKR knowledge base/);
    await blockedOnDisk(written, ROTH, 'ira.no-short-sale');
  });

  await world.step('Selling more than is held offers what is held', async () => {
    await form.begin(ROTH);
    await form.choose('KO', KO);
    await form.side('sell');
    await form.quantity('101');
    await form.market();
    assert.equal(await form.preview(), 'blocked');
    assert.match(await finding(app, 'ira.no-short-sale'), /It holds 100\. Sell 100 at most/);
    await app.waitText('mend-ira.no-short-sale', 'Use quantity 100');
  });

  await world.step('And the offer mends it', async () => {
    await app.click('mend-ira.no-short-sale');
    assert.equal(await app.value('ticket-quantity'), '100');
    await app.waitGone('finding-ira.no-short-sale');
    assert.equal(await form.preview(), 'previewed');
  });

  await world.step('A purchase on credit in the Roth IRA is blocked', async () => {
    await form.begin(ROTH);
    await form.choose('AAPL', AAPL);
    await form.side('buy');
    await form.quantity('100');
    await form.market();
    assert.equal(await form.preview(), 'blocked');
    assert.match(await finding(app, 'ira.no-borrowing'), /can't borrow\. .* Buy \d+ at most/);
  });

  await world.step('An order above the cap is blocked and mended', async () => {
    await form.begin(LLC);
    await form.choose('AT&T', T);
    await form.side('buy');
    await form.quantity('1001');
    await form.market();
    assert.equal(await form.preview(), 'blocked');
    assert.match(await finding(app, 'cap.quantity'), /1,001 is more than the cap of 1,000/);
    await blockedOnDisk(written, LLC, 'cap.quantity');
    await app.byTestId('mend-cap.quantity');
  });

  await app.click('mend-cap.quantity');
  await until(async () => (await app.value('ticket-quantity')) === '1000', 'the mended quantity');
  await app.waitGone('finding-cap.quantity');
  assert.equal(book().length, known, 'the gateway has been given nothing');
}

async function finding(app, rule) {
  const said = await app.waitText(`finding-${rule}`, 'Blocked');
  assert.equal(await app.attribute(`finding-${rule}`, 'data-outcome'), 'blocked');
  return said;
}

/** A blocked attempt is in the journal's file with the rule that blocked it, and goes no further. */
async function blockedOnDisk(written, account, rule) {
  const records = await written();
  if (records === null) return;
  const last = records.at(-1);
  assert.equal(last.kind, 'judged');
  assert.equal(last.account, account);
  assert.equal(last.entry.cleared, false);
  assert.ok(last.entry.findings.some((one) => one.rule === rule && one.outcome === 'blocked'));
}
