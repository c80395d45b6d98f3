//! What the rules are told of orders that went out from here, of what is held by value, and of
//! the highest value of an account.

use super::Desk;
use crate::record::{Entry, Record};
use gatehouse_domain::Decimal;
use gatehouse_domain::account::{Account, Tag};
use gatehouse_domain::contract::{Contract, SecurityKind};
use gatehouse_domain::decimal::Quantity;
use gatehouse_domain::draft::{Draft, Side};
use gatehouse_domain::id::{AccountId, ConId, IntentId};
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::order::OrderTerms;
use gatehouse_domain::position::Position;
use gatehouse_rules::facts::{Exposure, Sent};
use std::time::Duration;

const MINUTE: Duration = Duration::from_secs(60);
const DAY: Duration = Duration::from_secs(24 * 3600);

/// How many orders of a kind make a usual size, and of how many at most.
const ENOUGH: usize = 5;
const LATEST: usize = 100;

/// A new highest value is written when it lies this much above the last one that was: one part
/// in so many.
const STEP: i64 = 200;

/// An order that went out.
#[derive(Debug, Clone)]
pub(super) struct SentOrder {
    intent: IntentId,
    at: UnixMillis,
    account: AccountId,
    con_id: ConId,
    kind: SecurityKind,
    side: Side,
    quantity: Quantity,
}

impl Desk {
    pub(super) fn keep_sent(&mut self, intent: &IntentId, terms: &OrderTerms, at: UnixMillis) {
        self.sent.push(SentOrder {
            intent: intent.clone(),
            at,
            account: terms.account.clone(),
            con_id: terms.contract.con_id,
            kind: terms.contract.kind,
            side: terms.side,
            quantity: terms.quantity,
        });
    }

    /// It did not go out after all.
    pub(super) fn forget_sent(&mut self, intent: &IntentId) {
        self.sent.retain(|sent| sent.intent != *intent);
    }

    pub(super) fn sent_lately(&self, draft: &Draft, contract: &Contract, now: UnixMillis) -> Sent {
        let mut sent = Sent::default();
        // An order from the future, by a clock that was set back, counts as one of this moment.
        for order in self.sent.iter().rev() {
            let ago = now.since(order.at);
            let here = order.account == draft.account;
            sent.day_over_all += u32::from(ago <= DAY);
            sent.minute_over_all += u32::from(ago <= MINUTE);
            sent.day += u32::from(here && ago <= DAY);
            sent.minute += u32::from(here && ago <= MINUTE);
            let alike = here
                && order.con_id == contract.con_id
                && order.side == draft.side
                && order.quantity == draft.quantity;
            if alike && sent.alike.is_none() {
                sent.alike = Some(order.at);
            }
        }
        let of_kind = self.sent.iter().rev().filter(|o| o.kind == contract.kind);
        let mut sizes: Vec<Decimal> = of_kind.take(LATEST).map(|o| o.quantity.get()).collect();
        sizes.sort_unstable();
        if sizes.len() >= ENOUGH {
            sent.usual = sizes.get(sizes.len() / 2).copied();
        }
        sent
    }

    /// What is held, by value. A position without one in its account's base currency leaves the
    /// sums unknown.
    pub(super) fn exposure(&self, account: &Account, contract: &Contract) -> Exposure {
        if !self.positions_complete {
            return Exposure::default();
        }
        let value = |position: &Position| self.value_in_base(position);
        let here = || self.positions.values().filter(|p| p.account == account.id);
        let on_symbol = |position: &&Position| position.contract.symbol == contract.symbol;
        let position = here().filter(|p| p.contract.con_id == contract.con_id);
        let abs = |position: &Position| value(position).map(|v| v.abs());
        let mut bases = self.accounts.values().map(|a| a.base);
        let common = bases
            .next()
            .flatten()
            .is_some_and(|base| bases.all(|b| b == Some(base)));
        let all = || self.positions.values();
        let total = |tag: Tag| -> Option<Decimal> {
            let figures = self
                .accounts
                .values()
                .map(|a| self.of_this_session(a).figure(tag));
            figures.sum::<Option<Decimal>>().filter(|_| common)
        };
        Exposure {
            position: position.map(value).sum(),
            symbol: here().filter(on_symbol).map(abs).sum(),
            gross: here().map(abs).sum(),
            net: here().map(value).sum(),
            symbol_over_all: all()
                .filter(on_symbol)
                .map(abs)
                .sum::<Option<_>>()
                .filter(|_| common),
            gross_over_all: all().map(abs).sum::<Option<_>>().filter(|_| common),
            nlv_over_all: total(Tag::NetLiquidation),
            daily_pnl_over_all: total(Tag::DailyPnl),
            unrealized: here()
                .find(|p| p.contract.con_id == contract.con_id)
                .and_then(|p| p.unrealized_pnl)
                .filter(|seen| seen.at >= self.link.session_began)
                .map(|seen| seen.value),
        }
    }

    /// What a position is worth in its account's base currency.
    pub(super) fn value_in_base(&self, position: &Position) -> Option<Decimal> {
        if position.quantity.value.is_zero() {
            return Some(Decimal::ZERO);
        }
        let base = self.accounts.get(&position.account)?.base?;
        let money = self.value(position);
        let value = money.figure?.value;
        (money.currency == Some(base)).then_some(value)
    }

    /// Keeps the highest value of an account where a limit asks for it; says what is to be written
    /// when it is new enough.
    pub(super) fn see_value(
        &mut self,
        id: &AccountId,
        nlv: Decimal,
        now: UnixMillis,
    ) -> Option<Record> {
        self.options.book.drawdown_limit(id)?;
        let high = self.high_water.entry(id.clone()).or_default();
        let seen = high.seen.is_none_or(|seen| nlv > seen);
        if seen {
            high.seen = Some(nlv);
        }
        let due = high
            .written
            .is_none_or(|written| nlv > written + written.abs() / Decimal::from(STEP));
        if !due || nlv <= Decimal::ZERO {
            return None;
        }
        high.written = Some(nlv);
        Some(self.record(now, Some(id), None, Entry::HighWater { value: nlv }))
    }

    pub(super) fn restore_lately(&mut self, record: &Record) {
        match (&record.entry, &record.intent, &record.account) {
            (Entry::Approved { terms, .. }, Some(intent), _) => {
                self.keep_sent(intent, terms, record.at);
            }
            (Entry::HighWater { value }, _, Some(account)) => {
                let high = self.high_water.entry(account.clone()).or_default();
                high.seen = high.seen.max(Some(*value));
                high.written = high.written.max(Some(*value));
            }
            _ => {}
        }
    }
}

/// The highest value of an account: that was seen, and that is in the journal.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct HighWater {
    pub(super) seen: Option<Decimal>,
    written: Option<Decimal>,
}
