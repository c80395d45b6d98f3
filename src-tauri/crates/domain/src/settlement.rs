//! When the options of a trading class are settled, and which day of the month is the monthly one.
//!
//! By name, for the classes of the American exchanges: nothing on the wire says it of a whole
//! class. Source: Cboe's product specifications. Deliberately not here: the hour of an early
//! close, and holidays other than those that fall on a third Friday.

use crate::contract::Contract;
use crate::derivative::Expiry;
use jiff::civil::{Date, Weekday};
use serde::Serialize;

/// When the price that an option is settled by is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum Settles {
    /// At the open of the day after its last day of trading.
    Morning,
    /// At the close of its last day of trading.
    Afternoon,
}

/// Classes of index options that are settled on the morning of a third Friday.
const MORNINGS: [&str; 4] = ["SPX", "NDX", "RUT", "DJX"];
/// Those on volatility, which end on Wednesdays.
const WEDNESDAY_MORNINGS: [&str; 2] = ["VIX", "VIXW"];

impl Settles {
    /// Of a trading class.
    #[must_use]
    pub fn of(class: &str) -> Self {
        match MORNINGS.contains(&class) || WEDNESDAY_MORNINGS.contains(&class) {
            true => Self::Morning,
            false => Self::Afternoon,
        }
    }
}

/// When an option is settled: those that are settled earlier come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SettledAt {
    day: Expiry,
    hour: Settles,
}

impl SettledAt {
    /// `None` for what has no expiry. An option whose class is not told counts as one of the plain
    /// class.
    #[must_use]
    pub fn of(contract: &Contract) -> Option<Self> {
        let last = contract.derivative?.expiry;
        let class = contract.option_class().unwrap_or(contract.symbol.as_str());
        Some(Self {
            day: settlement_day(class, last),
            hour: Settles::of(class),
        })
    }
}

/// The day on which options of this class are settled, given their last day of trading as the
/// broker tells it: of those that are settled in the morning, the day after it.
#[must_use]
pub fn settlement_day(class: &str, last: Expiry) -> Expiry {
    let day = last.date();
    let settled = if MORNINGS.contains(&class) {
        // Some tell the day of settlement itself.
        let monthly = monthly_day(day);
        let before = monthly.since(day).map_or(0, |span| span.get_days());
        match (1..=4).contains(&before) {
            true => monthly,
            false => day,
        }
    } else if WEDNESDAY_MORNINGS.contains(&class) && day.weekday() != Weekday::Wednesday {
        day.tomorrow().unwrap_or(day)
    } else {
        day
    };
    Expiry::new(settled.year(), settled.month(), settled.day()).unwrap_or(last)
}

/// The monthly expiry of the month in which this day lies: the third Friday, or the day before
/// where that is a holiday.
pub(crate) fn monthly_day(day: Date) -> Date {
    let friday = day.nth_weekday_of_month(3, Weekday::Friday).unwrap_or(day);
    // One that is a Saturday is kept on the Friday.
    let juneteenth = friday.month() == 6 && matches!(friday.day(), 18 | 19);
    match juneteenth || is_good_friday(friday) {
        true => friday.yesterday().unwrap_or(friday),
        false => friday,
    }
}

/// By the anonymous Gregorian computus: Easter Sunday less two days.
fn is_good_friday(day: Date) -> bool {
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
    Date::new(day.year(), month, of_month)
        .ok()
        .and_then(|easter| easter.yesterday().and_then(|d| d.yesterday()).ok())
        == Some(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Expiry {
        Expiry::from_wire(text).unwrap()
    }

    #[test]
    fn the_index_s_monthly_class_is_settled_on_the_morning_after_its_last_day() {
        for (class, last, settled) in [
            ("SPX", "20261217", "20261218"),
            // Told as the day of settlement.
            ("SPX", "20261218", "20261218"),
            // The third Friday is a holiday: Good Friday of 2022, Juneteenth of 2026.
            ("SPX", "20220413", "20220414"),
            ("SPX", "20260617", "20260618"),
            ("SPXW", "20261217", "20261217"),
            ("VIX", "20261215", "20261216"),
            ("AAPL", "20261218", "20261218"),
        ] {
            assert_eq!(
                settlement_day(class, day(last)),
                day(settled),
                "{class} {last}"
            );
        }
    }

    #[test]
    fn a_class_settles_in_the_morning_by_its_name() {
        for class in ["SPX", "NDX", "RUT", "VIX", "VIXW"] {
            assert_eq!(Settles::of(class), Settles::Morning, "{class}");
        }
        for class in ["SPXW", "NDXP", "XSP", "OEX", "AAPL"] {
            assert_eq!(Settles::of(class), Settles::Afternoon, "{class}");
        }
    }
}
