//! Gateway messages.

use bytes::BytesMut;
use rust_decimal::Decimal;

use crate::messages::{Reply, Tick, TickValue};
use crate::wire::number::{UNSET_DOUBLE, double};

use super::convert::{contract, details, nonzero, text, written};
use super::order_convert::{execution, order, state};
use super::{frame, types as pb};

/// A P&L figure: unset is sent as the largest double.
fn figure(value: Option<Decimal>) -> Option<f64> {
    Some(value.map_or(UNSET_DOUBLE, double))
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
        Reply::OrderStatus { .. }
        | Reply::OpenOrder { .. }
        | Reply::OpenOrdersEnd
        | Reply::CompletedOrder { .. }
        | Reply::CompletedOrdersEnd
        | Reply::Execution { .. }
        | Reply::ExecutionsEnd { .. }
        | Reply::Commission(_) => orders(reply, out),
        Reply::ContractDetails { .. }
        | Reply::ContractDetailsEnd { .. }
        | Reply::SymbolSamples { .. }
        | Reply::MarketRule { .. }
        | Reply::SecDefOptParam { .. }
        | Reply::SecDefOptParamEnd { .. } => instruments(reply, out),
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
        _ => accounts(reply, out),
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
                price: Some(double(*price)),
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
                    value: Some(double(*value)),
                },
                out,
            );
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

fn orders(reply: &Reply, out: &mut BytesMut) {
    match reply {
        Reply::OrderStatus {
            order_id,
            status,
            filled,
            remaining,
            avg_fill_price,
            perm_id,
            parent_id,
            last_fill_price,
            client_id,
            why_held,
        } => {
            let wire = pb::OrderStatus {
                order_id: Some(*order_id),
                status: text(status),
                filled: written(*filled),
                remaining: written(*remaining),
                avg_fill_price: Some(double(*avg_fill_price)),
                perm_id: Some(*perm_id),
                parent_id: Some(*parent_id),
                last_fill_price: Some(double(*last_fill_price)),
                client_id: Some(*client_id),
                why_held: text(why_held),
                mkt_cap_price: Some(0.0),
            };
            frame(3, &wire, out);
        }
        Reply::OpenOrder {
            contract: instrument,
            order: placed,
            state: now,
        } => {
            let wire = pb::OpenOrder {
                order_id: Some(placed.order_id),
                contract: Some(contract(instrument)),
                order: Some(order(placed)),
                order_state: Some(state(now)),
            };
            frame(5, &wire, out);
        }
        Reply::OpenOrdersEnd => frame(53, &pb::Nothing {}, out),
        Reply::CompletedOrder {
            contract: instrument,
            order: placed,
            state: last,
        } => {
            let wire = pb::CompletedOrder {
                contract: Some(contract(instrument)),
                order: Some(order(placed)),
                order_state: Some(state(last)),
            };
            frame(101, &wire, out);
        }
        Reply::CompletedOrdersEnd => frame(102, &pb::Nothing {}, out),
        Reply::Execution {
            req_id,
            contract: instrument,
            execution: fill,
        } => {
            let wire = pb::ExecutionDetails {
                req_id: Some(*req_id),
                contract: Some(contract(instrument)),
                execution: Some(execution(fill)),
            };
            frame(11, &wire, out);
        }
        Reply::ExecutionsEnd { req_id } => frame(55, &only(*req_id), out),
        Reply::Commission(report) => {
            let wire = pb::CommissionAndFeesReport {
                exec_id: text(&report.exec_id),
                commission_and_fees: Some(double(report.commission)),
                currency: text(&report.currency),
                realized_pnl: figure(report.realized_pnl),
            };
            frame(59, &wire, out);
        }
        _ => {}
    }
}

fn instruments(reply: &Reply, out: &mut BytesMut) {
    match reply {
        Reply::ContractDetails {
            req_id,
            details: known,
        } => {
            let wire = pb::ContractData {
                req_id: Some(*req_id),
                contract: Some(contract(&known.contract)),
                contract_details: Some(details(known)),
            };
            frame(10, &wire, out);
        }
        Reply::ContractDetailsEnd { req_id } => frame(52, &only(*req_id), out),
        Reply::SymbolSamples { req_id, samples } => {
            let contract_descriptions = samples
                .iter()
                .map(|(instrument, derivatives)| pb::ContractDescription {
                    contract: Some(contract(instrument)),
                    derivative_sec_types: derivatives.clone(),
                })
                .collect();
            let wire = pb::SymbolSamples {
                req_id: Some(*req_id),
                contract_descriptions,
            };
            frame(79, &wire, out);
        }
        Reply::MarketRule {
            rule_id,
            increments,
        } => {
            let price_increments = increments
                .iter()
                .map(|(from, increment)| pb::PriceIncrement {
                    low_edge: Some(double(*from)),
                    increment: Some(double(*increment)),
                })
                .collect();
            let wire = pb::MarketRule {
                market_rule_id: Some(*rule_id),
                price_increments,
            };
            frame(93, &wire, out);
        }
        Reply::SecDefOptParam {
            req_id,
            exchange,
            under_con_id,
            trading_class,
            multiplier,
            expirations,
            strikes,
        } => {
            let wire = pb::SecDefOptParameter {
                req_id: Some(*req_id),
                exchange: text(exchange),
                underlying_con_id: nonzero(*under_con_id),
                trading_class: text(trading_class),
                multiplier: text(multiplier),
                expirations: expirations.clone(),
                strikes: strikes.iter().copied().map(double).collect(),
            };
            frame(75, &wire, out);
        }
        Reply::SecDefOptParamEnd { req_id } => frame(76, &only(*req_id), out),
        _ => {}
    }
}

fn accounts(reply: &Reply, out: &mut BytesMut) {
    match reply {
        Reply::AccountValue {
            key,
            value,
            currency,
            account,
        } => {
            let wire = pb::AccountValue {
                key: text(key),
                value: text(value),
                currency: text(currency),
                account_name: text(account),
            };
            frame(6, &wire, out);
        }
        Reply::PortfolioValue {
            contract: instrument,
            position,
            market_price,
            market_value,
            average_cost,
            unrealized_pnl,
            realized_pnl,
            account,
        } => {
            let wire = pb::PortfolioValue {
                contract: Some(contract(instrument)),
                position: written(*position),
                market_price: Some(double(*market_price)),
                market_value: Some(double(*market_value)),
                average_cost: Some(double(*average_cost)),
                unrealized_pnl: Some(double(*unrealized_pnl)),
                realized_pnl: Some(double(*realized_pnl)),
                account_name: text(account),
            };
            frame(7, &wire, out);
        }
        Reply::AccountUpdateTime { time } => {
            frame(
                8,
                &pb::AccountUpdateTime {
                    time_stamp: text(time),
                },
                out,
            );
        }
        Reply::AccountDownloadEnd { account } => {
            frame(
                54,
                &pb::AccountDataEnd {
                    account_name: text(account),
                },
                out,
            );
        }
        Reply::AccountUpdateMulti {
            req_id,
            account,
            model_code,
            key,
            value,
            currency,
        } => {
            let wire = pb::AccountUpdateMulti {
                req_id: Some(*req_id),
                account: text(account),
                model_code: text(model_code),
                key: text(key),
                value: text(value),
                currency: text(currency),
            };
            frame(73, &wire, out);
        }
        Reply::AccountUpdateMultiEnd { req_id } => frame(74, &only(*req_id), out),
        Reply::AccountSummary {
            req_id,
            account,
            tag,
            value,
            currency,
        } => {
            let wire = pb::AccountSummary {
                req_id: Some(*req_id),
                account: text(account),
                tag: text(tag),
                value: text(value),
                currency: text(currency),
            };
            frame(63, &wire, out);
        }
        Reply::AccountSummaryEnd { req_id } => frame(64, &only(*req_id), out),
        Reply::Position {
            account,
            contract: instrument,
            position,
            avg_cost,
        } => {
            let wire = pb::Position {
                account: text(account),
                contract: Some(contract(instrument)),
                position: written(*position),
                avg_cost: Some(double(*avg_cost)),
            };
            frame(61, &wire, out);
        }
        Reply::PositionEnd => frame(62, &pb::Nothing {}, out),
        Reply::PositionMulti {
            req_id,
            account,
            model_code,
            contract: instrument,
            position,
            avg_cost,
        } => {
            let wire = pb::PositionMulti {
                req_id: Some(*req_id),
                account: text(account),
                contract: Some(contract(instrument)),
                position: written(*position),
                avg_cost: Some(double(*avg_cost)),
                model_code: text(model_code),
            };
            frame(71, &wire, out);
        }
        Reply::PositionMultiEnd { req_id } => frame(72, &only(*req_id), out),
        Reply::Pnl {
            req_id,
            daily,
            unrealized,
            realized,
        } => {
            let wire = pb::Pnl {
                req_id: Some(*req_id),
                daily_pnl: figure(*daily),
                unrealized_pnl: figure(*unrealized),
                realized_pnl: figure(*realized),
            };
            frame(94, &wire, out);
        }
        Reply::PnlSingle {
            req_id,
            position,
            daily,
            unrealized,
            realized,
            value,
        } => {
            let wire = pb::PnlSingle {
                req_id: Some(*req_id),
                position: written(*position),
                daily_pnl: figure(*daily),
                unrealized_pnl: figure(*unrealized),
                realized_pnl: figure(*realized),
                value: figure(*value),
            };
            frame(95, &wire, out);
        }
        _ => {}
    }
}
