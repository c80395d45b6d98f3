//! What several legs come to, for what is on the screen and, when asked, with what an account
//! holds: gathers their quotes and positions, and says in words what is missing.
//!
//! Deliberately not here: the reckoning, which is `analytics::options::picture`.

mod dates;
mod gathered;
mod yours;

use self::gathered::Gathered;
use super::Desk;
use crate::error::{ApiError, ErrorCode};
use crate::view::{BoundView, Figure, GreeksView, PayoffInput, PayoffPoint, PayoffView, SigmaView};
use gatehouse_analytics::options::leg::LegKind;
use gatehouse_analytics::options::payoff::expiry::{Bound, NoPayoff};
use gatehouse_analytics::options::picture::{self, OptionMarket, Picture, Question};
use gatehouse_domain::Decimal;
use gatehouse_domain::contract::{Contract, SecurityKind};
use gatehouse_domain::derivative::Expiry;
use gatehouse_domain::id::{AccountId, ConId};
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::observed::Source;
use gatehouse_domain::position::Position;
use gatehouse_domain::quote::{Quote, QuoteField};
use rust_decimal::prelude::ToPrimitive;

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
        let gathered = self.gather(input, units, rate, now)?;
        let Gathered { spot, assumed, .. } = &gathered;
        let picture = picture::draw(&Question {
            unit: &gathered.unit,
            parts: &gathered.parts,
            spot: *spot,
            assumed,
            shift,
            now,
            dates: &dates::moments(&input.dates, now)?,
        });
        let assumes = self.assumed_words(&gathered.underlying, rate, now);
        Ok(PayoffView {
            rate: assumed.rate,
            assumes,
            yours: yours::words(&gathered.yours, &gathered.priced, shift),
            ..view(picture, input, &gathered, now)?
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
    input: &PayoffInput,
    gathered: &Gathered,
    now: UnixMillis,
) -> Result<PayoffView, ApiError> {
    let spot = gathered.spot;
    let dates = dates::lying(&input.dates, picture.first, now)?;
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
    Ok(PayoffView {
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
        today: today.map(Expiry::wire),
        modelled: picture.inexact == Some(NoPayoff::SeveralExpiries),
        points: picture
            .points
            .into_iter()
            .map(|point| PayoffPoint {
                price: point.price,
                at_expiry: point.at_expiry,
                on_dates: dates::drawn(&dates, point.on_dates),
            })
            .collect(),
        dates,
        sigma: picture.sigma.map(|(low, high)| SigmaView { low, high }),
        rate: Decimal::ZERO,
        assumes: String::new(),
        yours: None,
        priced_by_model: !gathered.priced.is_empty(),
        says: (!says.is_empty()).then(|| says.join(" ")),
    })
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
