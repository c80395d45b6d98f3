//! Whether the brokerage takes an order, and what the order would do.
//!
//! The same walk serves placing, changing and the what-if. Stricter than needed in one way: other
//! working orders on the same side count as if they were filled, and those on the other side not at all.

use rust_decimal::Decimal;

use super::account::{Account, Booking};
use super::catalog::Catalog;
use super::commission;
use super::ids::AccountId;
use super::instrument::{Instrument, SecType};
use super::market;
use super::matching::deepest_debit;
use super::order::{Order, OrderKind, OrderRequest, Side};
use super::preview::{MarginState, WhatIf};
use super::reject::Reject;
use super::scenario::Capability;
use super::state::State;
use super::valuation::{Prices, Valuation};

/// Largest quantity that is taken at all.
const MAX_QUANTITY: i64 = 1_000_000_000;
/// Largest price that is taken at all.
const MAX_PRICE: i64 = 10_000_000;
/// Working orders for one contract, side and account.
const MAX_WORKING: usize = 20;

/// An order that was found acceptable.
#[derive(Debug)]
pub(super) struct Accepted {
    pub(super) account: AccountId,
    pub(super) price: Decimal,
    pub(super) commission: Decimal,
    pub(super) before: Valuation,
    pub(super) after: Valuation,
}

impl State {
    /// Checks a request; `replaced` is the working order that it would change.
    pub(super) fn check(
        &self,
        catalog: &Catalog,
        request: &OrderRequest,
        replaced: Option<&Order>,
    ) -> Result<Accepted, Reject> {
        let place = catalog.position(request.con_id).ok_or_else(|| {
            Reject::new(200, "No security definition has been found for the request")
        })?;
        let (Some(instrument), Some(profile), Some(market)) = (
            catalog.instruments().get(place),
            catalog.profiles().get(place),
            self.markets.get(place),
        ) else {
            return Err(Reject::new(
                200,
                "No security definition has been found for the request",
            ));
        };
        let account = self.account_of(&request.account)?;
        check_quantity(instrument, request.quantity)?;
        check_route(instrument, &request.exchange)?;
        let (touch, _) = market
            .offered_to(request.side)
            .filter(|_| instrument.is_tradable())
            .ok_or_else(|| Reject::order("This contract is not available for trading."))?;
        if instrument.sec_type == SecType::Future && !account.futures_permission {
            return Err(Reject::order("No Trading Permission"));
        }
        // As if it filled where the market is, whatever its limit: a limit away from the market
        // would otherwise show the difference as if it were earned.
        let price = touch;
        if let OrderKind::Limit(limit) = request.kind {
            check_limit(&profile.ladder, request.side, limit, touch)?;
        }
        let working = self.rivals(request, &account.id, replaced).count();
        if working >= MAX_WORKING {
            return Err(Reject::order(format!(
                "Only {MAX_WORKING} working orders are allowed for one contract, side and account"
            )));
        }

        let filled = replaced.map_or(Decimal::ZERO, |order| order.filled);
        let filled_value = replaced.map_or(Decimal::ZERO, |order| order.filled_value);
        let charged = replaced.map_or(Decimal::ZERO, |order| order.commission);
        let remaining = request.quantity - filled;
        let value = (filled_value + remaining * price) * instrument.multiplier;
        let fee = commission::of_order(instrument, request.quantity, value) - charged;
        let booking = Booking {
            instrument,
            side: request.side,
            quantity: remaining,
            price,
            commission: fee,
            day: self.day,
        };
        let mut alone = account.clone();
        alone.book(&booking);
        let mut with_rivals = alone.clone();
        for rival in self.rivals_on_side(request.side, &account.id, replaced) {
            self.book_rival(catalog, &mut with_rivals, rival);
        }
        check_form(instrument, request.side, account, &with_rivals)?;

        let prices = Prices {
            catalog,
            markets: &self.markets,
        };
        let (before, after) = (prices.value(account), prices.value(&alone));
        let reserved = prices.value(&with_rivals);
        if reserved.available() < Decimal::ZERO && after.initial > before.initial {
            return Err(Reject::order(format!(
                "YOUR ORDER IS NOT ACCEPTED. IN ORDER TO OBTAIN THE DESIRED POSITION YOUR EQUITY WITH LOAN VALUE [{} USD] MUST EXCEED THE INITIAL MARGIN [{} USD]",
                reserved.net_liquidation(),
                reserved.initial
            )));
        }
        Ok(Accepted {
            account: account.id.clone(),
            price,
            commission: fee,
            before,
            after,
        })
    }

    /// The account that a request names.
    fn account_of(&self, wanted: &str) -> Result<&Account, Reject> {
        let wanted = wanted.trim();
        match (wanted.is_empty(), self.accounts.as_slice()) {
            (true, [only]) => Ok(only),
            (true, _) => Err(Reject::new(435, "You must specify an account.")),
            (false, accounts) => accounts
                .iter()
                .find(|account| account.id.as_str() == wanted)
                .ok_or_else(|| Reject::invalid(format!("Invalid account code '{wanted}'."))),
        }
    }

    fn rivals_on_side(
        &self,
        side: Side,
        account: &AccountId,
        replaced: Option<&Order>,
    ) -> impl Iterator<Item = &Order> {
        let replaced = replaced.map(|order| order.perm_id);
        self.working.iter().filter(move |order| {
            order.account == *account
                && order.request.side == side
                && Some(order.perm_id) != replaced
        })
    }

    fn rivals(
        &self,
        request: &OrderRequest,
        account: &AccountId,
        replaced: Option<&Order>,
    ) -> impl Iterator<Item = &Order> {
        let con_id = request.con_id;
        self.rivals_on_side(request.side, account, replaced)
            .filter(move |order| order.request.con_id == con_id)
    }

    fn book_rival(&self, catalog: &Catalog, account: &mut Account, order: &Order) {
        let Some(place) = catalog.position(order.request.con_id) else {
            return;
        };
        let (Some(instrument), Some(market)) =
            (catalog.instruments().get(place), self.markets.get(place))
        else {
            return;
        };
        let Some((touch, _)) = market.offered_to(order.request.side) else {
            return;
        };
        let price = touch;
        let quantity = order.remaining();
        account.book(&Booking {
            instrument,
            side: order.request.side,
            quantity,
            price,
            commission: super::matching::next_commission(order, instrument, quantity, price),
            day: self.day,
        });
    }
}

impl Accepted {
    pub(super) fn into_what_if(self, instrument: &Instrument) -> WhatIf {
        let (before, after) = (self.before.margin_state(), self.after.margin_state());
        WhatIf {
            before,
            change: MarginState {
                initial: after.initial - before.initial,
                maintenance: after.maintenance - before.maintenance,
                equity_with_loan: after.equity_with_loan - before.equity_with_loan,
            },
            after,
            margin_currency: super::currency::Currency::Usd,
            commission: self.commission,
            commission_currency: commission::currency(instrument),
            assumed_price: self.price,
            warning: None,
        }
    }
}

fn check_quantity(instrument: &Instrument, quantity: Decimal) -> Result<(), Reject> {
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

fn check_route(instrument: &Instrument, exchange: &str) -> Result<(), Reject> {
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

fn check_limit(
    ladder: &[(i64, i64)],
    side: Side,
    limit: Decimal,
    touch: Decimal,
) -> Result<(), Reject> {
    if limit <= Decimal::ZERO || limit > Decimal::from(MAX_PRICE) {
        return Err(Reject::order(format!(
            "Limit price {limit} is out of range."
        )));
    }
    let on_tick =
        market::to_units(limit).is_some_and(|units| units % market::tick_at(ladder, units) == 0);
    if !on_tick {
        return Err(Reject::new(
            110,
            "The price does not conform to the minimum price variation for this contract.",
        ));
    }
    let too_far = match side {
        Side::Buy => limit > touch * Decimal::new(11, 1),
        Side::Sell => limit < touch * Decimal::new(9, 1),
    };
    if too_far {
        return Err(Reject::order(format!(
            "We cannot accept an order at the limit price you selected. Please submit your order using a limit price that is closer to the current market price of {touch}."
        )));
    }
    Ok(())
}

/// What the account's legal form forbids, whatever its means.
fn check_form(
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
