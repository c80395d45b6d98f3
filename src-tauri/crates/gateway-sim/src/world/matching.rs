//! Working orders meet the market.
//!
//! An order is offered to the market on the first step after it was placed or changed, and then on
//! every step of its instrument. It trades at the bid or the offer, never through its limit, and no
//! more than is left of the displayed size; orders never meet each other. Besides that: pegged
//! orders trade inside the spread when somebody trades with the market, auctions have size for
//! everybody, and a combination's legs trade together.

use rust_decimal::Decimal;

use super::account::Account;
use super::algo::Course;
use super::catalog::Catalog;
use super::combo::Part;
use super::currency::Currency;
use super::event::{OrderStatus, WorldEvent};
use super::filling::Piece;
use super::hours::is_open;
use super::ids::ConId;
use super::instrument::{Instrument, SecType};
use super::order::{CompletedOrder, Order, OrderState, Side, Tif};
use super::readiness::{Readiness, Way};
use super::scenario::Capability;
use super::state::{State, is_due};

/// Why an order ended that its client had asked to end.
const BY_TRADER: &str = "Cancelled by Trader";

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
        self.end_orders(at, events, asked_to_end, BY_TRADER);
        self.end_marked(at, events);
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
        // What cannot trade before another order has filled is not looked at: there may be many.
        if order.waits_for_parent() && order.request.terms.good_till.is_none() {
            return true;
        }
        let Some(parts) = order.request.parts(catalog) else {
            return true;
        };
        let Some(listing) = parts.first().and_then(|part| catalog.listing(part.con_id)) else {
            return true;
        };
        let outside = order.request.outside_rth;
        let all_open = parts.iter().all(|part| {
            let instrument = catalog.get(part.con_id);
            instrument.is_some_and(|of| is_open(self.hours, of, at, outside))
        });
        if !all_open {
            return true;
        }
        let first_time = !order.seen_by_market;
        if !first_time && !is_due(at, listing.place, listing.profile.cadence) {
            return true;
        }
        order.seen_by_market = true;
        match self.readiness(catalog, index, listing.instrument.con_id, at) {
            Readiness::Waits => return true,
            Readiness::Ends(why) => {
                self.end_order(index, at, OrderState::Cancelled, why, events);
                return false;
            }
            Readiness::Works => {}
        }
        if let Some(order) = self.working.get_mut(index)
            && order.state == OrderState::PreSubmitted
        {
            order.state = OrderState::Submitted;
            events.push(WorldEvent::OpenOrder(Box::new(order.clone())));
            events.push(WorldEvent::OrderStatus(OrderStatus::from(&*order)));
        }
        let trade = self.tradable(catalog, index, &parts, at);
        if self.legs_apart(index) {
            self.trade_apart(catalog, index, &parts, trade, at, events);
        } else if let Some(trade) = trade {
            if !self.may_book(catalog, index, &parts, trade) {
                self.end_order(
                    index,
                    at,
                    OrderState::Cancelled,
                    "Insufficient funds",
                    events,
                );
                return false;
            }
            self.fill(catalog, index, &parts, trade, at, events);
        }
        let Some(order) = self.working.get(index) else {
            return false;
        };
        if order.remaining().is_zero() {
            self.end_order(index, at, OrderState::Filled, "", events);
            return false;
        }
        let auctioned = order
            .progress
            .auction_at
            .is_some_and(|auction| at >= auction);
        let once = matches!(order.request.tif, Tif::Ioc | Tif::Fok);
        if auctioned || (once && order.progress.hanging.is_none()) {
            let why = if auctioned {
                "Not filled in the auction"
            } else {
                "Not filled at once"
            };
            self.end_order(index, at, OrderState::Cancelled, why, events);
            return false;
        }
        true
    }

    fn legs_apart(&self, index: usize) -> bool {
        let order = self.working.get(index);
        let combo = order.and_then(|order| order.request.terms.combo.as_ref());
        combo.is_some_and(|combo| combo.non_guaranteed)
    }

    /// Price and quantity at which the order can trade now.
    fn tradable(
        &self,
        catalog: &Catalog,
        index: usize,
        parts: &[Part],
        at: i64,
    ) -> Option<(Decimal, Decimal)> {
        let order = self.working.get(index)?;
        let request = &order.request;
        let con_id = parts.first()?.con_id;
        let (touch, left) = self.touch(catalog, request.side, parts)?;
        let within = |price: Decimal, limit: Decimal| match request.side {
            Side::Buy => price <= limit,
            Side::Sell => price >= limit,
        };
        let (price, available) = match self.way(catalog, order, con_id, at)? {
            Way::Market => (touch, left),
            Way::Limit(limit) => within(touch, limit).then_some((touch, left))?,
            Way::Auction(limit) => {
                let market = self.market(catalog, con_id)?;
                let price = market.auction_price(catalog.listing(con_id)?.profile);
                limit
                    .is_none_or(|limit| within(price, limit))
                    .then_some((price, order.remaining()))?
            }
            Way::Pegged(price) if within(touch, price) => (touch, left),
            Way::Pegged(price) => {
                let (print, size) = self.market(catalog, con_id)?.print_at(at)?;
                within(print, price).then_some((price, size))?
            }
        };
        let quantity = self.portion(catalog, order, con_id, available, at);
        let whole = request.terms.all_or_none || request.tif == Tif::Fok;
        let least = if whole {
            order.remaining()
        } else if order.filled.is_zero() {
            let least = request.terms.min_quantity.unwrap_or_default();
            least.min(order.remaining())
        } else {
            Decimal::ZERO
        };
        (quantity > Decimal::ZERO && quantity >= least).then_some((price, quantity))
    }

    /// How much of what is available the order takes.
    fn portion(
        &self,
        catalog: &Catalog,
        order: &Order,
        con_id: ConId,
        available: Decimal,
        at: i64,
    ) -> Decimal {
        let terms = &order.request.terms;
        let mut quantity = order.remaining().min(available);
        if let Some(display) = terms.display_size {
            quantity = quantity.min(display);
        }
        if let (Some(algo), Some((from, volume))) = (&terms.algo, order.progress.algo_from) {
            let market = self.market(catalog, con_id);
            let now = market.map_or(volume, |market| market.volume());
            let course = Course {
                from,
                now: at,
                quantity: order.request.quantity,
                filled: order.filled,
                volume: (now - volume).max(Decimal::ZERO),
            };
            let lot = catalog
                .get(con_id)
                .map_or(Decimal::ONE, |instrument| instrument.size_increment);
            let lots = (algo.allowed(&course) / lot).floor();
            quantity = quantity.min(lots * lot - order.filled);
        }
        quantity
    }

    /// The last guard of accounts that may neither borrow nor sell short: prices may have moved since acceptance.
    fn may_book(
        &self,
        catalog: &Catalog,
        index: usize,
        parts: &[Part],
        trade: (Decimal, Decimal),
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
        let pieces = self.pieces(catalog, order, parts, trade);
        for piece in &pieces {
            after.book(&piece.booking(self.day));
        }
        !self.uncovers(catalog, account, &after)
            && !pieces
                .iter()
                .any(|piece| breaks_no_borrowing(account, &after, piece.instrument))
    }

    /// The bookings that a trade of the order makes: one, or one for each leg.
    pub(super) fn pieces<'a>(
        &self,
        catalog: &'a Catalog,
        order: &Order,
        parts: &[Part],
        (price, quantity): (Decimal, Decimal),
    ) -> Vec<Piece<'a>> {
        let combo = order.request.terms.combo.is_some();
        parts
            .iter()
            .enumerate()
            .filter_map(|(number, part)| {
                let price = if combo {
                    self.market(catalog, part.con_id)?.offered_to(part.side)?.0
                } else {
                    price
                };
                Piece::of(catalog, order, number, part, (price, quantity))
            })
            .collect()
    }

    /// Whether the change leaves short calls that nothing covers.
    fn uncovers(&self, catalog: &Catalog, before: &Account, after: &Account) -> bool {
        let naked = |account: &Account| -> Decimal {
            let found = self.prices(catalog).option_margin(account);
            found.iter().map(|(_, one)| one.naked_calls).sum()
        };
        naked(after) > naked(before)
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
            let reason = if why == BY_TRADER { "" } else { why };
            events.push(WorldEvent::OrderMessage {
                client_id: order.client_id,
                order_id: order.order_id,
                code: 202,
                text: format!("Order Canceled - reason:{reason}"),
            });
            why.to_owned()
        };
        events.push(WorldEvent::OrderCompleted(order.perm_id));
        self.spread_end(&order, why == BY_TRADER);
        self.completed.push(CompletedOrder {
            order,
            completed_at: at,
            completed_status,
        });
    }
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
