//! Bars of what is no price: volatilities of an underlying, and what it costs to borrow a stock.
//!
//! The last of them is what a market-data line tells at the same moment. The lending market stands
//! still, and so do its bars; the volatility surface has stood still since the world began.

use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

use super::series::{Prices, Series};
use super::slots::Slot;
use super::times::{Size, Zone};
use super::volatility::Days;
use crate::history::{History, Show};
use crate::messages::Bar;
use crate::server::gateway::Gateway;
use crate::world::{ConId, World};

/// What such a bar is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// Of the last thirty days; a year, 0.2 for 20 %.
    HistoricalVolatility,
    /// That 30-day options at the money imply; a year, 0.2 for 20 %.
    ImpliedVolatility,
    /// Percent a year.
    FeeRate,
}

impl Figure {
    /// The API's word for it.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "HISTORICAL_VOLATILITY" => Some(Self::HistoricalVolatility),
            "OPTION_IMPLIED_VOLATILITY" => Some(Self::ImpliedVolatility),
            "FEE_RATE" => Some(Self::FeeRate),
            _ => None,
        }
    }

    /// Where it stands; `None` where there is no such thing, and for what moves with the price.
    fn level(self, world: &World, con_id: ConId) -> Option<Decimal> {
        match self {
            Self::HistoricalVolatility => None,
            Self::ImpliedVolatility => Some(world.underlying_activity(con_id)?.implied_volatility),
            Self::FeeRate => world.loan(con_id)?.fee_rate,
        }
    }

    /// Whether there is such a thing: volatilities are told of what has options, the fee of what
    /// is lent.
    pub fn is_told(self, world: &World, con_id: ConId) -> bool {
        match self {
            Self::HistoricalVolatility => world.underlying_activity(con_id).is_some(),
            Self::ImpliedVolatility | Self::FeeRate => self.level(world, con_id).is_some(),
        }
    }

    /// The bars at these places, the oldest first.
    pub fn bars(self, gateway: &mut Gateway, series: Series, places: &[Slot]) -> Vec<Bar> {
        let Gateway { history, world, .. } = gateway;
        let zone = world.by_con_id(series.con_id);
        let zone = Zone::named(zone.map_or("UTC", |one| one.time_zone));
        let written = |(slot, figures): (&Slot, _)| series.bar(&zone, slot, figures, None);
        match self.level(world, series.con_id) {
            Some(level) => places
                .iter()
                .filter_map(|slot| {
                    let figures = match self {
                        Self::ImpliedVolatility => implied(world, history, series, slot, level)?,
                        _ => [level; 4],
                    };
                    Some(written((slot, figures)))
                })
                .collect(),
            None if self == Self::HistoricalVolatility => {
                historical(world, history, series, places)
                    .unwrap_or_default()
                    .into_iter()
                    .map(written)
                    .collect()
            }
            None => Vec::new(),
        }
    }
}

fn implied(
    world: &World,
    history: &mut History,
    Series { con_id, .. }: Series,
    slot: &Slot,
    level: Decimal,
) -> Option<[Decimal; 4]> {
    let stood = history.implied(world, con_id, slot.start(), slot.stop())?;
    let [open, high, low, close] = stood.map(|part| {
        let value = level.checked_mul(Decimal::from_f64(part)?)?;
        Some(value.round_dp(8).normalize())
    });
    Some([open?, high?, low?, close?])
}

fn historical<'a>(
    world: &World,
    history: &mut History,
    series: Series,
    places: &'a [Slot],
) -> Option<Vec<(&'a Slot, [Decimal; 4])>> {
    let (from, end) = (places.first()?.start(), places.last()?.stop());
    let days = Days::of(world, history, series.con_id, from, end)?;
    let prices = Prices::of(world, series.con_id, Show::Trades)?;
    let mut figures = |slot: &Slot| match series.size {
        Size::Within(_) => {
            let (prices, _) = prices.at(history, slot, series.size)?;
            days.within(slot.date, prices)
        }
        Size::Day | Size::Week | Size::Month => days.over(slot),
    };
    let told = |slot: &'a Slot| Some((slot, figures(slot)?));
    Some(places.iter().filter_map(told).collect())
}
