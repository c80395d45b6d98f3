//! The rules as a person sees and sets them.

use super::OwnRuleView;
use gatehouse_rules::Severity;
use gatehouse_rules::rule::{Changeable, Group, Unit};
use serde::{Deserialize, Serialize};

/// What a rule does where it does not hold, the mildest first.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, specta::Type,
)]
#[serde(rename_all = "camelCase")]
pub enum RuleWeight {
    Off,
    Inform,
    Warn,
    Override,
    Block,
}

impl From<Option<Severity>> for RuleWeight {
    fn from(severity: Option<Severity>) -> Self {
        match severity {
            None => Self::Off,
            Some(Severity::Inform) => Self::Inform,
            Some(Severity::Warn) => Self::Warn,
            Some(Severity::Override) => Self::Override,
            Some(Severity::Block) => Self::Block,
        }
    }
}

impl From<RuleWeight> for Option<Severity> {
    fn from(weight: RuleWeight) -> Self {
        match weight {
            RuleWeight::Off => None,
            RuleWeight::Inform => Some(Severity::Inform),
            RuleWeight::Warn => Some(Severity::Warn),
            RuleWeight::Override => Some(Severity::Override),
            RuleWeight::Block => Some(Severity::Block),
        }
    }
}

/// The rules and what is set of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct RulesView {
    /// In the order in which a person reads them.
    pub rules: Vec<RuleView>,
    /// The person's own, in the order of the rule file.
    pub own: Vec<OwnRuleView>,
    /// Accounts that have settings of their own, also those that this login does not have.
    pub accounts: Vec<String>,
    /// Why the rule file is not what holds; `null` while it is.
    pub fault: Option<String>,
}

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct RuleView {
    pub id: String,
    pub title: String,
    pub sentence: String,
    pub group: Group,
    /// Who wrote it, and where it stands there.
    pub source: String,
    /// The first day on which it holds, as `2026-06-04`; `null` when it always has.
    pub from: Option<String>,
    /// The last day; `null` when no end is known.
    pub until: Option<String>,
    /// Whether it holds today.
    pub in_force: bool,
    /// Whom it concerns.
    pub scope: String,
    pub changeable: Changeable,
    /// How it weighs until a person sets it otherwise.
    pub usual: RuleWeight,
    /// What may be chosen; empty when nothing may.
    pub weights: Vec<RuleWeight>,
    pub params: Vec<RuleParamView>,
    /// What is set: over all accounts, then account by account.
    pub settings: Vec<RuleSettingView>,
}

/// What can be set of a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct RuleParamView {
    pub key: String,
    pub title: String,
    pub unit: Unit,
    /// What it is until one is set, as it is typed; `null` where that is no limit.
    pub usual: Option<String>,
    /// The words to choose from, when it is one of a few.
    pub choices: Vec<String>,
}

/// What is set of a rule in one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct RuleSettingView {
    /// `null`: over all accounts.
    pub account: Option<String>,
    /// `null`: as it is elsewhere.
    pub weight: Option<RuleWeight>,
    pub values: Vec<RuleValue>,
}

/// A value under its name, as it is typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct RuleValue {
    pub key: String,
    pub text: String,
}

/// What a person wants set of one rule in one place, instead of all that is set of it there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct RuleChoice {
    /// The rule's id.
    pub rule: String,
    /// `null`: over all accounts.
    pub account: Option<String>,
    /// `null`: as it is elsewhere.
    pub weight: Option<RuleWeight>,
    /// Those without text are as they are elsewhere.
    pub values: Vec<RuleValue>,
    /// The word that was asked for, when more may pass.
    pub word: Option<String>,
}

/// What became of setting a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum RuleOutcome {
    /// It is on disk and in force.
    Kept { rules: Box<RulesView> },
    /// Something typed can't be set. Nothing changed.
    Faulty { faults: Vec<RuleFault> },
    /// More may pass: the person is to type this word for it. Nothing changed yet.
    AsksWord { says: Vec<String>, word: String },
}

/// What is wrong with a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct RuleFault {
    /// The value's name; `null` when it is about the rule.
    pub key: Option<String>,
    pub says: String,
}

/// That the rules changed, for who shows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct RulesHeadView {
    /// Counts up with each change.
    pub revision: u32,
    /// Why the rule file is not what holds; `null` while it is.
    pub fault: Option<String>,
    /// The modes that are on: over all accounts first.
    pub modes: Vec<ModeOnView>,
}

/// A mode that a person turned on, and what it means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ModeOnView {
    /// The rule's id.
    pub rule: String,
    pub title: String,
    /// `null`: in all accounts.
    pub account: Option<String>,
    /// What it keeps from going out.
    pub says: String,
}
