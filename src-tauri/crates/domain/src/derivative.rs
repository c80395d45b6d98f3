//! What makes an option or a future one of many: its expiry, strike and right.

use crate::decimal::Price;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The last day on which a derivative trades.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Expiry(Date);

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

impl Expiry {
    /// A day of the calendar; `None` when there is no such day.
    #[must_use]
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        Date::new(year, month, day).ok().map(Self)
    }

    /// Reads the wire's `20261218`; what follows the eight digits, a time of day, is left out.
    #[must_use]
    pub fn from_wire(text: &str) -> Option<Self> {
        let day = text.get(..8)?;
        let rest = &text[8..];
        if rest.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        Date::strptime("%Y%m%d", day).ok().map(Self)
    }

    /// As the wire writes it.
    #[must_use]
    pub fn wire(self) -> String {
        self.0.strftime("%Y%m%d").to_string()
    }

    /// The day itself.
    #[must_use]
    pub fn date(self) -> Date {
        self.0
    }
}

/// "18 Dec 26".
impl fmt::Display for Expiry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let month = usize::try_from(self.0.month()).unwrap_or(1);
        let month = MONTHS.get(month - 1).copied().unwrap_or("?");
        write!(f, "{} {month} {:02}", self.0.day(), self.0.year() % 100)
    }
}

impl TryFrom<String> for Expiry {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        Self::from_wire(&text).ok_or_else(|| format!("{text:?} is not a day"))
    }
}

impl From<Expiry> for String {
    fn from(expiry: Expiry) -> String {
        expiry.wire()
    }
}

/// Call or put.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum Right {
    /// To buy.
    Call,
    /// To sell.
    Put,
}

impl Right {
    /// `C` or `P`.
    #[must_use]
    pub fn letter(self) -> char {
        match self {
            Self::Call => 'C',
            Self::Put => 'P',
        }
    }

    /// Reads `C`, `call`, `P`, `put` in any case.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.to_ascii_uppercase().as_str() {
            "C" | "CALL" => Some(Self::Call),
            "P" | "PUT" => Some(Self::Put),
            _ => None,
        }
    }
}

/// An option's strike and right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OptionTerms {
    /// The strike.
    pub strike: Price,
    /// Call or put.
    pub right: Right,
}

/// What makes a derivative one of many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Derivative {
    /// The last day on which it trades.
    pub expiry: Expiry,
    /// For an option.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub option: Option<OptionTerms>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expiry_reads_as_the_wire_writes_it() {
        let expiry = Expiry::from_wire("20261218").unwrap();
        assert_eq!(expiry.to_string(), "18 Dec 26");
        assert_eq!(expiry.wire(), "20261218");
        assert_eq!(
            Expiry::from_wire("20261218 15:00:00 US/Central"),
            Some(expiry)
        );
        for not in ["202612", "20261318", "", "2026121812", "18DEC26"] {
            assert_eq!(Expiry::from_wire(not), None, "{not}");
        }
    }
}
