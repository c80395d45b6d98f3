//! The picture against what is known of a vertical and a calendar, and of what is missing.

use super::*;
use crate::options::assumed::Dividend;
use crate::options::leg::{LegKind, OptionKind};
use crate::options::model::Exercise;
use gatehouse_domain::derivative::Right;
use gatehouse_domain::draft::Side;
use proptest::prelude::*;
use std::time::Duration;

const NOW: UnixMillis = UnixMillis(1_790_000_000_000);

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn days(days: u64) -> UnixMillis {
    NOW.plus(Duration::from_secs(days * 24 * 3600))
}

/// A call or put with forty days, or so many more, and a volatility of a quarter.
fn part(right: Right, side: Side, strike: &str, price: Option<&str>, later: u64) -> Part {
    let day = if later == 0 { 30 } else { 31 };
    let kind = LegKind::Option(OptionKind {
        right,
        strike: dec(strike),
        expiry: Expiry::new(2026, 10, day).unwrap(),
    });
    let leg = Leg::new(kind, side, 1, Decimal::ONE_HUNDRED, price.map(dec)).unwrap();
    Part {
        leg,
        market: Some(OptionMarket {
            end: days(40 + later),
            exercise: Exercise::American,
            volatility: Some(dec("0.25")),
            middle: None,
        }),
    }
}

fn drawn(parts: &[Part], spot: Option<&str>, on: UnixMillis) -> Picture {
    let unit: Vec<Leg> = parts.iter().map(|part| part.leg).collect();
    draw(&Question {
        unit: &unit,
        parts,
        spot: spot.map(dec),
        assumed: &Assumed::rate(dec("4")),
        shift: Decimal::ZERO,
        now: NOW,
        on,
    })
}

fn vertical() -> [Part; 2] {
    [
        part(Right::Call, Side::Buy, "180", Some("6.50"), 0),
        part(Right::Call, Side::Sell, "190", Some("2.60"), 0),
    ]
}

#[test]
fn a_vertical_is_exact_and_says_what_its_risk_returns() {
    let picture = drawn(&vertical(), Some("180.01"), NOW);
    assert_eq!(picture.strategy.to_string(), "Bull call spread");
    assert_eq!(picture.net_price, Some(dec("3.9")));
    assert_eq!(picture.best, Some(Bound::Limited(dec("610"))));
    assert_eq!(picture.worst, Some(Bound::Limited(dec("-390"))));
    assert_eq!(picture.return_on_risk, Some(dec("1.5641")));
    assert_eq!(picture.breakevens, [dec("183.9")]);
    assert_eq!(picture.inexact, None);
    let greeks = picture.greeks.unwrap().unwrap();
    assert!(greeks.delta > Some(Decimal::ZERO));
    let (low, high) = picture.sigma.unwrap();
    assert!(low < dec("175") && high > dec("185"), "{low} {high}");
}

#[test]
fn legs_that_end_apart_are_modelled_and_have_no_exact_bounds() {
    let calendar = [
        part(Right::Call, Side::Sell, "180", Some("6.50"), 0),
        part(Right::Call, Side::Buy, "180", Some("8.50"), 30),
    ];
    let picture = drawn(&calendar, Some("180"), NOW);
    assert_eq!(picture.inexact, Some(NoPayoff::SeveralExpiries));
    assert_eq!((picture.best, picture.return_on_risk), (None, None));
    assert_eq!(picture.breakevens.len(), 2, "{:?}", picture.breakevens);
    assert!(picture.expected_profit.is_some());
    let peak = picture.points.iter().max_by_key(|point| point.at_expiry);
    let away = (peak.unwrap().price - dec("180")).abs();
    assert!(away < dec("5"), "a calendar is worth most at its strike");
}

#[test]
fn what_is_not_known_is_left_open() {
    let picture = drawn(&vertical(), None, NOW);
    assert_eq!(picture.greeks, None);
    assert_eq!((picture.chance_of_profit, picture.sigma), (None, None));
    assert_eq!(
        picture.best,
        Some(Bound::Limited(dec("610"))),
        "exact still"
    );
    let mut blind = vertical();
    blind[0] = part(Right::Call, Side::Buy, "180", None, 0);
    let picture = drawn(&blind, Some("180"), NOW);
    assert_eq!(picture.inexact, Some(NoPayoff::NoEntry(0)));
    assert_eq!((picture.net_price, picture.worst), (None, None));
    assert!(picture.points.iter().all(|p| p.at_expiry.is_none()));
}

#[test]
fn an_option_s_own_price_stands_for_a_volatility_that_nobody_tells() {
    let told = part(Right::Call, Side::Buy, "180", None, 0);
    let option = told.leg.option().unwrap();
    let market = told.market.unwrap();
    let greeks =
        |market: OptionMarket| market.greeks(option, dec("180"), &Assumed::rate(dec("4")), NOW);
    let first = greeks(market).unwrap();
    let silent = OptionMarket {
        volatility: None,
        middle: first.price,
        ..market
    };
    let again = greeks(silent).unwrap();
    let away = (again.volatility.unwrap() - dec("0.25")).abs();
    assert!(away < dec("0.0001"), "{again:?}");
    let nothing = OptionMarket {
        middle: None,
        ..silent
    };
    assert_eq!(greeks(nothing), None);
}

#[test]
fn a_dividend_that_is_announced_is_in_the_model_and_not_in_the_line_at_expiry() {
    let call = [part(Right::Call, Side::Buy, "180", Some("6.50"), 0)];
    let unit = [call[0].leg];
    let with = |ex: UnixMillis, on: UnixMillis| {
        draw(&Question {
            unit: &unit,
            parts: &call,
            spot: Some(dec("180")),
            assumed: &Assumed {
                rate: dec("4"),
                dividends: vec![Dividend {
                    ex,
                    amount: dec("2"),
                }],
            },
            shift: Decimal::ZERO,
            now: NOW,
            on,
        })
    };
    let (paying, plain) = (with(days(10), NOW), drawn(&call, Some("180"), NOW));
    let at_spot = |picture: &Picture| {
        let point = picture.points.iter().find(|p| p.price == dec("180"));
        point.unwrap().on_date.unwrap()
    };
    let lost = at_spot(&plain) - at_spot(&paying);
    assert!(lost > dec("80") && lost < dec("120"), "{lost}");
    assert!(paying.chance_of_profit < plain.chance_of_profit);
    let delta = |picture: &Picture| picture.greeks.unwrap().unwrap().delta;
    assert!(delta(&paying) < delta(&plain));
    assert_eq!((paying.best, paying.worst), (plain.best, plain.worst));
    // Once the share trades without it, it is nothing to the option.
    let (later, without) = (
        with(days(10), days(20)),
        drawn(&call, Some("180"), days(20)),
    );
    assert_eq!(at_spot(&later), at_spot(&without));
    let behind = with(days(0), NOW);
    assert_eq!(behind, plain);
}

#[test]
fn the_index_s_monthly_options_end_on_the_morning_after_their_last_day_of_trading() {
    let moment = |class, day| end_of(class, Expiry::from_wire(day).unwrap()).unwrap();
    let at = |text: &str| {
        let at: jiff::Timestamp = text.parse().unwrap();
        UnixMillis(at.as_millisecond())
    };
    assert_eq!(moment("SPX", "20261217"), at("2026-12-18T14:30:00Z"));
    assert_eq!(moment("SPXW", "20261217"), at("2026-12-17T21:00:00Z"));
    assert_eq!(moment("XSP", "20261218"), at("2026-12-18T21:00:00Z"));
    assert_eq!(moment("AAPL", "20261218"), at("2026-12-18T21:00:00Z"));
}

proptest! {
    /// The line at expiry bends only at strikes and is zero at breakevens, and no point of it is
    /// beyond the bounds.
    #[test]
    fn the_line_at_expiry_keeps_within_its_bounds(
        legs in prop::collection::vec((any::<bool>(), any::<bool>(), 30i64..45, 1i64..900), 1..5),
    ) {
        let parts: Vec<Part> = legs.iter().map(|(call, buy, strike, cents)| {
            let right = if *call { Right::Call } else { Right::Put };
            let side = if *buy { Side::Buy } else { Side::Sell };
            let price = Decimal::new(*cents, 2).to_string();
            part(right, side, &(strike * 5).to_string(), Some(&price), 0)
        }).collect();
        let picture = drawn(&parts, Some("180"), days(40));
        for point in &picture.points {
            let at = point.at_expiry.unwrap();
            if let Some(Bound::Limited(most)) = picture.best {
                prop_assert!(at <= most);
            }
            if let Some(Bound::Limited(least)) = picture.worst {
                prop_assert!(at >= least);
            }
        }
        for breakeven in &picture.breakevens {
            let there = picture.points.iter().find(|p| p.price == *breakeven);
            if let Some(point) = there {
                prop_assert!(point.at_expiry.unwrap().abs() < Decimal::new(1, 6));
            }
        }
    }
}
