//! What the broker says an order would do.

use crate::decimal::Currency;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// A figure before and after the order. What the broker left unset is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, specta::Type)]
pub struct BeforeAfter {
    /// Now.
    pub before: Option<Decimal>,
    /// Once the order has filled.
    pub after: Option<Decimal>,
}

/// The broker's answer to a what-if order, in the account's base currency.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WhatIf {
    /// Initial margin.
    pub initial_margin: BeforeAfter,
    /// Maintenance margin.
    pub maintenance_margin: BeforeAfter,
    /// Equity with loan value.
    pub equity_with_loan: BeforeAfter,
    /// The commission, when the broker names one figure.
    pub commission: Option<Decimal>,
    /// The least it may be, when the broker names a range.
    pub min_commission: Option<Decimal>,
    /// The most it may be, when the broker names a range.
    pub max_commission: Option<Decimal>,
    /// The currency of the commission.
    pub commission_currency: Option<Currency>,
    /// The broker's warnings, in its own words.
    pub warnings: Vec<String>,
}

impl WhatIf {
    /// Whether the margins were told at all; some order types leave them unset.
    #[must_use]
    pub fn has_margin(&self) -> bool {
        self.initial_margin.after.is_some() && self.maintenance_margin.after.is_some()
    }
}
