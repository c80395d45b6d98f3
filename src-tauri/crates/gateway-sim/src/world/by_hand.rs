//! Orders that a person makes in TWS itself.
//!
//! They belong to client 0 and have no order id, so that no client can change or cancel them, until
//! client 0 binds them. Ids that binding gives count down from -1, as TWS has it unless told otherwise.

use super::catalog::Catalog;
use super::event::{OrderStatus, WorldEvent};
use super::ids::{ClientId, OrderId, PermId};
use super::order::{Order, OrderRequest, OrderState};
use super::reject::Reject;
use super::state::State;

/// Whose orders they are.
const TWS: ClientId = ClientId::new(0);

/// What an order is called that nobody has bound.
pub(super) const UNBOUND: OrderId = OrderId::new(0);

impl State {
    /// Places an order by hand; `bound` gives it an id for client 0 at once.
    pub(super) fn place_by_hand(
        &mut self,
        catalog: &Catalog,
        request: OrderRequest,
        bound: bool,
        now: i64,
    ) -> Result<Vec<WorldEvent>, Reject> {
        if request.terms.parent.is_some() {
            return Err(Reject::invalid("An order made by hand has no parent."));
        }
        let accepted = self.check(catalog, TWS, &request, None)?;
        let mut order = Order::draft(TWS, accepted.account, request, now);
        order.progress.by_hand = true;
        if bound {
            order.order_id = self.next_bound_id();
        }
        let order_id = order.order_id;
        let mut events = self.activate(catalog, order, now)?;
        if bound && let Some(order) = self.working.last() {
            events.insert(0, bound_event(order.perm_id, order_id));
        }
        Ok(events)
    }

    /// Gives every order made by hand that has none an id for client 0.
    pub(super) fn bind_orders(&mut self) -> Vec<WorldEvent> {
        let mut events = Vec::new();
        for index in 0..self.working.len() {
            let unbound = self
                .working
                .get(index)
                .is_some_and(|order| order.order_id == UNBOUND);
            if !unbound {
                continue;
            }
            let order_id = self.next_bound_id();
            if let Some(order) = self.working.get_mut(index) {
                order.order_id = order_id;
                events.push(bound_event(order.perm_id, order_id));
            }
        }
        events
    }

    /// Asks for the cancel of any working order, as a person can in TWS.
    pub(super) fn cancel_by_hand(&mut self, perm_id: PermId) -> Result<Vec<WorldEvent>, Reject> {
        let order = self
            .working
            .iter_mut()
            .find(|order| order.perm_id == perm_id && order.state != OrderState::PendingCancel)
            .ok_or_else(|| Reject::invalid(format!("No working order has permId {perm_id}.")))?;
        order.state = OrderState::PendingCancel;
        Ok(vec![WorldEvent::OrderStatus(OrderStatus::from(&*order))])
    }

    fn next_bound_id(&mut self) -> OrderId {
        self.last_bound_id = self.last_bound_id.saturating_sub(1);
        OrderId::new(self.last_bound_id)
    }
}

fn bound_event(perm_id: PermId, order_id: OrderId) -> WorldEvent {
    WorldEvent::OrderBound {
        perm_id,
        client_id: TWS,
        order_id,
    }
}
