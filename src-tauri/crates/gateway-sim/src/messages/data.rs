//! History, streams of prices, depth, scans and news: asked and answered.

use rust_decimal::Decimal;

use super::{Contract, ReqId};

/// A request for market data beyond level one, or for reference data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DataRequest {
    Bars(BarsRequest),
    CancelBars {
        req_id: ReqId,
    },
    HeadTimestamp {
        req_id: ReqId,
        contract: Contract,
        what_to_show: String,
        format_date: i32,
    },
    CancelHeadTimestamp {
        req_id: ReqId,
    },
    Histogram {
        req_id: ReqId,
        contract: Contract,
        period: String,
    },
    CancelHistogram {
        req_id: ReqId,
    },
    HistoricalTicks(TicksRequest),
    CancelHistoricalTicks {
        req_id: ReqId,
    },
    RealTimeBars {
        req_id: ReqId,
        contract: Contract,
        what_to_show: String,
    },
    CancelRealTimeBars {
        req_id: ReqId,
    },
    /// `Last`, `AllLast`, `BidAsk` or `MidPoint`, after `count` past ticks.
    TickByTick {
        req_id: ReqId,
        contract: Contract,
        kind: String,
        count: i32,
    },
    CancelTickByTick {
        req_id: ReqId,
    },
    Depth {
        req_id: ReqId,
        contract: Contract,
        rows: i32,
        smart: bool,
    },
    CancelDepth {
        req_id: ReqId,
    },
    DepthExchanges,
    ScannerParameters,
    Scanner(ScannerRequest),
    CancelScanner {
        req_id: ReqId,
    },
    NewsProviders,
    NewsArticle {
        req_id: ReqId,
        provider: String,
        article: String,
    },
    HistoricalNews {
        req_id: ReqId,
        con_id: i32,
        /// Codes joined by `+`.
        providers: String,
        start: String,
        end: String,
        total: i32,
    },
    /// Wall Street Horizon's calendar: its description, or its events.
    WallStreetHorizon {
        req_id: ReqId,
    },
    CancelWallStreetHorizon {
        req_id: ReqId,
    },
    SoftDollarTiers {
        req_id: ReqId,
    },
    SmartComponents {
        req_id: ReqId,
        bbo_exchange: String,
    },
    /// An advisor's groups or aliases, asked for or replaced.
    Advisor {
        req_id: Option<ReqId>,
    },
    DisplayGroups {
        req_id: ReqId,
    },
    SubscribeToGroup {
        req_id: ReqId,
        group: i32,
    },
    UpdateGroup {
        req_id: ReqId,
        contract_info: String,
    },
    UnsubscribeFromGroup {
        req_id: ReqId,
    },
    /// Any step of verifying a third-party program.
    Verify,
}

/// reqHistoricalData, as the client wrote it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BarsRequest {
    pub req_id: ReqId,
    pub contract: Contract,
    /// Empty: now.
    pub end: String,
    /// `5 mins`.
    pub bar_size: String,
    /// `1 D`.
    pub duration: String,
    pub use_rth: bool,
    /// `TRADES`, `MIDPOINT`…
    pub what_to_show: String,
    /// 1: as a date; 2: seconds since 1970.
    pub format_date: i32,
    pub keep_up_to_date: bool,
}

/// reqHistoricalTicks, as the client wrote it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TicksRequest {
    pub req_id: ReqId,
    pub contract: Contract,
    /// One of `start` and `end` is empty.
    pub start: String,
    pub end: String,
    pub count: i32,
    /// `TRADES`, `BID_ASK` or `MIDPOINT`.
    pub what_to_show: String,
}

/// reqScannerSubscription: what of it this gateway heeds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScannerRequest {
    pub req_id: ReqId,
    /// `None`: as many as there may be.
    pub rows: Option<i32>,
    /// `STK`…
    pub instrument: String,
    pub location: String,
    /// `TOP_PERC_GAIN`…
    pub scan_code: String,
    pub above_price: Option<Decimal>,
    pub below_price: Option<Decimal>,
}

/// One bar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bar {
    /// As the request wanted it.
    pub date: String,
    pub open: Decimal,
    pub high: Decimal,
    pub low: Decimal,
    pub close: Decimal,
    /// −1 where nothing is printed.
    pub volume: Decimal,
    pub wap: Decimal,
    pub count: i32,
}

/// One tick, past or present.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TapeTick {
    MidPoint {
        seconds: i64,
        price: Decimal,
    },
    BidAsk {
        seconds: i64,
        bid: Decimal,
        ask: Decimal,
        bid_size: Decimal,
        ask_size: Decimal,
    },
    Last {
        seconds: i64,
        price: Decimal,
        size: Decimal,
        exchange: String,
    },
}

/// Which of the three kinds [`TapeTick`]s are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TapeKind {
    MidPoint,
    BidAsk,
    Last,
}

/// A row of an order book.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DepthRow {
    pub position: i32,
    /// Exchange or market maker; `None` in books that don't say.
    pub maker: Option<String>,
    /// 0 insert, 1 update, 2 delete.
    pub operation: i32,
    /// 0 ask, 1 bid.
    pub side: i32,
    pub price: Decimal,
    pub size: Decimal,
    pub smart: bool,
}

/// Where depth can be had.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DepthExchange {
    pub exchange: String,
    pub sec_type: String,
    pub listing: String,
    /// `Deep` or `Deep2`.
    pub service: String,
    pub agg_group: i32,
}

/// What the gateway answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DataReply {
    /// Before version 196 the message also holds where the bars start and end.
    Bars {
        req_id: ReqId,
        start: String,
        end: String,
        bars: Vec<Bar>,
    },
    /// From version 196 on only.
    BarsEnd {
        req_id: ReqId,
        start: String,
        end: String,
    },
    BarUpdate {
        req_id: ReqId,
        bar: Bar,
    },
    /// Sessions as (start, end, reference date).
    Schedule {
        req_id: ReqId,
        start: String,
        end: String,
        time_zone: String,
        sessions: Vec<(String, String, String)>,
    },
    HeadTimestamp {
        req_id: ReqId,
        time: String,
    },
    Histogram {
        req_id: ReqId,
        entries: Vec<(Decimal, Decimal)>,
    },
    HistoricalTicks {
        req_id: ReqId,
        kind: TapeKind,
        ticks: Vec<TapeTick>,
        done: bool,
    },
    /// `all`: unreported trades would be among them.
    TickByTick {
        req_id: ReqId,
        all: bool,
        tick: TapeTick,
    },
    RealTimeBar {
        req_id: ReqId,
        seconds: i64,
        bar: Bar,
    },
    Depth {
        req_id: ReqId,
        row: DepthRow,
    },
    DepthExchanges {
        exchanges: Vec<DepthExchange>,
    },
    ScannerParameters {
        xml: String,
    },
    /// Best first.
    Scanner {
        req_id: ReqId,
        rows: Vec<(Contract, String)>,
    },
    NewsProviders {
        providers: Vec<(String, String)>,
    },
    NewsArticle {
        req_id: ReqId,
        text: String,
    },
    Headline {
        req_id: ReqId,
        time: String,
        provider: String,
        article: String,
        headline: String,
    },
    HeadlinesEnd {
        req_id: ReqId,
        has_more: bool,
    },
    SoftDollarTiers {
        req_id: ReqId,
    },
    /// As (bit, exchange, letter).
    SmartComponents {
        req_id: ReqId,
        components: Vec<(i32, String, String)>,
    },
    DisplayGroups {
        req_id: ReqId,
        groups: String,
    },
    DisplayGroupUpdated {
        req_id: ReqId,
        contract_info: String,
    },
}
