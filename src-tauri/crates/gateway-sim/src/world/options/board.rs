//! The market of an option at one moment, made from its underlying's, and what clients did to it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::super::calendar;
use super::super::ids::{AccountId, ConId};
use super::super::market::{Market, Shown, Spot, tick_at};
use super::super::order::Side;
use super::chain::Listed;
use super::classes::Ticks;
use super::instrument::{OptionTerms, Right};
use super::pricing::{DAYS, Inputs};
use super::surface;

const DAY_MS: f64 = 86_400_000.0;
/// An option in its last minute is priced as if it had one left.
const LAST_MINUTE: i64 = 60_000;

/// What clients did to options.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(in super::super) struct Desk {
    /// Markets that were set by hand or frozen.
    pub(in super::super) set: BTreeMap<ConId, Market>,
    /// What was taken from the displayed sizes since the last step.
    taken: BTreeMap<ConId, Taken>,
    /// Long positions whose holder waived the exercise at the end.
    pub(super) waived: Vec<(AccountId, ConId)>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Taken {
    bid: i64,
    ask: i64,
}

impl Desk {
    /// Displayed sizes are whole again.
    pub(in super::super) fn refill(&mut self) {
        self.taken.clear();
    }

    pub(in super::super) fn take(&mut self, con_id: ConId, side: Side, quantity: i64) {
        let taken = self.taken.entry(con_id).or_default();
        match side {
            Side::Buy => taken.ask = taken.ask.saturating_add(quantity),
            Side::Sell => taken.bid = taken.bid.saturating_add(quantity),
        }
    }

    /// The option's market now; `None` once it has ended.
    pub(in super::super) fn market(
        &self,
        con_id: ConId,
        terms: &OptionTerms,
        listed: &Listed,
        underlying: &Market,
        now: i64,
    ) -> Option<Market> {
        if now >= terms.ends_at {
            return None;
        }
        let mut market = match self.set.get(&con_id) {
            Some(set) => set.clone(),
            None => Market::shown(quoted(con_id, terms, listed, underlying.spot(), now)),
        };
        if let Some(taken) = self.taken.get(&con_id) {
            market.less(taken.bid, taken.ask);
        }
        Some(market)
    }
}

/// Years until the option ends.
pub(super) fn years(terms: &OptionTerms, now: i64) -> f64 {
    (terms.ends_at - now).max(LAST_MINUTE) as f64 / DAY_MS / DAYS
}

pub(super) fn strike(terms: &OptionTerms) -> f64 {
    use rust_decimal::prelude::ToPrimitive;
    // Every strike of the ladder is a small multiple of a half.
    terms.strike.to_f64().unwrap_or(1.0)
}

/// What prices the option at this price of the underlying.
pub(super) fn inputs(terms: &OptionTerms, listed: &Listed, spot: f64, years: f64) -> Inputs {
    let call = terms.right == Right::Call;
    surface::inputs(
        listed.class,
        &listed.profile,
        call,
        spot * listed.class.size.share(),
        strike(terms),
        years,
    )
}

fn quoted(con_id: ConId, terms: &OptionTerms, listed: &Listed, spot: Spot, now: i64) -> Shown {
    let ladder = &listed.profile.ladder;
    let left = years(terms, now);
    let worth = |at: f64| inputs(terms, listed, at, left).value().price;
    let traded = |price: f64| traded_at(ladder, price);
    let (bid, ask) = sides_at(listed, worth(spot.middle));
    let last = traded(worth(spot.last));
    let day = calendar::trading_day(now);
    let since_morning = (now - calendar::day_start(day)).max(0) as f64 / DAY_MS;
    let open = traded(
        inputs(terms, listed, spot.open, left + since_morning / DAYS)
            .value()
            .price,
    );
    let close = traded(
        inputs(
            terms,
            listed,
            spot.previous_close,
            left + since_morning / DAYS,
        )
        .value()
        .price,
    );
    let (one, other) = (traded(worth(spot.high)), traded(worth(spot.low)));
    let draw = mixed(con_id, now.div_euclid(500));
    let near = closeness(terms, listed);
    let deep = (near * 60.0) as u64 + 4;
    let size = |draw: u64| i64::try_from(1 + draw % deep).unwrap_or(1);
    Shown {
        con_id,
        bid,
        ask,
        bid_size: if bid > 0 { size(draw & 0xffff) } else { 0 },
        ask_size: size((draw >> 16) & 0xffff),
        last,
        last_size: size((mixed(con_id, spot.last_time) >> 32) & 0xff).min(20),
        last_time: spot.last_time,
        open,
        high: one.max(other).max(open).max(last),
        low: one.min(other).min(open).min(last),
        previous_close: close,
        volume: volume_up_to(con_id, terms, listed, day, now),
    }
}

/// The price on the ladder that is nearest to a worth; in millionths, never 0.
pub(super) fn traded_at(ladder: &[(i64, i64)], price: f64) -> i64 {
    let units = micros(price);
    let tick = tick_at(ladder, units);
    ((units + tick / 2).div_euclid(tick) * tick).max(tick)
}

/// Bid and offer around a worth, in millionths. A bid of 0 is none.
pub(super) fn sides_at(listed: &Listed, middle: f64) -> (i64, i64) {
    let ladder = &listed.profile.ladder;
    let half = half_spread(listed.class.ticks, middle);
    let (low, high) = (micros((middle - half).max(0.0)), micros(middle + half));
    let (below, above) = (tick_at(ladder, low), tick_at(ladder, high));
    let bid = low.div_euclid(below) * below;
    let ask = ((high + above - 1).div_euclid(above) * above).max(bid + below);
    (bid, ask)
}

/// Contracts traded on a day up to this moment of it.
pub(super) fn volume_up_to(
    con_id: ConId,
    terms: &OptionTerms,
    listed: &Listed,
    day: i64,
    at: i64,
) -> i64 {
    let since_morning = (at - calendar::day_start(day)).max(0) as f64 / DAY_MS;
    (day_volume(con_id, closeness(terms, listed), day) as f64 * since_morning) as i64
}

fn half_spread(ticks: Ticks, middle: f64) -> f64 {
    let (tick, share) = match ticks {
        Ticks::Cent => (0.01, 0.005),
        Ticks::Penny => (0.01, 0.010),
        Ticks::Nickel => (0.05, 0.006),
    };
    tick / 2.0 + share * middle.min(20.0) + 0.002 * (middle - 20.0).max(0.0)
}

/// 1 at the money, falling away from it; by the scenario's price, so that it does not move.
fn closeness(terms: &OptionTerms, listed: &Listed) -> f64 {
    (-6.0 * (strike(terms) / listed.base).ln().abs()).exp()
}

fn day_volume(con_id: ConId, near: f64, day: i64) -> u64 {
    mixed(con_id, day) % ((near * near * 9_000.0) as u64 + 3)
}

/// Open contracts of one option; the same all day.
pub(super) fn open_interest(con_id: ConId, terms: &OptionTerms, listed: &Listed, now: i64) -> u64 {
    let near = closeness(terms, listed);
    let base = mixed(con_id, 1) % ((near * 24_000.0) as u64 + 20);
    base + mixed(con_id, calendar::trading_day(now)) % (base / 20 + 5)
}

fn micros(price: f64) -> i64 {
    (price * 1e6).round() as i64
}

/// Well-spread bits from a contract and a moment (the finalizer of SplitMix64).
pub(super) fn mixed(con_id: ConId, moment: i64) -> u64 {
    let mut bits = u64::from(con_id.get().unsigned_abs())
        .wrapping_mul(0x9e37_79b9_7f4a_7c15)
        .wrapping_add(moment.unsigned_abs());
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}
