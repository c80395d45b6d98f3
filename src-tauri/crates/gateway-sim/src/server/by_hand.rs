//! What a person does in TWS itself, beside the clients.

use rust_decimal::Decimal;

use crate::world::{OrderKind, OrderRequest, OrderTerms, PermId, Reject, Side, Tif, WorldEvent};

use super::action::ByHand;
use super::gateway::Gateway;
use super::trouble;

/// Places an order and returns its permId. It is bound at once when client 0 has asked for that.
///
/// # Errors
/// Why the brokerage does not take it.
pub fn place(gateway: &mut Gateway, wanted: ByHand) -> Result<i64, String> {
    let con_id = trouble::instrument_named(gateway, &wanted.instrument)?;
    let side = if wanted.quantity < Decimal::ZERO {
        Side::Sell
    } else {
        Side::Buy
    };
    let request = OrderRequest {
        account: wanted.account,
        con_id,
        exchange: String::new(),
        side,
        quantity: wanted.quantity.abs(),
        kind: wanted.limit.map_or(OrderKind::Market, OrderKind::Limit),
        tif: Tif::Gtc,
        outside_rth: false,
        order_ref: String::new(),
        transmit: true,
        terms: OrderTerms::default(),
    };
    let bound = gateway
        .sessions
        .values()
        .any(|session| session.client_id == Some(0) && session.binds_orders);
    let placed = gateway.world.place_by_hand(request, bound);
    heard(gateway, placed)?;
    let newest = gateway
        .world
        .open_orders()
        .last()
        .map(|order| order.perm_id);
    newest
        .map(PermId::get)
        .ok_or_else(|| "the order is over already".to_owned())
}

/// Asks for the cancel of an order.
///
/// # Errors
/// When no working order has this permId.
pub fn cancel(gateway: &mut Gateway, perm_id: i64) -> Result<(), String> {
    let cancelled = gateway.world.cancel_by_hand(PermId::new(perm_id));
    heard(gateway, cancelled)
}

fn heard(gateway: &mut Gateway, done: Result<Vec<WorldEvent>, Reject>) -> Result<(), String> {
    let events = done.map_err(|reject| reject.to_string())?;
    gateway.tell(events);
    Ok(())
}
