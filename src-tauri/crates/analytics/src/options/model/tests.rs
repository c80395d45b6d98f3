//! The model against published tables, against itself by other ways, and at its edges.

use super::*;
use Exercise::{American, European};
use Right::{Call, Put};
use proptest::prelude::*;

fn terms(right: Right, strike: f64, exercise: Exercise) -> Terms {
    Terms {
        right,
        strike,
        exercise,
    }
}

fn close(got: f64, wanted: f64, tolerance: f64, what: &str) {
    assert!(
        (got - wanted).abs() <= tolerance,
        "{what}: {got}, not {wanted}"
    );
}

/// Right, strike, price, yield, rate, years, volatility, value.
type Published = (Right, f64, f64, f64, f64, f64, f64, f64);

/// E. G. Haug, The Complete Guide to Option Pricing Formulas, second edition, chapter 1: the
/// examples of Black-Scholes (65/60), Merton's dividend yield (95/100), Black 76 (19/19),
/// Garman-Kohlhagen (1.60/1.56) and the generalised formula (70/75); and the European values
/// beside the American ones of chapter 3.
const HAUG: &[Published] = &[
    (Call, 65.0, 60.0, 0.00, 0.08, 0.25, 0.30, 2.1334),
    (Put, 95.0, 100.0, 0.05, 0.10, 0.50, 0.20, 2.4648),
    (Put, 19.0, 19.0, 0.10, 0.10, 0.75, 0.28, 1.7011),
    (Call, 19.0, 19.0, 0.10, 0.10, 0.75, 0.28, 1.7011),
    (Call, 1.60, 1.56, 0.08, 0.06, 0.50, 0.12, 0.0291),
    (Put, 70.0, 75.0, 0.05, 0.10, 0.50, 0.35, 4.0870),
    (Call, 100.0, 110.0, 0.10, 0.10, 0.50, 0.35, 15.3086),
    (Put, 100.0, 90.0, 0.10, 0.10, 0.50, 0.15, 10.3192),
    (Call, 40.0, 42.0, 0.08, 0.04, 0.75, 0.35, 5.0975),
];

#[test]
fn european_values_are_those_of_haugs_tables() {
    for &(right, strike, spot, dividend_yield, rate, years, volatility, wanted) in HAUG {
        let market = Market::with_yield(spot, rate, dividend_yield);
        let got = price(&terms(right, strike, European), &market, volatility, years).unwrap();
        close(got, wanted, 5.1e-5, &format!("{right:?} {strike} {spot}"));
    }
    // A future: Black 76.
    let future = Market::of_future(19.0, 0.10);
    let got = price(&terms(Call, 19.0, European), &future, 0.28, 0.75).unwrap();
    close(got, 1.7011, 5.1e-5, "Black 76");
}

#[test]
fn european_values_are_those_of_hulls_examples() {
    // J. C. Hull, Options, Futures and Other Derivatives: the stock at 42 in the chapter on
    // Black, Scholes and Merton, and the index at 930 in that on index options.
    let stock = Market::with_yield(42.0, 0.1, 0.0);
    let of = |right| price(&terms(right, 40.0, European), &stock, 0.2, 0.5).unwrap();
    close(of(Call), 4.76, 5e-3, "call");
    close(of(Put), 0.81, 5e-3, "put");
    let index = Market::with_yield(930.0, 0.08, 0.03);
    let call = price(&terms(Call, 900.0, European), &index, 0.2, 2.0 / 12.0).unwrap();
    close(call, 51.83, 5e-3, "index call");
    // Dividends of 0.50 after two and five months.
    let paying = Market {
        dividends: [2.0, 5.0]
            .map(|months| CashDividend {
                years: months / 12.0,
                amount: 0.5,
            })
            .to_vec(),
        ..Market::with_yield(40.0, 0.09, 0.0)
    };
    let call = price(&terms(Call, 40.0, European), &paying, 0.3, 0.5).unwrap();
    close(call, 3.67, 5e-3, "call with dividends");
}

#[test]
fn greeks_are_those_of_published_tables() {
    let of = |right, strike, spot, dividend_yield, rate, years, volatility| {
        let market = Market::with_yield(spot, rate, dividend_yield);
        value(&terms(right, strike, European), &market, volatility, years).unwrap()
    };
    close(
        of(Call, 100.0, 105.0, 0.1, 0.1, 0.5, 0.36).delta,
        0.5946,
        5e-5,
        "delta",
    );
    close(
        of(Put, 100.0, 105.0, 0.1, 0.1, 0.5, 0.36).delta,
        -0.3566,
        5e-5,
        "delta",
    );
    close(
        of(Call, 60.0, 55.0, 0.0, 0.1, 0.75, 0.3).gamma,
        0.0278,
        5e-5,
        "gamma",
    );
    close(
        of(Put, 60.0, 55.0, 0.0, 0.1, 0.75, 0.3).vega,
        0.189_358,
        5e-7,
        "vega",
    );
    let theta = of(Put, 405.0, 430.0, 0.05, 0.07, 1.0 / 12.0, 0.2).theta;
    close(theta * 365.0, -31.1924, 5e-5, "theta");
    close(
        of(Call, 75.0, 72.0, 0.0, 0.09, 1.0, 0.19).rho,
        0.387_325,
        5e-7,
        "rho",
    );
    // Hull's stock at 49.
    let hull = of(Call, 50.0, 49.0, 0.0, 0.05, 0.3846, 0.2);
    close(hull.delta, 0.522, 5e-4, "delta");
    close(hull.gamma, 0.066, 5e-4, "gamma");
    close(hull.vega, 0.121, 5e-4, "vega");
    close(hull.theta * 365.0, -4.31, 1e-2, "theta");
    close(hull.rho, 0.0891, 5e-5, "rho");
}

#[test]
fn american_values_lie_near_the_published_ones() {
    // Ju's exhibits: the true values, to the third digit.
    for (right, strike, spot, dividend_yield, rate, years, volatility, wanted) in [
        (Put, 35.0, 40.0, 0.0, 0.0488, 0.3333, 0.2, 0.200),
        (Put, 40.0, 40.0, 0.0, 0.0488, 0.5833, 0.2, 1.990),
        (Put, 45.0, 40.0, 0.0, 0.0488, 0.5833, 0.3, 6.243),
        (Put, 45.0, 40.0, 0.0, 0.0488, 0.3333, 0.4, 6.510),
        (Call, 100.0, 100.0, 0.07, 0.03, 3.0, 0.2, 9.066),
        (Call, 100.0, 120.0, 0.03, 0.07, 3.0, 0.3, 37.103),
    ] {
        let market = Market::with_yield(spot, rate, dividend_yield);
        let option = terms(right, strike, American);
        let what = format!("{right:?} {strike} {years}");
        let exact = lattice::price(&option, &market, volatility, years, 2001);
        close(exact, wanted, 1.1e-3, &what);
        let quick = price(&option, &market, volatility, years).unwrap();
        close(quick, wanted, 0.005 * wanted, &what);
    }
}

#[test]
fn an_american_put_is_that_of_hulls_tree_with_many_steps() {
    // J. C. Hull, Options, Futures and Other Derivatives, chapter on basic numerical procedures:
    // five months at 50, worth 4.283 by five hundred steps.
    let market = Market::with_yield(50.0, 0.1, 0.0);
    let option = terms(Put, 50.0, American);
    let (volatility, years) = (0.4, 5.0 / 12.0);
    let exact = lattice::price(&option, &market, volatility, years, 2001);
    close(exact, 4.283, 1.5e-3, "many steps");
    let quick = price(&option, &market, volatility, years).unwrap();
    close(quick, 4.283, 0.005 * 4.283, "everyday steps");
}

#[test]
fn american_values_are_within_half_a_percent_of_two_thousand_steps() {
    let mut worst = (0.0, String::new());
    for right in [Call, Put] {
        for strike in [80.0, 100.0, 125.0] {
            for (rate, dividend_yield) in [(0.04, 0.0), (0.02, 0.05)] {
                for (years, volatility) in [(0.1, 0.2), (0.5, 0.5), (2.0, 0.25)] {
                    let market = Market::with_yield(100.0, rate, dividend_yield);
                    let option = terms(right, strike, American);
                    let exact = lattice::price(&option, &market, volatility, years, 2001);
                    if exact < 0.01 {
                        continue;
                    }
                    let quick = price(&option, &market, volatility, years).unwrap();
                    let off = (quick / exact - 1.0).abs();
                    if off > worst.0 {
                        worst = (
                            off,
                            format!(
                                "{right:?} {strike} {rate} {dividend_yield} {years} {volatility}: {quick} for {exact}"
                            ),
                        );
                    }
                }
            }
        }
    }
    assert!(worst.0 < 0.005, "{worst:?}");
}

#[test]
fn a_dividend_may_be_worth_exercising_for() {
    // Deep in the money, a large dividend tomorrow week, long to run: the holder takes the stock.
    let market = Market {
        dividends: vec![CashDividend {
            years: 0.02,
            amount: 5.0,
        }],
        ..Market::with_yield(120.0, 0.01, 0.0)
    };
    let of = |exercise| price(&terms(Call, 80.0, exercise), &market, 0.15, 0.1).unwrap();
    assert!(of(American) >= 40.0);
    assert!(of(American) - of(European) > 4.0);
    // What is paid after the end is nothing to the option.
    let later = Market {
        dividends: vec![CashDividend {
            years: 0.2,
            amount: 5.0,
        }],
        ..market
    };
    let plain = Market::with_yield(120.0, 0.01, 0.0);
    let option = terms(Call, 80.0, American);
    assert_eq!(
        price(&option, &later, 0.15, 0.1),
        price(&option, &plain, 0.15, 0.1)
    );
}

#[test]
fn at_its_end_an_option_is_worth_what_exercise_brings() {
    for exercise in [European, American] {
        for right in [Call, Put] {
            for volatility in [0.0, 0.3] {
                let market = Market::with_yield(103.0, 0.04, 0.03);
                let at = value(&terms(right, 100.0, exercise), &market, volatility, 0.0).unwrap();
                assert_eq!(at.price, intrinsic(right, 100.0, 103.0));
                for slope in [at.delta, at.gamma, at.vega, at.theta, at.rho] {
                    assert!(slope.is_finite(), "{exercise:?} {right:?} {at:?}");
                }
            }
        }
    }
}

#[test]
fn figures_that_no_model_takes_are_refused_by_name() {
    let market = Market::with_yield(100.0, 0.04, 0.0);
    let option = terms(Call, 100.0, American);
    let paying = |amount| Market {
        dividends: vec![CashDividend { years: 0.1, amount }],
        ..market.clone()
    };
    for (got, wanted) in [
        (
            price(&option, &Market::with_yield(0.0, 0.0, 0.0), 0.2, 1.0),
            Unpriceable::Price,
        ),
        (
            price(&option, &Market::with_yield(f64::NAN, 0.0, 0.0), 0.2, 1.0),
            Unpriceable::Price,
        ),
        (
            price(&terms(Call, -1.0, American), &market, 0.2, 1.0),
            Unpriceable::Strike,
        ),
        (
            price(&option, &market, f64::NAN, 1.0),
            Unpriceable::Volatility,
        ),
        (price(&option, &market, -0.1, 1.0), Unpriceable::Volatility),
        (price(&option, &market, 0.2, -1.0), Unpriceable::Years),
        (
            price(
                &option,
                &Market::with_yield(100.0, f64::INFINITY, 0.0),
                0.2,
                1.0,
            ),
            Unpriceable::Rate,
        ),
        (
            price(&option, &paying(100.0 * 1.1), 0.2, 1.0),
            Unpriceable::Dividends,
        ),
        (
            price(&option, &paying(f64::NAN), 0.2, 1.0),
            Unpriceable::Dividends,
        ),
    ] {
        assert_eq!(got, Err(wanted));
    }
}

#[test]
fn a_price_without_a_volatility_has_a_reason() {
    let market = Market::with_yield(100.0, 0.0, 0.0);
    let of = |right, strike, target, years| {
        implied_volatility(&terms(right, strike, American), &market, target, years)
    };
    assert_eq!(of(Call, 90.0, 9.99, 0.5), Err(NoVolatility::BelowIntrinsic));
    assert_eq!(of(Call, 90.0, 10.0, 0.5), Err(NoVolatility::NoTimeValue));
    assert_eq!(of(Call, 90.0, 100.5, 0.5), Err(NoVolatility::AboveMost));
    assert_eq!(of(Put, 90.0, 90.5, 0.5), Err(NoVolatility::AboveMost));
    assert_eq!(of(Call, 90.0, 11.0, 0.0), Err(NoVolatility::Expired));
    assert_eq!(of(Call, 90.0, 0.0, 0.5), Err(NoVolatility::NoPrice));
    assert_eq!(of(Call, 90.0, f64::NAN, 0.5), Err(NoVolatility::NoPrice));
    assert_eq!(
        of(Call, 0.0, 1.0, 0.5),
        Err(NoVolatility::Unpriceable(Unpriceable::Strike))
    );
    // A minute before the end, a cent of time value still has one.
    let minute = 1.0 / (365.0 * 24.0 * 60.0);
    let volatility = of(Call, 100.0, 0.01, minute).unwrap();
    let back = price(&terms(Call, 100.0, American), &market, volatility, minute).unwrap();
    close(back, 0.01, 1e-9, "a minute");
}

#[test]
fn an_index_priced_by_its_forward_is_priced_by_black_76() {
    let (forward, rate, years) = (5_843.2, 0.043, 0.21);
    let index = Market::with_forward(5_800.0, forward, rate, years).unwrap();
    let option = terms(Put, 5_750.0, European);
    let by_index = value(&option, &index, 0.17, years).unwrap();
    let by_forward = value(&option, &Market::of_future(forward, rate), 0.17, years).unwrap();
    close(by_index.price, by_forward.price, 1e-9, "price");
    close(
        by_index.delta * 5_800.0,
        by_forward.delta * forward,
        1e-6,
        "delta",
    );
    let call = price(&terms(Call, 5_750.0, European), &index, 0.17, years).unwrap();
    let parity = forward_from_parity(call, by_index.price, 5_750.0, rate, years);
    close(parity, forward, 1e-8, "forward");
    assert_eq!(Market::with_forward(5_800.0, -1.0, rate, years), None);
    assert_eq!(Market::with_forward(5_800.0, forward, rate, 0.0), None);
}

fn right() -> impl Strategy<Value = Right> {
    prop::sample::select(vec![Call, Put])
}

fn market() -> impl Strategy<Value = Market> {
    (10.0..500.0, -0.02..0.12, -0.02..0.12)
        .prop_map(|(price, rate, held)| Market::with_yield(price, rate, held))
}

#[test]
fn american_greeks_are_the_slopes_of_a_finer_lattice() {
    for (right, strike, dividend_yield, volatility, years, cash) in [
        (Put, 100.0, 0.0, 0.25, 0.3, None),
        (Put, 90.0, 0.01, 0.4, 0.1, None),
        (Put, 115.0, 0.0, 0.3, 1.0, Some(0.4)),
        (Call, 105.0, 0.05, 0.2, 0.5, None),
        (Call, 95.0, 0.0, 0.3, 0.4, Some(0.2)),
    ] {
        let option = terms(right, strike, American);
        let dividends = cash.map(|years| CashDividend { years, amount: 1.5 });
        let market = Market {
            dividends: dividends.into_iter().collect(),
            ..Market::with_yield(100.0, 0.04, dividend_yield)
        };
        let fine =
            |market: &Market, volatility| lattice::price(&option, market, volatility, years, 1001);
        let moved = |by| {
            fine(
                &Market {
                    price: 100.0 + by,
                    ..market.clone()
                },
                volatility,
            )
        };
        let rated = |by| {
            fine(
                &Market {
                    rate: 0.04 + by,
                    ..market.clone()
                },
                volatility,
            )
        };
        let got = value(&option, &market, volatility, years).unwrap();
        let what = format!("{right:?} {strike} {cash:?} {got:?}");
        let step = 10.0 * volatility * years.sqrt();
        let here = fine(&market, volatility);
        close(got.price, here, 3e-3 * here, &what);
        close(
            got.delta,
            (moved(step) - moved(-step)) / (2.0 * step),
            5e-3,
            &what,
        );
        let gamma = (moved(step) - 2.0 * here + moved(-step)) / (step * step);
        close(got.gamma, gamma, 0.03 * gamma, &what);
        let vega = fine(&market, volatility + 0.01) - fine(&market, volatility - 0.01);
        close(got.vega, vega / 2.0, 0.01 * vega, &what);
        close(
            got.rho,
            rated(0.005) - rated(-0.005),
            0.03 * got.rho.abs() + 1e-3,
            &what,
        );
        let sooner: Vec<CashDividend> = market
            .dividends
            .iter()
            .map(|dividend| CashDividend {
                years: dividend.years - 0.004,
                ..*dividend
            })
            .collect();
        let later = Market {
            dividends: sooner,
            ..market.clone()
        };
        let theta = (lattice::price(&option, &later, volatility, years - 0.004, 1001) - here)
            / 0.004
            / 365.0;
        close(got.theta, theta, 0.03 * theta.abs() + 1e-4, &what);
    }
}

#[test]
fn what_is_best_exercised_at_once_loses_nothing_by_the_day() {
    for spot in [152.671_315_885_957_3, 151.3, 149.9, 147.77] {
        let market = Market::with_yield(spot, 0.04, 0.005);
        let got = value(&terms(Put, 170.0, American), &market, 0.15, 17.0 / 365.0).unwrap();
        close(got.price, 170.0 - spot, 1e-9, "price");
        close(got.delta, -1.0, 1e-9, "delta");
        assert_eq!(got.theta, 0.0, "{spot}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_call_less_a_put_is_a_forward(
        market in market(), moneyness in 0.5..2.0, volatility in 0.01..2.0, years in 0.001..5.0,
    ) {
        let strike = market.price * moneyness;
        let of = |right| price(&terms(right, strike, European), &market, volatility, years).unwrap();
        let forward = market.price * (market.cost_of_carry() * years).exp();
        let wanted = (forward - strike) * (-market.rate * years).exp();
        prop_assert!((of(Call) - of(Put) - wanted).abs() < 1e-9 * market.price.max(strike));
    }

    #[test]
    fn greeks_are_the_slopes_of_the_price(
        market in market(), right in right(), moneyness in 0.8..1.25, volatility in 0.1..0.8, years in 0.05..2.0,
        cash in prop::option::of(0.1..0.9),
    ) {
        let option = terms(right, market.price * moneyness, European);
        let dividends = cash.map(|part: f64| CashDividend { years: part * years, amount: 0.01 * market.price });
        let market = Market { dividends: dividends.into_iter().collect(), ..market };
        let at = |market: &Market, volatility, years| price(&option, market, volatility, years).unwrap();
        let moved = |by| Market { price: market.price + by, ..market.clone() };
        let rated = |by| Market { rate: market.rate + by, ..market.clone() };
        let greeks = value(&option, &market, volatility, years).unwrap();
        let step = market.price * 1e-3 * volatility * years.sqrt();
        let (up, here, down) = (at(&moved(step), volatility, years), at(&market, volatility, years), at(&moved(-step), volatility, years));
        let scale = market.price;
        prop_assert!((greeks.delta - (up - down) / (2.0 * step)).abs() < 1e-3);
        prop_assert!((greeks.gamma - (up - 2.0 * here + down) / (step * step)).abs() * scale < 1e-2 * (1.0 + greeks.gamma * scale));
        let vega = at(&market, volatility + 1e-4, years) - at(&market, volatility - 1e-4, years);
        prop_assert!((greeks.vega - vega / 2e-4 * 0.01).abs() < 1e-4 * scale);
        let rho = at(&rated(1e-4), volatility, years) - at(&rated(-1e-4), volatility, years);
        prop_assert!((greeks.rho - rho / 2e-4 * 0.01).abs() < 1e-4 * scale);
        let step = 1e-5;
        if market.dividends.is_empty() {
            let theta = at(&market, volatility, years - step) - at(&market, volatility, years + step);
            prop_assert!((greeks.theta - theta / (2.0 * step) / 365.0).abs() < 1e-5 * scale);
        }
    }

    #[test]
    fn a_call_less_a_put_is_a_forward_without_the_dividends_on_the_way(
        market in market(), moneyness in 0.5..2.0, volatility in 0.01..2.0, years in 0.001..5.0,
        part in 0.0..2.0, amount in 0.0..0.1,
    ) {
        let dividend = CashDividend { years: part * years, amount: amount * market.price };
        let market = Market { dividends: vec![dividend], ..market };
        let strike = market.price * moneyness;
        let of = |right| price(&terms(right, strike, European), &market, volatility, years).unwrap();
        let within = dividend.years > 0.0 && dividend.years <= years;
        let paid = if within { dividend.amount * (-market.rate * dividend.years).exp() } else { 0.0 };
        let forward = (market.price - paid) * (market.cost_of_carry() * years).exp();
        let wanted = (forward - strike) * (-market.rate * years).exp();
        prop_assert!((of(Call) - of(Put) - wanted).abs() < 1e-9 * market.price.max(strike));
    }

    #[test]
    fn an_implied_volatility_gives_its_price_back(
        market in market(), right in right(), american in any::<bool>(), moneyness in 0.7..1.4,
        volatility in 0.05..1.5, years in 0.01..2.0, cash in prop::option::of((0.01..0.99, 0.001..0.03)),
    ) {
        let exercise = if american { American } else { European };
        let dividends = cash.map(|(part, amount): (f64, f64)| CashDividend { years: part * years, amount: amount * market.price });
        let market = Market { dividends: dividends.into_iter().collect(), ..market };
        let option = terms(right, market.price * moneyness, exercise);
        let target = price(&option, &market, volatility, years).unwrap();
        // Where the price hardly moves with volatility, it tells of none.
        let near = price(&option, &market, volatility * 1.001, years).unwrap();
        prop_assume!(near - target > 1e-7 * market.price);
        let found = implied_volatility(&option, &market, target, years);
        prop_assert!(found.is_ok_and(|found| (found - volatility).abs() < 1e-5), "{found:?} for {volatility}");
    }

    #[test]
    fn an_american_option_is_worth_no_less_than_a_european_one_or_exercise(
        market in market(), right in right(), moneyness in 0.5..2.0, volatility in 0.001..3.0, years in 0.0001..5.0,
    ) {
        let strike = market.price * moneyness;
        let american = price(&terms(right, strike, American), &market, volatility, years).unwrap();
        let european = price(&terms(right, strike, European), &market, volatility, years).unwrap();
        let grain = 1e-4 * market.price;
        prop_assert!(american >= european - grain, "{american} < {european}");
        prop_assert!(american >= intrinsic(right, strike, market.price) - 1e-9);
        prop_assert!(american <= market.price.max(strike) * 1.3);
    }

    /// Nothing that a chain can hold ends in a number that is none.
    #[test]
    fn every_valuation_is_a_number(
        market in market(), right in right(), american in any::<bool>(), moneyness in 0.05..20.0,
        volatility in prop::sample::select(vec![0.0, 1e-6, 1e-3, 0.05, 0.3, 2.0, 20.0]),
        years in prop::sample::select(vec![0.0, 1e-8, 1e-5, 0.003, 0.3, 3.0]),
        cash in prop::option::of((0.0..1.0, 0.0..0.05)),
    ) {
        let dividends = cash.map(|(years, part): (f64, f64)| CashDividend { years, amount: part * market.price });
        let exercise = if american { American } else { European };
        let market = Market { dividends: dividends.into_iter().collect(), ..market };
        let got = value(&terms(right, market.price * moneyness, exercise), &market, volatility, years).unwrap();
        for number in [got.price, got.delta, got.gamma, got.vega, got.theta, got.rho] {
            prop_assert!(number.is_finite(), "{got:?}");
        }
        prop_assert!(got.price >= 0.0);
    }
}
