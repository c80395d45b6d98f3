//! Python environments with third-party clients and libraries, under the target directory.

use std::fs;
use std::path::PathBuf;

use crate::failure::Failure;
use crate::program::Program;
use crate::tree::Tree;

/// The independent client that the other tests lean on too.
pub const IB_ASYNC: Environment = Environment {
    folder: "python",
    requirements: "tests/third_party/requirements.txt",
};

/// IBKR's own client, early 2021. Releases of one package exclude each other, so each has an
/// environment of its own.
pub const IBAPI_9_81: Environment = Environment {
    folder: "strangers/ibapi-9.81",
    requirements: "tests/third_party/requirements/ibapi-9.81.txt",
};
/// IBKR's own client, 2023.
pub const IBAPI_10_19: Environment = Environment {
    folder: "strangers/ibapi-10.19",
    requirements: "tests/third_party/requirements/ibapi-10.19.txt",
};
/// IBKR's own client, 2026.
pub const IBAPI_10_51: Environment = Environment {
    folder: "strangers/ibapi-10.51",
    requirements: "tests/third_party/requirements/ibapi-10.51.txt",
};
/// The predecessor of ib_async.
pub const IB_INSYNC: Environment = Environment {
    folder: "strangers/ib-insync",
    requirements: "tests/third_party/requirements/ib-insync.txt",
};

/// The library that options are valued with for comparison.
pub const QUANTLIB: Environment = Environment {
    folder: "strangers/quantlib",
    requirements: "tests/third_party/requirements/quantlib.txt",
};

/// A Python environment and what is pinned in it.
#[derive(Debug, Clone, Copy)]
pub struct Environment {
    folder: &'static str,
    requirements: &'static str,
}

impl Environment {
    fn folder(self, tree: &Tree) -> PathBuf {
        tree.target().join(self.folder)
    }

    /// The environment's Python.
    pub fn interpreter(self, tree: &Tree) -> PathBuf {
        self.folder(tree).join(if cfg!(windows) {
            "Scripts/python.exe"
        } else {
            "bin/python"
        })
    }

    /// Makes the environment unless it already holds what is pinned.
    pub fn prepare(self, tree: &Tree) -> Result<(), Failure> {
        let requirements = tree.root().join(self.requirements);
        let wanted = fs::read_to_string(&requirements).map_err(Failure::io(self.requirements))?;
        let marker = self.folder(tree).join("installed.txt");
        let holds_it = fs::read_to_string(&marker).is_ok_and(|installed| installed == wanted);
        if holds_it
            && Program::new(self.interpreter(tree))
                .arg("--version")
                .answer()
                .is_some()
        {
            return Ok(());
        }
        let python = if cfg!(windows) { "python" } else { "python3" };
        Program::new(python)
            .args(["-m", "venv", "--clear"])
            .arg(self.folder(tree))
            .run_aside()?;
        Program::new(self.interpreter(tree))
            .args(["-m", "pip", "install", "--quiet", "--requirement"])
            .arg(&requirements)
            .run_aside()?;
        fs::write(&marker, wanted).map_err(Failure::io(marker.display()))
    }
}

/// The Python that has ib_async.
pub fn interpreter(tree: &Tree) -> PathBuf {
    IB_ASYNC.interpreter(tree)
}

/// Makes the environment with ib_async.
pub fn prepare(tree: &Tree) -> Result<(), Failure> {
    IB_ASYNC.prepare(tree)
}

/// Makes the environments of all strangers.
pub fn prepare_strangers(tree: &Tree) -> Result<(), Failure> {
    [IBAPI_9_81, IBAPI_10_19, IBAPI_10_51, IB_INSYNC, QUANTLIB]
        .iter()
        .try_for_each(|one| one.prepare(tree))
}
