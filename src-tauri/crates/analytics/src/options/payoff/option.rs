//! The figures of one option that are exact: what of its price is intrinsic, what is time value,
//! and where it breaks even.

use gatehouse_domain::Decimal;
use gatehouse_domain::derivative::Right;

/// What it is worth exercised at this price of the underlying.
#[must_use]
pub fn intrinsic(right: Right, strike: Decimal, underlying: Decimal) -> Decimal {
    match right {
        Right::Call => (underlying - strike).max(Decimal::ZERO),
        Right::Put => (strike - underlying).max(Decimal::ZERO),
    }
}

/// What its price is above that; below zero when quotes do not fit together, which is told
/// rather than hidden.
#[must_use]
pub fn extrinsic(right: Right, strike: Decimal, underlying: Decimal, price: Decimal) -> Decimal {
    price - intrinsic(right, strike, underlying)
}

/// The price of the underlying at which an option bought or sold at `price` makes nothing at its
/// end. `None` for a put whose price is above its strike: it never does.
#[must_use]
pub fn breakeven(right: Right, strike: Decimal, price: Decimal) -> Option<Decimal> {
    let at = match right {
        Right::Call => strike + price,
        Right::Put => strike - price,
    };
    (at >= Decimal::ZERO).then_some(at)
}

/// The move up or down until expiry that the market pays for: 85 % of the straddle nearest to
/// the money, as traders reckon it.
#[must_use]
pub fn move_from_straddle(call: Decimal, put: Decimal) -> Decimal {
    (call + put) * Decimal::new(85, 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn a_price_is_intrinsic_and_time_value() {
        assert_eq!(intrinsic(Right::Call, n("180"), n("187.2")), n("7.2"));
        assert_eq!(intrinsic(Right::Put, n("180"), n("187.2")), n("0"));
        assert_eq!(
            extrinsic(Right::Call, n("180"), n("187.2"), n("9")),
            n("1.8")
        );
        assert_eq!(
            extrinsic(Right::Call, n("180"), n("187.2"), n("7")),
            n("-0.2")
        );
    }

    #[test]
    fn an_option_breaks_even_beyond_its_strike_by_its_price() {
        assert_eq!(
            breakeven(Right::Call, n("180"), n("5.25")),
            Some(n("185.25"))
        );
        assert_eq!(
            breakeven(Right::Put, n("180"), n("5.25")),
            Some(n("174.75"))
        );
        assert_eq!(breakeven(Right::Put, n("1"), n("2")), None);
    }

    #[test]
    fn the_markets_move_is_most_of_the_straddle() {
        assert_eq!(move_from_straddle(n("4"), n("6")), n("8.5"));
    }
}
