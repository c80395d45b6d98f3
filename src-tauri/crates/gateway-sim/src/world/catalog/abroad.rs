//! Two Hong Kong shares, traded in board lots and Hong Kong dollars.

#![allow(clippy::inconsistent_digit_grouping)] // Prices are in cents, grouped as dollars_cents.

use rust_decimal::Decimal;

use super::super::currency::Currency;
use super::super::ids::ConId;
use super::super::instrument::{Instrument, SecType};
use super::{OWN_IDS, Profile, cadence, rules, stocks};

/// conId, symbol, name, industry, category, price in cents, volatility, board lot.
type Row = (
    i32,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    i64,
    i64,
    i64,
);

const ROWS: &[Row] = &[
    (
        152_791_428,
        "700",
        "TENCENT HOLDINGS LTD",
        "Communications",
        "Internet",
        605_00,
        30,
        100,
    ),
    (
        OWN_IDS + 20,
        "9988",
        "ALIBABA GROUP HOLDING LTD",
        "Communications",
        "Internet",
        147_30,
        40,
        100,
    ),
];

pub(super) fn list() -> impl Iterator<Item = (Instrument, Profile)> {
    ROWS.iter().map(|row| {
        let (con_id, symbol, name, industry, category, cents, volatility, lot) = *row;
        let instrument = Instrument {
            con_id: ConId::new(con_id),
            symbol: symbol.to_owned(),
            local_symbol: symbol.to_owned(),
            trading_class: symbol.to_owned(),
            sec_type: SecType::Stock,
            currency: Currency::Hkd,
            pair_base: None,
            long_name: name.to_owned(),
            stock_type: "COMMON",
            industry,
            category,
            is_mlp: false,
            exchange: "SEHK",
            primary_exchange: "SEHK",
            valid_exchanges: vec!["SEHK"],
            market_rule_ids: vec![rules::HONG_KONG],
            min_tick: rules::smallest_tick(rules::HONG_KONG),
            multiplier: Decimal::ONE,
            future: None,
            option: None,
            min_size: Decimal::from(lot),
            size_increment: Decimal::from(lot),
            suggested_size_increment: Decimal::from(lot),
            order_types: stocks::ORDER_TYPES,
            time_zone: "Asia/Hong_Kong",
            settlement_days: 2,
        };
        let profile = Profile {
            base: cents * 10_000,
            ladder: rules::ladder(rules::HONG_KONG).to_vec(),
            volatility,
            size: lot * 20,
            size_step: lot,
            cadence: cadence(SecType::Stock),
            two_sided: true,
            prints_volume: true,
            leader: None,
        };
        (instrument, profile)
    })
}
