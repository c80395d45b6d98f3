//! An order as the library sends it.

use crate::contract::{exact, write};
use gatehouse_domain::draft::{Pricing, Side, TimeInForce};
use gatehouse_rules::Order;
use ibapi::contracts::Contract;
use ibapi::orders as wire;

/// The order with its contract, or a sentence on why it can't be sent as it is meant.
pub fn order(order: &Order) -> Result<(Contract, wire::Order), String> {
    let draft = order.draft();
    let contract = write(&order.instrument().contract);
    if contract.contract_id != draft.con_id.get() {
        return Err("its contract is not the one that was drafted.".to_owned());
    }
    if contract.exchange.is_empty() {
        return Err("its contract names no exchange.".to_owned());
    }
    let (order_type, limit_price) = match draft.pricing {
        Pricing::Market => ("MKT", None),
        Pricing::Limit { price } => ("LMT", Some(exact("price", price.get())?)),
    };
    Ok((
        contract,
        wire::Order {
            action: match draft.side {
                Side::Buy => wire::Action::Buy,
                Side::Sell => wire::Action::Sell,
            },
            total_quantity: exact("quantity", draft.quantity.get())?,
            order_type: order_type.to_owned(),
            limit_price,
            tif: match draft.tif {
                TimeInForce::Day => wire::TimeInForce::Day,
                TimeInForce::Gtc => wire::TimeInForce::GoodTillCanceled,
            },
            account: draft.account.as_str().to_owned(),
            order_ref: draft.intent.as_str().to_owned(),
            transmit: true,
            ..wire::Order::default()
        },
    ))
}
