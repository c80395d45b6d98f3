//! What an order would do: the answer to a what-if.

use rust_decimal::Decimal;

use super::currency::Currency;

/// Margin and equity at one moment, in the base currency, rounded to cents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MarginState {
    /// Initial margin requirement.
    pub initial: Decimal,
    /// Maintenance margin requirement.
    pub maintenance: Decimal,
    /// Equity with loan value.
    pub equity_with_loan: Decimal,
}

/// What an order would cost and change if it filled whole at the present market.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhatIf {
    /// Before.
    pub before: MarginState,
    /// After minus before.
    pub change: MarginState,
    /// After.
    pub after: MarginState,
    /// Currency of the three.
    pub margin_currency: Currency,
    /// Commission of the whole order.
    pub commission: Decimal,
    /// Its currency.
    pub commission_currency: Currency,
    /// The price that was assumed.
    pub assumed_price: Decimal,
    /// A warning in words; `None` when there is none.
    pub warning: Option<String>,
}
