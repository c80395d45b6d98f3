//! Standing trouble and single blows: what actions do, and where faults meet requests.

use std::collections::BTreeMap;
use std::sync::PoisonError;

use serde_json::{Value, json};

use crate::messages::{ClientId, Reply, Request};
use crate::world::{ConId, OrderId, QuoteChange, WorldEvent};

use super::action::{Action, Planned, Trigger, When};
use super::config::{DropPoint, Faults};
use super::gateway::Gateway;
use super::market;

/// The longest step in which quotes are not told.
const TOLD_EVERY_MS: i64 = 250;
/// The longest single step: a month.
const LONGEST_STEP_MS: i64 = 31 * 86_400_000;

/// What is wrong at the moment, and what is going to be.
#[derive(Debug, Default)]
pub struct Trouble {
    /// 1100 was said and not yet taken back.
    pub upstream_down: bool,
    /// 10197 for every line.
    pub competing: bool,
    /// How far the told time is off.
    pub skew: i64,
    /// What waits for the link to come back: requests by session.
    waiting: Vec<(u64, ClientId, Request)>,
    /// Events that clients could not hear of.
    unheard: Vec<WorldEvent>,
    plan: Vec<Planned>,
    seen: BTreeMap<Trigger, u64>,
    begun: i64,
    /// How many requests came.
    pub requests: u64,
}

impl Trouble {
    /// What a scenario plans, counted from this moment (unix ms).
    pub fn planned(plan: Vec<Planned>, begun: i64) -> Self {
        Self {
            plan,
            begun,
            ..Self::default()
        }
    }

    /// Takes what is due out of the plan.
    fn due(&mut self, is_due: impl Fn(&Planned, i64) -> bool) -> Vec<Action> {
        let begun = self.begun;
        let (due, later) = std::mem::take(&mut self.plan)
            .into_iter()
            .partition(|planned| is_due(planned, begun));
        self.plan = later;
        Vec::from_iter(due)
            .into_iter()
            .map(|planned: Planned| planned.action)
            .collect()
    }
}

/// The faults in force.
pub fn faults(gateway: &Gateway) -> Faults {
    *gateway
        .faults
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
}

fn change_faults(gateway: &Gateway, change: impl FnOnce(&mut Faults)) {
    change(
        &mut gateway
            .faults
            .lock()
            .unwrap_or_else(PoisonError::into_inner),
    );
}

/// Lets happen what is planned for this moment.
pub fn on_time(gateway: &mut Gateway) {
    if gateway.trouble.plan.is_empty() {
        return;
    }
    let now = gateway.world.now();
    let is_due = |planned: &Planned, begun: i64| matches!(planned.when, When::After(ms) if now - begun >= ms);
    for action in gateway.trouble.due(is_due) {
        planned(gateway, action);
    }
}

/// Counts what a client did and lets happen what is planned for it.
pub fn on(gateway: &mut Gateway, trigger: Trigger) {
    let count = gateway.trouble.seen.entry(trigger).or_default();
    *count += 1;
    let count = *count;
    if gateway.trouble.plan.is_empty() {
        return;
    }
    let is_due = |planned: &Planned, _| planned.when == When::On(trigger, count);
    for action in gateway.trouble.due(is_due) {
        planned(gateway, action);
    }
}

fn planned(gateway: &mut Gateway, action: Action) {
    tracing::info!(?action, "as planned");
    if let Err(reason) = act(gateway, action) {
        tracing::error!(%reason, "what was planned cannot be done");
    }
}

/// Does it, and says what came of it.
///
/// # Errors
/// Why it cannot be done, in words.
pub fn act(gateway: &mut Gateway, action: Action) -> Result<Value, String> {
    match action {
        Action::Step { ms } => step(gateway, ms)?,
        Action::Jump { ms } => {
            if ms < 0 {
                return Err("time does not go back; skew-clock makes it look so".to_owned());
            }
            gateway.jump(ms);
        }
        Action::SkewClock { ms } => gateway.trouble.skew = ms,
        Action::SetPrice {
            instrument,
            bid,
            ask,
        } => {
            let con_id = instrument_named(gateway, &instrument)?;
            if !gateway.world.set_quote(con_id, bid, ask) {
                return Err(format!("{bid} x {ask} is no market for {instrument}"));
            }
            market::note(
                gateway,
                con_id,
                QuoteChange {
                    bid: true,
                    ask: true,
                    ..QuoteChange::default()
                },
            );
        }
        Action::Freeze { instrument } => {
            let con_id = instrument_named(gateway, &instrument)?;
            gateway.world.freeze(con_id);
        }
        Action::Thaw { instrument } => {
            let con_id = instrument_named(gateway, &instrument)?;
            gateway.world.thaw(con_id);
        }
        Action::LoseUpstream {} => {
            gateway.trouble.upstream_down = true;
            announce(gateway, 1100, None);
        }
        Action::RestoreUpstream { data_lost } => restore(gateway, data_lost),
        Action::Notice { code, text } => announce(gateway, code, text),
        Action::CompetingSession {} => compete(gateway),
        Action::EndCompetingSession {} => gateway.trouble.competing = false,
        Action::PacingError {} => announce(gateway, 100, None),
        Action::Disconnect { client } => disconnect(gateway, client),
        Action::Restart { next_valid_id } => {
            if let Some(id) = next_valid_id {
                gateway.world.roll_back_order_ids(OrderId::new(id));
            }
            gateway.trouble.upstream_down = false;
            gateway.trouble.waiting.clear();
            gateway.trouble.unheard.clear();
            gateway.changed();
            disconnect(gateway, None);
        }
        Action::Faults(faults) => change_faults(gateway, |present| *present = faults),
        Action::Status {} => {}
    }
    Ok(status(gateway))
}

fn status(gateway: &Gateway) -> Value {
    let clients: Vec<_> = gateway
        .sessions
        .values()
        .filter_map(|session| session.client_id)
        .collect();
    json!({
        "time": gateway.world.now(),
        "clients": clients,
        "open-orders": gateway.world.open_orders().len(),
        "completed-orders": gateway.world.completed_orders().len(),
        "upstream": !gateway.trouble.upstream_down,
        "requests": gateway.trouble.requests,
        "faults": faults(gateway),
    })
}

/// Lets time pass, all of it, also under a clock that runs.
fn step(gateway: &mut Gateway, ms: i64) -> Result<(), String> {
    if !(0..=LONGEST_STEP_MS).contains(&ms) {
        return Err(format!(
            "a step of {ms} ms is not between 0 and {LONGEST_STEP_MS}"
        ));
    }
    let end = gateway.world.now().saturating_add(ms);
    gateway.shift_clock(ms);
    loop {
        let next = gateway.world.now().saturating_add(TOLD_EVERY_MS).min(end);
        let events = gateway.world.advance(next);
        gateway.tell(events);
        on_time(gateway);
        market::send_quotes(gateway);
        if gateway.world.now() >= end {
            return Ok(());
        }
    }
}

fn instrument_named(gateway: &Gateway, name: &str) -> Result<ConId, String> {
    if let Ok(number) = name.parse()
        && gateway.world.by_con_id(ConId::new(number)).is_some()
    {
        return Ok(ConId::new(number));
    }
    gateway
        .world
        .named(name)
        .ok_or_else(|| format!("there is no one instrument '{name}'"))
}

/// Tells every client that has started.
fn announce(gateway: &mut Gateway, code: i32, text: Option<String>) {
    let message = text.unwrap_or_else(|| usual_words(code).to_owned());
    let reply = Reply::Error {
        id: -1,
        code,
        message,
        time_millis: gateway.now(),
    };
    for session in gateway.sessions.values_mut() {
        if session.client_id.is_some() {
            session.send(&reply);
        }
    }
}

fn usual_words(code: i32) -> &'static str {
    match code {
        100 => "Max rate of messages per second has been exceeded:max=50 rec=51",
        1100 => "Connectivity between IBKR and Trader Workstation has been lost.",
        1101 => "Connectivity between IBKR and Trader Workstation has been restored - data lost.",
        1102 => {
            "Connectivity between IBKR and Trader Workstation has been restored - data maintained."
        }
        2103 => "Market data farm connection is broken:usfarm",
        2104 => "Market data farm connection is OK:usfarm",
        2105 => "HMDS data farm connection is broken:ushmds",
        2106 => "HMDS data farm connection is OK:ushmds",
        2107 => "HMDS data farm connection is inactive but should be available upon demand.ushmds",
        2108 => {
            "Market data farm connection is inactive but should be available upon demand.usfarm"
        }
        2110 => {
            "Connectivity between Trader Workstation and server is broken. It will be restored automatically."
        }
        2157 => "Sec-def data farm connection is broken:secdefnj",
        2158 => "Sec-def data farm connection is OK:secdefnj",
        _ => "",
    }
}

fn restore(gateway: &mut Gateway, data_lost: bool) {
    gateway.trouble.upstream_down = false;
    if data_lost {
        for session in gateway.sessions.values_mut() {
            session.lines.clear();
        }
    }
    announce(gateway, if data_lost { 1101 } else { 1102 }, None);
    let unheard = std::mem::take(&mut gateway.trouble.unheard);
    gateway.tell(unheard);
    for (id, client, request) in std::mem::take(&mut gateway.trouble.waiting) {
        super::requests::dispatch(gateway, id, client, request);
    }
}

const COMPETING: &str = "No market data during competing live session";

fn compete(gateway: &mut Gateway) {
    gateway.trouble.competing = true;
    let lines: Vec<_> = gateway
        .sessions
        .iter_mut()
        .flat_map(|(id, session)| {
            let lines = std::mem::take(&mut session.lines);
            lines.into_keys().map(|req_id| (*id, req_id))
        })
        .collect();
    for (id, req_id) in lines {
        gateway.error(id, req_id, 10197, COMPETING);
    }
}

fn disconnect(gateway: &mut Gateway, client: Option<ClientId>) {
    for session in gateway.sessions.values_mut() {
        if client.is_none() || session.client_id == client {
            session.cut_off();
        }
    }
}

/// What faults make of a request: `Some` when it is to be served, `None` when trouble has dealt with it.
pub fn meet(gateway: &mut Gateway, id: u64, client: ClientId, request: Request) -> Option<Request> {
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
