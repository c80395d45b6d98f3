//! What an own rule says of an order.

use super::comparison::Truth;
use super::fact::Knows;
use super::live::Live;
use super::scope::Place;
use super::{Field, OwnRule};
use crate::rule::Severity;
use crate::verdict::{Finding, Outcome, RuleRef};
use std::sync::Arc;

/// Asks one rule. What is not known does not take an order out of its scope.
pub(crate) fn ask(rule: &Arc<OwnRule>, live: &Live<'_>) -> Finding {
    let terms = rule.terms();
    let place = Place {
        account: &live.draft().account,
        mode: live.mode(),
        known: live,
    };
    let asked =
        terms.on && rule.in_force(live.today()) && terms.scope.concerns(&place) != Some(false);
    let (outcome, says) = if asked {
        said(rule, live)
    } else {
        (
            Outcome::NotApplicable,
            "Does not concern this order.".to_owned(),
        )
    };
    Finding {
        rule: RuleRef::Own(rule.clone()),
        outcome,
        severity: terms.on.then_some(terms.severity),
        says,
        mend: None,
    }
}

fn said(rule: &OwnRule, known: &impl Knows) -> (Outcome, String) {
    let when = &rule.terms().when;
    match when.weigh(known) {
        Truth::No => (Outcome::Passed, "Its condition is not met.".to_owned()),
        Truth::Unknown => (
            Outcome::LacksFact,
            format!(
                "Whether it speaks can't be told. {}",
                not_known(&when.lacking(known))
            ),
        ),
        Truth::Yes => {
            let outcome = match rule.terms().severity {
                Severity::Inform => Outcome::Informed,
                Severity::Warn => Outcome::Warned,
                Severity::Override => Outcome::OverrideNeeded,
                Severity::Block => Outcome::Blocked,
            };
            let figures = when.figures(known);
            let says = match (rule.terms().says.as_str(), figures.as_slice()) {
                ("", []) => rule.sentence().to_owned(),
                ("", figures) => capital(&format!("{}.", figures.join(", "))),
                (says, []) => ended(says),
                (says, figures) => format!("{} Now {}.", ended(says), figures.join(", ")),
            };
            (outcome, says)
        }
    }
}

/// "Not known: the bid, the ask."
pub(super) fn not_known(fields: &[Field]) -> String {
    let names: Vec<&str> = fields.iter().map(|field| field.info().says).collect();
    format!("Not known: {}.", names.join(", "))
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(chars).collect()
}

fn ended(text: &str) -> String {
    match text.chars().last() {
        Some('.' | '!' | '?') => text.to_owned(),
        _ => format!("{text}."),
    }
}
