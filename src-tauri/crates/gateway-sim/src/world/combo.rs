//! Combinations: legs that trade together, all or none, at one net price.
//!
//! Buying a combination buys its buy legs and sells its sell legs; the net price is what is paid
//! for one of it, below zero when something is received. It counts the legs by their ratios, in
//! units of the largest multiplier among them: with an option in it a hundred shares count as
//! one, so that a buy-write is quoted by the share. Where the client allows that they fill apart,
//! they do: see [`super::apart`].

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::catalog::Catalog;
use super::ids::ConId;
use super::order::{OrderRequest, Side};
use super::state::State;

/// The number that every combination in dollars has at IBKR.
pub const COMBO: ConId = ConId::new(28_812_380);

/// One leg.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leg {
    /// Instrument.
    pub con_id: ConId,
    /// Units for one combination; positive.
    pub ratio: Decimal,
    /// Side when the combination is bought.
    pub side: Side,
    /// Where the client routed it.
    pub exchange: String,
}

/// A combination as a client describes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Combo {
    /// The symbol that the client gave it.
    pub symbol: String,
    /// Its currency.
    pub currency: String,
    /// Two legs or more.
    pub legs: Vec<Leg>,
    /// The client lets the legs fill apart.
    pub non_guaranteed: bool,
}

/// A part of an order that is booked on its own: the order itself, or a leg.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part {
    /// Instrument; the catalogue has it.
    pub(super) con_id: ConId,
    pub(super) side: Side,
    /// Units for one unit of the order.
    pub(super) ratio: Decimal,
    /// How often its price counts in the order's.
    pub(super) weight: Decimal,
}

impl OrderRequest {
    /// What an order trades; `None` when the catalogue lacks something in it.
    pub(super) fn parts(&self, catalog: &Catalog) -> Option<Vec<Part>> {
        let Some(combo) = &self.terms.combo else {
            return Some(vec![Part {
                con_id: catalog.get(self.con_id)?.con_id,
                side: self.side,
                ratio: Decimal::ONE,
                weight: Decimal::ONE,
            }]);
        };
        let legs: Option<Vec<_>> = combo
            .legs
            .iter()
            .map(|leg| Some((leg, catalog.get(leg.con_id)?)))
            .collect();
        let legs = legs?;
        let whole = legs.iter().map(|(_, of)| of.multiplier).max()?;
        legs.into_iter()
            .map(|(leg, of)| {
                Some(Part {
                    con_id: of.con_id,
                    side: match self.side {
                        Side::Buy => leg.side,
                        Side::Sell => leg.side.other(),
                    },
                    ratio: leg.ratio,
                    weight: (leg.ratio * of.multiplier).checked_div(whole)?,
                })
            })
            .collect()
    }
}

impl State {
    /// What one unit of an order with these parts costs now (`side` its own side) and how many are
    /// to be had; `None` without a market in any part.
    pub(super) fn touch(
        &self,
        catalog: &Catalog,
        side: Side,
        parts: &[Part],
    ) -> Option<(Decimal, Decimal)> {
        let mut price = Decimal::ZERO;
        let mut available: Option<Decimal> = None;
        for part in parts {
            let (touch, left) = self.market(catalog, part.con_id)?.offered_to(part.side)?;
            let signed = if part.side == side { touch } else { -touch };
            price += signed * part.weight;
            let units = left.checked_div(part.ratio)?.floor();
            available = Some(available.map_or(units, |least| least.min(units)));
        }
        available.map(|available| (price, available))
    }
}
