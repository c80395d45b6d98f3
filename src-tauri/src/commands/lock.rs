//! What the page may ask of the lock and of the keychain. No answer holds a secret.

use super::App;
use crate::app_lock::{AppLockView, PassOutcome};
use crate::credentials::VaultView;
use gatehouse_desk::error::ApiError;
use gatehouse_desk::port::Clock as _;
use gatehouse_desk::port::clock::SystemClock;
use gatehouse_domain::secret::Secret;

/// What may be asked while the window is locked; all else is refused before it is looked at. The
/// desk refuses of these what shows a figure or could cost money.
const WHILE_LOCKED: [&str; 15] = [
    "attach",
    "resync",
    "about",
    "window_scope",
    "report",
    "order_catalogue",
    "notify_about",
    "connect_now",
    "app_lock",
    "lock",
    "unlock",
    "in_use",
    "disarm_live",
    "stop_trading",
    "cancel_many",
];

/// Whether a command has to wait until the window is unlocked.
pub(crate) fn waits(command: &str) -> bool {
    !WHILE_LOCKED.contains(&command)
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn app_lock(app: App<'_>) -> Result<AppLockView, ApiError> {
    Ok(app.app_lock.view(SystemClock.now()))
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn lock(app: App<'_>) -> Result<(), ApiError> {
    app.lock_window("You locked it.").await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn unlock(app: App<'_>, passphrase: Secret) -> Result<PassOutcome, ApiError> {
    app.unlock(passphrase).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn set_passphrase(
    app: App<'_>,
    current: Option<Secret>,
    passphrase: Secret,
) -> Result<PassOutcome, ApiError> {
    let now = SystemClock.now();
    app.app_lock.set(current, passphrase, now).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn remove_passphrase(
    app: App<'_>,
    passphrase: Secret,
) -> Result<PassOutcome, ApiError> {
    app.app_lock.remove(passphrase, SystemClock.now()).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn lock_when_idle(
    app: App<'_>,
    minutes: Option<u32>,
) -> Result<AppLockView, ApiError> {
    app.app_lock.choose_idle(minutes)?;
    Ok(app.app_lock.view(SystemClock.now()))
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn in_use(app: App<'_>) -> Result<(), ApiError> {
    app.app_lock.touch(SystemClock.now());
    Ok(())
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn keychain(app: App<'_>) -> Result<VaultView, ApiError> {
    Ok(app.keychain().await)
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn delete_secret(app: App<'_>, name: String) -> Result<VaultView, ApiError> {
    app.delete_secret(&name).await
}

#[cfg(test)]
mod tests {
    use super::waits;

    #[test]
    fn a_locked_window_shows_nothing_and_sends_nothing() {
        for command in [
            "search",
            "instrument",
            "journal",
            "export_journal",
            "preview",
            "confirm",
            "arm_live",
            "resume_trading",
            "rules",
            "set_rule",
            "cancel",
            "keychain",
            "delete_secret",
            "set_passphrase",
            "remove_passphrase",
            "lock_when_idle",
            "start_gateway",
            "keep_gateway_password",
            "something_new",
        ] {
            assert!(waits(command), "{command}");
        }
        for command in [
            "unlock",
            "stop_trading",
            "cancel_many",
            "disarm_live",
            "attach",
        ] {
            assert!(!waits(command), "{command}");
        }
    }
}
