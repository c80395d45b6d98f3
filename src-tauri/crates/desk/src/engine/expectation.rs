//! A login that is not what its profile expects: nothing is judged, sent or cancelled until the
//! person goes on deliberately, or says in the profile that it may be so.

use super::{ConnectionTerms, Desk};
use crate::effect::{Answer, AskId, Awaited, Effect};
use crate::error::ErrorCode;
use crate::record::Entry;
use crate::view::{AccountLabel, HeldView, Tone};
use gatehouse_domain::account::{Expects, Mode};
use gatehouse_domain::id::AccountId;
use gatehouse_domain::instant::UnixMillis;
use std::collections::BTreeSet;

/// What the person decided in this run.
#[derive(Debug, Default)]
pub(super) struct Expectation {
    /// With exactly these accounts they went on; other ones are another login.
    went_on_with: Option<BTreeSet<AccountId>>,
}

impl Desk {
    /// What is expected, while the login is something else and nobody has decided to go on.
    pub(super) fn unexpected(&self) -> Option<Expects> {
        let expects = self.options.terms.profile.as_ref()?.expects;
        if self.mode == Mode::Unknown || expects.agrees(self.mode) {
            return None;
        }
        let decided = self.expectation.went_on_with.as_ref();
        let is_decided = decided.is_some_and(|accounts| accounts.iter().eq(self.accounts.keys()));
        (!is_decided).then_some(expects)
    }

    pub(super) fn profile_read_only(&self) -> bool {
        let profile = self.options.terms.profile.as_ref();
        profile.is_some_and(|profile| profile.read_only)
    }

    pub(super) fn label_of(&self, account: &AccountId) -> Option<&AccountLabel> {
        let mut labels = self.options.terms.labels.iter();
        labels.find(|label| label.account == account.as_str())
    }

    /// Says aloud that the login is not the expected one.
    pub(super) fn tell_unexpected(&mut self, now: UnixMillis) {
        let Some(expects) = self.unexpected() else {
            return;
        };
        let text = format!(
            "This profile expects {}, and the gateway is logged in to {}. Nothing is judged and \
             no order goes out until you decide.",
            expected_words(expects),
            found_words(self.mode)
        );
        self.tell(now, Tone::Alarm, &text, None);
    }

    pub(super) fn held_view(&self) -> Option<HeldView> {
        let expects = self.unexpected()?;
        Some(HeldView {
            expects,
            found: self.mode,
            accounts: self.account_order.iter().map(ToString::to_string).collect(),
            word: word(self.mode).to_owned(),
        })
    }

    /// Goes on with this login, for as long as the program runs and the accounts are the same.
    pub(super) fn go_on(&mut self, id: AskId, typed: &str, now: UnixMillis) -> Vec<Effect> {
        let done = Effect::Answer {
            id,
            answer: Ok(Answer::Done),
        };
        let Some(expects) = self.unexpected() else {
            return vec![done];
        };
        let word = word(self.mode);
        if !typed.trim().eq_ignore_ascii_case(word) {
            let why = format!("Type {word} to go on with this login.");
            return vec![Self::refuse(id, ErrorCode::BadInput, why)];
        }
        let accounts: Vec<AccountId> = self.accounts.keys().cloned().collect();
        self.expectation.went_on_with = Some(accounts.iter().cloned().collect());
        self.page.everything();
        let record = self.record(now, None, None, Entry::WentOn { expects, accounts });
        let mut effects = vec![self.commit(vec![record], vec![done], Awaited::Question(id))];
        effects.extend(self.cancel_what_was_listed());
        effects
    }

    /// What the person set of the connection holds from now on.
    pub(super) fn take_terms_of_connection(
        &mut self,
        id: AskId,
        terms: ConnectionTerms,
        now: UnixMillis,
    ) -> Vec<Effect> {
        let was_unexpected = self.unexpected().is_some();
        self.options.terms = terms;
        self.announced_restart = None;
        self.page.everything();
        if !was_unexpected {
            self.tell_unexpected(now);
        }
        let mut effects = Vec::new();
        if self.profile_read_only() {
            effects.extend(self.disarm("The profile was made read-only.", now));
        }
        effects.push(Effect::Answer {
            id,
            answer: Ok(Answer::Done),
        });
        effects
    }
}

/// What is typed to go on with a login of this kind.
fn word(found: Mode) -> &'static str {
    match found {
        Mode::Paper => "PAPER",
        Mode::Live | Mode::Unknown => "LIVE",
    }
}

pub(super) fn expected_words(expects: Expects) -> &'static str {
    match expects {
        Expects::Either => "any login",
        Expects::Paper => "a paper login",
        Expects::Live => "a live login",
    }
}

fn found_words(found: Mode) -> &'static str {
    match found {
        Mode::Paper => "paper accounts",
        Mode::Live => "real money",
        Mode::Unknown => "accounts that are not known",
    }
}
