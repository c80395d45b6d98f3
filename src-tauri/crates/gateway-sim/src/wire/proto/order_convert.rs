//! Orders, states and fills between messages and wire types.

use rust_decimal::Decimal;

use crate::messages::{Contract, Execution, Order, OrderState};
use crate::wire::DecodeError;
use crate::wire::number::{plain, sent};

use super::convert::{
    decimal, decimal_text, flag, integer, nonzero, optional_double, text, written,
};
use super::{conditions, types as pb};

/// The order in a request.
pub fn order_from(order_id: i32, wire: pb::Order) -> Result<Order, DecodeError> {
    Ok(Order {
        order_id,
        client_id: wire.client_id.unwrap_or_default(),
        perm_id: wire.perm_id.unwrap_or_default(),
        parent_id: wire.parent_id.unwrap_or_default(),
        action: wire.action.unwrap_or_default(),
        total_quantity: decimal_text(wire.total_quantity)?,
        order_type: wire.order_type.unwrap_or_default(),
        lmt_price: decimal(wire.lmt_price)?,
        aux_price: decimal(wire.aux_price)?,
        tif: wire.tif.unwrap_or_default(),
        account: wire.account.unwrap_or_default(),
        outside_rth: wire.outside_rth.unwrap_or_default(),
        hidden: wire.hidden.unwrap_or_default(),
        all_or_none: wire.all_or_none.unwrap_or_default(),
        oca_group: wire.oca_group.unwrap_or_default(),
        oca_type: wire.oca_type.unwrap_or_default(),
        order_ref: wire.order_ref.unwrap_or_default(),
        transmit: wire.transmit.unwrap_or_default(),
        what_if: wire.what_if.unwrap_or_default(),
        good_after_time: wire.good_after_time.unwrap_or_default(),
        good_till_date: wire.good_till_date.unwrap_or_default(),
        model_code: wire.model_code.unwrap_or_default(),
        open_close: wire.open_close.unwrap_or_default(),
        min_qty: integer(wire.min_qty),
        display_size: integer(wire.display_size),
        trail_stop_price: decimal(wire.trail_stop_price)?,
        trailing_percent: decimal(wire.trailing_percent)?,
        cash_qty: decimal(wire.cash_qty)?,
        algo_strategy: wire.algo_strategy.unwrap_or_default(),
        algo_params: wire.algo_params.into_iter().collect(),
        trigger_method: wire.trigger_method.unwrap_or_default(),
        percent_offset: decimal(wire.percent_offset)?,
        lmt_price_offset: decimal(wire.lmt_price_offset)?,
        discretionary_amt: decimal(wire.discretionary_amt)?.filter(|amount| !amount.is_zero()),
        mid_offset_at_whole: decimal(wire.mid_offset_at_whole)?,
        mid_offset_at_half: decimal(wire.mid_offset_at_half)?,
        short_sale_slot: wire.short_sale_slot.unwrap_or_default(),
        designated_location: wire.designated_location.unwrap_or_default(),
        auto_cancel_parent: wire.auto_cancel_parent.unwrap_or_default(),
        conditions: wire
            .conditions
            .into_iter()
            .map(conditions::from)
            .collect::<Result<_, DecodeError>>()?,
        conditions_cancel: wire.conditions_cancel_order.unwrap_or_default(),
        conditions_ignore_rth: wire.conditions_ignore_rth.unwrap_or_default(),
        // They come with the contract's legs.
        leg_prices: Vec::new(),
        combo_routing: wire.smart_combo_routing_params.into_iter().collect(),
        filled_quantity: decimal_text(wire.filled_quantity)?,
        parent_perm_id: wire.parent_perm_id.unwrap_or_default(),
    })
}

/// The prices for single legs, which travel with the contract; empty when there are none.
pub fn leg_prices(contract: &pb::Contract) -> Result<Vec<Option<Decimal>>, DecodeError> {
    let legs = &contract.combo_legs;
    if legs.iter().all(|leg| leg.per_leg_price.is_none()) {
        return Ok(Vec::new());
    }
    legs.iter().map(|leg| decimal(leg.per_leg_price)).collect()
}

/// The contract of an order, its legs with their prices.
pub fn priced_contract(contract: &Contract, order: &Order) -> pb::Contract {
    let mut wire = super::convert::contract(contract);
    for (leg, price) in wire.combo_legs.iter_mut().zip(&order.leg_prices) {
        leg.per_leg_price = optional_double(*price);
    }
    wire
}

/// An order in an answer.
pub fn order(order: &Order) -> pb::Order {
    pb::Order {
        client_id: Some(order.client_id),
        order_id: nonzero(order.order_id),
        perm_id: (order.perm_id != 0).then_some(order.perm_id),
        parent_id: nonzero(order.parent_id),
        action: text(&order.action),
        total_quantity: order.total_quantity.and_then(written),
        display_size: order.display_size,
        order_type: text(&order.order_type),
        lmt_price: optional_double(order.lmt_price),
        aux_price: optional_double(order.aux_price),
        tif: text(&order.tif),
        account: text(&order.account),
        all_or_none: flag(order.all_or_none),
        hidden: flag(order.hidden),
        outside_rth: flag(order.outside_rth),
        trailing_percent: optional_double(order.trailing_percent),
        trail_stop_price: optional_double(order.trail_stop_price),
        min_qty: order.min_qty,
        good_after_time: text(&order.good_after_time),
        good_till_date: text(&order.good_till_date),
        oca_group: text(&order.oca_group),
        order_ref: text(&order.order_ref),
        oca_type: nonzero(order.oca_type),
        algo_strategy: text(&order.algo_strategy),
        algo_params: order.algo_params.iter().cloned().collect(),
        what_if: flag(order.what_if),
        transmit: flag(order.transmit),
        open_close: text(&order.open_close),
        trigger_method: nonzero(order.trigger_method),
        percent_offset: optional_double(order.percent_offset),
        lmt_price_offset: optional_double(order.lmt_price_offset),
        discretionary_amt: optional_double(order.discretionary_amt),
        mid_offset_at_whole: optional_double(order.mid_offset_at_whole),
        mid_offset_at_half: optional_double(order.mid_offset_at_half),
        short_sale_slot: nonzero(order.short_sale_slot),
        designated_location: text(&order.designated_location),
        auto_cancel_parent: flag(order.auto_cancel_parent),
        conditions: order.conditions.iter().map(conditions::to).collect(),
        conditions_cancel_order: flag(order.conditions_cancel),
        conditions_ignore_rth: flag(order.conditions_ignore_rth),
        smart_combo_routing_params: order.combo_routing.iter().cloned().collect(),
        parent_perm_id: (order.parent_perm_id != 0).then_some(order.parent_perm_id),
        model_code: text(&order.model_code),
        cash_qty: optional_double(order.cash_qty),
        filled_quantity: order.filled_quantity.and_then(written),
    }
}

/// An order's state.
pub fn state(state: &OrderState) -> pb::OrderState {
    pb::OrderState {
        status: text(&state.status),
        init_margin_before: optional_double(state.init_margin_before),
        maint_margin_before: optional_double(state.maint_margin_before),
        equity_with_loan_before: optional_double(state.equity_with_loan_before),
        init_margin_change: optional_double(state.init_margin_change),
        maint_margin_change: optional_double(state.maint_margin_change),
        equity_with_loan_change: optional_double(state.equity_with_loan_change),
        init_margin_after: optional_double(state.init_margin_after),
        maint_margin_after: optional_double(state.maint_margin_after),
        equity_with_loan_after: optional_double(state.equity_with_loan_after),
        commission_and_fees: optional_double(state.commission),
        min_commission_and_fees: optional_double(state.min_commission),
        max_commission_and_fees: optional_double(state.max_commission),
        commission_and_fees_currency: text(&state.commission_currency),
        margin_currency: text(&state.margin_currency),
        reject_reason: text(&state.reject_reason),
        warning_text: text(&state.warning_text),
        completed_time: text(&state.completed_time),
        completed_status: text(&state.completed_status),
    }
}

/// A fill.
pub fn execution(fill: &Execution) -> pb::Execution {
    pb::Execution {
        order_id: Some(fill.order_id),
        exec_id: text(&fill.exec_id),
        time: text(&fill.time),
        acct_number: text(&fill.account),
        exchange: text(&fill.exchange),
        side: text(&fill.side),
        shares: Some(plain(fill.shares).to_string()),
        price: sent(fill.price),
        perm_id: Some(fill.perm_id),
        client_id: Some(fill.client_id),
        is_liquidation: Some(false),
        cum_qty: Some(plain(fill.cum_qty).to_string()),
        avg_price: sent(fill.avg_price),
        order_ref: text(&fill.order_ref),
        model_code: text(&fill.model_code),
        last_liquidity: Some(fill.last_liquidity),
        is_price_revision_pending: Some(false),
    }
}
