//! What the gateway says.

use rust_decimal::Decimal;

use super::{
    ClientId, CommissionReport, Contract, ContractDetails, DataReply, Execution, Order, OrderId,
    OrderState, ReqId,
};

/// One tick of a market-data line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tick {
    pub req_id: ReqId,
    /// The API's tick type number: 1 bid, 2 ask, 4 last, 8 volume, 66 delayed bid…
    pub kind: i32,
    pub value: TickValue,
}

/// A tick's payload; each goes out as a message of its own kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TickValue {
    /// Price with its size where the tick type has one.
    Price {
        price: Decimal,
        size: Option<Decimal>,
        attributes: i32,
    },
    Size(Decimal),
    Generic(Decimal),
    Text(String),
    Computation(Box<OptionComputation>),
}

/// Volatility and greeks of an option at one price; `None` is sent as "not computed".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OptionComputation {
    pub implied_volatility: Option<Decimal>,
    pub delta: Option<Decimal>,
    pub price: Option<Decimal>,
    pub pv_dividend: Option<Decimal>,
    pub gamma: Option<Decimal>,
    pub vega: Option<Decimal>,
    pub theta: Option<Decimal>,
    pub underlying: Option<Decimal>,
}

/// One message to a client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    ManagedAccounts {
        accounts: String,
    },
    NextValidId {
        order_id: OrderId,
    },
    /// `id` is the request's or order's, −1 when the message belongs to neither.
    Error {
        id: i32,
        code: i32,
        message: String,
        time_millis: i64,
    },
    CurrentTime {
        seconds: i64,
    },
    CurrentTimeMillis {
        millis: i64,
    },
    Tick(Tick),
    TickReqParams {
        req_id: ReqId,
        min_tick: Decimal,
        bbo_exchange: String,
        snapshot_permissions: i32,
    },
    MarketDataType {
        req_id: ReqId,
        kind: i32,
    },
    TickSnapshotEnd {
        req_id: ReqId,
    },
    OrderStatus {
        order_id: OrderId,
        status: String,
        filled: Decimal,
        remaining: Decimal,
        avg_fill_price: Decimal,
        perm_id: i64,
        parent_id: OrderId,
        last_fill_price: Decimal,
        client_id: ClientId,
        why_held: String,
    },
    OpenOrder {
        contract: Box<Contract>,
        order: Box<Order>,
        state: Box<OrderState>,
    },
    OpenOrdersEnd,
    /// An order made in TWS got an order id for this client.
    OrderBound {
        perm_id: i64,
        client_id: ClientId,
        order_id: OrderId,
    },
    /// News from an exchange or from the brokerage itself.
    NewsBulletin {
        id: i32,
        /// 1 news, 2 an exchange is no longer available, 3 it is again.
        kind: i32,
        text: String,
        exchange: String,
    },
    CompletedOrder {
        contract: Box<Contract>,
        order: Box<Order>,
        state: Box<OrderState>,
    },
    CompletedOrdersEnd,
    /// `req_id` is −1 for a fill that nobody asked for.
    Execution {
        req_id: ReqId,
        contract: Box<Contract>,
        execution: Box<Execution>,
    },
    ExecutionsEnd {
        req_id: ReqId,
    },
    Commission(CommissionReport),
    AccountValue {
        key: String,
        value: String,
        currency: String,
        account: String,
    },
    PortfolioValue {
        contract: Box<Contract>,
        position: Decimal,
        market_price: Decimal,
        market_value: Decimal,
        average_cost: Decimal,
        unrealized_pnl: Decimal,
        realized_pnl: Decimal,
        account: String,
    },
    /// `HH:MM`.
    AccountUpdateTime {
        time: String,
    },
    AccountDownloadEnd {
        account: String,
    },
    AccountUpdateMulti {
        req_id: ReqId,
        account: String,
        model_code: String,
        key: String,
        value: String,
        currency: String,
    },
    AccountUpdateMultiEnd {
        req_id: ReqId,
    },
    AccountSummary {
        req_id: ReqId,
        account: String,
        tag: String,
        value: String,
        currency: String,
    },
    AccountSummaryEnd {
        req_id: ReqId,
    },
    Position {
        account: String,
        contract: Box<Contract>,
        position: Decimal,
        avg_cost: Decimal,
    },
    PositionEnd,
    PositionMulti {
        req_id: ReqId,
        account: String,
        model_code: String,
        contract: Box<Contract>,
        position: Decimal,
        avg_cost: Decimal,
    },
    PositionMultiEnd {
        req_id: ReqId,
    },
    /// `None` is sent as the protocol's "unset" number.
    Pnl {
        req_id: ReqId,
        daily: Option<Decimal>,
        unrealized: Option<Decimal>,
        realized: Option<Decimal>,
    },
    PnlSingle {
        req_id: ReqId,
        position: Decimal,
        daily: Option<Decimal>,
        unrealized: Option<Decimal>,
        realized: Option<Decimal>,
        value: Option<Decimal>,
    },
    ContractDetails {
        req_id: ReqId,
        details: Box<ContractDetails>,
    },
    ContractDetailsEnd {
        req_id: ReqId,
    },
    /// Each with the security types that exist on it (`OPT`, `WAR`…).
    SymbolSamples {
        req_id: ReqId,
        samples: Vec<(Contract, Vec<String>)>,
    },
    /// Pairs of (from this price on, increment), ascending.
    MarketRule {
        rule_id: i32,
        increments: Vec<(Decimal, Decimal)>,
    },
    SecDefOptParam {
        req_id: ReqId,
        exchange: String,
        under_con_id: i32,
        trading_class: String,
        multiplier: String,
        expirations: Vec<String>,
        strikes: Vec<Decimal>,
    },
    SecDefOptParamEnd {
        req_id: ReqId,
    },
    FamilyCodes {
        codes: Vec<(String, String)>,
    },
    UserInfo {
        req_id: ReqId,
        white_branding_id: String,
    },
    /// History, streams, depth, scans, news.
    Data(DataReply),
}
