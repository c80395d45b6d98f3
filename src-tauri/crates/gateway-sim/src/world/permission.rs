//! What an account may trade, and which option strategies.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::account::Account;
use super::instrument::{Instrument, SecType};
use super::reject::Reject;
use super::valuation::Prices;

/// Which options an account may have; each level includes those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum OptionLevel {
    /// None.
    None,
    /// 1: calls sold against shares, puts sold against cash.
    Covered,
    /// 2: bought ones.
    Long,
    /// 3: spreads.
    Spreads,
    /// 4: anything, naked ones included.
    All,
}

/// What an account may trade besides shares and funds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Permissions {
    /// Futures.
    pub futures: bool,
    /// Currency pairs.
    pub forex: bool,
    /// Options.
    pub options: OptionLevel,
}

impl Permissions {
    /// Everything.
    pub const ALL: Self = Self {
        futures: true,
        forex: true,
        options: OptionLevel::All,
    };
    /// Everything but futures.
    pub const WITHOUT_FUTURES: Self = Self {
        futures: false,
        ..Self::ALL
    };
    /// Shares and funds only.
    pub const SHARES: Self = Self {
        futures: false,
        forex: false,
        options: OptionLevel::None,
    };
}

/// Whether the account may trade this kind at all; what it holds it may always give up.
pub(super) fn check_kind(
    instrument: &Instrument,
    before: &Account,
    after: &Account,
) -> Result<(), Reject> {
    let has = before.permissions;
    let allowed = match instrument.sec_type {
        SecType::Future => has.futures,
        SecType::Cash => has.forex,
        SecType::Option => has.options > OptionLevel::None,
        SecType::Stock | SecType::Index => true,
    };
    let held = |account: &Account| account.quantity_of(instrument.con_id);
    let gives_up = instrument.sec_type != SecType::Cash && held(after).abs() < held(before).abs();
    if allowed || gives_up {
        Ok(())
    } else {
        Err(Reject::order("No Trading Permission"))
    }
}

/// Whether the account's level allows the options that the change brings.
pub(super) fn check_level(
    prices: Prices<'_>,
    before: &Account,
    after: &Account,
) -> Result<(), Reject> {
    let level = before.permissions.options;
    if level == OptionLevel::All {
        return Ok(());
    }
    let (had, has) = (Shape::of(prices, before), Shape::of(prices, after));
    let spreads = (has.spreads - had.spreads).max(Decimal::ZERO);
    let needed = if has.naked_calls > had.naked_calls
        || (has.naked_puts > had.naked_puts && !has.puts_are_paid)
    {
        OptionLevel::All
    } else if spreads > Decimal::ZERO {
        OptionLevel::Spreads
    } else if has.long > had.long {
        OptionLevel::Long
    } else if has.short > had.short {
        OptionLevel::Covered
    } else {
        OptionLevel::None
    };
    if level >= needed {
        Ok(())
    } else {
        Err(Reject::order(
            "No Trading Permission. The options level of the account does not allow this position.",
        ))
    }
}

/// An account's options in a few numbers of contracts.
struct Shape {
    long: Decimal,
    short: Decimal,
    spreads: Decimal,
    naked_calls: Decimal,
    naked_puts: Decimal,
    /// The cash would pay for every assignment of a put.
    puts_are_paid: bool,
}

impl Shape {
    fn of(prices: Prices<'_>, account: &Account) -> Self {
        let mut shape = Self {
            long: Decimal::ZERO,
            short: Decimal::ZERO,
            spreads: Decimal::ZERO,
            naked_calls: Decimal::ZERO,
            naked_puts: Decimal::ZERO,
            puts_are_paid: true,
        };
        for (_, holding) in account.options() {
            shape.long += holding.quantity.max(Decimal::ZERO);
            shape.short -= holding.quantity.min(Decimal::ZERO);
        }
        for (_, found) in prices.option_margin(account) {
            shape.spreads += found.spreads;
            shape.naked_calls += found.naked_calls;
            shape.naked_puts += found.naked_puts;
        }
        for currency in super::currency::Currency::ALL {
            let owed = prices.short_puts(account, currency);
            shape.puts_are_paid &= owed <= account.cash_in(currency).max(Decimal::ZERO);
        }
        shape
    }
}
