//! The Secret Service: GNOME Keyring, KWallet and their kin, over the session's D-Bus.

use crate::Patience;
use gatehouse_desk::port::{SecretName, Vault, VaultError, VaultState};
use gatehouse_domain::secret::Secret;
use secret_service::{Collection, EncryptionType, Error, Item, SecretService};
use std::collections::HashMap;
use std::future::Future;
use std::path::Path;
use std::time::Duration;
use zbus_of_secret_service as zbus;
use zeroize::Zeroizing;

/// The attributes by which entries are found.
const PROGRAM: (&str, &str) = ("application", "app.gatehouse.desktop");
const NAME: &str = "name";
const FOLDER: &str = "folder";

/// The keychain, as entries of one folder of Gatehouse's data.
#[derive(Debug, Clone)]
pub struct Keychain {
    folder: String,
    patience: Patience,
    /// The bus, when it is not the session's.
    bus: Option<String>,
}

impl Keychain {
    /// The keychain on the session's bus.
    #[must_use]
    pub fn new(folder: &Path) -> Self {
        Self {
            folder: folder.display().to_string(),
            patience: Patience::default(),
            bus: None,
        }
    }

    /// The same with other waiting times.
    #[must_use]
    pub fn patient(self, patience: Patience) -> Self {
        Self { patience, ..self }
    }

    /// The same on another bus.
    #[must_use]
    pub fn on_bus(self, address: &str) -> Self {
        Self {
            bus: Some(address.to_owned()),
            ..self
        }
    }

    /// A session of its own for each call: what was cut off is not gone on with.
    async fn service(&self) -> Result<SecretService<'static>, VaultError> {
        let connect = async {
            let connection = match &self.bus {
                Some(address) => {
                    zbus::connection::Builder::address(address.as_str())?
                        .build()
                        .await
                }
                None => zbus::Connection::session().await,
            };
            SecretService::connect_with_existing(EncryptionType::Dh, connection?).await
        };
        tokio::time::timeout(self.patience.plain, connect)
            .await
            .map_err(|_| VaultError::Silent)?
            .map_err(|error| VaultError::NoService(error.to_string()))
    }

    fn attributes<'a>(&'a self, name: Option<&'a SecretName>) -> HashMap<&'a str, &'a str> {
        let name = name.map(|name| (NAME, name.as_str()));
        [PROGRAM, (FOLDER, &self.folder)]
            .into_iter()
            .chain(name)
            .collect()
    }

    async fn plain<T>(
        &self,
        call: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, VaultError> {
        within(self.patience.plain, VaultError::Silent, call).await
    }

    async fn asking<T>(
        &self,
        call: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, VaultError> {
        within(self.patience.dialog, VaultError::Locked, call).await
    }

    /// The entry of this name, unlocked.
    async fn item<'a>(
        &self,
        service: &'a SecretService<'static>,
        name: &SecretName,
    ) -> Result<Item<'a>, VaultError> {
        let found = self
            .plain(service.search_items(self.attributes(Some(name))))
            .await?;
        if let Some(item) = found.unlocked.into_iter().next() {
            return Ok(item);
        }
        let Some(item) = found.locked.into_iter().next() else {
            return Err(VaultError::Missing(name.clone()));
        };
        self.asking(item.unlock()).await?;
        if self.plain(item.is_locked()).await? {
            return Err(VaultError::Locked);
        }
        Ok(item)
    }

    /// Where new entries go, unlocked; made when there is none yet.
    async fn collection<'a>(
        &self,
        service: &'a SecretService<'static>,
    ) -> Result<Collection<'a>, VaultError> {
        let place = within_found(self.patience.plain, service.get_default_collection()).await?;
        let Some(place) = place else {
            return self
                .asking(service.create_collection("Login", "default"))
                .await;
        };
        if self.plain(place.is_locked()).await? {
            self.asking(place.unlock()).await?;
            if self.plain(place.is_locked()).await? {
                return Err(VaultError::Locked);
            }
        }
        Ok(place)
    }
}

impl Vault for Keychain {
    async fn state(&self) -> Result<VaultState, VaultError> {
        let service = self.service().await?;
        let place = within_found(self.patience.plain, service.get_default_collection()).await?;
        let Some(place) = place else {
            return Ok(VaultState::Empty);
        };
        let locked = self.plain(place.is_locked()).await?;
        Ok(if locked {
            VaultState::Locked
        } else {
            VaultState::Open
        })
    }

    async fn names(&self) -> Result<Vec<SecretName>, VaultError> {
        let service = self.service().await?;
        let found = self
            .plain(service.search_items(self.attributes(None)))
            .await?;
        let mut names = Vec::new();
        for item in found.unlocked.iter().chain(&found.locked) {
            let attributes = self.plain(item.get_attributes()).await?;
            names.extend(
                attributes
                    .get(NAME)
                    .and_then(|name| SecretName::parse(name)),
            );
        }
        // An entry that was not unlocked since the service started has only its attributes' hashes:
        // it is found by its name, and does not tell it.
        if names.len() < found.unlocked.len() + found.locked.len() {
            for name in SecretName::known() {
                let attributes = self.attributes(Some(&name));
                let found = self.plain(service.search_items(attributes)).await?;
                if !found.unlocked.is_empty() || !found.locked.is_empty() {
                    names.push(name);
                }
            }
        }
        names.sort();
        names.dedup();
        Ok(names)
    }

    async fn read(&self, name: &SecretName) -> Result<Secret, VaultError> {
        let service = self.service().await?;
        let item = self.item(&service, name).await?;
        let bytes = Zeroizing::new(self.plain(item.get_secret()).await?);
        let text = std::str::from_utf8(&bytes).map_err(|_| {
            VaultError::Other(format!("what lies under \u{201c}{name}\u{201d} is no text"))
        })?;
        Ok(Secret::new(text.to_owned()))
    }

    async fn store(&self, name: &SecretName, secret: &Secret) -> Result<(), VaultError> {
        let service = self.service().await?;
        let place = self.collection(&service).await?;
        let label = format!("Gatehouse: {}", name.about());
        let attributes = self.attributes(Some(name));
        let bytes = secret.expose().as_bytes();
        self.plain(place.create_item(&label, attributes, bytes, true, "text/plain"))
            .await
            .map(|_| ())
    }

    async fn delete(&self, name: &SecretName) -> Result<(), VaultError> {
        let service = self.service().await?;
        let item = self.item(&service, name).await?;
        self.asking(item.delete()).await
    }
}

async fn within<T>(
    patience: Duration,
    late: VaultError,
    call: impl Future<Output = Result<T, Error>>,
) -> Result<T, VaultError> {
    match tokio::time::timeout(patience, call).await {
        Ok(answer) => answer.map_err(|error| told(&error)),
        Err(_) => Err(late),
    }
}

/// The same, with "there is none" as an answer.
async fn within_found<T>(
    patience: Duration,
    call: impl Future<Output = Result<T, Error>>,
) -> Result<Option<T>, VaultError> {
    let call = async {
        match call.await {
            Ok(found) => Ok(Some(found)),
            Err(Error::NoResult) => Ok(None),
            Err(error) => Err(error),
        }
    };
    within(patience, VaultError::Silent, call).await
}

fn told(error: &Error) -> VaultError {
    match error {
        Error::Locked => VaultError::Locked,
        Error::Prompt => VaultError::Denied("its dialog was closed".to_owned()),
        Error::PromptDisconnected => VaultError::Denied("its dialog went away".to_owned()),
        Error::Unavailable => VaultError::NoService(error.to_string()),
        _ => {
            let text = error.to_string();
            // GNOME Keyring tells it by name.
            if text.contains("IsLocked") {
                VaultError::Locked
            } else {
                VaultError::Other(text)
            }
        }
    }
}
