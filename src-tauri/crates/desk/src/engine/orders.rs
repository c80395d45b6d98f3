//! The list of orders and how a report finds its order.

use super::ties::{Families, Tied};
use crate::effect::OrderNo;
use crate::port::OrderKey;
use gatehouse_domain::contract::Contract;
use gatehouse_domain::decimal::Quantity;
use gatehouse_domain::draft::Draft;
use gatehouse_domain::id::{ExecId, IntentId, OrderId, PermId};
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::order::{Execution, Note, Order, OrderState, OrderTerms, Origin, Report};
use std::collections::{HashMap, VecDeque};

/// One order with what only the engine needs of it.
#[derive(Debug)]
pub(super) struct Entry {
    pub order: Order,
    /// The session in which the broker last said anything of it, or in which it was sent.
    pub listed_in: u32,
    /// The client under whose id it was listed in this session.
    pub listed_by: Option<i32>,
    /// What it was sent as, when it was made here.
    pub draft: Option<Draft>,
    /// The wire has taken it, or may have: only then can a cancel name it.
    pub handed_over: bool,
    /// Where it stood when a cancel was asked for.
    pub before_cancel: Option<OrderState>,
    /// To which other orders it is tied.
    pub(super) ties: Tied,
    /// The changes that were sent and have been neither listed nor refused, oldest first.
    pub changes: VecDeque<Draft>,
    /// The person asked for its cancel.
    pub let_go: bool,
}

/// All orders of this run, and how to find them. An order is found by permId, else by our
/// intent in `orderRef`, else by order id and client id, which are good for one session only.
#[derive(Debug, Default)]
pub(super) struct OrderList {
    entries: Vec<Entry>,
    by_perm: HashMap<PermId, OrderNo>,
    by_intent: HashMap<IntentId, OrderNo>,
    by_order_id: HashMap<(i32, OrderId), OrderNo>,
    by_exec: HashMap<ExecId, OrderNo>,
    pub(super) families: Families,
}

impl OrderList {
    pub(super) fn numbers(&self) -> impl DoubleEndedIterator<Item = OrderNo> + use<> {
        (0..self.entries.len()).map(OrderNo)
    }

    pub(super) fn entry(&self, no: OrderNo) -> &Entry {
        &self.entries[no.0]
    }

    pub(super) fn entry_mut(&mut self, no: OrderNo) -> &mut Entry {
        &mut self.entries[no.0]
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(super) fn get(&self, no: OrderNo) -> &Order {
        &self.entries[no.0].order
    }

    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = (OrderNo, &Order)> {
        self.entries
            .iter()
            .enumerate()
            .map(|(n, entry)| (OrderNo(n), &entry.order))
    }

    pub(super) fn add(&mut self, order: Order, session: u32) -> OrderNo {
        let no = OrderNo(self.entries.len());
        if let Origin::Gatehouse(intent) = &order.origin {
            self.by_intent.insert(intent.clone(), no);
        }
        if let Some(perm_id) = order.perm_id {
            self.by_perm.insert(perm_id, no);
        }
        self.entries.push(Entry {
            order,
            listed_in: session,
            listed_by: None,
            draft: None,
            handed_over: false,
            before_cancel: None,
            ties: Tied::default(),
            changes: VecDeque::new(),
            let_go: false,
        });
        no
    }

    /// Keeps what an order of ours was sent as.
    pub(super) fn sent_as(&mut self, no: OrderNo, draft: Draft) {
        self.entries[no.0].draft = Some(draft);
    }

    /// Keeps what a change that was just sent makes of an order.
    pub(super) fn change_sent(&mut self, no: OrderNo, change: Draft) {
        self.entries[no.0].changes.push_back(change);
    }

    /// The broker takes or refuses changes in the order in which they were sent.
    pub(super) fn change_refused(&mut self, no: OrderNo) {
        self.entries[no.0].changes.pop_front();
    }

    /// The last change did not go out.
    pub(super) fn change_not_sent(&mut self, no: OrderNo) {
        self.entries[no.0].changes.pop_back();
    }

    /// A change was listed: it and those before it are not waited for any more.
    pub(super) fn change_listed(&mut self, no: OrderNo, is: impl Fn(&Draft) -> bool) {
        let changes = &mut self.entries[no.0].changes;
        if let Some(at) = changes.iter().position(is) {
            changes.drain(..=at);
        }
    }

    /// Of changes before a gap nothing more is heard.
    pub(super) fn forget_changes(&mut self, no: OrderNo) {
        self.entries[no.0].changes.clear();
    }

    /// The person asked for its cancel, and so knows that it goes.
    pub(super) fn let_go(&mut self, no: OrderNo) {
        self.entries[no.0].let_go = true;
    }

    /// An entry and the orders attached to it, as far as they are known: the entry first.
    /// `None` when the order was not made here.
    pub(super) fn family(&self, no: OrderNo) -> Option<Vec<OrderNo>> {
        let Origin::Gatehouse(intent) = &self.get(no).origin else {
            return None;
        };
        let entry = intent.entry().unwrap_or_else(|| intent.clone());
        let members = [entry.clone(), entry.take_profit(), entry.stop_loss()];
        Some(
            members
                .iter()
                .filter_map(|intent| self.by_intent(intent))
                .collect(),
        )
    }

    /// Takes what the broker lists an order as now: it may have been changed, here or in TWS.
    /// True when something of it is new.
    pub(super) fn retell(&mut self, no: OrderNo, told: &OrderTerms) -> bool {
        let terms = &mut self.entries[no.0].order.terms;
        let was = terms.clone();
        terms.quantity = told.quantity;
        terms.order_type.clone_from(&told.order_type);
        terms.pricing = told.pricing.or(terms.pricing);
        terms.tif = told.tif.or(terms.tif);
        *terms != was
    }

    /// What an order was for in all.
    pub(super) fn was_for(&mut self, no: OrderNo, whole: Quantity) {
        self.entries[no.0].order.terms.quantity = whole;
    }

    /// Takes back the newest order with those attached to it, which never went out.
    pub(super) fn withdraw(&mut self, intent: &IntentId) {
        for member in [intent.stop_loss(), intent.take_profit(), intent.clone()] {
            if let Some(no) = self.by_intent(&member)
                && no.0 + 1 == self.entries.len()
            {
                self.entries.pop();
                self.by_intent.remove(&member);
            }
        }
    }

    pub(super) fn by_perm(&self, perm_id: PermId) -> Option<OrderNo> {
        self.by_perm.get(&perm_id).copied()
    }

    pub(super) fn by_intent(&self, intent: &IntentId) -> Option<OrderNo> {
        self.by_intent.get(intent).copied()
    }

    pub(super) fn by_exec(&self, exec_id: &ExecId) -> Option<OrderNo> {
        self.by_exec.get(exec_id).copied()
    }

    pub(super) fn find(&self, key: &OrderKey) -> Option<OrderNo> {
        let by_perm = key.perm_id.and_then(|id| self.by_perm.get(&id));
        let by_intent = || {
            let intent = IntentId::new(key.order_ref.as_deref()?).ok()?;
            let no = self.by_intent.get(&intent)?;
            // An order ref can be copied in TWS; an order that has another permId is another
            // order.
            let perm_id = self.get(*no).perm_id;
            (perm_id.is_none() || key.perm_id.is_none() || perm_id == key.perm_id).then_some(no)
        };
        let by_order_id = || {
            let no = self.by_order_id.get(&(key.client_id?, key.order_id?))?;
            let perm_id = self.get(*no).perm_id;
            (perm_id.is_none() || key.perm_id.is_none() || perm_id == key.perm_id).then_some(no)
        };
        by_perm.or_else(by_intent).or_else(by_order_id).copied()
    }

    /// Keeps what a report says of an order's names.
    pub(super) fn learn(&mut self, no: OrderNo, key: &OrderKey, session: u32) {
        let entry = &mut self.entries[no.0];
        entry.listed_in = session;
        if let Some(perm_id) = key.perm_id {
            entry.order.perm_id = Some(perm_id);
            self.by_perm.insert(perm_id, no);
        }
        if let Some(order_id) = key.order_id {
            entry.order.order_id = Some(order_id);
            entry.listed_by = key.client_id;
            if let Some(client_id) = key.client_id {
                self.by_order_id.insert((client_id, order_id), no);
            }
        }
    }

    /// Order ids mean nothing after a gap: a gateway may give them out again.
    pub(super) fn forget_order_ids(&mut self) {
        self.by_order_id.clear();
        for entry in &mut self.entries {
            entry.order.order_id = None;
            entry.listed_by = None;
        }
    }

    pub(super) fn apply(&mut self, no: OrderNo, report: &Report, now: UnixMillis) -> bool {
        self.entries[no.0].order.apply(report, now)
    }

    /// Puts back a state that the journal holds, or that a cancel was asked in.
    pub(super) fn restore_state(&mut self, no: OrderNo, state: OrderState, at: UnixMillis) {
        let order = &mut self.entries[no.0].order;
        order.state = state;
        order.updated = at;
    }

    pub(super) fn report_filled(&mut self, no: OrderNo, filled: gatehouse_domain::Decimal) -> bool {
        let order = &mut self.entries[no.0].order;
        let grew = filled > order.reported_filled;
        if grew {
            order.reported_filled = filled;
        }
        grew
    }

    pub(super) fn add_execution(&mut self, no: OrderNo, execution: Execution) -> bool {
        let exec_id = execution.exec_id.clone();
        let new = self.entries[no.0].order.add_execution(execution);
        if new {
            self.by_exec.insert(exec_id, no);
        }
        new
    }

    pub(super) fn execution_mut(
        &mut self,
        no: OrderNo,
        exec_id: &ExecId,
    ) -> Option<&mut Execution> {
        self.entries[no.0].order.executions.get_mut(exec_id)
    }

    /// Adds a note once.
    pub(super) fn add_note(&mut self, no: OrderNo, code: Option<i32>, text: &str) {
        let note = Note {
            code,
            text: text.to_owned(),
        };
        let notes = &mut self.entries[no.0].order.notes;
        if !notes.contains(&note) {
            notes.push(note);
        }
    }

    /// Takes a better description of the contract, as a listing has it.
    pub(super) fn refine_contract(&mut self, no: OrderNo, contract: &Contract) {
        let terms = &mut self.entries[no.0].order.terms;
        if terms.contract.con_id == contract.con_id && terms.contract.local_symbol.is_none() {
            terms
                .contract
                .local_symbol
                .clone_from(&contract.local_symbol);
        }
    }
}
