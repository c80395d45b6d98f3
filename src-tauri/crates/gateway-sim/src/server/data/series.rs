//! Bars made of the past and the tape, in the hours in which the market was open.

use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

use super::slots::{self, Slot};
use super::times::{self, DAY, Size};
use crate::history::{Ladder, RawBar, Show};
use crate::messages::Bar;
use crate::server::gateway::Gateway;
use crate::wire::Version;
use crate::world::{ConId, Quote, Session, day_start};

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

/// The name of the zone that an instrument's times are told in.
pub fn zone(gateway: &Gateway, con_id: ConId) -> String {
    let instrument = gateway.world.by_con_id(con_id);
    instrument.map_or_else(|| "UTC".to_owned(), |one| one.time_zone.to_owned())
}

/// When the instrument's past begins, unix ms.
pub fn earliest(gateway: &Gateway, con_id: ConId) -> i64 {
    let instrument = gateway.world.by_con_id(con_id);
    let days = match instrument.and_then(|one| one.option.as_ref()) {
        Some(_) => OPTION_DAYS,
        None => PAST_DAYS,
    };
    day_start(gateway.begun) - days * DAY
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
    /// The bars between two moments, the oldest first.
    pub fn made(self, gateway: &mut Gateway, from: i64, end: i64) -> Vec<Bar> {
        places(gateway, self.con_id, self.size, from, end)
            .iter()
            .filter_map(|slot| self.bar(gateway, slot))
            .collect()
    }

    /// The bar at this place.
    pub fn bar(self, gateway: &mut Gateway, slot: &Slot) -> Option<Bar> {
        let Self { con_id, show, .. } = self;
        let mut raw: Option<RawBar> = None;
        for (from, to) in &slot.parts {
            let part = gateway.history.bar(&gateway.world, con_id, *from, *to)?;
            raw = Some(raw.map_or(part, |before| before.followed_by(part)));
        }
        let raw = raw?;
        let quote = gateway.world.quote(con_id)?;
        let ladder = Ladder::of(&gateway.world, con_id);
        let mut prices = ladder.shaped(&raw, show);
        let mut volume = Decimal::from_f64(raw.volume).unwrap_or_default();
        let last_open = gateway.world.last_open(con_id, gateway.world.now());
        if slot.stop() >= last_open {
            joined(&mut prices, &quote, show);
            if self.size == Size::Day && slot.start() >= day_start(last_open) {
                the_day(&mut prices, &mut volume, &quote, show);
            }
        }
        Some(self.written(gateway, slot, prices, volume, &quote))
    }

    fn written(
        self,
        gateway: &Gateway,
        slot: &Slot,
        [open, high, low, close]: [Decimal; 4],
        volume: Decimal,
        quote: &Quote,
    ) -> Bar {
        let date = match self.size {
            Size::Within(_) => {
                let zone = zone(gateway, self.con_id);
                times::intraday(slot.start(), self.format_date, &zone, self.version)
            }
            _ => times::date(slot.date),
        };
        let printed = quote.volume.is_some() && self.show == Show::Trades;
        let wap = ((open + high + low + close) / Decimal::from(4)).round_dp(6);
        let minus = Decimal::NEGATIVE_ONE;
        Bar {
            date,
            open,
            high,
            low,
            close,
            volume: if printed { volume } else { minus },
            wap: if printed { wap.normalize() } else { minus },
            count: if printed { trades(volume) } else { -1 },
        }
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
fn trades(volume: Decimal) -> i32 {
    use rust_decimal::prelude::ToPrimitive;
    let count = (volume / Decimal::from(150)).ceil();
    count.to_i32().unwrap_or(i32::MAX)
}
