//! What there is of an instrument's history: its beginning, its prices by volume, its sessions.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

use super::bars::{refused, shown};
use super::series;
use super::times::{self, DAY};
use super::{instrument, reply};
use crate::history::Ladder;
use crate::messages::{BarsRequest, Contract, DataReply, ReqId};
use crate::server::gateway::Gateway;
use crate::world::ConId;

/// No histogram reaches further back.
const HISTOGRAM_DAYS: i64 = 3_650;

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
    let earliest = series::earliest(gateway, con_id);
    let first = series::open_time(gateway, con_id, earliest, earliest + 10 * DAY)
        .first()
        .map_or(earliest, |session| session.opens.max(earliest));
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
    let end = gateway.world.last_open(con_id, gateway.world.now());
    let Some(from) = period_start(period, end) else {
        let (code, text) = refused("Invalid time period");
        return gateway.error(id, req_id, code, text);
    };
    let step = ((end - from) / 500).clamp(60_000, DAY) / 60_000 * 60_000;
    let mut sizes = BTreeMap::<Decimal, Decimal>::new();
    let open = series::open_time(gateway, con_id, from, end);
    let Gateway { history, world, .. } = gateway;
    let ladder = Ladder::of(world, con_id);
    for session in open {
        let mut at = session.opens.max(from);
        let closes = session.closes.min(end);
        while at < closes {
            let stop = (at + step).min(closes);
            if let Some(bar) = history.bar(world, con_id, at, stop) {
                let size = Decimal::from_f64(bar.volume.max(1.0).floor()).unwrap_or_default();
                *sizes.entry(ladder.floor(bar.trades[3])).or_default() += size;
            }
            at = stop;
        }
    }
    let entries = sizes.into_iter().collect();
    reply(gateway, id, DataReply::Histogram { req_id, entries });
}

/// `3 days`, `1 week`.
fn period_start(period: &str, end: i64) -> Option<i64> {
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
    Some(end - (count * unit).min(HISTOGRAM_DAYS * DAY))
}

/// reqHistoricalData for `SCHEDULE`: the sessions themselves.
pub fn schedule(
    gateway: &mut Gateway,
    id: u64,
    request: &BarsRequest,
    con_id: ConId,
    from: i64,
    end: i64,
) {
    let zone = series::zone(gateway, con_id);
    let written = |at: i64| zone.dashed(at);
    let extended = !request.use_rth;
    let listed = gateway.world.sessions(con_id, from, end, extended);
    let sessions: Vec<_> = listed
        .chunk_by(|one, next| one.date == next.date)
        .filter_map(|day| {
            let (first, last) = (day.first()?, day.last()?);
            let (opens, closes) = (written(first.opens), written(last.closes));
            Some((opens, closes, times::date(first.date)))
        })
        .collect();
    let schedule = DataReply::Schedule {
        req_id: request.req_id,
        start: written(listed.first().map_or(from, |one| one.opens)),
        end: written(listed.last().map_or(end, |one| one.closes)),
        time_zone: zone.name.to_owned(),
        sessions,
    };
    reply(gateway, id, schedule);
}
