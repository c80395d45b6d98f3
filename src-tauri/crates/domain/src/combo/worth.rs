//! What legs are worth at their end.

use crate::contract::{Contract, SecurityKind};
use crate::derivative::Right;
use rust_decimal::Decimal;

/// What a leg is, as far as its worth at its end goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndKind {
    /// An option.
    Option {
        /// Call or put.
        right: Right,
        /// Its strike.
        strike: Decimal,
    },
    /// The underlying itself.
    Stock,
}

/// One leg at its end: what it is worth at a price of the underlying.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EndLeg {
    /// Of how many units of the underlying; below zero when it is sold.
    pub amount: Decimal,
    /// What it is.
    pub kind: EndKind,
}

impl EndLeg {
    /// An amount of a contract, in units of the underlying; `None` when it is neither a stock
    /// nor an option whose terms are known, as those of an adjusted one are not.
    #[must_use]
    pub fn of(contract: &Contract, amount: Decimal) -> Option<Self> {
        let kind = match contract.kind {
            SecurityKind::Stock => EndKind::Stock,
            SecurityKind::Option if !contract.is_adjusted() => {
                let option = contract.derivative?.option?;
                EndKind::Option {
                    right: option.right,
                    strike: option.strike.get(),
                }
            }
            _ => return None,
        };
        Some(Self { amount, kind })
    }

    fn worth(&self, underlying: Decimal) -> Decimal {
        let each = match self.kind {
            EndKind::Stock => underlying,
            EndKind::Option { right, strike } => match right {
                Right::Call => underlying - strike,
                Right::Put => strike - underlying,
            }
            .max(Decimal::ZERO),
        };
        each * self.amount
    }
}

/// The worst that the legs can be worth at their end, whatever the underlying's price, which
/// may be nothing; `None` when there is no bound. A leg that ends later than the rest is worth
/// at least this much.
#[must_use]
pub fn worst_worth(legs: &[EndLeg]) -> Option<Decimal> {
    let slope: Decimal = legs
        .iter()
        .filter(|leg| match leg.kind {
            EndKind::Stock => true,
            EndKind::Option { right, .. } => right == Right::Call,
        })
        .map(|leg| leg.amount)
        .sum();
    if slope < Decimal::ZERO {
        return None;
    }
    // The worth is made of straight lines between the strikes.
    legs.iter()
        .filter_map(|leg| match leg.kind {
            EndKind::Option { strike, .. } => Some(strike),
            EndKind::Stock => None,
        })
        .chain([Decimal::ZERO])
        .map(|at| legs.iter().map(|leg| leg.worth(at)).sum())
        .min()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::Side;
    use proptest::prelude::*;

    fn stock(side: Side) -> EndLeg {
        EndLeg {
            amount: side.sign(),
            kind: EndKind::Stock,
        }
    }

    fn leg(side: Side, ratio: i64, right: Right, strike: i64) -> EndLeg {
        EndLeg {
            amount: side.sign() * Decimal::from(ratio),
            kind: EndKind::Option {
                right,
                strike: strike.into(),
            },
        }
    }

    #[test]
    fn the_worst_of_known_strategies_is_known() {
        use Right::{Call, Put};
        use Side::{Buy, Sell};
        let bull_call = [leg(Buy, 1, Call, 180), leg(Sell, 1, Call, 190)];
        assert_eq!(worst_worth(&bull_call), Some(Decimal::ZERO));
        let bear_call = [leg(Sell, 1, Call, 180), leg(Buy, 1, Call, 190)];
        assert_eq!(worst_worth(&bear_call), Some((-10).into()));
        let condor = [
            leg(Buy, 1, Put, 160),
            leg(Sell, 1, Put, 170),
            leg(Sell, 1, Call, 190),
            leg(Buy, 1, Call, 205),
        ];
        assert_eq!(worst_worth(&condor), Some((-15).into()));
        let naked = [leg(Sell, 1, Call, 180), leg(Sell, 1, Put, 180)];
        assert_eq!(worst_worth(&naked), None);
        let short_put = [leg(Sell, 1, Put, 180), leg(Buy, 1, Call, 200)];
        assert_eq!(worst_worth(&short_put), Some((-180).into()));
    }

    #[test]
    fn stock_may_fall_to_nothing_and_covers_a_call() {
        use Right::{Call, Put};
        use Side::{Buy, Sell};
        let covered_call = [stock(Buy), leg(Sell, 1, Call, 190)];
        assert_eq!(worst_worth(&covered_call), Some(Decimal::ZERO));
        let protective_put = [stock(Buy), leg(Buy, 1, Put, 170)];
        assert_eq!(worst_worth(&protective_put), Some(170.into()));
        let collar = [stock(Buy), leg(Buy, 1, Put, 170), leg(Sell, 1, Call, 190)];
        assert_eq!(worst_worth(&collar), Some(170.into()));
        assert_eq!(worst_worth(&[stock(Sell), leg(Sell, 1, Put, 170)]), None);
        let protected_short = [stock(Sell), leg(Buy, 1, Call, 190)];
        assert_eq!(worst_worth(&protected_short), Some((-190).into()));
        // One call too many.
        assert_eq!(worst_worth(&[stock(Buy), leg(Sell, 2, Call, 190)]), None);
    }

    proptest! {
        /// The bound is never better than what a dense scan finds.
        #[test]
        fn no_price_is_worse_than_the_worst(
            legs in prop::collection::vec(
                (any::<bool>(), 1i64..4, any::<bool>(), 1i64..60), 1..8),
            shares in -2i64..3,
            price in 0i64..2000,
        ) {
            let mut legs: Vec<EndLeg> = legs.into_iter().map(|(buy, ratio, call, strike)| leg(
                if buy { Side::Buy } else { Side::Sell }, ratio,
                if call { Right::Call } else { Right::Put }, strike * 5,
            )).collect();
            legs.push(EndLeg { amount: shares.into(), kind: EndKind::Stock });
            let at = Decimal::new(price, 0);
            let worth: Decimal = legs.iter().map(|leg| leg.worth(at)).sum();
            if let Some(worst) = worst_worth(&legs) {
                prop_assert!(worth >= worst);
            }
        }
    }
}
