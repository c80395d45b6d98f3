//! What a price and a volatility say of an underlying until its options end: how far it moves,
//! within which bands, and what becomes of one of them.
//!
//! All of it is a model's, given what is [assumed](super::assumed) beside the two.
//! Deliberately not here: where price and volatility come from.

use super::assumed::Assumed;
use super::day_count::years_between;
use super::expected_move;
use super::leg::OptionKind;
use super::model::{self, Exercise, Market, Terms, value};
use super::payoff::chance::Lognormal;
use super::picture::decimal;
use gatehouse_domain::Decimal;
use gatehouse_domain::derivative::Right;
use gatehouse_domain::instant::UnixMillis;
use rust_decimal::prelude::ToPrimitive;

/// An underlying from a moment to the end of its options.
#[derive(Debug, Clone)]
pub struct Outlook {
    market: Market,
    volatility: f64,
    years: f64,
    outcomes: Option<Lognormal>,
}

/// What may become of an option at its end, as shares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chances {
    /// That it ends in the money.
    pub inside: Decimal,
    /// That it ends out of the money.
    pub outside: Decimal,
    /// That the underlying is at the strike on the way, once it trades without what it pays until
    /// then.
    pub touch: Decimal,
}

impl Outlook {
    /// A price and a year's volatility as a share. `None` for numbers beyond a float.
    #[must_use]
    pub fn new(
        price: Decimal,
        volatility: Decimal,
        from: UnixMillis,
        end: UnixMillis,
        assumed: &Assumed,
    ) -> Option<Self> {
        let (price, volatility) = (price.to_f64()?, volatility.to_f64()?);
        Some(Self {
            market: assumed.market(price, from),
            volatility,
            years: years_between(from, end),
            outcomes: assumed.outcomes(price, volatility, from, end),
        })
    }

    /// How far it moves until then on average, either way.
    #[must_use]
    pub fn expected_move(&self) -> Option<Decimal> {
        let price = self.market.price;
        let moved = expected_move::by_volatility(price, self.volatility, self.years)?;
        decimal(moved, 2)
    }

    /// The prices so many deviations below and above.
    #[must_use]
    pub fn band(&self, deviations: u32) -> Option<(Decimal, Decimal)> {
        let (low, high) = self.outcomes?.band(f64::from(deviations));
        Some((decimal(low, 2)?, decimal(high, 2)?))
    }

    /// The delta of a European call of this strike.
    #[must_use]
    pub fn call_delta(&self, strike: Decimal) -> Option<Decimal> {
        let terms = Terms {
            right: Right::Call,
            strike: strike.to_f64()?,
            exercise: Exercise::European,
        };
        let worth = value(&terms, &self.market, self.volatility, self.years).ok()?;
        decimal(worth.delta, 6)
    }

    /// The option's change in worth for a percent of the rate.
    #[must_use]
    pub fn rho(&self, option: OptionKind, exercise: Exercise) -> Option<Decimal> {
        let terms = Terms {
            right: option.right,
            strike: option.strike.to_f64()?,
            exercise,
        };
        decimal(
            model::rho(&terms, &self.market, self.volatility, self.years).ok()?,
            6,
        )
    }

    /// What may become of the option.
    #[must_use]
    pub fn chances(&self, option: OptionKind) -> Option<Chances> {
        let (outcomes, strike) = (self.outcomes?, option.strike.to_f64()?);
        let above = outcomes.above(strike);
        let inside = match option.right {
            Right::Call => above,
            Right::Put => 1.0 - above,
        };
        Some(Chances {
            inside: decimal(inside, 4)?,
            outside: decimal(1.0 - inside, 4)?,
            touch: decimal(outcomes.touches(strike), 4)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::assumed::Dividend;
    use gatehouse_domain::derivative::Expiry;
    use proptest::prelude::*;

    const DAY: i64 = 24 * 3600 * 1000;

    fn outlook(price: i64, points: i64, days: i64) -> Outlook {
        Outlook::new(
            Decimal::from(price),
            Decimal::new(points, 2),
            UnixMillis(0),
            UnixMillis(days * DAY),
            &Assumed::rate(Decimal::from(4)),
        )
        .unwrap()
    }

    fn option(right: Right, strike: i64) -> OptionKind {
        OptionKind {
            right,
            strike: Decimal::from(strike),
            expiry: Expiry::new(2026, 12, 18).unwrap(),
        }
    }

    #[test]
    fn nothing_is_said_of_what_has_ended_or_has_no_price() {
        for nothing in [outlook(100, 20, 0), outlook(0, 20, 30), outlook(100, 0, 30)] {
            assert_eq!(nothing.expected_move(), None);
            assert_eq!(nothing.band(1), None);
            assert_eq!(nothing.chances(option(Right::Call, 100)), None);
        }
    }

    #[test]
    fn a_dividend_on_the_way_makes_calls_less_likely_to_end_in_the_money() {
        let paying = Assumed {
            rate: Decimal::from(4),
            dividends: vec![Dividend {
                ex: UnixMillis(10 * DAY),
                amount: Decimal::from(2),
            }],
        };
        let until = |days: i64| {
            let (from, end) = (UnixMillis(0), UnixMillis(days * DAY));
            Outlook::new(100.into(), Decimal::new(25, 2), from, end, &paying).unwrap()
        };
        let call = option(Right::Call, 100);
        let inside = |outlook: &Outlook| outlook.chances(call).unwrap().inside;
        assert!(inside(&until(30)) < inside(&outlook(100, 25, 30)));
        assert_eq!(inside(&until(9)), inside(&outlook(100, 25, 9)));
        let strike = Decimal::ONE_HUNDRED;
        assert!(until(30).call_delta(strike) < outlook(100, 25, 30).call_delta(strike));
        let rho = |outlook: &Outlook| outlook.rho(call, Exercise::American).unwrap();
        assert!(rho(&until(30)) < rho(&outlook(100, 25, 30)));
    }

    proptest! {
        #[test]
        fn bands_hold_the_price_and_chances_make_one(
            price in 5i64..5_000, points in 5i64..150, days in 1i64..700, strike in 5i64..5_000
        ) {
            let outlook = outlook(price, points, days);
            let (low, high) = outlook.band(1).unwrap();
            let (lower, higher) = outlook.band(2).unwrap();
            prop_assert!(lower <= low && low <= high && high <= higher);
            for right in [Right::Call, Right::Put] {
                let chances = outlook.chances(option(right, strike)).unwrap();
                let both = chances.inside + chances.outside - Decimal::ONE;
                prop_assert!(both.abs() <= Decimal::new(1, 4), "{both}");
                // What ends out of the money and what ends in it have both to pass the strike
                // from the other side.
                let crossing = match (right == Right::Call) == (strike > price) {
                    true => chances.inside,
                    false => chances.outside,
                };
                prop_assert!(chances.touch + Decimal::new(1, 4) >= crossing);
            }
        }

        #[test]
        fn a_higher_strike_has_a_lower_delta(strike in 50i64..200, points in 5i64..100) {
            let outlook = outlook(100, points, 30);
            let delta = |strike: i64| outlook.call_delta(Decimal::from(strike)).unwrap();
            prop_assert!(delta(strike + 1) <= delta(strike));
        }
    }
}
