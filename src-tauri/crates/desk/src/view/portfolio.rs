//! Accounts, positions and quotes as shown.

use super::{Colour, GreeksView, Millis, ModelledView};
use gatehouse_domain::Decimal;
use gatehouse_domain::account::AccountKind;
use gatehouse_domain::contract::SecurityKind;
use gatehouse_domain::derivative::Right;
use gatehouse_domain::observed::{Observed, Source};
use serde::Serialize;

/// A number that is shown with its age and source, or a dash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Figure {
    /// The number; `null` when it is not known.
    pub value: Option<Decimal>,
    /// When it was received.
    pub at: Option<Millis>,
    /// From where.
    pub source: Option<Source>,
}

impl Figure {
    /// A figure that is not known.
    pub const UNKNOWN: Figure = Figure {
        value: None,
        at: None,
        source: None,
    };
}

impl From<Observed<Decimal>> for Figure {
    fn from(seen: Observed<Decimal>) -> Self {
        Self {
            value: Some(seen.value),
            at: Some(seen.at.into()),
            source: Some(seen.source),
        }
    }
}

impl From<Option<Observed<Decimal>>> for Figure {
    fn from(seen: Option<Observed<Decimal>>) -> Self {
        seen.map_or(Self::UNKNOWN, Self::from)
    }
}

/// One account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct AccountView {
    /// Its id.
    pub id: String,
    /// Its kind.
    pub kind: AccountKind,
    /// Its kind in words.
    pub kind_words: String,
    /// The broker's own words for the kind.
    pub kind_text: Option<String>,
    /// What the person calls it.
    pub nickname: Option<String>,
    /// The colour that the person gave it.
    pub colour: Option<Colour>,
    /// Its kind by the broker's words alone.
    pub told_kind: AccountKind,
    /// What a person says that it is.
    pub said_kind: Option<AccountKind>,
    /// Whether the id is a paper account's.
    pub paper: bool,
    /// Its base currency, which all figures below are in.
    pub currency: Option<String>,
    pub net_liquidation: Figure,
    pub total_cash: Figure,
    pub settled_cash: Figure,
    pub buying_power: Figure,
    pub available_funds: Figure,
    pub excess_liquidity: Figure,
    pub equity_with_loan: Figure,
    pub gross_position_value: Figure,
    pub initial_margin: Figure,
    pub maintenance_margin: Figure,
    pub daily_pnl: Figure,
    pub unrealized_pnl: Figure,
    pub realized_pnl: Figure,
    /// −1 means unlimited.
    pub day_trades_remaining: Figure,
}

/// Sums over all accounts; a sum is unknown when any part is, or when currencies differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct HouseholdView {
    /// The currency of the sums; `null` when the accounts differ.
    pub currency: Option<String>,
    pub net_liquidation: Figure,
    pub total_cash: Figure,
    pub settled_cash: Figure,
    pub buying_power: Figure,
    pub excess_liquidity: Figure,
    pub initial_margin: Figure,
    pub maintenance_margin: Figure,
    pub daily_pnl: Figure,
    pub unrealized_pnl: Figure,
}

impl HouseholdView {
    /// Nothing is known.
    pub const UNKNOWN: Self = Self {
        currency: None,
        net_liquidation: Figure::UNKNOWN,
        total_cash: Figure::UNKNOWN,
        settled_cash: Figure::UNKNOWN,
        buying_power: Figure::UNKNOWN,
        excess_liquidity: Figure::UNKNOWN,
        initial_margin: Figure::UNKNOWN,
        maintenance_margin: Figure::UNKNOWN,
        daily_pnl: Figure::UNKNOWN,
        unrealized_pnl: Figure::UNKNOWN,
    };
}

/// A contract as shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct InstrumentView {
    /// Its conId.
    pub con_id: i32,
    /// Its symbol.
    pub symbol: String,
    /// What a person calls it: `AAPL`, `ES Dec 26`, `EUR.USD`.
    pub label: String,
    /// Its name, when known.
    pub name: Option<String>,
    /// Its kind.
    pub kind: SecurityKind,
    /// Where it is listed.
    pub exchange: String,
    /// What it is priced in.
    pub currency: String,
    /// Units per contract.
    pub multiplier: Decimal,
    /// The step of prices near the market, when known.
    pub tick: Option<Decimal>,
    /// The step of quantities, when known.
    pub size_step: Option<Decimal>,
    /// How many decimals its prices have.
    pub price_decimals: u8,
    /// The last day on which a derivative trades: `20261218`.
    pub expiry: Option<String>,
    /// An option's strike.
    pub strike: Option<Decimal>,
    /// Whether an option is a call or a put.
    pub right: Option<Right>,
    /// Whether it is an option that was adjusted after a corporate action: what it delivers is not
    /// known, and nothing is reckoned of it.
    pub adjusted: bool,
}

/// One line of a search's answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct MatchView {
    pub con_id: i32,
    pub symbol: String,
    pub kind: SecurityKind,
    pub exchange: String,
    pub currency: String,
    pub name: Option<String>,
}

/// A position in one account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PositionView {
    /// `account:conId`.
    pub key: String,
    /// The account.
    pub account: String,
    /// What is held.
    pub instrument: InstrumentView,
    /// How many; negative when short.
    pub quantity: Figure,
    /// Average cost per unit, in the contract's currency.
    pub average_cost: Option<Decimal>,
    /// The price that values it.
    pub price: Figure,
    /// Its value.
    pub value: Figure,
    /// What the value is in: the account's base currency, or the contract's when it was
    /// reckoned here without an exchange rate. `null` when the base currency is not known.
    pub value_currency: Option<String>,
    pub unrealized_pnl: Figure,
    pub daily_pnl: Figure,
    /// What both P&L are in: the account's base currency, `null` when it is not known.
    pub pnl_currency: Option<String>,
}

/// A contract over all accounts that hold it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct MergedPositionView {
    /// What is held.
    pub instrument: InstrumentView,
    /// The accounts that hold it.
    pub accounts: Vec<String>,
    pub quantity: Figure,
    pub average_cost: Option<Decimal>,
    pub price: Figure,
    /// The sum of the values; unknown when they are in different currencies.
    pub value: Figure,
    /// What the value is in.
    pub value_currency: Option<String>,
    pub unrealized_pnl: Figure,
    pub daily_pnl: Figure,
    /// What both P&L are in.
    pub pnl_currency: Option<String>,
}

/// The quote of one contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct QuoteView {
    pub con_id: i32,
    pub bid: Figure,
    pub ask: Figure,
    pub last: Figure,
    pub bid_size: Figure,
    pub ask_size: Figure,
    pub close: Figure,
    pub high: Figure,
    pub low: Figure,
    pub volume: Figure,
    /// Of an option.
    pub open_interest: Figure,
    /// A year's volatility as a share: of a stock, that of its options.
    pub implied_volatility: Figure,
    /// A year's volatility as a share, of the last 30 days of a stock.
    pub historical_volatility: Figure,
    /// Of an option.
    pub greeks: Option<GreeksView>,
    /// Of an option of a chain that was opened.
    pub model: Option<ModelledView>,
    /// Why there is none, when the broker refused.
    pub refused: Option<String>,
}
