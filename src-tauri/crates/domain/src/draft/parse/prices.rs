//! The price fields: on tick, and of the order type's own kind.

use super::Reader;
use crate::decimal::{NumberError, Price, Toward, parse_plain};
use crate::draft::DraftField;
use crate::exits::TrailUnit;
use crate::order_type::OrderType;
use crate::pricing::{Pricing, TrailBy};
use rust_decimal::Decimal;

impl Reader<'_> {
    /// A price on the instrument's ticks; `what` names it in a sentence. One that lies between
    /// them is offered moved `toward` its safe side.
    pub(super) fn price(
        &mut self,
        field: DraftField,
        text: &str,
        what: &str,
        toward: Toward,
    ) -> Option<Price> {
        let price = match Price::parse(text) {
            Ok(price) => price,
            Err(error) => {
                let says = match error {
                    NumberError::Empty => format!("Type the {what}."),
                    NumberError::NotPositive => format!("The {what} has to be more than zero."),
                    other => other.to_string(),
                };
                self.fault(field, says);
                return None;
            }
        };
        if let Some(instrument) = self.instrument {
            let increment = instrument.increment_at(price);
            if !price.is_on_tick(increment) {
                let mended = instrument.on_step(price, toward);
                let next = mended.map_or(String::new(), |price| match toward {
                    Toward::Lower => format!(" The next below is {price}."),
                    Toward::Higher => format!(" The next above is {price}."),
                });
                let says = format!(
                    "At this price {} moves in steps of {}.{next}",
                    instrument.contract.symbol,
                    increment.normalize()
                );
                self.fault_in(field, None, says, mended.map(|price| price.to_string()));
                return None;
            }
        }
        Some(price)
    }

    pub(super) fn cap(&mut self) -> Option<Option<Price>> {
        if self.input.price_cap.trim().is_empty() {
            return Some(None);
        }
        let toward = self.input.side.safer();
        self.price(
            DraftField::PriceCap,
            &self.input.price_cap,
            "price cap",
            toward,
        )
        .map(Some)
    }

    /// A distance of zero or more in whole ticks.
    pub(super) fn distance(
        &mut self,
        field: DraftField,
        text: &str,
        what: &str,
    ) -> Option<Decimal> {
        let number = match parse_plain(text) {
            Ok(number) if number >= Decimal::ZERO => number,
            Ok(_) => {
                self.fault(field, format!("The {what} has to be zero or more."));
                return None;
            }
            Err(NumberError::Empty) => {
                self.fault(field, format!("Type the {what}."));
                return None;
            }
            Err(error) => {
                self.fault(field, error);
                return None;
            }
        };
        // A distance has the step of the prices that it is added to, which for a share above
        // the lowest edges is the last one.
        let step = self
            .instrument
            .and_then(|i| i.increments.last())
            .map_or(Decimal::ZERO, |step| step.increment);
        if step > Decimal::ZERO && !(number % step).is_zero() {
            let near = ((number / step).round().max(Decimal::ONE) * step).normalize();
            let says = format!(
                "The {what} moves in steps of {}. The nearest is {near}.",
                step.normalize()
            );
            self.fault_in(field, None, says, Some(near.to_string()));
            return None;
        }
        Some(number.normalize())
    }

    pub(super) fn trail(
        &mut self,
        field: DraftField,
        text: &str,
        unit: TrailUnit,
    ) -> Option<TrailBy> {
        match unit.parse(text) {
            Ok(TrailBy::Amount { .. }) => {
                let amount = self.distance(field, text, "trailing distance")?;
                let amount = Price::new(amount).ok()?;
                Some(TrailBy::Amount { amount })
            }
            Ok(by) => Some(by),
            Err(NumberError::Empty) => {
                self.fault(field, "Type how far the stop trails behind the market.");
                None
            }
            Err(error) => {
                self.fault(field, error);
                None
            }
        }
    }

    pub(super) fn pricing(&mut self) -> Option<Pricing> {
        let input = self.input;
        let safer = input.side.safer();
        let limit = |it: &mut Self| {
            it.price(
                DraftField::LimitPrice,
                &input.limit_price,
                "limit price",
                safer,
            )
        };
        // A price that is to be touched is better than the market, as a limit is.
        let touched = matches!(
            input.order_type,
            OrderType::MarketIfTouched | OrderType::LimitIfTouched
        );
        let away = if touched { safer } else { safer.opposite() };
        let stop =
            |it: &mut Self, what| it.price(DraftField::StopPrice, &input.stop_price, what, away);
        let trail = |it: &mut Self| it.trail(DraftField::Trail, &input.trail, input.trail_unit);
        let offset = |it: &mut Self| it.distance(DraftField::Offset, &input.offset, "offset");
        Some(match input.order_type {
            OrderType::Market | OrderType::MarketOnOpen => Pricing::Market,
            OrderType::Limit | OrderType::LimitOnOpen => Pricing::Limit {
                price: limit(self)?,
            },
            OrderType::Stop => Pricing::Stop {
                trigger: stop(self, "stop price")?,
            },
            OrderType::StopLimit => {
                let (trigger, price) = (stop(self, "stop price"), limit(self));
                Pricing::StopLimit {
                    trigger: trigger?,
                    price: price?,
                }
            }
            OrderType::Trail => {
                let by = trail(self);
                let trigger = if input.stop_price.trim().is_empty() {
                    Some(None)
                } else {
                    stop(self, "first stop price").map(Some)
                };
                Pricing::Trail {
                    by: by?,
                    trigger: trigger?,
                }
            }
            OrderType::TrailLimit => {
                let (by, trigger, offset) =
                    (trail(self), stop(self, "first stop price"), offset(self));
                Pricing::TrailLimit {
                    by: by?,
                    trigger: trigger?,
                    offset: offset?,
                }
            }
            OrderType::MarketIfTouched => Pricing::MarketIfTouched {
                trigger: stop(self, "trigger price")?,
            },
            OrderType::LimitIfTouched => {
                let (trigger, price) = (stop(self, "trigger price"), limit(self));
                Pricing::LimitIfTouched {
                    trigger: trigger?,
                    price: price?,
                }
            }
            OrderType::MarketOnClose => Pricing::MarketOnClose,
            OrderType::LimitOnClose => Pricing::LimitOnClose {
                price: limit(self)?,
            },
            OrderType::Relative => {
                let (offset, cap) = (offset(self), self.cap());
                let Ok(offset) = Price::new(offset?) else {
                    self.fault(DraftField::Offset, "The offset has to be more than zero.");
                    return None;
                };
                Pricing::Relative { offset, cap: cap? }
            }
            OrderType::Midprice => Pricing::Midprice { cap: self.cap()? },
            OrderType::PegMid => {
                let offset = if input.offset.trim().is_empty() {
                    Some(Decimal::ZERO)
                } else {
                    offset(self)
                };
                let cap = self.cap();
                Pricing::PegMid {
                    offset: offset?,
                    cap: cap?,
                }
            }
            OrderType::MarketToLimit => Pricing::MarketToLimit,
        })
    }
}
