//! Prices and volumes before and since the world began, bar by bar.
//!
//! What was before is a path made of noise that is a pure function of seed, instrument and time;
//! it ends at yesterday's close and then at the price at which the world began. What has been
//! since is a tape of what the world really did. Only sums, products and square roots of floats
//! are used, which every machine computes alike.
//!
//! Deliberately not here: dates, time zones and what clients call things.

mod ladder;
mod path;
mod tape;

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::world::{ConId, Quote, SecType, World};

use path::{Path, day_start};
use tape::Tape;

pub use ladder::{Ladder, Show};

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
        if let Some((_, tape)) = self.entry(world, con_id)
            && let Some((middle, last)) = prices(&quote)
        {
            tape.note(now, middle, last, volume(&quote));
        }
    }

    /// The bar from `from` up to `to` (unix ms), or `None` where there is no price.
    pub fn bar(&mut self, world: &World, con_id: ConId, from: i64, to: i64) -> Option<RawBar> {
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
    let (middle, _) = prices(&quote)?;
    let close = quote.prev_close.and_then(|price| price.to_f64());
    let calm = world.by_con_id(con_id)?.sec_type == SecType::Cash;
    Some(Path::new(
        seed,
        con_id,
        if calm { 0.08 } else { 0.28 },
        world.now(),
        close.unwrap_or(middle),
        middle,
        volume(&quote),
    ))
}

/// Today's first, highest and lowest price before now, for instruments that trade by themselves.
pub fn day_so_far(world: &World, seed: u64) -> Vec<(ConId, [Decimal; 3])> {
    let now = world.now();
    world
        .instruments()
        .iter()
        .filter(|one| {
            matches!(
                one.sec_type,
                SecType::Stock | SecType::Index | SecType::Future | SecType::Cash
            )
        })
        .filter_map(|one| {
            let past = path(seed, world, one.con_id)?;
            let bar = past.bar(day_start(now), now);
            let [open, high, low, _] = Ladder::of(world, one.con_id).shaped(&bar, Show::Trades);
            Some((one.con_id, [open, high, low]))
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
