//! The lock over a keychain in memory.

use super::*;
use gatehouse_desk::port::VaultState;
use std::collections::BTreeMap;

#[derive(Default)]
struct Keys {
    held: Mutex<BTreeMap<SecretName, String>>,
    fault: Mutex<Option<VaultError>>,
}

impl Keys {
    fn held(&self) -> Result<MutexGuard<'_, BTreeMap<SecretName, String>>, VaultError> {
        match self.fault.lock().unwrap().clone() {
            Some(fault) => Err(fault),
            None => Ok(self.held.lock().unwrap()),
        }
    }

    fn fail(&self, fault: Option<VaultError>) {
        *self.fault.lock().unwrap() = fault;
    }
}

impl Vault for Keys {
    async fn state(&self) -> Result<VaultState, VaultError> {
        self.held().map(|_| VaultState::Open)
    }

    async fn names(&self) -> Result<Vec<SecretName>, VaultError> {
        Ok(self.held()?.keys().cloned().collect())
    }

    async fn read(&self, name: &SecretName) -> Result<Secret, VaultError> {
        let held = self.held()?;
        let text = held
            .get(name)
            .ok_or_else(|| VaultError::Missing(name.clone()))?;
        Ok(Secret::new(text.clone()))
    }

    async fn store(&self, name: &SecretName, secret: &Secret) -> Result<(), VaultError> {
        self.held()?
            .insert(name.clone(), secret.expose().to_owned());
        Ok(())
    }

    async fn delete(&self, name: &SecretName) -> Result<(), VaultError> {
        let gone = self.held()?.remove(name);
        gone.map(|_| ())
            .ok_or_else(|| VaultError::Missing(name.clone()))
    }
}

const NOW: UnixMillis = UnixMillis(1_800_000_000_000);
const PASSPHRASE: &str = "rain over Lisbon";

fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned())
}

fn later(seconds: u64) -> UnixMillis {
    NOW.plus(Duration::from_secs(seconds))
}

/// A lock that is set and locked, and the folder that it lies in.
async fn locked() -> (tempfile::TempDir, AppLock<Keys>) {
    let folder = tempfile::tempdir().unwrap();
    let lock = AppLock::read(folder.path(), Keys::default(), NOW);
    assert_eq!(
        lock.set(None, secret(PASSPHRASE), NOW).await,
        Ok(PassOutcome::Passed)
    );
    assert!(lock.lock());
    (folder, lock)
}

#[tokio::test]
async fn without_a_passphrase_nothing_locks() {
    let folder = tempfile::tempdir().unwrap();
    let lock = AppLock::read(folder.path(), Keys::default(), NOW);
    assert!(!lock.lock() && !lock.is_locked());
    let short = lock.set(None, secret("1234567"), NOW).await.unwrap_err();
    assert!(short.message.contains("at least 8"), "{short}");
    assert!(!lock.is_set());
}

#[tokio::test]
async fn only_the_passphrase_opens_it_and_wrong_ones_are_counted() {
    let (_folder, lock) = locked().await;
    let wrong = lock.unlock(secret("rain over lisbon"), NOW).await.unwrap();
    assert_eq!(wrong, (PassOutcome::Wrong { try_again_at: None }, 0));
    assert!(lock.is_locked());
    let right = lock.unlock(secret(PASSPHRASE), NOW).await.unwrap();
    assert_eq!(right, (PassOutcome::Passed, 1));
    assert!(!lock.is_locked());
}

#[tokio::test]
async fn many_wrong_ones_make_even_the_right_one_wait_and_a_restart_does_not_help() {
    let (folder, lock) = locked().await;
    for _ in 0..3 {
        lock.unlock(secret("wrong words"), NOW).await.unwrap();
    }
    let too_soon = PassOutcome::TooSoon {
        try_again_at: later(5).into(),
    };
    assert_eq!(
        lock.unlock(secret(PASSPHRASE), NOW).await.unwrap().0,
        too_soon
    );
    let again = AppLock::read(folder.path(), lock.vault, later(1));
    assert!(again.is_locked());
    assert_eq!(
        again.unlock(secret(PASSPHRASE), later(1)).await.unwrap().0,
        too_soon
    );
    assert_eq!(
        again.unlock(secret(PASSPHRASE), later(5)).await.unwrap().0,
        PassOutcome::Passed
    );
}

#[tokio::test]
async fn another_passphrase_needs_the_one_before_and_so_does_taking_it_off() {
    let (_folder, lock) = locked().await;
    for current in [None, Some(secret("wrong words"))] {
        let outcome = lock
            .set(current, secret("snow over Oslo"), NOW)
            .await
            .unwrap();
        assert_eq!(outcome, PassOutcome::Wrong { try_again_at: None });
    }
    let changed = lock
        .set(Some(secret(PASSPHRASE)), secret("snow over Oslo"), NOW)
        .await;
    assert_eq!(changed, Ok(PassOutcome::Passed));
    let outcome = lock.remove(secret(PASSPHRASE), NOW).await.unwrap();
    assert_eq!(outcome, PassOutcome::Wrong { try_again_at: None });
    assert!(lock.is_set());
    assert_eq!(
        lock.remove(secret("snow over Oslo"), NOW).await,
        Ok(PassOutcome::Passed)
    );
    assert!(!lock.is_set());
    assert!(lock.vault.names().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_start_with_a_lock_is_locked_and_so_is_one_with_a_damaged_file() {
    let (folder, lock) = locked().await;
    assert!(AppLock::read(folder.path(), Keys::default(), NOW).is_locked());
    std::fs::write(&lock.file, "{\"set\":fal").unwrap();
    let damaged = AppLock::read(folder.path(), lock.vault, NOW);
    assert!(damaged.is_locked());
    assert_eq!(
        damaged.unlock(secret(PASSPHRASE), NOW).await.unwrap().0,
        PassOutcome::Passed
    );
}

#[tokio::test]
async fn a_keychain_that_does_not_answer_opens_nothing_and_says_why() {
    let (_folder, lock) = locked().await;
    for fault in [
        VaultError::Locked,
        VaultError::NoService("no bus".into()),
        VaultError::Silent,
    ] {
        lock.vault.fail(Some(fault.clone()));
        let error = lock.unlock(secret(PASSPHRASE), NOW).await.unwrap_err();
        assert!(error.message.contains(&fault.to_string()), "{error}");
        assert!(lock.is_locked());
    }
    lock.vault.fail(None);
    assert_eq!(
        lock.unlock(secret(PASSPHRASE), NOW).await.unwrap().0,
        PassOutcome::Passed
    );
}

#[tokio::test]
async fn without_a_keychain_no_lock_is_set_and_it_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let lock = AppLock::read(folder.path(), Keys::default(), NOW);
    lock.vault
        .fail(Some(VaultError::NoService("no bus".into())));
    let error = lock.set(None, secret(PASSPHRASE), NOW).await.unwrap_err();
    assert!(
        error
            .message
            .starts_with("The passphrase was not set. There is no keychain")
    );
    assert!(!lock.is_set());
    assert!(!AppLock::read(folder.path(), Keys::default(), NOW).is_locked());
}

#[tokio::test]
async fn a_forgotten_passphrase_ends_with_its_entry() {
    let (folder, lock) = locked().await;
    lock.vault.delete(&SecretName::app_lock()).await.unwrap();
    assert_eq!(
        lock.unlock(secret("anything"), NOW).await.unwrap().0,
        PassOutcome::Gone
    );
    assert!(!lock.is_locked() && !lock.is_set());
    assert!(!AppLock::read(folder.path(), lock.vault, NOW).is_locked());
}

#[tokio::test]
async fn a_window_that_nobody_uses_locks_when_that_is_wanted() {
    let (_folder, lock) = locked().await;
    lock.unlock(secret(PASSPHRASE), NOW).await.unwrap();
    assert_eq!(lock.idle_over(later(86_400)), None);
    lock.choose_idle(Some(5)).unwrap();
    assert_eq!(lock.idle_over(later(299)), None);
    assert_eq!(lock.idle_over(later(300)), Some(5));
    lock.touch(later(200));
    assert_eq!(lock.idle_over(later(499)), None);
    assert_eq!(lock.idle_over(later(500)), Some(5));
    lock.lock();
    lock.touch(later(600));
    assert_eq!(lock.idle_over(later(10_000)), None);
    assert!(lock.choose_idle(Some(0)).is_err());
    assert!(lock.choose_idle(Some(481)).is_err());
}

#[tokio::test]
async fn nothing_that_is_kept_holds_the_passphrase() {
    let (folder, lock) = locked().await;
    lock.unlock(secret("wrong words"), NOW).await.unwrap();
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        assert!(
            !text.contains("Lisbon") && !text.contains("wrong words"),
            "{text}"
        );
    }
}
