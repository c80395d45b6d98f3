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
use gatehouse_domain::order::{Order, OrderState};
use gatehouse_domain::position::PositionKey;
use gatehouse_domain::pricing::Pricing;
use gatehouse_rules::facts::{Holdings, LegFact, Lot};
use gatehouse_rules::{Facts, Judgement, judge, own, worst_price};
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
        let holdings = self.holdings(&draft.account, &instrument.contract, &without);
        let quote = self.quote_of(draft);
        let contract = &instrument.contract;
        let trades = self.trades_on(contract, now);
        let open = self.open_on(contract, &without);
        let by_symbol = account.map_or_else(Vec::new, |account| self.by_symbol(account));
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
            position: self.held(&draft.account, draft.con_id),
            working_sells: self.working_of(Side::Sell, &draft.account, draft.con_id, &without),
            working_buys: self.working_of(Side::Buy, &draft.account, draft.con_id, &without),
            working_buys_cost: account
                .and_then(|account| self.working_buys_cost(account, &without)),
            ends_elsewhere: account
                .and_then(|account| self.ends_elsewhere(account, &instrument.contract, &without)),
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
            spending: self.spending(&draft.account, contract, draft.side, &without),
            by_symbol: &by_symbol,
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

    /// What the account has of an underlying and the options on it, without these orders; `None`
    /// when that is not known in full, and for a contract that has to do with neither.
    fn holdings<'a>(
        &'a self,
        account: &'a AccountId,
        wanted: &Contract,
        without: &[OrderNo],
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
        let held = self
            .positions
            .iter()
            .filter(|(key, position)| key.account == *account && on_it(&position.contract))
            .map(|(_, position)| (&position.contract, position.quantity.value))
            .collect();
        let working: Option<Vec<Vec<Lot<'a>>>> = [Side::Buy, Side::Sell]
            .into_iter()
            .flat_map(|side| self.working(account, side, without))
            .filter(|(_, order)| {
                order.terms.contract.kind != Combo || names_it(&order.terms.contract)
            })
            .map(|(no, order)| self.lots(order, self.counts_for(no, order, without)))
            .collect();
        let mut working = working?;
        working.retain(|lots| lots.iter().any(|(contract, _)| on_it(contract)));
        Some(Holdings { held, working })
    }

    /// How many of a working order count: of those attached to an entry as many as the entry
    /// has filled, and once for the two of them.
    fn counts_for(&self, no: OrderNo, order: &Order, without: &[OrderNo]) -> Decimal {
        let counted = self.counted_by_sibling(no)
            || without
                .iter()
                .any(|changed| self.are_siblings(*changed, no));
        match counted {
            true => Decimal::ZERO,
            false => self.attached_room(no).unwrap_or_else(|| order.remaining()),
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
    fn working_of(
        &self,
        side: Side,
        account: &AccountId,
        con_id: ConId,
        without: &[OrderNo],
    ) -> Decimal {
        let alone: Decimal = self
            .working(account, side, without)
            .filter(|(_, order)| order.terms.contract.con_id == con_id)
            .map(|(no, order)| self.counts_for(no, order, without))
            .sum();
        let in_combinations: Decimal = [Side::Buy, Side::Sell]
            .into_iter()
            .flat_map(|of| self.working(account, of, without))
            .flat_map(|(_, order)| {
                order
                    .terms
                    .contract
                    .legs
                    .iter()
                    .filter(|leg| leg.con_id == con_id && leg.side == side)
                    .map(|leg| Decimal::from(leg.ratio) * order.remaining())
            })
            .sum();
        alone + in_combinations
    }

    pub(super) fn working_buys_cost(
        &self,
        account: &Account,
        without: &[OrderNo],
    ) -> Option<Decimal> {
        let bought: Option<Decimal> = self
            .working(&account.id, Side::Buy, without)
            .filter(|(_, order)| order.terms.contract.kind != SecurityKind::Future)
            .map(|(_, order)| self.worst_cost(order, account))
            .sum();
        // Whoever pays for a combination, its end may cost on top.
        let ends: Option<Decimal> = [Side::Buy, Side::Sell]
            .into_iter()
            .flat_map(|side| self.working(&account.id, side, without))
            .filter(|(_, order)| order.terms.contract.kind == SecurityKind::Combo)
            .map(|(no, order)| self.worst_end(no, order, account, without))
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
            .map(|(_, order)| order.remaining())
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
    ) -> Option<Decimal> {
        let contract = &order.terms.contract;
        let others: Vec<OrderNo> = without.iter().copied().chain([no]).collect();
        let holdings = self.holdings(&account.id, contract, &others);
        let moves = self.lots(order, order.remaining());
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
            Some(order.remaining()),
        ])
    }

    /// What the ends of options on other underlyings may cost, in the account's base currency.
    fn ends_elsewhere(
        &self,
        account: &Account,
        than: &Contract,
        without: &[OrderNo],
    ) -> Option<Decimal> {
        if !self.positions_complete {
            return None;
        }
        let held = self.positions.iter().filter(|(key, position)| {
            key.account == account.id && !position.quantity.value.is_zero()
        });
        let sold = self.working(&account.id, Side::Sell, without);
        let on_each: BTreeMap<(&str, &str), &Contract> = held
            .map(|(_, position)| &position.contract)
            .chain(sold.map(|(_, order)| &order.terms.contract))
            .filter(|contract| contract.kind == SecurityKind::Option)
            .map(|contract| {
                (
                    (contract.symbol.as_str(), contract.currency.as_str()),
                    contract,
                )
            })
            .filter(|(on, _)| *on != (than.symbol.as_str(), than.currency.as_str()))
            .collect();
        on_each
            .into_values()
            .map(|option| {
                let holdings = self.holdings(&account.id, option, without)?;
                let cost = holdings.end_cost(&[])?;
                match cost.is_zero() {
                    true => Some(cost),
                    false => Self::times(&[Some(cost), account.rate(option.currency)]),
                }
            })
            .sum()
    }

    fn worst_cost(&self, order: &Order, account: &Account) -> Option<Decimal> {
        let rate = account.rate(order.terms.contract.currency);
        Self::times(&[self.worst_price_in_all(order), rate])
    }

    /// What is left of an order may cost at worst, in what it is priced in.
    pub(super) fn worst_price_in_all(&self, order: &Order) -> Option<Decimal> {
        let contract = &order.terms.contract;
        // An order type that is not known here is reckoned as a market order.
        let pricing = order.terms.pricing.unwrap_or(Pricing::Market);
        let quote = self.market_of(contract, Side::Buy);
        let price = worst_price(Side::Buy, pricing, quote.as_deref(), &self.options.book);
        Self::times(&[price, self.multiplier_of(contract), Some(order.remaining())])
    }
}
