//! Brackets and one-cancels-all groups: what a fill or an end does to other orders.
//!
//! Nobody's cancel reaches the others of a group; a parent's end reaches its children.

use rust_decimal::Decimal;

use super::catalog::Catalog;
use super::event::{OrderStatus, WorldEvent};
use super::ids::PermId;
use super::order::{Order, OrderState};
use super::state::State;
use super::terms::{Oca, OcaKind};

impl State {
    /// After a fill of `quantity`: the group's others shrink or end, and children of a filled order begin.
    pub(super) fn spread_fill(
        &mut self,
        catalog: &Catalog,
        index: usize,
        quantity: Decimal,
        events: &mut Vec<WorldEvent>,
    ) {
        let Some(order) = self.working.get(index) else {
            return;
        };
        let (perm_id, left) = (order.perm_id, order.remaining());
        let account = order.account.clone();
        let oca = order.progress.oca.clone();
        if left.is_zero() {
            for child in &mut self.working {
                if child.progress.parent_perm_id == Some(perm_id) {
                    child.progress.released = true;
                    child.seen_by_market = false;
                }
            }
        }
        let Some(Oca { group, kind }) = oca else {
            return;
        };
        let before = left + quantity;
        for other in &mut self.working {
            let in_group = other.perm_id != perm_id
                && other.account == account
                && other.progress.ends.is_none()
                && other
                    .progress
                    .oca
                    .as_ref()
                    .is_some_and(|oca| oca.group == group);
            if !in_group {
                continue;
            }
            let lot = catalog
                .get(other.request.con_id)
                .map_or(Decimal::ONE, |instrument| instrument.size_increment);
            let kept = match kind {
                OcaKind::Cancel => Decimal::ZERO,
                _ => share(other.remaining(), left, before, lot),
            };
            if kept.is_zero() {
                other.progress.ends = Some("OCA group member filled".to_owned());
            } else {
                other.request.quantity = other.filled + kept;
                events.push(WorldEvent::OpenOrder(Box::new(other.clone())));
                events.push(WorldEvent::OrderStatus(OrderStatus::from(&*other)));
            }
        }
    }

    /// After an order's end without being filled: what hangs on it ends too.
    pub(super) fn spread_end(&mut self, ended: &Order, by_trader: bool) {
        if ended.state == OrderState::Filled {
            return;
        }
        let upward = ended
            .progress
            .parent_perm_id
            .filter(|_| by_trader && ended.request.terms.auto_cancel_parent);
        for other in &mut self.working {
            let child = other.progress.parent_perm_id == Some(ended.perm_id);
            if (child || upward == Some(other.perm_id)) && other.progress.ends.is_none() {
                other.progress.ends = Some("Parent order cancelled".to_owned());
            }
        }
    }

    /// Ends the orders that others' fills and ends have marked, and what hangs on those.
    pub(super) fn end_marked(&mut self, at: i64, events: &mut Vec<WorldEvent>) {
        while let Some(index) = self
            .working
            .iter()
            .position(|order| order.progress.ends.is_some())
        {
            let why = self
                .working
                .get(index)
                .and_then(|order| order.progress.ends.clone())
                .unwrap_or_default();
            self.end_order(index, at, OrderState::Cancelled, &why, events);
        }
    }

    /// The group in which an order is in fact: the one that it names, or its siblings.
    pub(super) fn group_of(named: Option<&Oca>, parent: Option<PermId>) -> Option<Oca> {
        named.cloned().or_else(|| {
            parent.map(|parent| Oca {
                group: parent.to_string(),
                kind: OcaKind::Reduce,
            })
        })
    }
}

/// What is left of `remaining` when another order of the group went from `before` to `left`, in
/// whole lots, rounded down so that the group never fills more than one order would.
fn share(remaining: Decimal, left: Decimal, before: Decimal, lot: Decimal) -> Decimal {
    let exact = (remaining * left).checked_div(before).unwrap_or_default();
    let lots = exact.checked_div(lot).unwrap_or_default().floor();
    lots * lot
}
