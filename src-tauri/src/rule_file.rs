//! The rule file beside the journal, and the copy of the one that was last in force.
//!
//! A file that can't be read never makes the rules milder: what was last in force holds then.
//! Deliberately not here: what a rule is, and putting a book in force.

use crate::kept_file::write;
use gatehouse_rules::RuleBook;
use std::io;
use std::path::{Path, PathBuf};

/// A book to be in force.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) book: RuleBook,
    /// Why it is not the rule file's.
    pub(crate) fault: Option<String>,
}

/// Where the rules are kept.
#[derive(Debug)]
pub(crate) struct RuleFile {
    file: PathBuf,
    good: PathBuf,
    /// What stood in the file when it was read or written last.
    seen: Option<String>,
    /// Why it could not be read last.
    unread: Option<String>,
}

impl RuleFile {
    /// A demo's lies apart from the one of real accounts.
    pub(crate) fn new(folder: &Path, demo: bool) -> Self {
        let named = |name: &str| {
            folder.join(if demo {
                format!("demo-{name}")
            } else {
                name.to_owned()
            })
        };
        Self {
            file: named("rules.toml"),
            good: named("rules.good.toml"),
            seen: None,
            unread: None,
        }
    }

    /// The book of the file; where it has none, the one that was last in force, else the rules
    /// as shipped, and why.
    pub(crate) fn read(&mut self) -> Found {
        match self.reread() {
            Ok(book) => Found { book, fault: None },
            Err(fault) => {
                tracing::error!(%fault, "the rule file can't be used");
                match self.last_good() {
                    Some(book) => Found {
                        book,
                        fault: Some(format!("{fault} The rules that were last in force hold.")),
                    },
                    None => Found {
                        book: RuleBook::default(),
                        fault: Some(format!(
                            "{fault} No others are kept, so the rules hold as they were shipped: limits of \
                             your own are missing."
                        )),
                    },
                }
            }
        }
    }

    /// The book of the file, or what is wrong with it. What is read becomes the copy.
    pub(crate) fn reread(&mut self) -> Result<RuleBook, String> {
        let text = read(&self.file);
        self.unread = text.as_ref().err().cloned();
        let text = text?;
        self.seen.clone_from(&text);
        let name = self.file.display();
        let Some(text) = text else {
            // Without a copy there never was one.
            return match read(&self.good) {
                Ok(None) => Ok(RuleBook::default()),
                _ => Err(format!("The rule file {name} is gone.")),
            };
        };
        let book = RuleBook::parse(&text)
            .map_err(|fault| format!("The rule file {name} can't be used. {fault}."))?;
        write(&self.good, &text).map_err(|error| {
            format!("The copy of the rule file {name} can't be written ({error}).")
        })?;
        Ok(book)
    }

    fn last_good(&self) -> Option<RuleBook> {
        let text = read(&self.good).ok()??;
        RuleBook::parse(&text).ok()
    }

    /// Whether the file is as it was read or written last.
    pub(crate) fn is_as_seen(&self) -> bool {
        read(&self.file).is_ok_and(|text| text == self.seen)
    }

    /// Whether there is something to be read that was not: other text, or another reason why not.
    pub(crate) fn is_new(&self) -> bool {
        match read(&self.file) {
            Ok(text) => self.unread.is_some() || text != self.seen,
            Err(fault) => self.unread.as_ref() != Some(&fault),
        }
    }

    /// Writes both; when that fails, both are as they were.
    pub(crate) fn keep(&mut self, book: &RuleBook) -> io::Result<Before> {
        let before = Before {
            file: std::fs::read(&self.file).ok(),
            good: std::fs::read(&self.good).ok(),
            seen: self.seen.clone(),
        };
        let text = book.text();
        if let Err(error) = write(&self.good, &text).and_then(|()| write(&self.file, &text)) {
            self.put_back(before);
            return Err(error);
        }
        self.seen = Some(text);
        Ok(before)
    }

    /// Makes both as they were.
    pub(crate) fn put_back(&mut self, before: Before) {
        for (path, bytes) in [(&self.file, before.file), (&self.good, before.good)] {
            let done = match bytes {
                Some(bytes) => write(path, &bytes),
                None => std::fs::remove_file(path).or_else(|error| match error.kind() {
                    io::ErrorKind::NotFound => Ok(()),
                    _ => Err(error),
                }),
            };
            if let Err(error) = done {
                // The next start finds what differs from the journal, and says so.
                tracing::error!(%error, file = %path.display(), "can't be put back");
            }
        }
        self.seen = before.seen;
    }

    /// Renames the file, so that nothing in it is lost.
    pub(crate) fn set_aside(&self) -> io::Result<()> {
        match std::fs::rename(&self.file, self.file.with_extension("broken.toml")) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

/// What the files held.
#[derive(Debug)]
pub(crate) struct Before {
    file: Option<Vec<u8>>,
    good: Option<Vec<u8>>,
    seen: Option<String>,
}

fn read(path: &Path) -> Result<Option<String>, String> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(format!(
            "The rule file {} can't be read: {error}.",
            path.display()
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gatehouse_domain::Decimal;

    fn capped(most: u32) -> RuleBook {
        RuleBook::default()
            .with_number("cap.quantity", "most", Decimal::from(most))
            .unwrap()
    }

    #[test]
    fn without_a_file_the_rules_are_as_shipped_and_what_is_kept_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let mut file = RuleFile::new(folder.path(), false);
        let found = file.read();
        assert_eq!((found.book, found.fault), (RuleBook::default(), None));
        file.keep(&capped(5)).unwrap();
        let found = RuleFile::new(folder.path(), false).read();
        assert_eq!((found.book, found.fault), (capped(5), None));
        // A demo has its own.
        assert_eq!(
            RuleFile::new(folder.path(), true).read().book,
            RuleBook::default()
        );
    }

    #[test]
    fn a_broken_file_says_line_and_reason_and_leaves_the_last_book_in_force() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rules.toml");
        RuleFile::new(folder.path(), false)
            .keep(&capped(5))
            .unwrap();
        let own = "version = 1\n[[own]]\nid = \"a\"\ntitle = \"A\"\nseverity = \"block\"\nwhen = \"order.vlaue > 5\"\n";
        for broken in ["version = 1\n[rules.\"cap.quantty\"]\n", own, "", "\u{0}"] {
            std::fs::write(&path, broken).unwrap();
            let found = RuleFile::new(folder.path(), false).read();
            assert_eq!(found.book, capped(5), "{broken:?}");
            let fault = found.fault.unwrap();
            assert!(fault.contains("Line "), "{fault}");
            assert!(fault.contains("last in force"), "{fault}");
        }
        std::fs::remove_file(&path).unwrap();
        let found = RuleFile::new(folder.path(), false).read();
        assert_eq!(found.book, capped(5));
        assert!(found.fault.unwrap().contains("is gone"));
    }

    #[test]
    fn a_broken_file_without_a_copy_says_that_limits_are_missing() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("rules.toml"), "version = 2").unwrap();
        let found = RuleFile::new(folder.path(), false).read();
        assert!(
            found
                .fault
                .unwrap()
                .contains("limits of your own are missing")
        );
    }

    #[test]
    fn a_file_that_somebody_else_wrote_is_noticed_and_a_change_can_be_taken_back() {
        let folder = tempfile::tempdir().unwrap();
        let mut file = RuleFile::new(folder.path(), false);
        file.read();
        let before = file.keep(&capped(5)).unwrap();
        assert!(file.is_as_seen());
        file.put_back(before);
        assert!(file.is_as_seen());
        assert_eq!(file.read().book, RuleBook::default());
        std::fs::write(folder.path().join("rules.toml"), "version = 1\n").unwrap();
        assert!(!file.is_as_seen() && file.is_new());
        file.reread().unwrap();
        assert!(!file.is_new());
    }

    #[test]
    fn what_another_window_writes_is_new_once_and_so_is_a_fault() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rules.toml");
        let (mut here, mut there) = (
            RuleFile::new(folder.path(), false),
            RuleFile::new(folder.path(), false),
        );
        here.read();
        there.read();
        there.keep(&capped(5)).unwrap();
        assert!(!there.is_new() && here.is_new());
        assert_eq!(here.reread(), Ok(capped(5)));
        assert!(!here.is_new());
        for broken in ["version = 2", ""] {
            std::fs::write(&path, broken).unwrap();
            assert!(here.is_new() && here.reread().is_err() && !here.is_new());
        }
        // A folder can't be read as a file.
        std::fs::remove_file(&path).unwrap();
        std::fs::create_dir(&path).unwrap();
        assert!(here.is_new() && here.reread().is_err() && !here.is_new());
        std::fs::remove_dir(&path).unwrap();
        assert!(here.is_new());
    }
}
