//! An own rule written as text, so that [`OwnRule::parse`] reads the same rule from it.

use super::OwnRule;
use super::condition::Condition;
use crate::book::written::{quoted, word};
use gatehouse_domain::account::Mode;
use gatehouse_domain::id::AccountId;
use std::fmt::Write as _;

impl OwnRule {
    /// The rule as it stands in a rule file.
    #[must_use]
    pub fn text(&self) -> String {
        let terms = self.terms();
        let mut text = String::from("[[own]]\n");
        // Writing to a string does not fail.
        let _ = writeln!(text, "id = {}", quoted(&terms.id));
        let _ = writeln!(text, "title = {}", quoted(&terms.title));
        if !terms.says.is_empty() {
            let _ = writeln!(text, "says = {}", quoted(&terms.says));
        }
        let _ = writeln!(text, "severity = {}", quoted(word(Some(terms.severity))));
        if !terms.on {
            text.push_str("off = true\n");
        }
        if terms.version != 1 {
            let _ = writeln!(text, "version = {}", terms.version);
        }
        let scope = &terms.scope;
        let accounts: Vec<&str> = scope.accounts.iter().map(AccountId::as_str).collect();
        for (key, words) in [
            ("accounts", &accounts),
            ("account_kinds", &scope.account_kinds),
            ("kinds", &scope.kinds),
        ] {
            if !words.is_empty() {
                let words: Vec<String> = words.iter().map(|word| quoted(word)).collect();
                let _ = writeln!(text, "{key} = [{}]", words.join(", "));
            }
        }
        match scope.mode {
            Some(Mode::Live) => text.push_str("mode = \"live\"\n"),
            Some(Mode::Paper) => text.push_str("mode = \"paper\"\n"),
            _ => {}
        }
        for (key, day) in [("from", terms.from), ("until", terms.until)] {
            if let Some(day) = day {
                let _ = writeln!(text, "{key} = {day}");
            }
        }
        let _ = writeln!(text, "when = {}", outermost(&terms.when));
        text
    }
}

/// One condition a line.
fn outermost(when: &Condition) -> String {
    match when {
        Condition::All(parts) => format!("{{ all = [\n{}] }}", lines(parts)),
        Condition::Any(parts) => format!("{{ any = [\n{}] }}", lines(parts)),
        when => inline(when),
    }
}

fn lines(parts: &[Condition]) -> String {
    let line = |part: &Condition| format!("    {},\n", inline(part));
    parts.iter().map(line).collect()
}

fn inline(when: &Condition) -> String {
    let listed = |parts: &[Condition]| parts.iter().map(inline).collect::<Vec<_>>().join(", ");
    match when {
        Condition::Is(comparison) => quoted(&comparison.text()),
        Condition::Not(inner) => format!("{{ not = {} }}", inline(inner)),
        Condition::All(parts) => format!("{{ all = [{}] }}", listed(parts)),
        Condition::Any(parts) => format!("{{ any = [{}] }}", listed(parts)),
    }
}
