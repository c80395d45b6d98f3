//! Starting and stopping IB Gateway through IBC, for those who want that.
//!
//! What was chosen lies in `starter.json` beside the journal; a password lies in the keychain or
//! nowhere, and is handed to the one process that is started, if its script hands it on where no
//! other person's program can read it. What IBC prints is not kept.

mod chosen;
mod ended;
#[cfg(all(test, target_os = "linux"))]
mod tests;

pub(crate) use chosen::{Around, StarterDraft, StarterFault};

use crate::kept_file;
use chosen::Chosen;
use gatehouse_desk::error::{ApiError, ErrorCode};
use gatehouse_desk::port::{SecretName, Vault, VaultError};
use gatehouse_desk::view::Millis;
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::secret::Secret;
use gatehouse_setup::find::{self, Install};
use gatehouse_setup::ibc::file::{ConfigPreview, ConfigWritten};
use gatehouse_setup::ibc::{Ibc, PasswordWay, file, stop};
use serde::{Deserialize, Serialize};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Child;
use tokio::sync::Mutex;

/// Whether a password lies in the keychain for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum PasswordState {
    Stored,
    None,
    /// The keychain does not say.
    Unknown,
}

/// How the gateway stands that this window started.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub(crate) enum RunView {
    /// This window started none.
    Idle,
    /// IBC runs. `handed`: the password was handed over, so that nobody has to type it.
    Running {
        since: Millis,
        handed: bool,
        stopping: bool,
    },
    /// It ended.
    Ended { says: String },
}

/// All that the page shows of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StarterView {
    /// Whether IBC can be started from here on this system.
    pub supported: bool,
    /// Those that were found.
    pub ibcs: Vec<Ibc>,
    /// Gateways with a version that IBC can be told.
    pub gateways: Vec<Install>,
    /// Where the settings lie when nothing else is typed.
    pub usual_config: String,
    /// What was chosen; `null` when nothing was.
    pub kept: Option<StarterDraft>,
    /// Why what was chosen can't be read.
    pub fault: Option<String>,
    /// What of it does not hold any more.
    pub lacks: Vec<StarterFault>,
    /// Whether the settings file is there.
    pub config_exists: bool,
    /// How the chosen IBC gives a password on; `null` while none is chosen.
    pub way: Option<PasswordWay>,
    pub password: PasswordState,
    pub run: RunView,
}

/// What came of choosing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "type", rename_all = "camelCase")]
pub(crate) enum StarterOutcome {
    /// It is kept.
    Kept { view: Box<StarterView> },
    /// Something typed can't be.
    Faulty { faults: Vec<StarterFault> },
}

struct Started {
    child: Child,
    since: UnixMillis,
    handed: bool,
    stopping: bool,
}

#[derive(Default)]
enum Run {
    #[default]
    Idle,
    Started(Started),
    Ended(String),
}

/// What is kept of it, and what it started.
pub(crate) struct Starter {
    file: PathBuf,
    run: Mutex<Run>,
}

impl Starter {
    pub(crate) fn new(folder: &Path) -> Self {
        Self {
            file: folder.join("starter.json"),
            run: Mutex::new(Run::Idle),
        }
    }

    /// All of it, as it is now.
    pub(crate) async fn view(&self, around: &Around, vault: &impl Vault) -> StarterView {
        let (kept, fault) = match self.read() {
            Ok(kept) => (kept, None),
            Err(fault) => (None, Some(fault)),
        };
        let chosen = kept.as_ref().map(|draft| draft.parse(around));
        let password = match vault.names().await {
            Ok(names) if names.contains(&SecretName::gateway_login()) => PasswordState::Stored,
            Ok(_) => PasswordState::None,
            Err(_) => PasswordState::Unknown,
        };
        let (ready, lacks) = match chosen {
            Some(Ok(chosen)) => (Some(chosen), Vec::new()),
            Some(Err(faults)) => (None, faults),
            None => (None, Vec::new()),
        };
        StarterView {
            supported: around.os != find::Os::Windows,
            ibcs: around.ibcs.clone(),
            gateways: around.gateways.clone(),
            usual_config: around.usual_config.display().to_string(),
            config_exists: ready.as_ref().is_some_and(|ready| ready.config.is_file()),
            way: ready.as_ref().map(|ready| ready.way),
            kept,
            fault,
            lacks,
            password,
            run: self.run_view().await,
        }
    }

    /// What was chosen, of the folder that the person named too.
    pub(crate) fn read(&self) -> Result<Option<StarterDraft>, String> {
        let cant = |why: String| {
            format!(
                "What was chosen in {} can't be read: {why}. Choosing anew writes it anew.",
                self.file.display()
            )
        };
        match std::fs::read_to_string(&self.file) {
            Ok(text) => serde_json::from_str(&text).map_err(|error| cant(error.to_string())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(cant(error.to_string())),
        }
    }

    /// Keeps what was typed, if it can be.
    pub(crate) fn keep(
        &self,
        draft: &StarterDraft,
        around: &Around,
    ) -> Result<Result<(), Vec<StarterFault>>, ApiError> {
        if let Err(faults) = draft.parse(around) {
            return Ok(Err(faults));
        }
        let text = serde_json::to_vec_pretty(draft).map_err(|error| not_kept(&error))?;
        kept_file::write(&self.file, text).map_err(|error| not_kept(&error))?;
        Ok(Ok(()))
    }

    fn chosen(&self, around: &Around) -> Result<Chosen, ApiError> {
        let draft = self
            .read()
            .map_err(|fault| ApiError::new(ErrorCode::BadInput, fault))?
            .ok_or_else(|| ApiError::new(ErrorCode::NotFound, "Nothing is set up for IBC yet."))?;
        draft.parse(around).map_err(|faults| {
            let says: Vec<String> = faults.into_iter().map(|fault| fault.says).collect();
            ApiError::new(ErrorCode::BadInput, says.join(" "))
        })
    }

    /// What writing IBC's settings would change.
    pub(crate) fn preview(&self, around: &Around) -> Result<ConfigPreview, ApiError> {
        let chosen = self.chosen(around)?;
        file::preview(&chosen.config, &chosen.settings)
            .map_err(|error| not_written(&chosen.config, &error))
    }

    /// Writes them, if what stands there is what was shown.
    pub(crate) fn write(
        &self,
        around: &Around,
        seen: &str,
        now: UnixMillis,
    ) -> Result<ConfigWritten, ApiError> {
        let chosen = self.chosen(around)?;
        file::write(&chosen.config, &chosen.settings, seen, &now.0.to_string())
            .map_err(|error| not_written(&chosen.config, &error))
    }

    /// Starts IBC, which starts the gateway.
    pub(crate) async fn start(
        &self,
        around: &Around,
        vault: &impl Vault,
        now: UnixMillis,
    ) -> Result<(), ApiError> {
        let chosen = self.chosen(around)?;
        let mut run = self.run.lock().await;
        look(&mut run);
        if matches!(*run, Run::Started(_)) {
            return Err(refused("IBC runs already. Stop it first."));
        }
        if !chosen.config.is_file() {
            return Err(refused(
                "IBC's settings are not there yet. Write them first.",
            ));
        }
        if let Some(port) = chosen.settings.port
            && !find::listening(&[port]).await.is_empty()
        {
            return Err(refused(&format!(
                "Something listens at port {port} already. If that is IB Gateway it need not be \
                 started; else give this one another socket port."
            )));
        }
        let login = password_of(&chosen, vault).await?;
        let login = login
            .as_ref()
            .zip(chosen.settings.login.as_deref())
            .map(|(secret, user)| (user, secret));
        let handed = login.is_some();
        let child = chosen.start.start(login).map_err(|error| {
            ApiError::new(
                ErrorCode::Internal,
                format!(
                    "IBC's start script can't be started: {error}. It has to be executable: \
                     chmod u+x {}",
                    Ibc::script(&chosen.start.ibc).display()
                ),
            )
        })?;
        *run = Run::Started(Started {
            child,
            since: now,
            handed,
            stopping: false,
        });
        Ok(())
    }

    /// Asks the gateway to end: over IBC's command port if there is one, else by ending the
    /// process that was started here.
    pub(crate) async fn stop(&self, around: &Around) -> Result<(), ApiError> {
        let port = self
            .chosen(around)
            .ok()
            .and_then(|chosen| chosen.settings.command_port);
        let mut run = self.run.lock().await;
        look(&mut run);
        let asked = match port {
            Some(port) => match stop::by_command(port).await {
                Ok(_) => true,
                Err(error) => {
                    tracing::warn!(%error, port, "IBC takes no command");
                    false
                }
            },
            None => false,
        };
        match &mut *run {
            Run::Started(started) => {
                if !asked && !stop::by_signal(&started.child) {
                    return Err(refused(
                        "The gateway could not be asked to end. Close it in its own window.",
                    ));
                }
                started.stopping = true;
                Ok(())
            }
            _ if asked => Ok(()),
            _ => Err(refused(
                "This window started no gateway, and IBC takes no command. Close the gateway in \
                 its own window.",
            )),
        }
    }

    async fn run_view(&self) -> RunView {
        let mut run = self.run.lock().await;
        look(&mut run);
        match &*run {
            Run::Idle => RunView::Idle,
            Run::Started(started) => RunView::Running {
                since: started.since.into(),
                handed: started.handed,
                stopping: started.stopping,
            },
            Run::Ended(says) => RunView::Ended { says: says.clone() },
        }
    }
}

/// Takes note of a process that has ended.
fn look(run: &mut Run) {
    if let Run::Started(started) = run
        && let Ok(Some(status)) = started.child.try_wait()
    {
        *run = Run::Ended(ended::says(status, started.stopping));
    }
}

/// The password to hand over. None when none is stored, no user name goes with it, or it would
/// come to stand where others can read it.
async fn password_of(chosen: &Chosen, vault: &impl Vault) -> Result<Option<Secret>, ApiError> {
    if chosen.settings.login.is_none() || chosen.way != PasswordWay::Environment {
        return Ok(None);
    }
    match vault.read(&SecretName::gateway_login()).await {
        Ok(secret) => Ok(Some(secret)),
        // Without a keychain the person types it into the gateway's window.
        Err(VaultError::Missing(_) | VaultError::NoService(_)) => Ok(None),
        Err(error) => Err(ApiError::new(ErrorCode::Keychain, error.to_string())),
    }
}

fn refused(says: &str) -> ApiError {
    ApiError::new(ErrorCode::Refused, says)
}

fn not_kept(error: &impl std::fmt::Display) -> ApiError {
    ApiError::new(
        ErrorCode::Internal,
        format!("What you chose can't be kept, so all stays as it was: {error}"),
    )
}

fn not_written(path: &Path, error: &io::Error) -> ApiError {
    ApiError::new(
        ErrorCode::Internal,
        format!(
            "IBC's settings in {} can't be written, and are as they were: {error}. Look at the \
             difference again.",
            path.display()
        ),
    )
}
