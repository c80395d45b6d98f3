//! What margin the broker said that orders on futures take, while they work.
//!
//! A what-if is of one order alone, so what others that still work will take is kept from theirs.

use super::Desk;
use crate::effect::OrderNo;
use crate::record::{Entry, Record};
use gatehouse_domain::Decimal;
use gatehouse_domain::contract::{Contract, SecurityKind};
use gatehouse_domain::draft::Side;
use gatehouse_domain::id::{AccountId, IntentId, PreviewId};
use gatehouse_domain::order::Order;
use gatehouse_domain::what_if::WhatIf;
use gatehouse_rules::Weighed;
use std::collections::HashMap;

/// The margins that were told.
#[derive(Debug, Default)]
pub(super) struct Margins {
    /// What one contract of an order takes more, by the order's name.
    each: HashMap<IntentId, Decimal>,
    /// While the journal is read: what whole previews take more.
    previewed: HashMap<PreviewId, Decimal>,
}

impl Desk {
    /// Keeps what an order that goes out, or a change of one, takes.
    pub(super) fn keep_margin(&mut self, weighed: &Weighed) {
        let cleared = weighed.cleared();
        let draft = cleared.draft();
        let name = draft.changes.as_ref().unwrap_or(&draft.intent).clone();
        let takes = takes(weighed.what_if());
        let count = cleared.to_fill().get();
        self.take_margin(name, &cleared.instrument().contract, takes, count);
    }

    fn take_margin(
        &mut self,
        name: IntentId,
        contract: &Contract,
        takes: Option<Decimal>,
        count: Decimal,
    ) {
        if !on_futures(contract.kind) {
            return;
        }
        match takes.and_then(|takes| takes.max(Decimal::ZERO).checked_div(count)) {
            Some(each) => self.margins.each.insert(name, each),
            None => self.margins.each.remove(&name),
        };
    }

    pub(super) fn restore_margin(&mut self, record: &Record) {
        match (&record.entry, &record.intent) {
            (
                Entry::Previewed {
                    preview, what_if, ..
                },
                _,
            ) => {
                if let Some(takes) = takes(what_if) {
                    self.margins.previewed.insert(*preview, takes);
                }
            }
            (Entry::Approved { preview, terms, .. }, Some(name)) => {
                let takes = self.margins.previewed.get(preview).copied();
                let count = terms.quantity.get();
                self.take_margin(name.clone(), &terms.contract, takes, count);
            }
            (Entry::ChangeApproved { preview, terms, .. }, Some(name)) => {
                let takes = self.margins.previewed.get(preview).copied();
                let filled = self.named(name).map(|no| self.orders.get(no).filled());
                let count = terms.quantity.get() - filled.unwrap_or_default();
                self.take_margin(name.clone(), &terms.contract, takes, count);
            }
            _ => {}
        }
    }

    /// The journal has been read.
    pub(super) fn margins_restored(&mut self) {
        self.margins.previewed = HashMap::new();
    }

    /// What the account's working orders on futures may still take, in its base currency, without
    /// these; `None` when it was not told of one of them.
    pub(super) fn working_margin(
        &self,
        account: &AccountId,
        without: &[OrderNo],
    ) -> Option<Decimal> {
        [Side::Buy, Side::Sell]
            .into_iter()
            .flat_map(|side| self.working(account, side, without))
            .map(|(no, order)| self.margin_of(no, order))
            .try_fold(Decimal::ZERO, |sum, takes| sum.checked_add(takes?))
    }

    fn margin_of(&self, no: OrderNo, order: &Order) -> Option<Decimal> {
        let contract = &order.terms.contract;
        if contract.kind == SecurityKind::Combo {
            // No combination on futures can be made here, and of one from elsewhere nothing was
            // told.
            let on_futures = |con_id| {
                let leg = self.instruments.get(con_id);
                leg.is_none_or(|leg| on_futures(leg.contract.kind))
            };
            let mut legs = contract.legs.iter().map(|leg| &leg.con_id);
            let unknown = contract.legs.is_empty() || legs.any(on_futures);
            return (!unknown).then_some(Decimal::ZERO);
        }
        if !on_futures(contract.kind) {
            return Some(Decimal::ZERO);
        }
        // What is attached only closes what its entry opens.
        if self.intent_of(no).and_then(IntentId::entry).is_some() {
            return Some(Decimal::ZERO);
        }
        let each = self.margins.each.get(&self.name_of(no)?)?;
        each.checked_mul(self.left_of(no))
    }
}

fn on_futures(kind: SecurityKind) -> bool {
    matches!(kind, SecurityKind::Future | SecurityKind::FutureOption)
}

/// What a whole order takes more of initial margin.
fn takes(what_if: &WhatIf) -> Option<Decimal> {
    let margin = what_if.initial_margin;
    margin.after?.checked_sub(margin.before?)
}
