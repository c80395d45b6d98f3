//! What a person types of a profile, and what is wrong with it.

use super::{Profile, ProfileFile};
use gatehouse_desk::view::{AccountLabel, Colour};
use gatehouse_domain::account::Expects;
use gatehouse_domain::id::AccountId;
use gatehouse_domain::restart::NightlyRestart;
use serde::{Deserialize, Serialize};
use std::net::IpAddr;

const LONGEST_NAME: usize = 40;
/// The most that TWS takes as a client id is not told; more than this nobody types on purpose.
const MOST_CLIENT_ID: i32 = 999_999;

/// A profile as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ProfileDraft {
    /// `null` for a new one.
    pub id: Option<String>,
    pub name: String,
    pub host: String,
    pub port: String,
    pub client_id: String,
    pub take_over: bool,
    pub expects: Expects,
    pub read_only: bool,
    pub automatic: bool,
    pub colour: Option<Colour>,
    /// Empty for not known.
    pub restart_at: String,
    pub accounts: Vec<AccountLabel>,
}

/// What can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum ProfileField {
    Name,
    Host,
    Port,
    ClientId,
    TakeOver,
    RestartAt,
    Accounts,
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ProfileFault {
    pub field: ProfileField,
    pub says: String,
}

/// The address that a host name means, when it is one of this computer.
pub(crate) fn loopback(host: &str) -> Option<IpAddr> {
    let host = host.trim();
    if host.eq_ignore_ascii_case("localhost") {
        return Some(IpAddr::from([127, 0, 0, 1]));
    }
    let bare = host.strip_prefix('[').and_then(|h| h.strip_suffix(']'));
    let address: IpAddr = bare.unwrap_or(host).parse().ok()?;
    address.is_loopback().then_some(address)
}

impl ProfileDraft {
    /// The profile that was typed, or all that is wrong with it. `others` are the profiles that
    /// there are.
    pub(crate) fn parse(self, others: &ProfileFile) -> Result<Profile, Vec<ProfileFault>> {
        let mut faults = Vec::new();
        let mut fault = |field, says: &str| {
            faults.push(ProfileFault {
                field,
                says: says.to_owned(),
            });
        };
        let name = self.name.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() {
            fault(ProfileField::Name, "Give it a name.");
        } else if name.chars().count() > LONGEST_NAME {
            fault(ProfileField::Name, "Give it a shorter name.");
        } else if others
            .all()
            .iter()
            .any(|p| Some(&p.id) != self.id.as_ref() && p.name.eq_ignore_ascii_case(&name))
        {
            fault(ProfileField::Name, "Another profile has this name.");
        }
        let host = loopback(&self.host);
        if host.is_none() {
            fault(
                ProfileField::Host,
                "Gatehouse connects to this computer only, because what the gateway sends is not \
                 encrypted: 127.0.0.1.",
            );
        }
        let port = self
            .port
            .trim()
            .parse::<u16>()
            .ok()
            .filter(|port| *port > 0);
        if port.is_none() {
            fault(
                ProfileField::Port,
                "A port is a number from 1 to 65535. It stands in the gateway's API settings.",
            );
        }
        let client_id = self.client_id.trim().parse::<i32>().ok();
        let client_id = client_id.filter(|id| (0..=MOST_CLIENT_ID).contains(id));
        if client_id.is_none() {
            fault(
                ProfileField::ClientId,
                "A client id is a whole number from 0 to 999999 that no other program uses at this \
                 gateway.",
            );
        }
        if self.take_over && client_id.is_some_and(|id| id != 0) {
            fault(
                ProfileField::TakeOver,
                "The gateway hands orders made in TWS over to client id 0 only.",
            );
        }
        let restart_at = self.restart_at.trim();
        let restart = NightlyRestart::parse_time(restart_at);
        if !restart_at.is_empty() && restart.is_none() {
            fault(
                ProfileField::RestartAt,
                "Write the time as 23:45 or 11:45 PM, or leave it empty.",
            );
        }
        if self
            .accounts
            .iter()
            .any(|label| AccountId::new(label.account.trim()).is_err())
        {
            fault(ProfileField::Accounts, "One of these is no account id.");
        }
        let (Some(host), Some(port), Some(client_id)) = (host, port, client_id) else {
            return Err(faults);
        };
        if !faults.is_empty() {
            return Err(faults);
        }
        let accounts = self.accounts.into_iter().map(|label| AccountLabel {
            account: label.account.trim().to_owned(),
            nickname: label.nickname.trim().chars().take(LONGEST_NAME).collect(),
            colour: label.colour,
        });
        Ok(Profile {
            id: self.id.unwrap_or_else(|| others.free_id(&name)),
            name,
            host: host.to_string(),
            port,
            client_id,
            take_over: self.take_over,
            expects: self.expects,
            read_only: self.read_only,
            automatic: self.automatic,
            colour: self.colour,
            restart_at: restart.map(|at| at.strftime("%H:%M").to_string()),
            accounts: accounts
                .filter(|label| !label.nickname.is_empty() || label.colour.is_some())
                .collect(),
        })
    }
}

#[cfg(test)]
pub(crate) fn typed(name: &str) -> ProfileDraft {
    ProfileDraft {
        id: None,
        name: name.to_owned(),
        host: "localhost".to_owned(),
        port: "4002".to_owned(),
        client_id: "17".to_owned(),
        take_over: false,
        expects: Expects::Paper,
        read_only: false,
        automatic: true,
        colour: Some(Colour::Teal),
        restart_at: "11:45 pm".to_owned(),
        accounts: vec![AccountLabel {
            account: " DU1000001 ".to_owned(),
            nickname: "Long term".to_owned(),
            colour: None,
        }],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn none() -> (tempfile::TempDir, ProfileFile) {
        let folder = tempfile::tempdir().unwrap();
        let file = ProfileFile::read(folder.path());
        (folder, file)
    }

    #[test]
    fn what_is_typed_is_read_as_meant() {
        let (_folder, others) = none();
        let profile = typed("  Paper   one ").parse(&others).unwrap();
        assert_eq!(profile.id, "main");
        assert_eq!(profile.name, "Paper one");
        assert_eq!(profile.address().unwrap().to_string(), "127.0.0.1:4002");
        assert_eq!(profile.restart_at.as_deref(), Some("23:45"));
        assert_eq!(profile.accounts[0].account, "DU1000001");
    }

    #[test]
    fn every_fault_is_said_at_once_at_its_field() {
        let (_folder, others) = none();
        let draft = ProfileDraft {
            name: " ".to_owned(),
            host: "192.0.2.1".to_owned(),
            port: "0".to_owned(),
            client_id: "-1".to_owned(),
            restart_at: "soon".to_owned(),
            ..typed("")
        };
        let fields: Vec<_> = draft
            .parse(&others)
            .unwrap_err()
            .iter()
            .map(|f| f.field)
            .collect();
        use ProfileField::{ClientId, Host, Name, Port, RestartAt};
        assert_eq!(fields, [Name, Host, Port, ClientId, RestartAt]);
    }

    #[test]
    fn orders_are_taken_over_under_client_id_0_only() {
        let (_folder, others) = none();
        let draft = ProfileDraft {
            take_over: true,
            ..typed("a")
        };
        let faults = draft.clone().parse(&others).unwrap_err();
        assert_eq!(faults[0].field, ProfileField::TakeOver);
        let zero = ProfileDraft {
            client_id: "0".to_owned(),
            ..draft
        };
        assert!(zero.clone().parse(&others).unwrap().login().binds());
        let looking = ProfileDraft {
            read_only: true,
            ..zero
        };
        assert!(!looking.parse(&others).unwrap().login().binds());
    }

    #[test]
    fn no_host_but_this_computer_is_taken() {
        for host in ["127.0.0.1", "localhost", "::1", "[::1]", "127.0.0.2"] {
            assert!(loopback(host).is_some(), "{host}");
        }
        for host in [
            "192.168.1.5",
            "example.org",
            "0.0.0.0",
            "",
            "127.0.0.1.evil.example",
        ] {
            assert!(loopback(host).is_none(), "{host}");
        }
    }
}
