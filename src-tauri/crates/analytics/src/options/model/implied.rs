//! The volatility at which the model gives a price.
//!
//! European options by the `implied-vol` library (Jäckel's method); American ones by a search
//! between bounds. A price that fits no volatility has a reason instead.

use super::{Market, Terms, Unpriceable, black_scholes, check, is_european, price_unchecked};
use gatehouse_domain::derivative::Right;
use implied_vol::{DefaultSpecialFn, ImpliedBlackVolatility};

/// Volatilities that are looked for: 0.01 % to 1000 %.
const LEAST: f64 = 1e-4;
const MOST: f64 = 10.0;
/// How much of the underlying's price a value must exceed its bound by to count as above it.
const GRAIN: f64 = 1e-12;

/// Why a price has no volatility. The sentence says it to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoVolatility {
    /// The option has ended.
    #[error("The option has expired.")]
    Expired,
    /// The price is not a number above zero.
    #[error("There is no price above zero.")]
    NoPrice,
    /// The price is below what the option is worth for certain.
    #[error("The price is below what the option is worth without any volatility.")]
    BelowIntrinsic,
    /// The price is that worth itself: any low volatility fits.
    #[error("The price has no time value: every low volatility fits it.")]
    NoTimeValue,
    /// The price is above what any volatility gives.
    #[error("The price is above what the option can be worth.")]
    AboveMost,
    /// The model can't take the other figures.
    #[error("{0}")]
    Unpriceable(#[from] Unpriceable),
}

/// The volatility at which the option is worth `target`.
///
/// # Errors
/// Why there is none.
pub fn implied_volatility(
    terms: &Terms,
    market: &Market,
    target: f64,
    years: f64,
) -> Result<f64, NoVolatility> {
    check(terms, market, LEAST, years)?;
    if years == 0.0 {
        return Err(NoVolatility::Expired);
    }
    if !(target.is_normal() && target > 0.0) {
        return Err(NoVolatility::NoPrice);
    }
    let least = price_unchecked(terms, market, 0.0, years);
    let grain = GRAIN * market.price.max(terms.strike);
    if target < least - grain {
        return Err(NoVolatility::BelowIntrinsic);
    }
    if target <= least + grain {
        return Err(NoVolatility::NoTimeValue);
    }
    if is_european(terms, market) && !market.has_cash(years) {
        european(terms, market, target, years)
    } else {
        search(terms, market, target, years)
    }
}

fn european(terms: &Terms, market: &Market, target: f64, years: f64) -> Result<f64, NoVolatility> {
    let forward = market.price * (market.cost_of_carry() * years).exp();
    ImpliedBlackVolatility::builder()
        .option_price(target * (market.rate * years).exp())
        .forward(forward)
        .strike(terms.strike)
        .expiry(years)
        .is_call(terms.right == Right::Call)
        .build()
        .and_then(|option| option.calculate::<DefaultSpecialFn>())
        .filter(|volatility| *volatility <= MOST)
        .ok_or(NoVolatility::AboveMost)
        .and_then(|volatility| {
            if volatility > 0.0 {
                Ok(volatility)
            } else {
                Err(NoVolatility::NoTimeValue)
            }
        })
}

/// Steps along the slope, at first the European one, then that of the last two guesses, kept
/// between bounds that close in on the answer.
fn search(terms: &Terms, market: &Market, target: f64, years: f64) -> Result<f64, NoVolatility> {
    let off = |volatility: f64| price_unchecked(terms, market, volatility, years) - target;
    let (mut low, mut high) = (LEAST, MOST);
    if off(low) >= 0.0 {
        return Err(NoVolatility::NoTimeValue);
    }
    let precise = 1e-11 * market.price.max(terms.strike);
    let mut guess = european(terms, market, target, years)
        .unwrap_or(0.3)
        .clamp(2.0 * LEAST, MOST / 2.0);
    let mut before: Option<(f64, f64)> = None;
    for _ in 0..100 {
        let here = off(guess);
        if here.abs() <= precise {
            return Ok(guess);
        }
        if here > 0.0 {
            high = guess;
        } else {
            low = guess;
        }
        if high - low < 1e-10 {
            break;
        }
        let slope = before.map_or_else(
            || black_scholes::vega(terms, market, guess, years),
            |(volatility, then)| (here - then) / (guess - volatility),
        );
        before = Some((guess, here));
        let along = guess - here / slope;
        let inside = along > low && along < high;
        guess = if inside { along } else { (low * high).sqrt() };
    }
    let found = (low + high) / 2.0;
    if found > 0.99 * MOST {
        Err(NoVolatility::AboveMost)
    } else {
        Ok(found)
    }
}
