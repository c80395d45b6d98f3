//! Accounts, positions and profit.

use bytes::BytesMut;

use crate::messages::Reply;
use crate::wire::number::sent;

use super::super::convert::{contract, text, written};
use super::super::{frame, types as pb};
use super::{figure, only};

/// Appends `reply` as one frame; messages of other kinds are not for here.
pub fn write(reply: &Reply, out: &mut BytesMut) {
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
                market_price: sent(*market_price),
                market_value: sent(*market_value),
                average_cost: sent(*average_cost),
                unrealized_pnl: sent(*unrealized_pnl),
                realized_pnl: sent(*realized_pnl),
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
                avg_cost: sent(*avg_cost),
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
                avg_cost: sent(*avg_cost),
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
