//! The world on disk, so that a killed gateway comes back with its book.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::world::World;

/// Reads the world kept at `path`; `None` when there is none yet.
///
/// # Errors
/// When the file cannot be read, or is not a world.
pub fn load(path: &Path) -> io::Result<Option<World>> {
    let text = match fs::read(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    serde_json::from_slice(&text)
        .map(Some)
        .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
}

/// Replaces the world kept at `path` in one step. Survives the end of this
/// process at any moment; not meant to survive a power cut.
///
/// # Errors
/// When the file cannot be written.
pub fn save(path: &Path, world: &World) -> io::Result<()> {
    let text = serde_json::to_vec(world)?;
    let mut beside = PathBuf::from(path).into_os_string();
    beside.push(".new");
    fs::write(&beside, text)?;
    fs::rename(&beside, path)
}
