//! What the broker says about orders.

use super::{Desk, EarlyCommission, codes, words};
use crate::effect::{Effect, OrderNo};
use crate::port::{BrokerEvent, OrderKey, OrderSeen, StatusSeen};
use crate::record::{Entry, Record};
use crate::view::Tone;
use gatehouse_domain::Decimal;
use gatehouse_domain::contract::SecurityKind;
use gatehouse_domain::decimal::{Currency, Quantity};
use gatehouse_domain::id::{ExecId, IntentId};
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::order::{Execution, Order, OrderState, OrderTerms, Origin, Report};
use gatehouse_domain::pricing::Pricing;

/// Executions that came before their order are kept, but not without end.
const EARLY_LIMIT: usize = 1000;

impl Desk {
    pub(super) fn on_order_seen(&mut self, seen: OrderSeen, now: UnixMillis) -> Vec<Effect> {
        let session = self.link.session;
        let no = match self.orders.find(&seen.key) {
            Some(no) => no,
            None => {
                let origin = Origin::Elsewhere {
                    client_id: seen.key.client_id,
                };
                self.orders
                    .add(Order::new(origin, seen.terms.clone(), now), session)
            }
        };
        self.orders.learn(no, &seen.key, session);
        self.orders.refine_contract(no, &seen.terms.contract);
        for member in self.orders.tie(no, &seen.ties) {
            self.page.order(member);
        }
        if let Some(warning) = seen.warning {
            self.orders.add_note(no, None, &warning);
        }
        let before = self.progress(no);
        if let Some(report) = &seen.report {
            self.orders.apply(no, report, now);
        }
        if let Some(filled) = seen.filled {
            self.orders.report_filled(no, filled);
        }
        let mut effects = self.take_terms(no, &seen.terms, now);
        if let Some(filled) = seen.filled.filter(|f| *f == seen.terms.quantity.get()) {
            effects.extend(self.settle_quantity(no, filled, now));
        }
        self.keep_filled(no, None, now);
        self.page.order(no);
        effects.extend(self.note_progress(no, before, now));
        effects.extend(self.settle_early_executions(now));
        effects
    }

    /// A working order is what the broker lists it as. What a completed order lists is not
    /// reliable, and it can't be changed any more.
    fn take_terms(&mut self, no: OrderNo, told: &OrderTerms, now: UnixMillis) -> Vec<Effect> {
        if self.orders.get(no).state.is_final() {
            return Vec::new();
        }
        // The trigger of a trailing stop moves with the market; that is no change.
        let trails = matches!(
            told.pricing,
            Some(Pricing::Trail { .. } | Pricing::TrailLimit { .. })
        );
        let same = |a: &OrderTerms| {
            a.quantity == told.quantity
                && a.tif == told.tif
                && a.order_type == told.order_type
                && (trails || a.pricing == told.pricing)
        };
        let moved = !same(&self.orders.get(no).terms);
        self.orders.change_listed(no, |change| {
            change.quantity == told.quantity
                && Some(change.tif) == told.tif
                && (trails || Some(change.pricing) == told.pricing)
        });
        if !self.orders.retell(no, told) || !moved {
            return Vec::new();
        }
        self.keep_change(no);
        let terms = self.orders.get(no).terms.clone();
        let records = self.of_ours(no, now, Entry::Changed { terms });
        self.note(records)
    }

    /// How many an order was for is known at the latest when all of it has filled: it may have
    /// been changed, or reduced by its group, out of sight.
    fn settle_quantity(&mut self, no: OrderNo, filled: Decimal, now: UnixMillis) -> Vec<Effect> {
        let Ok(whole) = Quantity::new(filled) else {
            return Vec::new();
        };
        let order = self.orders.get(no);
        if order.state != OrderState::Filled || order.terms.quantity == whole {
            return Vec::new();
        }
        self.orders.was_for(no, whole);
        let terms = self.orders.get(no).terms.clone();
        let records = self.of_ours(no, now, Entry::Changed { terms });
        self.note(records)
    }

    pub(super) fn on_status(&mut self, seen: StatusSeen, now: UnixMillis) -> Vec<Effect> {
        let Some(no) = self.orders.find(&seen.key) else {
            return Vec::new();
        };
        self.orders.learn(no, &seen.key, self.link.session);
        let before = self.progress(no);
        if let Some(report) = &seen.report {
            self.orders.apply(no, report, now);
        }
        self.orders.report_filled(no, seen.filled);
        let mut effects = Vec::new();
        if seen.remaining.is_zero() {
            effects = self.settle_quantity(no, seen.filled, now);
        }
        if let Some(why) = seen.why_held {
            self.orders.add_note(no, None, &format!("Held: {why}"));
        }
        self.keep_filled(no, None, now);
        self.page.order(no);
        effects.extend(self.note_progress(no, before, now));
        effects
    }

    pub(super) fn on_execution(&mut self, event: BrokerEvent, now: UnixMillis) -> Vec<Effect> {
        let BrokerEvent::Execution {
            key,
            exec_id,
            quantity,
            price,
            contract,
            liquidity,
            ..
        } = &event
        else {
            return Vec::new();
        };
        let Some(no) = self.orders.find(key) else {
            let seen = self.keep_trade(&event, None, None, now);
            if self.early_executions.len() < EARLY_LIMIT {
                self.early_executions.push_back(event);
            }
            return self.note(seen.into_iter().collect());
        };
        self.orders.learn(no, key, self.link.session);
        let whole = self.orders.get(no).terms.contract.kind == SecurityKind::Combo;
        let leg = (whole && contract.kind != SecurityKind::Combo).then_some(contract.con_id);
        let seen = self.keep_trade(&event, Some(no), leg, now);
        let early = self.early_commissions.remove(exec_id);
        let execution = Execution {
            leg,
            exec_id: exec_id.clone(),
            quantity: *quantity,
            price: *price,
            at: now,
            commission: early.map(|c| (c.amount, c.currency)),
            realized_pnl: early.and_then(|c| c.realized_pnl),
            liquidity: *liquidity,
        };
        let before = self.progress(no);
        if !self.orders.add_execution(no, execution) {
            return self.note(seen.into_iter().collect());
        }
        self.keep_filled(no, Some(*price), now);
        self.page.order(no);
        let perm_id = self.orders.get(no).perm_id;
        let mut records: Vec<Record> = seen.into_iter().collect();
        records.extend(self.of_ours(
            no,
            now,
            Entry::Execution {
                perm_id,
                exec_id: exec_id.clone(),
                quantity: quantity.get(),
                price: *price,
                leg,
                liquidity: *liquidity,
            },
        ));
        if let Some(c) = early {
            records.extend(self.of_ours(
                no,
                now,
                Entry::Commission {
                    exec_id: exec_id.clone(),
                    amount: c.amount,
                    currency: c.currency,
                    realized_pnl: c.realized_pnl,
                },
            ));
        }
        if self.progress(no) != before {
            records.extend(self.status_record(no, now));
        }
        self.announce(no, &before.0, now);
        self.watch_protection(no, now);
        self.note(records)
    }

    fn settle_early_executions(&mut self, now: UnixMillis) -> Vec<Effect> {
        let waiting = std::mem::take(&mut self.early_executions);
        waiting
            .into_iter()
            .flat_map(|event| self.on_execution(event, now))
            .collect()
    }

    pub(super) fn on_commission(
        &mut self,
        exec_id: ExecId,
        amount: Decimal,
        currency: Currency,
        realized_pnl: Option<Decimal>,
        now: UnixMillis,
    ) -> Vec<Effect> {
        let elsewhere = self.keep_realized(&exec_id, realized_pnl);
        let seen: Vec<Record> = elsewhere
            .map(|account| {
                let entry = Entry::Commission {
                    exec_id: exec_id.clone(),
                    amount,
                    currency,
                    realized_pnl,
                };
                self.record(now, Some(&account), None, entry)
            })
            .into_iter()
            .collect();
        let Some(no) = self.orders.by_exec(&exec_id) else {
            if self.early_commissions.len() < EARLY_LIMIT {
                self.early_commissions.insert(
                    exec_id,
                    EarlyCommission {
                        amount,
                        currency,
                        realized_pnl,
                    },
                );
            }
            return self.note(seen);
        };
        let Some(execution) = self.orders.execution_mut(no, &exec_id) else {
            return self.note(seen);
        };
        if execution.commission == Some((amount, currency)) {
            return self.note(seen);
        }
        execution.commission = Some((amount, currency));
        execution.realized_pnl = realized_pnl;
        self.page.order(no);
        let mut records = self.of_ours(
            no,
            now,
            Entry::Commission {
                exec_id,
                amount,
                currency,
                realized_pnl,
            },
        );
        records.extend(seen);
        self.note(records)
    }

    pub(super) fn on_order_notice(
        &mut self,
        key: &OrderKey,
        code: i32,
        text: String,
        now: UnixMillis,
    ) -> Vec<Effect> {
        let Some(no) = self.orders.find(key) else {
            self.on_notice(code, text, now);
            return Vec::new();
        };
        let before = self.progress(no);
        if !self.orders.entry(no).changes.is_empty() && is_about_a_change(code) {
            let failed = self.on_change_refused(no, code, &text, now);
            self.orders.add_note(no, Some(code), &text);
            self.page.order(no);
            let mut records = self.of_ours(no, now, Entry::OrderNotice { code, text });
            records.push(failed);
            return self.note(records);
        }
        let order = self.orders.get(no);
        let state = &order.state;
        match meaning(code, order) {
            Meaning::Note => self.orders.add_note(no, Some(code), &text),
            Meaning::Report(report) => {
                self.orders.apply(no, &report, now);
            }
            Meaning::Rejection => {
                let report = Report::Rejected {
                    code: Some(code),
                    reason: text.clone(),
                };
                self.orders.apply(no, &report, now);
            }
            // It ended, or is ending, by another way: a cancel that crossed it is no news.
            Meaning::CancelRefused if state.is_final() || is_ending(&text) => {
                self.orders.add_note(no, Some(code), &text);
            }
            Meaning::CancelRefused => {
                self.orders.apply(no, &Report::CancelRefused, now);
                self.orders.add_note(no, Some(code), &text);
                self.tell(
                    now,
                    Tone::Warning,
                    &format!(
                        "Not cancelled: {}. {}",
                        words::order_sentence(self.orders.get(no)),
                        codes::rejection(code, &text)
                    ),
                    Some(code),
                );
            }
        }
        self.page.order(no);
        let mut records = self.of_ours(no, now, Entry::OrderNotice { code, text });
        let moved = self.progress(no) != before;
        if moved {
            records.extend(self.status_record(no, now));
        }
        self.announce(no, &before.0, now);
        let mut effects = self.note(records);
        if moved {
            effects.extend(self.guard_family(no, now));
        }
        effects
    }

    /// What of an order is worth a record when it changes.
    fn progress(&self, no: OrderNo) -> (OrderState, Decimal, bool) {
        let order = self.orders.get(no);
        (order.state.clone(), order.filled(), order.perm_id.is_some())
    }

    fn note_progress(
        &mut self,
        no: OrderNo,
        before: (OrderState, Decimal, bool),
        now: UnixMillis,
    ) -> Vec<Effect> {
        if self.progress(no) == before {
            return Vec::new();
        }
        self.announce(no, &before.0, now);
        let records = self.status_record(no, now);
        let mut effects = self.note(records);
        effects.extend(self.guard_family(no, now));
        effects
    }

    /// The order's present state as a record, when it is ours.
    pub(super) fn status_record(&self, no: OrderNo, now: UnixMillis) -> Vec<Record> {
        let order = self.orders.get(no);
        self.of_ours(
            no,
            now,
            Entry::Status {
                perm_id: order.perm_id,
                state: order.state.clone(),
                filled: order.filled(),
            },
        )
    }

    fn of_ours(&self, no: OrderNo, now: UnixMillis, entry: Entry) -> Vec<Record> {
        let order = self.orders.get(no);
        match &order.origin {
            Origin::Gatehouse(intent) => {
                vec![self.record(now, Some(&order.terms.account), Some(intent), entry)]
            }
            Origin::Elsewhere { .. } => Vec::new(),
        }
    }

    pub(super) fn intent_of(&self, no: OrderNo) -> Option<&IntentId> {
        match &self.orders.get(no).origin {
            Origin::Gatehouse(intent) => Some(intent),
            Origin::Elsewhere { .. } => None,
        }
    }
}

/// Whether a refused cancel (10148) says that the order is being cancelled or has ended.
fn is_ending(text: &str) -> bool {
    ["PendingCancel", "Cancelled", "Filled"]
        .iter()
        .any(|state| {
            text.contains(&format!("state: {state}")) || text.contains(&format!("state {state}"))
        })
}

/// What a code about an order means for its state.
enum Meaning {
    Note,
    Report(Report),
    Rejection,
    CancelRefused,
}

/// Warnings are not rejections: 399, 404, 2109 and all of 21xx leave the order as it is. A
/// code that is not known ends an order only while nothing has acknowledged it.
fn meaning(code: i32, order: &Order) -> Meaning {
    let unacknowledged = matches!(order.state, OrderState::Sent | OrderState::Unknown)
        || order.state == OrderState::Cancelling && order.perm_id.is_none();
    match code {
        202 => Meaning::Report(Report::Cancelled),
        // What the broker never acknowledged and does not find is not there.
        10147 if unacknowledged => Meaning::Report(Report::NotListed),
        161 | 10147 | 10148 => Meaning::CancelRefused,
        105 | 165 | 329 | 399 | 404 | 434 | 492 | 2100..=2199 | 10167 => Meaning::Note,
        201 => Meaning::Rejection,
        _ if unacknowledged => Meaning::Rejection,
        _ => Meaning::Note,
    }
}

/// Whether a code about a working order that is being changed speaks of the change: all but
/// warnings and what comes of cancels.
fn is_about_a_change(code: i32) -> bool {
    !matches!(
        code,
        161 | 165 | 202 | 329 | 399 | 404 | 492 | 2100..=2199 | 10147 | 10148 | 10167
    )
}
