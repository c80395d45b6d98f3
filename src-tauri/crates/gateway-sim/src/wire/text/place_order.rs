//! placeOrder, the longest message of the text protocol: about a hundred
//! positional fields, some present only after others said so.

use rust_decimal::Decimal;

use crate::messages::{ComboLeg, Contract, Order, Request};
use crate::wire::{DecodeError, Version};

use super::{conditions, fields::Reader, requests};

/// Reads the fields after the message id.
pub fn decode(version: Version, fields: &mut Reader<'_>) -> Result<Request, DecodeError> {
    let order_id = fields.int()?;
    read(version, order_id, fields).map_err(|error| error.with_id(order_id))
}

fn read(version: Version, order_id: i32, fields: &mut Reader<'_>) -> Result<Request, DecodeError> {
    let mut contract = requests::contract(fields)?;
    contract.sec_id_type = fields.string()?;
    contract.sec_id = fields.string()?;
    let mut order = head(order_id, fields)?;
    if contract.sec_type == "BAG" {
        combo(&mut contract, &mut order, fields)?;
    }
    fields.skip(1)?; // shares allocation, gone
    order.discretionary_amt = nonzero(fields.decimal()?);
    order.good_after_time = fields.string()?;
    order.good_till_date = fields.string()?;
    fields.skip(if version.number() < 177 { 4 } else { 3 })?; // FA group, method, percentage, profile
    order.model_code = fields.string()?;
    order.short_sale_slot = fields.int()?;
    order.designated_location = fields.string()?;
    fields.skip(1)?; // exempt code
    order.oca_type = fields.int()?;
    fields.skip(2)?; // rule 80A, settling firm
    order.all_or_none = fields.bool()?;
    order.min_qty = fields.optional_int()?;
    order.percent_offset = fields.decimal()?;
    fields.skip(12)?; // electronic trade only … volatility type
    if !fields.str()?.is_empty() {
        fields.skip(9)?; // delta-neutral aux price and its eight dependents
    } else {
        fields.skip(1)?;
    }
    fields.skip(2)?; // continuous update, reference price type
    order.trail_stop_price = fields.decimal()?;
    order.trailing_percent = fields.decimal()?;
    fields.skip(2)?; // scale sizes
    if fields
        .decimal()?
        .is_some_and(|increment| increment > Decimal::ZERO)
    {
        fields.skip(7)?;
    }
    fields.skip(3)?; // scale table, active start and stop
    if !fields.str()?.is_empty() {
        fields.skip(1)?; // hedge parameter
    }
    fields.skip(4)?; // opt out of SMART, clearing account and intent, not held
    if fields.bool()? {
        fields.skip(3)?; // delta-neutral contract
    }
    order.algo_strategy = fields.string()?;
    if !order.algo_strategy.is_empty() {
        order.algo_params = (0..fields.count()?)
            .map(|_| Ok((fields.string()?, fields.string()?)))
            .collect::<Result<_, DecodeError>>()?;
    }
    fields.skip(1)?; // algo id
    order.what_if = fields.bool()?;
    tail(version, &contract, &mut order, fields)?;
    Ok(Request::PlaceOrder {
        order_id,
        contract: Box::new(contract),
        order: Box::new(order),
    })
}

/// From the action to the hidden flag.
fn head(order_id: i32, fields: &mut Reader<'_>) -> Result<Order, DecodeError> {
    let mut order = Order {
        order_id,
        action: fields.string()?,
        total_quantity: fields.decimal()?,
        order_type: fields.string()?,
        lmt_price: fields.decimal()?,
        aux_price: fields.decimal()?,
        tif: fields.string()?,
        oca_group: fields.string()?,
        account: fields.string()?,
        open_close: fields.string()?,
        ..Order::default()
    };
    fields.skip(1)?; // origin
    order.order_ref = fields.string()?;
    order.transmit = fields.bool()?;
    order.parent_id = fields.int()?;
    fields.skip(2)?; // block order, sweep to fill
    order.display_size = fields.optional_int()?;
    order.trigger_method = fields.int()?;
    order.outside_rth = fields.bool()?;
    order.hidden = fields.bool()?;
    Ok(order)
}

fn combo(
    contract: &mut Contract,
    order: &mut Order,
    fields: &mut Reader<'_>,
) -> Result<(), DecodeError> {
    contract.combo_legs = (0..fields.count()?)
        .map(|_| {
            Ok(ComboLeg {
                con_id: fields.int()?,
                ratio: fields.int()?,
                action: fields.string()?,
                exchange: fields.string()?,
                open_close: fields.int()?,
                short_sale_slot: fields.int()?,
                designated_location: fields.string()?,
                exempt_code: fields.int()?,
            })
        })
        .collect::<Result<_, DecodeError>>()?;
    order.leg_prices = (0..fields.count()?)
        .map(|_| fields.decimal())
        .collect::<Result<_, DecodeError>>()?;
    order.combo_routing = (0..fields.count()?)
        .map(|_| Ok((fields.string()?, fields.string()?)))
        .collect::<Result<_, DecodeError>>()?;
    Ok(())
}

/// After the what-if flag. The message's end differs most between versions.
fn tail(
    version: Version,
    contract: &Contract,
    order: &mut Order,
    fields: &mut Reader<'_>,
) -> Result<(), DecodeError> {
    fields.skip(4)?; // misc options, solicited, randomize size and price
    if matches!(order.order_type.as_str(), "PEG BENCH" | "PEGBENCH") {
        fields.skip(5)?;
    }
    conditions::read(order, fields)?;
    fields.skip(2)?; // adjusted order type, trigger price
    order.lmt_price_offset = fields.decimal()?;
    fields.skip(7)?; // adjusted stop … soft dollar tier
    order.cash_qty = fields.decimal()?;
    pegged(version, contract, order, fields)
}

/// The very last fields, which say how a pegged order keeps its distance; of what lies between,
/// only whether a cancel reaches the parent. Clients may leave all of it out.
fn pegged(
    version: Version,
    contract: &Contract,
    order: &mut Order,
    fields: &mut Reader<'_>,
) -> Result<(), DecodeError> {
    let since = |number: u16, count: usize| if version.number() >= number { count } else { 0 };
    for _ in 0..8 + since(158, 1) + since(160, 1) {
        fields.optional_string(); // decision makers … posting to an ATS
    }
    if version.number() >= 162 {
        order.auto_cancel_parent = matches!(fields.optional_string().as_str(), "1" | "true");
    }
    for _ in 0..since(166, 1) + since(169, 1) {
        fields.optional_string(); // error override, time of a manual order
    }
    if version.number() < 170 || !matches!(order.order_type.as_str(), "PEG MID" | "PEGMID") {
        return Ok(());
    }
    if contract.exchange == "IBKRATS" {
        fields.optional_string(); // smallest trade
    }
    order.mid_offset_at_whole = fields.optional_decimal()?;
    order.mid_offset_at_half = fields.optional_decimal()?;
    Ok(())
}

/// Zero is how clients leave an amount out.
fn nonzero(value: Option<Decimal>) -> Option<Decimal> {
    value.filter(|value| !value.is_zero())
}
