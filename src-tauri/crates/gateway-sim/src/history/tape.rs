//! What an instrument's market did since the gateway began to watch.

use std::collections::VecDeque;

use super::RawBar;

/// How finely moves are kept and for how long, in milliseconds: the finest first.
const TIERS: [(i64, i64); 4] = [
    (1_000, 5 * 60_000),
    (5_000, 3_600_000),
    (60_000, 86_400_000),
    (1_800_000, 30 * 86_400_000),
];

/// One instrument's moves.
#[derive(Clone, Debug)]
pub struct Tape {
    begun: i64,
    first: (f64, f64),
    last: (f64, f64),
    /// Of the day, at the last move.
    volume: f64,
    tiers: [Tier; TIERS.len()],
}

/// Moves in slots of one length, the oldest first; a slot in which nothing moved is left out.
#[derive(Clone, Debug)]
struct Tier {
    length: i64,
    keep: i64,
    /// Nothing that happened from here on was dropped.
    whole_from: i64,
    slots: VecDeque<(i64, RawBar)>,
}

impl Tape {
    /// A tape that begins with these prices and this volume of the day.
    pub fn begun(at: i64, middle: f64, last: f64, volume: f64) -> Self {
        Self {
            begun: at,
            first: (middle, last),
            last: (middle, last),
            volume,
            tiers: TIERS.map(|(length, keep)| Tier {
                length,
                keep,
                whole_from: at,
                slots: VecDeque::new(),
            }),
        }
    }

    /// Notes the present prices and the volume of the day so far.
    pub fn note(&mut self, at: i64, middle: f64, last: f64, volume: f64) {
        // The day's volume starts over when the day turns.
        let traded = if volume >= self.volume {
            volume - self.volume
        } else {
            volume
        };
        let before = self.last;
        let point = |price: f64, before: f64| [before, price.max(before), price.min(before), price];
        let new = RawBar {
            middle: point(middle, before.0),
            trades: point(last, before.1),
            volume: traded,
        };
        for tier in &mut self.tiers {
            tier.note(at, new);
        }
        self.last = (middle, last);
        self.volume = volume;
    }

    /// The bar between two moments; flat where nothing moved. What is older than the finest slots
    /// is told as if it had happened when its slot began.
    pub fn bar(&self, from: i64, to: i64) -> RawBar {
        let tier = self
            .tiers
            .iter()
            .find(|tier| tier.whole_from <= from.max(self.begun))
            .unwrap_or(&self.tiers[TIERS.len() - 1]);
        // The first slot may have begun before the tape did.
        let from = if from <= self.begun { i64::MIN } else { from };
        let start = tier.slots.partition_point(|(at, _)| *at < from);
        let end = tier.slots.partition_point(|(at, _)| *at < to);
        let moved = tier.slots.range(start..end.max(start)).map(|(_, bar)| *bar);
        moved.reduce(RawBar::followed_by).unwrap_or_else(|| {
            let before = start.checked_sub(1).and_then(|one| tier.slots.get(one));
            let (middle, last) =
                before.map_or(self.first, |(_, bar)| (bar.middle[3], bar.trades[3]));
            RawBar {
                middle: [middle; 4],
                trades: [last; 4],
                volume: 0.0,
            }
        })
    }
}

impl Tier {
    fn note(&mut self, at: i64, new: RawBar) {
        let slot = at.div_euclid(self.length) * self.length;
        match self.slots.back_mut() {
            Some((start, bar)) if *start >= slot => *bar = bar.followed_by(new),
            _ => self.slots.push_back((slot, new)),
        }
        while let Some((oldest, _)) = self.slots.front() {
            if *oldest >= at - self.keep {
                break;
            }
            self.whole_from = oldest + self.length;
            self.slots.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_tells_what_it_saw_however_long_ago() {
        const BEGUN: i64 = 1_767_366_000_400;
        let mut tape = Tape::begun(BEGUN, 100.0, 100.0, 0.0);
        for second in 1..=7_200_i32 {
            let price = 100.0 + f64::from(second % 600) / 100.0;
            let at = BEGUN + i64::from(second) * 1_000;
            tape.note(at, price, price, f64::from(second));
        }
        let end = BEGUN + 7_200_000;
        let whole = tape.bar(BEGUN, end + 1);
        assert_eq!(whole.trades, [100.0, 105.99, 100.0, 100.0]);
        assert_eq!(whole.volume, 7_200.0);
        let minute = tape.bar(end / 60_000 * 60_000 - 60_000, end / 60_000 * 60_000);
        assert_eq!(minute.volume, 60.0);
        let hour_ago = (end - 5_400_000) / 60_000 * 60_000;
        let old = tape.bar(hour_ago, hour_ago + 60_000);
        assert_eq!(old.volume, 60.0);
        let parts: f64 = (0..12)
            .map(|part| {
                tape.bar(hour_ago + part * 5_000, hour_ago + part * 5_000 + 5_000)
                    .volume
            })
            .sum();
        assert_eq!(parts, 60.0, "nothing is counted twice");
    }
}
