//! Which stretches of trading make which bar.

use jiff::civil::{Date, Weekday};

use super::times::Size;
use crate::world::Session;

/// One bar's place in time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// The last date that it covers.
    pub date: Date,
    /// Open time from and to (unix ms), earliest first; never empty.
    pub parts: Vec<(i64, i64)>,
}

impl Slot {
    /// When it begins, unix ms.
    pub fn start(&self) -> i64 {
        self.parts.first().map_or(0, |(from, _)| *from)
    }

    /// When it ends, unix ms.
    pub fn stop(&self) -> i64 {
        self.parts.last().map_or(0, |(_, to)| *to)
    }

    /// What of it is over at this moment; `None` when nothing is.
    pub fn until(mut self, end: i64) -> Option<Self> {
        self.parts.retain(|(from, _)| *from < end);
        for (_, to) in &mut self.parts {
            *to = (*to).min(end);
        }
        (!self.parts.is_empty()).then_some(self)
    }
}

/// The bars of this size in the sessions. Within a day they begin at round times in UTC, except
/// that none begins before its session or ends after it.
pub fn of(sessions: &[Session], size: Size) -> Vec<Slot> {
    let Size::Within(length) = size else {
        return sessions
            .chunk_by(|one, next| period(one.date, size) == period(next.date, size))
            .filter_map(|chunk| {
                Some(Slot {
                    date: chunk.last()?.date,
                    parts: chunk.iter().map(|one| (one.opens, one.closes)).collect(),
                })
            })
            .collect();
    };
    let mut slots = Vec::new();
    for session in sessions {
        let mut at = session.opens;
        while at < session.closes {
            let next = ((at.div_euclid(length) + 1) * length).min(session.closes);
            slots.push(Slot {
                date: session.date,
                parts: vec![(at, next)],
            });
            at = next;
        }
    }
    slots
}

/// The first date of the day, week or month that holds this one.
pub fn period(date: Date, size: Size) -> Date {
    match size {
        Size::Within(_) | Size::Day => date,
        Size::Week => {
            let since_monday = date.weekday().since(Weekday::Monday);
            date.saturating_sub(jiff::Span::new().days(since_monday))
        }
        Size::Month => date.first_of_month(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const HOUR: i64 = 3_600_000;

    fn session(day: Date, opens: i64, closes: i64) -> Session {
        Session {
            date: day,
            opens,
            closes,
        }
    }

    #[test]
    fn bars_of_a_day_begin_with_their_session_and_at_round_times() {
        let open = HOUR * 14 + HOUR / 2;
        let slots = of(
            &[session(date(2026, 1, 2), open, open + 2 * HOUR)],
            Size::Within(HOUR),
        );
        let spans: Vec<_> = slots.iter().map(|one| (one.start(), one.stop())).collect();
        assert_eq!(
            spans,
            [
                (open, 15 * HOUR),
                (15 * HOUR, 16 * HOUR),
                (16 * HOUR, open + 2 * HOUR)
            ]
        );
    }

    #[test]
    fn a_day_with_a_pause_is_one_bar_and_weeks_begin_on_monday() {
        let days = [
            session(date(2026, 1, 2), 0, HOUR),
            session(date(2026, 1, 2), 2 * HOUR, 3 * HOUR),
            session(date(2026, 1, 5), 50 * HOUR, 51 * HOUR),
            session(date(2026, 1, 9), 150 * HOUR, 151 * HOUR),
        ];
        let daily = of(&days, Size::Day);
        assert_eq!(daily.len(), 3);
        assert_eq!(daily[0].parts, [(0, HOUR), (2 * HOUR, 3 * HOUR)]);
        let weekly = of(&days, Size::Week);
        assert_eq!(weekly.len(), 2);
        assert_eq!(weekly[1].date, date(2026, 1, 9));
        assert_eq!(
            daily[0].clone().until(HOUR / 2).unwrap().parts,
            [(0, HOUR / 2)]
        );
        assert_eq!(daily[1].clone().until(HOUR), None);
    }
}
