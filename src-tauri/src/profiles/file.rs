//! The file of the profiles, and the copy of the one that could be read last.

use super::Profile;
use super::migrate;
use crate::kept_file;
use serde::{Deserialize, Serialize};
use std::io;
use std::path::{Path, PathBuf};

/// The id of the first profile, whose journal lies where it lay before there were profiles.
pub(crate) const MAIN: &str = "main";

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Written {
    version: u32,
    /// The profile that a window served last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    last: Option<String>,
    #[serde(default, rename = "profile", skip_serializing_if = "Vec::is_empty")]
    profiles: Vec<Profile>,
}

/// The profiles and where they are kept.
#[derive(Debug)]
pub(crate) struct ProfileFile {
    folder: PathBuf,
    last: Option<String>,
    profiles: Vec<Profile>,
    fault: Option<String>,
}

impl ProfileFile {
    /// Reads the file at a start. Where there never was one, what was chosen before there were
    /// profiles becomes the first one, and a file is written, so that this is asked once only.
    pub(crate) fn at_start(folder: &Path) -> Self {
        let mut file = Self::read(folder);
        if !file.path().exists() && file.fault.is_none() {
            let profile = migrate::from_before(folder);
            let last = profile.as_ref().map(|profile| profile.id.clone());
            if let Err(error) = file.write(profile.into_iter().collect(), last) {
                tracing::warn!(%error, "the profiles can't be written");
            }
        }
        file
    }

    /// Reads the file; where it can't be read, the copy of the last good one, and says so.
    pub(crate) fn read(folder: &Path) -> Self {
        let mut file = Self {
            folder: folder.to_owned(),
            last: None,
            profiles: Vec::new(),
            fault: None,
        };
        match file.found(&file.path()) {
            Ok(Some((text, written))) => {
                file.take(written);
                if let Err(error) = kept_file::write(&file.good(), &text) {
                    tracing::warn!(%error, "the copy of the profiles can't be written");
                }
            }
            Ok(None) if !file.good().exists() => {}
            unread => {
                let why = match unread {
                    Err(why) => why,
                    Ok(_) => format!("The profiles in {} are gone.", file.path().display()),
                };
                tracing::error!(%why, "the profiles can't be read");
                let kept = file.found(&file.good());
                if let Ok(Some((_, written))) = kept {
                    file.fault = Some(format!("{why} The ones that could be read last hold."));
                    file.take(written);
                } else {
                    file.fault = Some(format!("{why} No others are kept."));
                }
            }
        }
        file
    }

    fn take(&mut self, written: Written) {
        self.profiles = written.profiles;
        self.last = written.last;
    }

    fn found(&self, path: &Path) -> Result<Option<(String, Written)>, String> {
        let cant = |why: String| format!("The profiles in {} can't be read: {why}", path.display());
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(cant(format!("{error}."))),
        };
        let written: Written = toml::from_str(&text).map_err(|error| {
            let line = error.span().map(|span| {
                let before = text.get(..span.start).unwrap_or_default();
                before.matches('\n').count() + 1
            });
            let at = line.map_or_else(String::new, |line| format!("line {line}: "));
            cant(format!("{at}{}.", error.message().trim_end_matches('.')))
        })?;
        if written.version != 1 {
            return Err(cant(format!("version {} is not known.", written.version)));
        }
        for profile in &written.profiles {
            let why = if profile.address().is_none() {
                "is not on this computer"
            } else if !is_id(&profile.id) {
                "has an id that can't be used"
            } else if written
                .profiles
                .iter()
                .filter(|p| p.id == profile.id)
                .count()
                > 1
            {
                "has the id of another one"
            } else {
                continue;
            };
            return Err(cant(format!("the profile \"{}\" {why}.", profile.name)));
        }
        Ok(Some((text, written)))
    }

    pub(crate) fn all(&self) -> &[Profile] {
        &self.profiles
    }

    /// Why the file does not hold.
    pub(crate) fn fault(&self) -> Option<&str> {
        self.fault.as_deref()
    }

    pub(crate) fn get(&self, id: &str) -> Option<&Profile> {
        self.profiles.iter().find(|profile| profile.id == id)
    }

    /// By id, or by name as a person types it.
    pub(crate) fn named(&self, name: &str) -> Option<&Profile> {
        let mut all = self.profiles.iter();
        self.get(name)
            .or_else(|| all.find(|profile| profile.name.eq_ignore_ascii_case(name.trim())))
    }

    /// The one that is connected at a start.
    pub(crate) fn automatic(&self) -> Option<&Profile> {
        self.profiles.iter().find(|profile| profile.automatic)
    }

    /// The one that a window served last.
    pub(crate) fn last(&self) -> Option<&Profile> {
        self.get(self.last.as_deref()?)
    }

    /// An id that no profile has or had.
    pub(crate) fn free_id(&self, name: &str) -> String {
        if self.profiles.is_empty() && !self.folder.join("profiles").exists() {
            return MAIN.to_owned();
        }
        let slug: String = name
            .to_ascii_lowercase()
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
            .take(24)
            .collect();
        let slug = match slug.trim_matches('-') {
            "" | MAIN => "profile",
            slug => slug,
        };
        let taken = |id: &str| self.get(id).is_some() || super::home(&self.folder, id).exists();
        (1..)
            .map(|n| {
                if n == 1 {
                    slug.to_owned()
                } else {
                    format!("{slug}-{n}")
                }
            })
            .find(|id| !taken(id))
            .unwrap_or_else(|| slug.to_owned())
    }

    /// Keeps a profile, on disk first. One that is automatic is the only one.
    pub(crate) fn keep(&mut self, profile: Profile) -> io::Result<()> {
        let mut profiles = self.profiles.clone();
        if profile.automatic {
            for other in &mut profiles {
                other.automatic = false;
            }
        }
        match profiles.iter_mut().find(|other| other.id == profile.id) {
            Some(there) => *there = profile,
            None => profiles.push(profile),
        }
        self.write(profiles, self.last.clone())
    }

    /// Forgets a profile. Its journal stays.
    pub(crate) fn forget(&mut self, id: &str) -> io::Result<()> {
        let mut profiles = self.profiles.clone();
        profiles.retain(|profile| profile.id != id);
        let last = self.last.clone().filter(|last| last != id);
        self.write(profiles, last)
    }

    /// Remembers which one a window serves.
    pub(crate) fn served(&mut self, id: &str) -> io::Result<()> {
        if self.last.as_deref() == Some(id) || self.fault.is_some() {
            return Ok(());
        }
        self.write(self.profiles.clone(), Some(id.to_owned()))
    }

    fn write(&mut self, profiles: Vec<Profile>, last: Option<String>) -> io::Result<()> {
        let written = Written {
            version: 1,
            last,
            profiles,
        };
        let text = toml::to_string(&written).map_err(io::Error::other)?;
        if self.fault.is_some() && self.path().exists() {
            // What a person wrote by hand is not lost.
            std::fs::rename(self.path(), self.folder.join("profiles.broken.toml"))?;
        }
        kept_file::write(&self.path(), &text)?;
        kept_file::write(&self.good(), &text)?;
        self.take(written);
        self.fault = None;
        Ok(())
    }

    /// Takes up what another window wrote.
    pub(crate) fn reread(&mut self) {
        *self = Self::read(&self.folder);
    }

    fn path(&self) -> PathBuf {
        self.folder.join("profiles.toml")
    }

    fn good(&self) -> PathBuf {
        self.folder.join("profiles.good.toml")
    }
}

/// It names a folder.
fn is_id(id: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !id.is_empty() && id.len() <= 32 && id.chars().all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profiles::draft::typed;

    fn keep(file: &mut ProfileFile, name: &str) -> String {
        let profile = typed(name).parse(file).unwrap();
        let id = profile.id.clone();
        file.keep(profile).unwrap();
        id
    }

    #[test]
    fn without_a_file_there_are_none_and_what_is_kept_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let mut file = ProfileFile::read(folder.path());
        assert!(file.all().is_empty() && file.fault().is_none());
        assert_eq!(keep(&mut file, "Paper"), MAIN);
        assert_eq!(keep(&mut file, "Live, look only"), "live--look-only");
        file.served("live--look-only").unwrap();
        let again = ProfileFile::read(folder.path());
        assert_eq!(again.all(), file.all());
        assert_eq!(again.last().unwrap().name, "Live, look only");
        assert_eq!(
            again.named("live, LOOK only").unwrap().id,
            "live--look-only"
        );
    }

    #[test]
    fn only_the_one_that_was_said_last_is_connected_at_a_start() {
        let folder = tempfile::tempdir().unwrap();
        let mut file = ProfileFile::read(folder.path());
        keep(&mut file, "One");
        keep(&mut file, "Two");
        let automatic: Vec<_> = file
            .all()
            .iter()
            .filter(|p| p.automatic)
            .map(|p| &p.name)
            .collect();
        assert_eq!(automatic, ["Two"]);
    }

    #[test]
    fn a_broken_file_says_line_and_reason_and_the_last_good_one_holds() {
        let folder = tempfile::tempdir().unwrap();
        keep(&mut ProfileFile::read(folder.path()), "Paper");
        let path = folder.path().join("profiles.toml");
        for broken in [
            "version = 1\n[[profile]]\nname = 3\n",
            "version = 9",
            "\u{0}",
        ] {
            std::fs::write(&path, broken).unwrap();
            let file = ProfileFile::read(folder.path());
            assert_eq!(file.all()[0].name, "Paper", "{broken:?}");
            let fault = file.fault().unwrap();
            assert!(fault.contains("read last hold"), "{fault}");
        }
        std::fs::write(&path, "version = 1\n[[profile]]\nname = 3\n").unwrap();
        let fault = ProfileFile::read(folder.path()).fault().unwrap().to_owned();
        assert!(fault.contains("line "), "{fault}");
        // The next change keeps what was broken aside.
        let mut file = ProfileFile::read(folder.path());
        keep(&mut file, "Another");
        assert!(file.fault().is_none());
        assert!(folder.path().join("profiles.broken.toml").exists());
        assert_eq!(ProfileFile::read(folder.path()).all().len(), 2);
    }

    #[test]
    fn a_gateway_elsewhere_written_by_hand_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        keep(&mut ProfileFile::read(folder.path()), "Paper");
        let path = folder.path().join("profiles.toml");
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, text.replace("127.0.0.1", "192.0.2.1")).unwrap();
        let file = ProfileFile::read(folder.path());
        assert!(file.fault().unwrap().contains("not on this computer"));
        assert_eq!(file.all()[0].host, "127.0.0.1");
    }

    #[test]
    fn a_new_profile_never_takes_the_journal_of_one_that_was_deleted() {
        let folder = tempfile::tempdir().unwrap();
        let mut file = ProfileFile::read(folder.path());
        keep(&mut file, "One");
        let second = keep(&mut file, "Two");
        std::fs::create_dir_all(crate::profiles::home(folder.path(), &second)).unwrap();
        file.forget(&second).unwrap();
        assert_eq!(keep(&mut file, "Two"), "two-2");
    }
}
