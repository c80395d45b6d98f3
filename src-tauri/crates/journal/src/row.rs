//! A record as a row, and back.

use crate::chain::Link;
use gatehouse_desk::port::{StoreError, StoredRecord};
use gatehouse_desk::record::Record;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row as _};

/// The columns in the order in which every query here names them.
pub(crate) const COLUMNS: &str = "seq, at, account, intent, kind, body, prev, hash";

/// A record that has no place in the chain yet.
pub(crate) struct Unchained {
    at: i64,
    account: Option<String>,
    intent: Option<String>,
    kind: &'static str,
    body: String,
}

impl Unchained {
    /// Writes the record as JSON.
    pub(crate) fn of(record: &Record) -> Result<Self, StoreError> {
        let body = serde_json::to_string(record)
            .map_err(|e| StoreError::Other(format!("a record can't be written as JSON: {e}")))?;
        Ok(Self {
            at: record.at.0,
            account: record.account.as_ref().map(|a| a.as_str().to_owned()),
            intent: record.intent.as_ref().map(|i| i.as_str().to_owned()),
            kind: record.entry.kind(),
            body,
        })
    }

    /// The row with this number after the one with this hash.
    pub(crate) fn chained(self, seq: i64, prev: &str) -> StoredRow {
        let mut row = StoredRow {
            seq,
            at: self.at,
            account: self.account,
            intent: self.intent,
            kind: self.kind.to_owned(),
            body: self.body,
            prev: prev.to_owned(),
            hash: String::new(),
        };
        row.hash = row.computed_hash();
        row
    }
}

/// A row of table `record`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StoredRow {
    pub seq: i64,
    pub at: i64,
    pub account: Option<String>,
    pub intent: Option<String>,
    pub kind: String,
    pub body: String,
    pub prev: String,
    pub hash: String,
}

impl FromRow<'_, SqliteRow> for StoredRow {
    fn from_row(row: &SqliteRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            seq: row.try_get(0)?,
            at: row.try_get(1)?,
            account: row.try_get(2)?,
            intent: row.try_get(3)?,
            kind: row.try_get(4)?,
            body: row.try_get(5)?,
            prev: row.try_get(6)?,
            hash: row.try_get(7)?,
        })
    }
}

impl StoredRow {
    pub(crate) fn computed_hash(&self) -> String {
        Link {
            prev: &self.prev,
            seq: self.seq,
            at: self.at,
            account: self.account.as_deref(),
            intent: self.intent.as_deref(),
            kind: &self.kind,
            body: &self.body,
        }
        .hash()
    }

    /// What is wrong with the row by itself, if anything: its hash, or a column that says
    /// other than its JSON.
    pub(crate) fn fault(&self) -> Option<String> {
        if self.computed_hash() != self.hash {
            return Some("its contents do not match its hash: it was changed".to_owned());
        }
        let body: serde_json::Value = match serde_json::from_str(&self.body) {
            Ok(body) => body,
            Err(e) => return Some(format!("its body is not JSON: {e}")),
        };
        // The body is read as plain JSON, so that a kind of a later version can be checked.
        let same_text = |name: &str, column: &Option<String>| match (body.get(name), column) {
            (Some(serde_json::Value::Null), None) => true,
            (Some(serde_json::Value::String(text)), Some(column)) => text == column,
            _ => false,
        };
        let agrees = [
            ("at", body.get("at") == Some(&self.at.into())),
            ("account", same_text("account", &self.account)),
            ("intent", same_text("intent", &self.intent)),
            (
                "kind",
                body.pointer("/entry/kind").and_then(|k| k.as_str()) == Some(&self.kind),
            ),
        ];
        agrees
            .iter()
            .find(|(_, same)| !same)
            .map(|(column, _)| format!("its column {column} does not agree with its body"))
    }

    /// Reads the record out of its JSON.
    pub(crate) fn stored(self) -> Result<StoredRecord, StoreError> {
        let record = serde_json::from_str(&self.body).map_err(|e| {
            StoreError::Other(format!(
                "record {} of kind {:?} can't be read by this Gatehouse ({e}); it is kept as it is. \
                 A newer Gatehouse may have written it: use that one",
                self.seq, self.kind
            ))
        })?;
        Ok(StoredRecord {
            seq: self.seq,
            hash: self.hash,
            record,
        })
    }
}
