//! Currency pairs on IDEALPRO.

use rust_decimal::Decimal;

use super::super::currency::Currency;
use super::super::ids::ConId;
use super::super::instrument::{Instrument, SecType};
use super::{OWN_IDS, Profile, cadence, rules};

/// conId, base, quote, name, price in millionths, volatility, market rule.
type Row = (i32, Currency, Currency, &'static str, i64, i64, i32);

const ROWS: &[Row] = &[
    (
        12_087_792,
        Currency::Eur,
        Currency::Usd,
        "European Monetary Union Euro",
        1_171_250,
        7,
        rules::PAIR,
    ),
    (
        12_087_797,
        Currency::Gbp,
        Currency::Usd,
        "British pound",
        1_345_600,
        8,
        rules::PAIR,
    ),
    (
        15_016_059,
        Currency::Usd,
        Currency::Jpy,
        "United States dollar",
        156_420_000,
        10,
        rules::YEN_PAIR,
    ),
    (
        OWN_IDS + 40,
        Currency::Usd,
        Currency::Hkd,
        "United States dollar",
        7_785_000,
        1,
        rules::PAIR,
    ),
];

/// The pair that gives a currency's rate to the dollar, and whether the dollar comes first in it.
pub(super) fn rate_pair(currency: Currency) -> Option<(ConId, bool)> {
    ROWS.iter()
        .find_map(|(con_id, base, quote, ..)| match (*base, *quote) {
            (base, Currency::Usd) if base == currency => Some((ConId::new(*con_id), false)),
            (Currency::Usd, quote) if quote == currency => Some((ConId::new(*con_id), true)),
            _ => None,
        })
}

pub(super) fn list() -> impl Iterator<Item = (Instrument, Profile)> {
    ROWS.iter().map(|row| {
        let (con_id, base, quote, name, price, volatility, rule) = *row;
        let pair = format!("{base}.{quote}");
        let instrument = Instrument {
            con_id: ConId::new(con_id),
            symbol: base.code().to_owned(),
            local_symbol: pair.clone(),
            trading_class: pair,
            sec_type: SecType::Cash,
            currency: quote,
            pair_base: Some(base),
            long_name: name.to_owned(),
            stock_type: "",
            industry: "",
            category: "",
            is_mlp: false,
            exchange: "IDEALPRO",
            primary_exchange: "",
            valid_exchanges: vec!["IDEALPRO"],
            market_rule_ids: vec![rule],
            min_tick: rules::smallest_tick(rule),
            multiplier: Decimal::ONE,
            future: None,
        option: None,
            min_size: Decimal::ONE,
            size_increment: Decimal::ONE,
            suggested_size_increment: Decimal::from(1_000),
            order_types: "ACTIVETIM,AD,ADJUST,ALERT,ALGO,ALLOC,COND,DAY,DEACT,GAT,GTC,GTD,IOC,LIT,LMT,MIT,MKT,OCA,REL,STP,STPLMT,TRAIL,TRAILLMT,WHATIF",
            time_zone: "US/Eastern",
            settlement_days: 0,
        };
        let profile = Profile {
            base: price,
            ladder: rules::ladder(rule).to_vec(),
            volatility,
            size: 1_000_000,
            size_step: 50_000,
            cadence: cadence(SecType::Cash),
            two_sided: true,
            prints_volume: false,
            leader: None,
        };
        (instrument, profile)
    })
}
