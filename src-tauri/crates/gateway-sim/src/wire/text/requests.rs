//! Client messages, by id.

use crate::messages::{ComboLeg, Contract, ExecutionFilter, Request};
use crate::wire::{DecodeError, Version};

use super::{data, fields::Reader, place_order};

/// Reads the fields after the message id.
pub fn decode(version: Version, id: i32, fields: &mut Reader<'_>) -> Result<Request, DecodeError> {
    // Old messages carry a format version of their own, long frozen.
    let frozen = matches!(id, 1 | 2 | 4..=19 | 21 | 23 | 24 | 25 | 49..=59 | 61..=77);
    if frozen && !(matches!(id, 4 | 58) && version.number() >= 192) {
        fields.skip(1)?;
    }
    if let Some(request) = data::decode(version, id, fields)? {
        return Ok(Request::Data(request));
    }
    let request = match id {
        1 => market_data(fields)?,
        2 => Request::CancelMarketData {
            req_id: fields.int()?,
        },
        3 => return place_order::decode(version, fields),
        4 => Request::CancelOrder {
            order_id: fields.int()?,
        },
        5 => Request::OpenOrders,
        6 => Request::AccountUpdates {
            subscribe: fields.bool()?,
            account: fields.optional_string(),
        },
        7 => executions(fields)?,
        8 => Request::Ids,
        9 => contract_details(version, fields)?,
        12 => Request::NewsBulletins {
            all: fields.bool()?,
        },
        13 => Request::CancelNewsBulletins,
        14 => Request::SetServerLogLevel {
            level: fields.int()?,
        },
        15 => Request::AutoOpenOrders {
            bind: fields.bool()?,
        },
        16 => Request::AllOpenOrders,
        17 => Request::ManagedAccounts,
        21 => exercise(fields)?,
        54 | 55 => calculation(id, fields)?,
        56 | 57 => Request::CancelCalculation {
            req_id: fields.int()?,
        },
        49 => Request::CurrentTime,
        58 => Request::GlobalCancel,
        59 => Request::MarketDataType {
            kind: fields.int()?,
        },
        61 => Request::Positions,
        62 => Request::AccountSummary {
            req_id: fields.int()?,
            group: fields.string()?,
            tags: fields.string()?,
        },
        63 => Request::CancelAccountSummary {
            req_id: fields.int()?,
        },
        64 => Request::CancelPositions,
        71 => Request::StartApi {
            client_id: fields.int()?,
            capabilities: fields.optional_string(),
        },
        74 => Request::PositionsMulti {
            req_id: fields.int()?,
            account: fields.string()?,
            model_code: fields.string()?,
        },
        75 => Request::CancelPositionsMulti {
            req_id: fields.int()?,
        },
        76 => Request::AccountUpdatesMulti {
            req_id: fields.int()?,
            account: fields.string()?,
            model_code: fields.string()?,
            ledger_and_nlv: fields.bool()?,
        },
        77 => Request::CancelAccountUpdatesMulti {
            req_id: fields.int()?,
        },
        78 => Request::SecDefOptParams {
            req_id: fields.int()?,
            symbol: fields.string()?,
            exchange: fields.string()?,
            sec_type: fields.string()?,
            con_id: fields.int()?,
        },
        80 => Request::FamilyCodes,
        81 => Request::MatchingSymbols {
            req_id: fields.int()?,
            pattern: fields.string()?,
        },
        91 => Request::MarketRule {
            rule_id: fields.int()?,
        },
        92 => Request::Pnl {
            req_id: fields.int()?,
            account: fields.string()?,
            model_code: fields.string()?,
        },
        93 => Request::CancelPnl {
            req_id: fields.int()?,
        },
        94 => Request::PnlSingle {
            req_id: fields.int()?,
            account: fields.string()?,
            model_code: fields.string()?,
            con_id: fields.int()?,
        },
        95 => Request::CancelPnlSingle {
            req_id: fields.int()?,
        },
        99 => Request::CompletedOrders {
            api_only: fields.bool()?,
        },
        104 => Request::UserInfo {
            req_id: fields.int()?,
        },
        105 => Request::CurrentTimeMillis,
        106 => Request::CancelContractDetails {
            req_id: fields.int()?,
        },
        _ => Request::Unsupported {
            msg_id: id,
            req_id: request_id(id, fields),
        },
    };
    Ok(request)
}

/// The request id of a message that is not served, where the protocol has one.
fn request_id(id: i32, fields: &mut Reader<'_>) -> Option<i32> {
    match id {
        10
        | 11
        | 21..=23
        | 50..=57
        | 67..=70
        | 79
        | 83
        | 84
        | 86..=90
        | 96..=98
        | 100..=103
        | 107 => fields.int().ok(),
        _ => None,
    }
}

fn market_data(fields: &mut Reader<'_>) -> Result<Request, DecodeError> {
    let req_id = fields.int()?;
    let mut read = || -> Result<Request, DecodeError> {
        let mut contract = contract(fields)?;
        if contract.sec_type == "BAG" {
            contract.combo_legs = (0..fields.count()?)
                .map(|_| {
                    Ok(ComboLeg {
                        con_id: fields.int()?,
                        ratio: fields.int()?,
                        action: fields.string()?,
                        exchange: fields.string()?,
                        ..ComboLeg::default()
                    })
                })
                .collect::<Result<_, DecodeError>>()?;
        }
        if fields.bool()? {
            fields.skip(3)?;
        }
        Ok(Request::MarketData {
            req_id,
            contract,
            generic_ticks: fields.string()?,
            snapshot: fields.bool()?,
            regulatory_snapshot: fields.bool()?,
        })
    };
    read().map_err(|error| error.with_id(req_id))
}

fn calculation(id: i32, fields: &mut Reader<'_>) -> Result<Request, DecodeError> {
    let req_id = fields.int()?;
    let mut read = || -> Result<Request, DecodeError> {
        let contract = Box::new(contract(fields)?);
        let given = fields.decimal()?;
        let under_price = fields.decimal()?;
        Ok(if id == 54 {
            Request::CalculateImpliedVolatility {
                req_id,
                contract,
                option_price: given,
                under_price,
            }
        } else {
            Request::CalculateOptionPrice {
                req_id,
                contract,
                volatility: given,
                under_price,
            }
        })
    };
    read().map_err(|error| error.with_id(req_id))
}

fn exercise(fields: &mut Reader<'_>) -> Result<Request, DecodeError> {
    let req_id = fields.int()?;
    let mut read = || -> Result<Request, DecodeError> {
        // Without a listing exchange, unlike other requests.
        let contract = Box::new(Contract {
            con_id: fields.int()?,
            symbol: fields.string()?,
            sec_type: fields.string()?,
            last_trade_date: fields.string()?,
            strike: fields.decimal()?.filter(|strike| !strike.is_zero()),
            right: fields.string()?,
            multiplier: fields.string()?,
            exchange: fields.string()?,
            currency: fields.string()?,
            local_symbol: fields.string()?,
            trading_class: fields.string()?,
            ..Contract::default()
        });
        Ok(Request::ExerciseOptions {
            req_id,
            contract,
            action: fields.int()?,
            quantity: fields.int()?,
            account: fields.string()?,
            force: fields.bool()?,
        })
    };
    read().map_err(|error| error.with_id(req_id))
}

fn contract_details(version: Version, fields: &mut Reader<'_>) -> Result<Request, DecodeError> {
    let req_id = fields.int()?;
    let mut read = || -> Result<Request, DecodeError> {
        let mut contract = contract(fields)?;
        contract.include_expired = fields.bool()?;
        contract.sec_id_type = fields.string()?;
        contract.sec_id = fields.string()?;
        if version.number() >= 176 {
            contract.issuer_id = fields.string()?;
        }
        Ok(Request::ContractDetails { req_id, contract })
    };
    read().map_err(|error| error.with_id(req_id))
}

fn executions(fields: &mut Reader<'_>) -> Result<Request, DecodeError> {
    Ok(Request::Executions {
        req_id: fields.int()?,
        filter: ExecutionFilter {
            client_id: fields.int()?,
            account: fields.string()?,
            time: fields.string()?,
            symbol: fields.string()?,
            sec_type: fields.string()?,
            exchange: fields.string()?,
            side: fields.string()?,
        },
    })
}

/// The twelve fields with which requests name an instrument.
pub fn contract(fields: &mut Reader<'_>) -> Result<Contract, DecodeError> {
    Ok(Contract {
        con_id: fields.int()?,
        symbol: fields.string()?,
        sec_type: fields.string()?,
        last_trade_date: fields.string()?,
        // Clients write "no strike" as 0 in text.
        strike: fields.decimal()?.filter(|strike| !strike.is_zero()),
        right: fields.string()?,
        multiplier: fields.string()?,
        exchange: fields.string()?,
        primary_exchange: fields.string()?,
        currency: fields.string()?,
        local_symbol: fields.string()?,
        trading_class: fields.string()?,
        ..Contract::default()
    })
}
