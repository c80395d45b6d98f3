//! What an instrument's market did since the gateway began to watch.

use std::collections::BTreeMap;

use super::RawBar;

/// Recent moves are kept this finely, in milliseconds.
const FINE: i64 = 5_000;
const COARSE: i64 = 60_000;
/// How long moves are kept finely, and at all.
const KEEP_FINE: i64 = 2 * 3_600_000;
const KEEP: i64 = 14 * 86_400_000;

/// One instrument's moves.
#[derive(Clone, Debug)]
pub struct Tape {
    first: (f64, f64),
    last: (f64, f64),
    volume: f64,
    fine: BTreeMap<i64, RawBar>,
    coarse: BTreeMap<i64, RawBar>,
}

impl Tape {
    /// A tape that begins with these prices and this volume of the day.
    pub fn begun(_at: i64, middle: f64, last: f64, volume: f64) -> Self {
        Self {
            first: (middle, last),
            last: (middle, last),
            volume,
            fine: BTreeMap::new(),
            coarse: BTreeMap::new(),
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
        for (slots, size, keep) in [
            (&mut self.fine, FINE, KEEP_FINE),
            (&mut self.coarse, COARSE, KEEP),
        ] {
            let slot = at.div_euclid(size) * size;
            slots
                .entry(slot)
                .and_modify(|bar| *bar = bar.followed_by(new))
                .or_insert(new);
            while let Some(oldest) = slots.first_entry() {
                if *oldest.key() >= at - keep {
                    break;
                }
                oldest.remove();
            }
        }
        self.last = (middle, last);
        self.volume = volume;
    }

    /// The bar between two moments; flat where nothing moved.
    pub fn bar(&self, from: i64, to: i64) -> RawBar {
        let oldest_fine = self.fine.first_key_value().map_or(i64::MAX, |(at, _)| *at);
        let slots = if from >= oldest_fine || self.coarse.len() < 2 {
            &self.fine
        } else {
            &self.coarse
        };
        let size = if std::ptr::eq(slots, &self.fine) {
            FINE
        } else {
            COARSE
        };
        let first = from.div_euclid(size) * size;
        let before = slots
            .range(..first)
            .next_back()
            .map_or(self.first, |(_, bar)| (bar.middle[3], bar.trades[3]));
        let flat = RawBar {
            middle: [before.0; 4],
            trades: [before.1; 4],
            volume: 0.0,
        };
        slots
            .range(first..to.max(first + 1))
            .map(|(_, bar)| *bar)
            .reduce(RawBar::followed_by)
            .unwrap_or(flat)
    }
}
