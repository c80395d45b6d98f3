//! Judges an order before the gateway hears of it, and keeps the key to the broker.
//!
//! [`judge`] is a pure function of draft, facts, rule book and time. A draft that passes comes
//! back as [`Cleared`]; only that can be sent as a what-if ([`DryRun`]). With the broker's answer
//! the draft is judged once more ([`weigh`]): only what passes then ([`Weighed`]) makes a
//! [`Preview`], and only a preview that the person confirmed, has not expired and is of that very
//! draft and answer becomes [`Approved`], which is what the broker port's `place` takes. The
//! fields of all five are private to this crate: there is no other way to the broker. A rule that
//! asks for a reason lets nothing out until one is typed for it.
//!
//! ```compile_fail,E0451
//! // An approval can't be made by hand.
//! use gatehouse_rules::{Approved, Order};
//! fn by_hand(order: Order) -> Approved<Order> {
//!     Approved { inner: order, reasons: Vec::new() }
//! }
//! ```
//!
//! ```compile_fail,E0308
//! // What is only cleared does not go out: a caller that leaves preview and confirmation out.
//! use gatehouse_rules::{Approved, Cleared, Order};
//! fn place(_: Approved<Order>) {}
//! fn bypass(cleared: Cleared) {
//!     place(cleared.dry_run());
//! }
//! ```
//!
//! ```compile_fail,E0382
//! // A preview is used once.
//! use gatehouse_domain::Decimal;
//! use gatehouse_rules::{Confirmation, Preview, Weighed, approve};
//! fn twice(weighed: &Weighed, preview: Preview, word: Confirmation) {
//!     let _ = approve(weighed, preview, word.clone(), Decimal::ZERO);
//!     let _ = approve(weighed, preview, word, Decimal::ZERO);
//! }
//! ```
//!
//! ```compile_fail,E0308
//! // What was not judged with the broker's answer is not approved.
//! use gatehouse_domain::Decimal;
//! use gatehouse_rules::{Cleared, Confirmation, Preview, approve};
//! fn unweighed(cleared: &Cleared, preview: Preview, word: Confirmation) {
//!     let _ = approve(cleared, preview, word, Decimal::ZERO);
//! }
//! ```
//!
//! ```compile_fail,E0451
//! // Nor can the broker's answer be put to a cleared draft by hand.
//! use gatehouse_domain::what_if::WhatIf;
//! use gatehouse_rules::{Cleared, Weighed};
//! fn by_hand(cleared: Cleared) -> Weighed {
//!     Weighed { cleared, what_if: WhatIf::default() }
//! }
//! ```
//!
//! ```compile_fail,E0599
//! // Nor can a leave be used twice.
//! use gatehouse_rules::{Approved, Order};
//! fn twice(leave: &Approved<Order>) -> Approved<Order> {
//!     leave.clone()
//! }
//! ```
//!
//! A person's own rules ([`own`]) are judged with the built-in ones.
//!
//! Deliberately not here: where facts come from, and any I/O.

mod approval;
pub mod book;
mod built_in;
pub mod facts;
pub mod own;
mod reckonable;
pub mod rule;
pub mod sessions;
pub mod verdict;

pub use approval::{
    Approved, Cleared, Confirmation, DryRun, Order, Preview, Reason, Refusal, SHORTEST_REASON,
    Weighed, approve, asks_to_type, is_deliberate, lacks_reason,
};
pub use book::{BookChange, RuleBook};
pub use built_in::{sale_price, worst_case_price, worst_price};
pub use facts::Facts;
pub use rule::{RuleInfo, Severity};
pub use verdict::{Finding, Mend, Outcome, RuleRef, Verdict};

use built_in::Question;
use gatehouse_domain::draft::Draft;
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::observed::Observed;
use gatehouse_domain::what_if::WhatIf;

/// What the rules say of a draft.
#[derive(Debug)]
pub enum Judgement {
    /// Nothing blocks it. The verdict, with its warnings, is inside.
    Cleared(Box<Cleared>),
    /// At least one rule blocks it.
    Blocked(Verdict),
}

impl Judgement {
    /// Every rule that was asked and what it said.
    #[must_use]
    pub fn verdict(&self) -> &Verdict {
        match self {
            Self::Cleared(cleared) => cleared.verdict(),
            Self::Blocked(verdict) => verdict,
        }
    }
}

/// Every built-in rule, in the order in which a person reads them.
pub fn rules() -> impl Iterator<Item = &'static RuleInfo> {
    built_in::ALL.iter().map(|rule| &rule.info)
}

/// The built-in rule with this id.
#[must_use]
pub fn rule_named(id: &str) -> Option<&'static RuleInfo> {
    rules().find(|rule| rule.id == id)
}

/// Asks every rule about the draft. The order of the rules has no influence on the outcome.
#[must_use]
pub fn judge(draft: &Draft, facts: &Facts<'_>, book: &RuleBook, now: UnixMillis) -> Judgement {
    let question = Question::new(draft, facts, book, now);
    let mut findings: Vec<Finding> = built_in::ALL
        .iter()
        .map(|rule| rule.ask(&question))
        .collect();
    // The order is stopped already, and no rule reckons with such figures.
    if question.reckonable && !book.own().is_empty() {
        let live = own::Live::new(&question);
        findings.extend(book.own().iter().map(|rule| own::ask(rule, &live)));
    }
    let verdict = Verdict::new(findings);
    if verdict.is_clear() {
        Judgement::Cleared(Box::new(Cleared::new(draft.clone(), facts, verdict)))
    } else {
        Judgement::Blocked(verdict)
    }
}

/// As [`judge`], with the broker's answer to the draft's what-if.
///
/// # Errors
/// The verdict, when a rule blocks it.
pub fn weigh(
    draft: &Draft,
    facts: &Facts<'_>,
    what_if: Observed<&WhatIf>,
    book: &RuleBook,
    now: UnixMillis,
) -> Result<Weighed, Verdict> {
    let facts = Facts {
        what_if: Some(what_if),
        ..*facts
    };
    match judge(draft, &facts, book, now) {
        Judgement::Cleared(cleared) => Ok(Weighed::new(*cleared, what_if.value.clone())),
        Judgement::Blocked(verdict) => Err(verdict),
    }
}

#[cfg(test)]
mod order_tests;
