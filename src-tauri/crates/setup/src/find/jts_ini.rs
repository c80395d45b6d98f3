//! `jts.ini`, as far as it can be relied on.
//!
//! What others have seen in it: `[Logon]` has `tradingMode` (`p` or `l`), the choice that the login
//! window offers; `[IBGateway]` has `TrustedIPs`. The API's socket port and "Read-Only API" are
//! *not* there: current versions keep them in a settings file of their own that can't be read, and
//! `LocalServerPort` (4000 as installed) is the port of IBKR's tunnel, not the API's. So neither is
//! read here, and a port is only believed once it answers.

use super::places::Places;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// What the login window has chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum TradingMode {
    Live,
    Paper,
}

/// What one `jts.ini` says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Settings {
    /// The file.
    pub file: String,
    /// What the login window offers first; the accounts alone say what a login is.
    pub login_offers: Option<TradingMode>,
    /// Addresses whose connections are taken without a question.
    pub trusted: Vec<String>,
    /// Among them is one that stands for other computers.
    pub trusts_others: bool,
}

/// The settings that are found.
pub fn settings(places: &Places) -> Vec<Settings> {
    places
        .settings_folders()
        .into_iter()
        .map(|folder| folder.join("jts.ini"))
        .filter_map(|file| read(&file))
        .collect()
}

fn read(file: &Path) -> Option<Settings> {
    // Not always UTF-8.
    let bytes = std::fs::read(file).ok()?;
    Some(parse(
        &file.display().to_string(),
        &String::from_utf8_lossy(&bytes),
    ))
}

fn parse(file: &str, text: &str) -> Settings {
    let mut section = "";
    let mut settings = Settings {
        file: file.to_owned(),
        login_offers: None,
        trusted: Vec::new(),
        trusts_others: false,
    };
    for line in text.lines().map(str::trim) {
        if let Some(name) = line
            .strip_prefix('[')
            .and_then(|line| line.strip_suffix(']'))
        {
            section = name;
        }
        let Some((key, value)) = line.split_once('=') else {
            continue;
        };
        match (section, key.trim()) {
            ("Logon", "tradingMode") => {
                settings.login_offers = match value.trim() {
                    "p" | "paper" => Some(TradingMode::Paper),
                    "l" | "live" => Some(TradingMode::Live),
                    _ => None,
                };
            }
            ("IBGateway", "TrustedIPs") => {
                settings.trusted = value
                    .split([',', ';', ' '])
                    .map(str::trim)
                    .filter(|address| !address.is_empty())
                    .map(str::to_owned)
                    .collect();
            }
            _ => {}
        }
    }
    settings.trusts_others = settings.trusted.iter().any(|address| is_other(address));
    settings
}

/// Whether an entry lets other computers in.
fn is_other(entry: &str) -> bool {
    let address = entry.split('/').next().unwrap_or(entry);
    match address.parse::<std::net::IpAddr>() {
        Ok(address) => !address.is_loopback(),
        Err(_) => !entry.eq_ignore_ascii_case("localhost"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_be_relied_on_is_read() {
        let text = "[IBGateway]\r\nWriteDebug=false\r\nTrustedIPs=127.0.0.1\r\nLocalServerPort=4000\r\nApiOnly=true\r\n\r\n[Logon]\r\nuseRemoteSettings=false\r\ntradingMode=p\r\nLocale=en\r\n";
        let settings = parse("jts.ini", text);
        assert_eq!(settings.login_offers, Some(TradingMode::Paper));
        assert_eq!(settings.trusted, ["127.0.0.1"]);
        assert!(!settings.trusts_others);
    }

    #[test]
    fn trust_in_other_computers_is_seen() {
        for line in [
            "0.0.0.0/0",
            "127.0.0.1,192.168.0.0/16",
            "127.0.0.1;my-server",
            "::",
        ] {
            let settings = parse("jts.ini", &format!("[IBGateway]\nTrustedIPs={line}\n"));
            assert!(settings.trusts_others, "{line}");
        }
        let fine = parse(
            "jts.ini",
            "[IBGateway]\nTrustedIPs=127.0.0.1, ::1, localhost\n",
        );
        assert!(!fine.trusts_others);
    }

    #[test]
    fn a_key_in_another_section_or_a_word_that_is_not_known_says_nothing() {
        let settings = parse(
            "jts.ini",
            "tradingMode=p\n[Logon]\ntradingMode=x\nTrustedIPs=1.2.3.4\n",
        );
        assert_eq!(settings.login_offers, None);
        assert!(settings.trusted.is_empty());
    }
}
