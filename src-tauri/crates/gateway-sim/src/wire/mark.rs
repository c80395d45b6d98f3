//! What stands on the wire where there is no number.
//!
//! Messages hold decimals, which can't say it; so each mark has a decimal that stands in for it
//! up to the codecs. No figure of a market is as large. Reading is not for here.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::number::UNSET_DOUBLE_TEXT;

/// No smaller decimal stands in for a mark that is no number.
const LARGEST_WORD: u128 = Decimal::MAX.mantissa().unsigned_abs() - 1;

/// A mark for "there is no number".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// 1.7976931348623157E308.
    LargestDouble,
    /// 2147483647.
    LargestInteger,
    /// 9223372036854775807.
    LargestLong,
    /// −9223372036854775808.
    SmallestLong,
    /// An empty text; in protobuf a number that is left out.
    Nothing,
    /// The word "None"; in protobuf a number that is left out.
    NoneWord,
}

const LARGEST_DOUBLE: Decimal = Decimal::MAX;
const NOTHING: Decimal = Decimal::MIN;
const NONE_WORD: Decimal = Decimal::from_parts(u32::MAX - 1, u32::MAX, u32::MAX, false, 0);

impl Mark {
    /// How it is written in a text.
    pub fn text(self) -> &'static str {
        match self {
            Self::LargestDouble => UNSET_DOUBLE_TEXT,
            Self::LargestInteger => "2147483647",
            Self::LargestLong => "9223372036854775807",
            Self::SmallestLong => "-9223372036854775808",
            Self::Nothing => "",
            Self::NoneWord => "None",
        }
    }

    /// The decimal that goes out as this mark.
    pub fn stand_in(self) -> Decimal {
        match self {
            Self::LargestDouble => LARGEST_DOUBLE,
            Self::LargestInteger => Decimal::from(i32::MAX),
            Self::LargestLong => Decimal::from(i64::MAX),
            Self::SmallestLong => Decimal::from(i64::MIN),
            Self::Nothing => NOTHING,
            Self::NoneWord => NONE_WORD,
        }
    }

    /// The mark that this decimal stands in for, where it can't be written as a number.
    pub(super) fn behind(value: Decimal) -> Option<Self> {
        // Almost every number is far smaller.
        if value.scale() != 0 || value.mantissa().unsigned_abs() < LARGEST_WORD {
            return None;
        }
        [Self::LargestDouble, Self::Nothing, Self::NoneWord]
            .into_iter()
            .find(|mark| mark.stand_in() == value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::Reply;
    use crate::wire::{Version, encode_frame};

    #[test]
    fn a_mark_goes_out_in_text_as_itself() {
        for mark in [
            Mark::LargestDouble,
            Mark::LargestInteger,
            Mark::LargestLong,
            Mark::SmallestLong,
            Mark::Nothing,
            Mark::NoneWord,
        ] {
            let figure = mark.stand_in();
            let reply = Reply::Pnl {
                req_id: 9,
                daily: Some(figure),
                unrealized: None,
                realized: Some(Decimal::ONE),
            };
            let frame = encode_frame(Version::new(176).expect("a version"), &reply);
            let text = mark.text();
            let wanted = format!("94\x009\0{text}\x001.7976931348623157E308\x001\0");
            assert_eq!(&frame[4..], wanted.as_bytes(), "{mark:?}");
        }
    }

    #[test]
    fn numbers_stand_for_themselves() {
        for number in [
            Decimal::ZERO,
            Decimal::from(i64::MAX),
            Decimal::NEGATIVE_ONE,
        ] {
            assert_eq!(Mark::behind(number), None, "{number}");
        }
    }
}
