//! Payoffs of known strategies, and what holds for all of them.

use super::*;
use crate::options::leg::OptionKind;
use crate::options::strategy::recognise::tests::legs;
use gatehouse_domain::derivative::{Expiry, Right};
use gatehouse_domain::draft::Side;
use proptest::prelude::*;

/// Legs as elsewhere, each with its entry price.
pub(in crate::options) fn entered(text: &str, entries: &[&str]) -> Vec<Leg> {
    legs(text)
        .into_iter()
        .zip(entries)
        .map(|(leg, entry)| leg.at(Some(entry.parse().unwrap())).unwrap())
        .collect()
}

fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn of(text: &str, entries: &[&str]) -> (Bound, Bound, Vec<Breakeven>) {
    let made = AtExpiry::of(&entered(text, entries)).unwrap();
    (made.best(), made.worst(), made.breakevens())
}

fn limited(text: &str) -> Bound {
    Bound::Limited(number(text))
}

fn at(prices: &[&str]) -> Vec<Breakeven> {
    prices
        .iter()
        .map(|price| Breakeven::At(number(price)))
        .collect()
}

#[test]
fn known_strategies_have_their_known_bounds_and_breakevens() {
    for (text, entries, best, worst, zeros) in [
        (
            "+1 180 C",
            &["5.25"][..],
            Bound::Unbounded,
            limited("-525"),
            at(&["185.25"]),
        ),
        (
            "-1 180 C",
            &["5.25"],
            limited("525"),
            Bound::Unbounded,
            at(&["185.25"]),
        ),
        (
            "-1 180 P",
            &["4.10"],
            limited("410"),
            limited("-17590"),
            at(&["175.90"]),
        ),
        (
            "+1 180 C, -1 190 C",
            &["5.25", "1.75"],
            limited("650"),
            limited("-350"),
            at(&["183.5"]),
        ),
        (
            "+100 stock, -1 190 C",
            &["180", "3"],
            limited("1300"),
            limited("-17700"),
            at(&["177"]),
        ),
        (
            "+1 160 P, -1 170 P, -1 190 C, +1 205 C",
            &["1.1", "2.35", "2.75", "0.5"],
            limited("350"),
            limited("-1150"),
            at(&["166.5", "193.5"]),
        ),
        (
            "-1 180 C, -1 180 P",
            &["5.25", "4.75"],
            limited("1000"),
            Bound::Unbounded,
            at(&["170", "190"]),
        ),
        (
            "+1 170 C, -2 180 C, +1 190 C",
            &["13", "7", "3"],
            limited("800"),
            limited("-200"),
            at(&["172", "188"]),
        ),
    ] {
        assert_eq!(of(text, entries), (best, worst, zeros), "{text}");
    }
}

#[test]
fn a_stretch_without_profit_or_loss_is_a_stretch() {
    // A spread for nothing: zero up to the lower strike.
    let (best, worst, zeros) = of("+1 180 C, -1 190 C", &["3", "3"]);
    assert_eq!((best, worst), (limited("1000"), limited("0")));
    assert_eq!(
        zeros,
        [Breakeven::Between(Decimal::ZERO, Some(number("180")))]
    );
    let (_, _, zeros) = of("+1 180 P, -1 170 P", &["3", "3"]);
    assert_eq!(zeros, [Breakeven::Between(number("180"), None)]);
    // Bought and sold the same: zero everywhere.
    let (_, _, zeros) = of("+1 180 C, -1 180 C", &["3", "3"]);
    assert_eq!(zeros, [Breakeven::Between(Decimal::ZERO, None)]);
}

#[test]
fn a_breakeven_of_thirds_is_a_zero_to_the_last_digits() {
    let made = AtExpiry::of(&entered("+3 180 C", &["1.0000001"])).unwrap();
    let Some(Breakeven::At(zero)) = made.breakevens().first().copied() else {
        panic!("{made:?}");
    };
    assert!(made.at(zero).unwrap().abs() < Decimal::new(1, 15));
}

#[test]
fn what_is_not_known_is_not_reckoned() {
    assert_eq!(AtExpiry::of(&[]), Err(NoPayoff::NoLegs));
    assert_eq!(AtExpiry::of(&legs("+1 180 C")), Err(NoPayoff::NoEntry(0)));
    let calendar = entered("-1 180 C, +1 180 C 20270115", &["3", "5"]);
    assert_eq!(AtExpiry::of(&calendar), Err(NoPayoff::SeveralExpiries));
    let call = AtExpiry::of(&entered("+1 180 C", &["3"])).unwrap();
    assert_eq!(call.at(Decimal::NEGATIVE_ONE), None);
    assert_eq!(call.at(Decimal::MAX), None);
}

#[test]
fn the_largest_legs_do_not_overflow() {
    let most = Decimal::from(1_000_000_000);
    let kind = LegKind::Option(OptionKind {
        right: Right::Call,
        strike: most,
        expiry: Expiry::new(2026, 12, 18).unwrap(),
    });
    let leg = Leg::new(kind, Side::Sell, 1_000_000_000, most, Some(most)).unwrap();
    let made = AtExpiry::of(&[leg; 9]).unwrap();
    assert_eq!(made.worst(), Bound::Unbounded);
    assert!(made.at(most).is_some());
}

#[test]
fn the_table_has_the_strikes_in_it() {
    let made = AtExpiry::of(&entered("+1 180 C, -1 190 C", &["5", "2"])).unwrap();
    let rows: Vec<String> = made
        .table([175, 180, 200].map(Decimal::from))
        .iter()
        .map(|(price, profit)| format!("{price} {profit}"))
        .collect();
    assert_eq!(rows, ["175 -300", "180 -300", "190 700", "200 700"]);
}

fn any_leg() -> impl Strategy<Value = Leg> {
    (any::<bool>(), 0_u8..5, 1_u32..4, 20_i64..60, 0_i64..3000).prop_map(
        |(buy, what, ratio, strike, cents)| {
            let right = if what % 2 == 0 {
                Right::Call
            } else {
                Right::Put
            };
            let side = if buy { Side::Buy } else { Side::Sell };
            let (kind, multiplier) = if what == 4 {
                (LegKind::Stock, Decimal::ONE)
            } else {
                let option = OptionKind {
                    right,
                    strike: Decimal::new(strike * 25, 1),
                    expiry: Expiry::new(2026, 12, 18).unwrap(),
                };
                (LegKind::Option(option), Decimal::ONE_HUNDRED)
            };
            Leg::new(kind, side, ratio, multiplier, Some(Decimal::new(cents, 2))).unwrap()
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_price_is_beyond_the_bounds_and_the_bounds_are_reached(
        legs in prop::collection::vec(any_leg(), 1..9),
    ) {
        let made = AtExpiry::of(&legs).unwrap();
        let scanned: Vec<Decimal> = (0..800)
            .map(|n| made.at(Decimal::new(n * 25, 2)).unwrap())
            .collect();
        let (most, least) = (*scanned.iter().max().unwrap(), *scanned.iter().min().unwrap());
        match made.best() {
            Bound::Limited(best) => prop_assert_eq!(best, most),
            Bound::Unbounded => prop_assert!(made.at(Decimal::from(1_000_000)).unwrap() > most),
        }
        match made.worst() {
            Bound::Limited(worst) => prop_assert_eq!(worst, least),
            Bound::Unbounded => prop_assert!(made.at(Decimal::from(1_000_000)).unwrap() < least),
        }
    }

    #[test]
    fn between_strikes_the_slope_is_what_is_held(
        legs in prop::collection::vec(any_leg(), 1..9), cents in 0_i64..20_000,
    ) {
        let made = AtExpiry::of(&legs).unwrap();
        // A hair above a cent is no strike.
        let price = Decimal::new(cents * 10 + 1, 3);
        let hair = Decimal::new(1, 4);
        let rise = made.at(price + hair).unwrap() - made.at(price).unwrap();
        let held: Decimal = legs.iter().map(|leg| match leg.option() {
            None => leg.units(),
            Some(option) if option.right == Right::Call && price > option.strike => leg.units(),
            Some(option) if option.right == Right::Put && price < option.strike => -leg.units(),
            Some(_) => Decimal::ZERO,
        }).sum();
        prop_assert_eq!(rise, held * hair);
    }

    #[test]
    fn breakevens_are_zeros_and_between_them_nothing_changes_sign(
        legs in prop::collection::vec(any_leg(), 1..9),
    ) {
        let made = AtExpiry::of(&legs).unwrap();
        let mut edges = vec![Decimal::ZERO];
        for zero in made.breakevens() {
            match zero {
                Breakeven::At(price) => edges.extend([price, price]),
                Breakeven::Between(from, to) => {
                    edges.extend([from, to.unwrap_or(Decimal::from(10_000))]);
                }
            }
        }
        for zero in &edges[1..] {
            prop_assert!(made.at(*zero).unwrap().abs() < Decimal::new(1, 12), "{zero}");
        }
        edges.push(Decimal::from(10_000));
        let tiny = Decimal::new(1, 9);
        for stretch in edges.chunks(2) {
            let signs: Vec<bool> = (0..200)
                .map(|n| stretch[0] + (stretch[1] - stretch[0]) * Decimal::new(n, 0) / Decimal::from(199))
                .filter_map(|price| made.at(price))
                .filter(|profit| profit.abs() > tiny)
                .map(|profit| profit.is_sign_positive())
                .collect();
            prop_assert!(signs.windows(2).all(|two| two[0] == two[1]), "{stretch:?}");
        }
    }
}
