//! How far a price usually moves in a day, for a size that risks no more than is wanted.

use gatehouse_domain::Decimal;
use gatehouse_domain::bar::DayBar;

/// The days that the average is smoothed over, as its author had them.
pub const DAYS: u32 = 14;

/// The average true range after J. Welles Wilder (New Concepts in Technical Trading Systems, 1978):
/// the mean of the first [`DAYS`] true ranges, then each day's weighs one in [`DAYS`]. A day's true
/// range reaches from the close before it, where that lies outside of the day. `None` with fewer
/// days than that and one before them. Bars by rising day.
#[must_use]
pub fn average_true_range(bars: &[DayBar]) -> Option<Decimal> {
    let ranges: Vec<Decimal> = bars
        .windows(2)
        .filter_map(|pair| match pair {
            [before, day] => Some(day.high.max(before.close) - day.low.min(before.close)),
            _ => None,
        })
        .collect();
    let (first, rest) = ranges.split_at_checked(usize::try_from(DAYS).ok()?)?;
    let days = Decimal::from(DAYS);
    let mean = first.iter().sum::<Decimal>() / days;
    Some(rest.iter().fold(mean, |average, range| {
        ((average * (days - Decimal::ONE) + range) / days).round_dp(12)
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use gatehouse_domain::derivative::Expiry;
    use proptest::prelude::*;

    fn bar(high: i64, low: i64, close: i64) -> DayBar {
        DayBar {
            day: Expiry::new(2026, 11, 27).unwrap(),
            high: Decimal::from(high),
            low: Decimal::from(low),
            close: Decimal::from(close),
        }
    }

    #[test]
    fn a_gap_from_the_close_before_belongs_to_a_days_range() {
        let mut bars = vec![bar(102, 98, 100); 14];
        bars.push(bar(112, 110, 111));
        // Thirteen ranges of 4, and one from 100 to 112.
        let expected = (Decimal::from(13 * 4 + 12) / Decimal::from(14)).round_dp(12);
        assert_eq!(
            average_true_range(&bars).map(|a| a.round_dp(12)),
            Some(expected)
        );
    }

    #[test]
    fn with_too_few_days_there_is_none() {
        assert_eq!(average_true_range(&vec![bar(102, 98, 100); 14]), None);
        assert_eq!(average_true_range(&[]), None);
        assert_eq!(
            average_true_range(&vec![bar(102, 98, 100); 60]),
            Some(Decimal::from(4))
        );
    }

    proptest! {
        #[test]
        fn it_lies_between_the_smallest_and_the_largest_range(days in prop::collection::vec((1i64..1000, 0i64..50, 0i64..50), 15..80)) {
            let bars: Vec<DayBar> = days.iter().map(|(low, a, b)| bar(low + a + b, *low, low + a)).collect();
            let ranges: Vec<Decimal> = bars.windows(2).map(|p| p[1].high.max(p[0].close) - p[1].low.min(p[0].close)).collect();
            let average = average_true_range(&bars).unwrap();
            let slack = Decimal::new(1, 9);
            prop_assert!(average >= *ranges.iter().min().unwrap() - slack);
            prop_assert!(average <= *ranges.iter().max().unwrap() + slack);
        }
    }
}
