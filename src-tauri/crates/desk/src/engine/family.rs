//! Brackets: an entry is never left without its stop unnoticed.

use super::Desk;
use crate::effect::{Effect, OrderNo};
use crate::view::Tone;
use gatehouse_domain::Decimal;
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::order::OrderState;

impl Desk {
    /// An order was refused. What belongs to it must not work without it: the rest of its entry
    /// is cancelled, and the person is told what stands unprotected.
    pub(super) fn guard_family(&mut self, no: OrderNo, now: UnixMillis) -> Vec<Effect> {
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
        let symbol = self.orders.get(entry).terms.contract.symbol.clone();
        let says = if no == entry {
            return self.cancel_each(&rest, now);
        } else if filled.is_zero() {
            format!(
                "A part of the bracket on {symbol} was refused, so the rest of it is cancelled."
            )
        } else {
            format!(
                "A part of the bracket on {symbol} was refused after {} had filled. Look at the \
                 position now: it may stand without its stop.",
                super::words::number(filled)
            )
        };
        self.tell(now, Tone::Alarm, &says, None);
        self.cancel_each(&rest, now)
    }

    fn cancel_each(&mut self, orders: &[OrderNo], now: UnixMillis) -> Vec<Effect> {
        orders
            .iter()
            .flat_map(|no| self.send_cancel(*no, now))
            .collect()
    }

    /// After a gap: what has filled and has lost its stop is told, once for each session.
    pub(super) fn tell_unprotected(&mut self, now: UnixMillis) {
        let naked: Vec<String> = self
            .orders
            .numbers()
            .filter_map(|no| self.unprotected(no))
            .collect();
        for says in naked {
            self.tell(now, Tone::Alarm, &says, None);
        }
    }

    /// The alarm about an entry that has filled, is not closed, and whose stop is gone though
    /// nobody here cancelled it.
    fn unprotected(&self, no: OrderNo) -> Option<String> {
        let intent = self.intent_of(no)?;
        if intent.entry().is_some() {
            return None;
        }
        let stop = self.orders.get(self.orders.by_intent(&intent.stop_loss())?);
        let gone = matches!(
            stop.state,
            OrderState::NotAtBroker | OrderState::Rejected { .. }
        );
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
                entry.terms.contract.symbol,
                entry.terms.account
            )
        })
    }
}
