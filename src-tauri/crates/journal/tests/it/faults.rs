//! Bad files and bad moments: each has its name, and nothing is lost.

use crate::samples::{as_stranger, note, stranger};
use gatehouse_desk::port::{Store as _, StoreError, Verification};
use gatehouse_domain::instant::UnixMillis;
use gatehouse_journal::Journal;
use std::path::{Path, PathBuf};

fn place() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    (folder, path)
}

async fn with_one_record(path: &Path) {
    let journal = Journal::open(path).await.unwrap();
    journal.append(&[note(1)]).await.unwrap();
    journal.close().await;
}

async fn refusal(path: &Path) -> StoreError {
    Journal::open(path).await.unwrap_err()
}

#[tokio::test]
async fn a_journal_locked_by_another_program_is_named_at_opening() {
    let (_folder, path) = place();
    with_one_record(&path).await;
    let mut other = stranger(&path).await;
    sqlx::raw_sql("BEGIN IMMEDIATE")
        .execute(&mut other)
        .await
        .unwrap();
    assert!(matches!(refusal(&path).await, StoreError::Locked(_)));
}

#[tokio::test]
async fn a_journal_locked_while_open_is_named_and_goes_on_after() {
    let (_folder, path) = place();
    let journal = Journal::open(&path).await.unwrap();
    journal.append(&[note(1)]).await.unwrap();
    let mut other = stranger(&path).await;
    sqlx::raw_sql("BEGIN IMMEDIATE")
        .execute(&mut other)
        .await
        .unwrap();
    for records in [&[note(2)][..], &[note(2), note(3)]] {
        let error = journal.append(records).await.unwrap_err();
        assert!(matches!(error, StoreError::Locked(_)), "{error}");
    }
    sqlx::raw_sql("ROLLBACK").execute(&mut other).await.unwrap();
    let head = journal.append(&[note(4)]).await.unwrap();
    assert_eq!(head.seq, 2);
    assert_eq!(
        journal.verify(None).await.unwrap(),
        Verification::Intact(head)
    );
}

#[tokio::test]
async fn two_journals_on_one_file_never_fork_the_chain() {
    let (_folder, path) = place();
    let ours = Journal::open(&path).await.unwrap();
    let theirs = Journal::open(&path).await.unwrap();
    ours.append(&[note(1)]).await.unwrap();
    for records in [&[note(2)][..], &[note(2), note(3)]] {
        let error = theirs.append(records).await.unwrap_err();
        assert!(
            error.to_string().contains("another program has written"),
            "{error}"
        );
    }
    // The one that is up to date goes on; the other sees what it wrote, and that it is intact.
    let head = ours.append(&[note(4)]).await.unwrap();
    assert_eq!(theirs.head().await.unwrap(), head);
    assert_eq!(
        theirs.verify(None).await.unwrap(),
        Verification::Intact(head)
    );
}

#[cfg(unix)]
#[tokio::test]
async fn a_read_only_file_is_named() {
    use std::os::unix::fs::PermissionsExt as _;
    let (_folder, path) = place();
    with_one_record(&path).await;
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o400)).unwrap();
    let error = refusal(&path).await;
    assert!(
        matches!(&error, StoreError::ReadOnly(t) if t.contains("file")),
        "{error}"
    );
}

#[cfg(unix)]
#[tokio::test]
async fn a_read_only_folder_is_named() {
    use std::os::unix::fs::PermissionsExt as _;
    let (folder, path) = place();
    with_one_record(&path).await;
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o500)).unwrap();
    let error = refusal(&path).await;
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o700)).unwrap();
    assert!(
        matches!(&error, StoreError::ReadOnly(t) if t.contains("folder")),
        "{error}"
    );
}

#[tokio::test]
async fn appending_to_a_journal_opened_for_reading_is_refused() {
    let (_folder, path) = place();
    with_one_record(&path).await;
    let journal = Journal::open_read_only(&path).await.unwrap();
    let error = journal.append(&[note(2)]).await.unwrap_err();
    assert!(matches!(error, StoreError::ReadOnly(_)), "{error}");
    assert_eq!(journal.head().await.unwrap().seq, 1);
}

#[tokio::test]
async fn a_newer_journal_is_named_and_not_touched() {
    let (folder, path) = place();
    with_one_record(&path).await;
    as_stranger(&path, "PRAGMA user_version = 7").await.unwrap();
    let before = std::fs::read(&path).unwrap();
    let newer = StoreError::Newer { found: 7, known: 1 };
    assert_eq!(refusal(&path).await, newer);
    assert_eq!(Journal::open_read_only(&path).await.unwrap_err(), newer);
    assert_eq!(std::fs::read(&path).unwrap(), before);
    let kept: i64 = sqlx::query_scalar("SELECT count(*) FROM record")
        .fetch_one(&mut stranger(&path).await)
        .await
        .unwrap();
    assert_eq!(kept, 1);
    drop(folder);
}

#[tokio::test]
async fn a_file_that_is_no_database_is_named_and_not_touched() {
    let (_folder, path) = place();
    let text = "Dear diary, ".repeat(200);
    std::fs::write(&path, &text).unwrap();
    assert!(matches!(refusal(&path).await, StoreError::Damaged(_)));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
}

#[tokio::test]
async fn a_database_of_another_program_is_named_and_not_touched() {
    let (_folder, path) = place();
    std::fs::write(&path, "").unwrap();
    as_stranger(&path, "CREATE TABLE songs (name TEXT)")
        .await
        .unwrap();
    let before = std::fs::read(&path).unwrap();
    let error = refusal(&path).await;
    assert!(error.to_string().contains("not a journal"), "{error}");
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[tokio::test]
async fn a_corrupt_file_is_named() {
    let (_folder, path) = place();
    with_one_record(&path).await;
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[100..4096].fill(0xa5);
    std::fs::write(&path, bytes).unwrap();
    assert!(matches!(refusal(&path).await, StoreError::Damaged(_)));
}

#[tokio::test]
async fn a_folder_in_the_journals_place_is_named() {
    let (_folder, path) = place();
    std::fs::create_dir(&path).unwrap();
    assert!(refusal(&path).await.to_string().contains("not a file"));
}

#[cfg(unix)]
#[tokio::test]
async fn a_journal_that_was_moved_away_takes_no_more_records() {
    let (_folder, path) = place();
    let journal = Journal::open(&path).await.unwrap();
    journal.append(&[note(1)]).await.unwrap();
    std::fs::rename(&path, path.with_extension("old")).unwrap();
    assert!(journal.append(&[note(2)]).await.is_err());
    std::fs::write(&path, "").unwrap();
    let error = journal.append(&[note(2)]).await.unwrap_err();
    assert!(error.to_string().contains("replaced"), "{error}");
}

#[tokio::test]
async fn a_closed_journal_says_so() {
    let (_folder, path) = place();
    let journal = Journal::open(&path).await.unwrap();
    journal.close().await;
    journal.close().await;
    assert!(
        journal
            .append(&[note(1)])
            .await
            .unwrap_err()
            .to_string()
            .contains("closed")
    );
    assert!(
        journal
            .head()
            .await
            .unwrap_err()
            .to_string()
            .contains("closed")
    );
}

#[tokio::test]
async fn a_record_of_a_later_kind_is_kept_checked_and_named_but_not_guessed_at() {
    let (_folder, path) = place();
    let journal = Journal::open(&path).await.unwrap();
    journal.append(&[note(1)]).await.unwrap();
    let body = r#"{"at":2,"account":null,"intent":null,"entry":{"kind":"rebalanced"}}"#;
    let (prev, seq) = (journal.head().await.unwrap().hash, 2);
    journal.close().await;
    let hash = crate::chain::by_hand(&prev, seq, 2, None, None, "rebalanced", body);
    let add = format!(
        "INSERT INTO record VALUES (2, 2, NULL, NULL, 'rebalanced', '{body}', '{prev}', '{hash}')"
    );
    as_stranger(&path, &add).await.unwrap();

    let journal = Journal::open(&path).await.unwrap();
    let error = journal.replay(UnixMillis(0)).await.unwrap_err();
    assert!(
        error
            .to_string()
            .contains("record 2 of kind \"rebalanced\""),
        "{error}"
    );
    let head = journal.append(&[note(3)]).await.unwrap();
    assert_eq!(
        journal.verify(None).await.unwrap(),
        Verification::Intact(head)
    );
}
