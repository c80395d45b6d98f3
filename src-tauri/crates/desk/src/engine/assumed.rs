//! What the model is told beside prices: the rate, and the dividend that the broker announces next.
//! Later ones are not announced, so they are in no figure; what was assumed is said in words.

use super::{Desk, words};
use gatehouse_analytics::options::assumed::{Assumed, Dividend};
use gatehouse_domain::Decimal;
use gatehouse_domain::chain::{days_between, exchange_day};
use gatehouse_domain::contract::{Contract, SecurityKind};
use gatehouse_domain::derivative::Expiry;
use gatehouse_domain::id::ConId;
use gatehouse_domain::instant::UnixMillis;

/// The rate a year that the model is given unless another is asked for, in percent.
const RATE: Decimal = Decimal::from_parts(4, 0, 0, false, 0);

impl Desk {
    /// Of an underlying's options, at this rate in percent or at the usual one.
    pub(super) fn assumed(&self, underlying: ConId, rate: Option<Decimal>) -> Assumed {
        let told = self.dividends.get(&underlying);
        let next = told.and_then(|told| told.value.next);
        let dividend = next
            .filter(|(_, amount)| *amount > Decimal::ZERO)
            .and_then(|(day, amount)| Dividend::on(day, amount));
        Assumed {
            rate: rate.unwrap_or(RATE),
            dividends: dividend.into_iter().collect(),
        }
    }

    /// The dividend that is still to come: its ex-date and how much it is a share, by the broker.
    pub(super) fn next_dividend(
        &self,
        underlying: ConId,
        now: UnixMillis,
    ) -> Option<(Expiry, Decimal)> {
        let today = exchange_day(now)?;
        let (day, amount) = self.dividends.get(&underlying)?.value.next?;
        (amount > Decimal::ZERO && days_between(today, day) > 0).then_some((day, amount))
    }

    /// What the model was told, in words.
    pub(super) fn assumed_words(
        &self,
        underlying: &Contract,
        rate: Option<Decimal>,
        now: UnixMillis,
    ) -> String {
        let rate = words::number(rate.unwrap_or(RATE));
        let next = self.next_dividend(underlying.con_id, now);
        let dividend = match (next, underlying.kind) {
            (Some((day, amount)), _) => format!(
                "the dividend of {} {} that the broker announces for {day}, and none after it",
                words::price(amount),
                underlying.currency
            ),
            (None, SecurityKind::Stock) => "no dividend, for the broker announces none".to_owned(),
            (None, _) => "no dividends".to_owned(),
        };
        format!("The model is told {rate} % a year and {dividend}.")
    }
}
