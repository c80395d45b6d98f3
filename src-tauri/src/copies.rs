//! Copies of the journal that a person can take elsewhere: a whole one each day, kept beside it,
//! and exports for other programs.

use crate::ledger::Ledger;
use gatehouse_desk::error::{ApiError, ErrorCode};
use gatehouse_desk::view::JournalQuery;
use gatehouse_domain::instant::UnixMillis;
use gatehouse_journal::{BackUp, CopyError, Format, day, latest};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use tokio::sync::Mutex;

/// How many daily copies are kept. Each holds all that the older ones hold.
const KEPT: usize = 14;
/// The most exports of one day.
const MOST_NAMES: u32 = 1_000;

/// How an export is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum ExportFormat {
    /// All that the hashes cover, one JSON object a line.
    JsonLines,
    /// For a spreadsheet.
    Csv,
}

/// What was exported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ExportView {
    pub path: String,
    pub records: u32,
}

/// Where copies are and how old the newest is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BackupView {
    pub folder: String,
    /// How many are kept.
    pub kept: u32,
    /// The newest, when there is one.
    pub path: Option<String>,
    /// The day on which it was made, in UTC: `2026-12-18`.
    pub day: Option<String>,
    /// How many records it has.
    pub records: Option<u32>,
    /// Why the last attempt made none.
    pub fault: Option<String>,
}

/// The journal and where its copies go.
pub(crate) struct Copies {
    ledger: Ledger,
    backups: PathBuf,
    exports: PathBuf,
    // Held while one is made, so that two never work on one file.
    fault: Mutex<Option<String>>,
}

impl Copies {
    pub(crate) fn new(ledger: Ledger, backups: PathBuf, exports: PathBuf) -> Self {
        Self {
            ledger,
            backups,
            exports,
            fault: Mutex::new(None),
        }
    }

    /// Makes the day's copy, unless there is one that is not older than a day.
    pub(crate) async fn back_up_daily(&self, now: UnixMillis) {
        let today = day(now);
        let done = latest(&self.backups).is_ok_and(|newest| newest.is_some_and(|b| b.day == today));
        if !done && let Err(error) = self.back_up(now).await {
            tracing::warn!(%error, "the journal was not backed up");
        }
    }

    /// Makes a copy now.
    pub(crate) async fn back_up(&self, now: UnixMillis) -> Result<BackupView, ApiError> {
        let mut fault = self.fault.lock().await;
        let made = match self.ledger.reader() {
            Ok(journal) => journal.back_up(&self.backups, KEPT, now).await,
            Err(error) => Err(CopyError::Read(error)),
        };
        *fault = made.as_ref().err().map(ToString::to_string);
        made.map(|made| self.describe(Some(made), None))
            .map_err(|error| refused(&error))
    }

    /// Where the newest copy is.
    pub(crate) async fn backups(&self) -> BackupView {
        let fault = self.fault.lock().await.clone();
        match latest(&self.backups) {
            Ok(newest) => self.describe(newest, fault),
            Err(error) => self.describe(None, Some(error.to_string())),
        }
    }

    fn describe(&self, newest: Option<BackUp>, fault: Option<String>) -> BackupView {
        BackupView {
            folder: self.backups.display().to_string(),
            kept: u32::try_from(KEPT).unwrap_or(u32::MAX),
            path: newest.as_ref().map(|b| b.path.display().to_string()),
            records: newest.as_ref().and_then(|b| u32::try_from(b.seq).ok()),
            day: newest.map(|b| b.day),
            fault,
        }
    }

    /// Writes what the query is about into a new file; no file is ever written over.
    pub(crate) async fn export(
        &self,
        query: JournalQuery,
        format: ExportFormat,
        now: UnixMillis,
    ) -> Result<ExportView, ApiError> {
        let query = query.parse()?;
        let journal = self
            .ledger
            .reader()
            .map_err(|e| refused(&CopyError::Read(e)))?;
        std::fs::create_dir_all(&self.exports).map_err(|error| {
            let why = format!("{} can't be made: {error}", self.exports.display());
            ApiError::new(ErrorCode::Journal, why)
        })?;
        let (end, format) = match format {
            ExportFormat::JsonLines => ("jsonl", Format::JsonLines),
            ExportFormat::Csv => ("csv", Format::Csv),
        };
        let day = day(now);
        let path = (1..MOST_NAMES)
            .map(|n| match n {
                1 => format!("gatehouse-journal-{day}.{end}"),
                n => format!("gatehouse-journal-{day}-{n}.{end}"),
            })
            .map(|name| self.exports.join(name))
            .find(|path| !path.exists())
            .ok_or_else(|| {
                let why = format!("{} is full of exports of today.", self.exports.display());
                ApiError::new(ErrorCode::Journal, why)
            })?;
        let records = journal
            .export(&query, format, &path)
            .await
            .map_err(|error| refused(&error))?;
        Ok(ExportView {
            path: path.display().to_string(),
            records: u32::try_from(records).unwrap_or(u32::MAX),
        })
    }
}

fn refused(error: &CopyError) -> ApiError {
    ApiError::new(ErrorCode::Journal, error.to_string())
}
