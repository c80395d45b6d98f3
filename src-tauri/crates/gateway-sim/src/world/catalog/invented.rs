//! A scenario's own instruments as the catalogue lists them.

use rust_decimal::Decimal;

use super::super::instrument::{Instrument, MarketRule, PriceIncrement, SecType};
use super::super::invented::{Invented, Kind, con_id, price};
use super::{Profile, cadence, stocks};

/// Market rules of invented instruments are numbered from here.
const FIRST_RULE: i32 = 9_000;
/// Shares that are typically displayed, in lots.
const LOTS: i64 = 300;

/// Every instrument with its market and its price ladder. What cannot be listed is left out.
pub(super) fn list(
    invented: &[Invented],
) -> impl Iterator<Item = (Instrument, Profile, MarketRule)> {
    invented
        .iter()
        .enumerate()
        .filter_map(|(place, one)| listed(place, one))
}

fn listed(place: usize, one: &Invented) -> Option<(Instrument, Profile, MarketRule)> {
    let exchange = Invented::exchange_named(&one.exchange)?;
    let index = one.kind == Kind::Index;
    let sec_type = if index {
        SecType::Index
    } else {
        SecType::Stock
    };
    let rule = MarketRule {
        id: FIRST_RULE + i32::try_from(place).ok()?,
        increments: vec![PriceIncrement {
            low_edge: Decimal::ZERO,
            increment: price(one.tick),
        }],
    };
    let american = stocks::VENUES.contains(&exchange) || matches!(exchange, "AMEX" | "CBOE");
    let valid_exchanges = match (index, american) {
        (true, _) => vec![exchange],
        (false, true) => {
            let mut venues = stocks::VENUES.to_vec();
            if !venues.contains(&exchange) {
                venues.push(exchange);
            }
            venues
        }
        (false, false) => vec!["SMART", exchange],
    };
    let lot = Decimal::from(one.lot);
    let instrument = Instrument {
        con_id: con_id(place)?,
        symbol: one.symbol.clone(),
        local_symbol: one.symbol.clone(),
        trading_class: one.symbol.clone(),
        sec_type,
        currency: one.currency,
        pair_base: None,
        long_name: one.name.clone(),
        stock_type: match one.kind {
            Kind::Stock => "COMMON",
            Kind::Fund => "ETF",
            Kind::Partnership => "MLP",
            Kind::Index => "",
        },
        industry: "",
        category: "",
        is_mlp: one.kind == Kind::Partnership,
        exchange: if index { exchange } else { "SMART" },
        primary_exchange: exchange,
        market_rule_ids: vec![rule.id; valid_exchanges.len()],
        valid_exchanges,
        min_tick: price(one.tick),
        multiplier: Decimal::ONE,
        future: None,
        option: None,
        min_size: lot,
        size_increment: lot,
        suggested_size_increment: lot,
        order_types: if index { "" } else { stocks::ORDER_TYPES },
        time_zone: if one.in_hong_kong {
            "Asia/Hong_Kong"
        } else {
            "US/Eastern"
        },
        settlement_days: match (index, one.in_hong_kong) {
            (true, _) => 0,
            (false, true) => 2,
            (false, false) => 1,
        },
    };
    let profile = Profile {
        base: one.price,
        ladder: vec![(0, one.tick)],
        volatility: one.volatility,
        size: if index { 0 } else { one.lot * LOTS },
        size_step: one.lot.max(1),
        cadence: cadence(sec_type),
        two_sided: !index,
        prints_volume: !index,
        leader: None,
    };
    Some((instrument, profile, rule))
}
