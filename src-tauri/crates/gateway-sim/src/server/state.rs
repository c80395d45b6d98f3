//! The world on disk, so that a killed gateway comes back with its book.
//!
//! A file holds its form's number and the world. Files of another form are refused, never guessed at.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::world::World;

/// The form that is written and read. Raised whenever a world's serialized form changes so that
/// older files would not be read, or would mean something else.
const FORM: u32 = 2;

#[derive(Serialize)]
struct Kept<'a> {
    form: u32,
    world: &'a World,
}

#[derive(Deserialize)]
struct Form {
    form: Option<u32>,
}

#[derive(Deserialize)]
struct Found {
    world: World,
}

/// Reads the world kept at `path`; `None` when there is none yet.
///
/// # Errors
/// When the file cannot be read, is not a world, or was written by another version.
pub fn load(path: &Path) -> io::Result<Option<World>> {
    let text = match fs::read(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let wrong = |why: String| {
        let reason = format!(
            "the state file {} cannot be used: {why}. Name another file, or delete it to begin anew",
            path.display()
        );
        io::Error::new(io::ErrorKind::InvalidData, reason)
    };
    let Form { form } = serde_json::from_slice(&text).map_err(|error| wrong(error.to_string()))?;
    match form {
        Some(FORM) => {}
        Some(other) => {
            return Err(wrong(format!(
                "it has form {other}, and this version of gatehouse-sim reads form {FORM}"
            )));
        }
        None => {
            return Err(wrong(format!(
                "it says no form, as an earlier version wrote it, and this one reads form {FORM}"
            )));
        }
    }
    serde_json::from_slice(&text)
        .map(|found: Found| Some(found.world))
        .map_err(|error| wrong(error.to_string()))
}

/// Replaces the world kept at `path` in one step. Survives the end of this
/// process at any moment; not meant to survive a power cut.
///
/// # Errors
/// When the file cannot be written.
pub fn save(path: &Path, world: &World) -> io::Result<()> {
    let text = serde_json::to_vec(&Kept { form: FORM, world })?;
    let mut beside = PathBuf::from(path).into_os_string();
    beside.push(".new");
    fs::write(&beside, text)?;
    fs::rename(&beside, path)
}
