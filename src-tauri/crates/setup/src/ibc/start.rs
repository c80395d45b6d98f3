//! Starting it.

use super::find::Ibc;
use crate::find::{Install, Os, TradingMode};
use gatehouse_domain::secret::Secret;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// What is to be started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Start {
    /// IBC's folder.
    pub ibc: PathBuf,
    /// Its settings.
    pub config: PathBuf,
    /// The folder that the programs lie in, such as `~/Jts`.
    pub programs: PathBuf,
    /// The version of the gateway as its folder names it, such as `1037`.
    pub version: String,
    /// The login window's mode.
    pub mode: TradingMode,
}

impl Start {
    /// With this gateway; `None` when its folder does not tell its version.
    #[must_use]
    pub fn of(
        ibc: &Path,
        config: &Path,
        gateway: &Install,
        os: Os,
        mode: TradingMode,
    ) -> Option<Self> {
        let folder = Path::new(&gateway.folder);
        let programs = match os {
            Os::MacOs => folder.parent()?,
            // Jts/ibgateway/1037
            Os::Linux | Os::Windows => folder.parent()?.parent()?,
        };
        Some(Self {
            ibc: ibc.to_owned(),
            config: config.to_owned(),
            programs: programs.to_owned(),
            version: gateway.version.clone()?,
            mode,
        })
    }

    fn args(&self) -> Vec<OsString> {
        let named = |name: &str, value: &Path| {
            let mut word = OsString::from(format!("--{name}="));
            word.push(value);
            word
        };
        vec![
            self.version.clone().into(),
            "--gateway".into(),
            named("tws-path", &self.programs),
            named("ibc-path", &self.ibc),
            named("ibc-ini", &self.config),
            match self.mode {
                TradingMode::Live => "--mode=live",
                TradingMode::Paper => "--mode=paper",
            }
            .into(),
            "--on2fatimeout=exit".into(),
        ]
    }

    /// Starts it. With a login, user name and password are handed over in the environment of this
    /// one process. What it prints is not kept: with some settings it holds what stands in the
    /// login window.
    ///
    /// # Errors
    /// When the script can't be started.
    pub fn start(&self, login: Option<(&str, &Secret)>) -> io::Result<Child> {
        let mut command = Command::new(Ibc::script(&self.ibc));
        command
            .args(self.args())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        for name in ["TWSUSERID", "TWSPASSWORD", "FIXUSERID", "FIXPASSWORD"] {
            command.env_remove(name);
        }
        if let Some((user, password)) = login {
            command
                .env("TWSUSERID", user)
                .env("TWSPASSWORD", password.expose());
        }
        // It lives on when Gatehouse is closed, or stopped from a terminal.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        command.spawn()
    }
}
