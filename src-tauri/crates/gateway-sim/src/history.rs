//! Prices and volumes before and since the world began, bar by bar.
//!
//! What was before is a path made of noise that is a pure function of seed, instrument and time;
//! it ends at yesterday's close and then at the price at which the world began. What has been
//! since is a tape of what the world really did. An option's past is its underlying's, priced by
//! the volatility surface, which stood higher or lower before. Only sums, products and square roots of floats are used for paths,
//! which every machine computes alike.
//!
//! Deliberately not here: dates, time zones and what clients call things.

mod ladder;
mod path;
mod tape;

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::world::{ConId, Quote, SecType, World, day_start};

use path::{Ends, GRID, MIDNIGHT, Path};
use tape::Tape;

pub use ladder::{Ladder, Show};

const HOUR: i64 = 3_600_000;

/// Open, high, low and close of the middle and of the trades, and the volume.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RawBar {
    pub middle: [f64; 4],
    pub trades: [f64; 4],
    pub volume: f64,
}

impl RawBar {
    /// This bar with a later one after it.
    pub fn followed_by(self, later: Self) -> Self {
        let joined = |one: [f64; 4], other: [f64; 4]| {
            [one[0], one[1].max(other[1]), one[2].min(other[2]), other[3]]
        };
        Self {
            middle: joined(self.middle, later.middle),
            trades: joined(self.trades, later.trades),
            volume: self.volume + later.volume,
        }
    }
}

/// The history of every instrument that anybody asked about or that moved.
#[derive(Debug, Default)]
pub struct History {
    seed: u64,
    known: BTreeMap<ConId, (Path, Tape)>,
}

impl History {
    /// A history that has seen nothing yet.
    pub fn new(seed: u64) -> Self {
        Self {
            seed,
            known: BTreeMap::new(),
        }
    }

    /// Notes the present quote of every instrument, where the path meets the tape.
    pub fn begin(&mut self, world: &World) {
        let all: Vec<_> = world.instruments().iter().map(|one| one.con_id).collect();
        for con_id in all {
            self.entry(world, con_id);
        }
    }

    /// Notes that an instrument's quote moved.
    pub fn note(&mut self, world: &World, con_id: ConId) {
        let Some(quote) = world.quote(con_id) else {
            return;
        };
        let now = world.now();
        if let Some((_, tape)) = self.known.get_mut(&con_id)
            && let Some((middle, last)) = prices(&quote)
        {
            tape.note(now, middle, last, volume(&quote));
        }
    }

    /// The bar from `from` up to `to` (unix ms), or `None` where there is no price. Asks nothing of
    /// opening hours: within closed ones a bar is what the market's owner never saw.
    pub fn bar(&mut self, world: &World, con_id: ConId, from: i64, to: i64) -> Option<RawBar> {
        if let Some(underlying) = world.underlying(con_id) {
            return self.option_bar(world, con_id, underlying, from, to);
        }
        let (path, tape) = self.entry(world, con_id)?;
        let joined = path.joined_at();
        if to <= joined {
            return Some(path.bar(from, to));
        }
        if from >= joined {
            return Some(tape.bar(from, to));
        }
        Some(path.bar(from, joined).followed_by(tape.bar(joined, to)))
    }

    /// How high the volatility of its options stood between two moments (unix ms), as parts of what
    /// it has been since the world began: first, highest, lowest, last.
    pub fn implied(
        &mut self,
        world: &World,
        con_id: ConId,
        from: i64,
        to: i64,
    ) -> Option<[f64; 4]> {
        let (path, _) = self.entry(world, con_id)?;
        let midnight = (from.div_euclid(MIDNIGHT) + 1) * MIDNIGHT;
        let step = usize::try_from(MIDNIGHT).ok()?;
        let turns = (midnight..to).step_by(step).map(|at| path.implied(at));
        let (first, last) = (path.implied(from), path.implied(to));
        let all = || [first, last].into_iter().chain(turns.clone());
        Some([
            first,
            all().fold(f64::MIN, f64::max),
            all().fold(f64::MAX, f64::min),
            last,
        ])
    }

    /// In pieces, so that an option's small bars add up to its large ones too.
    fn option_bar(
        &mut self,
        world: &World,
        con_id: ConId,
        underlying: ConId,
        from: i64,
        to: i64,
    ) -> Option<RawBar> {
        let mut whole: Option<RawBar> = None;
        let mut at = from;
        while at < to || whole.is_none() {
            let next = ((at.div_euclid(GRID) + 1) * GRID).min(to.max(at + 1));
            let piece = self.bar(world, underlying, at, next)?;
            let (path, _) = self.entry(world, underlying)?;
            let volatility = [path.implied(at), path.implied(next)];
            let piece = world.option_past(con_id, piece, volatility, (at, next))?;
            whole = Some(whole.map_or(piece, |before| before.followed_by(piece)));
            at = next;
        }
        whole
    }

    fn entry(&mut self, world: &World, con_id: ConId) -> Option<&mut (Path, Tape)> {
        if !self.known.contains_key(&con_id) {
            let quote = world.quote(con_id)?;
            let (middle, last) = prices(&quote)?;
            let path = path(self.seed, world, con_id)?;
            let tape = Tape::begun(world.now(), middle, last, volume(&quote));
            self.known.insert(con_id, (path, tape));
        }
        self.known.get_mut(&con_id)
    }
}

/// The past that ends at the present quote.
fn path(seed: u64, world: &World, con_id: ConId) -> Option<Path> {
    let quote = world.quote(con_id)?;
    let (price, _) = prices(&quote)?;
    let joined = world.last_open(con_id, world.now());
    let day = day_start(joined);
    let open: i64 = world
        .sessions(con_id, day, joined, false)
        .iter()
        .map(|one| one.closes.min(joined) - one.opens.max(day))
        .sum();
    let ends = Ends {
        closed: world.last_open(con_id, day),
        close: quote
            .prev_close
            .and_then(|price| price.to_f64())
            .unwrap_or(price),
        joined,
        price,
        // A day that has hardly begun says little of how much is traded in an hour.
        rate: volume(&quote) / as_float(open.max(HOUR)),
    };
    // What follows another instrument has its past too.
    let name = u64::from(world.leader(con_id).get().unsigned_abs());
    Some(Path::new(seed, name, world.volatility(con_id)?, ends))
}

/// What the last day on which an instrument traded was like before the world began.
#[derive(Clone, Copy, Debug)]
pub struct DaySoFar {
    pub open: Decimal,
    pub high: Decimal,
    pub low: Decimal,
    /// Unix ms.
    pub last_time: i64,
}

/// The day so far of every instrument that trades by itself.
pub fn day_so_far(world: &World, seed: u64) -> Vec<(ConId, DaySoFar)> {
    world
        .instruments()
        .iter()
        .filter(|one| one.sec_type != SecType::Option)
        .filter_map(|one| {
            let mut past = path(seed, world, one.con_id)?;
            let last_time = past.joined_at();
            let day = day_start(last_time);
            let bar = world
                .sessions(one.con_id, day, last_time, false)
                .iter()
                .map(|open| past.bar(open.opens.max(day), open.closes.min(last_time)))
                .reduce(RawBar::followed_by)?;
            let [open, high, low, _] = Ladder::of(world, one.con_id).shaped(&bar, Show::Trades);
            let day = DaySoFar {
                open,
                high,
                low,
                last_time,
            };
            Some((one.con_id, day))
        })
        .collect()
}

/// The middle and the last trade (the middle again where trades are not printed).
fn prices(quote: &Quote) -> Option<(f64, f64)> {
    let last = quote.last.and_then(|price| price.to_f64());
    let middle = match (quote.bid, quote.ask) {
        (Some(bid), Some(ask)) => (bid.to_f64()? + ask.to_f64()?) / 2.0,
        _ => last?,
    };
    Some((middle, last.unwrap_or(middle)))
}

fn volume(quote: &Quote) -> f64 {
    quote
        .volume
        .and_then(|volume| volume.to_f64())
        .unwrap_or_default()
}

fn as_float(value: i64) -> f64 {
    // Milliseconds of any date stay far below 2^53.
    value as f64
}
