// The harness itself: the window opens, shows its title, can be pictured and closed.
//
// For when `tour.mjs` fails and the question is whether the window or the page is to blame.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import { run } from './harness.mjs';

await run(async (world) => {
  const app = await world.app();

  await world.step('the window shows its title', async () => {
    assert.match(await app.title(), /Gatehouse/);
  });

  await world.step('the page has text', async () => {
    assert.notEqual((await app.text()).trim(), '');
  });

  await world.step('the page is not in a language called "C"', async () => {
    assert.match(await app.driver.executeScript('return navigator.language'), /^[a-z]{2,3}(-|$)/);
  });

  await world.step('no script of a stranger runs', async () => {
    const ran = await app.driver.executeAsyncScript(`
      const done = arguments[arguments.length - 1];
      const script = document.createElement('script');
      script.textContent = 'window.strangerRan = true';
      document.head.append(script);
      script.remove();
      done(window.strangerRan === true);
    `);
    assert.equal(ran, false);
  });

  await world.step('a picture can be taken', async () => {
    assert.ok(fs.statSync(await app.screenshot('smoke')).size > 0);
  });

  await world.step('the application and its web process are known', async () => {
    const { app: own, web } = app.pids();
    assert.ok(own > 1);
    assert.ok(web.length >= 1);
  });
});
