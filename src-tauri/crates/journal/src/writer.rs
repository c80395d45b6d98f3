//! The one task that appends.

use crate::place::Place;
use crate::row::{StoredRow, Unchained};
use crate::{fault, read};
use gatehouse_desk::port::{Head, StoreError};
use sqlx::{Connection as _, SqliteConnection};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinHandle;

const INSERT: &str = "INSERT INTO record (seq, at, account, intent, kind, body, prev, hash) \
                      VALUES (?, ?, ?, ?, ?, ?, ?, ?)";

/// What is asked of the writer.
pub(crate) enum Ask {
    Append(Vec<Unchained>, oneshot::Sender<Result<Head, StoreError>>),
    Close(oneshot::Sender<()>),
}

/// The writing connection and the newest record as this program knows it.
pub(crate) struct Writer {
    place: Place,
    conn: SqliteConnection,
    head: watch::Sender<Head>,
    checkpoints: JoinHandle<()>,
}

impl Writer {
    /// Checks the newest record, then starts the task and that of the checkpoints.
    pub(crate) async fn start(
        place: Place,
        mut conn: SqliteConnection,
        checkpoints: SqliteConnection,
    ) -> Result<(mpsc::Sender<Ask>, watch::Receiver<Head>), StoreError> {
        let head = read::checked_end(&mut conn, place.path()).await?;
        let (head, seen) = watch::channel(head);
        let (asks, asked) = mpsc::channel(64);
        let writer = Self {
            place,
            conn,
            checkpoints: tokio::spawn(crate::checkpoint::run(checkpoints, head.subscribe())),
            head,
        };
        tokio::spawn(writer.run(asked));
        Ok((asks, seen))
    }

    // A task of its own, so that an append that was begun ends even when its caller has gone.
    async fn run(mut self, mut asked: mpsc::Receiver<Ask>) {
        let mut closed = None;
        while let Some(ask) = asked.recv().await {
            match ask {
                Ask::Append(rows, answer) => {
                    // A caller that has gone does not need the answer.
                    let _ = answer.send(self.append(rows).await);
                }
                Ask::Close(answer) => {
                    closed = Some(answer);
                    break;
                }
            }
        }
        drop(asked);
        drop(self.head);
        // The writer closes last, which moves the log into the file and removes it.
        let _ = self.checkpoints.await;
        if let Err(error) = self.conn.close().await {
            tracing::warn!(%error, "the journal did not close cleanly; it is complete all the same");
        }
        if let Some(answer) = closed {
            let _ = answer.send(());
        }
    }

    async fn append(&mut self, rows: Vec<Unchained>) -> Result<Head, StoreError> {
        self.place.still_there()?;
        let mut head = self.head.borrow().clone();
        let mut chained = Vec::with_capacity(rows.len());
        for row in rows {
            let row = row.chained(head.seq + 1, &head.hash);
            head.seq = row.seq;
            head.hash.clone_from(&row.hash);
            chained.push(row);
        }
        self.write(chained)
            .await
            .map_err(|e| fault::of_database(self.place.path(), &e))?;
        self.head.send_replace(head.clone());
        Ok(head)
    }

    async fn write(&mut self, rows: Vec<StoredRow>) -> Result<(), sqlx::Error> {
        if rows.len() < 2 {
            // A single statement is a transaction by itself and saves two round trips.
            for row in rows {
                insert(&mut self.conn, row).await?;
            }
            return Ok(());
        }
        let mut tx = self.conn.begin_with("BEGIN IMMEDIATE").await?;
        for row in rows {
            insert(&mut tx, row).await?;
        }
        tx.commit().await
    }
}

async fn insert(conn: &mut SqliteConnection, row: StoredRow) -> Result<(), sqlx::Error> {
    sqlx::query(INSERT)
        .bind(row.seq)
        .bind(row.at)
        .bind(row.account)
        .bind(row.intent)
        .bind(row.kind)
        .bind(row.body)
        .bind(row.prev)
        .bind(row.hash)
        .execute(conn)
        .await
        .map(drop)
}
