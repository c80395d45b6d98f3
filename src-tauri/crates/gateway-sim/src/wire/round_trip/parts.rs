//! Any instrument and any order, every field of them.

use rust_decimal::Decimal;

use super::dice::Dice;
use crate::messages::{
    ComboLeg, ConditionTest, Contract, ContractDetails, Execution, Order, OrderCondition,
    OrderState,
};

pub fn contract(dice: &mut Dice<'_>) -> Contract {
    let legs = dice.few(leg);
    Contract {
        con_id: dice.int(),
        symbol: dice.word(),
        sec_type: if legs.is_empty() {
            dice.word()
        } else {
            "BAG".to_owned()
        },
        last_trade_date: dice.word(),
        strike: dice.maybe(Dice::decimal).filter(|strike| !strike.is_zero()),
        right: dice.word(),
        multiplier: dice
            .maybe(Dice::count)
            .map(|of| of.to_string())
            .unwrap_or_default(),
        exchange: dice.word(),
        primary_exchange: dice.word(),
        currency: dice.word(),
        local_symbol: dice.word(),
        trading_class: dice.word(),
        sec_id_type: dice.word(),
        sec_id: dice.word(),
        description: dice.word(),
        issuer_id: dice.word(),
        include_expired: dice.flag(),
        combo_legs: legs,
    }
}

fn leg(dice: &mut Dice<'_>) -> ComboLeg {
    ComboLeg {
        con_id: dice.int(),
        ratio: dice.int(),
        action: dice.word(),
        exchange: dice.word(),
        open_close: dice.int(),
        short_sale_slot: dice.int(),
        designated_location: dice.word(),
        exempt_code: dice.int(),
    }
}

pub fn details(dice: &mut Dice<'_>) -> ContractDetails {
    ContractDetails {
        contract: contract(dice),
        market_name: dice.word(),
        min_tick: dice.decimal(),
        order_types: dice.word(),
        valid_exchanges: dice.word(),
        price_magnifier: dice.int(),
        under_con_id: dice.int(),
        long_name: dice.word(),
        contract_month: dice.word(),
        industry: dice.word(),
        category: dice.word(),
        subcategory: dice.word(),
        time_zone_id: dice.word(),
        trading_hours: dice.word(),
        liquid_hours: dice.word(),
        under_symbol: dice.word(),
        under_sec_type: dice.word(),
        market_rule_ids: dice.word(),
        real_expiration_date: dice.word(),
        stock_type: dice.word(),
        agg_group: dice.int(),
        min_size: dice.decimal(),
        size_increment: dice.decimal(),
        suggested_size_increment: dice.decimal(),
    }
}

/// An order on `contract`; its legs have prices, or none of them has.
pub fn order(dice: &mut Dice<'_>, contract: &Contract) -> Order {
    let some = |dice: &mut Dice<'_>| dice.maybe(Dice::decimal);
    let priced = dice.flag();
    let kinds = ["LMT", "PEG MID", "PEG BENCH", "TRAIL LIMIT"];
    Order {
        order_id: dice.int(),
        client_id: dice.int(),
        perm_id: dice.long(),
        parent_id: dice.int(),
        action: dice.word(),
        total_quantity: some(dice),
        order_type: kinds[usize::from(dice.byte() % 4)].to_owned(),
        lmt_price: some(dice),
        aux_price: some(dice),
        tif: dice.word(),
        account: dice.word(),
        outside_rth: dice.flag(),
        hidden: dice.flag(),
        all_or_none: dice.flag(),
        oca_group: dice.word(),
        oca_type: dice.int(),
        order_ref: dice.word(),
        transmit: dice.flag(),
        what_if: dice.flag(),
        good_after_time: dice.word(),
        good_till_date: dice.word(),
        model_code: dice.word(),
        open_close: dice.word(),
        min_qty: dice.maybe(Dice::int),
        display_size: dice.maybe(Dice::int),
        trail_stop_price: some(dice),
        trailing_percent: some(dice),
        cash_qty: some(dice),
        algo_strategy: dice.word(),
        algo_params: dice.pairs(),
        trigger_method: dice.int(),
        percent_offset: some(dice),
        lmt_price_offset: some(dice),
        discretionary_amt: some(dice).filter(|amount| !amount.is_zero()),
        mid_offset_at_whole: some(dice),
        mid_offset_at_half: some(dice),
        short_sale_slot: dice.int(),
        designated_location: dice.word(),
        auto_cancel_parent: dice.flag(),
        conditions: dice.few(condition),
        conditions_cancel: dice.flag(),
        conditions_ignore_rth: dice.flag(),
        leg_prices: if priced {
            contract
                .combo_legs
                .iter()
                .map(|_| Some(dice.decimal()))
                .collect()
        } else {
            Vec::new()
        },
        combo_routing: dice.pairs(),
        filled_quantity: some(dice),
        parent_perm_id: dice.long(),
    }
}

fn condition(dice: &mut Dice<'_>) -> OrderCondition {
    let (and, is_more) = (dice.flag(), dice.flag());
    let test = match dice.byte() % 6 {
        0 => ConditionTest::Price {
            is_more,
            price: dice.decimal(),
            con_id: dice.int(),
            exchange: dice.word(),
            trigger_method: dice.int(),
        },
        1 => ConditionTest::Time {
            is_more,
            time: dice.word(),
        },
        2 => ConditionTest::Margin {
            is_more,
            percent: dice.int(),
        },
        3 => ConditionTest::Execution {
            sec_type: dice.word(),
            exchange: dice.word(),
            symbol: dice.word(),
        },
        4 => ConditionTest::Volume {
            is_more,
            volume: dice.int(),
            con_id: dice.int(),
            exchange: dice.word(),
        },
        _ => ConditionTest::PercentChange {
            is_more,
            percent: dice.decimal(),
            con_id: dice.int(),
            exchange: dice.word(),
        },
    };
    OrderCondition { and, test }
}

pub fn state(dice: &mut Dice<'_>) -> OrderState {
    let some = |dice: &mut Dice<'_>| -> Option<Decimal> { dice.maybe(Dice::decimal) };
    OrderState {
        status: dice.word(),
        init_margin_before: some(dice),
        maint_margin_before: some(dice),
        equity_with_loan_before: some(dice),
        init_margin_change: some(dice),
        maint_margin_change: some(dice),
        equity_with_loan_change: some(dice),
        init_margin_after: some(dice),
        maint_margin_after: some(dice),
        equity_with_loan_after: some(dice),
        commission: some(dice),
        min_commission: some(dice),
        max_commission: some(dice),
        commission_currency: dice.word(),
        margin_currency: dice.word(),
        warning_text: dice.word(),
        reject_reason: dice.word(),
        completed_time: dice.word(),
        completed_status: dice.word(),
    }
}

pub fn execution(dice: &mut Dice<'_>) -> Execution {
    Execution {
        exec_id: dice.word(),
        order_id: dice.int(),
        client_id: dice.int(),
        perm_id: dice.long(),
        time: dice.word(),
        account: dice.word(),
        exchange: dice.word(),
        side: dice.word(),
        shares: dice.decimal(),
        price: dice.decimal(),
        cum_qty: dice.decimal(),
        avg_price: dice.decimal(),
        order_ref: dice.word(),
        model_code: dice.word(),
        last_liquidity: dice.int(),
    }
}
