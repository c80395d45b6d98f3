//! reqHistoricalData: bars of the past, as many as were asked for.

use crate::messages::{BarsRequest, DataReply};
use crate::world::{ConId, SecType, days_before};

use super::figure::Figure;
use super::growing::Growing;
use super::series::{self, Series};
use super::survey;
use super::times::{self, DAY, Reach, Size};
use super::{instrument, reply};
use crate::history::Show;
use crate::server::gateway::Gateway;
use crate::server::pacing;

/// More bars than this are refused at once.
const MAX_BARS: i64 = 40_000;
/// Requests that are kept up to date, of all clients together.
const MAX_OPEN: usize = 50;
const NO_DATA: &str = "Historical Market Data Service error message:HMDS query returned no data";
const TOO_LONG: &str = "Historical Market Data Service error message:Time length exceed max.";
const TOO_MANY: &str = "Error processing request.-'bW' : cause - Only 50 simultaneous API historical data requests allowed.";
const BAD_END: &str = "End Date/Time: The date, time, or time-zone entered is invalid. The correct format is yyyymmdd hh:mm:ss xx/xxxx where yyyymmdd and xx/xxxx are optional.";

/// A code and its words.
pub type Refusal = (i32, String);

/// What a request that makes no sense is answered with.
pub fn refused(reason: &str) -> Refusal {
    (
        321,
        format!("Error validating request.-'bI' : cause - {reason}"),
    )
}

/// Answers one request.
pub fn request(gateway: &mut Gateway, id: u64, request: &BarsRequest) {
    let Some(con_id) = instrument(gateway, id, request.req_id, &request.contract) else {
        return;
    };
    if let Err((code, text)) = answer(gateway, id, con_id, request) {
        gateway.error(id, request.req_id, code, text);
    }
}

fn answer(
    gateway: &mut Gateway,
    id: u64,
    con_id: ConId,
    request: &BarsRequest,
) -> Result<(), Refusal> {
    let Some(version) = gateway.sessions.get(&id).map(|session| session.version) else {
        return Ok(());
    };
    let size = size(request)?;
    let end = end(gateway, con_id, request)?;
    let from = beginning(gateway, con_id, request, end)?;
    if matches!(size, Size::Within(..=30_000)) {
        pacing::history(gateway, con_id, request)?;
    }
    if request.what_to_show == "SCHEDULE" {
        survey::schedule(gateway, id, request, con_id, from, end);
        return Ok(());
    }
    let shown = shown(gateway, con_id, &request.what_to_show)?;
    if request.keep_up_to_date {
        may_stay_open(gateway, id, request, shown)?;
    }
    if let Size::Within(length) = size {
        let open = series::open_time(gateway, con_id, from, end);
        let bars: i64 = open
            .iter()
            .map(|one| (one.closes.min(end) - one.opens.max(from)) / length)
            .sum();
        if bars > MAX_BARS {
            return Err((162, TOO_LONG.to_owned()));
        }
    }
    let series = Series {
        con_id,
        size,
        show: match shown {
            Shown::Prices(show) => show,
            Shown::Figure(_) => Show::Trades,
        },
        format_date: request.format_date,
        version,
    };
    let places = series::places(gateway, con_id, size, from, end);
    let bars = match shown {
        Shown::Prices(_) => series.made(gateway, &places),
        Shown::Figure(figure) => figure.bars(gateway, series, &places),
    };
    let Some(last) = bars.last().cloned() else {
        return Err((162, NO_DATA.to_owned()));
    };
    let req_id = request.req_id;
    let zone = series::zone(gateway, con_id);
    let start = zone.intraday(from, 1, version);
    let end = zone.intraday(end, 1, version);
    let whole = DataReply::Bars {
        req_id,
        start: start.clone(),
        end: end.clone(),
        bars,
    };
    reply(gateway, id, whole);
    if version.number() >= 196 {
        reply(gateway, id, DataReply::BarsEnd { req_id, start, end });
    }
    if request.keep_up_to_date {
        let growing = Growing::after(gateway, series, last);
        if let Some(session) = gateway.sessions.get_mut(&id) {
            session.data.bars.insert(req_id, growing);
        }
    }
    Ok(())
}

/// Whether one more request may be kept up to date.
fn may_stay_open(
    gateway: &Gateway,
    id: u64,
    request: &BarsRequest,
    shown: Shown,
) -> Result<(), Refusal> {
    if matches!(shown, Shown::Figure(_)) {
        let what = &request.what_to_show;
        return Err(refused(&format!("{what} not supported with keepUpToDate")));
    }
    let open = gateway
        .sessions
        .iter()
        .flat_map(|(session, one)| one.data.bars.keys().map(move |req_id| (*session, *req_id)))
        .filter(|one| *one != (id, request.req_id))
        .count();
    if gateway.pacing.strict && open >= MAX_OPEN {
        return Err((322, TOO_MANY.to_owned()));
    }
    Ok(())
}

fn size(request: &BarsRequest) -> Result<Size, Refusal> {
    let size = Size::parse(&request.bar_size).ok_or_else(|| {
        refused(&format!(
            "Historical data bar size setting is invalid. Legal ones are: {}",
            times::LEGAL
        ))
    })?;
    if request.keep_up_to_date && size < Size::Within(5_000) {
        return Err(refused("Bar size not supported with keepUpToDate"));
    }
    Ok(size)
}

/// The last open moment up to the end that was asked for.
fn end(gateway: &Gateway, con_id: ConId, request: &BarsRequest) -> Result<i64, Refusal> {
    let now = gateway.world.now();
    let text = request.end.trim();
    if !text.is_empty() && (request.keep_up_to_date || request.what_to_show == "ADJUSTED_LAST") {
        return Err(refused("End Date not supported with this request"));
    }
    let asked = match text {
        "" => now,
        text => times::moment(text)
            .ok_or_else(|| (10314, BAD_END.to_owned()))?
            .min(now),
    };
    Ok(gateway.world.last_open(con_id, asked))
}

/// Where a request that ends at `end` begins.
fn beginning(
    gateway: &Gateway,
    con_id: ConId,
    request: &BarsRequest,
    end: i64,
) -> Result<i64, Refusal> {
    let duration = &request.duration;
    let reach = Reach::parse(duration)
        .ok_or_else(|| refused(&format!("Invalid historical duration '{duration}'")))?;
    Ok(match reach {
        Reach::Seconds(count) => end - count * 1_000,
        Reach::Days(count) => days_before(end - 1, count - 1),
        Reach::Sessions(count) => {
            // Half as many days again are enough for weekends, and some for holidays.
            let days = i64::try_from(count).unwrap_or(i64::MAX / DAY / 4);
            let earliest = series::earliest(gateway, con_id);
            let from = (end - (days * 3 / 2 + 12) * DAY).max(earliest);
            let open = gateway.world.sessions(con_id, from, end, false);
            let dates: Vec<_> = open.chunk_by(|one, next| one.date == next.date).collect();
            dates
                .get(dates.len().saturating_sub(count))
                .and_then(|day| day.first())
                .map_or(from, |one| one.opens)
        }
    })
}

/// What bars are made of.
#[derive(Clone, Copy, Debug)]
pub enum Shown {
    Prices(Show),
    Figure(Figure),
}

/// What is to be shown, or the words with which a gateway says that there is no such thing.
pub fn shown(gateway: &Gateway, con_id: ConId, what: &str) -> Result<Shown, Refusal> {
    if let Some(figure) = Figure::parse(what) {
        return if figure.is_told(&gateway.world, con_id) {
            Ok(Shown::Figure(figure))
        } else {
            Err((162, NO_DATA.to_owned()))
        };
    }
    let kind = gateway.world.by_con_id(con_id).map(|one| one.sec_type);
    let quoted = gateway
        .world
        .quote(con_id)
        .is_some_and(|quote| quote.bid.is_some());
    match (Show::parse(what), kind) {
        (Some(Show::Trades), Some(SecType::Cash)) | (None, Some(_)) if known(what) => {
            Err((162, NO_DATA.to_owned()))
        }
        (Some(show), Some(_)) if show == Show::Trades || quoted => Ok(Shown::Prices(show)),
        (Some(_), _) => Err((162, NO_DATA.to_owned())),
        (None, _) => Err(refused("Historical data request has invalid whatToShow")),
    }
}

fn known(what: &str) -> bool {
    matches!(
        what,
        "TRADES"
            | "ADJUSTED_LAST"
            | "REBATE_RATE"
            | "YIELD_BID"
            | "YIELD_ASK"
            | "YIELD_BID_ASK"
            | "YIELD_LAST"
            | "AGGTRADES"
    )
}
