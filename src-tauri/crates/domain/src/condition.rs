//! Conditions: what has to come true before an order works, or cancels it.

use crate::contract::Contract;
use crate::decimal::{Price, parse_plain};
use crate::id::{ConId, Symbol};
use crate::instant::UnixMillis;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Rises to, or falls to.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, specta::Type,
)]
#[serde(rename_all = "camelCase")]
pub enum Reaches {
    /// This or more.
    #[default]
    AtLeast,
    /// This or less.
    AtMost,
}

impl Reaches {
    /// As part of a sentence.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::AtLeast => "is at or above",
            Self::AtMost => "is at or below",
        }
    }
}

/// The instrument that a condition looks at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Looked {
    /// Its conId.
    pub con_id: ConId,
    /// Its symbol, for words.
    pub symbol: Symbol,
    /// Where its prices are looked at, usually `SMART`.
    pub exchange: String,
    /// The wire's word for its kind (`STK`, …).
    pub sec_type: String,
}

impl Looked {
    /// At a contract, where it trades.
    #[must_use]
    pub fn at(contract: &Contract) -> Self {
        Self {
            con_id: contract.con_id,
            symbol: contract.symbol.clone(),
            exchange: contract.exchange.clone(),
            sec_type: contract.kind.code().to_owned(),
        }
    }
}

/// What has to come true.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "test", rename_all = "camelCase")]
pub enum Test {
    /// A price.
    Price {
        of: Looked,
        reaches: Reaches,
        price: Price,
    },
    /// The clock.
    Time { reaches: Reaches, at: UnixMillis },
    /// The day's volume.
    Volume {
        of: Looked,
        reaches: Reaches,
        volume: u32,
    },
    /// The change since yesterday's close, in percent, perhaps below zero.
    PercentChange {
        of: Looked,
        reaches: Reaches,
        percent: Decimal,
    },
    /// The account's margin cushion, in percent.
    Margin { reaches: Reaches, percent: u32 },
    /// A trade of the account in a symbol.
    Execution { of: Looked },
}

/// A condition and how it is joined to the next one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Condition {
    /// What has to come true.
    #[serde(flatten)]
    pub test: Test,
    /// Joined to the next by "and", else by "or". Says nothing on the last.
    pub and: bool,
}

impl Test {
    /// As part of a sentence: "AAPL is at or above 190".
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Price { of, reaches, price } => {
                format!("the price of {} {} {price}", of.symbol, reaches.words())
            }
            Self::Time { reaches, at } => {
                let when = at.wire_utc().unwrap_or_default().replacen('-', " ", 1);
                match reaches {
                    Reaches::AtLeast => format!("it is {when} UTC or later"),
                    Reaches::AtMost => format!("it is {when} UTC or earlier"),
                }
            }
            Self::Volume {
                of,
                reaches,
                volume,
            } => {
                format!("the volume of {} {} {volume}", of.symbol, reaches.words())
            }
            Self::PercentChange {
                of,
                reaches,
                percent,
            } => format!(
                "the day's change of {} {} {} %",
                of.symbol,
                reaches.words(),
                percent.normalize()
            ),
            Self::Margin { reaches, percent } => {
                format!("the margin cushion {} {percent} %", reaches.words())
            }
            Self::Execution { of } => format!("{} trades in this account", of.symbol),
        }
    }
}

/// All conditions of an order.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Conditions {
    /// One by one.
    pub list: Vec<Condition>,
    /// They cancel the order rather than let it work.
    pub cancel: bool,
    /// They count outside regular hours as well.
    pub outside_rth: bool,
}

impl Conditions {
    /// As a sentence; `None` when there are none.
    #[must_use]
    pub fn words(&self) -> Option<String> {
        let mut text = String::new();
        for (n, condition) in self.list.iter().enumerate() {
            if n > 0 {
                text.push_str(if self.list[n - 1].and {
                    " and "
                } else {
                    " or "
                });
            }
            text.push_str(&condition.test.words());
        }
        let verb = if self.cancel { "Cancelled" } else { "Works" };
        let rth = if self.outside_rth {
            ", also outside regular hours"
        } else {
            ""
        };
        (!text.is_empty()).then(|| format!("{verb} once {text}{rth}."))
    }
}

/// The kinds of conditions as the ticket offers them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum ConditionKind {
    Price,
    Time,
    Volume,
    PercentChange,
    Margin,
    Execution,
}

impl ConditionKind {
    /// Whether it looks at an instrument.
    #[must_use]
    pub fn looks_at_instrument(self) -> bool {
        !matches!(self, Self::Time | Self::Margin)
    }
}

/// A condition as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ConditionInput {
    /// What kind.
    pub kind: ConditionKind,
    /// The instrument that it looks at; none for time and margin.
    pub con_id: Option<i32>,
    /// Direction; ignored for an execution.
    pub reaches: Reaches,
    /// The price, volume or percentage as typed; a moment in milliseconds since 1970.
    pub value: String,
    /// Joined to the next by "and", else by "or".
    pub and: bool,
}

impl ConditionInput {
    /// Reads it. `contract` is the one with its conId, when it is known.
    ///
    /// # Errors
    /// A sentence that says what to do.
    pub fn parse(&self, contract: Option<&Contract>) -> Result<Condition, String> {
        let of = || {
            contract
                .filter(|c| Some(c.con_id.get()) == self.con_id)
                .map(Looked::at)
                .ok_or_else(|| "Choose the instrument that the condition looks at.".to_owned())
        };
        let reaches = self.reaches;
        let number = || parse_plain(&self.value).map_err(|e| e.to_string());
        let whole = |what: &str| {
            number()?
                .try_into()
                .ok()
                .filter(|_| number().is_ok_and(|n| n.fract().is_zero()))
                .ok_or_else(|| format!("Type {what} as a whole number, zero or more."))
        };
        let test = match self.kind {
            ConditionKind::Price => Test::Price {
                of: of()?,
                reaches,
                price: Price::parse(&self.value).map_err(|e| e.to_string())?,
            },
            ConditionKind::Time => Test::Time {
                reaches,
                at: self
                    .value
                    .trim()
                    .parse()
                    .ok()
                    .map(|at| UnixMillis(at).whole_second())
                    .filter(|at| at.wire_utc().is_some())
                    .ok_or_else(|| "Choose a date and a time.".to_owned())?,
            },
            ConditionKind::Volume => Test::Volume {
                of: of()?,
                reaches,
                volume: whole("the volume")?,
            },
            ConditionKind::PercentChange => Test::PercentChange {
                of: of()?,
                reaches,
                percent: number()?,
            },
            ConditionKind::Margin => Test::Margin {
                reaches,
                percent: whole("the cushion in percent")?,
            },
            ConditionKind::Execution => Test::Execution { of: of()? },
        };
        Ok(Condition {
            test,
            and: self.and,
        })
    }
}
