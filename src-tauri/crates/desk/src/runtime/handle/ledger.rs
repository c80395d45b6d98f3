//! Reading the journal and checking it, beside the engine.

use super::DeskHandle;
use crate::engine::journal_sentence;
use crate::error::{ApiError, ErrorCode};
use crate::port::{Broker, Head, PageQuery, Store, Verification};
use crate::view::{JournalEntryView, JournalPage, JournalQuery, VerificationView};

/// The most entries in one page of the journal.
const JOURNAL_PAGE: u32 = 500;

impl<B: Broker, S: Store> DeskHandle<B, S> {
    /// A page of the journal, newest first.
    ///
    /// # Errors
    /// When the query makes no sense or the journal can't be read.
    pub async fn journal(&self, query: JournalQuery) -> Result<JournalPage, ApiError> {
        self.admit().await?;
        let limit = query.limit.clamp(1, JOURNAL_PAGE);
        let query = PageQuery {
            limit: limit + 1,
            ..query.parse()?
        };
        let mut records = self.store.page(&query).await.map_err(journal_error)?;
        let more = records.len() > limit as usize;
        records.truncate(limit as usize);
        let entries = records
            .into_iter()
            .map(|stored| JournalEntryView {
                seq: stored.seq,
                at: stored.record.at.into(),
                account: stored.record.account.as_ref().map(ToString::to_string),
                intent: stored.record.intent.as_ref().map(ToString::to_string),
                kind: stored.record.entry.kind().to_owned(),
                says: journal_sentence(&stored.record.entry),
                body: serde_json::to_string_pretty(&stored.record.entry)
                    .unwrap_or_else(|error| format!("This entry can't be shown: {error}")),
                hash: stored.hash,
            })
            .collect();
        Ok(JournalPage { entries, more })
    }

    /// Checks the journal's chain and, when a head is given that was noted down before, that the
    /// chain passes through it.
    ///
    /// # Errors
    /// When that is no head, or the journal can't be read.
    pub async fn verify_journal(&self, noted: Option<&str>) -> Result<VerificationView, ApiError> {
        self.admit().await?;
        let noted = noted
            .map(str::trim)
            .filter(|text| !text.is_empty())
            .map(|text| {
                Head::parse(text).ok_or_else(|| {
                    ApiError::new(
                        ErrorCode::BadInput,
                        "A noted head is a record's number, a colon and the 64 digits of its hash, \
                         as \u{201c}Copy the head\u{201d} copies it.",
                    )
                })
            })
            .transpose()?;
        let passes = if noted.is_some() {
            " The journal passes through the head that was noted."
        } else {
            ""
        };
        Ok(
            match self
                .store
                .verify(noted.as_ref())
                .await
                .map_err(journal_error)?
            {
                Verification::Intact(head) => VerificationView {
                    intact: true,
                    seq: head.seq,
                    says: format!("All {} records are as they were written.{passes}", head.seq),
                    hash: Some(head.hash),
                },
                Verification::Broken { seq, why } => VerificationView {
                    intact: false,
                    seq,
                    hash: None,
                    says: format!(
                        "Record {seq} is not as it was written: {why}. What comes after it can't be \
                     trusted. Keep the file and compare it with a backup."
                    ),
                },
            },
        )
    }
}

fn journal_error(error: crate::port::StoreError) -> ApiError {
    ApiError::new(ErrorCode::Journal, error.to_string())
}
