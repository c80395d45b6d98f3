//! The journal as the desk sees it.

use crate::place::{self, Place};
use crate::row::Unchained;
use crate::writer::{Ask, Writer};
use crate::{fault, read, schema, verify};
use gatehouse_desk::port::{Head, PageQuery, Store, StoreError, StoredRecord, Verification};
use gatehouse_desk::record::Record;
use gatehouse_domain::instant::UnixMillis;
use sqlx::pool::PoolConnection;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{ConnectOptions as _, Connection as _, Sqlite};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::sync::{mpsc, oneshot, watch};

/// How long another program's short lock is waited for. An order waits too, so it is short.
const BUSY: Duration = Duration::from_millis(250);
/// How long a read waits for one of the reading connections.
const ACQUIRE: Duration = Duration::from_secs(10);

/// An open journal. Clones share it.
#[derive(Debug, Clone)]
pub struct Journal {
    path: PathBuf,
    readers: SqlitePool,
    writer: Option<Handle>,
}

#[derive(Debug, Clone)]
struct Handle {
    asks: mpsc::Sender<Ask>,
    head: watch::Receiver<Head>,
}

fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .busy_timeout(BUSY)
        .disable_statement_logging()
}

fn writing(path: &Path) -> SqliteConnectOptions {
    options(path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        // Where a plain sync stops at the drive's cache (macOS); elsewhere it changes nothing.
        .pragma("fullfsync", "1")
        // The log is moved at idle, never by the append of an order.
        .pragma("wal_autocheckpoint", "0")
}

impl Journal {
    /// Opens the journal for appending and makes it, and its folder, when it is not there.
    /// Has to be called within a tokio runtime with time enabled, and lives as long as that.
    ///
    /// # Errors
    /// When it is locked, read-only, on a full disk, of a newer version (it is not touched
    /// then), not a journal, or when its newest record is not as it was written.
    pub async fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        Self::open_limited(path.as_ref(), None).await
    }

    /// As [`Journal::open`]; with a limit, the file may have so many pages, as on a full disk.
    pub(crate) async fn open_limited(path: &Path, pages: Option<u32>) -> Result<Self, StoreError> {
        let place = Place::prepare(path)?;
        let path = place.path().to_owned();
        let named = |e: sqlx::Error| fault::of_database(&path, &e);

        let mut looking = options(&path)
            .read_only(true)
            .connect()
            .await
            .map_err(named)?;
        schema::probe(&mut looking, &path, schema::STEPS.len()).await?;
        looking.close().await.map_err(named)?;
        place.make_private()?;

        let mut writing_options = writing(&path);
        if let Some(pages) = pages {
            writing_options = writing_options.pragma("max_page_count", pages.to_string());
        }
        let mut conn = writing_options.connect().await.map_err(named)?;
        schema::migrate(&mut conn, &path, schema::STEPS).await?;
        let checkpoints = writing(&path).connect().await.map_err(named)?;
        let (asks, head) = Writer::start(place, conn, checkpoints).await?;
        Ok(Self {
            readers: readers(options(&path).read_only(true)),
            path,
            writer: Some(Handle { asks, head }),
        })
    }

    /// Opens a journal, or a copy of one, to look at it and check it. Appending to it is
    /// [`StoreError::ReadOnly`]. A journal that is at rest (no file `…-wal` beside it) is not
    /// touched at all, and must not be appended to by anyone while it is open here.
    ///
    /// # Errors
    /// When it is not there, locked, of a newer version, or not a journal. A chain that is
    /// broken is no error here: [`Store::verify`] tells.
    pub async fn open_read_only(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        let path = place::absolute(path.as_ref())?;
        if !path.is_file() {
            let text = format!("there is no journal at {}", path.display());
            return Err(StoreError::Other(text));
        }
        let mut log = path.clone().into_os_string();
        log.push("-wal");
        let at_rest = std::fs::metadata(log).map_or(true, |log| log.len() == 0);
        let options = options(&path).read_only(true).immutable(at_rest);
        let named = |e: sqlx::Error| fault::of_database(&path, &e);
        let mut conn = options.connect().await.map_err(named)?;
        let version = schema::probe(&mut conn, &path, schema::STEPS.len()).await?;
        conn.close().await.map_err(named)?;
        if version == 0 {
            let text = format!("{} is empty, not a journal", path.display());
            return Err(StoreError::Damaged(text));
        }
        Ok(Self {
            readers: readers(options),
            path,
            writer: None,
        })
    }

    /// Ends every clone's access once what was asked before is done, and leaves one file
    /// without a write-ahead log beside it. Without it nothing is lost.
    pub async fn close(&self) {
        self.readers.close().await;
        if let Some(writer) = &self.writer {
            let (answer, closed) = oneshot::channel();
            if writer.asks.send(Ask::Close(answer)).await.is_ok() {
                // An error means that it was closed already.
                let _ = closed.await;
            }
        }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) async fn reader(&self) -> Result<PoolConnection<Sqlite>, StoreError> {
        let named = |e: sqlx::Error| fault::of_database(&self.path, &e);
        self.readers.acquire().await.map_err(named)
    }
}

fn readers(options: SqliteConnectOptions) -> SqlitePool {
    SqlitePoolOptions::new()
        .max_connections(2)
        .acquire_timeout(ACQUIRE)
        .test_before_acquire(false)
        .connect_lazy_with(options)
}

impl Store for Journal {
    async fn append(&self, records: &[Record]) -> Result<Head, StoreError> {
        let Some(writer) = &self.writer else {
            let text = format!("{} was opened for reading only", self.path.display());
            return Err(StoreError::ReadOnly(text));
        };
        let rows = records
            .iter()
            .map(Unchained::of)
            .collect::<Result<Vec<_>, _>>()?;
        let (answer, answered) = oneshot::channel();
        writer
            .asks
            .send(Ask::Append(rows, answer))
            .await
            .map_err(|_| fault::closed())?;
        answered.await.map_err(|_| fault::closed())?
    }

    async fn page(&self, query: &PageQuery) -> Result<Vec<StoredRecord>, StoreError> {
        read::page(&mut *self.reader().await?, &self.path, query).await
    }

    async fn replay(&self, since: UnixMillis) -> Result<Vec<StoredRecord>, StoreError> {
        read::replay(&mut *self.reader().await?, &self.path, since).await
    }

    async fn verify(&self, noted: Option<&Head>) -> Result<Verification, StoreError> {
        // What this program itself appended is known without a note. Taken before the rows
        // are read, so that an append in between is no fault.
        let own = self.writer.as_ref().map(|w| w.head.borrow().clone());
        let expected: Vec<Head> = own.into_iter().chain(noted.cloned()).collect();
        verify::verify(&mut *self.reader().await?, &self.path, &expected).await
    }

    async fn head(&self) -> Result<Head, StoreError> {
        read::end(&mut *self.reader().await?)
            .await
            .map_err(|e| fault::of_database(&self.path, &e))
    }
}

#[cfg(test)]
#[path = "journal_tests.rs"]
mod tests;
