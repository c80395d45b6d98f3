//! What an option is worth by a model, and how that changes.
//!
//! | exercise | dividends | method |
//! |---|---|---|
//! | European | yield, or none | Black-Scholes-Merton; Black 76 on a forward or future |
//! | European | cash | the same, on the price without the dividends' present value |
//! | American | any | Leisen and Reimer's lattice; the European formula where early exercise is worth nothing |
//!
//! One volatility, one rate and one yield for an option's whole life, rates continuously
//! compounded. Deliberately not here: term structures, surfaces, stochastic volatility, borrow
//! fees other than as a part of the yield.

mod black_scholes;
pub mod implied;
pub mod lattice;
pub(in crate::options) mod normal;
mod slopes;

pub use implied::{NoVolatility, implied_volatility};

use gatehouse_domain::derivative::Right;

/// When an option may be exercised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Exercise {
    /// At its end only: index options.
    European,
    /// At any time: options on stocks and funds.
    American,
}

/// What the option gives.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Terms {
    /// Call or put.
    pub right: Right,
    /// Its strike, above zero.
    pub strike: f64,
    /// When it may be exercised.
    pub exercise: Exercise,
}

/// What holding the underlying brings.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Carry {
    /// A stock or an index: this yield a year, continuously compounded (0.02 is 2 %).
    Yield(f64),
    /// A future or a forward, which costs nothing to hold (Black 76).
    Future,
}

/// A dividend in cash.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CashDividend {
    /// Years from now until the stock trades without it; what lies behind or after the option's
    /// end is left out.
    pub years: f64,
    /// How much a share.
    pub amount: f64,
}

/// The underlying and the money market, as the model sees them.
#[derive(Debug, Clone, PartialEq)]
pub struct Market {
    /// The underlying's price, above zero.
    pub price: f64,
    /// The rate without risk, a year, continuously compounded (0.04 is 4 %).
    pub rate: f64,
    /// What holding the underlying brings.
    pub carry: Carry,
    /// Dividends known by amount, beside the carry.
    pub dividends: Vec<CashDividend>,
}

impl Market {
    /// A stock or index with a dividend yield.
    #[must_use]
    pub fn with_yield(price: f64, rate: f64, dividend_yield: f64) -> Self {
        Self {
            price,
            rate,
            carry: Carry::Yield(dividend_yield),
            dividends: Vec::new(),
        }
    }

    /// A future.
    #[must_use]
    pub fn of_future(price: f64, rate: f64) -> Self {
        Self {
            price,
            rate,
            carry: Carry::Future,
            dividends: Vec::new(),
        }
    }

    /// An index whose forward for the option's end is known, as from [`forward_from_parity`]: the
    /// yield is the one that leads from the price to the forward. Values are those of Black 76 on
    /// the forward, and the delta is by the index itself. `None` when the forward says nothing.
    #[must_use]
    pub fn with_forward(price: f64, forward: f64, rate: f64, years: f64) -> Option<Self> {
        let dividend_yield = rate - (forward / price).ln() / years;
        dividend_yield
            .is_finite()
            .then(|| Self::with_yield(price, rate, dividend_yield))
    }

    /// The cost of carry a year.
    fn cost_of_carry(&self) -> f64 {
        match self.carry {
            Carry::Yield(dividend_yield) => self.rate - dividend_yield,
            Carry::Future => 0.0,
        }
    }

    /// The present value of the cash dividends that fall within these years.
    pub(in crate::options) fn cash_value(&self, years: f64) -> f64 {
        self.within(years)
            .map(|dividend| dividend.amount * (-self.rate * dividend.years).exp())
            .sum()
    }

    fn within(&self, years: f64) -> impl Iterator<Item = &CashDividend> {
        self.dividends
            .iter()
            .filter(move |dividend| dividend.years > 0.0 && dividend.years <= years)
    }

    fn has_cash(&self, years: f64) -> bool {
        self.within(years).any(|dividend| dividend.amount != 0.0)
    }
}

/// The forward that makes a call and a put of the same European terms agree.
#[must_use]
pub fn forward_from_parity(call: f64, put: f64, strike: f64, rate: f64, years: f64) -> f64 {
    strike + (call - put) * (rate * years).exp()
}

/// An option's value and its slopes, all for one unit of the underlying.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Valuation {
    /// The value.
    pub price: f64,
    /// By the underlying's price.
    pub delta: f64,
    /// Of the delta, by the underlying's price.
    pub gamma: f64,
    /// By one point of volatility (0.01).
    pub vega: f64,
    /// By one calendar day passing: a 365th of the slope by the year.
    pub theta: f64,
    /// By one percent of the rate (0.01).
    pub rho: f64,
}

/// Why there is no value. The sentence says what is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unpriceable {
    /// The underlying's price.
    #[error("The underlying's price has to be above zero.")]
    Price,
    /// The strike.
    #[error("The strike has to be above zero.")]
    Strike,
    /// The volatility.
    #[error("The volatility has to lie between 0 and 2000 %.")]
    Volatility,
    /// The years until the end.
    #[error("The time to expiry has to lie between 0 and 50 years.")]
    Years,
    /// The rate or the yield.
    #[error("Rate and yield have to lie between -100 and 100 %.")]
    Rate,
    /// The cash dividends.
    #[error("The dividends are not below the underlying's price, or not numbers.")]
    Dividends,
}

/// An option's value by the method that fits it.
///
/// At its end, or without volatility and rates, that is what it is worth exercised.
///
/// # Errors
/// When a figure is outside of what a model can take.
pub fn price(
    terms: &Terms,
    market: &Market,
    volatility: f64,
    years: f64,
) -> Result<f64, Unpriceable> {
    check(terms, market, volatility, years)?;
    Ok(price_unchecked(terms, market, volatility, years))
}

/// An option's value and slopes. Analytic for European options on a yield; differences elsewhere.
///
/// # Errors
/// When a figure is outside of what a model can take.
pub fn value(
    terms: &Terms,
    market: &Market,
    volatility: f64,
    years: f64,
) -> Result<Valuation, Unpriceable> {
    check(terms, market, volatility, years)?;
    let never_early = !market.has_cash(years) && is_european(terms, market);
    Ok(if never_early {
        black_scholes::value(terms, market, volatility, years)
    } else {
        slopes::value(terms, market, volatility, years)
    })
}

/// The change in value for one percent of the rate alone: what [`value`] says of it, for less.
///
/// # Errors
/// When a figure is outside of what a model can take.
pub fn rho(
    terms: &Terms,
    market: &Market,
    volatility: f64,
    years: f64,
) -> Result<f64, Unpriceable> {
    check(terms, market, volatility, years)?;
    Ok(if !market.has_cash(years) && is_european(terms, market) {
        black_scholes::value(terms, market, volatility, years).rho
    } else {
        slopes::rho(terms, market, volatility, years)
    })
}

/// What the option is worth when it is exercised at this price.
#[must_use]
pub fn intrinsic(right: Right, strike: f64, price: f64) -> f64 {
    match right {
        Right::Call => (price - strike).max(0.0),
        Right::Put => (strike - price).max(0.0),
    }
}

fn price_unchecked(terms: &Terms, market: &Market, volatility: f64, years: f64) -> f64 {
    if is_european(terms, market) && !market.has_cash(years) {
        return black_scholes::price(terms, market, volatility, years);
    }
    if years == 0.0 || volatility * years.sqrt() < lattice::LEAST_DEVIATION {
        return certain(terms, market, years);
    }
    match terms.exercise {
        Exercise::European => {
            let without = Market {
                price: market.price - market.cash_value(years),
                dividends: Vec::new(),
                ..market.clone()
            };
            black_scholes::price(terms, &without, volatility, years)
        }
        Exercise::American => lattice::price(
            terms,
            market,
            volatility,
            years,
            lattice::steps(market, years),
        ),
    }
}

/// Whether early exercise is worth nothing, cash dividends aside: a call whose holder gives up no
/// yield and earns interest on the strike, a put whose holder earns none.
fn is_european(terms: &Terms, market: &Market) -> bool {
    let rate = market.rate;
    let dividend_yield = rate - market.cost_of_carry();
    match (terms.exercise, terms.right) {
        (Exercise::European, _) => true,
        (Exercise::American, Right::Call) => dividend_yield <= 0.0 && rate >= 0.0,
        (Exercise::American, Right::Put) => rate <= 0.0 && dividend_yield >= 0.0,
    }
}

/// The value when the underlying moves along its carry and nowhere else: the best moment to
/// exercise is now, the end, or just around a dividend.
fn certain(terms: &Terms, market: &Market, years: f64) -> f64 {
    let carry = market.cost_of_carry();
    let total = market.cash_value(years);
    let worth_at = |at: f64, after: bool| {
        let paid: f64 = market
            .within(years)
            .filter(|dividend| dividend.years < at || (after && dividend.years == at))
            .map(|dividend| dividend.amount * (-market.rate * dividend.years).exp())
            .sum();
        let spot =
            (market.price - total) * (carry * at).exp() + (total - paid) * (market.rate * at).exp();
        intrinsic(terms.right, terms.strike, spot) * (-market.rate * at).exp()
    };
    let end = worth_at(years, true);
    if terms.exercise == Exercise::European {
        return end;
    }
    market
        .within(years)
        .flat_map(|dividend| {
            [
                worth_at(dividend.years, false),
                worth_at(dividend.years, true),
            ]
        })
        .chain([worth_at(0.0, false)])
        .fold(end, f64::max)
}

fn check(terms: &Terms, market: &Market, volatility: f64, years: f64) -> Result<(), Unpriceable> {
    let within = |value: f64, low: f64, high: f64| (low..=high).contains(&value);
    let dividend_yield = match market.carry {
        Carry::Yield(dividend_yield) => dividend_yield,
        Carry::Future => 0.0,
    };
    let cash = market.cash_value(years);
    let odd = |dividend: &CashDividend| {
        !(dividend.amount.is_finite() && dividend.amount >= 0.0 && dividend.years.is_finite())
    };
    if !(market.price.is_normal() && market.price > 0.0) {
        Err(Unpriceable::Price)
    } else if !(terms.strike.is_normal() && terms.strike > 0.0) {
        Err(Unpriceable::Strike)
    } else if !within(volatility, 0.0, 20.0) {
        Err(Unpriceable::Volatility)
    } else if !within(years, 0.0, 50.0) {
        Err(Unpriceable::Years)
    } else if !within(market.rate, -1.0, 1.0) || !within(dividend_yield, -1.0, 1.0) {
        Err(Unpriceable::Rate)
    } else if market.dividends.iter().any(odd) || cash >= market.price {
        Err(Unpriceable::Dividends)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests;
