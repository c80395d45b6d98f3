//! Sensible strikes to begin with: by delta where it is known, else around the money.

use super::{Plan, strikes_around};
use gatehouse_domain::Decimal;
use gatehouse_domain::derivative::Right;

/// How far a delta may lie from the one that is looked for, in hundredths.
const CLOSE_ENOUGH: i64 = 10;

/// A strike with the deltas of its options, where they are known: the put's below zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rung {
    /// The strike.
    pub strike: Decimal,
    /// Of the call at it.
    pub call: Option<Decimal>,
    /// Of the put at it.
    pub put: Option<Decimal>,
}

/// Sensible strikes of a rising ladder: by delta where a plan is chosen so and the deltas are
/// known, else around the money, some two percent of the price apart. `None` when the ladder
/// ends before.
#[must_use]
pub fn sensible_strikes(
    plan: Plan,
    right: Right,
    ladder: &[Rung],
    price: Decimal,
) -> Option<Vec<Decimal>> {
    let strikes: Vec<Decimal> = ladder.iter().map(|rung| rung.strike).collect();
    let width = rungs_apart(&strikes, price);
    by_delta(plan, ladder, width)
        .or_else(|| strikes_around(plan, right, &strikes, price, width))
        .or_else(|| strikes_around(plan, right, &strikes, price, 1))
}

/// How many rungs make some two percent of the price, near it.
fn rungs_apart(strikes: &[Decimal], price: Decimal) -> usize {
    let wanted = price * Decimal::new(2, 2);
    let above = strikes.iter().filter(|strike| **strike >= price);
    let near = above.take_while(|strike| **strike - price < wanted);
    near.count().max(1)
}

fn by_delta(plan: Plan, ladder: &[Rung], width: usize) -> Option<Vec<Decimal>> {
    let near = |(right, hundredths): (Right, i64)| {
        let wanted = Decimal::new(hundredths, 2);
        let away = |rung: &Rung| {
            let delta = match right {
                Right::Call => rung.call,
                Right::Put => rung.put,
            };
            delta.map(|delta| (delta.abs() - wanted).abs())
        };
        let known = ladder.iter().enumerate();
        let known = known.filter_map(|(at, rung)| Some((at, away(rung)?)));
        let (at, away) = known.min_by_key(|(_, away)| *away)?;
        (away <= Decimal::new(CLOSE_ENOUGH, 2)).then_some(at)
    };
    let places: Vec<Option<usize>> = plan.deltas().iter().map(|aim| near((*aim)?)).collect();
    let last = places.len().checked_sub(1)?;
    let rungs = places.iter().enumerate().map(|(n, place)| match place {
        Some(at) => Some(*at),
        None if n == 0 => places.get(1)?.as_ref()?.checked_sub(width),
        None if n == last => places
            .get(last.checked_sub(1)?)?
            .as_ref()?
            .checked_add(width),
        None => None,
    });
    let rungs: Vec<usize> = rungs.collect::<Option<_>>()?;
    let rise = rungs.windows(2).all(|pair| pair[0] < pair[1]);
    let strikes = rungs.iter().map(|at| Some(ladder.get(*at)?.strike));
    strikes.collect::<Option<Vec<_>>>().filter(|_| rise)
}

#[cfg(test)]
mod tests {
    use super::Plan::{CashSecuredPut, Collar, CoveredCall, IronCondor, Vertical};
    use super::*;

    /// Rungs of five from 150 to 210 with deltas that fall by five hundredths a rung.
    fn rungs() -> Vec<Rung> {
        let rungs = (30..=42).map(|n| Decimal::from(n * 5)).zip(0..);
        rungs
            .map(|(strike, n)| {
                let call = Decimal::new(80 - 5 * n, 2);
                Rung {
                    strike,
                    call: Some(call),
                    put: Some(call - Decimal::ONE),
                }
            })
            .collect()
    }

    #[test]
    fn strikes_are_chosen_by_delta_where_it_is_known() {
        let at = |plan, ladder: &[Rung]| {
            let strikes = sensible_strikes(plan, Right::Call, ladder, Decimal::from(181))?;
            let texts: Vec<String> = strikes.iter().map(ToString::to_string).collect();
            Some(texts.join(" "))
        };
        let rungs = rungs();
        assert_eq!(at(CoveredCall, &rungs).as_deref(), Some("200"));
        assert_eq!(at(CashSecuredPut, &rungs).as_deref(), Some("160"));
        assert_eq!(at(Collar, &rungs).as_deref(), Some("155 205"));
        // Beyond 0.20 the ladder ends, so it is built around the money.
        assert_eq!(
            at(IronCondor, &rungs[1..]).as_deref(),
            Some("170 175 185 190")
        );
        let blind: Vec<Rung> = rungs
            .iter()
            .map(|rung| Rung {
                call: None,
                put: None,
                ..*rung
            })
            .collect();
        assert_eq!(at(CoveredCall, &blind).as_deref(), Some("185"));
        assert_eq!(at(Vertical, &rungs).as_deref(), Some("180 185"));
        assert_eq!(at(Vertical, &rungs[..1]), None);
    }

    #[test]
    fn strikes_that_lie_close_are_taken_further_apart() {
        let ladder: Vec<Rung> = (350..=370)
            .map(|half| Rung {
                strike: Decimal::new(half * 5, 1),
                call: None,
                put: None,
            })
            .collect();
        let strikes = sensible_strikes(Vertical, Right::Call, &ladder, Decimal::from(180));
        assert_eq!(strikes.unwrap(), [Decimal::from(180), Decimal::from(184)]);
    }
}
