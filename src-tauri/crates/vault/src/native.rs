//! The keychains of macOS and Windows. Their calls block, so they run beside the others.

use crate::Patience;
use gatehouse_desk::port::{SecretName, Vault, VaultError, VaultState};
use gatehouse_domain::secret::Secret;
use keyring_core::api::CredentialStoreApi;
use keyring_core::{Entry, Error};
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use zeroize::Zeroizing;

const SERVICE: &str = "app.gatehouse.desktop";

/// The keychain, as entries of one folder of Gatehouse's data.
#[derive(Debug, Clone)]
pub struct Keychain {
    folder: String,
    patience: Patience,
}

impl Keychain {
    /// The keychain of the person who is logged in.
    #[must_use]
    pub fn new(folder: &Path) -> Self {
        Self {
            folder: folder.display().to_string(),
            patience: Patience::default(),
        }
    }

    /// The same with other waiting times.
    #[must_use]
    pub fn patient(self, patience: Patience) -> Self {
        Self { patience, ..self }
    }

    fn suffix(&self) -> String {
        format!(" in {}", self.folder)
    }

    /// Runs a call beside; one that takes too long waits for the system's own dialog.
    async fn beside<T: Send + 'static>(
        &self,
        call: impl FnOnce() -> keyring_core::Result<T> + Send + 'static,
    ) -> Result<T, Failed> {
        match tokio::time::timeout(self.patience.dialog, tokio::task::spawn_blocking(call)).await {
            Ok(Ok(answer)) => answer.map_err(Failed::from),
            Ok(Err(error)) => Err(Failed::Told(VaultError::Other(error.to_string()))),
            Err(_) => Err(Failed::Told(VaultError::Locked)),
        }
    }

    /// Does something with the entry of this name.
    async fn entry<T: Send + 'static>(
        &self,
        name: &SecretName,
        act: impl FnOnce(Entry) -> keyring_core::Result<T> + Send + 'static,
    ) -> Result<T, VaultError> {
        let user = format!("{name}{}", self.suffix());
        let done = self
            .beside(move || act(store()?.build(SERVICE, &user, None)?))
            .await;
        done.map_err(|failed| match failed {
            Failed::Missing => VaultError::Missing(name.clone()),
            Failed::Told(error) => error,
        })
    }
}

#[cfg(target_os = "macos")]
fn store() -> keyring_core::Result<Arc<apple_native_keyring_store::keychain::Store>> {
    apple_native_keyring_store::keychain::Store::new()
}

#[cfg(windows)]
fn store() -> keyring_core::Result<Arc<windows_native_keyring_store::Store>> {
    windows_native_keyring_store::Store::new()
}

/// What narrows a search to our entries.
fn ours() -> HashMap<&'static str, &'static str> {
    let key = if cfg!(target_os = "macos") {
        "service"
    } else {
        "pattern"
    };
    HashMap::from([(key, SERVICE)])
}

enum Failed {
    Missing,
    Told(VaultError),
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        match error {
            Error::NoEntry => Self::Missing,
            Error::NoStorageAccess(why) => Self::Told(VaultError::Denied(why.to_string())),
            // These carry what was stored: it is not repeated.
            Error::BadEncoding(_) | Error::BadDataFormat(..) => {
                Self::Told(VaultError::Other("what lies there is no text".to_owned()))
            }
            other => Self::Told(VaultError::Other(other.to_string())),
        }
    }
}

impl Failed {
    fn told(self) -> VaultError {
        match self {
            Self::Missing => VaultError::Other("it lost an entry meanwhile".to_owned()),
            Self::Told(error) => error,
        }
    }
}

impl Vault for Keychain {
    async fn state(&self) -> Result<VaultState, VaultError> {
        self.beside(|| store()?.search(&ours()).map(|_| ()))
            .await
            .map(|()| VaultState::Open)
            .map_err(Failed::told)
    }

    async fn names(&self) -> Result<Vec<SecretName>, VaultError> {
        let suffix = self.suffix();
        let found = self
            .beside(move || {
                let entries = store()?.search(&ours())?;
                Ok(entries
                    .iter()
                    .filter_map(Entry::get_specifiers)
                    .filter(|(service, _)| service == SERVICE)
                    .filter_map(|(_, user)| SecretName::parse(user.strip_suffix(&suffix)?))
                    .collect::<Vec<_>>())
            })
            .await;
        let mut names = found.map_err(Failed::told)?;
        names.sort();
        names.dedup();
        Ok(names)
    }

    async fn read(&self, name: &SecretName) -> Result<Secret, VaultError> {
        self.entry(name, |entry| entry.get_password().map(Secret::new))
            .await
    }

    async fn store(&self, name: &SecretName, secret: &Secret) -> Result<(), VaultError> {
        let text = Zeroizing::new(secret.expose().to_owned());
        self.entry(name, move |entry| entry.set_password(&text))
            .await
    }

    async fn delete(&self, name: &SecretName) -> Result<(), VaultError> {
        self.entry(name, |entry| entry.delete_credential()).await
    }
}
