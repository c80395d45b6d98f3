//! openOrder and completedOrder: the same order, in two different layouts.

use crate::messages::{ComboLeg, Contract, Order, OrderState};
use crate::wire::Version;
use crate::wire::number::UNSET_DOUBLE_TEXT;

use super::conditions;
use super::fields::Writer;
use super::instruments::full;

type Out<'w, 'b> = &'w mut Writer<'b>;

/// Writes openOrder (5).
pub fn open_order<'w, 'b>(
    version: Version,
    contract: &Contract,
    order: &Order,
    state: &OrderState,
    w: Out<'w, 'b>,
) -> Out<'w, 'b> {
    w.put("5").put(order.order_id);
    full(contract, w);
    head(order, w)
        .put(order.client_id)
        .put(order.perm_id)
        .bool(order.outside_rth)
        .bool(order.hidden)
        .decimal(order.discretionary_amt.unwrap_or_default())
        .put(&order.good_after_time)
        .put(""); // shares allocation
    advisor(version, order, w);
    w.put(order.short_sale_slot)
        .put(&order.designated_location)
        .all(&["-1", "0"]) // exempt code, auction strategy
        .empty(5) // starting and reference price, delta, stock range
        .or_empty(order.display_size)
        .all(&["0", "0"]) // block order, sweep to fill
        .bool(order.all_or_none)
        .or_empty(order.min_qty)
        .put(order.oca_type)
        .all(&["0", "0", ""]) // electronic trade only, firm quote only, NBBO price cap
        .put(order.parent_id)
        .put(order.trigger_method);
    volatility(w);
    w.empty(3).all(&["?", "0", "0", ""]); // settling, clearing, open/close, short sale
    w.all(&["0", "0"]) // continuous update, reference price type
        .decimal_or_empty(order.trail_stop_price)
        .decimal_or_empty(order.trailing_percent)
        .empty(2); // basis points
    combo(contract, order, w);
    w.empty(3) // scale sizes and price increment
        .put("") // hedge type
        .all(&["0", "", "IB", "0", "0"]); // opt out of SMART, clearing, not held, delta-neutral contract
    algo(order, w);
    w.put("0").bool(order.what_if);
    preview(version, state, w);
    w.all(&["0", "0"]); // randomize size and price
    conditions::write(order, w);
    w.all(&["None", UNSET_DOUBLE_TEXT]) // adjusted order type, trigger price
        .or_unset(order.trail_stop_price)
        .or_unset(order.lmt_price_offset)
        .all(&[UNSET_DOUBLE_TEXT; 3]) // adjusted stop, stop limit, trailing amount
        .put("0") // adjustable trailing unit
        .empty(3) // soft dollar tier
        .or_unset(order.cash_qty)
        .all(&["0", "0", "0", "0"]); // auto price for hedge, OMS container, up to limit, price mgmt
    if version.number() >= 158 {
        w.put(i32::MAX); // duration
    }
    if version.number() >= 160 {
        w.put(i32::MAX); // post to ATS
    }
    if version.number() >= 162 {
        w.bool(order.auto_cancel_parent);
    }
    recent(version, order, w)
}

/// What openOrder gained from version 170 on.
fn recent<'w, 'b>(version: Version, order: &Order, w: Out<'w, 'b>) -> Out<'w, 'b> {
    let w = pegged(version, order, w);
    let version = version.number();
    if version >= 183 {
        w.put(""); // customer account
    }
    if version >= 184 {
        w.bool(false); // professional customer
    }
    if version >= 185 {
        w.put(""); // bond accrued interest
    }
    if version >= 189 {
        w.bool(false); // include overnight
    }
    if version >= 193 {
        w.put("").put(i32::MAX); // external operator, manual order indicator
    }
    if version >= 198 {
        w.put(""); // submitter
    }
    if version >= 199 {
        w.bool(false); // imbalance only
    }
    w
}

/// Writes completedOrder (101).
pub fn completed_order<'w, 'b>(
    version: Version,
    contract: &Contract,
    order: &Order,
    state: &OrderState,
    w: Out<'w, 'b>,
) -> Out<'w, 'b> {
    w.put("101");
    full(contract, w);
    head(order, w)
        .put(order.perm_id)
        .bool(order.outside_rth)
        .bool(order.hidden)
        .decimal(order.discretionary_amt.unwrap_or_default())
        .put(&order.good_after_time);
    advisor(version, order, w);
    w.put(order.short_sale_slot)
        .put(&order.designated_location)
        .put("-1") // exempt code
        .empty(5) // starting and reference price, delta, stock range
        .or_empty(order.display_size)
        .put("0") // sweep to fill
        .bool(order.all_or_none)
        .or_empty(order.min_qty)
        .put(order.oca_type)
        .put(order.trigger_method);
    volatility(w);
    w.all(&["0", "0", ""]); // short sale, its slot and location
    w.all(&["0", "0"]) // continuous update, reference price type
        .decimal_or_empty(order.trail_stop_price)
        .decimal_or_empty(order.trailing_percent);
    combo(contract, order, w);
    w.empty(3) // scale sizes and price increment
        .put("") // hedge type
        .all(&["", "IB", "0", "0"]); // clearing account and intent, not held, delta-neutral contract
    algo(order, w);
    w.put("0") // solicited
        .put(&state.status)
        .all(&["0", "0"]); // randomize size and price
    conditions::write(order, w);
    w.or_unset(order.trail_stop_price)
        .or_unset(order.lmt_price_offset)
        .or_unset(order.cash_qty)
        .all(&["0", "0"]) // auto price for hedge, OMS container
        .put("") // auto cancel date
        .decimal_or_empty(order.filled_quantity)
        .put("0") // reference futures conId
        .bool(order.auto_cancel_parent)
        .put("") // shareholder
        .all(&["0", "0"]) // imbalance only, route to BBO
        .put(order.parent_perm_id)
        .put(&state.completed_time)
        .put(&state.completed_status);
    pegged(version, order, w);
    if version.number() >= 183 {
        w.put(""); // customer account
    }
    if version.number() >= 184 {
        w.bool(false); // professional customer
    }
    if version.number() >= 198 {
        w.put(""); // submitter
    }
    w
}

/// From the action to the order reference.
fn head<'w, 'b>(order: &Order, w: Out<'w, 'b>) -> Out<'w, 'b> {
    w.put(&order.action)
        .decimal(order.total_quantity.unwrap_or_default())
        .put(&order.order_type)
        .decimal(order.lmt_price.unwrap_or_default())
        .decimal(order.aux_price.unwrap_or_default())
        .all(&[
            &order.tif,
            &order.oca_group,
            &order.account,
            &order.open_close,
        ])
        .put("0") // origin: customer
        .put(&order.order_ref)
}

/// From the FA group to the settling firm.
fn advisor(version: Version, order: &Order, w: &mut Writer<'_>) {
    w.empty(if version.number() < 177 { 4 } else { 3 })
        .all(&[&order.model_code, &order.good_till_date])
        .put("") // rule 80A
        .decimal_or_empty(order.percent_offset)
        .put(""); // settling firm
}

/// Volatility, its type, and a delta-neutral order type that is the word
/// `None`, which makes readers expect dependents: its conId and what follows.
fn volatility(w: &mut Writer<'_>) {
    w.empty(1).all(&["0", "None", "", "0"]);
}

fn combo(contract: &Contract, order: &Order, w: &mut Writer<'_>) {
    w.put("").put(contract.combo_legs.len());
    for ComboLeg {
        con_id,
        ratio,
        action,
        exchange,
        open_close,
        short_sale_slot,
        designated_location,
        exempt_code,
    } in &contract.combo_legs
    {
        w.put(con_id).put(ratio).put(action).put(exchange);
        w.put(open_close)
            .put(short_sale_slot)
            .put(designated_location)
            .put(exempt_code);
    }
    w.put(order.leg_prices.len());
    for price in &order.leg_prices {
        w.decimal_or_empty(*price);
    }
    w.put(order.combo_routing.len());
    for (tag, value) in &order.combo_routing {
        w.put(tag).put(value);
    }
}

fn algo(order: &Order, w: &mut Writer<'_>) {
    w.put(&order.algo_strategy);
    if !order.algo_strategy.is_empty() {
        w.put(order.algo_params.len());
        for (tag, value) in &order.algo_params {
            w.put(tag).put(value);
        }
    }
}

/// The status and what a preview says; outside a preview all of it is unset.
fn preview(version: Version, state: &OrderState, w: &mut Writer<'_>) {
    w.put(&state.status)
        .or_unset(state.init_margin_before)
        .or_unset(state.maint_margin_before)
        .or_unset(state.equity_with_loan_before)
        .or_unset(state.init_margin_change)
        .or_unset(state.maint_margin_change)
        .or_unset(state.equity_with_loan_change)
        .or_unset(state.init_margin_after)
        .or_unset(state.maint_margin_after)
        .or_unset(state.equity_with_loan_after)
        .decimal_or_empty(state.commission)
        .decimal_or_empty(state.min_commission)
        .decimal_or_empty(state.max_commission)
        .put(&state.commission_currency);
    if version.number() >= 195 {
        w.put(&state.margin_currency)
            .empty(9) // the nine figures outside regular hours
            .put("") // suggested size
            .put(&state.reject_reason)
            .put("0"); // allocations
    }
    w.put(&state.warning_text);
}

/// The tail for pegged orders, from version 170 on.
fn pegged<'w, 'b>(version: Version, order: &Order, w: Out<'w, 'b>) -> Out<'w, 'b> {
    if version.number() >= 170 {
        w.empty(3) // smallest trade, smallest size and offset to compete
            .decimal_or_empty(order.mid_offset_at_whole)
            .decimal_or_empty(order.mid_offset_at_half)
    } else {
        w
    }
}
