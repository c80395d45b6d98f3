//! What can be wrong between here and a gateway, each told apart.

mod clicks;
mod words;

pub(crate) use words::listed;

use crate::program::Program;
use gatehouse_domain::account::Mode;
use serde::{Deserialize, Serialize};

/// A named fault, with what was seen of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The host's name stands for nothing.
    NameUnknown { host: String, why: String },
    /// The host is another computer.
    NotThisComputer { host: String, address: String },
    /// The system knows no way to the address.
    NoRoute { address: String, why: String },
    /// Nothing came of the connection, not even a refusal.
    TimedOut { address: String },
    /// Nothing listens there. `elsewhere`: other ports at which something does.
    NothingListens {
        address: String,
        elsewhere: Vec<u16>,
    },
    /// A program runs and does not listen: its login waits.
    WaitsForLogin { address: String, program: Program },
    /// As before, at the time of the week when a full login is asked for.
    WeeklyLogin { address: String, program: Program },
    /// Nothing listens, at the time at which the gateway restarts each day.
    NightlyRestart { address: String, at: String },
    /// It listens at the other kind of address only.
    OtherFamily { asked: String, listens: String },
    /// The connection is accepted and closed without a word.
    ClosedAtOnce { address: String },
    /// A web server answers.
    Http { address: String },
    /// Something answers that wants encryption.
    Tls { address: String },
    /// A remote shell answers.
    Ssh { address: String },
    /// Something else answers.
    OtherProtocol { address: String, begins: String },
    /// The connection is accepted, and the greeting gets no answer.
    SilentHandshake { address: String },
    /// The gateway refuses the greeting, in its words.
    HandshakeRefused { address: String, text: String },
    /// It speaks a version that is too old.
    TooOld { version: i32, needed: i32 },
    /// 326.
    ClientIdInUse { client_id: i32 },
    /// It greets, and then does not say which accounts the login has.
    AccountsNeverCame { seconds: u64 },
    /// The account list can't be used.
    NoUsableAccount { why: String },
    /// Another mode was expected of this connection.
    OtherMode { expected: Mode, found: Mode },
    /// Some of the login's accounts are paper and some are not.
    MixedAccounts,
    /// Its API only shows.
    ReadOnlyApi,
    /// Another login of the same user holds the session.
    LoggedInElsewhere { code: i32 },
    /// The gateway has lost IBKR.
    UpstreamDown { code: i32 },
    /// The account's figures don't come.
    AccountDataSilent { seconds: u64 },
    /// The positions don't come.
    PositionsSilent { seconds: u64 },
    /// No prices where a subscription is missing.
    NotSubscribed {
        exchanges: Vec<String>,
        code: Option<i32>,
    },
    /// Prices come late.
    DelayedOnly { exchanges: Vec<String> },
    /// All lines of market data are in use.
    NoLinesLeft,
    /// The computer's clock and IBKR's differ.
    ClockOff { seconds: i64 },
    /// It answers, and slowly.
    SlowAnswers { seconds: u64 },
    /// It closed the connection in the middle.
    Lost,
    /// Anything else, in the gateway's or the system's words.
    Other { text: String },
}

/// How much a fault stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum Weight {
    /// What stands on the step can't be checked, and Gatehouse can't be used so.
    Stops,
    /// Gatehouse can be used, with less.
    Limits,
}

impl Fault {
    /// How much it stops.
    #[must_use]
    pub fn weight(&self) -> Weight {
        match self {
            Self::ReadOnlyApi
            | Self::NotSubscribed { .. }
            | Self::DelayedOnly { .. }
            | Self::NoLinesLeft
            | Self::ClockOff { .. }
            | Self::SlowAnswers { .. }
            | Self::LoggedInElsewhere { .. } => Weight::Limits,
            _ => Weight::Stops,
        }
    }
}

/// In which program something is clicked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum Place {
    /// In TWS's window.
    Tws,
    /// In IB Gateway's window.
    Gateway,
    /// On this computer.
    Computer,
    /// At IBKR: its Client Portal, its telephone app.
    Ibkr,
    /// Here.
    Gatehouse,
}

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Remedy {
    /// Where.
    pub place: Place,
    /// The menus on the way, in the words that stand there.
    pub path: Vec<String>,
    /// What to do there.
    pub does: String,
}

/// A fault for a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct FaultView {
    /// Its lasting name, such as `nothingListens`.
    pub name: String,
    /// How much it stops.
    pub weight: Weight,
    /// What is so.
    pub says: String,
    /// What that means.
    pub means: String,
    /// What to do, most likely first.
    pub remedies: Vec<Remedy>,
}

impl From<&Fault> for FaultView {
    fn from(fault: &Fault) -> Self {
        Self {
            name: fault.name().to_owned(),
            weight: fault.weight(),
            says: fault.says(),
            means: fault.means(),
            remedies: fault.remedies(),
        }
    }
}
