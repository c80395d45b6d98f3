//! A profile is open in one window at a time: two desks on one journal would not know of each
//! other's orders.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;

/// Holds a profile until it is dropped, or its process ends.
#[derive(Debug)]
pub(crate) struct Lock(#[expect(dead_code, reason = "held open")] File);

impl Lock {
    /// Takes the profile whose home this is; `None` when another window has it.
    pub(crate) fn take(home: &Path) -> io::Result<Option<Self>> {
        std::fs::create_dir_all(home)?;
        let file = File::options()
            .create(true)
            .append(true)
            .open(home.join("open.lock"))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self(file))),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    /// Whether another window, or this one, has it open.
    pub(crate) fn is_taken(home: &Path) -> bool {
        home.join("open.lock").exists() && matches!(Self::take(home), Ok(None))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_is_open_once_and_free_again_after() {
        let folder = tempfile::tempdir().unwrap();
        assert!(!Lock::is_taken(folder.path()));
        let held = Lock::take(folder.path()).unwrap();
        assert!(held.is_some());
        assert!(Lock::take(folder.path()).unwrap().is_none());
        assert!(Lock::is_taken(folder.path()));
        drop(held);
        assert!(Lock::take(folder.path()).unwrap().is_some());
    }
}
