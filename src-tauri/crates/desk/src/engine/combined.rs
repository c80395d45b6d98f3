//! What a draft or an order trades: an instrument that was looked up, or the combination of its
//! legs, as far as those are known.

use super::Desk;
use gatehouse_domain::Decimal;
use gatehouse_domain::combo::worth::EndLeg;
use gatehouse_domain::combo::{LegInput, combine, market, weight};
use gatehouse_domain::contract::{ComboLeg, Contract, Instrument, SecurityKind};
use gatehouse_domain::draft::{Draft, Side};
use gatehouse_domain::quote::Quote;
use std::borrow::Cow;

impl Desk {
    /// What a draft trades.
    pub(super) fn instrument_of(&self, draft: &Draft) -> Option<Cow<'_, Instrument>> {
        if draft.legs.is_empty() {
            return self.instruments.get(&draft.con_id).map(Cow::Borrowed);
        }
        self.combined(&draft.legs).map(Cow::Owned)
    }

    /// The combination of these legs.
    fn combined(&self, legs: &[ComboLeg]) -> Option<Instrument> {
        let legs: Option<Vec<_>> = legs
            .iter()
            .map(|leg| {
                let input = LegInput {
                    con_id: leg.con_id.get(),
                    side: leg.side,
                    ratio: leg.ratio,
                };
                Some((input, self.instruments.get(&leg.con_id)?))
            })
            .collect();
        combine(&legs?).ok()
    }

    /// The market of what a draft trades.
    pub(super) fn quote_of(&self, draft: &Draft) -> Option<Cow<'_, Quote>> {
        if draft.legs.is_empty() {
            return self.quotes.get(&draft.con_id).map(Cow::Borrowed);
        }
        let whole = self.combined(&draft.legs)?.contract.multiplier;
        self.legs_quote(draft.side, &draft.legs, whole)
            .map(Cow::Owned)
    }

    /// The market of a contract for a person on this side of it.
    pub(super) fn market_of(&self, contract: &Contract, side: Side) -> Option<Cow<'_, Quote>> {
        if contract.legs.is_empty() {
            return self.quotes.get(&contract.con_id).map(Cow::Borrowed);
        }
        let whole = self.multiplier_of(contract)?;
        self.legs_quote(side, &contract.legs, whole).map(Cow::Owned)
    }

    fn legs_quote(&self, side: Side, legs: &[ComboLeg], whole: Decimal) -> Option<Quote> {
        market::quote(side, legs, |leg| {
            let contract = &self.instruments.get(&leg.con_id)?.contract;
            Some((weight(leg, contract, whole)?, self.quotes.get(&leg.con_id)?))
        })
    }

    /// A contract's multiplier. The broker lists a combination that was made elsewhere without
    /// one, so it is made from its legs; `None` when they are not known.
    pub(super) fn multiplier_of(&self, contract: &Contract) -> Option<Decimal> {
        if contract.kind != SecurityKind::Combo || contract.multiplier > Decimal::ONE {
            return Some(contract.multiplier);
        }
        Some(self.combined(&contract.legs)?.contract.multiplier)
    }

    /// The legs of a combination at their end, for one unit of it.
    pub(super) fn ends(&self, contract: &Contract) -> Option<Vec<EndLeg>> {
        let whole = self.multiplier_of(contract)?;
        contract
            .legs
            .iter()
            .map(|leg| {
                let contract = &self.instruments.get(&leg.con_id)?.contract;
                EndLeg::of(contract, weight(leg, contract, whole)? * leg.side.sign())
            })
            .collect()
    }
}
