//! Prices of the tape and the past, put onto the instrument's ticks.

use rust_decimal::Decimal;
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};

use super::RawBar;
use crate::world::{ConId, World};

/// What a bar is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Show {
    Trades,
    MidPoint,
    Bid,
    Ask,
    BidAsk,
}

impl Show {
    /// The API's word for it.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "TRADES" | "ADJUSTED_LAST" => Some(Self::Trades),
            "MIDPOINT" => Some(Self::MidPoint),
            "BID" => Some(Self::Bid),
            "ASK" => Some(Self::Ask),
            "BID_ASK" => Some(Self::BidAsk),
            _ => None,
        }
    }
}

/// The ticks of one instrument.
#[derive(Clone, Debug)]
pub struct Ladder<'a> {
    world: &'a World,
    con_id: ConId,
    /// Low edge and tick of each rung, the lowest first.
    rungs: Vec<(f64, f64, Decimal)>,
}

impl<'a> Ladder<'a> {
    /// The ladder of this instrument; a cent where nothing is known.
    pub fn of(world: &'a World, con_id: ConId) -> Self {
        let instrument = world.by_con_id(con_id);
        let rule = instrument
            .and_then(|one| one.market_rule_ids.first())
            .and_then(|rule| world.market_rule(*rule));
        let mut rungs: Vec<_> = rule
            .map(|rule| rule.increments.as_slice())
            .unwrap_or_default()
            .iter()
            .filter_map(|rung| {
                Some((
                    rung.low_edge.to_f64()?,
                    rung.increment.to_f64()?,
                    rung.increment,
                ))
            })
            .collect();
        if rungs.is_empty() {
            let tick = instrument.map_or(Decimal::new(1, 2), |one| one.min_tick);
            rungs.push((0.0, tick.to_f64().unwrap_or(0.01), tick));
        }
        Self {
            world,
            con_id,
            rungs,
        }
    }

    /// The price on the ladder at or below this one.
    pub fn floor(&self, price: f64) -> Decimal {
        let (tick, exact) = self.tick(price);
        // A millionth of a tick above counts as on it.
        on_ticks((price / tick + 1e-6).floor(), exact)
    }

    fn tick(&self, price: f64) -> (f64, Decimal) {
        self.rungs
            .iter()
            .rev()
            .find(|(low_edge, ..)| price >= *low_edge)
            .or(self.rungs.first())
            .map_or((0.01, Decimal::new(1, 2)), |(_, tick, exact)| {
                (*tick, *exact)
            })
    }

    /// Bid and ask around a middle.
    pub fn around(&self, middle: f64) -> (Decimal, Decimal) {
        // Options have markets of their own width.
        if let Some((bid, ask)) = self.world.option_sides(self.con_id, middle) {
            return (bid.normalize(), ask.normalize());
        }
        let (tick, exact) = self.tick(middle);
        let bid = ((middle / tick - 0.5) + 1e-6).floor();
        let ask = ((middle / tick + 0.5) + 1e-6).floor().max(bid + 1.0);
        (on_ticks(bid, exact), on_ticks(ask, exact))
    }

    /// Open, high, low and close as asked for.
    pub fn shaped(&self, bar: &RawBar, show: Show) -> [Decimal; 4] {
        let bid = |price: f64| self.around(price).0;
        let ask = |price: f64| self.around(price).1;
        match show {
            Show::Trades => bar.trades.map(|price| self.floor(price)),
            Show::Bid => bar.middle.map(bid),
            Show::Ask => bar.middle.map(ask),
            // By the protocol: average bid, highest ask, lowest bid, average ask.
            Show::BidAsk => {
                let [open, high, low, close] = bar.middle;
                let average = (open + close) / 2.0;
                [bid(average), ask(high), bid(low), ask(average)]
            }
            Show::MidPoint => bar.middle.map(|price| {
                let (bid, ask) = self.around(price);
                ((bid + ask) / Decimal::TWO).normalize()
            }),
        }
    }
}

fn on_ticks(count: f64, tick: Decimal) -> Decimal {
    let count = Decimal::from_f64(count).unwrap_or_default();
    (count * tick).normalize()
}
