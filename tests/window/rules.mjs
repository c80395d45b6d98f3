// The rules as a person sets them: a cap that blocks and mends, a reason that is typed against it,
// a rule of the person's own, trading that stays stopped over a restart, and a rule file that can't be read.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { Key } from 'selenium-webdriver';
import { run } from './harness.mjs';
import { workingIn } from './harness/book.mjs';
import { moved } from './harness/decimals.mjs';
import { until } from './harness/processes.mjs';
import { Ticket } from './harness/ticket.mjs';
import { KO, LLC } from './tour/world.mjs';

await run(async (world) => {
  const simulator = await world.simulator({ keep: true });
  const file = path.join(world.dataDir, 'rules.toml');
  let app = await world.app({ gateway: simulator.address });
  let form = new Ticket(app);

  const order = async (quantity) => {
    await form.begin(LLC);
    await form.choose('KO', KO);
    await form.quantity(quantity);
    await form.limit(moved(await form.quote('bid'), -5));
  };
  const reopen = async () => {
    await app.close();
    app = await world.app({ gateway: simulator.address });
    form = new Ticket(app);
    await app.byTestId(`account-card-${LLC}`);
  };
  const openCap = async () => {
    await app.click('nav-rules');
    await app.type('rules-search', 'order cap: quantity');
    if ((await app.text('value-cap.quantity-all-most')) === null) await app.click('rule-open-cap.quantity');
    await app.byTestId('value-cap.quantity-all-most');
  };

  await world.step('Every rule says what it is and who wrote it', async () => {
    await app.byTestId(`account-card-${LLC}`);
    await app.click('nav-rules');
    await app.waitText('rules-count', /\d\d rules/);
    await app.click('rule-open-ira.no-short-sale');
    await app.waitText('rule-ira.no-short-sale', 'IBKR knowledge base');
  });

  await world.step('A cap of 5 is set, and an order of 6 is blocked with a way out', async () => {
    await openCap();
    await app.type('value-cap.quantity-all-most', '5');
    await app.click('save-cap.quantity-all');
    await until(() => fs.existsSync(file) && /most"? = 5/.test(fs.readFileSync(file, 'utf8')), 'the rule file');
    await order('6');
    assert.equal(await form.preview(), 'blocked');
    await app.waitText('finding-cap.quantity', '6 is more than the cap of 5');
  });

  await world.step('The way out makes it 5, which passes', async () => {
    await app.click('mend-cap.quantity');
    await until(async () => (await app.value('ticket-quantity')) === '5', 'a quantity of 5');
    assert.equal(await form.preview(), 'previewed');
    await form.send();
    await until(() => workingIn(world.gatewayState).length === 1, 'one order in the book');
  });

  await world.step('More passes only by a typed word', async () => {
    await openCap();
    await app.click('weight-cap.quantity-all');
    await app.click('weight-cap.quantity-all-override');
    await app.click('save-cap.quantity-all');
    await app.waitText('loosen-says', 'asks for a reason');
    await app.type('loosen-word', 'LOOSEN');
    await app.click('loosen-go');
    await app.waitGone('loosen-dialog');
    await until(() => /override/.test(fs.readFileSync(file, 'utf8')), 'the rule file');
  });

  await world.step('A typed reason goes with the order into the journal', async () => {
    await order('7');
    assert.equal(await form.preview(), 'previewed');
    await form.askToConfirm();
    assert.equal(await (await app.byTestId('confirm-send')).isEnabled(), false);
    await app.type('reason-cap.quantity', 'a rebalance of the year');
    await app.click('confirm-send');
    await form.sent();
    await app.click('nav-journal');
    await app.type('journal-text', 'rebalance of the year');
    await until(async () => /KO/.test((await app.text('journal-list')) ?? (await app.text())), 'the reason');
  });

  await world.step('A rule of one\'s own is made with the form, which says what it would have said', async () => {
    await app.click('nav-rules');
    await app.click('own-new');
    await app.type('own-title', 'No small orders of KO');
    await app.click('own-fact-0');
    await app.click('own-fact-0-order.symbol');
    await app.type('own-value-0', 'KO');
    await app.click('own-add');
    await app.click('own-fact-1');
    await app.click('own-fact-1-order.quantity');
    await app.click('own-op-1');
    await app.click('own-op-1-<');
    await app.type('own-value-1', '4');
    await app.waitText('own-sentence', 'Blocks when the symbol is KO and the quantity is less than 4.');
    await app.waitText('own-counts', /Of your last \d+ orders/);
    await app.screenshot('own-rule-form');
    await app.click('own-keep');
    await app.waitText('own-no-small-orders-of-ko', 'Blocks');
    await until(() => /order\.quantity < 4/.test(fs.readFileSync(file, 'utf8')), 'the rule file');
  });

  await world.step('It is seen to speak', async () => {
    await order('3');
    assert.equal(await form.preview(), 'blocked');
    await app.waitText('finding-no-small-orders-of-ko', 'The symbol is KO, the quantity is 3.');
    await form.quantity('4');
    assert.equal(await form.preview(), 'previewed');
  });

  await world.step('Trading is stopped by its keys, and still after a restart', async () => {
    await app.driver.actions().keyDown(Key.CONTROL).sendKeys('.').keyUp(Key.CONTROL).perform();
    await app.waitText('stop-banner', 'Trading is stopped');
    await until(() => workingIn(world.gatewayState).length === 0, 'nothing in the book');
    await reopen();
    await app.waitText('stop-banner', 'Trading is stopped');
  });

  await world.step('A person lifts it', async () => {
    await app.click('stop-lift-ask');
    await app.click('stop-lift');
    await app.waitGone('stop-banner');
    await order('4');
    assert.equal(await form.preview(), 'previewed');
  });

  await world.step('A broken rule file says line and reason, and the last rules hold', async () => {
    fs.appendFileSync(file, '\n[rules."cap.quantty"]\nmost = 1\n');
    await reopen();
    await app.waitText('rules-banner', /Line \d+: there is no rule "cap.quantty"/);
    assert.match(await app.text('rules-banner'), /last in force hold/);
    await order('6');
    await app.waitText('finding-cap.quantity', 'more than the cap of 5');
    await app.click('rules-banner-show');
    await app.byTestId('rules-fault');
  });

  await world.step('It is set aside by the person, and the rules go on', async () => {
    await app.click('rules-restore');
    await app.waitGone('rules-fault');
    assert.match(fs.readFileSync(path.join(world.dataDir, 'rules.broken.toml'), 'utf8'), /quantty/);
    await openCap();
    assert.equal(await app.value('value-cap.quantity-all-most'), '5');
  });

  await world.step('The rules in the other colours', async () => {
    await app.click('nav-settings');
    const light = await app.driver.executeScript("return document.documentElement.dataset.theme === 'light'");
    await app.click(light ? 'theme-dark' : 'theme-light');
    await openCap();
  });
});
