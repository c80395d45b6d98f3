//! What was traded, in whichever account and from wherever, as far as it was seen: the broker
//! tells the executions of the last days only, so what is seen is kept in the journal.
//!
//! Deliberately not here: when a trade was made at the exchange. It is kept under the moment at
//! which it was seen, which is never earlier.

use super::unbooked::Purse;
use super::{Desk, OrderNo};
use crate::port::BrokerEvent;
use crate::record::{Entry, Record};
use gatehouse_domain::Decimal;
use gatehouse_domain::account::{Account, AccountKind};
use gatehouse_domain::contract::{Contract, SecurityKind};
use gatehouse_domain::decimal::{Currency, product};
use gatehouse_domain::draft::Side;
use gatehouse_domain::id::{AccountId, ConId, ExecId};
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::order::OrderTerms;
use gatehouse_domain::position::PositionKey;
use gatehouse_domain::pricing::Pricing;
use gatehouse_rules::facts::{Open, Trade};
use gatehouse_rules::sale_price;
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::time::Duration;

/// For how long a trade matters to a rule, with a day to spare for the zone of the clock.
const KEPT_FOR: Duration = Duration::from_secs(32 * 24 * 3600);

/// One execution.
#[derive(Debug, Clone)]
struct Seen {
    account: AccountId,
    contract: Contract,
    side: Side,
    quantity: Decimal,
    at: UnixMillis,
    realized: Option<Decimal>,
    /// No order of ours holds it in the journal.
    elsewhere: bool,
}

/// What was seen, in the order in which it was, for as long as it matters. The broker tells no
/// execution again that is older than some days.
#[derive(Debug)]
pub(super) struct Trades {
    since: UnixMillis,
    seen: VecDeque<Seen>,
    /// How many there were before the first of them.
    dropped: usize,
    by_exec: HashMap<ExecId, usize>,
}

impl Trades {
    pub(super) fn new(since: UnixMillis) -> Self {
        Self {
            since,
            seen: VecDeque::new(),
            dropped: 0,
            by_exec: HashMap::new(),
        }
    }

    /// Keeps a trade of stock or options; false for anything else and for one that is known.
    fn keep(&mut self, exec_id: &ExecId, trade: Seen) -> bool {
        let matters = matches!(
            trade.contract.kind,
            SecurityKind::Stock | SecurityKind::Option
        );
        if !matters || self.by_exec.contains_key(exec_id) {
            return false;
        }
        self.drop_old(trade.at);
        let number = self.dropped + self.seen.len();
        self.by_exec.insert(exec_id.clone(), number);
        self.seen.push_back(trade);
        true
    }

    fn drop_old(&mut self, now: UnixMillis) {
        let before = self.dropped;
        while let Some(first) = self.seen.front()
            && now.since(first.at) > KEPT_FOR
        {
            self.seen.pop_front();
            self.dropped += 1;
        }
        if self.dropped > before {
            self.by_exec.retain(|_, number| *number >= self.dropped);
        }
    }

    fn of(&mut self, exec_id: &ExecId) -> Option<&mut Seen> {
        let number = self.by_exec.get(exec_id)?;
        self.seen.get_mut(number.checked_sub(self.dropped)?)
    }
}

/// Whether a contract is the underlying of another one, an option on it, or both on the same.
pub(super) fn is_on(contract: &Contract, wanted: &Contract) -> bool {
    contract.symbol == wanted.symbol
        && contract.currency == wanted.currency
        && matches!(contract.kind, SecurityKind::Stock | SecurityKind::Option)
}

impl Desk {
    /// Keeps an execution. What the journal does not hold with an order of ours, or not in full,
    /// is to be written.
    pub(super) fn keep_trade(
        &mut self,
        event: &BrokerEvent,
        no: Option<OrderNo>,
        leg: Option<ConId>,
        now: UnixMillis,
    ) -> Option<Record> {
        let BrokerEvent::Execution {
            account,
            contract,
            side,
            exec_id,
            quantity,
            price,
            ..
        } = event
        else {
            return None;
        };
        let intent = no.and_then(|no| self.intent_of(no)).cloned();
        let elsewhere = intent.is_none();
        let early = self.early_commissions.get(exec_id);
        let trade = Seen {
            account: account.clone(),
            contract: contract.clone(),
            side: *side,
            quantity: quantity.get(),
            at: now,
            realized: early.and_then(|told| told.realized_pnl),
            elsewhere,
        };
        if !self.trades.keep(exec_id, trade) || (!elsewhere && leg.is_none()) {
            return None;
        }
        let entry = Entry::TradeSeen {
            exec_id: exec_id.clone(),
            contract: contract.clone(),
            side: *side,
            quantity: quantity.get(),
            price: *price,
        };
        Some(self.record(now, Some(account), intent.as_ref(), entry))
    }

    /// What a trade realized; the account, when nothing else writes that down.
    pub(super) fn keep_realized(
        &mut self,
        exec_id: &ExecId,
        realized: Option<Decimal>,
    ) -> Option<AccountId> {
        let trade = self.trades.of(exec_id)?;
        let is_new = realized.is_some() && trade.realized != realized;
        trade.realized = realized.or(trade.realized);
        (is_new && trade.elsewhere).then(|| trade.account.clone())
    }

    /// Takes up what earlier runs saw.
    pub(super) fn restore_trade(&mut self, record: &Record) {
        if record.at < self.trades.since {
            self.trades.since = record.at;
        }
        match &record.entry {
            Entry::TradeSeen {
                exec_id,
                contract,
                side,
                quantity,
                ..
            } => {
                let Some(account) = record.account.clone() else {
                    return;
                };
                let trade = Seen {
                    account,
                    contract: contract.clone(),
                    side: *side,
                    quantity: *quantity,
                    at: record.at,
                    realized: None,
                    elsewhere: record.intent.is_none(),
                };
                self.trades.keep(exec_id, trade);
            }
            Entry::Execution {
                exec_id,
                quantity,
                leg: None,
                ..
            } => {
                let order = record.intent.as_ref();
                let order = order.and_then(|intent| self.orders.by_intent(intent));
                let Some(no) = order else { return };
                let OrderTerms {
                    account,
                    contract,
                    side,
                    ..
                } = self.orders.get(no).terms.clone();
                let trade = Seen {
                    account,
                    contract,
                    side,
                    quantity: *quantity,
                    at: record.at,
                    realized: None,
                    elsewhere: false,
                };
                self.trades.keep(exec_id, trade);
            }
            Entry::Commission {
                exec_id,
                realized_pnl,
                ..
            } => {
                self.keep_realized(exec_id, *realized_pnl);
            }
            _ => {}
        }
    }

    pub(super) fn trades_since(&self) -> UnixMillis {
        self.trades.since
    }

    /// What was traded of an underlying lately, over all accounts.
    pub(super) fn trades_on(&self, wanted: &Contract, now: UnixMillis) -> Vec<Trade<'_>> {
        let recent = self.trades.seen.iter();
        recent
            .filter(|trade| now.since(trade.at) <= KEPT_FOR && is_on(&trade.contract, wanted))
            .map(|trade| Trade {
                account: &trade.account,
                kind: self.kind_of(&trade.account),
                contract: &trade.contract,
                side: trade.side,
                quantity: trade.quantity,
                at: trade.at,
                realized: trade.realized,
            })
            .collect()
    }

    /// The orders of all accounts on an underlying that may still fill, but for these. Of a
    /// combination, its legs as far as they are known.
    pub(super) fn open_on(&self, wanted: &Contract, without: &[OrderNo]) -> Vec<Open<'_>> {
        let orders = self.orders.iter();
        orders
            .filter(|(no, order)| order.state.may_fill() && !without.contains(no))
            .flat_map(|(_, order)| {
                let terms = &order.terms;
                let lots = self.lots(order, order.remaining()).unwrap_or_default();
                lots.into_iter()
                    .filter(|(contract, _)| is_on(contract, wanted))
                    .map(move |(contract, amount)| Open {
                        account: &terms.account,
                        kind: self.kind_of(&terms.account),
                        contract,
                        side: if amount < Decimal::ZERO {
                            Side::Sell
                        } else {
                            Side::Buy
                        },
                        loses: self.loses(&terms.account, contract, terms.pricing),
                    })
            })
            .collect()
    }

    /// Whether selling at this price brings less than what is held cost on average.
    fn loses(
        &self,
        account: &AccountId,
        contract: &Contract,
        pricing: Option<Pricing>,
    ) -> Option<bool> {
        let cost = self.average_cost(account, contract)?;
        let quote = self.market_of(contract, Side::Sell);
        Some(sale_price(pricing?, quote.as_deref())? < cost)
    }

    /// What one cost on average, as a price.
    pub(super) fn average_cost(&self, account: &AccountId, contract: &Contract) -> Option<Decimal> {
        let key = PositionKey {
            account: account.clone(),
            con_id: contract.con_id,
        };
        let cost = self.positions.get(&key)?.average_cost?;
        cost.checked_div(contract.multiplier)
    }

    fn kind_of(&self, account: &AccountId) -> AccountKind {
        let account = self.accounts.get(account);
        account.map_or(AccountKind::Unknown, |account| account.kind)
    }

    /// What the account's positions are worth by symbol, long and short added.
    pub(super) fn by_symbol(&self, account: &Account) -> Vec<(&str, Option<Decimal>)> {
        let mut sums: BTreeMap<&str, Option<Decimal>> = BTreeMap::new();
        for position in self.positions.values().filter(|p| p.account == account.id) {
            let value = self.value_in_base(position).map(|value| value.abs());
            let sum = sums
                .entry(position.contract.symbol.as_str())
                .or_insert(Some(Decimal::ZERO));
            *sum = sum
                .zip(value)
                .and_then(|(sum, value)| sum.checked_add(value));
        }
        sums.into_iter().collect()
    }

    /// What working orders may still spend of a currency, in that currency; `None` when one of
    /// them can't be priced.
    pub(super) fn spending(
        &self,
        account: &AccountId,
        instrument: &Contract,
        side: Side,
        without: &[OrderNo],
        now: UnixMillis,
    ) -> Option<Decimal> {
        let currency = match (instrument.kind, side) {
            (SecurityKind::Forex, Side::Sell) => instrument.symbol.as_str(),
            _ => instrument.currency.as_str(),
        };
        let bought: Option<Decimal> = self
            .working(account, Side::Buy, without)
            .filter(|(_, order)| {
                let contract = &order.terms.contract;
                contract.currency.as_str() == currency && contract.kind != SecurityKind::Future
            })
            .map(|(no, _)| self.worst_price_in_all(no))
            .sum();
        let sold: Decimal = self
            .working(account, Side::Sell, without)
            .filter(|(_, order)| {
                let contract = &order.terms.contract;
                contract.kind == SecurityKind::Forex && contract.symbol.as_str() == currency
            })
            .map(|(no, _)| self.left_of(no))
            .sum();
        let unbooked = match Currency::parse(currency) {
            Some(currency) => self.unbooked.owed(account, Purse::In(currency), now)?,
            None => Decimal::ZERO,
        };
        bought?.checked_add(sold)?.checked_add(unbooked)
    }

    /// A factor of a value that may not be known, over all.
    pub(super) fn times(figures: &[Option<Decimal>]) -> Option<Decimal> {
        let known: Option<Vec<Decimal>> = figures.iter().copied().collect();
        product(&known?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gatehouse_testkit::{START, account_id, apple};

    const HOUR: Duration = Duration::from_secs(3600);

    fn seen(at: UnixMillis) -> Seen {
        Seen {
            account: account_id("DU1"),
            contract: apple().contract,
            side: Side::Buy,
            quantity: Decimal::ONE,
            at,
            realized: None,
            elsewhere: true,
        }
    }

    fn exec(number: u32) -> ExecId {
        ExecId::new(&format!("e.{number}")).unwrap()
    }

    #[test]
    fn what_matters_to_no_rule_any_more_is_let_go_and_the_rest_is_still_found() {
        let mut trades = Trades::new(START);
        let hours = 10_000;
        for number in 0..hours {
            let at = START.plus(HOUR * number);
            assert!(trades.keep(&exec(number), seen(at)));
            assert!(!trades.keep(&exec(number), seen(at)), "it is known");
        }
        let kept = 32 * 24 + 1;
        assert_eq!((trades.seen.len(), trades.by_exec.len()), (kept, kept));
        let first = hours - u32::try_from(kept).unwrap();
        assert!(trades.of(&exec(first - 1)).is_none());
        for number in [first, first + 1, hours - 1] {
            let at = trades.of(&exec(number)).map(|trade| trade.at);
            assert_eq!(at, Some(START.plus(HOUR * number)));
        }
    }
}
