//! The prices of a picture, and where its line crosses zero.

use super::{Point, edge};
use crate::options::leg::Leg;
use crate::options::payoff::chance::Lognormal;
use crate::options::payoff::expiry::AtExpiry;
use gatehouse_domain::Decimal;
use std::collections::BTreeSet;

/// Steps from one edge to the other.
const STEPS: u32 = 80;

/// Every strike and breakeven, the spot, and even steps over three deviations and all strikes.
pub(super) fn prices(
    legs: &[Leg],
    exact: Option<&AtExpiry>,
    spot: Option<Decimal>,
    chances: Option<&Lognormal>,
) -> Vec<Decimal> {
    let strikes = legs.iter().filter_map(|leg| Some(leg.option()?.strike));
    let mut marks: Vec<Decimal> = strikes.chain(spot).collect();
    if let Some(exact) = exact {
        marks.extend(exact.breakevens().into_iter().map(edge));
    }
    let (Some(lowest), Some(highest)) = (marks.iter().min(), marks.iter().max()) else {
        return Vec::new();
    };
    let wide = chances.map(|c| c.band(3.0));
    let money = |value| super::decimal(value, 2);
    let low = wide.and_then(|(low, _)| money(low)).unwrap_or(*lowest);
    let high = wide.and_then(|(_, high)| money(high)).unwrap_or(*highest);
    let tenth = Decimal::new(1, 1);
    let (low, high) = (
        low.min(*lowest * (Decimal::ONE - tenth)),
        high.max(*highest * (Decimal::ONE + tenth)),
    );
    let step = (high - low) / Decimal::from(STEPS);
    let mut prices: BTreeSet<Decimal> = marks.into_iter().collect();
    prices.extend((0..=STEPS).map(|n| (low + step * Decimal::from(n)).round_dp(2)));
    prices.into_iter().filter(|p| *p > Decimal::ZERO).collect()
}

/// Where the line of the first expiry crosses zero between two points.
pub(super) fn crossings(points: &[Point]) -> Vec<Decimal> {
    let zero = Decimal::ZERO;
    points
        .windows(2)
        .filter_map(|pair| {
            let (one, two) = (pair[0].at_expiry?, pair[1].at_expiry?);
            if (one < zero) == (two < zero) {
                return None;
            }
            let along = one.checked_div(one - two)?;
            Some((pair[0].price + (pair[1].price - pair[0].price) * along).round_dp(2))
        })
        .collect()
}
