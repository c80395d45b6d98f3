//! Bars made of the past and the tape, in the hours in which the market was open.

use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

use super::slots::{self, Slot};
use super::times::{self, DAY, Size, Zone};
use crate::history::{History, Ladder, Show};
use crate::messages::Bar;
use crate::server::gateway::Gateway;
use crate::wire::Version;
use crate::world::{ConId, Quote, Session, World, day_start, days_before};

/// The past begins this many days before the world.
const PAST_DAYS: i64 = 3_650;
/// Options were not there for longer.
const OPTION_DAYS: i64 = 100;

/// How bars are made and written.
#[derive(Clone, Copy, Debug)]
pub struct Series {
    pub con_id: ConId,
    pub size: Size,
    pub show: Show,
    pub format_date: i32,
    pub version: Version,
}

/// The zone that an instrument's times are told in.
pub fn zone(gateway: &Gateway, con_id: ConId) -> Zone {
    let instrument = gateway.world.by_con_id(con_id);
    Zone::named(instrument.map_or("UTC", |one| one.time_zone))
}

/// When the instrument's past begins, unix ms.
pub fn earliest(gateway: &Gateway, con_id: ConId) -> i64 {
    let instrument = gateway.world.by_con_id(con_id);
    let days = match instrument.and_then(|one| one.option.as_ref()) {
        Some(_) => OPTION_DAYS,
        None => PAST_DAYS,
    };
    days_before(gateway.begun, days)
}

/// The stretches between two moments in which there were prices.
pub fn open_time(gateway: &Gateway, con_id: ConId, from: i64, end: i64) -> Vec<Session> {
    let from = from.max(earliest(gateway, con_id));
    if from >= end {
        return Vec::new();
    }
    gateway.world.sessions(con_id, from, end, false)
}

/// The places of all bars between two moments. Days, weeks and months are whole; a bar within a
/// day that begins before `from` is left out.
pub fn places(gateway: &Gateway, con_id: ConId, size: Size, from: i64, end: i64) -> Vec<Slot> {
    let earlier = match size {
        Size::Within(_) => 0,
        Size::Day => DAY,
        Size::Week => 7 * DAY,
        Size::Month => 31 * DAY,
    };
    let sessions = open_time(gateway, con_id, from - earlier, end);
    let first = sessions.iter().find(|one| one.closes > from);
    let Some(first) = first.map(|one| slots::period(one.date, size)) else {
        return Vec::new();
    };
    let within = matches!(size, Size::Within(_));
    slots::of(&sessions, size)
        .into_iter()
        .filter(|slot| !within || slot.start() >= from)
        .filter(|slot| slots::period(slot.date, size) >= first)
        .filter_map(|slot| slot.until(end))
        .collect()
}

impl Series {
    /// The bars at these places, the oldest first.
    pub fn made(self, gateway: &mut Gateway, places: &[Slot]) -> Vec<Bar> {
        let Gateway { history, world, .. } = gateway;
        let Some(prices) = Prices::of(world, self.con_id, self.show) else {
            return Vec::new();
        };
        let printed = prices.quote.volume.is_some() && self.show == Show::Trades;
        let zone = Zone::named(prices.zone);
        places
            .iter()
            .filter_map(|slot| {
                let (shaped, volume) = prices.at(history, slot, self.size)?;
                Some(self.bar(&zone, slot, shaped, printed.then_some(volume)))
            })
            .collect()
    }

    /// The bar at a place; without a volume where nothing was traded to make it.
    pub fn bar(
        self,
        zone: &Zone,
        slot: &Slot,
        [open, high, low, close]: [Decimal; 4],
        volume: Option<Decimal>,
    ) -> Bar {
        let date = match self.size {
            Size::Within(_) => zone.intraday(slot.start(), self.format_date, self.version),
            _ => times::date(slot.date),
        };
        let wap = ((open + high + low + close) / Decimal::from(4)).round_dp(6);
        let minus = Decimal::NEGATIVE_ONE;
        Bar {
            date,
            open,
            high,
            low,
            close,
            volume: volume.unwrap_or(minus),
            wap: volume.map_or(minus, |_| wap.normalize()),
            count: volume.map_or(-1, trades),
        }
    }
}

/// The prices of one instrument's bars, as a client is told them.
pub struct Prices<'a> {
    world: &'a World,
    con_id: ConId,
    show: Show,
    quote: Quote,
    last_open: i64,
    ladder: Ladder<'a>,
    zone: &'static str,
}

impl<'a> Prices<'a> {
    /// Of what the instrument's bars show; `None` where it has no quote.
    pub fn of(world: &'a World, con_id: ConId, show: Show) -> Option<Self> {
        Some(Self {
            quote: world.quote(con_id)?,
            last_open: world.last_open(con_id, world.now()),
            ladder: Ladder::of(world, con_id),
            zone: world.by_con_id(con_id).map_or("UTC", |one| one.time_zone),
            world,
            con_id,
            show,
        })
    }

    /// Open, high, low, close and volume of the bar at this place.
    pub fn at(
        &self,
        history: &mut History,
        slot: &Slot,
        size: Size,
    ) -> Option<([Decimal; 4], Decimal)> {
        let mut parts = slot.parts.iter();
        let (from, to) = parts.next()?;
        let mut raw = history.bar(self.world, self.con_id, *from, *to)?;
        for (from, to) in parts {
            raw = raw.followed_by(history.bar(self.world, self.con_id, *from, *to)?);
        }
        let mut prices = self.ladder.shaped(&raw, self.show);
        let mut volume = Decimal::from_f64(raw.volume).unwrap_or_default();
        if slot.stop() >= self.last_open {
            joined(&mut prices, &self.quote, self.show);
            if size == Size::Day && slot.start() >= day_start(self.last_open) {
                the_day(&mut prices, &mut volume, &self.quote, self.show);
            }
        }
        Some((prices, volume))
    }
}

/// Lets the last bar end at the quote.
fn joined(prices: &mut [Decimal; 4], quote: &Quote, show: Show) {
    let present = match show {
        Show::Trades => quote.last,
        Show::Bid => quote.bid,
        Show::Ask => quote.ask,
        Show::MidPoint => quote
            .bid
            .zip(quote.ask)
            .map(|(bid, ask)| ((bid + ask) / Decimal::TWO).normalize()),
        // Averages.
        Show::BidAsk => None,
    };
    if let Some(present) = present {
        let [_, high, low, close] = prices;
        *close = present;
        *high = (*high).max(present);
        *low = (*low).min(present);
    }
}

/// Today, exactly as the quote says it. After midnight its record is empty until it trades again.
fn the_day(prices: &mut [Decimal; 4], volume: &mut Decimal, quote: &Quote, show: Show) {
    if show != Show::Trades || quote.high == quote.low {
        return;
    }
    let [open, high, low, _] = prices;
    *open = quote.open.unwrap_or(*open);
    *high = quote.high.unwrap_or(*high);
    *low = quote.low.unwrap_or(*low);
    *volume = quote.volume.unwrap_or(*volume);
}

/// About how many trades make this volume.
pub fn trades(volume: Decimal) -> i32 {
    use rust_decimal::prelude::ToPrimitive;
    let count = (volume / Decimal::from(150)).ceil();
    count.to_i32().unwrap_or(i32::MAX)
}
