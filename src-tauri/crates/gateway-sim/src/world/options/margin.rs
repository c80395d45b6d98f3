//! Margin of the option positions on one underlying, by the standard strategy rules.
//!
//! Options lend nothing: a long one needs no margin because its premium was paid and its value does not
//! count as equity with loan; a short one needs what follows, and its premium is in the cash already.
//!
//! In this order, so that no unit is used twice:
//! 1. Shorts covered by the underlying need what they are in the money, which the stock's own rise pays.
//! 2. Verticals, calendars and diagonals whose long leg ends with or after the short one need the
//!    difference of the strikes when the long one is further out, otherwise nothing. A call spread and
//!    a put spread together (a condor) need the greater of the two.
//! 3. A naked call and a naked put together (a straddle or strangle) need the greater of the two and
//!    the other's value.
//! 4. A naked one needs its value and 20 % of the underlying (15 % of an index) less what it is out of
//!    the money, at least 10 % of the underlying (of the strike for a put).
//!
//! Where nothing may be borrowed a put without a long leg needs its whole strike in cash.

use rust_decimal::Decimal;

use super::instrument::Right;

/// One option position on the underlying.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in super::super) struct Leg {
    pub(in super::super) right: Right,
    pub(in super::super) strike: Decimal,
    /// When it ends, unix ms.
    pub(in super::super) ends_at: i64,
    /// Contracts, negative when short.
    pub(in super::super) quantity: Decimal,
    /// What one contract is marked at, times the multiplier.
    pub(in super::super) value: Decimal,
    pub(in super::super) multiplier: Decimal,
    pub(in super::super) european: bool,
}

/// What the positions need and what was found on the way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in super::super) struct Requirement {
    pub(in super::super) initial: Decimal,
    pub(in super::super) maintenance: Decimal,
    /// Short calls that nothing covers.
    pub(in super::super) naked_calls: Decimal,
    /// Short puts without a long leg or short stock.
    pub(in super::super) naked_puts: Decimal,
    /// Short options that need their long leg.
    pub(in super::super) spreads: Decimal,
    /// Those of them that could be assigned early.
    pub(in super::super) american_spreads: Decimal,
}

/// A group of short contracts with what each of them needs.
#[derive(Debug, Clone, Copy)]
struct Short {
    leg: Leg,
    count: Decimal,
    needs: Decimal,
}

/// The requirement at this price of the underlying, of which `shares` are held.
pub(in super::super) fn requirement(
    legs: &[Leg],
    underlying: Decimal,
    shares: Decimal,
    index: bool,
    cash_secured: bool,
) -> Requirement {
    let mut found = Requirement::default();
    let mut longs: Vec<(Leg, Decimal)> = legs
        .iter()
        .filter(|leg| leg.quantity > Decimal::ZERO)
        .map(|leg| (*leg, leg.quantity))
        .collect();
    let mut spreads: [Vec<Short>; 2] = [Vec::new(), Vec::new()];
    let mut naked: [Vec<Short>; 2] = [Vec::new(), Vec::new()];
    for (side, right) in [Right::Call, Right::Put].into_iter().enumerate() {
        let mut shorts: Vec<Leg> = legs
            .iter()
            .filter(|leg| leg.right == right && leg.quantity < Decimal::ZERO)
            .copied()
            .collect();
        // The dearest first: cover is used where it saves most.
        shorts.sort_by_key(|leg| (std::cmp::Reverse(leg.value), leg.strike, leg.ends_at));
        let mut cover = match right {
            Right::Call => shares.max(Decimal::ZERO),
            Right::Put => (-shares).max(Decimal::ZERO),
        };
        for leg in shorts {
            let mut left = -leg.quantity;
            let covered = (cover
                .checked_div(leg.multiplier)
                .unwrap_or_default()
                .floor())
            .min(left);
            if covered > Decimal::ZERO {
                cover -= covered * leg.multiplier;
                left -= covered;
                let inside = in_the_money(&leg, underlying) * leg.multiplier * covered;
                if !cash_secured {
                    let stock = underlying * leg.multiplier * covered;
                    // No more than what the stock's own margin leaves of it.
                    found.initial += inside.min(stock * Decimal::new(5, 1));
                    found.maintenance += inside.min(stock * Decimal::new(75, 2));
                }
            }
            let alone = alone(&leg, underlying, index, cash_secured);
            while left > Decimal::ZERO {
                let Some((at, needs)) = best_long(&longs, &leg, alone) else {
                    break;
                };
                let Some((_, free)) = longs.get_mut(at) else {
                    break;
                };
                let count = left.min(*free);
                *free -= count;
                left -= count;
                found.spreads += count;
                if !leg.european {
                    found.american_spreads += count;
                }
                if let Some(list) = spreads.get_mut(side) {
                    list.push(Short { leg, count, needs });
                }
            }
            if left > Decimal::ZERO {
                match right {
                    Right::Call => found.naked_calls += left,
                    Right::Put => found.naked_puts += left,
                }
                if let Some(list) = naked.get_mut(side) {
                    list.push(Short {
                        leg,
                        count: left,
                        needs: alone,
                    });
                }
            }
        }
    }
    let [call_spreads, put_spreads] = spreads;
    let [calls, puts] = naked;
    let paired = |one: &Short, other: &Short| one.leg.ends_at == other.leg.ends_at;
    let condors = together(call_spreads, put_spreads, paired, |one, other| {
        one.needs.max(other.needs)
    });
    let strangles = if cash_secured {
        together(calls, puts, |_, _| false, |_, _| Decimal::ZERO)
    } else {
        together(
            calls,
            puts,
            |_, _| true,
            |one, other| {
                if one.needs >= other.needs {
                    one.needs + other.leg.value
                } else {
                    other.needs + one.leg.value
                }
            },
        )
    };
    found.initial += condors + strangles;
    found.maintenance += condors + strangles;
    found
}

fn in_the_money(leg: &Leg, underlying: Decimal) -> Decimal {
    match leg.right {
        Right::Call => underlying - leg.strike,
        Right::Put => leg.strike - underlying,
    }
    .max(Decimal::ZERO)
}

/// What one short contract needs by itself.
fn alone(leg: &Leg, underlying: Decimal, index: bool, cash_secured: bool) -> Decimal {
    if cash_secured && leg.right == Right::Put {
        return leg.strike * leg.multiplier;
    }
    let (rate, out, floor) = match leg.right {
        Right::Call => (index, leg.strike - underlying, underlying),
        Right::Put => (index, underlying - leg.strike, leg.strike),
    };
    let share = if rate {
        Decimal::new(15, 2)
    } else {
        Decimal::new(20, 2)
    };
    let risk = (underlying * share - out.max(Decimal::ZERO)).max(floor * Decimal::new(10, 2));
    leg.value + risk * leg.multiplier
}

/// The long leg that saves most, and what the spread needs with it.
fn best_long(longs: &[(Leg, Decimal)], short: &Leg, alone: Decimal) -> Option<(usize, Decimal)> {
    longs
        .iter()
        .enumerate()
        .filter(|(_, (long, free))| {
            long.right == short.right
                && *free > Decimal::ZERO
                && long.ends_at >= short.ends_at
                && long.multiplier == short.multiplier
        })
        .map(|(at, (long, _))| {
            let width = match short.right {
                Right::Call => long.strike - short.strike,
                Right::Put => short.strike - long.strike,
            };
            (at, width.max(Decimal::ZERO) * short.multiplier, width)
        })
        .filter(|(_, needs, _)| *needs < alone)
        // Of those that need nothing the one nearest to the short leg, so that better ones are left.
        .min_by(|one, other| one.1.cmp(&other.1).then(other.2.cmp(&one.2)))
        .map(|(at, needs, _)| (at, needs))
}

/// Sums both lists, pairs of one of each at what the pair needs.
fn together(
    calls: Vec<Short>,
    mut puts: Vec<Short>,
    fits: impl Fn(&Short, &Short) -> bool,
    pair: impl Fn(&Short, &Short) -> Decimal,
) -> Decimal {
    let mut sum = Decimal::ZERO;
    for mut call in calls {
        for put in &mut puts {
            let count = call.count.min(put.count);
            if count > Decimal::ZERO && fits(&call, put) {
                sum += pair(&call, put) * count;
                call.count -= count;
                put.count -= count;
            }
        }
        sum += call.needs * call.count;
    }
    sum + puts
        .iter()
        .map(|put| put.needs * put.count)
        .sum::<Decimal>()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leg(right: Right, strike: i64, quantity: i64, value: i64) -> Leg {
        Leg {
            right,
            strike: Decimal::from(strike),
            ends_at: 1,
            quantity: Decimal::from(quantity),
            value: Decimal::from(value),
            multiplier: Decimal::ONE_HUNDRED,
            european: false,
        }
    }

    fn needs(legs: &[Leg], shares: i64) -> i64 {
        let found = requirement(
            legs,
            Decimal::from(100),
            Decimal::from(shares),
            false,
            false,
        );
        assert!(found.maintenance >= found.initial);
        i64::try_from(found.initial).expect("whole")
    }

    #[test]
    fn each_strategy_needs_what_the_rules_say() {
        let (call, put) = (Right::Call, Right::Put);
        assert_eq!(needs(&[leg(call, 100, 3, 250)], 0), 0, "long premium");
        assert_eq!(
            needs(&[leg(call, 110, -1, 100)], 0),
            100 + 1_000,
            "20 % less 10 out, at least 10 %"
        );
        assert_eq!(
            needs(&[leg(call, 100, -2, 300)], 0),
            2 * (300 + 2_000),
            "naked calls"
        );
        assert_eq!(
            needs(&[leg(put, 70, -1, 20)], 0),
            20 + 700,
            "at least 10 % of the strike"
        );
        assert_eq!(needs(&[leg(call, 105, -1, 100)], 100), 0, "covered call");
        assert_eq!(
            needs(&[leg(call, 95, -1, 700)], 100),
            500,
            "covered, 5 in the money"
        );
        assert_eq!(needs(&[leg(put, 95, -1, 100)], -100), 0, "covered put");
        assert_eq!(
            needs(&[leg(call, 100, -1, 300), leg(call, 110, 1, 80)], 0),
            1_000,
            "credit vertical"
        );
        assert_eq!(
            needs(&[leg(call, 100, 1, 300), leg(call, 110, -1, 80)], 0),
            0,
            "debit vertical"
        );
        let condor = [
            leg(call, 110, -1, 80),
            leg(call, 115, 1, 40),
            leg(put, 90, -1, 80),
            leg(put, 80, 1, 20),
        ];
        assert_eq!(needs(&condor, 0), 1_000, "the greater side of a condor");
        assert_eq!(
            needs(&[leg(call, 100, -1, 300), leg(put, 100, -1, 280)], 0),
            2_300 + 280,
            "straddle"
        );
        let mut early = leg(call, 110, 1, 80);
        early.ends_at = 0;
        assert_eq!(
            needs(&[leg(call, 100, -1, 300), early], 0),
            2_300,
            "a long leg that ends first covers nothing"
        );
    }

    #[test]
    fn without_borrowing_a_put_needs_its_strike() {
        let found = requirement(
            &[leg(Right::Put, 90, -1, 80)],
            Decimal::from(100),
            Decimal::ZERO,
            false,
            true,
        );
        assert_eq!(found.initial, Decimal::from(9_000));
        assert_eq!(
            (found.naked_calls, found.naked_puts),
            (Decimal::ZERO, Decimal::ONE)
        );
        let spread = [leg(Right::Put, 90, -1, 80), leg(Right::Put, 85, 1, 40)];
        let found = requirement(&spread, Decimal::from(100), Decimal::ZERO, false, true);
        assert_eq!(
            (found.initial, found.american_spreads),
            (Decimal::from(500), Decimal::ONE)
        );
    }
}
