//! Where today's implied volatility stands among that of the days before.
//!
//! The rank says how far it is on the way from the lowest to the highest of them, the percentile
//! how many of them were below it. Deliberately not here: how the volatility was come by.

use gatehouse_domain::Decimal;

/// Fewer days than these say nothing about what is usual: a quarter's trading.
pub const LEAST_DAYS: usize = 60;

/// Where a volatility stands among others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The lowest of the days, or today's.
    pub low: Decimal,
    /// The highest of the days, or today's.
    pub high: Decimal,
    /// As a share, from the lowest at 0 to the highest at 1; `None` when it never moved.
    pub rank: Option<Decimal>,
    /// The share of days on which it was below today's; `None` when it never moved.
    pub percentile: Option<Decimal>,
    /// How many days that is reckoned from.
    pub days: usize,
}

/// Of `now` among the days before. `None` when they are fewer than [`LEAST_DAYS`].
#[must_use]
pub fn standing(days: &[Decimal], now: Decimal) -> Option<Standing> {
    if days.len() < LEAST_DAYS {
        return None;
    }
    let low = days.iter().copied().min()?.min(now);
    let high = days.iter().copied().max()?.max(now);
    let below = days.iter().filter(|day| **day < now).count();
    Some(Standing {
        low,
        high,
        rank: (now - low).checked_div(high - low).map(|r| r.round_dp(4)),
        percentile: Decimal::from(below)
            .checked_div(Decimal::from(days.len()))
            .map(|share| share.round_dp(4))
            .filter(|_| low < high),
        days: days.len(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn percent(points: &[u32]) -> Vec<Decimal> {
        points
            .iter()
            .map(|p| Decimal::new(i64::from(*p), 2))
            .collect()
    }

    #[test]
    fn it_stands_between_the_lowest_and_the_highest() {
        let days: Vec<u32> = (0..100).map(|n| 20 + n % 20).collect();
        let standing = standing(&percent(&days), Decimal::new(25, 2)).unwrap();
        assert_eq!(
            (standing.low, standing.high),
            (Decimal::new(20, 2), Decimal::new(39, 2))
        );
        assert_eq!(standing.rank, Some(Decimal::new(2632, 4)));
        assert_eq!(standing.percentile, Some(Decimal::new(25, 2)));
        assert_eq!(standing.days, 100);
    }

    #[test]
    fn a_new_high_is_the_top() {
        let standing = standing(&percent(&[20; 60]), Decimal::new(30, 2)).unwrap();
        assert_eq!(
            (standing.rank, standing.percentile),
            (Some(Decimal::ONE), Some(Decimal::ONE))
        );
    }

    #[test]
    fn what_never_moved_has_no_standing_and_few_days_say_nothing() {
        let still = standing(&percent(&[20; 60]), Decimal::new(20, 2)).unwrap();
        assert_eq!((still.rank, still.percentile), (None, None));
        assert_eq!(standing(&percent(&[20; 59]), Decimal::new(20, 2)), None);
    }

    proptest! {
        #[test]
        fn rank_and_percentile_are_shares(days in prop::collection::vec(1u32..300, 60..300), now in 1u32..300) {
            let standing = standing(&percent(&days), Decimal::new(i64::from(now), 2)).unwrap();
            let share = Decimal::ZERO..=Decimal::ONE;
            prop_assert!(standing.rank.is_none_or(|rank| share.contains(&rank)));
            prop_assert!(standing.percentile.is_none_or(|below| share.contains(&below)));
        }
    }
}
