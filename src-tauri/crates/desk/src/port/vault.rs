//! The keychain's side. Secrets lie there and nowhere else: where there is no keychain, nothing
//! is stored.

use gatehouse_domain::secret::Secret;
use std::fmt;
use std::future::Future;

/// What a secret is called: by Gatehouse, and in the keychain's own program.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SecretName(String);

impl SecretName {
    /// What the app lock checks a passphrase against.
    pub const APP_LOCK: &'static str = "app-lock";

    /// The password that IBC types into the login window of IB Gateway.
    pub const GATEWAY_LOGIN: &'static str = "gateway-login";

    /// A name of letters, digits, `-` and `.`, at most 64 of them; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let fits = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
        let whole = (1..=64).contains(&text.len()) && text.chars().all(fits);
        whole.then(|| Self(text.to_owned()))
    }

    /// Every name that Gatehouse stores something under.
    #[must_use]
    pub fn known() -> [Self; 2] {
        [Self::app_lock(), Self::gateway_login()]
    }

    /// The app lock's.
    #[must_use]
    pub fn app_lock() -> Self {
        Self(Self::APP_LOCK.to_owned())
    }

    /// The gateway login's.
    #[must_use]
    pub fn gateway_login() -> Self {
        Self(Self::GATEWAY_LOGIN.to_owned())
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What it is for, in words.
    #[must_use]
    pub fn about(&self) -> &'static str {
        match self.0.as_str() {
            Self::APP_LOCK => "Checks the passphrase of the app lock",
            Self::GATEWAY_LOGIN => "The password that IBC types into IB Gateway's login window",
            _ => "Something that this Gatehouse does not know",
        }
    }
}

impl fmt::Display for SecretName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How the keychain stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VaultState {
    /// Open.
    Open,
    /// There, and closed: its own dialog asks for its password when something is wanted of it.
    Locked,
    /// There, without a place to store anything in yet: it asks for a password for one.
    Empty,
}

/// Why the keychain did not do what it was asked. The sentence is for a person and names no
/// secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// There is none.
    #[error(
        "There is no keychain on this computer that Gatehouse could use ({0}). On Linux install \
         and start one, such as GNOME Keyring or KWallet, and log in again. Nothing is stored \
         elsewhere instead."
    )]
    NoService(String),
    /// It is closed and nobody opened it in time.
    #[error(
        "The keychain is locked and was not unlocked in time. It asks for its password in a window \
         of its own, which may lie behind this one: answer it there, then try again."
    )]
    Locked,
    /// It said no.
    #[error(
        "The keychain refused ({0}). If its window asked for leave or for its password, that was \
         declined: try again and allow it there."
    )]
    Denied(String),
    /// It holds nothing of this name.
    #[error("The keychain holds nothing called \u{201c}{0}\u{201d} for this folder of Gatehouse.")]
    Missing(SecretName),
    /// It does not answer.
    #[error(
        "The keychain does not answer. If it does not come back, log out of the desktop and in \
         again."
    )]
    Silent,
    /// Anything else.
    #[error("The keychain failed: {0}")]
    Other(String),
}

/// The keychain of the person who is logged in.
pub trait Vault: Send + Sync + 'static {
    /// How it stands. Opens no dialog.
    fn state(&self) -> impl Future<Output = Result<VaultState, VaultError>> + Send;

    /// What is stored, by name, sorted. Opens no dialog.
    fn names(&self) -> impl Future<Output = Result<Vec<SecretName>, VaultError>> + Send;

    /// Reads a secret. The system may ask the person first.
    fn read(&self, name: &SecretName) -> impl Future<Output = Result<Secret, VaultError>> + Send;

    /// Stores a secret in place of the one of that name. The system may ask the person first.
    fn store(
        &self,
        name: &SecretName,
        secret: &Secret,
    ) -> impl Future<Output = Result<(), VaultError>> + Send;

    /// Deletes a secret; one that is not there is a [`VaultError::Missing`].
    fn delete(&self, name: &SecretName) -> impl Future<Output = Result<(), VaultError>> + Send;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_plain() {
        assert_eq!(SecretName::parse("app-lock"), Some(SecretName::app_lock()));
        for text in ["", "app lock", "../lock", "a\n", &"a".repeat(65)] {
            assert_eq!(SecretName::parse(text), None, "{text:?}");
        }
    }
}
