//! The market of one instrument: a seeded walk of whole millionths, with bid, offer, sizes and trades.
//!
//! All arithmetic is on integers, so that every machine walks the same path.

use rand::RngCore;
use rand_pcg::Pcg32;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};

use super::catalog::Profile;
use super::ids::ConId;
use super::order::Side;
use super::quote::{Quote, QuoteChange};

/// Steps of 250 ms in a trading year's regular hours, square root: turns yearly volatility into a step's.
const ROOT_STEPS_PER_YEAR: i64 = 4_857;
/// Standard deviation of the sum of four uniform 16-bit numbers.
const NOISE_DEVIATION: i64 = 37_837;
/// The walk is drawn back to its anchor by this fraction a step, so that prices stay plausible for days.
const REVERSION: i64 = 200_000;
/// No market is set above ten million.
const MAX_UNITS: i64 = 10_000_000_000_000;
/// Millionths are the unit of price.
const SCALE: u32 = 6;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Market {
    con_id: ConId,
    middle: i64,
    anchor: i64,
    bid: i64,
    ask: i64,
    bid_size: i64,
    ask_size: i64,
    /// What is left of the displayed sizes until the next step.
    bid_left: i64,
    ask_left: i64,
    last: i64,
    last_size: i64,
    last_time: i64,
    open: i64,
    high: i64,
    low: i64,
    previous_close: i64,
    volume: i64,
    frozen: bool,
}

impl Market {
    /// A market that opens now, after a close within one and a half percent of the profile's price.
    pub(super) fn open(
        con_id: ConId,
        profile: &Profile,
        leader: Option<Lead>,
        random: &mut Pcg32,
        now: i64,
    ) -> Self {
        let swing = i64::from(random.next_u32() % 3_001) - 1_500;
        let swing = if profile.two_sided && !profile.prints_volume {
            swing / 5
        } else {
            swing
        };
        let tick = tick_at(&profile.ladder, profile.base);
        let close = match leader {
            Some(leader) => scaled(profile.base, leader.previous_close, leader.base),
            None => profile.base - profile.base * swing / 100_000,
        };
        let previous_close = floor_to(close, tick);
        let mut market = Self {
            con_id,
            middle: profile.base,
            anchor: profile.base,
            bid: 0,
            ask: 0,
            bid_size: 0,
            ask_size: 0,
            bid_left: 0,
            ask_left: 0,
            last: floor_to(profile.base, tick),
            last_size: profile.size_step,
            last_time: now,
            open: floor_to(profile.base, tick),
            high: floor_to(profile.base, tick),
            low: floor_to(profile.base, tick),
            previous_close,
            volume: profile.size * 500,
            frozen: false,
        };
        market.show(profile, random);
        market
    }

    /// A market as it stands at one moment, computed elsewhere.
    pub(super) fn shown(shown: Shown) -> Self {
        Self {
            con_id: shown.con_id,
            middle: (shown.bid + shown.ask) / 2,
            anchor: (shown.bid + shown.ask) / 2,
            bid: shown.bid,
            ask: shown.ask,
            bid_size: shown.bid_size,
            ask_size: shown.ask_size,
            bid_left: shown.bid_size,
            ask_left: shown.ask_size,
            last: shown.last,
            last_size: shown.last_size,
            last_time: shown.last_time,
            open: shown.open,
            high: shown.high,
            low: shown.low,
            previous_close: shown.previous_close,
            volume: shown.volume,
            frozen: false,
        }
    }

    /// Where the market stands, for what is priced from it.
    pub(super) fn spot(&self) -> Spot {
        let plain = |units: i64| units as f64 / 1e6;
        Spot {
            middle: plain(self.middle),
            last: plain(self.last),
            last_time: self.last_time,
            open: plain(self.open),
            high: plain(self.high),
            low: plain(self.low),
            previous_close: plain(self.previous_close),
        }
    }

    /// Takes this much from what is left on each side.
    pub(super) fn less(&mut self, bid: i64, ask: i64) {
        self.bid_left = self.bid_left.saturating_sub(bid).max(0);
        self.ask_left = self.ask_left.saturating_sub(ask).max(0);
    }

    pub(super) fn con_id(&self) -> ConId {
        self.con_id
    }

    /// What a follower needs of this market.
    pub(super) fn lead(&self, profile: &Profile) -> Lead {
        Lead {
            middle: self.middle,
            previous_close: self.previous_close,
            base: profile.base,
        }
    }

    /// One step of the walk, or after the leader; says what changed. A frozen market only refills its
    /// displayed sizes.
    pub(super) fn step(
        &mut self,
        profile: &Profile,
        leader: Option<Lead>,
        random: &mut Pcg32,
        now: i64,
    ) -> QuoteChange {
        if self.frozen {
            self.refill();
            return QuoteChange::default();
        }
        let before = self.clone();
        let noise = noise(random);
        let sigma = self.middle / ROOT_STEPS_PER_YEAR * profile.volatility / 100;
        let pull = (self.anchor - self.middle) / REVERSION;
        let tick = tick_at(&profile.ladder, self.middle);
        let walked = match leader {
            Some(leader) => scaled(profile.base, leader.middle, leader.base),
            None => self.middle + sigma * noise / NOISE_DEVIATION + pull,
        };
        self.middle = walked.max(tick * 10);
        self.show(profile, random);
        self.trade(profile, random, now);
        self.changes_since(&before)
    }

    /// Puts bid, offer and sizes around the middle.
    fn show(&mut self, profile: &Profile, random: &mut Pcg32) {
        if !profile.two_sided {
            return;
        }
        let tick = tick_at(&profile.ladder, self.middle);
        let draw = random.next_u32();
        self.bid = floor_to(self.middle - tick / 2, tick);
        self.ask = floor_to(self.middle + tick / 2, tick).max(self.bid) + tick;
        self.bid_size = displayed(profile, draw & 0xff);
        self.ask_size = displayed(profile, (draw >> 8) & 0xff);
        self.refill();
    }

    fn refill(&mut self) {
        self.bid_left = self.bid_size;
        self.ask_left = self.ask_size;
    }

    /// About every second step somebody trades, at one side of the market or the other.
    fn trade(&mut self, profile: &Profile, random: &mut Pcg32, now: i64) {
        let draw = random.next_u32();
        if profile.two_sided {
            if draw & 1 == 0 {
                return;
            }
            self.last = if draw & 2 == 0 { self.bid } else { self.ask };
        } else {
            self.last = floor_to(self.middle, tick_at(&profile.ladder, self.middle));
        }
        self.last_time = now;
        if profile.prints_volume {
            self.last_size = profile.size_step * (1 + i64::from((draw >> 4) % 4));
            self.volume += self.last_size;
        }
        self.high = self.high.max(self.last);
        self.low = self.low.min(self.last);
    }

    fn changes_since(&self, before: &Self) -> QuoteChange {
        QuoteChange {
            bid: self.bid != before.bid,
            bid_size: self.bid_size != before.bid_size,
            ask: self.ask != before.ask,
            ask_size: self.ask_size != before.ask_size,
            last: self.last != before.last || self.last_time != before.last_time,
            open: self.open != before.open,
            high: self.high != before.high,
            low: self.low != before.low,
            prev_close: self.previous_close != before.previous_close,
            volume: self.volume != before.volume,
        }
    }

    /// A new day: yesterday's last price becomes the close, and the day's record starts over.
    pub(super) fn turn_day(&mut self) -> QuoteChange {
        let before = self.clone();
        self.previous_close = self.last;
        self.open = self.last;
        self.high = self.last;
        self.low = self.last;
        self.volume = 0;
        self.changes_since(&before)
    }

    /// The share is worth a dividend less from now on. A market that is held by hand stays.
    pub(super) fn go_ex(&mut self, dividend: Decimal, profile: &Profile) {
        let least = tick_at(&profile.ladder, self.middle) * 10;
        let Some(dividend) = to_units(dividend).filter(|_| !self.frozen) else {
            return;
        };
        let before = self.middle;
        self.middle = (self.middle - dividend).max(least);
        let fell = before - self.middle;
        self.anchor = (self.anchor - fell).max(least);
        let tick = tick_at(&profile.ladder, self.middle);
        for price in [&mut self.bid, &mut self.ask] {
            *price = (*price - floor_to(fell, tick)).max(tick);
        }
    }

    /// Sets bid and offer by hand and freezes there; `None` when they make no market.
    pub(super) fn set(&mut self, bid: Decimal, ask: Decimal) -> Option<QuoteChange> {
        let (bid, ask) = (to_units(bid)?, to_units(ask)?);
        if bid <= 0 || ask <= bid || ask > MAX_UNITS {
            return None;
        }
        let before = self.clone();
        self.bid = bid;
        self.ask = ask;
        self.middle = (bid + ask) / 2;
        self.frozen = true;
        self.refill();
        Some(self.changes_since(&before))
    }

    /// Sets what the day's record was before the world began, and when it traded last (unix ms).
    pub(super) fn set_day(&mut self, open: Decimal, high: Decimal, low: Decimal, last_time: i64) {
        self.last_time = last_time;
        if let (Some(open), Some(high), Some(low)) = (to_units(open), to_units(high), to_units(low))
        {
            self.open = open;
            self.high = self.high.max(high);
            self.low = self.low.min(low);
        }
    }

    /// Sets the displayed sizes by hand; they hold while the market is frozen.
    pub(super) fn set_sizes(&mut self, bid_size: i64, ask_size: i64) -> QuoteChange {
        let before = self.clone();
        self.bid_size = bid_size.max(0);
        self.ask_size = ask_size.max(0);
        self.refill();
        self.changes_since(&before)
    }

    pub(super) fn set_frozen(&mut self, frozen: bool) {
        self.frozen = frozen;
    }

    /// What an order on this side can trade at and how much of it is left; `None` without a market.
    pub(super) fn offered_to(&self, side: Side) -> Option<(Decimal, Decimal)> {
        let (price, left) = match side {
            Side::Buy => (self.ask, self.ask_left),
            Side::Sell => (self.bid, self.bid_left),
        };
        (price > 0).then(|| (from_units(price), Decimal::from(left)))
    }

    /// Takes this much from what is left for the side.
    pub(super) fn take(&mut self, side: Side, quantity: Decimal) {
        let quantity = quantity.to_i64().unwrap_or(i64::MAX);
        let left = match side {
            Side::Buy => &mut self.ask_left,
            Side::Sell => &mut self.bid_left,
        };
        *left = left.saturating_sub(quantity).max(0);
    }

    /// The price that positions are valued at: the middle of bid and offer, or the last where there is none.
    pub(super) fn mark(&self) -> Decimal {
        // An option may have an offer and no bid.
        if self.ask > 0 {
            Decimal::new((self.bid + self.ask) * 5, SCALE + 1)
        } else {
            from_units(self.last)
        }
    }

    /// The day's volume.
    pub(super) fn volume(&self) -> Decimal {
        Decimal::from(self.volume)
    }

    /// Price and size of a trade that somebody made at this moment.
    pub(super) fn print_at(&self, at: i64) -> Option<(Decimal, Decimal)> {
        (self.last_time == at && self.last_size > 0)
            .then(|| (from_units(self.last), Decimal::from(self.last_size)))
    }

    /// Whether it traded at this price or above since that moment, or is bid there.
    pub(super) fn has_risen_to(&self, price: Decimal, since: i64) -> bool {
        let traded = self.last_time > since && from_units(self.last) >= price;
        traded || (self.bid > 0 && from_units(self.bid) >= price)
    }

    /// Whether it traded at this price or below since that moment, or is offered there.
    pub(super) fn has_fallen_to(&self, price: Decimal, since: i64) -> bool {
        let traded = self.last_time > since && from_units(self.last) <= price;
        traded || (self.ask > 0 && from_units(self.ask) <= price)
    }

    /// The price at which an auction trades: the middle, on the tick.
    pub(super) fn auction_price(&self, profile: &Profile) -> Decimal {
        let tick = tick_at(&profile.ladder, self.middle);
        from_units(floor_to(self.middle, tick))
    }

    /// The own side of the market and the middle, for orders that follow them.
    pub(super) fn own_side(&self, side: Side) -> Decimal {
        from_units(match side {
            Side::Buy => self.bid,
            Side::Sell => self.ask,
        })
    }

    /// The previous day's close.
    pub(super) fn previous_close(&self) -> Decimal {
        from_units(self.previous_close)
    }

    pub(super) fn quote(&self, profile: &Profile) -> Quote {
        let sided = |value: i64| (profile.two_sided && value > 0).then(|| from_units(value));
        let sized = |value: i64| profile.two_sided.then(|| Decimal::from(value));
        // Pairs have no tape: no last, no volume.
        let printed = profile.prints_volume || !profile.two_sided;
        let traded = |value: i64| printed.then(|| from_units(value));
        Quote {
            con_id: self.con_id,
            bid: sided(self.bid),
            bid_size: sized(self.bid_size),
            ask: sided(self.ask),
            ask_size: sized(self.ask_size),
            last: traded(self.last),
            last_size: profile.prints_volume.then(|| Decimal::from(self.last_size)),
            open: traded(self.open),
            high: Some(from_units(self.high)),
            low: Some(from_units(self.low)),
            prev_close: Some(from_units(self.previous_close)),
            volume: profile.prints_volume.then(|| Decimal::from(self.volume)),
            last_time: printed.then_some(self.last_time),
        }
    }
}

/// A market as it is shown at one moment; prices in millionths. A bid of 0 is none.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shown {
    pub(super) con_id: ConId,
    pub(super) bid: i64,
    pub(super) ask: i64,
    pub(super) bid_size: i64,
    pub(super) ask_size: i64,
    pub(super) last: i64,
    pub(super) last_size: i64,
    pub(super) last_time: i64,
    pub(super) open: i64,
    pub(super) high: i64,
    pub(super) low: i64,
    pub(super) previous_close: i64,
    pub(super) volume: i64,
}

/// A market's prices as plain numbers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot {
    pub(super) middle: f64,
    pub(super) last: f64,
    /// Unix ms.
    pub(super) last_time: i64,
    pub(super) open: f64,
    pub(super) high: f64,
    pub(super) low: f64,
    pub(super) previous_close: f64,
}

/// A leading market as its followers see it, in millionths.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lead {
    middle: i64,
    previous_close: i64,
    base: i64,
}

/// `base` moved in the proportion in which `to` stands to `from`.
fn scaled(base: i64, to: i64, from: i64) -> i64 {
    let moved = i128::from(base) * i128::from(to) / i128::from(from.max(1));
    i64::try_from(moved).unwrap_or(base)
}

fn displayed(profile: &Profile, draw: u32) -> i64 {
    // A quarter to two and a quarter times the typical size.
    let raw = profile.size * (32 + i64::from(draw)) / 128;
    (raw / profile.size_step).max(1) * profile.size_step
}

fn noise(random: &mut Pcg32) -> i64 {
    let bits = random.next_u64();
    (0..4)
        .map(|quarter| i64::try_from((bits >> (quarter * 16)) & 0xffff).unwrap_or(0))
        .sum::<i64>()
        - 2 * 65_535
}

/// The tick at this price.
pub(super) fn tick_at(ladder: &[(i64, i64)], price: i64) -> i64 {
    ladder
        .iter()
        .rev()
        .find(|(low_edge, _)| price >= *low_edge)
        .map_or(10_000, |(_, increment)| *increment)
}

fn floor_to(price: i64, tick: i64) -> i64 {
    price.div_euclid(tick) * tick
}

/// A price in millionths; `None` when it has finer digits or is out of range.
pub(super) fn to_units(price: Decimal) -> Option<i64> {
    let scaled = price.checked_mul(Decimal::from(1_000_000))?;
    (scaled.fract().is_zero())
        .then(|| scaled.to_i64())
        .flatten()
}

fn from_units(units: i64) -> Decimal {
    Decimal::new(units, SCALE).normalize()
}
