//! Processes as the kernel tells of them.

use crate::Failure;
use std::collections::BTreeMap;
use std::fs;

/// The process and all that it started, and that those started.
pub fn family(root: u32) -> Result<Vec<u32>, Failure> {
    let mut parents = BTreeMap::new();
    for entry in fs::read_dir("/proc")?.flatten() {
        let Some(pid) = entry.file_name().to_str().and_then(|n| n.parse().ok()) else {
            continue;
        };
        // One that ended meanwhile has no parent.
        if let Some(parent) = parent(pid) {
            parents.insert(pid, parent);
        }
    }
    let descends = |mut pid: u32| {
        while pid != root {
            match parents.get(&pid) {
                Some(parent) => pid = *parent,
                None => return false,
            }
        }
        true
    };
    Ok(parents.keys().copied().filter(|p| descends(*p)).collect())
}

fn parent(pid: u32) -> Option<u32> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name is in parentheses and may hold anything.
    let (_, rest) = stat.rsplit_once(')')?;
    rest.split_whitespace().nth(1)?.parse().ok()
}

/// Whether the process is there and has not ended.
pub fn lives(pid: u32) -> bool {
    fs::read_to_string(format!("/proc/{pid}/stat"))
        .ok()
        .and_then(|stat| {
            let (_, rest) = stat.rsplit_once(')')?;
            Some(!rest.trim_start().starts_with('Z'))
        })
        .unwrap_or(false)
}

/// The name of its program, cut at 15 letters.
pub fn name(pid: u32) -> String {
    fs::read_to_string(format!("/proc/{pid}/comm"))
        .map_or_else(|_| "?".to_owned(), |name| name.trim().to_owned())
}

/// Resident memory in bytes: all of it, and with shared pages counted in shares.
pub fn memory(pid: u32) -> Result<(f64, f64), Failure> {
    let rollup = fs::read_to_string(format!("/proc/{pid}/smaps_rollup"))?;
    let bytes = |key: &str| {
        rollup
            .lines()
            .find_map(|line| line.strip_prefix(key))
            .and_then(|rest| rest.split_whitespace().next())
            .and_then(|kilobytes| kilobytes.parse::<f64>().ok())
            .map(|kilobytes| kilobytes * 1024.0)
            .ok_or_else(|| format!("no {key} of process {pid}"))
    };
    Ok((bytes("Rss:")?, bytes("Pss:")?))
}
