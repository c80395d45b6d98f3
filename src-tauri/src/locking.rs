//! Locking and unlocking: the wall before the commands first, then the desk; opening the other
//! way round. And going away: what the desktop says of the screen, and nobody using the window.

use crate::app_lock::PassOutcome;
use crate::away::{self, Away};
use crate::commands::lock::waits;
use crate::shell::Shell;
use gatehouse_desk::error::{ApiError, ErrorCode};
use gatehouse_desk::port::Clock as _;
use gatehouse_desk::port::clock::SystemClock;
use gatehouse_domain::secret::Secret;
use std::sync::Arc;
use std::time::Duration;
use tauri::ipc::Invoke;
use tauri::{Manager as _, Wry};
use tokio::time::MissedTickBehavior;

/// How often it is looked whether the window went unused for long enough, and whether another
/// window has written the rule file.
const LOOK: Duration = Duration::from_secs(1);

/// Hands a command on, unless the window is locked and it has to wait.
pub(crate) fn past_the_lock(
    invoke: Invoke<Wry>,
    commands: &(impl Fn(Invoke<Wry>) -> bool + ?Sized),
) -> bool {
    let shell = Arc::clone(&invoke.message.webview_ref().state::<Arc<Shell>>());
    if shell.app_lock.is_locked() && waits(invoke.message.command()) {
        invoke.resolver.reject(ApiError::new(
            ErrorCode::Locked,
            "Gatehouse is locked. Unlock it first.",
        ));
        return true;
    }
    commands(invoke)
}

impl Shell {
    /// Locks the window. `says` is how it came to be.
    pub(crate) async fn lock_window(&self, says: &str) -> Result<(), ApiError> {
        if !self.app_lock.lock() {
            return Err(ApiError::new(
                ErrorCode::NotFound,
                "There is no passphrase to unlock it with. Set one in Settings, under App lock.",
            ));
        }
        // Nothing is asked for a window that shows nothing.
        self.stop_proving();
        self.desk().await?.lock(says).await
    }

    /// Unlocks it with the passphrase.
    pub(crate) async fn unlock(&self, passphrase: Secret) -> Result<PassOutcome, ApiError> {
        // A desk that could not start says why, rather than staying behind a lock.
        let desk = self.desk().await;
        let (outcome, wrong) = self.app_lock.unlock(passphrase, SystemClock.now()).await?;
        if matches!(outcome, PassOutcome::Passed | PassOutcome::Gone) {
            desk?.unlock(wrong).await?;
            self.keep_to_the_rule_file().await;
        }
        Ok(outcome)
    }

    async fn keep_to_the_rule_file(&self) {
        if let Err(error) = self.follow_rule_file().await {
            tracing::warn!(%error, "the rule file was not followed");
        }
    }

    /// The person went away from the computer: live orders go off, and with a passphrase the
    /// window locks.
    async fn went_away(&self, away: Away) {
        let Ok(desk) = self.desk().await else {
            return;
        };
        let why = away.why();
        let gone = if self.app_lock.lock() {
            self.stop_proving();
            desk.lock(why).await
        } else {
            desk.away(why).await
        };
        if let Err(error) = gone {
            tracing::warn!(%error, "the desk was not told that the person went away");
        }
    }

    /// Follows both, for as long as the program runs.
    pub(crate) fn follow_the_person(self: &Arc<Self>) {
        let shell = Arc::clone(self);
        tokio::spawn(async move {
            let mut goings = away::listen(away::Buses::of_the_session());
            while let Some(away) = goings.recv().await {
                shell.went_away(away).await;
            }
        });
        let shell = Arc::clone(self);
        tokio::spawn(async move {
            let mut look = tokio::time::interval(LOOK);
            look.set_missed_tick_behavior(MissedTickBehavior::Delay);
            loop {
                look.tick().await;
                shell.keep_to_the_rule_file().await;
                if let Some(minutes) = shell.app_lock.idle_over(SystemClock.now()) {
                    let says = match minutes {
                        1 => "Nobody used it for a minute.".to_owned(),
                        _ => format!("Nobody used it for {minutes} minutes."),
                    };
                    if let Err(error) = shell.lock_window(&says).await {
                        tracing::warn!(%error, "the window was not locked");
                    }
                }
            }
        });
    }
}
