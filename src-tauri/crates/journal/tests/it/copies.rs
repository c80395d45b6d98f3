//! Exports and backups.

use crate::samples::{account, intent, note, records};
use gatehouse_desk::port::{Head, PageQuery, Store as _, Verification};
use gatehouse_desk::record::{Entry, Record};
use gatehouse_domain::instant::UnixMillis;
use gatehouse_journal::{CopyError, Format, Journal, latest};
use sha2::{Digest as _, Sha256};
use std::path::{Path, PathBuf};
use std::process::Command;

/// 2026-12-18, 14:30 UTC.
const NOON: i64 = 1_797_604_200_000;
const DAY: i64 = 24 * 3600 * 1000;

async fn filled(folder: &Path) -> (Journal, Head) {
    let journal = Journal::open(folder.join("journal.db")).await.unwrap();
    let head = journal.append(&records()).await.unwrap();
    (journal, head)
}

fn lines(path: &Path) -> Vec<serde_json::Value> {
    std::fs::read_to_string(path)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[tokio::test]
async fn an_export_can_be_checked_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let (journal, head) = filled(folder.path()).await;
    let to = folder.path().join("all.jsonl");
    let all = PageQuery::default();
    let count = journal.export(&all, Format::JsonLines, &to).await.unwrap();
    let lines = lines(&to);
    assert_eq!(lines.len() as u64, count);
    let mut last = "0".repeat(64);
    for line in &lines {
        assert_eq!(line["prev"], last);
        // As the crate's page tells to do it.
        let text = |name: &str| match &line[name] {
            serde_json::Value::Null => "-".to_owned(),
            serde_json::Value::String(text) => format!("{}:{text}", text.len()),
            number => format!("{}:{number}", number.to_string().len()),
        };
        let bytes: String = ["prev", "seq", "at", "account", "intent", "kind", "body"]
            .iter()
            .map(|name| text(name))
            .collect();
        let sum = Sha256::digest(format!("19:gatehouse-journal-1{bytes}"));
        last = sum.iter().map(|b| format!("{b:02x}")).collect();
        assert_eq!(line["hash"], last);
    }
    assert_eq!(last, head.hash);
}

#[tokio::test]
async fn an_export_holds_the_days_and_the_account_that_were_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::open(folder.path().join("journal.db"))
        .await
        .unwrap();
    let of = |at, who: &str| Record {
        account: Some(account(who)),
        intent: Some(intent("a")),
        entry: Entry::CancelAsked,
        ..note(at)
    };
    journal
        .append(&[
            of(NOON - DAY, "DU1"),
            of(NOON, "DU1"),
            of(NOON, "DU2"),
            of(NOON + DAY, "DU1"),
        ])
        .await
        .unwrap();
    let query = PageQuery {
        account: Some(account("DU1")),
        since: Some(UnixMillis(NOON)),
        until: Some(UnixMillis(NOON + DAY)),
        ..PageQuery::default()
    };
    let to = folder.path().join("some.csv");
    assert_eq!(journal.export(&query, Format::Csv, &to).await.unwrap(), 1);
    let text = std::fs::read_to_string(&to).unwrap();
    let (head, row) = text.trim_end().split_once('\n').unwrap();
    assert_eq!(head, "seq,time,account,intent,kind,says,hash");
    assert!(
        row.starts_with("2,2026-12-18T14:30:00Z,DU1,a,cancelAsked,"),
        "{row}"
    );
}

#[tokio::test]
async fn a_sentence_that_a_spreadsheet_would_run_is_made_harmless() {
    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::open(folder.path().join("journal.db"))
        .await
        .unwrap();
    let entry = Entry::Refused {
        preview: gatehouse_domain::id::PreviewId::new(1),
        why: "=HYPERLINK(\"a\",\"b\")".to_owned(),
    };
    journal
        .append(&[Record { entry, ..note(1) }])
        .await
        .unwrap();
    let to = folder.path().join("all.csv");
    let all = PageQuery::default();
    journal.export(&all, Format::Csv, &to).await.unwrap();
    let text = std::fs::read_to_string(&to).unwrap();
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    let row = rows.records().next().unwrap().unwrap();
    assert!(!row[5].starts_with(['=', '+', '-', '@']), "{text}");
    assert!(row[5].contains("HYPERLINK"), "{text}");
}

#[tokio::test]
async fn an_export_writes_over_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let (journal, _) = filled(folder.path()).await;
    let to = folder.path().join("mine.txt");
    std::fs::write(&to, "mine").unwrap();
    let all = PageQuery::default();
    let error = journal.export(&all, Format::Csv, &to).await.unwrap_err();
    assert!(matches!(error, CopyError::Write { .. }), "{error}");
    assert_eq!(std::fs::read_to_string(&to).unwrap(), "mine");
}

#[tokio::test]
async fn text_is_found_whatever_its_case_and_its_signs_stand_for_themselves() {
    let folder = tempfile::tempdir().unwrap();
    let (journal, _) = filled(folder.path()).await;
    let found = async |text: &str| {
        let query = PageQuery {
            limit: 100,
            text: Some(text.to_owned()),
            ..PageQuery::default()
        };
        journal.page(&query).await.unwrap().len()
    };
    assert!(found("aapl").await > 0);
    assert_eq!(found("aapl").await, found("AAPL").await);
    assert_eq!(found("AA%L").await, 0);
    assert_eq!(found("AA_L").await, 0);
    assert_eq!(found("no such words").await, 0);
}

#[tokio::test]
async fn a_backup_is_whole_checked_and_for_its_owner_only() {
    let folder = tempfile::tempdir().unwrap();
    let (journal, head) = filled(folder.path()).await;
    let backups = folder.path().join("backups");
    let made = journal
        .back_up(&backups, 3, UnixMillis(NOON))
        .await
        .unwrap();
    assert_eq!(made.seq, head.seq);
    assert_eq!(
        names(&backups),
        [format!("journal-2026-12-18-{:06}.db", head.seq)]
    );
    let copy = Journal::open_read_only(&made.path).await.unwrap();
    assert_eq!(
        copy.verify(Some(&head)).await.unwrap(),
        Verification::Intact(head)
    );
    assert_eq!(latest(&backups).unwrap(), Some(made.clone()));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(&made.path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[tokio::test]
async fn a_journal_can_be_taken_up_from_its_backup() {
    let folder = tempfile::tempdir().unwrap();
    let (journal, head) = filled(folder.path()).await;
    let made = journal
        .back_up(&folder.path().join("backups"), 3, UnixMillis(NOON))
        .await
        .unwrap();
    let again = folder.path().join("again.db");
    std::fs::copy(&made.path, &again).unwrap();
    let again = Journal::open(&again).await.unwrap();
    let next = again.append(&[note(NOON)]).await.unwrap();
    assert_eq!(next.seq, head.seq + 1);
    assert_eq!(
        again.verify(Some(&head)).await.unwrap(),
        Verification::Intact(next)
    );
}

#[tokio::test]
async fn older_backups_go_and_a_persons_own_files_stay() {
    let folder = tempfile::tempdir().unwrap();
    let (journal, _) = filled(folder.path()).await;
    let backups = folder.path().join("backups");
    std::fs::create_dir(&backups).unwrap();
    std::fs::write(backups.join("journal-notes.db"), "mine").unwrap();
    for day in 0..5 {
        let now = UnixMillis(NOON + day * DAY);
        journal.append(&[note(now.0)]).await.unwrap();
        journal.back_up(&backups, 2, now).await.unwrap();
    }
    let seq = journal.head().await.unwrap().seq;
    assert_eq!(
        names(&backups),
        [
            format!("journal-2026-12-21-{:06}.db", seq - 1),
            format!("journal-2026-12-22-{seq:06}.db"),
            "journal-notes.db".to_owned(),
        ]
    );
}

#[tokio::test]
async fn a_backup_that_can_not_be_written_leaves_the_older_ones() {
    let folder = tempfile::tempdir().unwrap();
    let (journal, _) = filled(folder.path()).await;
    let backups = folder.path().join("backups");
    journal
        .back_up(&backups, 1, UnixMillis(NOON))
        .await
        .unwrap();
    let before = names(&backups);
    // A folder stands where the new copy is to be written.
    std::fs::create_dir_all(backups.join("journal.new").join("mine")).unwrap();
    let error = journal
        .back_up(&backups, 1, UnixMillis(NOON + DAY))
        .await
        .unwrap_err();
    assert!(matches!(error, CopyError::Write { .. }), "{error}");
    std::fs::remove_dir_all(backups.join("journal.new")).unwrap();
    assert_eq!(names(&backups), before);
}

fn program(args: &[&str]) -> (Option<i32>, String) {
    let out = Command::new(env!("CARGO_BIN_EXE_gatehouse-journal"))
        .args(args)
        .output()
        .unwrap();
    let text = [out.stdout, out.stderr].concat();
    (out.status.code(), String::from_utf8(text).unwrap())
}

fn path_text(path: &Path) -> &str {
    path.to_str().unwrap()
}

async fn at_rest() -> (tempfile::TempDir, PathBuf, Head) {
    let folder = tempfile::tempdir().unwrap();
    let (journal, head) = filled(folder.path()).await;
    journal.close().await;
    let path = folder.path().join("journal.db");
    (folder, path, head)
}

#[tokio::test]
async fn the_program_checks_a_journal_against_a_noted_head() {
    let (folder, path, head) = at_rest().await;
    let file = path_text(&path);
    let (code, printed) = program(&["head", file]);
    assert_eq!((code, printed.trim()), (Some(0), head.to_string().as_str()));
    let (code, said) = program(&["verify", file, "--head", printed.trim()]);
    assert_eq!(code, Some(0), "{said}");
    let other = format!("{}:{}", head.seq, "a".repeat(64));
    let (code, said) = program(&["verify", file, "--head", &other]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("rewritten"), "{said}");
    let (code, said) = program(&["verify", path_text(&folder.path().join("none.db"))]);
    assert_eq!(code, Some(2), "{said}");
    let (code, said) = program(&["verify", file, "--head", "12"]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("64 digits"), "{said}");
}

#[tokio::test]
async fn the_program_exports_the_days_that_it_is_asked_for() {
    let (folder, path, head) = at_rest().await;
    let to = folder.path().join("out.jsonl");
    let (code, said) = program(&["export", path_text(&path), path_text(&to)]);
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(lines(&to).len() as i64, head.seq);
    let none = folder.path().join("none.csv");
    let far = ["--from", "2999-01-01", "--format", "csv"];
    let (code, said) =
        program(&[&["export", path_text(&path), path_text(&none)][..], &far].concat());
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(std::fs::read_to_string(&none).unwrap().lines().count(), 1);
    let (code, said) = program(&["export", path_text(&path), path_text(&none)]);
    assert_eq!(code, Some(2), "{said}");
}
