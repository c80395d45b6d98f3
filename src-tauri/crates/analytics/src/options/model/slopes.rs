//! Slopes of values that have no closed form of them.

use super::{
    CashDividend, Exercise, Market, Terms, Valuation, intrinsic, lattice, price_unchecked,
};

const DAYS: f64 = 365.0;
/// By so much the rate is moved to see what it does.
const RATE_STEP: f64 = 1e-4;

/// The value and its slopes.
pub(super) fn value(terms: &Terms, market: &Market, volatility: f64, years: f64) -> Valuation {
    let moves = volatility * years.sqrt() >= lattice::LEAST_DEVIATION;
    if terms.exercise == Exercise::American && moves {
        american(terms, market, volatility, years)
            .unwrap_or_else(|| by_differences(terms, market, volatility, years))
    } else {
        by_differences(terms, market, volatility, years)
    }
}

/// From the lattice's own nodes where it has them. The day's passing follows from the other
/// slopes by Black and Scholes' equation, which holds until the option is exercised.
fn american(terms: &Terms, market: &Market, volatility: f64, years: f64) -> Option<Valuation> {
    let shape = lattice::shape(terms, market, volatility, years)?;
    let at = |market: &Market, volatility| {
        lattice::price(
            terms,
            market,
            volatility,
            years,
            lattice::steps(market, years),
        )
    };
    let vol_step = 0.005_f64.min(volatility / 2.0);
    let vega = at(market, volatility + vol_step) - at(market, volatility - vol_step);
    let dearer = Market {
        rate: market.rate + RATE_STEP,
        ..market.clone()
    };
    let rho = at(&dearer, volatility) - shape.price;
    // The lattice's own price of today is rounded: exactly equal they seldom are.
    let grain = 1e-9 * market.price.max(terms.strike);
    let exercised = shape.price <= intrinsic(terms.right, terms.strike, market.price) + grain;
    let random = market.price - market.cash_value(years);
    let theta = market.rate * shape.price
        - market.cost_of_carry() * random * shape.delta
        - 0.5 * volatility * volatility * random * random * shape.gamma
        - market.rate * (market.price - random) * shape.delta;
    Some(Valuation {
        price: shape.price,
        delta: shape.delta,
        gamma: shape.gamma,
        vega: vega / (2.0 * vol_step) * 0.01,
        theta: if exercised { 0.0 } else { theta / DAYS },
        rho: rho / RATE_STEP * 0.01,
    })
}

/// By the rate alone, with half of the work.
pub(super) fn rho(terms: &Terms, market: &Market, volatility: f64, years: f64) -> f64 {
    let with_rate = |by: f64| {
        let rate = market.rate + by;
        let moved = Market {
            rate,
            ..market.clone()
        };
        price_unchecked(terms, &moved, volatility, years)
    };
    (with_rate(RATE_STEP) - with_rate(-RATE_STEP)) / (2.0 * RATE_STEP) * 0.01
}

fn by_differences(terms: &Terms, market: &Market, volatility: f64, years: f64) -> Valuation {
    let at = |market: &Market, volatility: f64, years: f64| {
        price_unchecked(terms, market, volatility, years)
    };
    let here = at(market, volatility, years);
    let step = market.price * (0.1 * volatility * years.sqrt()).clamp(1e-4, 0.01);
    let moved = |by: f64| {
        let price = market.price + by;
        at(
            &Market {
                price,
                ..market.clone()
            },
            volatility,
            years,
        )
    };
    let (above, below) = (moved(step), moved(-step));
    let vol_step = 0.005_f64.min(volatility / 2.0);
    let vega = if vol_step == 0.0 {
        0.0
    } else {
        (at(market, volatility + vol_step, years) - at(market, volatility - vol_step, years))
            / (2.0 * vol_step)
    };
    Valuation {
        price: here,
        delta: (above - below) / (2.0 * step),
        gamma: (above - 2.0 * here + below) / (step * step),
        vega: vega * 0.01,
        theta: by_day(market, years, here, |market, years| {
            at(market, volatility, years)
        }),
        rho: rho(terms, market, volatility, years),
    }
}

/// A day's passing. No dividend is passed on the way: the price falls by it then, which is no
/// change of the option's own.
fn by_day(market: &Market, years: f64, here: f64, at: impl Fn(&Market, f64) -> f64) -> f64 {
    let first = market
        .within(years)
        .map(|dividend| dividend.years)
        .fold(years, f64::min);
    let step = (0.5 / DAYS).min(first / 2.0);
    if step == 0.0 {
        return 0.0;
    }
    let later = Market {
        dividends: market
            .within(years)
            .map(|dividend| CashDividend {
                years: dividend.years - step,
                ..*dividend
            })
            .collect(),
        ..market.clone()
    };
    (at(&later, years - step) - here) / step / DAYS
}
