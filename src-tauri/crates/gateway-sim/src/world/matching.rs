//! Working orders meet the market.
//!
//! An order is offered to the market on the first step after it was placed or changed, and then on
//! every step of its instrument. It trades at the bid or the offer, never through its limit, and no
//! more than is left of the displayed size; orders never meet each other.

use rust_decimal::Decimal;

use super::account::{Account, Booking};
use super::catalog::Catalog;
use super::commission;
use super::currency::Currency;
use super::event::{OrderStatus, WorldEvent};
use super::execution::{Commission, Execution, Fill};
use super::instrument::{Instrument, SecType};
use super::order::{CompletedOrder, Order, OrderKind, OrderState, Side, Tif};
use super::scenario::Capability;
use super::state::{State, is_due};

impl State {
    pub(super) fn match_orders(
        &mut self,
        catalog: &Catalog,
        at: i64,
        events: &mut Vec<WorldEvent>,
    ) {
        let mut index = 0;
        while index < self.working.len() {
            if self.match_order(catalog, index, at, events) {
                index += 1;
            }
        }
        let asked_to_end = |order: &Order| order.state == OrderState::PendingCancel;
        self.end_orders(at, events, asked_to_end, "Cancelled by Trader");
    }

    /// Offers one order to the market; `false` when it is over and has left the working orders.
    fn match_order(
        &mut self,
        catalog: &Catalog,
        index: usize,
        at: i64,
        events: &mut Vec<WorldEvent>,
    ) -> bool {
        let Some(order) = self.working.get_mut(index) else {
            return true;
        };
        let Some(place) = catalog.position(order.request.con_id) else {
            return true;
        };
        let (Some(instrument), Some(profile)) = (
            catalog.instruments().get(place),
            catalog.profiles().get(place),
        ) else {
            return true;
        };
        let first_time = !order.seen_by_market;
        if !first_time && !is_due(at, place, profile.cadence) {
            return true;
        }
        order.seen_by_market = true;
        if order.state == OrderState::PreSubmitted {
            order.state = OrderState::Submitted;
            events.push(WorldEvent::OpenOrder(Box::new(order.clone())));
            events.push(WorldEvent::OrderStatus(OrderStatus::from(&*order)));
        }
        if let Some((price, quantity)) = self.tradable(index, place) {
            if !self.may_book(index, instrument, quantity, price) {
                self.end_order(
                    index,
                    at,
                    OrderState::Cancelled,
                    "Insufficient funds",
                    events,
                );
                return false;
            }
            self.fill(index, place, instrument, quantity, price, at, events);
        }
        let Some(order) = self.working.get(index) else {
            return false;
        };
        if order.remaining().is_zero() {
            self.end_order(index, at, OrderState::Filled, "", events);
            return false;
        }
        if order.request.tif == Tif::Ioc {
            self.end_order(
                index,
                at,
                OrderState::Cancelled,
                "Not filled at once",
                events,
            );
            return false;
        }
        true
    }

    /// Price and quantity at which the order can trade now.
    fn tradable(&self, index: usize, place: usize) -> Option<(Decimal, Decimal)> {
        let order = self.working.get(index)?;
        let (price, left) = self.markets.get(place)?.offered_to(order.request.side)?;
        let marketable = match (order.request.kind, order.request.side) {
            (OrderKind::Market, _) => true,
            (OrderKind::Limit(limit), Side::Buy) => price <= limit,
            (OrderKind::Limit(limit), Side::Sell) => price >= limit,
        };
        let quantity = order.remaining().min(left);
        (marketable && quantity > Decimal::ZERO).then_some((price, quantity))
    }

    /// The last guard of accounts that may neither borrow nor sell short: prices may have moved since acceptance.
    fn may_book(
        &self,
        index: usize,
        instrument: &Instrument,
        quantity: Decimal,
        price: Decimal,
    ) -> bool {
        let Some(order) = self.working.get(index) else {
            return false;
        };
        let Some(account) = self
            .accounts
            .iter()
            .find(|account| account.id == order.account)
        else {
            return false;
        };
        if account.capability == Capability::RegTMargin {
            return true;
        }
        let mut after = account.clone();
        after.book(&Booking {
            instrument,
            side: order.request.side,
            quantity,
            price,
            commission: next_commission(order, instrument, quantity, price),
            day: self.day,
        });
        !breaks_no_borrowing(account, &after, instrument)
    }

    #[allow(clippy::too_many_arguments)]
    fn fill(
        &mut self,
        index: usize,
        place: usize,
        instrument: &Instrument,
        quantity: Decimal,
        price: Decimal,
        at: i64,
        events: &mut Vec<WorldEvent>,
    ) {
        let Some(order) = self.working.get_mut(index) else {
            return;
        };
        let amount = next_commission(order, instrument, quantity, price);
        order.filled += quantity;
        order.filled_value += quantity * price;
        order.last_fill_price = Some(price);
        order.commission += amount;
        let side = order.request.side;
        if let Some(market) = self.markets.get_mut(place) {
            market.take(side, quantity);
        }
        let booking = Booking {
            instrument,
            side,
            quantity,
            price,
            commission: amount,
            day: self.day,
        };
        let realized_pnl = self
            .accounts
            .iter_mut()
            .find(|account| account.id == order.account)
            .and_then(|account| account.book(&booking));
        self.fill_count += 1;
        let exec_id = format!(
            "{:08x}.{:08x}.01.01",
            self.start.div_euclid(1_000),
            self.fill_count
        );
        let execution = Execution {
            exec_id: exec_id.clone(),
            perm_id: order.perm_id,
            client_id: order.client_id,
            order_id: order.order_id,
            account: order.account.clone(),
            con_id: instrument.con_id,
            exchange: venue(instrument, &order.request.exchange, self.fill_count),
            side,
            quantity,
            price,
            cumulative_quantity: order.filled,
            average_price: order.average_fill_price().unwrap_or(price),
            time: at,
            order_ref: order.request.order_ref.clone(),
        };
        let commission = Commission {
            exec_id,
            amount,
            currency: commission::currency(instrument),
            realized_pnl,
        };
        let done = order.remaining().is_zero();
        if done {
            order.state = OrderState::Filled;
        }
        let order = order.clone();
        events.push(WorldEvent::Execution(Box::new(execution.clone())));
        if done {
            events.push(WorldEvent::OpenOrder(Box::new(order.clone())));
        }
        events.push(WorldEvent::OrderStatus(OrderStatus::from(&order)));
        events.push(WorldEvent::Commission {
            client_id: order.client_id,
            account: order.account.clone(),
            commission: commission.clone(),
        });
        if instrument.sec_type != SecType::Cash {
            events.push(WorldEvent::PositionChanged {
                account: order.account.clone(),
                con_id: instrument.con_id,
            });
        }
        events.push(WorldEvent::AccountChanged(order.account));
        self.fills.push(Fill {
            execution,
            commission,
        });
    }

    /// Moves an order from the working to the completed ones and says so.
    pub(super) fn end_order(
        &mut self,
        index: usize,
        at: i64,
        state: OrderState,
        why: &str,
        events: &mut Vec<WorldEvent>,
    ) {
        if index >= self.working.len() {
            return;
        }
        let mut order = self.working.remove(index);
        order.state = state;
        events.push(WorldEvent::OrderStatus(OrderStatus::from(&order)));
        let completed_status = if state == OrderState::Filled {
            format!("Filled Size: {}", order.filled.normalize())
        } else {
            let reason = if why == "Cancelled by Trader" {
                ""
            } else {
                why
            };
            events.push(WorldEvent::OrderMessage {
                client_id: order.client_id,
                order_id: order.order_id,
                code: 202,
                text: format!("Order Canceled - reason:{reason}"),
            });
            why.to_owned()
        };
        events.push(WorldEvent::OrderCompleted(order.perm_id));
        self.completed.push(CompletedOrder {
            order,
            completed_at: at,
            completed_status,
        });
    }
}

/// What the next fill of this size pays: the order's whole fee after it, less what was paid.
pub(super) fn next_commission(
    order: &Order,
    instrument: &Instrument,
    quantity: Decimal,
    price: Decimal,
) -> Decimal {
    let value = (order.filled_value + quantity * price) * instrument.multiplier;
    commission::of_order(instrument, order.filled + quantity, value) - order.commission
}

/// Whether the change leaves a short stock position or a new debit in some currency.
pub(super) fn breaks_no_borrowing(
    before: &Account,
    after: &Account,
    instrument: &Instrument,
) -> bool {
    let short = instrument.sec_type == SecType::Stock
        && after.quantity_of(instrument.con_id) < Decimal::ZERO;
    short || deepest_debit(before, after).is_some()
}

/// The first currency in which the change makes or deepens a debit.
pub(super) fn deepest_debit(before: &Account, after: &Account) -> Option<Currency> {
    Currency::ALL.into_iter().find(|currency| {
        let has = after.cash_in(*currency);
        has < Decimal::ZERO && has < before.cash_in(*currency)
    })
}

/// A smart-routed fill happens on one of the instrument's real venues.
fn venue(instrument: &Instrument, routed: &str, count: u32) -> String {
    if !routed.is_empty() && !routed.eq_ignore_ascii_case("SMART") {
        return routed.to_owned();
    }
    // The first is SMART itself, the last two trade at night.
    let real: Vec<&str> = instrument
        .valid_exchanges
        .iter()
        .copied()
        .filter(|name| !matches!(*name, "SMART" | "IBEOS" | "OVERNIGHT"))
        .collect();
    let at = usize::try_from(count).unwrap_or(0) % real.len().max(1);
    real.get(at)
        .copied()
        .unwrap_or(instrument.exchange)
        .to_owned()
}
