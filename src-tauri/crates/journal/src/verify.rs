//! The check of the whole chain.

use crate::row::{COLUMNS, StoredRow};
use crate::{fault, read};
use futures::TryStreamExt as _;
use gatehouse_desk::port::{Head, StoreError, Verification};
use sqlx::{AssertSqlSafe, Connection as _, SqliteConnection};
use std::path::Path;

/// Reads every row in one snapshot and tells the first that is not as it was written.
/// `expected` are heads that were seen before; the chain has to pass through each.
pub(crate) async fn verify(
    conn: &mut SqliteConnection,
    path: &Path,
    expected: &[Head],
) -> Result<Verification, StoreError> {
    let named = |e: sqlx::Error| fault::of_database(path, &e);
    // Rows, table `head` and indexes are to be of the same moment.
    let mut tx = conn.begin().await.map_err(named)?;
    let head = match walk(&mut tx, path, expected).await? {
        Ok(head) => head,
        Err(broken) => return Ok(broken),
    };
    let noted = read::noted_end(&mut tx).await.map_err(named)?;
    if let Some(broken) = compare_noted(&head, noted) {
        return Ok(broken);
    }
    // The rows are sound; an index that hides one of them would still mislead every reader.
    let sound: String = sqlx::query_scalar("PRAGMA integrity_check(1)")
        .fetch_one(&mut *tx)
        .await
        .map_err(named)?;
    if sound != "ok" {
        return Err(StoreError::Damaged(format!(
            "every record is as it was written, but the file around them is not: {sound}"
        )));
    }
    Ok(Verification::Intact(head))
}

async fn walk(
    conn: &mut SqliteConnection,
    path: &Path,
    expected: &[Head],
) -> Result<Result<Head, Verification>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM record NOT INDEXED ORDER BY seq");
    let mut rows = sqlx::query_as::<_, StoredRow>(AssertSqlSafe(sql)).fetch(conn);
    let mut head = read::empty_head();
    loop {
        let row = match rows.try_next().await {
            Ok(Some(row)) => row,
            Ok(None) => break,
            Err(error) => match fault::of_database(path, &error) {
                StoreError::Damaged(why) => {
                    return Ok(Err(broken(
                        head.seq + 1,
                        format!("it can't be read: {why}"),
                    )));
                }
                other => return Err(other),
            },
        };
        if let Some(found) = link_fault(&head, &row) {
            return Ok(Err(found));
        }
        head = Head {
            seq: row.seq,
            hash: row.hash,
        };
        if expected
            .iter()
            .any(|e| e.seq == head.seq && e.hash != head.hash)
        {
            let why = "it is not the record that was there before: the journal was rewritten";
            return Ok(Err(broken(head.seq, why)));
        }
    }
    if let Some(cut) = expected.iter().find(|e| e.seq > head.seq) {
        return Ok(Err(broken(
            head.seq + 1,
            format!(
                "it is missing: the journal was known to reach record {}",
                cut.seq
            ),
        )));
    }
    Ok(Ok(head))
}

fn link_fault(last: &Head, row: &StoredRow) -> Option<Verification> {
    let due = last.seq + 1;
    if row.seq > due {
        return Some(broken(
            due,
            format!("it is missing: the next is {}", row.seq),
        ));
    }
    if row.seq < due {
        return Some(broken(
            row.seq,
            "a record has this number that no record can have",
        ));
    }
    // Its own contents first: that names the changed record rather than its neighbour.
    if let Some(why) = row.fault() {
        return Some(broken(row.seq, why));
    }
    if row.prev != last.hash {
        let why = "it does not follow the record before it: one of the two was replaced";
        return Some(broken(row.seq, why));
    }
    None
}

fn compare_noted(head: &Head, noted: Option<Head>) -> Option<Verification> {
    let Some(noted) = noted else {
        return Some(broken(head.seq, "the table head is empty"));
    };
    if noted.seq > head.seq {
        let why = format!(
            "it is missing: record {} was the last to be written",
            noted.seq
        );
        return Some(broken(head.seq + 1, why));
    }
    if noted.seq < head.seq {
        let why = "it was put in past the journal's guards: the table head does not know it";
        return Some(broken(noted.seq + 1, why));
    }
    (noted.hash != head.hash).then(|| broken(head.seq, "the table head has another hash for it"))
}

fn broken(seq: i64, why: impl Into<String>) -> Verification {
    Verification::Broken {
        seq,
        why: why.into(),
    }
}
