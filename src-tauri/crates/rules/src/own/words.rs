//! A condition as a sentence.

use super::Terms;
use super::comparison::{Comparison, Op, Test};
use super::condition::Condition;
use super::fact::{said, said_word};
use super::field::Measure;
use crate::built_in::spoken;
use crate::rule::Severity;
use gatehouse_domain::Decimal;

/// What a rule does and when: "Blocks when the order's value is more than 5,000.00."
pub(super) fn sentence(terms: &Terms) -> String {
    let does = match terms.severity {
        Severity::Inform => "Tells you",
        Severity::Warn => "Warns",
        Severity::Override => "Asks for a reason",
        Severity::Block => "Blocks",
    };
    format!("{does} when {}.", condition(&terms.when, false))
}

fn condition(when: &Condition, inner: bool) -> String {
    let joined = |parts: &[Condition], word: &str| {
        let parts: Vec<String> = parts.iter().map(|part| condition(part, true)).collect();
        let text = parts.join(word);
        if inner && parts.len() > 1 {
            format!("({text})")
        } else {
            text
        }
    };
    match when {
        Condition::Is(comparison) => compared(comparison),
        Condition::Not(not) => match not.as_ref() {
            Condition::Any(parts) => {
                let parts: Vec<String> = parts.iter().map(|part| condition(part, true)).collect();
                format!("none of this is so: ({})", parts.join("; "))
            }
            not => format!("it is not so that {}", condition(not, true)),
        },
        Condition::All(parts) => joined(parts, " and "),
        Condition::Any(parts) => joined(parts, " or "),
    }
}

fn compared(comparison: &Comparison) -> String {
    let info = comparison.field().info();
    let measure = info.measure;
    let (op, than) = match comparison.test() {
        Test::Words { one_of, words } => {
            if let (Measure::YesNo(yes, no), [word]) = (measure, words.as_slice()) {
                let is_yes = (word == "yes") == *one_of;
                return if is_yes { yes } else { no }.to_owned();
            }
            let words: Vec<&str> = words.iter().map(|word| said_word(word, measure)).collect();
            let is = if *one_of { "is" } else { "is not" };
            return format!("{} {is} {}", info.says, listed(&words));
        }
        Test::Number { op, than } => (*op, said(*than, measure)),
        Test::Fact { op, than, times } => {
            let than = than.info().says;
            let said = match *times == Decimal::ONE {
                true => than.to_owned(),
                false => format!("{} times {than}", spoken(*times)),
            };
            (*op, said)
        }
    };
    let is_moment = matches!(measure, Measure::Clock | Measure::Date);
    match op {
        Op::Less if is_moment => format!("{} is before {than}", info.says),
        Op::More if is_moment => format!("{} is after {than}", info.says),
        Op::AtMost if is_moment => format!("{} is {than} or earlier", info.says),
        Op::AtLeast if is_moment => format!("{} is {than} or later", info.says),
        Op::Less => format!("{} is less than {than}", info.says),
        Op::More => format!("{} is more than {than}", info.says),
        Op::AtMost => format!("{} is at most {than}", info.says),
        Op::AtLeast => format!("{} is at least {than}", info.says),
        Op::Equal => format!("{} is {than}", info.says),
        Op::NotEqual => format!("{} is not {than}", info.says),
    }
}

/// "a, b or c".
pub(super) fn listed(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}
