//! What Gatehouse sets of IBC's `config.ini`, a file of Java properties.

use crate::find::TradingMode;
use jiff::civil::Time;
use serde::{Deserialize, Serialize};

/// What is done when a program connects from an address that the gateway does not trust yet.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum Accepts {
    /// The gateway asks in its window.
    #[default]
    Manual,
    /// Every program is let in unasked.
    Accept,
    /// None is.
    Reject,
}

/// A tick of the gateway that IBC sets, or leaves as it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum ReadOnlyApi {
    /// As it stands in the gateway.
    #[default]
    Leave,
    /// Ticked.
    Yes,
    /// Not ticked.
    No,
}

/// What is set. What is `None` is left as the file has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The user name that is filled in; none leaves it to the person.
    pub login: Option<String>,
    /// Which of the login window's two modes is chosen.
    pub mode: TradingMode,
    /// “Read-Only API”.
    pub read_only: ReadOnlyApi,
    /// “Socket port”.
    pub port: Option<u16>,
    /// “Auto restart”, by the computer's clock.
    pub restart_at: Option<Time>,
    /// “Accept incoming connection?”
    pub accepts: Accepts,
    /// Where IBC takes commands, on this computer only.
    pub command_port: Option<u16>,
}

/// One line of the difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ConfigChange {
    /// The setting, as the file calls it.
    pub key: String,
    /// What stands there; a password is not told. `null` when it is not there.
    pub before: Option<String>,
    /// What is going to.
    pub after: String,
}

const HEAD: &str = "# IBC's settings, written by Gatehouse. It writes no password here.\n";

impl Settings {
    /// The settings and their values, in the order of a new file.
    fn values(&self) -> Vec<(&'static str, String)> {
        let mut values = vec![
            ("IbLoginId", self.login.clone().unwrap_or_default()),
            ("IbPassword", String::new()),
            ("FIXPassword", String::new()),
            (
                "TradingMode",
                match self.mode {
                    TradingMode::Live => "live",
                    TradingMode::Paper => "paper",
                }
                .to_owned(),
            ),
            (
                "AcceptIncomingConnectionAction",
                match self.accepts {
                    Accepts::Manual => "manual",
                    Accepts::Accept => "accept",
                    Accepts::Reject => "reject",
                }
                .to_owned(),
            ),
            // What it writes down of windows can hold what stands in their fields.
            ("LogComponents", "never".to_owned()),
            ("LogStructureWhen", "never".to_owned()),
        ];
        match self.read_only {
            ReadOnlyApi::Leave => {}
            ReadOnlyApi::Yes => values.push(("ReadOnlyApi", "yes".to_owned())),
            ReadOnlyApi::No => values.push(("ReadOnlyApi", "no".to_owned())),
        }
        if let Some(port) = self.port {
            values.push(("OverrideTwsApiPort", port.to_string()));
        }
        if let Some(at) = self.restart_at {
            values.push(("AutoRestartTime", at.strftime("%I:%M %p").to_string()));
        }
        if let Some(port) = self.command_port {
            values.push(("CommandServerPort", port.to_string()));
            values.push(("BindAddress", "127.0.0.1".to_owned()));
        }
        values
    }

    /// What stands there with these settings worked in: all else stays, line by line. A password
    /// that stands there is emptied.
    #[must_use]
    pub fn apply(&self, there: Option<&str>) -> String {
        let values = self.values();
        let mut text = String::new();
        for line in there.unwrap_or(HEAD).split_inclusive('\n') {
            let end = &line[line.trim_end_matches(['\n', '\r']).len()..];
            let set = key_of(line).and_then(|key| values.iter().find(|(name, _)| *name == key));
            match set {
                Some((name, value)) => {
                    text.push_str(&format!("{name}={value}{end}"));
                }
                None => text.push_str(line),
            }
        }
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        for (name, value) in &values {
            // What is empty needs no line, nor does what is so by itself.
            let is_usual = value.is_empty() || value == "never";
            if !is_usual && !text.lines().any(|line| key_of(line) == Some(name)) {
                text.push_str(&format!("{name}={value}\n"));
            }
        }
        text
    }

    /// What [`apply`](Self::apply) changes, setting by setting.
    #[must_use]
    pub fn changes(&self, there: Option<&str>) -> Vec<ConfigChange> {
        let before = |key: &str| {
            // The last one holds.
            let mut lines = there.unwrap_or_default().lines().rev();
            lines.find(|line| key_of(line) == Some(key)).map(value_of)
        };
        let applied = self.apply(there);
        self.values()
            .into_iter()
            .filter(|(key, _)| applied.lines().any(|line| key_of(line) == Some(key)))
            .filter_map(|(key, after)| {
                let was = before(key);
                (was != Some(after.as_str())).then(|| ConfigChange {
                    key: key.to_owned(),
                    before: was.map(|value| match is_secret(key) && !value.is_empty() {
                        true => "a password (not shown)".to_owned(),
                        false => value.to_owned(),
                    }),
                    after,
                })
            })
            .collect()
    }
}

/// Whether a password stands in the file.
#[must_use]
pub fn holds_password(text: &str) -> bool {
    text.lines()
        .any(|line| key_of(line).is_some_and(is_secret) && !value_of(line).is_empty())
}

fn is_secret(key: &str) -> bool {
    key.to_ascii_lowercase().contains("password") && !key.starts_with("Dismiss")
}

fn key_of(line: &str) -> Option<&str> {
    let line = line.trim();
    if line.is_empty() || line.starts_with(['#', '!']) {
        return None;
    }
    line.split(['=', ':', ' ', '\t'])
        .next()
        .filter(|key| !key.is_empty())
}

fn value_of(line: &str) -> &str {
    let line = line.trim();
    let key = key_of(line).map_or(0, str::len);
    line[key..].trim_start_matches([' ', '\t', '=', ':'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::time;

    fn settings() -> Settings {
        Settings {
            login: Some("alice".to_owned()),
            mode: TradingMode::Paper,
            read_only: ReadOnlyApi::Yes,
            port: Some(4002),
            restart_at: Some(time(23, 45, 0, 0)),
            accepts: Accepts::Reject,
            command_port: Some(7462),
        }
    }

    #[test]
    fn a_new_file_holds_what_was_set_and_no_password() {
        insta::assert_snapshot!(settings().apply(None), @r"
        # IBC's settings, written by Gatehouse. It writes no password here.
        IbLoginId=alice
        TradingMode=paper
        AcceptIncomingConnectionAction=reject
        ReadOnlyApi=yes
        OverrideTwsApiPort=4002
        AutoRestartTime=11:45 PM
        CommandServerPort=7462
        BindAddress=127.0.0.1
        ");
    }

    #[test]
    fn what_stands_in_a_file_stays_and_its_password_goes() {
        let there = "# mine\r\nIbLoginId=edemo\r\nIbPassword = planted secret\r\nTradingMode=live\r\nAllowBlindTrading=no\r\nReadOnlyApi=";
        let applied = settings().apply(Some(there));
        assert!(applied.starts_with(
            "# mine\r\nIbLoginId=alice\r\nIbPassword=\r\nTradingMode=paper\r\nAllowBlindTrading=no\r\nReadOnlyApi=yes\n"
        ), "{applied}");
        assert!(holds_password(there) && !holds_password(&applied));
        let changes = settings().changes(Some(there));
        let of = |key: &str| changes.iter().find(|change| change.key == key).unwrap();
        assert_eq!(of("TradingMode").before.as_deref(), Some("live"));
        assert_eq!(of("OverrideTwsApiPort").before, None);
        assert!(
            of("IbPassword")
                .before
                .as_deref()
                .unwrap()
                .contains("not shown")
        );
        assert!(!format!("{changes:?}").contains("planted"));
        assert!(settings().changes(Some(&applied)).is_empty());
        assert_eq!(settings().apply(Some(&applied)), applied);
    }

    #[test]
    fn what_is_not_set_is_left_as_it_is() {
        let bare = Settings {
            login: None,
            read_only: ReadOnlyApi::Leave,
            port: None,
            restart_at: None,
            command_port: None,
            accepts: Accepts::Manual,
            ..settings()
        };
        let there = "OverrideTwsApiPort=4001\nAutoRestartTime=01:00 AM\nTradingMode=paper\n";
        let keys: Vec<String> = bare
            .changes(Some(there))
            .into_iter()
            .map(|c| c.key)
            .collect();
        assert_eq!(keys, ["AcceptIncomingConnectionAction"]);
    }
}
