//! Where things are: the repository, its target directory and the programs built there.

use std::env;
use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// The repository on this machine.
#[derive(Debug, Clone)]
pub struct Tree {
    root: PathBuf,
    target: PathBuf,
}

impl Tree {
    /// The tree that this program was started from.
    pub fn locate() -> Result<Self, Failure> {
        let manifest = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = manifest
            .ancestors()
            .nth(2)
            .filter(|root| root.join("tauri.conf.json").is_file())
            .ok_or_else(|| {
                Failure::new(format!(
                    "no Gatehouse repository above {}; run `cargo xtask` inside one",
                    manifest.display()
                ))
            })?;
        let target = env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| root.join("target"), |dir| root.join(dir));
        Ok(Self {
            root: root.to_path_buf(),
            target,
        })
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The page's project.
    pub fn ui(&self) -> PathBuf {
        self.root.join("ui")
    }

    /// The scripts that drive the real window.
    pub fn window_tests(&self) -> PathBuf {
        self.root.join("tests/window")
    }

    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Programs that the set-up installs for the tests.
    pub fn tools(&self) -> PathBuf {
        self.target.join("tools")
    }

    /// A program of the debug build.
    pub fn debug_program(&self, name: &str) -> PathBuf {
        self.target.join("debug").join(program_file(name))
    }

    /// A program of the release build.
    pub fn release_program(&self, name: &str) -> PathBuf {
        self.target.join("release").join(program_file(name))
    }
}

/// The file name of a program on this system.
pub fn program_file(name: &str) -> String {
    format!("{name}{}", env::consts::EXE_SUFFIX)
}
