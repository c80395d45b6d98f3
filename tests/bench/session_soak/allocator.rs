//! Memory that is freed goes back to the system, so that what is resident is what is held. As it
//! comes, glibc's allocator keeps arenas for many threads and the holes in them, which tells nothing
//! about what this program holds and differs by a fifth from one moment to the next.

use crate::Failure;
use std::process::Command;

/// One arena, without holes of the size of a stream's buffer.
const SETTINGS: [(&str, &str); 3] = [
    ("MALLOC_ARENA_MAX", "1"),
    ("MALLOC_MMAP_THRESHOLD_", "65536"),
    ("MALLOC_TRIM_THRESHOLD_", "65536"),
];

/// Whether this process runs so.
pub fn gives_back() -> bool {
    SETTINGS
        .iter()
        .all(|(name, _)| std::env::var_os(name).is_some())
}

/// Runs the same command again, so.
pub fn again_giving_back() -> Result<(), Failure> {
    let status = Command::new(std::env::current_exe()?)
        .args(std::env::args_os().skip(1))
        .envs(SETTINGS)
        .status()?;
    match status.success() {
        true => Ok(()),
        false => Err("the soak failed".into()),
    }
}
