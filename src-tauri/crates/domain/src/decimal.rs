//! Exact numbers: reading what a person typed, prices, quantities, currencies.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Why a typed number was not taken. The sentence says what to type instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    /// Nothing was typed.
    #[error("Type a number.")]
    Empty,
    /// A comma was used.
    #[error("Use a point for decimals and no thousands separators: 1.5, not 1,5.")]
    Comma,
    /// Not a plain number (letters, exponent, spaces inside, several points).
    #[error("{0:?} is not a plain number. Type digits, with a point for decimals.")]
    NotANumber(String),
    /// More digits than any order needs.
    #[error("That number is too long: at most 12 digits before the point and 8 after it.")]
    TooLong,
    /// It has to be above zero.
    #[error("It has to be more than zero.")]
    NotPositive,
    /// A percentage of a hundred or more.
    #[error("A percentage has to be below 100.")]
    NotAPercentage,
}

/// Reads a plain decimal number as a person types it: an optional sign, digits, at most one
/// point. Exponents and separators are refused rather than guessed at.
///
/// # Errors
/// With a sentence that says what to type instead.
pub fn parse_plain(text: &str) -> Result<Decimal, NumberError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(NumberError::Empty);
    }
    if text.contains(',') {
        return Err(NumberError::Comma);
    }
    let shown = || NumberError::NotANumber(text.chars().take(24).collect());
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if !all_digits(whole) || !all_digits(fraction) || (whole.is_empty() && fraction.is_empty()) {
        return Err(shown());
    }
    if whole.trim_start_matches('0').len() > 12 || fraction.len() > 8 || whole.len() > 28 {
        return Err(NumberError::TooLong);
    }
    text.trim_start_matches('+').parse().map_err(|_| shown())
}

/// What no sum of money, price or count is beyond. A `Decimal` holds up to 7.9 × 10²⁸ and panics
/// above, so that some ten thousand of these can be added.
const LARGEST: Decimal = Decimal::from_parts(0xa100_0000, 0x1bce_cced, 0xd3c2, false, 0);

/// All of these multiplied; `None` when that comes to more than any sum of money does.
#[must_use]
pub fn product(factors: &[Decimal]) -> Option<Decimal> {
    let product = factors
        .iter()
        .try_fold(Decimal::ONE, |product, factor| product.checked_mul(*factor))?;
    (product.abs() <= LARGEST).then_some(product)
}

macro_rules! positive {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, specta::Type)]
        #[serde(try_from = "Decimal", into = "Decimal")]
        #[specta(transparent)]
        pub struct $name(Decimal);

        impl $name {
            /// Wraps a number above zero.
            ///
            /// # Errors
            /// When it is zero or negative.
            pub fn new(value: Decimal) -> Result<Self, NumberError> {
                if value > Decimal::ZERO {
                    Ok(Self(value.normalize()))
                } else {
                    Err(NumberError::NotPositive)
                }
            }

            /// Reads what a person typed.
            ///
            /// # Errors
            /// With a sentence that says what to type instead.
            pub fn parse(text: &str) -> Result<Self, NumberError> {
                Self::new(parse_plain(text)?)
            }

            /// The number itself.
            #[must_use]
            pub fn get(self) -> Decimal {
                self.0
            }
        }

        impl TryFrom<Decimal> for $name {
            type Error = NumberError;
            fn try_from(value: Decimal) -> Result<Self, NumberError> {
                Self::new(value)
            }
        }

        impl From<$name> for Decimal {
            fn from(it: $name) -> Decimal {
                it.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

positive!(
    /// How many shares or contracts an order is for: above zero.
    Quantity
);
positive!(
    /// A price per share or per unit of a contract: above zero.
    Price
);

impl Price {
    /// Whether this is a whole number of `increment`s; true when the increment is zero.
    #[must_use]
    pub fn is_on_tick(self, increment: Decimal) -> bool {
        increment.is_zero() || (self.0 % increment).is_zero()
    }

    /// The next price in this direction that is a whole number of `increment`s: itself when it
    /// is one, or when the increment is not above zero. `None` when there is none above zero.
    #[must_use]
    pub fn to_tick(self, increment: Decimal, toward: Toward) -> Option<Price> {
        if increment <= Decimal::ZERO {
            return Some(self);
        }
        let steps = self.0.checked_div(increment)?;
        let whole = match toward {
            Toward::Lower => steps.floor(),
            Toward::Higher => steps.ceil(),
        };
        Price::new(whole.checked_mul(increment)?).ok()
    }
}

/// The way in which a price between two steps is moved onto one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Toward {
    /// Down.
    Lower,
    /// Up.
    Higher,
}

impl Toward {
    /// The other way.
    #[must_use]
    pub fn opposite(self) -> Self {
        match self {
            Self::Lower => Self::Higher,
            Self::Higher => Self::Lower,
        }
    }
}

/// An ISO 4217 code, such as `USD`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

impl Currency {
    /// US dollars.
    pub const USD: Currency = Currency(*b"USD");

    /// Reads three capital letters.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes: [u8; 3] = text.as_bytes().try_into().ok()?;
        bytes
            .iter()
            .all(u8::is_ascii_uppercase)
            .then_some(Self(bytes))
    }

    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("???")
    }
}

impl TryFrom<String> for Currency {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| format!("{text:?} is not a currency code"))
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> String {
        currency.as_str().to_owned()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_product_that_no_sum_of_money_comes_to_is_not_known() {
        assert_eq!(LARGEST.to_string(), format!("1{}", "0".repeat(24)));
        let large = LARGEST / Decimal::ONE_THOUSAND;
        assert_eq!(product(&[large, Decimal::ONE_THOUSAND]), Some(LARGEST));
        assert_eq!(product(&[large, Decimal::ONE_THOUSAND, Decimal::TWO]), None);
        assert_eq!(product(&[LARGEST, LARGEST]), None);
        assert_eq!(product(&[]), Some(Decimal::ONE));
    }

    #[test]
    fn a_decimal_comma_is_named_as_such() {
        assert_eq!(parse_plain("1,5"), Err(NumberError::Comma));
    }

    #[test]
    fn an_exponent_is_not_a_plain_number() {
        assert!(matches!(
            parse_plain("1e30"),
            Err(NumberError::NotANumber(_))
        ));
        assert!(matches!(
            parse_plain("NaN"),
            Err(NumberError::NotANumber(_))
        ));
        assert!(matches!(parse_plain("."), Err(NumberError::NotANumber(_))));
    }

    #[test]
    fn zero_and_negative_quantities_are_refused() {
        assert_eq!(Quantity::parse("0"), Err(NumberError::NotPositive));
        assert_eq!(Quantity::parse("-3"), Err(NumberError::NotPositive));
        assert_eq!(Quantity::parse(""), Err(NumberError::Empty));
    }

    #[test]
    fn a_price_off_tick_is_moved_the_way_that_was_asked_for() {
        let price = Price::parse("180.018").unwrap();
        let tick = "0.01".parse().unwrap();
        assert!(!price.is_on_tick(tick));
        let moved = |toward| price.to_tick(tick, toward).map(|p| p.to_string());
        assert_eq!(moved(Toward::Lower).as_deref(), Some("180.01"));
        assert_eq!(moved(Toward::Higher).as_deref(), Some("180.02"));
    }

    #[test]
    fn below_the_lowest_step_there_is_none() {
        let price = Price::parse("0.004").unwrap();
        let tick = "0.01".parse().unwrap();
        assert_eq!(price.to_tick(tick, Toward::Lower), None);
        assert_eq!(
            price.to_tick(tick, Toward::Higher),
            Some(Price::parse("0.01").unwrap())
        );
    }

    proptest! {
        #[test]
        fn what_is_typed_is_what_is_taken(whole in 0u64..999_999_999_999, cents in 0u32..99_999_999) {
            let text = format!("{whole}.{cents:08}");
            prop_assert_eq!(parse_plain(&text).unwrap().to_string(), text);
        }

        #[test]
        fn no_text_makes_the_parser_panic(text in ".{0,40}") {
            let _ = parse_plain(&text);
        }

        #[test]
        fn a_rounded_price_is_on_its_tick(cents in 1u64..100_000_000, tick in prop::sample::select(vec!["0.01", "0.05", "0.25", "0.0001"])) {
            let increment: Decimal = tick.parse().unwrap();
            let price = Price::new(Decimal::new(i64::try_from(cents).unwrap(), 4)).unwrap();
            if let Some(lower) = price.to_tick(increment, Toward::Lower) {
                prop_assert!(lower <= price && lower.is_on_tick(increment));
                prop_assert!(price.get() - lower.get() < increment);
            }
            let higher = price.to_tick(increment, Toward::Higher).unwrap();
            prop_assert!(higher >= price && higher.is_on_tick(increment));
            prop_assert!(higher.get() - price.get() < increment);
        }
    }
}
