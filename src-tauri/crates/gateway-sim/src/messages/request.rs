//! What a client can ask.

use rust_decimal::Decimal;

use super::{ClientId, Contract, DataRequest, Order, OrderId, ReqId};

/// One decoded client message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    StartApi {
        client_id: ClientId,
        capabilities: String,
    },
    MarketData {
        req_id: ReqId,
        contract: Contract,
        generic_ticks: String,
        snapshot: bool,
        regulatory_snapshot: bool,
    },
    CancelMarketData {
        req_id: ReqId,
    },
    /// 1 live, 2 frozen, 3 delayed, 4 delayed-frozen.
    MarketDataType {
        kind: i32,
    },
    PlaceOrder {
        order_id: OrderId,
        contract: Box<Contract>,
        order: Box<Order>,
    },
    CancelOrder {
        order_id: OrderId,
    },
    GlobalCancel,
    OpenOrders,
    AllOpenOrders,
    AutoOpenOrders {
        bind: bool,
    },
    CompletedOrders {
        api_only: bool,
    },
    Executions {
        req_id: ReqId,
        filter: ExecutionFilter,
    },
    Ids,
    ManagedAccounts,
    AccountUpdates {
        subscribe: bool,
        account: String,
    },
    AccountUpdatesMulti {
        req_id: ReqId,
        account: String,
        model_code: String,
        ledger_and_nlv: bool,
    },
    CancelAccountUpdatesMulti {
        req_id: ReqId,
    },
    AccountSummary {
        req_id: ReqId,
        group: String,
        tags: String,
    },
    CancelAccountSummary {
        req_id: ReqId,
    },
    Positions,
    CancelPositions,
    PositionsMulti {
        req_id: ReqId,
        account: String,
        model_code: String,
    },
    CancelPositionsMulti {
        req_id: ReqId,
    },
    Pnl {
        req_id: ReqId,
        account: String,
        model_code: String,
    },
    CancelPnl {
        req_id: ReqId,
    },
    PnlSingle {
        req_id: ReqId,
        account: String,
        model_code: String,
        con_id: i32,
    },
    CancelPnlSingle {
        req_id: ReqId,
    },
    ContractDetails {
        req_id: ReqId,
        contract: Contract,
    },
    CancelContractDetails {
        req_id: ReqId,
    },
    MatchingSymbols {
        req_id: ReqId,
        pattern: String,
    },
    MarketRule {
        rule_id: i32,
    },
    SecDefOptParams {
        req_id: ReqId,
        symbol: String,
        exchange: String,
        sec_type: String,
        con_id: i32,
    },
    CalculateImpliedVolatility {
        req_id: ReqId,
        contract: Box<Contract>,
        option_price: Option<Decimal>,
        under_price: Option<Decimal>,
    },
    CalculateOptionPrice {
        req_id: ReqId,
        contract: Box<Contract>,
        volatility: Option<Decimal>,
        under_price: Option<Decimal>,
    },
    /// Of either calculation.
    CancelCalculation {
        req_id: ReqId,
    },
    ExerciseOptions {
        req_id: ReqId,
        contract: Box<Contract>,
        /// 1 exercise, 2 lapse.
        action: i32,
        quantity: i32,
        account: String,
        /// Exercise what is out of the money, or lapse what is in it.
        force: bool,
    },
    /// History, streams, depth, scans, news.
    Data(DataRequest),
    CurrentTime,
    CurrentTimeMillis,
    SetServerLogLevel {
        level: i32,
    },
    FamilyCodes,
    UserInfo {
        req_id: ReqId,
    },
    NewsBulletins {
        /// Those of today too, not only those to come.
        all: bool,
    },
    CancelNewsBulletins,
    /// A message that the protocol knows and this gateway does not serve.
    Unsupported {
        msg_id: i32,
        req_id: Option<ReqId>,
    },
}

/// Which fills a client wants to see. Empty strings and 0 mean "any".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExecutionFilter {
    pub client_id: ClientId,
    pub account: String,
    /// `YYYYMMDD HH:MM:SS`, the earliest time wanted.
    pub time: String,
    pub symbol: String,
    pub sec_type: String,
    pub exchange: String,
    /// `BUY`/`BOT` or `SELL`/`SLD`.
    pub side: String,
}
