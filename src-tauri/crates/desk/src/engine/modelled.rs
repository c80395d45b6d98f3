//! What our own model says of an option beside the broker's greeks: rho, chances and where a
//! buyer breaks even.
//!
//! Deliberately not here: the reckoning, which is `analytics::options::prospects`.

use super::Desk;
use crate::view::{Figure, GreeksView, Millis, ModelledView};
use gatehouse_analytics::options::leg::{LegKind, OptionKind};
use gatehouse_analytics::options::picture::OptionMarket;
use gatehouse_analytics::options::prospects::{Chances, Outlook};
use gatehouse_domain::Decimal;
use gatehouse_domain::contract::Contract;
use gatehouse_domain::derivative::Right;
use gatehouse_domain::id::ConId;
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::observed::{Observed, Source};
use gatehouse_domain::quote::{Quote, QuoteField};

/// What the model says of one option, and of when it was told its price and volatility.
struct Said {
    at: Millis,
    rho: Option<Decimal>,
    chances: Option<Chances>,
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
        let said = self.said(contract, option, underlying, greeks);
        let figure = |pick: fn(&Said) -> Option<Decimal>| {
            let told = said.as_ref().and_then(|said| Some((pick(said)?, said.at)));
            told.map_or(Figure::UNKNOWN, |(value, at)| Figure {
                value: Some(value),
                at: Some(at),
                source: Some(Source::Model),
            })
        };
        Some(ModelledView {
            rho: figure(|said| said.rho),
            chance_in: figure(|said| Some(said.chances?.inside)),
            chance_out: figure(|said| Some(said.chances?.outside)),
            chance_touch: figure(|said| Some(said.chances?.touch)),
            breakeven: self.breakeven(con_id, option).into(),
        })
    }

    fn said(
        &self,
        contract: &Contract,
        option: OptionKind,
        underlying: &Contract,
        greeks: Option<&GreeksView>,
    ) -> Option<Said> {
        let told = greeks?.implied_volatility;
        let spot = self.quotes.get(&underlying.con_id)?.mark()?;
        let at = UnixMillis(told.at?.0).min(spot.at);
        let market = OptionMarket::of(contract, underlying)?;
        let assumed = self.assumed(underlying.con_id, None);
        let outlook = Outlook::new(spot.value, told.value?, at, market.end, &assumed)?;
        Some(Said {
            at: at.into(),
            rho: outlook.rho(option, market.exercise),
            chances: outlook.chances(option),
        })
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
