//! The second half of the one road to the broker: confirmation, journal, broker.

use super::Desk;
use crate::effect::{Answer, AskId, Awaited, Effect, OrderNo};
use crate::error::{ApiError, ErrorCode};
use crate::port::{PlaceError, StoreError};
use crate::record::{Entry, Record};
use crate::view::Tone;
use gatehouse_domain::draft::Draft;
use gatehouse_domain::id::{IntentId, PreviewId};
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::observed::Observed;
use gatehouse_domain::order::{Order, OrderTerms, Origin, Report};
use gatehouse_rules::{
    Confirmation, Reason, Refusal, approve, asks_to_type, is_deliberate, lacks_reason,
};

impl Desk {
    /// The person confirmed. A preview is taken out before anything else happens, so that a
    /// second confirmation finds the order that the first one made, or nothing.
    pub(super) fn confirm(
        &mut self,
        id: AskId,
        preview_id: PreviewId,
        typed: Option<String>,
        reasons: Vec<Reason>,
        now: UnixMillis,
    ) -> Vec<Effect> {
        if let Some(no) = self
            .used_previews
            .get(&preview_id)
            .and_then(|intent| self.named(intent))
        {
            return vec![self.answer_order(id, no)];
        }
        if let Some(stopped) = self.refuse_unread(id) {
            return vec![stopped];
        }
        // A slip of the finger leaves the preview to be confirmed again.
        if let Some(preview) = self.previews.get(&preview_id)
            && !is_deliberate(&preview.draft().account, typed.as_deref())
        {
            let why = Refusal::NotDeliberate.to_string();
            return vec![Self::refuse(id, ErrorCode::BadInput, why)];
        }
        if let Some(preview) = self.previews.get(&preview_id)
            && let Some(rule) = lacks_reason(preview.cleared().verdict(), &reasons)
        {
            let why = Refusal::NoReason(rule.title().to_owned()).to_string();
            return vec![Self::refuse(id, ErrorCode::BadInput, why)];
        }
        let Some(preview) = self.previews.remove(&preview_id) else {
            return vec![Self::refuse(
                id,
                ErrorCode::PreviewGone,
                "This preview is gone: it expired, was replaced, or is of an earlier run. Preview \
                 the order again.",
            )];
        };
        let draft = preview.draft().clone();
        let told = Observed::live(preview.what_if(), preview.made_at());
        let weighed = match self.weighed(&draft, told, now) {
            Err(error) => return self.refuse_confirmation(id, preview_id, &draft, error, now),
            Ok(Err(verdict)) => {
                let says: Vec<&str> = verdict.blocking().map(|f| f.says.as_str()).collect();
                let error = ApiError::new(
                    ErrorCode::Blocked,
                    format!("Blocked since the preview: {}", says.join(" ")),
                );
                let mut effects = self.refuse_confirmation(id, preview_id, &draft, error, now);
                if let Some(Effect::Commit { records, .. }) = effects.first_mut() {
                    let judged = self.judged_record(&draft, false, &verdict, now);
                    let before_last = records.len().saturating_sub(1);
                    records.insert(before_last, judged);
                }
                return effects;
            }
            Ok(Ok(weighed)) => weighed,
        };
        let confirmation = Confirmation::by_person(preview_id, now, typed).because(reasons);
        let drift = self.options.book.preview_drift;
        let approved = match approve(&weighed, preview, confirmation, drift) {
            Ok(approved) => approved,
            Err(refusal) => {
                let error = ApiError::new(ErrorCode::PreviewGone, refusal.to_string());
                return self.refuse_confirmation(id, preview_id, &draft, error, now);
            }
        };
        let judged = self.judged_record(&draft, true, weighed.cleared().verdict(), now);
        self.keep_margin(&weighed);
        if let Some(of) = &draft.changes {
            let of = of.clone();
            return self.send_change(id, preview_id, &of, approved, judged, now);
        }
        let mut records = vec![judged];
        let terms = approved.get().terms();
        records.push(self.record(
            now,
            Some(&draft.account),
            Some(&draft.intent),
            Entry::Approved {
                preview: preview_id,
                terms: terms.clone(),
                typed: asks_to_type(&draft.account).is_some(),
                reasons: approved.reasons().to_vec(),
            },
        ));
        self.keep_sent(&draft.intent, &terms, now);
        let no = self.take_in(draft.clone(), terms, now);
        for (attached, terms) in approved.get().attached() {
            let entry = Entry::Attached {
                entry: draft.intent.clone(),
                terms: terms.clone(),
            };
            let record = self.record(now, Some(&draft.account), Some(&attached.intent), entry);
            records.push(record);
            self.take_in(attached, terms, now);
        }
        self.used_previews.insert(preview_id, draft.intent.clone());
        let then = vec![
            Effect::Place {
                intent: draft.intent.clone(),
                order: approved,
            },
            self.answer_order(id, no),
        ];
        let awaited = Awaited::Order {
            id,
            intent: draft.intent,
        };
        vec![self.commit(records, then, awaited)]
    }

    /// Puts an order of ours into the list.
    fn take_in(&mut self, draft: Draft, terms: OrderTerms, now: UnixMillis) -> OrderNo {
        let order = Order::new(Origin::Gatehouse(draft.intent.clone()), terms, now);
        let no = self.orders.add(order, self.link.session);
        self.orders.sent_as(no, draft);
        self.page.order(no);
        no
    }

    pub(super) fn answer_order(&self, id: AskId, no: OrderNo) -> Effect {
        Effect::Answer {
            id,
            answer: Ok(Answer::Order(Box::new(self.order_view(no)))),
        }
    }

    fn refuse_confirmation(
        &mut self,
        id: AskId,
        preview: PreviewId,
        draft: &Draft,
        error: ApiError,
        now: UnixMillis,
    ) -> Vec<Effect> {
        let entry = Entry::Refused {
            preview,
            why: error.message.clone(),
        };
        let record = self.record(now, Some(&draft.account), Some(&draft.intent), entry);
        let then = vec![Effect::Answer {
            id,
            answer: Err(error),
        }];
        vec![self.commit(vec![record], then, Awaited::Question(id))]
    }

    pub(super) fn on_placed(
        &mut self,
        intent: &IntentId,
        answer: Result<(), PlaceError>,
        now: UnixMillis,
    ) -> Vec<Effect> {
        let (Some(no), Err(error)) = (self.orders.by_intent(intent), answer) else {
            return Vec::new();
        };
        let why = error.to_string();
        let (report, unsure) = match error {
            PlaceError::NotSent(reason) => (Report::Rejected { code: None, reason }, false),
            PlaceError::Unsure(_) => (Report::LinkLost, true),
        };
        self.tell(now, Tone::Alarm, &why, None);
        let account = self.orders.get(no).terms.account.clone();
        let entry = Entry::PlaceFailed { unsure, why };
        let mut records = vec![self.record(now, Some(&account), Some(intent), entry)];
        for member in self.orders.family(no).unwrap_or_default() {
            self.orders.apply(member, &report, now);
            self.page.order(member);
            records.extend(self.status_record(member, now));
        }
        self.note(records)
    }

    pub(super) fn on_commit_failed(
        &mut self,
        error: &StoreError,
        mut records: Vec<Record>,
        awaited: Awaited,
        now: UnixMillis,
    ) -> Vec<Effect> {
        let message = error.to_string();
        if self.journal_fault.is_none() {
            self.tell(now, Tone::Alarm, &message, None);
        }
        self.journal_fault = Some(message.clone());
        self.page.journal = true;
        let mut effects = self.disarm("The journal can't be written.", now);
        match awaited {
            Awaited::Nobody => {}
            Awaited::Question(id) => {
                self.awaiting.remove(&id);
                effects.push(Self::refuse(id, ErrorCode::Journal, message));
            }
            Awaited::Resumed { id, since } => {
                records.retain(|record| record.entry != Entry::TradingResumed);
                self.stays_stopped(since);
                effects.push(Self::refuse(
                    id,
                    ErrorCode::Journal,
                    format!("Trading stays stopped. {message}"),
                ));
            }
            Awaited::Book { id, before, fault } => {
                // What lay in the backlog before this one stays.
                let last = records
                    .iter()
                    .rposition(|record| matches!(record.entry, Entry::RulesChanged { .. }));
                if let Some(last) = last {
                    records.remove(last);
                }
                self.keeps_book(*before, fault);
                effects.push(Self::refuse(
                    id,
                    ErrorCode::Journal,
                    format!("The rules stay as they were. {message}"),
                ));
            }
            Awaited::AccountKind {
                id,
                account,
                before,
            } => {
                let last = records
                    .iter()
                    .rposition(|record| matches!(record.entry, Entry::AccountKindSaid { .. }));
                if let Some(last) = last {
                    records.remove(last);
                }
                self.take_kind(&account, before);
                effects.push(Self::refuse(
                    id,
                    ErrorCode::Journal,
                    format!("The account's type stays as it was. {message}"),
                ));
            }
            Awaited::Order { id, intent } => {
                // It did not go out: it is as if it had not been confirmed.
                records.retain(|record| {
                    !matches!(
                        record.entry,
                        Entry::Approved { .. } | Entry::Attached { .. }
                    )
                });
                self.orders.withdraw(&intent);
                self.forget_sent(&intent);
                self.used_previews.retain(|_, used| *used != intent);
                self.page.everything();
                effects.push(Self::refuse(
                    id,
                    ErrorCode::Journal,
                    format!("The order was not sent. {message}"),
                ));
            }
            Awaited::Change {
                id,
                preview,
                change,
            } => {
                records.retain(|record| !matches!(record.entry, Entry::ChangeApproved { .. }));
                self.used_previews.remove(&preview);
                self.sent_changes.remove(&change);
                effects.push(Self::refuse(
                    id,
                    ErrorCode::Journal,
                    format!("The change was not sent, so the order stands as it was. {message}"),
                ));
            }
        }
        self.backlog.extend(records);
        effects
    }
}
