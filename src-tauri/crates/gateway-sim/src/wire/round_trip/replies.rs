//! Any reply.

use super::dice::Dice;
use super::{data, parts};
use crate::messages::{CommissionReport, OptionComputation, Reply, Tick, TickValue};

/// How many kinds [`any`] knows.
pub const KINDS: u8 = LEVEL_ONE + data::REPLIES;
const LEVEL_ONE: u8 = 45;

/// A reply of one kind; each has a number.
pub fn any(kind: u8, dice: &mut Dice<'_>) -> Reply {
    if let Some(kind) = kind.checked_sub(LEVEL_ONE) {
        return Reply::Data(data::reply(kind, dice));
    }
    let req_id = dice.int();
    let some = |dice: &mut Dice<'_>| dice.maybe(Dice::decimal);
    match kind {
        0 => Reply::ManagedAccounts {
            accounts: dice.word(),
        },
        1 => Reply::NextValidId { order_id: req_id },
        2 => Reply::Error {
            id: req_id,
            code: dice.int(),
            message: dice.word(),
            time_millis: dice.long(),
        },
        3 => Reply::CurrentTime {
            seconds: dice.long(),
        },
        4 => Reply::CurrentTimeMillis {
            millis: dice.long(),
        },
        5 => tick(req_id, dice, |dice| TickValue::Price {
            price: dice.decimal(),
            size: some(dice),
            attributes: dice.int(),
        }),
        6 => tick(req_id, dice, |dice| TickValue::Size(dice.decimal())),
        7 => tick(req_id, dice, |dice| TickValue::Generic(dice.decimal())),
        8 => tick(req_id, dice, |dice| TickValue::Text(dice.word())),
        9 => tick(req_id, dice, computation),
        10 => Reply::TickReqParams {
            req_id,
            min_tick: dice.decimal(),
            bbo_exchange: dice.word(),
            snapshot_permissions: dice.int(),
        },
        11 => Reply::MarketDataType {
            req_id,
            kind: dice.int(),
        },
        12 => Reply::TickSnapshotEnd { req_id },
        13 => Reply::OrderStatus {
            order_id: req_id,
            status: dice.word(),
            filled: dice.decimal(),
            remaining: dice.decimal(),
            avg_fill_price: dice.decimal(),
            perm_id: dice.long(),
            parent_id: dice.int(),
            last_fill_price: dice.decimal(),
            client_id: dice.int(),
            why_held: dice.word(),
        },
        14 | 15 => {
            let contract = parts::contract(dice);
            let order = Box::new(parts::order(dice, &contract));
            let (contract, state) = (Box::new(contract), Box::new(parts::state(dice)));
            if kind == 14 {
                Reply::OpenOrder {
                    contract,
                    order,
                    state,
                }
            } else {
                Reply::CompletedOrder {
                    contract,
                    order,
                    state,
                }
            }
        }
        16 => Reply::OpenOrdersEnd,
        17 => Reply::CompletedOrdersEnd,
        18 => Reply::Execution {
            req_id,
            contract: Box::new(parts::contract(dice)),
            execution: Box::new(parts::execution(dice)),
        },
        19 => Reply::ExecutionsEnd { req_id },
        20 => Reply::Commission(CommissionReport {
            exec_id: dice.word(),
            commission: dice.decimal(),
            currency: dice.word(),
            realized_pnl: some(dice),
        }),
        21 => Reply::AccountValue {
            key: dice.word(),
            value: dice.word(),
            currency: dice.word(),
            account: dice.word(),
        },
        22 => Reply::PortfolioValue {
            contract: Box::new(parts::contract(dice)),
            position: dice.decimal(),
            market_price: dice.decimal(),
            market_value: dice.decimal(),
            average_cost: dice.decimal(),
            unrealized_pnl: dice.decimal(),
            realized_pnl: dice.decimal(),
            account: dice.word(),
        },
        23 => Reply::AccountUpdateTime { time: dice.word() },
        24 => Reply::AccountDownloadEnd {
            account: dice.word(),
        },
        25 => Reply::AccountUpdateMulti {
            req_id,
            account: dice.word(),
            model_code: dice.word(),
            key: dice.word(),
            value: dice.word(),
            currency: dice.word(),
        },
        26 => Reply::AccountUpdateMultiEnd { req_id },
        27 => Reply::AccountSummary {
            req_id,
            account: dice.word(),
            tag: dice.word(),
            value: dice.word(),
            currency: dice.word(),
        },
        28 => Reply::AccountSummaryEnd { req_id },
        29 => Reply::Position {
            account: dice.word(),
            contract: Box::new(parts::contract(dice)),
            position: dice.decimal(),
            avg_cost: dice.decimal(),
        },
        30 => Reply::PositionEnd,
        31 => Reply::PositionMulti {
            req_id,
            account: dice.word(),
            model_code: dice.word(),
            contract: Box::new(parts::contract(dice)),
            position: dice.decimal(),
            avg_cost: dice.decimal(),
        },
        32 => Reply::PositionMultiEnd { req_id },
        33 => Reply::Pnl {
            req_id,
            daily: some(dice),
            unrealized: some(dice),
            realized: some(dice),
        },
        34 => Reply::PnlSingle {
            req_id,
            position: dice.decimal(),
            daily: some(dice),
            unrealized: some(dice),
            realized: some(dice),
            value: some(dice),
        },
        35 => Reply::ContractDetails {
            req_id,
            details: Box::new(parts::details(dice)),
        },
        36 => Reply::ContractDetailsEnd { req_id },
        37 => Reply::SymbolSamples {
            req_id,
            samples: dice.few(|dice| (parts::contract(dice), dice.few(Dice::word))),
        },
        38 => Reply::MarketRule {
            rule_id: req_id,
            increments: dice.few(|dice| (dice.decimal(), dice.decimal())),
        },
        39 => Reply::SecDefOptParam {
            req_id,
            exchange: dice.word(),
            under_con_id: dice.int(),
            trading_class: dice.word(),
            multiplier: dice.word(),
            expirations: dice.few(Dice::word),
            strikes: dice.few(Dice::decimal),
        },
        40 => Reply::SecDefOptParamEnd { req_id },
        41 => Reply::FamilyCodes {
            codes: dice.few(|dice| (dice.word(), dice.word())),
        },
        42 => Reply::OrderBound {
            perm_id: dice.long(),
            client_id: req_id,
            order_id: dice.int(),
        },
        43 => Reply::NewsBulletin {
            id: req_id,
            kind: dice.int(),
            text: dice.word(),
            exchange: dice.word(),
        },
        _ => Reply::UserInfo {
            req_id,
            white_branding_id: dice.word(),
        },
    }
}

fn tick(req_id: i32, dice: &mut Dice<'_>, value: impl FnOnce(&mut Dice<'_>) -> TickValue) -> Reply {
    Reply::Tick(Tick {
        req_id,
        kind: dice.count(),
        value: value(dice),
    })
}

fn computation(dice: &mut Dice<'_>) -> TickValue {
    let some = |dice: &mut Dice<'_>| dice.maybe(Dice::decimal);
    TickValue::Computation(Box::new(OptionComputation {
        implied_volatility: some(dice),
        delta: some(dice),
        price: some(dice),
        pv_dividend: some(dice),
        gamma: some(dice),
        vega: some(dice),
        theta: some(dice),
        underlying: some(dice),
    }))
}
