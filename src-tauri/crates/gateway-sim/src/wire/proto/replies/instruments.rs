//! Instruments and what is known about them.

use bytes::BytesMut;

use crate::messages::Reply;
use crate::wire::number::{double, sent};

use super::super::convert::{contract, details, nonzero, text};
use super::super::{frame, types as pb};
use super::only;

/// Appends `reply` as one frame; messages of other kinds are not for here.
pub fn write(reply: &Reply, out: &mut BytesMut) {
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
                    low_edge: sent(*from),
                    increment: sent(*increment),
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
