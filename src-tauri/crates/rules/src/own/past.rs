//! An own rule held against an order of the past, by what was written down of it then.

use super::comparison::Truth;
use super::draft_facts::{of_draft, of_moment};
use super::fact::{Fact, Knows};
use super::field::Field;
use super::scope::Place;
use super::{OwnRule, Terms};
use gatehouse_domain::Decimal;
use gatehouse_domain::account::Mode;
use gatehouse_domain::draft::Draft;
use gatehouse_domain::instant::UnixMillis;
use std::collections::BTreeMap;

/// An order as it was judged then.
#[derive(Debug, Clone, Copy)]
pub struct Past<'a> {
    /// What was ordered.
    pub draft: &'a Draft,
    /// When it was judged.
    pub at: UnixMillis,
    /// The facts that were written down with it ([`super::seen`]).
    pub seen: &'a BTreeMap<String, Option<String>>,
}

/// What a rule would have said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tried {
    /// It was not for such orders, or not in force on that day.
    NotConcerned,
    /// Its condition was not met.
    Silent,
    /// It would have spoken, by these figures.
    Speaks(Vec<String>),
    /// That can't be told: these facts are not known of it any more, or never were.
    Lacks(Vec<Field>),
}

impl Past<'_> {
    /// What this rule, turned on, would have said of it.
    #[must_use]
    pub fn tried(&self, rule: &OwnRule) -> Tried {
        let Terms { scope, when, .. } = rule.terms();
        let place = Place {
            account: &self.draft.account,
            mode: Mode::of([&self.draft.account]),
            known: self,
        };
        let concerned = scope.concerns(&place);
        if !rule.in_force(self.at.day_utc()) || concerned == Some(false) {
            return Tried::NotConcerned;
        }
        let mut lacking = Vec::new();
        if concerned.is_none() {
            let of_scope = [
                (!scope.account_kinds.is_empty(), Field::AccountKind),
                (!scope.kinds.is_empty(), Field::OrderKind),
            ];
            lacking.extend(
                of_scope
                    .into_iter()
                    .filter(|(asks, field)| *asks && self.fact(*field) == Fact::Unknown)
                    .map(|(_, field)| field),
            );
        }
        match when.weigh(self) {
            Truth::No => Tried::Silent,
            Truth::Yes if lacking.is_empty() => Tried::Speaks(when.figures(self)),
            Truth::Yes => Tried::Lacks(lacking),
            Truth::Unknown => {
                lacking.extend(when.lacking(self));
                Tried::Lacks(lacking)
            }
        }
    }
}

impl Knows for Past<'_> {
    fn fact(&self, field: Field) -> Fact<'_> {
        if let Some(fact) = of_draft(self.draft, field).or_else(|| of_moment(self.at, field)) {
            return fact;
        }
        match self.seen.get(field.info().key) {
            None => Fact::Unknown,
            Some(None) => Fact::Absent,
            Some(Some(word)) if field.measure().is_words() => Fact::word(word),
            Some(Some(number)) => Fact::known(Decimal::from_str_exact(number).ok()),
        }
    }
}
