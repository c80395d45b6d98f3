//! What an option was worth before now: its underlying's past, priced by the surface of the day.

use rust_decimal::Decimal;

use super::super::calendar;
use super::super::catalog::Catalog;
use super::super::ids::ConId;
use super::board;
use crate::history::RawBar;

/// Prices of a market are in millionths.
const SCALE: u32 = 6;

/// The option's bar from `from` to `to` (unix ms, within one simulated day), given its
/// underlying's and how many times today's volatility was at both; `None` for all else.
pub(in super::super) fn past(
    catalog: &Catalog,
    con_id: ConId,
    underlying: RawBar,
    [at_first, at_last]: [f64; 2],
    (from, to): (i64, i64),
) -> Option<RawBar> {
    let (instrument, listed) = catalog.chains().get(con_id, catalog.instruments())?;
    let terms = instrument.option.as_ref()?;
    let worth = |spot: f64, at: i64| {
        let mut inputs = board::inputs(terms, listed, spot, board::years(terms, at));
        inputs.volatility *= if at == from { at_first } else { at_last };
        inputs.value().price
    };
    let whole = |[open, high, low, close]: [f64; 4]| {
        let (first, last) = (worth(open, from), worth(close, to));
        // Which end of the underlying's range is the option's high depends on the right.
        let (one, other) = (worth(high, to), worth(low, to));
        [
            first,
            first.max(last).max(one).max(other),
            first.min(last).min(one).min(other),
            last,
        ]
    };
    let ladder = &listed.profile.ladder;
    let printed = |price: f64| board::traded_at(ladder, price) as f64 / 1e6;
    let day = calendar::trading_day(from);
    let traded = |at: i64| board::volume_up_to(con_id, terms, listed, day, at);
    let middle = whole(underlying.middle);
    let trades = if underlying.trades == underlying.middle {
        middle
    } else {
        whole(underlying.trades)
    };
    Some(RawBar {
        middle,
        trades: trades.map(printed),
        volume: (traded(to) - traded(from)) as f64,
    })
}

/// Bid and offer around a worth.
pub(in super::super) fn sides(
    catalog: &Catalog,
    con_id: ConId,
    middle: f64,
) -> Option<(Decimal, Decimal)> {
    let (_, listed) = catalog.chains().get(con_id, catalog.instruments())?;
    let (bid, ask) = board::sides_at(listed, middle);
    Some((Decimal::new(bid, SCALE), Decimal::new(ask, SCALE)))
}
