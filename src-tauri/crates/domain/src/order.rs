//! The life of an order: its states, what is reported of it, and the one table of transitions.

use crate::contract::Contract;
use crate::decimal::{Currency, Quantity};
use crate::draft::Side;
use crate::id::{AccountId, ConId, ExecId, IntentId, OrderId, PermId};
use crate::instant::UnixMillis;
use crate::pricing::Pricing;
use crate::tif::TimeInForce;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What an order is about, whoever made it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OrderTerms {
    /// For which account.
    pub account: AccountId,
    /// What is traded.
    pub contract: Contract,
    /// Buy or sell.
    pub side: Side,
    /// How many in all.
    pub quantity: Quantity,
    /// The price; `None` for an order type that Gatehouse does not make.
    pub pricing: Option<Pricing>,
    /// The wire's word for the order type (`MKT`, `LMT`, `TRAIL`, …).
    pub order_type: String,
    /// How long; `None` for one that Gatehouse does not make.
    pub tif: Option<TimeInForce>,
}

/// Who made an order.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Origin {
    /// Made here, with this intent.
    Gatehouse(IntentId),
    /// Made in TWS or by another API client.
    Elsewhere {
        /// The other client's id, when told.
        client_id: Option<i32>,
    },
}

/// Whether an execution added liquidity to the market or took it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum Liquidity {
    /// The order stood in the book.
    Added,
    /// The order took what stood there.
    Removed,
    /// It was routed to another market.
    RoutedOut,
}

/// What the broker said about an order that is not an end: 399, 404 and such.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Note {
    /// The broker's code, when it came with one.
    pub code: Option<i32>,
    /// The broker's words.
    pub text: String,
}

/// One execution: a part, or all, of an order filled at one price.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Execution {
    /// Its id.
    pub exec_id: ExecId,
    /// How many.
    pub quantity: Quantity,
    /// At what price.
    pub price: Decimal,
    /// Of which leg, when it is a leg's part of a combination's execution. Those are not counted
    /// beside the combination's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leg: Option<ConId>,
    /// When Gatehouse received it.
    pub at: UnixMillis,
    /// Its commission, once the report has come.
    pub commission: Option<(Decimal, Currency)>,
    /// The profit or loss it realized, once the report has come, in the commission's currency.
    pub realized_pnl: Option<Decimal>,
    /// Whether it added liquidity or took it, when told.
    pub liquidity: Option<Liquidity>,
}

/// Where an order stands. Every variant carries what only it knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "camelCase")]
pub enum OrderState {
    /// In the journal and given to the wire; not yet acknowledged.
    Sent,
    /// `PreSubmitted`: the broker has it and holds it (until the open, a trigger, …).
    Held,
    /// `Submitted`: working at the exchange.
    Working,
    /// A cancel was asked for and has not been acknowledged.
    Cancelling,
    /// All of it filled.
    Filled,
    /// Cancelled; what had filled before stays filled.
    Cancelled,
    /// The broker refused it.
    Rejected {
        /// The broker's code, such as 201; `None` when only the state was told.
        code: Option<i32>,
        /// The broker's words.
        reason: String,
    },
    /// `Inactive`: the broker has it but it does not work.
    Inactive,
    /// Its outcome is not known: the link was lost while it was under way. Never sent again.
    Unknown,
    /// After a gap the broker lists it nowhere: not open, not completed, not executed.
    NotAtBroker,
}

impl OrderState {
    /// Nothing more is expected to happen to it.
    #[must_use]
    pub fn is_final(&self) -> bool {
        matches!(
            self,
            Self::Filled | Self::Cancelled | Self::Rejected { .. } | Self::NotAtBroker
        )
    }

    /// It may still fill, so it counts against what an account can do.
    #[must_use]
    pub fn may_fill(&self) -> bool {
        !self.is_final()
    }

    /// A cancel can be asked for.
    #[must_use]
    pub fn can_cancel(&self) -> bool {
        matches!(
            self,
            Self::Sent | Self::Held | Self::Working | Self::Inactive | Self::Unknown
        )
    }
}

/// The broker's word for a status, or what became of the link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Report {
    /// `PendingSubmit` or `ApiPending`: on its way.
    Pending,
    /// `PreSubmitted`.
    PreSubmitted,
    /// `Submitted`.
    Submitted,
    /// `PendingCancel`.
    PendingCancel,
    /// `Cancelled` or `ApiCancelled`, or code 202.
    Cancelled,
    /// `Filled`, or executions that add up to the whole.
    Filled,
    /// `Inactive`.
    Inactive,
    /// A refusal that ends the order: with a code such as 201, or without one when the order
    /// never left.
    Rejected { code: Option<i32>, reason: String },
    /// The person asked for a cancel.
    CancelAsked,
    /// The cancel could not be handed to the wire or was refused; the order stands as it was.
    CancelRefused,
    /// The link was lost, or the wire can't tell whether the order went out.
    LinkLost,
    /// After the link came back, the broker lists the order nowhere.
    NotListed,
}

/// The one table of transitions. `None` means that the report changes nothing: a repeat, or a
/// late word about an order that has ended.
///
/// What has ended stays ended, with two exceptions that the wire forces: an execution may
/// come after `Cancelled` (they crossed), and an order that seemed not to have arrived may
/// show up after all.
#[must_use]
pub fn next_state(state: &OrderState, report: &Report) -> Option<OrderState> {
    use OrderState as S;
    use Report as R;
    let next = match (state, report) {
        // Ended for good.
        (S::Filled, _) => return None,
        (S::Cancelled | S::Rejected { .. }, R::Filled) => S::Filled,
        (S::Cancelled | S::Rejected { .. }, _) => return None,

        // A cancel is under way until the broker says what came of it. TWS repeats
        // `Submitted` while it is; only the refusal puts the order back to work.
        (S::Cancelling, R::Pending | R::PreSubmitted | R::Submitted | R::CancelAsked) => {
            return None;
        }
        (S::Cancelling, R::CancelRefused) => S::Working,
        (_, R::CancelRefused) => return None,

        // An acknowledgement that is older than what is known takes nothing back.
        (S::Held | S::Working | S::Inactive, R::Pending) => return None,
        (S::Working, R::PreSubmitted) => return None,

        (S::Unknown | S::NotAtBroker | S::Sent, R::Pending) => S::Sent,
        (_, R::PreSubmitted) => S::Held,
        (_, R::Submitted) => S::Working,
        (S::NotAtBroker, R::CancelAsked) => return None,
        (_, R::CancelAsked | R::PendingCancel) => S::Cancelling,
        (_, R::Cancelled) => S::Cancelled,
        (_, R::Filled) => S::Filled,
        (_, R::Inactive) => S::Inactive,
        (_, R::Rejected { code, reason }) => S::Rejected {
            code: *code,
            reason: reason.clone(),
        },
        // What the broker has acknowledged stands there whether or not it can be seen; only
        // what was under way when the link went is not known.
        (S::Sent | S::Cancelling, R::LinkLost) => S::Unknown,
        (_, R::LinkLost) => return None,
        (_, R::NotListed) => S::NotAtBroker,
    };
    (next != *state).then_some(next)
}

/// An order with all that is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Who made it.
    pub origin: Origin,
    /// What it is about.
    pub terms: OrderTerms,
    /// Its permId, once told.
    pub perm_id: Option<PermId>,
    /// Its id with the client that made it, once told and while the session lasts.
    pub order_id: Option<OrderId>,
    /// Where it stands.
    pub state: OrderState,
    /// How many the broker's status says have filled, which may run ahead of or behind the
    /// executions.
    pub reported_filled: Decimal,
    /// Its executions.
    pub executions: BTreeMap<ExecId, Execution>,
    /// When it was sent from here, or first seen.
    pub since: UnixMillis,
    /// When anything about it was last told.
    pub updated: UnixMillis,
    /// What the broker said about it that is not an end, each once.
    pub notes: Vec<Note>,
}

impl Order {
    /// An order that was just sent or first seen.
    #[must_use]
    pub fn new(origin: Origin, terms: OrderTerms, at: UnixMillis) -> Self {
        Self {
            origin,
            terms,
            perm_id: None,
            order_id: None,
            state: OrderState::Sent,
            reported_filled: Decimal::ZERO,
            executions: BTreeMap::new(),
            since: at,
            updated: at,
            notes: Vec::new(),
        }
    }

    /// Applies a report; true when the state changed.
    pub fn apply(&mut self, report: &Report, at: UnixMillis) -> bool {
        self.updated = at;
        let Some(next) = next_state(&self.state, report) else {
            return false;
        };
        self.state = next;
        true
    }

    /// Adds an execution; false when it was known already. When the executions add up to the
    /// whole, the order is filled, whether or not a status has said so.
    pub fn add_execution(&mut self, execution: Execution) -> bool {
        let at = execution.at;
        if self.executions.contains_key(&execution.exec_id) {
            return false;
        }
        self.executions.insert(execution.exec_id.clone(), execution);
        self.updated = at;
        if self.executed() >= self.terms.quantity.get() {
            self.apply(&Report::Filled, at);
        }
        true
    }

    /// The sum of its executions.
    #[must_use]
    pub fn executed(&self) -> Decimal {
        self.counted().map(|e| e.quantity.get()).sum()
    }

    /// Its executions without those of a combination's legs.
    fn counted(&self) -> impl Iterator<Item = &Execution> {
        self.executions.values().filter(|e| e.leg.is_none())
    }

    /// How many have filled, by whichever of status and executions says more, never more
    /// than the order was for.
    #[must_use]
    pub fn filled(&self) -> Decimal {
        let told = self.executed().max(self.reported_filled);
        if self.state == OrderState::Filled {
            self.terms.quantity.get()
        } else {
            told.min(self.terms.quantity.get())
        }
    }

    /// How many may still fill; zero when it has ended.
    #[must_use]
    pub fn remaining(&self) -> Decimal {
        if self.state.is_final() {
            Decimal::ZERO
        } else {
            self.terms.quantity.get() - self.filled()
        }
    }

    /// The average price of its executions.
    #[must_use]
    pub fn average_price(&self) -> Option<Decimal> {
        let executed = self.executed();
        if executed.is_zero() {
            return None;
        }
        let paid = self.counted().try_fold(Decimal::ZERO, |paid, e| {
            paid.checked_add(e.quantity.get().checked_mul(e.price)?)
        });
        paid?.checked_div(executed)
    }

    /// The sum of the commissions told so far, when all are in one currency; and whether a
    /// report is still missing.
    #[must_use]
    pub fn commission(&self) -> Option<(Decimal, Currency, bool)> {
        let mut sum: Option<(Decimal, Currency)> = None;
        let mut missing = false;
        for execution in self.executions.values() {
            match (execution.commission, sum) {
                (None, _) => missing = true,
                (Some(told), None) => sum = Some(told),
                (Some((amount, currency)), Some((so_far, first))) if currency == first => {
                    sum = Some((so_far + amount, currency));
                }
                (Some(_), Some(_)) => return None,
            }
        }
        sum.map(|(amount, currency)| (amount, currency, missing))
    }
}

#[cfg(test)]
#[path = "order_tests.rs"]
mod tests;
