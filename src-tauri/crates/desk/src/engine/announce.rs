//! What a person is told unasked: fills and refusals as they happen, and after a gap what
//! changed meanwhile.

use super::{Desk, codes, words};
use crate::effect::OrderNo;
use crate::view::{NoticeAbout, Tone};
use gatehouse_domain::Decimal;
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::order::OrderState;
use std::collections::BTreeMap;

/// So many fills of one beat are told one by one; more in one sentence.
const FILLS_APIECE: usize = 3;

/// How the orders stood when they were lost from sight.
#[derive(Debug)]
pub(super) struct Gap {
    open: BTreeMap<OrderNo, (OrderState, Decimal)>,
    known: usize,
    /// The program was closed, rather than the link lost.
    closed: bool,
}

impl Desk {
    /// Begins a gap, unless one is open already.
    pub(super) fn begin_gap(&mut self, closed: bool) {
        if self.gap.is_some() {
            return;
        }
        self.gap = Some(Gap {
            open: self
                .orders
                .iter()
                .filter(|(_, order)| !order.state.is_final())
                .map(|(no, order)| (no, (order.state.clone(), order.filled())))
                .collect(),
            known: self.orders.len(),
            closed,
        });
    }

    /// Says what changed during the gap, once everything has been listed again.
    pub(super) fn end_gap(&mut self, now: UnixMillis) {
        let Some(gap) = self.gap.take() else {
            return;
        };
        let Some((text, tone)) = self.gap_sentence(&gap) else {
            return;
        };
        self.tell(now, tone, &text, None);
    }

    fn gap_sentence(&self, gap: &Gap) -> Option<(String, Tone)> {
        let [
            mut filled,
            mut in_part,
            mut cancelled,
            mut refused,
            mut nowhere,
        ] = [0u32; 5];
        for (no, (_, before)) in &gap.open {
            let order = self.orders.get(*no);
            match &order.state {
                OrderState::Filled => filled += 1,
                OrderState::Cancelled => cancelled += 1,
                OrderState::Rejected { .. } => refused += 1,
                OrderState::NotAtBroker => nowhere += 1,
                _ if order.filled() > *before => in_part += 1,
                _ => {}
            }
        }
        // When the program starts, all orders made elsewhere are new to it.
        let appeared = if gap.closed {
            0
        } else {
            self.orders.len().saturating_sub(gap.known)
        };
        let appeared = u32::try_from(appeared).unwrap_or(u32::MAX);
        let were = |n: u32, what: &str| {
            let verb = if n == 1 { "was" } else { "were" };
            format!("{} {verb} {what}", words::count(n, "order"))
        };
        let parts: Vec<String> = [
            (filled, format!("{} filled", words::count(filled, "order"))),
            (
                in_part,
                format!("{} filled in part", words::count(in_part, "order")),
            ),
            (cancelled, were(cancelled, "cancelled")),
            (refused, were(refused, "refused")),
            (nowhere, were(nowhere, "not found at IBKR")),
            (
                appeared,
                format!("{} appeared", words::count(appeared, "new order")),
            ),
        ]
        .into_iter()
        .filter_map(|(n, says)| (n > 0).then_some(says))
        .collect();
        let meanwhile = if gap.closed {
            "While Gatehouse was closed"
        } else {
            "While the link was down"
        };
        let open = u32::try_from(gap.open.len()).unwrap_or(u32::MAX);
        match parts.split_last() {
            None if open == 0 => None,
            None => Some((
                format!(
                    "{meanwhile} nothing happened to the {} that {} open.",
                    words::count(open, "order"),
                    if open == 1 { "was" } else { "were" }
                ),
                Tone::Quiet,
            )),
            Some((only, [])) => Some((format!("{meanwhile}: {only}."), Tone::Warning)),
            Some((last, first)) => Some((
                format!("{meanwhile}: {} and {last}.", first.join(", ")),
                Tone::Warning,
            )),
        }
    }

    /// Tells of a state that was just reached. What is found out while lists are read after a
    /// gap is told by the gap's sentence.
    pub(super) fn announce(&mut self, no: OrderNo, before: &OrderState, now: UnixMillis) {
        let state = &self.orders.get(no).state;
        if state == before || !self.link.is_reconciled() {
            return;
        }
        match state {
            OrderState::Filled => self.fills_untold.push(no),
            OrderState::Rejected { code, reason } => {
                let why =
                    code.map_or_else(|| reason.clone(), |code| codes::rejection(code, reason));
                let text = format!(
                    "Refused: {}. {why}",
                    words::order_sentence(self.orders.get(no))
                );
                let code = *code;
                self.tell_about(now, Tone::Warning, &text, code, Some(NoticeAbout::Reject));
            }
            _ => {}
        }
    }

    /// Tells the fills since the last beat.
    pub(super) fn tell_fills(&mut self, now: UnixMillis) {
        let fills = std::mem::take(&mut self.fills_untold);
        let about = Some(NoticeAbout::Fill);
        if fills.len() > FILLS_APIECE {
            let text = format!("{} orders filled.", fills.len());
            self.tell_about(now, Tone::Quiet, &text, None, about);
            return;
        }
        for no in fills {
            let text = words::filled_sentence(self.orders.get(no));
            self.tell_about(now, Tone::Quiet, &text, None, about);
        }
    }

    /// The link went while orders were open.
    pub(super) fn tell_of_orders_without_link(&mut self, now: UnixMillis) {
        let open = self
            .orders
            .iter()
            .filter(|(_, order)| order.state.may_fill())
            .count();
        if open == 0 {
            return;
        }
        let open = u32::try_from(open).unwrap_or(u32::MAX);
        if self.link.restart.under_way {
            let text = format!(
                "The gateway went for its nightly restart with {} open. What IBKR has taken goes \
                 on there.",
                words::count(open, "order")
            );
            self.tell(now, Tone::Quiet, &text, None);
            return;
        }
        let text = format!(
            "The link to the gateway is lost with {} open. What IBKR has taken goes on there; it \
             can be cancelled in TWS or IBKR Mobile.",
            words::count(open, "order")
        );
        self.tell_about(now, Tone::Alarm, &text, None, Some(NoticeAbout::Disconnect));
    }
}
