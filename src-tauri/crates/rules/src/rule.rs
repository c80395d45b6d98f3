//! What a rule is, as data: who wrote it, whom it concerns, how much it weighs, what can be
//! set.
//!
//! Deliberately not here: what a rule looks at, which is code, and what a person set, which is
//! the [book](crate::book).

use gatehouse_domain::Decimal;
use gatehouse_domain::account::{AccountKind, Mode};
use gatehouse_domain::contract::SecurityKind;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Who says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source {
    /// The one who wrote the rule.
    pub name: &'static str,
    /// Where it stands there; empty for a house rule.
    pub text: &'static str,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.text {
            "" => f.write_str(self.name),
            text => write!(f, "{}: {text}", self.name),
        }
    }
}

/// What follows when a rule does not hold, the mildest first.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, specta::Type,
)]
#[serde(rename_all = "camelCase")]
pub enum Severity {
    /// The person is told.
    Inform,
    /// The person is warned.
    Warn,
    /// It passes only with a reason that the person types.
    Override,
    /// It does not pass.
    Block,
}

/// What a person may do to a rule's severity and to its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum Changeable {
    /// Nothing.
    No,
    /// Make it stricter: the rule is somebody else's.
    Stricter,
    /// Anything: the rule is the person's own.
    Freely,
}

/// Whom a rule concerns. An empty list is everything of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scope {
    /// Kinds of accounts.
    pub accounts: &'static [AccountKind],
    /// Kinds of instruments.
    pub securities: &'static [SecurityKind],
    /// Paper or live; `None` for both.
    pub mode: Option<Mode>,
}

impl Scope {
    /// Everything.
    pub const ALL: Self = Self {
        accounts: &[],
        securities: &[],
        mode: None,
    };

    /// Individual retirement accounts, and those whose type is not known.
    pub const IRA: Self = Self {
        accounts: &[
            AccountKind::RothIra,
            AccountKind::TraditionalIra,
            AccountKind::Unknown,
        ],
        ..Self::ALL
    };

    /// In words.
    #[must_use]
    pub fn words(&self) -> String {
        let mut parts = Vec::new();
        if !self.accounts.is_empty() {
            let kinds: Vec<&str> = self.accounts.iter().map(|kind| kind.words()).collect();
            parts.push(kinds.join(", "));
        }
        if !self.securities.is_empty() {
            let kinds: Vec<&str> = self.securities.iter().map(|kind| kind.words()).collect();
            parts.push(kinds.join(", "));
        }
        match self.mode {
            Some(Mode::Live) => parts.push("live only".to_owned()),
            Some(Mode::Paper) => parts.push("paper only".to_owned()),
            _ => {}
        }
        if parts.is_empty() {
            "Every order".to_owned()
        } else {
            parts.join("; ")
        }
    }
}

/// What a rule is about, for a person to find it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum Group {
    /// Whether there is trading at all.
    Modes,
    /// What has to stand before anything is judged.
    Standing,
    /// What the kind of account allows.
    AccountType,
    /// The person's own limits.
    Limits,
    /// Prices and the market.
    Market,
    /// Taxes.
    Taxes,
    /// Day trading.
    DayTrading,
}

/// What a value counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum Unit {
    /// Shares or contracts.
    Quantity,
    /// Money in the account's base currency.
    Money,
    /// Hundredths.
    Percent,
    /// A plain number of things.
    Count,
    /// Seconds.
    Seconds,
    /// Minutes.
    Minutes,
    /// Days.
    Days,
    /// How many times as much.
    Times,
    /// A list of symbols.
    Symbols,
    /// A list of kinds of instruments: `STK`, `OPT`, `FUT`, `FOP`, `CASH`, `BAG`.
    Kinds,
    /// One of a few words.
    Choice,
}

impl Unit {
    /// Whether the value is a list of words or one of them, not a number.
    #[must_use]
    pub fn is_words(self) -> bool {
        matches!(self, Self::Symbols | Self::Kinds | Self::Choice)
    }
}

/// Which way a value is stricter. Of a list of words: with more of them when they are forbidden,
/// with fewer when only they are allowed and none allows all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stricter {
    /// A lower one.
    Lower,
    /// A higher one.
    Higher,
    /// Neither.
    Neither,
}

/// What can be set of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParamInfo {
    /// Its name in the rule file.
    pub key: &'static str,
    /// For a person.
    pub title: &'static str,
    /// What it counts.
    pub unit: Unit,
    /// The number it has until one is set; `None` where that is no limit at all.
    pub usual: Option<Decimal>,
    /// The words that it has until others are set; for [`Unit::Choice`] those to choose from, the
    /// usual one first.
    pub words: &'static [&'static str],
    /// Which way it is stricter.
    pub stricter: Stricter,
}

impl ParamInfo {
    /// A cap with this usual value.
    #[must_use]
    pub const fn most(
        key: &'static str,
        title: &'static str,
        unit: Unit,
        usual: Option<Decimal>,
    ) -> Self {
        Self {
            key,
            title,
            unit,
            usual,
            words: &[],
            stricter: Stricter::Lower,
        }
    }

    /// A floor with this usual value.
    #[must_use]
    pub const fn least(
        key: &'static str,
        title: &'static str,
        unit: Unit,
        usual: Option<Decimal>,
    ) -> Self {
        Self {
            stricter: Stricter::Higher,
            ..Self::most(key, title, unit, usual)
        }
    }

    /// A list of words.
    #[must_use]
    pub const fn words(
        key: &'static str,
        title: &'static str,
        unit: Unit,
        words: &'static [&'static str],
    ) -> Self {
        Self {
            words,
            stricter: Stricter::Neither,
            ..Self::most(key, title, unit, None)
        }
    }
}

/// A small number for a constant: `units` with so many decimals.
pub(crate) const fn number(units: u32, decimals: u32) -> Decimal {
    Decimal::from_parts(units, 0, 0, false, decimals)
}

/// What a rule is and who wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleInfo {
    /// A short, lasting name, such as `ira.no-short-sale`.
    pub id: &'static str,
    /// A title.
    pub title: &'static str,
    /// What it says, in one sentence.
    pub sentence: &'static str,
    /// What it is about.
    pub group: Group,
    /// Who says so.
    pub source: Source,
    /// The first day on which it holds; `None` when it always has.
    pub from: Option<Date>,
    /// The last day on which it holds; `None` when no end is known.
    pub until: Option<Date>,
    /// Counts up when what it says changes.
    pub version: u32,
    /// Whom it concerns.
    pub scope: Scope,
    /// How it weighs until a person sets it otherwise; `None` while it is off.
    pub severity: Option<Severity>,
    /// What a person may do to it.
    pub changeable: Changeable,
    /// What can be set.
    pub params: &'static [ParamInfo],
}

impl RuleInfo {
    /// A rule of Gatehouse's own that always blocks.
    pub const HOUSE: Self = Self {
        id: "",
        title: "",
        sentence: "",
        group: Group::Standing,
        source: Source {
            name: "Gatehouse",
            text: "",
        },
        from: None,
        until: None,
        version: 1,
        scope: Scope::ALL,
        severity: Some(Severity::Block),
        changeable: Changeable::No,
        params: &[],
    };

    /// A limit that the person sets.
    pub const LIMIT: Self = Self {
        group: Group::Limits,
        source: Source {
            name: "Gatehouse",
            text: "your limit",
        },
        changeable: Changeable::Freely,
        ..Self::HOUSE
    };

    /// Whether it holds on this day. A day that isn't known is one on which it holds.
    #[must_use]
    pub fn in_force(&self, day: Option<Date>) -> bool {
        day.is_none_or(|day| {
            self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
        })
    }

    /// What can be set under this name.
    #[must_use]
    pub fn param(&self, key: &str) -> Option<&'static ParamInfo> {
        self.params.iter().find(|param| param.key == key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_rule_holds_from_its_first_day_to_its_last() {
        let rule = RuleInfo {
            from: Some(date(2026, 6, 4)),
            until: Some(date(2027, 10, 20)),
            ..RuleInfo::HOUSE
        };
        for (day, holds) in [
            (date(2026, 6, 3), false),
            (date(2026, 6, 4), true),
            (date(2027, 10, 20), true),
            (date(2027, 10, 21), false),
        ] {
            assert_eq!(rule.in_force(Some(day)), holds, "{day}");
        }
        // A clock that can't be read makes no rule go away.
        assert!(rule.in_force(None));
    }
}
