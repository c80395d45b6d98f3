//! The model of a broker: a book, positions, and what it says of them.

use gatehouse_desk::port::broker::{BrokerEvent, OrderKey, OrderSeen, StatusSeen, Ties};
use gatehouse_domain::Decimal;
use gatehouse_domain::decimal::{Currency, Quantity};
use gatehouse_domain::draft::Side;
use gatehouse_domain::id::{ConId, ExecId, OrderId, PermId};
use gatehouse_domain::order::{OrderTerms, Report};
use std::collections::BTreeMap;

/// The client id of every session.
pub const CLIENT: i32 = 17;

/// An order as it travels.
#[derive(Debug, Clone)]
pub struct Leg {
    pub name: String,
    pub terms: OrderTerms,
    /// The name of the entry that it is attached to.
    pub parent: Option<String>,
    pub transmit: bool,
}

/// Where an order of the book stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stand {
    /// Not transmitted: nothing is told of it.
    Kept,
    /// Waits for its entry.
    Waits,
    Works,
    Ending,
    Filled,
    Cancelled,
    Refused,
}

/// An order of the book.
#[derive(Debug, Clone)]
pub struct Order {
    pub name: String,
    pub terms: OrderTerms,
    pub parent: Option<String>,
    pub order_id: i32,
    pub perm_id: i64,
    pub stand: Stand,
    pub filled: Decimal,
    /// At which step it ended or had its first fill.
    pub ended_at: u32,
    pub filled_at: u32,
}

impl Order {
    pub fn is_open(&self) -> bool {
        matches!(self.stand, Stand::Waits | Stand::Works | Stand::Ending)
    }

    fn key(&self) -> OrderKey {
        OrderKey {
            perm_id: PermId::new(self.perm_id),
            order_id: OrderId::new(self.order_id),
            client_id: Some(CLIENT),
            order_ref: Some(self.name.clone()),
        }
    }

    fn report(&self) -> Option<Report> {
        Some(match self.stand {
            Stand::Kept | Stand::Refused => return None,
            Stand::Waits => Report::PreSubmitted,
            Stand::Works => Report::Submitted,
            Stand::Ending => Report::PendingCancel,
            Stand::Filled => Report::Filled,
            Stand::Cancelled => Report::Cancelled,
        })
    }

    pub fn listed(&self) -> BrokerEvent {
        BrokerEvent::Order(OrderSeen {
            key: self.key(),
            terms: self.terms.clone(),
            report: self.report(),
            filled: (!self.filled.is_zero()).then_some(self.filled),
            warning: None,
            ties: Ties::default(),
        })
    }

    fn status(&self) -> BrokerEvent {
        BrokerEvent::Status(StatusSeen {
            key: self.key(),
            report: self.report(),
            filled: self.filled,
            remaining: self.terms.quantity.get() - self.filled,
            why_held: None,
        })
    }
}

/// The book, the positions, and what was executed.
#[derive(Debug, Default)]
pub struct Broker {
    pub orders: Vec<Order>,
    pub positions: BTreeMap<ConId, (OrderTerms, Decimal)>,
    executions: Vec<(BrokerEvent, BrokerEvent)>,
    next: i64,
}

impl Broker {
    pub fn find(&self, name: &str) -> Option<usize> {
        self.orders.iter().position(|order| order.name == name)
    }

    fn number(&mut self) -> i64 {
        self.next += 1;
        self.next
    }

    /// An order arrives. `refused` is the dice's word on it.
    pub fn arrive(&mut self, leg: Leg, refused: bool, step: u32) -> Vec<BrokerEvent> {
        let orphan = leg.parent.as_ref().is_some_and(|parent| {
            self.find(parent)
                .is_none_or(|at| !matches!(self.orders[at].stand, Stand::Kept))
        });
        let number = self.number();
        let mut order = Order {
            name: leg.name,
            terms: leg.terms,
            parent: leg.parent,
            order_id: i32::try_from(number).unwrap_or(0),
            perm_id: 9_000 + number,
            stand: Stand::Kept,
            filled: Decimal::ZERO,
            ended_at: step,
            filled_at: 0,
        };
        if refused || orphan {
            order.stand = Stand::Refused;
            let (code, text) = if orphan {
                (135, "Can't find order with id")
            } else {
                (201, "Order rejected - reason: the dice")
            };
            let told = notice(&order, code, text);
            self.orders.push(order);
            return vec![told];
        }
        let parent = order.parent.clone();
        self.orders.push(order);
        if !leg.transmit {
            return Vec::new();
        }
        let last = self.orders.len() - 1;
        let head = parent.unwrap_or_else(|| self.orders[last].name.clone());
        let mut told = Vec::new();
        for order in &mut self.orders {
            let of_it = order.name == head || order.parent.as_ref() == Some(&head);
            if of_it && order.stand == Stand::Kept {
                order.stand = if order.parent.is_some() {
                    Stand::Waits
                } else {
                    Stand::Works
                };
                told.extend([order.listed(), order.status()]);
            }
        }
        told
    }

    /// A change arrives.
    pub fn change(&mut self, leg: Leg, refused: bool) -> Vec<BrokerEvent> {
        let Some(at) = self.find(&leg.name) else {
            return Vec::new();
        };
        let order = &mut self.orders[at];
        match order.stand {
            Stand::Filled => vec![notice(order, 104, "Cannot modify a filled order.")],
            Stand::Ending | Stand::Cancelled | Stand::Refused | Stand::Kept => {
                vec![notice(
                    order,
                    105,
                    "Order being modified does not match original order",
                )]
            }
            _ if leg.terms.quantity.get() <= order.filled => {
                vec![notice(order, 105, "Order being modified is already filled")]
            }
            _ if refused => vec![notice(order, 201, "Order rejected - reason: the dice")],
            _ => {
                order.terms = leg.terms;
                vec![order.listed(), order.status()]
            }
        }
    }

    /// A cancel arrives, or somebody else's word.
    pub fn cancel(&mut self, name: &str, step: u32) -> Vec<BrokerEvent> {
        let Some(at) = self.find(name) else {
            return Vec::new();
        };
        let order = &mut self.orders[at];
        match order.stand {
            Stand::Kept => {
                order.stand = Stand::Cancelled;
                order.ended_at = step;
                vec![notice(order, 202, "Order Canceled - reason:")]
            }
            Stand::Waits | Stand::Works => {
                order.stand = Stand::Ending;
                vec![order.status()]
            }
            _ => vec![notice(
                order,
                10148,
                "OrderId that needs to be cancelled cannot be cancelled, state: Cancelled.",
            )],
        }
    }

    /// An order that is being cancelled ends, and what hangs on it.
    pub fn end(&mut self, at: usize, step: u32) -> Vec<BrokerEvent> {
        let name = self.orders[at].name.clone();
        let mut told = Vec::new();
        for order in &mut self.orders {
            if (order.name == name || order.parent.as_ref() == Some(&name)) && order.is_open() {
                order.stand = Stand::Cancelled;
                order.ended_at = step;
                told.extend([order.listed(), order.status()]);
            }
        }
        told
    }

    /// So much of an order trades.
    pub fn fill(&mut self, at: usize, quantity: Decimal, step: u32) -> Vec<BrokerEvent> {
        let number = self.number();
        let order = &mut self.orders[at];
        order.filled += quantity;
        order.filled_at = step;
        let all = order.filled == order.terms.quantity.get();
        if all {
            order.stand = Stand::Filled;
            order.ended_at = step;
        }
        let terms = order.terms.clone();
        let exec_id = ExecId::new(&format!("e.{number}")).expect("an execution's id");
        let execution = BrokerEvent::Execution {
            key: order.key(),
            account: terms.account.clone(),
            contract: terms.contract.clone(),
            side: terms.side,
            exec_id: exec_id.clone(),
            quantity: Quantity::new(quantity).expect("a quantity"),
            price: Decimal::from(180),
            liquidity: None,
        };
        let commission = BrokerEvent::Commission {
            exec_id,
            amount: Decimal::ONE,
            currency: Currency::USD,
            realized_pnl: None,
        };
        let held = self
            .positions
            .entry(terms.contract.con_id)
            .or_insert_with(|| (terms.clone(), Decimal::ZERO));
        held.1 += terms.side.sign() * quantity;
        let position = position(&held.0, held.1);
        let mut told = vec![
            execution.clone(),
            order.status(),
            commission.clone(),
            position,
        ];
        self.executions.push((execution, commission));
        told.extend(self.spread(at, quantity, all, step));
        told
    }

    /// What a fill does to the rest of the bracket.
    fn spread(&mut self, at: usize, quantity: Decimal, all: bool, step: u32) -> Vec<BrokerEvent> {
        let (name, parent) = (self.orders[at].name.clone(), self.orders[at].parent.clone());
        let mut told = Vec::new();
        for other in &mut self.orders {
            if other.parent.as_ref() == Some(&name) && all && other.stand == Stand::Waits {
                other.stand = Stand::Works;
                told.push(other.status());
            }
            let sibling = parent.is_some() && other.parent == parent && other.name != name;
            if sibling && other.is_open() {
                let left = other.terms.quantity.get() - quantity;
                match Quantity::new(left)
                    .ok()
                    .filter(|_| left > other.filled && !all)
                {
                    Some(left) => {
                        other.terms.quantity = left;
                        told.push(other.listed());
                    }
                    None => {
                        other.stand = Stand::Cancelled;
                        other.ended_at = step;
                        told.extend([other.listed(), other.status()]);
                    }
                }
            }
        }
        told
    }

    /// All that it knows, as it tells after a gap.
    pub fn all(&self) -> Vec<BrokerEvent> {
        let held = self.positions.values();
        let mut told: Vec<_> = held.map(|(terms, held)| position(terms, *held)).collect();
        told.push(BrokerEvent::PositionsComplete);
        let shown = |open: bool| {
            self.orders
                .iter()
                .filter(move |o| o.is_open() == open && o.report().is_some())
        };
        for order in shown(true) {
            told.extend([order.listed(), order.status()]);
        }
        for order in shown(false) {
            let BrokerEvent::Order(mut seen) = order.listed() else {
                continue;
            };
            // A completed order has no order id any more.
            seen.key.order_id = None;
            told.push(BrokerEvent::Order(seen));
        }
        for (execution, commission) in &self.executions {
            told.extend([execution.clone(), commission.clone()]);
        }
        told.push(BrokerEvent::Reconciled);
        told
    }

    /// What is open of a bracket's entry and not closed: above zero when something is held.
    pub fn exposed(&self, entry: &Order) -> Decimal {
        let closed: Decimal = self
            .orders
            .iter()
            .filter(|order| order.parent.as_ref() == Some(&entry.name))
            .map(|order| order.filled)
            .sum();
        entry.filled - closed
    }
}

fn notice(order: &Order, code: i32, text: &str) -> BrokerEvent {
    let mut key = order.key();
    // What was refused or kept has no permId yet.
    if matches!(order.stand, Stand::Refused | Stand::Kept) {
        key.perm_id = None;
    }
    BrokerEvent::OrderNotice {
        key,
        code,
        text: text.to_owned(),
    }
}

fn position(terms: &OrderTerms, quantity: Decimal) -> BrokerEvent {
    BrokerEvent::Position {
        account: terms.account.clone(),
        contract: terms.contract.clone(),
        quantity,
        average_cost: (!quantity.is_zero()).then(|| Decimal::from(180)),
    }
}

/// A side's word for the trail.
pub fn word(side: Side) -> &'static str {
    side.words()
}
