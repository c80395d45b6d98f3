//! Families of orders: brackets, and groups of which one cancels the others (OCA).
//!
//! The ties are what the broker lists, learnt anew in every run, and what was sent from here.

use super::orders::OrderList;
use super::views::order_key;
use crate::effect::OrderNo;
use crate::port::{OrderKey, Ties};
use crate::view::{FamilyRole, FamilyView};
use gatehouse_domain::id::AccountId;
use gatehouse_domain::order::Origin;
use std::collections::{BTreeSet, HashMap};

/// What one order is tied to.
#[derive(Debug, Clone, Default)]
pub(super) struct Tied {
    parent: Option<OrderNo>,
    oca_group: Option<String>,
}

/// The ties of all orders, the other way round.
#[derive(Debug, Default)]
pub(super) struct Families {
    children: HashMap<OrderNo, BTreeSet<OrderNo>>,
    groups: HashMap<(AccountId, String), BTreeSet<OrderNo>>,
    /// Attached to an order that has not been listed yet.
    orphans: Vec<(OrderNo, OrderKey)>,
}

impl OrderList {
    /// Learns what an order is tied to. Those of its family now, when that changed anything.
    pub(super) fn tie(&mut self, no: OrderNo, ties: &Ties) -> BTreeSet<OrderNo> {
        let mut changed = false;
        let account = self.get(no).terms.account.clone();
        if let Some(group) = &ties.oca_group
            && self.entry(no).ties.oca_group.as_ref() != Some(group)
        {
            let members = self.families.groups.entry((account, group.clone()));
            members.or_default().insert(no);
            self.entry_mut(no).ties.oca_group = Some(group.clone());
            changed = true;
        }
        if let Some(parent) = &ties.parent
            && self.entry(no).ties.parent.is_none()
        {
            let known = self.families.orphans.iter().any(|(child, _)| *child == no);
            if !known {
                self.families.orphans.push((no, OrderKey::clone(parent)));
            }
        }
        for (child, parent) in std::mem::take(&mut self.families.orphans) {
            match self.find(&parent) {
                Some(parent) if parent != child => {
                    self.entry_mut(child).ties.parent = Some(parent);
                    self.families
                        .children
                        .entry(parent)
                        .or_default()
                        .insert(child);
                    changed = true;
                }
                _ => self.families.orphans.push((child, parent)),
            }
        }
        if changed {
            self.relatives(no)
        } else {
            BTreeSet::new()
        }
    }

    /// Order ids mean nothing after a gap, so neither does a parent that was named by one.
    pub(super) fn forget_orphans(&mut self) {
        self.families.orphans.clear();
    }

    /// All orders that are tied to this one, itself among them.
    pub(super) fn relatives(&self, no: OrderNo) -> BTreeSet<OrderNo> {
        let mut family = BTreeSet::new();
        let mut open = vec![no];
        while let Some(next) = open.pop() {
            if !family.insert(next) {
                continue;
            }
            let Tied { parent, oca_group } = &self.entry(next).ties;
            open.extend(parent);
            open.extend(self.family(next).into_iter().flatten());
            open.extend(self.families.children.get(&next).into_iter().flatten());
            if let Some(group) = oca_group {
                let name = (self.get(next).terms.account.clone(), group.clone());
                open.extend(self.families.groups.get(&name).into_iter().flatten());
            }
        }
        family
    }

    /// The orders of a group of which one cancels or reduces the others.
    pub(super) fn group(&self, account: &AccountId, name: &str) -> impl Iterator<Item = OrderNo> {
        let members = self
            .families
            .groups
            .get(&(account.clone(), name.to_owned()));
        members.into_iter().flatten().copied()
    }

    /// The order that it was attached to: as the broker lists it, or as it was made here.
    fn parent(&self, no: OrderNo) -> Option<OrderNo> {
        let made_here = || match &self.get(no).origin {
            Origin::Gatehouse(intent) => self.by_intent(&intent.entry()?),
            Origin::Elsewhere { .. } => None,
        };
        self.entry(no).ties.parent.or_else(made_here)
    }

    /// Whether it was attached to another order.
    pub(super) fn is_attached(&self, no: OrderNo) -> bool {
        self.parent(no).is_some()
    }

    /// The family as one of its orders tells it; `None` for an order on its own.
    pub(super) fn family_view(&self, no: OrderNo) -> Option<FamilyView> {
        let family = self.relatives(no);
        if family.len() < 2 {
            return None;
        }
        // The order that the others hang on, however late it was listed.
        let head = family.iter().find_map(|member| self.parent(*member));
        let head = head.or_else(|| family.first().copied());
        Some(FamilyView {
            key: head.map(order_key)?,
            role: self.role(no, &family),
            size: u32::try_from(family.len()).unwrap_or(u32::MAX),
        })
    }

    fn role(&self, no: OrderNo, family: &BTreeSet<OrderNo>) -> FamilyRole {
        let Some(parent) = self.parent(no) else {
            return if family.iter().any(|member| self.parent(*member) == Some(no)) {
                FamilyRole::Entry
            } else {
                FamilyRole::OneOf
            };
        };
        let terms = &self.get(no).terms;
        let closes = terms.side != self.get(parent).terms.side;
        match terms.order_type.as_str() {
            "LMT" | "LIT" if closes => FamilyRole::TakeProfit,
            kind if closes && (kind.starts_with("STP") || kind.starts_with("TRAIL")) => {
                FamilyRole::Stop
            }
            _ => FamilyRole::Attached,
        }
    }
}
