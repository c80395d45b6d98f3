//! History, streams, depth, scans and news as a client writes and reads them.

use super::replies::{decimal, instrument, maybe, number, of, text};
use super::requests::{bare, body, only};
use crate::messages::{
    Bar, BarsRequest, DataReply, DataRequest, DepthExchange, DepthRow, TapeKind, TapeTick,
    TicksRequest,
};
use crate::wire::number::double;
use crate::wire::proto::convert::contract;
use crate::wire::proto::types as pb;

/// The message id (without the offset) and the body.
pub fn write(request: &DataRequest) -> (i32, Vec<u8>) {
    use DataRequest as D;
    let said = |text: &String| Some(text.clone());
    match request {
        D::Bars(of) => bars(of),
        D::CancelBars { req_id } => only(25, *req_id),
        D::HeadTimestamp {
            req_id,
            contract: of,
            what_to_show,
            format_date,
        } => body(
            87,
            &pb::HeadTimestampRequest {
                req_id: Some(*req_id),
                contract: Some(contract(of)),
                use_rth: Some(true),
                what_to_show: said(what_to_show),
                format_date: Some(*format_date),
            },
        ),
        D::CancelHeadTimestamp { req_id } => only(90, *req_id),
        D::Histogram {
            req_id,
            contract: of,
            period,
        } => body(
            88,
            &pb::HistogramDataRequest {
                req_id: Some(*req_id),
                contract: Some(contract(of)),
                use_rth: Some(true),
                time_period: said(period),
            },
        ),
        D::CancelHistogram { req_id } => only(89, *req_id),
        D::HistoricalTicks(of) => ticks(of),
        D::CancelHistoricalTicks { req_id } => only(107, *req_id),
        D::RealTimeBars {
            req_id,
            contract: of,
            what_to_show,
        } => body(
            50,
            &pb::RealTimeBarsRequest {
                req_id: Some(*req_id),
                contract: Some(contract(of)),
                bar_size: Some(5),
                what_to_show: said(what_to_show),
                use_rth: Some(true),
            },
        ),
        D::CancelRealTimeBars { req_id } => only(51, *req_id),
        D::TickByTick {
            req_id,
            contract: of,
            kind,
            count,
        } => body(
            97,
            &pb::TickByTickRequest {
                req_id: Some(*req_id),
                contract: Some(contract(of)),
                tick_type: said(kind),
                number_of_ticks: Some(*count),
                ignore_size: Some(false),
            },
        ),
        D::CancelTickByTick { req_id } => only(98, *req_id),
        D::Depth {
            req_id,
            contract: of,
            rows,
            smart,
        } => body(
            10,
            &pb::MarketDepthRequest {
                req_id: Some(*req_id),
                contract: Some(contract(of)),
                num_rows: Some(*rows),
                is_smart_depth: Some(*smart),
            },
        ),
        D::CancelDepth { req_id } => only(11, *req_id),
        D::DepthExchanges => bare(82),
        D::ScannerParameters => bare(24),
        D::Scanner(of) => body(
            22,
            &pb::ScannerSubscriptionRequest {
                req_id: Some(of.req_id),
                scanner_subscription: Some(pb::ScannerSubscription {
                    number_of_rows: of.rows,
                    instrument: said(&of.instrument),
                    location_code: said(&of.location),
                    scan_code: said(&of.scan_code),
                    above_price: of.above_price.map(double),
                    below_price: of.below_price.map(double),
                }),
            },
        ),
        D::CancelScanner { req_id } => only(23, *req_id),
        D::NewsProviders => bare(85),
        D::NewsArticle {
            req_id,
            provider,
            article,
        } => body(
            84,
            &pb::NewsArticleRequest {
                req_id: Some(*req_id),
                provider_code: said(provider),
                article_id: said(article),
            },
        ),
        D::HistoricalNews {
            req_id,
            con_id,
            providers,
            start,
            end,
            total,
        } => body(
            86,
            &pb::HistoricalNewsRequest {
                req_id: Some(*req_id),
                con_id: Some(*con_id),
                provider_codes: said(providers),
                start_date_time: said(start),
                end_date_time: said(end),
                total_results: Some(*total),
            },
        ),
        D::WallStreetHorizon { req_id } => only(100, *req_id),
        D::CancelWallStreetHorizon { req_id } => only(101, *req_id),
        D::SoftDollarTiers { req_id } => only(79, *req_id),
        D::SmartComponents {
            req_id,
            bbo_exchange,
        } => body(
            83,
            &pb::SmartComponentsRequest {
                req_id: Some(*req_id),
                bbo_exchange: said(bbo_exchange),
            },
        ),
        D::Advisor { req_id: None } => bare(18),
        D::Advisor { req_id } => body(
            19,
            &pb::FaReplace {
                req_id: *req_id,
                fa_data_type: Some(1),
                xml: Some("<xml/>".to_owned()),
            },
        ),
        D::DisplayGroups { req_id } => only(67, *req_id),
        D::SubscribeToGroup { req_id, group } => body(
            68,
            &pb::SubscribeToGroupEventsRequest {
                req_id: Some(*req_id),
                group_id: Some(*group),
            },
        ),
        D::UpdateGroup {
            req_id,
            contract_info,
        } => body(
            69,
            &pb::UpdateDisplayGroupRequest {
                req_id: Some(*req_id),
                contract_info: said(contract_info),
            },
        ),
        D::UnsubscribeFromGroup { req_id } => only(70, *req_id),
        D::Verify => bare(65),
    }
}

fn bars(of: &BarsRequest) -> (i32, Vec<u8>) {
    body(
        20,
        &pb::HistoricalDataRequest {
            req_id: Some(of.req_id),
            contract: Some(contract(&of.contract)),
            end_date_time: Some(of.end.clone()),
            bar_size_setting: Some(of.bar_size.clone()),
            duration: Some(of.duration.clone()),
            use_rth: Some(of.use_rth),
            what_to_show: Some(of.what_to_show.clone()),
            format_date: Some(of.format_date),
            keep_up_to_date: Some(of.keep_up_to_date),
        },
    )
}

fn ticks(of: &TicksRequest) -> (i32, Vec<u8>) {
    body(
        96,
        &pb::HistoricalTicksRequest {
            req_id: Some(of.req_id),
            contract: Some(contract(&of.contract)),
            start_date_time: Some(of.start.clone()),
            end_date_time: Some(of.end.clone()),
            number_of_ticks: Some(of.count),
            what_to_show: Some(of.what_to_show.clone()),
            use_rth: Some(true),
            ignore_size: Some(false),
        },
    )
}

/// Reads the body of the message `id`; `None` when it is of another kind.
pub fn read(id: i32, body: &[u8]) -> Option<DataReply> {
    use DataReply as D;
    Some(match id {
        12 | 13 => {
            let wire: pb::MarketDepth = of(body);
            let row = wire.market_depth_data.unwrap();
            assert_eq!(row.market_maker.is_some(), id == 13);
            D::Depth {
                req_id: wire.req_id.unwrap(),
                row: DepthRow {
                    position: row.position.unwrap(),
                    maker: row.market_maker,
                    operation: row.operation.unwrap(),
                    side: row.side.unwrap(),
                    price: number(row.price),
                    size: decimal(row.size.as_ref()),
                    smart: row.is_smart_depth.unwrap_or_default(),
                },
            }
        }
        17 => {
            let wire: pb::HistoricalData = of(body);
            D::Bars {
                req_id: wire.req_id.unwrap(),
                start: String::new(),
                end: String::new(),
                bars: wire.historical_data_bars.into_iter().map(bar).collect(),
            }
        }
        19 => D::ScannerParameters {
            xml: text(of::<pb::ScannerParameters>(body).xml),
        },
        20 => {
            let wire: pb::ScannerData = of(body);
            let rows = wire.scanner_data_element.into_iter().enumerate();
            D::Scanner {
                req_id: wire.req_id.unwrap(),
                rows: rows
                    .map(|(at, row)| {
                        assert_eq!(row.rank, i32::try_from(at).ok());
                        (instrument(row.contract), text(row.market_name))
                    })
                    .collect(),
            }
        }
        50 => {
            let wire: pb::RealTimeBarTick = of(body);
            D::RealTimeBar {
                req_id: wire.req_id.unwrap(),
                seconds: wire.time.unwrap(),
                bar: Bar {
                    date: String::new(),
                    open: number(wire.open),
                    high: number(wire.high),
                    low: number(wire.low),
                    close: number(wire.close),
                    volume: decimal(wire.volume.as_ref()),
                    wap: decimal(wire.wap.as_ref()),
                    count: wire.count.unwrap(),
                },
            }
        }
        67 => {
            let wire: pb::DisplayGroupList = of(body);
            D::DisplayGroups {
                req_id: wire.req_id.unwrap(),
                groups: text(wire.groups),
            }
        }
        68 => {
            let wire: pb::DisplayGroupUpdated = of(body);
            D::DisplayGroupUpdated {
                req_id: wire.req_id.unwrap(),
                contract_info: text(wire.contract_info),
            }
        }
        77 => D::SoftDollarTiers {
            req_id: of::<pb::OnlyReqId>(body).req_id.unwrap(),
        },
        80 => {
            let described = of::<pb::MarketDepthExchanges>(body).depth_market_data_descriptions;
            let exchange = |one: pb::DepthMarketDataDescription| DepthExchange {
                exchange: text(one.exchange),
                sec_type: text(one.sec_type),
                listing: text(one.listing_exch),
                service: text(one.service_data_type),
                agg_group: one.agg_group.unwrap(),
            };
            D::DepthExchanges {
                exchanges: described.into_iter().map(exchange).collect(),
            }
        }
        82 => {
            let wire: pb::SmartComponents = of(body);
            let component = |one: pb::SmartComponent| {
                (
                    one.bit_number.unwrap(),
                    text(one.exchange),
                    text(one.exchange_letter),
                )
            };
            D::SmartComponents {
                req_id: wire.req_id.unwrap(),
                components: wire.smart_components.into_iter().map(component).collect(),
            }
        }
        83 => {
            let wire: pb::NewsArticle = of(body);
            D::NewsArticle {
                req_id: wire.req_id.unwrap(),
                text: text(wire.article_text),
            }
        }
        85 => {
            let providers = of::<pb::NewsProviders>(body).news_providers.into_iter();
            let provider =
                |one: pb::NewsProvider| (text(one.provider_code), text(one.provider_name));
            D::NewsProviders {
                providers: providers.map(provider).collect(),
            }
        }
        86 => {
            let wire: pb::HistoricalNews = of(body);
            D::Headline {
                req_id: wire.req_id.unwrap(),
                time: text(wire.time),
                provider: text(wire.provider_code),
                article: text(wire.article_id),
                headline: text(wire.headline),
            }
        }
        87 => {
            let wire: pb::HistoricalNewsEnd = of(body);
            D::HeadlinesEnd {
                req_id: wire.req_id.unwrap(),
                has_more: wire.has_more.unwrap(),
            }
        }
        88 => {
            let wire: pb::HeadTimestamp = of(body);
            D::HeadTimestamp {
                req_id: wire.req_id.unwrap(),
                time: text(wire.head_timestamp),
            }
        }
        89 => {
            let wire: pb::HistogramData = of(body);
            let entry =
                |one: pb::HistogramDataEntry| (number(one.price), decimal(one.size.as_ref()));
            D::Histogram {
                req_id: wire.req_id.unwrap(),
                entries: wire.histogram_data_entries.into_iter().map(entry).collect(),
            }
        }
        90 => {
            let wire: pb::HistoricalDataUpdate = of(body);
            D::BarUpdate {
                req_id: wire.req_id.unwrap(),
                bar: bar(wire.historical_data_bar.unwrap()),
            }
        }
        96 => {
            let wire: pb::HistoricalTicks = of(body);
            past(
                wire.req_id,
                TapeKind::MidPoint,
                wire.is_done,
                wire.historical_ticks.into_iter().map(mid_point),
            )
        }
        97 => {
            let wire: pb::HistoricalTicksBidAsk = of(body);
            past(
                wire.req_id,
                TapeKind::BidAsk,
                wire.is_done,
                wire.historical_ticks_bid_ask.into_iter().map(bid_ask),
            )
        }
        98 => {
            let wire: pb::HistoricalTicksLast = of(body);
            past(
                wire.req_id,
                TapeKind::Last,
                wire.is_done,
                wire.historical_ticks_last.into_iter().map(last),
            )
        }
        99 => {
            let wire: pb::TickByTickData = of(body);
            let told = wire.historical_tick_last.map(last);
            let told = told.or(wire.historical_tick_bid_ask.map(bid_ask));
            D::TickByTick {
                req_id: wire.req_id.unwrap(),
                all: wire.tick_type == Some(2),
                tick: told
                    .or(wire.historical_tick_mid_point.map(mid_point))
                    .unwrap(),
            }
        }
        106 => {
            let wire: pb::HistoricalSchedule = of(body);
            let session = |one: pb::HistoricalSession| {
                (
                    text(one.start_date_time),
                    text(one.end_date_time),
                    text(one.ref_date),
                )
            };
            D::Schedule {
                req_id: wire.req_id.unwrap(),
                start: text(wire.start_date_time),
                end: text(wire.end_date_time),
                time_zone: text(wire.time_zone),
                sessions: wire.historical_sessions.into_iter().map(session).collect(),
            }
        }
        108 => {
            let wire: pb::HistoricalDataEnd = of(body);
            D::BarsEnd {
                req_id: wire.req_id.unwrap(),
                start: text(wire.start_date_str),
                end: text(wire.end_date_str),
            }
        }
        _ => return None,
    })
}

fn past(
    req_id: Option<i32>,
    kind: TapeKind,
    done: Option<bool>,
    ticks: impl Iterator<Item = TapeTick>,
) -> DataReply {
    DataReply::HistoricalTicks {
        req_id: req_id.unwrap(),
        kind,
        ticks: ticks.collect(),
        done: done.unwrap(),
    }
}

fn bar(wire: pb::HistoricalDataBar) -> Bar {
    Bar {
        date: text(wire.date),
        open: number(wire.open),
        high: number(wire.high),
        low: number(wire.low),
        close: number(wire.close),
        volume: decimal(wire.volume.as_ref()),
        wap: decimal(wire.wap.as_ref()),
        count: wire.bar_count.unwrap(),
    }
}

fn mid_point(wire: pb::HistoricalTick) -> TapeTick {
    TapeTick::MidPoint {
        seconds: wire.time.unwrap(),
        price: number(wire.price),
    }
}

fn bid_ask(wire: pb::HistoricalTickBidAsk) -> TapeTick {
    TapeTick::BidAsk {
        seconds: wire.time.unwrap(),
        bid: maybe(wire.price_bid).unwrap(),
        ask: maybe(wire.price_ask).unwrap(),
        bid_size: decimal(wire.size_bid.as_ref()),
        ask_size: decimal(wire.size_ask.as_ref()),
    }
}

fn last(wire: pb::HistoricalTickLast) -> TapeTick {
    TapeTick::Last {
        seconds: wire.time.unwrap(),
        price: number(wire.price),
        size: decimal(wire.size.as_ref()),
        exchange: text(wire.exchange),
    }
}
