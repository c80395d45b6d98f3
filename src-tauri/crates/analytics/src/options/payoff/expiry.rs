//! The profit at expiry: straight lines between the strikes, known exactly.

use super::chance::Lines;
use crate::options::leg::{Leg, LegKind};
use gatehouse_domain::Decimal;
use gatehouse_domain::derivative::Right;
use rust_decimal::prelude::ToPrimitive;

/// The highest price of the underlying that is reckoned with.
const MOST: i64 = 1_000_000_000;

/// Why there is no exact payoff. The sentence says what is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoPayoff {
    /// There are no legs.
    #[error("There are no legs.")]
    NoLegs,
    /// The options end on several days: what the later ones are worth then is known to a model
    /// only.
    #[error("The options expire on different days.")]
    SeveralExpiries,
    /// The leg at this place has no entry price.
    #[error("The price of leg {} is not known.", .0 + 1)]
    NoEntry(usize),
}

/// The most or the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// No price of the underlying brings more (or less) than this.
    Limited(Decimal),
    /// It grows without end as the underlying rises.
    Unbounded,
}

/// Where the profit is zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Breakeven {
    /// At this price.
    At(Decimal),
    /// From one price to another, or upward without end.
    Between(Decimal, Option<Decimal>),
}

/// A price at which the line bends: its profit there and its slope above.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kink {
    /// The price of the underlying.
    pub price: Decimal,
    /// The profit at it, of all legs, multipliers included.
    pub profit: Decimal,
    /// What one unit more of the underlying's price adds above it.
    pub slope: Decimal,
}

/// The profit at expiry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AtExpiry {
    /// At zero and at every strike, rising; never empty.
    kinks: Vec<Kink>,
}

impl AtExpiry {
    /// The profit of these legs when the options end, all on one day. Stock is valued at the
    /// underlying's price then.
    ///
    /// # Errors
    /// When it is not known.
    pub fn of(legs: &[Leg]) -> Result<Self, NoPayoff> {
        if legs.is_empty() {
            return Err(NoPayoff::NoLegs);
        }
        let mut expiries = legs.iter().filter_map(|leg| Some(leg.option()?.expiry));
        let first = expiries.next();
        if expiries.any(|expiry| Some(expiry) != first) {
            return Err(NoPayoff::SeveralExpiries);
        }
        let mut paid = Decimal::ZERO;
        for (place, leg) in legs.iter().enumerate() {
            paid += leg.entry().ok_or(NoPayoff::NoEntry(place))? * leg.units();
        }
        let mut prices: Vec<Decimal> = legs
            .iter()
            .filter_map(|leg| Some(leg.option()?.strike))
            .chain([Decimal::ZERO])
            .collect();
        prices.sort();
        prices.dedup();
        let kinks = prices
            .into_iter()
            .map(|price| Kink {
                price,
                profit: legs.iter().map(|leg| worth(leg, price)).sum::<Decimal>() - paid,
                slope: legs.iter().map(|leg| slope_above(leg, price)).sum(),
            })
            .collect();
        Ok(Self { kinks })
    }

    /// The bends, at zero and at every strike.
    #[must_use]
    pub fn kinks(&self) -> &[Kink] {
        &self.kinks
    }

    /// The profit at a price of the underlying; `None` below zero and beyond what is reckoned
    /// with (a billion).
    #[must_use]
    pub fn at(&self, price: Decimal) -> Option<Decimal> {
        if price > Decimal::from(MOST) {
            return None;
        }
        let kink = self.kinks.iter().rev().find(|kink| kink.price <= price)?;
        Some(kink.profit + (price - kink.price) * kink.slope)
    }

    /// The most that can be made.
    #[must_use]
    pub fn best(&self) -> Bound {
        self.bound(self.last_slope() > Decimal::ZERO, Iterator::max)
    }

    /// The least: below zero, it is the most that can be lost.
    #[must_use]
    pub fn worst(&self) -> Bound {
        self.bound(self.last_slope() < Decimal::ZERO, Iterator::min)
    }

    fn bound(
        &self,
        unbounded: bool,
        pick: fn(std::vec::IntoIter<Decimal>) -> Option<Decimal>,
    ) -> Bound {
        let profits: Vec<Decimal> = self.kinks.iter().map(|kink| kink.profit).collect();
        match pick(profits.into_iter()) {
            Some(profit) if !unbounded => Bound::Limited(profit),
            _ => Bound::Unbounded,
        }
    }

    fn last_slope(&self) -> Decimal {
        self.kinks.last().map_or(Decimal::ZERO, |kink| kink.slope)
    }

    /// Where nothing is made or lost, from the lowest price up.
    #[must_use]
    pub fn breakevens(&self) -> Vec<Breakeven> {
        let mut found: Vec<Breakeven> = Vec::new();
        for (place, kink) in self.kinks.iter().enumerate() {
            let end = self.kinks.get(place + 1).map(|next| next.price);
            if kink.profit.is_zero() {
                if kink.slope.is_zero() {
                    let from = match found.last() {
                        Some(Breakeven::Between(from, Some(to))) if *to == kink.price => {
                            let from = *from;
                            found.pop();
                            from
                        }
                        _ => kink.price,
                    };
                    found.push(Breakeven::Between(from, end));
                } else if !ends_at(found.last(), kink.price) {
                    found.push(Breakeven::At(kink.price));
                }
            } else if !kink.slope.is_zero() {
                let at = kink.price - kink.profit / kink.slope;
                if at > kink.price && end.is_none_or(|end| at < end) {
                    found.push(Breakeven::At(at.normalize()));
                }
            }
        }
        found
    }

    /// The same for a model of chances, in `f64`. `None` when a figure does not fit into one.
    #[must_use]
    pub fn lines(&self) -> Option<Lines> {
        let points = self
            .kinks
            .iter()
            .map(|kink| Some((kink.price.to_f64()?, kink.profit.to_f64()?)))
            .collect::<Option<_>>()?;
        Lines::new(points, self.last_slope().to_f64()?)
    }

    /// A table of the profit at these prices, the strikes among them, without repetition: what
    /// a person reads who can't see the picture. Prices out of range are left out.
    #[must_use]
    pub fn table(&self, prices: impl IntoIterator<Item = Decimal>) -> Vec<(Decimal, Decimal)> {
        let strikes = self.kinks.iter().map(|kink| kink.price);
        let mut all: Vec<Decimal> = prices
            .into_iter()
            .chain(strikes.filter(|price| !price.is_zero()))
            .collect();
        all.sort();
        all.dedup();
        all.into_iter()
            .filter_map(|price| Some((price, self.at(price)?)))
            .collect()
    }
}

fn ends_at(last: Option<&Breakeven>, price: Decimal) -> bool {
    matches!(last, Some(Breakeven::Between(_, Some(to))) if *to == price)
}

fn worth(leg: &Leg, price: Decimal) -> Decimal {
    let each = match leg.kind() {
        LegKind::Stock => price,
        LegKind::Option(option) => match option.right {
            Right::Call => (price - option.strike).max(Decimal::ZERO),
            Right::Put => (option.strike - price).max(Decimal::ZERO),
        },
    };
    each * leg.units()
}

fn slope_above(leg: &Leg, price: Decimal) -> Decimal {
    let moves = match leg.kind() {
        LegKind::Stock => Decimal::ONE,
        LegKind::Option(option) => match option.right {
            Right::Call if price >= option.strike => Decimal::ONE,
            Right::Put if price < option.strike => Decimal::NEGATIVE_ONE,
            _ => Decimal::ZERO,
        },
    };
    moves * leg.units()
}

#[cfg(test)]
pub(in crate::options) mod tests;
