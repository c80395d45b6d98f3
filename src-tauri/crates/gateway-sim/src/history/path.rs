//! The made-up past: a path of prices that is a pure function of time.

use crate::world::ConId;

use super::RawBar;

/// The past is drawn on this grid; between its points prices stay between the two.
const COARSE: i64 = 300_000;
/// Bars below five minutes are drawn on this one.
const FINE: i64 = 5_000;
const SECOND: i64 = 1_000;
/// Doublings of [`COARSE`]: the slowest swing lasts ten years.
const OCTAVES: u32 = 20;
const FINE_OCTAVES: u32 = 5;
const YEAR: f64 = 31_557_600_000.0;
const DAY: i64 = 86_400_000;
/// The simulated day turns at midnight five hours west of Greenwich.
const DAY_OFFSET: i64 = 5 * 3_600_000;

/// The start of the simulated day of this moment (unix ms).
pub fn day_start(at: i64) -> i64 {
    (at - DAY_OFFSET).div_euclid(DAY) * DAY + DAY_OFFSET
}

/// One instrument's past.
#[derive(Clone, Debug)]
pub struct Path {
    key: u64,
    volatility: f64,
    day: i64,
    joined: i64,
    close: f64,
    price: f64,
    /// Noise at the day's start.
    at_day: f64,
    /// What the noise alone lacks to arrive at `price`.
    ratio: f64,
    /// Units a millisecond.
    rate: f64,
}

impl Path {
    /// A past that stood at `close` when the day of `joined` began and stands at `price` at
    /// `joined`, having traded `volume` that day.
    pub fn new(
        seed: u64,
        con_id: ConId,
        volatility: f64,
        joined: i64,
        close: f64,
        price: f64,
        volume: f64,
    ) -> Self {
        let day = day_start(joined);
        let passed = (joined - day).max(3_600_000);
        let mut path = Self {
            key: mixed(seed ^ mixed(u64::from(con_id.get().unsigned_abs()))),
            volatility,
            day,
            joined,
            close,
            price,
            at_day: 0.0,
            ratio: 1.0,
            rate: volume / as_float(passed),
        };
        path.at_day = path.noise(day);
        path.ratio = price / (close * raised(path.noise(joined) - path.at_day));
        path
    }

    /// Where the past ends.
    pub fn joined_at(&self) -> i64 {
        self.joined
    }

    /// The bar between two moments of the past.
    pub fn bar(&self, from: i64, to: i64) -> RawBar {
        let grid = [COARSE, FINE, SECOND]
            .into_iter()
            .find(|grid| from % grid == 0 && (to % grid == 0 || to == self.joined))
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
    pub fn at(&self, at: i64) -> f64 {
        if at >= self.joined {
            return self.price;
        }
        let start = at.div_euclid(COARSE) * COARSE;
        if at == start {
            return self.coarse(at);
        }
        let end = (start + COARSE).min(self.joined);
        let fine = at.div_euclid(FINE) * FINE;
        let price = self.between(start, end, fine.max(start), FINE_OCTAVES);
        if at == fine {
            return price;
        }
        let next = (fine + FINE).min(end);
        let next_price = if next == end {
            self.coarse(end)
        } else {
            self.between(start, end, next, FINE_OCTAVES)
        };
        let part = as_float(at - fine) / as_float((next - fine).max(1));
        price + (next_price - price) * part
    }

    fn coarse(&self, at: i64) -> f64 {
        if at >= self.joined {
            return self.price;
        }
        let raw = self.close * raised(self.noise(at) - self.at_day);
        if at <= self.day {
            return raw;
        }
        let part = as_float(at - self.day) / as_float(self.joined - self.day);
        raw * (1.0 + part * (self.ratio - 1.0))
    }

    /// Wanders from one coarse point to the next without leaving the span between them.
    fn between(&self, start: i64, end: i64, at: i64, octaves: u32) -> f64 {
        let (one, other) = (self.coarse(start), self.coarse(end));
        let part = as_float(at - start) / as_float((end - start).max(1));
        let span = (other - one).abs();
        let mut bend = 0.0;
        for octave in 1..=octaves {
            let period = COARSE >> octave;
            bend += self.wave(64 + octave, period, at) * as_float(period).sqrt();
        }
        let free = 4.0 * part * (1.0 - part);
        let raw = one + (other - one) * part + span * free * bend / as_float(COARSE).sqrt();
        folded(raw, one.min(other), span)
    }

    fn noise(&self, at: i64) -> f64 {
        (0..OCTAVES)
            .map(|octave| {
                let period = COARSE << octave;
                let size = 0.7 * self.volatility * (as_float(period) / YEAR).sqrt();
                size * self.wave(octave, period, at)
            })
            .sum()
    }

    /// A line from one random height in −1..1 to the next, `period` apart.
    fn wave(&self, octave: u32, period: i64, at: i64) -> f64 {
        let cell = at.div_euclid(period);
        let part = as_float(at.rem_euclid(period)) / as_float(period);
        let height = |cell: i64| {
            let mixed = mixed(self.key ^ mixed((u64::from(octave) << 56) ^ cell.unsigned_abs()));
            // Fifty-three bits, which a float holds exactly.
            (mixed >> 11) as f64 / (1_u64 << 52) as f64 - 1.0
        };
        let one = height(cell);
        one + (height(cell + 1) - one) * part
    }

    /// Units traded up to this moment, from an arbitrary zero; never falls.
    fn traded(&self, at: i64) -> f64 {
        let warped = as_float(at)
            + 720_000.0 * self.wave(90, 3_600_000, at)
            + 12_000.0 * self.wave(91, 60_000, at);
        (self.rate * warped).floor()
    }
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

    const NOW: i64 = 1_767_366_000_000;

    fn path() -> Path {
        Path::new(7, ConId::new(265_598), 0.28, NOW, 250.0, 252.5, 1e6)
    }

    #[test]
    fn it_ends_at_yesterdays_close_and_at_the_present_price() {
        let path = path();
        assert_eq!(path.at(day_start(NOW)), 250.0);
        assert_eq!(path.at(NOW), 252.5);
        assert!((path.at(NOW - 1_000) / 252.5 - 1.0).abs() < 0.01);
    }

    #[test]
    fn small_bars_add_up_to_large_ones() {
        let path = path();
        let start = day_start(NOW) - 3 * DAY;
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
    fn ten_years_stay_plausible() {
        let path = path();
        for day in 0..3_650 {
            let price = path.at(day_start(NOW) - day * DAY);
            assert!((20.0..3_000.0).contains(&price), "{price}");
        }
    }
}
