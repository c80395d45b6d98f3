//! What an order costs: IBKR's fixed pricing, without exchange and regulatory fees.
//!
//! Charged over the order as a whole: each fill pays the difference between the fee of all that is
//! filled and what was paid before, so that many fills cost what one would have.

use rust_decimal::{Decimal, RoundingStrategy};

use super::currency::Currency;
use super::instrument::{Instrument, SecType};

/// The fee of an order of which this quantity has been filled for this value (price × units × multiplier).
pub(super) fn of_order(instrument: &Instrument, quantity: Decimal, value: Decimal) -> Decimal {
    let fee = match (instrument.sec_type, instrument.currency) {
        // 0.005 a share, at least 1.00, at most 1 % of the value.
        (SecType::Stock, Currency::Usd) => (quantity * Decimal::new(5, 3))
            .max(Decimal::ONE)
            .min(value * Decimal::new(1, 2)),
        // 0.08 % of the value, at least 18 (a plausible figure for Hong Kong).
        (SecType::Stock, _) => (value * Decimal::new(8, 4)).max(Decimal::from(18)),
        // 0.65 a contract, 0.50 below a premium of 0.10, 0.25 below 0.05; at least 1.00.
        (SecType::Option, _) => {
            let premium = value
                .checked_div(quantity * instrument.multiplier)
                .unwrap_or_default();
            let each = match premium {
                premium if premium >= Decimal::new(10, 2) => Decimal::new(65, 2),
                premium if premium >= Decimal::new(5, 2) => Decimal::new(50, 2),
                _ => Decimal::new(25, 2),
            };
            (quantity * each).max(Decimal::ONE)
        }
        (SecType::Future, _) => quantity * future_fee(instrument),
        // 0.2 basis points of the value in dollars, at least 2.00. Dollar pairs only.
        (SecType::Cash, _) => {
            let dollars = if instrument.pair_base == Some(Currency::Usd) {
                quantity
            } else {
                value
            };
            (dollars * Decimal::new(2, 5)).max(Decimal::TWO)
        }
        (SecType::Index, _) => Decimal::ZERO,
    };
    fee.round_dp_with_strategy(4, RoundingStrategy::MidpointAwayFromZero)
}

/// The currency in which the fee is taken.
pub(super) fn currency(instrument: &Instrument) -> Currency {
    match instrument.sec_type {
        SecType::Cash => Currency::Usd,
        _ => instrument.currency,
    }
}

/// Full-size contracts 0.85, micros 0.25.
fn future_fee(instrument: &Instrument) -> Decimal {
    if instrument.symbol.starts_with('M') {
        Decimal::new(25, 2)
    } else {
        Decimal::new(85, 2)
    }
}
