//! openOrder and completedOrder in text as a client reads them.

use super::fields::Read;
use super::text_replies::full;
use crate::messages::{
    ComboLeg, ConditionTest, Contract, Order, OrderCondition, OrderState, Reply,
};

const UNSET: &str = "1.7976931348623157E308";

/// openOrder after its id.
pub fn open(version: u16, r: &mut Read<'_>) -> Reply {
    let order_id = r.int();
    let mut contract = full(r);
    let mut order = Order {
        order_id,
        ..head(r)
    };
    order.client_id = r.int();
    order.perm_id = r.number();
    order.outside_rth = r.flag();
    order.hidden = r.flag();
    order.discretionary_amt = r.nonzero();
    order.good_after_time = r.word();
    r.passes([""]); // shares allocation
    advisor(version, &mut order, r);
    order.short_sale_slot = r.int();
    order.designated_location = r.word();
    r.passes(["-1", "0", "", "", "", "", ""]); // exempt code … stock range
    order.display_size = r.maybe_int();
    r.passes(["0", "0"]); // block order, sweep to fill
    order.all_or_none = r.flag();
    order.min_qty = r.maybe_int();
    order.oca_type = r.int();
    r.passes(["0", "0", ""]); // electronic trade only, firm quote only, NBBO price cap
    order.parent_id = r.int();
    order.trigger_method = r.int();
    // Volatility and its type; after a delta-neutral type come an aux price and eight more fields.
    r.passes(["", "0", "None", "", "0", "", "", "", "?", "0", "0", ""]);
    r.passes(["0", "0"]); // continuous update, reference price type
    order.trail_stop_price = r.maybe();
    order.trailing_percent = r.maybe();
    r.passes(["", ""]); // basis points
    combo(&mut contract, &mut order, r);
    r.passes(["", "", "", ""]); // scale sizes and increment, hedge type
    r.passes(["0", "", "IB", "0", "0"]); // opt out of SMART … delta-neutral contract
    algo(&mut order, r);
    r.passes(["0"]); // solicited
    order.what_if = r.flag();
    let state = preview(version, r);
    r.passes(["0", "0"]); // random size and price
    conditions(&mut order, r);
    r.passes(["None", UNSET]); // adjusted type, trigger price
    assert_eq!(r.maybe(), order.trail_stop_price);
    order.lmt_price_offset = r.maybe();
    r.passes([UNSET, UNSET, UNSET, "0", "", "", ""]); // adjusted stop … soft dollar tier
    order.cash_qty = r.maybe();
    r.passes(["0", "0", "0", "0"]); // auto price for hedge … price management
    for since in [158, 160] {
        if version >= since {
            r.passes(["2147483647"]);
        }
    }
    if version >= 162 {
        order.auto_cancel_parent = r.flag();
    }
    pegged(version, &mut order, r);
    for (since, said) in [
        (183, ""),
        (184, "0"),
        (185, ""),
        (189, "0"),
        (193, ""),
        (193, "2147483647"),
    ] {
        if version >= since {
            r.passes([said]);
        }
    }
    for (since, said) in [(198, ""), (199, "0")] {
        if version >= since {
            r.passes([said]);
        }
    }
    Reply::OpenOrder {
        contract: Box::new(contract),
        order: Box::new(order),
        state: Box::new(state),
    }
}

/// completedOrder after its id.
pub fn completed(version: u16, r: &mut Read<'_>) -> Reply {
    let mut contract = full(r);
    let mut order = head(r);
    order.perm_id = r.number();
    order.outside_rth = r.flag();
    order.hidden = r.flag();
    order.discretionary_amt = r.nonzero();
    order.good_after_time = r.word();
    advisor(version, &mut order, r);
    order.short_sale_slot = r.int();
    order.designated_location = r.word();
    r.passes(["-1", "", "", "", "", ""]); // exempt code … stock range
    order.display_size = r.maybe_int();
    r.passes(["0"]); // sweep to fill
    order.all_or_none = r.flag();
    order.min_qty = r.maybe_int();
    order.oca_type = r.int();
    order.trigger_method = r.int();
    // Volatility and its type; a delta-neutral type, its aux price, conId, short sale, slot, location.
    r.passes(["", "0", "None", "", "0", "0", "0", ""]);
    r.passes(["0", "0"]); // continuous update, reference price type
    order.trail_stop_price = r.maybe();
    order.trailing_percent = r.maybe();
    combo(&mut contract, &mut order, r);
    r.passes(["", "", "", ""]); // scale sizes and increment, hedge type
    r.passes(["", "IB", "0", "0"]); // clearing, not held, delta-neutral contract
    algo(&mut order, r);
    r.passes(["0"]); // solicited
    let status = r.word();
    r.passes(["0", "0"]); // random size and price
    conditions(&mut order, r);
    assert_eq!(r.maybe(), order.trail_stop_price);
    order.lmt_price_offset = r.maybe();
    order.cash_qty = r.maybe();
    r.passes(["0", "0", ""]); // auto price for hedge, OMS container, auto cancel date
    order.filled_quantity = r.maybe();
    r.passes(["0"]); // reference future
    order.auto_cancel_parent = r.flag();
    r.passes(["", "0", "0"]); // shareholder, imbalance only, route to BBO
    order.parent_perm_id = r.number();
    let state = OrderState {
        status,
        completed_time: r.word(),
        completed_status: r.word(),
        ..OrderState::default()
    };
    pegged(version, &mut order, r);
    for (since, said) in [(183, ""), (184, "0"), (198, "")] {
        if version >= since {
            r.passes([said]);
        }
    }
    Reply::CompletedOrder {
        contract: Box::new(contract),
        order: Box::new(order),
        state: Box::new(state),
    }
}

/// Action to order reference.
fn head(r: &mut Read<'_>) -> Order {
    let mut order = Order {
        action: r.word(),
        total_quantity: Some(r.decimal()),
        order_type: r.word(),
        lmt_price: r.nonzero(),
        aux_price: r.nonzero(),
        tif: r.word(),
        oca_group: r.word(),
        account: r.word(),
        open_close: r.word(),
        ..Order::default()
    };
    r.passes(["0"]); // origin
    order.order_ref = r.word();
    order
}

/// FA group to settling firm.
fn advisor(version: u16, order: &mut Order, r: &mut Read<'_>) {
    r.passes(["", "", ""]);
    if version < 177 {
        r.passes([""]); // FA profile
    }
    order.model_code = r.word();
    order.good_till_date = r.word();
    r.passes([""]); // rule 80A
    order.percent_offset = r.maybe();
    r.passes([""]); // settling firm
}

fn combo(contract: &mut Contract, order: &mut Order, r: &mut Read<'_>) {
    r.passes([""]); // description of the legs
    contract.combo_legs = r.few(|r| ComboLeg {
        con_id: r.int(),
        ratio: r.int(),
        action: r.word(),
        exchange: r.word(),
        open_close: r.int(),
        short_sale_slot: r.int(),
        designated_location: r.word(),
        exempt_code: r.int(),
    });
    order.leg_prices = r.few(Read::maybe);
    order.combo_routing = r.few(|r| (r.word(), r.word()));
}

fn algo(order: &mut Order, r: &mut Read<'_>) {
    order.algo_strategy = r.word();
    if !order.algo_strategy.is_empty() {
        order.algo_params = r.few(|r| (r.word(), r.word()));
    }
}

/// Status to warning.
fn preview(version: u16, r: &mut Read<'_>) -> OrderState {
    let mut state = OrderState {
        status: r.word(),
        init_margin_before: r.maybe(),
        maint_margin_before: r.maybe(),
        equity_with_loan_before: r.maybe(),
        init_margin_change: r.maybe(),
        maint_margin_change: r.maybe(),
        equity_with_loan_change: r.maybe(),
        init_margin_after: r.maybe(),
        maint_margin_after: r.maybe(),
        equity_with_loan_after: r.maybe(),
        commission: r.maybe(),
        min_commission: r.maybe(),
        max_commission: r.maybe(),
        commission_currency: r.word(),
        ..OrderState::default()
    };
    if version >= 195 {
        state.margin_currency = r.word();
        r.passes(["", "", "", "", "", "", "", "", "", ""]); // outside regular hours, suggested size
        state.reject_reason = r.word();
        r.passes(["0"]); // allocations
    }
    state.warning_text = r.word();
    state
}

fn conditions(order: &mut Order, r: &mut Read<'_>) {
    order.conditions = r.few(|r| {
        let (kind, and) = (r.int(), r.str() == "a");
        let test = match kind {
            1 => ConditionTest::Price {
                is_more: r.flag(),
                price: r.decimal(),
                con_id: r.int(),
                exchange: r.word(),
                trigger_method: r.int(),
            },
            3 => ConditionTest::Time {
                is_more: r.flag(),
                time: r.word(),
            },
            4 => ConditionTest::Margin {
                is_more: r.flag(),
                percent: r.int(),
            },
            5 => ConditionTest::Execution {
                sec_type: r.word(),
                exchange: r.word(),
                symbol: r.word(),
            },
            6 => ConditionTest::Volume {
                is_more: r.flag(),
                volume: r.int(),
                con_id: r.int(),
                exchange: r.word(),
            },
            _ => ConditionTest::PercentChange {
                is_more: r.flag(),
                percent: r.decimal(),
                con_id: r.int(),
                exchange: r.word(),
            },
        };
        OrderCondition { and, test }
    });
    if !order.conditions.is_empty() {
        order.conditions_ignore_rth = r.flag();
        order.conditions_cancel = r.flag();
    }
}

/// Smallest trade to the offsets from the midpoint.
fn pegged(version: u16, order: &mut Order, r: &mut Read<'_>) {
    if version >= 170 {
        r.passes(["", "", ""]);
        order.mid_offset_at_whole = r.maybe();
        order.mid_offset_at_half = r.maybe();
    }
}
