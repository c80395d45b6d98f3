//! The made-up past: a path of prices that is a pure function of time.

use super::RawBar;

/// The past is drawn on this grid; between its points prices stay between the two.
pub const GRID: i64 = 300_000;
/// Bars below five minutes are drawn on this one.
const FINE: i64 = 5_000;
const SECOND: i64 = 1_000;
/// Doublings of [`GRID`]: the slowest swing lasts ten years.
const OCTAVES: usize = 20;
const FINE_OCTAVES: u32 = 5;
const YEAR: f64 = 31_557_600_000.0;
/// Implied volatility is drawn on this grid.
pub const MIDNIGHT: i64 = 86_400_000;
/// Doublings of a day: its slowest swing lasts four months.
const MOODS: u32 = 8;
const MOOD: f64 = 0.07;

/// What a path must be true to.
#[derive(Clone, Copy, Debug)]
pub struct Ends {
    /// When it stood at `close` (unix ms).
    pub closed: i64,
    pub close: f64,
    /// When it ends, at `price` (unix ms).
    pub joined: i64,
    pub price: f64,
    /// Units traded in a millisecond.
    pub rate: f64,
}

/// One instrument's past.
#[derive(Clone, Debug)]
pub struct Path {
    key: u64,
    volatility: f64,
    ends: Ends,
    /// Noise at the close.
    at_close: f64,
    /// What the noise alone lacks to arrive at the price.
    ratio: f64,
    /// The heights on both sides of the moment that was asked about last, for each octave.
    heights: [Cell; OCTAVES],
}

#[derive(Clone, Copy, Debug)]
struct Cell {
    number: i64,
    one: f64,
    other: f64,
}

impl Path {
    /// A past of this yearly volatility. Paths of the same seed and name move alike.
    pub fn new(seed: u64, name: u64, volatility: f64, ends: Ends) -> Self {
        const UNKNOWN: Cell = Cell {
            number: i64::MIN,
            one: 0.0,
            other: 0.0,
        };
        let mut path = Self {
            key: mixed(seed ^ mixed(name)),
            volatility,
            ends,
            at_close: 0.0,
            ratio: 1.0,
            heights: [UNKNOWN; OCTAVES],
        };
        path.at_close = path.noise(ends.closed);
        let wandered = ends.close * raised(path.noise(ends.joined) - path.at_close);
        path.ratio = ends.price / wandered;
        path
    }

    /// Where the past ends.
    pub fn joined_at(&self) -> i64 {
        self.ends.joined
    }

    /// The bar between two moments of the past.
    pub fn bar(&mut self, from: i64, to: i64) -> RawBar {
        let grid = [GRID, FINE, SECOND]
            .into_iter()
            .find(|grid| from % grid == 0 && (to % grid == 0 || to == self.ends.joined))
            .unwrap_or(SECOND);
        let open = self.at(from);
        let (mut high, mut low) = (open, open);
        let mut at = from + grid;
        let close = loop {
            let price = self.at(at.min(to));
            high = high.max(price);
            low = low.min(price);
            if at >= to {
                break price;
            }
            at += grid;
        };
        let prices = [open, high, low, close];
        RawBar {
            middle: prices,
            trades: prices,
            volume: (self.traded(to) - self.traded(from)).max(0.0).floor(),
        }
    }

    /// The price at a moment of the past.
    pub fn at(&mut self, at: i64) -> f64 {
        if at >= self.ends.joined {
            return self.ends.price;
        }
        let start = at.div_euclid(GRID) * GRID;
        if at == start {
            return self.coarse(at);
        }
        let end = (start + GRID).min(self.ends.joined);
        let fine = at.div_euclid(FINE) * FINE;
        let price = self.between(start, end, fine.max(start));
        if at == fine {
            return price;
        }
        let next = (fine + FINE).min(end);
        let next_price = if next == end {
            self.coarse(end)
        } else {
            self.between(start, end, next)
        };
        let part = as_float(at - fine) / as_float((next - fine).max(1));
        price + (next_price - price) * part
    }

    fn coarse(&mut self, at: i64) -> f64 {
        let Ends {
            closed,
            close,
            joined,
            price,
            ..
        } = self.ends;
        if at >= joined {
            return price;
        }
        let raw = close * raised(self.noise(at) - self.at_close);
        if at <= closed {
            return raw;
        }
        let part = as_float(at - closed) / as_float(joined - closed);
        raw * (1.0 + part * (self.ratio - 1.0))
    }

    /// Wanders from one coarse point to the next without leaving the span between them.
    fn between(&mut self, start: i64, end: i64, at: i64) -> f64 {
        let (one, other) = (self.coarse(start), self.coarse(end));
        let part = as_float(at - start) / as_float((end - start).max(1));
        let span = (other - one).abs();
        let mut bend = 0.0;
        for octave in 1..=FINE_OCTAVES {
            let period = GRID >> octave;
            bend += self.wave(64 + octave, period, at) * as_float(period).sqrt();
        }
        let free = 4.0 * part * (1.0 - part);
        let raw = one + (other - one) * part + span * free * bend / as_float(GRID).sqrt();
        folded(raw, one.min(other), span)
    }

    /// How high options' volatility stood at a moment of the past, as a part of what it has been
    /// since the world began. Straight between midnights of the universal time.
    pub fn implied(&self, at: i64) -> f64 {
        let joined = self.ends.joined;
        if at >= joined {
            return 1.0;
        }
        let mood = |at: i64| -> f64 {
            let waves = (0..MOODS).map(|octave| {
                let size = 1.0 + f64::from(octave) / 2.0;
                size * self.wave(128 + octave, MIDNIGHT << octave, at)
            });
            waves.sum::<f64>() * MOOD
        };
        raised(mood(at) - mood(joined))
    }

    fn noise(&mut self, at: i64) -> f64 {
        let (key, volatility) = (self.key, self.volatility);
        let mut sum = 0.0;
        for (octave, cell) in (0_u32..).zip(&mut self.heights) {
            let period = GRID << octave;
            let number = at.div_euclid(period);
            if cell.number != number {
                *cell = Cell {
                    number,
                    one: height(key, octave, number),
                    other: height(key, octave, number + 1),
                };
            }
            let part = as_float(at.rem_euclid(period)) / as_float(period);
            let size = 0.7 * volatility * (as_float(period) / YEAR).sqrt();
            sum += size * (cell.one + (cell.other - cell.one) * part);
        }
        sum
    }

    /// A line from one random height in −1..1 to the next, `period` apart.
    fn wave(&self, octave: u32, period: i64, at: i64) -> f64 {
        let cell = at.div_euclid(period);
        let part = as_float(at.rem_euclid(period)) / as_float(period);
        let one = height(self.key, octave, cell);
        one + (height(self.key, octave, cell + 1) - one) * part
    }

    /// Units traded up to this moment, from an arbitrary zero; never falls.
    fn traded(&self, at: i64) -> f64 {
        let warped = as_float(at)
            + 720_000.0 * self.wave(90, 3_600_000, at)
            + 12_000.0 * self.wave(91, 60_000, at);
        (self.ends.rate * warped).floor()
    }
}

fn height(key: u64, octave: u32, cell: i64) -> f64 {
    let mixed = mixed(key ^ mixed((u64::from(octave) << 56) ^ cell.unsigned_abs()));
    // Fifty-three bits, which a float holds exactly.
    (mixed >> 11) as f64 / (1_u64 << 52) as f64 - 1.0
}

fn as_float(value: i64) -> f64 {
    // Milliseconds of any date stay far below 2^53.
    value as f64
}

/// e to this power, by squaring only.
fn raised(power: f64) -> f64 {
    let mut value = 1.0 + power / 64.0;
    for _ in 0..6 {
        value *= value;
    }
    value
}

/// `value` reflected at both ends of `low .. low + span` until it lies within.
fn folded(value: f64, low: f64, span: f64) -> f64 {
    if span <= 0.0 {
        return low;
    }
    let turned = (value - low).rem_euclid(2.0 * span);
    low + if turned > span {
        2.0 * span - turned
    } else {
        turned
    }
}

fn mixed(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 86_400_000;
    const NOW: i64 = 1_767_366_000_000;
    const CLOSED: i64 = NOW - 10 * 3_600_000;

    fn path() -> Path {
        let ends = Ends {
            closed: CLOSED,
            close: 250.0,
            joined: NOW,
            price: 252.5,
            rate: 0.03,
        };
        Path::new(7, 265_598, 0.28, ends)
    }

    #[test]
    fn it_ends_at_yesterdays_close_and_at_the_present_price() {
        let mut path = path();
        assert_eq!(path.at(CLOSED), 250.0);
        assert_eq!(path.at(NOW), 252.5);
        assert!((path.at(NOW - 1_000) / 252.5 - 1.0).abs() < 0.01);
    }

    #[test]
    fn small_bars_add_up_to_large_ones() {
        let mut path = path();
        let start = CLOSED - 3 * DAY;
        let whole = path.bar(start, start + 3_600_000);
        for size in [5_000, 10_000, 60_000, 300_000, 900_000] {
            let parts: Vec<_> = (start..start + 3_600_000)
                .step_by(usize::try_from(size).unwrap())
                .map(|at| path.bar(at, at + size))
                .collect();
            let mut sum = parts[0];
            for (one, next) in parts.iter().zip(&parts[1..]) {
                assert_eq!(one.middle[3], next.middle[0]);
                sum = sum.followed_by(*next);
            }
            assert_eq!(sum, whole, "{size}");
        }
    }

    #[test]
    fn implied_volatility_moves_through_a_year_and_ends_where_it_has_been_since() {
        let path = path();
        assert_eq!((path.implied(NOW), path.implied(NOW + DAY)), (1.0, 1.0));
        let year: Vec<_> = (1..=365).map(|day| path.implied(NOW - day * DAY)).collect();
        let (low, high) = (
            year.iter().copied().fold(f64::MAX, f64::min),
            year.iter().copied().fold(f64::MIN, f64::max),
        );
        assert!(low > 0.35 && high < 3.0, "{low} to {high}");
        assert!(high / low > 1.25, "{low} to {high}");
        let jumps = year.windows(2).map(|two| (two[0] / two[1]).ln().abs());
        assert!(jumps.fold(0.0, f64::max) < 0.4);
    }

    #[test]
    fn ten_years_stay_plausible_and_as_volatile_as_they_should() {
        let mut path = path();
        let days: Vec<_> = (0..3_650).map(|day| path.at(CLOSED - day * DAY)).collect();
        assert!(days.iter().all(|price| (20.0..3_000.0).contains(price)));
        let squares = days.windows(2).map(|two| (two[0] / two[1]).ln().powi(2));
        let yearly = (squares.sum::<f64>() / 3_649.0 * 365.25).sqrt();
        assert!((yearly / 0.28 - 1.0).abs() < 0.25, "{yearly}");
    }
}
