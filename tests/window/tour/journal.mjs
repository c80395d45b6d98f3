// Step 5: everything that was attempted is written down, and a change to it is found.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { moved } from '../harness/decimals.mjs';
import { attempts, tamper } from '../harness/journal-file.mjs';
import { until } from '../harness/processes.mjs';
import { LLC, PFE } from './world.mjs';

export async function journal(tour) {
  const { world, app, ticket: form, orders, book, written, file } = tour;

  await world.step('A double click makes one order', async () => {
    const before = book().length;
    await orders.show();
    await form.begin(LLC);
    await form.choose('PFE', PFE);
    await form.quantity('3');
    await form.limit(moved(await form.quote('bid'), -5));
    assert.equal(await form.preview(), 'previewed');
    await form.askToConfirm();
    const send = await app.byTestId('confirm-send');
    await app.driver.actions().doubleClick(send).perform();
    const key = await form.sent();
    const { intent } = await orders.state(key, 'working');
    assert.equal(book().length, before + 1, 'one more at the gateway');
    const records = await written();
    if (records) {
      const mine = records.filter((record) => record.intent === intent);
      assert.equal(mine.filter(({ kind }) => kind === 'approved').length, 1);
    }
    await orders.click(key, 'order-cancel');
    await orders.state(key, 'cancelled');
  });

  await world.step('An abandoned preview is written down', async () => {
    await form.begin(LLC);
    await form.choose('PFE', PFE);
    await form.quantity('4');
    await form.market();
    assert.equal(await form.preview(), 'previewed');
    await app.click('preview-edit');
    await app.click('nav-journal');
    await app.waitText('journal-list', /was let go/);
  });

  let rows;
  await world.step('The journal shows every attempt', async () => {
    rows = await allRows(app);
    const kinds = new Set(rows.map(({ kind }) => kind));
    for (const kind of [
      'started', 'linkUp', 'linkDown', 'judged', 'previewed', 'abandoned',
      'approved', 'cancelAsked', 'status', 'execution', 'commission',
    ]) {
      assert.ok(kinds.has(kind), `${kind} is shown`);
    }
    assert.ok(rows.some(({ says }) => says.startsWith('Blocked: Sell 10')), 'the short sale');
    const records = await written();
    if (records) {
      assert.deepEqual(
        rows.map(({ seq, kind, intent }) => [seq, kind, intent]),
        records.map(({ seq, kind, intent }) => [seq, kind, intent]).reverse(),
        'the view is the file',
      );
    }
  });

  await world.step('One order as it was written', async () => {
    const { intent } = rows.find(({ kind }) => kind === 'approved');
    await app.type('journal-intent', intent);
    await until(
      async () => {
        const shown = await visibleRows(app);
        return shown.length > 0 && shown.every((row) => row.intent === intent);
      },
      'only this order',
    );
    const approved = (await visibleRows(app)).find(({ kind }) => kind === 'approved');
    await app.click(`journal-row-${approved.seq}`);
    assert.match(await app.waitText('journal-entry-body', '"approved"'), /"terms"/);
  });

  await world.step('An export, a backup and the head can be taken elsewhere', async () => {
    await app.click('journal-clear');
    await app.click('journal-copies-open');
    await app.click('journal-export');
    const said = await app.waitText('journal-exported', /records are in .*\.jsonl$/);
    const lines = readFileSync(said.replace(/^.* are in /, ''), 'utf8').trimEnd().split('\n');
    const exported = lines.map((line) => JSON.parse(line));
    assert.deepEqual(exported.map(({ seq }) => seq), rows.map(({ seq }) => seq).sort((a, b) => a - b));
    await app.click('journal-back-up');
    await app.waitText('journal-backed-up', `A copy of ${exported.length} records`);
    const head = await app.waitText('journal-head', /^\d+:[0-9a-f]{64}$/);
    await app.type('journal-noted', head);
    await app.click('journal-prove');
    await app.waitText('journal-proved', /passes through the head that was noted/);
    await app.screenshot('journal-copies');
    await app.click('journal-copies-close');
  });

  await world.step('The check finds it intact', async () => {
    await app.click('journal-verify');
    await app.waitText('journal-verdict', /All \d+ records are as they were written/);
    assert.equal(await app.attribute('journal-verdict', 'data-intact'), 'true');
  });

  if (world.isDemo) return;

  await world.step('The file takes no change from plain statements', async () => {
    for (const said of await attempts(file)) assert.match(said, /^refused: .*append-only/);
  });

  await world.step('The check finds a changed byte', async () => {
    const judged = (await written()).filter(({ kind }) => kind === 'judged');
    const { seq, body } = judged[Math.floor(judged.length / 2)];
    const was = /"quantity":"?\d+/.exec(body)[0];
    const last = was.at(-1);
    await tamper(file, seq, was, was.slice(0, -1) + (last === '9' ? '8' : String(Number(last) + 1)));
    await app.click('journal-verify');
    await app.waitText('journal-verdict', `Record ${seq} is not as it was written`);
    assert.equal(await app.attribute('journal-verdict', 'data-intact'), 'false');
  });
}

function visibleRows(app) {
  return app.driver.executeScript(`
    return [...document.querySelectorAll('[data-testid^="journal-row-"]')].map((row) => ({
      seq: Number(row.dataset.testid.slice('journal-row-'.length)),
      kind: row.dataset.kind,
      intent: row.dataset.intent ?? null,
      says: row.querySelector('.entry-says').innerText,
    }));`);
}

/** Every row, newest first: the list is scrolled through, as only rows in sight are in the page. */
async function allRows(app) {
  const seen = new Map();
  await until(
    async () => {
      for (const row of await visibleRows(app)) seen.set(row.seq, row);
      const newest = Math.max(...seen.keys());
      if (seen.size === newest) return true;
      await app.driver.executeScript(
        `const list = document.querySelector('[data-testid="journal-list"]');
         const atEnd = list.scrollTop + list.clientHeight >= list.scrollHeight - 1;
         list.scrollTop = atEnd ? 0 : list.scrollTop + list.clientHeight / 2;`,
      );
      await app.painted();
      return false;
    },
    'every record to have been in sight',
    20_000,
  );
  await app.driver.executeScript(
    `document.querySelector('[data-testid="journal-list"]').scrollTop = 0;`,
  );
  return [...seen.values()].sort((a, b) => b.seq - a.seq);
}
