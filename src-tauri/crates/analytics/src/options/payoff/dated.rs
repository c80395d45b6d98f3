//! The profit on any date, by the model: each leg with its own volatility.
//!
//! Where a leg has ended before the date, what it brought hung on the underlying's price then,
//! which nobody knows: it is valued as if that had been the price that is looked at, and the
//! answer says so ([`Basis::Assumed`]).

use super::chance::Lines;
use super::expiry::NoPayoff;
use crate::options::day_count::years_between;
use crate::options::leg::{Leg, OptionKind};
use crate::options::model::{
    Carry, CashDividend, Exercise, Market, Terms, Unpriceable, Valuation, intrinsic, price, value,
};
use gatehouse_domain::instant::UnixMillis;
use rust_decimal::prelude::ToPrimitive;

/// What the model needs of an option leg.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LegModel {
    /// When it ends.
    pub end: UnixMillis,
    /// When it may be exercised.
    pub exercise: Exercise,
    /// Its implied volatility.
    pub volatility: f64,
}

/// A leg with its model; `None` for stock.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DatedLeg {
    /// The leg.
    pub leg: Leg,
    /// The model of an option.
    pub model: Option<LegModel>,
}

/// A date, and what is supposed about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// The date.
    pub at: UnixMillis,
    /// The rate a year, continuously compounded.
    pub rate: f64,
    /// What holding the underlying brings.
    pub carry: Carry,
    /// When the stock trades without a dividend, and how much it is a share. At a price that is
    /// not above them none is paid.
    pub dividends: Vec<(UnixMillis, f64)>,
    /// Added to every volatility (0.02 is two points); no volatility falls below 0.01 %.
    pub volatility_shift: f64,
}

/// On what a figure rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// Every option ends on the date: no model is in it.
    Exact,
    /// Options that have time left are valued by the model.
    Modelled,
    /// Besides, options that ended before are valued as if the price had been the same then.
    Assumed,
}

/// Why there is no figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoFigure {
    /// A leg's entry price is missing, or there are no legs.
    #[error("{0}")]
    Payoff(#[from] NoPayoff),
    /// The underlying's price is below zero or no number.
    #[error("The underlying's price has to be above zero.")]
    Price,
    /// The option leg at this place has no volatility.
    #[error("The volatility of leg {} is not known.", .0 + 1)]
    NoModel(usize),
    /// The model can't take a figure of the leg at this place.
    #[error("Leg {place}: {1}", place = .0 + 1)]
    Unpriceable(usize, Unpriceable),
}

/// On what figures of this date rest.
#[must_use]
pub fn basis(legs: &[DatedLeg], at: UnixMillis) -> Basis {
    legs.iter()
        .filter_map(|dated| dated.model)
        .map(|model| match model.end.cmp(&at) {
            std::cmp::Ordering::Less => Basis::Assumed,
            std::cmp::Ordering::Equal => Basis::Exact,
            std::cmp::Ordering::Greater => Basis::Modelled,
        })
        .max()
        .unwrap_or(Basis::Exact)
}

/// What all legs are worth together at this price of the underlying, multipliers included;
/// below zero when it costs to be rid of them.
///
/// # Errors
/// When a leg can't be valued.
pub fn worth(legs: &[DatedLeg], scene: &Scene, underlying: f64) -> Result<f64, NoFigure> {
    check(underlying)?;
    let mut sum = 0.0;
    for (place, dated) in legs.iter().enumerate() {
        let each = match parts(place, dated, scene, underlying)? {
            None => underlying,
            Some((option, terms, model, market)) => {
                let years = years_between(scene.at, model.end);
                if years == 0.0 {
                    intrinsic(option.right, terms.strike, underlying)
                } else {
                    price(&terms, &market, model.volatility, years)
                        .map_err(|why| NoFigure::Unpriceable(place, why))?
                }
            }
        };
        sum += each * units(&dated.leg);
    }
    Ok(sum)
}

/// The profit: the worth less what was paid.
///
/// # Errors
/// When a leg can't be valued or its entry price is not known.
pub fn profit(legs: &[DatedLeg], scene: &Scene, underlying: f64) -> Result<f64, NoFigure> {
    Ok(worth(legs, scene, underlying)? - paid(legs)?)
}

/// The profit at each of these prices, which have to rise and be above zero.
///
/// # Errors
/// As [`profit`].
pub fn curve(
    legs: &[DatedLeg],
    scene: &Scene,
    underlyings: &[f64],
) -> Result<Vec<(f64, f64)>, NoFigure> {
    let paid = paid(legs)?;
    underlyings
        .iter()
        .map(|&at| Ok((at, worth(legs, scene, at)? - paid)))
        .collect()
}

/// The same as lines for chances and means. The slope beyond the last point is that of what is
/// held when every call is exercised. `None` when the prices do not rise.
///
/// # Errors
/// As [`profit`].
pub fn lines(
    legs: &[DatedLeg],
    scene: &Scene,
    underlyings: &[f64],
) -> Result<Option<Lines>, NoFigure> {
    let last_slope = legs
        .iter()
        .filter(|dated| {
            let right = dated.leg.option().map(|option| option.right);
            right != Some(gatehouse_domain::derivative::Right::Put)
        })
        .map(|dated| units(&dated.leg))
        .sum();
    Ok(Lines::new(curve(legs, scene, underlyings)?, last_slope))
}

/// Value and slopes of all legs together: the delta is in units of the underlying (shares);
/// times the price it is in money. Vega, theta and rho are in money, by point, day and percent.
///
/// # Errors
/// When a leg can't be valued.
pub fn net(legs: &[DatedLeg], scene: &Scene, underlying: f64) -> Result<Valuation, NoFigure> {
    check(underlying)?;
    let mut sum = Valuation {
        price: 0.0,
        delta: 0.0,
        gamma: 0.0,
        vega: 0.0,
        theta: 0.0,
        rho: 0.0,
    };
    for (place, dated) in legs.iter().enumerate() {
        let units = units(&dated.leg);
        let Some((_, terms, model, market)) = parts(place, dated, scene, underlying)? else {
            sum.price += units * underlying;
            sum.delta += units;
            continue;
        };
        let years = years_between(scene.at, model.end);
        let one = value(&terms, &market, model.volatility, years)
            .map_err(|why| NoFigure::Unpriceable(place, why))?;
        sum.price += units * one.price;
        sum.delta += units * one.delta;
        sum.gamma += units * one.gamma;
        sum.vega += units * one.vega;
        sum.theta += units * one.theta;
        sum.rho += units * one.rho;
    }
    Ok(sum)
}

type Parts = (OptionKind, Terms, LegModel, Market);

fn parts(
    place: usize,
    dated: &DatedLeg,
    scene: &Scene,
    underlying: f64,
) -> Result<Option<Parts>, NoFigure> {
    let Some(option) = dated.leg.option() else {
        return Ok(None);
    };
    let model = dated.model.ok_or(NoFigure::NoModel(place))?;
    let terms = Terms {
        right: option.right,
        strike: option.strike.to_f64().unwrap_or(f64::NAN),
        exercise: model.exercise,
    };
    let paid: f64 = scene.dividends.iter().map(|(_, amount)| amount).sum();
    let market = Market {
        price: underlying,
        rate: scene.rate,
        carry: scene.carry,
        dividends: scene
            .dividends
            .iter()
            .filter(|_| paid < underlying)
            .map(|(at, amount)| CashDividend {
                years: years_between(scene.at, *at),
                amount: *amount,
            })
            .collect(),
    };
    let volatility = (model.volatility + scene.volatility_shift).max(1e-4);
    Ok(Some((
        option,
        terms,
        LegModel {
            volatility,
            ..model
        },
        market,
    )))
}

fn check(underlying: f64) -> Result<(), NoFigure> {
    if underlying.is_finite() && underlying >= 0.0 {
        Ok(())
    } else {
        Err(NoFigure::Price)
    }
}

fn paid(legs: &[DatedLeg]) -> Result<f64, NoFigure> {
    if legs.is_empty() {
        return Err(NoPayoff::NoLegs.into());
    }
    legs.iter()
        .enumerate()
        .map(|(place, dated)| {
            let entry = dated.leg.entry().and_then(|entry| entry.to_f64());
            let entry = entry.ok_or(NoPayoff::NoEntry(place))?;
            Ok(entry * units(&dated.leg))
        })
        .sum()
}

fn units(leg: &Leg) -> f64 {
    leg.units().to_f64().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests;
