//! Held options as strategies: their greeks, their profit and loss, and what is coming.

use super::{Figure, Tone};
use gatehouse_domain::Decimal;
use gatehouse_domain::contract::SecurityKind;
use serde::Serialize;

/// A strategy in what one account holds, so many times. Stock beside options on it is one too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct StrategyView {
    /// `account:conId+conId…`.
    pub key: String,
    pub account: String,
    /// "Iron condor".
    pub name: String,
    /// The underlying's symbol.
    pub underlying: String,
    /// Its conId, when the broker told it.
    pub underlying_con_id: Option<i32>,
    /// What its prices and greeks are in.
    pub currency: String,
    /// How many times.
    pub count: Decimal,
    pub legs: Vec<StrategyLegView>,
    /// The nearest expiry, `20261218`; `None` without options.
    pub expiry: Option<String>,
    /// Days of the calendar until then, zero on the day.
    pub days: Option<i32>,
    /// As the broker tells it; the share of the positions that belongs here.
    pub daily_pnl: Figure,
    pub unrealized_pnl: Figure,
    /// What both P&L are in.
    pub pnl_currency: Option<String>,
    pub greeks: SumGreeksView,
    /// What is to be known about it, the loudest first.
    pub warnings: Vec<StrategyWarningView>,
}

/// Greeks of a whole holding. A sum that lacks a part is not known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct SumGreeksView {
    /// In units of the underlying; not known over several underlyings.
    pub delta: Figure,
    /// What that is at the underlying's price.
    pub delta_money: Figure,
    /// By how many units the delta changes when the price rises by one; not known over several
    /// underlyings.
    pub gamma: Figure,
    /// Money a day.
    pub theta: Figure,
    /// Money for one percentage point of volatility.
    pub vega: Figure,
    /// What is missing for those that are not known.
    pub lacks: Option<String>,
}

/// What belongs to a strategy of one position.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct StrategyLegView {
    pub con_id: i32,
    pub label: String,
    pub kind: SecurityKind,
    /// An option's, `20261218`.
    pub expiry: Option<String>,
    /// An option's trading class.
    pub trading_class: Option<String>,
    /// Negative when short.
    pub quantity: Decimal,
    pub price: Figure,
    pub price_decimals: u8,
}

/// Something that is coming to a strategy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct StrategyWarningView {
    pub kind: WarningKind,
    pub tone: Tone,
    /// In two or three words.
    pub title: String,
    /// What happens, when, and what to do.
    pub says: String,
    /// Where that comes from.
    pub source: String,
}

/// What a warning is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum WarningKind {
    /// The last day is near.
    Expiry,
    /// A short option in the money may be assigned.
    Assignment,
    /// An early assignment pays the other side.
    EarlyAssignment,
    /// What an exercise or assignment does in a retirement account.
    Retirement,
    /// The options were adjusted after a corporate action: what they deliver is not known.
    Adjusted,
}

/// The greeks of all option strategies of one account, or of all accounts, in one currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct GreeksTotalView {
    /// `account:currency` or `all:currency`.
    pub key: String,
    /// `None` for all accounts.
    pub account: Option<String>,
    pub currency: String,
    /// The underlyings in it, by name.
    pub underlyings: Vec<String>,
    pub greeks: SumGreeksView,
}
