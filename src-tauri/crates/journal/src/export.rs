//! Writing records out for other programs, as JSON Lines or CSV.
//!
//! A line of JSON holds all that the record's hash covers, so that what was exported can be
//! checked by itself; CSV is for a spreadsheet and leaves the JSON out.

use crate::row::StoredRow;
use crate::{Journal, fault, place, read};
use futures::TryStreamExt as _;
use gatehouse_desk::engine::journal_sentence;
use gatehouse_desk::port::{PageQuery, StoreError};
use gatehouse_desk::record::Record;
use serde::Serialize;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

/// How an export is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One JSON object a line: `seq`, `at` (milliseconds since 1970), `time` (UTC), `account`,
    /// `intent`, `kind`, `says` (a sentence), `body` (the record's JSON text as it was written),
    /// `prev`, `hash`.
    JsonLines,
    /// With a line of names first: `seq,time,account,intent,kind,says,hash`.
    Csv,
}

/// Why a copy of the journal could not be made. The sentence is for a person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CopyError {
    /// The journal can't be read.
    #[error(transparent)]
    Read(#[from] StoreError),
    /// The copy can't be written; the journal itself is as it was.
    #[error("{} can't be written: {why}. The journal itself is as it was.", path.display())]
    Write {
        /// The copy.
        path: PathBuf,
        /// What the system said.
        why: String,
    },
    /// The copy is not the journal.
    #[error("the copy {} is not what the journal is: {why}. It was removed.", path.display())]
    Differs {
        /// The copy.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
}

impl CopyError {
    pub(crate) fn write(path: &Path, why: impl ToString) -> Self {
        Self::Write {
            path: path.to_owned(),
            why: why.to_string(),
        }
    }
}

impl Journal {
    /// Writes the records that the query is about into a new file, oldest first, all of one
    /// moment, and returns how many they were; the query's limit does not count. Of a record of
    /// a newer Gatehouse the sentence is its kind.
    ///
    /// # Errors
    /// When there is a file of that name, the journal can't be read or the file not be written;
    /// in the last two cases nothing is left of the file.
    pub async fn export(
        &self,
        query: &PageQuery,
        format: Format,
        to: &Path,
    ) -> Result<u64, CopyError> {
        let to = place::absolute(to)?;
        let file = place::make_file(&to).map_err(|e| CopyError::write(&to, e))?;
        let written = match Out::begin(format, file) {
            Ok(out) => self.write_out(query, out, &to).await,
            Err(e) => Err(CopyError::write(&to, e)),
        };
        if written.is_err() {
            // Half an export would be taken for a whole one.
            let _ = fs::remove_file(&to);
        }
        written
    }

    async fn write_out(
        &self,
        query: &PageQuery,
        mut out: Out,
        to: &Path,
    ) -> Result<u64, CopyError> {
        let mut sql = read::chosen(query);
        sql.push(" ORDER BY seq");
        let mut conn = self.reader().await?;
        let mut rows = sql.build_query_as::<StoredRow>().fetch(&mut *conn);
        let mut records = 0;
        while let Some(row) = rows
            .try_next()
            .await
            .map_err(|e| fault::of_database(self.path(), &e))?
        {
            out.write(&row).map_err(|e| CopyError::write(to, e))?;
            records += 1;
        }
        out.end().map_err(|e| CopyError::write(to, e))?;
        Ok(records)
    }
}

#[derive(Serialize)]
struct Line<'a> {
    seq: i64,
    at: i64,
    time: String,
    account: Option<&'a str>,
    intent: Option<&'a str>,
    kind: &'a str,
    says: String,
    body: &'a str,
    prev: &'a str,
    hash: &'a str,
}

impl<'a> Line<'a> {
    fn of(row: &'a StoredRow) -> Self {
        let says = serde_json::from_str::<Record>(&row.body)
            .map_or_else(|_| row.kind.clone(), |r| journal_sentence(&r.entry));
        Self {
            seq: row.seq,
            at: row.at,
            time: utc(row.at),
            account: row.account.as_deref(),
            intent: row.intent.as_deref(),
            kind: &row.kind,
            says,
            body: &row.body,
            prev: &row.prev,
            hash: &row.hash,
        }
    }
}

/// `2026-12-18T14:30:00.125Z`; empty for a moment that no calendar has.
fn utc(at: i64) -> String {
    jiff::Timestamp::from_millisecond(at).map_or_else(|_| String::new(), |t| t.to_string())
}

enum Out {
    Json(BufWriter<File>),
    Csv(Box<csv::Writer<File>>),
}

impl Out {
    fn begin(format: Format, file: File) -> io::Result<Self> {
        Ok(match format {
            Format::JsonLines => Self::Json(BufWriter::new(file)),
            Format::Csv => {
                let mut out = csv::Writer::from_writer(file);
                out.write_record(["seq", "time", "account", "intent", "kind", "says", "hash"])?;
                Self::Csv(Box::new(out))
            }
        })
    }

    fn write(&mut self, row: &StoredRow) -> io::Result<()> {
        let line = Line::of(row);
        match self {
            Self::Json(out) => {
                serde_json::to_writer(&mut *out, &line)?;
                out.write_all(b"\n")
            }
            Self::Csv(out) => {
                out.write_record([
                    line.seq.to_string().as_str(),
                    &line.time,
                    line.account.unwrap_or_default(),
                    line.intent.unwrap_or_default(),
                    line.kind,
                    &harmless(&line.says),
                    line.hash,
                ])?;
                Ok(())
            }
        }
    }

    fn end(self) -> io::Result<()> {
        let file = match self {
            Self::Json(out) => out.into_inner().map_err(io::IntoInnerError::into_error)?,
            Self::Csv(out) => out
                .into_inner()
                .map_err(|e| io::Error::other(e.to_string()))?,
        };
        file.sync_all()
    }
}

/// A cell that no spreadsheet takes for a formula: what stands in a sentence may come from an
/// order's reference or a gateway's text.
fn harmless(text: &str) -> String {
    match text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{text}"),
        false => text.to_owned(),
    }
}
