//! Where IBC lies.

use crate::find::{Os, Places};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// How its start script gives a password to the program that it starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum PasswordWay {
    /// By the environment, which only the person's own programs and the administrator can read.
    Environment,
    /// On the command line, which every program on the computer can read.
    CommandLine,
    /// The script does not show it.
    Unknown,
}

/// An IBC that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Ibc {
    /// Its folder.
    pub folder: String,
    /// Its version, where it says so.
    pub version: Option<String>,
    /// How it gives a password on.
    pub password: PasswordWay,
}

impl Ibc {
    /// The script that starts it.
    #[must_use]
    pub fn script(folder: &Path) -> PathBuf {
        folder.join("scripts").join("ibcstart.sh")
    }

    /// The one in this folder, if there is one.
    #[must_use]
    pub fn at(folder: &Path) -> Option<Self> {
        let text = std::fs::read_to_string(Self::script(folder)).ok()?;
        let version = std::fs::read_to_string(folder.join("version")).ok();
        let version = version.and_then(|text| Some(text.lines().next()?.trim().to_owned()));
        Some(Self {
            folder: folder.display().to_string(),
            version: version.filter(|text| !text.is_empty()),
            password: way(&text),
        })
    }
}

/// Those in the usual folders, and the one in the folder that the person named, which is first.
#[must_use]
pub fn find(places: &Places, named: Option<&Path>) -> Vec<Ibc> {
    let usual = match places.os {
        Os::Windows => Vec::new(),
        Os::Linux | Os::MacOs => vec![
            places.root.join("opt/ibc"),
            places.root.join("opt/IBC"),
            places.home.join("ibc"),
            places.home.join("IBC"),
        ],
    };
    let mut found: Vec<Ibc> = Vec::new();
    for folder in named.map(Path::to_owned).into_iter().chain(usual) {
        let Some(ibc) = Ibc::at(&folder) else {
            continue;
        };
        // A disk that does not tell capitals apart shows one folder twice.
        let real = |folder: &str| std::fs::canonicalize(folder).ok();
        if !found
            .iter()
            .any(|one| real(&one.folder) == real(&ibc.folder))
        {
            found.push(ibc);
        }
    }
    found
}

/// Where IBC looks for its settings when nobody says otherwise.
#[must_use]
pub fn usual_config(places: &Places) -> PathBuf {
    places.home.join("ibc").join("config.ini")
}

fn way(script: &str) -> PasswordWay {
    let mut lines = script
        .lines()
        .map(str::trim_start)
        .filter(|line| !line.starts_with('#'));
    let starts_java =
        |line: &str| line.contains("java_path/java\"") || line.contains("java_path/java ");
    if lines
        .clone()
        .any(|line| starts_java(line) && line.contains("ib_password"))
    {
        PasswordWay::CommandLine
    } else if lines.any(|line| line.starts_with("export TWSPASSWORD")) {
        PasswordWay::Environment
    } else {
        PasswordWay::Unknown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_of_the_password_is_read_from_the_script() {
        let by_environment = "if [[ -n $ib_password ]]; then\n\texport TWSPASSWORD=\"$ib_password\"\nfi\n\
             \"$java_path/java\" -cp \"$x\" $entry_point \"$ibc_ini\" ${mode} &\n";
        assert_eq!(way(by_environment), PasswordWay::Environment);
        let on_the_line = "\t\"$java_path/java\" $entry_point \"$ibc_ini\" \"$ib_user_id\" \"$ib_password\" ${mode} &\n";
        assert_eq!(way(on_the_line), PasswordWay::CommandLine);
        let both = format!("{by_environment}{on_the_line}");
        assert_eq!(way(&both), PasswordWay::CommandLine);
        assert_eq!(way("# export TWSPASSWORD=x\n"), PasswordWay::Unknown);
    }

    #[test]
    fn the_folder_that_was_named_is_first_and_none_is_listed_twice() {
        let root = tempfile::tempdir().unwrap();
        let make = |folder: &Path| {
            std::fs::create_dir_all(folder.join("scripts")).unwrap();
            std::fs::write(Ibc::script(folder), "export TWSPASSWORD=\"$x\"\n").unwrap();
            std::fs::write(folder.join("version"), "3.24.0\n").unwrap();
        };
        let usual = root.path().join("opt/ibc");
        let own = root.path().join("elsewhere");
        make(&usual);
        make(&own);
        let places = Places {
            os: Os::Linux,
            root: root.path().to_owned(),
            home: root.path().join("home"),
            path: Vec::new(),
            java_home: None,
        };
        let folders = |named: Option<&Path>| -> Vec<String> {
            find(&places, named)
                .into_iter()
                .map(|ibc| ibc.folder)
                .collect()
        };
        let (usual, own) = (usual.display().to_string(), own.display().to_string());
        assert_eq!(folders(None), std::slice::from_ref(&usual));
        assert_eq!(folders(Some(Path::new(&own))), [own, usual.clone()]);
        assert_eq!(folders(Some(Path::new(&usual))), [usual]);
        assert_eq!(find(&places, None)[0].version.as_deref(), Some("3.24.0"));
    }
}
