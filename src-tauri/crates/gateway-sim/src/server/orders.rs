//! Orders: placing, previewing, cancelling, and who gets to see which.

use crate::messages::{self, Contract, Order, OrderState, Reply, ReqId};
use crate::world::{
    AccountId, COMBO, ClientId, ConId, ExecutionFilter, OrderId, OrderRequest, OrderStatus,
    SecType, Side,
};
use jiff::civil::DateTime;

use super::gateway::Gateway;
use super::{bridge, market, order_terms, trouble};

/// A refusal before the world is asked: code and words.
pub(super) type Refusal = (i32, String);

/// A refusal by the brokerage.
const REFUSED: i32 = 201;

pub(super) fn refused(reason: &str) -> Refusal {
    (REFUSED, format!("Order rejected - reason:{reason}"))
}

/// placeOrder, what-ifs and changes of working orders included.
pub fn place(
    gateway: &mut Gateway,
    id: u64,
    client: i32,
    order_id: i32,
    contract: &Contract,
    order: &Order,
) {
    let faults = trouble::faults(gateway);
    let request = match request(gateway, contract, order) {
        Ok(request) => request,
        Err((code, text)) => return gateway.error(id, order_id, code, text),
    };
    if order.what_if {
        if faults.what_if_unset_first {
            let warning = "Margins are being computed".to_owned();
            let state = OrderState {
                status: "PreSubmitted".to_owned(),
                warning_text: warning,
                ..OrderState::default()
            };
            answer_preview(gateway, id, client, order_id, order, &request, state);
        }
        if !faults.mute_what_if {
            preview(gateway, id, client, order_id, order, &request);
        }
        return;
    }
    let (now, con_id) = (gateway.world.now(), request.con_id);
    let placed = gateway
        .world
        .place(ClientId::new(client), OrderId::new(order_id), request, now);
    match placed {
        Ok(events) => {
            gateway.tell(events);
            warn_of_closed_market(gateway, id, order_id, con_id);
            trouble::placed(gateway, id);
        }
        Err(reject) => {
            // The brokerage has seen the id of what it refused; a malformed order never got there.
            if reject.code() == REFUSED {
                let (client, order_id) = (ClientId::new(client), OrderId::new(order_id));
                gateway.world.spend_order_id(client, order_id);
            }
            gateway.error(id, order_id, reject.code(), reject.text());
        }
    }
    gateway.changed();
}

/// 399: the order was taken and waits for its market.
fn warn_of_closed_market(gateway: &mut Gateway, id: u64, order_id: i32, con_id: ConId) {
    let (Some(opening), Some(instrument)) = (
        gateway.world.next_opening(con_id),
        gateway.world.by_con_id(con_id),
    ) else {
        return;
    };
    let text = format!(
        "Order Message:\n{} {}\nWarning: Your order will not be placed at the exchange until {opening} {}.",
        instrument.local_symbol, instrument.primary_exchange, instrument.time_zone
    );
    gateway.error(id, order_id, 399, text);
}

/// What the client asks of the world, or why the world cannot do it. Features
/// that the exchange does not have are refused, never dropped silently.
fn request(gateway: &Gateway, contract: &Contract, order: &Order) -> Result<OrderRequest, Refusal> {
    let con_id = if contract.sec_type == "BAG" {
        COMBO
    } else {
        market::resolve_one(gateway, contract).map_err(|text| (200, text.to_owned()))?
    };
    let side = match order.action.as_str() {
        "BUY" => Side::Buy,
        "SELL" | "SSHORT" => Side::Sell,
        other => {
            return Err((
                321,
                format!("Error validating request.-'bH' : cause - invalid action '{other}'"),
            ));
        }
    };
    let (kind, tif) = (
        order_terms::kind(contract, order, side)?,
        order_terms::tif(order)?,
    );
    let terms = order_terms::terms(gateway, contract, order)?;
    Ok(OrderRequest {
        account: order.account.clone(),
        con_id,
        exchange: contract.exchange.clone(),
        side,
        quantity: order.total_quantity.unwrap_or_default(),
        kind,
        tif,
        outside_rth: order.outside_rth,
        order_ref: order.order_ref.clone(),
        transmit: order.transmit,
        terms,
    })
}

fn preview(
    gateway: &mut Gateway,
    id: u64,
    client: i32,
    order_id: i32,
    order: &Order,
    request: &OrderRequest,
) {
    let what_if = gateway
        .world
        .what_if(ClientId::new(client), OrderId::new(order_id), request);
    let what_if = match what_if {
        Ok(what_if) => what_if,
        Err(reject) => return gateway.error(id, order_id, reject.code(), reject.text()),
    };
    let state = bridge::preview(&what_if);
    answer_preview(gateway, id, client, order_id, order, request, state);
}

fn answer_preview(
    gateway: &mut Gateway,
    id: u64,
    client: i32,
    order_id: i32,
    order: &Order,
    request: &OrderRequest,
    state: OrderState,
) {
    let Some(contract) = bridge::requested(&gateway.world, request) else {
        return;
    };
    let order = Order {
        client_id: client,
        order_id,
        ..order.clone()
    };
    let reply = Reply::OpenOrder {
        contract: Box::new(contract),
        order: Box::new(order),
        state: Box::new(state),
    };
    gateway.send(id, &reply);
}

/// cancelOrder.
pub fn cancel(gateway: &mut Gateway, id: u64, client: i32, order_id: i32) {
    match gateway
        .world
        .cancel(ClientId::new(client), OrderId::new(order_id))
    {
        Ok(events) => gateway.tell(events),
        Err(reject) => gateway.error(id, order_id, reject.code(), reject.text()),
    }
    gateway.changed();
}

/// reqGlobalCancel.
pub fn global_cancel(gateway: &mut Gateway) {
    let events = gateway.world.global_cancel();
    gateway.tell(events);
    gateway.changed();
}

/// reqOpenOrders; from client 0 it also binds the orders that were made by hand.
pub fn own_open_orders(gateway: &mut Gateway, id: u64, client: i32) {
    if client == 0 {
        let events = gateway.world.bind_orders();
        gateway.tell(events);
    }
    open_orders(gateway, id, Some(client));
}

/// reqAutoOpenOrders.
pub fn auto_bind(gateway: &mut Gateway, id: u64, client: i32, bind: bool) {
    if client != 0 {
        let text = "Error validating request.-'bK' : cause - only client 0 can bind orders";
        return gateway.error(id, -1, 321, text);
    }
    if let Some(session) = gateway.sessions.get_mut(&id) {
        session.binds_orders = bind;
    }
}

/// The open orders of one client, or with reqAllOpenOrders of everybody.
pub fn open_orders(gateway: &mut Gateway, id: u64, owner: Option<i32>) {
    let mut replies = Vec::new();
    for order in gateway.world.open_orders() {
        if owner.is_none_or(|owner| order.client_id.get() == owner) {
            replies.extend(bridge::open_order(&gateway.world, order));
            replies.push(bridge::status(&OrderStatus::from(order)));
        }
    }
    replies.push(Reply::OpenOrdersEnd);
    for reply in replies {
        gateway.send(id, &reply);
    }
}

/// reqCompletedOrders; `api_only` leaves out what was made by hand.
pub fn completed_orders(gateway: &mut Gateway, id: u64, api_only: bool) {
    let world = &gateway.world;
    let mut replies: Vec<_> = world
        .completed_orders()
        .into_iter()
        .filter(|completed| !(api_only && completed.order.progress.by_hand))
        .filter_map(|completed| bridge::completed_order(world, completed))
        .collect();
    replies.push(Reply::CompletedOrdersEnd);
    for reply in replies {
        gateway.send(id, &reply);
    }
}

/// reqExecutions: fills and their commissions.
pub fn executions(
    gateway: &mut Gateway,
    id: u64,
    req_id: ReqId,
    wanted: &messages::ExecutionFilter,
) {
    let filter = match filter(wanted) {
        Ok(filter) => filter,
        Err(reason) => {
            let text = format!("Error validating request.-'bO' : cause - {reason}");
            return gateway.error(id, req_id, 321, text);
        }
    };
    let mut replies = Vec::new();
    for fill in gateway.world.executions(&filter) {
        replies.extend(bridge::execution(&gateway.world, req_id, &fill.execution));
        // A combination's own fill costs nothing; its legs' do.
        if fill.execution.con_id != COMBO {
            replies.push(bridge::commission(&fill.commission));
        }
    }
    replies.push(Reply::ExecutionsEnd { req_id });
    for reply in replies {
        gateway.send(id, &reply);
    }
}

fn filter(wanted: &messages::ExecutionFilter) -> Result<ExecutionFilter, String> {
    let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let sec_type = match wanted.sec_type.as_str() {
        "" => None,
        code => Some(
            [
                SecType::Stock,
                SecType::Index,
                SecType::Future,
                SecType::Cash,
                SecType::Option,
            ]
            .into_iter()
            .find(|kind| kind.code() == code)
            .ok_or_else(|| format!("unknown security type '{code}'"))?,
        ),
    };
    let side = match wanted.side.as_str() {
        "" => None,
        "BUY" | "BOT" => Some(Side::Buy),
        "SELL" | "SLD" => Some(Side::Sell),
        other => return Err(format!("unknown side '{other}'")),
    };
    Ok(ExecutionFilter {
        client_id: (wanted.client_id != 0).then(|| ClientId::new(wanted.client_id)),
        account: given(&wanted.account).map(AccountId::new),
        since: since(&wanted.time)?,
        symbol: given(&wanted.symbol),
        sec_type,
        exchange: given(&wanted.exchange),
        side,
    })
}

/// `20260102 15:00:00` or `20260102-15:00:00`, in UTC, as unix ms.
fn since(text: &str) -> Result<Option<i64>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let plain = text.trim_end_matches(" UTC").replace('-', " ");
    DateTime::strptime("%Y%m%d %H:%M:%S", &plain)
        .and_then(|moment| moment.to_zoned(jiff::tz::TimeZone::UTC))
        .map(|moment| Some(moment.timestamp().as_millisecond()))
        .map_err(|_| format!("'{text}' is not a time of the form yyyymmdd hh:mm:ss UTC"))
}
