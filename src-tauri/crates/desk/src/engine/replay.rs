//! Rebuilding the orders from the journal at the start. Nothing is ever sent from here.

use super::Desk;
use crate::effect::OrderNo;
use crate::port::StoredRecord;
use crate::record::{Entry, Record};
use gatehouse_domain::decimal::Quantity;
use gatehouse_domain::draft::Draft;
use gatehouse_domain::id::IntentId;
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::order::{Execution, Order, OrderState, OrderTerms, Origin, Report};
use std::collections::HashMap;

impl Desk {
    /// Takes up the orders of earlier runs, oldest record first. What was under way when the
    /// program ended has an unknown outcome until the broker is asked.
    pub fn restore(&mut self, records: &[StoredRecord]) {
        let mut drafts = HashMap::new();
        for stored in records {
            let record = &stored.record;
            self.keep_blocked(record);
            self.keep_attempt(record);
            self.restore_stop(record);
            self.restore_book(record);
            self.restore_kind(record);
            self.restore_lately(record);
            self.restore_margin(record);
            self.quality
                .restore(record, self.options.terms.restart.as_ref());
            if let Some(intent) = &record.intent {
                self.restore_one(intent, record, &mut drafts);
            }
            self.restore_trade(record);
        }
        self.margins_restored();
        for no in self.orders.numbers() {
            let at = self.orders.get(no).updated;
            self.orders.apply(no, &Report::LinkLost, at);
        }
        self.quality.closed();
        self.begin_gap(true);
    }

    fn restore_order(&mut self, intent: &IntentId, terms: &OrderTerms, at: UnixMillis) -> OrderNo {
        let order = Order::new(Origin::Gatehouse(intent.clone()), terms.clone(), at);
        self.orders.add(order, 0)
    }

    /// A cancel was the person's, unless a part of the family was refused: then the rest of it
    /// was cancelled from here.
    fn restore_let_go(&mut self, no: OrderNo) {
        let refused = |member: &OrderNo| {
            matches!(self.orders.get(*member).state, OrderState::Rejected { .. })
        };
        let family = self.orders.family(no).unwrap_or_default();
        if !family.iter().any(refused) {
            self.orders.let_go(no);
        }
    }

    fn restore_one(
        &mut self,
        intent: &IntentId,
        record: &Record,
        drafts: &mut HashMap<IntentId, Draft>,
    ) {
        let at = record.at;
        match &record.entry {
            // What was judged last before an approval is what was approved.
            Entry::Judged {
                draft,
                cleared: true,
                ..
            } => {
                drafts.insert(intent.clone(), draft.clone());
                return;
            }
            Entry::Approved { preview, terms, .. } => {
                if self.orders.by_intent(intent).is_none() {
                    let no = self.restore_order(intent, terms, at);
                    if let Some(draft) = drafts.get(intent) {
                        self.orders.sent_as(no, draft.clone());
                    }
                    self.used_previews.insert(*preview, intent.clone());
                }
                return;
            }
            // Also of an order that was taken over, which is not taken up from the journal.
            Entry::ChangeApproved {
                preview, change, ..
            } => {
                self.used_previews.insert(*preview, intent.clone());
                self.sent_changes.insert(change.clone());
                return;
            }
            Entry::Attached { entry, terms } => {
                if self.orders.by_intent(intent).is_none() {
                    let no = self.restore_order(intent, terms, at);
                    let attached = drafts.get(entry).map(Draft::attached).unwrap_or_default();
                    if let Some(draft) = attached.into_iter().find(|d| d.intent == *intent) {
                        self.orders.sent_as(no, draft);
                    }
                }
                return;
            }
            _ => {}
        }
        let Some(no) = self.orders.by_intent(intent) else {
            return;
        };
        match &record.entry {
            Entry::Status {
                perm_id,
                state,
                filled,
            } => {
                self.orders.restore_state(no, state.clone(), at);
                self.orders.report_filled(no, *filled);
                if perm_id.is_some() {
                    let key = crate::port::OrderKey {
                        perm_id: *perm_id,
                        ..Default::default()
                    };
                    self.orders.learn(no, &key, 0);
                }
            }
            Entry::Execution {
                exec_id,
                quantity,
                price,
                leg,
                liquidity,
                ..
            } => {
                if let Ok(quantity) = Quantity::new(*quantity) {
                    let execution = Execution {
                        leg: *leg,
                        exec_id: exec_id.clone(),
                        quantity,
                        price: *price,
                        at,
                        commission: None,
                        realized_pnl: None,
                        liquidity: *liquidity,
                    };
                    self.orders.add_execution(no, execution);
                }
            }
            Entry::Commission {
                exec_id,
                amount,
                currency,
                realized_pnl,
            } => {
                if let Some(execution) = self.orders.execution_mut(no, exec_id) {
                    execution.commission = Some((*amount, *currency));
                    execution.realized_pnl = *realized_pnl;
                }
            }
            Entry::Changed { terms } => {
                self.orders.retell(no, terms);
                self.keep_change(no);
            }
            Entry::CancelAsked => {
                self.restore_let_go(no);
                self.orders.apply(no, &Report::CancelAsked, at);
            }
            Entry::OrderNotice { code, text } => {
                self.orders.add_note(no, Some(*code), text);
            }
            _ => {}
        }
    }
}
