//! Whether the brokerage takes an order, and what the order would do.
//!
//! The same walk serves placing, changing and the what-if. Stricter than needed in one way: other
//! working orders on the same side count as if they were filled, and those on the other side not at all.

use rust_decimal::Decimal;

use super::account::Account;
use super::catalog::Catalog;
use super::commission;
use super::currency::Currency;
use super::ids::{AccountId, ClientId};
use super::lending::Lending;
use super::limits::{check_form, check_options, check_prices, check_quantity, check_route, collar};
use super::order::{Order, OrderRequest, Side};
use super::permission;
use super::preview::{MarginState, WhatIf};
use super::reject::Reject;
use super::shape::check_terms;
use super::state::State;
use super::valuation::Valuation;

/// Working orders for one contract, side and account.
const MAX_WORKING: usize = 20;

/// An order that was found acceptable.
#[derive(Debug)]
pub(super) struct Accepted {
    pub(super) account: AccountId,
    pub(super) price: Decimal,
    pub(super) commission: Decimal,
    pub(super) commission_currency: Currency,
    pub(super) before: Valuation,
    pub(super) after: Valuation,
}

impl State {
    /// Checks a request; `replaced` is the working order that it would change.
    pub(super) fn check(
        &self,
        catalog: &Catalog,
        client: ClientId,
        request: &OrderRequest,
        replaced: Option<&Order>,
    ) -> Result<Accepted, Reject> {
        let unknown = || Reject::new(200, "No security definition has been found for the request");
        let parts = request.parts(catalog).ok_or_else(unknown)?;
        let first = parts.first().ok_or_else(unknown)?;
        let listing = catalog.listing(first.con_id).ok_or_else(unknown)?;
        let (instrument, profile) = (listing.instrument, listing.profile);
        let account = self.account_of(&request.account)?;
        for part in &parts {
            let instrument = catalog.get(part.con_id).ok_or_else(unknown)?;
            check_quantity(instrument, request.quantity * part.ratio)?;
            check_route(instrument, &request.exchange)?;
            if !instrument.is_tradable() {
                return Err(Reject::order("This contract is not available for trading."));
            }
        }
        // As if it filled where the market is, whatever its limit: a limit away from the market
        // would otherwise show the difference as if it were earned.
        let (price, _) = self
            .touch(catalog, request.side, &parts)
            .ok_or_else(|| Reject::order("This contract is not available for trading."))?;
        check_terms(catalog, request, instrument, self.now)?;
        if request.terms.combo.is_none() {
            check_prices(&profile.ladder, request, price, collar(instrument, price))?;
        }
        for part in &parts {
            if self.lending(catalog, request, part, &account.id) == Lending::None {
                return Err(Reject::order(
                    "The contract is not available for short sale.",
                ));
            }
        }
        // Their sum counts the legs by ratio alone.
        if !request.terms.leg_limits.is_empty() && parts.iter().any(|p| p.weight != p.ratio) {
            return Err(Reject::new(
                10_058,
                "Leg prices are not supported for this combo order.",
            ));
        }
        let parent = self.parent_of(client, request, replaced)?;
        self.check_group(request, &account.id, replaced)?;
        let working = self.rivals(request, &account.id, replaced).count();
        if working >= MAX_WORKING {
            return Err(Reject::order(format!(
                "Only {MAX_WORKING} working orders are allowed for one contract, side and account"
            )));
        }

        let draft = replaced
            .cloned()
            .unwrap_or_else(|| Order::draft(client, account.id.clone(), request.clone(), self.now));
        let remaining = request.quantity - draft.filled;
        let pieces = self.pieces(catalog, &draft, &parts, (price, remaining));
        let fee = pieces.iter().map(|piece| piece.fee).sum();
        // An attached order meets the account as its parent leaves it.
        let mut base = account.clone();
        if let Some((parent, left)) = parent {
            self.book_at_market(catalog, &mut base, parent, left);
        }
        let mut alone = base.clone();
        for piece in &pieces {
            alone.book(&piece.booking(self.day));
        }
        let mut with_rivals = alone.clone();
        for rival in self.reserving(request, &account.id, replaced) {
            self.book_at_market(catalog, &mut with_rivals, rival, rival.remaining());
        }
        for piece in &pieces {
            permission::check_kind(piece.instrument, &base, &alone)?;
            check_form(piece.instrument, piece.side, &base, &with_rivals)?;
        }

        let prices = self.prices(catalog);
        let (before, after) = (prices.value(&base), prices.value(&alone));
        permission::check_level(prices, &base, &with_rivals)?;
        check_options(prices, &base, &with_rivals)?;
        let reserved = prices.value(&with_rivals);
        // Alone too: what a rival would make room for is not there until it has filled.
        let room = reserved.available().min(after.available());
        if room < Decimal::ZERO && after.initial > before.initial {
            return Err(Reject::order(format!(
                "YOUR ORDER IS NOT ACCEPTED. IN ORDER TO OBTAIN THE DESIRED POSITION YOUR EQUITY WITH LOAN VALUE [{} USD] MUST EXCEED THE INITIAL MARGIN [{} USD]",
                reserved.equity_with_loan(),
                reserved.initial
            )));
        }
        Ok(Accepted {
            account: account.id.clone(),
            price,
            commission: fee,
            commission_currency: commission::currency(instrument),
            before,
            after,
        })
    }

    /// The order that a request is attached to, and how much of it has not filled yet; `None` when
    /// there is none to wait for.
    fn parent_of<'a>(
        &'a self,
        client: ClientId,
        request: &OrderRequest,
        replaced: Option<&Order>,
    ) -> Result<Option<(&'a Order, Decimal)>, Reject> {
        let Some(id) = request.terms.parent else {
            return Ok(None);
        };
        if replaced.is_some_and(|order| order.progress.released) {
            return Ok(None);
        }
        if let Some(parent) = self
            .working_at(client, id)
            .and_then(|index| self.working.get(index))
        {
            return Ok(Some((parent, parent.remaining())));
        }
        self.held
            .iter()
            .find(|held| held.client_id == client && held.order_id == id)
            .map(|held| Some((held, held.remaining())))
            .ok_or_else(|| Reject::new(135, format!("Can't find order with id ={id}")))
    }

    /// A group in which something has traded takes no more orders, or it would fill more than once, and no order changes its group.
    fn check_group(
        &self,
        request: &OrderRequest,
        account: &AccountId,
        replaced: Option<&Order>,
    ) -> Result<(), Reject> {
        let named = request.terms.oca.as_ref();
        if let Some(order) = replaced {
            let same = match (named, &order.progress.oca) {
                (None, _) => true,
                (Some(named), Some(own)) => named.group == own.group,
                (Some(_), None) => false,
            };
            return if same {
                Ok(())
            } else {
                Err(Reject::new(10_326, "OCA group revision is not allowed."))
            };
        }
        let completed = self.completed.iter().rev().map(|done| &done.order);
        let traded = named.is_some_and(|named| {
            self.working.iter().chain(completed).any(|order| {
                order.account == *account
                    && order.filled > Decimal::ZERO
                    && order
                        .progress
                        .oca
                        .as_ref()
                        .is_some_and(|oca| oca.group == named.group)
            })
        });
        if traded {
            Err(Reject::order(
                "An order of the OCA group has been filled already.",
            ))
        } else {
            Ok(())
        }
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

    /// The working orders that must be affordable together with this one: those on its side that
    /// can fill besides it, of each group only one, and none that waits for another.
    fn reserving<'a>(
        &'a self,
        request: &'a OrderRequest,
        account: &'a AccountId,
        replaced: Option<&'a Order>,
    ) -> impl Iterator<Item = &'a Order> {
        let own = replaced
            .and_then(|order| order.progress.oca.as_ref())
            .or(request.terms.oca.as_ref());
        let mut groups: Vec<&str> = own.map(|oca| oca.group.as_str()).into_iter().collect();
        self.rivals_on_side(request.side, account, replaced)
            .filter(move |order| {
                let group = order.progress.oca.as_ref().map(|oca| oca.group.as_str());
                let counted = group.is_some_and(|group| groups.contains(&group));
                groups.extend(group);
                !counted && !order.waits_for_parent()
            })
    }

    /// Enters so much of an order as if it filled at the market.
    fn book_at_market(
        &self,
        catalog: &Catalog,
        account: &mut Account,
        order: &Order,
        quantity: Decimal,
    ) {
        let Some(parts) = order.request.parts(catalog) else {
            return;
        };
        let Some((price, _)) = self.touch(catalog, order.request.side, &parts) else {
            return;
        };
        for piece in self.pieces(catalog, order, &parts, (price, quantity)) {
            account.book(&piece.booking(self.day));
        }
    }
}

impl Accepted {
    pub(super) fn into_what_if(self) -> WhatIf {
        let (before, after) = (self.before.margin_state(), self.after.margin_state());
        WhatIf {
            before,
            change: MarginState {
                initial: after.initial - before.initial,
                maintenance: after.maintenance - before.maintenance,
                equity_with_loan: after.equity_with_loan - before.equity_with_loan,
            },
            after,
            margin_currency: Currency::Usd,
            commission: self.commission,
            commission_currency: self.commission_currency,
            assumed_price: self.price,
            warning: None,
        }
    }
}
