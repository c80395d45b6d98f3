//! Order books: some rows on each side of the quote.

use rust_decimal::Decimal;

use crate::messages::{Contract, DataReply, DepthRow, Reply, ReqId};
use crate::world::{ConId, World};

use super::instrument;
use crate::history::Ladder;
use crate::server::gateway::Gateway;

/// How many books one client may have at a time.
const MAX_BOOKS: usize = 3;
const MAX_ROWS: i32 = 10;

/// A subscription to a book, and what of it the client has.
#[derive(Debug)]
pub struct Book {
    con_id: ConId,
    rows: usize,
    smart: bool,
    shown: Vec<DepthRow>,
}

/// reqMktDepth.
pub fn request(
    gateway: &mut Gateway,
    id: u64,
    req_id: ReqId,
    contract: &Contract,
    rows: i32,
    smart: bool,
) {
    let Some(con_id) = instrument(gateway, id, req_id, contract) else {
        return;
    };
    if gateway
        .world
        .quote(con_id)
        .is_none_or(|quote| quote.bid.is_none())
        || smart != (contract.exchange == "SMART")
    {
        let text =
            "Deep market data is not supported for this combination of security type/exchange";
        return gateway.error(id, req_id, 10092, text);
    }
    let Some(session) = gateway.sessions.get_mut(&id) else {
        return;
    };
    if session.data.depth.contains_key(&req_id) {
        return gateway.error(id, req_id, 322, "Duplicate ticker id");
    }
    if session.data.depth.len() >= MAX_BOOKS {
        let text = "Max number (3) of market depth requests has been reached";
        return gateway.error(id, req_id, 309, text);
    }
    let mut book = Book {
        con_id,
        rows: usize::try_from(rows.clamp(1, MAX_ROWS)).unwrap_or(1),
        smart,
        shown: Vec::new(),
    };
    for row in news(&gateway.world, &mut book) {
        session.send(&Reply::Data(DataReply::Depth { req_id, row }));
    }
    session.data.depth.insert(req_id, book);
}

/// Sends the rows that changed.
pub fn send(gateway: &mut Gateway) {
    for session in gateway.sessions.values_mut() {
        if session.data.depth.is_empty() || !session.has_room_for_quotes() {
            continue;
        }
        let mut books = std::mem::take(&mut session.data.depth);
        for (req_id, book) in &mut books {
            for row in news(&gateway.world, book) {
                let req_id = *req_id;
                session.send(&Reply::Data(DataReply::Depth { req_id, row }));
            }
        }
        session.data.depth = books;
    }
}

/// What differs from what the client has: at first insertions, then updates.
fn news(world: &World, book: &mut Book) -> Vec<DepthRow> {
    let present = present(world, book);
    let first = book.shown.is_empty();
    let changed = present
        .iter()
        .enumerate()
        .filter(|(at, row)| book.shown.get(*at) != Some(row))
        .map(|(_, row)| DepthRow {
            operation: i32::from(!first),
            ..row.clone()
        })
        .collect();
    book.shown = present;
    changed
}

/// Both sides of the book, the best rows first; the best are the quote itself.
fn present(world: &World, book: &Book) -> Vec<DepthRow> {
    let (Some(quote), Some(instrument)) = (world.quote(book.con_id), world.by_con_id(book.con_id))
    else {
        return Vec::new();
    };
    let ladder = Ladder::of(world, book.con_id);
    let venues: Vec<_> = instrument
        .valid_exchanges
        .iter()
        .filter(|exchange| **exchange != "SMART")
        .collect();
    let mut rows = Vec::new();
    for (side, best, size) in [
        (1, quote.bid, quote.bid_size),
        (0, quote.ask, quote.ask_size),
    ] {
        let (Some(mut price), Some(size)) = (best, size) else {
            continue;
        };
        let step = instrument.size_increment.max(Decimal::ONE);
        for (at, position) in (0..book.rows).zip(0..) {
            if at > 0 {
                price = next(&ladder, price, side == 1, instrument.min_tick);
            }
            let more = Decimal::from(at * (3 + at % 3)) / Decimal::TEN;
            let size = ((size * (Decimal::ONE + more)) / step).floor() * step;
            rows.push(DepthRow {
                position,
                maker: book.smart.then(|| {
                    let venue = venues.get(at % venues.len().max(1));
                    venue.map_or_else(|| instrument.exchange.to_owned(), ToString::to_string)
                }),
                operation: 0,
                side,
                price,
                size: size.normalize(),
                smart: book.smart,
            });
        }
    }
    rows
}

/// The next price away from the quote.
fn next(ladder: &Ladder, price: Decimal, down: bool, least: Decimal) -> Decimal {
    use rust_decimal::prelude::ToPrimitive;
    let nudged = if down { price - least } else { price + least };
    let on_ladder = ladder.floor(nudged.to_f64().unwrap_or_default());
    if !down && on_ladder <= price {
        return ladder.around(nudged.to_f64().unwrap_or_default()).1;
    }
    on_ladder.max(Decimal::ZERO)
}
