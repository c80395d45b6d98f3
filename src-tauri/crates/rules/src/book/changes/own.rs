//! What differs between the own rules of two books.

use super::{BookChange, does};
use crate::book::RuleBook;
use crate::own::OwnRule;
use crate::rule::Severity;

pub(super) fn changes(after: &RuleBook, before: &RuleBook) -> Vec<BookChange> {
    let change = |rule: &OwnRule, says: String, looser: bool| BookChange {
        rule: rule.terms().id.clone(),
        account: None,
        says,
        looser,
    };
    let mut changes = Vec::new();
    for was in before.own() {
        let title = &was.terms().title;
        match after.own_named(&was.terms().id) {
            Some(is) if is == was => {}
            Some(is) => changes.push(change(is, told(was, is), is.is_looser_than(was))),
            None => changes.push(change(
                was,
                format!(
                    "Your rule \u{201c}{title}\u{201d} is deleted. It said: {}",
                    was.plain_words()
                ),
                was.terms().on,
            )),
        }
    }
    for is in after.own() {
        if before.own_named(&is.terms().id).is_none() {
            let title = &is.terms().title;
            let off = if is.terms().on { "" } else { ", turned off" };
            let says = format!(
                "Your rule \u{201c}{title}\u{201d} is new{off}: {}",
                is.plain_words()
            );
            changes.push(change(is, says, false));
        }
    }
    changes
}

fn told(was: &OwnRule, is: &OwnRule) -> String {
    let (before, after) = (was.terms(), is.terms());
    let mut parts = Vec::new();
    let weight = |on: bool, severity: Severity| on.then_some(severity);
    let (did, now) = (
        weight(before.on, before.severity),
        weight(after.on, after.severity),
    );
    if did != now {
        parts.push(format!("it {} and no longer {}", does(now), does(did)));
    } else if before.severity != after.severity {
        parts.push(format!("turned on, it {}", does(Some(after.severity))));
    }
    if before.when != after.when {
        parts.push(format!(
            "it said: {} It says: {}",
            was.plain_words(),
            is.plain_words()
        ));
    }
    let scope = |rule: &OwnRule| {
        rule.terms()
            .scope
            .words()
            .unwrap_or("every order".to_owned())
    };
    if before.scope != after.scope {
        parts.push(format!(
            "it is for {} and no longer for {}",
            scope(is),
            scope(was)
        ));
    }
    if (before.from, before.until) != (after.from, after.until) {
        parts.push("it holds on other days".to_owned());
    }
    if before.title != after.title {
        parts.push(format!("it was called \u{201c}{}\u{201d}", before.title));
    }
    if parts.is_empty() {
        parts.push("its words changed".to_owned());
    }
    let said = parts.join("; ");
    let end = if said.ends_with('.') { "" } else { "." };
    format!("Your rule \u{201c}{}\u{201d}: {said}{end}", after.title)
}
