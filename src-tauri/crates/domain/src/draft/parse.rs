//! From the ticket's texts to a draft. Every field that is wrong is told at once.

mod bracket;
mod extras;
mod prices;

use super::{Draft, DraftFault, DraftField, DraftInput};
use crate::combo::combine;
use crate::contract::{Instrument, SecurityKind};
use crate::decimal::{NumberError, Quantity};
use crate::id::{AccountId, ConId, IntentId};
use crate::instant::UnixMillis;
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
}
