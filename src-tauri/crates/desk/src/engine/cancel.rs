//! Cancelling: no preview, and out even when its record has to wait.

use super::Desk;
use crate::effect::{Answer, AskId, Awaited, Effect, OrderNo};
use crate::error::ErrorCode;
use crate::port::BrokerError;
use crate::record::{Entry, Record};
use crate::view::Tone;
use gatehouse_domain::id::IntentId;
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::order::{OrderState, Report};

/// A cancel that was asked for: what is to be done, and what is to be written.
pub(super) struct Asked {
    /// The request; `None` when it waits until the gateway knows the order.
    pub request: Option<Effect>,
    pub record: Record,
}

impl Desk {
    pub(super) fn cancel(&mut self, id: AskId, key: &str, now: UnixMillis) -> Vec<Effect> {
        let Some(no) = self.known(key) else {
            return vec![Self::refuse(
                id,
                ErrorCode::NotFound,
                "There is no such order.",
            )];
        };
        if let Some(refused) = self.refuse_cancel_without_link(id) {
            return vec![refused];
        }
        if !self.can_cancel(no) {
            let why = self.why_not_here(no);
            return vec![Self::refuse(
                id,
                ErrorCode::Refused,
                format!("This order can't be cancelled from here: {why}"),
            )];
        }
        self.orders.let_go(no);
        let mut effects = self.send_cancel(no, now);
        effects.push(Effect::Answer {
            id,
            answer: Ok(Answer::Done),
        });
        effects
    }

    /// Asks the broker for a cancel and writes that it was asked for. A cancel lowers the risk:
    /// it goes out even when its record has to wait.
    pub(super) fn send_cancel(&mut self, no: OrderNo, now: UnixMillis) -> Vec<Effect> {
        let asked = self.ask_cancel(no, now);
        let mut effects: Vec<Effect> = asked.request.into_iter().collect();
        effects.push(self.commit(vec![asked.record], Vec::new(), Awaited::Nobody));
        effects
    }

    /// The order with this page key.
    pub(super) fn known(&self, key: &str) -> Option<OrderNo> {
        super::views::order_no(key).filter(|no| no.0 < self.orders.len())
    }

    pub(super) fn refuse_cancel_without_link(&self, id: AskId) -> Option<Effect> {
        if self.unexpected().is_some() {
            return Some(Self::refuse(
                id,
                ErrorCode::Refused,
                "The login is not the one that this profile expects, so nothing is cancelled in \
                 it. Decide that at the top of the window first.",
            ));
        }
        (!self.is_connected()).then(|| {
            Self::refuse(
                id,
                ErrorCode::NotConnected,
                "There is no link to the gateway, so a cancel can't be asked for. If it is urgent, \
                 cancel in TWS, IBKR Mobile or by telephone.",
            )
        })
    }

    /// Asks for the cancel of an order that can be cancelled. The gateway can only cancel what
    /// it has listed in this session or what was handed to it; until then the cancel waits.
    pub(super) fn ask_cancel(&mut self, no: OrderNo, now: UnixMillis) -> Asked {
        let entry = self.orders.entry_mut(no);
        entry.before_cancel = Some(entry.order.state.clone());
        let under_way = entry.order.state == OrderState::Sent && !entry.handed_over;
        let unnamed = entry.order.order_id.is_none();
        let waits = unnamed && (under_way || !self.link.is_reconciled());
        self.orders.apply(no, &Report::CancelAsked, now);
        self.page.order(no);
        if waits {
            self.cancels_waiting.insert(no);
        }
        let account = self.orders.get(no).terms.account.clone();
        let intent = self.intent_of(no).cloned();
        Asked {
            request: (!waits).then(|| self.cancel_request(no)),
            record: self.record(now, Some(&account), intent.as_ref(), Entry::CancelAsked),
        }
    }

    fn cancel_request(&self, no: OrderNo) -> Effect {
        Effect::Cancel {
            order: no,
            key: self.wire_key(no),
        }
    }

    /// The wire has taken an order with those attached to it, or may have: cancels that waited
    /// for it go out.
    pub(super) fn cancel_what_was_placed(&mut self, intent: &IntentId) -> Vec<Effect> {
        let placed = self.orders.by_intent(intent);
        let placed = placed.and_then(|no| self.orders.family(no));
        let mut effects = Vec::new();
        for no in placed.into_iter().flatten() {
            self.orders.entry_mut(no).handed_over = true;
            if self.link.is_reconciled() && self.cancels_waiting.remove(&no) {
                effects.extend(self.request_if_open(no));
            }
        }
        effects
    }

    /// The gateway has listed what it knows: the cancels that waited for it go out.
    pub(super) fn cancel_what_was_listed(&mut self) -> Vec<Effect> {
        let waiting = std::mem::take(&mut self.cancels_waiting);
        let (under_way, listed): (Vec<OrderNo>, Vec<OrderNo>) = waiting
            .into_iter()
            .partition(|no| !self.orders.entry(*no).handed_over && self.is_of_this_session(*no));
        self.cancels_waiting.extend(under_way);
        listed
            .into_iter()
            .filter_map(|no| self.request_if_open(no))
            .collect()
    }

    /// Sent in this session and not answered by the wire yet.
    fn is_of_this_session(&self, no: OrderNo) -> bool {
        let entry = self.orders.entry(no);
        entry.before_cancel == Some(OrderState::Sent) && entry.listed_in == self.link.session
    }

    fn request_if_open(&self, no: OrderNo) -> Option<Effect> {
        (!self.orders.get(no).state.is_final()).then(|| self.cancel_request(no))
    }

    /// The link went while cancels waited for it: nobody may believe that they went out.
    pub(super) fn drop_waiting_cancels(&mut self, now: UnixMillis) -> Vec<Record> {
        let mut records = Vec::new();
        for no in std::mem::take(&mut self.cancels_waiting) {
            let order = self.orders.get(no);
            let why = format!(
                "The link was lost before the cancel of \"{}\" could go out. Ask for it again when \
                 the link is back.",
                super::words::order_sentence(order)
            );
            let account = order.terms.account.clone();
            let intent = self.intent_of(no).cloned();
            self.tell(now, Tone::Alarm, &why, None);
            let entry = Entry::CancelFailed { why };
            records.push(self.record(now, Some(&account), intent.as_ref(), entry));
        }
        records
    }

    pub(super) fn on_cancel_answer(
        &mut self,
        no: OrderNo,
        answer: Result<(), BrokerError>,
        now: UnixMillis,
    ) -> Vec<Effect> {
        let Err(error) = answer else {
            return Vec::new();
        };
        let why = error.to_string();
        self.take_cancel_back(no, now);
        self.tell(
            now,
            Tone::Alarm,
            &format!("The order was not cancelled. {why}"),
            None,
        );
        let account = self.orders.get(no).terms.account.clone();
        let intent = self.intent_of(no).cloned();
        let entry = Entry::CancelFailed { why };
        let mut records = vec![self.record(now, Some(&account), intent.as_ref(), entry)];
        records.extend(self.status_record(no, now));
        self.note(records)
    }

    /// A cancel that never went out: the order stands where it stood before.
    pub(super) fn take_cancel_back(&mut self, no: OrderNo, now: UnixMillis) {
        let entry = self.orders.entry(no);
        if entry.order.state == OrderState::Cancelling {
            match entry.before_cancel.clone() {
                // The broker may have acknowledged it meanwhile.
                Some(OrderState::Sent) | None => {
                    self.orders.apply(no, &Report::CancelRefused, now);
                }
                Some(before) => self.orders.restore_state(no, before, now),
            }
        }
        self.page.order(no);
    }
}
