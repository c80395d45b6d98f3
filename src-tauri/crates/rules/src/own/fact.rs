//! A fact as a condition meets it, and how it is spoken and written.

use super::field::{Field, Measure};
use crate::built_in::{money, spoken};
use gatehouse_domain::Decimal;
use jiff::civil::Date;
use std::borrow::Cow;

/// What is known of a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact<'a> {
    /// A number, in the unit of the fact's [`Measure`].
    Number(Decimal),
    /// A word.
    Word(Cow<'a, str>),
    /// There is none: a stock has no strike, a market order no limit.
    Absent,
    /// There may be one, and it is not known.
    Unknown,
}

impl<'a> Fact<'a> {
    /// A word that lives as long as the program.
    pub(super) fn word(word: &'a str) -> Self {
        Self::Word(Cow::Borrowed(word))
    }

    /// Yes or no.
    pub(super) fn yes(yes: bool) -> Self {
        Self::word(if yes { "yes" } else { "no" })
    }

    /// A number that may not be known.
    pub(super) fn known(number: Option<Decimal>) -> Self {
        number.map_or(Self::Unknown, Self::Number)
    }

    /// A number that there may be none of.
    pub(super) fn there(number: Option<Decimal>) -> Self {
        number.map_or(Self::Absent, Self::Number)
    }
}

/// Who is asked for facts.
pub trait Knows {
    /// What is known of a fact.
    fn fact(&self, field: Field) -> Fact<'_>;
}

/// The day of a date, counted from 1970-01-01.
pub(super) fn day_number(date: Date) -> Decimal {
    let days = Date::constant(1970, 1, 1).until(date);
    Decimal::from(days.map_or(0, |span| span.get_days()))
}

/// The date of such a number.
pub(super) fn date_of(days: Decimal) -> Option<Date> {
    let days = i64::try_from(days).ok()?;
    let span = jiff::Span::new().try_days(days).ok()?;
    Date::constant(1970, 1, 1).checked_add(span).ok()
}

/// A number of this measure as it stands in a rule file, without what follows it.
pub(super) fn plain(number: Decimal, measure: Measure) -> String {
    match measure {
        Measure::Clock => {
            let minutes = number.trunc();
            let hour = (minutes / Decimal::from(60)).floor();
            let minute = minutes - hour * Decimal::from(60);
            format!("{hour:0>2}:{minute:0>2}")
        }
        Measure::Date => date_of(number).map_or_else(|| number.to_string(), |day| day.to_string()),
        _ => number.normalize().to_string(),
    }
}

/// A number of this measure as it stands in a sentence.
pub(super) fn said(number: Decimal, measure: Measure) -> String {
    match measure {
        Measure::Money => money(number),
        Measure::Clock | Measure::Date => plain(number, measure),
        Measure::Percent => format!("{} %", spoken(number.round_dp(2))),
        Measure::Seconds => format!("{} s", spoken(number)),
        Measure::Minutes => format!("{} min", spoken(number)),
        Measure::Days if number == Decimal::ONE => "1 day".to_owned(),
        Measure::Days => format!("{} days", spoken(number)),
        Measure::Times => format!("{} times", spoken(number.round_dp(2))),
        _ => spoken(number.round_dp(6)),
    }
}

/// A word of this measure as it stands in a sentence.
pub(super) fn said_word(word: &str, measure: Measure) -> &str {
    match measure {
        Measure::Choice(words) => words
            .iter()
            .find(|(known, _)| *known == word)
            .map_or(word, |(_, said)| said),
        _ => word,
    }
}

/// "the order's value is 6,200.00"; nothing for what is absent or not known.
pub(super) fn figure(field: Field, fact: &Fact<'_>) -> Option<String> {
    let info = field.info();
    match (fact, info.measure) {
        (Fact::Word(word), Measure::YesNo(yes, no)) => {
            Some(if word == "yes" { yes } else { no }.to_owned())
        }
        (Fact::Word(word), measure) => {
            Some(format!("{} is {}", info.says, said_word(word, measure)))
        }
        (Fact::Number(number), measure) => {
            Some(format!("{} is {}", info.says, said(*number, measure)))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_and_times_are_written_as_a_person_does() {
        let day = day_number(date(2026, 12, 18));
        assert_eq!(plain(day, Measure::Date), "2026-12-18");
        assert_eq!(date_of(day), Some(date(2026, 12, 18)));
        assert_eq!(plain(Decimal::from(575), Measure::Clock), "09:35");
        assert_eq!(said(Decimal::from(6200), Measure::Money), "6,200.00");
    }
}
