//! The lasting format: what lies in the file for each kind of record.

use crate::samples::{entries, records, stranger};
use gatehouse_desk::port::Store as _;
use gatehouse_journal::Journal;
use sqlx::Row as _;
use std::collections::BTreeSet;

#[tokio::test]
async fn every_kind_of_record_lies_in_the_file_as_it_always_did() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    let journal = Journal::open(&path).await.unwrap();
    journal.append(&records()).await.unwrap();
    let rows = sqlx::query("SELECT seq, at, account, intent, kind, body, prev, hash FROM record")
        .fetch_all(&mut stranger(&path).await)
        .await
        .unwrap();
    let text = |row: &sqlx::sqlite::SqliteRow, n: usize| {
        row.get::<Option<String>, _>(n).unwrap_or("-".to_owned())
    };
    let lines: Vec<String> = rows
        .iter()
        .map(|r| {
            format!(
                "{} at {} account {} intent {} kind {}\n  {}\n  {}\n  {}",
                r.get::<i64, _>(0),
                r.get::<i64, _>(1),
                text(r, 2),
                text(r, 3),
                text(r, 4),
                text(r, 5),
                text(r, 6),
                text(r, 7),
            )
        })
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[tokio::test]
async fn the_tables_and_guards_are_those_of_version_1() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    Journal::open(&path).await.unwrap().close().await;
    let schema: Vec<String> =
        sqlx::query_scalar("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")
            .fetch_all(&mut stranger(&path).await)
            .await
            .unwrap();
    insta::assert_snapshot!(schema.join(";\n"));
}

#[tokio::test]
async fn every_kind_of_record_reads_back_as_it_was_written() {
    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::open(folder.path().join("journal.db"))
        .await
        .unwrap();
    journal.append(&records()).await.unwrap();
    let read = journal
        .replay(gatehouse_domain::instant::UnixMillis(0))
        .await
        .unwrap();
    let read: Vec<_> = read.into_iter().map(|r| r.record).collect();
    assert_eq!(read, records());
}

#[test]
fn the_samples_miss_no_kind() {
    // `kind` is an exhaustive match in the desk; a new kind changes this number.
    let kinds: BTreeSet<_> = entries().iter().map(|e| e.kind()).collect();
    assert_eq!(kinds.len(), 28);
}
