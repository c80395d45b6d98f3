//! From the ticket's texts to a draft. Every field that is wrong is told at once.

use super::{Draft, DraftFault, DraftField, DraftInput};
use crate::algo::Algo;
use crate::combo::combine;
use crate::condition::Conditions;
use crate::contract::{Instrument, SecurityKind};
use crate::decimal::{NumberError, Price, Quantity, parse_plain};
use crate::exits::{Exits, ExitsInput, StopKind};
use crate::handling::{Handling, Oca};
use crate::id::{AccountId, ConId, IntentId};
use crate::instant::UnixMillis;
use crate::order_type::OrderType;
use crate::pricing::{Pricing, TrailBy};
use crate::tif::{TifChoice, TimeInForce};
use rust_decimal::Decimal;

/// The faults found so far.
struct Reader<'a> {
    input: &'a DraftInput,
    instrument: Option<&'a Instrument>,
    now: UnixMillis,
    faults: Vec<DraftFault>,
}

impl DraftInput {
    /// Reads the ticket at this moment. `known` finds the instruments that have been looked
    /// up: the one to be traded and those that conditions look at.
    ///
    /// # Errors
    /// One fault for every field that is wrong, so that all are shown at once.
    pub fn parse<'a>(
        &'a self,
        known: impl Fn(ConId) -> Option<&'a Instrument>,
        now: UnixMillis,
    ) -> Result<Draft, Vec<DraftFault>> {
        let combination = self.combination(&known);
        let instrument = match &combination {
            Some(combination) => combination.as_ref().ok(),
            None => self.con_id.and_then(ConId::new).and_then(&known),
        };
        let mut reader = Reader {
            input: self,
            instrument,
            now,
            faults: Vec::new(),
        };
        if let Some(Err(says)) = &combination {
            reader.fault(DraftField::Legs, says);
        }
        let draft = reader.draft(&known);
        match draft {
            Some(draft) if reader.faults.is_empty() => Ok(draft),
            _ => Err(reader.faults),
        }
    }

    /// What its legs make together; `None` when it has none.
    fn combination<'a>(
        &self,
        known: &impl Fn(ConId) -> Option<&'a Instrument>,
    ) -> Option<Result<Instrument, String>> {
        if self.legs.is_empty() {
            return None;
        }
        let legs: Option<Vec<_>> = self
            .legs
            .iter()
            .map(|leg| Some((*leg, known(ConId::new(leg.con_id)?)?)))
            .collect();
        Some(match legs {
            Some(legs) => combine(&legs),
            None => Err("A leg is not known yet. Choose it again.".to_owned()),
        })
    }
}

impl<'a> Reader<'a> {
    fn draft<'b>(&mut self, known: &impl Fn(ConId) -> Option<&'b Instrument>) -> Option<Draft> {
        let intent = self.intent();
        let changes = self.changes();
        let account = self.account();
        let instrument = self.instrument();
        let quantity = self.quantity();
        self.order_type();
        let pricing = self.pricing();
        let tif = self.tif();
        let handling = self.handling(quantity);
        let algo = self.algo();
        let conditions = self.conditions(known);
        let exits = self.exits(pricing);
        if exits.as_ref().is_some_and(Option::is_some) && !self.input.legs.is_empty() {
            self.fault(
                DraftField::TakeProfit,
                "A combination can't have a bracket here.",
            );
        }
        Some(Draft {
            intent: intent?,
            changes,
            account: account?,
            con_id: instrument?.contract.con_id,
            legs: instrument?.contract.legs.clone(),
            side: self.input.side,
            quantity: quantity?,
            pricing: pricing?,
            tif: tif?,
            handling,
            algo: algo?,
            conditions: conditions?,
            exits: exits?,
            waivers: self.input.waivers,
        })
    }

    fn fault(&mut self, field: DraftField, says: impl ToString) {
        self.fault_in(field, None, says, None);
    }

    fn fault_in(
        &mut self,
        field: DraftField,
        part: Option<String>,
        says: impl ToString,
        mend: Option<String>,
    ) {
        self.faults.push(DraftFault {
            field,
            part,
            says: says.to_string(),
            mend,
        });
    }

    fn intent(&mut self) -> Option<IntentId> {
        match IntentId::new(&self.input.intent) {
            Ok(intent)
                if intent.as_str().len() <= IntentId::LONGEST && intent.entry().is_none() =>
            {
                Some(intent)
            }
            Ok(_) => {
                self.fault(
                    DraftField::Intent,
                    "Start a new ticket: this one has an id of another kind.",
                );
                None
            }
            Err(error) => {
                self.fault(DraftField::Intent, error);
                None
            }
        }
    }

    fn changes(&mut self) -> Option<IntentId> {
        let changes = self.input.changes.as_deref()?;
        match IntentId::new(changes) {
            Ok(intent) => Some(intent),
            Err(error) => {
                self.fault(DraftField::Intent, error);
                None
            }
        }
    }

    fn account(&mut self) -> Option<AccountId> {
        if self.input.account.is_empty() {
            self.fault(DraftField::Account, "Choose an account first.");
            return None;
        }
        match AccountId::new(&self.input.account) {
            Ok(account) => Some(account),
            Err(error) => {
                self.fault(DraftField::Account, error);
                None
            }
        }
    }

    fn instrument(&mut self) -> Option<&'a Instrument> {
        match self.instrument {
            // What is wrong with the legs has been told.
            None if !self.input.legs.is_empty() => {}
            None => self.fault(
                DraftField::Instrument,
                "Choose an instrument: type a symbol or a name and pick one from the list.",
            ),
            Some(i) if i.contract.kind == SecurityKind::Index => self.fault(
                DraftField::Instrument,
                "An index can't be traded itself. Choose a fund, future or option on it.",
            ),
            Some(_) => {}
        }
        self.instrument
    }

    fn symbol(&self) -> String {
        self.instrument
            .map_or_else(|| "It".to_owned(), |i| i.contract.symbol.to_string())
    }

    fn quantity(&mut self) -> Option<Quantity> {
        let quantity = match Quantity::parse(&self.input.quantity) {
            Ok(quantity) => quantity,
            Err(error) => {
                let says = match error {
                    NumberError::Empty => "Type how many.".to_owned(),
                    NumberError::NotPositive => {
                        "The quantity has to be more than zero. To sell, choose Sell.".to_owned()
                    }
                    other => other.to_string(),
                };
                self.fault(DraftField::Quantity, says);
                return None;
            }
        };
        let Some(instrument) = self.instrument else {
            return Some(quantity);
        };
        let step = instrument.size_increment.unwrap_or(Decimal::ONE);
        let least = instrument.min_size.unwrap_or(step).max(step);
        if step > Decimal::ZERO && !(quantity.get() % step).is_zero() || quantity.get() < least {
            let nearest = ((quantity.get() / step).floor() * step)
                .max(least)
                .normalize();
            let says = format!(
                "{} trades in steps of {}, at least {}.",
                instrument.contract.symbol,
                step.normalize(),
                least.normalize()
            );
            self.fault_in(DraftField::Quantity, None, says, Some(nearest.to_string()));
            return None;
        }
        Some(quantity)
    }

    fn order_type(&mut self) {
        let order_type = self.input.order_type;
        if let Some(instrument) = self.instrument
            && !order_type.is_taken_by(instrument)
        {
            let says = format!(
                "{} does not take {} orders. Choose another order type.",
                self.symbol(),
                order_type.code()
            );
            self.fault(DraftField::OrderType, says);
        }
    }

    /// A price on the instrument's ticks; `what` names it in a sentence.
    fn price(&mut self, field: DraftField, text: &str, what: &str) -> Option<Price> {
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
                let near = price.to_tick(increment);
                let says = format!(
                    "At this price {} moves in steps of {}. The nearest price is {near}.",
                    instrument.contract.symbol,
                    increment.normalize()
                );
                self.fault_in(field, None, says, Some(near.to_string()));
                return None;
            }
        }
        Some(price)
    }

    fn cap(&mut self) -> Option<Option<Price>> {
        if self.input.price_cap.trim().is_empty() {
            return Some(None);
        }
        self.price(DraftField::PriceCap, &self.input.price_cap, "price cap")
            .map(Some)
    }

    /// A distance of zero or more in whole ticks.
    fn distance(&mut self, field: DraftField, text: &str, what: &str) -> Option<Decimal> {
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

    fn trail(
        &mut self,
        field: DraftField,
        text: &str,
        unit: crate::exits::TrailUnit,
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

    fn pricing(&mut self) -> Option<Pricing> {
        let input = self.input;
        let limit =
            |it: &mut Self| it.price(DraftField::LimitPrice, &input.limit_price, "limit price");
        let stop = |it: &mut Self, what| it.price(DraftField::StopPrice, &input.stop_price, what);
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

    fn tif(&mut self) -> Option<TimeInForce> {
        let order_type = self.input.order_type;
        // An order for an auction has no choice of its time in force.
        if order_type.times_in_force() == [TifChoice::Opg] {
            return Some(TimeInForce::Opg);
        }
        let choice = self.input.tif;
        if !order_type.times_in_force().contains(&choice) {
            let says = format!(
                "{} orders can't be {}. Choose another time in force.",
                order_type.words(),
                choice.code()
            );
            self.fault(DraftField::TimeInForce, says);
            return None;
        }
        if let Some(instrument) = self.instrument
            && !choice.is_taken_by(instrument)
        {
            let says = format!("{} does not take {} orders.", self.symbol(), choice.code());
            self.fault(DraftField::TimeInForce, says);
            return None;
        }
        Some(match choice {
            TifChoice::Day => TimeInForce::Day,
            TifChoice::Gtc => TimeInForce::Gtc,
            TifChoice::Ioc => TimeInForce::Ioc,
            TifChoice::Fok => TimeInForce::Fok,
            TifChoice::Opg => TimeInForce::Opg,
            TifChoice::Gtd => {
                let says = match self.input.good_till {
                    None => "Choose until when the order stands.",
                    Some(until) if until <= self.now => "This time has passed. Choose a later one.",
                    Some(until) if until.wire_utc().is_none() => "This time is out of range.",
                    // What is kept is what the broker will list.
                    Some(until) => {
                        let until = until.whole_second();
                        return Some(TimeInForce::Gtd { until });
                    }
                };
                self.fault(DraftField::GoodTill, says);
                return None;
            }
        })
    }

    fn takes(&self, code: &str) -> bool {
        self.instrument.is_none_or(|i| i.takes(code))
    }

    fn size(&mut self, field: DraftField, text: &str, of: Option<Quantity>) -> Option<Quantity> {
        if text.trim().is_empty() {
            return None;
        }
        match Quantity::parse(text) {
            Ok(size) if !size.get().fract().is_zero() || size.get() > Decimal::from(i32::MAX) => {
                self.fault(field, "Type a whole number.");
                None
            }
            Ok(size) if of.is_some_and(|all| size > all) => {
                self.fault(field, "This is more than the order is for.");
                None
            }
            Ok(size) => Some(size),
            Err(error) => {
                self.fault(field, error);
                None
            }
        }
    }

    fn handling(&mut self, quantity: Option<Quantity>) -> Handling {
        let typed = &self.input.handling;
        let display_size = self.size(DraftField::DisplaySize, &typed.display_size, quantity);
        let min_quantity = self.size(DraftField::MinQuantity, &typed.min_quantity, quantity);
        for (wanted, code, what) in [
            (typed.hidden, "HID", "hidden orders"),
            (display_size.is_some(), "ICE", "orders that show a part"),
            (typed.all_or_none, "AON", "all-or-none orders"),
            (
                !typed.oca_group.trim().is_empty(),
                "OCA",
                "one-cancels-all groups",
            ),
        ] {
            if wanted && !self.takes(code) {
                let says = format!("{} does not take {what}.", self.symbol());
                self.fault(DraftField::Handling, says);
            }
        }
        if typed.hidden && display_size.is_some() {
            self.fault(
                DraftField::DisplaySize,
                "A hidden order shows nothing. Untick hidden or leave this empty.",
            );
        }
        let group = typed.oca_group.trim();
        if !group.chars().all(|c| c.is_ascii_graphic() || c == ' ') || group.len() > 40 {
            self.fault(
                DraftField::OcaGroup,
                "Name the group with up to 40 plain letters and digits.",
            );
        }
        Handling {
            outside_rth: typed.outside_rth,
            hidden: typed.hidden,
            display_size,
            all_or_none: typed.all_or_none,
            min_quantity,
            oca: (!group.is_empty()).then(|| Oca {
                group: group.to_owned(),
                kind: typed.oca_kind,
            }),
        }
    }

    fn algo(&mut self) -> Option<Option<Algo>> {
        let Some(typed) = &self.input.algo else {
            return Some(None);
        };
        if !self.takes("ALGO") {
            let says = format!("{} does not take algorithms.", self.symbol());
            self.fault(DraftField::Algo, says);
            return None;
        }
        if self.input.tif != TifChoice::Day {
            self.fault(
                DraftField::TimeInForce,
                "Algorithms work for the day: choose DAY.",
            );
        }
        match typed.parse(self.input.order_type, self.now) {
            Ok(algo) => Some(Some(algo)),
            Err(faults) => {
                for fault in faults {
                    let part = (!fault.tag.is_empty()).then_some(fault.tag);
                    self.fault_in(DraftField::Algo, part, fault.says, None);
                }
                None
            }
        }
    }

    fn conditions<'b>(
        &mut self,
        known: &impl Fn(ConId) -> Option<&'b Instrument>,
    ) -> Option<Conditions> {
        let typed = &self.input.conditions;
        if !typed.is_empty() && !self.takes("COND") {
            let says = format!("{} does not take conditions.", self.symbol());
            self.fault_in(DraftField::Condition, Some("0".to_owned()), says, None);
        }
        let mut list = Vec::new();
        for (n, condition) in typed.iter().enumerate() {
            let of = condition.con_id.and_then(ConId::new).and_then(known);
            match condition.parse(of.map(|i| &i.contract)) {
                Ok(read) => list.push(read),
                Err(says) => self.fault_in(DraftField::Condition, Some(n.to_string()), says, None),
            }
        }
        (list.len() == typed.len()).then_some(Conditions {
            list,
            cancel: self.input.conditions_cancel,
            outside_rth: self.input.conditions_outside_rth,
        })
    }

    fn exits(&mut self, entry: Option<Pricing>) -> Option<Option<Exits>> {
        let Some(typed) = &self.input.exits else {
            return Some(None);
        };
        let take_profit = if typed.take_profit.trim().is_empty() {
            Some(None)
        } else {
            self.price(DraftField::TakeProfit, &typed.take_profit, "take-profit")
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

    fn exit_stop(&mut self, typed: &ExitsInput) -> Option<Option<Pricing>> {
        if !typed.with_stop {
            return Some(None);
        }
        let trigger =
            |it: &mut Self| it.price(DraftField::ExitStop, &typed.stop_price, "stop price");
        Some(Some(match typed.stop_kind {
            StopKind::Stop => Pricing::Stop {
                trigger: trigger(self)?,
            },
            StopKind::StopLimit => {
                let price =
                    self.price(DraftField::ExitStopLimit, &typed.stop_limit, "stop's limit");
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
    fn exits_fit(
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
