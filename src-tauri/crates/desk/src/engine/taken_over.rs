//! Orders made by hand in TWS that this session has taken over (bound).
//!
//! They stay orders made elsewhere: nothing of them is in the journal but what was done to them
//! from here. The gateway tells them anew in every session, and they are recognised by permId.

use super::{Desk, words};
use crate::effect::OrderNo;
use gatehouse_domain::draft::Draft;
use gatehouse_domain::id::{IntentId, PermId};
use gatehouse_domain::order::Origin;

/// What a change names such an order by, before its permId.
const NAME: &str = "tws-";

impl Desk {
    /// Whether it was made by hand and can be changed and cancelled in this session.
    pub(super) fn is_taken_over(&self, no: OrderNo) -> bool {
        let order = self.orders.get(no);
        self.link.takes_over
            && order.origin == Origin::Elsewhere { client_id: Some(0) }
            && order.order_id.is_some()
    }

    /// The name that a change of the order bears: our intent, or one made of the permId when it
    /// was taken over.
    pub(super) fn name_of(&self, no: OrderNo) -> Option<IntentId> {
        if let Some(intent) = self.intent_of(no) {
            return Some(intent.clone());
        }
        let perm_id = self.orders.get(no).perm_id?;
        let name = IntentId::new(&format!("{NAME}{perm_id}")).ok()?;
        self.is_taken_over(no).then_some(name)
    }

    /// The order that a change names.
    pub(super) fn named(&self, name: &IntentId) -> Option<OrderNo> {
        self.orders.by_intent(name).or_else(|| {
            let perm_id = name.as_str().strip_prefix(NAME)?.parse().ok()?;
            let no = self.orders.by_perm(PermId::new(perm_id)?)?;
            self.is_taken_over(no).then_some(no)
        })
    }

    /// The order as a draft: what it was sent as from here, or what of a taken-over one can be
    /// changed. The rest of such an order is not in the draft; the adapter leaves it alone.
    pub(super) fn meant_as(&self, no: OrderNo) -> Option<Draft> {
        let entry = self.orders.entry(no);
        if let Some(draft) = &entry.draft {
            return Some(draft.clone());
        }
        let terms = &entry.order.terms;
        let plain = terms.contract.legs.is_empty();
        let draft = Draft::plain(
            self.name_of(no)?,
            terms.account.clone(),
            terms.contract.con_id,
            terms.side,
            terms.quantity,
            terms.pricing?,
            terms.tif?,
        );
        plain.then_some(draft)
    }

    /// The client id under which an order of ours is listed, when it is not this session's: the
    /// gateway lets nobody else change or cancel it alone.
    pub(super) fn client_before(&self, no: OrderNo) -> Option<i32> {
        let listed_by = self.orders.entry(no).listed_by;
        listed_by.filter(|client_id| Some(*client_id) != self.link.client_id)
    }

    /// Who made it, in words, when that was not this program under this client id.
    pub(super) fn made_elsewhere(&self, no: OrderNo) -> Option<String> {
        if self.is_taken_over(no) {
            return Some("Made in TWS, taken over".to_owned());
        }
        let order = self.orders.get(no);
        let before = self
            .client_before(no)
            .filter(|_| self.intent_of(no).is_some());
        words::made_elsewhere(&order.origin)
            .or_else(|| before.map(|id| format!("Made here, client id {id}")))
    }

    /// Why an order can be neither changed nor cancelled here, for a person.
    pub(super) fn why_not_here(&self, no: OrderNo) -> String {
        match self.client_before(no) {
            Some(id) if self.intent_of(no).is_some() => format!(
                "it was placed under client id {id}, and the gateway lets only that id change or \
                 cancel it. Go back to that id in the settings, or do it in TWS."
            ),
            _ => words::order_state(self.orders.get(no)),
        }
    }
}
