//! Market-data lines: the first picture, then what moves.

use rust_decimal::Decimal;

use crate::messages::{Contract, Reply, ReqId, Tick, TickValue};
use crate::world::{ConId, Quote, QuoteChange};

use super::gateway::Gateway;
use super::generic::{self, Generics};
use super::session::{Line, OptionLine};
use super::{bridge, data, flood, options, trouble};

/// How many lines one client may have at a time.
const MAX_LINES: usize = 100;

/// Tick type numbers of one set of quote fields.
struct Kinds {
    bid: i32,
    ask: i32,
    last: i32,
    bid_size: i32,
    ask_size: i32,
    last_size: i32,
    high: i32,
    low: i32,
    volume: i32,
    close: i32,
    open: i32,
    last_time: i32,
}

const LIVE: Kinds = Kinds {
    bid: 1,
    ask: 2,
    last: 4,
    bid_size: 0,
    ask_size: 3,
    last_size: 5,
    high: 6,
    low: 7,
    volume: 8,
    close: 9,
    open: 14,
    last_time: 45,
};

const DELAYED: Kinds = Kinds {
    bid: 66,
    ask: 67,
    last: 68,
    bid_size: 69,
    ask_size: 70,
    last_size: 71,
    high: 72,
    low: 73,
    volume: 74,
    close: 75,
    open: 76,
    last_time: 88,
};

/// How long a snapshot is open, ms: a real gateway ends one about eleven seconds after it was asked
/// for, whatever came by then (IBKR's API documentation; users' reports).
const SNAPSHOT_MS: i64 = 11_000;

/// Every field of a quote.
pub const ALL: QuoteChange = QuoteChange {
    bid: true,
    bid_size: true,
    ask: true,
    ask_size: true,
    last: true,
    open: true,
    high: true,
    low: true,
    prev_close: true,
    volume: true,
};

/// Opens a line, or answers a snapshot.
pub fn subscribe(
    gateway: &mut Gateway,
    id: u64,
    req_id: ReqId,
    contract: &Contract,
    generic_ticks: &str,
    snapshot: bool,
) {
    let con_id = match resolve_one(gateway, contract) {
        Ok(con_id) => con_id,
        Err(reason) => return gateway.error(id, req_id, 200, reason),
    };
    let faults = trouble::faults(gateway);
    if faults.no_market_data {
        let text = "Requested market data is not subscribed.";
        return gateway.error(id, req_id, 354, text);
    }
    let lines = gateway.sessions.values().map(|one| one.lines.len()).sum();
    let Some(session) = gateway.sessions.get_mut(&id) else {
        return;
    };
    if let Some(total) = gateway.flood {
        let (batch, rounds, rest) = flood::flood(session.version, req_id, total);
        return session.flood(batch, rounds, rest);
    }
    let delayed = matches!(session.data_type, 3 | 4) || faults.delayed_instead;
    if !delayed && !gateway.live_data {
        let text = "Requested market data is not subscribed. Delayed market data is available.";
        return gateway.error(id, req_id, 354, text);
    }
    let taken = if gateway.pacing.strict {
        lines
    } else {
        session.lines.len()
    };
    if !snapshot && taken >= MAX_LINES && !session.lines.contains_key(&req_id) {
        return gateway.error(id, req_id, 101, "Max number of tickers has been reached");
    }
    if !snapshot && session.lines.contains_key(&req_id) {
        return gateway.error(
            id,
            req_id,
            322,
            "Error processing request.-'bW' : cause - Duplicate ticker id",
        );
    }
    if delayed {
        let text = "Requested market data is not subscribed. Displaying delayed market data.";
        gateway.error(id, req_id, 10167, text);
    }
    let mut option = options::line(&gateway.world, con_id);
    first_picture(gateway, id, req_id, con_id, delayed, option.as_deref_mut());
    let generics = Generics::parse(generic_ticks);
    let history = &mut gateway.history;
    let besides = generic::opening(&gateway.world, history, req_id, con_id, &generics);
    let Some(session) = gateway.sessions.get_mut(&id) else {
        return;
    };
    for tick in besides {
        session.send(&Reply::Tick(tick));
    }
    if snapshot {
        if gateway.pacing.strict {
            session
                .snapshots
                .insert(req_id, gateway.world.now() + SNAPSHOT_MS);
        } else {
            session.send(&Reply::TickSnapshotEnd { req_id });
        }
    } else {
        session.lines.insert(
            req_id,
            Line {
                con_id,
                delayed,
                option,
                generics,
                pending: QuoteChange::default(),
            },
        );
    }
}

fn first_picture(
    gateway: &mut Gateway,
    id: u64,
    req_id: ReqId,
    con_id: ConId,
    delayed: bool,
    option: Option<&mut OptionLine>,
) {
    let (Some(instrument), Some(quote)) =
        (gateway.world.by_con_id(con_id), gateway.world.quote(con_id))
    else {
        return;
    };
    let Some(session) = gateway.sessions.get_mut(&id) else {
        return;
    };
    session.send(&Reply::TickReqParams {
        req_id,
        min_tick: instrument.min_tick,
        bbo_exchange: "9c0001".to_owned(),
        snapshot_permissions: if gateway.live_data { 3 } else { 0 },
    });
    // Frozen is said only of a market that stands still.
    let closed = gateway.world.next_opening(con_id).is_some();
    let kind = match (session.data_type, delayed, closed) {
        (2, false, true) => 2,
        (_, false, _) => 1,
        (4, true, true) => 4,
        (_, true, _) => 3,
    };
    session.send(&Reply::MarketDataType { req_id, kind });
    let picture = match option {
        Some(line) => options::moved(&gateway.world, req_id, con_id, delayed, line),
        None => ticks(req_id, &quote, ALL, delayed),
    };
    for tick in picture {
        session.send(&Reply::Tick(tick));
    }
}

/// Marks what moved on every line of the instrument.
pub fn note(gateway: &mut Gateway, con_id: ConId, changed: QuoteChange) {
    data::note(gateway, con_id, changed);
    for session in gateway.sessions.values_mut() {
        for line in session
            .lines
            .values_mut()
            .filter(|line| line.con_id == con_id)
        {
            line.pending = merged(line.pending, changed);
        }
        for line in session.lines.values_mut() {
            let option = line.option.as_ref();
            if option.is_some_and(|option| option.underlying == con_id) {
                line.pending = ALL;
            }
        }
    }
}

/// Sends what moved. A client that cannot keep up gets the newest values later.
pub fn send_quotes(gateway: &mut Gateway) {
    if gateway.trouble.upstream_down {
        return;
    }
    data::send(gateway);
    let now = gateway.world.now();
    for session in gateway.sessions.values_mut() {
        if !session.has_room_for_quotes() {
            continue;
        }
        let over: Vec<ReqId> = session
            .snapshots
            .iter()
            .filter(|(_, due)| **due <= now)
            .map(|(req_id, _)| *req_id)
            .collect();
        for req_id in over {
            session.snapshots.remove(&req_id);
            session.send(&Reply::TickSnapshotEnd { req_id });
        }
        let mut lines = std::mem::take(&mut session.lines);
        for (req_id, line) in &mut lines {
            if let Some(option) = &mut line.option {
                let due = gateway.world.now() - option.looked >= 1_000;
                if due || line.pending.any() {
                    line.pending = QuoteChange::default();
                    let world = &gateway.world;
                    for tick in options::moved(world, *req_id, line.con_id, line.delayed, option) {
                        session.send(&Reply::Tick(tick));
                    }
                }
                continue;
            }
            if !line.pending.any() {
                continue;
            }
            let changed = std::mem::take(&mut line.pending);
            if let Some(quote) = gateway.world.quote(line.con_id) {
                for tick in ticks(*req_id, &quote, changed, line.delayed) {
                    session.send(&Reply::Tick(tick));
                }
                if changed.last {
                    let (world, history) = (&gateway.world, &mut gateway.history);
                    let moved =
                        generic::moving(world, history, *req_id, line.con_id, &line.generics);
                    for tick in moved {
                        session.send(&Reply::Tick(tick));
                    }
                }
            }
        }
        session.lines = lines;
    }
}

fn merged(one: QuoteChange, other: QuoteChange) -> QuoteChange {
    QuoteChange {
        bid: one.bid || other.bid,
        bid_size: one.bid_size || other.bid_size,
        ask: one.ask || other.ask,
        ask_size: one.ask_size || other.ask_size,
        last: one.last || other.last,
        open: one.open || other.open,
        high: one.high || other.high,
        low: one.low || other.low,
        prev_close: one.prev_close || other.prev_close,
        volume: one.volume || other.volume,
    }
}

/// The ticks that tell the changed fields; a field without a value has none.
pub fn ticks(req_id: ReqId, quote: &Quote, changed: QuoteChange, delayed: bool) -> Vec<Tick> {
    let kinds = if delayed { DELAYED } else { LIVE };
    let mut ticks = Vec::new();
    let mut put = |wanted: bool, kind: i32, value: Option<TickValue>| {
        if let (true, Some(value)) = (wanted, value) {
            ticks.push(Tick {
                req_id,
                kind,
                value,
            });
        }
    };
    let price = |price: Option<Decimal>, size: Option<Decimal>| {
        price.map(|price| TickValue::Price {
            price,
            size,
            attributes: 0,
        })
    };
    let size = |size: Option<Decimal>| size.map(TickValue::Size);
    put(changed.bid, kinds.bid, price(quote.bid, quote.bid_size));
    put(changed.bid_size, kinds.bid_size, size(quote.bid_size));
    put(changed.ask, kinds.ask, price(quote.ask, quote.ask_size));
    put(changed.ask_size, kinds.ask_size, size(quote.ask_size));
    let traded = quote
        .last_time
        .map(|time| TickValue::Text((time / 1000).to_string()));
    put(changed.last, kinds.last_time, traded);
    put(changed.last, kinds.last, price(quote.last, quote.last_size));
    put(changed.last, kinds.last_size, size(quote.last_size));
    put(changed.volume, kinds.volume, size(quote.volume));
    put(changed.high, kinds.high, price(quote.high, None));
    put(changed.low, kinds.low, price(quote.low, None));
    put(
        changed.prev_close,
        kinds.close,
        price(quote.prev_close, None),
    );
    put(changed.open, kinds.open, price(quote.open, None));
    ticks
}

/// The one instrument that a client's contract means, or TWS's words why there is none.
pub fn resolve_one(gateway: &Gateway, contract: &Contract) -> Result<ConId, &'static str> {
    let found = if contract.sec_type == "BAG" || !contract.sec_id.is_empty() {
        Vec::new()
    } else {
        gateway.world.resolve(&bridge::query(contract))
    };
    match found.as_slice() {
        [one] => Ok(one.con_id),
        [] => Err("No security definition has been found for the request"),
        _ => Err("The contract description specified is ambiguous"),
    }
}
