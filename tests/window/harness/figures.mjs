// Figures as they are on the screen, all read in one turn of the page.

/** `{ testId: { value, text, stale, at } }` of every figure whose test id begins with `prefix`. */
export function figures(app, prefix = 'figure-') {
  return app.driver.executeScript(
    `return Object.fromEntries(
       [...document.querySelectorAll('[data-testid^="' + arguments[0] + '"]')].map((e) => [
         e.dataset.testid,
         { value: e.dataset.value ?? null, text: e.innerText, stale: e.dataset.stale === 'true', at: e.dataset.at ?? null },
       ]));`,
    prefix,
  );
}

/** The figures of one row of the positions, by column; null if the row is not there. */
export function position(app, key) {
  return app.driver.executeScript(
    `const row = document.querySelector('[data-testid="position-row-' + arguments[0] + '"]');
     return row === null ? null : Object.fromEntries(
       [...row.querySelectorAll('[data-testid^="position-"]')].map((e) => [
         e.dataset.testid.slice('position-'.length),
         { value: e.dataset.value ?? null, text: e.innerText, stale: e.dataset.stale === 'true' },
       ]));`,
    key,
  );
}
