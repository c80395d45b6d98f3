//! Own rules read from a rule file. What is not known there is an error with its line.

use super::comparison::Comparison;
use super::condition::{Condition, DEEPEST};
use super::nearest::did_you_mean;
use super::scope::{KINDS_OF_ACCOUNTS, KINDS_OF_INSTRUMENTS, OwnScope};
use super::{MOST, OwnFault, OwnRule, Terms};
use crate::book::TextFault;
use crate::book::text::{Fault, Read, document, severity};
use crate::rule::Severity;
use gatehouse_domain::account::Mode;
use gatehouse_domain::id::AccountId;
use jiff::civil::Date;
use std::ops::Range;
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

const KEYS: [&str; 13] = [
    "id",
    "title",
    "says",
    "severity",
    "off",
    "version",
    "accounts",
    "account_kinds",
    "kinds",
    "mode",
    "from",
    "until",
    "when",
];

type Value<'a, 'i> = &'a Spanned<DeValue<'i>>;

impl OwnRule {
    /// Reads one rule as it stands in a rule file, under `[[own]]` or without that line.
    ///
    /// # Errors
    /// With the line and what is wrong there.
    pub fn parse(text: &str) -> Result<Self, TextFault> {
        document(text, |document| {
            let Some(own) = document.get("own") else {
                return rule(document, 0..0);
            };
            if let Some((key, _)) = document.iter().find(|(key, _)| key.get_ref() != "own") {
                return Err(Fault(
                    key.span(),
                    format!("{:?} has no place beside a rule", key.get_ref()),
                ));
            }
            let rules = read(own)?;
            match <[Arc<OwnRule>; 1]>::try_from(rules) {
                Ok([rule]) => Ok(Arc::unwrap_or_clone(rule)),
                Err(rules) => Err(Fault(
                    own.span(),
                    format!("one rule is wanted here, not {}", rules.len()),
                )),
            }
        })
    }
}

/// Reads all of them.
pub(crate) fn read(own: Value<'_, '_>) -> Read<Vec<Arc<OwnRule>>> {
    let DeValue::Array(tables) = own.get_ref() else {
        return Err(Fault(
            own.span(),
            "own rules stand under [[own]], in two brackets".to_owned(),
        ));
    };
    let mut rules: Vec<Arc<OwnRule>> = Vec::new();
    for value in tables {
        let DeValue::Table(table) = value.get_ref() else {
            return Err(Fault(
                value.span(),
                "own rules stand under [[own]], in two brackets".to_owned(),
            ));
        };
        let read = rule(table, value.span())?;
        let id = &read.terms().id;
        if rules.iter().any(|other| other.terms().id == *id) {
            let at = table.get("id").map_or(value.span(), Spanned::span);
            return Err(Fault(at, format!("two own rules have the id {id:?}")));
        }
        if rules.len() == MOST {
            return Err(Fault(
                value.span(),
                format!("there are more than {MOST} own rules"),
            ));
        }
        rules.push(Arc::new(read));
    }
    Ok(rules)
}

fn rule(table: &DeTable<'_>, at: Range<usize>) -> Read<OwnRule> {
    for (key, _) in table {
        let name = key.get_ref().as_ref();
        if !KEYS.contains(&name) {
            let says = format!(
                "a rule has nothing called {name:?}{}",
                did_you_mean(name, KEYS)
            );
            return Err(Fault(key.span(), says));
        }
    }
    let get = |key: &str| table.get(key);
    let must =
        |key: &str| get(key).ok_or_else(|| Fault(at.clone(), format!("the rule has no {key}")));
    let text_or_none = |key: &str| {
        get(key)
            .map(text)
            .transpose()
            .map(Option::unwrap_or_default)
    };
    let terms = Terms {
        id: text(must("id")?)?,
        title: text(must("title")?)?,
        says: text_or_none("says")?,
        severity: weight(must("severity")?)?,
        on: !get("off").map(flag).transpose()?.unwrap_or(false),
        version: get("version").map(count).transpose()?.unwrap_or(1),
        scope: OwnScope {
            accounts: words(get("accounts"), |word| {
                AccountId::new(word).map_err(|fault| fault.to_string())
            })?,
            account_kinds: words(get("account_kinds"), |word| one_of(word, KINDS_OF_ACCOUNTS))?,
            kinds: words(get("kinds"), |word| one_of(word, KINDS_OF_INSTRUMENTS))?,
            mode: get("mode").map(mode).transpose()?,
        },
        from: get("from").map(day).transpose()?,
        until: get("until").map(day).transpose()?,
        when: condition(must("when")?, DEEPEST)?,
    };
    OwnRule::new(terms)
        .map_err(|OwnFault { key, says }| Fault(get(key).map_or(at, Spanned::span), says))
}

fn text(value: Value<'_, '_>) -> Read<String> {
    match value.get_ref() {
        DeValue::String(text) => Ok(text.to_string()),
        _ => Err(Fault(value.span(), "words in quotes are wanted".to_owned())),
    }
}

fn weight(value: Value<'_, '_>) -> Read<Severity> {
    let word = text(value)?;
    severity(&word).flatten().ok_or_else(|| {
        let says = match word.as_str() {
            "off" => {
                "a rule that is off has off = true, and a severity for when it is on".to_owned()
            }
            word => {
                let known = ["inform", "warn", "override", "block"];
                let meant = did_you_mean(word, known);
                format!("a severity is inform, warn, override or block{meant}")
            }
        };
        Fault(value.span(), says)
    })
}

fn flag(value: Value<'_, '_>) -> Read<bool> {
    match value.get_ref() {
        DeValue::Boolean(flag) => Ok(*flag),
        _ => Err(Fault(value.span(), "true or false is wanted".to_owned())),
    }
}

fn count(value: Value<'_, '_>) -> Read<u32> {
    let wrong = || {
        Fault(
            value.span(),
            "a version is a whole number from 1".to_owned(),
        )
    };
    match value.get_ref() {
        DeValue::Integer(n) if n.radix() == 10 => n.as_str().parse().map_err(|_| wrong()),
        _ => Err(wrong()),
    }
}

fn mode(value: Value<'_, '_>) -> Read<Mode> {
    match text(value)?.as_str() {
        "paper" => Ok(Mode::Paper),
        "live" => Ok(Mode::Live),
        _ => Err(Fault(value.span(), "a mode is paper or live".to_owned())),
    }
}

fn day(value: Value<'_, '_>) -> Read<Date> {
    let wrong = || {
        let says = "a day is wanted, as 2026-12-18 without quotes".to_owned();
        Fault(value.span(), says)
    };
    match value.get_ref() {
        DeValue::Datetime(day) if day.time.is_none() && day.offset.is_none() => {
            let day = day.date.ok_or_else(wrong)?;
            let year = i16::try_from(day.year).map_err(|_| wrong())?;
            let (month, day) = (i8::try_from(day.month), i8::try_from(day.day));
            match (month, day) {
                (Ok(month), Ok(day)) => Date::new(year, month, day).map_err(|_| wrong()),
                _ => Err(wrong()),
            }
        }
        _ => Err(wrong()),
    }
}

fn words<T>(
    value: Option<Value<'_, '_>>,
    read: impl Fn(&str) -> Result<T, String>,
) -> Read<Vec<T>> {
    let Some(value) = value else {
        return Ok(Vec::new());
    };
    let DeValue::Array(words) = value.get_ref() else {
        let says = "a list of words in quotes is wanted, in brackets".to_owned();
        return Err(Fault(value.span(), says));
    };
    words
        .iter()
        .map(|word| read(text(word)?.trim()).map_err(|says| Fault(word.span(), says)))
        .collect()
}

fn one_of(word: &str, known: &[(&'static str, &'static str)]) -> Result<&'static str, String> {
    let found = known
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(word));
    found.map(|(word, _)| *word).ok_or_else(|| {
        let all: Vec<&str> = known.iter().map(|(word, _)| *word).collect();
        let meant = did_you_mean(word, all.iter().copied());
        format!("{word:?} is none of {}{meant}", all.join(", "))
    })
}

fn condition(value: Value<'_, '_>, deep: usize) -> Read<Condition> {
    if deep == 0 {
        let says = format!("conditions lie at most {DEEPEST} deep in one another");
        return Err(Fault(value.span(), says));
    }
    let table = match value.get_ref() {
        DeValue::String(text) => {
            let comparison = Comparison::parse(text);
            return comparison
                .map(Condition::Is)
                .map_err(|fault| Fault(value.span(), fault.to_string()));
        }
        DeValue::Table(table) => table,
        _ => {
            let says = "a condition is wanted: \"order.value > 5000\", or { all = [...] }, { any = \
                        [...] }, { not = ... }";
            return Err(Fault(value.span(), says.to_owned()));
        }
    };
    let mut entries = table.iter();
    let (Some((key, inner)), None) = (entries.next(), entries.next()) else {
        let says = "one of all, any and not is wanted, alone".to_owned();
        return Err(Fault(value.span(), says));
    };
    let parts = || {
        let DeValue::Array(parts) = inner.get_ref() else {
            let says = format!("{} has a list in brackets", key.get_ref());
            return Err(Fault(inner.span(), says));
        };
        let parts: Vec<Condition> = parts
            .iter()
            .map(|part| condition(part, deep - 1))
            .collect::<Read<_>>()?;
        if parts.is_empty() {
            let says = "at least one condition is wanted".to_owned();
            return Err(Fault(inner.span(), says));
        }
        Ok(parts)
    };
    match key.get_ref().as_ref() {
        "all" => Ok(Condition::All(parts()?)),
        "any" => Ok(Condition::Any(parts()?)),
        "not" => Ok(Condition::Not(Box::new(condition(inner, deep - 1)?))),
        other => {
            let meant = did_you_mean(other, ["all", "any", "not"]);
            let says = format!("conditions are joined by all, any or not, not by {other:?}{meant}");
            Err(Fault(key.span(), says))
        }
    }
}
