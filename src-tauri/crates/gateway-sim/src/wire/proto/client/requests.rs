//! Requests as a client writes them.

use prost::Message;

use super::data;
use crate::messages::{ExecutionFilter, ReqId, Request};
use crate::wire::number::double;
use crate::wire::proto::convert::contract;
use crate::wire::proto::{order_convert, types as pb};

/// The message id (without the offset) and the body.
pub fn write(request: &Request) -> (i32, Vec<u8>) {
    let said = |text: &String| Some(text.clone());
    match request {
        Request::StartApi {
            client_id,
            capabilities,
        } => body(
            71,
            &pb::StartApiRequest {
                client_id: Some(*client_id),
                optional_capabilities: said(capabilities),
            },
        ),
        Request::MarketData {
            req_id,
            contract: of,
            generic_ticks,
            snapshot,
            regulatory_snapshot,
        } => body(
            1,
            &pb::MarketDataRequest {
                req_id: Some(*req_id),
                contract: Some(contract(of)),
                generic_tick_list: said(generic_ticks),
                snapshot: Some(*snapshot),
                regulatory_snapshot: Some(*regulatory_snapshot),
            },
        ),
        Request::CancelMarketData { req_id } => only(2, *req_id),
        Request::MarketDataType { kind } => body(
            59,
            &pb::MarketDataTypeRequest {
                market_data_type: Some(*kind),
            },
        ),
        Request::PlaceOrder {
            order_id,
            contract,
            order,
        } => body(
            3,
            &pb::PlaceOrderRequest {
                order_id: Some(*order_id),
                contract: Some(order_convert::priced_contract(contract, order)),
                order: Some(order_convert::order(order)),
            },
        ),
        Request::CancelOrder { order_id } => body(
            4,
            &pb::CancelOrderRequest {
                order_id: Some(*order_id),
            },
        ),
        Request::GlobalCancel => bare(58),
        Request::OpenOrders => bare(5),
        Request::AllOpenOrders => bare(16),
        Request::AutoOpenOrders { bind } => body(
            15,
            &pb::AutoOpenOrdersRequest {
                auto_bind: Some(*bind),
            },
        ),
        Request::CompletedOrders { api_only } => body(
            99,
            &pb::CompletedOrdersRequest {
                api_only: Some(*api_only),
            },
        ),
        Request::Executions { req_id, filter } => executions(*req_id, filter),
        Request::Ids => bare(8),
        Request::ManagedAccounts => bare(17),
        Request::AccountUpdates { subscribe, account } => body(
            6,
            &pb::AccountDataRequest {
                subscribe: Some(*subscribe),
                acct_code: said(account),
            },
        ),
        Request::AccountUpdatesMulti {
            req_id,
            account,
            model_code,
            ledger_and_nlv,
        } => body(
            76,
            &pb::AccountUpdatesMultiRequest {
                req_id: Some(*req_id),
                account: said(account),
                model_code: said(model_code),
                ledger_and_nlv: Some(*ledger_and_nlv),
            },
        ),
        Request::CancelAccountUpdatesMulti { req_id } => only(77, *req_id),
        Request::AccountSummary {
            req_id,
            group,
            tags,
        } => body(
            62,
            &pb::AccountSummaryRequest {
                req_id: Some(*req_id),
                group: said(group),
                tags: said(tags),
            },
        ),
        Request::CancelAccountSummary { req_id } => only(63, *req_id),
        Request::Positions => bare(61),
        Request::CancelPositions => bare(64),
        Request::PositionsMulti {
            req_id,
            account,
            model_code,
        } => body(
            74,
            &pb::PositionsMultiRequest {
                req_id: Some(*req_id),
                account: said(account),
                model_code: said(model_code),
            },
        ),
        Request::CancelPositionsMulti { req_id } => only(75, *req_id),
        Request::Pnl {
            req_id,
            account,
            model_code,
        } => body(
            92,
            &pb::PnlRequest {
                req_id: Some(*req_id),
                account: said(account),
                model_code: said(model_code),
            },
        ),
        Request::CancelPnl { req_id } => only(93, *req_id),
        Request::PnlSingle {
            req_id,
            account,
            model_code,
            con_id,
        } => body(
            94,
            &pb::PnlSingleRequest {
                req_id: Some(*req_id),
                account: said(account),
                model_code: said(model_code),
                con_id: Some(*con_id),
            },
        ),
        Request::CancelPnlSingle { req_id } => only(95, *req_id),
        Request::ContractDetails {
            req_id,
            contract: of,
        } => body(
            9,
            &pb::ContractDataRequest {
                req_id: Some(*req_id),
                contract: Some(contract(of)),
            },
        ),
        Request::CancelContractDetails { req_id } => only(106, *req_id),
        Request::MatchingSymbols { req_id, pattern } => body(
            81,
            &pb::MatchingSymbolsRequest {
                req_id: Some(*req_id),
                pattern: said(pattern),
            },
        ),
        Request::MarketRule { rule_id } => body(
            91,
            &pb::MarketRuleRequest {
                market_rule_id: Some(*rule_id),
            },
        ),
        Request::SecDefOptParams {
            req_id,
            symbol,
            exchange,
            sec_type,
            con_id,
        } => body(
            78,
            &pb::SecDefOptParamsRequest {
                req_id: Some(*req_id),
                underlying_symbol: said(symbol),
                fut_fop_exchange: said(exchange),
                underlying_sec_type: said(sec_type),
                underlying_con_id: Some(*con_id),
            },
        ),
        Request::CalculateImpliedVolatility {
            req_id,
            contract: of,
            option_price,
            under_price,
        } => body(
            54,
            &pb::CalculateImpliedVolatilityRequest {
                req_id: Some(*req_id),
                contract: Some(contract(of)),
                option_price: option_price.map(double),
                under_price: under_price.map(double),
            },
        ),
        Request::CalculateOptionPrice {
            req_id,
            contract: of,
            volatility,
            under_price,
        } => body(
            55,
            &pb::CalculateOptionPriceRequest {
                req_id: Some(*req_id),
                contract: Some(contract(of)),
                volatility: volatility.map(double),
                under_price: under_price.map(double),
            },
        ),
        Request::CancelCalculation { req_id } => only(56 + req_id.rem_euclid(2), *req_id),
        Request::ExerciseOptions {
            req_id,
            contract: of,
            action,
            quantity,
            account,
            force,
        } => body(
            21,
            &pb::ExerciseOptionsRequest {
                order_id: Some(*req_id),
                contract: Some(contract(of)),
                exercise_action: Some(*action),
                exercise_quantity: Some(*quantity),
                account: said(account),
                force: Some(*force),
            },
        ),
        Request::Data(request) => data::write(request),
        Request::CurrentTime => bare(49),
        Request::CurrentTimeMillis => bare(105),
        Request::SetServerLogLevel { level } => body(
            14,
            &pb::SetServerLogLevelRequest {
                log_level: Some(*level),
            },
        ),
        Request::FamilyCodes => bare(80),
        Request::UserInfo { req_id } => only(104, *req_id),
        Request::NewsBulletins { all } => body(
            12,
            &pb::NewsBulletinsRequest {
                all_messages: Some(*all),
            },
        ),
        Request::CancelNewsBulletins => bare(13),
        Request::Unsupported { msg_id, .. } => bare(*msg_id),
    }
}

fn executions(req_id: ReqId, filter: &ExecutionFilter) -> (i32, Vec<u8>) {
    let said = |text: &String| Some(text.clone());
    body(
        7,
        &pb::ExecutionRequest {
            req_id: Some(req_id),
            execution_filter: Some(pb::ExecutionFilter {
                client_id: Some(filter.client_id),
                acct_code: said(&filter.account),
                time: said(&filter.time),
                symbol: said(&filter.symbol),
                sec_type: said(&filter.sec_type),
                exchange: said(&filter.exchange),
                side: said(&filter.side),
            }),
        },
    )
}

pub fn body(id: i32, message: &impl Message) -> (i32, Vec<u8>) {
    (id, message.encode_to_vec())
}

pub fn bare(id: i32) -> (i32, Vec<u8>) {
    (id, Vec::new())
}

pub fn only(id: i32, req_id: ReqId) -> (i32, Vec<u8>) {
    body(
        id,
        &pb::OnlyReqId {
            req_id: Some(req_id),
        },
    )
}
