//! Placing, changing and cancelling orders.

use rust_decimal::Decimal;

use super::by_hand::UNBOUND;
use super::calendar;
use super::catalog::Catalog;
use super::combo::Part;
use super::event::{OrderStatus, WorldEvent};
use super::ids::{AccountId, ClientId, OrderId};
use super::lending::{self, Lending};
use super::order::{Order, OrderRequest, OrderState, Side, Tif};
use super::reject::Reject;
use super::state::State;

/// Order ids stay below this, as clients need.
const MAX_ORDER_ID: i32 = 1_500_000_000;
/// How long locating takes.
const LOCATE_MS: i64 = 5_000;

impl State {
    pub(super) fn working_at(&self, client: ClientId, order_id: OrderId) -> Option<usize> {
        if order_id == UNBOUND {
            return None;
        }
        self.working
            .iter()
            .position(|order| order.client_id == client && order.order_id == order_id)
    }

    fn completed_state(&self, client: ClientId, order_id: OrderId) -> Option<OrderState> {
        if order_id == UNBOUND {
            return None;
        }
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
        if let Some(index) = self.working_at(client, order_id) {
            return self.change(catalog, index, request);
        }
        if !(1..MAX_ORDER_ID).contains(&order_id.get()) {
            return Err(match self.completed_state(client, order_id) {
                Some(OrderState::Filled) => Reject::new(104, "Cannot modify a filled order."),
                _ => Reject::invalid(format!("Invalid order id {order_id}.")),
            });
        }
        let held = self.held_at(client, order_id);
        if held.is_none() {
            self.check_unused(client, order_id)?;
        }
        let accepted = self.check(catalog, client, &request, None)?;
        if let Some(index) = held {
            self.held.remove(index);
        }
        self.spend_order_id(client, order_id);
        let transmit = request.transmit;
        let parent = request.terms.parent;
        let mut order = Order::draft(client, accepted.account, request, now);
        order.order_id = order_id;
        if !transmit {
            self.held.push(order);
            return Ok(Vec::new());
        }
        let mut events = Vec::new();
        if let Some(parent) = parent {
            events = self.release(catalog, client, parent, now);
        }
        events.extend(self.activate(catalog, order, now)?);
        Ok(events)
    }

    /// The client has used this id. Those that binding gave are not the client's to count from.
    pub(super) fn spend_order_id(&mut self, client: ClientId, order_id: OrderId) {
        if order_id <= UNBOUND {
            return;
        }
        let highest = self.highest_order_id.entry(client).or_insert(order_id);
        *highest = (*highest).max(order_id);
    }

    fn held_at(&self, client: ClientId, order_id: OrderId) -> Option<usize> {
        self.held
            .iter()
            .position(|held| held.client_id == client && held.order_id == order_id)
    }

    /// Transmitting one attached order transmits the whole bracket: the parent, then the children
    /// that waited for this. What is no longer acceptable is refused in a message.
    fn release(
        &mut self,
        catalog: &Catalog,
        client: ClientId,
        parent: OrderId,
        now: i64,
    ) -> Vec<WorldEvent> {
        let family = |order: &Order| {
            let own = order.order_id == parent || order.request.terms.parent == Some(parent);
            order.client_id == client && own
        };
        let (mut released, kept): (Vec<Order>, Vec<Order>) =
            std::mem::take(&mut self.held).into_iter().partition(family);
        self.held = kept;
        released.sort_by_key(|order| order.order_id != parent);
        let mut events = Vec::new();
        for order in released {
            let order_id = order.order_id;
            let placed = self
                .check(catalog, client, &order.request, None)
                .and_then(|_| self.activate(catalog, order, now));
            match placed {
                Ok(told) => events.extend(told),
                Err(reject) => events.push(WorldEvent::OrderMessage {
                    client_id: client,
                    order_id,
                    code: reject.code(),
                    text: reject.text().to_owned(),
                }),
            }
        }
        events
    }

    /// Gives an order its number and puts it among the working ones.
    pub(super) fn activate(
        &mut self,
        catalog: &Catalog,
        mut order: Order,
        now: i64,
    ) -> Result<Vec<WorldEvent>, Reject> {
        let terms = &order.request.terms;
        if let Some(parent) = terms.parent {
            let place = self.working_at(order.client_id, parent);
            let Some(parent) = place.and_then(|index| self.working.get(index)) else {
                return Err(Reject::new(
                    135,
                    format!("Can't find order with id ={parent}"),
                ));
            };
            order.progress.parent_perm_id = Some(parent.perm_id);
        }
        order.progress.oca = Self::group_of(terms.oca.as_ref(), order.progress.parent_perm_id);
        order.placed_at = now;
        order.request.transmit = true;
        self.schedule(&mut order);
        let parts = order.request.parts(catalog).unwrap_or_default();
        let located = parts.iter().any(|part| {
            self.lending(catalog, &order.request, part, &order.account) == Lending::Located
        });
        let mut events = Vec::new();
        if located {
            order.progress.locate_until = Some(now + LOCATE_MS);
            events.push(WorldEvent::OrderMessage {
                client_id: order.client_id,
                order_id: order.order_id,
                code: 404,
                text: "Shares for this order are not immediately available for short sale. The order will be held while we attempt to locate the shares.".to_owned(),
            });
        }
        order.perm_id = self.next_perm_id(now);
        events.splice(0..0, told(&order));
        self.working.push(order);
        Ok(events)
    }

    /// The auction in which an order trades, if it trades in one.
    fn schedule(&self, order: &mut Order) {
        let now = order.placed_at.max(self.now);
        order.progress.auction_at = if order.request.tif == Tif::Opg {
            Some(calendar::next_open(now))
        } else if order.request.kind.is_on_close() {
            Some(calendar::next_close(now))
        } else {
            None
        };
    }

    /// Whether the shares that a request would sell short can be borrowed.
    pub(super) fn lending(
        &self,
        catalog: &Catalog,
        request: &OrderRequest,
        part: &Part,
        account: &AccountId,
    ) -> Lending {
        let held = self
            .accounts
            .iter()
            .find(|own| own.id == *account)
            .map_or(Decimal::ZERO, |own| own.quantity_of(part.con_id));
        let quantity = request.quantity * part.ratio;
        let short = part.side == Side::Sell
            && request.terms.parent.is_none()
            && quantity > held.max(Decimal::ZERO);
        let loan = catalog.get(part.con_id).and_then(lending::loan);
        let Some(loan) = loan.filter(|_| short) else {
            return Lending::Plenty;
        };
        let needed = quantity - held.max(Decimal::ZERO);
        match loan.lending {
            Lending::Plenty if needed > loan.shares => Lending::None,
            other => other,
        }
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
        if request.terms.parent != order.request.terms.parent {
            return Err(Reject::new(
                105,
                "Order being modified does not match original order",
            ));
        }
        let mut request = request;
        match (&order.request.terms.algo, &request.terms.algo) {
            (None, None) => {}
            (Some(own), Some(new)) if own.strategy == new.strategy && own.params == new.params => {
                // It keeps the moment at which it was read.
                request.terms.algo = Some(own.clone());
            }
            _ => {
                return Err(Reject::new(
                    440,
                    "The order modify failed. Algorithm cannot be modified.",
                ));
            }
        }
        self.check(catalog, order.client_id, &request, Some(order))?;
        let mut changed = order.clone();
        if request.kind != changed.request.kind {
            changed.progress.elected = false;
            changed.progress.trail_stop = None;
            changed.progress.limit = None;
        }
        if request.terms.conditions != changed.request.terms.conditions {
            changed.progress.conditions_met = false;
        }
        changed.request = request;
        changed.seen_by_market = false;
        self.schedule(&mut changed);
        let events = told(&changed);
        if let Some(order) = self.working.get_mut(index) {
            *order = changed;
        }
        Ok(events)
    }

    pub(super) fn cancel(
        &mut self,
        client: ClientId,
        order_id: OrderId,
    ) -> Result<Vec<WorldEvent>, Reject> {
        if self.held_at(client, order_id).is_some() {
            let goes = |held: &Order| {
                let own = held.order_id == order_id || held.request.terms.parent == Some(order_id);
                held.client_id == client && own
            };
            let (gone, kept): (Vec<Order>, Vec<Order>) =
                std::mem::take(&mut self.held).into_iter().partition(goes);
            self.held = kept;
            let told = |order: Order| WorldEvent::OrderMessage {
                client_id: client,
                order_id: order.order_id,
                code: 202,
                text: "Order Canceled - reason:".to_owned(),
            };
            return Ok(gone.into_iter().map(told).collect());
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
