//! Instruments: named in every message, defined in one.

use crate::messages::{Contract, ContractDetails};
use crate::wire::Version;

use super::fields::Writer;

/// From the instrument number to the multiplier: how every message names one.
pub fn named<'w, 'b>(contract: &Contract, w: &'w mut Writer<'b>) -> &'w mut Writer<'b> {
    w.put(contract.con_id)
        .all(&[
            &contract.symbol,
            &contract.sec_type,
            &contract.last_trade_date,
        ])
        .decimal(contract.strike.unwrap_or_default())
        .all(&[&contract.right, &contract.multiplier])
}

/// [`named`] with exchange, currency, local symbol and trading class.
pub fn full<'w, 'b>(contract: &Contract, w: &'w mut Writer<'b>) -> &'w mut Writer<'b> {
    named(contract, w).all(&[
        &contract.exchange,
        &contract.currency,
        &contract.local_symbol,
        &contract.trading_class,
    ])
}

/// Writes contractData (10).
pub fn contract_details<'w, 'b>(
    version: Version,
    req_id: i32,
    details: &ContractDetails,
    w: &'w mut Writer<'b>,
) -> &'w mut Writer<'b> {
    let contract = &details.contract;
    w.put("10");
    if version.number() < 164 {
        w.put("8");
    }
    w.put(req_id).all(&[
        &contract.symbol,
        &contract.sec_type,
        &contract.last_trade_date,
    ]);
    if version.number() >= 182 {
        w.put(&contract.last_trade_date);
    }
    w.decimal(contract.strike.unwrap_or_default())
        .all(&[
            &contract.right,
            &contract.exchange,
            &contract.currency,
            &contract.local_symbol,
        ])
        .all(&[&details.market_name, &contract.trading_class])
        .put(contract.con_id)
        .decimal(details.min_tick);
    if version.number() < 164 {
        w.put("1"); // market data size multiplier
    }
    w.all(&[
        &contract.multiplier,
        &details.order_types,
        &details.valid_exchanges,
    ])
    .put(details.price_magnifier)
    .put(details.under_con_id)
    .all(&[
        &details.long_name,
        &contract.primary_exchange,
        &details.contract_month,
    ])
    .all(&[&details.industry, &details.category, &details.subcategory])
    .all(&[
        &details.time_zone_id,
        &details.trading_hours,
        &details.liquid_hours,
    ])
    .empty(2) // economic value rule and multiplier
    .put("0") // security ids
    .put(details.agg_group)
    .all(&[
        &details.under_symbol,
        &details.under_sec_type,
        &details.market_rule_ids,
    ])
    .all(&[&details.real_expiration_date, &details.stock_type]);
    let w = match version.number() {
        164.. => w
            .decimal(details.min_size)
            .decimal(details.size_increment)
            .decimal(details.suggested_size_increment),
        163 => w.decimal(details.suggested_size_increment),
        _ => w,
    };
    if version.number() >= 186 {
        w.put("0"); // reasons why it may not be traded
    }
    w
}
