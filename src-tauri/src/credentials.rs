//! What lies in the keychain, for the page: names and words, never a value.

use crate::shell::Shell;
use gatehouse_desk::error::{ApiError, ErrorCode};
use gatehouse_desk::port::{SecretName, Vault, VaultError, VaultState};
use serde::Serialize;

/// How the keychain stands, in a form that the page can act on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum KeychainState {
    Open,
    Locked,
    Empty,
    /// It can't be used: the words say why.
    Unusable,
}

/// One thing that is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SecretView {
    pub name: String,
    /// What it is for.
    pub about: String,
    /// Why it can't be deleted here; `null` when it can.
    pub held: Option<String>,
}

/// The keychain and what Gatehouse has in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct VaultView {
    pub state: KeychainState,
    /// The state in words, with what to do.
    pub says: String,
    pub secrets: Vec<SecretView>,
}

impl Shell {
    /// How the keychain stands and what lies in it. Opens no dialog of the system.
    pub(crate) async fn keychain(&self) -> VaultView {
        let vault = self.app_lock.vault();
        let (state, says) = match vault.state().await {
            Ok(VaultState::Open) => (KeychainState::Open, "The keychain is open.".to_owned()),
            Ok(VaultState::Locked) => (KeychainState::Locked, LOCKED.to_owned()),
            Ok(VaultState::Empty) => (KeychainState::Empty, EMPTY.to_owned()),
            Err(error) => return unusable(&error),
        };
        let names = match vault.names().await {
            Ok(names) => names,
            Err(error) => return unusable(&error),
        };
        let secrets = names.iter().map(|name| self.secret_view(name)).collect();
        VaultView {
            state,
            says,
            secrets,
        }
    }

    /// Deletes a secret, unless something still stands on it.
    pub(crate) async fn delete_secret(&self, name: &str) -> Result<VaultView, ApiError> {
        let name = SecretName::parse(name)
            .ok_or_else(|| ApiError::new(ErrorCode::BadInput, "That is no name of a secret."))?;
        if let Some(why) = self.secret_view(&name).held {
            return Err(ApiError::new(ErrorCode::Refused, why));
        }
        let deleted = self.app_lock.vault().delete(&name).await;
        deleted.map_err(|error| ApiError::new(ErrorCode::Keychain, error.to_string()))?;
        Ok(self.keychain().await)
    }

    fn secret_view(&self, name: &SecretName) -> SecretView {
        let in_use = name.as_str() == SecretName::APP_LOCK && self.app_lock.is_set();
        SecretView {
            name: name.to_string(),
            about: name.about().to_owned(),
            held: in_use.then(|| HELD.to_owned()),
        }
    }
}

fn unusable(error: &VaultError) -> VaultView {
    VaultView {
        state: KeychainState::Unusable,
        says: error.to_string(),
        secrets: Vec::new(),
    }
}

const LOCKED: &str = "The keychain is locked. When something is wanted of it, the system asks for \
    its password in a window of its own.";
const EMPTY: &str = "The keychain has no place to store anything in yet. When something is to be \
    stored, the system asks for a password for one.";
const HELD: &str = "The app lock stands on it. Take the lock off, which asks for the passphrase; \
    that deletes it.";
