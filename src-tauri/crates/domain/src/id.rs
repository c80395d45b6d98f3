//! Identifiers: each its own type, so that a permId can't be passed for an order id.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Why a text is not the identifier it was given for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what} {text:?} is not valid: {why}")]
pub struct InvalidId {
    what: &'static str,
    text: String,
    why: &'static str,
}

fn checked(
    what: &'static str,
    text: &str,
    max: usize,
    allowed: fn(char) -> bool,
) -> Result<String, InvalidId> {
    let invalid = |why| InvalidId {
        what,
        text: text.chars().take(64).collect(),
        why,
    };
    if text.is_empty() {
        return Err(invalid("it is empty"));
    }
    if text.chars().count() > max {
        return Err(invalid("it is too long"));
    }
    if !text.chars().all(allowed) {
        return Err(invalid("it has a character that does not belong"));
    }
    Ok(text.to_owned())
}

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident, $what:literal, $max:literal, $allowed:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, specta::Type)]
        #[serde(try_from = "String", into = "String")]
        #[specta(transparent)]
        pub struct $name(String);

        impl $name {
            /// Checks and wraps a text.
            ///
            /// # Errors
            /// When it is empty, too long, or has a character that does not belong.
            pub fn new(text: &str) -> Result<Self, InvalidId> {
                checked($what, text, $max, $allowed).map(Self)
            }

            /// The text itself.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidId;
            fn try_from(text: String) -> Result<Self, InvalidId> {
                Self::new(&text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

text_id!(
    /// A brokerage account, such as `DU1234567`.
    AccountId, "account", 32, |c| c.is_ascii_alphanumeric() || c == '-' || c == '_'
);
text_id!(
    /// An instrument's symbol as IBKR writes it, such as `AAPL`, `BRK B` or `700`.
    Symbol, "symbol", 32, |c| c.is_ascii_graphic() || c == ' '
);
text_id!(
    /// An execution's id (`execId`), such as `0000e0d5.6579d3a1.01.01`.
    ExecId, "execution id", 128, |c| c.is_ascii_graphic()
);
text_id!(
    /// What one person means by one order. It is given once, when the ticket is opened, and
    /// travels to the gateway as `orderRef`, so that the order is recognised after any fault.
    IntentId, "intent id", 40, |c| c.is_ascii_alphanumeric() || c == '-'
);

/// What the orders attached to an entry add to its intent.
const PROFIT_SUFFIX: &str = "-tp";
const STOP_SUFFIX: &str = "-sl";

impl IntentId {
    /// The longest intent that a ticket may have, so that the orders attached to it have
    /// room for theirs.
    pub const LONGEST: usize = 36;

    /// The intent of the take-profit that is attached to this entry.
    #[must_use]
    pub fn take_profit(&self) -> Self {
        Self(format!("{}{PROFIT_SUFFIX}", self.0))
    }

    /// The intent of the stop that is attached to this entry.
    #[must_use]
    pub fn stop_loss(&self) -> Self {
        Self(format!("{}{STOP_SUFFIX}", self.0))
    }

    /// The entry's intent, when this is one of an order attached to it.
    #[must_use]
    pub fn entry(&self) -> Option<Self> {
        let entry = self
            .0
            .strip_suffix(PROFIT_SUFFIX)
            .or_else(|| self.0.strip_suffix(STOP_SUFFIX))?;
        Self::new(entry).ok()
    }

    /// Whether it is that of an attached take-profit.
    #[must_use]
    pub fn is_take_profit(&self) -> bool {
        self.0.ends_with(PROFIT_SUFFIX)
    }
}

macro_rules! number_id {
    ($(#[$doc:meta])* $name:ident, $inner:ty) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name($inner);

        impl $name {
            /// Wraps the number as the wire gave it; `None` when it is zero or negative,
            /// which the wire uses for "none".
            #[must_use]
            pub fn new(number: $inner) -> Option<Self> {
                (number > 0).then_some(Self(number))
            }

            /// The number itself.
            #[must_use]
            pub fn get(self) -> $inner {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

number_id!(
    /// IBKR's contract id (`conId`).
    ConId, i32
);
number_id!(
    /// An order's id for ever and over all clients (`permId`).
    PermId, i64
);
/// One API client's own number for an order. Reused after a gateway restart; never used to
/// recognise an order over a gap. An order made by hand in TWS gets one below zero when client 0
/// takes it over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OrderId(i32);

impl OrderId {
    /// Wraps the number as the wire gave it; `None` for zero, which the wire uses for "none".
    #[must_use]
    pub fn new(number: i32) -> Option<Self> {
        (number != 0).then_some(Self(number))
    }

    /// The number itself.
    #[must_use]
    pub fn get(self) -> i32 {
        self.0
    }
}

/// One preview. It is used once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PreviewId(u64);

impl PreviewId {
    /// The preview with this running number.
    #[must_use]
    pub fn new(number: u64) -> Self {
        Self(number)
    }

    /// Reads what `Display` wrote.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        text.strip_prefix('P')?.parse().ok().map(Self)
    }

    /// The preview after this one.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.wrapping_add(1))
    }
}

impl fmt::Display for PreviewId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "P{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_id_with_a_space_is_refused_with_a_reason() {
        let error = AccountId::new("DU 1").unwrap_err();
        assert!(error.to_string().contains("does not belong"), "{error}");
    }

    #[test]
    fn deserializing_an_identifier_checks_it() {
        assert!(serde_json::from_str::<IntentId>("\"\"").is_err());
        assert!(serde_json::from_str::<IntentId>("\"a b\"").is_err());
        assert!(serde_json::from_str::<IntentId>("\"6f1c-02\"").is_ok());
    }

    #[test]
    fn zero_is_not_a_perm_id() {
        assert_eq!(PermId::new(0), None);
        assert_eq!(PermId::new(7).map(PermId::get), Some(7));
    }

    #[test]
    fn a_preview_id_reads_back_as_written() {
        let id = PreviewId::new(42);
        assert_eq!(PreviewId::parse(&id.to_string()), Some(id));
        assert_eq!(PreviewId::parse("42"), None);
    }
}
