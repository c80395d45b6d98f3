//! Gateway messages.

mod accounts;
mod instruments;
mod orders;

use bytes::BytesMut;
use rust_decimal::Decimal;

use crate::messages::{Reply, Tick, TickValue};
use crate::wire::number::{UNSET_DOUBLE, sent};

use super::convert::{text, written};
use super::{data, frame, types as pb};

/// A P&L figure: unset is sent as the largest double.
fn figure(value: Option<Decimal>) -> Option<f64> {
    value.map_or(Some(UNSET_DOUBLE), sent)
}

fn only(req_id: i32) -> pb::OnlyReqId {
    pb::OnlyReqId {
        req_id: Some(req_id),
    }
}

/// Appends `reply` as one frame.
pub fn write(reply: &Reply, out: &mut BytesMut) {
    match reply {
        Reply::Tick(one) => tick(one, out),
        Reply::Data(reply) => data::write(reply, out),
        Reply::ManagedAccounts { accounts } => {
            frame(
                15,
                &pb::ManagedAccounts {
                    accounts_list: text(accounts),
                },
                out,
            );
        }
        Reply::NextValidId { order_id } => {
            frame(
                9,
                &pb::NextValidId {
                    order_id: Some(*order_id),
                },
                out,
            );
        }
        Reply::Error {
            id,
            code,
            message,
            time_millis,
        } => {
            let wire = pb::ErrorMessage {
                id: Some(*id),
                error_time: Some(*time_millis),
                error_code: Some(*code),
                error_msg: text(message),
                advanced_order_reject_json: None,
            };
            frame(4, &wire, out);
        }
        Reply::CurrentTime { seconds } => {
            frame(
                49,
                &pb::CurrentTime {
                    current_time: Some(*seconds),
                },
                out,
            );
        }
        Reply::CurrentTimeMillis { millis } => {
            frame(
                109,
                &pb::CurrentTimeInMillis {
                    current_time_in_millis: Some(*millis),
                },
                out,
            );
        }
        Reply::TickReqParams {
            req_id,
            min_tick,
            bbo_exchange,
            snapshot_permissions,
        } => {
            let wire = pb::TickReqParams {
                req_id: Some(*req_id),
                min_tick: written(*min_tick),
                bbo_exchange: text(bbo_exchange),
                snapshot_permissions: Some(*snapshot_permissions),
            };
            frame(81, &wire, out);
        }
        Reply::MarketDataType { req_id, kind } => {
            let wire = pb::MarketDataType {
                req_id: Some(*req_id),
                market_data_type: Some(*kind),
            };
            frame(58, &wire, out);
        }
        Reply::TickSnapshotEnd { req_id } => frame(57, &only(*req_id), out),
        Reply::NewsBulletin {
            id,
            kind,
            text: words,
            exchange,
        } => {
            let wire = pb::NewsBulletin {
                news_msg_id: Some(*id),
                news_msg_type: Some(*kind),
                news_message: text(words),
                originating_exch: text(exchange),
            };
            frame(14, &wire, out);
        }
        Reply::OrderStatus { .. }
        | Reply::OpenOrder { .. }
        | Reply::OpenOrdersEnd
        | Reply::OrderBound { .. }
        | Reply::CompletedOrder { .. }
        | Reply::CompletedOrdersEnd
        | Reply::Execution { .. }
        | Reply::ExecutionsEnd { .. }
        | Reply::Commission(_) => orders::write(reply, out),
        Reply::ContractDetails { .. }
        | Reply::ContractDetailsEnd { .. }
        | Reply::SymbolSamples { .. }
        | Reply::MarketRule { .. }
        | Reply::SecDefOptParam { .. }
        | Reply::SecDefOptParamEnd { .. } => instruments::write(reply, out),
        Reply::FamilyCodes { codes } => {
            let family_codes = codes
                .iter()
                .map(|(account, code)| pb::FamilyCode {
                    account_id: text(account),
                    family_code: text(code),
                })
                .collect();
            frame(78, &pb::FamilyCodes { family_codes }, out);
        }
        Reply::UserInfo {
            req_id,
            white_branding_id,
        } => {
            let wire = pb::UserInfo {
                req_id: Some(*req_id),
                white_branding_id: text(white_branding_id),
            };
            frame(107, &wire, out);
        }
        _ => accounts::write(reply, out),
    }
}

fn tick(tick: &Tick, out: &mut BytesMut) {
    let (req_id, tick_type) = (Some(tick.req_id), Some(tick.kind));
    match &tick.value {
        TickValue::Price {
            price,
            size,
            attributes,
        } => {
            let wire = pb::TickPrice {
                req_id,
                tick_type,
                price: sent(*price),
                size: size.and_then(written),
                attr_mask: Some(*attributes),
            };
            frame(1, &wire, out);
        }
        TickValue::Size(size) => {
            frame(
                2,
                &pb::TickSize {
                    req_id,
                    tick_type,
                    size: written(*size),
                },
                out,
            );
        }
        TickValue::Generic(value) => {
            frame(
                45,
                &pb::TickGeneric {
                    req_id,
                    tick_type,
                    value: sent(*value),
                },
                out,
            );
        }
        TickValue::Computation(one) => {
            let known = |value: Option<Decimal>| value.and_then(sent);
            let wire = pb::TickOptionComputation {
                req_id,
                tick_type,
                tick_attrib: Some(1),
                implied_vol: known(one.implied_volatility),
                delta: known(one.delta),
                opt_price: known(one.price),
                pv_dividend: known(one.pv_dividend),
                gamma: known(one.gamma),
                vega: known(one.vega),
                theta: known(one.theta),
                und_price: known(one.underlying),
            };
            frame(21, &wire, out);
        }
        TickValue::Text(value) => {
            frame(
                46,
                &pb::TickString {
                    req_id,
                    tick_type,
                    value: Some(value.clone()),
                },
                out,
            );
        }
    }
}
