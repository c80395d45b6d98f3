//! What runs. Command lines are looked at and never kept: they can hold passwords.

use crate::program::Program;
use serde::{Deserialize, Serialize};
use sysinfo::{ProcessRefreshKind, ProcessesToUpdate, RefreshKind, System, UpdateKind};

/// A program that runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Running {
    /// Which one.
    pub program: Program,
    /// The system's number for it.
    pub pid: u32,
    /// Whether IBC started it.
    pub by_ibc: bool,
}

/// What runs now, as far as this user may see it.
#[must_use]
pub fn running() -> Vec<Running> {
    let what = ProcessRefreshKind::nothing().with_cmd(UpdateKind::Always);
    let mut system = System::new_with_specifics(RefreshKind::nothing());
    system.refresh_processes_specifics(ProcessesToUpdate::All, true, what);
    let mut found: Vec<Running> = system
        .processes()
        .values()
        // On Linux threads are listed too.
        .filter(|process| process.thread_kind().is_none())
        .filter_map(|process| {
            let words: Vec<String> = process
                .cmd()
                .iter()
                .map(|word| word.to_string_lossy().into_owned())
                .collect();
            let name = process.name().to_string_lossy();
            let (program, by_ibc) = program_of(&name, &words)?;
            Some(Running {
                program,
                pid: process.pid().as_u32(),
                by_ibc,
            })
        })
        .collect();
    found.sort_by_key(|running| running.pid);
    found
}

/// Which program a process is, and whether IBC started it, by its name and the words of its
/// command line. The Java class that a process begins with tells them apart.
#[must_use]
pub fn program_of(name: &str, words: &[String]) -> Option<(Program, bool)> {
    let begins_with = |class: &str| {
        words
            .iter()
            .any(|word| word == class || word.ends_with(&format!(".{class}")))
    };
    let classes = [
        ("ibcalpha.ibc.IbcGateway", Program::Gateway, true),
        ("ibcalpha.ibc.IbcTws", Program::Tws, true),
        ("ibgateway.GWClient", Program::Gateway, false),
        ("jclient.LoginFrame", Program::Tws, false),
    ];
    if let Some((_, program, by_ibc)) = classes.into_iter().find(|(class, ..)| begins_with(class)) {
        return Some((program, by_ibc));
    }
    let name = name.to_ascii_lowercase();
    match name.strip_suffix(".exe").unwrap_or(&name) {
        "ibgateway" => Some((Program::Gateway, false)),
        "tws" => Some((Program::Tws, false)),
        "gatehouse-sim" => Some((Program::Simulated, false)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str, line: &str) -> Option<(Program, bool)> {
        let words: Vec<String> = line.split(' ').map(str::to_owned).collect();
        program_of(name, &words)
    }

    #[test]
    fn a_process_is_known_by_the_class_that_it_begins_with() {
        let gateway = "/x/java -DinstallDir=/home/a/Jts/ibgateway/1037/ -cp /home/a/Jts/ibgateway/1037/jars/* install4j.ibgateway.GWClient";
        assert_eq!(of("java", gateway), Some((Program::Gateway, false)));
        let tws =
            "/x/java -cp /home/a/Jts/1037/jars/a.jar install4j.jclient.LoginFrame /home/a/Jts";
        assert_eq!(of("java", tws), Some((Program::Tws, false)));
        let ibc = "/x/java -cp a.jar ibcalpha.ibc.IbcGateway /home/a/ibc/config.ini";
        assert_eq!(of("java", ibc), Some((Program::Gateway, true)));
        assert_eq!(
            of("ibgateway.exe", "C:\\Jts\\ibgateway\\1037\\ibgateway.exe"),
            Some((Program::Gateway, false))
        );
    }

    #[test]
    fn a_program_that_only_has_a_gateway_among_its_files_is_not_one() {
        assert_eq!(
            of("Xtigervnc", "Xtigervnc -auth /opt/ibgateway/.Xauthority"),
            None
        );
        assert_eq!(of("vim", "vim notes-on-ibgateway.GWClients"), None);
        assert_eq!(of("java", "java -jar other.jar"), None);
    }
}
