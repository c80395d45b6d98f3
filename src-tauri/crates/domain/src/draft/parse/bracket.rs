//! The exits of a bracket: each on its side of the entry.

use super::Reader;
use crate::decimal::Price;
use crate::draft::DraftField;
use crate::exits::{Exits, ExitsInput, StopKind};
use crate::pricing::Pricing;
use crate::tif::TimeInForce;
use rust_decimal::Decimal;

impl Reader<'_> {
    pub(super) fn exits(&mut self, entry: Option<Pricing>) -> Option<Option<Exits>> {
        let Some(typed) = &self.input.exits else {
            return Some(None);
        };
        let take_profit = if typed.take_profit.trim().is_empty() {
            Some(None)
        } else {
            self.price(
                DraftField::TakeProfit,
                &typed.take_profit,
                "take-profit",
                self.input.side.opposite().safer(),
            )
            .map(Some)
        };
        let stop = self.exit_stop(typed);
        let (take_profit, stop) = (take_profit?, stop?);
        self.exits_fit(entry, take_profit, stop);
        let tif = if typed.until_cancelled {
            TimeInForce::Gtc
        } else {
            TimeInForce::Day
        };
        let exits = Exits::new(take_profit, stop, tif);
        if exits.is_none() {
            self.fault(
                DraftField::TakeProfit,
                "Type a take-profit, add a stop, or take the bracket off.",
            );
        }
        exits.map(Some)
    }

    pub(super) fn exit_stop(&mut self, typed: &ExitsInput) -> Option<Option<Pricing>> {
        if !typed.with_stop {
            return Some(None);
        }
        let safer = self.input.side.opposite().safer();
        let trigger = |it: &mut Self| {
            it.price(
                DraftField::ExitStop,
                &typed.stop_price,
                "stop price",
                safer.opposite(),
            )
        };
        Some(Some(match typed.stop_kind {
            StopKind::Stop => Pricing::Stop {
                trigger: trigger(self)?,
            },
            StopKind::StopLimit => {
                let price = self.price(
                    DraftField::ExitStopLimit,
                    &typed.stop_limit,
                    "stop's limit",
                    safer,
                );
                let trigger = trigger(self);
                Pricing::StopLimit {
                    trigger: trigger?,
                    price: price?,
                }
            }
            StopKind::Trail => Pricing::Trail {
                by: self.trail(DraftField::ExitTrail, &typed.trail, typed.trail_unit)?,
                trigger: None,
            },
        }))
    }

    /// The take-profit lies beyond the entry, the stop before it; for a sale the other way
    /// round.
    pub(super) fn exits_fit(
        &mut self,
        entry: Option<Pricing>,
        take_profit: Option<Price>,
        stop: Option<Pricing>,
    ) {
        let sign = self.input.side.sign();
        let (beyond, before) = if sign > Decimal::ZERO {
            ("above", "below")
        } else {
            ("below", "above")
        };
        let better = |a: Price, b: Price| (a.get() - b.get()) * sign > Decimal::ZERO;
        let entry = entry.and_then(|p| p.limit().or_else(|| p.trigger()));
        let trigger = stop.and_then(Pricing::trigger);
        if let (Some(profit), Some(entry)) = (take_profit, entry)
            && !better(profit, entry)
        {
            let says = format!("The take-profit has to lie {beyond} the entry of {entry}.");
            self.fault(DraftField::TakeProfit, says);
        }
        if let (Some(trigger), Some(entry)) = (trigger, entry)
            && !better(entry, trigger)
        {
            let says = format!("The stop has to lie {before} the entry of {entry}.");
            self.fault(DraftField::ExitStop, says);
        }
        if let (Some(profit), Some(trigger), None) = (take_profit, trigger, entry)
            && !better(profit, trigger)
        {
            let says = format!("The take-profit has to lie {beyond} the stop.");
            self.fault(DraftField::TakeProfit, says);
        }
        if let Some(Pricing::StopLimit { trigger, price }) = stop
            && better(price, trigger)
        {
            let says = format!(
                "The stop's limit has to lie at its stop price or {before} it, or it would not fill."
            );
            self.fault(DraftField::ExitStopLimit, says);
        }
    }
}
