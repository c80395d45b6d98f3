//! The rules that come with Gatehouse.

mod adjusted;
mod cash_account;
mod closing;
mod combo;
mod cover;
mod day_trading;
mod exposure;
mod foreign;
mod futures;
mod good_faith;
mod groups;
mod industries;
mod ira;
mod limits;
mod lists;
mod losses;
mod market;
mod modes;
mod naked;
mod pace;
mod partnerships;
mod price;
mod secured;
mod standing;
mod wash_sale;
mod worst_case;
mod worth;

pub use wash_sale::sale_price;
pub use worst_case::{worst_case_price, worst_price};

use crate::book::{Page, RuleBook};
use crate::facts::Facts;
use crate::reckonable::is_reckonable;
use crate::rule::{RuleInfo, Severity};
use crate::verdict::{Finding, Mend, Outcome, RuleRef};
use gatehouse_domain::Decimal;
use gatehouse_domain::account::Mode;
use gatehouse_domain::draft::Draft;
use gatehouse_domain::instant::UnixMillis;
use jiff::civil::Date;

pub(crate) use closing::{Closing, closing};
pub(crate) use worth::worth;

/// What a rule looks at.
pub(crate) struct Case<'a> {
    /// The rule that looks.
    pub rule: &'static RuleInfo,
    pub draft: &'a Draft,
    pub facts: &'a Facts<'a>,
    pub book: &'a RuleBook,
    /// What of the book holds for the draft's account.
    pub page: Page<'a>,
    pub now: UnixMillis,
}

impl Case<'_> {
    /// What is set under this name; `None` where that is no limit.
    pub(crate) fn number(&self, key: &str) -> Option<Decimal> {
        self.page.number(self.rule, key)
    }

    /// The words that are set under this name.
    pub(crate) fn words(&self, key: &str) -> Vec<&str> {
        self.page.words(self.rule, key)
    }
}

/// What a rule answers.
pub(crate) struct Said {
    outcome: Outcome,
    says: String,
    mend: Option<Mend>,
}

impl Said {
    fn new(outcome: Outcome, says: impl Into<String>) -> Self {
        Self {
            outcome,
            says: says.into(),
            mend: None,
        }
    }
    pub(crate) fn passed(says: impl Into<String>) -> Self {
        Self::new(Outcome::Passed, says)
    }
    pub(crate) fn not_applicable() -> Self {
        Self::new(Outcome::NotApplicable, "Does not concern this order.")
    }
    /// It holds, and the person is told something quietly.
    pub(crate) fn informed(says: impl Into<String>) -> Self {
        Self::new(Outcome::Informed, says)
    }
    pub(crate) fn warned(says: impl Into<String>) -> Self {
        Self::new(Outcome::Warned, says)
    }
    /// The rule does not hold; its severity says what follows.
    pub(crate) fn fails(says: impl Into<String>) -> Self {
        Self::new(Outcome::Blocked, says)
    }
    pub(crate) fn lacks(says: impl Into<String>) -> Self {
        Self::new(Outcome::LacksFact, says)
    }
    pub(crate) fn has_passed(&self) -> bool {
        self.outcome == Outcome::Passed
    }
    pub(crate) fn mended_by(mut self, mend: Mend) -> Self {
        self.mend = Some(mend);
        self
    }
}

pub(crate) struct Rule {
    pub(crate) info: RuleInfo,
    ask: fn(&Case<'_>) -> Said,
}

/// What every rule is asked about.
#[derive(Clone, Copy)]
pub(crate) struct Question<'a> {
    pub draft: &'a Draft,
    pub facts: &'a Facts<'a>,
    pub book: &'a RuleBook,
    pub page: Page<'a>,
    pub now: UnixMillis,
    /// The day, in UTC; `None` when the clock is beyond the calendar.
    pub today: Option<Date>,
    /// Whether every figure is small enough to be reckoned with. No rule is asked otherwise.
    pub reckonable: bool,
}

/// What a rule says that can't be asked. The one that is about that stops the order.
fn not_reckonable(rule: &RuleInfo) -> Said {
    const WHY: &str = "A price, a quantity or a figure of the account is larger than anything that \
                       is traded, so nothing can be reckoned with it. Look for a slip, or wait for \
                       other figures.";
    match rule.id == standing::RECKONABLE.info.id {
        true => Said::fails(WHY),
        false => Said::lacks("Not asked: a figure is too large to be reckoned with."),
    }
}

impl<'a> Question<'a> {
    pub(crate) fn new(
        draft: &'a Draft,
        facts: &'a Facts<'a>,
        book: &'a RuleBook,
        now: UnixMillis,
    ) -> Self {
        Self {
            draft,
            facts,
            book,
            page: book.page(&draft.account),
            now,
            today: now.day_utc(),
            reckonable: is_reckonable(draft, facts),
        }
    }

    pub(crate) fn case(&self, rule: &'static RuleInfo) -> Case<'a> {
        Case {
            rule,
            draft: self.draft,
            facts: self.facts,
            book: self.book,
            page: self.page,
            now: self.now,
        }
    }
}

impl Rule {
    pub(crate) fn ask(&'static self, question: &Question<'_>) -> Finding {
        let severity = question.page.severity(&self.info);
        let said = match severity {
            Some(_) if !question.reckonable => not_reckonable(&self.info),
            Some(_) if self.concerns(question) => (self.ask)(&question.case(&self.info)),
            _ => Said::not_applicable(),
        };
        let outcome = match (said.outcome, severity) {
            (Outcome::Blocked, Some(Severity::Override)) => Outcome::OverrideNeeded,
            (Outcome::Blocked, Some(Severity::Warn)) => Outcome::Warned,
            (Outcome::Blocked, Some(Severity::Inform)) => Outcome::Informed,
            (outcome, _) => outcome,
        };
        Finding {
            rule: RuleRef::BuiltIn(&self.info),
            outcome,
            severity,
            says: said.says,
            mend: said.mend,
        }
    }

    /// Whether it is in force and the order lies in its scope. What is not known does not take
    /// an order out of it.
    fn concerns(&self, question: &Question<'_>) -> bool {
        let scope = &self.info.scope;
        let kind = question.facts.account.map(|account| account.kind);
        let security = question.facts.instrument.contract.kind;
        let mode = question.facts.mode;
        self.info.in_force(question.today)
            && (scope.accounts.is_empty() || kind.is_none_or(|kind| scope.accounts.contains(&kind)))
            && (scope.securities.is_empty() || scope.securities.contains(&security))
            && scope
                .mode
                .is_none_or(|wanted| mode == Mode::Unknown || mode == wanted)
    }
}

/// Every built-in rule, in the order in which a person reads them.
pub(crate) static ALL: [Rule; 57] = [
    modes::STOPPED,
    modes::EXPECTED,
    modes::PROFILE_READ_ONLY,
    modes::READ_ONLY,
    modes::PAPER_ONLY,
    modes::CLOSING_ONLY,
    standing::LIVE_IS_ARMED,
    standing::LINK,
    standing::ACCOUNT_OF_THE_LOGIN,
    standing::ACCOUNT_TYPE,
    standing::RECKONABLE,
    standing::ONCE,
    standing::CHANGE,
    ira::NO_SHORT_SALE,
    ira::NO_BORROWING,
    foreign::NO_FOREIGN_DEBIT,
    foreign::WITHDRAWALS,
    partnerships::PARTNERSHIPS,
    futures::FUTURES,
    cash_account::CASH_NO_SHORT_SALE,
    cash_account::CASH_NO_BORROWING,
    cash_account::CASH_NO_FOREIGN_DEBIT,
    cash_account::UNSETTLED,
    good_faith::GOOD_FAITH,
    wash_sale::WASH_SALE,
    day_trading::DAY_TRADES,
    combo::KNOWN_LOSS,
    limits::QUANTITY_CAP,
    limits::VALUE_CAP,
    exposure::POSITION_SIZE,
    exposure::POSITION_VALUE,
    exposure::NLV_SHARE,
    exposure::CONCENTRATION,
    groups::GROUPS,
    industries::INDUSTRIES,
    exposure::GROSS,
    exposure::NET,
    exposure::LEVERAGE,
    pace::ORDERS,
    pace::DUPLICATE,
    pace::FAT_FINGER,
    losses::DAILY_LOSS,
    losses::DRAWDOWN,
    losses::CUSHION,
    lists::SYMBOLS,
    lists::KINDS,
    naked::NAKED,
    adjusted::ADJUSTED,
    price::FRESH,
    price::COLLAR,
    price::TRIGGER,
    price::EXITS,
    market::HOURS,
    market::SPREAD,
    market::DISPLAYED,
    market::VOLUME,
    market::EXPIRY_DAY,
];

/// The largest quantity, in whole steps, that `room` has place for at `unit` each; zero when
/// there is none.
pub(crate) fn most_that_fits(case: &Case<'_>, room: Decimal, unit: Decimal) -> Decimal {
    if room <= Decimal::ZERO || unit <= Decimal::ZERO {
        return Decimal::ZERO;
    }
    let step = case
        .facts
        .instrument
        .size_increment
        .filter(|step| *step > Decimal::ZERO)
        .unwrap_or(Decimal::ONE);
    over(over(room, unit), step).floor() * step
}

/// A division that comes to at most 10¹⁵ either way: what is beyond that, or divided by zero, is
/// as large as anything.
pub(crate) fn over(part: Decimal, whole: Decimal) -> Decimal {
    let most = Decimal::from(1_000_000_000_000_000_u64);
    let most = match part.is_sign_negative() == whole.is_sign_negative() {
        true => most,
        false => -most,
    };
    part.checked_div(whole)
        .filter(|ratio| ratio.abs() <= most.abs())
        .unwrap_or(most)
}

/// A number as it stands in a sentence: without trailing zeros, with thousands separators.
pub(crate) fn spoken(number: Decimal) -> String {
    let text = number.normalize().to_string();
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("−", digits),
        None => ("", text.as_str()),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut grouped = String::new();
    for (n, digit) in whole.chars().enumerate() {
        if n > 0 && (whole.len() - n) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if fraction.is_empty() {
        format!("{sign}{grouped}")
    } else {
        format!("{sign}{grouped}.{fraction}")
    }
}

/// A sum of money as it stands in a sentence: two decimals.
pub(crate) fn money(amount: Decimal) -> String {
    let rounded = amount.round_dp(2);
    let text = spoken(rounded.trunc());
    let cents = (rounded.fract().abs() * Decimal::ONE_HUNDRED).normalize();
    let sign = if rounded.is_sign_negative() && rounded.trunc().is_zero() {
        "−"
    } else {
        ""
    };
    format!("{sign}{text}.{cents:0>2}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_spoken_with_separators() {
        assert_eq!(spoken("1234567.50".parse().unwrap()), "1,234,567.5");
        assert_eq!(spoken("-40".parse().unwrap()), "−40");
        assert_eq!(money("18000".parse().unwrap()), "18,000.00");
        assert_eq!(money("-0.05".parse().unwrap()), "−0.05");
        assert_eq!(money("1234.567".parse().unwrap()), "1,234.57");
    }
}
