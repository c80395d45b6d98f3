//! The tables, and bringing an older file up to date.

use crate::fault;
use gatehouse_desk::port::StoreError;
use sqlx::{AssertSqlSafe, Connection as _, SqliteConnection};
use std::path::Path;

/// What brings a file from each version to the next: the first makes version 1 of an empty
/// file. Steps are added, never changed.
pub(crate) const STEPS: &[&str] = &[VERSION_1];

/// Marks the file as ours in its header: `GATE`.
const APPLICATION_ID: i64 = 0x4741_5445;

const VERSION_1: &str = "
CREATE TABLE record (
    seq     INTEGER PRIMARY KEY,
    at      INTEGER NOT NULL,
    account TEXT,
    intent  TEXT,
    kind    TEXT NOT NULL,
    body    TEXT NOT NULL,
    prev    TEXT NOT NULL,
    hash    TEXT NOT NULL
) STRICT;
CREATE INDEX record_at ON record (at);
CREATE INDEX record_account ON record (account) WHERE account IS NOT NULL;
CREATE INDEX record_intent ON record (intent) WHERE intent IS NOT NULL;
CREATE TABLE head (
    one  INTEGER PRIMARY KEY CHECK (one = 1),
    seq  INTEGER NOT NULL,
    hash TEXT NOT NULL
) STRICT;
INSERT INTO head VALUES
    (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
";

/// Made again at every opening, should someone have dropped them.
const GUARDS: &str = "
CREATE TRIGGER IF NOT EXISTS record_follows BEFORE INSERT ON record
WHEN NOT EXISTS (SELECT 1 FROM head WHERE seq = NEW.seq - 1 AND hash = NEW.prev)
BEGIN SELECT RAISE(ABORT, 'the record does not follow the newest one'); END;
CREATE TRIGGER IF NOT EXISTS record_moves_head AFTER INSERT ON record
BEGIN UPDATE head SET seq = NEW.seq, hash = NEW.hash; END;
CREATE TRIGGER IF NOT EXISTS record_stays BEFORE UPDATE ON record
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER IF NOT EXISTS record_remains BEFORE DELETE ON record
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER IF NOT EXISTS head_is_newest BEFORE UPDATE ON head
WHEN NOT EXISTS (SELECT 1 FROM record WHERE seq = NEW.seq AND hash = NEW.hash)
  OR NEW.seq <= OLD.seq
BEGIN SELECT RAISE(ABORT, 'the head is the newest record'); END;
CREATE TRIGGER IF NOT EXISTS head_remains BEFORE DELETE ON head
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
";

/// The file's version, once it is known to be a journal that this program may read.
/// Changes nothing.
pub(crate) async fn probe(
    conn: &mut SqliteConnection,
    path: &Path,
    known: usize,
) -> Result<usize, StoreError> {
    let named = |e: sqlx::Error| fault::of_database(path, &e);
    let found: i64 = sqlx::query_scalar("PRAGMA user_version")
        .fetch_one(&mut *conn)
        .await
        .map_err(named)?;
    let known_version = i64::try_from(known).unwrap_or(i64::MAX);
    if found > known_version {
        return Err(StoreError::Newer {
            found,
            known: known_version,
        });
    }
    let mark: i64 = sqlx::query_scalar("PRAGMA application_id")
        .fetch_one(&mut *conn)
        .await
        .map_err(named)?;
    let tables: i64 = sqlx::query_scalar("SELECT count(*) FROM sqlite_schema")
        .fetch_one(&mut *conn)
        .await
        .map_err(named)?;
    match usize::try_from(found) {
        Ok(0) if tables == 0 => Ok(0),
        Ok(version) if version > 0 && mark == APPLICATION_ID => Ok(version),
        _ => Err(StoreError::Damaged(format!(
            "{} is a database, but not a journal of Gatehouse",
            path.display()
        ))),
    }
}

/// Brings the file up to date and puts the guards in place, all or nothing.
pub(crate) async fn migrate(
    conn: &mut SqliteConnection,
    path: &Path,
    steps: &'static [&'static str],
) -> Result<(), StoreError> {
    let named = |e: sqlx::Error| fault::of_database(path, &e);
    // Taking the write lock even when there is nothing to do finds a file that is locked or
    // can't be written now, not at the first order.
    let mut tx = conn.begin_with("BEGIN IMMEDIATE").await.map_err(named)?;
    let from = probe(&mut tx, path, steps.len()).await?;
    for (version, step) in (1..).zip(steps).skip(from) {
        sqlx::raw_sql(*step)
            .execute(&mut *tx)
            .await
            .map_err(named)?;
        let mark =
            format!("PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {version}");
        sqlx::raw_sql(AssertSqlSafe(mark))
            .execute(&mut *tx)
            .await
            .map_err(named)?;
    }
    sqlx::raw_sql(GUARDS)
        .execute(&mut *tx)
        .await
        .map_err(named)?;
    tx.commit().await.map_err(named)
}

#[cfg(test)]
#[path = "schema_tests.rs"]
mod tests;
