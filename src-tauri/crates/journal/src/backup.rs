//! Whole copies of the journal, each checked against the chain before it counts.

use crate::export::CopyError;
use crate::{Journal, fault, place};
use gatehouse_desk::port::{Head, Store as _, StoreError, Verification};
use gatehouse_domain::instant::UnixMillis;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// A copy of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackUp {
    /// The file: `journal-2026-12-18-000123.db` for one of 123 records, made on that day (UTC).
    pub path: PathBuf,
    /// How many records it has.
    pub seq: i64,
    /// The day on which it was made, in UTC: `2026-12-18`.
    pub day: String,
}

impl Journal {
    /// Copies the whole journal into the folder, which is made when it is not there, checks that
    /// copy from its first record to its last, and then lets older copies go but for the newest
    /// `keep`: each holds all that those before it hold.
    ///
    /// # Errors
    /// When the journal can't be read, the copy not be written, or the copy is not intact; then
    /// older copies stay and no new one does.
    pub async fn back_up(
        &self,
        folder: &Path,
        keep: usize,
        now: UnixMillis,
    ) -> Result<BackUp, CopyError> {
        let folder = place::absolute(folder)?;
        place::make_folder(&folder).map_err(|e| CopyError::write(&folder, e))?;
        let new = folder.join("journal.new");
        match fs::remove_file(&new) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => {
                return Err(CopyError::write(&new, e));
            }
            _ => {}
        }
        // SQLite writes into an empty file, which is made here for its owner's eyes only.
        place::make_file(&new).map_err(|e| CopyError::write(&new, e))?;
        let made = self.copy_to(&new, &folder, now).await;
        if made.is_err() {
            let _ = fs::remove_file(&new);
        }
        let made = made?;
        let mut all = all(&folder).map_err(|e| CopyError::write(&folder, e))?;
        all.sort_by(|a, b| (a.seq, &a.day).cmp(&(b.seq, &b.day)));
        let spare = all.len().saturating_sub(keep.max(1));
        for old in all.into_iter().take(spare).filter(|old| *old != made) {
            fs::remove_file(&old.path).map_err(|e| CopyError::write(&old.path, e))?;
        }
        Ok(made)
    }

    async fn copy_to(
        &self,
        new: &Path,
        folder: &Path,
        now: UnixMillis,
    ) -> Result<BackUp, CopyError> {
        let least = self.head().await?;
        let name = new
            .to_str()
            .ok_or_else(|| CopyError::write(new, "its name is not UTF-8"))?;
        sqlx::query("VACUUM INTO ?")
            .bind(name)
            .execute(&mut *self.reader().await?)
            .await
            .map_err(|e| CopyError::write(new, fault::of_database(new, &e)))?;
        let head = checked(new, &least).await?;
        File::open(new)
            .and_then(|file| file.sync_all())
            .map_err(|e| CopyError::write(new, e))?;
        let day = day(now);
        let path = folder.join(format!("journal-{day}-{:06}.db", head.seq));
        fs::rename(new, &path).map_err(|e| CopyError::write(&path, e))?;
        Ok(BackUp {
            path,
            seq: head.seq,
            day,
        })
    }
}

/// The copy's head, when all of it is as it was written and it reaches what was there before.
async fn checked(path: &Path, least: &Head) -> Result<Head, CopyError> {
    let differs = |why: String| CopyError::Differs {
        path: path.to_owned(),
        why,
    };
    let copy = Journal::open_read_only(path).await?;
    let found = copy.verify(Some(least)).await;
    copy.close().await;
    match found? {
        Verification::Intact(head) => Ok(head),
        Verification::Broken { seq, why } => Err(differs(format!("record {seq}: {why}"))),
    }
}

/// The newest copy in the folder; `None` when there is none or no such folder.
///
/// # Errors
/// When the folder can't be read.
pub fn latest(folder: &Path) -> Result<Option<BackUp>, StoreError> {
    let all = all(folder).map_err(|e| fault::of_file(folder, &e))?;
    Ok(all
        .into_iter()
        .max_by(|a, b| (a.seq, &a.day).cmp(&(b.seq, &b.day))))
}

fn all(folder: &Path) -> io::Result<Vec<BackUp>> {
    let entries = match fs::read_dir(folder) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry?.path();
        // Whatever else a person keeps there is not ours.
        if let Some((day, seq)) = path
            .file_name()
            .and_then(|n| n.to_str())
            .and_then(read_name)
        {
            found.push(BackUp { path, seq, day });
        }
    }
    Ok(found)
}

fn read_name(name: &str) -> Option<(String, i64)> {
    let rest = name.strip_prefix("journal-")?.strip_suffix(".db")?;
    let (day, seq) = rest.rsplit_once('-')?;
    day.parse::<jiff::civil::Date>().ok()?;
    Some((day.to_owned(), seq.parse().ok()?))
}

/// The day of a moment in UTC, as copies are named after it: `2026-12-18`.
#[must_use]
pub fn day(now: UnixMillis) -> String {
    jiff::Timestamp::from_millisecond(now.0).map_or_else(
        |_| "1970-01-01".to_owned(),
        |t| t.to_zoned(jiff::tz::TimeZone::UTC).date().to_string(),
    )
}
