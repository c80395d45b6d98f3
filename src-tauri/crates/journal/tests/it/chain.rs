//! The chain as documented, computed here a second time.

use crate::samples::{as_stranger, records, stranger};
use gatehouse_desk::port::Store as _;
use gatehouse_journal::Journal;
use sha2::{Digest as _, Sha256};

/// The hash as the crate's page describes it.
pub fn by_hand(
    prev: &str,
    seq: i64,
    at: i64,
    account: Option<&str>,
    intent: Option<&str>,
    kind: &str,
    body: &str,
) -> String {
    let (seq, at) = (seq.to_string(), at.to_string());
    let fields = [
        Some("gatehouse-journal-1"),
        Some(prev),
        Some(&seq),
        Some(&at),
        account,
        intent,
        Some(kind),
        Some(body),
    ];
    let encoded: String = fields
        .iter()
        .map(|f| f.map_or("-".to_owned(), |f| format!("{}:{f}", f.len())))
        .collect();
    Sha256::digest(encoded)
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect()
}

type Row = (
    i64,
    i64,
    Option<String>,
    Option<String>,
    String,
    String,
    String,
    String,
);

#[tokio::test]
async fn a_stranger_with_the_description_finds_the_same_hashes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    let journal = Journal::open(&path).await.unwrap();
    let head = journal.append(&records()).await.unwrap();
    let rows: Vec<Row> = sqlx::query_as("SELECT * FROM record ORDER BY seq")
        .fetch_all(&mut stranger(&path).await)
        .await
        .unwrap();
    let mut last = "0".repeat(64);
    for (seq, at, account, intent, kind, body, prev, hash) in rows {
        assert_eq!(prev, last);
        last = by_hand(
            &prev,
            seq,
            at,
            account.as_deref(),
            intent.as_deref(),
            &kind,
            &body,
        );
        assert_eq!(hash, last, "record {seq}");
    }
    assert_eq!(last, head.hash);
}

#[tokio::test]
async fn changing_or_removing_a_record_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    let journal = Journal::open(&path).await.unwrap();
    journal.append(&records()).await.unwrap();
    for sql in [
        "UPDATE record SET body = '{}' WHERE seq = 3",
        "UPDATE record SET hash = hash WHERE seq = 3",
        "DELETE FROM record WHERE seq = 3",
        "DELETE FROM record",
        "UPDATE head SET seq = 3",
        "DELETE FROM head",
        "INSERT OR REPLACE INTO record SELECT 3, at, account, intent, kind, '{}', prev, hash \
         FROM record WHERE seq = 3",
        "INSERT INTO record SELECT 99, at, account, intent, kind, body, prev, hash \
         FROM record WHERE seq = 3",
    ] {
        assert!(as_stranger(&path, sql).await.is_err(), "{sql}");
    }
}

#[tokio::test]
async fn guards_that_were_dropped_are_put_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    let journal = Journal::open(&path).await.unwrap();
    journal.append(&records()).await.unwrap();
    journal.close().await;
    as_stranger(&path, crate::samples::UNGUARD).await.unwrap();
    let _journal = Journal::open(&path).await.unwrap();
    assert!(as_stranger(&path, "DELETE FROM record").await.is_err());
}
