//! The journal's file: making it, its rights, and whether it is still the one that was opened.

use crate::fault;
use gatehouse_desk::port::StoreError;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

/// The file that was opened.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    path: PathBuf,
    identity: Option<(u64, u64)>,
}

impl Place {
    /// Finds the file, or makes it and its folder, readable by their owner only. A file or
    /// folder marked read-only is refused even where the operating system would let us (an
    /// administrator's account): the mark was made on purpose.
    pub(crate) fn prepare(path: &Path) -> Result<Self, StoreError> {
        let path = absolute(path)?;
        let named = |e: io::Error| fault::of_file(&path, &e);
        let folder = path
            .parent()
            .ok_or_else(|| StoreError::Other(format!("{} is not a file", path.display())))?;
        make_folder(folder).map_err(|e| fault::of_file(folder, &e))?;
        if cfg!(unix)
            && fs::metadata(folder)
                .map_err(named)?
                .permissions()
                .readonly()
        {
            let text = format!("the folder {} is read-only", folder.display());
            return Err(StoreError::ReadOnly(text));
        }
        match make_file(&path) {
            Ok(_) => {}
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {}
            Err(e) => return Err(named(e)),
        }
        let found = fs::metadata(&path).map_err(named)?;
        if !found.is_file() {
            return Err(StoreError::Other(format!(
                "{} is not a file",
                path.display()
            )));
        }
        if found.permissions().readonly() {
            let text = format!("the file {} is read-only", path.display());
            return Err(StoreError::ReadOnly(text));
        }
        Ok(Self {
            identity: identity(&found),
            path,
        })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Takes the rights of everyone but the owner.
    pub(crate) fn make_private(&self) -> Result<(), StoreError> {
        make_private(&self.path).map_err(|e| fault::of_file(&self.path, &e))
    }

    /// Refuses when the file was moved, deleted or replaced: what is appended to it now would
    /// be found by no one.
    pub(crate) fn still_there(&self) -> Result<(), StoreError> {
        let now = fs::metadata(&self.path).map_err(|e| fault::of_file(&self.path, &e))?;
        if identity(&now) == self.identity {
            return Ok(());
        }
        Err(StoreError::Other(format!(
            "{} was replaced by another file while it was open. Start Gatehouse again",
            self.path.display()
        )))
    }
}

/// SQLite would take a relative path that begins with `file:` for a URI.
pub(crate) fn absolute(path: &Path) -> Result<PathBuf, StoreError> {
    std::path::absolute(path).map_err(|e| fault::of_file(path, &e))
}

pub(crate) fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

pub(crate) fn make_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    // The write-ahead log and the shared-memory file take this mode over.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(unix)]
fn make_private(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = fs::metadata(path)?.permissions().mode();
    if mode & 0o077 == 0 {
        return Ok(());
    }
    fs::set_permissions(path, fs::Permissions::from_mode(mode & 0o700))
}

#[cfg(not(unix))]
fn make_private(_path: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn identity(found: &fs::Metadata) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt as _;
    Some((found.dev(), found.ino()))
}

#[cfg(not(unix))]
fn identity(_found: &fs::Metadata) -> Option<(u64, u64)> {
    None
}
