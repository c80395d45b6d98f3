//! Option chains: what options an underlying has, by trading class and expiry.

use crate::decimal::Price;
use crate::derivative::Expiry;
use crate::instant::UnixMillis;
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
        let rest = self.trading_class.strip_prefix(symbol);
        self.multiplier == Decimal::ONE_HUNDRED
            && rest.is_some_and(|rest| rest.chars().all(|c| c.is_ascii_alphabetic()))
    }
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
    /// The third Friday, or the Thursday before when that is a holiday.
    Monthly,
    /// The last day of trading of March, June, September or December.
    Quarterly,
    /// A monthly one of January, more than nine months off.
    Leaps,
}

impl ExpiryKind {
    /// Of this expiry, so many days off.
    #[must_use]
    pub fn of(expiry: Expiry, days: i32) -> Self {
        let day = expiry.date();
        let third_friday = (15..=21).contains(&day.day()) && day.weekday() == Weekday::Friday;
        // Good Friday falls on a third Friday in some years.
        let good_thursday = (14..=20).contains(&day.day())
            && day.weekday() == Weekday::Thursday
            && matches!(day.month(), 3 | 4)
            && day.tomorrow().is_ok_and(is_good_friday);
        if third_friday || good_thursday {
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

/// By the anonymous Gregorian computus: Easter Sunday less two days.
fn is_good_friday(day: jiff::civil::Date) -> bool {
    let year = i32::from(day.year());
    let a = year % 19;
    let (b, c) = (year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let f = (b + 8) / 25;
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let month = (h + l - 7 * m + 114) / 31;
    let of_month = (h + l - 7 * m + 114) % 31 + 1;
    let (Ok(month), Ok(of_month)) = (i8::try_from(month), i8::try_from(of_month)) else {
        return false;
    };
    jiff::civil::Date::new(day.year(), month, of_month)
        .ok()
        .and_then(|easter| easter.yesterday().and_then(|d| d.yesterday()).ok())
        == Some(day)
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
        for (text, days, kind) in [
            ("20261218", 27, ExpiryKind::Monthly),
            ("20261127", 6, ExpiryKind::Weekly),
            ("20261231", 40, ExpiryKind::Quarterly),
            ("20270115", 55, ExpiryKind::Monthly),
            ("20280121", 426, ExpiryKind::Leaps),
            // Good Friday of 2028 is 14 April, of 2022 it was the 15th, a third Friday.
            ("20220414", 10, ExpiryKind::Monthly),
            ("20260416", 10, ExpiryKind::Weekly),
            // 30 June 2029 is a Saturday.
            ("20290629", 900, ExpiryKind::Quarterly),
        ] {
            assert_eq!(ExpiryKind::of(day(text), days), kind, "{text}");
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
    }
}
