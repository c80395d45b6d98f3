//! The person's own rules: edited, and held against the last orders before they are kept.
//!
//! Deliberately not here: putting a book in force, which is as for every change of the rules.

mod form;

use super::Desk;
use super::words::ordered;
use crate::effect::RulePlan;
use crate::error::{ApiError, ErrorCode};
use crate::record::{Entry, Record};
use crate::view::{
    OwnRuleChoice, OwnRuleInput, OwnRuleView, OwnTrialView, RuleFault, TriedOrderView, TriedOutcome,
};
use gatehouse_domain::draft::Draft;
use gatehouse_domain::instant::UnixMillis;
use gatehouse_rules::RuleBook;
use gatehouse_rules::own::{self, Field, OwnRule, Past, Terms, Tried};
use std::collections::BTreeMap;

/// How many of the last orders a rule is held against.
const KEPT: usize = 100;

/// An order that was judged, as the journal has it.
#[derive(Debug)]
pub(super) struct Attempt {
    at: UnixMillis,
    draft: Draft,
    says: String,
    cleared: bool,
    facts: BTreeMap<String, Option<String>>,
}

impl Desk {
    /// Keeps an order that was judged; of one that was judged again the last time counts.
    pub(super) fn keep_attempt(&mut self, record: &Record) {
        let Entry::Judged {
            symbol,
            label,
            draft,
            cleared,
            facts,
            ..
        } = &record.entry
        else {
            return;
        };
        self.attempts
            .retain(|attempt| attempt.draft.intent != draft.intent);
        if self.attempts.len() == KEPT {
            self.attempts.pop_front();
        }
        let symbol = symbol.as_ref().map(ToString::to_string);
        let name = label.as_deref().or(symbol.as_deref());
        let says = ordered(draft, name);
        let mut facts = facts.clone();
        // Records of earlier versions have no more than that.
        if let Some(symbol) = symbol {
            let key = Field::OrderSymbol.info().key.to_owned();
            facts.entry(key).or_insert(Some(symbol));
        }
        self.attempts.push_back(Attempt {
            at: record.at,
            draft: draft.clone(),
            says,
            cleared: *cleared,
            facts,
        });
    }

    /// What an edited rule says of itself and of the last orders.
    pub(super) fn try_own(&self, input: &OwnRuleInput) -> OwnTrialView {
        match self.edited(input) {
            Err(faults) => OwnTrialView {
                faults,
                sentence: None,
                scope: None,
                text: None,
                form: None,
                tried: Vec::new(),
            },
            Ok(rule) => OwnTrialView {
                faults: Vec::new(),
                sentence: Some(rule.plain_words()),
                scope: rule.terms().scope.words(),
                text: Some(rule.text()),
                form: form::form_of(&rule),
                tried: self
                    .attempts
                    .iter()
                    .rev()
                    .map(|a| self.tried(a, &rule))
                    .collect(),
            },
        }
    }

    fn tried(&self, attempt: &Attempt, rule: &OwnRule) -> TriedOrderView {
        let account = &attempt.draft.account;
        let kind = self.accounts.get(account).map(|account| account.kind);
        let key = Field::AccountKind.info().key;
        let mut facts = attempt.facts.clone();
        // An account's type does not change, so that of now was that of then.
        if let Some(word) = kind.and_then(own::account_word) {
            facts.entry(key.to_owned()).or_insert(Some(word.to_owned()));
        }
        let past = Past {
            draft: &attempt.draft,
            at: attempt.at,
            seen: &facts,
        };
        let (outcome, says) = match past.tried(rule) {
            Tried::NotConcerned => (TriedOutcome::NotConcerned, String::new()),
            Tried::Silent => (TriedOutcome::Silent, String::new()),
            Tried::Speaks(figures) => (TriedOutcome::Speaks, figures.join(", ")),
            Tried::Lacks(fields) => {
                let names: Vec<&str> = fields.iter().map(|field| field.info().says).collect();
                let says = format!("not known of that moment: {}", names.join(", "));
                (TriedOutcome::LacksFact, says)
            }
        };
        TriedOrderView {
            at: attempt.at.into(),
            account: account.to_string(),
            order: attempt.says.clone(),
            cleared: attempt.cleared,
            outcome,
            says,
        }
    }

    /// The rule that an edit makes, with its id and version.
    fn edited(&self, input: &OwnRuleInput) -> Result<OwnRule, Vec<RuleFault>> {
        let book = &self.options.book;
        let (id, mut terms) = match input {
            OwnRuleInput::Form { form } => {
                let taken = book.own().iter().map(|rule| rule.terms().id.as_str());
                let id = match &form.id {
                    Some(id) => id.clone(),
                    None => own::id_of(&form.title, taken),
                };
                (form.id.as_ref(), form::terms_of(form, &id)?)
            }
            OwnRuleInput::Text { id, text } => {
                let rule = OwnRule::parse(text).map_err(|fault| whole(&fault.to_string()))?;
                (id.as_ref(), rule.terms().clone())
            }
        };
        let before = id.and_then(|id| book.own_named(id));
        match (id, before) {
            (Some(id), None) => {
                return Err(whole(&format!("The rule {id:?} is not there any more.")));
            }
            (Some(id), Some(_)) if *id != terms.id => {
                return Err(whole(&format!(
                    "The id stays {id:?}: by it the journal knows the rule."
                )));
            }
            (None, _) if book.own_named(&terms.id).is_some() => {
                return Err(whole(&format!("There is a rule {:?} already.", terms.id)));
            }
            _ => {}
        }
        terms.version = version(before.map(|rule| rule.terms()), &terms);
        OwnRule::new(terms).map_err(|fault| {
            vec![RuleFault {
                key: Some(fault.key.to_owned()),
                says: sentence(&fault.says),
            }]
        })
    }

    /// What would come of a choice. Changes nothing.
    pub(super) fn plan_own(
        &self,
        choice: &OwnRuleChoice,
        word: Option<&str>,
    ) -> Result<RulePlan, ApiError> {
        self.refuse_faulty_file()?;
        let book = self.options.book.clone();
        let named = |id: &str| {
            let gone = || ApiError::new(ErrorCode::NotFound, "There is no such rule any more.");
            self.options.book.own_named(id).ok_or_else(gone)
        };
        let kept = |rule: OwnRule| -> Result<RuleBook, Vec<RuleFault>> {
            book.clone()
                .with_own(rule)
                .map_err(|fault| whole(&fault.to_string()))
        };
        let planned = match choice {
            OwnRuleChoice::Keep { input } => self.edited(input).and_then(kept),
            OwnRuleChoice::Turn { id, on } => {
                let mut terms = named(id)?.terms().clone();
                terms.on = *on;
                OwnRule::new(terms)
                    .map_err(|fault| whole(&fault.says))
                    .and_then(kept)
            }
            OwnRuleChoice::Delete { id } => {
                named(id)?;
                Ok(book.clone().without_own(id))
            }
        };
        Ok(match planned {
            Err(faults) => RulePlan::Faulty(faults),
            Ok(planned) => self.asks_word(planned, word),
        })
    }

    pub(super) fn own_views(&self, now: UnixMillis) -> Vec<OwnRuleView> {
        let view = |rule: &OwnRule| {
            let terms = rule.terms();
            OwnRuleView {
                id: terms.id.clone(),
                title: terms.title.clone(),
                sentence: rule.plain_words(),
                severity: terms.severity,
                on: terms.on,
                version: terms.version,
                scope: terms.scope.words(),
                from: terms.from.map(|day| day.to_string()),
                until: terms.until.map(|day| day.to_string()),
                in_force: rule.in_force(now.day_utc()),
                text: rule.text(),
                form: form::form_of(rule),
            }
        };
        let rules = self.options.book.own().iter();
        rules.map(|rule| view(rule)).collect()
    }
}

/// One more than before when what the rule says changed.
fn version(before: Option<&Terms>, after: &Terms) -> u32 {
    let Some(before) = before else { return 1 };
    let same = Terms {
        version: before.version,
        on: before.on,
        ..after.clone()
    };
    match same == *before {
        true => before.version,
        false => before.version.saturating_add(1),
    }
}

fn whole(says: &str) -> Vec<RuleFault> {
    vec![RuleFault {
        key: None,
        says: sentence(says),
    }]
}

/// With a capital and a full stop.
fn sentence(says: &str) -> String {
    let mut chars = says.chars();
    let first = chars.next().map(|c| c.to_ascii_uppercase());
    let mut text: String = first.into_iter().chain(chars).collect();
    if !text.ends_with(['.', '!', '?']) {
        text.push('.');
    }
    text
}
