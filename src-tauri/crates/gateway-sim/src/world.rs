//! The simulated world behind the gateway: market, accounts and order book.
//!
//! Pure and deterministic: no I/O, no clock (time is an argument in unix milliseconds) and one
//! seeded generator. The same scenario and the same calls give the same events. A [`World`] can be
//! serialized at any moment and goes on from there as if nothing had happened.
//!
//! It does not know the wire, clients' subscriptions or who may see which order.

mod currency;
mod event;
mod execution;
mod figures;
mod ids;
mod instrument;
mod order;
mod preview;
mod query;
mod quote;
mod reject;
mod scenario;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

pub use currency::Currency;
pub use event::{OrderStatus, WorldEvent};
pub use execution::{Commission, Execution, ExecutionFilter, Fill};
pub use figures::{FigureRow, Pnl, PnlSingle, Position};
pub use ids::{AccountId, ClientId, ConId, OrderId, PermId};
pub use instrument::{FutureTerms, Instrument, MarketRule, PriceIncrement, SecType};
pub use order::{CompletedOrder, Order, OrderKind, OrderRequest, OrderState, Side, Tif};
pub use preview::{MarginState, WhatIf};
pub use query::ContractQuery;
pub use quote::{Quote, QuoteChange};
pub use reject::Reject;
pub use scenario::{Capability, OpeningAccount, OpeningPosition, Scenario};

/// The whole simulated world.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct World {
    now: i64,
}

#[allow(unused_variables, clippy::unused_self)]
impl World {
    /// A world at the scenario's start.
    pub fn new(scenario: &Scenario) -> Self {
        Self { now: scenario.start }
    }

    /// The moment to which the world has been advanced, unix ms.
    pub fn now(&self) -> i64 {
        self.now
    }

    /// Moves market, orders and days on to `now` (unix ms); earlier moments change nothing.
    pub fn advance(&mut self, now: i64) -> Vec<WorldEvent> {
        Vec::new()
    }

    /// Every instrument.
    pub fn instruments(&self) -> &[Instrument] {
        &[]
    }

    /// The instrument with this conId.
    pub fn by_con_id(&self, con_id: ConId) -> Option<&Instrument> {
        None
    }

    /// Instruments for a search box: symbols that begin with the pattern first, then names with a word that does.
    pub fn search(&self, pattern: &str) -> Vec<&Instrument> {
        Vec::new()
    }

    /// Instruments that fit a contract as a client wrote it.
    pub fn resolve(&self, query: &ContractQuery) -> Vec<&Instrument> {
        Vec::new()
    }

    /// The price ladder with this market-rule id.
    pub fn market_rule(&self, id: i32) -> Option<&MarketRule> {
        None
    }

    /// The present quote.
    pub fn quote(&self, con_id: ConId) -> Option<Quote> {
        None
    }

    /// Accounts under the login, in their listed order.
    pub fn account_ids(&self) -> Vec<AccountId> {
        Vec::new()
    }

    /// Every line of the account updates; `None` for an unknown account. Filter by tag for a summary.
    pub fn figures(&self, account: &AccountId) -> Option<Vec<FigureRow>> {
        None
    }

    /// Per-currency lines (the `$LEDGER` tags), base first.
    pub fn ledger(&self, account: &AccountId) -> Option<Vec<FigureRow>> {
        None
    }

    /// Open positions, and with quantity 0 those closed today; `None` for an unknown account.
    pub fn positions(&self, account: &AccountId) -> Option<Vec<Position>> {
        None
    }

    /// One position; `None` when the account never held it today.
    pub fn position(&self, account: &AccountId, con_id: ConId) -> Option<Position> {
        None
    }

    /// The account's profit.
    pub fn pnl(&self, account: &AccountId) -> Option<Pnl> {
        None
    }

    /// One position's profit, in the base currency.
    pub fn pnl_single(&self, account: &AccountId, con_id: ConId) -> Option<PnlSingle> {
        None
    }

    /// What the order would do, by the very functions that fills and figures use.
    pub fn what_if(&self, request: &OrderRequest) -> Result<WhatIf, Reject> {
        Err(Reject::invalid("not ready"))
    }

    /// Places an order, or changes it when the client's order of this id still works.
    pub fn place(
        &mut self,
        client: ClientId,
        order_id: OrderId,
        request: OrderRequest,
        now: i64,
    ) -> Result<Vec<WorldEvent>, Reject> {
        Err(Reject::invalid("not ready"))
    }

    /// Asks for a cancel; it happens on the market's next step, and a fill may come first.
    pub fn cancel(&mut self, client: ClientId, order_id: OrderId, now: i64) -> Result<Vec<WorldEvent>, Reject> {
        Err(Reject::invalid("not ready"))
    }

    /// Asks for a cancel of every working order of every client.
    pub fn global_cancel(&mut self, now: i64) -> Vec<WorldEvent> {
        Vec::new()
    }

    /// The smallest order id that this client may still use.
    pub fn next_order_id(&self, client: ClientId) -> OrderId {
        OrderId::new(1)
    }

    /// Working orders of all clients, oldest first.
    pub fn open_orders(&self) -> Vec<&Order> {
        Vec::new()
    }

    /// Orders that are over, oldest first.
    pub fn completed_orders(&self) -> Vec<&CompletedOrder> {
        Vec::new()
    }

    /// Fills that the filter lets through, oldest first.
    pub fn executions(&self, filter: &ExecutionFilter) -> Vec<&Fill> {
        Vec::new()
    }

    /// Sets the market by hand and freezes it there (for tests); `false` for an unknown or untradable instrument.
    pub fn set_quote(&mut self, con_id: ConId, bid: Decimal, ask: Decimal) -> bool {
        false
    }

    /// Stops the instrument's prices and sizes; orders still match.
    pub fn freeze(&mut self, con_id: ConId) -> bool {
        false
    }

    /// Lets the instrument move again.
    pub fn thaw(&mut self, con_id: ConId) -> bool {
        false
    }
}
