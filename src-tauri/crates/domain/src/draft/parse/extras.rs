//! How the order is handled, which algorithm works it, and what has to come true first.

use super::Reader;
use crate::algo::Algo;
use crate::condition::Conditions;
use crate::contract::Instrument;
use crate::decimal::Quantity;
use crate::draft::DraftField;
use crate::handling::{Handling, Oca};
use crate::id::ConId;
use crate::tif::TifChoice;
use rust_decimal::Decimal;

impl Reader<'_> {
    pub(super) fn takes(&self, code: &str) -> bool {
        self.instrument.is_none_or(|i| i.takes(code))
    }

    pub(super) fn size(
        &mut self,
        field: DraftField,
        text: &str,
        of: Option<Quantity>,
    ) -> Option<Quantity> {
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

    pub(super) fn handling(&mut self, quantity: Option<Quantity>) -> Handling {
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

    pub(super) fn algo(&mut self) -> Option<Option<Algo>> {
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

    pub(super) fn conditions<'b>(
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
}
