//! The lock of the window. While it holds the page is told no figures, and only what lowers a
//! risk is done: a stop, a cancel of everything, turning live orders off. The link and the orders
//! go on as they are.

use super::{Awaiting, Desk};
use crate::effect::{Answer, Ask, AskId, Effect};
use crate::error::ErrorCode;
use crate::view::{CancelScope, HouseholdView, LockView, Snapshot, Tone};
use gatehouse_domain::instant::UnixMillis;

const LOCKED: &str = "Gatehouse is locked. Unlock it first.";

/// A lock that holds.
#[derive(Debug)]
pub(super) struct Locked {
    since: UnixMillis,
    says: String,
    /// Notices that came since.
    waiting: u32,
}

impl Desk {
    pub(super) fn is_locked(&self) -> bool {
        self.lock.is_some()
    }

    /// Whether a question has to wait until the window is unlocked. What is not listed here has to.
    pub(super) fn lock_refuses(&self, ask: &Ask) -> bool {
        let passes = match ask {
            Ask::Resync
            | Ask::Lock(_)
            | Ask::Unlock { .. }
            | Ask::Away(_)
            | Ask::Disarm
            | Ask::StopTrading
            | Ask::CancelMany(CancelScope::Everything { .. })
            | Ask::Abandon(_)
            | Ask::Unwatch(_) => true,
            Ask::ShowOptions(con_ids) => con_ids.is_empty(),
            _ => false,
        };
        self.is_locked() && !passes
    }

    pub(super) fn refuse_locked(id: AskId) -> Effect {
        Self::refuse(id, ErrorCode::Locked, LOCKED)
    }

    /// Locks. What was asked of the broker for the page is not shown any more, and no preview can
    /// be confirmed.
    pub(super) fn lock(&mut self, id: AskId, says: String, now: UnixMillis) -> Vec<Effect> {
        let mut effects = self.disarm("Gatehouse was locked.", now);
        if self.lock.is_none() {
            self.lock = Some(Locked {
                since: now,
                says,
                waiting: 0,
            });
            let waiting: Vec<(AskId, Awaiting)> = self.awaiting.drain().collect();
            effects.extend(waiting.into_iter().map(|(id, _)| Self::refuse_locked(id)));
            let previews: Vec<_> = self.previews.keys().copied().collect();
            let records = previews.into_iter().filter_map(|id| self.let_go(id, now));
            let records = records.collect();
            effects.extend(self.note(records));
            self.page.everything();
        }
        effects.push(Self::done(id));
        effects
    }

    pub(super) fn unlock(&mut self, id: AskId, wrong: u32, now: UnixMillis) -> Vec<Effect> {
        if self.lock.take().is_some() {
            if wrong > 0 {
                let text = match wrong {
                    1 => "While Gatehouse was locked a wrong passphrase was typed.".to_owned(),
                    _ => {
                        format!("While Gatehouse was locked {wrong} wrong passphrases were typed.")
                    }
                };
                self.tell(now, Tone::Warning, &text, None);
            }
            self.page.everything();
        }
        vec![Self::done(id)]
    }

    /// The person went away from the computer.
    pub(super) fn gone_away(&mut self, id: AskId, why: &str, now: UnixMillis) -> Vec<Effect> {
        let mut effects = self.disarm(why, now);
        effects.push(Self::done(id));
        effects
    }

    /// A notice came: behind a lock it waits.
    pub(super) fn keep_for_later(&mut self) {
        if let Some(lock) = &mut self.lock {
            lock.waiting = lock.waiting.saturating_add(1);
            self.page.lock = true;
        }
    }

    pub(super) fn lock_view(&self) -> LockView {
        LockView {
            locked_since: self.lock.as_ref().map(|lock| lock.since.into()),
            says: self
                .lock
                .as_ref()
                .map_or_else(String::new, |lock| lock.says.clone()),
            waiting: self.lock.as_ref().map_or(0, |lock| lock.waiting),
        }
    }

    /// What a locked page is told: how link, trading and journal stand, and no figure.
    pub(super) fn locked_snapshot(&self) -> Snapshot {
        Snapshot {
            link: self.link_view(),
            trading: self.trading_view(),
            lock: self.lock_view(),
            rules: self.rules_head(),
            accounts: Vec::new(),
            household: HouseholdView::UNKNOWN,
            positions: Vec::new(),
            merged: Vec::new(),
            strategies: Vec::new(),
            greeks: Vec::new(),
            quotes: Vec::new(),
            orders: Vec::new(),
            journal: self.journal_view(),
            notices: Vec::new(),
            lines: self.lines.view(self.lines_of_others()),
            blocked: Vec::new(),
        }
    }

    pub(super) fn done(id: AskId) -> Effect {
        Effect::Answer {
            id,
            answer: Ok(Answer::Done),
        }
    }
}
