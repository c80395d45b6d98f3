//! Option chains: what options an underlying has, by trading class and expiry.

use crate::decimal::Price;
use crate::derivative::Expiry;
use crate::instant::UnixMillis;
use crate::settlement::{monthly_day, settlement_day};
use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// The options of one trading class: of an index several stand beside each other (SPX settles in
/// the morning, SPXW in the afternoon), of a stock after a split or merger an adjusted one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OptionClass {
    /// As the exchange calls it.
    pub trading_class: String,
    /// Where orders go, `SMART` where there is one.
    pub exchange: String,
    /// Units per contract.
    pub multiplier: Decimal,
    /// Earliest first.
    pub expiries: Vec<Expiry>,
    /// Lowest first; not every strike is listed in every expiry.
    pub strikes: Vec<Price>,
}

impl OptionClass {
    /// Whether it is the ordinary class of this underlying: 100 units under its own name or, of
    /// an index, one that begins with it. Anything else may deliver something else.
    #[must_use]
    pub fn is_standard(&self, symbol: &str) -> bool {
        let plain = plain(symbol);
        let rest = self.trading_class.strip_prefix(plain.as_str());
        self.multiplier == Decimal::ONE_HUNDRED
            && rest.is_some_and(|rest| rest.chars().all(|c| c.is_ascii_alphabetic()))
    }
}

/// A symbol as names of trading classes begin with it: `BRKB` for `BRK B`.
pub(crate) fn plain(symbol: &str) -> String {
    symbol.replace([' ', '.'], "")
}

/// Whether a class of options bears its underlying's name with a number after it, as those do
/// whose deliverable was adjusted after a split, a merger or a spin-off (`AAPL1`).
#[must_use]
pub fn is_adjusted(class: &str, symbol: &str) -> bool {
    let plain = plain(symbol);
    let rest = class.strip_prefix(plain.as_str());
    rest.is_some_and(|rest| !rest.is_empty() && rest.chars().all(|c| c.is_ascii_digit()))
}

/// What is known, and since when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Dated<T> {
    /// What is known.
    pub value: T,
    /// When the broker told it.
    pub taken: UnixMillis,
}

/// The volatility that an underlying's options implied at the end of a day of trading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DayVolatility {
    /// The day.
    pub day: Expiry,
    /// A year's, as a share; above zero.
    pub volatility: Decimal,
}

/// What a share pays in cash, as the broker tells it. What it does not tell is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dividends {
    /// Paid in the twelve months before, for one share.
    pub past_year: Option<Decimal>,
    /// Expected in the twelve months to come, for one share.
    pub next_year: Option<Decimal>,
    /// The next one's day and amount.
    pub next: Option<(Expiry, Decimal)>,
}

/// What kind of expiry a day is in the cycle of the American exchanges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum ExpiryKind {
    /// Any day but those below.
    Weekly,
    /// The third Friday, or the Thursday before when that is a holiday. Of a class that is settled
    /// in the morning, the one that is settled then.
    Monthly,
    /// The last day of trading of March, June, September or December.
    Quarterly,
    /// A monthly one of January, more than nine months off.
    Leaps,
}

impl ExpiryKind {
    /// Of this expiry of a class, given as its last day of trading, so many days off.
    #[must_use]
    pub fn of(class: &str, expiry: Expiry, days: i32) -> Self {
        let day = settlement_day(class, expiry).date();
        if day == monthly_day(day) {
            if day.month() == 1 && days > 274 {
                return Self::Leaps;
            }
            return Self::Monthly;
        }
        let left = day.last_of_month().day() - day.day();
        let last_weekday = match day.last_of_month().weekday() {
            Weekday::Saturday => left == 1,
            Weekday::Sunday => left == 2,
            _ => left == 0,
        };
        if last_weekday && day.month() % 3 == 0 {
            return Self::Quarterly;
        }
        Self::Weekly
    }
}

/// The day that it is at this moment on the exchanges of New York; `None` outside of the calendar.
#[must_use]
pub fn exchange_day(now: UnixMillis) -> Option<Expiry> {
    let zone = TimeZone::get("America/New_York").ok()?;
    let day = jiff::Timestamp::from_millisecond(now.0)
        .ok()?
        .to_zoned(zone)
        .date();
    Expiry::new(day.year(), day.month(), day.day())
}

/// Days of the calendar from one day to another.
#[must_use]
pub fn days_between(from: Expiry, to: Expiry) -> i32 {
    from.date()
        .until(to.date())
        .map_or(0, |span| span.get_days())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Expiry {
        Expiry::from_wire(text).unwrap()
    }

    #[test]
    fn expiries_are_told_apart_by_their_day_in_the_cycle() {
        for (class, text, days, kind) in [
            ("AAPL", "20261218", 27, ExpiryKind::Monthly),
            ("AAPL", "20261127", 6, ExpiryKind::Weekly),
            ("AAPL", "20261231", 40, ExpiryKind::Quarterly),
            ("AAPL", "20270115", 55, ExpiryKind::Monthly),
            ("AAPL", "20280121", 426, ExpiryKind::Leaps),
            // Good Friday of 2028 is 14 April, of 2022 it was the 15th, a third Friday.
            ("AAPL", "20220414", 10, ExpiryKind::Monthly),
            ("AAPL", "20260416", 10, ExpiryKind::Weekly),
            // Juneteenth of 2026 is a third Friday.
            ("AAPL", "20260618", 10, ExpiryKind::Monthly),
            // That of 2027 is a Saturday, kept on the third Friday before it.
            ("AAPL", "20270617", 199, ExpiryKind::Monthly),
            // 30 June 2029 is a Saturday.
            ("AAPL", "20290629", 900, ExpiryKind::Quarterly),
            // The monthly options of the index trade to the day before they are settled.
            ("SPX", "20261217", 27, ExpiryKind::Monthly),
            ("SPXW", "20261217", 27, ExpiryKind::Weekly),
            ("SPXW", "20261218", 28, ExpiryKind::Monthly),
            ("SPX", "20280120", 426, ExpiryKind::Leaps),
        ] {
            assert_eq!(
                ExpiryKind::of(class, day(text), days),
                kind,
                "{class} {text}"
            );
        }
    }

    #[test]
    fn the_day_is_new_york_s() {
        // 2026-11-21 03:00 UTC is still the 20th there.
        assert_eq!(
            exchange_day(UnixMillis(1_795_230_000_000)),
            Some(day("20261120"))
        );
        assert_eq!(days_between(day("20261120"), day("20261218")), 28);
        assert_eq!(days_between(day("20261218"), day("20261120")), -28);
    }

    #[test]
    fn a_class_is_standard_under_its_own_name_with_a_hundred_units() {
        let class = |name: &str, units: i64| OptionClass {
            trading_class: name.into(),
            exchange: "SMART".into(),
            multiplier: units.into(),
            expiries: Vec::new(),
            strikes: Vec::new(),
        };
        assert!(class("AAPL", 100).is_standard("AAPL"));
        assert!(class("SPXW", 100).is_standard("SPX"));
        assert!(!class("AAPL1", 100).is_standard("AAPL"));
        assert!(!class("2AAPL", 100).is_standard("AAPL"));
        assert!(!class("AAPL", 150).is_standard("AAPL"));
        assert!(class("BRKB", 100).is_standard("BRK B"));
        assert!(!class("BRKB1", 100).is_standard("BRK B"));
    }

    #[test]
    fn a_number_after_the_name_tells_an_adjusted_class() {
        assert!(is_adjusted("AAPL1", "AAPL"));
        assert!(is_adjusted("BRKB2", "BRK B"));
        for (class, symbol) in [
            ("AAPL", "AAPL"),
            ("SPXW", "SPX"),
            ("2AAPL", "AAPL"),
            ("X1", "AAPL"),
        ] {
            assert!(!is_adjusted(class, symbol), "{class}");
        }
    }
}
