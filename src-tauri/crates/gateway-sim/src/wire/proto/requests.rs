//! Client messages, by id.

use prost::Message;

use crate::messages::{Contract, ExecutionFilter, Order, ReqId, Request};
use crate::wire::DecodeError;

use super::convert::{contract_from, decimal};
use super::data;
use super::order_convert::{leg_prices, order_from};
use super::types as pb;

fn read<M: Message + Default>(body: &[u8]) -> Result<M, DecodeError> {
    M::decode(body).map_err(|error| DecodeError::unreadable(error.to_string()))
}

fn req_id(body: &[u8]) -> Result<ReqId, DecodeError> {
    Ok(read::<pb::OnlyReqId>(body)?.req_id.unwrap_or_default())
}

/// Reads the body of the message `id`.
pub fn decode(id: i32, body: &[u8]) -> Result<Request, DecodeError> {
    if let Some(request) = data::decode(id, body)? {
        return Ok(Request::Data(request));
    }
    Ok(match id {
        1 => market_data(read(body)?)?,
        2 => Request::CancelMarketData {
            req_id: req_id(body)?,
        },
        3 => place_order(read(body)?)?,
        4 => {
            let wire: pb::CancelOrderRequest = read(body)?;
            Request::CancelOrder {
                order_id: wire.order_id.unwrap_or_default(),
            }
        }
        5 => Request::OpenOrders,
        6 => {
            let wire: pb::AccountDataRequest = read(body)?;
            Request::AccountUpdates {
                subscribe: wire.subscribe.unwrap_or_default(),
                account: wire.acct_code.unwrap_or_default(),
            }
        }
        7 => executions(read(body)?),
        8 => Request::Ids,
        9 => contract_details(read(body)?)?,
        12 => {
            let wire: pb::NewsBulletinsRequest = read(body)?;
            Request::NewsBulletins {
                all: wire.all_messages.unwrap_or_default(),
            }
        }
        13 => Request::CancelNewsBulletins,
        14 => {
            let wire: pb::SetServerLogLevelRequest = read(body)?;
            Request::SetServerLogLevel {
                level: wire.log_level.unwrap_or_default(),
            }
        }
        15 => {
            let wire: pb::AutoOpenOrdersRequest = read(body)?;
            Request::AutoOpenOrders {
                bind: wire.auto_bind.unwrap_or_default(),
            }
        }
        16 => Request::AllOpenOrders,
        17 => Request::ManagedAccounts,
        21 => {
            let wire: pb::ExerciseOptionsRequest = read(body)?;
            let req_id = wire.order_id.unwrap_or_default();
            Request::ExerciseOptions {
                req_id,
                contract: named(wire.contract, req_id)?,
                action: wire.exercise_action.unwrap_or_default(),
                quantity: wire.exercise_quantity.unwrap_or_default(),
                account: wire.account.unwrap_or_default(),
                force: wire.force.unwrap_or_default(),
            }
        }
        54 => {
            let wire: pb::CalculateImpliedVolatilityRequest = read(body)?;
            let req_id = wire.req_id.unwrap_or_default();
            Request::CalculateImpliedVolatility {
                req_id,
                contract: named(wire.contract, req_id)?,
                option_price: decimal(wire.option_price)?,
                under_price: decimal(wire.under_price)?,
            }
        }
        55 => {
            let wire: pb::CalculateOptionPriceRequest = read(body)?;
            let req_id = wire.req_id.unwrap_or_default();
            Request::CalculateOptionPrice {
                req_id,
                contract: named(wire.contract, req_id)?,
                volatility: decimal(wire.volatility)?,
                under_price: decimal(wire.under_price)?,
            }
        }
        56 | 57 => Request::CancelCalculation {
            req_id: req_id(body)?,
        },
        49 => Request::CurrentTime,
        58 => Request::GlobalCancel,
        59 => {
            let wire: pb::MarketDataTypeRequest = read(body)?;
            Request::MarketDataType {
                kind: wire.market_data_type.unwrap_or_default(),
            }
        }
        61 => Request::Positions,
        62 => account_summary(read(body)?),
        63 => Request::CancelAccountSummary {
            req_id: req_id(body)?,
        },
        64 => Request::CancelPositions,
        71 => {
            let wire: pb::StartApiRequest = read(body)?;
            Request::StartApi {
                client_id: wire.client_id.unwrap_or_default(),
                capabilities: wire.optional_capabilities.unwrap_or_default(),
            }
        }
        74 => positions_multi(read(body)?),
        75 => Request::CancelPositionsMulti {
            req_id: req_id(body)?,
        },
        76 => account_updates_multi(read(body)?),
        77 => Request::CancelAccountUpdatesMulti {
            req_id: req_id(body)?,
        },
        78 => sec_def_opt_params(read(body)?),
        80 => Request::FamilyCodes,
        81 => {
            let wire: pb::MatchingSymbolsRequest = read(body)?;
            Request::MatchingSymbols {
                req_id: wire.req_id.unwrap_or_default(),
                pattern: wire.pattern.unwrap_or_default(),
            }
        }
        91 => {
            let wire: pb::MarketRuleRequest = read(body)?;
            Request::MarketRule {
                rule_id: wire.market_rule_id.unwrap_or_default(),
            }
        }
        92 => pnl(read(body)?),
        93 => Request::CancelPnl {
            req_id: req_id(body)?,
        },
        94 => pnl_single(read(body)?),
        95 => Request::CancelPnlSingle {
            req_id: req_id(body)?,
        },
        99 => {
            let wire: pb::CompletedOrdersRequest = read(body)?;
            Request::CompletedOrders {
                api_only: wire.api_only.unwrap_or_default(),
            }
        }
        104 => Request::UserInfo {
            req_id: req_id(body)?,
        },
        105 => Request::CurrentTimeMillis,
        106 => Request::CancelContractDetails {
            req_id: req_id(body)?,
        },
        _ => Request::Unsupported {
            msg_id: id,
            req_id: request_id(id, body),
        },
    })
}

/// The request id of a message that is not served, where the protocol has one.
fn request_id(id: i32, body: &[u8]) -> Option<ReqId> {
    let has_one = matches!(
        id,
        10 | 11 | 21..=23 | 50..=57 | 67..=70 | 79 | 83 | 84 | 86..=90 | 96..=98 | 100..=103 | 107..=109
    );
    if has_one { req_id(body).ok() } else { None }
}

fn named(wire: Option<pb::Contract>, req_id: ReqId) -> Result<Box<Contract>, DecodeError> {
    contract_from(wire.unwrap_or_default())
        .map(Box::new)
        .map_err(|error| error.with_id(req_id))
}

fn market_data(wire: pb::MarketDataRequest) -> Result<Request, DecodeError> {
    let req_id = wire.req_id.unwrap_or_default();
    Ok(Request::MarketData {
        req_id,
        contract: contract_from(wire.contract.unwrap_or_default())
            .map_err(|error| error.with_id(req_id))?,
        generic_ticks: wire.generic_tick_list.unwrap_or_default(),
        snapshot: wire.snapshot.unwrap_or_default(),
        regulatory_snapshot: wire.regulatory_snapshot.unwrap_or_default(),
    })
}

fn place_order(wire: pb::PlaceOrderRequest) -> Result<Request, DecodeError> {
    let order_id = wire.order_id.unwrap_or_default();
    let convert = |contract, order| -> Result<Request, DecodeError> {
        let leg_prices = leg_prices(&contract)?;
        Ok(Request::PlaceOrder {
            order_id,
            contract: Box::new(contract_from(contract)?),
            order: Box::new(Order {
                leg_prices,
                ..order_from(order_id, order)?
            }),
        })
    };
    convert(
        wire.contract.unwrap_or_default(),
        wire.order.unwrap_or_default(),
    )
    .map_err(|error| error.with_id(order_id))
}

fn contract_details(wire: pb::ContractDataRequest) -> Result<Request, DecodeError> {
    let req_id = wire.req_id.unwrap_or_default();
    Ok(Request::ContractDetails {
        req_id,
        contract: contract_from(wire.contract.unwrap_or_default())
            .map_err(|error| error.with_id(req_id))?,
    })
}

fn executions(wire: pb::ExecutionRequest) -> Request {
    let filter = wire.execution_filter.unwrap_or_default();
    Request::Executions {
        req_id: wire.req_id.unwrap_or_default(),
        filter: ExecutionFilter {
            client_id: filter.client_id.unwrap_or_default(),
            account: filter.acct_code.unwrap_or_default(),
            time: filter.time.unwrap_or_default(),
            symbol: filter.symbol.unwrap_or_default(),
            sec_type: filter.sec_type.unwrap_or_default(),
            exchange: filter.exchange.unwrap_or_default(),
            side: filter.side.unwrap_or_default(),
        },
    }
}

fn account_summary(wire: pb::AccountSummaryRequest) -> Request {
    Request::AccountSummary {
        req_id: wire.req_id.unwrap_or_default(),
        group: wire.group.unwrap_or_default(),
        tags: wire.tags.unwrap_or_default(),
    }
}

fn positions_multi(wire: pb::PositionsMultiRequest) -> Request {
    Request::PositionsMulti {
        req_id: wire.req_id.unwrap_or_default(),
        account: wire.account.unwrap_or_default(),
        model_code: wire.model_code.unwrap_or_default(),
    }
}

fn account_updates_multi(wire: pb::AccountUpdatesMultiRequest) -> Request {
    Request::AccountUpdatesMulti {
        req_id: wire.req_id.unwrap_or_default(),
        account: wire.account.unwrap_or_default(),
        model_code: wire.model_code.unwrap_or_default(),
        ledger_and_nlv: wire.ledger_and_nlv.unwrap_or_default(),
    }
}

fn sec_def_opt_params(wire: pb::SecDefOptParamsRequest) -> Request {
    Request::SecDefOptParams {
        req_id: wire.req_id.unwrap_or_default(),
        symbol: wire.underlying_symbol.unwrap_or_default(),
        exchange: wire.fut_fop_exchange.unwrap_or_default(),
        sec_type: wire.underlying_sec_type.unwrap_or_default(),
        con_id: wire.underlying_con_id.unwrap_or_default(),
    }
}

fn pnl(wire: pb::PnlRequest) -> Request {
    Request::Pnl {
        req_id: wire.req_id.unwrap_or_default(),
        account: wire.account.unwrap_or_default(),
        model_code: wire.model_code.unwrap_or_default(),
    }
}

fn pnl_single(wire: pb::PnlSingleRequest) -> Request {
    Request::PnlSingle {
        req_id: wire.req_id.unwrap_or_default(),
        account: wire.account.unwrap_or_default(),
        model_code: wire.model_code.unwrap_or_default(),
        con_id: wire.con_id.unwrap_or_default(),
    }
}
