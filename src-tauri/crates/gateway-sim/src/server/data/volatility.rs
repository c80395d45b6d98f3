//! Historical volatility: how much the last thirty daily closes moved, as a part of the price a year.
//!
//! Made of the very closes that daily bars of trades tell, with the present price as the last of
//! them until the day is over. The deviation is that of a sample; a year has 252 days of trading,
//! or 365 where a market knows no weekend.

use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};

use super::series::Prices;
use super::slots::{self, Slot};
use super::times::{DAY, Size};
use crate::history::{History, Show};
use crate::world::{ConId, World};

/// Closes before a day's own.
const BEFORE: usize = 30;
/// More days of the calendar than so many closes can take.
const BACK: i64 = 60 * DAY;
const TRADED_A_YEAR: f64 = 252.0;
const DAYS_A_YEAR: f64 = 365.0;

/// Days of trading, the oldest first.
pub struct Days(Vec<Day>);

struct Day {
    date: Date,
    opens: i64,
    prices: [Decimal; 4],
    close: f64,
}

impl Days {
    /// The days from some before `from` up to `end` (unix ms); `None` where there are no prices.
    pub fn of(
        world: &World,
        history: &mut History,
        con_id: ConId,
        from: i64,
        end: i64,
    ) -> Option<Self> {
        let prices = Prices::of(world, con_id, Show::Trades)?;
        let sessions = world.sessions(con_id, from - BACK, end, false);
        let days = slots::of(&sessions, Size::Day)
            .into_iter()
            .filter_map(|slot| slot.until(end));
        let days = days.map(|slot| {
            let (prices, _) = prices.at(history, &slot, Size::Day)?;
            let close = prices[3].to_f64().filter(|close| *close > 0.0)?;
            Some(Day {
                date: slot.date,
                opens: slot.start(),
                prices,
                close,
            })
        });
        Some(Self(days.collect::<Option<_>>()?))
    }

    /// Volatility over a bar of a day or longer, at its open, highest, lowest and at its close.
    pub fn over(&self, slot: &Slot) -> Option<[Decimal; 4]> {
        let first = self.0.partition_point(|day| day.opens < slot.start());
        let after = self.0.partition_point(|day| day.opens < slot.stop());
        self.0
            .get(first..after)?
            .iter()
            .filter_map(|day| self.within(day.date, day.prices))
            .reduce(|[open, high, low, _], later| {
                [open, high.max(later[1]), low.min(later[2]), later[3]]
            })
    }

    /// Volatility while the price of a day made a bar; `None` too near to where the past begins.
    pub fn within(&self, date: Date, prices: [Decimal; 4]) -> Option<[Decimal; 4]> {
        let at = self.0.partition_point(|day| day.date < date);
        let before = self.0.get(at.checked_sub(BEFORE)?..at)?;
        let returns: Vec<f64> = before
            .windows(2)
            .map(|pair| (pair[1].close / pair[0].close).ln())
            .collect();
        let (oldest, yesterday) = (before.first()?.date, before.last()?.close);
        let spanned = (date - oldest).get_days();
        let a_year = match usize::try_from(spanned) {
            Ok(BEFORE) => DAYS_A_YEAR,
            _ => TRADED_A_YEAR,
        };
        let at = |price: f64| yearly(&returns, (price / yesterday).ln(), a_year);
        let [open, high, low, close] = prices.map(|price| price.to_f64().unwrap_or(f64::NAN));
        // It falls up to the price at which the day moves as the others did, and rises beyond it.
        let usual = returns.iter().sum::<f64>() / returns.len() as f64;
        let calmest = (yesterday * usual.exp()).max(low).min(high);
        let shown = [at(open), at(high).max(at(low)), at(calmest), at(close)];
        let [open, high, low, close] = shown.map(written);
        Some([open?, high?, low?, close?])
    }
}

/// Volatility at this moment.
pub fn now(world: &World, history: &mut History, con_id: ConId) -> Option<Decimal> {
    let end = world.last_open(con_id, world.now());
    let days = Days::of(world, history, con_id, end, end)?;
    let today = days.0.last()?;
    let [_, _, _, close] = days.within(today.date, today.prices)?;
    Some(close)
}

fn yearly(returns: &[f64], last: f64, a_year: f64) -> f64 {
    let count = (returns.len() + 1) as f64;
    let mean = (returns.iter().sum::<f64>() + last) / count;
    let squares = returns
        .iter()
        .chain([&last])
        .map(|one| (one - mean).powi(2));
    (squares.sum::<f64>() / (count - 1.0) * a_year).sqrt()
}

fn written(value: f64) -> Option<Decimal> {
    Decimal::from_f64(value).map(|value| value.round_dp(8).normalize())
}
