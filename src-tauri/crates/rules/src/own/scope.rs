//! Whom an own rule concerns.

use super::fact::{Fact, Knows};
use super::field::{ACCOUNT_KINDS, Field, KINDS, Word};
use gatehouse_domain::account::{AccountKind, Mode};
use gatehouse_domain::contract::SecurityKind;
use gatehouse_domain::id::AccountId;

/// Whom it concerns. An empty list is everything of its kind.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OwnScope {
    /// Accounts.
    pub accounts: Vec<AccountId>,
    /// Kinds of accounts, by their words in a rule file.
    pub account_kinds: Vec<&'static str>,
    /// Kinds of instruments, by their words in a rule file.
    pub kinds: Vec<&'static str>,
    /// Paper or live; `None` for both.
    pub mode: Option<Mode>,
}

/// The kinds of accounts that a rule can be for: their words in a rule file and in a sentence.
pub const KINDS_OF_ACCOUNTS: &[Word] = ACCOUNT_KINDS;
/// The kinds of instruments that a rule can be for.
pub const KINDS_OF_INSTRUMENTS: &[Word] = KINDS;

/// A kind of account by its word in a rule file; `None` when it is not known.
#[must_use]
pub fn account_word(kind: AccountKind) -> Option<&'static str> {
    Some(match kind {
        AccountKind::Individual => "individual",
        AccountKind::Joint => "joint",
        AccountKind::RothIra => "roth-ira",
        AccountKind::TraditionalIra => "traditional-ira",
        AccountKind::Entity => "company",
        AccountKind::Trust => "trust",
        AccountKind::Unknown => return None,
    })
}

/// A kind of instrument by its word in a rule file; `None` for what no rule is for.
pub(super) fn kind_word(kind: SecurityKind) -> Option<&'static str> {
    KINDS
        .iter()
        .map(|(word, _)| *word)
        .find(|word| *word == kind.code())
}

/// What an order's scope can be told from.
pub(super) struct Place<'a, K> {
    pub account: &'a AccountId,
    pub mode: Mode,
    pub known: &'a K,
}

impl OwnScope {
    pub(super) fn tidy(&mut self) {
        self.accounts.sort_unstable();
        self.accounts.dedup();
        for words in [&mut self.account_kinds, &mut self.kinds] {
            words.sort_unstable();
            words.dedup();
        }
    }

    /// Whether an order lies in it; `None` when that is not known.
    pub(super) fn concerns<K: Knows>(&self, place: &Place<'_, K>) -> Option<bool> {
        let among = |list: &[&'static str], field: Field| {
            if list.is_empty() {
                return Some(true);
            }
            match place.known.fact(field) {
                Fact::Word(word) => Some(list.iter().any(|known| *known == word)),
                Fact::Unknown => None,
                _ => Some(false),
            }
        };
        let in_mode = match (self.mode, place.mode) {
            (None, _) => Some(true),
            (Some(_), Mode::Unknown) => None,
            (Some(wanted), mode) => Some(wanted == mode),
        };
        let parts = [
            Some(self.accounts.is_empty() || self.accounts.contains(place.account)),
            in_mode,
            among(&self.account_kinds, Field::AccountKind),
            among(&self.kinds, Field::OrderKind),
        ];
        if parts.contains(&Some(false)) {
            return Some(false);
        }
        parts.iter().all(Option::is_some).then_some(true)
    }

    /// Whether everything that `other` concerns is concerned by this.
    pub(super) fn holds(&self, other: &Self) -> bool {
        fn wider<T: PartialEq>(new: &[T], old: &[T]) -> bool {
            new.is_empty() || (!old.is_empty() && old.iter().all(|each| new.contains(each)))
        }
        wider(&self.accounts, &other.accounts)
            && wider(&self.account_kinds, &other.account_kinds)
            && wider(&self.kinds, &other.kinds)
            && (self.mode.is_none() || self.mode == other.mode)
    }

    /// In words; `None` when it is for every order.
    #[must_use]
    pub fn words(&self) -> Option<String> {
        let said = |words: &[&str], known: &[Word]| {
            let said = words.iter().map(|word| {
                let found = known.iter().find(|(key, _)| key == word);
                found.map_or(*word, |(_, said)| *said)
            });
            said.collect::<Vec<_>>().join(", ")
        };
        let accounts: Vec<&str> = self.accounts.iter().map(AccountId::as_str).collect();
        let parts = [
            said(&self.kinds, KINDS),
            said(&self.account_kinds, ACCOUNT_KINDS),
            accounts.join(", "),
            match self.mode {
                Some(Mode::Live) => "live".to_owned(),
                Some(Mode::Paper) => "paper".to_owned(),
                _ => String::new(),
            },
        ];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        (!parts.is_empty()).then(|| parts.join("; "))
    }
}
