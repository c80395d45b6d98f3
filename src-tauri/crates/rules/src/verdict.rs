//! What the rules said, rule by rule.

use serde::{Deserialize, Serialize};

/// What a rule is and who wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleInfo {
    /// A short, lasting name, such as `ira.no-short-sale`.
    pub id: &'static str,
    /// A title.
    pub title: &'static str,
    /// What it says, in one sentence.
    pub sentence: &'static str,
    /// Who says so.
    pub source: &'static str,
    /// From when it holds, as `YYYY-MM-DD`; `None` for house rules.
    pub since: Option<&'static str>,
}

/// How a rule came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum Outcome {
    /// It holds.
    Passed,
    /// It does not concern this order.
    NotApplicable,
    /// It holds, but the person should know something.
    Warned,
    /// It does not hold.
    Blocked,
    /// It could not be checked for want of a fact, which blocks.
    LacksFact,
}

impl Outcome {
    /// Whether the order may not pass.
    #[must_use]
    pub fn blocks(self) -> bool {
        matches!(self, Self::Blocked | Self::LacksFact)
    }
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
}

/// What one rule said of one draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub rule: &'static RuleInfo,
    /// How it came out.
    pub outcome: Outcome,
    /// What it says of this draft, with figures, and what to do instead.
    pub says: String,
    /// What would make it pass, when there is something.
    pub mend: Option<Mend>,
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

    /// Whether no rule blocks.
    #[must_use]
    pub fn is_clear(&self) -> bool {
        !self.findings.iter().any(|f| f.outcome.blocks())
    }

    /// The findings that block.
    pub fn blocking(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|f| f.outcome.blocks())
    }
}
