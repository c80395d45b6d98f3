//! Judges an order before the gateway hears of it, and keeps the key to the broker.
//!
//! [`judge`] is a pure function of draft, facts, rule book and time. A draft that passes comes
//! back as [`Cleared`]; only that can be sent as a what-if ([`DryRun`]), only its what-if makes
//! a [`Preview`], and only a preview that the person confirmed, has not expired and is of that
//! very draft becomes [`Approved`], which is what the broker port's `place` takes. The fields
//! of all four are private to this crate: there is no other way to the broker.
//!
//! ```compile_fail
//! // An approval can't be made by hand.
//! let order: gatehouse_rules::Approved<gatehouse_rules::Order> = gatehouse_rules::Approved { inner: todo!() };
//! ```
//!
//! Deliberately not here: where facts come from, and any I/O.

mod approval;
pub mod book;
mod built_in;
pub mod facts;
pub mod verdict;

pub use approval::{
    Approved, Cleared, Confirmation, DryRun, Order, Preview, Refusal, approve, asks_to_type,
    is_deliberate,
};
pub use book::RuleBook;
pub use built_in::{worst_case_price, worst_price};
pub use facts::Facts;
pub use verdict::{Finding, Mend, Outcome, RuleInfo, Verdict};

use gatehouse_domain::draft::Draft;
use gatehouse_domain::instant::UnixMillis;

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

/// Asks every rule about the draft. The order of the rules has no influence on the outcome.
#[must_use]
pub fn judge(draft: &Draft, facts: &Facts<'_>, book: &RuleBook, now: UnixMillis) -> Judgement {
    let findings = built_in::ALL
        .iter()
        .map(|rule| rule.ask(draft, facts, book, now))
        .collect();
    let verdict = Verdict::new(findings);
    if verdict.is_clear() {
        Judgement::Cleared(Box::new(Cleared::new(draft.clone(), facts, verdict)))
    } else {
        Judgement::Blocked(verdict)
    }
}
