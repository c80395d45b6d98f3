//! The ticket's answers: checks, verdicts, previews.

use super::Millis;
use gatehouse_domain::Decimal;
use gatehouse_domain::draft::{DraftFault, Side};
use gatehouse_domain::tif::TifChoice;
use gatehouse_domain::what_if::BeforeAfter;
use gatehouse_rules::{Mend, Outcome};
use serde::Serialize;

/// How a rule came out.
pub type OutcomeView = Outcome;

/// What one rule said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct FindingView {
    /// The rule's id.
    pub rule: String,
    pub title: String,
    /// The rule in one sentence.
    pub sentence: String,
    /// Who wrote it.
    pub source: String,
    /// From which day it holds, as `2026-06-04`; `null` when it always has.
    pub from: Option<String>,
    pub outcome: OutcomeView,
    /// Whether the order may not pass because of it.
    pub blocks: bool,
    /// Whether the order may pass only with a reason that the person types for this rule.
    pub needs_reason: bool,
    /// What it says of this draft.
    pub says: String,
    pub mend: Option<Mend>,
}

/// What the rules said. Those that do not apply are left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct VerdictView {
    /// Whether nothing blocks it. A reason may still have to be typed.
    pub clear: bool,
    /// Blocking ones first, then warnings, then those that passed.
    pub findings: Vec<FindingView>,
}

/// What is said while the ticket is typed: faults of the fields, and the verdict when there
/// are none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct CheckView {
    pub faults: Vec<DraftFault>,
    pub verdict: Option<VerdictView>,
}

/// What became of asking for a preview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum PreviewOutcome {
    /// Fields are wrong; nothing was judged.
    Faulty { faults: Vec<DraftFault> },
    /// A rule blocks it; the gateway was not asked. It is in the journal.
    Blocked { verdict: VerdictView },
    /// The gateway did not answer or refused. It is in the journal.
    Failed {
        verdict: VerdictView,
        message: String,
        /// Whether the person may say that they go on without an answer (`silentWhatIf`).
        can_go_on: bool,
    },
    /// Ready to be confirmed.
    Ready { preview: Box<PreviewView> },
}

/// Margin before and after, in the account's base currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct MarginView {
    pub initial: BeforeAfter,
    pub maintenance: BeforeAfter,
    pub equity: BeforeAfter,
    /// Equity less maintenance margin.
    pub excess_liquidity: BeforeAfter,
    /// Equity less initial margin.
    pub available_funds: BeforeAfter,
    /// Before as the broker tells it. After is a model value, because no what-if answers it: the
    /// available funds after, at the account's present ratio of buying power to available funds.
    pub buying_power: BeforeAfter,
}

/// A preview, with everything that the confirmation repeats.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PreviewView {
    /// Names the preview when it is confirmed or let go.
    pub id: String,
    pub account: String,
    pub account_kind: String,
    pub paper: bool,
    /// What is to be typed to confirm it: in a live account its last characters.
    pub asks_to_type: Option<String>,
    pub simulated: bool,
    pub side: Side,
    pub quantity: Decimal,
    /// What a person calls it; of a combination the underlying's symbol.
    pub symbol: String,
    pub name: Option<String>,
    /// As TWS writes it: `MKT`, `STP LMT`, `MOO`, …
    pub order_type: String,
    pub limit_price: Option<Decimal>,
    pub tif: TifChoice,
    /// Whether it changes a working order.
    pub changes: bool,
    /// The contract's currency.
    pub currency: String,
    /// The whole order in one sentence, such as "Buy 10 AAPL at 180.00 or better, today, in
    /// DU1 (Roth IRA)".
    pub sentence: String,
    /// What is attached to it and how it is handled, a sentence each: the exits of a bracket
    /// with what they lose and win, conditions, the algorithm, what is shown.
    pub details: Vec<String>,
    /// The most that a buy can cost, or the least that a sale brings, in the contract's
    /// currency, without commission; `null` when there is no price to say it from.
    pub worst_case: Option<Decimal>,
    /// The worst case in words, with how it was reckoned.
    pub worst_case_says: String,
    pub commission: Option<Decimal>,
    pub min_commission: Option<Decimal>,
    pub max_commission: Option<Decimal>,
    pub commission_currency: Option<String>,
    pub margin: MarginView,
    /// The currency of the margins.
    pub base_currency: Option<String>,
    /// What the account holds of it before and after.
    pub position: BeforeAfter,
    /// The broker's warnings and the rules', in words.
    pub warnings: Vec<String>,
    pub verdict: VerdictView,
    pub made_at: Millis,
    pub expires_at: Millis,
}
