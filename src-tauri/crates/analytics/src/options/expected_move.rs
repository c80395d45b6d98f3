//! How far the options think that their underlying will move until they end: the mean distance
//! from today's price, either way. It is what the straddle at the money costs, interest aside.
//!
//! Not one deviation, which is a quarter more; for that see
//! [`Lognormal`](super::payoff::chance::Lognormal).

use super::model::normal;
use gatehouse_domain::Decimal;

/// From the middles of the call and the put of the strike nearest to the underlying's price.
/// `None` when the strike is further from it than a quarter of what both cost: then they say
/// more about the strike than about the move, by over two percent.
#[must_use]
pub fn by_straddle(
    call: Decimal,
    put: Decimal,
    strike: Decimal,
    price: Decimal,
) -> Option<Decimal> {
    let straddle = call.checked_add(put)?;
    let away = (strike - price).abs();
    (straddle > Decimal::ZERO && away.checked_mul(Decimal::from(4))? <= straddle)
        .then_some(straddle)
}

/// What the same straddle is worth by the model, for a volatility a year and so many years.
/// `None` without a price, a volatility or time above zero.
#[must_use]
pub fn by_volatility(price: f64, volatility: f64, years: f64) -> Option<f64> {
    let deviation = volatility * years.sqrt();
    let sound = price > 0.0 && price.is_finite() && deviation.is_normal() && deviation > 0.0;
    sound.then(|| 2.0 * price * (2.0 * normal::below(deviation / 2.0) - 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::model::{Exercise, Market, Terms, price};
    use gatehouse_domain::derivative::Right;
    use proptest::prelude::*;

    fn dec(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn the_straddle_at_the_money_is_the_move() {
        let moved = |strike| by_straddle(dec("3.10"), dec("2.90"), dec(strike), dec("180.02"));
        assert_eq!(moved("180"), Some(dec("6.00")));
        assert_eq!(moved("181.52"), Some(dec("6.00")));
        assert_eq!(moved("182.5"), None, "too far from the money");
        assert_eq!(
            by_straddle(dec("0"), dec("0"), dec("180"), dec("180")),
            None
        );
    }

    #[test]
    fn nothing_is_said_without_time_or_volatility() {
        assert_eq!(by_volatility(100.0, 0.2, 0.0), None);
        assert_eq!(by_volatility(100.0, 0.0, 1.0), None);
        assert_eq!(by_volatility(100.0, f64::NAN, 1.0), None);
        assert_eq!(by_volatility(0.0, 0.2, 1.0), None);
    }

    proptest! {
        #[test]
        fn both_ways_agree_when_nothing_is_earned_meanwhile(
            spot in 1.0f64..5000.0, volatility in 0.02f64..2.0, years in 0.002f64..3.0,
        ) {
            let market = Market::with_yield(spot, 0.0, 0.0);
            let worth = |right| {
                let terms = Terms { right, strike: spot, exercise: Exercise::European };
                price(&terms, &market, volatility, years).unwrap()
            };
            let straddle = worth(Right::Call) + worth(Right::Put);
            let moved = by_volatility(spot, volatility, years).unwrap();
            prop_assert!((moved - straddle).abs() < 1e-9 * spot, "{moved} {straddle}");
        }
    }
}
