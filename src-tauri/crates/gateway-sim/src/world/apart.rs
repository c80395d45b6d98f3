//! Combinations that are not guaranteed: their legs trade one after the other.
//!
//! The combination begins when its net price can be had. Its first leg trades at once and each further
//! one some time later, at whatever its price is then (or at its own limit, if it has one): that is the
//! risk of it. A cancel or the day's end
//! in between leaves the legs that have traded.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::catalog::Catalog;
use super::combo::Part;
use super::event::{OrderStatus, WorldEvent};
use super::filling::Piece;
use super::order::Side;
use super::state::State;

/// How long a leg hangs before the next one trades.
const HANGS_MS: i64 = 2_000;

/// A combination of which some legs have traded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Hanging {
    /// Combinations.
    quantity: Decimal,
    /// The leg that is next.
    next: usize,
    /// When it trades, unix ms.
    at: i64,
    /// What the legs up to it cost net, for one combination.
    paid: Decimal,
}

impl State {
    /// Begins or goes on; `opening` is what could be had at the net price now.
    pub(super) fn trade_apart(
        &mut self,
        catalog: &Catalog,
        index: usize,
        parts: &[Part],
        opening: Option<(Decimal, Decimal)>,
        at: i64,
        events: &mut Vec<WorldEvent>,
    ) {
        let Some(order) = self.working.get(index) else {
            return;
        };
        let hanging = order.progress.hanging.clone().or_else(|| {
            opening.map(|(_, quantity)| Hanging {
                quantity,
                next: 0,
                at,
                paid: Decimal::ZERO,
            })
        });
        let Some(mut hanging) = hanging.filter(|hanging| hanging.at <= at) else {
            return;
        };
        let order = order.clone();
        let Some(part) = parts.get(hanging.next) else {
            return;
        };
        let touch = self
            .market(catalog, part.con_id)
            .and_then(|market| market.offered_to(part.side));
        // Nobody is on the other side, or the leg's own price cannot be had: it hangs on.
        let limit = order.request.terms.leg_limits.get(hanging.next);
        let within = |price: Decimal| match (limit, part.side) {
            (None, _) => true,
            (Some(limit), Side::Buy) => price <= *limit,
            (Some(limit), Side::Sell) => price >= *limit,
        };
        let Some((price, _)) = touch.filter(|(price, _)| within(*price)) else {
            return;
        };
        let trade = (price, hanging.quantity);
        let Some(piece) = Piece::of(catalog, &order, hanging.next, part, trade) else {
            return;
        };
        let signed = if part.side == order.request.side {
            price
        } else {
            -price
        };
        hanging.paid += signed * part.weight;
        hanging.next += 1;
        hanging.at = at + HANGS_MS;
        if let Some(order) = self.working.get_mut(index) {
            order.commission += piece.fee;
            order.progress.legs.resize(parts.len(), Default::default());
            if let Some(leg) = order.progress.legs.get_mut(hanging.next - 1) {
                leg.0 += piece.quantity * piece.price;
                leg.1 += piece.fee;
            }
        }
        self.fill_count += 1;
        let traded = (order.filled + hanging.quantity) * part.ratio;
        let cost = self.enter(catalog, &order, &piece, 2, traded, at, events);
        self.tell_costs(&order, vec![cost], events);
        if hanging.next == parts.len() {
            self.complete(index, hanging, at, events);
        } else if let Some(order) = self.working.get_mut(index) {
            order.progress.hanging = Some(hanging);
        }
    }

    /// Every leg has traded: so many combinations are filled.
    fn complete(&mut self, index: usize, hanging: Hanging, at: i64, events: &mut Vec<WorldEvent>) {
        let Some(order) = self.working.get_mut(index) else {
            return;
        };
        order.progress.hanging = None;
        order.note_fill(hanging.paid, hanging.quantity);
        let order = order.clone();
        self.fill_count += 1;
        self.enter_whole(&order, (hanging.paid, hanging.quantity), at, events);
        if order.remaining().is_zero() {
            events.push(WorldEvent::OpenOrder(Box::new(order.clone())));
        }
        events.push(WorldEvent::OrderStatus(OrderStatus::from(&order)));
    }
}
