//! What positions and options come to: sums over accounts, in [`options`] pricing, payoffs and
//! strategies, in [`sizing`] and [`correlation`] what a size is reckoned from, in [`rebalance`] the orders that bring wanted weights about.
//!
//! Pure functions of domain values. A sum with an unknown part is unknown: a wrong number is
//! worse than no number. Deliberately not here: margin.

pub mod correlation;
pub mod options;
pub mod rebalance;
pub mod sizing;

use gatehouse_domain::Decimal;
use gatehouse_domain::observed::{Observed, Source};

/// One part of a sum: a figure times the exchange rate into the sum's currency, if it needs one.
pub type Part = Option<Observed<Decimal>>;

/// Adds figures up. The sum is as old as its oldest part, comes from the parts' source when
/// they agree and is `Model` when they do not, and is unknown when any part is, when there
/// are none, or when it is too large to be reckoned.
#[must_use]
pub fn sum(parts: impl IntoIterator<Item = Part>) -> Part {
    parts.into_iter().try_fold(None, |so_far: Part, part| {
        let part = part?;
        Some(Some(match so_far {
            None => part,
            Some(sum) => Observed {
                value: sum.value.checked_add(part.value)?,
                at: sum.at.min(part.at),
                source: if sum.source == part.source {
                    sum.source
                } else {
                    Source::Model
                },
            },
        }))
    })?
}

/// What is merged over accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lot {
    /// How many; negative when short.
    pub quantity: Decimal,
    /// What one cost on average.
    pub average_cost: Option<Decimal>,
}

/// The average cost over several lots, weighted by quantity. `None` when a cost is missing,
/// when long and short are mixed (an average of both says nothing), when nothing is held, or
/// when it is too large to be reckoned.
#[must_use]
pub fn average_cost(lots: &[Lot]) -> Option<Decimal> {
    let held: Vec<&Lot> = lots.iter().filter(|lot| !lot.quantity.is_zero()).collect();
    let first = held.first()?;
    let short = first.quantity.is_sign_negative();
    if held
        .iter()
        .any(|lot| lot.quantity.is_sign_negative() != short)
    {
        return None;
    }
    let mut paid = Decimal::ZERO;
    let mut quantity = Decimal::ZERO;
    for lot in held {
        paid = paid.checked_add(lot.average_cost?.checked_mul(lot.quantity)?)?;
        quantity = quantity.checked_add(lot.quantity)?;
    }
    paid.checked_div(quantity)
}

#[cfg(test)]
mod tests {
    use super::*;
    use gatehouse_domain::instant::UnixMillis;
    use proptest::prelude::*;

    fn seen(value: i64, at: i64) -> Part {
        Some(Observed::live(Decimal::from(value), UnixMillis(at)))
    }

    fn lot(quantity: i64, cost: Option<i64>) -> Lot {
        Lot {
            quantity: Decimal::from(quantity),
            average_cost: cost.map(Decimal::from),
        }
    }

    #[test]
    fn a_sum_is_as_old_as_its_oldest_part() {
        let sum = sum([seen(1, 30), seen(2, 10), seen(3, 20)]).unwrap();
        assert_eq!((sum.value, sum.at), (Decimal::from(6), UnixMillis(10)));
    }

    #[test]
    fn a_sum_with_an_unknown_part_is_unknown() {
        assert_eq!(sum([seen(1, 1), None, seen(3, 1)]), None);
        assert_eq!(sum([]), None);
    }

    #[test]
    fn long_and_short_together_have_no_average_cost() {
        assert_eq!(average_cost(&[lot(10, Some(5)), lot(-4, Some(6))]), None);
        assert_eq!(average_cost(&[lot(10, Some(5)), lot(5, None)]), None);
        assert_eq!(
            average_cost(&[lot(10, Some(5)), lot(30, Some(9))]),
            Some(Decimal::from(8))
        );
    }

    proptest! {
        #[test]
        fn the_average_cost_lies_between_the_lots(costs in prop::collection::vec((1i64..1000, 1i64..1000), 1..8)) {
            let lots: Vec<Lot> = costs.iter().map(|(q, c)| lot(*q, Some(*c))).collect();
            let average = average_cost(&lots).unwrap();
            let least = costs.iter().map(|(_, c)| *c).min().unwrap();
            let most = costs.iter().map(|(_, c)| *c).max().unwrap();
            let slack = Decimal::new(1, 9);
            prop_assert!(average >= Decimal::from(least) - slack);
            prop_assert!(average <= Decimal::from(most) + slack);
        }
    }
}
