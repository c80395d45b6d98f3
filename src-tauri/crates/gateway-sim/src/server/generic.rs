//! Generic ticks: what a market-data line tells besides its quote, where the client asks for it.
//!
//! Everything here follows from the world and its history, so that it agrees with bars, with the
//! acceptance of short sales and with the option chains. What the gateway has nothing to say about is
//! left out, as the real one does: fundamental ratios (258), auctions (225), bonds and funds.

use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

use crate::history::{History, Ladder, RawBar, Show};
use crate::messages::{ReqId, Tick, TickValue};
use crate::world::{ConId, Lending, Quote, Right, SecType, World};

use super::data::{historical_volatility, trades};

const MINUTE: i64 = 60_000;
const DAY: i64 = 86_400_000;
/// Weeks of the three spans of highs and lows, with the tick types of low and high.
const SPANS: [(i64, i32, i32); 3] = [(13, 15, 16), (26, 17, 18), (52, 19, 20)];
/// Minutes of the short-term volumes, with their tick types.
const SHORT_TERM: [(i64, i32); 3] = [(3, 63), (5, 64), (10, 65)];
/// Sessions of which the average volume is told.
const AVERAGED: usize = 90;

/// The numbers that a client asked for.
#[derive(Clone, Debug, Default)]
pub struct Generics(Vec<u16>);

impl Generics {
    /// Reads `100,233,292:BRFG`; what is no number means nothing.
    pub fn parse(list: &str) -> Self {
        let numbers = list
            .split(',')
            .filter_map(|one| one.split(':').next()?.trim().parse().ok());
        Self(numbers.collect())
    }

    fn has(&self, number: u16) -> bool {
        self.0.contains(&number)
    }
}

/// The ticks of one line, collected.
struct Ticks {
    req_id: ReqId,
    found: Vec<Tick>,
}

impl Ticks {
    fn put(&mut self, kind: i32, value: TickValue) {
        self.found.push(Tick {
            req_id: self.req_id,
            kind,
            value,
        });
    }

    fn size(&mut self, kind: i32, value: Decimal) {
        self.put(kind, TickValue::Size(value));
    }

    fn number(&mut self, kind: i32, value: Decimal) {
        self.put(kind, TickValue::Generic(value));
    }

    fn price(&mut self, kind: i32, price: Decimal) {
        let value = TickValue::Price {
            price,
            size: None,
            attributes: 0,
        };
        self.put(kind, value);
    }
}

/// What is told once, when the line opens, and what moves as it stands then.
pub fn opening(
    world: &World,
    history: &mut History,
    req_id: ReqId,
    con_id: ConId,
    wanted: &Generics,
) -> Vec<Tick> {
    let mut ticks = Ticks {
        req_id,
        found: Vec::new(),
    };
    if wanted.has(236)
        && let Some(loan) = world.loan(con_id)
    {
        // Above 2.5 stands for at least a thousand shares, above 1.5 for some to be located.
        let level = match loan.lending {
            Lending::Plenty => 3,
            Lending::Located => 2,
            Lending::None => 1,
        };
        ticks.number(46, Decimal::from(level));
        ticks.size(89, loan.shares);
    }
    options(world, con_id, wanted, &mut ticks);
    let underlying = wanted.has(104) && world.underlying_activity(con_id).is_some();
    let option = world.underlying(con_id).is_some();
    if (underlying || wanted.has(411) && !option)
        && let Some(volatility) = historical_volatility(world, history, con_id)
    {
        if underlying {
            ticks.number(23, volatility);
        }
        if wanted.has(411) {
            ticks.number(58, volatility);
        }
    }
    if wanted.has(456) && world.loan(con_id).is_some() {
        ticks.put(59, TickValue::Text(dividends(world, con_id)));
    }
    if wanted.has(588)
        && let Some(open) = world.futures_open_interest(con_id)
    {
        ticks.size(86, open);
    }
    if wanted.has(165) {
        spans(world, history, con_id, &mut ticks);
    }
    let mut found = ticks.found;
    found.extend(moving(world, history, req_id, con_id, wanted));
    found
}

/// What is told anew after each trade.
pub fn moving(
    world: &World,
    history: &mut History,
    req_id: ReqId,
    con_id: ConId,
    wanted: &Generics,
) -> Vec<Tick> {
    let mut ticks = Ticks {
        req_id,
        found: Vec::new(),
    };
    if wanted.0.is_empty() {
        return ticks.found;
    }
    let Some(quote) = world.quote(con_id) else {
        return ticks.found;
    };
    if (wanted.has(221) || wanted.has(232))
        && let Some(mark) = mark(&quote)
    {
        ticks.price(37, mark);
    }
    let (Some(last), Some(size), Some(volume), Some(time)) =
        (quote.last, quote.last_size, quote.volume, quote.last_time)
    else {
        return ticks.found;
    };
    if wanted.has(318) {
        ticks.price(57, last);
    }
    for (number, kind) in [(233, 48), (375, 77)] {
        if wanted.has(number) {
            let average = average(&quote).unwrap_or(last);
            let text = format!(
                "{};{};{time};{};{};true",
                last.normalize(),
                size.normalize(),
                volume.normalize(),
                average.normalize()
            );
            ticks.put(kind, TickValue::Text(text));
        }
    }
    if wanted.has(293) {
        ticks.number(54, Decimal::from(trades(volume)));
    }
    let mut traded = |minutes: i64| {
        let now = world.now();
        let bar = history.bar(world, con_id, now - minutes * MINUTE, now)?;
        Decimal::from_f64(bar.volume)
    };
    if (wanted.has(294) || wanted.has(295))
        && let Some(volume) = traded(1)
    {
        if wanted.has(294) {
            ticks.number(55, Decimal::from(trades(volume)));
        }
        if wanted.has(295) {
            ticks.number(56, volume);
        }
    }
    if wanted.has(595) {
        for (minutes, kind) in SHORT_TERM {
            if let Some(volume) = traded(minutes) {
                ticks.size(kind, volume);
            }
        }
    }
    ticks.found
}

/// About options: of one, or of all on an underlying.
fn options(world: &World, con_id: ConId, wanted: &Generics, ticks: &mut Ticks) {
    if let Some(view) = world.option_view(con_id) {
        let terms = world.by_con_id(con_id).and_then(|one| one.option.as_ref());
        let call = terms.is_some_and(|terms| terms.right == Right::Call);
        let split = |value: Decimal| {
            if call {
                (value, Decimal::ZERO)
            } else {
                (Decimal::ZERO, value)
            }
        };
        if wanted.has(101)
            && let Some(activity) = world.option_activity(con_id)
        {
            let (calls, puts) = split(activity.open_interest);
            ticks.size(27, calls);
            ticks.size(28, puts);
            ticks.size(22, calls + puts);
        }
        if wanted.has(100)
            && let Some(volume) = world.quote(con_id).and_then(|quote| quote.volume)
        {
            let (calls, puts) = split(volume);
            ticks.size(29, calls);
            ticks.size(30, puts);
        }
        if wanted.has(106)
            && let Some(volatility) = view.model.implied_volatility
        {
            ticks.number(24, volatility);
        }
        return;
    }
    let Some(activity) = world.underlying_activity(con_id) else {
        return;
    };
    if wanted.has(100) {
        ticks.size(29, activity.volume.0);
        ticks.size(30, activity.volume.1);
    }
    if wanted.has(101) {
        ticks.size(27, activity.open_interest.0);
        ticks.size(28, activity.open_interest.1);
    }
    if wanted.has(105) {
        ticks.size(87, activity.average_volume);
    }
    if wanted.has(106) {
        ticks.number(24, activity.implied_volatility);
    }
}

/// Paid in a year, to come in a year, the next date and amount; commas alone for who pays none.
fn dividends(world: &World, con_id: ConId) -> String {
    let Some(known) = world.dividends(con_id) else {
        return ",,,".to_owned();
    };
    let (date, amount) = known.next.map_or_else(Default::default, |(date, amount)| {
        let date = date.strftime("%Y%m%d").to_string();
        (date, amount.normalize().to_string())
    });
    format!(
        "{},{},{date},{amount}",
        known.past.normalize(),
        known.future.normalize()
    )
}

/// Lows and highs of up to a year and the average volume, from the same days that daily bars are of.
fn spans(world: &World, history: &mut History, con_id: ConId, ticks: &mut Ticks) {
    let now = world.now();
    let Some(quote) = world.quote(con_id) else {
        return;
    };
    if world
        .by_con_id(con_id)
        .is_none_or(|one| one.sec_type == SecType::Option)
    {
        return;
    }
    let days: Vec<(i64, RawBar)> = world
        .sessions(con_id, now - 52 * 7 * DAY, now, false)
        .iter()
        .filter(|session| session.closes <= now)
        .filter_map(|session| {
            let bar = history.bar(world, con_id, session.opens, session.closes)?;
            Some((session.opens, bar))
        })
        .collect();
    let ladder = Ladder::of(world, con_id);
    for (weeks, low_kind, high_kind) in SPANS {
        let from = now - weeks * 7 * DAY;
        let whole = days
            .iter()
            .filter(|(opens, _)| *opens >= from)
            .map(|(_, bar)| *bar)
            .reduce(RawBar::followed_by);
        let Some(whole) = whole else { continue };
        let [_, high, low, _] = ladder.shaped(&whole, Show::Trades);
        ticks.price(low_kind, quote.low.map_or(low, |today| low.min(today)));
        ticks.price(high_kind, quote.high.map_or(high, |today| high.max(today)));
    }
    let latest = days.iter().rev().take(AVERAGED).map(|(_, bar)| bar.volume);
    let (sum, count) = latest.fold((0.0, 0.0), |(sum, count), one| (sum + one, count + 1.0));
    if quote.volume.is_some()
        && count > 0.0
        && let Some(average) = Decimal::from_f64(sum / count)
    {
        ticks.size(21, average.round());
    }
}

/// The middle of the market, or the last trade where there is none.
fn mark(quote: &Quote) -> Option<Decimal> {
    let middle = quote.bid.zip(quote.ask);
    middle
        .map(|(bid, ask)| (bid + ask) / Decimal::TWO)
        .or(quote.last)
}

/// The day's average price, as the daily bar has it.
fn average(quote: &Quote) -> Option<Decimal> {
    let sum = quote.open? + quote.high? + quote.low? + quote.last?;
    Some((sum / Decimal::from(4)).round_dp(6))
}
