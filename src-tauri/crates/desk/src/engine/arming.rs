//! Orders on a live login: off at the start, armed by a person for a time, off again when the
//! time is over, when the link goes and when the journal fails. It does not concern cancels,
//! which lower a risk.

use super::Desk;
use crate::effect::{Answer, AskId, Awaited, Effect};
use crate::error::{ApiError, ErrorCode};
use crate::record::Entry;
use crate::view::Tone;
use gatehouse_domain::account::Mode;
use gatehouse_domain::instant::UnixMillis;
use std::time::Duration;

/// For how many minutes live orders can be armed at most: one trading day with its edges.
const LONGEST: u32 = 12 * 60;

/// What is to be typed to arm them.
const WORD: &str = "LIVE";

impl Desk {
    /// Until when live orders are armed; `None` while they are off.
    pub(super) fn armed_until(&self, now: UnixMillis) -> Option<UnixMillis> {
        self.armed_until.filter(|until| now < *until)
    }

    pub(super) fn arm(
        &mut self,
        id: AskId,
        minutes: u32,
        typed: &str,
        now: UnixMillis,
    ) -> Vec<Effect> {
        if let Some(stopped) = self.refuse_unread(id) {
            return vec![stopped];
        }
        let refused = if self.mode != Mode::Live {
            Some("This login is not a live one, so there is nothing to turn on.".to_owned())
        } else if !self.is_complete() {
            Some(
                "Live orders can be turned on only while the gateway is connected and its figures are \
                 complete."
                    .to_owned(),
            )
        } else if !(1..=LONGEST).contains(&minutes) {
            Some(format!("Choose between 1 and {LONGEST} minutes."))
        } else if !typed.trim().eq_ignore_ascii_case(WORD) {
            Some(format!("Type {WORD} to turn live orders on."))
        } else {
            None
        };
        if let Some(why) = refused {
            return vec![Self::refuse(id, ErrorCode::BadInput, why)];
        }
        let until = now.plus(Duration::from_secs(u64::from(minutes) * 60));
        self.armed_until = Some(until);
        self.page.link = true;
        let record = self.record(now, None, None, Entry::LiveArmed { minutes, until });
        let then = vec![done(id)];
        vec![self.commit(vec![record], then, Awaited::Question(id))]
    }

    pub(super) fn disarm_asked(&mut self, id: AskId, now: UnixMillis) -> Vec<Effect> {
        let mut effects = self.disarm("A person turned them off.", now);
        effects.push(done(id));
        effects
    }

    /// Turns live orders off, if they are armed.
    pub(super) fn disarm(&mut self, why: &str, now: UnixMillis) -> Vec<Effect> {
        if self.armed_until.take().is_none() {
            return Vec::new();
        }
        self.page.link = true;
        let text = format!("Live orders are off. {why}");
        self.tell(now, Tone::Quiet, &text, None);
        let why = why.to_owned();
        let record = self.record(now, None, None, Entry::LiveDisarmed { why });
        self.note(vec![record])
    }

    pub(super) fn disarm_when_over(&mut self, now: UnixMillis) -> Vec<Effect> {
        if self.armed_until.is_some_and(|until| now >= until) {
            self.disarm("The time is over.", now)
        } else {
            Vec::new()
        }
    }
}

fn done(id: AskId) -> Effect {
    Effect::Answer {
        id,
        answer: Ok::<Answer, ApiError>(Answer::Done),
    }
}
