//! One comparison: a fact, how it is compared, and with what.

use super::fact::{Fact, Knows, day_number, plain};
use super::field::{Field, Measure};
use super::nearest::did_you_mean;
use gatehouse_domain::Decimal;
use jiff::civil::{Date, Time};

/// What came of a condition, the mildest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Truth {
    /// It is not so.
    No,
    /// It can't be told for want of a fact.
    Unknown,
    /// It is so.
    Yes,
}

impl Truth {
    pub(super) fn of(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::No }
    }

    pub(super) fn not(self) -> Self {
        match self {
            Self::No => Self::Yes,
            Self::Unknown => Self::Unknown,
            Self::Yes => Self::No,
        }
    }
}

/// How numbers are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Op {
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    More,
    /// `>=`
    AtLeast,
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
}

impl Op {
    /// All of them, in the order in which a form offers them.
    pub const ALL: [Op; 6] = [
        Self::More,
        Self::AtLeast,
        Self::Less,
        Self::AtMost,
        Self::Equal,
        Self::NotEqual,
    ];

    /// As it is written.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::More => ">",
            Self::AtLeast => ">=",
            Self::Equal => "=",
            Self::NotEqual => "!=",
        }
    }

    pub(super) fn holds(self, left: Decimal, right: Decimal) -> bool {
        match self {
            Self::Less => left < right,
            Self::AtMost => left <= right,
            Self::More => left > right,
            Self::AtLeast => left >= right,
            Self::Equal => left == right,
            Self::NotEqual => left != right,
        }
    }
}

/// With what a fact is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// A number against another, in the fact's unit.
    Number {
        /// How.
        op: Op,
        /// The other.
        than: Decimal,
    },
    /// A number against another fact that is told in the same way.
    Fact {
        /// How.
        op: Op,
        /// The other.
        than: Field,
        /// So many times it.
        times: Decimal,
    },
    /// A word that is one of these, or none of them.
    Words {
        /// One of them, else none.
        one_of: bool,
        /// Sorted, each once, at least one; in the case that the fact has.
        words: Vec<String>,
    },
}

/// A fact, how it is compared, and with what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    field: Field,
    test: Test,
}

/// A part of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The fact's name.
    Field,
    /// The sign or word between.
    Op,
    /// What it is compared with.
    Value,
}

/// What is wrong with a comparison, and in which part of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{says}")]
pub struct ComparisonFault {
    /// Where.
    pub part: Part,
    /// What, for a person.
    pub says: String,
}

fn wrong(part: Part, says: impl Into<String>) -> ComparisonFault {
    ComparisonFault {
        part,
        says: says.into(),
    }
}

/// Numbers beyond this are a slip.
const LARGEST: i64 = 1_000_000_000_000_000;

impl Comparison {
    /// The fact that is compared.
    #[must_use]
    pub fn field(&self) -> Field {
        self.field
    }

    /// With what.
    #[must_use]
    pub fn test(&self) -> &Test {
        &self.test
    }

    /// Made of its three parts as they are typed: `order.value`, `>`, `5000`.
    ///
    /// # Errors
    /// When the fact is not known here, is not compared so, or the value is none of its kind.
    pub fn of(key: &str, op: &str, value: &str) -> Result<Self, ComparisonFault> {
        let key = key.trim();
        let field = Field::named(key).ok_or_else(|| {
            let known = Field::ALL.iter().map(|field| field.info().key);
            let says = match key {
                "" => "choose what is compared".to_owned(),
                _ => format!(
                    "there is nothing called {key:?}{}",
                    did_you_mean(key, known)
                ),
            };
            wrong(Part::Field, says)
        })?;
        let measure = field.measure();
        let value = value.trim();
        if value.is_empty() {
            return Err(wrong(Part::Value, format!("{key}: a value is missing")));
        }
        let test = if measure.is_words() {
            let one_of = match op {
                "is" | "in" => true,
                "is not" | "not in" => false,
                _ => {
                    return Err(wrong(
                        Part::Op,
                        format!("{key} is compared by is, is not, in or not in, not by {op:?}"),
                    ));
                }
            };
            let words = words(key, measure, value)?;
            Test::Words { one_of, words }
        } else {
            let op = Op::ALL.into_iter().find(|known| known.sign() == op);
            let op = op.ok_or_else(|| {
                wrong(
                    Part::Op,
                    format!("{key} is compared by <, <=, >, >=, = or !="),
                )
            })?;
            match other_fact(field, value)? {
                Some((than, times)) => Test::Fact { op, than, times },
                None => Test::Number {
                    op,
                    than: number(key, measure, value)?,
                },
            }
        };
        Ok(Self { field, test })
    }

    /// Reads a whole one: `order.value > 5000`.
    ///
    /// # Errors
    /// As [`Self::of`].
    pub fn parse(text: &str) -> Result<Self, ComparisonFault> {
        let text = text.trim();
        let ends = |c: char| c.is_whitespace() || "<>=!".contains(c);
        let (key, rest) = text.split_at(text.find(ends).unwrap_or(text.len()));
        let rest = rest.trim_start();
        let signs = ["<=", ">=", "!=", "<", ">", "="];
        let words = ["is not", "is", "not in", "in"];
        let sign = signs.into_iter().find(|sign| rest.starts_with(sign));
        let word = words.into_iter().find(|word| {
            rest.strip_prefix(word)
                .is_some_and(|after| after.is_empty() || after.starts_with(char::is_whitespace))
        });
        match sign.or(word) {
            Some(op) => Self::of(key, op, &rest[op.len()..]),
            // A name that isn't known is the likelier slip.
            None => Err(match Self::of(key, "", "?") {
                Err(fault) if fault.part == Part::Field => fault,
                _ => wrong(
                    Part::Op,
                    format!(
                        "{text:?} compares nothing; write it as \"order.value > 5000\" or \"order.type \
                         is MKT\""
                    ),
                ),
            }),
        }
    }

    /// As it stands in a rule file; [`Self::parse`] reads the same from it.
    #[must_use]
    pub fn text(&self) -> String {
        format!(
            "{} {} {}",
            self.field.info().key,
            self.op_text(),
            self.value_text()
        )
    }

    /// What stands between, as it is written.
    #[must_use]
    pub fn op_text(&self) -> &'static str {
        match &self.test {
            Test::Number { op, .. } | Test::Fact { op, .. } => op.sign(),
            Test::Words { one_of, words } => match (one_of, words.len()) {
                (true, 1) => "is",
                (false, 1) => "is not",
                (true, _) => "in",
                (false, _) => "not in",
            },
        }
    }

    /// What it is compared with, as it is written.
    #[must_use]
    pub fn value_text(&self) -> String {
        let measure = self.field.measure();
        match &self.test {
            Test::Words { words, .. } => words.join(", "),
            Test::Fact { than, times, .. } => match *times == Decimal::ONE {
                true => than.info().key.to_owned(),
                false => format!("{} * {times}", than.info().key),
            },
            Test::Number { than, .. } => match measure.suffix() {
                "" => plain(*than, measure),
                suffix => format!("{} {suffix}", plain(*than, measure)),
            },
        }
    }

    /// The facts that it is about.
    pub(super) fn fields(&self) -> impl Iterator<Item = Field> + use<> {
        let other = match &self.test {
            Test::Fact { than, .. } => Some(*than),
            _ => None,
        };
        std::iter::once(self.field).chain(other)
    }

    /// Whether it is so. What an order does not have compares as no, whatever is asked of it.
    pub(super) fn weigh(&self, known: &impl Knows) -> Truth {
        match (known.fact(self.field), &self.test) {
            (Fact::Absent, _) => Truth::No,
            (fact, Test::Fact { op, than, times }) => match (fact, known.fact(*than)) {
                (_, Fact::Absent) => Truth::No,
                (Fact::Number(number), Fact::Number(other)) => other
                    .checked_mul(*times)
                    .map_or(Truth::Unknown, |other| Truth::of(op.holds(number, other))),
                _ => Truth::Unknown,
            },
            (Fact::Number(number), Test::Number { op, than }) => Truth::of(op.holds(number, *than)),
            (Fact::Word(word), Test::Words { one_of, words }) => {
                let there = words.iter().any(|known| known.eq_ignore_ascii_case(&word));
                Truth::of(there == *one_of)
            }
            _ => Truth::Unknown,
        }
    }
}

/// Another fact, or so many times it: `position.average_cost`, `account.nlv * 0.1`. `None` for what is
/// meant as a number.
fn other_fact(field: Field, text: &str) -> Result<Option<(Field, Decimal)>, ComparisonFault> {
    let key = field.info().key;
    let fault = |says: String| wrong(Part::Value, format!("{key}: {says}"));
    let is_name = |text: &str| text.starts_with(|c: char| c.is_ascii_alphabetic());
    let (name, times) = match text.split_once('*') {
        Some((name, times)) if is_name(name.trim()) => (name.trim(), times.trim()),
        Some((times, name)) if is_name(name.trim()) => (name.trim(), times.trim()),
        None if is_name(text) && text.contains('.') => (text, "1"),
        _ => return Ok(None),
    };
    let than = Field::named(name).ok_or_else(|| {
        let known = Field::ALL.iter().map(|field| field.info().key);
        let meant = did_you_mean(name, known);
        fault(format!("there is nothing called {name:?}{meant}"))
    })?;
    if than == field {
        return Err(fault("it is compared with itself".to_owned()));
    }
    if than.measure() != field.measure() {
        return Err(fault(format!(
            "{name} is told in another unit, so the two can't be compared"
        )));
    }
    let factor = Decimal::from_str_exact(times).ok();
    let most = Decimal::ONE_THOUSAND;
    let factor = factor.filter(|factor| *factor > Decimal::ZERO && *factor <= most);
    let times = factor.ok_or_else(|| {
        fault(format!(
            "{times:?} is no factor above zero and up to 1000; type it as {name} * 1.1"
        ))
    })?;
    let is_moment = matches!(field.measure(), Measure::Clock | Measure::Date);
    if is_moment && times != Decimal::ONE {
        return Err(fault("a moment has no multiples".to_owned()));
    }
    Ok(Some((than, times.normalize())))
}

fn words(key: &str, measure: Measure, text: &str) -> Result<Vec<String>, ComparisonFault> {
    let mut words = Vec::new();
    for word in text.split(',').map(str::trim) {
        if word.is_empty() {
            return Err(wrong(
                Part::Value,
                format!("{key}: a word is missing between commas"),
            ));
        }
        words.push(one_word(key, measure, word)?);
    }
    words.sort_unstable();
    words.dedup();
    Ok(words)
}

fn one_word(key: &str, measure: Measure, word: &str) -> Result<String, ComparisonFault> {
    let known: Vec<&'static str> = match measure {
        Measure::Choice(words) => words.iter().map(|(word, _)| *word).collect(),
        Measure::YesNo(..) => vec!["yes", "no"],
        _ => {
            // As long as a symbol can be, and of its characters.
            let fits = word.len() <= 32 && word.chars().all(|c| c.is_ascii_graphic() || c == ' ');
            return if fits {
                Ok(word.to_ascii_uppercase())
            } else {
                Err(wrong(
                    Part::Value,
                    format!("{key}: {word:?} is no such word"),
                ))
            };
        }
    };
    let found = known.iter().find(|known| known.eq_ignore_ascii_case(word));
    found.map(|word| (*word).to_owned()).ok_or_else(|| {
        let listed = match known.len() {
            ..=4 => format!("; it is one of {}", known.join(", ")),
            _ => did_you_mean(word, known.iter().copied()),
        };
        wrong(Part::Value, format!("{key} is never {word:?}{listed}"))
    })
}

fn number(key: &str, measure: Measure, text: &str) -> Result<Decimal, ComparisonFault> {
    match measure {
        Measure::Clock => {
            let at = Time::strptime("%H:%M", text).map_err(|_| {
                wrong(
                    Part::Value,
                    format!("{key}: {text:?} is no time of day; write it as 09:45"),
                )
            })?;
            return Ok(Decimal::from(
                i32::from(at.hour()) * 60 + i32::from(at.minute()),
            ));
        }
        Measure::Date => {
            let day: Date = super::day_of(text).ok_or_else(|| {
                wrong(
                    Part::Value,
                    format!("{key}: {text:?} is no day; write it as 2026-12-18"),
                )
            })?;
            return Ok(day_number(day));
        }
        _ => {}
    }
    let is_digit = |c: char| c.is_ascii_digit() || "+-.,_".contains(c);
    let (digits, unit) = text.split_at(text.find(|c| !is_digit(c)).unwrap_or(text.len()));
    let number: Decimal = Decimal::from_str_exact(digits).map_err(|_| {
        wrong(
            Part::Value,
            format!("{key}: {text:?} is no plain number; type it as 1000 or 2.5"),
        )
    })?;
    if digits.contains('_') || number.abs() > Decimal::from(LARGEST) {
        return Err(wrong(
            Part::Value,
            format!("{key}: {text:?} is no plain number; type it as 1000 or 2.5"),
        ));
    }
    let unit = unit.trim();
    let suffix = measure.suffix();
    if !unit.is_empty() && unit != suffix {
        let says = match suffix {
            "" => format!("{key} is a number without a unit, not in {unit:?}"),
            _ => format!("{key} is in {suffix}, not in {unit:?}"),
        };
        return Err(wrong(Part::Value, says));
    }
    Ok(number.normalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comparison_with_another_fact_is_written_as_it_is_read() {
        for (typed, written) in [
            (
                "order.limit > position.average_cost * 1.1",
                "order.limit > position.average_cost * 1.1",
            ),
            (
                "order.limit>1.10*position.average_cost",
                "order.limit > position.average_cost * 1.1",
            ),
            ("order.limit >= market.ask", "order.limit >= market.ask"),
            ("order.limit >= market.ask * 1", "order.limit >= market.ask"),
        ] {
            let comparison = Comparison::parse(typed).unwrap();
            assert_eq!(comparison.text(), written);
            assert_eq!(Comparison::parse(written).unwrap(), comparison);
        }
    }

    #[test]
    fn what_can_t_be_compared_says_why() {
        for (typed, says) in [
            ("order.limit > market.aks", "market.ask"),
            ("order.limit > account.nlv", "another unit"),
            ("order.limit > order.limit * 2", "itself"),
            ("order.limit > market.ask * many", "no factor"),
            ("order.limit > market.ask * 0", "no factor"),
            ("order.limit > market.ask * -1", "no factor"),
            ("order.limit > market.ask * 1001", "no factor"),
            ("order.limit > many", "no plain number"),
        ] {
            let fault = Comparison::parse(typed).unwrap_err();
            assert_eq!(fault.part, Part::Value, "{typed}");
            assert!(fault.says.contains(says), "{typed}: {}", fault.says);
        }
    }
}
