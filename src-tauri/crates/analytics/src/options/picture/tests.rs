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
            supposed: None,
            volatility: Some(dec("0.25")),
            middle: None,
        }),
    }
}

fn drawn(parts: &[Part], spot: Option<&str>, on: UnixMillis) -> Picture {
    on_dates(parts, spot, &[on], Decimal::ZERO)
}

fn on_dates(parts: &[Part], spot: Option<&str>, dates: &[UnixMillis], shift: Decimal) -> Picture {
    let unit: Vec<Leg> = parts.iter().map(|part| part.leg).collect();
    draw(&Question {
        unit: &unit,
        parts,
        spot: spot.map(dec),
        assumed: &Assumed::rate(dec("4")),
        shift,
        now: NOW,
        dates,
    })
}

fn supposing(part: Part, share: &str) -> Part {
    let market = part.market.map(|market| OptionMarket {
        supposed: Some(dec(share)),
        ..market
    });
    Part { market, ..part }
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
fn the_first_expiry_is_that_of_a_leg_without_a_volatility_too() {
    let mut calendar = [
        part(Right::Call, Side::Sell, "180", Some("6.50"), 0),
        part(Right::Call, Side::Buy, "180", Some("8.50"), 300),
    ];
    let known = drawn(&calendar, Some("180"), NOW).sigma;
    if let Some(market) = &mut calendar[0].market {
        market.volatility = None;
    }
    let blind = drawn(&calendar, Some("180"), NOW);
    assert_eq!(blind.greeks, Some(Err(NoFigure::NoModel(0))));
    assert_eq!(blind.sigma, known, "not the band of the later leg's end");
    // One that the person supposes makes it whole.
    calendar[0] = supposing(calendar[0], "0.25");
    assert!(drawn(&calendar, Some("180"), NOW).greeks.unwrap().is_ok());
}

#[test]
fn a_date_from_the_first_expiry_on_is_the_line_at_expiry() {
    let dates = [NOW, days(20), days(40), days(55)];
    let ends_apart = [
        part(Right::Call, Side::Sell, "180", Some("6.50"), 0),
        part(Right::Call, Side::Buy, "180", Some("8.50"), 30),
    ];
    for parts in [&vertical(), &ends_apart] {
        let picture = on_dates(parts, Some("180"), &dates, Decimal::ZERO);
        for point in &picture.points {
            assert_eq!(point.on_dates.len(), 4);
            let exact = point.at_expiry.unwrap().round_dp(2);
            assert_eq!(point.on_dates[2..], [Some(exact); 2], "{}", point.price);
        }
        // Each line is the one that is drawn for its date alone.
        let alone = drawn(parts, Some("180"), dates[1]);
        for (both, one) in picture.points.iter().zip(&alone.points) {
            assert_eq!(both.on_dates[1], one.on_dates[0]);
        }
    }
}

#[test]
fn what_is_supposed_of_one_leg_goes_before_its_market_in_all_that_the_model_tells() {
    let plain = drawn(&vertical(), Some("180"), NOW);
    // The market's own figure moves nothing.
    let same = vertical().map(|part| supposing(part, "0.25"));
    assert_eq!(drawn(&same, Some("180"), NOW), plain);
    let [bought, sold] = vertical();
    let wild = drawn(&[supposing(bought, "0.45"), sold], Some("180"), NOW);
    let at = |picture: &Picture| picture.points[40].on_dates[0].unwrap();
    assert!(at(&wild) > at(&plain));
    assert_ne!(wild.greeks, plain.greeks);
    assert_ne!(wild.chance_of_profit, plain.chance_of_profit);
    assert_ne!(wild.expected_profit, plain.expected_profit);
    let exact = |picture: &Picture| (picture.best, picture.worst, picture.breakevens.clone());
    assert_eq!(exact(&wild), exact(&plain), "no model is in these");
    // Points on all of them are added to what is supposed too.
    let over = on_dates(&same, Some("180"), &[NOW], dec("5"));
    assert_eq!(over, on_dates(&vertical(), Some("180"), &[NOW], dec("5")));
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
            dates: &[on],
        })
    };
    let (paying, plain) = (with(days(10), NOW), drawn(&call, Some("180"), NOW));
    let at_spot = |picture: &Picture| {
        let point = picture.points.iter().find(|p| p.price == dec("180"));
        point.unwrap().on_dates[0].unwrap()
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
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// What is bought is worth more, at every price and on every date before its end, the higher
    /// the volatility that is supposed of it, up to the highest that is taken.
    #[test]
    fn a_line_rises_with_the_volatility_that_is_supposed_of_what_is_bought(
        is_call: bool, strike in 120i64..240, low in 1i64..5000, more in 1i64..2000, day in 0u64..40,
    ) {
        let right = if is_call { Right::Call } else { Right::Put };
        let bought = part(right, Side::Buy, &strike.to_string(), Some("5"), 0);
        let at = |volatility: i64| {
            let share = Decimal::new(volatility.min(5000), 3).to_string();
            on_dates(&[supposing(bought, &share)], Some("180"), &[days(day)], Decimal::ZERO)
        };
        let (calm, wild) = (at(low), at(low + more));
        let worth = |picture: &Picture, price| {
            let found = picture.points.iter().find(|point| point.price == price);
            found.and_then(|point| point.on_dates[0])
        };
        for point in &calm.points {
            let (one, two) = (worth(&calm, point.price), worth(&wild, point.price));
            prop_assert!(one.is_some());
            // Their grids differ by the width of what may come.
            if let (Some(one), Some(two)) = (one, two) {
                prop_assert!(two >= one - Decimal::new(2, 2), "{}: {one} {two}", point.price);
            }
        }
    }

    /// Greeks of legs with a volatility of their own each are the slopes of their line.
    #[test]
    fn greeks_are_the_slopes_of_the_line_with_a_volatility_for_each_leg(
        one in 15i64..60, two in 15i64..60, day in 0u64..25,
    ) {
        let parts = |more: Decimal| {
            let share = |percent: i64| (Decimal::new(percent, 2) + more).to_string();
            [
                supposing(part(Right::Call, Side::Buy, "180", Some("6.50"), 0), &share(one)),
                supposing(part(Right::Call, Side::Sell, "190", Some("2.60"), 0), &share(two)),
            ]
        };
        let worth = |spot: &str, more: &str| {
            let picture = on_dates(&parts(dec(more)), Some(spot), &[days(day)], Decimal::ZERO);
            let point = picture.points.iter().find(|point| point.price == dec(spot)).unwrap();
            point.on_dates[0].unwrap().to_f64().unwrap()
        };
        let picture = on_dates(&parts(Decimal::ZERO), Some("180"), &[days(day)], Decimal::ZERO);
        let greeks = picture.greeks.unwrap().unwrap();
        let delta = (worth("181", "0") - worth("179", "0")) / 2.0;
        prop_assert!((greeks.delta.unwrap().to_f64().unwrap() - delta).abs() < 0.3, "{greeks:?} {delta}");
        let gamma = worth("181", "0") + worth("179", "0") - 2.0 * worth("180", "0");
        prop_assert!((greeks.gamma.unwrap().to_f64().unwrap() - gamma).abs() < 0.2, "{greeks:?} {gamma}");
        let vega = (worth("180", "0.01") - worth("180", "-0.01")) / 2.0;
        prop_assert!((greeks.vega.unwrap().to_f64().unwrap() - vega).abs() < 0.1, "{greeks:?} {vega}");
    }
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
