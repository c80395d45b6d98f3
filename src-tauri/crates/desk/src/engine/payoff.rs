//! What several legs come to: exact at expiry, by the model before it, for what is on the screen
//! and, when asked, with what an account holds.
//!
//! The model is given one rate and no dividends, which the answer says; each leg has the
//! volatility that the broker's model gives it, else the one that its own price stands for.

use super::Desk;
use crate::error::{ApiError, ErrorCode};
use crate::view::{BoundView, Figure, GreeksView, PayoffInput, PayoffPoint, PayoffView, SigmaView};
use gatehouse_analytics::options::day_count::{End, Settlement, years_between};
use gatehouse_analytics::options::leg::{Leg, LegKind, OptionKind};
use gatehouse_analytics::options::model::{
    Carry, Exercise, Market, Terms, implied_volatility, value,
};
use gatehouse_analytics::options::payoff::chance::Lognormal;
use gatehouse_analytics::options::payoff::dated::{self, DatedLeg, LegModel, Scene};
use gatehouse_analytics::options::payoff::expiry::{AtExpiry, Bound, Breakeven};
use gatehouse_analytics::options::strategy::recognise;
use gatehouse_domain::Decimal;
use gatehouse_domain::contract::{Contract, SecurityKind};
use gatehouse_domain::derivative::Expiry;
use gatehouse_domain::draft::Side;
use gatehouse_domain::id::{AccountId, ConId};
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::observed::Source;
use gatehouse_domain::quote::QuoteField;
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};
use std::collections::BTreeSet;
use std::time::Duration;

/// The rate a year that the model is given unless another is asked for, in percent.
pub(super) const RATE: Decimal = Decimal::from_parts(4, 0, 0, false, 0);
/// Steps of the picture from one edge to the other.
const STEPS: u32 = 80;
/// How many legs and positions one picture takes.
const MOST_LEGS: usize = 60;
const DAY: Duration = Duration::from_secs(24 * 3600);

/// What is known of a question's legs.
struct Legs {
    /// For the name and the price of one unit.
    asked: Vec<Leg>,
    all: Vec<DatedLeg>,
    underlying: Contract,
    volatilities: Vec<f64>,
    left_out: Vec<String>,
}

impl Desk {
    pub(super) fn payoff(
        &self,
        input: &PayoffInput,
        now: UnixMillis,
    ) -> Result<PayoffView, ApiError> {
        let number = |text: &str, usual: Decimal, what: &str| match text.trim() {
            "" => Ok(usual),
            typed => typed
                .parse::<Decimal>()
                .ok()
                .filter(|n| n.abs() < Decimal::from(10_000))
                .ok_or_else(|| bad(format!("{typed:?} is no {what}."))),
        };
        let quantity = number(&input.quantity, Decimal::ONE, "quantity")?;
        let units = quantity
            .to_u32()
            .filter(|n| *n > 0 && Decimal::from(*n) == quantity)
            .ok_or_else(|| bad("Combinations are counted in whole numbers.".to_owned()))?;
        let shift = number(&input.volatility_shift, Decimal::ZERO, "number of points")?;
        let rate = number(&input.rate, RATE, "rate")?;
        let share = |percent: Decimal| percent.to_f64().unwrap_or(0.0) / 100.0;

        let legs = self.legs_of(input, units, share(rate), now)?;
        let spot = self.spot_of(&legs.underlying, input);
        let scene = |at| Scene {
            at,
            rate: share(rate),
            carry: Carry::Yield(0.0),
            dividends: Vec::new(),
            volatility_shift: share(shift),
        };
        let first_end = dated::first_end(&legs.all);
        let plain: Vec<Leg> = legs.all.iter().map(|dated| dated.leg).collect();
        let exact = AtExpiry::of(&plain);
        let price = spot.and_then(|s| s.to_f64());
        let shifted = mean(&legs.volatilities).map(|v| (v + share(shift)).max(1e-4));
        let chances = first_end
            .and_then(|end| Lognormal::new(price?, shifted?, years_between(now, end), share(rate)));
        let grid = grid(&plain, exact.as_ref().ok(), spot, chances.as_ref());

        let then = scene(now.plus(DAY * input.days));
        let profit = |scene: &Scene, at: Decimal| {
            let profit = dated::profit(&legs.all, scene, at.to_f64()?).ok()?;
            money(profit)
        };
        let end = first_end.map(scene);
        let points: Vec<PayoffPoint> = grid
            .iter()
            .map(|at| PayoffPoint {
                price: *at,
                at_expiry: match &exact {
                    Ok(exact) => exact.at(*at),
                    Err(_) => end.as_ref().and_then(|scene| profit(scene, *at)),
                },
                on_date: profit(&then, *at),
            })
            .collect();
        let mut says = legs.left_out;
        let (max_profit, max_loss, breakevens, outcomes) = match &exact {
            Ok(exact) => (
                bound(exact.best(), Decimal::ONE),
                bound(exact.worst(), Decimal::NEGATIVE_ONE),
                exact.breakevens().into_iter().map(edge).collect(),
                exact.lines(),
            ),
            Err(why) => {
                says.push(format!(
                    "{why} The most and the least are not known exactly."
                ));
                let floats: Vec<f64> = grid.iter().filter_map(|at| at.to_f64()).collect();
                let outcomes = end
                    .as_ref()
                    .and_then(|scene| dated::lines(&legs.all, scene, &floats).ok().flatten());
                (UNKNOWN, UNKNOWN, crossings(&points), outcomes)
            }
        };
        let net = price.and_then(|price| match dated::net(&legs.all, &then, price) {
            Ok(net) => Some(net),
            Err(why) => {
                says.push(format!("No greeks: {why}"));
                None
            }
        });
        if spot.is_none() {
            says.push(format!(
                "The price of {} is not known yet.",
                legs.underlying.symbol
            ));
        }
        let delta = net.and_then(|n| figure(n.delta, 4));
        let first = plain
            .iter()
            .filter_map(|leg| Some(leg.option()?.expiry))
            .min();
        Ok(PayoffView {
            name: recognise(&legs.asked, None).to_string(),
            currency: legs.underlying.currency.to_string(),
            spot,
            net_price: net_price(&legs.asked),
            max_profit,
            max_loss,
            breakevens,
            chance_of_profit: chances
                .zip(outcomes.as_ref())
                .and_then(|(c, lines)| figure(c.chance_of_profit(lines), 4)),
            expected_profit: chances
                .zip(outcomes.as_ref())
                .and_then(|(c, lines)| money(c.expected_profit(lines))),
            delta,
            delta_money: delta
                .zip(spot)
                .and_then(|(d, s)| d.checked_mul(s))
                .map(|m| m.round_dp(2)),
            gamma: net.and_then(|n| figure(n.gamma, 4)),
            theta: net.and_then(|n| money(n.theta)),
            vega: net.and_then(|n| money(n.vega)),
            expiry: first.map(Expiry::wire),
            days: first
                .zip(gatehouse_domain::chain::exchange_day(now))
                .map_or(0, |(to, from)| {
                    gatehouse_domain::chain::days_between(from, to).max(0)
                }),
            modelled: exact.is_err(),
            points,
            sigma: chances.and_then(|c| {
                let (low, high) = c.band(1.0);
                Some(SigmaView {
                    low: money(low)?,
                    high: money(high)?,
                })
            }),
            rate,
            says: (!says.is_empty()).then(|| says.join(" ")),
        })
    }

    fn legs_of(
        &self,
        input: &PayoffInput,
        units: u32,
        rate: f64,
        now: UnixMillis,
    ) -> Result<Legs, ApiError> {
        let mut underlying: Option<ConId> = None;
        let mut asked = Vec::new();
        let mut all = Vec::new();
        for leg in &input.legs {
            let contract = ConId::new(leg.con_id).and_then(|id| self.contracts.get(&id));
            let contract = contract
                .ok_or_else(|| bad("A leg has not been looked up. Open its chain again.".into()))?;
            let under = self.underlying_of.get(&contract.con_id).copied();
            let under = under.unwrap_or(contract.con_id);
            if *underlying.get_or_insert(under) != under {
                return Err(bad("All legs have to be on the same underlying.".into()));
            }
            let price = match leg.price.trim() {
                "" => self.middle(contract.con_id),
                typed => Some(
                    typed
                        .parse()
                        .map_err(|_| bad(format!("{typed:?} is no price.")))?,
                ),
            };
            let kind = kind_of(contract)
                .ok_or_else(|| bad(format!("{} can't be a leg.", contract.label())))?;
            let one = |ratio| Leg::new(kind, leg.side, ratio, contract.multiplier, price);
            asked.push(one(leg.ratio).map_err(|why| bad(why.to_string()))?);
            let ratio = leg.ratio.checked_mul(units);
            let ratio = ratio.ok_or_else(|| bad("That is too many.".into()))?;
            all.push((contract, one(ratio).map_err(|why| bad(why.to_string()))?));
        }
        let underlying = underlying.and_then(|id| self.contracts.get(&id));
        let underlying = underlying
            .ok_or_else(|| bad("Choose at least one leg.".into()))?
            .clone();
        let mut left_out = Vec::new();
        if let Some(account) = &input.account {
            let account = AccountId::new(account.as_str())
                .map_err(|_| bad(format!("There is no account {account}.")))?;
            for position in self.positions.values().filter(|p| p.account == account) {
                let contract = &position.contract;
                let is_of_it = contract.con_id == underlying.con_id
                    || (contract.kind == SecurityKind::Option
                        && contract.symbol == underlying.symbol
                        && contract.currency == underlying.currency);
                if !is_of_it || position.quantity.value.is_zero() {
                    continue;
                }
                match held(contract, position.quantity.value, position.average_cost) {
                    Some(leg) => all.push((contract, leg)),
                    None => left_out.push(format!(
                        "{} {} of {account} is left out: its size or cost can't be reckoned with.",
                        super::words::number(position.quantity.value),
                        contract.label()
                    )),
                }
            }
        }
        if all.len() > MOST_LEGS {
            return Err(bad(format!(
                "A picture takes {MOST_LEGS} legs and positions."
            )));
        }
        let spot = self.spot_of(&underlying, input).and_then(|s| s.to_f64());
        let mut volatilities = Vec::new();
        let all = all
            .into_iter()
            .map(|(contract, leg)| {
                let model = leg.option().and_then(|option| {
                    self.model_of(contract, option, &underlying, spot, rate, now)
                });
                volatilities.extend(model.map(|m| m.volatility));
                DatedLeg { leg, model }
            })
            .collect();
        Ok(Legs {
            asked,
            all,
            underlying,
            volatilities,
            left_out,
        })
    }

    pub(super) fn model_of(
        &self,
        contract: &Contract,
        option: OptionKind,
        underlying: &Contract,
        spot: Option<f64>,
        rate: f64,
        now: UnixMillis,
    ) -> Option<LegModel> {
        let exercise = match underlying.kind {
            SecurityKind::Index => Exercise::European,
            _ => Exercise::American,
        };
        let local = contract.local_symbol.as_deref().unwrap_or_default();
        let class = local.split(' ').next().unwrap_or_default();
        let end = end_of(underlying, class, option.expiry)?;
        let quote = self.quotes.get(&contract.con_id);
        let told = quote
            .and_then(|q| q.get(QuoteField::ImpliedVolatility))
            .and_then(|seen| seen.value.to_f64())
            .filter(|v| *v > 0.0);
        let volatility = told.or_else(|| {
            let terms = Terms {
                right: option.right,
                strike: option.strike.to_f64()?,
                exercise,
            };
            let market = Market::with_yield(spot?, rate, 0.0);
            let middle = self.middle(contract.con_id)?.to_f64()?;
            implied_volatility(&terms, &market, middle, years_between(now, end)).ok()
        })?;
        Some(LegModel {
            end,
            exercise,
            volatility,
        })
    }

    /// The middle of bid and offer, when there are both.
    pub(super) fn middle(&self, con_id: ConId) -> Option<Decimal> {
        let quote = self.quotes.get(&con_id)?;
        let (bid, ask) = (quote.get(QuoteField::Bid)?, quote.get(QuoteField::Ask)?);
        Some((bid.value + ask.value) / Decimal::TWO)
    }

    /// The underlying's price, else the one that the broker's model was given.
    fn spot_of(&self, underlying: &Contract, input: &PayoffInput) -> Option<Decimal> {
        let quote = self.quotes.get(&underlying.con_id);
        let seen = quote.and_then(gatehouse_domain::quote::Quote::mark);
        let by_model = || {
            input.legs.iter().find_map(|leg| {
                let quote = self.quotes.get(&ConId::new(leg.con_id)?)?;
                quote.get(QuoteField::UnderlyingPrice)
            })
        };
        let seen = seen.or_else(by_model)?;
        Some(seen.value).filter(|price| *price > Decimal::ZERO)
    }
}

impl Desk {
    /// Greeks from the quotes of an option and its underlying, as old as the older of the two.
    pub(super) fn our_greeks(&self, contract: &Contract) -> Option<GreeksView> {
        let option = match kind_of(contract)? {
            LegKind::Option(option) => option,
            LegKind::Stock => return None,
        };
        let underlying = self.underlying_of.get(&contract.con_id)?;
        let underlying = self.contracts.get(underlying)?;
        let spot = self.quotes.get(&underlying.con_id)?.mark()?;
        let quote = self.quotes.get(&contract.con_id)?;
        let (bid, ask) = (quote.get(QuoteField::Bid)?, quote.get(QuoteField::Ask)?);
        let at = spot.at.min(bid.at).min(ask.at);
        let rate = RATE.to_f64()? / 100.0;
        let price = spot.value.to_f64()?;
        let model = self.model_of(contract, option, underlying, Some(price), rate, at)?;
        let terms = Terms {
            right: option.right,
            strike: option.strike.to_f64()?,
            exercise: model.exercise,
        };
        let market = Market::with_yield(price, rate, 0.0);
        let years = years_between(at, model.end);
        let worth = value(&terms, &market, model.volatility, years).ok()?;
        let figure = |value: f64, places| Figure {
            value: figure(value, places),
            at: Some(at.into()),
            source: Some(Source::Model),
        };
        Some(GreeksView {
            implied_volatility: figure(model.volatility, 6),
            delta: figure(worth.delta, 6),
            gamma: figure(worth.gamma, 6),
            theta: figure(worth.theta, 6),
            vega: figure(worth.vega, 6),
            price: figure(worth.price, 4),
            underlying: figure(price, 4),
        })
    }
}

const UNKNOWN: BoundView = BoundView {
    amount: None,
    unbounded: false,
};

fn bad(message: String) -> ApiError {
    ApiError::new(ErrorCode::BadInput, message)
}

/// When the options of an underlying's class end on their last day.
pub(super) fn end_of(underlying: &Contract, class: &str, expiry: Expiry) -> Option<UnixMillis> {
    // The monthly class of an index bears its name and settles in the morning.
    let is_monthly_index =
        underlying.kind == SecurityKind::Index && class == underlying.symbol.as_str();
    let settlement = match is_monthly_index {
        true => Settlement::Morning,
        false => Settlement::Afternoon { early: false },
    };
    End::in_new_york(expiry, settlement).map(|end| end.at())
}

pub(super) fn kind_of(contract: &Contract) -> Option<LegKind> {
    match contract.kind {
        SecurityKind::Stock | SecurityKind::Index => Some(LegKind::Stock),
        SecurityKind::Option => {
            let derivative = contract.derivative?;
            let terms = derivative.option?;
            Some(LegKind::Option(OptionKind {
                right: terms.right,
                strike: terms.strike.get(),
                expiry: derivative.expiry,
            }))
        }
        _ => None,
    }
}

/// A position as a leg: IBKR's average cost is of a whole contract.
fn held(contract: &Contract, quantity: Decimal, cost: Option<Decimal>) -> Option<Leg> {
    let count = quantity.abs().to_u32()?;
    if Decimal::from(count) != quantity.abs() {
        return None;
    }
    let side = match quantity > Decimal::ZERO {
        true => Side::Buy,
        false => Side::Sell,
    };
    let entry = cost?.checked_div(contract.multiplier)?;
    Leg::new(
        kind_of(contract)?,
        side,
        count,
        contract.multiplier,
        Some(entry),
    )
    .ok()
}

fn net_price(legs: &[Leg]) -> Option<Decimal> {
    let units = legs.iter().map(Leg::multiplier).max()?;
    let mut paid = Decimal::ZERO;
    for leg in legs {
        paid = paid.checked_add(leg.units().checked_mul(leg.entry()?)?)?;
    }
    paid.checked_div(units)
        .map(|price| price.round_dp(4).normalize())
}

/// Prices of the picture: every strike and breakeven, the spot, and even steps over three
/// deviations and all strikes.
fn grid(
    legs: &[Leg],
    exact: Option<&AtExpiry>,
    spot: Option<Decimal>,
    chances: Option<&Lognormal>,
) -> Vec<Decimal> {
    let strikes: Vec<Decimal> = legs
        .iter()
        .filter_map(|leg| Some(leg.option()?.strike))
        .collect();
    let mut marks: Vec<Decimal> = strikes.iter().copied().chain(spot).collect();
    if let Some(exact) = exact {
        marks.extend(exact.breakevens().into_iter().map(edge));
    }
    let (Some(lowest), Some(highest)) = (marks.iter().min(), marks.iter().max()) else {
        return Vec::new();
    };
    let wide = chances.map(|c| c.band(3.0));
    let low = wide.and_then(|(low, _)| money(low)).unwrap_or(*lowest);
    let high = wide.and_then(|(_, high)| money(high)).unwrap_or(*highest);
    let tenth = Decimal::new(1, 1);
    let (low, high) = (
        low.min(*lowest * (Decimal::ONE - tenth)),
        high.max(*highest * (Decimal::ONE + tenth)),
    );
    let step = (high - low) / Decimal::from(STEPS);
    let mut prices: BTreeSet<Decimal> = marks.into_iter().collect();
    prices.extend((0..=STEPS).map(|n| (low + step * Decimal::from(n)).round_dp(2)));
    prices.into_iter().filter(|p| *p > Decimal::ZERO).collect()
}

fn edge(breakeven: Breakeven) -> Decimal {
    match breakeven {
        Breakeven::At(price) | Breakeven::Between(price, _) => price,
    }
}

/// Where the line of the first expiry crosses zero between two points.
fn crossings(points: &[PayoffPoint]) -> Vec<Decimal> {
    let zero = Decimal::ZERO;
    points
        .windows(2)
        .filter_map(|pair| {
            let (one, two) = (pair[0].at_expiry?, pair[1].at_expiry?);
            if (one < zero) == (two < zero) {
                return None;
            }
            let along = one.checked_div(one - two)?;
            Some((pair[0].price + (pair[1].price - pair[0].price) * along).round_dp(2))
        })
        .collect()
}

fn bound(bound: Bound, sign: Decimal) -> BoundView {
    match bound {
        Bound::Limited(amount) => BoundView {
            amount: Some((amount * sign).normalize()),
            unbounded: false,
        },
        Bound::Unbounded => BoundView {
            amount: None,
            unbounded: true,
        },
    }
}

fn mean(values: &[f64]) -> Option<f64> {
    let count = u32::try_from(values.len()).ok().filter(|n| *n > 0)?;
    Some(values.iter().sum::<f64>() / f64::from(count))
}

fn money(value: f64) -> Option<Decimal> {
    figure(value, 2)
}

pub(super) fn figure(value: f64, places: u32) -> Option<Decimal> {
    Decimal::from_f64(value).map(|d| d.round_dp(places))
}
