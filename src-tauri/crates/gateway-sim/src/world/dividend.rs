//! Cash dividends that a scenario announces.
//!
//! On its ex-date a share is worth the dividend less when the day begins; who holds it then is owed
//! the dividend (who is short owes it), and on the pay date it becomes cash. Until then it is an
//! accrued dividend, which is part of the account's worth. Amounts are before taxes; none are withheld.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::calendar;
use super::catalog::Catalog;
use super::currency::Currency;
use super::ids::ConId;
use super::state::State;

/// One dividend.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dividend {
    /// Who pays.
    pub con_id: ConId,
    /// The simulated day (days since 1970) on which the share trades without it.
    pub ex_day: i64,
    /// The simulated day on which it is paid.
    pub pay_day: i64,
    /// For one share, in its currency.
    pub amount: Decimal,
}

impl Dividend {
    /// The number of the simulated day with this date.
    pub fn day(date: Date) -> i64 {
        calendar::number(date)
    }
}

/// A share's dividends as market data tells them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dividends {
    /// Paid out in the twelve months before today.
    pub past: Decimal,
    /// To come in the twelve months from today on.
    pub future: Decimal,
    /// The next one's ex-date and amount.
    pub next: Option<(Date, Decimal)>,
}

/// What an account is owed, or owes, from an ex-date to the pay date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Accrual {
    pub(super) currency: Currency,
    pub(super) amount: Decimal,
    pub(super) pay_day: i64,
}

const YEAR: i64 = 365;
/// Days from one quarter's dividend to the next.
const QUARTER: i64 = 91;
/// Days from the ex-date to the pay date.
const UNTIL_PAID: i64 = 21;
/// The first one to come is so many days off at least.
const SOONEST: i64 = 4;

/// What shares with options pay every quarter, from a year before the start to a year after it:
/// a fourth of the yield that their options are priced with. Who pays none is left out.
pub(super) fn quarterly(catalog: &Catalog, seed: u64, start: i64) -> Vec<Dividend> {
    let today = calendar::trading_day(start);
    let mut all = Vec::new();
    for (con_id, dividend_yield) in super::options::yields() {
        let price = catalog.listing(con_id).map(|one| one.profile.base);
        // Prices are in millionths, yields in hundredths of a percent.
        let yearly = price.map(|price| Decimal::new(price, 6) * Decimal::new(dividend_yield, 4));
        let amount = yearly.map_or(Decimal::ZERO, |yearly| {
            (yearly / Decimal::from(4)).round_dp(2)
        });
        if amount.is_zero() {
            continue;
        }
        let spread = i64::from(con_id.get()) * 37 + i64::try_from(seed % 89).unwrap_or(0) * 11;
        let first = today + SOONEST + spread.rem_euclid(QUARTER - SOONEST);
        all.extend((-4..4).map(|quarter| {
            let ex_day = super::options::open_day(first + quarter * QUARTER);
            Dividend {
                con_id,
                ex_day,
                pay_day: super::options::open_day(ex_day + UNTIL_PAID),
                amount,
            }
        }));
    }
    all
}

impl State {
    /// The dividends of an instrument around now; `None` where the scenario announces none.
    pub(super) fn dividends_of(&self, con_id: ConId) -> Option<Dividends> {
        let own = || self.dividends.iter().filter(|one| one.con_id == con_id);
        own().next()?;
        let sum = |from: i64, to: i64| {
            own()
                .filter(|one| (from..to).contains(&one.ex_day))
                .map(|one| one.amount)
                .sum()
        };
        let today = self.day;
        let next = own()
            .filter(|one| one.ex_day >= today)
            .min_by_key(|one| one.ex_day);
        Some(Dividends {
            past: sum(today - YEAR, today),
            future: sum(today, today + YEAR),
            next: next.map(|one| (calendar::date(one.ex_day), one.amount)),
        })
    }

    /// As the days after `before` up to `day` begin: shares go ex, and what is due is paid.
    pub(super) fn turn_dividends(&mut self, catalog: &Catalog, before: i64, day: i64) {
        let due: Vec<Dividend> = self
            .dividends
            .iter()
            .filter(|one| one.ex_day > before && one.ex_day <= day)
            .cloned()
            .collect();
        for dividend in &due {
            let place = catalog.position(dividend.con_id);
            let Some((place, instrument)) = place.zip(catalog.get(dividend.con_id)) else {
                continue;
            };
            if let (Some(market), Some(profile)) =
                (self.markets.get_mut(place), catalog.profiles().get(place))
            {
                market.go_ex(dividend.amount, profile);
            }
            for account in &mut self.accounts {
                let held = account.quantity_of(dividend.con_id);
                if !held.is_zero() {
                    account.accrued.push(Accrual {
                        currency: instrument.currency,
                        amount: held * dividend.amount,
                        pay_day: dividend.pay_day,
                    });
                }
            }
        }
        for account in &mut self.accounts {
            account.receive_dividends(day);
        }
    }
}
