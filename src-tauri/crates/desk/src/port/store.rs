//! The journal's side.

use crate::record::Record;
use gatehouse_domain::id::{AccountId, IntentId};
use gatehouse_domain::instant::UnixMillis;
use std::fmt;
use std::future::Future;

/// Why the journal could not be read or written. The sentence is for a person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// Another program holds it.
    #[error(
        "The journal is locked by another program ({0}). Close it; orders stay stopped until then."
    )]
    Locked(String),
    /// It can't be written.
    #[error(
        "The journal can't be written ({0}). Check the file's permissions; orders stay stopped until then."
    )]
    ReadOnly(String),
    /// The disk is full.
    #[error("The disk is full ({0}). Make room; orders stay stopped until then.")]
    Full(String),
    /// It was written by a newer Gatehouse.
    #[error(
        "The journal was written by a newer Gatehouse (format {found}; this one knows {known}). Update Gatehouse."
    )]
    Newer {
        /// Its format.
        found: i64,
        /// The newest known here.
        known: i64,
    },
    /// It does not hold together.
    #[error("The journal is damaged: {0}")]
    Damaged(String),
    /// Anything else.
    #[error("The journal failed: {0}")]
    Other(String),
}

/// The newest record's number and hash. An empty journal has number 0 and a hash of zeros.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The number of the newest record, counted from 1.
    pub seq: i64,
    /// Its hash: 64 hexadecimal digits.
    pub hash: String,
}

impl Head {
    /// Reads what [`Head`] shows itself as: `123:` and the hash.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (seq, hash) = text.trim().split_once(':')?;
        let seq: i64 = seq.trim().parse().ok()?;
        let hash = hash.trim().to_ascii_lowercase();
        let whole = hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit());
        (seq >= 0 && whole).then_some(Self { seq, hash })
    }
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.seq, self.hash)
    }
}

/// A record as it lies in the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRecord {
    /// Its number.
    pub seq: i64,
    /// Its hash.
    pub hash: String,
    /// The record.
    pub record: Record,
}

/// Which records to read, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PageQuery {
    /// Only records with a number below this one.
    pub before: Option<i64>,
    /// At most this many.
    pub limit: u32,
    /// Only of this account.
    pub account: Option<AccountId>,
    /// Only of this intent.
    pub intent: Option<IntentId>,
    /// Only from this moment on.
    pub since: Option<UnixMillis>,
    /// Only before this moment.
    pub until: Option<UnixMillis>,
    /// Only records whose JSON has this text in it, whatever the case of its (English) letters.
    pub text: Option<String>,
}

/// What the check of the chain found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verification {
    /// Every record is as it was written.
    Intact(Head),
    /// The first record that is not.
    Broken {
        /// Its number.
        seq: i64,
        /// What is wrong with it.
        why: String,
    },
}

/// The journal: append-only and hash-chained.
pub trait Store: Send + Sync + 'static {
    /// Appends the records in order, all or none, and returns once they are on disk.
    fn append(&self, records: &[Record]) -> impl Future<Output = Result<Head, StoreError>> + Send;

    /// Reads a page, newest first.
    fn page(
        &self,
        query: &PageQuery,
    ) -> impl Future<Output = Result<Vec<StoredRecord>, StoreError>> + Send;

    /// Reads every record since the moment, oldest first, to rebuild the state from.
    fn replay(
        &self,
        since: UnixMillis,
    ) -> impl Future<Output = Result<Vec<StoredRecord>, StoreError>> + Send;

    /// Checks the whole chain and, when a head was noted down before, that the chain passes
    /// through it, which shows a tail that was cut off or written anew.
    fn verify(
        &self,
        noted: Option<&Head>,
    ) -> impl Future<Output = Result<Verification, StoreError>> + Send;

    /// The newest record.
    fn head(&self) -> impl Future<Output = Result<Head, StoreError>> + Send;
}
