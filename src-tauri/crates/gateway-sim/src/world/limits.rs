//! What no order may ask, and what an account's legal form forbids.

use rust_decimal::Decimal;

use super::account::Account;
use super::commission;
use super::instrument::{Instrument, SecType};
use super::kind::OrderKind;
use super::market;
use super::matching::deepest_debit;
use super::order::{OrderRequest, Side};
use super::reject::Reject;
use super::scenario::Capability;
use super::valuation::Prices;

/// Largest quantity that is taken at all.
const MAX_QUANTITY: i64 = 1_000_000_000;
/// Largest price that is taken at all.
const MAX_PRICE: i64 = 10_000_000;
pub(super) fn check_quantity(instrument: &Instrument, quantity: Decimal) -> Result<(), Reject> {
    if quantity.is_zero() {
        return Err(Reject::new(434, "The order size cannot be zero."));
    }
    if quantity < Decimal::ZERO || quantity > Decimal::from(MAX_QUANTITY) {
        return Err(Reject::invalid(format!(
            "Order quantity {quantity} is out of range."
        )));
    }
    if !quantity.fract().is_zero() {
        return Err(Reject::new(
            10_243,
            "Fractional-sized order cannot be placed via API.",
        ));
    }
    let remainder = quantity
        .checked_rem(instrument.size_increment)
        .unwrap_or_default();
    if quantity < instrument.min_size || !remainder.is_zero() {
        return Err(Reject::order(format!(
            "Order quantity must be a multiple of the lot size {}.",
            instrument.size_increment
        )));
    }
    Ok(())
}

pub(super) fn check_route(instrument: &Instrument, exchange: &str) -> Result<(), Reject> {
    let known = exchange.is_empty()
        || instrument
            .valid_exchanges
            .iter()
            .any(|venue| venue.eq_ignore_ascii_case(exchange))
        || (exchange.eq_ignore_ascii_case("SMART") && instrument.sec_type == SecType::Stock);
    if known {
        Ok(())
    } else {
        Err(Reject::new(
            200,
            format!("Invalid destination or exchange selected: {exchange}"),
        ))
    }
}

/// How far through the market a limit may be: a tenth, for options half and at least 0.50.
pub(super) fn collar(instrument: &Instrument, touch: Decimal) -> Decimal {
    match instrument.sec_type {
        SecType::Option => (touch / Decimal::TWO).max(Decimal::new(5, 1)),
        _ => touch / Decimal::TEN,
    }
}

pub(super) fn check_prices(
    ladder: &[(i64, i64)],
    request: &OrderRequest,
    touch: Decimal,
    width: Decimal,
) -> Result<(), Reject> {
    for price in request.kind.prices() {
        if price <= Decimal::ZERO || price > Decimal::from(MAX_PRICE) {
            return Err(Reject::order(format!(
                "Limit price {price} is out of range."
            )));
        }
        let on_tick = market::to_units(price)
            .is_some_and(|units| units % market::tick_at(ladder, units) == 0);
        if !on_tick {
            return Err(Reject::new(
                110,
                "The price does not conform to the minimum price variation for this contract.",
            ));
        }
    }
    let OrderKind::Limit(limit) = request.kind else {
        return Ok(());
    };
    let too_far = match request.side {
        Side::Buy => limit > touch + width,
        Side::Sell => limit < touch - width,
    };
    if too_far {
        return Err(Reject::order(format!(
            "We cannot accept an order at the limit price you selected. Please submit your order using a limit price that is closer to the current market price of {touch}."
        )));
    }
    Ok(())
}

/// Short options that an IRA or a cash account may not have: calls without cover, and in a cash
/// account spreads that could be assigned early.
pub(super) fn check_options(
    prices: Prices<'_>,
    before: &Account,
    after: &Account,
) -> Result<(), Reject> {
    if before.capability == Capability::RegTMargin {
        return Ok(());
    }
    let total = |account: &Account| {
        let found = prices.option_margin(account);
        found
            .iter()
            .fold((Decimal::ZERO, Decimal::ZERO), |sum, (_, one)| {
                (sum.0 + one.naked_calls, sum.1 + one.american_spreads)
            })
    };
    let (had, has) = (total(before), total(after));
    if has.0 > had.0 {
        return Err(Reject::order(
            "Uncovered option positions are not allowed in an IRA or cash account. The short call is not covered by the underlying or by a long call.",
        ));
    }
    if before.capability == Capability::Cash && has.1 > had.1 {
        return Err(Reject::order(
            "Spreads of American-style options are not allowed in a cash account.",
        ));
    }
    Ok(())
}

/// What the account's legal form forbids, whatever its means.
pub(super) fn check_form(
    instrument: &Instrument,
    side: Side,
    before: &Account,
    after: &Account,
) -> Result<(), Reject> {
    if before.capability == Capability::RegTMargin {
        return Ok(());
    }
    let limited = before.capability == Capability::LimitedMargin;
    if instrument.is_mlp && limited && side == Side::Buy {
        return Err(Reject::order(
            "Securities that generate unrelated business taxable income are not allowed in an IRA.",
        ));
    }
    if instrument.sec_type == SecType::Stock
        && side == Side::Sell
        && after.quantity_of(instrument.con_id) < Decimal::ZERO
    {
        return Err(Reject::order(
            "Short stock positions can not be held in an IRA or cash account.",
        ));
    }
    if let Some(currency) = deepest_debit(before, after) {
        return Err(Reject::order(format!(
            "The order would leave a debit in {currency}; borrowing is not allowed in an IRA or cash account. AVAILABLE [{} {currency}] AFTER [{} {currency}]",
            before.cash_in(currency).round_dp(2),
            after.cash_in(currency).round_dp(2)
        )));
    }
    let paid_in = commission::currency(instrument);
    if before.capability == Capability::Cash
        && side == Side::Buy
        && after.settled_in(paid_in) < Decimal::ZERO
    {
        return Err(Reject::order(format!(
            "The settled cash of the account [{} {paid_in}] is not enough for this purchase.",
            before.settled_in(paid_in).round_dp(2)
        )));
    }
    Ok(())
}
