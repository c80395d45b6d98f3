//! A page without a window: it keeps what the stream tells, as the real one does.

use gatehouse_desk::view::{
    AccountView, BlockedView, Change, GreeksTotalView, HouseholdView, LinesView, LinkStateView,
    LinkView, MergedPositionView, NoticeView, OrderView, PositionView, QuoteView, Snapshot,
    StrategyView, StreamMessage,
};
use std::collections::BTreeMap;

/// What the page knows.
#[derive(Debug, Default)]
pub struct Page {
    seq: u32,
    /// The link, once told.
    pub link: Option<LinkView>,
    /// Whether a person has stopped trading.
    pub stopped: bool,
    /// By id.
    pub accounts: BTreeMap<String, AccountView>,
    /// The sums.
    pub household: Option<HouseholdView>,
    /// By `account:conId`.
    pub positions: BTreeMap<String, PositionView>,
    /// By conId.
    pub merged: BTreeMap<i32, MergedPositionView>,
    /// Held strategies by key.
    pub strategies: BTreeMap<String, StrategyView>,
    /// Their greeks by key.
    pub greeks: BTreeMap<String, GreeksTotalView>,
    /// By conId.
    pub quotes: BTreeMap<i32, QuoteView>,
    /// How the lines of market data are shared out.
    pub lines: LinesView,
    /// By key.
    pub orders: BTreeMap<String, OrderView>,
    /// Oldest first.
    pub notices: Vec<NoticeView>,
    /// Newest first.
    pub blocked: Vec<BlockedView>,
    /// Numbers that were missing.
    pub gaps: u32,
}

impl Page {
    /// Takes one message of the stream.
    pub fn take(&mut self, message: StreamMessage) {
        match message {
            StreamMessage::Snapshot { seq, snapshot } => {
                self.seq = seq;
                self.reset(*snapshot);
            }
            StreamMessage::Delta { seq, changes } => {
                if seq != self.seq + 1 {
                    self.gaps += 1;
                }
                self.seq = seq;
                changes.into_iter().for_each(|change| self.change(change));
            }
        }
    }

    fn reset(&mut self, snapshot: Snapshot) {
        self.link = Some(snapshot.link);
        self.lines = snapshot.lines;
        self.household = Some(snapshot.household);
        let by = |a: AccountView| (a.id.clone(), a);
        self.accounts = snapshot.accounts.into_iter().map(by).collect();
        let by = |p: PositionView| (p.key.clone(), p);
        self.positions = snapshot.positions.into_iter().map(by).collect();
        let by = |m: MergedPositionView| (m.instrument.con_id, m);
        self.merged = snapshot.merged.into_iter().map(by).collect();
        let by = |s: StrategyView| (s.key.clone(), s);
        self.strategies = snapshot.strategies.into_iter().map(by).collect();
        let by = |g: GreeksTotalView| (g.key.clone(), g);
        self.greeks = snapshot.greeks.into_iter().map(by).collect();
        let by = |q: QuoteView| (q.con_id, q);
        self.quotes = snapshot.quotes.into_iter().map(by).collect();
        let by = |o: OrderView| (o.key.clone(), o);
        self.orders = snapshot.orders.into_iter().map(by).collect();
        self.stopped = snapshot.trading.stopped_since.is_some();
        self.notices = snapshot.notices;
        self.blocked = snapshot.blocked;
    }

    fn change(&mut self, change: Change) {
        match change {
            Change::Link(link) => self.link = Some(link),
            Change::Trading(trading) => self.stopped = trading.stopped_since.is_some(),
            Change::Account(a) => drop(self.accounts.insert(a.id.clone(), *a)),
            Change::Household(h) => self.household = Some(*h),
            Change::Position(p) => drop(self.positions.insert(p.key.clone(), *p)),
            Change::PositionGone(key) => drop(self.positions.remove(&key)),
            Change::Merged(m) => drop(self.merged.insert(m.instrument.con_id, *m)),
            Change::MergedGone(con_id) => drop(self.merged.remove(&con_id)),
            Change::Strategy(s) => drop(self.strategies.insert(s.key.clone(), *s)),
            Change::StrategyGone(key) => drop(self.strategies.remove(&key)),
            Change::Greeks(g) => drop(self.greeks.insert(g.key.clone(), *g)),
            Change::GreeksGone(key) => drop(self.greeks.remove(&key)),
            Change::Quote(q) => drop(self.quotes.insert(q.con_id, *q)),
            Change::Lines(lines) => self.lines = lines,
            Change::Order(o) => drop(self.orders.insert(o.key.clone(), *o)),
            Change::Journal(_) | Change::Rules(_) | Change::Lock(_) => {}
            Change::Notice(notice) => self.notices.push(notice),
            Change::Blocked(attempt) => self.blocked.insert(0, attempt),
        }
    }

    /// Whether the link stands and everything has been read.
    #[must_use]
    pub fn is_up(&self) -> bool {
        self.link_state() == Some(LinkStateView::Up)
    }

    /// The link's state.
    #[must_use]
    pub fn link_state(&self) -> Option<LinkStateView> {
        self.link.as_ref().map(|link| link.state)
    }

    /// The order with this intent.
    #[must_use]
    pub fn order(&self, intent: &str) -> Option<&OrderView> {
        self.orders
            .values()
            .find(|order| order.intent.as_deref() == Some(intent))
    }

    /// The account of this kind, as IBKR words it.
    #[must_use]
    pub fn account_of(&self, kind_words: &str) -> Option<&AccountView> {
        self.accounts.values().find(|a| a.kind_words == kind_words)
    }
}
