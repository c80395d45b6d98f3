//! Where a world begins: seed, time, accounts, cash and positions.

use rust_decimal::Decimal;

use super::currency::Currency;
use super::ids::{AccountId, ConId};

/// What an account may do, apart from its legal form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Capability {
    /// Borrowing and short sales under Reg T.
    RegTMargin,
    /// An IRA that trades on unsettled funds: no debit in any currency, no short stock, no partnership units.
    LimitedMargin,
    /// No debit in any currency, no short stock, and purchases need settled cash.
    Cash,
}

/// A position at the start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpeningPosition {
    /// Instrument.
    pub con_id: ConId,
    /// Units, negative when short.
    pub quantity: Decimal,
    /// Cost of a unit (times multiplier for futures), in the instrument's currency.
    pub average_cost: Decimal,
}

/// An account at the start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpeningAccount {
    /// Id; `DU…` for paper.
    pub id: AccountId,
    /// `AccountType` as IBKR reports it: `INDIVIDUAL`, `IRA-ROTH NEW`, `LLC`.
    pub account_type: String,
    /// Borrowing, limited margin or cash.
    pub capability: Capability,
    /// May trade futures.
    pub futures_permission: bool,
    /// Cash by currency, unsettled proceeds included.
    pub cash: Vec<(Currency, Decimal)>,
    /// The part of it that settles on the next day.
    pub unsettled: Vec<(Currency, Decimal)>,
    /// Positions.
    pub positions: Vec<OpeningPosition>,
}

/// A whole world at its start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scenario {
    /// Seed of the market.
    pub seed: u64,
    /// First moment, unix ms. Decides which futures months exist.
    pub start: i64,
    /// Accounts under the one login, in the order in which they are listed.
    pub accounts: Vec<OpeningAccount>,
}

impl Scenario {
    /// 2 January 2026 15:00 UTC, the start of a scenario that is not given another.
    pub const DEFAULT_START: i64 = 1_767_366_000_000;

    /// Three linked paper accounts: an individual margin account, a Roth IRA and an LLC.
    pub fn three_accounts(seed: u64) -> Self {
        Self { seed, start: Self::DEFAULT_START, accounts: Vec::new() }
    }

    /// The scenario of this name (`three-accounts`, `single`, `live`), or `None`.
    pub fn by_name(name: &str, seed: u64) -> Option<Self> {
        match name {
            "three-accounts" => Some(Self::three_accounts(seed)),
            _ => None,
        }
    }

    /// The same scenario begun at another time (unix ms).
    pub fn starting_at(mut self, start: i64) -> Self {
        self.start = start;
        self
    }
}
