//! All that is told of several legs at once: exact at expiry where one day ends them all, the
//! model's before it and where legs go on.
//!
//! The model is given what is [assumed](super::assumed), and of each option the volatility that
//! the person supposes, else the one that the broker tells, else the one that its own price stands
//! for. Figures come back as decimals, rounded as they are shown.
//!
//! Deliberately not here: where quotes and positions come from, words about what is missing,
//! margin, commissions.

mod grid;
mod market;

pub use market::{Greeks, OptionMarket, close_of, end_of};

use crate::options::assumed::Assumed;
use crate::options::leg::Leg;
use crate::options::model::Carry;
use crate::options::payoff::dated::{self, DatedLeg, NoFigure, Scene};
use crate::options::payoff::expiry::{AtExpiry, Bound, Breakeven, NoPayoff};
use crate::options::strategy::{Strategy, recognise};
use gatehouse_domain::Decimal;
use gatehouse_domain::derivative::Expiry;
use gatehouse_domain::instant::UnixMillis;
pub(super) use market::decimal;
use market::share;
use rust_decimal::prelude::ToPrimitive;

/// A leg with what is known of its market.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// The leg, with its entry price where that is known.
    pub leg: Leg,
    /// An option's market; `None` for stock.
    pub market: Option<OptionMarket>,
}

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// The legs of one unit: for the name and the price.
    pub unit: &'a [Leg],
    /// All legs that are reckoned with: of all units, and of what is held.
    pub parts: &'a [Part],
    /// The underlying's price, above zero.
    pub spot: Option<Decimal>,
    /// The rate, and the dividends that are announced.
    pub assumed: &'a Assumed,
    /// Points added to every volatility, those that are supposed included.
    pub shift: Decimal,
    /// The moment.
    pub now: UnixMillis,
    /// The moments of the lines before the first expiry, that of the greeks first; now when there
    /// are none. One after the first expiry counts as it.
    pub dates: &'a [UnixMillis],
}

/// What the legs come to. Money is of all parts; deltas are in units of the underlying.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// What one unit is called.
    pub strategy: Strategy,
    /// What one unit costs by the share; below zero it brings that.
    pub net_price: Option<Decimal>,
    /// Why nothing is known exactly; `None` when the line at expiry is exact.
    pub inexact: Option<NoPayoff>,
    /// The most that can be made; `None` when it is not known.
    pub best: Option<Bound>,
    /// The least: below zero, it is the most that can be lost.
    pub worst: Option<Bound>,
    /// The most that can be made as a share of the most that can be lost.
    pub return_on_risk: Option<Decimal>,
    /// Where nothing is made or lost at the first expiry, from the lowest price up.
    pub breakevens: Vec<Decimal>,
    /// By the model, at the first expiry, as a share.
    pub chance_of_profit: Option<Decimal>,
    /// By the model, at the first expiry.
    pub expected_profit: Option<Decimal>,
    /// Greeks of the first date, by the model, or why there are none; `None` without a spot.
    pub greeks: Option<Result<Greeks, NoFigure>>,
    /// The first day on which a leg of all of them ends.
    pub first: Option<Expiry>,
    /// All lines, by rising price; every strike and breakeven is among them.
    pub points: Vec<Point>,
    /// Where the underlying is with two chances in three at the first expiry, by the model.
    pub sigma: Option<(Decimal, Decimal)>,
}

/// A point of all lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// The price of the underlying.
    pub price: Decimal,
    /// At the first expiry.
    pub at_expiry: Option<Decimal>,
    /// On each of the dates, by the model.
    pub on_dates: Vec<Option<Decimal>>,
}

/// Reckons the picture.
#[must_use]
pub fn draw(question: &Question<'_>) -> Picture {
    let Question {
        spot, assumed, now, ..
    } = *question;
    let legs: Vec<DatedLeg> = question
        .parts
        .iter()
        .map(|part| part.dated(spot, assumed, now))
        .collect();
    let plain: Vec<Leg> = question.parts.iter().map(|part| part.leg).collect();
    let scene = |at| Scene {
        at,
        rate: assumed.share(),
        carry: Carry::Yield(0.0),
        dividends: assumed
            .dividends
            .iter()
            .filter_map(|dividend| Some((dividend.ex, dividend.amount.to_f64()?)))
            .collect(),
        volatility_shift: share(question.shift),
    };
    let first_end = first_end(question.parts);
    let end = first_end.map(scene);
    let no_later = |at: UnixMillis| scene(first_end.map_or(at, |end| at.min(end)));
    let dates: Vec<Scene> = question.dates.iter().copied().map(no_later).collect();
    let then = dates.first().cloned().unwrap_or_else(|| no_later(now));
    let exact = AtExpiry::of(&plain);
    let price = spot.and_then(|s| s.to_f64());
    let shifted = mean(&legs).map(|v| (v + share(question.shift)).max(1e-4));
    let chances = end
        .as_ref()
        .and_then(|end| assumed.outcomes(price?, shifted?, now, end.at));
    let profit = |scene: &Scene, at: Decimal| {
        let profit = dated::profit(&legs, scene, at.to_f64()?).ok()?;
        decimal(profit, 2)
    };
    let points: Vec<Point> = grid::prices(&plain, exact.as_ref().ok(), spot, chances.as_ref())
        .into_iter()
        .map(|at| Point {
            price: at,
            at_expiry: match &exact {
                Ok(exact) => exact.at(at),
                Err(_) => end.as_ref().and_then(|scene| profit(scene, at)),
            },
            on_dates: dates.iter().map(|scene| profit(scene, at)).collect(),
        })
        .collect();
    let outcomes = match &exact {
        Ok(exact) => exact.lines(),
        Err(_) => end.as_ref().and_then(|scene| {
            let prices: Vec<f64> = points.iter().filter_map(|p| p.price.to_f64()).collect();
            dated::lines(&legs, scene, &prices).ok().flatten()
        }),
    };
    let likely = chances.zip(outcomes);
    let (best, worst) = match &exact {
        Ok(exact) => (Some(exact.best()), Some(exact.worst())),
        Err(_) => (None, None),
    };
    Picture {
        strategy: recognise(question.unit, None),
        net_price: net_price(question.unit),
        best,
        worst,
        return_on_risk: return_on_risk(best, worst),
        breakevens: match &exact {
            Ok(exact) => exact.breakevens().into_iter().map(edge).collect(),
            Err(_) => grid::crossings(&points),
        },
        inexact: exact.err(),
        chance_of_profit: likely
            .as_ref()
            .and_then(|(chances, lines)| decimal(chances.chance_of_profit(lines), 4)),
        expected_profit: likely
            .as_ref()
            .and_then(|(chances, lines)| decimal(chances.expected_profit(lines), 2)),
        greeks: price.map(|price| dated::net(&legs, &then, price).map(|net| Greeks::of(&net))),
        first: plain
            .iter()
            .filter_map(|leg| Some(leg.option()?.expiry))
            .min(),
        sigma: chances.and_then(|chances| {
            let (low, high) = chances.band(1.0);
            Some((decimal(low, 2)?, decimal(high, 2)?))
        }),
        points,
    }
}

/// When the first option ends, whatever is known of its volatility.
fn first_end(parts: &[Part]) -> Option<UnixMillis> {
    parts.iter().filter_map(|part| Some(part.market?.end)).min()
}

impl Part {
    fn dated(&self, spot: Option<Decimal>, assumed: &Assumed, now: UnixMillis) -> DatedLeg {
        let model = self
            .leg
            .option()
            .zip(self.market)
            .and_then(|(option, market)| market.model(option, spot, assumed, now));
        DatedLeg {
            leg: self.leg,
            model,
        }
    }
}

/// What one unit of these legs costs by the share of its largest multiplier.
fn net_price(legs: &[Leg]) -> Option<Decimal> {
    let units = legs.iter().map(Leg::multiplier).max()?;
    let mut paid = Decimal::ZERO;
    for leg in legs {
        paid = paid.checked_add(leg.units().checked_mul(leg.entry()?)?)?;
    }
    paid.checked_div(units)
        .map(|price| price.round_dp(4).normalize())
}

fn return_on_risk(best: Option<Bound>, worst: Option<Bound>) -> Option<Decimal> {
    match (best?, worst?) {
        (Bound::Limited(most), Bound::Limited(least)) if least < Decimal::ZERO => {
            most.checked_div(-least).map(|share| share.round_dp(4))
        }
        _ => None,
    }
}

fn edge(breakeven: Breakeven) -> Decimal {
    match breakeven {
        Breakeven::At(price) | Breakeven::Between(price, _) => price,
    }
}

fn mean(legs: &[DatedLeg]) -> Option<f64> {
    let known = || legs.iter().filter_map(|leg| leg.model);
    let count = u32::try_from(known().count()).ok().filter(|n| *n > 0)?;
    Some(known().map(|model| model.volatility).sum::<f64>() / f64::from(count))
}

#[cfg(test)]
mod tests;
