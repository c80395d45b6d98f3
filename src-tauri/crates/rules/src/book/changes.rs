//! What differs between two rule books, in words, and whether it lets more through.

mod own;

use super::written::word;
use super::{Page, RuleBook, Value};
use crate::built_in::spoken;
use crate::rule::{ParamInfo, RuleInfo, Severity, Stricter};
use gatehouse_domain::Decimal;
use gatehouse_domain::id::AccountId;
use std::collections::BTreeSet;

/// One rule that is set otherwise in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookChange {
    /// The rule's id.
    pub rule: String,
    /// `None`: over all accounts.
    pub account: Option<AccountId>,
    /// From what to what, for a person.
    pub says: String,
    /// Whether it may let more through, in that place or in one that follows it. What can't be
    /// compared counts so.
    pub looser: bool,
}

type Place<'a> = Option<&'a AccountId>;

impl RuleBook {
    /// What is set otherwise here than in `before`.
    #[must_use]
    pub fn changes_from(&self, before: &Self) -> Vec<BookChange> {
        let accounts: BTreeSet<&AccountId> = self.accounts().chain(before.accounts()).collect();
        let places: Vec<Place<'_>> = std::iter::once(None)
            .chain(accounts.into_iter().map(Some))
            .collect();
        let mut changes = Vec::new();
        for rule in crate::rules() {
            for place in &places {
                if self.set_in(*place, rule) == before.set_in(*place, rule) {
                    continue;
                }
                let looser = places
                    .iter()
                    .filter(|follows| place.is_none() || *follows == place)
                    .any(|at| is_looser(rule, before.at(*at), self.at(*at)));
                changes.push(BookChange {
                    rule: rule.id.to_owned(),
                    account: place.cloned(),
                    says: told(rule, *place, before.at(*place), self.at(*place)),
                    looser,
                });
            }
        }
        changes.extend(own::changes(self, before));
        changes
    }

    fn set_in(&self, place: Place<'_>, rule: &RuleInfo) -> Option<&super::Setting> {
        self.settings(place)?.get(rule.id)
    }

    /// What holds in a place.
    #[must_use]
    pub fn at(&self, place: Option<&AccountId>) -> Page<'_> {
        match place {
            Some(account) => self.page(account),
            None => Page {
                own: None,
                all: &self.all,
            },
        }
    }
}

fn is_looser(rule: &RuleInfo, before: Page<'_>, after: Page<'_>) -> bool {
    let (was, is) = (before.severity(rule), after.severity(rule));
    // What is off lets everything through already.
    was.is_some()
        && (is < was
            || rule
                .params
                .iter()
                .any(|param| is_looser_value(rule, param, before, after)))
}

fn is_looser_value(rule: &RuleInfo, param: &ParamInfo, was: Page<'_>, is: Page<'_>) -> bool {
    if param.unit.is_words() {
        let set = |page: Page<'_>| -> BTreeSet<String> {
            let words = page.words(rule, param.key);
            words.iter().map(|word| word.to_ascii_uppercase()).collect()
        };
        let (was, is) = (set(was), set(is));
        return match param.stricter {
            _ if was == is => false,
            // A list of what is forbidden.
            Stricter::Higher => !is.is_superset(&was),
            // A list of what is allowed, where none allows all.
            Stricter::Lower => !was.is_empty() && (is.is_empty() || !is.is_subset(&was)),
            Stricter::Neither => true,
        };
    }
    match (was.number(rule, param.key), is.number(rule, param.key)) {
        (None, _) => false,
        (Some(_), None) => true,
        (Some(was), Some(is)) => match param.stricter {
            Stricter::Lower => is > was,
            Stricter::Higher => is < was,
            Stricter::Neither => is != was,
        },
    }
}

/// What a severity does.
pub(super) fn does(severity: Option<Severity>) -> &'static str {
    match severity {
        None => "is off",
        Some(Severity::Inform) => "informs",
        Some(Severity::Warn) => "warns",
        Some(Severity::Override) => "asks for a reason",
        Some(Severity::Block) => "blocks",
    }
}

fn told(rule: &RuleInfo, place: Place<'_>, before: Page<'_>, after: Page<'_>) -> String {
    let mut parts = Vec::new();
    let (was, is) = (before.severity(rule), after.severity(rule));
    if word(was) != word(is) {
        parts.push(format!("it {} and no longer {}", does(is), does(was)));
    }
    for param in rule.params {
        let (was, is) = (value(rule, param, before), value(rule, param, after));
        if was != is {
            parts.push(format!("{}: {is} instead of {was}", param.title));
        }
    }
    if parts.is_empty() {
        parts.push("set as it was".to_owned());
    }
    let place = place.map_or("over all accounts".to_owned(), |id| format!("in {id}"));
    format!("{}, {place}: {}.", rule.title, parts.join("; "))
}

fn value(rule: &RuleInfo, param: &ParamInfo, page: Page<'_>) -> String {
    if param.unit.is_words() {
        let words = page.words(rule, param.key);
        return match words.as_slice() {
            [] => "none".to_owned(),
            words => words.join(", "),
        };
    }
    page.number(rule, param.key)
        .map_or("no limit".to_owned(), spoken)
}

impl Value {
    /// As a person types it.
    #[must_use]
    pub fn typed(&self) -> String {
        match self {
            Self::Number(number) => plain(*number),
            Self::Words(words) => words.join(", "),
        }
    }
}

fn plain(number: Decimal) -> String {
    number.normalize().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book(text: &str) -> RuleBook {
        RuleBook::parse(&format!("version = 1\n{text}")).unwrap()
    }

    fn changes(before: &str, after: &str) -> Vec<(String, bool)> {
        book(after)
            .changes_from(&book(before))
            .into_iter()
            .map(|change| (change.says, change.looser))
            .collect()
    }

    #[test]
    fn a_change_says_what_it_was_and_whether_more_passes() {
        let cap = |most: &str| format!("[rules.\"cap.quantity\"]\nmost = {most}\n");
        assert_eq!(
            changes("", &cap("5")),
            [(
                "Order cap: quantity, over all accounts: The most shares or contracts in one order: 5 instead of 1,000."
                    .to_owned(),
                false
            )]
        );
        assert!(changes(&cap("5"), "")[0].1, "taking a stricter cap away");
        assert!(changes(&cap("5"), &cap("6"))[0].1);
        assert_eq!(changes(&cap("5"), &cap("5")), []);
    }

    #[test]
    fn a_mode_is_looser_only_when_it_is_turned_off() {
        let on = "[rules.\"mode.read-only\"]\nseverity = \"block\"\n";
        assert!(!changes("", on)[0].1);
        assert!(changes(on, "")[0].1);
    }

    #[test]
    fn lists_are_looser_by_what_they_let_through() {
        let list = |key: &str, words: &str| format!("[rules.\"limit.symbols\"]\n{key} = {words}\n");
        for (key, before, after, looser) in [
            ("deny", "[\"GME\"]", "[\"GME\", \"AMC\"]", false),
            ("deny", "[\"GME\", \"AMC\"]", "[\"GME\"]", true),
            ("allow", "[]", "[\"KO\"]", false),
            ("allow", "[\"KO\"]", "[\"KO\", \"PEP\"]", true),
            ("allow", "[\"KO\", \"PEP\"]", "[\"ko\"]", false),
            ("allow", "[\"KO\"]", "[]", true),
        ] {
            let said = changes(&list(key, before), &list(key, after));
            assert_eq!(said[0].1, looser, "{key} {before} {after}");
        }
    }

    #[test]
    fn what_is_looser_only_in_an_account_that_follows_is_looser() {
        let off_but = |most: u32| {
            format!(
                "[rules.\"cap.quantity\"]\nseverity = \"off\"\nmost = {most}\n\
                 [accounts.DU1.\"cap.quantity\"]\nseverity = \"block\"\n"
            )
        };
        let said = changes(&off_but(5), &off_but(500));
        assert_eq!(said.len(), 1);
        assert!(said[0].1, "{said:?}");
    }
}
