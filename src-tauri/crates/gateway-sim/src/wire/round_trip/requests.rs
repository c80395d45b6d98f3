//! Any request.

use super::data;
use super::dice::Dice;
use super::parts;
use crate::messages::{ExecutionFilter, Request};

/// How many kinds [`any`] knows.
pub const KINDS: u8 = LEVEL_ONE + data::REQUESTS;
const LEVEL_ONE: u8 = 45;

/// A request of one kind; each has a number.
pub fn any(kind: u8, dice: &mut Dice<'_>) -> Request {
    if let Some(kind) = kind.checked_sub(LEVEL_ONE) {
        return Request::Data(data::request(kind, dice));
    }
    let req_id = dice.int();
    match kind {
        0 => Request::StartApi {
            client_id: req_id,
            capabilities: dice.word(),
        },
        1 => Request::MarketData {
            req_id,
            contract: parts::contract(dice),
            generic_ticks: dice.word(),
            snapshot: dice.flag(),
            regulatory_snapshot: dice.flag(),
        },
        2 => Request::CancelMarketData { req_id },
        3 => Request::MarketDataType { kind: req_id },
        4 => {
            let contract = parts::contract(dice);
            let order = parts::order(dice, &contract);
            Request::PlaceOrder {
                order_id: order.order_id,
                contract: Box::new(contract),
                order: Box::new(order),
            }
        }
        5 => Request::CancelOrder { order_id: req_id },
        6 => Request::GlobalCancel,
        7 => Request::OpenOrders,
        8 => Request::AllOpenOrders,
        9 => Request::AutoOpenOrders { bind: dice.flag() },
        10 => Request::CompletedOrders {
            api_only: dice.flag(),
        },
        11 => Request::Executions {
            req_id,
            filter: ExecutionFilter {
                client_id: dice.int(),
                account: dice.word(),
                time: dice.word(),
                symbol: dice.word(),
                sec_type: dice.word(),
                exchange: dice.word(),
                side: dice.word(),
            },
        },
        12 => Request::Ids,
        13 => Request::ManagedAccounts,
        14 => Request::AccountUpdates {
            subscribe: dice.flag(),
            account: dice.word(),
        },
        15 => Request::AccountUpdatesMulti {
            req_id,
            account: dice.word(),
            model_code: dice.word(),
            ledger_and_nlv: dice.flag(),
        },
        16 => Request::CancelAccountUpdatesMulti { req_id },
        17 => Request::AccountSummary {
            req_id,
            group: dice.word(),
            tags: dice.word(),
        },
        18 => Request::CancelAccountSummary { req_id },
        19 => Request::Positions,
        20 => Request::CancelPositions,
        21 => Request::PositionsMulti {
            req_id,
            account: dice.word(),
            model_code: dice.word(),
        },
        22 => Request::CancelPositionsMulti { req_id },
        23 => Request::Pnl {
            req_id,
            account: dice.word(),
            model_code: dice.word(),
        },
        24 => Request::CancelPnl { req_id },
        25 => Request::PnlSingle {
            req_id,
            account: dice.word(),
            model_code: dice.word(),
            con_id: dice.int(),
        },
        26 => Request::CancelPnlSingle { req_id },
        27 => Request::ContractDetails {
            req_id,
            contract: parts::contract(dice),
        },
        28 => Request::CancelContractDetails { req_id },
        29 => Request::MatchingSymbols {
            req_id,
            pattern: dice.word(),
        },
        30 => Request::MarketRule { rule_id: req_id },
        31 => Request::SecDefOptParams {
            req_id,
            symbol: dice.word(),
            exchange: dice.word(),
            sec_type: dice.word(),
            con_id: dice.int(),
        },
        32 => Request::CalculateImpliedVolatility {
            req_id,
            contract: Box::new(parts::contract(dice)),
            option_price: dice.maybe(Dice::decimal),
            under_price: dice.maybe(Dice::decimal),
        },
        33 => Request::CalculateOptionPrice {
            req_id,
            contract: Box::new(parts::contract(dice)),
            volatility: dice.maybe(Dice::decimal),
            under_price: dice.maybe(Dice::decimal),
        },
        34 => Request::CancelCalculation { req_id },
        35 => Request::ExerciseOptions {
            req_id,
            contract: Box::new(parts::contract(dice)),
            action: dice.int(),
            quantity: dice.int(),
            account: dice.word(),
            force: dice.flag(),
        },
        36 => Request::Data(data::request(1, dice)),
        37 => Request::CurrentTime,
        38 => Request::CurrentTimeMillis,
        39 => Request::SetServerLogLevel { level: req_id },
        40 => Request::FamilyCodes,
        41 => Request::UserInfo { req_id },
        42 => Request::NewsBulletins { all: dice.flag() },
        43 => Request::CancelNewsBulletins,
        // Numbers that the protocol has not given away.
        _ => Request::Unsupported {
            msg_id: 150 + dice.count() % 50,
            req_id: None,
        },
    }
}
