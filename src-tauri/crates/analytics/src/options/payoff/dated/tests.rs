//! Profits before expiry: they end in the exact ones, and calendars have a top.

use super::*;
use crate::options::day_count::{End, Settlement};
use crate::options::payoff::chance::Lognormal;
use crate::options::payoff::expiry::AtExpiry;
use crate::options::payoff::expiry::tests::entered;
use gatehouse_domain::Decimal;
use proptest::prelude::*;

/// When the first option ends: the last date at which nothing has to be assumed.
fn first_end(legs: &[DatedLeg]) -> Option<UnixMillis> {
    legs.iter().filter_map(|dated| Some(dated.model?.end)).min()
}

const DAY: i64 = 24 * 3600 * 1000;

fn dated(text: &str, entries: &[&str], volatility: f64) -> Vec<DatedLeg> {
    entered(text, entries)
        .into_iter()
        .map(|leg| DatedLeg {
            leg,
            model: leg.option().map(|option| LegModel {
                end: End::in_new_york(option.expiry, Settlement::Afternoon { early: false })
                    .unwrap()
                    .at(),
                exercise: Exercise::American,
                volatility,
            }),
        })
        .collect()
}

fn scene(at: UnixMillis) -> Scene {
    Scene {
        at,
        rate: 0.04,
        carry: Carry::Yield(0.005),
        dividends: Vec::new(),
        volatility_shift: 0.0,
    }
}

const CONDOR: (&str, &[&str]) = (
    "+1 160 P, -1 170 P, -1 190 C, +1 205 C",
    &["1.1", "2.35", "2.75", "0.5"],
);

#[test]
fn at_expiry_the_model_is_the_exact_payoff() {
    let legs = dated(CONDOR.0, CONDOR.1, 0.3);
    let end = first_end(&legs).unwrap();
    let exact = AtExpiry::of(&entered(CONDOR.0, CONDOR.1)).unwrap();
    assert_eq!(basis(&legs, end), Basis::Exact);
    for at in [100_i64, 160, 165, 180, 193, 205, 300] {
        let wanted = exact.at(Decimal::from(at)).unwrap().to_f64().unwrap();
        let got = profit(&legs, &scene(end), at as f64).unwrap();
        assert!((got - wanted).abs() < 1e-9, "{at}: {got}, not {wanted}");
    }
}

#[test]
fn a_calendar_has_its_top_at_its_strike_when_the_nearer_leg_ends() {
    let legs = dated("-1 180 C, +1 180 C 20270115", &["3", "5"], 0.25);
    let end = first_end(&legs).unwrap();
    assert_eq!(basis(&legs, end), Basis::Modelled);
    let prices: Vec<f64> = (140..=220).map(f64::from).collect();
    let curve = curve(&legs, &scene(end), &prices).unwrap();
    let top = curve.iter().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
    assert_eq!(top.0, 180.0);
    // At worst about what was paid is lost.
    assert!(curve.iter().all(|(_, profit)| *profit > -201.0));
    let beyond = UnixMillis(end.0 + DAY);
    assert_eq!(basis(&legs, beyond), Basis::Assumed);
    // Its chances, from the curve.
    let ahead = Lognormal::new(180.0, 0.25, 27.0 / 365.0, 0.035).unwrap();
    let lines = lines(&legs, &scene(end), &ahead.spread(5.0, 301))
        .unwrap()
        .unwrap();
    let chance = ahead.chance_of_profit(&lines);
    assert!(chance > 0.3 && chance < 0.9, "{chance}");
}

#[test]
fn a_higher_volatility_lifts_what_is_bought() {
    let legs = dated("+1 180 C, +1 180 P", &["5", "5"], 0.25);
    let now = UnixMillis(first_end(&legs).unwrap().0 - 30 * DAY);
    let at = |volatility_shift| {
        let scene = Scene {
            volatility_shift,
            ..scene(now)
        };
        profit(&legs, &scene, 180.0).unwrap()
    };
    assert!(at(0.05) > at(0.0) && at(0.0) > at(-0.05));
    // No shift makes a volatility negative.
    assert!(at(-1.0).is_finite());
}

#[test]
fn what_is_missing_is_named() {
    let now = End::in_new_york(
        gatehouse_domain::derivative::Expiry::new(2026, 12, 1).unwrap(),
        Settlement::Morning,
    )
    .unwrap()
    .at();
    let mut legs = dated("+1 180 C, -1 190 C", &["5", "2"], 0.25);
    legs[1].model = None;
    assert_eq!(worth(&legs, &scene(now), 180.0), Err(NoFigure::NoModel(1)));
    let mut legs = dated("+1 180 C, -1 190 C", &["5", "2"], 0.25);
    legs[0].leg = legs[0].leg.at(None).unwrap();
    let missing = NoFigure::Payoff(NoPayoff::NoEntry(0));
    assert_eq!(profit(&legs, &scene(now), 180.0), Err(missing));
    let end = first_end(&legs).unwrap();
    let before = scene(UnixMillis(end.0 - DAY));
    assert_eq!(
        worth(&legs, &before, 0.0),
        Err(NoFigure::Unpriceable(0, Unpriceable::Price))
    );
    for at in [-1.0, f64::NAN, f64::INFINITY] {
        assert_eq!(worth(&legs, &before, at), Err(NoFigure::Price));
        assert_eq!(net(&legs, &before, at), Err(NoFigure::Price));
    }
    assert_eq!(
        profit(&[], &before, 1.0),
        Err(NoFigure::Payoff(NoPayoff::NoLegs))
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn net_greeks_are_the_slopes_of_the_worth(
        price in 150.0..215.0, days in 10_i64..60, volatility in 0.15..0.6,
    ) {
        let legs = dated("+100 stock, +1 170 P, -1 190 C, -2 200 C 20270115", &["180", "2", "3", "4"], volatility);
        let now = UnixMillis(first_end(&legs).unwrap().0 - days * DAY);
        let scene = scene(now);
        let net = net(&legs, &scene, price).unwrap();
        let at = |price| worth(&legs, &scene, price).unwrap();
        prop_assert!((net.price - at(price)).abs() < 1e-9);
        let step = 0.02 * price * volatility * (days as f64 / 365.0).sqrt();
        let slope = (at(price + step) - at(price - step)) / (2.0 * step);
        prop_assert!((net.delta - slope).abs() < 1.0, "{} {slope}", net.delta);
        let later = Scene { at: UnixMillis(now.0 + DAY / 8), ..scene.clone() };
        let theta = (worth(&legs, &later, price).unwrap() - at(price)) * 8.0;
        prop_assert!((net.theta - theta).abs() < 1.0 + 0.1 * theta.abs(), "{} {theta}", net.theta);
    }
}
