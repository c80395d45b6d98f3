//! Orders, their state and their fills.

use bytes::BytesMut;

use crate::messages::Reply;
use crate::wire::number::sent;

use super::super::convert::{contract, text, written};
use super::super::order_convert::{execution, order, priced_contract, state};
use super::super::{frame, types as pb};
use super::{figure, only};

/// Appends `reply` as one frame; messages of other kinds are not for here.
pub fn write(reply: &Reply, out: &mut BytesMut) {
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
                avg_fill_price: sent(*avg_fill_price),
                perm_id: Some(*perm_id),
                parent_id: Some(*parent_id),
                last_fill_price: sent(*last_fill_price),
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
                contract: Some(priced_contract(instrument, placed)),
                order: Some(order(placed)),
                order_state: Some(state(now)),
            };
            frame(5, &wire, out);
        }
        Reply::OpenOrdersEnd => frame(53, &pb::Nothing {}, out),
        Reply::OrderBound {
            perm_id,
            client_id,
            order_id,
        } => {
            let wire = pb::OrderBound {
                perm_id: Some(*perm_id),
                client_id: Some(*client_id),
                order_id: Some(*order_id),
            };
            frame(100, &wire, out);
        }
        Reply::CompletedOrder {
            contract: instrument,
            order: placed,
            state: last,
        } => {
            let wire = pb::CompletedOrder {
                contract: Some(priced_contract(instrument, placed)),
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
                commission_and_fees: sent(report.commission),
                currency: text(&report.currency),
                realized_pnl: figure(report.realized_pnl),
            };
            frame(59, &wire, out);
        }
        _ => {}
    }
}
