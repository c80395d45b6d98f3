//! The targets of rebalancing, as the person typed them, in `rebalance.json` beside the journal.
//!
//! A file that can't be read is told and set aside before another is written, so that nothing in it
//! is lost. Deliberately not here: what the targets mean.

use crate::kept_file::write;
use gatehouse_desk::view::RebalanceInput;
use serde::Serialize;
use std::io;
use std::path::{Path, PathBuf};

/// What was kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct KeptTargets {
    /// `null` when nothing was kept, or it can't be read.
    pub(crate) input: Option<RebalanceInput>,
    /// Why it can't be read.
    pub(crate) fault: Option<String>,
}

/// Where they are kept; a demo's lie apart from those of real accounts.
pub(crate) fn place(folder: &Path, demo: bool) -> PathBuf {
    folder.join(if demo {
        "demo-rebalance.json"
    } else {
        "rebalance.json"
    })
}

pub(crate) fn read(path: &Path) -> KeptTargets {
    let fault = |why: String| KeptTargets {
        input: None,
        fault: Some(format!(
            "The targets in {} can't be read: {why}. They are set aside when you plan the next time.",
            path.display()
        )),
    };
    match std::fs::read_to_string(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => KeptTargets::default(),
        Err(error) => fault(error.to_string()),
        Ok(text) => match serde_json::from_str(&text) {
            Ok(input) => KeptTargets {
                input: Some(input),
                fault: None,
            },
            Err(error) => fault(error.to_string()),
        },
    }
}

pub(crate) fn keep(path: &Path, input: &RebalanceInput) -> io::Result<()> {
    if read(path).fault.is_some() {
        std::fs::rename(path, path.with_extension("broken.json"))?;
    }
    write(path, serde_json::to_vec_pretty(input)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_read_again_and_what_can_t_be_read_is_set_aside() {
        let folder = tempfile::tempdir().unwrap();
        let path = place(folder.path(), false);
        assert_eq!(read(&path), KeptTargets::default());
        let input = RebalanceInput {
            band: "2.5".to_owned(),
            ..RebalanceInput::default()
        };
        keep(&path, &input).unwrap();
        assert_eq!(read(&path).input, Some(input.clone()));
        std::fs::write(&path, "{\"rows\": 7}").unwrap();
        let fault = read(&path).fault.unwrap();
        assert!(fault.contains("can't be read"), "{fault}");
        keep(&path, &input).unwrap();
        let aside = std::fs::read_to_string(path.with_extension("broken.json")).unwrap();
        assert_eq!(aside, "{\"rows\": 7}");
        assert_eq!(read(&path).input, Some(input));
    }
}
