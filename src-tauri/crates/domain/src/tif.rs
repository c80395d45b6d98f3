//! How long an order stands (`TIF`).

use crate::instant::UnixMillis;
use serde::{Deserialize, Serialize};

/// How long an order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum TimeInForce {
    /// `DAY`: until the close of the day.
    Day,
    /// `GTC`: until it is cancelled.
    Gtc,
    /// `GTD`: until a moment.
    Gtd {
        /// The moment.
        until: UnixMillis,
    },
    /// `IOC`: what fills at once; the rest is cancelled.
    Ioc,
    /// `FOK`: all at once or nothing.
    Fok,
    /// `OPG`: in the opening auction.
    Opg,
}

impl TimeInForce {
    /// Which of the ticket's choices it is.
    #[must_use]
    pub fn choice(self) -> TifChoice {
        match self {
            Self::Day => TifChoice::Day,
            Self::Gtc => TifChoice::Gtc,
            Self::Gtd { .. } => TifChoice::Gtd,
            Self::Ioc => TifChoice::Ioc,
            Self::Fok => TifChoice::Fok,
            Self::Opg => TifChoice::Opg,
        }
    }
}

/// A time in force as the ticket offers it.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, specta::Type,
)]
#[serde(rename_all = "camelCase")]
pub enum TifChoice {
    /// `DAY`.
    #[default]
    Day,
    /// `GTC`.
    Gtc,
    /// `GTD`, with a moment.
    Gtd,
    /// `IOC`.
    Ioc,
    /// `FOK`.
    Fok,
    /// `OPG`.
    Opg,
}

impl TifChoice {
    /// All of them, in the order in which they are offered.
    pub const ALL: [TifChoice; 6] = [
        Self::Day,
        Self::Gtc,
        Self::Gtd,
        Self::Ioc,
        Self::Fok,
        Self::Opg,
    ];

    /// The wire's word.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Day => "DAY",
            Self::Gtc => "GTC",
            Self::Gtd => "GTD",
            Self::Ioc => "IOC",
            Self::Fok => "FOK",
            Self::Opg => "OPG",
        }
    }

    /// In words, as a choice reads.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Day => "Today (DAY)",
            Self::Gtc => "Until cancelled (GTC)",
            Self::Gtd => "Until a time (GTD)",
            Self::Ioc => "At once, rest cancelled (IOC)",
            Self::Fok => "At once and all, or nothing (FOK)",
            Self::Opg => "At the open (OPG)",
        }
    }
}
