//! An own rule as the form holds it, and back.

use super::sentence;
use crate::view::{OwnJoin, OwnPart, OwnRow, OwnRuleForm, RuleFault};
use gatehouse_domain::account::Mode;
use gatehouse_domain::id::AccountId;
use gatehouse_rules::own::{
    Comparison, Condition, KINDS_OF_ACCOUNTS, KINDS_OF_INSTRUMENTS, OwnRule, OwnScope, Part, Terms,
    day_of,
};

/// The form of a rule; `None` when its conditions lie deeper than the form shows.
pub(super) fn form_of(rule: &OwnRule) -> Option<OwnRuleForm> {
    let terms = rule.terms();
    let (join, parts) = joined(&terms.when);
    let parts = parts.iter().map(|part| part_of(part));
    let words = |words: &[&'static str]| words.iter().map(|word| (*word).to_owned()).collect();
    Some(OwnRuleForm {
        id: Some(terms.id.clone()),
        title: terms.title.clone(),
        says: terms.says.clone(),
        severity: terms.severity,
        on: terms.on,
        accounts: terms
            .scope
            .accounts
            .iter()
            .map(ToString::to_string)
            .collect(),
        account_kinds: words(&terms.scope.account_kinds),
        kinds: words(&terms.scope.kinds),
        mode: terms.scope.mode,
        from: terms.from.map_or(String::new(), |day| day.to_string()),
        until: terms.until.map_or(String::new(), |day| day.to_string()),
        join,
        parts: parts.collect::<Option<_>>()?,
    })
}

/// How the outermost conditions are joined.
fn joined(when: &Condition) -> (OwnJoin, Vec<&Condition>) {
    match when {
        Condition::All(parts) => (OwnJoin::All, parts.iter().collect()),
        Condition::Any(parts) => (OwnJoin::Any, parts.iter().collect()),
        Condition::Not(inner) => match inner.as_ref() {
            Condition::Any(parts) => (OwnJoin::None, parts.iter().collect()),
            inner => (OwnJoin::None, vec![inner]),
        },
        when @ Condition::Is(_) => (OwnJoin::All, vec![when]),
    }
}

fn part_of(part: &Condition) -> Option<OwnPart> {
    let row = |part: &Condition| match part {
        Condition::Is(comparison) => Some(row_of(comparison)),
        _ => None,
    };
    if let Condition::Is(comparison) = part {
        return Some(OwnPart::Row {
            row: row_of(comparison),
        });
    }
    let (join, parts) = joined(part);
    let rows = parts.into_iter().map(row).collect::<Option<_>>()?;
    Some(OwnPart::Group { join, rows })
}

fn row_of(comparison: &Comparison) -> OwnRow {
    let op = match comparison.op_text() {
        "in" => "is",
        "not in" => "is not",
        op => op,
    };
    OwnRow {
        fact: comparison.field().info().key.to_owned(),
        op: op.to_owned(),
        value: comparison.value_text(),
    }
}

/// The terms that a form holds, or what is wrong at each of its fields.
pub(super) fn terms_of(form: &OwnRuleForm, id: &str) -> Result<Terms, Vec<RuleFault>> {
    let mut faults = Vec::new();
    let mut fault = |key: &str, says: String| {
        faults.push(RuleFault {
            key: Some(key.to_owned()),
            says: sentence(&says),
        });
    };
    if form.title.trim().is_empty() {
        fault("title", "give the rule a title".to_owned());
    }
    let mut day = |key: &str, text: &str| match text.trim() {
        "" => None,
        text => {
            let read = day_of(text);
            if read.is_none() {
                fault(key, format!("{text} is no day; type it as 2026-12-18"));
            }
            read
        }
    };
    let (from, until) = (day("from", &form.from), day("until", &form.until));
    let accounts = form.accounts.iter().filter_map(|id| {
        AccountId::new(id.trim())
            .map_err(|why| fault("accounts", why.to_string()))
            .ok()
    });
    let accounts = accounts.collect();
    let mut known = |key: &str, words: &[String], known: &[(&'static str, &str)]| {
        let mut found = Vec::new();
        for word in words {
            match known.iter().find(|(known, _)| known == word) {
                Some((word, _)) => found.push(*word),
                None => fault(key, format!("{word:?} is not known here")),
            }
        }
        found
    };
    let scope = OwnScope {
        accounts,
        account_kinds: known("accountKinds", &form.account_kinds, KINDS_OF_ACCOUNTS),
        kinds: known("kinds", &form.kinds, KINDS_OF_INSTRUMENTS),
        mode: form.mode.filter(|mode| *mode != Mode::Unknown),
    };
    if form.parts.is_empty() {
        fault("when", "add at least one condition".to_owned());
    }
    let mut parts = Vec::new();
    for (n, part) in form.parts.iter().enumerate() {
        match part {
            OwnPart::Row { row } => parts.extend(compared(row, &n.to_string(), &mut fault)),
            OwnPart::Group { join, rows } => {
                if rows.is_empty() {
                    fault(&n.to_string(), "add at least one condition".to_owned());
                }
                let mut inner = Vec::new();
                for (m, row) in rows.iter().enumerate() {
                    inner.extend(compared(row, &format!("{n}.{m}"), &mut fault));
                }
                parts.push(join_all(*join, inner));
            }
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    Ok(Terms {
        id: id.to_owned(),
        title: form.title.clone(),
        says: form.says.clone(),
        severity: form.severity,
        on: form.on,
        version: 1,
        scope,
        from,
        until,
        when: join_all(form.join, parts),
    })
}

fn compared(row: &OwnRow, place: &str, fault: &mut impl FnMut(&str, String)) -> Option<Condition> {
    match Comparison::of(&row.fact, &row.op, &row.value) {
        Ok(comparison) => Some(Condition::Is(comparison)),
        Err(wrong) => {
            let part = match wrong.part {
                Part::Field => "fact",
                Part::Op => "op",
                Part::Value => "value",
            };
            // The fact stands beside the field already.
            let says = wrong.says.strip_prefix(&format!("{}: ", row.fact));
            fault(
                &format!("{place}.{part}"),
                says.unwrap_or(&wrong.says).to_owned(),
            );
            None
        }
    }
}

/// A single one needs no joining.
fn join_all(join: OwnJoin, mut parts: Vec<Condition>) -> Condition {
    let single = match parts.len() {
        1 => parts.pop(),
        _ => None,
    };
    match (join, single) {
        (OwnJoin::None, Some(one)) => Condition::Not(Box::new(one)),
        (_, Some(one)) => one,
        (OwnJoin::All, None) => Condition::All(parts),
        (OwnJoin::Any, None) => Condition::Any(parts),
        (OwnJoin::None, None) => Condition::Not(Box::new(Condition::Any(parts))),
    }
}
