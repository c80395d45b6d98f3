//! What the rules said, rule by rule.

use crate::own::OwnRule;
use crate::rule::{RuleInfo, Severity};
use gatehouse_domain::draft::Side;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// How a rule came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum Outcome {
    /// It holds.
    Passed,
    /// It does not concern this order, or is off.
    NotApplicable,
    /// It does not hold, and the person is told.
    Informed,
    /// It does not hold, or it does and the person should know something.
    Warned,
    /// It does not hold; the order goes only with a reason that the person types.
    OverrideNeeded,
    /// It does not hold.
    Blocked,
    /// It could not be checked for want of a fact. The rule's severity says what follows.
    LacksFact,
}

/// A change to the draft that would make the rule pass.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Mend {
    /// Another quantity.
    Quantity { value: String },
    /// Another limit price.
    LimitPrice { value: String },
    /// Take delayed prices, which are told as such and are never fresh.
    DelayedData,
    /// Go on without a fresh price, by saying so.
    WaiveStalePrice,
    /// Exchange currencies first: an order of its own in this pair, such as `EUR.USD`.
    Exchange {
        pair: String,
        side: Side,
        quantity: String,
    },
}

/// A rule that spoke.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RuleRef {
    /// One that comes with Gatehouse.
    BuiltIn(&'static RuleInfo),
    /// One that the person wrote.
    Own(Arc<OwnRule>),
}

impl RuleRef {
    /// Its short, lasting name.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::BuiltIn(info) => info.id,
            Self::Own(rule) => rule.terms().id.as_str(),
        }
    }

    /// Its title.
    #[must_use]
    pub fn title(&self) -> &str {
        match self {
            Self::BuiltIn(info) => info.title,
            Self::Own(rule) => rule.terms().title.as_str(),
        }
    }

    /// What it says, in one sentence.
    #[must_use]
    pub fn sentence(&self) -> &str {
        match self {
            Self::BuiltIn(info) => info.sentence,
            Self::Own(rule) => rule.sentence(),
        }
    }

    /// Who wrote it, and where it stands there.
    #[must_use]
    pub fn source(&self) -> String {
        match self {
            Self::BuiltIn(info) => info.source.to_string(),
            Self::Own(_) => "You".to_owned(),
        }
    }

    /// The first day on which it holds; `None` when it always has.
    #[must_use]
    pub fn from(&self) -> Option<Date> {
        match self {
            Self::BuiltIn(info) => info.from,
            Self::Own(rule) => rule.terms().from,
        }
    }

    /// Its text as it stands in the rule file, when the person wrote it.
    #[must_use]
    pub fn own_text(&self) -> Option<String> {
        match self {
            Self::BuiltIn(_) => None,
            Self::Own(rule) => Some(rule.text()),
        }
    }

    /// Counts up when what it says changes.
    #[must_use]
    pub fn version(&self) -> u32 {
        match self {
            Self::BuiltIn(info) => info.version,
            Self::Own(rule) => rule.terms().version,
        }
    }
}

/// What one rule said of one draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub rule: RuleRef,
    /// How it came out.
    pub outcome: Outcome,
    /// How the rule weighs in this account; `None` while it is off.
    pub severity: Option<Severity>,
    /// What it says of this draft, with figures, and what to do instead.
    pub says: String,
    /// What would make it pass, when there is something.
    pub mend: Option<Mend>,
}

impl Finding {
    /// Whether the order may not pass because of it.
    #[must_use]
    pub fn blocks(&self) -> bool {
        match self.outcome {
            Outcome::Blocked => true,
            Outcome::LacksFact => self.severity.is_none_or(|s| s == Severity::Block),
            _ => false,
        }
    }

    /// Whether the order may pass only with a reason typed for this rule.
    #[must_use]
    pub fn needs_reason(&self) -> bool {
        match self.outcome {
            Outcome::OverrideNeeded => true,
            Outcome::LacksFact => self.severity == Some(Severity::Override),
            _ => false,
        }
    }

    /// Whether the person is to be warned of it, without more.
    #[must_use]
    pub fn warns(&self) -> bool {
        match self.outcome {
            Outcome::Warned => true,
            // What can't be checked is never less than a warning.
            Outcome::LacksFact => !self.blocks() && !self.needs_reason(),
            _ => false,
        }
    }
}

/// All findings on one draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    findings: Vec<Finding>,
}

impl Verdict {
    pub(crate) fn new(findings: Vec<Finding>) -> Self {
        Self { findings }
    }

    /// Every rule that was asked, in the rules' own order.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Whether no rule blocks. A reason may still have to be typed.
    #[must_use]
    pub fn is_clear(&self) -> bool {
        !self.findings.iter().any(Finding::blocks)
    }

    /// The findings that block.
    pub fn blocking(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|f| f.blocks())
    }

    /// The findings that need a typed reason.
    pub fn to_override(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|f| f.needs_reason())
    }
}
