//! The settings file on the disk: what stands there, and writing it so that nothing of it is lost.

use super::settings::{ConfigChange, Settings, holds_password};
use serde::{Deserialize, Serialize};
use std::fs::{self, OpenOptions};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

/// What writing would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ConfigPreview {
    /// The file.
    pub path: String,
    /// Whether there is one.
    pub exists: bool,
    /// Whether a password stands in it now.
    pub holds_password: bool,
    /// What would change; empty when it is as wanted.
    pub changes: Vec<ConfigChange>,
    /// Stands for what was read, so that nothing else is overwritten than what was shown.
    pub seen: String,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ConfigWritten {
    /// The file.
    pub path: String,
    /// Where what stood there before lies now.
    pub copy: Option<String>,
    /// Whether a password stands in that copy.
    pub copy_holds_password: bool,
}

/// Looks what writing would do.
///
/// # Errors
/// When the file is there and can't be read as text.
pub fn preview(path: &Path, settings: &Settings) -> io::Result<ConfigPreview> {
    let there = read(path)?;
    Ok(ConfigPreview {
        path: path.display().to_string(),
        exists: there.is_some(),
        holds_password: there.as_deref().is_some_and(holds_password),
        changes: settings.changes(there.as_deref()),
        seen: stands_for(there.as_deref()),
    })
}

/// Writes the settings, for the person's eyes only. What stood there is kept beside it.
///
/// # Errors
/// When it can't be written, or is not what was `seen` any more; all is as it was then.
pub fn write(path: &Path, settings: &Settings, seen: &str, now: &str) -> io::Result<ConfigWritten> {
    let there = read(path)?;
    if stands_for(there.as_deref()) != seen {
        return Err(io::Error::new(
            ErrorKind::AlreadyExists,
            "it was changed by somebody else since its difference was shown",
        ));
    }
    let text = settings.apply(there.as_deref());
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let new = beside(path, "new");
    private(&new, &text)?;
    let copy = there
        .as_ref()
        .map(|_| beside(path, &format!("before-{now}")));
    if let Some(copy) = &copy {
        if copy.exists() {
            return Err(ErrorKind::AlreadyExists.into());
        }
        fs::hard_link(path, copy).or_else(|_| fs::copy(path, copy).map(|_| ()))?;
        only_the_person(copy)?;
    }
    fs::rename(&new, path)?;
    Ok(ConfigWritten {
        path: path.display().to_string(),
        copy: copy.map(|copy| copy.display().to_string()),
        copy_holds_password: there.as_deref().is_some_and(holds_password),
    })
}

fn read(path: &Path) -> io::Result<Option<String>> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn stands_for(text: Option<&str>) -> String {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(end);
    PathBuf::from(name)
}

fn private(path: &Path, text: &str) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

#[cfg(unix)]
fn only_the_person(path: &Path) -> io::Result<()> {
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o600))
}

#[cfg(not(unix))]
fn only_the_person(_: &Path) -> io::Result<()> {
    Ok(())
}
