//! The lock of the window: whether there is one, who may open it, and when it closes by itself.
//!
//! The passphrase is kept nowhere; what it is checked against lies in the keychain. That there is
//! a lock is kept in a file beside the journal, so that a start knows it before the keychain
//! answers. A file that can't be read counts as a lock, and a keychain that does not answer opens
//! nothing. The way out when a passphrase is forgotten is to delete the entry in the keychain
//! with the system's own program: who can do that is logged in as the person.

mod tries;

use gatehouse_desk::error::{ApiError, ErrorCode};
use gatehouse_desk::port::{SecretName, Vault, VaultError};
use gatehouse_desk::view::Millis;
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::secret::Secret;
use serde::{Deserialize, Serialize};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tries::Tries;

/// The fewest letters of a passphrase.
const SHORTEST: usize = 8;
/// The longest time without use after which the window may lock itself, in minutes.
const LONGEST_IDLE: u32 = 8 * 60;

/// What is kept beside the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Kept {
    set: bool,
    idle_minutes: Option<u32>,
    #[serde(default)]
    tries: Tries,
}

/// How the lock stands, for the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AppLockView {
    /// Whether there is a passphrase.
    pub set: bool,
    /// After how many minutes without use the window locks itself; `null` when it does not.
    pub idle_minutes: Option<u32>,
    /// Whether it is locked now.
    pub locked: bool,
    /// Before when no passphrase is looked at.
    pub try_again_at: Option<Millis>,
}

/// What came of a passphrase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub(crate) enum PassOutcome {
    /// It was the one.
    Passed,
    /// It was not; with a moment, none is looked at before it.
    Wrong { try_again_at: Option<Millis> },
    /// It was not looked at: too many were wrong.
    TooSoon { try_again_at: Millis },
    /// The keychain holds nothing to check it against any more, so there is no lock any more.
    Gone,
}

/// The lock over a keychain.
pub(crate) struct AppLock<V> {
    file: PathBuf,
    vault: V,
    kept: Mutex<Kept>,
    locked: AtomicBool,
    /// When the window was last used.
    used: AtomicI64,
    /// One passphrase is looked at after another, so that many at once are as slow as one by one.
    asking: tokio::sync::Mutex<()>,
}

impl<V: Vault> AppLock<V> {
    /// Reads whether there is a lock; with one the start is locked.
    pub(crate) fn read(folder: &Path, vault: V, now: UnixMillis) -> Self {
        let file = folder.join("lock.json");
        let kept = match std::fs::read(&file) {
            Ok(text) => serde_json::from_slice(&text).unwrap_or_else(|error| closed(&file, &error)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Kept {
                set: false,
                idle_minutes: None,
                tries: Tries::default(),
            },
            Err(error) => closed(&file, &error),
        };
        Self {
            file,
            vault,
            locked: AtomicBool::new(kept.set),
            kept: Mutex::new(kept),
            used: AtomicI64::new(now.0),
            asking: tokio::sync::Mutex::new(()),
        }
    }

    pub(crate) fn vault(&self) -> &V {
        &self.vault
    }

    pub(crate) fn is_set(&self) -> bool {
        self.kept().set
    }

    pub(crate) fn is_locked(&self) -> bool {
        self.locked.load(Ordering::SeqCst)
    }

    pub(crate) fn view(&self, now: UnixMillis) -> AppLockView {
        let kept = self.kept();
        AppLockView {
            set: kept.set,
            idle_minutes: kept.idle_minutes,
            locked: self.is_locked(),
            try_again_at: kept.tries.closed_until(now).map(Into::into),
        }
    }

    /// Locks, if there is a passphrase. Says whether it is locked now.
    pub(crate) fn lock(&self) -> bool {
        let set = self.is_set();
        if set {
            self.locked.store(true, Ordering::SeqCst);
        }
        set
    }

    /// The window is in use.
    pub(crate) fn touch(&self, now: UnixMillis) {
        if !self.is_locked() {
            self.used.store(now.0, Ordering::SeqCst);
        }
    }

    /// For how many minutes the window went unused, when that is long enough to lock it.
    pub(crate) fn idle_over(&self, now: UnixMillis) -> Option<u32> {
        let kept = self.kept();
        let minutes = kept
            .idle_minutes
            .filter(|_| kept.set && !self.is_locked())?;
        let unused = now.since(UnixMillis(self.used.load(Ordering::SeqCst)));
        (unused >= Duration::from_secs(u64::from(minutes) * 60)).then_some(minutes)
    }

    /// Chooses after how many minutes without use the window locks itself.
    pub(crate) fn choose_idle(&self, minutes: Option<u32>) -> Result<(), ApiError> {
        if minutes.is_some_and(|minutes| !(1..=LONGEST_IDLE).contains(&minutes)) {
            return Err(bad(format!("Choose between 1 and {LONGEST_IDLE} minutes.")));
        }
        let kept = Kept {
            idle_minutes: minutes,
            ..self.kept().clone()
        };
        self.keep(kept)
    }

    /// Looks at a passphrase; how many were wrong before it comes with a right one. The one who
    /// asks opens the desk.
    pub(crate) async fn unlock(
        &self,
        passphrase: Secret,
        now: UnixMillis,
    ) -> Result<(PassOutcome, u32), ApiError> {
        let wrong = self.kept().tries.wrong();
        let outcome = self.pass(passphrase, now).await?;
        if matches!(outcome, PassOutcome::Passed | PassOutcome::Gone) {
            self.used.store(now.0, Ordering::SeqCst);
            self.locked.store(false, Ordering::SeqCst);
        }
        Ok((outcome, wrong))
    }

    /// Sets a passphrase; in place of another one only with that. It is in the keychain before
    /// there is a lock.
    pub(crate) async fn set(
        &self,
        current: Option<Secret>,
        new: Secret,
        now: UnixMillis,
    ) -> Result<PassOutcome, ApiError> {
        if new.letters() < SHORTEST {
            return Err(bad(format!(
                "A passphrase needs at least {SHORTEST} letters. Four or five plain words are easy \
                 to keep and hard to guess."
            )));
        }
        if self.is_set() {
            let current = current.unwrap_or_else(|| Secret::new(String::new()));
            match self.pass(current, now).await? {
                PassOutcome::Passed | PassOutcome::Gone => {}
                other => return Ok(other),
            }
        }
        let verifier = beside(move || gatehouse_vault::verifier(&new)).await?;
        let stored = self.vault.store(&SecretName::app_lock(), &verifier).await;
        stored.map_err(|error| told("The passphrase was not set", &error))?;
        self.used.store(now.0, Ordering::SeqCst);
        self.keep(Kept {
            set: true,
            idle_minutes: self.idle_minutes(),
            tries: Tries::default(),
        })?;
        Ok(PassOutcome::Passed)
    }

    /// Takes the lock off.
    pub(crate) async fn remove(
        &self,
        passphrase: Secret,
        now: UnixMillis,
    ) -> Result<PassOutcome, ApiError> {
        let outcome = self.pass(passphrase, now).await?;
        if outcome == PassOutcome::Passed {
            self.open_for_good()?;
            if let Err(error) = self.vault.delete(&SecretName::app_lock()).await {
                // It opens nothing any more, and can be deleted from the list.
                tracing::warn!(%error, "the lock's entry stays in the keychain");
            }
        }
        Ok(outcome)
    }

    async fn pass(&self, passphrase: Secret, now: UnixMillis) -> Result<PassOutcome, ApiError> {
        let _one_by_one = self.asking.lock().await;
        if let Some(until) = self.kept().tries.closed_until(now) {
            let try_again_at = until.into();
            return Ok(PassOutcome::TooSoon { try_again_at });
        }
        let verifier = match self.vault.read(&SecretName::app_lock()).await {
            Ok(verifier) => verifier,
            Err(VaultError::Missing(_)) => {
                self.open_for_good()?;
                return Ok(PassOutcome::Gone);
            }
            Err(error) => return Err(told("The passphrase can't be checked", &error)),
        };
        let passed = beside(move || gatehouse_vault::check(&passphrase, &verifier)).await?;
        let mut kept = self.kept().clone();
        if passed {
            kept.tries = Tries::default();
        } else {
            kept.tries.failed(now);
        }
        let try_again_at = kept.tries.closed_until(now).map(Into::into);
        // A disk that is full must neither open the lock nor keep it shut: this run counts on.
        *self.kept() = kept.clone();
        if let Err(error) = self.write(&kept) {
            tracing::warn!(%error, "tries at the lock are not kept");
        }
        Ok(if passed {
            PassOutcome::Passed
        } else {
            PassOutcome::Wrong { try_again_at }
        })
    }

    fn idle_minutes(&self) -> Option<u32> {
        self.kept().idle_minutes
    }

    fn open_for_good(&self) -> Result<(), ApiError> {
        self.keep(Kept {
            set: false,
            idle_minutes: self.idle_minutes(),
            tries: Tries::default(),
        })
    }

    /// On disk first.
    fn keep(&self, kept: Kept) -> Result<(), ApiError> {
        self.write(&kept).map_err(|error| {
            ApiError::new(
                ErrorCode::Internal,
                format!("The setting can't be kept, so all stays as it was: {error}"),
            )
        })?;
        *self.kept() = kept;
        Ok(())
    }

    fn write(&self, kept: &Kept) -> io::Result<()> {
        if let Some(folder) = self.file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let new = self.file.with_extension("json.new");
        std::fs::write(&new, serde_json::to_vec(kept)?)?;
        std::fs::rename(&new, &self.file)
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn closed(file: &Path, error: &dyn std::error::Error) -> Kept {
    tracing::warn!(%error, file = %file.display(), "unreadable: counts as a lock that is set");
    Kept {
        set: true,
        idle_minutes: None,
        tries: Tries::default(),
    }
}

/// Reckons where nobody else waits for the thread.
async fn beside<T: Send + 'static>(
    reckon: impl FnOnce() -> Result<T, gatehouse_vault::CheckFault> + Send + 'static,
) -> Result<T, ApiError> {
    let failed = |why: String| {
        ApiError::new(
            ErrorCode::Internal,
            format!(
                "The passphrase can't be checked: {why}. If that stays so, delete the entry \
                 \u{201c}Gatehouse\u{201d} in the system's keychain program; nothing else is lost."
            ),
        )
    };
    match tokio::task::spawn_blocking(reckon).await {
        Ok(answer) => answer.map_err(|error| failed(error.to_string())),
        Err(error) => Err(failed(error.to_string())),
    }
}

fn told(what: &str, error: &VaultError) -> ApiError {
    ApiError::new(ErrorCode::Keychain, format!("{what}. {error}"))
}

fn bad(message: String) -> ApiError {
    ApiError::new(ErrorCode::BadInput, message)
}

#[cfg(test)]
mod tests;
