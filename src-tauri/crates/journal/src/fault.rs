//! What SQLite and the file system say, as the port's named errors.

use gatehouse_desk::port::StoreError;
use std::io;
use std::path::Path;

// SQLite's primary result codes: https://www.sqlite.org/rescode.html
const PERM: i32 = 3;
const BUSY: i32 = 5;
const LOCKED: i32 = 6;
const READONLY: i32 = 8;
const CORRUPT: i32 = 11;
const FULL: i32 = 13;
const CANTOPEN: i32 = 14;
const CONSTRAINT: i32 = 19;
const NOTADB: i32 = 26;
/// The shared-memory file could not grow, which is how a full disk shows when it is opened.
const IOERR_SHMSIZE: i32 = 4874;

/// Names an error of the database at this path.
pub(crate) fn of_database(path: &Path, error: &sqlx::Error) -> StoreError {
    let place = path.display().to_string();
    match error {
        sqlx::Error::Io(e) => of_file(path, e),
        sqlx::Error::PoolTimedOut => StoreError::Locked(place),
        sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => closed(),
        sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => {
            StoreError::Damaged(format!("{place}: {error}"))
        }
        sqlx::Error::Database(e) => {
            let code: i32 = e.code().and_then(|c| c.parse().ok()).unwrap_or(0);
            let said = e.message();
            match (code, code & 0xff) {
                (IOERR_SHMSIZE, _) | (_, FULL) => StoreError::Full(place),
                (_, BUSY | LOCKED) => StoreError::Locked(place),
                (_, READONLY | PERM | CANTOPEN) => StoreError::ReadOnly(format!("{place}: {said}")),
                (_, CORRUPT | NOTADB) => StoreError::Damaged(format!("{place}: {said}")),
                (_, CONSTRAINT) => StoreError::Other(format!(
                    "another program has written to {place} since it was opened here ({said}). \
                     Nothing was added. Close that program and start Gatehouse again"
                )),
                _ => StoreError::Other(format!("{place}: {said} (SQLite code {code})")),
            }
        }
        _ => StoreError::Other(format!("{place}: {error}")),
    }
}

/// Names an error of the file system at this path.
pub(crate) fn of_file(path: &Path, error: &io::Error) -> StoreError {
    let place = format!("{}: {error}", path.display());
    match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            StoreError::ReadOnly(place)
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => StoreError::Full(place),
        _ => StoreError::Other(place),
    }
}

/// The journal was closed, or its writer is gone.
pub(crate) fn closed() -> StoreError {
    StoreError::Other("it was closed; start Gatehouse again".to_owned())
}
