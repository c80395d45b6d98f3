//! The steps and what each stands on.

use serde::{Deserialize, Serialize};

/// One step of the list.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, specta::Type,
)]
#[serde(rename_all = "camelCase")]
pub enum Step {
    /// Something listens.
    Port,
    /// It is a TWS API and nothing else.
    Api,
    /// It answers the greeting.
    Handshake,
    /// Its version is new enough.
    Version,
    /// The client id is free.
    ClientId,
    /// It says which accounts the login has.
    Accounts,
    /// Live or paper, as expected.
    Mode,
    /// Whether it takes orders, by whether it lists them; none is placed.
    ReadOnly,
    /// The clocks agree.
    Clock,
    /// The accounts' figures come.
    AccountData,
    /// The positions come.
    Positions,
    /// Prices come: live, delayed or none, exchange by exchange.
    MarketData,
    /// It answers what an order would do. Never asked by this crate: see [`crate`].
    WhatIf,
}

impl Step {
    /// All of them, in their order.
    pub const ALL: [Self; 13] = [
        Self::Port,
        Self::Api,
        Self::Handshake,
        Self::Version,
        Self::ClientId,
        Self::Accounts,
        Self::Mode,
        Self::ReadOnly,
        Self::Clock,
        Self::AccountData,
        Self::Positions,
        Self::MarketData,
        Self::WhatIf,
    ];

    /// Without which it can't be asked.
    #[must_use]
    pub fn ground(self) -> Option<Self> {
        Some(match self {
            Self::Port => return None,
            Self::Api => Self::Port,
            Self::Handshake => Self::Api,
            Self::Version => Self::Handshake,
            Self::ClientId => Self::Version,
            Self::Accounts => Self::ClientId,
            Self::Mode => Self::Accounts,
            Self::ReadOnly | Self::Clock | Self::AccountData => Self::Mode,
            Self::Positions | Self::MarketData | Self::WhatIf => Self::AccountData,
        })
    }

    /// What is asked, in a few words.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Port => "Something listens",
            Self::Api => "It is TWS or IB Gateway",
            Self::Handshake => "It answers the greeting",
            Self::Version => "Its version is new enough",
            Self::ClientId => "The client id is free",
            Self::Accounts => "Accounts are received",
            Self::Mode => "Live or paper",
            Self::ReadOnly => "It takes orders",
            Self::Clock => "The clocks agree",
            Self::AccountData => "The accounts' figures come",
            Self::Positions => "The positions come",
            Self::MarketData => "Prices come",
            Self::WhatIf => "What-if is answered",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_comes_after_its_ground() {
        for (index, step) in Step::ALL.iter().enumerate() {
            let before = &Step::ALL[..index];
            assert_eq!(step.ground().is_none(), before.is_empty());
            assert!(step.ground().is_none_or(|ground| before.contains(&ground)));
        }
    }
}
