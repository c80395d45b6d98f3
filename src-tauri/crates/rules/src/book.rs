//! The rule book: what a person set of the rules, over all accounts and for single ones.
//!
//! A setting is looked for under the account first, then over all accounts, then in the rule.
//! Deliberately not here: files.

mod changes;
mod own;
pub(crate) mod text;
pub(crate) mod written;

pub use changes::BookChange;
pub use text::TextFault;

use crate::own::OwnRule;
use crate::rule::{Changeable, ParamInfo, RuleInfo, Severity, Stricter};
use gatehouse_domain::Decimal;
use gatehouse_domain::id::AccountId;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

/// What can be set of a rule: a number, or words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A number.
    Number(Decimal),
    /// Words.
    Words(Vec<String>),
}

/// What a person set of one rule, in one place.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Setting {
    /// `None`: as it is elsewhere; `Some(None)`: off.
    pub severity: Option<Option<Severity>>,
    /// By the name of what is set.
    pub values: BTreeMap<String, Value>,
}

impl Setting {
    /// Whether nothing is set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.severity.is_none() && self.values.is_empty()
    }
}

/// Settings by the rule's id.
pub type Settings = BTreeMap<String, Setting>;

/// Why something can't be set. The sentence is for a person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotSettable(pub String);

/// The rules' settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleBook {
    all: Settings,
    accounts: BTreeMap<AccountId, Settings>,
    /// The person's own rules, in the order in which they stand in the file.
    own: Vec<Arc<OwnRule>>,
    /// What is added to the ask when a market order's cost is estimated (0.05 = 5 %).
    pub market_cushion: Decimal,
    /// How long a preview can be confirmed.
    pub preview_valid_for: Duration,
    /// How far the price may move between preview and confirmation, as a share.
    pub preview_drift: Decimal,
}

impl Default for RuleBook {
    fn default() -> Self {
        Self {
            all: Settings::new(),
            accounts: BTreeMap::new(),
            own: Vec::new(),
            market_cushion: Decimal::new(5, 2),
            preview_valid_for: Duration::from_secs(60),
            preview_drift: Decimal::new(2, 2),
        }
    }
}

impl RuleBook {
    /// What is set over all accounts, or for one.
    #[must_use]
    pub fn settings(&self, account: Option<&AccountId>) -> Option<&Settings> {
        match account {
            None => Some(&self.all),
            Some(account) => self.accounts.get(account),
        }
    }

    /// The accounts that have settings of their own.
    pub fn accounts(&self) -> impl Iterator<Item = &AccountId> {
        self.accounts.keys()
    }

    /// The book with another setting of one rule, over all accounts or for one. An empty setting
    /// takes it away.
    ///
    /// # Errors
    /// When the rule does not let that be set.
    pub fn with(
        mut self,
        rule: &RuleInfo,
        account: Option<&AccountId>,
        setting: Setting,
    ) -> Result<Self, NotSettable> {
        check(rule, &setting)?;
        let place = match account {
            None => &mut self.all,
            Some(account) => self.accounts.entry(account.clone()).or_default(),
        };
        if setting.is_empty() {
            place.remove(rule.id);
        } else {
            place.insert(rule.id.to_owned(), setting);
        }
        self.accounts.retain(|_, settings| !settings.is_empty());
        Ok(self)
    }

    /// The book with one number of one rule set over all accounts, severity and the rest left as
    /// they are.
    ///
    /// # Errors
    /// When there is no such rule, or it does not let that be set.
    pub fn with_number(self, rule: &str, key: &str, number: Decimal) -> Result<Self, NotSettable> {
        self.with_value(rule, key, Value::Number(number))
    }

    /// The same for a value of any kind.
    ///
    /// # Errors
    /// When there is no such rule, or it does not let that be set.
    pub fn with_value(self, rule: &str, key: &str, value: Value) -> Result<Self, NotSettable> {
        let info = named(rule)?;
        let mut setting = self.all.get(rule).cloned().unwrap_or_default();
        setting.values.insert(key.to_owned(), value);
        self.with(info, None, setting)
    }

    /// The book with one rule's severity set over all accounts; `None` turns it off.
    ///
    /// # Errors
    /// When there is no such rule, or it does not let that be set.
    pub fn with_severity(
        self,
        rule: &str,
        severity: Option<Severity>,
    ) -> Result<Self, NotSettable> {
        let info = named(rule)?;
        let mut setting = self.all.get(rule).cloned().unwrap_or_default();
        setting.severity = Some(severity);
        self.with(info, None, setting)
    }

    /// How far below its highest value an account may lie, when that is limited: only then is
    /// its highest value kept.
    #[must_use]
    pub fn drawdown_limit(&self, account: &AccountId) -> Option<Decimal> {
        let rule = crate::rule_named("limit.drawdown")?;
        let page = self.page(account);
        page.severity(rule)?;
        page.number(rule, "percent")
    }

    /// The settings that hold for this account.
    #[must_use]
    pub fn page<'a>(&'a self, account: &AccountId) -> Page<'a> {
        Page {
            own: self.accounts.get(account),
            all: &self.all,
        }
    }
}

fn named(id: &str) -> Result<&'static RuleInfo, NotSettable> {
    crate::rule_named(id).ok_or_else(|| NotSettable(format!("There is no rule {id:?}.")))
}

/// The largest number that can be set, so that it can be multiplied with every figure.
const LARGEST: Decimal = Decimal::from_parts(0x4876_e800, 0x17, 0, false, 0);

/// Whether a rule lets this be set.
fn check(rule: &RuleInfo, setting: &Setting) -> Result<(), NotSettable> {
    if rule.changeable == Changeable::No && setting.severity.is_some() {
        return Err(NotSettable(format!(
            "{} always weighs the same.",
            rule.title
        )));
    }
    if let Some(severity) = setting.severity
        && rule.changeable == Changeable::Stricter
        && severity < rule.severity
    {
        return Err(NotSettable(format!(
            "{} can only be made stricter: {} wrote it.",
            rule.title, rule.source.name
        )));
    }
    for (key, value) in &setting.values {
        let param = rule.param(key).ok_or_else(|| {
            NotSettable(format!("{} has nothing called {key:?} to set.", rule.title))
        })?;
        check_value(rule, param, value)?;
    }
    Ok(())
}

fn check_value(rule: &RuleInfo, param: &ParamInfo, value: &Value) -> Result<(), NotSettable> {
    let wrong = |what: &str| Err(NotSettable(format!("{}: {what}", param.title)));
    match value {
        Value::Number(_) if param.unit.is_words() => wrong("words are wanted, not a number."),
        Value::Words(_) if !param.unit.is_words() => wrong("a number is wanted, not words."),
        Value::Number(number) if *number < Decimal::ZERO => wrong("it can't be below zero."),
        Value::Number(number) if *number > LARGEST => {
            wrong("that is more than any limit needs: 100,000,000,000 at most.")
        }
        Value::Number(number) if rule.changeable != Changeable::Freely => {
            let looser = param.usual.is_some_and(|usual| match param.stricter {
                Stricter::Lower => *number > usual,
                Stricter::Higher => *number < usual,
                Stricter::Neither => false,
            });
            if looser {
                return wrong(&format!(
                    "it can only be made stricter: {} wrote the rule.",
                    rule.source.name
                ));
            }
            Ok(())
        }
        Value::Words(words) if param.unit == crate::rule::Unit::Choice => match words.as_slice() {
            [one] if param.words.contains(&one.as_str()) => Ok(()),
            _ => wrong(&format!("choose one of {}.", param.words.join(", "))),
        },
        Value::Words(words) if words.iter().any(|word| word.trim().is_empty()) => {
            wrong("an empty word is none.")
        }
        _ => Ok(()),
    }
}

/// The settings that hold for one account.
#[derive(Debug, Clone, Copy)]
pub struct Page<'a> {
    own: Option<&'a Settings>,
    all: &'a Settings,
}

impl<'a> Page<'a> {
    fn places(self, rule: &str) -> impl Iterator<Item = &'a Setting> {
        let own = self.own.and_then(|own| own.get(rule));
        own.into_iter().chain(self.all.get(rule))
    }

    /// How a rule weighs; `None` when it is off.
    #[must_use]
    pub fn severity(self, rule: &RuleInfo) -> Option<Severity> {
        self.places(rule.id)
            .find_map(|setting| setting.severity)
            .unwrap_or(rule.severity)
    }

    fn value(self, rule: &RuleInfo, key: &str) -> Option<&'a Value> {
        self.places(rule.id)
            .find_map(|setting| setting.values.get(key))
    }

    /// A number; `None` where that is no limit.
    #[must_use]
    pub fn number(self, rule: &RuleInfo, key: &str) -> Option<Decimal> {
        match self.value(rule, key) {
            Some(Value::Number(number)) => Some(*number),
            _ => rule.param(key)?.usual,
        }
    }

    /// Words; none where nothing is set. Of a choice the one that is chosen.
    #[must_use]
    pub fn words(self, rule: &RuleInfo, key: &str) -> Vec<&'a str> {
        match self.value(rule, key) {
            Some(Value::Words(words)) => words.iter().map(String::as_str).collect(),
            _ => match rule.param(key) {
                Some(param) if param.unit == crate::rule::Unit::Choice => {
                    param.words.first().copied().into_iter().collect()
                }
                Some(param) => param.words.to_vec(),
                None => Vec::new(),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_nothing_can_be_reckoned_with_is_no_limit() {
        let set = |number| RuleBook::default().with_number("cap.value", "most", number);
        assert_eq!(LARGEST, Decimal::from(100_000_000_000_u64));
        assert!(set(LARGEST).is_ok());
        let fault = set(LARGEST + Decimal::ONE).unwrap_err();
        assert!(fault.0.contains("100,000,000,000 at most"), "{fault}");
        assert!(set(Decimal::MAX).is_err());
    }
}
