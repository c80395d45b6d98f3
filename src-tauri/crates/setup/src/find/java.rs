//! Java: the one that a program brings along, and the one for everybody.

use super::places::{Os, Places};
use std::path::{Path, PathBuf};

/// The Java that an install brings along.
pub fn brought(install: &Path, os: Os) -> Option<PathBuf> {
    let install4j = install.join(".install4j");
    if os == Os::MacOs {
        return [
            "jre.bundle/Contents/Home/bin",
            "jre.bundle/Contents/Home/jre/bin",
        ]
        .into_iter()
        .map(|folder| install4j.join(folder).join("java"))
        .find(|java| java.is_file());
    }
    ["pref_jre.cfg", "inst_jre.cfg"]
        .into_iter()
        .find_map(|name| {
            let text = std::fs::read_to_string(install4j.join(name)).ok()?;
            let home = text.lines().next()?.trim();
            let java = Path::new(home).join("bin").join(executable(os));
            (!home.is_empty() && java.is_file()).then_some(java)
        })
}

/// The Java that any program finds.
pub fn installed(places: &Places) -> Option<PathBuf> {
    let name = executable(places.os);
    let by_home = places.java_home.iter().map(|home| home.join("bin"));
    by_home
        .chain(places.path.iter().cloned())
        .map(|folder| folder.join(name))
        .find(|java| java.is_file())
}

fn executable(os: Os) -> &'static str {
    match os {
        Os::Windows => "java.exe",
        Os::Linux | Os::MacOs => "java",
    }
}
