//! Executions and the commissions that follow them.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::currency::Currency;
use super::ids::{AccountId, ClientId, ConId, OrderId, PermId};
use super::instrument::{Instrument, SecType};
use super::order::Side;

/// One fill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Execution {
    /// Dotted id, unique for ever: `0000e0d5.00000001.01.01`.
    pub exec_id: String,
    /// The order's number at the brokerage.
    pub perm_id: PermId,
    /// The client that placed the order.
    pub client_id: ClientId,
    /// The client's number of the order.
    pub order_id: OrderId,
    /// Account.
    pub account: AccountId,
    /// Instrument.
    pub con_id: ConId,
    /// Venue of the fill.
    pub exchange: String,
    /// Side.
    pub side: Side,
    /// Units of this fill.
    pub quantity: Decimal,
    /// Price of this fill.
    pub price: Decimal,
    /// Units filled of the order, this fill included.
    pub cumulative_quantity: Decimal,
    /// Average price of the order's fills, this one included.
    pub average_price: Decimal,
    /// Unix ms.
    pub time: i64,
    /// The order's label; empty when there is none.
    pub order_ref: String,
}

/// What a fill cost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commission {
    /// The fill.
    pub exec_id: String,
    /// Amount, positive when paid.
    pub amount: Decimal,
    /// Its currency.
    pub currency: Currency,
    /// Realized profit of the fill net of commission, in the instrument's currency; `None` when it closed nothing.
    pub realized_pnl: Option<Decimal>,
}

/// A fill with its cost, as the execution list keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fill {
    /// The fill.
    pub execution: Execution,
    /// Its cost.
    pub commission: Commission,
}

/// What a client wants to see of the executions; `None` asks for all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExecutionFilter {
    /// Only this client's.
    pub client_id: Option<ClientId>,
    /// Only this account's.
    pub account: Option<AccountId>,
    /// Only from this time on, unix ms.
    pub since: Option<i64>,
    /// Only this symbol, in any case.
    pub symbol: Option<String>,
    /// Only this kind.
    pub sec_type: Option<SecType>,
    /// Only this venue.
    pub exchange: Option<String>,
    /// Only this side.
    pub side: Option<Side>,
}

impl ExecutionFilter {
    /// Whether the filter lets this execution of this instrument (`None` for a combination) through.
    pub fn matches(&self, execution: &Execution, instrument: Option<&Instrument>) -> bool {
        self.client_id
            .is_none_or(|client| client == execution.client_id)
            && self
                .account
                .as_ref()
                .is_none_or(|account| *account == execution.account)
            && self.since.is_none_or(|since| execution.time >= since)
            && self.symbol.as_deref().is_none_or(|symbol| {
                instrument.is_some_and(|of| symbol.eq_ignore_ascii_case(&of.symbol))
            })
            && self
                .sec_type
                .is_none_or(|sec_type| instrument.is_some_and(|of| sec_type == of.sec_type))
            && self
                .exchange
                .as_deref()
                .is_none_or(|venue| venue.eq_ignore_ascii_case(&execution.exchange))
            && self.side.is_none_or(|side| side == execution.side)
    }
}
