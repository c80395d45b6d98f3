//! Changing a working order: the same road as a new one, with the order's own name.

use super::Desk;
use crate::effect::{Answer, AskId, Awaited, Effect, OrderNo};
use crate::error::{ApiError, ErrorCode};
use crate::port::{OrderKey, PlaceError};
use crate::record::{Entry, Record};
use crate::view::Tone;
use gatehouse_domain::draft::{Draft, DraftFault, DraftField, Waivers};
use gatehouse_domain::id::{IntentId, PreviewId};
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::order::OrderState;
use gatehouse_rules::{Approved, Order, asks_to_type};

impl Desk {
    /// Whether a change can be asked for: it is ours, works, and what it is meant as is known.
    pub(super) fn can_change(&self, no: OrderNo) -> bool {
        let state = &self.orders.get(no).state;
        matches!(state, OrderState::Held | OrderState::Working)
            && self.is_ours(no)
            && self.meant_as(no).is_some()
    }

    /// A ticket that holds the order as it stands now. The page gives it an intent of its own.
    pub(super) fn refill(&self, id: AskId, key: &str) -> Vec<Effect> {
        let ticket = self.find_order(key).and_then(|no| {
            if !self.can_change(no) {
                return Err(ApiError::new(
                    ErrorCode::Refused,
                    format!(
                        "This order can't be changed from here: {}",
                        self.why_not_here(no)
                    ),
                ));
            }
            let now = self.as_it_stands(no).ok_or_else(|| {
                ApiError::new(
                    ErrorCode::Refused,
                    "What this order was sent as is not known. Cancel it and make a new one.",
                )
            })?;
            Ok(Answer::Ticket(Box::new(now.to_input())))
        });
        vec![Effect::Answer { id, answer: ticket }]
    }

    /// A ticket that would make a refused order anew, with what was attached to it. The page
    /// gives it an intent of its own.
    pub(super) fn remake(&self, id: AskId, key: &str) -> Vec<Effect> {
        let ticket = self.find_order(key).and_then(|no| {
            let entry = self.orders.entry(no);
            let refused = |says: &str| ApiError::new(ErrorCode::Refused, says);
            if !matches!(entry.order.state, OrderState::Rejected { .. }) {
                return Err(refused(
                    "This order was not refused. Only a refused order is made anew.",
                ));
            }
            let Some(mut draft) = entry.draft.clone() else {
                return Err(refused(
                    "What this order was sent as is not known. Fill in a new ticket.",
                ));
            };
            draft.changes = None;
            draft.waivers = Waivers::default();
            Ok(Answer::Ticket(Box::new(draft.to_input())))
        });
        vec![Effect::Answer { id, answer: ticket }]
    }

    /// What it was sent as, with what the broker lists it as now.
    fn as_it_stands(&self, no: OrderNo) -> Option<Draft> {
        let mut draft = self.meant_as(no)?;
        let terms = &self.orders.get(no).terms;
        draft.quantity = terms.quantity;
        draft.pricing = terms.pricing.unwrap_or(draft.pricing);
        draft.tif = terms.tif.unwrap_or(draft.tif);
        draft.changes = self.name_of(no);
        // What is attached stands by itself.
        draft.exits = None;
        draft.waivers = Waivers::default();
        Some(draft)
    }

    /// What a change can't do: the broker lists price, quantity and time in force of an order,
    /// so whether it took a change of anything else would not be known.
    pub(super) fn beyond_a_change(&self, draft: &Draft) -> Vec<DraftFault> {
        let changed = draft.changes.as_ref();
        let Some((no, was)) = changed
            .and_then(|of| self.named(of))
            .and_then(|no| Some((no, self.meant_as(no)?)))
        else {
            return Vec::new();
        };
        let terms = &self.orders.get(no).terms;
        // A listing would confirm such a change before the broker has taken or refused it.
        let moved = terms.quantity != draft.quantity
            || terms.pricing != Some(draft.pricing)
            || terms.tif != Some(draft.tif);
        let bracket = self.orders.family(no).is_some_and(|f| f.len() > 1);
        let quantity = self.orders.get(no).terms.quantity;
        let idle = "Nothing of the order is changed yet. Type another price, quantity or time.";
        let alone = "A change keeps this as it is. Cancel the order and make a new one.";
        let together = "The parts of a bracket are for the same quantity, or a part of the position \
                        would have no stop. Cancel the bracket and make a new one.";
        let legs =
            "A change keeps the legs as they are. Cancel the order and make a new combination.";
        let kept = [
            (DraftField::Legs, was.legs == draft.legs, legs),
            (DraftField::Handling, was.handling == draft.handling, alone),
            (DraftField::Algo, was.algo == draft.algo, alone),
            (
                DraftField::Condition,
                was.conditions == draft.conditions,
                alone,
            ),
            (
                DraftField::Quantity,
                !bracket || quantity == draft.quantity,
                together,
            ),
        ];
        let others = kept.iter().all(|(_, same, _)| *same);
        kept.into_iter()
            .chain([(DraftField::LimitPrice, moved || !others, idle)])
            .filter(|(_, same, _)| !same)
            .map(|(field, _, says)| DraftFault {
                field,
                part: None,
                says: says.to_owned(),
                mend: None,
            })
            .collect()
    }

    /// The second half of the road for a change: journal, then broker.
    pub(super) fn send_change(
        &mut self,
        id: AskId,
        preview: PreviewId,
        of: &IntentId,
        approved: Approved<Order>,
        judged: Record,
        now: UnixMillis,
    ) -> Vec<Effect> {
        let Some(no) = self.named(of) else {
            let says = "The order that is to be changed is not known.";
            return vec![Self::refuse(id, ErrorCode::NotFound, says)];
        };
        let draft = approved.get().draft().clone();
        let change = draft.intent.clone();
        let entry = Entry::ChangeApproved {
            preview,
            change: change.clone(),
            terms: approved.get().terms(),
            typed: asks_to_type(&draft.account).is_some(),
            reasons: approved.reasons().to_vec(),
        };
        let record = self.record(now, Some(&draft.account), Some(of), entry);
        self.used_previews.insert(preview, of.clone());
        self.sent_changes.insert(change.clone());
        self.orders.change_sent(no, draft);
        let key = self.wire_key(no);
        let then = vec![
            Effect::Change {
                order: no,
                key,
                changed: approved,
            },
            self.answer_order(id, no),
        ];
        let awaited = Awaited::Change {
            id,
            preview,
            change,
        };
        vec![self.commit(vec![judged, record], then, awaited)]
    }

    /// What the broker names an order by.
    pub(super) fn wire_key(&self, no: OrderNo) -> OrderKey {
        let order = self.orders.get(no);
        OrderKey {
            perm_id: order.perm_id,
            order_id: order.order_id,
            client_id: self.link.client_id,
            order_ref: self.intent_of(no).map(|i| i.as_str().to_owned()),
        }
    }

    pub(super) fn on_change_answer(
        &mut self,
        no: OrderNo,
        answer: Result<(), PlaceError>,
        now: UnixMillis,
    ) -> Vec<Effect> {
        let Err(error) = answer else {
            return Vec::new();
        };
        let (unsure, why) = match error {
            PlaceError::NotSent(why) => (
                false,
                format!("The change was not sent, so the order stands as it was: {why}"),
            ),
            PlaceError::Unsure(why) => (
                true,
                format!(
                    "Whether the change was sent is not known: {why} The order shows what the \
                     gateway lists."
                ),
            ),
        };
        if !unsure {
            self.orders.change_not_sent(no);
        }
        self.tell(now, Tone::Alarm, &why, None);
        let record = self.change_failed(no, unsure, why, now);
        self.note(vec![record])
    }

    fn change_failed(&self, no: OrderNo, unsure: bool, why: String, now: UnixMillis) -> Record {
        let account = &self.orders.get(no).terms.account;
        let entry = Entry::ChangeFailed { unsure, why };
        self.record(now, Some(account), self.name_of(no).as_ref(), entry)
    }

    /// The broker refused a change. The order itself stands as it was, whatever the code would
    /// mean for a new one.
    pub(super) fn on_change_refused(
        &mut self,
        no: OrderNo,
        code: i32,
        text: &str,
        now: UnixMillis,
    ) -> Record {
        self.orders.change_refused(no);
        let order = self.orders.get(no);
        let stands = if order.state.is_final() {
            "It came too late"
        } else {
            "The order stands as it was"
        };
        let why = format!(
            "The change of \"{}\" was refused: {text} {stands}.",
            super::words::order_sentence(order)
        );
        self.tell(now, Tone::Warning, &why, Some(code));
        self.change_failed(no, false, why, now)
    }

    /// What it was sent as is what it was changed to, once the broker lists it so.
    pub(super) fn keep_change(&mut self, no: OrderNo) {
        if self.orders.entry(no).draft.is_none() {
            return;
        }
        if let Some(mut draft) = self.as_it_stands(no) {
            draft.changes = None;
            self.orders.sent_as(no, draft);
        }
    }

    pub(super) fn find_order(&self, key: &str) -> Result<OrderNo, ApiError> {
        super::views::order_no(key)
            .filter(|no| no.0 < self.orders.numbers().count())
            .ok_or_else(|| ApiError::new(ErrorCode::NotFound, "There is no such order."))
    }
}
