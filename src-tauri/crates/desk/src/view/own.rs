//! The person's own rules as they are shown and edited.

use super::{Millis, RuleFault};
use gatehouse_domain::account::Mode;
use gatehouse_rules::Severity;
use gatehouse_rules::own::{About, Field, KINDS_OF_ACCOUNTS, KINDS_OF_INSTRUMENTS, Measure};
use serde::{Deserialize, Serialize};

/// An own rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct OwnRuleView {
    pub id: String,
    pub title: String,
    /// What it does and when, in plain words.
    pub sentence: String,
    pub severity: Severity,
    pub on: bool,
    pub version: u32,
    /// Whom it concerns; `null` when every order.
    pub scope: Option<String>,
    /// The first day on which it holds, as `2026-06-04`; `null` when it always has.
    pub from: Option<String>,
    /// The last day; `null` when it has no end.
    pub until: Option<String>,
    /// Whether it holds today.
    pub in_force: bool,
    /// As it stands in the rule file.
    pub text: String,
    /// As the form holds it; `null` when its conditions lie deeper than the form shows.
    pub form: Option<OwnRuleForm>,
}

/// How conditions are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum OwnJoin {
    All,
    Any,
    None,
}

/// One comparison as it is typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct OwnRow {
    /// The fact's key, such as `order.value`.
    pub fact: String,
    /// `>`, `>=`, `<`, `<=`, `=`, `!=`; of words `is` or `is not`.
    pub op: String,
    /// Several words are separated by commas.
    pub value: String,
}

/// A comparison, or several of them joined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum OwnPart {
    Row { row: OwnRow },
    Group { join: OwnJoin, rows: Vec<OwnRow> },
}

/// A rule as the form holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct OwnRuleForm {
    /// `null`: a new one.
    pub id: Option<String>,
    pub title: String,
    /// What it says when it speaks; empty for the sentence that its conditions make.
    pub says: String,
    pub severity: Severity,
    pub on: bool,
    /// Accounts that it is for; none: all.
    pub accounts: Vec<String>,
    /// Kinds of accounts, by their words in the rule file.
    pub account_kinds: Vec<String>,
    /// Kinds of instruments, by their words in the rule file.
    pub kinds: Vec<String>,
    /// Paper or live; `null` for both.
    pub mode: Option<Mode>,
    /// As `2026-06-04`, or empty.
    pub from: String,
    /// As `2026-06-04`, or empty.
    pub until: String,
    pub join: OwnJoin,
    pub parts: Vec<OwnPart>,
}

/// A rule as it is edited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum OwnRuleInput {
    /// In the form.
    Form { form: OwnRuleForm },
    /// As text of the rule file; `id` is that of the rule that is edited, `null` for a new one.
    Text { id: Option<String>, text: String },
}

/// What a person wants done to an own rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum OwnRuleChoice {
    /// Kept as it was edited.
    Keep { input: OwnRuleInput },
    /// Turned on or off.
    Turn { id: String, on: bool },
    /// Deleted.
    Delete { id: String },
}

/// What a rule that is edited says of itself and of the last orders.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct OwnTrialView {
    /// What can't be: of a term by its key, of a condition by its place (`0.value`, `1.2.fact`).
    pub faults: Vec<RuleFault>,
    /// What it does and when; `null` while something is wrong.
    pub sentence: Option<String>,
    /// Whom it concerns; `null` when every order.
    pub scope: Option<String>,
    /// As it would stand in the rule file.
    pub text: Option<String>,
    /// As the form holds it; `null` also when its conditions lie deeper than the form shows.
    pub form: Option<OwnRuleForm>,
    /// The last orders that were judged, the newest first.
    pub tried: Vec<TriedOrderView>,
}

/// What an edited rule would have said of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum TriedOutcome {
    /// It would have spoken.
    Speaks,
    /// Its conditions were not met.
    Silent,
    /// It would not have been for such an order, or not in force on that day.
    NotConcerned,
    /// It can't be told for want of a fact.
    LacksFact,
}

/// An order of the past, and what an edited rule would have said of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct TriedOrderView {
    pub at: Millis,
    pub account: String,
    /// "Buy 10 AAPL at 180.00 or better".
    pub order: String,
    /// Whether the rules of then let it through.
    pub cleared: bool,
    pub outcome: TriedOutcome,
    /// By which figures, or for want of which facts.
    pub says: String,
}

/// A word to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct WordView {
    pub value: String,
    pub label: String,
}

/// How a fact's value is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum FactKind {
    Number,
    /// As `09:45`.
    Clock,
    /// As `2026-12-18`.
    Date,
    /// One or several of its words.
    Choice,
    /// Any words, separated by commas.
    Words,
}

/// A fact that a condition can be about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct FactView {
    pub key: String,
    pub title: String,
    pub about: About,
    pub kind: FactKind,
    /// What stands behind its number, such as `%`; empty for none.
    pub unit: String,
    /// Its words, when it has a few.
    pub words: Vec<WordView>,
}

/// What own rules are made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct OwnRuleWords {
    /// In the order in which a form offers them.
    pub facts: Vec<FactView>,
    pub account_kinds: Vec<WordView>,
    pub kinds: Vec<WordView>,
}

impl OwnRuleWords {
    /// All of them.
    #[must_use]
    pub fn all() -> Self {
        Self {
            facts: Field::ALL.into_iter().map(fact).collect(),
            account_kinds: words(KINDS_OF_ACCOUNTS),
            kinds: words(KINDS_OF_INSTRUMENTS),
        }
    }
}

fn words(known: &[(&str, &str)]) -> Vec<WordView> {
    known
        .iter()
        .map(|(value, label)| WordView {
            value: (*value).to_owned(),
            label: (*label).to_owned(),
        })
        .collect()
}

fn fact(field: Field) -> FactView {
    let info = field.info();
    let (kind, choices) = match info.measure {
        Measure::Choice(known) => (FactKind::Choice, words(known)),
        Measure::YesNo(..) => (FactKind::Choice, words(&[("yes", "yes"), ("no", "no")])),
        Measure::Words => (FactKind::Words, Vec::new()),
        Measure::Clock => (FactKind::Clock, Vec::new()),
        Measure::Date => (FactKind::Date, Vec::new()),
        _ => (FactKind::Number, Vec::new()),
    };
    FactView {
        key: info.key.to_owned(),
        title: info.title.to_owned(),
        about: info.about,
        kind,
        unit: match info.measure {
            Measure::Money => "base currency",
            Measure::Price => "per unit",
            measure => measure.suffix(),
        }
        .to_owned(),
        words: choices,
    }
}
