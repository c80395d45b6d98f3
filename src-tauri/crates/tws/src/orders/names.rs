//! By what names an order is known within a session.

use gatehouse_desk::port::broker::OrderKey;
use gatehouse_domain::id::{OrderId, PermId};
use ibapi::orders::{OrderData, OrderStatusKind};
use std::collections::{HashMap, HashSet};

/// All names seen in this session. What one message leaves out another has told.
#[derive(Debug)]
pub struct Names {
    own: i32,
    by_id: HashMap<(i32, i32), Known>,
    by_perm: HashMap<PermId, (i32, i32)>,
    refs: HashMap<PermId, String>,
    what_ifs: HashSet<i32>,
    /// Own orders as the gateway last listed them. A change has to repeat what it leaves alone.
    listed: HashMap<i32, OrderData>,
    /// Whether orders made by hand are taken over; else their ids are not ours to use.
    binds: bool,
}

#[derive(Debug, Default)]
struct Known {
    perm: Option<PermId>,
    order_ref: Option<String>,
}

/// Who can cancel an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cancel {
    /// This client, by this order id.
    Here(i32),
    /// Another client.
    Elsewhere(i32),
    /// Nobody knows: it was not listed in this session.
    Unknown,
}

impl Names {
    /// The names of a session of this client id, in which orders made by hand are taken over or
    /// not.
    pub fn new(own: i32, binds: bool) -> Self {
        Self {
            own,
            by_id: HashMap::new(),
            by_perm: HashMap::new(),
            refs: HashMap::new(),
            what_ifs: HashSet::new(),
            listed: HashMap::new(),
            binds,
        }
    }

    /// The same for a message that tells an order's id: `openOrder` and `orderBound`. Only they
    /// say under which id an order made by hand was taken over; elsewhere an id below zero may
    /// stand for none.
    pub fn told(
        &mut self,
        client_id: i32,
        order_id: i32,
        perm_id: i64,
        order_ref: &str,
    ) -> OrderKey {
        if order_id < 0 && self.binds && client_id == self.own {
            let known = self.by_id.entry((client_id, order_id)).or_default();
            known.perm = PermId::new(perm_id).or(known.perm);
        }
        self.key(client_id, order_id, perm_id, order_ref)
    }

    /// Learns what a message names an order by, and gives all that is known.
    pub fn key(
        &mut self,
        client_id: i32,
        order_id: i32,
        perm_id: i64,
        order_ref: &str,
    ) -> OrderKey {
        let told = PermId::new(perm_id);
        let id = OrderId::new(order_id).filter(|id| {
            id.get() > 0
                || self
                    .by_id
                    .get(&(client_id, order_id))
                    .is_some_and(|known| told.is_none() || told == known.perm)
        });
        let mut perm = told;
        let mut named = (!order_ref.is_empty()).then(|| order_ref.to_owned());
        if id.is_some() {
            let known = self.by_id.entry((client_id, order_id)).or_default();
            known.perm = told.or(known.perm);
            if named.is_some() {
                known.order_ref.clone_from(&named);
            }
            perm = known.perm;
            named.clone_from(&known.order_ref);
            if let Some(perm) = perm {
                self.by_perm.insert(perm, (client_id, order_id));
            }
        }
        if let Some(perm) = perm {
            match &named {
                Some(named) => {
                    self.refs.insert(perm, named.clone());
                }
                None => named = self.refs.get(&perm).cloned(),
            }
        }
        OrderKey {
            perm_id: perm,
            order_id: id,
            client_id: Some(client_id),
            order_ref: named,
        }
    }

    /// The same for a completed order, which has no order id any more.
    pub fn completed(&mut self, perm_id: i64, client_id: i32, order_ref: &str) -> OrderKey {
        let perm = PermId::new(perm_id);
        let known = perm.and_then(|perm| self.by_perm.get(&perm).copied());
        let named = (!order_ref.is_empty())
            .then(|| order_ref.to_owned())
            .or_else(|| self.refs.get(&perm?).cloned());
        if let (Some(perm), Some(named)) = (perm, &named) {
            self.refs.insert(perm, named.clone());
        }
        OrderKey {
            perm_id: perm,
            order_id: known.and_then(|(_, id)| OrderId::new(id)),
            // A client id that was left out reads as zero.
            client_id: known
                .map(|(client, _)| client)
                .or((client_id != 0).then_some(client_id)),
            order_ref: named,
        }
    }

    /// Remembers an order of ours that is about to be sent.
    pub fn placed(&mut self, order_id: i32, order_ref: &str) {
        self.key(self.own, order_id, 0, order_ref);
    }

    /// Remembers an own order as the gateway lists it, for as long as it can be changed.
    pub fn listed(&mut self, data: &OrderData) {
        if is_over(&data.order_state.status) {
            self.listed.remove(&data.order_id);
        } else {
            self.listed.insert(data.order_id, data.clone());
        }
    }

    /// Takes what a status says of an own order.
    pub fn status(&mut self, order_id: i32, status: &OrderStatusKind) {
        if is_over(status) {
            self.listed.remove(&order_id);
        }
    }

    /// An own order as the gateway last listed it; `None` when it was not in this session.
    pub fn as_listed(&self, order_id: i32) -> Option<OrderData> {
        self.listed.get(&order_id).cloned()
    }

    /// The order that bears the id −1, when the code is about an order: that id also stands for
    /// none.
    pub fn named_by_none(&mut self, code: i32) -> Option<OrderKey> {
        let about_an_order = matches!(code, 103..=161 | 201..=203 | 382..=447 | 10147..=10149);
        let bound = about_an_order && self.by_id.contains_key(&(self.own, -1));
        bound.then(|| self.key(self.own, -1, 0, ""))
    }

    /// Remembers that an order id was used for a what-if, of which nothing is told.
    pub fn what_if(&mut self, order_id: i32) {
        self.what_ifs.insert(order_id);
    }

    pub fn is_what_if(&self, order_id: i32) -> bool {
        self.what_ifs.contains(&order_id)
    }

    /// Who can cancel the order. The permId counts most: an order id may be from an earlier
    /// session.
    pub fn cancel(&self, key: &OrderKey) -> Cancel {
        let by_perm = key
            .perm_id
            .and_then(|perm| self.by_perm.get(&perm).copied());
        let found = by_perm.or_else(|| self.by_ref(key)).or_else(|| {
            let id = (key.client_id.unwrap_or(self.own), key.order_id?.get());
            let known = self.by_id.get(&id)?;
            let agrees = key.perm_id.is_none() || known.perm.is_none() || key.perm_id == known.perm;
            agrees.then_some(id)
        });
        match found {
            Some((client, id)) if client == self.own => Cancel::Here(id),
            Some((client, _)) => Cancel::Elsewhere(client),
            None => match key.client_id {
                Some(client) if client != self.own => Cancel::Elsewhere(client),
                _ => Cancel::Unknown,
            },
        }
    }

    /// Several orders may bear the same reference; then it says nothing.
    fn by_ref(&self, key: &OrderKey) -> Option<(i32, i32)> {
        let wanted = key.order_ref.as_deref()?;
        let mut found = self.by_id.iter().filter(|(_, known)| {
            known.order_ref.as_deref() == Some(wanted)
                && (key.perm_id.is_none() || known.perm.is_none() || known.perm == key.perm_id)
        });
        match (found.next(), found.next()) {
            (Some((id, _)), None) => Some(*id),
            _ => None,
        }
    }
}

/// Whether an order in this state can't be changed any more.
fn is_over(status: &OrderStatusKind) -> bool {
    use OrderStatusKind::{ApiCancelled, Cancelled, Filled};
    matches!(status, ApiCancelled | Cancelled | Filled)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ibapi::orders::OrderState;

    fn by_perm(perm: i64) -> OrderKey {
        OrderKey {
            perm_id: PermId::new(perm),
            ..OrderKey::default()
        }
    }

    #[test]
    fn a_status_without_a_reference_gets_the_one_that_the_order_was_placed_with() {
        let mut names = Names::new(1, false);
        names.placed(7, "i-1");
        let key = names.key(1, 7, 99, "");
        assert_eq!(key.order_ref.as_deref(), Some("i-1"));
        assert_eq!(key.perm_id, PermId::new(99));
        assert_eq!(names.completed(99, 0, "").order_ref.as_deref(), Some("i-1"));
        assert_eq!(names.completed(99, 0, "").client_id, Some(1));
    }

    #[test]
    fn an_error_that_names_only_the_order_id_gets_the_perm_id_told_before() {
        let mut names = Names::new(1, false);
        names.key(1, 7, 99, "i-1");
        assert_eq!(names.key(1, 7, 0, "").perm_id, PermId::new(99));
    }

    #[test]
    fn two_clients_same_order_id_is_two_orders() {
        let mut names = Names::new(1, false);
        names.key(1, 7, 99, "mine");
        names.key(2, 7, 55, "theirs");
        assert_eq!(names.cancel(&by_perm(99)), Cancel::Here(7));
        assert_eq!(names.cancel(&by_perm(55)), Cancel::Elsewhere(2));
        assert_eq!(names.key(1, 7, 0, "").order_ref.as_deref(), Some("mine"));
    }

    #[test]
    fn an_order_id_of_an_earlier_session_is_not_cancelled() {
        let mut names = Names::new(1, false);
        names.key(1, 7, 99, "other");
        let mut stale = by_perm(12);
        stale.order_id = OrderId::new(7);
        stale.client_id = Some(1);
        assert_eq!(names.cancel(&stale), Cancel::Unknown);
        assert_eq!(names.cancel(&by_perm(12)), Cancel::Unknown);
    }

    #[test]
    fn an_order_made_by_hand_is_named_by_the_id_that_it_was_taken_over_under() {
        let mut names = Names::new(0, true);
        // A status alone does not say that an order was taken over.
        assert_eq!(names.key(0, -1, 55, "").order_id, None);
        assert_eq!(names.told(0, 0, 55, "").order_id, None);
        assert_eq!(names.cancel(&by_perm(55)), Cancel::Unknown);
        assert_eq!(names.told(0, -1, 99, "").order_id, OrderId::new(-1));
        assert_eq!(names.key(0, -1, 0, "").perm_id, PermId::new(99));
        assert_eq!(names.cancel(&by_perm(99)), Cancel::Here(-1));
        // The id of another order that was not taken over says nothing.
        assert_eq!(names.key(0, -1, 55, "").order_id, None);
        assert_eq!(names.cancel(&by_perm(55)), Cancel::Unknown);
        assert_eq!(names.cancel(&by_perm(99)), Cancel::Here(-1));
    }

    #[test]
    fn nothing_is_taken_over_that_is_only_looked_at() {
        let mut names = Names::new(0, false);
        let key = names.told(0, -1, 99, "");
        assert_eq!((key.order_id, key.perm_id), (None, PermId::new(99)));
        assert_eq!(names.cancel(&by_perm(99)), Cancel::Unknown);
        let mut other = Names::new(5, false);
        assert_eq!(other.told(0, -1, 99, "").order_id, None);
        assert_eq!(other.cancel(&by_perm(99)), Cancel::Unknown);
    }

    #[test]
    fn an_error_without_an_id_is_about_the_order_of_that_id_only_by_its_code() {
        let mut names = Names::new(0, true);
        assert_eq!(names.named_by_none(201), None);
        names.told(0, -1, 99, "");
        assert_eq!(names.named_by_none(201).unwrap().perm_id, PermId::new(99));
        assert_eq!(names.named_by_none(2104), None);
        assert_eq!(names.named_by_none(1100), None);
    }

    #[test]
    fn how_an_order_was_listed_is_kept_only_while_it_can_be_changed() {
        let listed = |order_id, status| OrderData {
            order_id,
            order_state: OrderState {
                status,
                ..OrderState::default()
            },
            ..OrderData::default()
        };
        let mut names = Names::new(1, false);
        for id in 1..=1000 {
            names.listed(&listed(id, OrderStatusKind::Submitted));
            names.status(id, &OrderStatusKind::Filled);
            // A list may come behind the status.
            names.listed(&listed(id, OrderStatusKind::Filled));
            names.status(id, &OrderStatusKind::Inactive);
        }
        assert!(names.listed.is_empty());
        names.listed(&listed(7, OrderStatusKind::PreSubmitted));
        names.status(7, &OrderStatusKind::Submitted);
        assert!(names.as_listed(7).is_some());
    }

    #[test]
    fn an_order_that_was_just_placed_can_be_cancelled_by_its_reference() {
        let mut names = Names::new(1, false);
        names.placed(7, "i-1");
        let key = OrderKey {
            order_ref: Some("i-1".into()),
            ..OrderKey::default()
        };
        assert_eq!(names.cancel(&key), Cancel::Here(7));
        names.placed(8, "i-1");
        assert_eq!(names.cancel(&key), Cancel::Unknown);
    }
}
