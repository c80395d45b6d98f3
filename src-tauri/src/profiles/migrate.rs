//! What was chosen before there were profiles.

use super::{MAIN, Profile};
use serde::Deserialize;
use std::path::Path;

/// `connection.json`, as it was written then.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Before {
    take_over: bool,
    as_client_zero: bool,
}

/// The profile that goes on as Gatehouse connected before; `None` when it never did.
pub(crate) fn from_before(folder: &Path) -> Option<Profile> {
    let chosen = std::fs::read(folder.join("connection.json")).ok();
    if chosen.is_none() && !folder.join("journal.db").exists() {
        return None;
    }
    let before = chosen.map(|text| serde_json::from_slice::<Before>(&text).unwrap_or_default());
    let before = before.unwrap_or_default();
    let usual = Profile::usual(MAIN);
    Some(Profile {
        client_id: if before.as_client_zero {
            0
        } else {
            usual.client_id
        },
        take_over: before.take_over && before.as_client_zero,
        ..usual
    })
}

#[cfg(test)]
mod tests {
    use crate::profiles::ProfileFile;

    #[test]
    fn what_was_chosen_before_goes_on_as_the_first_profile() {
        let folder = tempfile::tempdir().unwrap();
        let chosen = r#"{"takeOver":true,"asClientZero":true}"#;
        std::fs::write(folder.path().join("connection.json"), chosen).unwrap();
        let file = ProfileFile::at_start(folder.path());
        let profile = file.automatic().unwrap();
        assert_eq!((profile.client_id, profile.port), (0, 4002));
        assert!(profile.login().binds());
        assert_eq!(
            super::super::home(folder.path(), &profile.id),
            folder.path()
        );
    }

    #[test]
    fn a_newcomer_has_no_profile_and_does_not_get_one_by_starting_twice() {
        let folder = tempfile::tempdir().unwrap();
        assert!(ProfileFile::at_start(folder.path()).all().is_empty());
        std::fs::write(folder.path().join("journal.db"), "").unwrap();
        assert!(ProfileFile::at_start(folder.path()).all().is_empty());
    }

    #[test]
    fn a_damaged_choice_takes_nothing_over() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("connection.json"), "{\"takeOver\":tr").unwrap();
        let file = ProfileFile::at_start(folder.path());
        assert!(!file.all()[0].login().binds());
        assert_eq!(file.all()[0].client_id, 17);
    }
}
