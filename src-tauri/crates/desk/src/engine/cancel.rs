//! Cancelling: no preview, and out even when its record has to wait.

use super::Desk;
use crate::effect::{Answer, AskId, Awaited, Effect, OrderNo};
use crate::error::ErrorCode;
use crate::port::BrokerError;
use crate::record::Entry;
use crate::view::Tone;
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::order::Report;

impl Desk {
    pub(super) fn cancel(&mut self, id: AskId, key: &str, now: UnixMillis) -> Vec<Effect> {
        let Some(no) =
            super::views::order_no(key).filter(|no| self.orders.iter().any(|(n, _)| n == *no))
        else {
            return vec![Self::refuse(
                id,
                ErrorCode::NotFound,
                "There is no such order.",
            )];
        };
        if !self.is_connected() {
            return vec![Self::refuse(
                id,
                ErrorCode::NotConnected,
                "There is no link to the gateway, so a cancel can't be asked for. If it is urgent, \
                 cancel in TWS, IBKR Mobile or by telephone.",
            )];
        }
        if !self.can_cancel(no) {
            let view = self.order_view(no);
            return vec![Self::refuse(
                id,
                ErrorCode::Refused,
                format!("This order can't be cancelled from here: {}", view.says),
            )];
        }
        let mut effects = self.send_cancel(no, now);
        effects.push(Effect::Answer {
            id,
            answer: Ok(Answer::Done),
        });
        effects
    }

    /// Asks the broker for a cancel and writes that it was asked for. A cancel lowers the risk:
    /// it goes out even when its record has to wait.
    pub(super) fn send_cancel(&mut self, no: OrderNo, now: UnixMillis) -> Vec<Effect> {
        self.orders.apply(no, &Report::CancelAsked, now);
        self.page.order(no);
        let key = self.wire_key(no);
        let account = self.orders.get(no).terms.account.clone();
        let intent = self.intent_of(no).cloned();
        let record = self.record(now, Some(&account), intent.as_ref(), Entry::CancelAsked);
        vec![
            Effect::Cancel { order: no, key },
            self.commit(vec![record], Vec::new(), Awaited::Nobody),
        ]
    }

    pub(super) fn on_cancel_answer(
        &mut self,
        no: OrderNo,
        answer: Result<(), BrokerError>,
        now: UnixMillis,
    ) -> Vec<Effect> {
        let Err(error) = answer else {
            return Vec::new();
        };
        let why = error.to_string();
        self.orders.apply(no, &Report::CancelRefused, now);
        self.page.order(no);
        self.tell(
            now,
            Tone::Alarm,
            &format!("The order was not cancelled. {why}"),
            None,
        );
        let account = self.orders.get(no).terms.account.clone();
        let intent = self.intent_of(no).cloned();
        let entry = Entry::CancelFailed { why };
        let record = self.record(now, Some(&account), intent.as_ref(), entry);
        self.note(vec![record])
    }
}
