//! An order as the library sends it.

mod terms;

use crate::contract::{exact, write, write_combo};
use gatehouse_domain::draft::{Draft, Side};
use gatehouse_domain::id::IntentId;
use gatehouse_rules::Order;
use ibapi::contracts::Contract;
use ibapi::orders as wire;

/// The order alone, without what is attached to it, or a sentence on why it can't be sent as it
/// is meant.
pub fn order(order: &Order) -> Result<(Contract, wire::Order), String> {
    let draft = order.draft();
    let drafted = &order.instrument().contract;
    if drafted.con_id != draft.con_id || drafted.legs != draft.legs {
        return Err("its contract is not the one that was drafted.".to_owned());
    }
    let contract = if drafted.legs.is_empty() {
        write(drafted)
    } else {
        write_combo(drafted, draft.side)
    };
    if contract.exchange.is_empty() {
        return Err("its contract names no exchange.".to_owned());
    }
    // What is changed keeps the name that it was sent with.
    let name = draft.changes.as_ref().unwrap_or(&draft.intent);
    let mut wire = bare(draft, name)?;
    terms::add(&mut wire, draft)?;
    Ok((contract, wire))
}

/// An order as the gateway listed it, with the price, quantity and time in force that it is
/// changed to. All else is sent back as it was listed: the gateway takes a change for the whole
/// order.
pub fn changed(listed: wire::Order, to: wire::Order) -> wire::Order {
    wire::Order {
        total_quantity: to.total_quantity,
        order_type: to.order_type,
        limit_price: to.limit_price,
        aux_price: to.aux_price,
        trail_stop_price: to.trail_stop_price,
        trailing_percent: to.trailing_percent,
        limit_price_offset: to.limit_price_offset,
        tif: to.tif,
        good_till_date: to.good_till_date,
        transmit: true,
        ..listed
    }
}

/// The order and those attached to it, in the order in which they are sent. Their ids and the
/// attached ones' `parentId` are still to be set. Only the last one is to be transmitted at
/// once: what comes before it waits in the gateway until it is there, so that none works
/// without the others.
pub fn family(order: &Order) -> Result<(Contract, Vec<wire::Order>), String> {
    let draft = order.draft();
    let (contract, entry) = self::order(order)?;
    let mut family = vec![entry];
    for attached in draft.attached() {
        let mut wire = bare(&attached, &attached.intent)?;
        terms::add(&mut wire, &attached)?;
        family.push(wire);
    }
    let last = family.len() - 1;
    for wire in &mut family[..last] {
        wire.transmit = false;
    }
    Ok((contract, family))
}

/// The fields that every order has.
fn bare(draft: &Draft, name: &IntentId) -> Result<wire::Order, String> {
    let mut wire = wire::Order {
        action: match draft.side {
            Side::Buy => wire::Action::Buy,
            Side::Sell => wire::Action::Sell,
        },
        total_quantity: exact("quantity", draft.quantity.get())?,
        account: draft.account.as_str().to_owned(),
        order_ref: name.as_str().to_owned(),
        transmit: true,
        ..wire::Order::default()
    };
    terms::price(&mut wire, draft.pricing)?;
    terms::time(&mut wire, draft.tif)?;
    Ok(wire)
}
