//! placeOrder, the longest message of the text protocol: about a hundred
//! positional fields, some present only after others said so.

use rust_decimal::Decimal;

use crate::messages::{ComboLeg, Contract, Order, Request};
use crate::wire::{DecodeError, Version};

use super::{fields::Reader, requests};

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
        combo(&mut contract, fields)?;
    }
    fields.skip(2)?; // shares allocation (gone), discretionary amount
    order.good_after_time = fields.string()?;
    order.good_till_date = fields.string()?;
    fields.skip(if version.number() < 177 { 4 } else { 3 })?; // FA group, method, percentage, profile
    order.model_code = fields.string()?;
    fields.skip(3)?; // short sale slot, designated location, exempt code
    order.oca_type = fields.int()?;
    fields.skip(2)?; // rule 80A, settling firm
    order.all_or_none = fields.bool()?;
    order.min_qty = fields.optional_int()?;
    fields.skip(13)?; // percent offset … volatility type
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
    tail(&mut order, fields)?;
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
    fields.skip(1)?; // trigger method
    order.outside_rth = fields.bool()?;
    order.hidden = fields.bool()?;
    Ok(order)
}

fn combo(contract: &mut Contract, fields: &mut Reader<'_>) -> Result<(), DecodeError> {
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
    let prices = fields.count()?;
    fields.skip(prices)?;
    let routing = fields.count()?;
    fields.skip(2 * routing)
}

/// After the what-if flag. The message's end differs most between versions,
/// and of it only the cash quantity matters here.
fn tail(order: &mut Order, fields: &mut Reader<'_>) -> Result<(), DecodeError> {
    fields.skip(4)?; // misc options, solicited, randomize size and price
    if matches!(order.order_type.as_str(), "PEG BENCH" | "PEGBENCH") {
        fields.skip(5)?;
    }
    if fields.count()? > 0 {
        return Err(DecodeError {
            id: None,
            code: 321,
            reason: "Error validating request: conditional orders are not supported".to_owned(),
        });
    }
    fields.skip(10)?; // adjusted order … soft dollar tier
    order.cash_qty = fields.decimal()?;
    Ok(())
}
