//! Brackets: an entry is never left without its stop unnoticed.

use super::Desk;
use crate::effect::{Effect, OrderNo};
use crate::view::Tone;
use gatehouse_domain::Decimal;
use gatehouse_domain::id::IntentId;
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::order::OrderState;

impl Desk {
    /// An order was refused. What belongs to it must not work without it: the rest of its entry
    /// is cancelled, and the person is told what stands unprotected.
    pub(super) fn guard_family(&mut self, no: OrderNo, now: UnixMillis) -> Vec<Effect> {
        self.watch_protection(no, now);
        if !matches!(self.orders.get(no).state, OrderState::Rejected { .. }) {
            return Vec::new();
        }
        let Some(family) = self.orders.family(no).filter(|f| f.len() > 1) else {
            return Vec::new();
        };
        let entry = family[0];
        let filled = self.orders.get(entry).filled();
        // What has filled keeps the exits that are left.
        let rest = family
            .into_iter()
            .filter(|member| *member != no && (*member == entry || filled.is_zero()));
        let rest: Vec<OrderNo> = rest.filter(|member| self.can_cancel(*member)).collect();
        let symbol = self.orders.get(entry).terms.contract.label();
        if no == entry {
            return self.cancel_each(&rest, now);
        }
        // What has filled and lost its stop has been told by now.
        if filled.is_zero() {
            let says = format!(
                "A part of the bracket on {symbol} was refused, so the rest of it is cancelled."
            );
            self.tell(now, Tone::Alarm, &says, None);
        } else if self.intent_of(no).is_some_and(IntentId::is_take_profit) {
            let says = format!(
                "The take-profit of the bracket on {symbol} was refused after {} had filled. Its \
                 stop is not touched.",
                super::words::number(filled)
            );
            self.tell(now, Tone::Warning, &says, None);
        }
        self.cancel_each(&rest, now)
    }

    fn cancel_each(&mut self, orders: &[OrderNo], now: UnixMillis) -> Vec<Effect> {
        orders
            .iter()
            .flat_map(|no| self.send_cancel(*no, now))
            .collect()
    }

    /// Something of a bracket moved: when what it opened has lost its stop by that, it is told.
    pub(super) fn watch_protection(&mut self, no: OrderNo, now: UnixMillis) {
        let family = self.orders.family(no).unwrap_or_default();
        let Some(entry) = family.first().copied().filter(|_| family.len() > 1) else {
            return;
        };
        match self.unprotected(entry) {
            None => {
                self.told_unprotected.remove(&entry);
            }
            Some(says) => {
                if self.told_unprotected.insert(entry) {
                    self.tell(now, Tone::Alarm, &says, None);
                }
            }
        }
    }

    /// After a gap: what has filled and has lost its stop is told, once for each session, unless
    /// nothing of it is held any more.
    pub(super) fn tell_unprotected(&mut self, now: UnixMillis) {
        let naked: Vec<(OrderNo, String)> = self
            .orders
            .numbers()
            .filter(|no| self.may_hold(*no))
            .filter_map(|no| Some((no, self.unprotected(no)?)))
            .collect();
        for (no, says) in naked {
            self.told_unprotected.insert(no);
            self.tell(now, Tone::Alarm, &says, None);
        }
    }

    /// Whether the account may still hold what an order opened, as far as positions are known.
    fn may_hold(&self, no: OrderNo) -> bool {
        let terms = &self.orders.get(no).terms;
        self.held(&terms.account, terms.contract.con_id)
            .is_none_or(|held| held * terms.side.sign() > Decimal::ZERO)
    }

    /// The alarm about an entry that has filled, is not closed, and whose stop is gone though
    /// nobody here cancelled it.
    fn unprotected(&self, no: OrderNo) -> Option<String> {
        let intent = self.intent_of(no)?;
        if intent.entry().is_some() {
            return None;
        }
        let stop_no = self.orders.by_intent(&intent.stop_loss())?;
        let stop = self.orders.get(stop_no);
        let gone = match stop.state {
            OrderState::NotAtBroker | OrderState::Rejected { .. } | OrderState::Inactive => true,
            // Who cancelled the stop knows.
            OrderState::Cancelled => !self.orders.entry(stop_no).let_go,
            _ => false,
        };
        let closed = self
            .orders
            .by_intent(&intent.take_profit())
            .map_or(Decimal::ZERO, |profit| self.orders.get(profit).filled());
        let entry = self.orders.get(no);
        let open = entry.filled() - closed - stop.filled();
        (gone && open > Decimal::ZERO).then(|| {
            format!(
                "{} {} were filled in {} and their stop is not at the broker. Look at the position \
                 now.",
                super::words::number(open),
                entry.terms.contract.label(),
                entry.terms.account
            )
        })
    }
}
