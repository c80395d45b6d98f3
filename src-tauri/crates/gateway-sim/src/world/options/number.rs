//! A contract's number, and its terms from the number.
//!
//! conIds of options run from 1,000,000,000 to 2,073,741,823: class × 2²⁵, weekday × 2¹³,
//! strike × 2 and the right are added to the start of the range. Weekdays are counted from 1 January 2018 and repeat after
//! 4,096 (nearly sixteen years); strikes are counted in the class's unit; a put is 1. IBKR's own numbers
//! are below the range, the catalogue's other ones above.

use jiff::civil::{Date, date};

use super::super::ids::ConId;

const FIRST: i32 = 1_000_000_000;
const RANGE: i32 = 1 << 30;
const WEEKDAYS: i64 = 4_096;
/// Strikes have numbers below this.
pub(super) const STRIKES: i32 = 4_096;

/// The parts of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Parts {
    pub(super) class: usize,
    /// From [`weekday`].
    pub(super) weekday: i32,
    /// In the class's unit.
    pub(super) strike: i32,
    pub(super) put: bool,
}

/// Every number that an option can have.
pub(in super::super) const ALL: std::ops::Range<ConId> =
    ConId::new(FIRST)..ConId::new(FIRST + RANGE);

impl Parts {
    pub(super) fn of(con_id: ConId) -> Option<Self> {
        let rest = con_id
            .get()
            .checked_sub(FIRST)
            .filter(|rest| (0..RANGE).contains(rest))?;
        Some(Self {
            class: usize::try_from(rest >> 25).ok()?,
            weekday: (rest >> 13) & 4_095,
            strike: (rest >> 1) & 4_095,
            put: rest & 1 == 1,
        })
    }

    /// Every part is below its bound by the way it is made.
    pub(super) fn con_id(self) -> ConId {
        let class = i32::try_from(self.class).unwrap_or(0) & 31;
        ConId::new(
            FIRST
                + (class << 25)
                + ((self.weekday & 4_095) << 13)
                + ((self.strike & 4_095) << 1)
                + i32::from(self.put),
        )
    }
}

/// The count of a weekday; weekends share Friday's.
pub(super) fn weekday(day: Date) -> i32 {
    const MONDAY: Date = date(2018, 1, 1);
    let days = i64::from(day.since(MONDAY).map_or(0, |span| span.get_days()));
    let count = days.div_euclid(7) * 5 + days.rem_euclid(7).min(4);
    i32::try_from(count.rem_euclid(WEEKDAYS)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_gives_its_parts_again() {
        for class in [0, 7, 31] {
            for strike in [1, 545, 4_095] {
                for put in [false, true] {
                    let parts = Parts {
                        class,
                        weekday: weekday(date(2027, 1, 15)),
                        strike,
                        put,
                    };
                    assert_eq!(Parts::of(parts.con_id()), Some(parts));
                    assert!(ALL.contains(&parts.con_id()));
                }
            }
        }
        assert_eq!(Parts::of(ConId::new(265_598)), None);
        assert_eq!(Parts::of(ConId::new(2_100_000_001)), None);
    }
}
