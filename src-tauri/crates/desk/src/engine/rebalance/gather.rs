//! What a plan is made from.

use super::super::Desk;
use crate::view::RebalanceInput;
use gatehouse_analytics::rebalance::{AccountFacts, Holding, Household, Listing, Quoted};
use gatehouse_domain::Decimal;
use gatehouse_domain::account::{AccountKind, Tag};
use gatehouse_domain::contract::{Contract, SecurityKind};
use gatehouse_domain::draft::Side;
use gatehouse_domain::id::{AccountId, ConId};
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::position::{Position, PositionKey};
use gatehouse_domain::quote::QuoteField;
use gatehouse_rules::facts::Trade;
use gatehouse_rules::rule_named;
use rust_decimal::prelude::ToPrimitive as _;
use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

/// How long before and after a sale at a loss a purchase takes the loss away (26 U.S.C. 1091).
const WASH: Duration = Duration::from_secs(30 * 24 * 3600);

/// The household, and where its listings are found.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub(super) household: Household,
    pub(super) by_symbol: HashMap<String, usize>,
    by_con_id: HashMap<ConId, usize>,
    /// How many positions there are that are not traded by the share.
    pub(super) others: usize,
}

impl Gathered {
    fn add(&mut self, listing: Listing) -> usize {
        let at = self.household.listings.len();
        self.by_con_id.insert(listing.con_id, at);
        self.by_symbol
            .entry(listing.symbol.to_uppercase())
            .or_insert(at);
        self.household.listings.push(listing);
        at
    }
}

impl Desk {
    /// All stocks that are held or were found for a target, with every account.
    pub(super) fn gather_household(&self, input: &RebalanceInput, now: UnixMillis) -> Gathered {
        let mut gathered = Gathered::default();
        let mut places: BTreeMap<&AccountId, usize> = BTreeMap::new();
        for id in &self.account_order {
            places.insert(id, gathered.household.accounts.len());
            gathered
                .household
                .accounts
                .push(self.account_facts(id, input, now));
        }
        let listing_of = |gathered: &mut Gathered, contract: &Contract| {
            let known = gathered.by_con_id.get(&contract.con_id).copied();
            known.unwrap_or_else(|| gathered.add(self.listing(contract, now)))
        };
        // What a person chose for a symbol stands before another that is held by the same name.
        for named in &input.symbols {
            let contract = ConId::new(named.con_id).and_then(|id| self.contracts.get(&id));
            if let Some(contract) = contract.filter(|c| c.kind == SecurityKind::Stock) {
                let at = listing_of(&mut gathered, contract);
                gathered
                    .by_symbol
                    .insert(named.symbol.trim().to_uppercase(), at);
            }
        }
        for (key, position) in &self.positions {
            if position.contract.kind != SecurityKind::Stock {
                gathered.others += 1;
                continue;
            }
            let Some(account) = places.get(&key.account) else {
                continue;
            };
            let listing = listing_of(&mut gathered, &position.contract);
            gathered.household.holdings.push(Holding {
                account: *account,
                listing,
                quantity: position.quantity.value,
                free: self.free_shares(position, now),
                cost: position.average_cost,
                value: position.value.map(|seen| seen.value),
            });
        }
        let working = self
            .orders
            .iter()
            .filter(|(_, order)| order.state.may_fill());
        for (_, order) in working {
            let contract = &order.terms.contract;
            let legs = contract.legs.iter().map(|leg| leg.con_id);
            for con_id in legs.chain([contract.con_id]) {
                let listing = gathered.by_con_id.get(&con_id).copied();
                if let Some(place) = places.get(&order.terms.account).copied().zip(listing) {
                    gathered.household.working.insert(place);
                }
            }
        }
        for (id, account) in &places {
            for (con_id, listing) in &gathered.by_con_id {
                let key = PositionKey {
                    account: (*id).clone(),
                    con_id: *con_id,
                };
                if !self.unbooked.net(&key, now).is_zero() {
                    gathered.household.working.insert((*account, *listing));
                }
            }
        }
        gathered
    }

    /// How many shares can be sold with every option that the account sold left covered.
    fn free_shares(&self, held: &Position, now: UnixMillis) -> Option<Decimal> {
        let quantity = held.quantity.value.max(Decimal::ZERO);
        let holdings = self.holdings(&held.account, &held.contract, &[], now)?;
        holdings.spare(&held.contract, quantity, Decimal::ZERO)
    }

    fn account_facts(
        &self,
        id: &AccountId,
        input: &RebalanceInput,
        now: UnixMillis,
    ) -> AccountFacts {
        let account = self.of_this_session(&self.accounts[id]);
        // What the rules hold to cash that is there.
        let settled_only = account.kind.is_ira()
            || account.kind == AccountKind::Unknown
            || self.trades_in_cash(id);
        let bound = match settled_only {
            true => self.ends_of_sold(&account, None, &[], now),
            // Margin secures them.
            false => Some(Decimal::ZERO),
        };
        let in_base = account.base.and_then(|base| account.cash_in(base));
        AccountFacts {
            id: id.clone(),
            kind: account.kind,
            settled_only,
            base: account.base,
            cash: account.figure(Tag::TotalCashValue),
            // What is there in other currencies can't be spent in this one.
            settled_cash: account
                .figure(Tag::SettledCash)
                .map(|settled| in_base.map_or(settled, |held| settled.min(held))),
            working_buys: self.committed_cash(&account, &[], now),
            bound,
            rates: account
                .exchange_rates
                .iter()
                .map(|(c, seen)| (*c, seen.value))
                .collect(),
            locked: input
                .locked_accounts
                .iter()
                .any(|locked| locked == id.as_str()),
        }
    }

    fn listing(&self, contract: &Contract, now: UnixMillis) -> Listing {
        let trades = self.trades_on(contract, now);
        let lately = || trades.iter().filter(|trade| now.since(trade.at) <= WASH);
        // What a sale of shares realized counts as a loss while that is not told.
        let is_loss = |trade: &Trade<'_>| match trade.realized {
            Some(realized) => realized < Decimal::ZERO,
            None => trade.contract.kind == SecurityKind::Stock,
        };
        let con_id = contract.con_id;
        Listing {
            con_id,
            symbol: contract.symbol.to_string(),
            currency: contract.currency,
            step: self.instruments.get(&con_id).and_then(|i| i.size_increment),
            quoted: self.quoted(con_id, now),
            locked: false,
            tax_inefficient: false,
            roth_first: false,
            bought_lately: lately().any(|trade| trade.side == Side::Buy),
            sold_at_loss_lately: lately()
                .any(|trade| trade.side == Side::Sell && !trade.kind.is_ira() && is_loss(trade)),
        }
    }

    /// A price is fresh here for as long as the rules call it so.
    fn quoted(&self, con_id: ConId, now: UnixMillis) -> Quoted {
        let quote = self.quotes.get(&con_id);
        // Without its details there is no step of prices to make a ticket from.
        let known = self.instruments.contains_key(&con_id);
        let Some((quote, mark)) = quote.and_then(|q| Some((q, q.mark()?))).filter(|_| known) else {
            return Quoted::Missing;
        };
        let seconds = rule_named("price.fresh")
            .and_then(|rule| self.options.book.at(None).number(rule, "seconds"))
            .and_then(|seconds| seconds.to_u64())
            .unwrap_or_default();
        if !quote.is_fresh(now, Duration::from_secs(seconds)) {
            return Quoted::Stale(mark);
        }
        let value = |field| quote.get(field).map(|seen| seen.value);
        Quoted::Fresh {
            mark,
            bid: value(QuoteField::Bid),
            ask: value(QuoteField::Ask),
        }
    }
}
