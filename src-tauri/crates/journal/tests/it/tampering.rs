//! What the check finds.

use crate::samples::{UNGUARD, as_stranger, entries, records, stranger};
use gatehouse_desk::port::{Head, Store as _, StoreError, StoredRecord, Verification};
use gatehouse_desk::record::Record;
use gatehouse_domain::id::{AccountId, IntentId};
use gatehouse_domain::instant::UnixMillis;
use gatehouse_journal::Journal;
use proptest::prelude::*;
use std::path::Path;

async fn written(path: &Path, records: &[Record]) -> Head {
    let journal = Journal::open(path).await.unwrap();
    let head = journal.append(records).await.unwrap();
    journal.close().await;
    head
}

/// What the check says after these statements were run past the guards.
async fn after(sql: &str) -> (i64, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    written(&path, &records()).await;
    as_stranger(&path, &format!("{UNGUARD}{sql}"))
        .await
        .unwrap();
    match Journal::open_read_only(&path)
        .await
        .unwrap()
        .verify(None)
        .await
        .unwrap()
    {
        Verification::Broken { seq, why } => (seq, why),
        Verification::Intact(head) => panic!("not found; {head:?}"),
    }
}

#[tokio::test]
async fn a_changed_body_is_found_at_its_record() {
    let (seq, why) =
        after("UPDATE record SET body = replace(body, '180.05', '180.06') WHERE seq = 9").await;
    assert_eq!(seq, 9);
    assert!(why.contains("changed"), "{why}");
}

#[tokio::test]
async fn a_removed_record_is_found() {
    let (seq, why) = after("DELETE FROM record WHERE seq = 9").await;
    assert_eq!(seq, 9);
    assert!(why.contains("missing"), "{why}");
}

#[tokio::test]
async fn a_tail_that_was_cut_off_is_found() {
    let (seq, why) = after("DELETE FROM record WHERE seq > 12").await;
    assert_eq!(seq, 13);
    assert!(why.contains("missing"), "{why}");
}

#[tokio::test]
async fn two_records_that_changed_places_are_found() {
    let (seq, _) = after(
        "UPDATE record SET seq = -1 WHERE seq = 4; UPDATE record SET seq = 4 WHERE seq = 5; \
         UPDATE record SET seq = 5 WHERE seq = -1",
    )
    .await;
    assert_eq!(seq, 4);
}

#[tokio::test]
async fn a_record_put_in_past_the_guards_is_found() {
    let (seq, _) = after(
        "INSERT INTO record SELECT 33, at, account, intent, kind, body, prev, hash \
         FROM record WHERE seq = 32",
    )
    .await;
    assert_eq!(seq, 33);
}

#[tokio::test]
async fn a_noted_head_shows_a_tail_cut_off_by_one_who_knows_the_format() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    let noted = written(&path, &records()).await;
    let cut = "DELETE FROM record WHERE seq > 12; \
               UPDATE head SET seq = 12, hash = (SELECT hash FROM record WHERE seq = 12)";
    as_stranger(&path, &format!("{UNGUARD}{cut}"))
        .await
        .unwrap();
    let journal = Journal::open_read_only(&path).await.unwrap();
    assert!(matches!(journal.verify(None).await.unwrap(), Verification::Intact(h) if h.seq == 12));
    let found = journal.verify(Some(&noted)).await.unwrap();
    assert!(
        matches!(found, Verification::Broken { seq: 13, .. }),
        "{found:?}"
    );
}

#[tokio::test]
async fn a_noted_head_shows_a_tail_that_was_written_anew() {
    let folder = tempfile::tempdir().unwrap();
    let noted = written(&folder.path().join("one.db"), &records()).await;
    let path = folder.path().join("two.db");
    let mut others = records();
    others[30].at = UnixMillis(1);
    written(&path, &others).await;
    let journal = Journal::open_read_only(&path).await.unwrap();
    let found = journal.verify(Some(&noted)).await.unwrap();
    assert!(
        matches!(found, Verification::Broken { seq: 32, .. }),
        "{found:?}"
    );
}

#[tokio::test]
async fn an_open_journal_misses_its_own_records_even_when_the_head_was_forged() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    let journal = Journal::open(&path).await.unwrap();
    journal.append(&records()).await.unwrap();
    let cut = "DELETE FROM record WHERE seq > 12; \
               UPDATE head SET seq = 12, hash = (SELECT hash FROM record WHERE seq = 12)";
    as_stranger(&path, &format!("{UNGUARD}{cut}"))
        .await
        .unwrap();
    let found = journal.verify(None).await.unwrap();
    assert!(
        matches!(found, Verification::Broken { seq: 13, .. }),
        "{found:?}"
    );
}

#[tokio::test]
async fn a_journal_whose_newest_record_was_changed_or_cut_off_does_not_open() {
    for sql in [
        "UPDATE record SET at = at + 1 WHERE seq = 32",
        "DELETE FROM record WHERE seq = 32",
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal.db");
        written(&path, &records()).await;
        as_stranger(&path, &format!("{UNGUARD}{sql}"))
            .await
            .unwrap();
        let error = Journal::open(&path).await.unwrap_err();
        assert!(matches!(error, StoreError::Damaged(_)), "{error}");
    }
}

#[tokio::test]
async fn no_state_is_rebuilt_from_a_changed_record() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    written(&path, &records()).await;
    let sql = "UPDATE record SET body = replace(body, '180.05', '180.06') WHERE seq = 9";
    as_stranger(&path, &format!("{UNGUARD}{sql}"))
        .await
        .unwrap();
    let journal = Journal::open(&path).await.unwrap();
    let error = journal.replay(UnixMillis(0)).await.unwrap_err();
    assert!(error.to_string().contains("record 9"), "{error}");
}

fn any_record() -> impl Strategy<Value = Record> {
    (
        any::<i32>(),
        proptest::option::of("[A-Z0-9]{1,9}"),
        proptest::option::of("[a-f0-9-]{1,12}"),
        proptest::sample::select(entries()),
        any::<String>(),
    )
        .prop_map(|(at, account, intent, entry, text)| Record {
            at: UnixMillis(i64::from(at)),
            account: account.map(|a| AccountId::new(&a).unwrap()),
            intent: intent.map(|i| IntentId::new(&i).unwrap()),
            entry: match entry {
                gatehouse_desk::record::Entry::LinkDown { .. } => {
                    gatehouse_desk::record::Entry::LinkDown { why: text }
                }
                other => other,
            },
        })
}

/// Changes one byte of one column of one row. True when there was a byte to change.
async fn change_byte(path: &Path, seq: i64, column: &str, at: usize, mask: u8) -> bool {
    as_stranger(path, UNGUARD).await.unwrap();
    let mut conn = stranger(path).await;
    if matches!(column, "seq" | "at") {
        let bit = i64::from(mask) << (8 * (at % 8));
        let sql = format!(
            "UPDATE record SET {column} = ({column} | ?1) - ({column} & ?1) WHERE seq = ?2"
        );
        let done = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(bit)
            .bind(seq)
            .execute(&mut conn)
            .await;
        // A number that another row has can't be given twice.
        return done.is_ok();
    }
    let sql = format!("SELECT CAST({column} AS BLOB) FROM record WHERE seq = ?");
    let found: Option<Vec<u8>> = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
        .bind(seq)
        .fetch_one(&mut conn)
        .await
        .unwrap();
    let mut bytes = found.unwrap_or_default();
    match bytes.len() {
        // NULL becomes a text.
        0 => bytes.push(mask),
        len => bytes[at % len] ^= mask,
    }
    let sql = format!("UPDATE record SET {column} = CAST(? AS TEXT) WHERE seq = ?");
    sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(bytes)
        .bind(seq)
        .execute(&mut conn)
        .await
        .unwrap();
    true
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
}

async fn all(journal: &Journal) -> Result<Vec<StoredRecord>, StoreError> {
    journal.replay(UnixMillis(i64::MIN)).await
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn any_changed_byte_of_any_column_breaks_the_chain(
        records in proptest::collection::vec(any_record(), 1..12),
        row in any::<prop::sample::Index>(),
        column in prop::sample::select(vec!["seq", "at", "account", "intent", "kind", "body", "prev", "hash"]),
        at in any::<usize>(),
        mask in 1..=u8::MAX,
    ) {
        runtime().block_on(async {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("journal.db");
            let head = written(&path, &records).await;
            let journal = Journal::open_read_only(&path).await.unwrap();
            prop_assert_eq!(journal.verify(None).await.unwrap(), Verification::Intact(head));
            journal.close().await;

            let seq = i64::try_from(row.index(records.len())).unwrap() + 1;
            prop_assume!(change_byte(&path, seq, column, at, mask).await);
            let journal = Journal::open_read_only(&path).await.unwrap();
            match journal.verify(None).await.unwrap() {
                Verification::Broken { seq: found, .. } => prop_assert!(found <= seq, "{found} > {seq}"),
                Verification::Intact(_) => prop_assert!(false, "not found: {column} of {seq}"),
            }
            Ok(())
        })?;
    }

    #[test]
    fn any_changed_byte_of_the_file_is_found_or_changes_no_record(
        at in any::<prop::sample::Index>(),
        mask in 1..=u8::MAX,
    ) {
        runtime().block_on(async {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("journal.db");
            let head = written(&path, &records()).await;
            let before = all(&Journal::open_read_only(&path).await.unwrap()).await.unwrap();
            let mut bytes = std::fs::read(&path).unwrap();
            let at = at.index(bytes.len());
            bytes[at] ^= mask;
            std::fs::write(&path, bytes).unwrap();
            let Ok(journal) = Journal::open_read_only(&path).await else { return Ok(()) };
            if let Ok(Verification::Intact(found)) = journal.verify(Some(&head)).await {
                prop_assert_eq!(found, head);
                prop_assert_eq!(all(&journal).await.unwrap(), before);
            }
            Ok(())
        })?;
    }
}
