//! Connection profiles: where a gateway is, as whom to connect, what to expect there, and what the
//! person calls the accounts. They lie in a file beside the journal.
//!
//! Deliberately not here: connecting (`shell`), and what the page may type (`profiles/draft`).

pub(crate) mod draft;
mod file;
mod lock;
mod migrate;

pub(crate) use draft::{ProfileDraft, ProfileFault};
pub(crate) use file::{MAIN, ProfileFile};
pub(crate) use lock::Lock;

use gatehouse_desk::engine::ConnectionTerms;
use gatehouse_desk::view::{AccountLabel, Colour, ProfileHead};
use gatehouse_domain::account::Expects;
use gatehouse_domain::restart::NightlyRestart;
use gatehouse_tws::Login;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// The client id when nobody has chosen another one.
pub(crate) const USUAL_ID: i32 = 17;

/// One way to connect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Profile {
    /// Its lasting name, in files and on the command line.
    pub id: String,
    /// What the person calls it.
    pub name: String,
    /// An address of this computer.
    pub host: String,
    pub port: u16,
    pub client_id: i32,
    /// Orders made by hand in TWS are taken over, which the gateway does for client id 0 only.
    pub take_over: bool,
    pub expects: Expects,
    /// No order goes out under it.
    pub read_only: bool,
    /// It is connected when Gatehouse starts. At most one profile is.
    pub automatic: bool,
    pub colour: Option<Colour>,
    /// When the gateway restarts by itself, as `23:45` in this computer's time zone.
    pub restart_at: Option<String>,
    pub accounts: Vec<AccountLabel>,
}

impl Profile {
    /// The profile that a newcomer's first gateway most likely is.
    pub(crate) fn usual(id: &str) -> Self {
        Self {
            id: id.to_owned(),
            name: "Gateway".to_owned(),
            host: "127.0.0.1".to_owned(),
            port: 4002,
            client_id: USUAL_ID,
            take_over: false,
            expects: Expects::Either,
            read_only: false,
            automatic: true,
            colour: None,
            restart_at: None,
            accounts: Vec::new(),
        }
    }

    /// Where it connects to. `None` when the file holds what is no address of this computer.
    pub(crate) fn address(&self) -> Option<SocketAddr> {
        Some(SocketAddr::new(draft::loopback(&self.host)?, self.port))
    }

    /// As whom. A read-only profile takes nothing over.
    pub(crate) fn login(&self) -> Login {
        Login {
            client_id: self.client_id,
            take_over: self.take_over && !self.read_only,
        }
    }

    pub(crate) fn restart(&self) -> Option<NightlyRestart> {
        let at = NightlyRestart::parse_time(self.restart_at.as_deref()?)?;
        Some(NightlyRestart::new(at, TimeZone::system()))
    }

    /// What the desk is told of it.
    pub(crate) fn terms(&self) -> ConnectionTerms {
        ConnectionTerms {
            profile: Some(ProfileHead {
                id: self.id.clone(),
                name: self.name.clone(),
                colour: self.colour,
                expects: self.expects,
                read_only: self.read_only,
            }),
            labels: self.accounts.clone(),
            restart: self.restart(),
        }
    }
}

/// Where a profile keeps its journal and what belongs to it. The first profile's is the folder of
/// all, as it was before there were profiles.
pub(crate) fn home(data_dir: &Path, id: &str) -> PathBuf {
    if id == MAIN {
        data_dir.to_owned()
    } else {
        data_dir.join("profiles").join(id)
    }
}

/// The profiles, for the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ProfilesView {
    pub profiles: Vec<ProfileView>,
    /// The one that this window serves; `null` when there is none.
    pub current: Option<String>,
    /// Whether a connection is wanted now.
    pub connected: bool,
    /// What the command line decides instead of the profile, in words; empty when nothing.
    pub fixed: Vec<String>,
    /// Whether the command line names the gateway, so that no other profile can be connected here.
    pub gateway_fixed: bool,
    /// Why the file could not be read, and what holds instead.
    pub fault: Option<String>,
    /// Why the wanted profile was not taken at the start.
    pub not_taken: Option<String>,
    /// The time zone in which restarts are.
    pub time_zone: String,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ProfileView {
    pub profile: Profile,
    /// This window serves it.
    pub here: bool,
    /// Another window has it open.
    pub elsewhere: bool,
    /// This window serves it, and what was set of address, client id and orders made in TWS holds
    /// from the next connection on.
    pub later: bool,
}

/// What came of saving one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "type", rename_all = "camelCase")]
pub(crate) enum ProfileOutcome {
    /// It is kept under this id.
    Kept { id: String, profiles: ProfilesView },
    /// Something typed can't be.
    Faulty { faults: Vec<ProfileFault> },
}
