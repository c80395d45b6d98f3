//! The journal, or what stands in for one that can't be opened.

use gatehouse_desk::port::{Head, PageQuery, Store, StoreError, StoredRecord, Verification};
use gatehouse_desk::record::Record;
use gatehouse_domain::instant::UnixMillis;
use gatehouse_journal::Journal;
use std::path::Path;

/// The journal as the program found it. Clones share it.
#[derive(Debug, Clone)]
pub(crate) enum Ledger {
    /// It can be read and written.
    Open(Journal),
    /// It can't be written, so orders are stopped; what can still be read is shown.
    Shut {
        /// Why.
        error: StoreError,
        /// For viewing and checking, when at least that is possible.
        reader: Option<Journal>,
    },
}

impl Ledger {
    pub(crate) async fn open(path: &Path) -> Self {
        match Journal::open(path).await {
            Ok(journal) => Self::Open(journal),
            Err(error) => {
                tracing::error!(%error, "the journal can't be opened");
                let reader = Journal::open_read_only(path).await.ok();
                Self::Shut { error, reader }
            }
        }
    }

    /// None at all, because another window has it: nothing can be sent.
    pub(crate) fn elsewhere() -> Self {
        Self::Shut {
            error: StoreError::Locked("another window of Gatehouse".to_owned()),
            reader: None,
        }
    }

    /// The journal, at least for reading.
    ///
    /// # Errors
    /// Why it can't even be read.
    pub(crate) fn reader(&self) -> Result<&Journal, StoreError> {
        match self {
            Self::Open(journal)
            | Self::Shut {
                reader: Some(journal),
                ..
            } => Ok(journal),
            Self::Shut {
                error,
                reader: None,
            } => Err(error.clone()),
        }
    }

    fn writer(&self) -> Result<&Journal, StoreError> {
        match self {
            Self::Open(journal) => Ok(journal),
            Self::Shut { error, .. } => Err(error.clone()),
        }
    }
}

impl Store for Ledger {
    async fn append(&self, records: &[Record]) -> Result<Head, StoreError> {
        self.writer()?.append(records).await
    }

    async fn page(&self, query: &PageQuery) -> Result<Vec<StoredRecord>, StoreError> {
        self.reader()?.page(query).await
    }

    async fn replay(&self, since: UnixMillis) -> Result<Vec<StoredRecord>, StoreError> {
        self.writer()?.replay(since).await
    }

    async fn verify(&self, noted: Option<&Head>) -> Result<Verification, StoreError> {
        self.reader()?.verify(noted).await
    }

    async fn head(&self) -> Result<Head, StoreError> {
        self.reader()?.head().await
    }
}
