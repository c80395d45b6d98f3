//! Whether shares can be borrowed to sell them short, how many, and what that costs.

use rust_decimal::Decimal;

use super::instrument::{Instrument, SecType};
use super::options;

/// Shares of this company are located only after a while, and of that one never.
const HARD_TO_BORROW: &str = "WES";
const NOT_TO_BORROW: &str = "MPLX";

/// Whether shares can be borrowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lending {
    /// At least a thousand at once.
    Plenty,
    /// Perhaps, once they have been found.
    Located,
    /// No.
    None,
}

/// The lending market of a stock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loan {
    /// Whether.
    pub lending: Lending,
    /// Shares to be had now.
    pub shares: Decimal,
    /// What a loan costs in percent a year; `None` where there is none.
    pub fee_rate: Option<Decimal>,
}

/// The lending market of an instrument; `None` for kinds that are not lent.
pub(super) fn loan(instrument: &Instrument) -> Option<Loan> {
    if instrument.sec_type != SecType::Stock {
        return None;
    }
    let (lending, shares, fee_rate) = match instrument.symbol.as_str() {
        HARD_TO_BORROW => (
            Lending::Located,
            options::few(instrument.con_id),
            Some(Decimal::new(3_825, 2)),
        ),
        NOT_TO_BORROW => (Lending::None, Decimal::ZERO, None),
        _ => (
            Lending::Plenty,
            options::plenty(instrument.con_id),
            Some(Decimal::new(25, 2)),
        ),
    };
    Some(Loan {
        lending,
        shares,
        fee_rate,
    })
}
