//! Numbers over the edge: the library's `f64` and the wire's texts to `Decimal` and back.

use rust_decimal::Decimal;
use std::str::FromStr;

/// Above this a count of steps is no longer surely the one that was meant.
const EXACT: f64 = 1e15;
/// From here on it is no price, count or sum of anything that is traded, and what is reckoned from
/// it could leave a `Decimal`'s bounds.
const BEYOND: Decimal = Decimal::from_parts(0xa4c6_8000, 0x3_8d7e, 0, false, 0);
const POWERS: [f64; 9] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8];

/// The shortest decimal that reads back as this float; `None` when the float is one of the
/// wire's marks for "unset", those for integers included, not a number, or beyond what is
/// traded.
pub fn from_f64(value: f64) -> Option<Decimal> {
    if !value.is_finite() || value.abs() == f64::MAX || is_integer_sentinel(value) {
        return None;
    }
    for (scale, power) in (0u32..).zip(POWERS) {
        let steps = (value * power).round();
        if steps.abs() >= EXACT {
            break;
        }
        // Both sides are exact below 10^15, so equality means that this decimal is the float.
        if steps / power == value {
            #[allow(clippy::cast_possible_truncation)]
            return Some(Decimal::new(steps as i64, scale));
        }
    }
    Decimal::from_str_exact(&value.to_string())
        .ok()
        .map(|d| d.normalize())
        .filter(|d| d.abs() < BEYOND)
}

/// Zero is also what the library makes of a field that was not there at all, so it is not
/// told as a value where that would matter.
pub fn nonzero(value: f64) -> Option<Decimal> {
    from_f64(value).filter(|value| !value.is_zero())
}

#[allow(clippy::cast_precision_loss)]
fn is_integer_sentinel(value: f64) -> bool {
    value == f64::from(i32::MAX) || value.abs() == i64::MAX as f64
}

/// A number as the wire writes it in texts; `None` when it is empty, unset or no number.
pub fn from_text(text: &str) -> Option<Decimal> {
    let text = text.trim();
    let value = Decimal::from_str_exact(text)
        .or_else(|_| Decimal::from_scientific(text))
        .or_else(|_| Decimal::from_str(text))
        .ok()?;
    let unset = [i128::from(i32::MAX), i64::MAX.into(), i64::MIN.into()];
    let is_unset = unset.into_iter().any(|mark| value == Decimal::from(mark));
    (!is_unset && value.abs() < BEYOND).then_some(value)
}

/// The float that reads back as this very decimal; `None` when there is none.
pub fn to_f64(value: Decimal) -> Option<f64> {
    let value = value.normalize();
    let float: f64 = value.to_string().parse().ok()?;
    (from_f64(float)? == value).then_some(float)
}

/// What the wire writes for "unset", and what is no number.
#[cfg(test)]
pub const UNSET: [f64; 8] = [
    f64::MAX,
    f64::MIN,
    f64::NAN,
    f64::INFINITY,
    f64::NEG_INFINITY,
    2_147_483_647.0,
    9_223_372_036_854_775_807.0,
    -9_223_372_036_854_775_808.0,
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn unset_marks_are_no_numbers() {
        for unset in UNSET {
            assert_eq!(from_f64(unset), None, "{unset}");
        }
        for unset in [
            "",
            "1.7976931348623157E308",
            "2147483647",
            "2147483647.00",
            "-9223372036854775808",
            "9.223372036854775807E18",
            "None",
            "NaN",
            "Infinity",
            "N/A",
        ] {
            assert_eq!(from_text(unset), None, "{unset}");
        }
    }

    #[test]
    fn a_float_becomes_its_shortest_decimal() {
        for (float, text) in [
            (0.1, "0.1"),
            (180.01, "180.01"),
            (1.0 / 3.0, "0.3333333333333333"),
            (0.1 + 0.2, "0.30000000000000004"),
            (-37.63, "-37.63"),
            (123_456_789_012.345, "123456789012.345"),
            (1e-7, "0.0000001"),
            (999_999_999_999_999.0, "999999999999999"),
        ] {
            assert_eq!(from_f64(float), Some(decimal(text)), "{float}");
        }
    }

    #[test]
    fn a_decimal_that_no_float_carries_is_refused() {
        assert_eq!(to_f64(decimal("0.1000000000000000000001")), None);
        assert_eq!(to_f64(decimal("123456789012.12345678")), None);
        assert_eq!(to_f64(decimal("180.01")), Some(180.01));
    }

    #[test]
    fn a_float_too_small_or_large_for_a_decimal_is_not_rounded() {
        assert_eq!(from_f64(1e-40), None);
        assert_eq!(from_f64(1e40), None);
    }

    #[test]
    fn a_figure_beyond_anything_that_is_traded_is_not_known() {
        for float in [1e15, -1e15, 1e20, 7.9e28] {
            assert_eq!(from_f64(float), None, "{float}");
        }
        for text in ["1000000000000000", "-1e20", "79228162514264337593543950335"] {
            assert_eq!(from_text(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn fifteen_digits_survive_the_way_there_and_back(
            digits in -999_999_999_999_999i64..=999_999_999_999_999,
            scale in 0u32..=12,
        ) {
            let value = Decimal::new(digits, scale);
            prop_assume!(value != Decimal::from(i32::MAX));
            prop_assert_eq!(to_f64(value).and_then(from_f64), Some(value.normalize()));
        }

        #[test]
        fn every_float_that_is_taken_reads_back_as_itself(float in prop::num::f64::NORMAL) {
            if let Some(value) = from_f64(float) {
                prop_assert_eq!(value.to_string().parse::<f64>().unwrap(), float);
            }
        }

        #[test]
        fn the_quick_way_agrees_with_the_printed_float(float in -1e9f64..1e9) {
            let cents = (float * 100.0).round() / 100.0;
            prop_assert_eq!(from_f64(cents), Some(decimal(&cents.to_string())));
        }

        #[test]
        fn no_text_makes_the_reader_panic(text in ".{0,40}") {
            let _ = from_text(&text);
        }

        #[test]
        fn a_text_is_taken_digit_by_digit(digits in any::<i64>(), scale in 0u32..=12) {
            let value = Decimal::new(digits, scale);
            prop_assume!(![i128::from(i32::MAX), i64::MAX.into(), i64::MIN.into()].contains(&digits.into()) || scale > 0);
            prop_assume!(value != Decimal::from(i32::MAX));
            prop_assume!(value.abs() < BEYOND);
            prop_assert_eq!(from_text(&value.to_string()), Some(value));
        }
    }
}
