//! Placing, changing and cancelling orders.

use rust_decimal::Decimal;

use super::catalog::Catalog;
use super::event::{OrderStatus, WorldEvent};
use super::ids::{ClientId, OrderId};
use super::order::{Order, OrderRequest, OrderState};
use super::reject::Reject;
use super::state::{Held, State};

/// Order ids stay below this, as clients need.
const MAX_ORDER_ID: i32 = 1_500_000_000;

impl State {
    pub(super) fn working_at(&self, client: ClientId, order_id: OrderId) -> Option<usize> {
        self.working
            .iter()
            .position(|order| order.client_id == client && order.order_id == order_id)
    }

    fn completed_state(&self, client: ClientId, order_id: OrderId) -> Option<OrderState> {
        let done = self
            .completed
            .iter()
            .rev()
            .find(|done| done.order.client_id == client && done.order.order_id == order_id)?;
        Some(done.order.state)
    }

    pub(super) fn place(
        &mut self,
        catalog: &Catalog,
        client: ClientId,
        order_id: OrderId,
        request: OrderRequest,
        now: i64,
    ) -> Result<Vec<WorldEvent>, Reject> {
        if !(1..MAX_ORDER_ID).contains(&order_id.get()) {
            return Err(Reject::invalid(format!("Invalid order id {order_id}.")));
        }
        if let Some(index) = self.working_at(client, order_id) {
            return self.change(catalog, index, request);
        }
        let held = self
            .held
            .iter()
            .position(|held| held.client == client && held.order_id == order_id);
        if held.is_none() {
            self.check_unused(client, order_id)?;
        }
        let accepted = self.check(catalog, &request, None)?;
        if let Some(index) = held {
            self.held.remove(index);
        }
        let highest = self.highest_order_id.entry(client).or_insert(order_id);
        *highest = (*highest).max(order_id);
        if !request.transmit {
            self.held.push(Held {
                client,
                order_id,
                request,
            });
            return Ok(Vec::new());
        }
        let order = Order {
            perm_id: self.next_perm_id(now),
            client_id: client,
            order_id,
            account: accepted.account,
            request,
            state: OrderState::PreSubmitted,
            filled: Decimal::ZERO,
            filled_value: Decimal::ZERO,
            last_fill_price: None,
            commission: Decimal::ZERO,
            placed_at: now,
            seen_by_market: false,
        };
        let events = told(&order);
        self.working.push(order);
        Ok(events)
    }

    /// An id that this client has used, or passed over, cannot be used for a new order.
    fn check_unused(&self, client: ClientId, order_id: OrderId) -> Result<(), Reject> {
        if self.completed_state(client, order_id) == Some(OrderState::Filled) {
            return Err(Reject::new(104, "Cannot modify a filled order."));
        }
        match self.highest_order_id.get(&client) {
            Some(highest) if order_id <= *highest => Err(Reject::new(103, "Duplicate order id")),
            _ => Ok(()),
        }
    }

    fn change(
        &mut self,
        catalog: &Catalog,
        index: usize,
        request: OrderRequest,
    ) -> Result<Vec<WorldEvent>, Reject> {
        let Some(order) = self.working.get(index) else {
            return Ok(Vec::new());
        };
        let same_account =
            request.account.trim().is_empty() || request.account.trim() == order.account.as_str();
        let same_order = same_account
            && request.con_id == order.request.con_id
            && request.side == order.request.side;
        if !same_order {
            return Err(Reject::new(
                105,
                "Order being modified does not match original order",
            ));
        }
        if order.state == OrderState::PendingCancel {
            return Err(Reject::new(
                105,
                "Order being modified is about to be cancelled",
            ));
        }
        if request.quantity <= order.filled && request.quantity > Decimal::ZERO {
            return Err(Reject::new(
                105,
                format!(
                    "Order being modified is already filled for {}",
                    order.filled.normalize()
                ),
            ));
        }
        if !request.transmit {
            return Err(Reject::invalid(
                "A working order cannot be changed without transmitting it.",
            ));
        }
        self.check(catalog, &request, Some(order))?;
        let Some(order) = self.working.get_mut(index) else {
            return Ok(Vec::new());
        };
        order.request = request;
        order.seen_by_market = false;
        Ok(told(order))
    }

    pub(super) fn cancel(
        &mut self,
        client: ClientId,
        order_id: OrderId,
    ) -> Result<Vec<WorldEvent>, Reject> {
        if let Some(index) = self
            .held
            .iter()
            .position(|held| held.client == client && held.order_id == order_id)
        {
            self.held.remove(index);
            return Ok(vec![WorldEvent::OrderMessage {
                client_id: client,
                order_id,
                code: 202,
                text: "Order Canceled - reason:".to_owned(),
            }]);
        }
        let not_now = |state: OrderState| {
            let text = format!(
                "OrderId {order_id} that needs to be cancelled cannot be cancelled, state: {}.",
                state.code()
            );
            Reject::new(10_148, text)
        };
        let Some(order) = self
            .working_at(client, order_id)
            .and_then(|index| self.working.get_mut(index))
        else {
            return Err(match self.completed_state(client, order_id) {
                Some(state) => not_now(state),
                None => Reject::new(
                    10_147,
                    format!("OrderId {order_id} that needs to be cancelled is not found."),
                ),
            });
        };
        if order.state == OrderState::PendingCancel {
            return Err(not_now(order.state));
        }
        order.state = OrderState::PendingCancel;
        Ok(vec![WorldEvent::OrderStatus(OrderStatus::from(&*order))])
    }

    pub(super) fn global_cancel(&mut self) -> Vec<WorldEvent> {
        self.held.clear();
        self.working
            .iter_mut()
            .filter(|order| order.state != OrderState::PendingCancel)
            .map(|order| {
                order.state = OrderState::PendingCancel;
                WorldEvent::OrderStatus(OrderStatus::from(&*order))
            })
            .collect()
    }
}

fn told(order: &Order) -> Vec<WorldEvent> {
    vec![
        WorldEvent::OpenOrder(Box::new(order.clone())),
        WorldEvent::OrderStatus(OrderStatus::from(order)),
    ]
}
