//! The folders in which the programs usually lie, system by system.
//!
//! Sources: the start scripts of IBC, which know where TWS and IB Gateway are installed and where
//! they keep their settings, on each of the three systems.

use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// The system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum Os {
    Linux,
    MacOs,
    Windows,
}

impl Os {
    /// The one that this program was built for.
    #[must_use]
    pub fn this() -> Self {
        if cfg!(target_os = "windows") {
            Self::Windows
        } else if cfg!(target_os = "macos") {
            Self::MacOs
        } else {
            Self::Linux
        }
    }
}

/// Where to look.
#[derive(Debug, Clone)]
pub struct Places {
    /// The system whose usual folders are meant.
    pub os: Os,
    /// The root of absolute folders: `/`, or `C:\`.
    pub root: PathBuf,
    /// The person's home folder.
    pub home: PathBuf,
    /// `PATH`.
    pub path: Vec<PathBuf>,
    /// `JAVA_HOME`.
    pub java_home: Option<PathBuf>,
}

impl Places {
    /// This computer's; `None` when it has no home folder for the person.
    #[must_use]
    pub fn here() -> Option<Self> {
        let os = Os::this();
        let root = if os == Os::Windows {
            let drive = std::env::var_os("SystemDrive").unwrap_or_else(|| "C:".into());
            let mut root = PathBuf::from(drive);
            root.push("\\");
            root
        } else {
            PathBuf::from("/")
        };
        let path = std::env::var_os("PATH")
            .map(|path| std::env::split_paths(&path).collect())
            .unwrap_or_default();
        Some(Self {
            os,
            root,
            home: std::env::home_dir()?,
            path,
            java_home: std::env::var_os("JAVA_HOME").map(PathBuf::from),
        })
    }

    /// The folders that hold settings, and on Linux and Windows the programs too.
    pub(super) fn settings_folders(&self) -> Vec<PathBuf> {
        match self.os {
            Os::Linux => vec![self.home.join("Jts"), self.home.join("IBJts")],
            Os::MacOs => vec![self.home.join("Jts")],
            Os::Windows => vec![self.root.join("Jts"), self.home.join("Jts")],
        }
    }

    /// The folders that hold a folder for each program.
    pub(super) fn program_folders(&self) -> Vec<PathBuf> {
        match self.os {
            Os::MacOs => vec![
                self.home.join("Applications"),
                self.root.join("Applications"),
            ],
            Os::Linux | Os::Windows => self.settings_folders(),
        }
    }
}
