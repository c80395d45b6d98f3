//! Past ticks and the stream of present ones.

use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

use crate::messages::{Contract, DataReply, Reply, ReqId, TapeKind, TapeTick, TicksRequest};
use crate::world::{ConId, Quote, QuoteChange, Session};

use super::{instrument, reply, series, times};
use crate::history::Ladder;
use crate::server::gateway::Gateway;

/// How many streams one client may have at a time: a twentieth of its lines.
const MAX_STREAMS: usize = 5;
const MAX_PAST: i32 = 1_000;
const SECOND: i64 = 1_000;
/// How far past ticks are looked for from the moment that was asked about, and in how many
/// open seconds.
const LONGEST: i64 = 10 * 86_400_000;
const MAX_SECONDS: usize = 50_000;

/// A stream of ticks.
#[derive(Debug)]
pub struct Stream {
    con_id: ConId,
    kind: TapeKind,
    all: bool,
}

/// reqHistoricalTicks: one tick each second of the past, oldest first.
pub fn historical(gateway: &mut Gateway, id: u64, request: &TicksRequest) {
    let req_id = request.req_id;
    let Some(con_id) = instrument(gateway, id, req_id, &request.contract) else {
        return;
    };
    let invalid = |reason: &str| format!("Error validating request.-'cH' : cause - {reason}");
    let kind = match request.what_to_show.as_str() {
        "TRADES" => TapeKind::Last,
        "BID_ASK" => TapeKind::BidAsk,
        "MIDPOINT" => TapeKind::MidPoint,
        _ => return gateway.error(id, req_id, 321, invalid("Invalid whatToShow")),
    };
    if !(1..=MAX_PAST).contains(&request.count) {
        let text = invalid("Number of ticks must be between 1 and 1000");
        return gateway.error(id, req_id, 321, text);
    }
    let now = gateway.world.now();
    let span = match (request.start.trim(), request.end.trim()) {
        ("", "") => return gateway.error(id, req_id, 321, invalid("Start or end must be given")),
        (start, "") => times::moment(start).map(|from| Span::From(from.min(now))),
        (_, end) => times::moment(end).map(|end| Span::UpTo(end.min(now))),
    };
    let Some(span) = span else {
        return gateway.error(id, req_id, 10314, "Start or end date/time is invalid");
    };
    let ticks = past(gateway, con_id, kind, span, request.count);
    let done = DataReply::HistoricalTicks {
        req_id,
        kind,
        ticks,
        done: true,
    };
    reply(gateway, id, done);
}

/// Which way from which moment (unix ms).
#[derive(Clone, Copy, Debug)]
enum Span {
    From(i64),
    UpTo(i64),
}

/// Up to `count` ticks, the oldest first: one for each open second in which there was any.
fn past(
    gateway: &mut Gateway,
    con_id: ConId,
    kind: TapeKind,
    span: Span,
    count: i32,
) -> Vec<TapeTick> {
    let count = usize::try_from(count.min(MAX_PAST)).unwrap_or_default();
    let now = gateway.world.now();
    let (from, end) = match span {
        Span::From(from) => (from, now.min(from + LONGEST)),
        Span::UpTo(end) => (end - LONGEST, end),
    };
    let open = series::open_time(gateway, con_id, from, end);
    let seconds = |session: &Session| {
        let (opens, closes) = (session.opens.max(from), session.closes.min(end));
        opens.div_euclid(SECOND)..closes.div_euclid(SECOND)
    };
    let mut tick = |second: i64| tick_of(gateway, con_id, kind, second);
    let forward = open.iter().flat_map(seconds).take(MAX_SECONDS);
    let backward = open.iter().rev().flat_map(|one| seconds(one).rev());
    match span {
        Span::From(_) => forward.filter_map(&mut tick).take(count).collect(),
        Span::UpTo(_) => {
            let backward = backward.take(MAX_SECONDS).filter_map(&mut tick).take(count);
            let mut ticks: Vec<_> = backward.collect();
            ticks.reverse();
            ticks
        }
    }
}

fn tick_of(gateway: &mut Gateway, con_id: ConId, kind: TapeKind, seconds: i64) -> Option<TapeTick> {
    let at = seconds * SECOND;
    let bar = gateway
        .history
        .bar(&gateway.world, con_id, at, at + SECOND)?;
    let quote = gateway.world.quote(con_id)?;
    let ladder = Ladder::of(&gateway.world, con_id);
    let (bid, ask) = ladder.around(bar.middle[3]);
    match kind {
        TapeKind::MidPoint => Some(TapeTick::MidPoint {
            seconds,
            price: ((bid + ask) / Decimal::TWO).normalize(),
        }),
        TapeKind::BidAsk => Some(TapeTick::BidAsk {
            seconds,
            bid,
            ask,
            bid_size: quote.bid_size?,
            ask_size: quote.ask_size?,
        }),
        TapeKind::Last if bar.volume >= 1.0 => Some(TapeTick::Last {
            seconds,
            price: ladder.floor(bar.trades[3]),
            size: Decimal::from_f64(bar.volume.floor())?,
            exchange: venue(gateway, con_id),
        }),
        TapeKind::Last => None,
    }
}

fn venue(gateway: &Gateway, con_id: ConId) -> String {
    let instrument = gateway.world.by_con_id(con_id);
    instrument
        .map(|one| {
            if one.primary_exchange.is_empty() {
                one.exchange.to_owned()
            } else {
                one.primary_exchange.to_owned()
            }
        })
        .unwrap_or_default()
}

/// reqTickByTickData.
pub fn stream(
    gateway: &mut Gateway,
    id: u64,
    req_id: ReqId,
    contract: &Contract,
    kind: &str,
    count: i32,
) {
    let Some(con_id) = instrument(gateway, id, req_id, contract) else {
        return;
    };
    let (kind, all) = match kind {
        "Last" => (TapeKind::Last, false),
        "AllLast" => (TapeKind::Last, true),
        "BidAsk" => (TapeKind::BidAsk, false),
        "MidPoint" => (TapeKind::MidPoint, false),
        other => {
            let text = format!(
                "Error validating request.-'cJ' : cause - Invalid tick-by-tick type '{other}'"
            );
            return gateway.error(id, req_id, 321, text);
        }
    };
    let quote = gateway.world.quote(con_id);
    let has_any = quote.as_ref().is_some_and(|quote| match kind {
        TapeKind::Last => quote.last_time.is_some(),
        _ => quote.bid.is_some(),
    });
    let Some(session) = gateway.sessions.get_mut(&id) else {
        return;
    };
    if session.data.by_tick.len() >= MAX_STREAMS && !session.data.by_tick.contains_key(&req_id) {
        let text = "Max number of tick-by-tick requests has been reached";
        return gateway.error(id, req_id, 10190, text);
    }
    if !has_any {
        let text = "Failed to request tick-by-tick data:No market data permissions or no such data";
        return gateway.error(id, req_id, 10189, text);
    }
    let line = Stream { con_id, kind, all };
    session.data.by_tick.insert(req_id, line);
    if count > 0 {
        let now = gateway.world.now();
        let ticks = past(gateway, con_id, kind, Span::UpTo(now), count);
        let before = DataReply::HistoricalTicks {
            req_id,
            kind,
            ticks,
            done: true,
        };
        reply(gateway, id, before);
    }
    let now = gateway.world.now();
    if let (TapeKind::BidAsk | TapeKind::MidPoint, Some(quote)) = (kind, quote)
        && let Some(tick) = present(&quote, kind, now, String::new())
    {
        reply(gateway, id, DataReply::TickByTick { req_id, all, tick });
    }
}

/// Sends a move to those who follow the instrument tick by tick.
pub fn note(gateway: &mut Gateway, con_id: ConId, changed: QuoteChange) {
    let follows = |line: &Stream| {
        line.con_id == con_id
            && match line.kind {
                TapeKind::Last => changed.last,
                TapeKind::MidPoint => changed.bid || changed.ask,
                TapeKind::BidAsk => {
                    changed.bid || changed.ask || changed.bid_size || changed.ask_size
                }
            }
    };
    let wanted = gateway
        .sessions
        .values()
        .any(|session| session.data.by_tick.values().any(follows));
    if !wanted {
        return;
    }
    let Some(quote) = gateway.world.quote(con_id) else {
        return;
    };
    let (now, venue) = (gateway.world.now(), venue(gateway, con_id));
    for session in gateway.sessions.values_mut() {
        let replies: Vec<_> = session
            .data
            .by_tick
            .iter()
            .filter(|(_, line)| follows(line))
            .filter_map(|(req_id, line)| {
                Some(DataReply::TickByTick {
                    req_id: *req_id,
                    all: line.all,
                    tick: present(&quote, line.kind, now, venue.clone())?,
                })
            })
            .collect();
        for reply in replies {
            session.send(&Reply::Data(reply));
        }
    }
}

fn present(quote: &Quote, kind: TapeKind, now: i64, exchange: String) -> Option<TapeTick> {
    let seconds = now / 1_000;
    Some(match kind {
        TapeKind::MidPoint => TapeTick::MidPoint {
            seconds,
            price: ((quote.bid? + quote.ask?) / Decimal::TWO).normalize(),
        },
        TapeKind::BidAsk => TapeTick::BidAsk {
            seconds,
            bid: quote.bid?,
            ask: quote.ask?,
            bid_size: quote.bid_size?,
            ask_size: quote.ask_size?,
        },
        TapeKind::Last => TapeTick::Last {
            seconds: quote.last_time? / 1_000,
            price: quote.last?,
            size: quote.last_size?,
            exchange,
        },
    })
}
