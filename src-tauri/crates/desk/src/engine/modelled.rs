//! What our own model says of an option beside the broker's greeks: rho, chances and where a
//! buyer breaks even. Given one rate and no dividends, as the payoff picture is.

use super::Desk;
use super::payoff::RATE;
use crate::view::{Figure, GreeksView, ModelledView};
use gatehouse_analytics::options::day_count::years_between;
use gatehouse_analytics::options::leg::{LegKind, OptionKind};
use gatehouse_analytics::options::model::{Market, Terms, value};
use gatehouse_analytics::options::payoff::chance::Lognormal;
use gatehouse_analytics::options::picture::OptionMarket;
use gatehouse_domain::contract::Contract;
use gatehouse_domain::derivative::Right;
use gatehouse_domain::id::ConId;
use gatehouse_domain::observed::{Observed, Source};
use gatehouse_domain::quote::{Quote, QuoteField};
use rust_decimal::Decimal;
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};

/// What the model says of one option.
struct Said {
    rho: Option<Decimal>,
    inside: Option<Decimal>,
    outside: Option<Decimal>,
    touch: Option<Decimal>,
}

impl Desk {
    /// `None` for what is no option of a chain that was opened.
    pub(super) fn modelled_view(
        &self,
        con_id: ConId,
        greeks: Option<&GreeksView>,
    ) -> Option<ModelledView> {
        let contract = self.contracts.get(&con_id)?;
        let LegKind::Option(option) = LegKind::of(contract)? else {
            return None;
        };
        let underlying = self.underlying_of.get(&con_id)?;
        let underlying = self.contracts.get(underlying)?;
        let (at, said) = self.said(contract, option, underlying, greeks).unzip();
        let chance = |pick: fn(&Said) -> Option<Decimal>| match said.as_ref().and_then(pick) {
            value @ Some(_) => Figure {
                value,
                at,
                source: Some(Source::Model),
            },
            None => Figure::UNKNOWN,
        };
        Some(ModelledView {
            rho: chance(|said| said.rho),
            chance_in: chance(|said| said.inside),
            chance_out: chance(|said| said.outside),
            chance_touch: chance(|said| said.touch),
            breakeven: self.breakeven(con_id, option).into(),
        })
    }

    fn said(
        &self,
        contract: &Contract,
        option: OptionKind,
        underlying: &Contract,
        greeks: Option<&GreeksView>,
    ) -> Option<(crate::view::Millis, Said)> {
        let told = greeks?.implied_volatility;
        let (volatility, at) = (told.value?.to_f64()?, told.at?);
        let spot = self.quotes.get(&underlying.con_id)?.mark()?;
        let at = at.0.min(spot.at.0);
        let moment = gatehouse_domain::instant::UnixMillis(at);
        let (price, strike) = (spot.value.to_f64()?, option.strike.to_f64()?);
        let rate = RATE.to_f64()? / 100.0;
        let model = OptionMarket::of(contract, underlying)?;
        let years = years_between(moment, model.end);
        let terms = Terms {
            right: option.right,
            strike,
            exercise: model.exercise,
        };
        let market = Market::with_yield(price, rate, 0.0);
        let rho = value(&terms, &market, volatility, years).ok();
        let outcomes = Lognormal::new(price, volatility, years, rate);
        let above = outcomes.map(|o| o.above(strike));
        let inside = above.map(|above| match option.right {
            Right::Call => above,
            Right::Put => 1.0 - above,
        });
        let share = |chance: f64| figure(chance, 4);
        Some((
            crate::view::Millis(at),
            Said {
                rho: rho.and_then(|worth| figure(worth.rho, 6)),
                inside: inside.and_then(share),
                outside: inside.and_then(|inside| share(1.0 - inside)),
                touch: outcomes.and_then(|o| share(o.touches(strike))),
            },
        ))
    }

    /// The strike and what the option costs at the middle, as old and as good as its quote.
    fn breakeven(&self, con_id: ConId, option: OptionKind) -> Option<Observed<Decimal>> {
        let middle = self.quotes.get(&con_id).and_then(middle)?;
        let value = match option.right {
            Right::Call => option.strike.checked_add(middle.value)?,
            Right::Put => option.strike.checked_sub(middle.value)?,
        };
        Some(Observed { value, ..middle })
    }
}

/// Halfway between bid and offer, when there are both.
pub(super) fn middle(quote: &Quote) -> Option<Observed<Decimal>> {
    let (bid, ask) = (quote.get(QuoteField::Bid)?, quote.get(QuoteField::Ask)?);
    Some(Observed {
        value: bid.value.checked_add(ask.value)? / Decimal::TWO,
        at: bid.at.min(ask.at),
        source: match bid.source == ask.source {
            true => bid.source,
            false => Source::Model,
        },
    })
}

pub(super) fn figure(value: f64, places: u32) -> Option<Decimal> {
    Decimal::from_f64(value).map(|d| d.round_dp(places))
}
