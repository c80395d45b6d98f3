//! Orders: what a client asks for, and what the book keeps.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::ids::{AccountId, ClientId, ConId, OrderId, PermId};

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

    /// The change of position that `quantity` on this side makes.
    pub fn signed(self, quantity: Decimal) -> Decimal {
        match self {
            Self::Buy => quantity,
            Self::Sell => -quantity,
        }
    }
}

/// Market or limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum OrderKind {
    /// `MKT`.
    Market,
    /// `LMT` with its limit price.
    Limit(Decimal),
}

impl OrderKind {
    /// The wire's code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Market => "MKT",
            Self::Limit(_) => "LMT",
        }
    }

    /// The limit price, if there is one.
    pub const fn limit(self) -> Option<Decimal> {
        match self {
            Self::Market => None,
            Self::Limit(price) => Some(price),
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
}

impl Tif {
    /// The wire's code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Day => "DAY",
            Self::Gtc => "GTC",
            Self::Ioc => "IOC",
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
    /// Market or limit.
    pub kind: OrderKind,
    /// Time in force.
    pub tif: Tif,
    /// Stored and given back; the world is always open.
    pub outside_rth: bool,
    /// The client's own label; empty when there is none.
    pub order_ref: String,
    /// `false`: the order is kept and nothing is reported until the same id comes with `true`.
    pub transmit: bool,
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
}

impl Order {
    /// Units not filled.
    pub fn remaining(&self) -> Decimal {
        self.request.quantity - self.filled
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
