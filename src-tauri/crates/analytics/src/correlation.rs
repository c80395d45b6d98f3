//! How closely two prices move together: Pearson's coefficient of their daily returns. Binary
//! floats, as in every statistic; no money comes of it.

use gatehouse_domain::Decimal;
use gatehouse_domain::bar::DayBar;
use gatehouse_domain::derivative::Expiry;
use rust_decimal::prelude::{FromPrimitive as _, ToPrimitive as _};
use std::collections::BTreeMap;

/// The most returns that are compared, the newest ones.
pub const DAYS: usize = 120;
/// With fewer nothing is said.
pub const LEAST_DAYS: usize = 30;

/// What two prices' days have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Correlation {
    /// From −1 to 1, two places; `None` with fewer than [`LEAST_DAYS`] returns, or when one of
    /// the prices did not move.
    pub coefficient: Option<Decimal>,
    /// So many returns were compared, or would have been.
    pub days: usize,
    /// The last day that both traded on.
    pub newest: Option<Expiry>,
}

/// Returns reach from one day that both traded on to the next such day, so that a holiday of one
/// exchange is no day without a move. A day under way should not be among the bars.
#[must_use]
pub fn correlation(one: &[DayBar], other: &[DayBar]) -> Correlation {
    let closes: BTreeMap<Expiry, Decimal> = other.iter().map(|bar| (bar.day, bar.close)).collect();
    let common: Vec<(f64, f64)> = one
        .iter()
        .filter_map(|bar| {
            let other = closes.get(&bar.day)?.to_f64()?;
            Some((bar.close.to_f64()?, other))
        })
        .collect();
    let returns: Vec<(f64, f64)> = common
        .windows(2)
        .filter_map(|pair| match pair {
            [before, day] => Some((day.0 / before.0 - 1.0, day.1 / before.1 - 1.0)),
            _ => None,
        })
        .collect();
    let newest = &returns[returns.len().saturating_sub(DAYS)..];
    Correlation {
        coefficient: (newest.len() >= LEAST_DAYS)
            .then(|| coefficient(newest))
            .flatten(),
        days: newest.len(),
        newest: one
            .iter()
            .rfind(|bar| closes.contains_key(&bar.day))
            .map(|bar| bar.day),
    }
}

fn coefficient(pairs: &[(f64, f64)]) -> Option<Decimal> {
    let count = u32::try_from(pairs.len()).ok().map(f64::from)?;
    let (sum_a, sum_b) = pairs
        .iter()
        .fold((0.0, 0.0), |(a, b), pair| (a + pair.0, b + pair.1));
    let (mean_a, mean_b) = (sum_a / count, sum_b / count);
    let (mut both, mut square_a, mut square_b) = (0.0, 0.0, 0.0);
    for (a, b) in pairs {
        both += (a - mean_a) * (b - mean_b);
        square_a += (a - mean_a).powi(2);
        square_b += (b - mean_b).powi(2);
    }
    let scale = (square_a * square_b).sqrt();
    // Where a price stands still there is nothing to go with, however the last bits fell.
    let told = (scale > 1e-18).then(|| (both / scale).clamp(-1.0, 1.0))?;
    Decimal::from_f64(told).map(|told| told.round_dp(2).normalize())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn bars(closes: &[i64]) -> Vec<DayBar> {
        let first = jiff::civil::date(2026, 1, 5);
        (0..)
            .zip(closes)
            .map(|(n, close)| {
                let day = first + jiff::Span::new().days(n);
                let close = Decimal::new(*close, 2);
                DayBar {
                    day: Expiry::new(day.year(), day.month(), day.day()).unwrap(),
                    high: close,
                    low: close,
                    close,
                }
            })
            .collect()
    }

    /// A price that goes up and down by a percent or two, by a seed.
    fn walk(days: usize, seed: i64) -> Vec<i64> {
        let mut price = 10_000;
        (0..i64::try_from(days).unwrap())
            .map(|n| {
                price += (n * n * seed + 7 * n + seed) % 401 - 200;
                price
            })
            .collect()
    }

    #[test]
    fn a_price_goes_with_itself_and_against_its_reverse() {
        let one = walk(100, 31);
        assert_eq!(
            correlation(&bars(&one), &bars(&one)).coefficient,
            Some(Decimal::ONE)
        );
        // Each return turned, from the same first price.
        let mut turned = vec![10_000_f64];
        for pair in one.windows(2) {
            let [a, b] = [pair[0], pair[1]].map(|p| f64::from(i32::try_from(p).unwrap()));
            let last = *turned.last().unwrap();
            turned.push(last * (2.0 - b / a));
        }
        #[expect(clippy::cast_possible_truncation, reason = "prices of a test")]
        let turned: Vec<i64> = turned.iter().map(|p| p.round() as i64).collect();
        let against = correlation(&bars(&one), &bars(&turned))
            .coefficient
            .unwrap();
        assert_eq!(against, Decimal::NEGATIVE_ONE);
    }

    /// The closes' returns are +10 %, 0, −10 %, 0 … against +10 %, −10 % …: by hand 0.7071.
    #[test]
    fn it_is_pearsons_coefficient_of_the_returns() {
        let follow = |steps: [f64; 4]| -> Vec<DayBar> {
            let mut price = 1e9;
            let closes: Vec<i64> = (0..41)
                .map(|n| {
                    if n > 0 {
                        price *= 1.0 + steps[(n - 1) % 4];
                    }
                    #[expect(clippy::cast_possible_truncation, reason = "prices of a test")]
                    let close = price as i64;
                    close
                })
                .collect();
            bars(&closes)
        };
        let slow = follow([0.1, 0.0, -0.1, 0.0]);
        let quick = follow([0.1, 0.1, -0.1, -0.1]);
        assert_eq!(
            correlation(&slow, &quick).coefficient,
            Some(Decimal::new(71, 2))
        );
    }

    #[test]
    fn a_day_that_only_one_of_them_traded_on_is_passed_over() {
        let both = walk(80, 17);
        let mut other = bars(&both);
        other.retain(|bar| bar.day.date().day() % 5 != 0);
        let told = correlation(&bars(&both), &other);
        assert_eq!(told.coefficient, Some(Decimal::ONE));
        assert_eq!(told.days, other.len() - 1);
        assert_eq!(told.newest, other.last().map(|bar| bar.day));
    }

    #[test]
    fn too_few_days_or_a_price_that_stands_still_say_nothing() {
        let few = bars(&walk(LEAST_DAYS, 17));
        let told = correlation(&few, &few);
        assert_eq!((told.coefficient, told.days), (None, LEAST_DAYS - 1));
        let still = bars(&[10_000; 60]);
        assert_eq!(correlation(&still, &bars(&walk(60, 17))).coefficient, None);
        assert_eq!(correlation(&[], &still).days, 0);
    }

    #[test]
    fn the_newest_days_count() {
        let mut one = walk(DAYS + 80, 17);
        let other = one.clone();
        for close in &mut one[..79] {
            *close = 9_000 + *close % 13 * 100;
        }
        let told = correlation(&bars(&one), &bars(&other));
        assert_eq!((told.coefficient, told.days), (Some(Decimal::ONE), DAYS));
    }

    proptest! {
        #[test]
        fn it_is_the_same_both_ways_and_between_one_and_minus_one(seeds in (1i64..500, 1i64..500), days in 40usize..200) {
            let (one, other) = (bars(&walk(days, seeds.0)), bars(&walk(days, seeds.1)));
            let (there, back) = (correlation(&one, &other), correlation(&other, &one));
            prop_assert_eq!(there, back);
            if let Some(told) = there.coefficient {
                prop_assert!(told.abs() <= Decimal::ONE);
            }
        }
    }
}
