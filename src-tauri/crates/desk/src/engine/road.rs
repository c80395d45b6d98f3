//! The one road to the broker: draft, rules, what-if, preview, confirmation, journal, broker.

use super::{Awaiting, Desk};
use crate::effect::{Answer, AskId, Awaited, Effect, OrderNo};
use crate::error::{ApiError, ErrorCode};
use crate::port::{BrokerError, OrderKey, PlaceError, StoreError};
use crate::record::{Entry, FindingRecord, Record};
use crate::view::{CheckView, PreviewOutcome, Tone};
use gatehouse_domain::draft::{Draft, DraftFault, DraftInput};
use gatehouse_domain::id::{ConId, IntentId, PreviewId};
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::order::{Order, OrderTerms, Origin, Report};
use gatehouse_domain::what_if::WhatIf;
use gatehouse_rules::{Confirmation, Judgement, Verdict, approve};

impl Desk {
    /// Parses a ticket against the instrument it names.
    fn parse(&self, input: &DraftInput) -> Result<Draft, Vec<DraftFault>> {
        let instrument = input
            .con_id
            .and_then(ConId::new)
            .and_then(|con_id| self.instruments.get(&con_id));
        input.parse(instrument)
    }

    /// Without the journal it is not known what was sent before.
    fn refuse_unread(&self, id: AskId) -> Option<Effect> {
        let why = self.journal_unread.as_ref()?;
        Some(Self::refuse(
            id,
            ErrorCode::Journal,
            format!("Orders are stopped: the journal could not be read at the start. {why}"),
        ))
    }

    fn judged(&self, draft: &Draft, now: UnixMillis) -> Result<Judgement, ApiError> {
        let instrument = self.instruments.get(&draft.con_id).ok_or_else(|| {
            ApiError::new(
                ErrorCode::NotFound,
                "The instrument is not known any more. Choose it again.",
            )
        })?;
        Ok(self.judge(draft, instrument, now))
    }

    fn judged_record(
        &self,
        draft: &Draft,
        cleared: bool,
        verdict: &Verdict,
        now: UnixMillis,
    ) -> Record {
        let entry = Entry::Judged {
            draft: draft.clone(),
            cleared,
            findings: FindingRecord::all(verdict),
        };
        self.record(now, Some(&draft.account), Some(&draft.intent), entry)
    }

    pub(super) fn check(&self, id: AskId, input: &DraftInput, now: UnixMillis) -> Vec<Effect> {
        let view = match self.parse(input) {
            Err(faults) => Ok(CheckView {
                faults,
                verdict: None,
            }),
            Ok(draft) => self.judged(&draft, now).map(|judgement| CheckView {
                faults: Vec::new(),
                verdict: Some(super::views::verdict_view(judgement.verdict())),
            }),
        };
        vec![Effect::Answer {
            id,
            answer: view.map(Answer::Check),
        }]
    }

    pub(super) fn preview(
        &mut self,
        id: AskId,
        input: &DraftInput,
        now: UnixMillis,
    ) -> Vec<Effect> {
        if let Some(stopped) = self.refuse_unread(id) {
            return vec![stopped];
        }
        let draft = match self.parse(input) {
            Ok(draft) => draft,
            Err(faults) => return vec![answer_preview(id, PreviewOutcome::Faulty { faults })],
        };
        let judgement = match self.judged(&draft, now) {
            Ok(judgement) => judgement,
            Err(error) => {
                return vec![Effect::Answer {
                    id,
                    answer: Err(error),
                }];
            }
        };
        // An earlier preview of the same intent can't be confirmed any more.
        let mut records = self.let_go_previews_of(&draft.intent, now);
        match judgement {
            Judgement::Blocked(verdict) => {
                records.push(self.judged_record(&draft, false, &verdict, now));
                let view = super::views::verdict_view(&verdict);
                let then = vec![answer_preview(
                    id,
                    PreviewOutcome::Blocked { verdict: view },
                )];
                vec![self.commit(records, then, Awaited::Question(id))]
            }
            Judgement::Cleared(cleared) => {
                records.push(self.judged_record(&draft, true, cleared.verdict(), now));
                let order = cleared.dry_run();
                self.awaiting.insert(id, Awaiting { cleared: *cleared });
                let then = vec![Effect::WhatIf { id, order }];
                vec![self.commit(records, then, Awaited::Question(id))]
            }
        }
    }

    fn let_go_previews_of(&mut self, intent: &IntentId, now: UnixMillis) -> Vec<Record> {
        let old: Vec<PreviewId> = self
            .previews
            .iter()
            .filter(|(_, preview)| preview.draft().intent == *intent)
            .map(|(id, _)| *id)
            .collect();
        old.into_iter()
            .filter_map(|id| self.let_go(id, now))
            .collect()
    }

    fn let_go(&mut self, id: PreviewId, now: UnixMillis) -> Option<Record> {
        let preview = self.previews.remove(&id)?;
        let draft = preview.draft();
        Some(self.record(
            now,
            Some(&draft.account),
            Some(&draft.intent),
            Entry::Abandoned { preview: id },
        ))
    }

    pub(super) fn on_what_if(
        &mut self,
        id: AskId,
        answer: Result<WhatIf, BrokerError>,
        now: UnixMillis,
    ) -> Vec<Effect> {
        let Some(Awaiting { cleared }) = self.awaiting.remove(&id) else {
            return Vec::new();
        };
        let draft = cleared.draft().clone();
        let (account, intent) = (Some(&draft.account), Some(&draft.intent));
        match answer {
            Ok(what_if) => {
                let preview_id = self.next_preview;
                self.next_preview = preview_id.next();
                let valid_for = self.options.book.preview_valid_for;
                let preview = cleared.previewed(preview_id, what_if.clone(), now, valid_for);
                let entry = Entry::Previewed {
                    preview: preview_id,
                    what_if,
                    expires_at: preview.expires_at(),
                };
                let record = self.record(now, account, intent, entry);
                let view = Box::new(self.preview_view(&preview));
                self.previews.insert(preview_id, preview);
                let then = vec![answer_preview(id, PreviewOutcome::Ready { preview: view })];
                vec![self.commit(vec![record], then, Awaited::Question(id))]
            }
            Err(error) => {
                let message = error.to_string();
                let entry = Entry::PreviewFailed {
                    why: message.clone(),
                };
                let record = self.record(now, account, intent, entry);
                let verdict = super::views::verdict_view(cleared.verdict());
                let then = vec![answer_preview(
                    id,
                    PreviewOutcome::Failed { verdict, message },
                )];
                vec![self.commit(vec![record], then, Awaited::Question(id))]
            }
        }
    }

    pub(super) fn abandon(
        &mut self,
        id: AskId,
        preview: PreviewId,
        now: UnixMillis,
    ) -> Vec<Effect> {
        let done = Effect::Answer {
            id,
            answer: Ok(Answer::Done),
        };
        match self.let_go(preview, now) {
            None => vec![done],
            Some(record) => vec![self.commit(vec![record], vec![done], Awaited::Question(id))],
        }
    }

    /// The person confirmed. A preview is taken out before anything else happens, so that a
    /// second confirmation finds the order that the first one made, or nothing.
    pub(super) fn confirm(
        &mut self,
        id: AskId,
        preview_id: PreviewId,
        now: UnixMillis,
    ) -> Vec<Effect> {
        if let Some(no) = self
            .used_previews
            .get(&preview_id)
            .and_then(|intent| self.orders.by_intent(intent))
        {
            return vec![self.answer_order(id, no)];
        }
        if let Some(stopped) = self.refuse_unread(id) {
            return vec![stopped];
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
        let cleared = match self.judged(&draft, now) {
            Err(error) => return self.refuse_confirmation(id, preview_id, &draft, error, now),
            Ok(Judgement::Blocked(verdict)) => {
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
            Ok(Judgement::Cleared(cleared)) => cleared,
        };
        let confirmation = Confirmation::by_person(preview_id, now);
        let drift = self.options.book.preview_drift;
        let approved = match approve(&cleared, preview, confirmation, drift) {
            Ok(approved) => approved,
            Err(refusal) => {
                let error = ApiError::new(ErrorCode::PreviewGone, refusal.to_string());
                return self.refuse_confirmation(id, preview_id, &draft, error, now);
            }
        };
        let terms = terms_of(&draft, approved.get().instrument());
        let order = Order::new(Origin::Gatehouse(draft.intent.clone()), terms.clone(), now);
        let no = self.orders.add(order, self.link.session);
        self.used_previews.insert(preview_id, draft.intent.clone());
        self.page.order(no);
        let judged = self.judged_record(&draft, true, cleared.verdict(), now);
        let record = self.record(
            now,
            Some(&draft.account),
            Some(&draft.intent),
            Entry::Approved {
                preview: preview_id,
                terms,
            },
        );
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
        vec![self.commit(vec![judged, record], then, awaited)]
    }

    fn answer_order(&self, id: AskId, no: OrderNo) -> Effect {
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
        self.orders.apply(no, &report, now);
        self.page.order(no);
        self.tell(now, Tone::Alarm, &why, None);
        let account = self.orders.get(no).terms.account.clone();
        let entry = Entry::PlaceFailed { unsure, why };
        let mut records = vec![self.record(now, Some(&account), Some(intent), entry)];
        records.extend(self.status_record(no, now));
        self.note(records)
    }

    pub(super) fn cancel(&mut self, id: AskId, key: &str, now: UnixMillis) -> Vec<Effect> {
        let Some(no) =
            super::views::order_no(key).filter(|no| self.orders.iter().any(|(n, _)| n == *no))
        else {
            return vec![Self::refuse(
                id,
                ErrorCode::NotFound,
                "There is no such order.",
            )];
        };
        if !self.is_connected() {
            return vec![Self::refuse(
                id,
                ErrorCode::NotConnected,
                "There is no link to the gateway, so a cancel can't be asked for. If it is urgent, \
                 cancel in TWS, IBKR Mobile or by telephone.",
            )];
        }
        if !self.can_cancel(no) {
            let view = self.order_view(no);
            return vec![Self::refuse(
                id,
                ErrorCode::Refused,
                format!("This order can't be cancelled from here: {}", view.says),
            )];
        }
        self.orders.apply(no, &Report::CancelAsked, now);
        self.page.order(no);
        let order = self.orders.get(no);
        let account = order.terms.account.clone();
        let intent = self.intent_of(no).cloned();
        let wire_key = OrderKey {
            perm_id: order.perm_id,
            order_id: order.order_id,
            client_id: self.link.client_id,
            order_ref: intent.as_ref().map(|i| i.as_str().to_owned()),
        };
        let record = self.record(now, Some(&account), intent.as_ref(), Entry::CancelAsked);
        // A cancel lowers the risk: it goes out even when its record has to wait.
        vec![
            Effect::Cancel {
                order: no,
                key: wire_key,
            },
            self.commit(vec![record], Vec::new(), Awaited::Nobody),
            Effect::Answer {
                id,
                answer: Ok(Answer::Done),
            },
        ]
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
        self.orders.apply(no, &Report::CancelRefused, now);
        self.page.order(no);
        self.tell(
            now,
            Tone::Alarm,
            &format!("The order was not cancelled. {why}"),
            None,
        );
        let account = self.orders.get(no).terms.account.clone();
        let intent = self.intent_of(no).cloned();
        let entry = Entry::CancelFailed { why };
        let record = self.record(now, Some(&account), intent.as_ref(), entry);
        self.note(vec![record])
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
        let mut effects = Vec::new();
        match awaited {
            Awaited::Nobody => {}
            Awaited::Question(id) => {
                self.awaiting.remove(&id);
                effects.push(Self::refuse(id, ErrorCode::Journal, message));
            }
            Awaited::Order { id, intent } => {
                // It did not go out: it is as if it had not been confirmed.
                records.retain(|record| !matches!(record.entry, Entry::Approved { .. }));
                self.orders.withdraw(&intent);
                self.used_previews.retain(|_, used| *used != intent);
                self.page.everything();
                effects.push(Self::refuse(
                    id,
                    ErrorCode::Journal,
                    format!("The order was not sent. {message}"),
                ));
            }
        }
        self.backlog = records;
        effects
    }
}

fn answer_preview(id: AskId, outcome: PreviewOutcome) -> Effect {
    Effect::Answer {
        id,
        answer: Ok(Answer::Preview(outcome)),
    }
}

fn terms_of(draft: &Draft, instrument: &gatehouse_domain::contract::Instrument) -> OrderTerms {
    let order_type = match draft.pricing.limit() {
        Some(_) => "LMT",
        None => "MKT",
    };
    OrderTerms {
        account: draft.account.clone(),
        contract: instrument.contract.clone(),
        side: draft.side,
        quantity: draft.quantity,
        pricing: Some(draft.pricing),
        order_type: order_type.to_owned(),
        tif: Some(draft.tif),
    }
}
