// The journal's file, read and damaged from outside the application, by another program.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { start, end } from './processes.mjs';
import { programs } from './programs.mjs';

const run = promisify(execFile);

const READ = `
import json, sqlite3, sys
db = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True, timeout=5)
names = ("seq", "at", "account", "intent", "kind", "body", "prev", "hash")
rows = db.execute(f"SELECT {', '.join(names)} FROM record ORDER BY seq")
print(json.dumps([dict(zip(names, row)) for row in rows]))
`;

const CHANGE = `
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], timeout=5)
db.execute("DROP TRIGGER record_stays")
changed = db.execute("UPDATE record SET body = replace(body, ?, ?) WHERE seq = ?", sys.argv[2:5])
assert changed.rowcount == 1
db.commit()
`;

const APPEND_ONLY = `
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], timeout=5)
for attempt in ("UPDATE record SET body = '{}'", "DELETE FROM record", "DELETE FROM head"):
    try:
        db.execute(attempt)
        print("allowed: " + attempt)
    except sqlite3.Error as refusal:
        print(f"refused: {refusal}")
    db.rollback()
`;

const LOCK = `
import sqlite3, sys, time
db = sqlite3.connect(sys.argv[1], timeout=5, isolation_level=None)
db.execute("PRAGMA journal_mode = WAL")
db.execute("BEGIN EXCLUSIVE")
print("locked", flush=True)
time.sleep(600)
`;

const NEWER = `
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("PRAGMA application_id = 0x47415445")
db.execute("CREATE TABLE record (seq INTEGER PRIMARY KEY) STRICT")
db.execute("PRAGMA user_version = 99")
db.commit()
`;

/** Every record, oldest first; `entry` is what happened, parsed out of the body. */
export async function records(file) {
  const { stdout } = await python(READ, file);
  return JSON.parse(stdout).map((row) => ({ ...row, entry: JSON.parse(row.body).entry }));
}

/** Puts `now` in the place of `was` in the body of one record, past the guards. */
export async function tamper(file, seq, was, now) {
  await python(CHANGE, file, was, now, String(seq));
}

/** What became of attempts to change the file by plain statements, a line each. */
export async function attempts(file) {
  const { stdout } = await python(APPEND_ONLY, file);
  return stdout.trim().split('\n');
}

/** Holds the file locked, as another program that writes to it, until `release`. */
export async function lock(file) {
  let locked;
  const held = new Promise((resolve) => {
    locked = resolve;
  });
  const handle = start(programs.python, ['-c', LOCK, file], {
    onLine: (line) => line === 'locked' && locked(),
  });
  await Promise.race([
    held,
    handle.ended.then((how) => {
      throw new Error(`the file could not be locked (${how}): ${handle.told.join('\n')}`);
    }),
  ]);
  return { release: () => end(handle) };
}

/** A journal as a later version of the application might leave it. */
export async function makeNewer(file) {
  await python(NEWER, file);
}

function python(script, ...args) {
  return run(programs.python, ['-c', script, ...args], { maxBuffer: 64 * 1024 * 1024 });
}
