//! A trade of an order: books, executions, commissions.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::account::Booking;
use super::catalog::Catalog;
use super::combo::Part;
use super::commission;
use super::currency::Currency;
use super::event::{OrderStatus, WorldEvent};
use super::execution::{Commission, Execution, Fill};
use super::ids::ConId;
use super::instrument::{Instrument, SecType};
use super::order::{Order, Side};
use super::state::State;

/// What a piece cost, and of what it was one.
pub(super) type Cost<'a> = (&'a Instrument, Commission);

impl State {
    /// Takes from the displayed size.
    fn take(&mut self, catalog: &Catalog, con_id: ConId, side: Side, quantity: Decimal) {
        match catalog.position(con_id) {
            Some(place) => {
                if let Some(market) = self.markets.get_mut(place) {
                    market.take(side, quantity);
                }
            }
            None => {
                let taken = quantity.to_i64().unwrap_or(i64::MAX);
                self.options.take(con_id, side, taken);
            }
        }
    }

    /// Enters a trade of the whole order, or of a part of it.
    pub(super) fn fill(
        &mut self,
        catalog: &Catalog,
        index: usize,
        parts: &[Part],
        (price, quantity): (Decimal, Decimal),
        at: i64,
        events: &mut Vec<WorldEvent>,
    ) {
        let Some(order) = self.working.get(index) else {
            return;
        };
        let pieces = self.pieces(catalog, order, parts, (price, quantity));
        let Some(order) = self.working.get_mut(index) else {
            return;
        };
        order.note_fill(price, quantity);
        order.commission += pieces.iter().map(|piece| piece.fee).sum::<Decimal>();
        if order.request.kind.settles_to_limit() && order.progress.limit.is_none() {
            order.progress.limit = Some(price);
        }
        let combo = order.request.terms.combo.is_some();
        if combo {
            order.progress.legs.resize(pieces.len(), Default::default());
            for (leg, piece) in order.progress.legs.iter_mut().zip(&pieces) {
                leg.0 += piece.quantity * piece.price;
                leg.1 += piece.fee;
            }
        }
        let order = order.clone();
        self.fill_count += 1;
        if combo {
            self.enter_whole(&order, (price, quantity), at, events);
        }
        let mut costs = Vec::new();
        for ((number, piece), part) in (1_u32..).zip(&pieces).zip(parts) {
            let number = number + u32::from(combo);
            let traded = order.filled * part.ratio;
            costs.push(self.enter(catalog, &order, piece, number, traded, at, events));
        }
        if order.remaining().is_zero() {
            events.push(WorldEvent::OpenOrder(Box::new(order.clone())));
        }
        events.push(WorldEvent::OrderStatus(OrderStatus::from(&order)));
        self.tell_costs(&order, costs, events);
        self.spread_fill(catalog, index, quantity, events);
    }

    /// Tells the trade of a combination as such, which costs nothing: its legs do.
    pub(super) fn enter_whole(
        &mut self,
        order: &Order,
        trade: (Decimal, Decimal),
        at: i64,
        events: &mut Vec<WorldEvent>,
    ) {
        let whole = Execution {
            exchange: order.request.exchange.clone(),
            ..self.execution(order, (order.request.con_id, 1), trade, at)
        };
        events.push(WorldEvent::Execution(Box::new(whole.clone())));
        let commission = Commission {
            exec_id: whole.exec_id.clone(),
            amount: Decimal::ZERO,
            currency: Currency::Usd,
            realized_pnl: None,
        };
        self.fills.push(Fill {
            execution: whole,
            commission,
        });
    }

    /// Books one piece and tells of it; `traded` is what the order has traded of it so far.
    #[allow(clippy::too_many_arguments)]
    pub(super) fn enter<'a>(
        &mut self,
        catalog: &Catalog,
        order: &Order,
        piece: &Piece<'a>,
        number: u32,
        traded: Decimal,
        at: i64,
        events: &mut Vec<WorldEvent>,
    ) -> Cost<'a> {
        let instrument = piece.instrument;
        self.take(catalog, instrument.con_id, piece.side, piece.quantity);
        let booking = piece.booking(self.day);
        let realized_pnl = self
            .accounts
            .iter_mut()
            .find(|account| account.id == order.account)
            .and_then(|account| account.book(&booking));
        let trade = (piece.price, piece.quantity);
        let mut execution = self.execution(order, (instrument.con_id, number), trade, at);
        execution.side = piece.side;
        execution.exchange = venue(instrument, &order.request.exchange, self.fill_count);
        execution.cumulative_quantity = traded;
        if order.request.terms.combo.is_some() {
            execution.average_price = piece.price;
        }
        let commission = Commission {
            exec_id: execution.exec_id.clone(),
            amount: piece.fee,
            currency: commission::currency(instrument),
            realized_pnl,
        };
        events.push(WorldEvent::Execution(Box::new(execution.clone())));
        self.fills.push(Fill {
            execution,
            commission: commission.clone(),
        });
        (instrument, commission)
    }

    /// Tells what pieces cost and what they changed.
    pub(super) fn tell_costs(
        &self,
        order: &Order,
        costs: Vec<Cost<'_>>,
        events: &mut Vec<WorldEvent>,
    ) {
        for (instrument, commission) in costs {
            events.push(WorldEvent::Commission {
                client_id: order.client_id,
                account: order.account.clone(),
                commission,
            });
            if instrument.sec_type != SecType::Cash {
                events.push(WorldEvent::PositionChanged {
                    account: order.account.clone(),
                    con_id: instrument.con_id,
                });
            }
        }
        events.push(WorldEvent::AccountChanged(order.account.clone()));
    }

    /// A fill of the order as it is told; `number` counts what one trade is told in.
    fn execution(
        &self,
        order: &Order,
        (con_id, number): (ConId, u32),
        (price, quantity): (Decimal, Decimal),
        at: i64,
    ) -> Execution {
        Execution {
            exec_id: format!(
                "{:08x}.{:08x}.{number:02}.01",
                self.start.div_euclid(1_000),
                self.fill_count
            ),
            perm_id: order.perm_id,
            client_id: order.client_id,
            order_id: order.order_id,
            account: order.account.clone(),
            con_id,
            exchange: String::new(),
            side: order.request.side,
            quantity,
            price,
            cumulative_quantity: order.filled,
            average_price: order.average_fill_price().unwrap_or(price),
            time: at,
            order_ref: order.request.order_ref.clone(),
        }
    }
}

/// One booking of a trade.
pub(super) struct Piece<'a> {
    pub(super) instrument: &'a Instrument,
    pub(super) side: Side,
    pub(super) quantity: Decimal,
    pub(super) price: Decimal,
    pub(super) fee: Decimal,
}

impl<'a> Piece<'a> {
    /// The booking of so many units of the order at a price of this part; `number` is the part's place.
    pub(super) fn of(
        catalog: &'a Catalog,
        order: &Order,
        number: usize,
        part: &Part,
        (price, quantity): (Decimal, Decimal),
    ) -> Option<Self> {
        let instrument = catalog.get(part.con_id)?;
        let units = quantity * part.ratio;
        let fee = if order.request.terms.combo.is_some() {
            let (value, charged) = order.progress.legs.get(number).copied().unwrap_or_default();
            let value = (value + units * price) * instrument.multiplier;
            let traded = (order.filled + quantity) * part.ratio;
            commission::of_order(instrument, traded, value) - charged
        } else {
            next_commission(order, instrument, units, price)
        };
        Some(Self {
            instrument,
            side: part.side,
            quantity: units,
            price,
            fee,
        })
    }

    pub(super) fn booking(&self, day: i64) -> Booking<'_> {
        Booking {
            instrument: self.instrument,
            side: self.side,
            quantity: self.quantity,
            price: self.price,
            commission: self.fee,
            day,
        }
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
