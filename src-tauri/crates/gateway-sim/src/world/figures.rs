//! What an account reports: the tags of the account summary and of the account updates.

use rust_decimal::Decimal;

use super::ids::{AccountId, ConId};

/// One line of the account updates or of the summary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureRow {
    /// IBKR's tag.
    pub tag: &'static str,
    /// Value as the wire carries it.
    pub value: String,
    /// `USD`, `BASE`, a currency code, or empty for values without one.
    pub currency: &'static str,
}

/// A position. Money is in the instrument's currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// Account.
    pub account: AccountId,
    /// Instrument.
    pub con_id: ConId,
    /// Units, negative when short; 0 for one closed today.
    pub quantity: Decimal,
    /// Cost of a unit, opening commission included; times the multiplier for futures. 0 when closed.
    pub average_cost: Decimal,
    /// The price it is marked at: the middle of bid and ask.
    pub market_price: Decimal,
    /// Units times price times multiplier.
    pub market_value: Decimal,
    /// Market value minus cost.
    pub unrealized_pnl: Decimal,
    /// Realized today, net of commission.
    pub realized_pnl: Decimal,
    /// Today's profit, realized and not.
    pub daily_pnl: Decimal,
}

/// Profit of an account in its base currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pnl {
    /// Today's profit of all positions, net of commissions.
    pub daily: Decimal,
    /// Of open positions since they were opened.
    pub unrealized: Decimal,
    /// Realized today.
    pub realized: Decimal,
}

/// Profit of one position in the account's base currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PnlSingle {
    /// Units.
    pub position: Decimal,
    /// Today's profit.
    pub daily: Decimal,
    /// Since it was opened.
    pub unrealized: Decimal,
    /// Realized today.
    pub realized: Decimal,
    /// Market value.
    pub value: Decimal,
}
