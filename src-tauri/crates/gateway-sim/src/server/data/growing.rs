//! Bars that are kept up to date, and bars of five seconds.

use crate::history::Show;
use crate::messages::{Bar, Contract, DataReply, ReqId};
use crate::server::gateway::Gateway;
use crate::wire::Version;
use crate::world::ConId;

use super::bars::{Shown, shown};
use super::series::{self, Series};
use super::slots::Slot;
use super::times::Size;
use super::{instrument, reply};

const SECOND: i64 = 1_000;
const FIVE: i64 = 5 * SECOND;
/// After a longer gap than this five-second bars go on from here.
const MAX_CATCH_UP: i64 = 60 * SECOND;

/// A request that is kept up to date.
#[derive(Debug)]
pub struct Growing {
    series: Series,
    /// The bar that was sent last.
    sent: Bar,
    /// When it began, unix ms.
    since: i64,
    next: i64,
}

impl Growing {
    /// Grows on from the bar that was sent last.
    pub fn after(gateway: &Gateway, series: Series, sent: Bar) -> Self {
        let now = gateway.world.now();
        let since = series::places(gateway, series.con_id, series.size, now - 1, now + 1);
        Self {
            series,
            sent,
            since: since.last().map_or(now, Slot::start),
            next: now + SECOND,
        }
    }

    /// What changed since: the bar that was sent last and those that have begun after it.
    fn news(&mut self, gateway: &mut Gateway) -> Vec<Bar> {
        let Series { con_id, size, .. } = self.series;
        let now = gateway.world.now();
        let places = series::places(gateway, con_id, size, self.since, now);
        let mut bars = self.series.made(gateway, &places);
        bars.retain(|bar| *bar != self.sent);
        self.since = places.last().map_or(self.since, Slot::start);
        self.sent = bars.last().unwrap_or(&self.sent).clone();
        bars
    }
}

/// A subscription to five-second bars.
#[derive(Debug)]
pub struct RealTime {
    series: Series,
    next: i64,
}

impl RealTime {
    fn news(&mut self, gateway: &mut Gateway) -> Vec<(i64, Bar)> {
        let now = gateway.world.now();
        self.next = self.next.max((now - MAX_CATCH_UP).div_euclid(FIVE) * FIVE);
        let con_id = self.series.con_id;
        let mut news = Vec::new();
        while self.next + FIVE <= now {
            let (from, to) = (self.next, self.next + FIVE);
            self.next = to;
            let places = series::places(gateway, con_id, self.series.size, from, to);
            let bars = self.series.made(gateway, &places);
            news.extend(bars.into_iter().map(|bar| (from / SECOND, bar)));
        }
        news
    }
}

/// reqRealTimeBars.
pub fn real_time(gateway: &mut Gateway, id: u64, req_id: ReqId, contract: &Contract, what: &str) {
    let Some(con_id) = instrument(gateway, id, req_id, contract) else {
        return;
    };
    let Ok(Shown::Prices(show)) = shown(gateway, con_id, what) else {
        let text = "Invalid Real-time Query:No market data permissions for this request";
        return gateway.error(id, req_id, 420, text);
    };
    let next = (gateway.world.now() / FIVE + 1) * FIVE;
    if let Some(session) = gateway.sessions.get_mut(&id) {
        let series = five_seconds(con_id, show, session.version);
        let line = RealTime { series, next };
        session.data.real_time.insert(req_id, line);
    }
}

fn five_seconds(con_id: ConId, show: Show, version: Version) -> Series {
    Series {
        con_id,
        size: Size::Within(FIVE),
        show,
        format_date: 2,
        version,
    }
}

/// Sends bars that grew and five-second bars that are complete.
pub fn send(gateway: &mut Gateway) {
    let now = gateway.world.now();
    let ids: Vec<u64> = gateway.sessions.keys().copied().collect();
    for id in ids {
        let Some(session) = gateway.sessions.get_mut(&id) else {
            continue;
        };
        let idle = session.data.bars.is_empty() && session.data.real_time.is_empty();
        if idle || !session.has_room_for_quotes() {
            continue;
        }
        let mut growing = std::mem::take(&mut session.data.bars);
        let mut real_time = std::mem::take(&mut session.data.real_time);
        for (req_id, line) in growing.iter_mut().filter(|(_, line)| now >= line.next) {
            line.next = now + SECOND;
            for bar in line.news(gateway) {
                let req_id = *req_id;
                reply(gateway, id, DataReply::BarUpdate { req_id, bar });
            }
        }
        for (req_id, line) in &mut real_time {
            for (seconds, bar) in line.news(gateway) {
                let bar = DataReply::RealTimeBar {
                    req_id: *req_id,
                    seconds,
                    bar,
                };
                reply(gateway, id, bar);
            }
        }
        if let Some(session) = gateway.sessions.get_mut(&id) {
            session.data.bars = growing;
            session.data.real_time = real_time;
        }
    }
}
