//! Where faults meet requests on their way in and events on their way out.

use std::collections::BTreeMap;

use crate::messages::{ClientId, Request};
use crate::world::WorldEvent;

use super::super::action::Trigger;
use super::super::config::DropPoint;
use super::super::gateway::Gateway;
use super::super::session::Session;
use super::link::{COMPETING, disconnect};
use super::{change_faults, faults, on};

/// What faults make of a request: `Some` when it is to be served, `None` when trouble has dealt with it.
pub fn meet(gateway: &mut Gateway, id: u64, client: ClientId, request: Request) -> Option<Request> {
    // What was written behind the request at which the connection was lost is not read.
    if gateway.sessions.get(&id).is_some_and(Session::is_cut) {
        return None;
    }
    gateway.trouble.requests += 1;
    match &request {
        Request::PlaceOrder { order, .. } if order.what_if => on(gateway, Trigger::WhatIf),
        Request::PlaceOrder { .. } => on(gateway, Trigger::Order),
        Request::CancelOrder { .. } | Request::GlobalCancel => on(gateway, Trigger::Cancel),
        _ => {}
    }
    let faults = faults(gateway);
    if faults.read_only
        && let Some(order_id) = about_orders(&request)
    {
        let text = "Error validating request.-'bO' : cause - The API interface is currently in Read-Only mode.";
        gateway.error(id, order_id, 321, text);
        return None;
    }
    if gateway.trouble.competing
        && let Request::MarketData { req_id, .. } = &request
    {
        gateway.error(id, *req_id, 10197, COMPETING);
        return None;
    }
    let trades = matches!(
        request,
        Request::PlaceOrder { .. } | Request::CancelOrder { .. } | Request::GlobalCancel
    );
    if gateway.trouble.upstream_down && trades {
        gateway.trouble.waiting.push((id, client, request));
        return None;
    }
    match &request {
        Request::PlaceOrder { order, .. } if order.what_if && faults.silent_after_what_if => {
            change_faults(gateway, |faults| faults.silent = true);
            return None;
        }
        Request::PlaceOrder { order, .. } if order.what_if => {}
        Request::PlaceOrder { .. } => match faults.drop_on_place {
            Some(DropPoint::BeforeActing) => {
                strike(gateway, id);
                return None;
            }
            Some(DropPoint::AfterActing) => strike(gateway, id),
            _ => {}
        },
        Request::CancelOrder { .. } | Request::GlobalCancel => match faults.drop_on_place {
            Some(DropPoint::BeforeCancel) => {
                strike(gateway, id);
                return None;
            }
            Some(DropPoint::AfterCancel) => strike(gateway, id),
            _ => {}
        },
        _ => {}
    }
    Some(request)
}

/// After an order was placed: the acknowledgement may be the last that is heard.
pub fn placed(gateway: &mut Gateway, id: u64) {
    if faults(gateway).drop_on_place == Some(DropPoint::AfterAcknowledging) {
        change_faults(gateway, |faults| faults.drop_on_place = None);
        if let Some(session) = gateway.sessions.get_mut(&id) {
            session.closing = true;
        }
    }
}

/// Cuts a connection before anything can be sent, and is over.
fn strike(gateway: &mut Gateway, id: u64) {
    change_faults(gateway, |faults| faults.drop_on_place = None);
    if let Some(session) = gateway.sessions.get_mut(&id) {
        session.cut_off();
    }
}

/// The order id that a refusal names when the request is about orders, or −1.
fn about_orders(request: &Request) -> Option<i32> {
    match request {
        Request::PlaceOrder { order_id, .. } | Request::CancelOrder { order_id } => Some(*order_id),
        Request::GlobalCancel
        | Request::OpenOrders
        | Request::AllOpenOrders
        | Request::AutoOpenOrders { .. }
        | Request::CompletedOrders { .. } => Some(-1),
        _ => None,
    }
}

/// What clients are to hear of what happened: held back, repeated, or in another order.
pub fn heard(gateway: &mut Gateway, events: Vec<WorldEvent>) -> Vec<WorldEvent> {
    let fills = events
        .iter()
        .filter(|event| matches!(event, WorldEvent::Execution(_)))
        .count();
    for _ in 0..fills {
        on(gateway, Trigger::Fill);
    }
    if gateway.trouble.upstream_down {
        let (quotes, rest): (Vec<_>, Vec<_>) = events
            .into_iter()
            .partition(|event| matches!(event, WorldEvent::Quote { .. }));
        // What moves by itself will be told anew.
        let lasting = |event: &WorldEvent| !matches!(event, WorldEvent::AccountMarked(_));
        let unheard = rest.into_iter().filter(lasting);
        gateway.trouble.unheard.extend(unheard);
        return quotes;
    }
    let faults = faults(gateway);
    let events = if faults.reorder_statuses {
        last_first(events)
    } else {
        events
    };
    if !faults.repeat_statuses {
        return events;
    }
    events
        .into_iter()
        .flat_map(|event| {
            let again = matches!(event, WorldEvent::OrderStatus(_)).then(|| event.clone());
            std::iter::once(event).chain(again)
        })
        .collect()
}

/// Every order's statuses trade places, the last for the first; all else stays.
fn last_first(mut events: Vec<WorldEvent>) -> Vec<WorldEvent> {
    let mut places: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (at, event) in events.iter().enumerate() {
        if let WorldEvent::OrderStatus(status) = event {
            places.entry(status.perm_id).or_default().push(at);
        }
    }
    for places in places.values() {
        for (first, last) in places.iter().zip(places.iter().rev()) {
            if first < last {
                events.swap(*first, *last);
            }
        }
    }
    events
}

/// Before a client hears of a fill: the connection may be lost.
pub fn filling(gateway: &mut Gateway, owner: ClientId) {
    if faults(gateway).drop_on_place == Some(DropPoint::BeforeFill) {
        change_faults(gateway, |faults| faults.drop_on_place = None);
        disconnect(gateway, Some(owner));
    }
}

/// After a client heard of a fill, before its commission.
pub fn filled(gateway: &mut Gateway, owner: ClientId) {
    if faults(gateway).drop_on_place == Some(DropPoint::AfterFill) {
        change_faults(gateway, |faults| faults.drop_on_place = None);
        for session in gateway.sessions.values_mut() {
            if session.client_id == Some(owner) {
                session.closing = true;
            }
        }
    }
}
