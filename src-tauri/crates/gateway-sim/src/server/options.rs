//! Chains, calculations and exercises of options.

use rust_decimal::Decimal;

use crate::messages::{Contract, OptionComputation, Reply, ReqId, Tick, TickValue};
use crate::world::{AccountId, Computation, ConId, ExerciseAction, Quote, QuoteChange, World};

use super::gateway::Gateway;
use super::market;
use super::session::OptionLine;

/// reqSecDefOptParams: one answer for each exchange and trading class. `exchange` is for options on
/// futures, which do not exist here, so that naming one finds nothing.
pub fn chains(gateway: &mut Gateway, id: u64, req_id: ReqId, underlying: ConId, exchange: &str) {
    if gateway.world.by_con_id(underlying).is_none() {
        let text = "No security definition has been found for the request";
        return gateway.error(id, req_id, 200, text);
    }
    let chains = gateway.world.option_chains(underlying);
    for chain in chains.iter().filter(|_| exchange.is_empty()) {
        for venue in chain.exchanges {
            let reply = Reply::SecDefOptParam {
                req_id,
                exchange: (*venue).to_owned(),
                under_con_id: chain.under_con_id.get(),
                trading_class: chain.trading_class.clone(),
                multiplier: chain.multiplier.normalize().to_string(),
                expirations: chain.expirations.clone(),
                strikes: chain.strikes.clone(),
            };
            gateway.send(id, &reply);
        }
    }
    gateway.send(id, &Reply::SecDefOptParamEnd { req_id });
}

/// The state of a new line on an option; `None` for other kinds.
pub fn line(world: &World, con_id: ConId) -> Option<Box<OptionLine>> {
    let terms = world.by_con_id(con_id)?.option.as_ref()?;
    Some(Box::new(OptionLine {
        underlying: terms.under_con_id,
        quote: None,
        view: None,
        looked: world.now(),
    }))
}

/// What moved on an option's line since it was last told: its quote, then its computations.
pub fn moved(
    world: &World,
    req_id: ReqId,
    con_id: ConId,
    delayed: bool,
    line: &mut OptionLine,
) -> Vec<Tick> {
    line.looked = world.now();
    let (Some(quote), Some(view)) = (world.quote(con_id), world.option_view(con_id)) else {
        return Vec::new();
    };
    let changed = line
        .quote
        .as_ref()
        .map_or(market::ALL, |before| difference(before, &quote));
    let mut ticks = market::ticks(req_id, &quote, changed, delayed);
    if changed.bid && quote.bid.is_none() {
        // TWS's word for an option that nobody bids for.
        ticks.push(Tick {
            req_id,
            kind: if delayed { 66 } else { 1 },
            value: TickValue::Price {
                price: Decimal::NEGATIVE_ONE,
                size: Some(Decimal::ZERO),
                attributes: 0,
            },
        });
    }
    let before = line.view.as_ref();
    let sides = [
        (
            10,
            before.and_then(|view| view.bid.as_ref()),
            view.bid.as_ref(),
        ),
        (
            11,
            before.and_then(|view| view.ask.as_ref()),
            view.ask.as_ref(),
        ),
        (
            12,
            before.and_then(|view| view.last.as_ref()),
            view.last.as_ref(),
        ),
        (13, before.map(|view| &view.model), Some(&view.model)),
    ];
    for (kind, old, new) in sides {
        if let Some(new) = new.filter(|new| old != Some(*new)) {
            let kind = if delayed { kind + 70 } else { kind };
            ticks.push(computed(req_id, kind, new));
        }
    }
    line.quote = Some(quote);
    line.view = Some(view);
    ticks
}

fn computed(req_id: ReqId, kind: i32, one: &Computation) -> Tick {
    Tick {
        req_id,
        kind,
        value: TickValue::Computation(Box::new(OptionComputation {
            implied_volatility: one.implied_volatility,
            delta: one.delta,
            price: one.price,
            pv_dividend: one.pv_dividend,
            gamma: one.gamma,
            vega: one.vega,
            theta: one.theta,
            underlying: one.underlying,
        })),
    }
}

fn difference(before: &Quote, now: &Quote) -> QuoteChange {
    QuoteChange {
        bid: before.bid != now.bid,
        bid_size: before.bid_size != now.bid_size,
        ask: before.ask != now.ask,
        ask_size: before.ask_size != now.ask_size,
        last: before.last != now.last || before.last_time != now.last_time,
        open: before.open != now.open,
        high: before.high != now.high,
        low: before.low != now.low,
        prev_close: before.prev_close != now.prev_close,
        volume: before.volume != now.volume,
    }
}

/// calculateImpliedVolatility: answered as tick 53.
pub fn implied_volatility(
    gateway: &mut Gateway,
    id: u64,
    req_id: ReqId,
    contract: &Contract,
    price: Option<Decimal>,
    underlying: Option<Decimal>,
) {
    let answer =
        |world: &World, con_id: ConId| world.option_volatility(con_id, price?, underlying?);
    calculate(gateway, id, req_id, contract, answer);
}

/// calculateOptionPrice: answered as tick 53.
pub fn price(
    gateway: &mut Gateway,
    id: u64,
    req_id: ReqId,
    contract: &Contract,
    volatility: Option<Decimal>,
    underlying: Option<Decimal>,
) {
    let answer =
        |world: &World, con_id: ConId| world.option_price(con_id, volatility?, underlying?);
    calculate(gateway, id, req_id, contract, answer);
}

/// Tick type of a calculation that a client asked for.
const CUSTOM: i32 = 53;

fn calculate(
    gateway: &mut Gateway,
    id: u64,
    req_id: ReqId,
    contract: &Contract,
    answer: impl FnOnce(&World, ConId) -> Option<Computation>,
) {
    let con_id = match market::resolve_one(gateway, contract) {
        Ok(con_id) => con_id,
        Err(text) => return gateway.error(id, req_id, 200, text),
    };
    match answer(&gateway.world, con_id) {
        Some(one) => gateway.send(id, &Reply::Tick(computed(req_id, CUSTOM, &one))),
        None => {
            let text = "Error validating request.-'bS' : cause - an option, a price or volatility and an underlying price above 0 are needed";
            gateway.error(id, req_id, 321, text);
        }
    }
}

/// What exerciseOptions asks for besides the contract.
pub struct Exercise<'a> {
    /// 1 exercise, 2 lapse.
    pub action: i32,
    pub quantity: i32,
    pub account: &'a str,
    pub force: bool,
}

/// exerciseOptions.
pub fn exercise(
    gateway: &mut Gateway,
    id: u64,
    req_id: ReqId,
    contract: &Contract,
    wanted: &Exercise<'_>,
) {
    let con_id = match market::resolve_one(gateway, contract) {
        Ok(con_id) => con_id,
        Err(text) => return gateway.error(id, req_id, 200, text),
    };
    let action = match wanted.action {
        1 => ExerciseAction::Exercise,
        2 => ExerciseAction::Lapse,
        other => {
            let text = format!(
                "Error validating request.-'wd' : cause - exercise action {other} is neither 1 nor 2"
            );
            return gateway.error(id, req_id, 321, text);
        }
    };
    let accounts = gateway.world.account_ids();
    let account = match (wanted.account, accounts.as_slice()) {
        ("", [only]) => only.clone(),
        ("", _) => return gateway.error(id, req_id, 435, "You must specify an account."),
        (name, _) => AccountId::new(name),
    };
    let quantity = Decimal::from(wanted.quantity);
    match gateway
        .world
        .exercise(&account, con_id, action, quantity, wanted.force)
    {
        Ok(events) => gateway.tell(events),
        Err(reject) => gateway.error(id, req_id, reject.code(), reject.text()),
    }
    gateway.changed();
}
