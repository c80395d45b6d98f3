//! Decimals to and from the two ways the wire writes numbers.

use rust_decimal::Decimal;

use super::mark::Mark;

/// How doubles say "unset".
pub const UNSET_DOUBLE: f64 = f64::MAX;
/// [`UNSET_DOUBLE`] as the gateway writes it in text.
pub const UNSET_DOUBLE_TEXT: &str = "1.7976931348623157E308";
/// How integers say "unset".
pub const UNSET_INTEGER: i32 = i32::MAX;

/// A number that cannot be held exactly.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} is not a number this gateway can hold")]
pub struct NumberError(pub String);

/// The beginning of what a client sent, to repeat it in a reason.
pub fn clipped(text: &str) -> &str {
    match text.char_indices().nth(40) {
        Some((end, _)) => text.get(..end).unwrap_or_default(),
        None => text,
    }
}

/// Reads a decimal in text; empty and the unset markers are `None`.
pub fn decimal_from_text(text: &str) -> Result<Option<Decimal>, NumberError> {
    if text.is_empty() || is_unset(text) {
        return Ok(None);
    }
    Decimal::from_str_exact(text)
        .or_else(|_| Decimal::from_scientific(text))
        .map(|value| Some(value.normalize()))
        .map_err(|_| NumberError(clipped(text).to_owned()))
}

/// Reads a double as the shortest decimal that names it; unset is `None`.
pub fn decimal_from_double(value: Option<f64>) -> Result<Option<Decimal>, NumberError> {
    match value {
        None => Ok(None),
        Some(value) if value == UNSET_DOUBLE => Ok(None),
        Some(value) => Decimal::from_str_exact(&value.to_string())
            .map(|decimal| Some(decimal.normalize()))
            .map_err(|_| NumberError(format!("{value:e}"))),
    }
}

/// The double nearest to `value`.
pub fn double(value: Decimal) -> f64 {
    // The text detour rounds once, correctly; a decimal's text always parses.
    value.to_string().parse().unwrap_or(f64::NAN)
}

/// `value` as a protobuf message holds it: `None` leaves it out.
pub fn sent(value: Decimal) -> Option<f64> {
    match Mark::behind(value) {
        None => Some(double(value)),
        Some(Mark::Nothing | Mark::NoneWord) => None,
        Some(_) => Some(UNSET_DOUBLE),
    }
}

/// `value` without trailing zeros, never in scientific notation.
pub fn plain(value: Decimal) -> Decimal {
    value.normalize()
}

fn is_unset(text: &str) -> bool {
    matches!(
        text,
        "2147483647" | "9223372036854775807" | "-9223372036854775808"
    ) || text.parse::<f64>().is_ok_and(|value| value == UNSET_DOUBLE)
}
