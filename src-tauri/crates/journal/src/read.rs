//! Reading pages, the tail, and all that is needed to rebuild the state.

use crate::chain::GENESIS;
use crate::fault;
use crate::row::{COLUMNS, StoredRow};
use gatehouse_desk::port::{Head, PageQuery, StoreError, StoredRecord};
use gatehouse_domain::instant::UnixMillis;
use sqlx::{AssertSqlSafe, QueryBuilder, Sqlite, SqliteConnection};
use std::path::Path;

/// The head of an empty journal.
pub(crate) fn empty_head() -> Head {
    Head {
        seq: 0,
        hash: GENESIS.to_owned(),
    }
}

/// The newest record's number and hash.
pub(crate) async fn end(conn: &mut SqliteConnection) -> Result<Head, sqlx::Error> {
    let newest = sqlx::query_as("SELECT seq, hash FROM record ORDER BY seq DESC LIMIT 1")
        .fetch_optional(conn)
        .await?;
    Ok(newest.map_or_else(empty_head, |(seq, hash)| Head { seq, hash }))
}

/// The head as table `head` has it.
pub(crate) async fn noted_end(conn: &mut SqliteConnection) -> Result<Option<Head>, sqlx::Error> {
    let noted = sqlx::query_as("SELECT seq, hash FROM head")
        .fetch_optional(conn)
        .await?;
    Ok(noted.map(|(seq, hash)| Head { seq, hash }))
}

/// The newest record's number and hash, once it is as it was written and nothing is missing
/// behind it.
pub(crate) async fn checked_end(
    conn: &mut SqliteConnection,
    path: &Path,
) -> Result<Head, StoreError> {
    let named = |e: sqlx::Error| fault::of_database(path, &e);
    let sql = format!("SELECT {COLUMNS} FROM record ORDER BY seq DESC LIMIT 1");
    let newest: Option<StoredRow> = sqlx::query_as(AssertSqlSafe(sql))
        .fetch_optional(&mut *conn)
        .await
        .map_err(named)?;
    if let Some((seq, why)) = newest.as_ref().and_then(|r| Some((r.seq, r.fault()?))) {
        return Err(StoreError::Damaged(format!("record {seq}: {why}")));
    }
    let found = newest.map_or_else(empty_head, |r| Head {
        seq: r.seq,
        hash: r.hash,
    });
    match noted_end(conn).await.map_err(named)? {
        Some(noted) if noted == found => Ok(found),
        Some(noted) => Err(StoreError::Damaged(format!(
            "it ends with record {}, but record {} was the last to be written",
            found.seq, noted.seq
        ))),
        None => Err(StoreError::Damaged("its table head is empty".to_owned())),
    }
}

/// The rows that a query is about, but for its limit, without an order.
pub(crate) fn chosen(query: &PageQuery) -> QueryBuilder<Sqlite> {
    let mut sql = QueryBuilder::new(format!("SELECT {COLUMNS} FROM record WHERE true"));
    if let Some(before) = query.before {
        sql.push(" AND seq < ").push_bind(before);
    }
    if let Some(account) = &query.account {
        sql.push(" AND account = ")
            .push_bind(account.as_str().to_owned());
    }
    if let Some(intent) = &query.intent {
        sql.push(" AND intent = ")
            .push_bind(intent.as_str().to_owned());
    }
    if let Some(since) = query.since {
        sql.push(" AND at >= ").push_bind(since.0);
    }
    if let Some(until) = query.until {
        sql.push(" AND at < ").push_bind(until.0);
    }
    if let Some(text) = &query.text {
        // Letters that mean something in a pattern stand for themselves.
        let pattern = text
            .replace('\\', "\\\\")
            .replace('%', "\\%")
            .replace('_', "\\_");
        sql.push(" AND body LIKE ")
            .push_bind(format!("%{pattern}%"))
            .push(" ESCAPE '\\'");
    }
    sql
}

/// A page, newest first. The rows are shown as they are, changed ones too: finding those is
/// the check's task.
pub(crate) async fn page(
    conn: &mut SqliteConnection,
    path: &Path,
    query: &PageQuery,
) -> Result<Vec<StoredRecord>, StoreError> {
    let mut sql = chosen(query);
    sql.push(" ORDER BY seq DESC LIMIT ")
        .push_bind(i64::from(query.limit));
    let rows: Vec<StoredRow> = sql
        .build_query_as()
        .fetch_all(conn)
        .await
        .map_err(|e| fault::of_database(path, &e))?;
    rows.into_iter().map(StoredRow::stored).collect()
}

/// Every record from the first that is not older than the moment, oldest first. Later records
/// belong to it even when the computer's clock was set back in between. Each is checked on the
/// way: no state is rebuilt from a record that was changed.
pub(crate) async fn replay(
    conn: &mut SqliteConnection,
    path: &Path,
    since: UnixMillis,
) -> Result<Vec<StoredRecord>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM record \
         WHERE seq >= (SELECT min(seq) FROM record WHERE at >= ?) ORDER BY seq"
    );
    let rows: Vec<StoredRow> = sqlx::query_as(AssertSqlSafe(sql))
        .bind(since.0)
        .fetch_all(conn)
        .await
        .map_err(|e| fault::of_database(path, &e))?;
    let mut last: Option<Head> = None;
    let mut records = Vec::with_capacity(rows.len());
    for row in rows {
        let why = match &last {
            Some(last) if last.seq + 1 != row.seq => Some("a record before it is missing".into()),
            Some(last) if last.hash != row.prev => Some("it does not follow the one before".into()),
            _ => row.fault(),
        };
        if let Some(why) = why {
            return Err(StoreError::Damaged(format!("record {}: {why}", row.seq)));
        }
        last = Some(Head {
            seq: row.seq,
            hash: row.hash.clone(),
        });
        records.push(row.stored()?);
    }
    Ok(records)
}
