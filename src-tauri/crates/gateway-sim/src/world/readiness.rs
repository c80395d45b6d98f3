//! Whether an order may meet the market yet, and at what price it would.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::catalog::{Catalog, Profile};
use super::ids::ConId;
use super::kind::OrderKind;
use super::market::{self, Market};
use super::order::{Order, Side, Tif};
use super::state::State;

/// What an order does at this step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Readiness {
    /// It stays where it is.
    Waits,
    /// It is over, for this reason.
    Ends(&'static str),
    /// It is at the market.
    Works,
}

/// How an order that works meets the market.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// At any price.
    Market,
    /// Up to this price.
    Limit(Decimal),
    /// In an auction, perhaps up to a price.
    Auction(Option<Decimal>),
    /// At this price when somebody comes, or at the market when that has come so far.
    Pegged(Decimal),
}

impl State {
    /// Decides, and notes what was decided: conditions that held, stops that moved or were reached.
    pub(super) fn readiness(
        &mut self,
        catalog: &Catalog,
        index: usize,
        con_id: ConId,
        at: i64,
    ) -> Readiness {
        let Some(order) = self.working.get(index) else {
            return Readiness::Waits;
        };
        let terms = &order.request.terms;
        if order.progress.ends.is_some() {
            return Readiness::Waits;
        }
        if terms.good_till.is_some_and(|end| at >= end) {
            return Readiness::Ends("Expired");
        }
        if terms.algo.as_ref().is_some_and(|algo| algo.is_over(at)) {
            return Readiness::Ends("The algorithm's end time has passed");
        }
        let early = order.waits_for_parent()
            || order.progress.locate_until.is_some_and(|until| at < until)
            || terms.good_after.is_some_and(|start| at < start)
            || terms.algo.as_ref().is_some_and(|algo| !algo.has_begun(at));
        if early {
            return Readiness::Waits;
        }
        let conditional = !terms.conditions.is_empty();
        if conditional && !order.progress.conditions_met {
            let hold = self.conditions_hold(catalog, order, at);
            match (terms.conditions_cancel, hold) {
                (true, true) => return Readiness::Ends("The order's condition was met"),
                (false, false) => return Readiness::Waits,
                _ => {}
            }
        }
        let on_open = order.request.tif == Tif::Opg;
        let auction = order.progress.auction_at;
        if on_open && auction.is_some_and(|auction| at < auction) {
            return Readiness::Waits;
        }
        let begins = terms.algo.is_some() && order.progress.algo_from.is_none();
        let market = self.market(catalog, con_id).map(Cow::into_owned);
        let volume = market.as_ref().map(Market::volume);
        let Some(order) = self.working.get_mut(index) else {
            return Readiness::Waits;
        };
        order.progress.locate_until = None;
        order.progress.conditions_met = conditional && !order.request.terms.conditions_cancel;
        if begins {
            order.progress.algo_from = volume.map(|volume| (at, volume));
        }
        if !order.request.kind.is_elected() || order.progress.elected {
            return Readiness::Works;
        }
        let (Some(market), Some(listing)) = (&market, catalog.listing(con_id)) else {
            return Readiness::Waits;
        };
        if elect(order, market, listing.profile, at) {
            Readiness::Works
        } else {
            Readiness::Waits
        }
    }

    /// How the order meets the market; for orders that work.
    pub(super) fn way(
        &self,
        catalog: &Catalog,
        order: &Order,
        con_id: ConId,
        at: i64,
    ) -> Option<Way> {
        let request = &order.request;
        let kind = request.kind;
        if request.tif == Tif::Opg {
            return Some(Way::Auction(kind.limit()));
        }
        if kind.is_on_close() {
            let due = order
                .progress
                .auction_at
                .is_some_and(|auction| at >= auction);
            return due.then_some(Way::Auction(kind.limit()));
        }
        let pegged = |price: Decimal, cap: Option<Decimal>| {
            Way::Pegged(match (request.side, cap) {
                (_, None) => price,
                (Side::Buy, Some(cap)) => price.min(cap),
                (Side::Sell, Some(cap)) => price.max(cap),
            })
        };
        let market = self.market(catalog, con_id)?;
        let toward = request.side.signed(Decimal::ONE);
        Some(match kind {
            OrderKind::Relative { offset, cap } => {
                pegged(market.own_side(request.side) + toward * offset, cap)
            }
            OrderKind::Midprice { cap } => pegged(market.mark(), cap),
            OrderKind::PegMid { offset, cap } => pegged(market.mark() - toward * offset, cap),
            _ => match order.progress.limit.or(kind.limit()) {
                Some(limit) => Way::Limit(limit),
                None => Way::Market,
            },
        })
    }
}

/// Moves a trailing stop and says whether the order has been elected.
fn elect(order: &mut Order, market: &Market, profile: &Profile, at: i64) -> bool {
    let side = order.request.side;
    let Some((touch, _)) = market.offered_to(side) else {
        return false;
    };
    let (trigger, with_side) = match order.request.kind {
        OrderKind::Stop(price) | OrderKind::StopLimit { stop: price, .. } => (price, true),
        OrderKind::IfTouched(price) | OrderKind::LimitIfTouched { trigger: price, .. } => {
            (price, false)
        }
        OrderKind::Trail { by, stop } | OrderKind::TrailLimit { by, stop, .. } => {
            let behind = touch + side.signed(by.distance(touch));
            let behind = on_tick(behind, side, profile);
            let stood = order.progress.trail_stop.or(stop).unwrap_or(behind);
            let stands = match side {
                Side::Buy => stood.min(behind),
                Side::Sell => stood.max(behind),
            };
            order.progress.trail_stop = Some(stands);
            (stands, true)
        }
        _ => return true,
    };
    // A stop to buy waits above the market, an if-touched order to buy below it.
    let rising = (side == Side::Buy) == with_side;
    let reached = if rising {
        market.has_risen_to(trigger, at - 1)
    } else {
        market.has_fallen_to(trigger, at - 1)
    };
    if reached {
        order.progress.elected = true;
        if let OrderKind::TrailLimit { offset, .. } = order.request.kind {
            order.progress.limit = Some(trigger + side.signed(offset));
        }
    }
    reached
}

/// The nearest price on the tick that is not nearer to the market.
fn on_tick(price: Decimal, side: Side, profile: &Profile) -> Decimal {
    let Some(units) = market::to_units(price.trunc_with_scale(6)) else {
        return price;
    };
    let tick = market::tick_at(&profile.ladder, units);
    let low = units.div_euclid(tick) * tick;
    let units = match side {
        Side::Buy if low < units => low + tick,
        _ => low,
    };
    Decimal::new(units, 6).normalize()
}
