//! The one way to the broker, as types.

use crate::facts::Facts;
use crate::verdict::{RuleRef, Verdict};
use gatehouse_domain::Decimal;
use gatehouse_domain::account::Mode;
use gatehouse_domain::contract::Instrument;
use gatehouse_domain::decimal::Quantity;
use gatehouse_domain::draft::Draft;
use gatehouse_domain::id::{AccountId, PreviewId};
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::order::OrderTerms;
use gatehouse_domain::quote::QuoteField;
use gatehouse_domain::what_if::WhatIf;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// A draft that no rule blocks. Made only by [`crate::judge`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cleared {
    draft: Draft,
    instrument: Instrument,
    reference: Option<Decimal>,
    to_fill: Option<Quantity>,
    verdict: Verdict,
}

impl Cleared {
    pub(crate) fn new(draft: Draft, facts: &Facts<'_>, verdict: Verdict) -> Self {
        let field = match draft.side {
            gatehouse_domain::draft::Side::Buy => QuoteField::Ask,
            gatehouse_domain::draft::Side::Sell => QuoteField::Bid,
        };
        let reference = facts
            .quote
            .and_then(|quote| quote.get(field).or_else(|| quote.mark()))
            .map(|seen| seen.value)
            // A net price of cents moves by large shares of itself all the time; its limit bounds
            // it.
            .filter(|_| draft.legs.is_empty() || draft.pricing.limit().is_none());
        let to_fill = Quantity::new(facts.to_fill(&draft)).ok();
        Self {
            to_fill,
            draft,
            instrument: facts.instrument.clone(),
            reference,
            verdict,
        }
    }

    /// The draft.
    #[must_use]
    pub fn draft(&self) -> &Draft {
        &self.draft
    }

    /// What is traded.
    #[must_use]
    pub fn instrument(&self) -> &Instrument {
        &self.instrument
    }

    /// What the rules said, warnings included.
    #[must_use]
    pub fn verdict(&self) -> &Verdict {
        &self.verdict
    }

    /// How many are still to fill: for a change, without what has filled.
    #[must_use]
    pub fn to_fill(&self) -> Quantity {
        self.to_fill.unwrap_or(self.draft.quantity)
    }

    /// The order as a what-if: of a change, what is still to fill, because the rest is in the
    /// account already.
    #[must_use]
    pub fn dry_run(&self) -> DryRun<Order> {
        let mut inner = self.order();
        inner.draft.quantity = self.to_fill();
        DryRun { inner }
    }

    fn order(&self) -> Order {
        Order {
            draft: self.draft.clone(),
            instrument: self.instrument.clone(),
        }
    }
}

/// A draft that no rule blocks, judged with the broker's answer to its what-if. Made only by
/// [`crate::weigh`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weighed {
    cleared: Cleared,
    what_if: WhatIf,
}

impl Weighed {
    pub(crate) fn new(cleared: Cleared, what_if: WhatIf) -> Self {
        Self { cleared, what_if }
    }

    /// The cleared draft.
    #[must_use]
    pub fn cleared(&self) -> &Cleared {
        &self.cleared
    }

    /// The broker's answer.
    #[must_use]
    pub fn what_if(&self) -> &WhatIf {
        &self.what_if
    }

    /// Binds the broker's answer to this very draft.
    #[must_use]
    pub fn previewed(self, id: PreviewId, now: UnixMillis, valid_for: Duration) -> Preview {
        Preview {
            id,
            weighed: self,
            made_at: now,
            expires_at: now.plus(valid_for),
        }
    }
}

/// An order ready for the wire: a draft with its contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    draft: Draft,
    instrument: Instrument,
}

impl Order {
    /// The draft.
    #[must_use]
    pub fn draft(&self) -> &Draft {
        &self.draft
    }

    /// What is traded.
    #[must_use]
    pub fn instrument(&self) -> &Instrument {
        &self.instrument
    }

    /// What it is about.
    #[must_use]
    pub fn terms(&self) -> OrderTerms {
        self.terms_of(&self.draft)
    }

    /// The orders attached to it and what they are about, in the order in which they are sent.
    #[must_use]
    pub fn attached(&self) -> Vec<(Draft, OrderTerms)> {
        let with_terms = |draft: Draft| {
            let terms = self.terms_of(&draft);
            (draft, terms)
        };
        self.draft.attached().into_iter().map(with_terms).collect()
    }

    fn terms_of(&self, draft: &Draft) -> OrderTerms {
        OrderTerms {
            account: draft.account.clone(),
            contract: self.instrument.contract.clone(),
            side: draft.side,
            quantity: draft.quantity,
            pricing: Some(draft.pricing),
            order_type: draft.pricing.code().to_owned(),
            tif: Some(draft.tif),
        }
    }
}

/// An order that may be sent as a what-if and in no other way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DryRun<T> {
    inner: T,
}

impl<T> DryRun<T> {
    /// What would be done.
    #[must_use]
    pub fn get(&self) -> &T {
        &self.inner
    }
}

/// Leave to do it. Made only by [`approve`].
#[derive(Debug, PartialEq, Eq)]
pub struct Approved<T> {
    inner: T,
    reasons: Vec<Reason>,
}

impl<T> Approved<T> {
    /// What the person typed for the rules that asked for a reason.
    #[must_use]
    pub fn reasons(&self) -> &[Reason] {
        &self.reasons
    }

    /// What may be done.
    #[must_use]
    pub fn get(&self) -> &T {
        &self.inner
    }

    /// Uses the leave up.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.inner
    }
}

/// A weighed draft that can be confirmed. Can't be copied: it is used once.
#[derive(Debug, PartialEq, Eq)]
pub struct Preview {
    id: PreviewId,
    weighed: Weighed,
    made_at: UnixMillis,
    expires_at: UnixMillis,
}

impl Preview {
    /// Its id, which a confirmation must name.
    #[must_use]
    pub fn id(&self) -> PreviewId {
        self.id
    }

    /// The exact draft that was previewed.
    #[must_use]
    pub fn draft(&self) -> &Draft {
        &self.weighed.cleared.draft
    }

    /// The cleared draft.
    #[must_use]
    pub fn cleared(&self) -> &Cleared {
        &self.weighed.cleared
    }

    /// The broker's answer.
    #[must_use]
    pub fn what_if(&self) -> &WhatIf {
        &self.weighed.what_if
    }

    /// When it was made.
    #[must_use]
    pub fn made_at(&self) -> UnixMillis {
        self.made_at
    }

    /// Until when it can be confirmed.
    #[must_use]
    pub fn expires_at(&self) -> UnixMillis {
        self.expires_at
    }
}

/// Why a person goes on against a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Reason {
    /// The rule's id.
    pub rule: String,
    /// What the person typed.
    pub text: String,
}

/// How many characters a reason has at least, without spaces at its ends.
pub const SHORTEST_REASON: usize = 10;

/// The first rule that asks for a reason and has none that is long enough.
#[must_use]
pub fn lacks_reason<'a>(verdict: &'a Verdict, reasons: &[Reason]) -> Option<&'a RuleRef> {
    let given = |rule: &RuleRef| {
        reasons.iter().any(|reason| {
            reason.rule == rule.id() && reason.text.trim().chars().count() >= SHORTEST_REASON
        })
    };
    verdict
        .to_override()
        .map(|finding| &finding.rule)
        .find(|rule| !given(rule))
}

/// The person's word for one preview. To be made only where the person's act arrives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmation {
    preview: PreviewId,
    at: UnixMillis,
    typed: Option<String>,
    reasons: Vec<Reason>,
}

impl Confirmation {
    /// With what the person typed for the rules that ask for a reason.
    #[must_use]
    pub fn because(mut self, reasons: Vec<Reason>) -> Self {
        self.reasons = reasons;
        self
    }

    /// The person confirmed this preview at this moment, having typed this for it.
    #[must_use]
    pub fn by_person(preview: PreviewId, at: UnixMillis, typed: Option<String>) -> Self {
        Self {
            preview,
            at,
            typed,
            reasons: Vec::new(),
        }
    }
}

/// What a person types to confirm an order in this account: its last four characters. `None`
/// where a press of the button is enough, which is on paper accounts only.
#[must_use]
pub fn asks_to_type(account: &AccountId) -> Option<&str> {
    let id = account.as_str();
    let last_four = id.len().saturating_sub(4);
    (Mode::of([account]) != Mode::Paper).then(|| id.get(last_four..).unwrap_or(id))
}

/// Whether what was typed confirms an order in this account.
#[must_use]
pub fn is_deliberate(account: &AccountId, typed: Option<&str>) -> bool {
    asks_to_type(account)
        .is_none_or(|asked| typed.is_some_and(|typed| typed.trim().eq_ignore_ascii_case(asked)))
}

/// Why a confirmed preview was not approved.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The confirmation names another preview.
    #[error("The confirmation is for another preview. Preview the order again.")]
    AnotherPreview,
    /// An order in a live account, without what was to be typed for it.
    #[error("Type the last characters of the account to send an order in a live account.")]
    NotDeliberate,
    /// A rule asks for a reason, and none was typed that is long enough.
    #[error("{0} asks for a reason of at least {SHORTEST_REASON} characters.")]
    NoReason(String),
    /// It is too old.
    #[error("The preview has expired. Preview the order again.")]
    Expired,
    /// The draft that was judged now is not the one that was previewed.
    #[error("The order was changed after its preview. Preview it again.")]
    AnotherDraft,
    /// The draft was judged now with another answer of the broker.
    #[error("The order was judged with other margins than the preview shows. Preview it again.")]
    AnotherAnswer,
    /// The price moved too far since the preview.
    #[error("The price moved from {then} to {now} since the preview. Preview the order again.")]
    PriceMoved {
        /// At the preview.
        then: Decimal,
        /// Now.
        now: Decimal,
    },
    /// There was a price at the preview and there is none now, or the reverse.
    #[error("The price that the preview was made on is gone. Preview the order again.")]
    PriceGone,
}

/// Turns a confirmed preview into leave to place the order. `now` is the same draft judged again
/// at this moment, with the broker's answer that the preview shows. The preview is used up in any
/// case.
///
/// # Errors
/// When the confirmation is for another preview, lacks in a live account what was to be typed
/// ([`asks_to_type`]) or a reason for a rule that asks for one ([`lacks_reason`]), the preview has
/// expired, the draft or the broker's answer differs, or the price moved by more than `drift` (a share, 0.02 = 2 %).
pub fn approve(
    now: &Weighed,
    preview: Preview,
    confirmation: Confirmation,
    drift: Decimal,
) -> Result<Approved<Order>, Refusal> {
    if confirmation.preview != preview.id {
        return Err(Refusal::AnotherPreview);
    }
    // The moment of the confirmation also has to lie after the preview: a clock that was set
    // back makes the age of the preview unknowable.
    if confirmation.at > preview.expires_at || confirmation.at < preview.made_at {
        return Err(Refusal::Expired);
    }
    if !is_deliberate(
        &preview.weighed.cleared.draft.account,
        confirmation.typed.as_deref(),
    ) {
        return Err(Refusal::NotDeliberate);
    }
    if now.cleared.draft != preview.weighed.cleared.draft {
        return Err(Refusal::AnotherDraft);
    }
    if now.what_if != preview.weighed.what_if {
        return Err(Refusal::AnotherAnswer);
    }
    // A rule that asks since the preview was never answered.
    for verdict in [&preview.weighed.cleared.verdict, &now.cleared.verdict] {
        if let Some(rule) = lacks_reason(verdict, &confirmation.reasons) {
            return Err(Refusal::NoReason(rule.title().to_owned()));
        }
    }
    match (preview.weighed.cleared.reference, now.cleared.reference) {
        (Some(then), Some(now)) if (now - then).abs() > then.abs() * drift => {
            return Err(Refusal::PriceMoved { then, now });
        }
        (Some(_), None) | (None, Some(_)) => return Err(Refusal::PriceGone),
        _ => {}
    }
    let asked = |reason: &Reason| {
        let verdicts = [&preview.weighed.cleared.verdict, &now.cleared.verdict];
        let mut asking = verdicts.iter().flat_map(|verdict| verdict.to_override());
        asking.any(|finding| finding.rule.id() == reason.rule)
    };
    let mut reasons = confirmation.reasons;
    reasons.retain(asked);
    Ok(Approved {
        inner: preview.weighed.cleared.order(),
        reasons,
    })
}
