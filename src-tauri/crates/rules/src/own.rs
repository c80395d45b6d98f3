//! The person's own rules: data, in the rule file beside the settings of the built-in ones.
//!
//! A rule speaks when its [`Condition`] is so. A condition is weighed with three outcomes: what
//! is not known is never taken for a no, and a rule that lacks a fact says which, so that its
//! severity decides. What an order does not have (the strike of a stock) compares as no.
//!
//! ```toml
//! [[own]]
//! id = "no-large-orders-early"
//! title = "No large orders before ten"
//! severity = "block"             # inform, warn, override, block
//! kinds = ["STK"]
//! when = { all = [
//!     "order.value > 5000",
//!     "time.of_day < 10:00",
//! ] }
//! ```

mod comparison;
mod condition;
mod draft_facts;
mod fact;
mod field;
mod judge;
mod live;
pub(crate) mod nearest;
mod past;
mod scope;
mod stricter;
pub(crate) mod text;
mod words;
mod written;

pub use comparison::{Comparison, ComparisonFault, Op, Part, Test, Truth};
pub use condition::Condition;
pub use fact::{Fact, Knows};
pub use field::{About, Field, FieldInfo, Measure};
pub use live::seen;
pub use past::{Past, Tried};
pub use scope::{KINDS_OF_ACCOUNTS, KINDS_OF_INSTRUMENTS, OwnScope, account_word};
pub use stricter::speaks_wherever;

pub(crate) use judge::ask;
pub(crate) use live::Live;

use crate::rule::Severity;
use condition::{DEEPEST, MOST_COMPARISONS};
use jiff::civil::Date;

/// How many rules a person may have: each is asked about every order.
pub const MOST: usize = 100;
const LONGEST_ID: usize = 48;
const LONGEST_TITLE: usize = 80;
const LONGEST_SENTENCE: usize = 300;

/// An own rule as it is written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// A short, lasting name of small letters, digits and dashes. Built-in rules have a dot in
    /// theirs, so that no two share one.
    pub id: String,
    /// A title.
    pub title: String,
    /// What it says when it speaks; empty for the sentence that its condition makes.
    pub says: String,
    /// How it weighs.
    pub severity: Severity,
    /// Whether it is on.
    pub on: bool,
    /// Counts up when what it says changes.
    pub version: u32,
    /// Whom it concerns.
    pub scope: OwnScope,
    /// The first day on which it holds.
    pub from: Option<Date>,
    /// The last one.
    pub until: Option<Date>,
    /// When it speaks.
    pub when: Condition,
}

/// Why something can't be an own rule, and which of its terms it is about.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{says}")]
pub struct OwnFault {
    /// Its key in the rule file.
    pub key: &'static str,
    /// What is wrong, for a person.
    pub says: String,
}

/// A rule of the person's own, checked and with its sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnRule {
    terms: Terms,
    sentence: String,
}

impl OwnRule {
    /// Checks the terms.
    ///
    /// # Errors
    /// With what is wrong and in which term.
    pub fn new(mut terms: Terms) -> Result<Self, OwnFault> {
        let fault = |key, says: &str| {
            Err(OwnFault {
                key,
                says: says.to_owned(),
            })
        };
        terms.title = terms.title.trim().to_owned();
        terms.says = terms.says.trim().to_owned();
        if !is_id(&terms.id) {
            return fault(
                "id",
                "an id is up to 48 small letters, digits and dashes, such as no-early-orders",
            );
        }
        if terms.title.is_empty() {
            return fault("title", "give the rule a title");
        }
        let is_text = |text: &str, most: usize| {
            text.chars().count() <= most && !text.chars().any(char::is_control)
        };
        if !is_text(&terms.title, LONGEST_TITLE) {
            return fault("title", "a title is one line of at most 80 characters");
        }
        if !is_text(&terms.says, LONGEST_SENTENCE) {
            return fault("says", "a sentence is one line of at most 300 characters");
        }
        if terms.version == 0 {
            return fault("version", "versions are counted from 1");
        }
        if let (Some(from), Some(until)) = (terms.from, terms.until)
            && until < from
        {
            return fault("until", "the last day lies before the first one");
        }
        if let Some(says) = terms.when.fault() {
            return fault("when", &says);
        }
        if terms.when.comparisons() > MOST_COMPARISONS {
            return fault("when", "a rule has at most 40 comparisons; make two of it");
        }
        if terms.when.depth() > DEEPEST {
            return fault("when", "conditions lie at most 6 deep in one another");
        }
        terms.scope.tidy();
        let sentence = match terms.says.as_str() {
            "" => words::sentence(&terms),
            says => says.to_owned(),
        };
        Ok(Self { terms, sentence })
    }

    /// What is written down of it.
    #[must_use]
    pub fn terms(&self) -> &Terms {
        &self.terms
    }

    /// What it says, in one sentence: the person's, else the one that its condition makes.
    #[must_use]
    pub fn sentence(&self) -> &str {
        &self.sentence
    }

    /// The sentence that its condition makes.
    #[must_use]
    pub fn plain_words(&self) -> String {
        words::sentence(&self.terms)
    }

    /// Whether it holds on this day. A day that isn't known is one on which it holds.
    #[must_use]
    pub fn in_force(&self, day: Option<Date>) -> bool {
        let Terms { from, until, .. } = &self.terms;
        day.is_none_or(|day| {
            from.is_none_or(|from| from <= day) && until.is_none_or(|until| day <= until)
        })
    }

    /// Whether more may pass with this rule than with the one that it takes the place of. What
    /// can't be compared counts so.
    #[must_use]
    pub fn is_looser_than(&self, before: &Self) -> bool {
        let (is, was) = (&self.terms, &before.terms);
        was.on
            && (!is.on
                || is.severity < was.severity
                || narrows(is.from, was.from, is.until, was.until)
                || !is.scope.holds(&was.scope)
                || !speaks_wherever(&is.when, &was.when))
    }
}

/// Whether it begins later or ends sooner.
fn narrows(
    from: Option<Date>,
    was_from: Option<Date>,
    until: Option<Date>,
    was_until: Option<Date>,
) -> bool {
    let later = from.is_some_and(|from| was_from.is_none_or(|was| from > was));
    let sooner = until.is_some_and(|until| was_until.is_none_or(|was| until < was));
    later || sooner
}

/// Whether a text can be an own rule's id.
#[must_use]
pub fn is_id(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !text.is_empty()
        && text.len() <= LONGEST_ID
        && text.chars().all(fits)
        && !text.starts_with('-')
        && !text.ends_with('-')
}

/// An id made of a title that none of `taken` has.
#[must_use]
pub fn id_of<'a>(title: &str, taken: impl Iterator<Item = &'a str> + Clone) -> String {
    let mut id = String::new();
    for c in title.to_ascii_lowercase().chars() {
        if c.is_ascii_alphanumeric() {
            id.push(c);
        } else if !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
        if id.len() == LONGEST_ID - 5 {
            break;
        }
    }
    let id = match id.trim_end_matches('-') {
        "" => "rule".to_owned(),
        id => id.to_owned(),
    };
    let mut named = id.clone();
    let mut n = 2;
    while taken.clone().any(|other| other == named) {
        named = format!("{id}-{n}");
        n += 1;
    }
    named
}

/// Reads a day as it is typed: `2026-12-18`.
#[must_use]
pub fn day_of(text: &str) -> Option<Date> {
    Date::strptime("%Y-%m-%d", text).ok()
}
