//! The rule book as text: TOML, versioned.
//!
//! ```toml
//! version = 1
//!
//! [rules."cap.quantity"]
//! severity = "override"       # off, inform, warn, override, block
//! most = 500
//!
//! [accounts.DU1234567."limit.symbols"]
//! deny = ["GME", "AMC"]
//! ```
//!
//! The person's own rules stand there as well ([`crate::own`]).
//!
//! A key that isn't known is an error with its line, not left out: a limit that a person believes
//! in must not be missing because of a slip. Deliberately not here: files.

use super::{RuleBook, Setting, Value};
use crate::own::{self, nearest::did_you_mean};
use crate::rule::{RuleInfo, Severity};
use gatehouse_domain::Decimal;
use gatehouse_domain::id::AccountId;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The format that is written and read.
const VERSION: &str = "1";

/// What is wrong with a rule file, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("Line {line}: {what}")]
pub struct TextFault {
    /// Counted from 1.
    pub line: usize,
    /// What is wrong, for a person.
    pub what: String,
}

/// Where something is wrong, before the line is counted.
pub(crate) struct Fault(pub Range<usize>, pub String);

pub(crate) type Read<T> = Result<T, Fault>;

impl RuleBook {
    /// Reads a rule file.
    ///
    /// # Errors
    /// When it is no TOML, of another version, names a rule, a key or an account that can't be,
    /// or sets what the rule does not let be set.
    pub fn parse(text: &str) -> Result<Self, TextFault> {
        document(text, read)
    }
}

/// Reads a text of TOML, and counts the line where something is wrong.
pub(crate) fn document<T>(
    text: &str,
    read: impl FnOnce(&DeTable<'_>) -> Read<T>,
) -> Result<T, TextFault> {
    let line = |at: usize| 1 + text.bytes().take(at).filter(|b| *b == b'\n').count();
    let document = DeTable::parse(text).map_err(|error| TextFault {
        line: error.span().map_or(1, |span| line(span.start)),
        what: error.message().to_owned(),
    })?;
    read(document.get_ref()).map_err(|Fault(span, what)| TextFault {
        line: line(span.start),
        what,
    })
}

fn read(document: &DeTable<'_>) -> Read<RuleBook> {
    match document.get("version").map(Spanned::get_ref) {
        Some(DeValue::Integer(version)) if version.as_str() == VERSION => {}
        Some(_) => {
            return fail(
                document,
                "version",
                "this is not version 1, the one that is known here",
            );
        }
        None => return Err(Fault(0..0, format!("version = {VERSION} is missing"))),
    }
    let mut book = RuleBook::default();
    for (key, value) in document {
        book = match key.get_ref().as_ref() {
            "version" => book,
            "rules" => settings(book, None, value)?,
            "own" => book.with_all_own(own::text::read(value)?),
            "accounts" => {
                for (id, rules) in table(value)? {
                    let account = AccountId::new(id.get_ref())
                        .map_err(|e| Fault(id.span(), e.to_string()))?;
                    book = settings(book, Some(&account), rules)?;
                }
                book
            }
            other => {
                return Err(Fault(
                    key.span(),
                    format!(
                        "there is nothing called {other:?}{}",
                        did_you_mean(other, ["version", "rules", "accounts", "own"])
                    ),
                ));
            }
        };
    }
    Ok(book)
}

fn fail<T>(document: &DeTable<'_>, key: &str, what: &str) -> Read<T> {
    let span = document.get(key).map_or(0..0, Spanned::span);
    Err(Fault(span, what.to_owned()))
}

fn table<'a, 'i>(value: &'a Spanned<DeValue<'i>>) -> Read<&'a DeTable<'i>> {
    match value.get_ref() {
        DeValue::Table(table) => Ok(table),
        _ => Err(Fault(value.span(), "a table is wanted here".to_owned())),
    }
}

fn settings(
    mut book: RuleBook,
    account: Option<&AccountId>,
    rules: &Spanned<DeValue<'_>>,
) -> Read<RuleBook> {
    for (id, values) in table(rules)? {
        let rule = crate::rule_named(id.get_ref()).ok_or_else(|| {
            let known = crate::rules().map(|rule| rule.id);
            let meant = did_you_mean(id.get_ref(), known);
            let says = format!("there is no rule {:?}{meant}", id.get_ref());
            Fault(id.span(), says)
        })?;
        let setting = setting(rule, values)?;
        book = book
            .with(rule, account, setting)
            .map_err(|why| Fault(id.span(), why.to_string()))?;
    }
    Ok(book)
}

fn setting(rule: &RuleInfo, values: &Spanned<DeValue<'_>>) -> Read<Setting> {
    let mut setting = Setting::default();
    for (key, value) in table(values)? {
        let wrong = |what: String| Fault(value.span(), what);
        if key.get_ref() == "severity" {
            setting.severity = Some(match value.get_ref() {
                DeValue::String(word) => severity(word).ok_or_else(|| {
                    wrong("a severity is off, inform, warn, override or block".to_owned())
                })?,
                _ => return Err(wrong("a severity is a word in quotes".to_owned())),
            });
            continue;
        }
        if rule.param(key.get_ref()).is_none() {
            let known: Vec<&str> = rule.params.iter().map(|param| param.key).collect();
            return Err(Fault(
                key.span(),
                format!(
                    "{} has nothing called {:?}; it has severity{}{}",
                    rule.id,
                    key.get_ref(),
                    if known.is_empty() { "" } else { ", " },
                    known.join(", ")
                ),
            ));
        }
        let number = |text: &str| {
            text.replace('_', "")
                .parse::<Decimal>()
                .map(Value::Number)
                .map_err(|_| Fault(value.span(), format!("{text} is not a plain number")))
        };
        let word = |value: &Spanned<DeValue<'_>>| match value.get_ref() {
            DeValue::String(word) => Ok(word.trim().to_owned()),
            _ => Err(Fault(value.span(), "a word in quotes is wanted".to_owned())),
        };
        let read = match value.get_ref() {
            DeValue::Integer(n) if n.radix() == 10 => number(n.as_str())?,
            DeValue::Float(n) => number(n.as_str())?,
            DeValue::String(_) => Value::Words(vec![word(value)?]),
            DeValue::Array(words) => {
                Value::Words(words.iter().map(word).collect::<Read<Vec<_>>>()?)
            }
            _ => {
                return Err(wrong(
                    "a number, a word or a list of words is wanted".to_owned(),
                ));
            }
        };
        setting.values.insert(key.get_ref().to_string(), read);
    }
    Ok(setting)
}

pub(crate) fn severity(word: &str) -> Option<Option<Severity>> {
    Some(match word {
        "off" => None,
        "inform" => Some(Severity::Inform),
        "warn" => Some(Severity::Warn),
        "override" => Some(Severity::Override),
        "block" => Some(Severity::Block),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> TextFault {
        RuleBook::parse(text).unwrap_err()
    }

    #[test]
    fn an_account_s_setting_stands_before_the_one_over_all() {
        let book = RuleBook::parse(
            "version = 1\n[rules.\"cap.quantity\"]\nmost = 500\nseverity = \"override\"\n\
             [accounts.DU1.\"cap.quantity\"]\nmost = 12.5\n\
             [accounts.DU1.\"limit.symbols\"]\ndeny = [\"GME\", \"AMC\"]\n",
        )
        .unwrap();
        let rule = crate::rule_named("cap.quantity").unwrap();
        let most = |account: &str| {
            let account = AccountId::new(account).unwrap();
            let page = book.page(&account);
            (page.number(rule, "most"), page.severity(rule))
        };
        assert_eq!(
            most("DU1"),
            (Some(Decimal::new(125, 1)), Some(Severity::Override))
        );
        assert_eq!(
            most("DU2"),
            (Some(Decimal::new(500, 0)), Some(Severity::Override))
        );
        let symbols = crate::rule_named("limit.symbols").unwrap();
        let account = AccountId::new("DU1").unwrap();
        assert_eq!(book.page(&account).words(symbols, "deny"), ["GME", "AMC"]);
    }

    #[test]
    fn a_fault_is_told_with_its_line() {
        for (text, line, says) in [
            ("[rules]\n", 1, "version = 1 is missing"),
            ("version = 2\n", 1, "not version 1"),
            ("version = 1\n[rules.\"cap.quantity\"]\nmost = \n", 3, ""),
            (
                "version = 1\n\n[rules.\"cap.quantty\"]\nmost = 1\n",
                3,
                "no rule",
            ),
            (
                "version = 1\n[rules.\"cap.quantity\"]\nmots = 1\n",
                3,
                "severity, most",
            ),
            (
                "version = 1\n[rules.\"cap.quantity\"]\nmost = -1\n",
                2,
                "below zero",
            ),
            (
                "version = 1\n[rules.\"cap.quantity\"]\nmost = nan\n",
                3,
                "not a plain number",
            ),
            (
                "version = 1\n[rules.\"cap.quantity\"]\nmost = \"many\"\n",
                2,
                "a number is wanted",
            ),
            (
                "version = 1\n[rules.\"cap.quantity\"]\nseverity = \"soft\"\n",
                3,
                "off, inform",
            ),
            (
                "version = 1\n[rules.\"ira.no-short-sale\"]\nseverity = \"warn\"\n",
                2,
                "only be made stricter",
            ),
            (
                "version = 1\n[rules.\"mode.stopped\"]\nseverity = \"off\"\n",
                2,
                "always weighs",
            ),
            ("version = 1\n[limits]\n", 2, "nothing called"),
        ] {
            let fault = fault(text);
            assert_eq!(fault.line, line, "{text}: {fault}");
            assert!(fault.what.contains(says), "{text}: {fault}");
        }
    }
}
