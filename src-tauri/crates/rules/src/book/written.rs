//! The rule book written as text, so that [`RuleBook::parse`] reads the same book from it.
//!
//! Deliberately not here: files, and what a person had written beside the settings.

use super::{RuleBook, Setting, Settings, Value};
use crate::rule::Severity;
use std::fmt::Write as _;

/// What stands above what is set.
const HEAD: &str = "# What you set of Gatehouse's rules. Gatehouse writes this file anew when a rule is set in\n\
                    # its window; notes of your own are not kept then.\n\
                    version = 1\n";

impl RuleBook {
    /// The book as a rule file.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = HEAD.to_owned();
        write_settings(&mut text, "rules", &self.all);
        for (account, settings) in &self.accounts {
            let place = format!("accounts.{}", quoted(account.as_str()));
            write_settings(&mut text, &place, settings);
        }
        for rule in &self.own {
            text.push('\n');
            text.push_str(&rule.text());
        }
        text
    }
}

fn write_settings(text: &mut String, place: &str, settings: &Settings) {
    for (rule, setting) in settings {
        // Writing to a string does not fail.
        let _ = write!(text, "\n[{place}.{}]\n{}", quoted(rule), lines(setting));
    }
}

fn lines(setting: &Setting) -> String {
    let mut lines = String::new();
    if let Some(severity) = setting.severity {
        let _ = writeln!(lines, "severity = \"{}\"", word(severity));
    }
    for (key, value) in &setting.values {
        let value = match value {
            Value::Number(number) => number.normalize().to_string(),
            Value::Words(words) => {
                let words: Vec<String> = words.iter().map(|word| quoted(word)).collect();
                format!("[{}]", words.join(", "))
            }
        };
        let _ = writeln!(lines, "{} = {value}", quoted(key));
    }
    lines
}

/// A severity as it is written.
pub(crate) fn word(severity: Option<Severity>) -> &'static str {
    match severity {
        None => "off",
        Some(Severity::Inform) => "inform",
        Some(Severity::Warn) => "warn",
        Some(Severity::Override) => "override",
        Some(Severity::Block) => "block",
    }
}

/// A basic string of TOML.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                quoted.push('\\');
                quoted.push(c);
            }
            c if c.is_control() => {
                let _ = write!(quoted, "\\U{:08X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;
    use gatehouse_domain::Decimal;
    use gatehouse_domain::id::AccountId;
    use proptest::prelude::*;

    /// A setting that some rule takes.
    fn set(book: RuleBook, which: usize, account: Option<usize>, n: u32, word: &str) -> RuleBook {
        let rules: Vec<_> = crate::rules().collect();
        let rule = rules[which % rules.len()];
        let account = account.map(|n| AccountId::new(&format!("DU{n}")).unwrap());
        let mut setting = Setting::default();
        if n.is_multiple_of(3) {
            setting.severity = Some(Some(Severity::Block));
        }
        for param in rule.params {
            let value = if param.unit.is_words() {
                Value::Words(vec![word.to_owned(), "AMC".to_owned()])
            } else {
                Value::Number(Decimal::new(i64::from(n), n % 6))
            };
            setting.values.insert(param.key.to_owned(), value);
        }
        let same = book.clone();
        book.with(rule, account.as_ref(), setting).unwrap_or(same)
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_as_the_same_book(
            set_of in proptest::collection::vec((any::<usize>(), proptest::option::of(0_usize..3), any::<u32>(), "[!-~]{1,6}"), 0..12)
        ) {
            let book = set_of.iter().fold(RuleBook::default(), |book, (which, account, n, word)| {
                set(book, *which, *account, *n, word)
            });
            prop_assert_eq!(RuleBook::parse(&book.text()), Ok(book.clone()), "{}", book.text());
        }
    }
}
