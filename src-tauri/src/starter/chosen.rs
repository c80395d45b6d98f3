//! What a person chooses for IBC, and what is wrong with it.

use gatehouse_domain::restart::NightlyRestart;
use gatehouse_setup::find::{self, Install, Os, Places, TradingMode};
use gatehouse_setup::ibc::{self, Accepts, Ibc, PasswordWay, ReadOnlyApi, Settings, Start};
use gatehouse_setup::program::Program;
use jiff::civil::Time;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// As typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StarterDraft {
    /// IBC's folder; empty for the first that is found.
    pub ibc: String,
    /// Its settings; empty for the usual place.
    pub config: String,
    /// The gateway's folder; empty for the newest.
    pub gateway: String,
    /// The user name; empty for none.
    pub login: String,
    pub mode: TradingMode,
    pub read_only: ReadOnlyApi,
    /// Empty for what the gateway has.
    pub port: String,
    /// Empty for what the gateway has.
    pub restart_at: String,
    pub accepts: Accepts,
    /// Empty for none.
    pub command_port: String,
}

/// What can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum StarterField {
    Ibc,
    Config,
    Gateway,
    Login,
    Port,
    RestartAt,
    CommandPort,
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StarterFault {
    pub field: StarterField,
    pub says: String,
}

/// What is on this computer.
#[derive(Debug, Clone)]
pub(crate) struct Around {
    pub os: Os,
    pub ibcs: Vec<Ibc>,
    /// Those that IBC can be told: with a version.
    pub gateways: Vec<Install>,
    pub usual_config: PathBuf,
}

impl Around {
    /// Looks in the usual folders, and in the one that was named.
    pub(crate) fn look(places: &Places, named: Option<&Path>) -> Self {
        let mut gateways = find::installs(places);
        gateways.retain(|one| one.program == Program::Gateway && one.version.is_some());
        Self {
            os: places.os,
            ibcs: ibc::find(places, named),
            gateways,
            usual_config: ibc::usual_config(places),
        }
    }
}

/// What it comes to.
#[derive(Debug)]
pub(super) struct Chosen {
    pub start: Start,
    pub settings: Settings,
    pub config: PathBuf,
    pub way: PasswordWay,
}

impl StarterDraft {
    /// What was chosen, or all that is wrong with it.
    pub(super) fn parse(&self, around: &Around) -> Result<Chosen, Vec<StarterFault>> {
        let mut faults = Vec::new();
        let mut fault = |field, says: &str| {
            faults.push(StarterFault {
                field,
                says: says.to_owned(),
            });
        };
        let ibc = match self.ibc.trim() {
            "" => around.ibcs.first().cloned(),
            folder => Ibc::at(Path::new(folder)),
        };
        if ibc.is_none() {
            fault(
                StarterField::Ibc,
                "There is no IBC there: its folder holds scripts/ibcstart.sh.",
            );
        }
        let gateway = match self.gateway.trim() {
            "" => around.gateways.first(),
            folder => around.gateways.iter().find(|one| one.folder == folder),
        };
        if gateway.is_none() {
            fault(
                StarterField::Gateway,
                "IB Gateway is not there. IBC needs its offline version, in the usual folder.",
            );
        }
        let config = match self.config.trim() {
            "" => around.usual_config.clone(),
            path => PathBuf::from(path),
        };
        if !config.is_absolute() || config.is_dir() {
            fault(
                StarterField::Config,
                "Give the whole path of the file, such as /home/you/ibc/config.ini.",
            );
        }
        let login = match self.login.trim() {
            "" => None,
            name => Some(name.to_owned()),
        };
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '@');
        if login
            .as_ref()
            .is_some_and(|name| name.len() > 64 || !name.chars().all(is_plain))
        {
            fault(
                StarterField::Login,
                "A user name of IBKR has letters and digits only. It is no e-mail address, and no \
                 account id.",
            );
        }
        let mut port = |text: &str, field| match text.trim() {
            "" => None,
            text => {
                let port = text.parse::<u16>().ok().filter(|port| *port > 0);
                if port.is_none() {
                    fault(field, "A port is a number from 1 to 65535.");
                }
                port
            }
        };
        let socket = port(&self.port, StarterField::Port);
        let command_port = port(&self.command_port, StarterField::CommandPort);
        if command_port.is_some() && command_port == socket {
            fault(
                StarterField::CommandPort,
                "Commands need another port than the API.",
            );
        }
        let restart_at = restart(&self.restart_at).unwrap_or_else(|says| {
            fault(StarterField::RestartAt, says);
            None
        });
        let start = ibc.as_ref().zip(gateway).and_then(|(ibc, gateway)| {
            let folder = Path::new(&ibc.folder);
            Start::of(folder, &config, gateway, around.os, self.mode)
        });
        match (start, ibc) {
            (Some(start), Some(ibc)) if faults.is_empty() => Ok(Chosen {
                start,
                settings: Settings {
                    login,
                    mode: self.mode,
                    read_only: self.read_only,
                    port: socket,
                    restart_at,
                    accepts: self.accepts,
                    command_port,
                },
                config,
                way: ibc.password,
            }),
            _ => Err(faults),
        }
    }
}

/// The time of the restart. The hours after noon and midnight are written in two ways by versions
/// of IBC, so they are not taken.
fn restart(text: &str) -> Result<Option<Time>, &'static str> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let time = NightlyRestart::parse_time(text).ok_or(
        "A time of the day, such as 23:45 or 11:45 PM. Empty leaves what the gateway has.",
    )?;
    if time.hour() % 12 == 0 {
        return Err(
            "Not between 12 and 1 o'clock, by day or night: versions of IBC read that hour in \
             different ways.",
        );
    }
    Ok(Some(time))
}
