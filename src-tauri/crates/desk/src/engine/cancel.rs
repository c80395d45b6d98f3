//! Cancelling: no preview, and out even when its record has to wait.

use super::Desk;
use crate::effect::{Answer, AskId, Awaited, Effect, OrderNo};
use crate::error::ErrorCode;
use crate::port::{BrokerError, OrderKey};
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
        self.orders.apply(no, &Report::CancelAsked, now);
        self.page.order(no);
        let order = self.orders.get(no);
        let account = order.terms.account.clone();
        let intent = self.intent_of(no).cloned();
        let wire_key = OrderKey {
            perm_id: order.perm_id,
            order_id: order.order_id,
            client_id: self.link.client_id,
            order_ref: intent.as_ref().map(|i| i.as_str().to_owned()),
        };
        let record = self.record(now, Some(&account), intent.as_ref(), Entry::CancelAsked);
        // A cancel lowers the risk: it goes out even when its record has to wait.
        vec![
            Effect::Cancel {
                order: no,
                key: wire_key,
            },
            self.commit(vec![record], Vec::new(), Awaited::Nobody),
            Effect::Answer {
                id,
                answer: Ok(Answer::Done),
            },
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
