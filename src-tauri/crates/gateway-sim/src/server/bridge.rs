//! From the world's types to messages, and from a client's contract to a query.

use jiff::Timestamp;
use rust_decimal::Decimal;

use crate::messages::{
    CommissionReport, Contract, ContractDetails, Execution, Order, OrderState, Reply,
};
use crate::world::{
    Commission, CompletedOrder, ContractQuery, Instrument, Order as BookOrder, OrderId,
    OrderRequest, OrderStatus, PermId, Right, SecType, WhatIf, World,
};

use super::{combos, order_terms};

/// A moment of the world as the gateway writes it: `20260102 15:00:00 UTC`.
pub fn date_time(unix_ms: i64) -> String {
    formatted(unix_ms, "%Y%m%d %H:%M:%S UTC")
}

/// `15:00`, as account updates end.
pub fn clock_time(unix_ms: i64) -> String {
    formatted(unix_ms, "%H:%M")
}

fn formatted(unix_ms: i64, format: &str) -> String {
    Timestamp::from_millisecond(unix_ms)
        .map(|moment| moment.strftime(format).to_string())
        .unwrap_or_default()
}

/// The query that a client's contract means.
pub fn query(contract: &Contract) -> ContractQuery {
    let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    ContractQuery {
        con_id: (contract.con_id != 0).then(|| crate::world::ConId::new(contract.con_id)),
        symbol: given(&contract.symbol),
        sec_type: given(&contract.sec_type),
        exchange: given(&contract.exchange),
        primary_exchange: given(&contract.primary_exchange),
        currency: given(&contract.currency),
        local_symbol: given(&contract.local_symbol),
        trading_class: given(&contract.trading_class),
        expiry: given(&contract.last_trade_date),
        strike: contract.strike,
        right: Right::from_code(&contract.right),
        // Only options are told apart by it; clients write all sorts for the rest.
        multiplier: (contract.sec_type == "OPT")
            .then(|| contract.multiplier.parse().ok())
            .flatten(),
    }
}

/// The instrument as orders, fills and details carry it.
pub fn contract(instrument: &Instrument) -> Contract {
    let option = instrument.option.as_ref();
    Contract {
        con_id: instrument.con_id.get(),
        symbol: instrument.symbol.clone(),
        sec_type: instrument.sec_type.code().to_owned(),
        last_trade_date: instrument
            .future
            .as_ref()
            .map(|terms| terms.last_trade_date.clone())
            .or_else(|| option.map(|terms| terms.last_trade_date.clone()))
            .unwrap_or_default(),
        strike: option.map(|terms| terms.strike),
        right: option
            .map(|terms| terms.right.code().to_owned())
            .unwrap_or_default(),
        multiplier: if instrument.multiplier == Decimal::ONE {
            String::new()
        } else {
            instrument.multiplier.normalize().to_string()
        },
        exchange: instrument.exchange.to_owned(),
        primary_exchange: instrument.primary_exchange.to_owned(),
        currency: instrument.currency.code().to_owned(),
        local_symbol: instrument.local_symbol.clone(),
        trading_class: instrument.trading_class.clone(),
        ..Contract::default()
    }
}

/// The instrument as positions carry it: where it is listed, not where it is routed.
pub fn held_contract(instrument: &Instrument) -> Contract {
    let mut contract = contract(instrument);
    if !contract.primary_exchange.is_empty() {
        contract.exchange.clone_from(&contract.primary_exchange);
    }
    contract
}

/// The instrument as a symbol search carries it.
pub fn sample(instrument: &Instrument) -> Contract {
    Contract {
        con_id: instrument.con_id.get(),
        symbol: instrument.symbol.clone(),
        sec_type: instrument.sec_type.code().to_owned(),
        primary_exchange: instrument.primary_exchange.to_owned(),
        currency: instrument.currency.code().to_owned(),
        description: instrument.long_name.clone(),
        ..Contract::default()
    }
}

/// The instrument's definition, routed to `exchange` if the client named one.
pub fn details(instrument: &Instrument, exchange: &str, now: i64) -> ContractDetails {
    let mut contract = contract(instrument);
    if !exchange.is_empty() {
        exchange.clone_into(&mut contract.exchange);
    }
    let rules: Vec<_> = instrument
        .market_rule_ids
        .iter()
        .map(ToString::to_string)
        .collect();
    let future = instrument.future.as_ref();
    let option = instrument.option.as_ref();
    ContractDetails {
        market_name: instrument.trading_class.clone(),
        min_tick: instrument.min_tick,
        order_types: instrument.order_types.to_owned(),
        valid_exchanges: instrument.valid_exchanges.join(","),
        price_magnifier: 1,
        under_con_id: future
            .map(|terms| terms.under_con_id.get())
            .or_else(|| option.map(|terms| terms.under_con_id.get()))
            .unwrap_or_default(),
        long_name: instrument.long_name.clone(),
        contract_month: future
            .map(|terms| terms.contract_month.clone())
            .or_else(|| option.and_then(|terms| terms.expiration.get(..6).map(str::to_owned)))
            .unwrap_or_default(),
        industry: instrument.industry.to_owned(),
        category: instrument.category.to_owned(),
        subcategory: String::new(),
        time_zone_id: instrument.time_zone.to_owned(),
        trading_hours: instrument.hours(now),
        liquid_hours: instrument.hours(now),
        under_symbol: future
            .map(|_| instrument.symbol.clone())
            .or_else(|| option.map(|_| instrument.symbol.clone()))
            .unwrap_or_default(),
        under_sec_type: future
            .map(|_| SecType::Index.code().to_owned())
            .or_else(|| option.map(|terms| terms.under_sec_type.code().to_owned()))
            .unwrap_or_default(),
        market_rule_ids: rules.join(","),
        real_expiration_date: future
            .map(|terms| terms.last_trade_date.clone())
            .or_else(|| option.map(|terms| terms.expiration.clone()))
            .unwrap_or_default(),
        stock_type: instrument.stock_type.to_owned(),
        agg_group: 1,
        min_size: instrument.min_size,
        size_increment: instrument.size_increment,
        suggested_size_increment: instrument.suggested_size_increment,
        contract,
    }
}

/// An order of the book as clients see it.
pub fn order(book: &BookOrder) -> Order {
    let mut order = Order {
        order_id: book.order_id.get(),
        client_id: book.client_id.get(),
        perm_id: book.perm_id.get(),
        action: book.request.side.action().to_owned(),
        total_quantity: Some(book.request.quantity),
        tif: book.request.tif.code().to_owned(),
        account: book.account.as_str().to_owned(),
        outside_rth: book.request.outside_rth,
        order_ref: book.request.order_ref.clone(),
        transmit: true,
        ..Order::default()
    };
    order_terms::show(book, &mut order);
    order
}

/// openOrder for an order of the book; `None` if its instrument is gone.
pub fn open_order(world: &World, book: &BookOrder) -> Option<Reply> {
    Some(Reply::OpenOrder {
        contract: Box::new(routed(world, book)?),
        order: Box::new(order(book)),
        state: Box::new(OrderState {
            status: book.state.code().to_owned(),
            ..OrderState::default()
        }),
    })
}

fn routed(world: &World, book: &BookOrder) -> Option<Contract> {
    requested(world, &book.request)
}

/// The contract of a request, a combination's legs included.
pub fn requested(world: &World, request: &OrderRequest) -> Option<Contract> {
    let mut contract = match &request.terms.combo {
        Some(combo) => combos::combo_contract(combo),
        None => contract(world.by_con_id(request.con_id)?),
    };
    if !request.exchange.is_empty() {
        contract.exchange.clone_from(&request.exchange);
    }
    Some(contract)
}

/// What a fill traded: an instrument, or for a combination's own fill the order's contract.
fn filled(world: &World, fill: &crate::world::Execution) -> Option<Contract> {
    if let Some(instrument) = world.by_con_id(fill.con_id) {
        return Some(contract(instrument));
    }
    let open = world.open_orders();
    let working = open.into_iter().find(|order| order.perm_id == fill.perm_id);
    let done = || {
        let completed = world.completed_orders();
        let mut orders = completed.into_iter().map(|done| &done.order);
        orders.find(|order| order.perm_id == fill.perm_id)
    };
    requested(world, &working.or_else(done)?.request)
}

/// completedOrder, which names neither order id nor client and whose total is what was not filled.
pub fn completed_order(world: &World, completed: &CompletedOrder) -> Option<Reply> {
    let book = &completed.order;
    let order = Order {
        order_id: 0,
        client_id: 0,
        parent_id: 0,
        total_quantity: Some(book.remaining()),
        filled_quantity: Some(book.filled),
        parent_perm_id: book.progress.parent_perm_id.map_or(0, PermId::get),
        ..order(book)
    };
    Some(Reply::CompletedOrder {
        contract: Box::new(routed(world, book)?),
        order: Box::new(order),
        state: Box::new(OrderState {
            status: book.state.code().to_owned(),
            completed_time: date_time(completed.completed_at),
            completed_status: completed.completed_status.clone(),
            ..OrderState::default()
        }),
    })
}

/// orderStatus.
pub fn status(status: &OrderStatus) -> Reply {
    Reply::OrderStatus {
        order_id: status.order_id.get(),
        status: status.state.code().to_owned(),
        filled: status.filled,
        remaining: status.remaining,
        // The protocol has no "none yet" here; before the first fill it says 0.
        avg_fill_price: status.average_fill_price.unwrap_or_default(),
        perm_id: status.perm_id.get(),
        parent_id: status.parent.map_or(0, OrderId::get),
        last_fill_price: status.last_fill_price.unwrap_or_default(),
        client_id: status.client_id.get(),
        why_held: status.why_held.to_owned(),
    }
}

/// The state that answers a what-if.
pub fn preview(what_if: &WhatIf) -> OrderState {
    OrderState {
        status: "PreSubmitted".to_owned(),
        init_margin_before: Some(what_if.before.initial),
        maint_margin_before: Some(what_if.before.maintenance),
        equity_with_loan_before: Some(what_if.before.equity_with_loan),
        init_margin_change: Some(what_if.change.initial),
        maint_margin_change: Some(what_if.change.maintenance),
        equity_with_loan_change: Some(what_if.change.equity_with_loan),
        init_margin_after: Some(what_if.after.initial),
        maint_margin_after: Some(what_if.after.maintenance),
        equity_with_loan_after: Some(what_if.after.equity_with_loan),
        commission: Some(what_if.commission),
        commission_currency: what_if.commission_currency.code().to_owned(),
        margin_currency: what_if.margin_currency.code().to_owned(),
        warning_text: what_if.warning.clone().unwrap_or_default(),
        ..OrderState::default()
    }
}

/// execDetails; `req_id` is −1 for a fill that nobody asked for.
pub fn execution(world: &World, req_id: i32, fill: &crate::world::Execution) -> Option<Reply> {
    Some(Reply::Execution {
        req_id,
        contract: Box::new(filled(world, fill)?),
        execution: Box::new(Execution {
            exec_id: fill.exec_id.clone(),
            order_id: fill.order_id.get(),
            client_id: fill.client_id.get(),
            perm_id: fill.perm_id.get(),
            time: date_time(fill.time),
            account: fill.account.as_str().to_owned(),
            exchange: fill.exchange.clone(),
            side: fill.side.execution_code().to_owned(),
            shares: fill.quantity,
            price: fill.price,
            cum_qty: fill.cumulative_quantity,
            avg_price: fill.average_price,
            order_ref: fill.order_ref.clone(),
            model_code: String::new(),
            last_liquidity: 2,
        }),
    })
}

/// commissionReport.
pub fn commission(commission: &Commission) -> Reply {
    Reply::Commission(CommissionReport {
        exec_id: commission.exec_id.clone(),
        commission: commission.amount,
        currency: commission.currency.code().to_owned(),
        realized_pnl: commission.realized_pnl,
    })
}
