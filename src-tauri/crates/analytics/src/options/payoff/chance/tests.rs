//! Chances against closed forms, a simulation, and what holds for all of them.

use super::*;
use crate::options::model::{Exercise, Market, Terms, price};
use crate::options::payoff::expiry::AtExpiry;
use crate::options::payoff::expiry::tests::entered;
use gatehouse_domain::derivative::Right;
use proptest::prelude::*;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

fn close(got: f64, wanted: f64, tolerance: f64) {
    assert!((got - wanted).abs() <= tolerance, "{got}, not {wanted}");
}

#[test]
fn the_expected_payoff_of_an_option_is_its_forward_value() {
    let (rate, years) = (0.04, 0.5);
    let prices = Lognormal::new(182.0, 0.3, years, rate - 0.01).unwrap();
    let call = AtExpiry::of(&entered("+1 180 C", &["0"])).unwrap();
    let lines = call.lines().unwrap();
    let terms = Terms {
        right: Right::Call,
        strike: 180.0,
        exercise: Exercise::European,
    };
    let market = Market::with_yield(182.0, rate, 0.01);
    let value = price(&terms, &market, 0.3, years).unwrap() * (rate * years).exp();
    close(prices.expected_profit(&lines), 100.0 * value, 1e-9 * value);
    close(prices.chance_of_profit(&lines), prices.above(180.0), 1e-12);
    close(prices.mean(), 182.0 * (0.03_f64 * years).exp(), 1e-10);
}

#[test]
fn a_condors_chances_are_those_of_a_simulation() {
    let legs = entered(
        "+1 160 P, -1 170 P, -1 190 C, +1 205 C",
        &["1.1", "2.35", "2.75", "0.5"],
    );
    let condor = AtExpiry::of(&legs).unwrap();
    let prices = Lognormal::new(180.0, 0.25, 0.12, 0.03).unwrap();
    let lines = condor.lines().unwrap();
    let mut dice = StdRng::seed_from_u64(7);
    let (mut won, mut sum, mut touched) = (0.0, 0.0, 0.0);
    let rounds = 20_000;
    for _ in 0..rounds {
        let end = prices.quantile(dice.random_range(1e-9..1.0)).unwrap();
        let profit = profit_at(&lines, end);
        sum += profit;
        won += f64::from(u8::from(profit > 0.0));
        touched += f64::from(u8::from(end > 195.0));
    }
    let n = f64::from(rounds);
    close(prices.chance_of_profit(&lines), won / n, 0.015);
    close(prices.expected_profit(&lines), sum / n, 12.0);
    close(prices.above(195.0), touched / n, 0.01);
}

fn profit_at(lines: &Lines, price: f64) -> f64 {
    let piece = lines.pieces().find(|piece| price <= piece.end).unwrap();
    piece.profit + piece.slope * (price - piece.start)
}

#[test]
fn without_drift_a_price_is_touched_about_twice_as_often_as_ended_beyond() {
    // The logarithm has no drift when the growth is half the variance.
    let prices = Lognormal::new(100.0, 0.2, 0.25, 0.02).unwrap();
    for price in [105.0, 120.0] {
        close(prices.touches(price), 2.0 * prices.above(price), 1e-12);
    }
    close(prices.touches(90.0), 2.0 * prices.below(90.0), 1e-12);
    assert_eq!(prices.touches(100.0), 1.0);
    assert_eq!(prices.touches(0.0), 0.0);
}

#[test]
fn bands_hold_what_they_should() {
    let prices = Lognormal::new(180.0, 0.3, 0.25, 0.04).unwrap();
    let (low, high) = prices.band(1.0);
    close(prices.below(high) - prices.below(low), 0.682_689_492, 1e-9);
    close(prices.one_sigma(), 27.0, 1e-12);
    close(prices.quantile(prices.below(150.0)).unwrap(), 150.0, 1e-9);
    assert_eq!(prices.quantile(1.0), None);
    assert_eq!(prices.spread(2.0, 5).len(), 5);
}

#[test]
fn without_time_or_volatility_there_are_no_chances() {
    for (price, volatility, years) in [
        (100.0, 0.0, 1.0),
        (100.0, 0.2, 0.0),
        (0.0, 0.2, 1.0),
        (100.0, f64::NAN, 1.0),
        (100.0, 0.2, -1.0),
    ] {
        assert_eq!(Lognormal::new(price, volatility, years, 0.0), None);
    }
    assert_eq!(Lines::new(vec![], 0.0), None);
    assert_eq!(Lines::new(vec![(2.0, 0.0), (1.0, 0.0)], 0.0), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn chances_lie_within_bounds_and_rise(
        price in 1.0..1000.0, volatility in 0.01..3.0, years in 0.0005..5.0, growth in -0.1..0.1,
        at in 0.0..3.0, more in 0.0..1.0,
    ) {
        let prices = Lognormal::new(price, volatility, years, growth).unwrap();
        let (low, high) = (price * at, price * (at + more));
        let chance = prices.below(low);
        prop_assert!((0.0..=1.0).contains(&chance));
        prop_assert!(prices.below(high) >= chance - 1e-15);
        prop_assert!((prices.above(low) + chance - 1.0).abs() < 1e-12);
        let touch = prices.touches(high);
        prop_assert!((0.0..=1.0).contains(&touch));
        let ends_beyond = if high > price { prices.above(high) } else { prices.below(high) };
        prop_assert!(touch >= ends_beyond - 1e-12, "{touch} < {ends_beyond}");
    }

    #[test]
    fn what_is_sold_expects_what_the_bought_loses(
        price in 100.0..300.0, volatility in 0.05..1.0, years in 0.01..2.0,
    ) {
        let prices = Lognormal::new(price, volatility, years, 0.03).unwrap();
        let of = |text| AtExpiry::of(&entered(text, &["5", "2", "1"])).unwrap().lines().unwrap();
        let bought = of("+1 180 C, -2 190 P, +100 stock");
        let sold = of("-1 180 C, +2 190 P, -100 stock");
        let sum = prices.expected_profit(&bought) + prices.expected_profit(&sold);
        prop_assert!(sum.abs() < 1e-6);
        let chances = prices.chance_of_profit(&bought) + prices.chance_of_profit(&sold);
        prop_assert!((chances - 1.0).abs() < 1e-9, "{chances}");
    }
}
