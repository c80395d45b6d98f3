//! What has filled and does not show in positions and cash yet.
//!
//! An order that has filled works no more, and the broker tells positions and cash on other
//! streams, some of them every few minutes. Until they show a fill it is kept here and counts
//! against what the account has; what it brings does not count before it shows.
//!
//! A fill and the figure that shows it come in either order, so a figure that moved first is kept
//! for a moment, for the fill that it belongs to.

use super::Desk;
use crate::effect::OrderNo;
use gatehouse_domain::Decimal;
use gatehouse_domain::account::Tag;
use gatehouse_domain::contract::{Contract, SecurityKind};
use gatehouse_domain::decimal::Currency;
use gatehouse_domain::draft::Side;
use gatehouse_domain::id::AccountId;
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::position::PositionKey;
use gatehouse_domain::pricing::Pricing;
use gatehouse_rules::worst_price;
use std::collections::HashMap;
use std::time::Duration;

/// Figures are told every three minutes at least; what does not show for this long never will.
const SHOWS_WITHIN: Duration = Duration::from_secs(300);

/// A figure that moved belongs to a fill that is told within this time.
const TOLD_WITHIN: Duration = Duration::from_secs(5);

/// A fill is no better than one part in so many of what it was reckoned at.
const MOST_BETTER: Decimal = Decimal::from_parts(25, 0, 0, false, 0);

/// Where cash is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Purse {
    Settled,
    Total,
    In(Currency),
}

impl Purse {
    pub(super) fn of(tag: Tag) -> Option<Self> {
        match tag {
            Tag::SettledCash => Some(Self::Settled),
            Tag::TotalCashValue => Some(Self::Total),
            _ => None,
        }
    }
}

/// A part of an order that has filled.
#[derive(Debug)]
struct Move {
    key: PositionKey,
    contract: Contract,
    /// Below zero when sold.
    amount: Decimal,
    at: UnixMillis,
}

/// What a fill cost, in the purse's currency; `None` when that can't be said.
#[derive(Debug)]
struct Spent {
    account: AccountId,
    purse: Purse,
    amount: Option<Decimal>,
    /// What it was before a part of it showed.
    whole: Decimal,
    at: UnixMillis,
}

impl Spent {
    /// A fill that was reckoned at its limit may have cost a little less.
    fn still_counts(&self) -> bool {
        self.amount
            .is_none_or(|amount| amount > Decimal::ZERO && amount >= self.whole / MOST_BETTER)
    }
}

/// A figure that moved before the fill was told.
type Early<K> = HashMap<K, (Decimal, UnixMillis)>;

#[derive(Debug, Default)]
pub(super) struct Unbooked {
    /// How many of each order are counted.
    counted: HashMap<OrderNo, Decimal>,
    moves: Vec<Move>,
    spent: Vec<Spent>,
    early_moves: Early<PositionKey>,
    early_spent: Early<(AccountId, Purse)>,
}

impl Unbooked {
    /// Everything is told anew.
    pub(super) fn clear(&mut self) {
        *self = Self {
            counted: std::mem::take(&mut self.counted),
            ..Self::default()
        };
    }

    fn expire(&mut self, now: UnixMillis) {
        self.moves.retain(|one| now.since(one.at) <= SHOWS_WITHIN);
        self.spent.retain(|one| now.since(one.at) <= SHOWS_WITHIN);
    }

    /// A position was told as so many more than before.
    pub(super) fn position_moved(&mut self, key: &PositionKey, by: Decimal, now: UnixMillis) {
        self.expire(now);
        let mut left = by;
        for one in self.moves.iter_mut().filter(|one| one.key == *key) {
            let shown = shared(one.amount, left);
            one.amount -= shown;
            left -= shown;
        }
        self.moves.retain(|one| !one.amount.is_zero());
        keep_early(&mut self.early_moves, key.clone(), left, now);
    }

    fn moved(&mut self, mut one: Move) {
        let shown = take_early(&mut self.early_moves, &one.key, one.amount, one.at);
        one.amount -= shown;
        if !one.amount.is_zero() {
            self.moves.push(one);
        }
    }

    /// A purse was told to have so much less than before.
    pub(super) fn cash_fell(
        &mut self,
        account: &AccountId,
        purse: Purse,
        by: Decimal,
        now: UnixMillis,
    ) {
        self.expire(now);
        let mut left = by.max(Decimal::ZERO);
        let mut of_it = self
            .spent
            .iter_mut()
            .filter(|one| one.account == *account && one.purse == purse);
        for one in of_it.by_ref() {
            if left.is_zero() {
                break;
            }
            let Some(amount) = one.amount else {
                one.amount = Some(Decimal::ZERO);
                left = Decimal::ZERO;
                break;
            };
            let shown = amount.min(left);
            one.amount = Some(amount - shown);
            left -= shown;
        }
        self.spent.retain(Spent::still_counts);
        let key = (account.clone(), purse);
        keep_early(&mut self.early_spent, key, left, now);
    }

    fn cost(&mut self, mut one: Spent) {
        let key = (one.account.clone(), one.purse);
        if let Some(amount) = one.amount {
            let shown = take_early(&mut self.early_spent, &key, amount, one.at);
            one.amount = Some(amount - shown);
        }
        if one.still_counts() {
            self.spent.push(one);
        }
    }

    /// What of a contract has filled and does not show, bought less sold.
    pub(super) fn net(&self, key: &PositionKey, now: UnixMillis) -> Decimal {
        self.fresh_moves(now)
            .filter(|one| one.key == *key)
            .map(|one| one.amount)
            .sum()
    }

    /// What an account sold and does not show, contract by contract.
    pub(super) fn sold(&self, account: &AccountId, now: UnixMillis) -> Vec<(&Contract, Decimal)> {
        let mut sums: Vec<(&Contract, Decimal)> = Vec::new();
        for one in self
            .fresh_moves(now)
            .filter(|one| one.key.account == *account)
        {
            let same =
                |(contract, _): &&mut (&Contract, Decimal)| contract.con_id == one.contract.con_id;
            match sums.iter_mut().find(same) {
                Some((_, sum)) => *sum += one.amount,
                None => sums.push((&one.contract, one.amount)),
            }
        }
        sums.retain(|(_, sum)| *sum < Decimal::ZERO);
        sums
    }

    fn fresh_moves(&self, now: UnixMillis) -> impl Iterator<Item = &Move> {
        let moves = self.moves.iter();
        moves.filter(move |one| now.since(one.at) <= SHOWS_WITHIN)
    }

    /// What fills cost that a purse does not show; `None` when that can't be said of one.
    pub(super) fn owed(
        &self,
        account: &AccountId,
        purse: Purse,
        now: UnixMillis,
    ) -> Option<Decimal> {
        self.spent
            .iter()
            .filter(|one| one.account == *account && one.purse == purse)
            .filter(|one| now.since(one.at) <= SHOWS_WITHIN)
            .try_fold(Decimal::ZERO, |sum, one| sum.checked_add(one.amount?))
    }
}

/// As much of `of` as is in `by`; zero when they go different ways.
fn shared(of: Decimal, by: Decimal) -> Decimal {
    match of.is_sign_negative() == by.is_sign_negative() {
        true if of.abs() <= by.abs() => of,
        true => by,
        false => Decimal::ZERO,
    }
}

fn keep_early<K: std::hash::Hash + Eq>(
    early: &mut Early<K>,
    key: K,
    left: Decimal,
    now: UnixMillis,
) {
    if left.is_zero() {
        return;
    }
    let kept = early.get(&key);
    let before = kept
        .filter(|(_, at)| now.since(*at) <= TOLD_WITHIN)
        .map_or(Decimal::ZERO, |(amount, _)| *amount);
    if let Some(sum) = before.checked_add(left) {
        early.insert(key, (sum, now));
    }
}

fn take_early<K: std::hash::Hash + Eq>(
    early: &mut Early<K>,
    key: &K,
    wanted: Decimal,
    now: UnixMillis,
) -> Decimal {
    let Some((amount, at)) = early.get_mut(key) else {
        return Decimal::ZERO;
    };
    if now.since(*at) > TOLD_WITHIN {
        early.remove(key);
        return Decimal::ZERO;
    }
    let shown = shared(wanted, *amount);
    *amount -= shown;
    shown
}

impl Desk {
    /// Keeps what of an order has filled since it was last looked at. `price` is that of the
    /// execution, where it was told by one. Outside a session in which everything has been read,
    /// positions and cash are told anew anyway.
    pub(super) fn keep_filled(&mut self, no: OrderNo, price: Option<Decimal>, now: UnixMillis) {
        let filled = self.orders.get(no).filled();
        let before = self.unbooked.counted.insert(no, filled);
        let more = filled - before.unwrap_or_default();
        if more <= Decimal::ZERO || !self.is_complete() {
            return;
        }
        let order = self.orders.get(no);
        let account = order.terms.account.clone();
        let moves: Vec<(Contract, Decimal)> = self
            .lots(order, more)
            .unwrap_or_default()
            .into_iter()
            .map(|(contract, amount)| (contract.clone(), amount))
            .collect();
        let spent = self.spent_by(no, more, price, now);
        for (contract, amount) in moves {
            let key = PositionKey {
                account: account.clone(),
                con_id: contract.con_id,
            };
            self.unbooked.moved(Move {
                key,
                contract,
                amount,
                at: now,
            });
        }
        for one in spent {
            self.unbooked.cost(one);
        }
    }

    /// A position is about to be told.
    pub(super) fn see_position(&mut self, key: &PositionKey, told: Decimal, now: UnixMillis) {
        if !self.is_complete() {
            return;
        }
        let before = self.positions.get(key).map(|held| held.quantity.value);
        let by = told - before.unwrap_or_default();
        self.unbooked.position_moved(key, by, now);
    }

    /// A figure of cash is about to be told.
    pub(super) fn see_cash(
        &mut self,
        account: &AccountId,
        purse: Option<Purse>,
        told: Option<Decimal>,
        now: UnixMillis,
    ) {
        let (Some(purse), Some(told), true) = (purse, told, self.is_complete()) else {
            return;
        };
        let before = self.accounts.get(account).and_then(|account| match purse {
            Purse::Settled => account.figure(Tag::SettledCash),
            Purse::Total => account.figure(Tag::TotalCashValue),
            Purse::In(currency) => account.cash.get(&currency).map(|seen| seen.value),
        });
        if let Some(fell) = before.and_then(|before| before.checked_sub(told)) {
            self.unbooked.cash_fell(account, purse, fell, now);
        }
    }

    /// What a part of an order cost in each purse; nothing for a sale, which brings money.
    fn spent_by(
        &self,
        no: OrderNo,
        more: Decimal,
        price: Option<Decimal>,
        now: UnixMillis,
    ) -> Vec<Spent> {
        let order = self.orders.get(no);
        let terms = &order.terms;
        let contract = &terms.contract;
        // A future costs nothing but margin; who sells a currency spends it.
        let (currency, each) = match (contract.kind, terms.side) {
            (SecurityKind::Future, _) => return Vec::new(),
            (SecurityKind::Forex, Side::Sell) => {
                let Some(sold) = Currency::parse(contract.symbol.as_str()) else {
                    return Vec::new();
                };
                (sold, Some(Decimal::ONE))
            }
            (_, Side::Sell) => return Vec::new(),
            (_, Side::Buy) => {
                let quote = self.market_of(contract, Side::Buy);
                let book = &self.options.book;
                let pricing = terms.pricing.unwrap_or(Pricing::Market);
                let worst = || worst_price(Side::Buy, pricing, quote.as_deref(), book);
                (contract.currency, price.or_else(worst))
            }
        };
        let multiplier = match contract.kind {
            SecurityKind::Forex => Some(Decimal::ONE),
            _ => self.multiplier_of(contract),
        };
        let here = Self::times(&[each, multiplier, Some(more)]);
        let account = self.accounts.get(&terms.account);
        let rate = account.and_then(|account| account.rate(currency));
        let in_base = Self::times(&[here, rate]);
        let spent = |purse, amount| Spent {
            account: terms.account.clone(),
            purse,
            amount,
            whole: amount.unwrap_or_default(),
            at: now,
        };
        vec![
            spent(Purse::Settled, in_base),
            spent(Purse::Total, in_base),
            spent(Purse::In(currency), here),
        ]
    }

    /// What an account spent that its cash does not show yet, in its base currency.
    pub(super) fn owed(&self, account: &AccountId, now: UnixMillis) -> Option<Decimal> {
        let settled = self.unbooked.owed(account, Purse::Settled, now)?;
        let total = self.unbooked.owed(account, Purse::Total, now)?;
        Some(settled.max(total))
    }

    /// How many of an order may still fill, by what the broker lists or by a change that it was
    /// sent and has not listed, whichever is more.
    pub(super) fn left_of(&self, no: OrderNo) -> Decimal {
        let entry = self.orders.entry(no);
        let order = &entry.order;
        if order.state.is_final() {
            return Decimal::ZERO;
        }
        let changes = entry.changes.iter();
        let most = changes
            .map(|change| change.quantity.get() - order.filled())
            .max();
        most.unwrap_or_default().max(order.remaining())
    }
}
