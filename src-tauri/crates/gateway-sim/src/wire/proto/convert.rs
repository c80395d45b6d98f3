//! Instruments and single values between messages and wire types.

use rust_decimal::Decimal;

use crate::messages::{ComboLeg, Contract, ContractDetails};
use crate::wire::DecodeError;
use crate::wire::mark::Mark;
use crate::wire::number::{UNSET_INTEGER, decimal_from_double, decimal_from_text, plain, sent};

use super::types as pb;

/// A text field: an empty one stays out of the message.
pub fn text(value: &str) -> Option<String> {
    (!value.is_empty()).then(|| value.to_owned())
}

/// A flag: `false` stays out of the message.
pub fn flag(value: bool) -> Option<bool> {
    value.then_some(true)
}

/// A number where 0 means "none": it stays out of the message.
pub fn nonzero(value: i32) -> Option<i32> {
    (value != 0).then_some(value)
}

/// A decimal sent as text.
pub fn written(value: Decimal) -> Option<String> {
    match Mark::behind(value) {
        None => Some(plain(value).to_string()),
        Some(mark) => text(mark.text()),
    }
}

/// A decimal sent as a double.
pub fn optional_double(value: Option<Decimal>) -> Option<f64> {
    value.and_then(sent)
}

/// Reads a double.
pub fn decimal(value: Option<f64>) -> Result<Option<Decimal>, DecodeError> {
    decimal_from_double(value).map_err(|error| DecodeError::unreadable(error.to_string()))
}

/// Reads a decimal sent as text.
pub fn decimal_text(value: Option<String>) -> Result<Option<Decimal>, DecodeError> {
    decimal_from_text(value.as_deref().unwrap_or_default())
        .map_err(|error| DecodeError::unreadable(error.to_string()))
}

/// Reads an integer whose largest value means "unset".
pub fn integer(value: Option<i32>) -> Option<i32> {
    value.filter(|value| *value != UNSET_INTEGER)
}

/// The instrument named in a request.
pub fn contract_from(wire: pb::Contract) -> Result<Contract, DecodeError> {
    Ok(Contract {
        con_id: wire.con_id.unwrap_or_default(),
        symbol: wire.symbol.unwrap_or_default(),
        sec_type: wire.sec_type.unwrap_or_default(),
        last_trade_date: wire.last_trade_date_or_contract_month.unwrap_or_default(),
        strike: decimal(wire.strike)?.filter(|strike| !strike.is_zero()),
        right: wire.right.unwrap_or_default(),
        multiplier: decimal(wire.multiplier)?
            .map(|value| value.to_string())
            .unwrap_or_default(),
        exchange: wire.exchange.unwrap_or_default(),
        primary_exchange: wire.primary_exch.unwrap_or_default(),
        currency: wire.currency.unwrap_or_default(),
        local_symbol: wire.local_symbol.unwrap_or_default(),
        trading_class: wire.trading_class.unwrap_or_default(),
        sec_id_type: wire.sec_id_type.unwrap_or_default(),
        sec_id: wire.sec_id.unwrap_or_default(),
        description: wire.description.unwrap_or_default(),
        issuer_id: wire.issuer_id.unwrap_or_default(),
        include_expired: wire.include_expired.unwrap_or_default(),
        combo_legs: wire.combo_legs.into_iter().map(leg_from).collect(),
    })
}

fn leg_from(wire: pb::ComboLeg) -> ComboLeg {
    ComboLeg {
        con_id: wire.con_id.unwrap_or_default(),
        ratio: wire.ratio.unwrap_or_default(),
        action: wire.action.unwrap_or_default(),
        exchange: wire.exchange.unwrap_or_default(),
        open_close: wire.open_close.unwrap_or_default(),
        short_sale_slot: wire.short_sales_slot.unwrap_or_default(),
        designated_location: wire.designated_location.unwrap_or_default(),
        exempt_code: wire.exempt_code.unwrap_or_default(),
    }
}

/// An instrument in an answer.
pub fn contract(contract: &Contract) -> pb::Contract {
    pb::Contract {
        con_id: nonzero(contract.con_id),
        symbol: text(&contract.symbol),
        sec_type: text(&contract.sec_type),
        last_trade_date_or_contract_month: text(&contract.last_trade_date),
        strike: optional_double(contract.strike),
        right: text(&contract.right),
        multiplier: contract.multiplier.parse().ok(),
        exchange: text(&contract.exchange),
        primary_exch: text(&contract.primary_exchange),
        currency: text(&contract.currency),
        local_symbol: text(&contract.local_symbol),
        trading_class: text(&contract.trading_class),
        sec_id_type: text(&contract.sec_id_type),
        sec_id: text(&contract.sec_id),
        description: text(&contract.description),
        issuer_id: text(&contract.issuer_id),
        include_expired: flag(contract.include_expired),
        combo_legs: contract.combo_legs.iter().map(leg).collect(),
        last_trade_date: (contract.last_trade_date.len() == 8)
            .then(|| contract.last_trade_date.clone()),
    }
}

fn leg(leg: &ComboLeg) -> pb::ComboLeg {
    pb::ComboLeg {
        con_id: Some(leg.con_id),
        ratio: Some(leg.ratio),
        action: text(&leg.action),
        exchange: text(&leg.exchange),
        open_close: nonzero(leg.open_close),
        short_sales_slot: nonzero(leg.short_sale_slot),
        designated_location: text(&leg.designated_location),
        exempt_code: nonzero(leg.exempt_code),
        // The price is the order's.
        per_leg_price: None,
    }
}

/// An instrument's definition without the instrument itself.
pub fn details(details: &ContractDetails) -> pb::ContractDetails {
    pb::ContractDetails {
        market_name: text(&details.market_name),
        min_tick: written(details.min_tick),
        order_types: text(&details.order_types),
        valid_exchanges: text(&details.valid_exchanges),
        price_magnifier: Some(details.price_magnifier),
        under_con_id: nonzero(details.under_con_id),
        long_name: text(&details.long_name),
        contract_month: text(&details.contract_month),
        industry: text(&details.industry),
        category: text(&details.category),
        subcategory: text(&details.subcategory),
        time_zone_id: text(&details.time_zone_id),
        trading_hours: text(&details.trading_hours),
        liquid_hours: text(&details.liquid_hours),
        agg_group: Some(details.agg_group),
        under_symbol: text(&details.under_symbol),
        under_sec_type: text(&details.under_sec_type),
        market_rule_ids: text(&details.market_rule_ids),
        real_expiration_date: text(&details.real_expiration_date),
        stock_type: text(&details.stock_type),
        min_size: written(details.min_size),
        size_increment: written(details.size_increment),
        suggested_size_increment: written(details.suggested_size_increment),
    }
}
