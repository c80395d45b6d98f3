//! Orders: what a client asks for, and what the book keeps.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::ids::{AccountId, ClientId, ConId, OrderId, PermId};
use super::kind::OrderKind;
use super::terms::{OrderTerms, Progress};

/// Buy or sell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Side {
    /// `BUY` on orders, `BOT` on executions.
    Buy,
    /// `SELL` on orders, `SLD` on executions. A sale beyond the position is a short sale.
    Sell,
}

impl Side {
    /// The action of an order: `BUY` or `SELL`.
    pub const fn action(self) -> &'static str {
        match self {
            Self::Buy => "BUY",
            Self::Sell => "SELL",
        }
    }

    /// The side of an execution: `BOT` or `SLD`.
    pub const fn execution_code(self) -> &'static str {
        match self {
            Self::Buy => "BOT",
            Self::Sell => "SLD",
        }
    }

    /// The other one.
    pub const fn other(self) -> Self {
        match self {
            Self::Buy => Self::Sell,
            Self::Sell => Self::Buy,
        }
    }

    /// The change of position that `quantity` on this side makes.
    pub fn signed(self, quantity: Decimal) -> Decimal {
        match self {
            Self::Buy => quantity,
            Self::Sell => -quantity,
        }
    }
}

/// Time in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tif {
    /// Until the end of the simulated day.
    Day,
    /// Until cancelled.
    Gtc,
    /// What can be filled at once; the rest is cancelled.
    Ioc,
    /// All at once or nothing.
    Fok,
    /// Until the moment that the order names.
    Gtd,
    /// In the opening auction only.
    Opg,
}

impl Tif {
    /// The wire's code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Day => "DAY",
            Self::Gtc => "GTC",
            Self::Ioc => "IOC",
            Self::Fok => "FOK",
            Self::Gtd => "GTD",
            Self::Opg => "OPG",
        }
    }
}

/// What a client asks for. Nothing in it is checked yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderRequest {
    /// Account id as the client wrote it. Blank is allowed only where there is one account.
    pub account: String,
    /// The instrument, already resolved.
    pub con_id: ConId,
    /// The exchange that the client routed to (`SMART`, `CME`, …); empty means the instrument's own.
    pub exchange: String,
    /// Buy or sell.
    pub side: Side,
    /// Units; must be positive and fit the size increment.
    pub quantity: Decimal,
    /// Order type with its prices.
    pub kind: OrderKind,
    /// Time in force.
    pub tif: Tif,
    /// Stored and given back; the world is always open.
    pub outside_rth: bool,
    /// The client's own label; empty when there is none.
    pub order_ref: String,
    /// `false`: the order is kept and nothing is reported until the same id comes with `true`.
    pub transmit: bool,
    /// All else.
    #[serde(default)]
    pub terms: OrderTerms,
}

/// Where an order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum OrderState {
    /// Taken, not yet at the market.
    PreSubmitted,
    /// At the market, filled in part or not at all.
    Submitted,
    /// A cancel was asked for and has not happened yet; fills are still possible.
    PendingCancel,
    /// Over; what was not filled is gone.
    Cancelled,
    /// Over; filled to the last unit.
    Filled,
}

impl OrderState {
    /// The wire's word.
    pub const fn code(self) -> &'static str {
        match self {
            Self::PreSubmitted => "PreSubmitted",
            Self::Submitted => "Submitted",
            Self::PendingCancel => "PendingCancel",
            Self::Cancelled => "Cancelled",
            Self::Filled => "Filled",
        }
    }

    /// Whether the order can still trade.
    pub const fn is_working(self) -> bool {
        matches!(
            self,
            Self::PreSubmitted | Self::Submitted | Self::PendingCancel
        )
    }
}

/// An order of the book, working or completed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// The brokerage's number.
    pub perm_id: PermId,
    /// Who placed it.
    pub client_id: ClientId,
    /// Under which number.
    pub order_id: OrderId,
    /// For which account (never blank here).
    pub account: AccountId,
    /// What was asked for, in its latest form.
    pub request: OrderRequest,
    /// Where it stands.
    pub state: OrderState,
    /// Units filled.
    pub filled: Decimal,
    /// Sum of price times units over the fills, without the multiplier.
    pub filled_value: Decimal,
    /// Price of the last fill.
    pub last_fill_price: Option<Decimal>,
    /// Commission charged so far, in the instrument's commission currency.
    pub commission: Decimal,
    /// When it was first placed, unix ms.
    pub placed_at: i64,
    /// It was offered to the market at least once since it was placed or changed.
    pub seen_by_market: bool,
    /// What else has happened to it.
    #[serde(default)]
    pub progress: Progress,
}

impl Order {
    /// An order that nobody has numbered yet.
    pub(super) fn draft(
        client_id: ClientId,
        account: AccountId,
        request: OrderRequest,
        now: i64,
    ) -> Self {
        Self {
            perm_id: PermId::new(0),
            client_id,
            order_id: OrderId::new(0),
            account,
            request,
            state: OrderState::PreSubmitted,
            filled: Decimal::ZERO,
            filled_value: Decimal::ZERO,
            last_fill_price: None,
            commission: Decimal::ZERO,
            placed_at: now,
            seen_by_market: false,
            progress: Progress::default(),
        }
    }

    /// Units not filled.
    pub fn remaining(&self) -> Decimal {
        self.request.quantity - self.filled
    }

    /// Why it does not work yet, in the wire's word; empty when nothing keeps it.
    pub fn why_held(&self) -> &'static str {
        let working = self.state.is_working();
        if working && self.progress.locate_until.is_some() {
            "locate"
        } else if working && self.waits_for_parent() {
            "child"
        } else if working
            && !self.progress.elected
            && self.request.kind.is_elected()
            && self.state == OrderState::PreSubmitted
        {
            "trigger"
        } else {
            ""
        }
    }

    /// Whether it is attached to an order that has not filled yet.
    pub fn waits_for_parent(&self) -> bool {
        self.request.terms.parent.is_some() && !self.progress.released
    }

    /// Whether it outlives the end of the day; what waits for an auction ends with that.
    pub(super) fn outlives_day(&self) -> bool {
        matches!(self.request.tif, Tif::Gtc | Tif::Gtd) || self.progress.auction_at.is_some()
    }

    /// Enters a fill of so many units at a price.
    pub(super) fn note_fill(&mut self, price: Decimal, quantity: Decimal) {
        self.filled += quantity;
        self.filled_value += quantity * price;
        self.last_fill_price = Some(price);
        if self.remaining().is_zero() {
            self.state = OrderState::Filled;
        }
    }

    /// Average price of the fills; `None` before the first.
    pub fn average_fill_price(&self) -> Option<Decimal> {
        self.filled_value.checked_div(self.filled)
    }
}

/// An order that is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompletedOrder {
    /// The order as it ended; its `request.quantity` is still the ordered quantity.
    pub order: Order,
    /// When it ended, unix ms.
    pub completed_at: i64,
    /// In words, such as `Filled Size: 100` or `Cancelled by Trader`.
    pub completed_status: String,
}
