//! What happens in the world, as it is told to the server.

use rust_decimal::Decimal;

use super::execution::{Commission, Execution};
use super::ids::{AccountId, ClientId, ConId, OrderId, PermId};
use super::order::{Order, OrderState};
use super::quote::QuoteChange;

/// One happening. Order matters: send them as they come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WorldEvent {
    /// A quote moved; read the new one with [`super::World::quote`].
    Quote {
        /// Whose.
        con_id: ConId,
        /// Which fields.
        changed: QuoteChange,
    },
    /// The order as it stands now (the wire's openOrder).
    OpenOrder(Box<Order>),
    /// The order's status (the wire's orderStatus). The same may come twice.
    OrderStatus(OrderStatus),
    /// An order made by hand got an id for its client (the wire's orderBound).
    OrderBound {
        /// The brokerage's number.
        perm_id: PermId,
        /// Client 0.
        client_id: ClientId,
        /// Below 0.
        order_id: OrderId,
    },
    /// A fill.
    Execution(Box<Execution>),
    /// A fill's cost; comes after its execution.
    Commission {
        /// The client that placed the order.
        client_id: ClientId,
        /// The account charged.
        account: AccountId,
        /// The cost.
        commission: Commission,
    },
    /// A message about an order that goes to its client (the wire's error), such as 202.
    OrderMessage {
        /// To whom.
        client_id: ClientId,
        /// About which order.
        order_id: OrderId,
        /// TWS code.
        code: i32,
        /// TWS text.
        text: String,
    },
    /// Cash, margin or positions of the account changed through a fill or a new day.
    AccountChanged(AccountId),
    /// The market moved the account's figures; at most once a second for each account.
    AccountMarked(AccountId),
    /// The account's position in an instrument changed (quantity or cost).
    PositionChanged {
        /// Account.
        account: AccountId,
        /// Instrument.
        con_id: ConId,
    },
    /// An order is over: it left the open and joined the completed orders.
    OrderCompleted(PermId),
}

/// The wire's orderStatus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderStatus {
    /// The client that placed it.
    pub client_id: ClientId,
    /// Its number of the order.
    pub order_id: OrderId,
    /// The brokerage's number.
    pub perm_id: PermId,
    /// Where it stands.
    pub state: OrderState,
    /// Units filled.
    pub filled: Decimal,
    /// Units not filled.
    pub remaining: Decimal,
    /// Average price of the fills; `None` before the first.
    pub average_fill_price: Option<Decimal>,
    /// Price of the last fill; `None` before the first.
    pub last_fill_price: Option<Decimal>,
    /// The order that it is attached to.
    pub parent: Option<OrderId>,
    /// Why it does not work yet, in the wire's word; may be empty.
    pub why_held: &'static str,
}

impl From<&Order> for OrderStatus {
    fn from(order: &Order) -> Self {
        Self {
            client_id: order.client_id,
            order_id: order.order_id,
            perm_id: order.perm_id,
            state: order.state,
            filled: order.filled,
            remaining: order.remaining(),
            average_fill_price: order.average_fill_price(),
            last_fill_price: order.last_fill_price,
            parent: order.request.terms.parent,
            why_held: order.why_held(),
        }
    }
}
