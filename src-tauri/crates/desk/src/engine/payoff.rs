//! What several legs come to, for what is on the screen and, when asked, with what an account
//! holds: gathers their quotes and positions, and says in words what is missing.
//!
//! Deliberately not here: the reckoning, which is `analytics::options::picture`.

use super::Desk;
use crate::error::{ApiError, ErrorCode};
use crate::view::{BoundView, Figure, GreeksView, PayoffInput, PayoffPoint, PayoffView, SigmaView};
use gatehouse_analytics::options::leg::{Leg, LegKind};
use gatehouse_analytics::options::payoff::expiry::Bound;
use gatehouse_analytics::options::picture::{self, OptionMarket, Part, Picture, Question};
use gatehouse_domain::Decimal;
use gatehouse_domain::contract::{Contract, SecurityKind};
use gatehouse_domain::derivative::Expiry;
use gatehouse_domain::id::{AccountId, ConId};
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::observed::Source;
use gatehouse_domain::position::Position;
use gatehouse_domain::quote::{Quote, QuoteField};
use rust_decimal::prelude::ToPrimitive;
use std::time::Duration;

/// How many legs and positions one picture takes.
const MOST_LEGS: usize = 60;
const DAY: Duration = Duration::from_secs(24 * 3600);

/// A question's legs, and what is known of them.
struct Gathered {
    unit: Vec<Leg>,
    parts: Vec<Part>,
    underlying: Contract,
    left_out: Vec<String>,
}

impl Desk {
    pub(super) fn payoff(
        &self,
        input: &PayoffInput,
        now: UnixMillis,
    ) -> Result<PayoffView, ApiError> {
        let quantity = number(&input.quantity, Decimal::ONE, "quantity")?;
        let units = quantity
            .to_u32()
            .filter(|n| *n > 0 && Decimal::from(*n) == quantity)
            .ok_or_else(|| bad("Combinations are counted in whole numbers.".to_owned()))?;
        let shift = number(&input.volatility_shift, Decimal::ZERO, "number of points")?;
        let rate = match input.rate.trim() {
            "" => None,
            typed => Some(number(typed, Decimal::ZERO, "rate")?),
        };
        let gathered = self.gather(input, units)?;
        let assumed = self.assumed(gathered.underlying.con_id, rate);
        let spot = self.spot_of(&gathered.underlying, input);
        let picture = picture::draw(&Question {
            unit: &gathered.unit,
            parts: &gathered.parts,
            spot,
            assumed: &assumed,
            shift,
            now,
            on: now.plus(DAY * input.days),
        });
        let assumes = self.assumed_words(&gathered.underlying, rate, now);
        Ok(PayoffView {
            rate: assumed.rate,
            assumes,
            ..view(picture, &gathered, spot, now)
        })
    }

    fn gather(&self, input: &PayoffInput, units: u32) -> Result<Gathered, ApiError> {
        let mut underlying: Option<ConId> = None;
        let mut unit = Vec::new();
        let mut legs: Vec<(&Contract, Leg)> = Vec::new();
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
            let kind = LegKind::of(contract).ok_or_else(|| {
                let why = match contract.is_adjusted() {
                    true => ": it was adjusted after a corporate action, and what it delivers is not known. Read its terms at the exchange",
                    false => "",
                };
                bad(format!("{} can't be a leg{why}.", contract.label()))
            })?;
            let one = |ratio| {
                Leg::new(kind, leg.side, ratio, contract.multiplier, price)
                    .map_err(|why| bad(why.to_string()))
            };
            unit.push(one(leg.ratio)?);
            let ratio = leg.ratio.checked_mul(units);
            let ratio = ratio.ok_or_else(|| bad("That is too many.".into()))?;
            legs.push((contract, one(ratio)?));
        }
        let underlying = underlying.and_then(|id| self.contracts.get(&id));
        let underlying = underlying
            .ok_or_else(|| bad("Choose at least one leg.".into()))?
            .clone();
        let mut left_out = Vec::new();
        if let Some(account) = &input.account {
            let account = AccountId::new(account.as_str())
                .map_err(|_| bad(format!("There is no account {account}.")))?;
            for position in self.on_underlying(&account, &underlying) {
                let (contract, quantity) = (&position.contract, position.quantity.value);
                // Without its cost nothing could be said of all of them.
                let cost = position.average_cost;
                match cost.and_then(|cost| Leg::held(contract, quantity, Some(cost))) {
                    Some(leg) => legs.push((contract, leg)),
                    None => {
                        let why = match contract.is_adjusted() {
                            true => "what it delivers after a corporate action is not known",
                            false => "its size or cost can't be reckoned with",
                        };
                        left_out.push(format!(
                            "{} {} of {account} is left out: {why}.",
                            super::words::number(quantity),
                            contract.label()
                        ));
                    }
                }
            }
        }
        if legs.len() > MOST_LEGS {
            return Err(bad(format!(
                "A picture takes {MOST_LEGS} legs and positions."
            )));
        }
        let parts = legs
            .into_iter()
            .map(|(contract, leg)| Part {
                leg,
                market: self.option_market(contract, &underlying),
            })
            .collect();
        Ok(Gathered {
            unit,
            parts,
            underlying,
            left_out,
        })
    }

    /// What the account holds of an underlying and its options.
    pub(super) fn on_underlying<'a, 'b>(
        &'a self,
        account: &'b AccountId,
        underlying: &'b Contract,
    ) -> impl Iterator<Item = &'a Position> + use<'a, 'b> {
        self.positions.values().filter(move |position| {
            let contract = &position.contract;
            let is_of_it = contract.con_id == underlying.con_id
                || (contract.kind == SecurityKind::Option
                    && contract.symbol == underlying.symbol
                    && contract.currency == underlying.currency);
            position.account == *account && is_of_it && !position.quantity.value.is_zero()
        })
    }

    fn option_market(&self, contract: &Contract, underlying: &Contract) -> Option<OptionMarket> {
        let quote = self.quotes.get(&contract.con_id);
        let told = quote.and_then(|q| q.get(QuoteField::ImpliedVolatility));
        Some(OptionMarket {
            volatility: told.map(|seen| seen.value),
            middle: self.middle(contract.con_id),
            ..OptionMarket::of(contract, underlying)?
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
        let seen = quote.and_then(Quote::mark);
        let by_model = || {
            input.legs.iter().find_map(|leg| {
                let quote = self.quotes.get(&ConId::new(leg.con_id)?)?;
                quote.get(QuoteField::UnderlyingPrice)
            })
        };
        let seen = seen.or_else(by_model)?;
        Some(seen.value).filter(|price| *price > Decimal::ZERO)
    }

    /// Greeks from the quotes of an option and its underlying, as old as the older of the two.
    pub(super) fn our_greeks(&self, contract: &Contract) -> Option<GreeksView> {
        let LegKind::Option(option) = LegKind::of(contract)? else {
            return None;
        };
        let underlying = self.underlying_of.get(&contract.con_id)?;
        let underlying = self.contracts.get(underlying)?;
        let spot = self.quotes.get(&underlying.con_id)?.mark()?;
        let quote = self.quotes.get(&contract.con_id)?;
        let (bid, ask) = (quote.get(QuoteField::Bid)?, quote.get(QuoteField::Ask)?);
        let at = spot.at.min(bid.at).min(ask.at);
        let market = self.option_market(contract, underlying)?;
        let assumed = self.assumed(underlying.con_id, None);
        let greeks = market.greeks(option, spot.value, &assumed, at)?;
        let figure = |value| Figure {
            value,
            at: Some(at.into()),
            source: Some(Source::Model),
        };
        Some(GreeksView {
            implied_volatility: figure(greeks.volatility),
            delta: figure(greeks.delta),
            gamma: figure(greeks.gamma),
            theta: figure(greeks.theta),
            vega: figure(greeks.vega),
            price: figure(greeks.price),
            underlying: figure(Some(spot.value.round_dp(4))),
        })
    }
}

fn view(
    picture: Picture,
    gathered: &Gathered,
    spot: Option<Decimal>,
    now: UnixMillis,
) -> PayoffView {
    let mut says = gathered.left_out.clone();
    if let Some(why) = picture.inexact {
        says.push(format!(
            "{why} The most and the least are not known exactly."
        ));
    }
    if let Some(Err(why)) = &picture.greeks {
        says.push(format!("No greeks: {why}"));
    }
    let symbol = &gathered.underlying.symbol;
    if spot.is_none() {
        says.push(format!("The price of {symbol} is not known yet."));
    }
    let greeks = picture.greeks.and_then(Result::ok);
    let delta = greeks.and_then(|g| g.delta);
    let today = gatehouse_domain::chain::exchange_day(now);
    PayoffView {
        name: picture.strategy.to_string(),
        currency: gathered.underlying.currency.to_string(),
        spot,
        net_price: picture.net_price,
        max_profit: bound(picture.best, Decimal::ONE),
        max_loss: bound(picture.worst, Decimal::NEGATIVE_ONE),
        return_on_risk: picture.return_on_risk,
        breakevens: picture.breakevens,
        chance_of_profit: picture.chance_of_profit,
        expected_profit: picture.expected_profit,
        delta,
        delta_money: delta
            .zip(spot)
            .and_then(|(d, s)| d.checked_mul(s))
            .map(|m| m.round_dp(2)),
        gamma: greeks.and_then(|g| g.gamma),
        theta: greeks.and_then(|g| g.theta),
        vega: greeks.and_then(|g| g.vega),
        rho: greeks.and_then(|g| g.rho),
        expiry: picture.first.map(Expiry::wire),
        days: picture.first.zip(today).map_or(0, |(to, from)| {
            gatehouse_domain::chain::days_between(from, to).max(0)
        }),
        modelled: picture.inexact.is_some(),
        points: picture
            .points
            .into_iter()
            .map(|point| PayoffPoint {
                price: point.price,
                at_expiry: point.at_expiry,
                on_date: point.on_date,
            })
            .collect(),
        sigma: picture.sigma.map(|(low, high)| SigmaView { low, high }),
        rate: Decimal::ZERO,
        assumes: String::new(),
        says: (!says.is_empty()).then(|| says.join(" ")),
    }
}

fn bound(bound: Option<Bound>, sign: Decimal) -> BoundView {
    BoundView {
        amount: match bound {
            Some(Bound::Limited(amount)) => Some((amount * sign).normalize()),
            _ => None,
        },
        unbounded: bound == Some(Bound::Unbounded),
    }
}

fn number(text: &str, usual: Decimal, what: &str) -> Result<Decimal, ApiError> {
    match text.trim() {
        "" => Ok(usual),
        typed => typed
            .parse::<Decimal>()
            .ok()
            .filter(|n| n.abs() < Decimal::from(10_000))
            .ok_or_else(|| bad(format!("{typed:?} is no {what}."))),
    }
}

fn bad(message: String) -> ApiError {
    ApiError::new(ErrorCode::BadInput, message)
}
