//! The person: tickets, confirmations once and twice, changes, cancels.

use super::World;
use super::faults::ACCOUNT;
use gatehouse_desk::effect::Ask;
use gatehouse_desk::view::{CancelScope, OrderView};
use gatehouse_domain::contract::Instrument;
use gatehouse_domain::draft::{DraftInput, Side};
use gatehouse_domain::exits::ExitsInput;
use gatehouse_domain::id::PreviewId;
use gatehouse_domain::order_type::OrderType;
use gatehouse_testkit::stock;
use rand::Rng;
use std::sync::LazyLock;

/// One instrument for each ticket, so that an alarm says which bracket it is about.
static INSTRUMENTS: LazyLock<Vec<Instrument>> = LazyLock::new(|| {
    (0..6)
        .map(|n| stock(&format!("LIFE{n}"), 700 + n))
        .collect()
});

pub fn instruments() -> Vec<Instrument> {
    INSTRUMENTS.clone()
}

impl World {
    pub fn act(&mut self) {
        match self.dice.random_range(0..100) {
            0..35 => self.preview(),
            35..75 => self.confirm(),
            75..90 => self.ask_for_change(),
            90..97 => self.cancel_one(),
            _ => self.cancel_all(),
        }
    }

    fn preview(&mut self) {
        let Some(n) = self.one_of(INSTRUMENTS.len()) else {
            return;
        };
        self.quote();
        let bracket = n % 2 == 0;
        let draft = DraftInput {
            account: ACCOUNT.into(),
            con_id: Some(INSTRUMENTS[n].contract.con_id.get()),
            side: Side::Buy,
            quantity: "8".into(),
            order_type: if n == 4 {
                OrderType::Market
            } else {
                OrderType::Limit
            },
            limit_price: "179.50".into(),
            exits: bracket.then(|| ExitsInput {
                take_profit: if n == 2 { String::new() } else { "190".into() },
                with_stop: true,
                stop_price: "175".into(),
                until_cancelled: true,
                ..ExitsInput::default()
            }),
            ..DraftInput::empty(&format!("i-{n}"))
        };
        self.ask(Ask::Preview(draft));
        if self.chance(800) {
            self.answer_what_if();
        }
    }

    /// Any preview that was ever shown, the newest most of the time.
    fn confirm(&mut self) {
        let shown = self.program.previews.len();
        let at = if self.chance(700) {
            shown.checked_sub(1)
        } else {
            self.one_of(shown)
        };
        let Some(id) = at.and_then(|at| PreviewId::parse(&self.program.previews[at])) else {
            return;
        };
        self.quote();
        self.ask(pressed(id));
        if self.chance(200) {
            self.ask(pressed(id));
        }
    }

    fn some_order(&mut self, is: fn(&OrderView) -> bool) -> Option<(String, String)> {
        let open: Vec<(String, String)> = self
            .program
            .page
            .orders
            .values()
            .filter(|order| is(order))
            .map(|order| (order.key.clone(), order.intent.clone().unwrap_or_default()))
            .collect();
        self.one_of(open.len()).map(|at| open[at].clone())
    }

    fn ask_for_change(&mut self) {
        self.beat();
        if let Some((key, _)) = self.some_order(|order| order.can_change) {
            self.quote();
            self.ask(Ask::Refill(key));
        }
    }

    /// A ticket that changes an order came back: it is typed into and previewed.
    pub fn retype(&mut self, mut ticket: DraftInput) {
        let number = self.program.asks;
        ticket.intent = format!("c-{number}");
        let quantity: u32 = ticket.quantity.parse().unwrap_or(8);
        let delta = self.dice.random_range(0..3u32);
        if self.chance(500) {
            ticket.quantity = (quantity + 2 - delta).max(1).to_string();
        }
        if ticket.order_type == OrderType::Limit && ticket.side == Side::Buy {
            ticket.limit_price = ["179.40", "179.60", "179.80"][delta as usize].into();
        }
        self.ask(Ask::Preview(ticket));
        if self.chance(900) {
            self.answer_what_if();
        }
        if self.chance(700)
            && let Some(id) = self.program.previews.last()
            && let Some(id) = PreviewId::parse(id)
        {
            self.ask(pressed(id));
        }
    }

    fn cancel_one(&mut self) {
        self.beat();
        if let Some((key, intent)) = self.some_order(|order| order.can_cancel) {
            self.note(format!("the person cancels {intent}"));
            self.let_go.insert(intent);
            self.ask(Ask::Cancel(key));
        }
    }

    fn cancel_all(&mut self) {
        self.beat();
        self.note("the person cancels everything");
        let names: Vec<String> = self
            .program
            .page
            .orders
            .values()
            .filter_map(|order| order.intent.clone())
            .collect();
        self.let_go.extend(names);
        let others_too = false;
        self.ask(Ask::CancelMany(CancelScope::Everything { others_too }));
    }
}

/// The button of a paper account's confirmation.
fn pressed(preview: PreviewId) -> Ask {
    Ask::Confirm {
        preview,
        typed: None,
        reasons: Vec::new(),
    }
}
