//! Appending, paging, replaying.

use crate::samples::{account, intent, note, records};
use gatehouse_desk::port::{Head, PageQuery, Store as _, StoredRecord, Verification};
use gatehouse_desk::record::{Entry, Record};
use gatehouse_domain::instant::UnixMillis;
use gatehouse_journal::Journal;

fn numbers(records: &[StoredRecord]) -> Vec<i64> {
    records.iter().map(|r| r.seq).collect()
}

fn empty() -> Head {
    Head {
        seq: 0,
        hash: "0".repeat(64),
    }
}

async fn filled(folder: &tempfile::TempDir) -> Journal {
    let journal = Journal::open(folder.path().join("journal.db"))
        .await
        .unwrap();
    let order = |at, who: &str, what: &str| Record {
        account: Some(account(who)),
        intent: Some(intent(what)),
        entry: Entry::CancelAsked,
        ..note(at)
    };
    journal
        .append(&[
            note(10),
            order(20, "DU1", "a"),
            order(30, "DU2", "b"),
            order(30, "DU1", "c"),
            order(40, "DU1", "a"),
        ])
        .await
        .unwrap();
    journal
}

#[tokio::test]
async fn a_new_journal_is_empty_and_intact() {
    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::open(folder.path().join("new/folders/journal.db"))
        .await
        .unwrap();
    assert_eq!(journal.head().await.unwrap(), empty());
    assert_eq!(
        journal.verify(None).await.unwrap(),
        Verification::Intact(empty())
    );
    assert_eq!(journal.append(&[]).await.unwrap(), empty());
    assert!(journal.replay(UnixMillis(0)).await.unwrap().is_empty());
}

#[tokio::test]
async fn an_append_tells_the_head_and_numbers_without_gaps() {
    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::open(folder.path().join("journal.db"))
        .await
        .unwrap();
    assert_eq!(journal.append(&[note(1)]).await.unwrap().seq, 1);
    let head = journal.append(&[note(2), note(3)]).await.unwrap();
    assert_eq!(head.seq, 3);
    assert_eq!(journal.head().await.unwrap(), head);
    assert_eq!(
        journal.verify(None).await.unwrap(),
        Verification::Intact(head)
    );
}

#[tokio::test]
async fn a_reopened_journal_goes_on_where_it_ended() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    let journal = Journal::open(&path).await.unwrap();
    let before = journal.append(&records()).await.unwrap();
    journal.close().await;
    assert!(!path.with_extension("db-wal").exists());

    let journal = Journal::open(&path).await.unwrap();
    assert_eq!(journal.head().await.unwrap(), before);
    let after = journal.append(&[note(9)]).await.unwrap();
    assert_eq!(after.seq, before.seq + 1);
    assert_eq!(
        journal.verify(Some(&before)).await.unwrap(),
        Verification::Intact(after)
    );
}

#[tokio::test]
async fn what_was_appended_is_there_though_the_journal_was_never_closed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    let journal = Journal::open(&path).await.unwrap();
    let head = journal.append(&records()).await.unwrap();
    // A copy of the files as they lie there is what a crash would leave.
    let copy = folder.path().join("copy.db");
    std::fs::copy(&path, &copy).unwrap();
    std::fs::copy(path.with_extension("db-wal"), copy.with_extension("db-wal")).unwrap();
    let after = Journal::open(&copy).await.unwrap();
    assert_eq!(
        after.verify(None).await.unwrap(),
        Verification::Intact(head)
    );
}

#[tokio::test]
async fn pages_come_newest_first_and_join_without_overlap() {
    let folder = tempfile::tempdir().unwrap();
    let journal = filled(&folder).await;
    let mut query = PageQuery {
        limit: 2,
        ..PageQuery::default()
    };
    let mut seen = Vec::new();
    loop {
        let page = journal.page(&query).await.unwrap();
        let Some(last) = page.last() else { break };
        query.before = Some(last.seq);
        seen.extend(numbers(&page));
    }
    assert_eq!(seen, [5, 4, 3, 2, 1]);
}

#[tokio::test]
async fn pages_are_filtered_by_account_and_intent_and_both() {
    let folder = tempfile::tempdir().unwrap();
    let journal = filled(&folder).await;
    let page = async |who: Option<&str>, what: Option<&str>, before| {
        let query = PageQuery {
            before,
            limit: 10,
            account: who.map(account),
            intent: what.map(intent),
            ..PageQuery::default()
        };
        numbers(&journal.page(&query).await.unwrap())
    };
    assert_eq!(page(Some("DU1"), None, None).await, [5, 4, 2]);
    assert_eq!(page(None, Some("a"), None).await, [5, 2]);
    assert_eq!(page(Some("DU1"), Some("a"), Some(5)).await, [2]);
    assert!(page(Some("DU2"), Some("a"), None).await.is_empty());
}

#[tokio::test]
async fn a_replay_begins_at_its_moment_and_is_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let journal = filled(&folder).await;
    let since = async |at| numbers(&journal.replay(UnixMillis(at)).await.unwrap());
    assert_eq!(since(0).await, [1, 2, 3, 4, 5]);
    assert_eq!(since(30).await, [3, 4, 5]);
    assert!(since(41).await.is_empty());
}

#[tokio::test]
async fn a_replay_keeps_what_was_written_after_the_clock_was_set_back() {
    let folder = tempfile::tempdir().unwrap();
    let journal = filled(&folder).await;
    journal.append(&[note(5)]).await.unwrap();
    assert_eq!(
        numbers(&journal.replay(UnixMillis(40)).await.unwrap()),
        [5, 6]
    );
}

#[tokio::test]
async fn an_append_whose_caller_has_gone_is_whole_and_the_next_follows_it() {
    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::open(folder.path().join("journal.db"))
        .await
        .unwrap();
    let many: Vec<_> = (0..200).map(note).collect();
    {
        let append = std::pin::pin!(journal.append(&many));
        // Polled once, so that it is under way, and dropped.
        let _ = futures::poll!(append);
    }
    let head = journal.append(&[note(1000)]).await.unwrap();
    assert_eq!(head.seq, 201);
    assert_eq!(
        journal.verify(None).await.unwrap(),
        Verification::Intact(head)
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn appends_from_many_tasks_make_one_chain() {
    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::open(folder.path().join("journal.db"))
        .await
        .unwrap();
    let tasks: Vec<_> = (0..8)
        .map(|n| {
            let journal = journal.clone();
            tokio::spawn(async move {
                for k in 0..10 {
                    journal.append(&[note(n * 100 + k)]).await.unwrap();
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let head = journal.head().await.unwrap();
    assert_eq!(head.seq, 80);
    assert_eq!(
        journal.verify(None).await.unwrap(),
        Verification::Intact(head)
    );
}

#[cfg(unix)]
#[tokio::test]
async fn the_files_are_readable_by_their_owner_only() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    let journal = Journal::open(&path).await.unwrap();
    journal.append(&[note(1)]).await.unwrap();
    for end in ["db", "db-wal", "db-shm"] {
        let mode = std::fs::metadata(path.with_extension(end))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600, "{end}");
    }
    journal.close().await;
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o664)).unwrap();
    let _again = Journal::open(&path).await.unwrap();
    assert_eq!(
        std::fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o600
    );
}
