//! The held options, account by account, as the strategies that they make; the grouping is
//! renewed when what is held changes, the figures whenever a part of them does.
//!
//! Stock is among them where options on it are held in the same account. Deliberately not here:
//! what the broker's margin is made of, and options on anything that has no name here.

mod figures;
mod warn;

use super::Desk;
use crate::effect::Effect;
use crate::view::Change;
use gatehouse_analytics::options::leg::{LegKind, OptionKind};
use gatehouse_analytics::options::strategy::Strategy;
use gatehouse_analytics::options::strategy::cover::{Held, group};
use gatehouse_domain::Decimal;
use gatehouse_domain::contract::{Contract, SecurityKind};
use gatehouse_domain::decimal::Currency;
use gatehouse_domain::id::{AccountId, ConId, Symbol};
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::position::{Position, PositionKey};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

/// Days to expiry, cash and the time of day move without a message.
const RENEWED_EVERY: i64 = 60_000;

/// One strategy in one account.
#[derive(Debug, Clone, PartialEq, Eq)]
struct HeldStrategy {
    account: AccountId,
    strategy: Strategy,
    count: Decimal,
    /// Of which contracts, and how many of each; negative when short.
    parts: Vec<(ConId, Decimal)>,
    symbol: Symbol,
    currency: Currency,
    underlying: Option<ConId>,
}

/// Of which a total is told: one account or all, in one currency.
type TotalKey = (Option<AccountId>, Currency);

/// All of them, as they were last grouped.
#[derive(Debug, Default)]
pub(super) struct Strategies {
    by_key: BTreeMap<String, HeldStrategy>,
    totals: BTreeSet<TotalKey>,
    moved: bool,
    renewed: i64,
    unwatched: bool,
    /// Underlyings that have a line of market data because options on them are held.
    watched: BTreeSet<ConId>,
}

/// What the page has not been told of them.
#[derive(Debug, Default)]
pub(super) struct Untold {
    all: bool,
    gone: Vec<String>,
    totals_gone: Vec<String>,
}

impl Strategies {
    /// What is held, or what is known of it, has changed.
    pub(super) fn moved(&mut self) {
        self.moved = true;
        self.unwatched = true;
    }

    /// Whether an underlying has its line for them.
    pub(super) fn watches(&self, con_id: ConId) -> bool {
        self.watched.contains(&con_id)
    }
}

impl Desk {
    /// Groups what is held anew when it has changed.
    pub(super) fn regroup(&mut self, now: UnixMillis) {
        let minute = now.0.div_euclid(RENEWED_EVERY);
        if std::mem::replace(&mut self.strategies.renewed, minute) != minute {
            self.page.strategies.all = true;
        }
        if !std::mem::take(&mut self.strategies.moved) {
            return;
        }
        let by_key = self.grouped();
        let totals: BTreeSet<TotalKey> = by_key
            .values()
            .flat_map(|held| {
                [
                    (Some(held.account.clone()), held.currency),
                    (None, held.currency),
                ]
            })
            .collect();
        let untold = &mut self.page.strategies;
        untold.all = true;
        let before = &self.strategies.by_key;
        let gone = before.keys().filter(|key| !by_key.contains_key(*key));
        untold.gone.extend(gone.cloned());
        let totals_gone = self.strategies.totals.difference(&totals);
        untold.totals_gone.extend(totals_gone.map(total_key));
        self.strategies.by_key = by_key;
        self.strategies.totals = totals;
    }

    fn grouped(&self) -> BTreeMap<String, HeldStrategy> {
        let mut by_key = BTreeMap::new();
        for account in self.accounts.keys() {
            let of_it = self.positions.values().filter(|p| p.account == *account);
            let held: Vec<(&Position, Held)> = of_it
                .filter_map(|position| Some((position, self.as_held(position)?)))
                .collect();
            let with_options: BTreeSet<&str> = held
                .iter()
                .filter(|(_, held)| held.kind != LegKind::Stock)
                .map(|(_, held)| held.underlying.as_str())
                .collect();
            let (positions, held): (Vec<&Position>, Vec<Held>) = held
                .iter()
                .filter(|(_, held)| with_options.contains(held.underlying.as_str()))
                .cloned()
                .unzip();
            for group in group(&held) {
                let parts: Vec<(ConId, Decimal)> = group
                    .uses
                    .iter()
                    .map(|used| (positions[used.position].contract.con_id, used.quantity))
                    .collect();
                let Some(first) = group.uses.first().map(|used| positions[used.position]) else {
                    continue;
                };
                let under = |con_id: &ConId| self.underlying_of.get(con_id).copied();
                let stock = group
                    .uses
                    .iter()
                    .map(|used| &positions[used.position].contract);
                let underlying = parts
                    .iter()
                    .find_map(|(con_id, _)| under(con_id))
                    .or_else(|| {
                        let mut stock = stock.filter(|c| c.kind == SecurityKind::Stock);
                        stock.next().map(|c| c.con_id)
                    });
                let ids: Vec<String> = parts.iter().map(|(id, _)| id.to_string()).collect();
                let strategy = HeldStrategy {
                    account: account.clone(),
                    strategy: group.strategy,
                    count: group.count,
                    symbol: first.contract.symbol.clone(),
                    currency: first.contract.currency,
                    underlying,
                    parts,
                };
                // The same contracts can make two strategies in different numbers.
                let mut key = format!("{account}:{}", ids.join("+"));
                while let Entry::Occupied(_) = by_key.entry(key.clone()) {
                    key.push('+');
                }
                by_key.insert(key, strategy);
            }
        }
        by_key
    }

    /// A position as it is grouped; `None` for what makes no strategy.
    fn as_held(&self, position: &Position) -> Option<Held> {
        let contract = &position.contract;
        let (symbol, currency) = (&contract.symbol, contract.currency);
        let (kind, underlying) = match contract.kind {
            SecurityKind::Stock => (LegKind::Stock, format!("{symbol} {currency}")),
            SecurityKind::Option | SecurityKind::FutureOption => {
                let derivative = contract.derivative?;
                let terms = derivative.option?;
                let option = OptionKind {
                    right: terms.right,
                    strike: terms.strike.get(),
                    expiry: derivative.expiry,
                };
                let mut underlying = format!("{symbol} {currency}");
                if contract.kind == SecurityKind::FutureOption {
                    // Options of two months are on two futures unless it is told that they are not.
                    underlying = match self.underlying_of.get(&contract.con_id) {
                        Some(future) => format!("future {future}"),
                        None => format!("{symbol} {currency} {}", derivative.expiry.wire()),
                    };
                } else if let Some(class) = class_apart(contract) {
                    underlying = format!("{underlying} {class}");
                }
                (LegKind::Option(option), underlying)
            }
            _ => return None,
        };
        Some(Held {
            underlying,
            kind,
            quantity: position.quantity.value,
            multiplier: contract.multiplier,
        })
    }

    /// Has quotes of what the held options are on: for its price, and for greeks of ours where
    /// the broker tells none.
    pub(super) fn watch_underlyings(&mut self) -> Vec<Effect> {
        if !self.is_complete() || !std::mem::take(&mut self.strategies.unwatched) {
            return Vec::new();
        }
        let wanted: BTreeSet<ConId> = self
            .positions
            .values()
            .filter(|p| p.contract.derivative.is_some_and(|d| d.option.is_some()))
            .filter_map(|p| self.underlying_of.get(&p.contract.con_id).copied())
            .collect();
        let mut effects = Vec::new();
        let dropped: Vec<ConId> = self
            .strategies
            .watched
            .difference(&wanted)
            .copied()
            .collect();
        for con_id in dropped {
            self.strategies.watched.remove(&con_id);
            effects.extend(self.unwatch(con_id));
        }
        for con_id in wanted {
            if self.strategies.watches(con_id) {
                continue;
            }
            if !self.contracts.contains_key(&con_id) {
                if let std::collections::hash_map::Entry::Vacant(nobody_yet) =
                    self.lookups.entry(con_id)
                {
                    nobody_yet.insert(Vec::new());
                    effects.push(Effect::Lookup(con_id));
                }
            } else if self.watched.contains_key(&con_id)
                || self.lines.has_room_beside(self.watched.len())
            {
                self.strategies.watched.insert(con_id);
                effects.extend(self.watch(con_id));
            }
        }
        effects
    }

    /// What is to be told of them: those that a quote, a position or an account has moved.
    pub(super) fn strategy_changes(
        &self,
        positions: &BTreeSet<PositionKey>,
        now: UnixMillis,
    ) -> Vec<Change> {
        let page = &self.page;
        let untold = &page.strategies;
        let gone = untold.gone.iter().cloned().map(Change::StrategyGone);
        let totals_gone = untold.totals_gone.iter().cloned().map(Change::GreeksGone);
        let mut changes: Vec<Change> = gone.chain(totals_gone).collect();
        let quoted = |con_id: &ConId| page.quotes.contains(con_id);
        let touched = |held: &HeldStrategy| {
            untold.all
                || page.accounts.contains(&held.account)
                || held.underlying.as_ref().is_some_and(quoted)
                || held.parts.iter().any(|(con_id, _)| {
                    let key = || PositionKey {
                        account: held.account.clone(),
                        con_id: *con_id,
                    };
                    quoted(con_id) || positions.contains(&key())
                })
        };
        let mut totals = BTreeSet::new();
        for (key, held) in &self.strategies.by_key {
            if touched(held) {
                totals.insert((Some(held.account.clone()), held.currency));
                totals.insert((None, held.currency));
                changes.push(Change::Strategy(Box::new(
                    self.strategy_view(key, held, now),
                )));
            }
        }
        let totals = totals.iter().map(|key| self.greeks_total(key));
        changes.extend(totals.map(|view| Change::Greeks(Box::new(view))));
        changes
    }
}

fn total_key((account, currency): &TotalKey) -> String {
    match account {
        Some(account) => format!("{account}:{currency}"),
        None => format!("all:{currency}"),
    }
}

/// The class of options that deliver or settle otherwise than those under the plain symbol:
/// SPXW beside SPX, an adjusted class after a split.
fn class_apart(contract: &Contract) -> Option<&str> {
    let plain = contract.symbol.as_str().replace([' ', '.'], "");
    contract.option_class().filter(|class| *class != plain)
}
