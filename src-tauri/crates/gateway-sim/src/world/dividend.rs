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
