//! What the page has not been told yet, and telling it.

use super::Desk;
use crate::effect::{Answer, AskId, Awaited, Effect, OrderNo};
use crate::view::{BlockedView, Change, NoticeView, Snapshot, StreamMessage};
use gatehouse_domain::id::{AccountId, ConId};
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::position::PositionKey;
use std::collections::BTreeSet;

/// Beats between two tries to write what could not be written.
const RETRY_BEATS: u32 = 20;

/// What changed since the page was last told.
#[derive(Debug, Default)]
pub(super) struct Page {
    attached: bool,
    seq: u32,
    snapshot_due: bool,
    pub(super) link: bool,
    pub(super) trading: bool,
    pub(super) lock: bool,
    pub(super) rules: bool,
    pub(super) journal: bool,
    pub(super) lines: bool,
    pub(super) accounts: BTreeSet<AccountId>,
    pub(super) strategies: super::strategies::Untold,
    pub(super) positions: BTreeSet<PositionKey>,
    pub(super) quotes: BTreeSet<ConId>,
    orders: BTreeSet<OrderNo>,
    pub(super) notices: Vec<NoticeView>,
    pub(super) blocked: Vec<BlockedView>,
}

impl Page {
    pub(super) fn account(&mut self, id: &AccountId) {
        if !self.accounts.contains(id) {
            self.accounts.insert(id.clone());
        }
    }

    pub(super) fn position(&mut self, key: &PositionKey) {
        if !self.positions.contains(key) {
            self.positions.insert(key.clone());
        }
    }

    pub(super) fn order(&mut self, no: OrderNo) {
        self.orders.insert(no);
    }

    /// Too much changed for a delta.
    pub(super) fn everything(&mut self) {
        self.snapshot_due = true;
    }

    fn forget(&mut self) {
        let (attached, seq) = (self.attached, self.seq);
        *self = Self {
            attached,
            seq,
            ..Self::default()
        };
    }
}

impl Desk {
    pub(super) fn resync(&mut self, id: AskId, now: UnixMillis) -> Vec<Effect> {
        self.page.attached = true;
        self.page.everything();
        let mut effects = self.publish(now);
        effects.push(Effect::Answer {
            id,
            answer: Ok(Answer::Done),
        });
        effects
    }

    pub(super) fn on_beat(&mut self, now: UnixMillis) -> Vec<Effect> {
        self.tell_fills(now);
        let mut effects = self.disarm_when_over(now);
        self.look_at_restart(now);
        self.forget_expired(now);
        // The age of the last message is shown, so it is told about once a second.
        if self.link.heard_since_told(now) {
            self.page.link = true;
        }
        effects.extend(self.watch_underlyings());
        effects.extend(self.share_lines(now));
        effects.extend(self.publish(now));
        if self.backlog.is_empty() {
            self.beats_since_retry = 0;
        } else {
            self.beats_since_retry += 1;
            if self.beats_since_retry >= RETRY_BEATS {
                self.beats_since_retry = 0;
                effects.push(self.commit(Vec::new(), Vec::new(), Awaited::Nobody));
            }
        }
        effects
    }

    fn publish(&mut self, now: UnixMillis) -> Vec<Effect> {
        self.regroup(now);
        if !self.page.attached {
            self.page.notices.clear();
            self.page.blocked.clear();
            return Vec::new();
        }
        if self.page.snapshot_due {
            self.link.told();
            let snapshot = Box::new(self.snapshot(now));
            self.page.forget();
            self.page.seq = self.page.seq.wrapping_add(1);
            let seq = self.page.seq;
            return vec![Effect::Publish(StreamMessage::Snapshot { seq, snapshot })];
        }
        let changes = self.changes(now);
        self.page.forget();
        if changes.is_empty() {
            return Vec::new();
        }
        self.page.seq = self.page.seq.wrapping_add(1);
        let seq = self.page.seq;
        vec![Effect::Publish(StreamMessage::Delta { seq, changes })]
    }

    fn changes(&self, now: UnixMillis) -> Vec<Change> {
        let page = &self.page;
        let mut changes = Vec::new();
        if page.link {
            changes.push(Change::Link(self.link_view()));
        }
        if page.trading {
            changes.push(Change::Trading(self.trading_view()));
        }
        if page.lock {
            changes.push(Change::Lock(self.lock_view()));
        }
        if page.rules {
            changes.push(Change::Rules(self.rules_head()));
        }
        if page.journal {
            changes.push(Change::Journal(self.journal_view()));
        }
        if self.is_locked() {
            return changes;
        }
        for id in &page.accounts {
            if let Some(account) = self.accounts.get(id) {
                changes.push(Change::Account(Box::new(self.account_view(account))));
            }
        }
        if !page.accounts.is_empty() {
            changes.push(Change::Household(Box::new(self.household_view())));
        }
        // A quote moves the price of every position in its contract.
        let mut positions = page.positions.clone();
        positions.extend(
            self.positions
                .keys()
                .filter(|key| page.quotes.contains(&key.con_id))
                .cloned(),
        );
        let mut merged = BTreeSet::new();
        for key in &positions {
            merged.insert(key.con_id);
            changes.push(match self.positions.get(key) {
                Some(position) => Change::Position(Box::new(self.position_view(position))),
                None => Change::PositionGone(super::views::position_key(key)),
            });
        }
        for con_id in merged {
            changes.push(match self.merged_view(con_id) {
                Some(view) => Change::Merged(Box::new(view)),
                None => Change::MergedGone(con_id.get()),
            });
        }
        changes.extend(self.strategy_changes(&positions, now));
        for con_id in &page.quotes {
            changes.push(Change::Quote(Box::new(self.quote_view(*con_id))));
        }
        for no in &page.orders {
            if self.is_shown(*no, now) {
                changes.push(Change::Order(Box::new(self.order_view(*no))));
            }
        }
        if page.lines {
            changes.push(Change::Lines(self.lines.view(self.lines_of_others())));
        }
        changes.extend(page.notices.iter().cloned().map(Change::Notice));
        changes.extend(page.blocked.iter().cloned().map(Change::Blocked));
        changes
    }

    fn snapshot(&self, now: UnixMillis) -> Snapshot {
        if self.is_locked() {
            return self.locked_snapshot();
        }
        let con_ids: BTreeSet<ConId> = self.positions.keys().map(|key| key.con_id).collect();
        Snapshot {
            link: self.link_view(),
            trading: self.trading_view(),
            lock: self.lock_view(),
            rules: self.rules_head(),
            accounts: self
                .account_order
                .iter()
                .filter_map(|id| self.accounts.get(id))
                .map(|account| self.account_view(account))
                .collect(),
            household: self.household_view(),
            positions: self
                .positions
                .values()
                .map(|p| self.position_view(p))
                .collect(),
            merged: con_ids
                .into_iter()
                .filter_map(|con_id| self.merged_view(con_id))
                .collect(),
            strategies: self.strategy_views(now),
            greeks: self.greeks_totals(),
            quotes: self
                .quotes
                .keys()
                .map(|con_id| self.quote_view(*con_id))
                .collect(),
            orders: self
                .orders
                .numbers()
                .rev()
                .filter(|no| self.is_shown(*no, now))
                .map(|no| self.order_view(no))
                .collect(),
            journal: self.journal_view(),
            notices: self.notices.iter().cloned().collect(),
            lines: self.lines.view(self.lines_of_others()),
            blocked: self.blocked_views(now),
        }
    }
}
