//! The same username logged in somewhere else: IBKR lets one session have the data.

use gatehouse_domain::instant::UnixMillis;
use std::time::Duration;

/// IBKR's code for market data that another session took.
pub(super) const DATA_ELSEWHERE: i32 = 10197;

/// So many losses of IBKR within this time are two sessions that throw each other out.
const CUT_OFFS: usize = 3;
const WITHIN: Duration = Duration::from_secs(10 * 60);

/// Every contract's line says it; a person is told once in a while.
const TELL_AGAIN: Duration = Duration::from_secs(5 * 60);

pub(super) const LOGGED_IN_ELSEWHERE: &str = "The same username seems to be logged in somewhere \
    else, and IBKR serves one session at a time. Log out there (TWS or IB Gateway on another \
    computer, Client Portal, IBKR Mobile with live prices), or use a second username for it; then \
    log in to this gateway again if it asks.";

/// What points to another session.
#[derive(Debug, Default)]
pub(super) struct Elsewhere {
    cut_off: Vec<UnixMillis>,
    told: Option<UnixMillis>,
    suspected: bool,
}

impl Elsewhere {
    /// The gateway lost IBKR. Whether that happens so often that another session is likely.
    pub(super) fn cut_off(&mut self, now: UnixMillis) -> bool {
        self.cut_off.retain(|at| now.since(*at) < WITHIN);
        self.cut_off.push(now);
        self.suspected = self.cut_off.len() >= CUT_OFFS;
        self.suspected
    }

    /// Another session has the data. Whether that is to be told.
    pub(super) fn data_taken(&mut self, now: UnixMillis) -> bool {
        let due = self.told.is_none_or(|told| now.since(told) >= TELL_AGAIN);
        if due {
            self.told = Some(now);
        }
        due
    }

    pub(super) fn suspected(&self) -> bool {
        self.suspected
    }

    pub(super) fn session_began(&mut self) {
        self.told = None;
    }
}
