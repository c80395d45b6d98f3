//! The programs that speak the TWS API.

use serde::{Deserialize, Serialize};

/// One that IBKR makes, or the simulated one.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, specta::Type,
)]
#[serde(rename_all = "camelCase")]
pub enum Program {
    /// Trader Workstation.
    Tws,
    /// IB Gateway.
    Gateway,
    /// The gateway that invents everything.
    Simulated,
}

impl Program {
    /// As a person says it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Tws => "TWS",
            Self::Gateway => "IB Gateway",
            Self::Simulated => "the simulated gateway",
        }
    }

    /// Whose port this usually is, and whether paper logins usually have it. Only a custom:
    /// any program can be set to any port, and live or paper is read from the account ids.
    #[must_use]
    pub fn usual_at(port: u16) -> Option<(Self, &'static str)> {
        match port {
            4001 => Some((Self::Gateway, "live")),
            4002 => Some((Self::Gateway, "paper")),
            7496 => Some((Self::Tws, "live")),
            7497 => Some((Self::Tws, "paper")),
            _ => None,
        }
    }
}

/// The ports that TWS and IB Gateway have as installed.
pub const USUAL_PORTS: [u16; 4] = [4001, 4002, 7496, 7497];
