//! The [`Vault`](gatehouse_desk::port::Vault) port over the keychain of the person who is logged
//! in: the Secret Service on Linux, the login keychain on macOS, the Credential Manager on
//! Windows; and the check of the app lock's passphrase.
//!
//! Every call goes to the keychain anew, so that one that was not there, or was started again,
//! is found when it is. There is no other place for a secret: where the keychain fails, the
//! caller is told why, in words.
//!
//! An entry is of one folder of Gatehouse's data: a demo and a second `--data-dir` have theirs
//! apart.

mod passphrase;

pub use passphrase::{CheckFault, check, verifier};

#[cfg(any(target_os = "macos", windows))]
mod native;
#[cfg(all(unix, not(target_os = "macos")))]
mod secret_service;

#[cfg(any(target_os = "macos", windows))]
pub use native::Keychain;
#[cfg(all(unix, not(target_os = "macos")))]
pub use secret_service::Keychain;

use std::time::Duration;

/// How long a call waits.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// For an answer that needs no person.
    pub plain: Duration,
    /// For a person who is asked in the system's own dialog.
    pub dialog: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            plain: Duration::from_secs(10),
            dialog: Duration::from_secs(90),
        }
    }
}
