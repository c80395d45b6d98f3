//! Historical bars, bars that grow, five-second bars, head timestamps, histograms, schedules.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

use crate::messages::{Bar, BarsRequest, Contract, DataReply, Reply, ReqId};
use crate::wire::Version;
use crate::world::{ConId, SecType};

use super::times::{self, DAY, Size};
use super::{instrument, reply};
use crate::history::{Ladder, Show};
use crate::server::gateway::Gateway;
use crate::server::pacing;

/// More bars than this are refused at once.
const MAX_BARS: i64 = 40_000;
/// The past ends this many days before the world.
const PAST_DAYS: i64 = 3_650;
const NO_DATA: &str = "Historical Market Data Service error message:HMDS query returned no data";

/// A request that is kept up to date.
#[derive(Debug)]
pub struct Growing {
    con_id: ConId,
    series: Series,
    /// The bar that was sent last.
    sent: Option<Bar>,
    next: i64,
}

/// A subscription to five-second bars.
#[derive(Debug)]
pub struct RealTime {
    con_id: ConId,
    show: Show,
    next: i64,
}

/// How bars are made and written.
#[derive(Clone, Copy, Debug)]
struct Series {
    size: Size,
    show: Show,
    format_date: i32,
}

fn refused(reason: &str) -> (i32, String) {
    (
        321,
        format!("Error validating request.-'bI' : cause - {reason}"),
    )
}

/// reqHistoricalData.
pub fn request(gateway: &mut Gateway, id: u64, request: &BarsRequest) {
    if let Err((code, text)) = answer(gateway, id, request) {
        gateway.error(id, request.req_id, code, text);
    }
}

fn answer(gateway: &mut Gateway, id: u64, request: &BarsRequest) -> Result<(), (i32, String)> {
    let req_id = request.req_id;
    let Some(con_id) = instrument(gateway, id, req_id, &request.contract) else {
        return Ok(());
    };
    let Some(version) = gateway.sessions.get(&id).map(|session| session.version) else {
        return Ok(());
    };
    let size = Size::parse(&request.bar_size).ok_or_else(|| {
        refused(&format!(
            "Historical data bar size setting is invalid. Legal ones are: {}",
            times::LEGAL
        ))
    })?;
    let now = gateway.world.now();
    let end = match request.end.trim() {
        "" => now,
        text => times::moment(text)
            .ok_or_else(|| {
                let text = "End Date/Time: The date, time, or time-zone entered is invalid. The correct format is yyyymmdd hh:mm:ss xx/xxxx where yyyymmdd and xx/xxxx are optional.";
                (10314, text.to_owned())
            })?
            .min(now),
    };
    if !request.end.trim().is_empty()
        && (request.keep_up_to_date || request.what_to_show == "ADJUSTED_LAST")
    {
        return Err(refused("End Date not supported with this request"));
    }
    if request.keep_up_to_date && size < Size::Within(5_000) {
        return Err(refused("Bar size not supported with keepUpToDate"));
    }
    let from = times::beginning(&request.duration, end).ok_or_else(|| {
        refused(&format!(
            "Invalid historical duration '{}'",
            request.duration
        ))
    })?;
    if matches!(size, Size::Within(..=30_000)) {
        pacing::history(gateway, con_id, request)?;
    }
    if request.what_to_show == "SCHEDULE" {
        schedule(gateway, id, req_id, con_id, from, end);
        return Ok(());
    }
    let show = shown(gateway, con_id, &request.what_to_show)?;
    if let Size::Within(ms) = size
        && (end - from) / ms > MAX_BARS
    {
        let text = "Historical Market Data Service error message:Time length exceed max.";
        return Err((162, text.to_owned()));
    }
    let series = Series {
        size,
        show,
        format_date: request.format_date,
    };
    let bars = made(gateway, con_id, series, version, from, end);
    if bars.is_empty() {
        return Err((162, NO_DATA.to_owned()));
    }
    let zone = zone(gateway, con_id);
    let start = times::intraday(from, 1, &zone, version);
    let until = times::intraday(end, 1, &zone, version);
    let last = bars.last().cloned();
    let sent = DataReply::Bars {
        req_id,
        start: start.clone(),
        end: until.clone(),
        bars,
    };
    reply(gateway, id, sent);
    if version.number() >= 196 {
        let end = DataReply::BarsEnd {
            req_id,
            start,
            end: until,
        };
        reply(gateway, id, end);
    }
    if request.keep_up_to_date
        && let Some(session) = gateway.sessions.get_mut(&id)
    {
        let growing = Growing {
            con_id,
            series,
            sent: last,
            next: now + 1_000,
        };
        session.data.bars.insert(req_id, growing);
    }
    Ok(())
}

/// What is to be shown, or the words with which a gateway says that there is no such thing.
fn shown(gateway: &Gateway, con_id: ConId, what: &str) -> Result<Show, (i32, String)> {
    let kind = gateway.world.by_con_id(con_id).map(|one| one.sec_type);
    let quoted = gateway
        .world
        .quote(con_id)
        .is_some_and(|quote| quote.bid.is_some());
    match (Show::parse(what), kind) {
        (Some(Show::Trades), Some(SecType::Cash)) | (None, Some(_)) if known(what) => {
            Err((162, NO_DATA.to_owned()))
        }
        (Some(show), Some(_)) if show == Show::Trades || quoted => Ok(show),
        (Some(_), _) => Err((162, NO_DATA.to_owned())),
        (None, _) => Err(refused("Historical data request has invalid whatToShow")),
    }
}

fn known(what: &str) -> bool {
    matches!(
        what,
        "TRADES"
            | "ADJUSTED_LAST"
            | "HISTORICAL_VOLATILITY"
            | "OPTION_IMPLIED_VOLATILITY"
            | "FEE_RATE"
            | "REBATE_RATE"
            | "YIELD_BID"
            | "YIELD_ASK"
            | "YIELD_BID_ASK"
            | "YIELD_LAST"
            | "AGGTRADES"
    )
}

fn zone(gateway: &Gateway, con_id: ConId) -> String {
    let instrument = gateway.world.by_con_id(con_id);
    instrument.map_or_else(|| "UTC".to_owned(), |one| one.time_zone.to_owned())
}

fn earliest(gateway: &Gateway) -> i64 {
    times::day_start(gateway.begun) - PAST_DAYS * DAY
}

fn made(
    gateway: &mut Gateway,
    con_id: ConId,
    series: Series,
    version: Version,
    from: i64,
    end: i64,
) -> Vec<Bar> {
    let mut bars = Vec::new();
    let mut at = from.max(earliest(gateway));
    while at < end {
        let (start, stop) = times::span(series.size, at);
        // Requests in seconds may begin within a bar, which is then left out.
        let whole = start >= from || !matches!(series.size, Size::Within(_));
        if whole && let Some(bar) = one(gateway, con_id, series, version, start, stop.min(end)) {
            bars.push(bar);
        }
        at = stop;
    }
    bars
}

/// The bar from `start` to `stop`.
fn one(
    gateway: &mut Gateway,
    con_id: ConId,
    series: Series,
    version: Version,
    start: i64,
    stop: i64,
) -> Option<Bar> {
    let raw = gateway.history.bar(&gateway.world, con_id, start, stop)?;
    let ladder = Ladder::of(&gateway.world, con_id);
    let [mut open, mut high, mut low, mut close] = ladder.shaped(&raw, series.show);
    let quote = gateway.world.quote(con_id)?;
    let printed = quote.volume.is_some() && series.show == Show::Trades;
    let mut volume = Decimal::from_f64(raw.volume).unwrap_or_default();
    let now = gateway.world.now();
    if series.show == Show::Trades && stop >= now {
        close = quote.last.unwrap_or(close);
        high = high.max(close);
        low = low.min(close);
        if series.size == Size::Day {
            // Today, exactly as the quote says it.
            open = quote.open.unwrap_or(open);
            high = quote.high.unwrap_or(high);
            low = quote.low.unwrap_or(low);
            volume = quote.volume.unwrap_or(volume);
        }
    }
    let date = match series.size {
        Size::Within(_) => {
            let zone = zone(gateway, con_id);
            times::intraday(start, series.format_date, &zone, version)
        }
        _ => times::date(times::day_start(stop - 1)),
    };
    let wap = ((open + high + low + close) / Decimal::from(4)).round_dp(6);
    let minus = Decimal::NEGATIVE_ONE;
    Some(Bar {
        date,
        open,
        high,
        low,
        close,
        volume: if printed { volume } else { minus },
        wap: if printed { wap.normalize() } else { minus },
        count: if printed { trades(raw.volume) } else { -1 },
    })
}

/// About how many trades make this volume.
fn trades(volume: f64) -> i32 {
    // Saturates, far beyond any day.
    (volume / 150.0).ceil() as i32
}

/// Sends bars that grew and five-second bars that are complete.
pub fn send(gateway: &mut Gateway) {
    let now = gateway.world.now();
    let ids: Vec<u64> = gateway.sessions.keys().copied().collect();
    for id in ids {
        let Some(session) = gateway.sessions.get_mut(&id) else {
            continue;
        };
        if session.data.bars.is_empty() && session.data.real_time.is_empty()
            || !session.has_room_for_quotes()
        {
            continue;
        }
        let version = session.version;
        let mut growing = std::mem::take(&mut session.data.bars);
        let mut real_time = std::mem::take(&mut session.data.real_time);
        for (req_id, line) in &mut growing {
            if now >= line.next {
                line.next = now + 1_000;
                grow(gateway, id, *req_id, line, version);
            }
        }
        for (req_id, line) in &mut real_time {
            while line.next + 5_000 <= now {
                five_seconds(gateway, id, *req_id, line, version);
            }
        }
        if let Some(session) = gateway.sessions.get_mut(&id) {
            session.data.bars = growing;
            session.data.real_time = real_time;
        }
    }
}

fn grow(gateway: &mut Gateway, id: u64, req_id: ReqId, line: &mut Growing, version: Version) {
    let now = gateway.world.now();
    let (start, stop) = times::span(line.series.size, now);
    let bar = one(
        gateway,
        line.con_id,
        line.series,
        version,
        start,
        stop.min(now.max(start + 1)),
    );
    let Some(bar) = bar.filter(|bar| line.sent.as_ref() != Some(bar)) else {
        return;
    };
    line.sent = Some(bar.clone());
    reply(gateway, id, DataReply::BarUpdate { req_id, bar });
}

fn five_seconds(
    gateway: &mut Gateway,
    id: u64,
    req_id: ReqId,
    line: &mut RealTime,
    version: Version,
) {
    let series = Series {
        size: Size::Within(5_000),
        show: line.show,
        format_date: 2,
    };
    let start = line.next;
    line.next += 5_000;
    if let Some(bar) = one(gateway, line.con_id, series, version, start, start + 5_000) {
        let bar = DataReply::RealTimeBar {
            req_id,
            seconds: start / 1_000,
            bar,
        };
        reply(gateway, id, bar);
    }
}

/// reqRealTimeBars.
pub fn real_time(gateway: &mut Gateway, id: u64, req_id: ReqId, contract: &Contract, what: &str) {
    let Some(con_id) = instrument(gateway, id, req_id, contract) else {
        return;
    };
    match shown(gateway, con_id, what) {
        Err(_) => gateway.error(
            id,
            req_id,
            420,
            "Invalid Real-time Query:No market data permissions for this request",
        ),
        Ok(show) => {
            let next = (gateway.world.now() / 5_000 + 1) * 5_000;
            let line = RealTime { con_id, show, next };
            if let Some(session) = gateway.sessions.get_mut(&id) {
                session.data.real_time.insert(req_id, line);
            }
        }
    }
}

/// reqHeadTimeStamp.
pub fn head(
    gateway: &mut Gateway,
    id: u64,
    req_id: ReqId,
    contract: &Contract,
    what: &str,
    format_date: i32,
) {
    let Some(con_id) = instrument(gateway, id, req_id, contract) else {
        return;
    };
    if let Err((code, text)) = shown(gateway, con_id, what) {
        return gateway.error(id, req_id, code, text);
    }
    let first = earliest(gateway);
    let time = if format_date == 2 {
        first.div_euclid(1_000).to_string()
    } else {
        times::dashed(first)
    };
    reply(gateway, id, DataReply::HeadTimestamp { req_id, time });
}

/// reqHistogramData: how much was traded at each price.
pub fn histogram(gateway: &mut Gateway, id: u64, req_id: ReqId, contract: &Contract, period: &str) {
    let Some(con_id) = instrument(gateway, id, req_id, contract) else {
        return;
    };
    let now = gateway.world.now();
    let Some(from) = period_start(period, now) else {
        let (code, text) = refused("Invalid time period");
        return gateway.error(id, req_id, code, text);
    };
    let ladder = Ladder::of(&gateway.world, con_id);
    let step = ((now - from) / 500).clamp(60_000, DAY) / 60_000 * 60_000;
    let mut sizes = BTreeMap::<Decimal, Decimal>::new();
    let mut at = from / step * step;
    while at < now {
        let stop = (at + step).min(now);
        if let Some(bar) = gateway.history.bar(&gateway.world, con_id, at, stop) {
            let price = ladder.floor(bar.trades[3]);
            let size = Decimal::from_f64(bar.volume.max(1.0).floor()).unwrap_or_default();
            *sizes.entry(price).or_default() += size;
        }
        at = stop;
    }
    let entries = sizes.into_iter().collect();
    reply(gateway, id, DataReply::Histogram { req_id, entries });
}

/// `3 days`, `1 week`.
fn period_start(period: &str, now: i64) -> Option<i64> {
    let (count, unit) = period.trim().split_once(' ')?;
    let count: i64 = count
        .parse()
        .ok()
        .filter(|count| (1..=1_000).contains(count))?;
    let unit = match unit.trim_end_matches('s') {
        "sec" | "second" | "S" => 1_000,
        "min" | "minute" => 60_000,
        "hour" => 3_600_000,
        "day" | "D" => DAY,
        "week" | "W" => 7 * DAY,
        "month" | "M" => 30 * DAY,
        "year" | "Y" => 365 * DAY,
        _ => return None,
    };
    Some(now - (count * unit).min(PAST_DAYS * DAY))
}

fn schedule(gateway: &mut Gateway, id: u64, req_id: ReqId, con_id: ConId, from: i64, end: i64) {
    let mut sessions = Vec::new();
    let mut day = times::day_start(from);
    while day < end {
        sessions.push((
            times::dashed(day),
            times::dashed(day + DAY),
            times::date(day),
        ));
        day += DAY;
    }
    let schedule = DataReply::Schedule {
        req_id,
        start: times::dashed(times::day_start(from)),
        end: times::dashed(day),
        time_zone: zone(gateway, con_id),
        sessions,
    };
    gateway.send(id, &Reply::Data(schedule));
}
