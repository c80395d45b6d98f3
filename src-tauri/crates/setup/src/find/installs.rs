//! Installed programs.

use super::java;
use super::places::{Os, Places};
use crate::program::Program;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// A program that lies on the disk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Install {
    /// Which one.
    pub program: Program,
    /// Its version as its folder names it, such as `1037`; none where the folder does not.
    pub version: Option<String>,
    /// Where it lies.
    pub folder: String,
    /// The Java that it brings along, when that is there.
    pub java: Option<String>,
    /// How much memory it may use (`-Xmx`), in megabytes.
    pub memory_mb: Option<u32>,
}

/// All that is found, newest first.
pub fn installs(places: &Places) -> Vec<Install> {
    let mut found: Vec<Install> = places
        .program_folders()
        .into_iter()
        .flat_map(|folder| match places.os {
            Os::MacOs => named(&folder, places.os),
            Os::Linux | Os::Windows => numbered(&folder, places.os),
        })
        .collect();
    found.sort_by(|a, b| number(b).cmp(&number(a)).then(a.program.cmp(&b.program)));
    found.dedup_by(|a, b| a.folder == b.folder);
    found
}

fn number(install: &Install) -> u32 {
    let digits = install.version.as_deref().unwrap_or_default();
    digits.parse().unwrap_or(0)
}

/// `Jts/1037`, `Jts/ibgateway/1037`, and `Jts` itself where TWS updates itself.
fn numbered(jts: &Path, os: Os) -> Vec<Install> {
    let mut found: Vec<Install> = folders(jts)
        .into_iter()
        .filter_map(|folder| version(&folder, Program::Tws, os))
        .collect();
    found.extend(
        folders(&jts.join("ibgateway"))
            .into_iter()
            .filter_map(|folder| version(&folder, Program::Gateway, os)),
    );
    if found.is_empty() && jts.join("jars").is_dir() {
        let program = match jts.join("ibgateway.vmoptions").is_file() {
            true => Program::Gateway,
            false => Program::Tws,
        };
        found.push(install(jts, program, None, os));
    }
    found
}

fn version(folder: &Path, program: Program, os: Os) -> Option<Install> {
    let name = folder.file_name()?.to_str()?;
    let is_version = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit());
    (is_version && folder.join("jars").is_dir())
        .then(|| install(folder, program, Some(name.to_owned()), os))
}

/// `Applications/Trader Workstation 1037`, `Applications/IB Gateway 10.37`.
fn named(applications: &Path, os: Os) -> Vec<Install> {
    folders(applications)
        .into_iter()
        .filter_map(|folder| {
            let name = folder.file_name()?.to_str()?.to_owned();
            let (program, rest) = [
                ("Trader Workstation", Program::Tws),
                ("IB Gateway", Program::Gateway),
            ]
            .into_iter()
            .find_map(|(start, program)| Some((program, name.strip_prefix(start)?)))?;
            let version = rest.trim();
            let version = (!version.is_empty()).then(|| version.to_owned());
            Some(install(&folder, program, version, os))
        })
        .collect()
}

fn install(folder: &Path, program: Program, version: Option<String>, os: Os) -> Install {
    Install {
        program,
        version,
        folder: folder.display().to_string(),
        java: java::brought(folder, os).map(|path| path.display().to_string()),
        memory_mb: memory(folder, program),
    }
}

/// Reads `-Xmx` of the program's `.vmoptions`.
fn memory(folder: &Path, program: Program) -> Option<u32> {
    let name = match program {
        Program::Tws => "tws.vmoptions",
        Program::Gateway | Program::Simulated => "ibgateway.vmoptions",
    };
    let text = std::fs::read_to_string(folder.join(name)).ok()?;
    let said = text
        .lines()
        .rev()
        .find_map(|line| line.trim().strip_prefix("-Xmx"))?;
    let (digits, unit) = said.split_at(said.find(|c: char| !c.is_ascii_digit())?);
    let number: u32 = digits.parse().ok()?;
    match unit {
        "m" | "M" => Some(number),
        "g" | "G" => number.checked_mul(1024),
        _ => None,
    }
}

fn folders(parent: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(parent) else {
        return Vec::new();
    };
    let mut found: Vec<PathBuf> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.is_dir())
        .collect();
    found.sort();
    found
}
