//! What the rules are told.

use super::Desk;
use super::trades::is_on;
use crate::effect::OrderNo;
use gatehouse_domain::Decimal;
use gatehouse_domain::account::Account;
use gatehouse_domain::combo::worth::worst_worth;
use gatehouse_domain::contract::{Contract, Instrument, SecurityKind};
use gatehouse_domain::draft::{Draft, Side};
use gatehouse_domain::id::{AccountId, ConId, IntentId};
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::observed::Observed;
use gatehouse_domain::order::{Order, OrderState};
use gatehouse_domain::position::PositionKey;
use gatehouse_domain::pricing::Pricing;
use gatehouse_domain::what_if::WhatIf;
use gatehouse_rules::facts::{Holdings, LegFact, Lot};
use gatehouse_rules::{Facts, Judgement, Verdict, Weighed, judge, own, weigh, worst_price};
use std::collections::BTreeMap;

impl Desk {
    pub(super) fn judge(
        &self,
        draft: &Draft,
        instrument: &Instrument,
        now: UnixMillis,
    ) -> Judgement {
        self.with_facts(draft, instrument, now, |facts| {
            judge(draft, facts, &self.options.book, now)
        })
    }

    /// Judges with the broker's answer to the draft's what-if.
    pub(super) fn weigh(
        &self,
        draft: &Draft,
        instrument: &Instrument,
        what_if: Observed<&WhatIf>,
        now: UnixMillis,
    ) -> Result<Weighed, Verdict> {
        self.with_facts(draft, instrument, now, |facts| {
            weigh(draft, facts, what_if, &self.options.book, now)
        })
    }

    /// The facts that the person's own rules could know of a draft, as they are written down.
    pub(super) fn seen_of(
        &self,
        draft: &Draft,
        instrument: &Instrument,
        now: UnixMillis,
    ) -> BTreeMap<String, Option<String>> {
        self.with_facts(draft, instrument, now, |facts| {
            own::seen(draft, facts, &self.options.book, now)
        })
    }

    fn with_facts<T>(
        &self,
        draft: &Draft,
        instrument: &Instrument,
        now: UnixMillis,
        ask: impl FnOnce(&Facts<'_>) -> T,
    ) -> T {
        let account = self
            .accounts
            .get(&draft.account)
            .map(|a| self.of_this_session(a));
        let account = account.as_ref();
        let changed = draft.changes.as_ref().and_then(|intent| self.named(intent));
        let legs: Vec<LegFact<'_>> = draft
            .legs
            .iter()
            .map(|leg| LegFact {
                contract: self.instruments.get(&leg.con_id).map(|i| &i.contract),
                leg,
            })
            .collect();
        let without: Vec<OrderNo> = changed.into_iter().collect();
        let holdings = self.holdings(&draft.account, &instrument.contract, &without, now);
        let quote = self.quote_of(draft);
        let contract = &instrument.contract;
        let trades = self.trades_on(contract, now);
        let open = self.open_on(contract, &without);
        let by_symbol = account.map_or_else(Vec::new, |account| self.by_symbol(account));
        let by_industry = self.by_industry(&draft.account, &without);
        let facts = Facts {
            mode: self.mode,
            armed_until: self.armed_until(now),
            stopped: self.stopped.is_some(),
            profile_read_only: self.profile_read_only(),
            unexpected: self.unexpected(),
            connected: self.is_complete(),
            account,
            instrument,
            quote: quote.as_deref(),
            could_be_delayed: self.could_be_delayed(draft.con_id),
            legs: &legs,
            holdings: holdings.as_ref(),
            position: self.held_for(draft.side, &draft.account, draft.con_id, now),
            working_sells: self.working_of(Side::Sell, &draft.account, draft.con_id, &without),
            working_buys: self.working_of(Side::Buy, &draft.account, draft.con_id, &without),
            working_buys_cost: account
                .and_then(|account| self.committed_cash(account, &without, now)),
            ends_elsewhere: account.and_then(|account| {
                self.ends_of_sold(account, Some(&instrument.contract), &without, now)
            }),
            what_if: None,
            working_margin: self.working_margin(&draft.account, &without),
            intent_already_sent: self.orders.by_intent(&draft.intent).is_some()
                || self.sent_changes.contains(&draft.intent),
            changed: changed.map(|no| self.orders.get(no)),
            exposure: account.map_or_else(Default::default, |account| {
                self.exposure(account, &instrument.contract)
            }),
            sent: self.sent_lately(draft, &instrument.contract, now),
            high_water: self
                .high_water
                .get(&draft.account)
                .and_then(|high| high.seen),
            to_come: changed.map_or(Decimal::ZERO, |no| self.to_come(no)),
            average_cost: self.average_cost(&draft.account, contract),
            trades: &trades,
            trades_since: Some(self.trades_since()),
            open: &open,
            spending: self.spending(&draft.account, contract, draft.side, &without, now),
            by_symbol: &by_symbol,
            by_industry: by_industry.as_deref(),
        };
        ask(&facts)
    }

    /// The account without figures from before the link was made anew: they are shown with
    /// their age, and nothing is judged by them.
    pub(super) fn of_this_session(&self, account: &Account) -> Account {
        let mut account = account.clone();
        let began = self.link.session_began;
        account.figures.retain(|_, seen| seen.at >= began);
        account.exchange_rates.retain(|_, seen| seen.at >= began);
        account.cash.retain(|_, seen| seen.at >= began);
        account
    }

    /// How many the account holds; `None` until all positions have been told.
    pub(super) fn held(&self, account: &AccountId, con_id: ConId) -> Option<Decimal> {
        let key = PositionKey {
            account: account.clone(),
            con_id,
        };
        self.positions_complete.then(|| {
            self.positions
                .get(&key)
                .map_or(Decimal::ZERO, |position| position.quantity.value)
        })
    }

    /// As [`Self::held`], for an order of this side: with what has filled and does not show yet, where
    /// that leaves less to close.
    pub(super) fn held_for(
        &self,
        side: Side,
        account: &AccountId,
        con_id: ConId,
        now: UnixMillis,
    ) -> Option<Decimal> {
        let told = self.held(account, con_id)?;
        let key = PositionKey {
            account: account.clone(),
            con_id,
        };
        let net = self.unbooked.net(&key, now);
        Some(match side {
            Side::Sell => told + net.min(Decimal::ZERO),
            Side::Buy => told + net.max(Decimal::ZERO),
        })
    }

    /// What working buy orders may still cost, and what fills cost that cash does not show yet.
    pub(super) fn committed_cash(
        &self,
        account: &Account,
        without: &[OrderNo],
        now: UnixMillis,
    ) -> Option<Decimal> {
        let working = self.working_buys_cost(account, without, now)?;
        working.checked_add(self.owed(&account.id, now)?)
    }

    /// What the account has of an underlying and the options on it, without these orders; `None`
    /// when that is not known in full, and for a contract that has to do with neither.
    pub(super) fn holdings<'a>(
        &'a self,
        account: &'a AccountId,
        wanted: &Contract,
        without: &[OrderNo],
        now: UnixMillis,
    ) -> Option<Holdings<'a>> {
        use SecurityKind::{Combo, Option as Opt, Stock};
        if !self.positions_complete || !matches!(wanted.kind, Stock | Opt | Combo) {
            return None;
        }
        // A combination made elsewhere may have several underlyings, which its symbol lists.
        let names_it = |contract: &Contract| {
            let mut symbols = contract.symbol.as_str().split(',');
            symbols.any(|symbol| symbol == wanted.symbol.as_str())
        };
        let on_it = |contract: &Contract| is_on(contract, wanted);
        // What was bought and does not show yet covers nothing; what was sold is gone.
        let sold = self.unbooked.sold(account, now);
        let held = self
            .positions
            .iter()
            .filter(|(key, _)| key.account == *account)
            .map(|(_, position)| (&position.contract, position.quantity.value))
            .chain(sold)
            .filter(|(contract, _)| on_it(contract))
            .collect();
        let working: Option<Vec<Vec<Lot<'a>>>> = [Side::Buy, Side::Sell]
            .into_iter()
            .flat_map(|side| self.working(account, side, without))
            .filter(|(_, order)| {
                order.terms.contract.kind != Combo || names_it(&order.terms.contract)
            })
            .map(|(no, order)| self.lots(order, self.counts_for(no, without)))
            .collect();
        let mut working = working?;
        working.retain(|lots| lots.iter().any(|(contract, _)| on_it(contract)));
        Some(Holdings { held, working })
    }

    /// How many of a working order count: of those attached to an entry as many as the entry
    /// has filled, and once for the two of them.
    fn counts_for(&self, no: OrderNo, without: &[OrderNo]) -> Decimal {
        let counted = self.counted_by_sibling(no)
            || without
                .iter()
                .any(|changed| self.are_siblings(*changed, no));
        match counted {
            true => Decimal::ZERO,
            false => self.attached_room(no).unwrap_or_else(|| self.left_of(no)),
        }
    }

    /// What so many of an order would bring, contract by contract.
    pub(super) fn lots<'a>(&'a self, order: &'a Order, left: Decimal) -> Option<Vec<Lot<'a>>> {
        let contract = &order.terms.contract;
        if contract.kind != SecurityKind::Combo {
            return Some(vec![(contract, left * order.terms.side.sign())]);
        }
        let lots = contract.legs.iter().map(|leg| {
            let contract = &self.instruments.get(&leg.con_id)?.contract;
            let amount = Decimal::from(leg.ratio) * leg.side.sign() * left;
            Some((contract, amount))
        });
        // A combination whose legs were not told could be anything.
        lots.collect::<Option<Vec<_>>>()
            .filter(|lots| !lots.is_empty())
    }

    /// How many more the account could sell of what an order that was refused was to sell; `None`
    /// for any other order, and until all positions have been told.
    pub(super) fn sellable(&self, refused: &Order) -> Option<Decimal> {
        let terms = &refused.terms;
        let con_id = terms.contract.con_id;
        let sells = terms.side == Side::Sell && terms.contract.legs.is_empty();
        if !sells || !matches!(refused.state, OrderState::Rejected { .. }) {
            return None;
        }
        Some(
            self.held(&terms.account, con_id)?
                - self.working_of(Side::Sell, &terms.account, con_id, &[]),
        )
    }

    /// The orders of the account that may still fill, but for these.
    pub(super) fn working<'a, 'b>(
        &'a self,
        account: &'b AccountId,
        side: Side,
        without: &'b [OrderNo],
    ) -> impl Iterator<Item = (OrderNo, &'a Order)> + use<'a, 'b> {
        self.orders.iter().filter(move |(no, o)| {
            o.terms.account == *account
                && o.terms.side == side
                && o.state.may_fill()
                && !without.contains(no)
        })
    }

    /// How many the entry that this order is attached to may still bring.
    fn to_come(&self, no: OrderNo) -> Decimal {
        self.intent_of(no)
            .and_then(IntentId::entry)
            .and_then(|entry| self.orders.by_intent(&entry))
            .map_or(Decimal::ZERO, |entry| self.orders.get(entry).remaining())
    }

    /// Whether two orders are attached to the same entry, and so close it once together.
    fn are_siblings(&self, one: OrderNo, other: OrderNo) -> bool {
        let entry = |no| self.intent_of(no).and_then(IntentId::entry);
        entry(one).is_some_and(|of| entry(other) == Some(of))
    }

    /// How many of an attached order can fill: as many as its entry has filled and its
    /// sibling has not closed yet. `None` for an order that is attached to none.
    fn attached_room(&self, no: OrderNo) -> Option<Decimal> {
        let intent = self.intent_of(no)?;
        let entry = self.orders.by_intent(&intent.entry()?)?;
        let family = self.orders.family(no)?;
        let closed: Decimal = family
            .iter()
            .filter(|member| **member != entry)
            .map(|member| self.orders.get(*member).filled())
            .sum();
        let room = self.orders.get(entry).filled() - closed;
        Some(room.clamp(Decimal::ZERO, self.orders.get(no).remaining()))
    }

    /// Whether an attached order's sibling stands before it and may still fill, so that the two
    /// together close once.
    fn counted_by_sibling(&self, no: OrderNo) -> bool {
        let Some(intent) = self.intent_of(no) else {
            return false;
        };
        let Some(entry) = intent.entry().filter(|_| !intent.is_take_profit()) else {
            return false;
        };
        self.orders
            .by_intent(&entry.take_profit())
            .is_some_and(|sibling| self.orders.get(sibling).state.may_fill())
    }

    /// How many of it working orders may still buy or sell.
    pub(super) fn working_of(
        &self,
        side: Side,
        account: &AccountId,
        con_id: ConId,
        without: &[OrderNo],
    ) -> Decimal {
        let alone: Decimal = self
            .working(account, side, without)
            .filter(|(_, order)| order.terms.contract.con_id == con_id)
            .map(|(no, _)| self.counts_for(no, without))
            .sum();
        let in_combinations: Decimal = [Side::Buy, Side::Sell]
            .into_iter()
            .flat_map(|of| self.working(account, of, without))
            .flat_map(|(no, order)| {
                let legs = order.terms.contract.legs.iter();
                legs.filter(|leg| leg.con_id == con_id && leg.side == side)
                    .map(move |leg| Decimal::from(leg.ratio) * self.left_of(no))
            })
            .sum();
        alone + in_combinations
    }

    fn working_buys_cost(
        &self,
        account: &Account,
        without: &[OrderNo],
        now: UnixMillis,
    ) -> Option<Decimal> {
        let bought: Option<Decimal> = self
            .working(&account.id, Side::Buy, without)
            .filter(|(_, order)| order.terms.contract.kind != SecurityKind::Future)
            .map(|(no, order)| self.worst_cost(no, order, account))
            .sum();
        // Whoever pays for a combination, its end may cost on top.
        let ends: Option<Decimal> = [Side::Buy, Side::Sell]
            .into_iter()
            .flat_map(|side| self.working(&account.id, side, without))
            .filter(|(_, order)| order.terms.contract.kind == SecurityKind::Combo)
            .map(|(no, order)| self.worst_end(no, order, account, without, now))
            .sum();
        // Who sells the base currency spends it.
        let exchanged: Decimal = self
            .working(&account.id, Side::Sell, without)
            .filter(|(_, order)| {
                let contract = &order.terms.contract;
                let base = account.base.map(|base| base.to_string());
                contract.kind == SecurityKind::Forex
                    && base.as_deref() == Some(contract.symbol.as_str())
            })
            .map(|(no, _)| self.left_of(no))
            .sum();
        bought?.checked_add(ends?)?.checked_add(exchanged)
    }

    /// What a combination may cost at its end at worst, in the account's base currency, without
    /// its price; nothing when it only gives back what is held.
    fn worst_end(
        &self,
        no: OrderNo,
        order: &Order,
        account: &Account,
        without: &[OrderNo],
        now: UnixMillis,
    ) -> Option<Decimal> {
        let contract = &order.terms.contract;
        let left = self.left_of(no);
        let others: Vec<OrderNo> = without.iter().copied().chain([no]).collect();
        let holdings = self.holdings(&account.id, contract, &others, now);
        let moves = self.lots(order, left);
        if holdings
            .zip(moves)
            .is_some_and(|(held, moves)| held.only_gives_back(&moves))
        {
            return Some(Decimal::ZERO);
        }
        let worst = worst_worth(&self.ends(contract)?)?.min(Decimal::ZERO);
        Self::times(&[
            Some(-worst),
            self.multiplier_of(contract),
            account.rate(contract.currency),
            Some(left),
        ])
    }

    /// What the ends of options may cost, in the account's base currency, on every underlying
    /// but that of `but_on`. `None` when that is not known.
    pub(super) fn ends_of_sold(
        &self,
        account: &Account,
        but_on: Option<&Contract>,
        without: &[OrderNo],
        now: UnixMillis,
    ) -> Option<Decimal> {
        if !self.positions_complete {
            return None;
        }
        let held = self.positions.iter().filter(|(key, position)| {
            key.account == account.id && !position.quantity.value.is_zero()
        });
        let sold = self.working(&account.id, Side::Sell, without);
        let unbooked = self.unbooked.sold(&account.id, now);
        let on_each: BTreeMap<(&str, &str), &Contract> = held
            .map(|(_, position)| &position.contract)
            .chain(unbooked.into_iter().map(|(contract, _)| contract))
            .chain(sold.map(|(_, order)| &order.terms.contract))
            .filter(|contract| contract.kind == SecurityKind::Option)
            .map(|contract| {
                (
                    (contract.symbol.as_str(), contract.currency.as_str()),
                    contract,
                )
            })
            .filter(|(on, _)| {
                but_on.is_none_or(|but| *on != (but.symbol.as_str(), but.currency.as_str()))
            })
            .collect();
        on_each
            .into_values()
            .map(|option| {
                let holdings = self.holdings(&account.id, option, without, now)?;
                let cost = holdings.end_cost(&[])?;
                match cost.is_zero() {
                    true => Some(cost),
                    false => Self::times(&[Some(cost), account.rate(option.currency)]),
                }
            })
            .sum()
    }

    pub(super) fn worst_cost(
        &self,
        no: OrderNo,
        order: &Order,
        account: &Account,
    ) -> Option<Decimal> {
        let rate = account.rate(order.terms.contract.currency);
        Self::times(&[self.worst_price_in_all(no), rate])
    }

    /// What is left of an order may cost at worst, in what it is priced in: at the price that the
    /// broker lists or at that of a change which it has not listed yet, whichever is more.
    pub(super) fn worst_price_in_all(&self, no: OrderNo) -> Option<Decimal> {
        let entry = self.orders.entry(no);
        let contract = &entry.order.terms.contract;
        // An order type that is not known here is reckoned as a market order.
        let listed = entry.order.terms.pricing.unwrap_or(Pricing::Market);
        let quote = self.market_of(contract, Side::Buy);
        let changes = entry.changes.iter().map(|change| change.pricing);
        let prices: Option<Vec<Decimal>> = std::iter::once(listed)
            .chain(changes)
            .map(|pricing| worst_price(Side::Buy, pricing, quote.as_deref(), &self.options.book))
            .collect();
        let price = prices?.into_iter().max();
        Self::times(&[price, self.multiplier_of(contract), Some(self.left_of(no))])
    }
}
