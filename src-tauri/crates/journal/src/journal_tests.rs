use super::*;
use gatehouse_desk::record::Entry;

fn long_note() -> Record {
    Record {
        at: UnixMillis(1),
        account: None,
        intent: None,
        entry: Entry::LinkDown {
            why: "x".repeat(3_000),
        },
    }
}

#[tokio::test]
async fn a_full_disk_is_named_and_once_there_is_room_the_chain_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    let journal = Journal::open_limited(&path, Some(12)).await.unwrap();
    let mut written = 0;
    let error = loop {
        match journal.append(&[long_note()]).await {
            Ok(head) => written = head.seq,
            Err(error) => break error,
        }
        assert!(written < 100, "the disk never filled");
    };
    assert!(matches!(error, StoreError::Full(_)), "{error}");
    let many = journal
        .append(&[long_note(), long_note()])
        .await
        .unwrap_err();
    assert!(matches!(many, StoreError::Full(_)), "{many}");
    assert_eq!(journal.head().await.unwrap().seq, written);
    journal.close().await;

    let journal = Journal::open(&path).await.unwrap();
    let head = journal.append(&[long_note()]).await.unwrap();
    assert_eq!(head.seq, written + 1);
    assert_eq!(
        journal.verify(None).await.unwrap(),
        Verification::Intact(head)
    );
}

#[tokio::test]
async fn a_disk_too_full_for_a_new_journal_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    let error = Journal::open_limited(&path, Some(3)).await.unwrap_err();
    assert!(matches!(error, StoreError::Full(_)), "{error}");
    assert!(Journal::open(&path).await.is_ok());
}

#[tokio::test]
async fn a_write_that_sqlite_refuses_as_read_only_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    Journal::open(&path).await.unwrap().close().await;
    let mut conn = options(&path).read_only(true).connect().await.unwrap();
    let error = sqlx::query("INSERT INTO record VALUES (1, 1, NULL, NULL, '', '', '', '')")
        .execute(&mut conn)
        .await
        .unwrap_err();
    let error = fault::of_database(&path, &error);
    assert!(matches!(error, StoreError::ReadOnly(_)), "{error}");
}
