//! Where a world begins: seed, time, accounts, cash and positions.

#![allow(clippy::inconsistent_digit_grouping)] // Amounts are grouped as dollars_cents.

use rust_decimal::Decimal;

use super::currency::Currency;
use super::dividend::Dividend;
use super::hours::Hours;
use super::ids::{AccountId, ConId};
use super::invented::Invented;
use super::permission::Permissions;

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
    /// What it may trade.
    pub permissions: Permissions,
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
    /// Whether markets open and close.
    pub hours: Hours,
    /// Accounts under the one login, in the order in which they are listed.
    pub accounts: Vec<OpeningAccount>,
    /// Instruments besides those of the catalogue.
    pub invented: Vec<Invented>,
    /// Dividends to come.
    pub dividends: Vec<Dividend>,
    /// Whether shares with options pay a dividend every quarter besides.
    pub quarterly_dividends: bool,
    /// Short American options without any value but their exercise are assigned at the turn of the day.
    pub early_assignment: bool,
}

impl Scenario {
    /// 2 January 2026 15:00 UTC, the start of a scenario that is not given another.
    pub const DEFAULT_START: i64 = 1_767_366_000_000;

    /// The names that [`Scenario::by_name`] knows.
    pub const NAMES: [&'static str; 3] = ["three-accounts", "single", "live"];

    /// These accounts, at the usual time, with markets that are always open.
    pub fn of(seed: u64, accounts: Vec<OpeningAccount>) -> Self {
        Self {
            seed,
            start: Self::DEFAULT_START,
            hours: Hours::Always,
            accounts,
            invented: Vec::new(),
            dividends: Vec::new(),
            quarterly_dividends: false,
            early_assignment: false,
        }
    }

    /// Three linked paper accounts: an individual margin account, a Roth IRA and an LLC.
    pub fn three_accounts(seed: u64) -> Self {
        Self::of(seed, three("DU"))
    }

    /// One paper margin account.
    pub fn single(seed: u64) -> Self {
        Self::of(seed, vec![individual("DU")])
    }

    /// The three accounts with ids of the live kind.
    pub fn live(seed: u64) -> Self {
        Self::of(seed, three("U"))
    }

    /// The scenario of this name, or `None`.
    pub fn by_name(name: &str, seed: u64) -> Option<Self> {
        match name {
            "three-accounts" => Some(Self::three_accounts(seed)),
            "single" => Some(Self::single(seed)),
            "live" => Some(Self::live(seed)),
            _ => None,
        }
    }

    /// The same scenario with a dividend every quarter for shares with options.
    pub fn paying_dividends(mut self) -> Self {
        self.quarterly_dividends = true;
        self
    }

    /// The same scenario begun at another time (unix ms).
    pub fn starting_at(mut self, start: i64) -> Self {
        self.start = start;
        self
    }
}

fn three(prefix: &str) -> Vec<OpeningAccount> {
    vec![individual(prefix), roth(prefix), llc(prefix)]
}

fn individual(prefix: &str) -> OpeningAccount {
    OpeningAccount {
        id: AccountId::new(format!("{prefix}4000001")),
        account_type: "INDIVIDUAL".to_owned(),
        capability: Capability::RegTMargin,
        permissions: Permissions::ALL,
        cash: vec![
            (Currency::Usd, Decimal::new(84_215_37, 2)),
            (Currency::Hkd, Decimal::new(41_300_00, 2)),
        ],
        unsettled: vec![(Currency::Usd, Decimal::new(3_120_50, 2))],
        positions: vec![
            held(265_598, 150, 182_4031),
            held(272_093, 60, 341_2217),
            held(4_815_747, 200, 96_1525),
            held(756_733, 80, 512_0813),
            held(51_529_211, 40, 231_7025),
            held(9_599_491, 1_000, 14_0511),
            held(2_100_000_001, 500, 27_4020),
            held(76_792_991, -20, 452_8500),
            held(152_791_428, 300, 402_6600),
        ],
    }
}

fn roth(prefix: &str) -> OpeningAccount {
    OpeningAccount {
        id: AccountId::new(format!("{prefix}4000002")),
        account_type: "IRA-ROTH NEW".to_owned(),
        capability: Capability::LimitedMargin,
        permissions: Permissions::ALL,
        cash: vec![(Currency::Usd, Decimal::new(18_432_66, 2))],
        unsettled: vec![(Currency::Usd, Decimal::new(950_25, 2))],
        positions: vec![
            held(136_155_102, 45, 410_1122),
            held(320_227_571, 25, 377_9040),
            held(208_813_719, 40, 141_3350),
            held(8_894, 120, 58_0283),
            held(15_547_841, 100, 93_4110),
        ],
    }
}

fn llc(prefix: &str) -> OpeningAccount {
    OpeningAccount {
        id: AccountId::new(format!("{prefix}4000003")),
        account_type: "LLC".to_owned(),
        capability: Capability::RegTMargin,
        permissions: Permissions::WITHOUT_FUTURES,
        cash: vec![
            (Currency::Usd, Decimal::new(212_905_18, 2)),
            (Currency::Eur, Decimal::new(15_000_00, 2)),
        ],
        unsettled: Vec::new(),
        positions: vec![
            held(1_520_593, 120, 198_7708),
            held(49_462_172, 50, 277_4520),
            held(2_100_000_003, 400, 41_8825),
            held(2_100_000_002, 1_500, 15_2040),
            held(9_579_970, 150, 201_3367),
            held(265_598, 100, 221_5050),
            held(5_437, 30, 604_1100),
        ],
    }
}

/// A position; its cost in ten-thousandths of the currency.
fn held(con_id: i32, quantity: i64, average_cost: i64) -> OpeningPosition {
    OpeningPosition {
        con_id: ConId::new(con_id),
        quantity: Decimal::from(quantity),
        average_cost: Decimal::new(average_cost, 4),
    }
}
