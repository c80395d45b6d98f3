//! Small files that a lost power supply leaves old or new, never in between.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// Writes beside it, flushes and renames.
pub(crate) fn write(path: &Path, text: impl AsRef<[u8]>) -> io::Result<()> {
    if std::fs::read(path).is_ok_and(|there| there == text.as_ref()) {
        return Ok(());
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut new = path.as_os_str().to_owned();
    new.push(".new");
    let new = PathBuf::from(new);
    let mut file = File::create(&new)?;
    file.write_all(text.as_ref())?;
    file.sync_all()?;
    drop(file);
    std::fs::rename(&new, path)?;
    // The renaming itself; not every system lets a folder be flushed.
    if cfg!(unix) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}
