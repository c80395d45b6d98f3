//! History, streams, depth, scans and news.

use prost::Message;

use super::Contract;

#[derive(Clone, PartialEq, Message)]
pub struct HistoricalData {
    #[prost(int32, optional, tag = "1")]
    pub req_id: Option<i32>,
    #[prost(message, repeated, tag = "2")]
    pub historical_data_bars: Vec<HistoricalDataBar>,
}

#[derive(Clone, PartialEq, Message)]
pub struct HistoricalDataRequest {
    #[prost(int32, optional, tag = "1")]
    pub req_id: Option<i32>,
    #[prost(message, optional, tag = "2")]
    pub contract: Option<Contract>,
    #[prost(string, optional, tag = "3")]
    pub end_date_time: Option<String>,
    #[prost(string, optional, tag = "4")]
    pub bar_size_setting: Option<String>,
    #[prost(string, optional, tag = "5")]
    pub duration: Option<String>,
    #[prost(bool, optional, tag = "6")]
    pub use_rth: Option<bool>,
    #[prost(string, optional, tag = "7")]
    pub what_to_show: Option<String>,
    #[prost(int32, optional, tag = "8")]
    pub format_date: Option<i32>,
    #[prost(bool, optional, tag = "9")]
    pub keep_up_to_date: Option<bool>,
}

#[derive(Clone, PartialEq, Message)]
pub struct HistoricalDataBar {
    #[prost(string, optional, tag = "1")]
    pub date: Option<String>,
    #[prost(double, optional, tag = "2")]
    pub open: Option<f64>,
    #[prost(double, optional, tag = "3")]
    pub high: Option<f64>,
    #[prost(double, optional, tag = "4")]
    pub low: Option<f64>,
    #[prost(double, optional, tag = "5")]
    pub close: Option<f64>,
    #[prost(string, optional, tag = "6")]
    pub volume: Option<String>,
    #[prost(string, optional, tag = "7")]
    pub wap: Option<String>,
    #[prost(int32, optional, tag = "8")]
    pub bar_count: Option<i32>,
}

#[derive(Clone, PartialEq, Message)]
pub struct HistoricalDataEnd {
    #[prost(int32, optional, tag = "1")]
    pub req_id: Option<i32>,
    #[prost(string, optional, tag = "2")]
    pub start_date_str: Option<String>,
    #[prost(string, optional, tag = "3")]
    pub end_date_str: Option<String>,
}

#[derive(Clone, PartialEq, Message)]
pub struct HistoricalDataUpdate {
    #[prost(int32, optional, tag = "1")]
    pub req_id: Option<i32>,
    #[prost(message, optional, tag = "2")]
    pub historical_data_bar: Option<HistoricalDataBar>,
}

#[derive(Clone, PartialEq, Message)]
pub struct HeadTimestamp {
    #[prost(int32, optional, tag = "1")]
    pub req_id: Option<i32>,
    #[prost(string, optional, tag = "2")]
    pub head_timestamp: Option<String>,
}

#[derive(Clone, PartialEq, Message)]
pub struct HeadTimestampRequest {
    #[prost(int32, optional, tag = "1")]
    pub req_id: Option<i32>,
    #[prost(message, optional, tag = "2")]
    pub contract: Option<Contract>,
    #[prost(bool, optional, tag = "3")]
    pub use_rth: Option<bool>,
    #[prost(string, optional, tag = "4")]
    pub what_to_show: Option<String>,
    #[prost(int32, optional, tag = "5")]
    pub format_date: Option<i32>,
}

#[derive(Clone, PartialEq, Message)]
pub struct HistogramData {
    #[prost(int32, optional, tag = "1")]
    pub req_id: Option<i32>,
    #[prost(message, repeated, tag = "2")]
    pub histogram_data_entries: Vec<HistogramDataEntry>,
}

#[derive(Clone, PartialEq, Message)]
pub struct HistogramDataRequest {
    #[prost(int32, optional, tag = "1")]
    pub req_id: Option<i32>,
    #[prost(message, optional, tag = "2")]
    pub contract: Option<Contract>,
    #[prost(bool, optional, tag = "3")]
    pub use_rth: Option<bool>,
    #[prost(string, optional, tag = "4")]
    pub time_period: Option<String>,
}

#[derive(Clone, PartialEq, Message)]
pub struct HistogramDataEntry {
    #[prost(double, optional, tag = "1")]
    pub price: Option<f64>,
    #[prost(string, optional, tag = "2")]
    pub size: Option<String>,
}

#[derive(Clone, PartialEq, Message)]
pub struct HistoricalTicksRequest {
    #[prost(int32, optional, tag = "1")]
    pub req_id: Option<i32>,
    #[prost(message, optional, tag = "2")]
    pub contract: Option<Contract>,
    #[prost(string, optional, tag = "3")]
    pub start_date_time: Option<String>,
    #[prost(string, optional, tag = "4")]
    pub end_date_time: Option<String>,
    #[prost(int32, optional, tag = "5")]
    pub number_of_ticks: Option<i32>,
    #[prost(string, optional, tag = "6")]
    pub what_to_show: Option<String>,
    #[prost(bool, optional, tag = "7")]
    pub use_rth: Option<bool>,
    #[prost(bool, optional, tag = "8")]
    pub ignore_size: Option<bool>,
}

#[derive(Clone, PartialEq, Message)]
pub struct HistoricalTicks {
    #[prost(int32, optional, tag = "1")]
    pub req_id: Option<i32>,
    #[prost(message, repeated, tag = "2")]
    pub historical_ticks: Vec<HistoricalTick>,
    #[prost(bool, optional, tag = "3")]
    pub is_done: Option<bool>,
}

#[derive(Clone, PartialEq, Message)]
pub struct HistoricalTick {
    #[prost(int64, optional, tag = "1")]
    pub time: Option<i64>,
    #[prost(double, optional, tag = "2")]
    pub price: Option<f64>,
    #[prost(string, optional, tag = "3")]
    pub size: Option<String>,
}

#[derive(Clone, PartialEq, Message)]
pub struct HistoricalTicksBidAsk {
    #[prost(int32, optional, tag = "1")]
    pub req_id: Option<i32>,
    #[prost(message, repeated, tag = "2")]
    pub historical_ticks_bid_ask: Vec<HistoricalTickBidAsk>,
    #[prost(bool, optional, tag = "3")]
    pub is_done: Option<bool>,
}

#[derive(Clone, PartialEq, Message)]
pub struct HistoricalTickBidAsk {
    #[prost(int64, optional, tag = "1")]
    pub time: Option<i64>,
    #[prost(double, optional, tag = "3")]
    pub price_bid: Option<f64>,
    #[prost(double, optional, tag = "4")]
    pub price_ask: Option<f64>,
    #[prost(string, optional, tag = "5")]
    pub size_bid: Option<String>,
    #[prost(string, optional, tag = "6")]
    pub size_ask: Option<String>,
}

#[derive(Clone, PartialEq, Message)]
pub struct HistoricalTicksLast {
    #[prost(int32, optional, tag = "1")]
    pub req_id: Option<i32>,
    #[prost(message, repeated, tag = "2")]
    pub historical_ticks_last: Vec<HistoricalTickLast>,
    #[prost(bool, optional, tag = "3")]
    pub is_done: Option<bool>,
}

#[derive(Clone, PartialEq, Message)]
pub struct HistoricalTickLast {
    #[prost(int64, optional, tag = "1")]
    pub time: Option<i64>,
    #[prost(double, optional, tag = "3")]
    pub price: Option<f64>,
    #[prost(string, optional, tag = "4")]
    pub size: Option<String>,
    #[prost(string, optional, tag = "5")]
    pub exchange: Option<String>,
    #[prost(string, optional, tag = "6")]
    pub special_conditions: Option<String>,
}

#[derive(Clone, PartialEq, Message)]
pub struct HistoricalSchedule {
    #[prost(int32, optional, tag = "1")]
    pub req_id: Option<i32>,
    #[prost(string, optional, tag = "2")]
    pub start_date_time: Option<String>,
    #[prost(string, optional, tag = "3")]
    pub end_date_time: Option<String>,
    #[prost(string, optional, tag = "4")]
    pub time_zone: Option<String>,
    #[prost(message, repeated, tag = "5")]
    pub historical_sessions: Vec<HistoricalSession>,
}

#[derive(Clone, PartialEq, Message)]
pub struct HistoricalSession {
    #[prost(string, optional, tag = "1")]
    pub start_date_time: Option<String>,
    #[prost(string, optional, tag = "2")]
    pub end_date_time: Option<String>,
    #[prost(string, optional, tag = "3")]
    pub ref_date: Option<String>,
}

#[derive(Clone, PartialEq, Message)]
pub struct RealTimeBarsRequest {
    #[prost(int32, optional, tag = "1")]
    pub req_id: Option<i32>,
    #[prost(message, optional, tag = "2")]
    pub contract: Option<Contract>,
    #[prost(int32, optional, tag = "3")]
    pub bar_size: Option<i32>,
    #[prost(string, optional, tag = "4")]
    pub what_to_show: Option<String>,
    #[prost(bool, optional, tag = "5")]
    pub use_rth: Option<bool>,
}

#[derive(Clone, PartialEq, Message)]
pub struct RealTimeBarTick {
    #[prost(int32, optional, tag = "1")]
    pub req_id: Option<i32>,
    #[prost(int64, optional, tag = "2")]
    pub time: Option<i64>,
    #[prost(double, optional, tag = "3")]
    pub open: Option<f64>,
    #[prost(double, optional, tag = "4")]
    pub high: Option<f64>,
    #[prost(double, optional, tag = "5")]
    pub low: Option<f64>,
    #[prost(double, optional, tag = "6")]
    pub close: Option<f64>,
    #[prost(string, optional, tag = "7")]
    pub volume: Option<String>,
    #[prost(string, optional, tag = "8")]
    pub wap: Option<String>,
    #[prost(int32, optional, tag = "9")]
    pub count: Option<i32>,
}

#[derive(Clone, PartialEq, Message)]
pub struct TickByTickRequest {
    #[prost(int32, optional, tag = "1")]
    pub req_id: Option<i32>,
    #[prost(message, optional, tag = "2")]
    pub contract: Option<Contract>,
    #[prost(string, optional, tag = "3")]
    pub tick_type: Option<String>,
    #[prost(int32, optional, tag = "4")]
    pub number_of_ticks: Option<i32>,
    #[prost(bool, optional, tag = "5")]
    pub ignore_size: Option<bool>,
}

#[derive(Clone, PartialEq, Message)]
pub struct TickByTickData {
    #[prost(int32, optional, tag = "1")]
    pub req_id: Option<i32>,
    #[prost(int32, optional, tag = "2")]
    pub tick_type: Option<i32>,
    #[prost(message, optional, tag = "3")]
    pub historical_tick_last: Option<HistoricalTickLast>,
    #[prost(message, optional, tag = "4")]
    pub historical_tick_bid_ask: Option<HistoricalTickBidAsk>,
    #[prost(message, optional, tag = "5")]
    pub historical_tick_mid_point: Option<HistoricalTick>,
}

#[derive(Clone, PartialEq, Message)]
pub struct MarketDepthRequest {
    #[prost(int32, optional, tag = "1")]
    pub req_id: Option<i32>,
    #[prost(message, optional, tag = "2")]
    pub contract: Option<Contract>,
    #[prost(int32, optional, tag = "3")]
    pub num_rows: Option<i32>,
    #[prost(bool, optional, tag = "4")]
    pub is_smart_depth: Option<bool>,
}

#[derive(Clone, PartialEq, Message)]
pub struct MarketDepth {
    #[prost(int32, optional, tag = "1")]
    pub req_id: Option<i32>,
    #[prost(message, optional, tag = "2")]
    pub market_depth_data: Option<MarketDepthData>,
}

#[derive(Clone, PartialEq, Message)]
pub struct MarketDepthData {
    #[prost(int32, optional, tag = "1")]
    pub position: Option<i32>,
    #[prost(int32, optional, tag = "2")]
    pub operation: Option<i32>,
    #[prost(int32, optional, tag = "3")]
    pub side: Option<i32>,
    #[prost(double, optional, tag = "4")]
    pub price: Option<f64>,
    #[prost(string, optional, tag = "5")]
    pub size: Option<String>,
    #[prost(string, optional, tag = "6")]
    pub market_maker: Option<String>,
    #[prost(bool, optional, tag = "7")]
    pub is_smart_depth: Option<bool>,
}

#[derive(Clone, PartialEq, Message)]
pub struct MarketDepthExchanges {
    #[prost(message, repeated, tag = "1")]
    pub depth_market_data_descriptions: Vec<DepthMarketDataDescription>,
}

#[derive(Clone, PartialEq, Message)]
pub struct DepthMarketDataDescription {
    #[prost(string, optional, tag = "1")]
    pub exchange: Option<String>,
    #[prost(string, optional, tag = "2")]
    pub sec_type: Option<String>,
    #[prost(string, optional, tag = "3")]
    pub listing_exch: Option<String>,
    #[prost(string, optional, tag = "4")]
    pub service_data_type: Option<String>,
    #[prost(int32, optional, tag = "5")]
    pub agg_group: Option<i32>,
}

#[derive(Clone, PartialEq, Message)]
pub struct ScannerParameters {
    #[prost(string, optional, tag = "1")]
    pub xml: Option<String>,
}

#[derive(Clone, PartialEq, Message)]
pub struct ScannerSubscriptionRequest {
    #[prost(int32, optional, tag = "1")]
    pub req_id: Option<i32>,
    #[prost(message, optional, tag = "2")]
    pub scanner_subscription: Option<ScannerSubscription>,
}

#[derive(Clone, PartialEq, Message)]
pub struct ScannerSubscription {
    #[prost(int32, optional, tag = "1")]
    pub number_of_rows: Option<i32>,
    #[prost(string, optional, tag = "2")]
    pub instrument: Option<String>,
    #[prost(string, optional, tag = "3")]
    pub location_code: Option<String>,
    #[prost(string, optional, tag = "4")]
    pub scan_code: Option<String>,
    #[prost(double, optional, tag = "5")]
    pub above_price: Option<f64>,
    #[prost(double, optional, tag = "6")]
    pub below_price: Option<f64>,
}

#[derive(Clone, PartialEq, Message)]
pub struct ScannerData {
    #[prost(int32, optional, tag = "1")]
    pub req_id: Option<i32>,
    #[prost(message, repeated, tag = "2")]
    pub scanner_data_element: Vec<ScannerDataElement>,
}

#[derive(Clone, PartialEq, Message)]
pub struct ScannerDataElement {
    #[prost(int32, optional, tag = "1")]
    pub rank: Option<i32>,
    #[prost(message, optional, tag = "2")]
    pub contract: Option<Contract>,
    #[prost(string, optional, tag = "3")]
    pub market_name: Option<String>,
    #[prost(string, optional, tag = "4")]
    pub distance: Option<String>,
    #[prost(string, optional, tag = "5")]
    pub benchmark: Option<String>,
    #[prost(string, optional, tag = "6")]
    pub projection: Option<String>,
    #[prost(string, optional, tag = "7")]
    pub combo_key: Option<String>,
}

#[derive(Clone, PartialEq, Message)]
pub struct NewsProviders {
    #[prost(message, repeated, tag = "1")]
    pub news_providers: Vec<NewsProvider>,
}

#[derive(Clone, PartialEq, Message)]
pub struct NewsProvider {
    #[prost(string, optional, tag = "1")]
    pub provider_code: Option<String>,
    #[prost(string, optional, tag = "2")]
    pub provider_name: Option<String>,
}

#[derive(Clone, PartialEq, Message)]
pub struct NewsArticleRequest {
    #[prost(int32, optional, tag = "1")]
    pub req_id: Option<i32>,
    #[prost(string, optional, tag = "2")]
    pub provider_code: Option<String>,
    #[prost(string, optional, tag = "3")]
    pub article_id: Option<String>,
}

#[derive(Clone, PartialEq, Message)]
pub struct NewsArticle {
    #[prost(int32, optional, tag = "1")]
    pub req_id: Option<i32>,
    #[prost(int32, optional, tag = "2")]
    pub article_type: Option<i32>,
    #[prost(string, optional, tag = "3")]
    pub article_text: Option<String>,
}

#[derive(Clone, PartialEq, Message)]
pub struct HistoricalNewsRequest {
    #[prost(int32, optional, tag = "1")]
    pub req_id: Option<i32>,
    #[prost(int32, optional, tag = "2")]
    pub con_id: Option<i32>,
    #[prost(string, optional, tag = "3")]
    pub provider_codes: Option<String>,
    #[prost(string, optional, tag = "4")]
    pub start_date_time: Option<String>,
    #[prost(string, optional, tag = "5")]
    pub end_date_time: Option<String>,
    #[prost(int32, optional, tag = "6")]
    pub total_results: Option<i32>,
}

#[derive(Clone, PartialEq, Message)]
pub struct HistoricalNews {
    #[prost(int32, optional, tag = "1")]
    pub req_id: Option<i32>,
    #[prost(string, optional, tag = "2")]
    pub time: Option<String>,
    #[prost(string, optional, tag = "3")]
    pub provider_code: Option<String>,
    #[prost(string, optional, tag = "4")]
    pub article_id: Option<String>,
    #[prost(string, optional, tag = "5")]
    pub headline: Option<String>,
}

#[derive(Clone, PartialEq, Message)]
pub struct HistoricalNewsEnd {
    #[prost(int32, optional, tag = "1")]
    pub req_id: Option<i32>,
    #[prost(bool, optional, tag = "2")]
    pub has_more: Option<bool>,
}

#[derive(Clone, PartialEq, Message)]
pub struct SmartComponentsRequest {
    #[prost(int32, optional, tag = "1")]
    pub req_id: Option<i32>,
    #[prost(string, optional, tag = "2")]
    pub bbo_exchange: Option<String>,
}

#[derive(Clone, PartialEq, Message)]
pub struct SmartComponents {
    #[prost(int32, optional, tag = "1")]
    pub req_id: Option<i32>,
    #[prost(message, repeated, tag = "2")]
    pub smart_components: Vec<SmartComponent>,
}

#[derive(Clone, PartialEq, Message)]
pub struct SmartComponent {
    #[prost(int32, optional, tag = "1")]
    pub bit_number: Option<i32>,
    #[prost(string, optional, tag = "2")]
    pub exchange: Option<String>,
    #[prost(string, optional, tag = "3")]
    pub exchange_letter: Option<String>,
}

#[derive(Clone, PartialEq, Message)]
pub struct FaReplace {
    #[prost(int32, optional, tag = "1")]
    pub req_id: Option<i32>,
    #[prost(int32, optional, tag = "2")]
    pub fa_data_type: Option<i32>,
    #[prost(string, optional, tag = "3")]
    pub xml: Option<String>,
}

#[derive(Clone, PartialEq, Message)]
pub struct DisplayGroupList {
    #[prost(int32, optional, tag = "1")]
    pub req_id: Option<i32>,
    #[prost(string, optional, tag = "2")]
    pub groups: Option<String>,
}

#[derive(Clone, PartialEq, Message)]
pub struct SubscribeToGroupEventsRequest {
    #[prost(int32, optional, tag = "1")]
    pub req_id: Option<i32>,
    #[prost(int32, optional, tag = "2")]
    pub group_id: Option<i32>,
}

#[derive(Clone, PartialEq, Message)]
pub struct DisplayGroupUpdated {
    #[prost(int32, optional, tag = "1")]
    pub req_id: Option<i32>,
    #[prost(string, optional, tag = "2")]
    pub contract_info: Option<String>,
}

#[derive(Clone, PartialEq, Message)]
pub struct UpdateDisplayGroupRequest {
    #[prost(int32, optional, tag = "1")]
    pub req_id: Option<i32>,
    #[prost(string, optional, tag = "2")]
    pub contract_info: Option<String>,
}
