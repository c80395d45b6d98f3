//! The first half of the one road to the broker: draft, rules, what-if, preview.

use super::{Awaiting, Desk};
use crate::effect::{Answer, AskId, Awaited, Effect};
use crate::error::{ApiError, ErrorCode};
use crate::port::BrokerError;
use crate::record::{Entry, FindingRecord, Record};
use crate::view::{CheckView, PreviewOutcome};
use gatehouse_domain::account::Mode;
use gatehouse_domain::contract::Instrument;
use gatehouse_domain::draft::{Draft, DraftFault, DraftInput};
use gatehouse_domain::id::{IntentId, PreviewId};
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::observed::Observed;
use gatehouse_domain::what_if::WhatIf;
use gatehouse_rules::{Cleared, Judgement, Verdict, Weighed};
use std::borrow::Cow;
use std::time::Duration;

/// For so long after its end a preview is still known, to say that it expired.
const EXPIRED_FOR: Duration = Duration::from_secs(600);

impl Desk {
    /// Parses a ticket against the instrument it names.
    fn parse(&self, input: &DraftInput, now: UnixMillis) -> Result<Draft, Vec<DraftFault>> {
        let draft = input.parse(|con_id| self.instruments.get(&con_id), now)?;
        let faults = self.beyond_a_change(&draft);
        if faults.is_empty() {
            Ok(draft)
        } else {
            Err(faults)
        }
    }

    /// Without the journal it is not known what was sent before.
    pub(super) fn refuse_unread(&self, id: AskId) -> Option<Effect> {
        let why = self.journal_unread.as_ref()?;
        Some(Self::refuse(
            id,
            ErrorCode::Journal,
            format!("Orders are stopped: the journal could not be read at the start. {why}"),
        ))
    }

    fn traded(&self, draft: &Draft) -> Result<Cow<'_, Instrument>, ApiError> {
        self.instrument_of(draft).ok_or_else(|| {
            ApiError::new(
                ErrorCode::NotFound,
                "The instrument is not known any more. Choose it again.",
            )
        })
    }

    fn judged(&self, draft: &Draft, now: UnixMillis) -> Result<Judgement, ApiError> {
        let instrument = self.traded(draft)?;
        Ok(self.judge(draft, &instrument, now))
    }

    /// Judged with the broker's answer.
    pub(super) fn weighed(
        &self,
        draft: &Draft,
        what_if: Observed<&WhatIf>,
        now: UnixMillis,
    ) -> Result<Result<Weighed, Verdict>, ApiError> {
        let instrument = self.traded(draft)?;
        Ok(self.weigh(draft, &instrument, what_if, now))
    }

    pub(super) fn judged_record(
        &self,
        draft: &Draft,
        cleared: bool,
        verdict: &Verdict,
        now: UnixMillis,
    ) -> Record {
        let instrument = self.instrument_of(draft);
        let facts = instrument
            .as_ref()
            .map(|instrument| self.seen_of(draft, instrument, now))
            .unwrap_or_default();
        let entry = Entry::Judged {
            symbol: instrument.as_ref().map(|i| i.contract.symbol.clone()),
            label: instrument
                .as_ref()
                .map(|i| (i.contract.label(), i))
                .filter(|(label, i)| label != i.contract.symbol.as_str())
                .map(|(label, _)| label),
            draft: draft.clone(),
            cleared,
            findings: FindingRecord::all(verdict),
            facts,
        };
        self.record(now, Some(&draft.account), Some(&draft.intent), entry)
    }

    pub(super) fn check(&self, id: AskId, input: &DraftInput, now: UnixMillis) -> Vec<Effect> {
        let view = match self.parse(input, now) {
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
        let draft = match self.parse(input, now) {
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

    pub(super) fn let_go(&mut self, id: PreviewId, now: UnixMillis) -> Option<Record> {
        let preview = self.previews.remove(&id)?;
        let draft = preview.draft();
        Some(self.record(
            now,
            Some(&draft.account),
            Some(&draft.intent),
            Entry::Abandoned { preview: id },
        ))
    }

    /// Lets go of previews that expired a while ago and were neither confirmed, replaced nor let go
    /// by the page. That they can't be confirmed any more the journal has with each of them.
    pub(super) fn forget_expired(&mut self, now: UnixMillis) {
        self.previews
            .retain(|_, preview| now.since(preview.expires_at()) <= EXPIRED_FOR);
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
        // Silence is not an answer, but the person may have said that they go on with none. A
        // login that may be live never does.
        let silent = matches!(answer, Err(BrokerError::TimedOut { .. }));
        let goes_on = silent && self.mode == Mode::Paper;
        let answer = match answer {
            Err(_) if goes_on && draft.waivers.silent_what_if => Ok(WhatIf {
                warnings: vec![
                    "The gateway did not answer what the order would do. You chose to go on without \
                     its margins and commission."
                        .to_owned(),
                ],
                ..WhatIf::default()
            }),
            answer => answer,
        };
        match answer {
            Ok(what_if) => {
                let told = Observed::live(&what_if, now);
                match self.weighed(&draft, told, now) {
                    Err(error) => vec![Effect::Answer {
                        id,
                        answer: Err(error),
                    }],
                    Ok(Err(verdict)) => self.blocked_by_answer(id, &draft, &verdict, now),
                    Ok(Ok(weighed)) => self.keep_preview(id, &cleared, weighed, now),
                }
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
                    PreviewOutcome::Failed {
                        verdict,
                        message,
                        can_go_on: goes_on,
                    },
                )];
                vec![self.commit(vec![record], then, Awaited::Question(id))]
            }
        }
    }

    /// The broker's answer showed what stops the order.
    fn blocked_by_answer(
        &mut self,
        id: AskId,
        draft: &Draft,
        verdict: &Verdict,
        now: UnixMillis,
    ) -> Vec<Effect> {
        let record = self.judged_record(draft, false, verdict, now);
        let verdict = super::views::verdict_view(verdict);
        let then = vec![answer_preview(id, PreviewOutcome::Blocked { verdict })];
        vec![self.commit(vec![record], then, Awaited::Question(id))]
    }

    /// Keeps what the person can confirm now.
    fn keep_preview(
        &mut self,
        id: AskId,
        before: &Cleared,
        weighed: Weighed,
        now: UnixMillis,
    ) -> Vec<Effect> {
        let preview_id = self.next_preview;
        self.next_preview = preview_id.next();
        let valid_for = self.options.book.preview_valid_for;
        let preview = weighed.previewed(preview_id, now, valid_for);
        let draft = preview.draft();
        let mut records = Vec::new();
        let verdict = preview.cleared().verdict();
        if verdict != before.verdict() {
            records.push(self.judged_record(draft, true, verdict, now));
        }
        let entry = Entry::Previewed {
            preview: preview_id,
            what_if: preview.what_if().clone(),
            expires_at: preview.expires_at(),
        };
        records.push(self.record(now, Some(&draft.account), Some(&draft.intent), entry));
        let view = Box::new(self.preview_view(&preview));
        self.previews.insert(preview_id, preview);
        let then = vec![answer_preview(id, PreviewOutcome::Ready { preview: view })];
        vec![self.commit(records, then, Awaited::Question(id))]
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
}

fn answer_preview(id: AskId, outcome: PreviewOutcome) -> Effect {
    Effect::Answer {
        id,
        answer: Ok(Answer::Preview(outcome)),
    }
}
