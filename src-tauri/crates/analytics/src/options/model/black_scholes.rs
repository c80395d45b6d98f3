//! Black, Scholes and Merton's formula with a cost of carry: stocks, indices and, with a carry of
//! zero, Black 76. Knows neither early exercise nor cash dividends.

use super::normal::{below, density};
use super::{Market, Terms, Valuation};
use gatehouse_domain::derivative::Right;

const DAYS: f64 = 365.0;
const POINT: f64 = 0.01;

struct Parts {
    sign: f64,
    deviation: f64,
    up: f64,
    down: f64,
    carried: f64,
    discount: f64,
}

fn parts(terms: &Terms, market: &Market, volatility: f64, years: f64) -> Parts {
    let carry = market.cost_of_carry();
    let deviation = volatility * years.sqrt();
    let distance = (market.price / terms.strike).ln() + carry * years;
    // Without deviation the outcome is certain: far on one side, or at the strike itself.
    let up = match deviation {
        0.0 if distance == 0.0 => 0.0,
        _ => distance / deviation + deviation / 2.0,
    };
    Parts {
        sign: match terms.right {
            Right::Call => 1.0,
            Right::Put => -1.0,
        },
        deviation,
        up,
        down: up - deviation,
        carried: ((carry - market.rate) * years).exp(),
        discount: (-market.rate * years).exp(),
    }
}

/// The value.
pub(super) fn price(terms: &Terms, market: &Market, volatility: f64, years: f64) -> f64 {
    let p = parts(terms, market, volatility, years);
    let stock = market.price * p.carried * below(p.sign * p.up);
    let cash = terms.strike * p.discount * below(p.sign * p.down);
    (p.sign * (stock - cash)).max(0.0)
}

/// The value and its slopes.
pub(super) fn value(terms: &Terms, market: &Market, volatility: f64, years: f64) -> Valuation {
    let p = parts(terms, market, volatility, years);
    let carry = market.cost_of_carry();
    let stock = market.price * p.carried * below(p.sign * p.up);
    let cash = terms.strike * p.discount * below(p.sign * p.down);
    let price = (p.sign * (stock - cash)).max(0.0);
    // A certain outcome has no curvature, except at the strike, where it has no bound.
    let certain = p.deviation == 0.0;
    let bell = if certain { 0.0 } else { density(p.up) };
    let root = years.sqrt();
    let decay = if certain {
        0.0
    } else {
        market.price * p.carried * bell * volatility / (2.0 * root)
    };
    let rho = match market.carry {
        super::Carry::Yield(_) => p.sign * years * cash,
        super::Carry::Future => -years * price,
    };
    Valuation {
        price,
        delta: p.sign * p.carried * below(p.sign * p.up),
        gamma: if certain {
            0.0
        } else {
            p.carried * bell / (market.price * p.deviation)
        },
        vega: market.price * p.carried * bell * root * POINT,
        theta: (-decay - p.sign * ((carry - market.rate) * stock + market.rate * cash)) / DAYS,
        rho: rho * POINT,
    }
}

/// The slope of the value by volatility (by 1, not by a point).
pub(super) fn vega(terms: &Terms, market: &Market, volatility: f64, years: f64) -> f64 {
    let p = parts(terms, market, volatility, years);
    market.price * p.carried * density(p.up) * years.sqrt()
}
