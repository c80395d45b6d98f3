//! What the rules stopped, kept beside the orders.

use super::{Desk, journal_sentence};
use crate::record::{Entry, Record};
use crate::view::BlockedView;
use gatehouse_domain::instant::UnixMillis;

/// How many are kept.
const KEPT: usize = 200;
/// How long one is shown.
const SHOWN_FOR_MILLIS: i64 = 24 * 3600 * 1000;

impl Desk {
    /// Keeps a record that says that a rule stopped an order.
    pub(super) fn keep_blocked(&mut self, record: &Record) {
        let Entry::Judged { cleared: false, .. } = &record.entry else {
            return;
        };
        let view = BlockedView {
            id: self.next_blocked,
            at: record.at.into(),
            account: record.account.as_ref().map(ToString::to_string),
            intent: record.intent.as_ref().map(ToString::to_string),
            says: journal_sentence(&record.entry),
        };
        self.next_blocked = self.next_blocked.wrapping_add(1);
        if self.blocked.len() == KEPT {
            self.blocked.pop_front();
        }
        self.blocked.push_back(view.clone());
        self.page.blocked.push(view);
    }

    /// Those of the last day, newest first.
    pub(super) fn blocked_views(&self, now: UnixMillis) -> Vec<BlockedView> {
        self.blocked
            .iter()
            .rev()
            .filter(|view| now.0 - view.at.0 < SHOWN_FOR_MILLIS)
            .cloned()
            .collect()
    }
}
