//! Moving the write-ahead log into the file while nothing is being appended, on a connection
//! of its own, so that no order waits for it.

use gatehouse_desk::port::Head;
use sqlx::{Connection as _, SqliteConnection};
use std::time::Duration;
use tokio::sync::watch;

/// So long without an append, and the log is moved.
const IDLE: Duration = Duration::from_millis(500);
/// So many records, and it is moved without waiting any longer.
const MOST: i64 = 2_000;

/// Runs until the writer is gone.
pub(crate) async fn run(mut conn: SqliteConnection, mut head: watch::Receiver<Head>) {
    let mut moved = head.borrow_and_update().seq;
    while head.changed().await.is_ok() {
        loop {
            if head.borrow_and_update().seq - moved >= MOST {
                break;
            }
            match tokio::time::timeout(IDLE, head.changed()).await {
                Ok(Ok(())) => {}
                Ok(Err(_)) => return close(conn).await,
                Err(_) => break,
            }
        }
        let newest = head.borrow().seq;
        // PASSIVE moves what it can and blocks neither the writer nor a reader.
        match sqlx::raw_sql("PRAGMA wal_checkpoint(PASSIVE)")
            .execute(&mut conn)
            .await
        {
            Ok(_) => moved = newest,
            Err(error) => tracing::warn!(%error, "the journal's log could not be moved"),
        }
    }
    close(conn).await;
}

async fn close(conn: SqliteConnection) {
    if let Err(error) = conn.close().await {
        tracing::warn!(%error, "the journal's checkpoint connection did not close");
    }
}
