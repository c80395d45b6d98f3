//! What can be done to a running gateway: by a test, over the control port, or by a scenario's plan.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::amount;

use super::config::Faults;

/// One thing to do. As JSON and TOML: `do` names it in kebab case, the rest are its fields.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(
    tag = "do",
    rename_all = "kebab-case",
    rename_all_fields = "kebab-case",
    deny_unknown_fields
)]
pub enum Action {
    /// Lets this many milliseconds of simulated time pass, every moment of them.
    Step {
        /// Milliseconds, not negative.
        ms: i64,
    },
    /// Moves the simulated time on at once: what lies between does not happen.
    Jump {
        /// Milliseconds, not negative.
        ms: i64,
    },
    /// The time that clients are told is off by this much from now on.
    SkewClock {
        /// Milliseconds, either way.
        ms: i64,
    },
    /// Sets bid and offer and holds them there.
    SetPrice {
        /// Symbol, local symbol or conId.
        instrument: String,
        /// Bid, above 0.
        #[serde(deserialize_with = "amount::exact")]
        bid: Decimal,
        /// Offer, above the bid.
        #[serde(deserialize_with = "amount::exact")]
        ask: Decimal,
    },
    /// Stops an instrument's prices.
    Freeze {
        /// Symbol, local symbol or conId.
        instrument: String,
    },
    /// Lets an instrument's prices move again.
    Thaw {
        /// Symbol, local symbol or conId.
        instrument: String,
    },
    /// 1100: the gateway loses its own link. Quotes stop, orders wait, fills are not heard of.
    LoseUpstream {},
    /// 1101 (market-data lines and what was asked of accounts are gone and have to be asked for
    /// anew) or 1102 (all is kept). What waited happens.
    RestoreUpstream {
        /// 1101 rather than 1102.
        #[serde(default)]
        data_lost: bool,
    },
    /// A message about nothing in particular to every client, such as 2103 or 2110.
    Notice {
        /// TWS code.
        code: i32,
        /// In place of the gateway's usual words.
        #[serde(default)]
        text: Option<String>,
    },
    /// 10197 on every line, and for every new one: another login has the market data.
    CompetingSession {},
    /// The other login is gone; lines may be opened again.
    EndCompetingSession {},
    /// 100 to every client: too many messages a second.
    PacingError {},
    /// Closes connections.
    Disconnect {
        /// Of this client only.
        #[serde(default)]
        client: Option<i32>,
    },
    /// Ends every connection as a restart does; the book is kept.
    Restart {
        /// Forgets which order ids were used, and begins again here.
        #[serde(default)]
        next_valid_id: Option<i32>,
    },
    /// Closes the port and every connection, as a gateway does that ends or restarts for minutes; the
    /// world goes on and keeps its book.
    ClosePort {},
    /// Opens the same port again.
    OpenPort {},
    /// Reads nothing that clients send for so long, then all of it at once, as a gateway does that
    /// stood still. The limits count when it is read.
    Stall {
        /// Real milliseconds; 0 ends a stall.
        ms: u32,
    },
    /// Replaces all standing misbehaviour by this; without fields it is lifted.
    Faults(Faults),
    /// A bulletin to every client that asked for them.
    Bulletin {
        /// What it says.
        text: String,
        /// The exchange that it is about.
        #[serde(default)]
        exchange: String,
        /// 1 news, 2 the exchange is no longer available, 3 it is again.
        #[serde(default = "news")]
        kind: i32,
    },
    /// A person places an order in TWS itself. It is nobody's until client 0 binds it.
    PlaceByHand(ByHand),
    /// A person cancels a working order in TWS, whosever it is.
    CancelByHand {
        /// The order's permId.
        perm_id: i64,
    },
    /// Tells the state of things; changes nothing.
    Status {},
}

const fn news() -> i32 {
    1
}

/// An order as a person places it in TWS: good until cancelled, at a limit or without one at the market.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ByHand {
    /// May be left out where there is one account.
    #[serde(default)]
    pub account: String,
    /// Symbol, local symbol or conId.
    pub instrument: String,
    /// Units; below 0 sells.
    #[serde(deserialize_with = "amount::exact")]
    pub quantity: Decimal,
    /// Limit price.
    #[serde(default, deserialize_with = "amount::given")]
    pub limit: Option<Decimal>,
}

/// Something that a scenario lets happen, once.
#[derive(Clone, Debug, PartialEq)]
pub struct Planned {
    /// When.
    pub when: When,
    /// What.
    pub action: Action,
}

/// When something planned happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// This many milliseconds of simulated time after the start.
    After(i64),
    /// When clients do this for the n-th time, counted over all of them; 1 is the first.
    On(Trigger, u64),
}

/// What a plan can wait for. It strikes before the gateway acts on it, but for fills.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trigger {
    /// A client starts the API.
    Connect,
    /// A real order arrives, or a change of one.
    Order,
    /// A what-if order arrives.
    WhatIf,
    /// A cancel arrives.
    Cancel,
    /// An order fills, wholly or in part.
    Fill,
}
