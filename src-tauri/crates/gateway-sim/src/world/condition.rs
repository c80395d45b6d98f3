//! Conditions that let an order work, or cancel it.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::catalog::Catalog;
use super::ids::ConId;
use super::instrument::SecType;
use super::order::Order;
use super::state::State;

/// One condition and how it is joined to the next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    /// Joined to the next by "and"; otherwise by "or".
    pub and: bool,
    /// What it looks at.
    pub test: Test,
}

/// At least or at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Bound {
    /// At least.
    AtLeast,
    /// At most.
    AtMost,
}

impl Bound {
    fn holds<T: PartialOrd>(self, value: T, bound: T) -> bool {
        match self {
            Self::AtLeast => value >= bound,
            Self::AtMost => value <= bound,
        }
    }
}

/// What a condition looks at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Test {
    /// An instrument's price.
    Price {
        /// Direction.
        bound: Bound,
        /// Threshold.
        price: Decimal,
        /// Whose price.
        con_id: ConId,
        /// Stored and given back.
        exchange: String,
        /// Stored and given back.
        trigger_method: i32,
    },
    /// The clock, unix ms.
    Time {
        /// Direction.
        bound: Bound,
        /// Threshold.
        at: i64,
    },
    /// The account's cushion, in percent of its net liquidation.
    Margin {
        /// Direction.
        bound: Bound,
        /// Threshold.
        percent: i32,
    },
    /// A trade in the symbol since the order was placed.
    Execution {
        /// Kind, or `*`.
        sec_type: String,
        /// Venue; `SMART` and empty are any.
        exchange: String,
        /// Symbol, or `*`.
        symbol: String,
    },
    /// An instrument's volume of the day.
    Volume {
        /// Direction.
        bound: Bound,
        /// Threshold.
        volume: i32,
        /// Whose volume.
        con_id: ConId,
        /// Stored and given back.
        exchange: String,
    },
    /// An instrument's change from the previous close, in percent.
    PercentChange {
        /// Direction.
        bound: Bound,
        /// Threshold.
        percent: Decimal,
        /// Whose change.
        con_id: ConId,
        /// Stored and given back.
        exchange: String,
    },
}

impl Test {
    /// The instrument that it looks at, if it looks at one.
    pub(super) fn con_id(&self) -> Option<ConId> {
        match self {
            Self::Price { con_id, .. }
            | Self::Volume { con_id, .. }
            | Self::PercentChange { con_id, .. } => Some(*con_id),
            _ => None,
        }
    }
}

impl State {
    /// Whether the order's conditions hold now, taken from left to right.
    pub(super) fn conditions_hold(&self, catalog: &Catalog, order: &Order, at: i64) -> bool {
        let mut holds: Option<(bool, bool)> = None;
        for condition in &order.request.terms.conditions {
            let this = self.holds(catalog, order, &condition.test, at);
            let together = match holds {
                None => this,
                Some((before, true)) => before && this,
                Some((before, false)) => before || this,
            };
            holds = Some((together, condition.and));
        }
        holds.is_none_or(|(together, _)| together)
    }

    fn holds(&self, catalog: &Catalog, order: &Order, test: &Test, at: i64) -> bool {
        let market = test
            .con_id()
            .and_then(|con_id| self.market(catalog, con_id));
        match test {
            Test::Price { bound, price, .. } => market.is_some_and(|market| match bound {
                Bound::AtLeast => market.has_risen_to(*price, order.placed_at),
                Bound::AtMost => market.has_fallen_to(*price, order.placed_at),
            }),
            Test::Time { bound, at: moment } => bound.holds(at, *moment),
            Test::Margin { bound, percent } => {
                let prices = self.prices(catalog);
                self.accounts
                    .iter()
                    .find(|account| account.id == order.account)
                    .map(|account| prices.value(account))
                    .and_then(|value| {
                        (value.excess() * Decimal::ONE_HUNDRED).checked_div(value.net_liquidation())
                    })
                    .is_some_and(|cushion| bound.holds(cushion, Decimal::from(*percent)))
            }
            Test::Execution {
                sec_type,
                exchange,
                symbol,
            } => self.fills.iter().rev().any(|fill| {
                let execution = &fill.execution;
                execution.time >= order.placed_at
                    && (matches!(exchange.as_str(), "" | "SMART" | "*")
                        || *exchange == execution.exchange)
                    && catalog.get(execution.con_id).is_some_and(|instrument| {
                        let kind: SecType = instrument.sec_type;
                        (symbol == "*" || *symbol == instrument.symbol)
                            && (matches!(sec_type.as_str(), "" | "*") || sec_type == kind.code())
                    })
            }),
            Test::Volume { bound, volume, .. } => {
                market.is_some_and(|market| bound.holds(market.volume(), Decimal::from(*volume)))
            }
            Test::PercentChange { bound, percent, .. } => market
                .and_then(|market| {
                    let close = market.previous_close();
                    ((market.mark() - close) * Decimal::ONE_HUNDRED).checked_div(close)
                })
                .is_some_and(|change| bound.holds(change, *percent)),
        }
    }
}
