//! The rules that come with Gatehouse.

mod combo;
mod cover;
mod ira;
mod limits;
mod price;
mod standing;
mod worst_case;

pub use worst_case::{worst_case_price, worst_price};

use crate::book::RuleBook;
use crate::facts::Facts;
use crate::verdict::{Finding, Mend, Outcome, RuleInfo};
use gatehouse_domain::Decimal;
use gatehouse_domain::draft::Draft;
use gatehouse_domain::instant::UnixMillis;

/// What a rule looks at.
pub(crate) struct Case<'a> {
    pub draft: &'a Draft,
    pub facts: &'a Facts<'a>,
    pub book: &'a RuleBook,
    pub now: UnixMillis,
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
    pub(crate) fn warned(says: impl Into<String>) -> Self {
        Self::new(Outcome::Warned, says)
    }
    pub(crate) fn blocked(says: impl Into<String>) -> Self {
        Self::new(Outcome::Blocked, says)
    }
    pub(crate) fn lacks(says: impl Into<String>) -> Self {
        Self::new(Outcome::LacksFact, says)
    }
    pub(crate) fn mended_by(mut self, mend: Mend) -> Self {
        self.mend = Some(mend);
        self
    }
}

pub(crate) struct Rule {
    info: RuleInfo,
    ask: fn(&Case<'_>) -> Said,
}

impl Rule {
    pub(crate) fn ask(
        &'static self,
        draft: &Draft,
        facts: &Facts<'_>,
        book: &RuleBook,
        now: UnixMillis,
    ) -> Finding {
        let said = (self.ask)(&Case {
            draft,
            facts,
            book,
            now,
        });
        Finding {
            rule: &self.info,
            outcome: said.outcome,
            says: said.says,
            mend: said.mend,
        }
    }
}

/// Every built-in rule, in the order in which a person reads them.
pub(crate) static ALL: [Rule; 16] = [
    standing::LIVE_IS_ARMED,
    standing::LINK,
    standing::ACCOUNT_OF_THE_LOGIN,
    standing::ACCOUNT_TYPE,
    standing::ONCE,
    standing::CHANGE,
    ira::NO_SHORT_SALE,
    ira::NO_BORROWING,
    ira::NO_FOREIGN_DEBIT,
    combo::KNOWN_LOSS,
    limits::QUANTITY_CAP,
    limits::VALUE_CAP,
    price::FRESH,
    price::COLLAR,
    price::TRIGGER,
    price::EXITS,
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
    (room / unit / step).floor() * step
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
