//! Cancelling many orders at once: a family, an instrument, an account, everything.

use super::{Desk, words};
use crate::effect::{Answer, AskId, Effect, OrderNo};
use crate::port::BrokerError;
use crate::record::Entry;
use crate::view::{CancelOutcome, CancelScope, Tone};
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::order::{OrderState, Report};

impl Desk {
    /// One cancel for every order in the scope that can be cancelled from here, entries of
    /// brackets first, so that none fills while its stop is already gone. Those made elsewhere
    /// are counted; only a cancel of everything can reach them, and only when asked to.
    pub(super) fn cancel_many(
        &mut self,
        id: AskId,
        scope: &CancelScope,
        now: UnixMillis,
    ) -> Vec<Effect> {
        if let Some(refused) = self.refuse_cancel_without_link(id) {
            return vec![refused];
        }
        let others_too = matches!(scope, CancelScope::Everything { others_too: true });
        let mut open: Vec<OrderNo> = self
            .orders
            .numbers()
            .filter(|no| !self.orders.get(*no).state.is_final() && self.in_scope(*no, scope))
            .collect();
        open.sort_by_key(|no| (self.orders.is_attached(*no), *no));
        let mut outcome = CancelOutcome {
            asked: 0,
            waiting: 0,
            under_way: 0,
            elsewhere: 0,
            reached: true,
            says: String::new(),
        };
        let (mut effects, mut records) = (Vec::new(), Vec::new());
        let mut others = Vec::new();
        for no in open {
            if self.can_cancel(no) {
                self.orders.let_go(no);
                let asked = self.ask_cancel(no, now);
                match asked.request {
                    Some(request) => {
                        outcome.asked += 1;
                        effects.push(request);
                    }
                    None => outcome.waiting += 1,
                }
                records.push(asked.record);
            } else if self.orders.get(no).state == OrderState::Cancelling {
                outcome.under_way += 1;
            } else if others_too {
                outcome.asked += 1;
                others.push(no);
            } else {
                outcome.elsewhere += 1;
            }
        }
        if others_too {
            // Also when none is known: one may have been made a moment ago.
            effects.push(Effect::CancelAll);
            let entry = Entry::CancelAllAsked {
                others: u32::try_from(others.len()).unwrap_or(u32::MAX),
            };
            records.push(self.record(now, None, None, entry));
            for no in others {
                let entry = self.orders.entry_mut(no);
                entry.before_cancel = Some(entry.order.state.clone());
                self.orders.apply(no, &Report::CancelAsked, now);
                self.page.order(no);
            }
        }
        outcome.says = words::cancel_outcome(&outcome);
        // Cancels lower the risk: they go out even when their records have to wait.
        effects.extend(self.note(records));
        effects.push(Effect::Answer {
            id,
            answer: Ok(Answer::CancelMany(outcome)),
        });
        effects
    }

    fn in_scope(&self, no: OrderNo, scope: &CancelScope) -> bool {
        let terms = &self.orders.get(no).terms;
        match scope {
            CancelScope::Family { key } => self
                .known(key)
                .is_some_and(|one| self.orders.relatives(one).contains(&no)),
            CancelScope::Instrument { account, con_id } => {
                terms.account.as_str() == account && terms.contract.con_id.get() == *con_id
            }
            CancelScope::Account { account } => terms.account.as_str() == account,
            CancelScope::Everything { .. } => true,
        }
    }

    pub(super) fn on_cancel_all_answer(
        &mut self,
        answer: Result<(), BrokerError>,
        now: UnixMillis,
    ) -> Vec<Effect> {
        let Err(error) = answer else {
            return Vec::new();
        };
        let why = error.to_string();
        for no in self.orders.numbers() {
            let cancelling = self.orders.get(no).state == OrderState::Cancelling;
            if cancelling && !self.is_ours(no) {
                self.take_cancel_back(no, now);
            }
        }
        let text =
            format!("The orders made in TWS and by other programs were not cancelled. {why}");
        self.tell(now, Tone::Alarm, &text, None);
        let record = self.record(now, None, None, Entry::CancelAllFailed { why });
        self.note(vec![record])
    }
}
