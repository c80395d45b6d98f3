//! History, streams, depth, scans and news between messages and wire types.

use bytes::BytesMut;
use prost::Message;
use rust_decimal::Decimal;

use crate::messages::{
    Bar, BarsRequest, Contract, DataReply, DataRequest, ScannerRequest, TapeKind, TapeTick,
    TicksRequest,
};
use crate::wire::DecodeError;
use crate::wire::number::sent;

use super::convert::{contract, contract_from, decimal, integer, text, written};
use super::{frame, types as pb};

fn read<M: Message + Default>(body: &[u8]) -> Result<M, DecodeError> {
    M::decode(body).map_err(|error| DecodeError::unreadable(error.to_string()))
}

fn only(body: &[u8]) -> Result<i32, DecodeError> {
    Ok(read::<pb::OnlyReqId>(body)?.req_id.unwrap_or_default())
}

fn named(wire: Option<pb::Contract>, req_id: i32) -> Result<Contract, DecodeError> {
    contract_from(wire.unwrap_or_default()).map_err(|error| error.with_id(req_id))
}

/// Reads the body of the message `id`, or `None` when it is of another kind.
pub fn decode(id: i32, body: &[u8]) -> Result<Option<DataRequest>, DecodeError> {
    Ok(Some(match id {
        10 => {
            let wire: pb::MarketDepthRequest = read(body)?;
            let req_id = wire.req_id.unwrap_or_default();
            DataRequest::Depth {
                req_id,
                contract: named(wire.contract, req_id)?,
                rows: wire.num_rows.unwrap_or_default(),
                smart: wire.is_smart_depth.unwrap_or_default(),
            }
        }
        11 => DataRequest::CancelDepth {
            req_id: only(body)?,
        },
        18 => DataRequest::Advisor { req_id: None },
        19 => DataRequest::Advisor {
            req_id: read::<pb::FaReplace>(body)?.req_id,
        },
        20 => bars(read(body)?)?,
        22 => scanner(read(body)?)?,
        23 => DataRequest::CancelScanner {
            req_id: only(body)?,
        },
        24 => DataRequest::ScannerParameters,
        25 => DataRequest::CancelBars {
            req_id: only(body)?,
        },
        50 => {
            let wire: pb::RealTimeBarsRequest = read(body)?;
            let req_id = wire.req_id.unwrap_or_default();
            DataRequest::RealTimeBars {
                req_id,
                contract: named(wire.contract, req_id)?,
                what_to_show: wire.what_to_show.unwrap_or_default(),
            }
        }
        51 => DataRequest::CancelRealTimeBars {
            req_id: only(body)?,
        },
        65 | 66 | 72 | 73 => DataRequest::Verify,
        67 => DataRequest::DisplayGroups {
            req_id: only(body)?,
        },
        68 => {
            let wire: pb::SubscribeToGroupEventsRequest = read(body)?;
            DataRequest::SubscribeToGroup {
                req_id: wire.req_id.unwrap_or_default(),
                group: wire.group_id.unwrap_or_default(),
            }
        }
        69 => {
            let wire: pb::UpdateDisplayGroupRequest = read(body)?;
            DataRequest::UpdateGroup {
                req_id: wire.req_id.unwrap_or_default(),
                contract_info: wire.contract_info.unwrap_or_default(),
            }
        }
        70 => DataRequest::UnsubscribeFromGroup {
            req_id: only(body)?,
        },
        79 => DataRequest::SoftDollarTiers {
            req_id: only(body)?,
        },
        82 => DataRequest::DepthExchanges,
        83 => {
            let wire: pb::SmartComponentsRequest = read(body)?;
            DataRequest::SmartComponents {
                req_id: wire.req_id.unwrap_or_default(),
                bbo_exchange: wire.bbo_exchange.unwrap_or_default(),
            }
        }
        84 => {
            let wire: pb::NewsArticleRequest = read(body)?;
            DataRequest::NewsArticle {
                req_id: wire.req_id.unwrap_or_default(),
                provider: wire.provider_code.unwrap_or_default(),
                article: wire.article_id.unwrap_or_default(),
            }
        }
        85 => DataRequest::NewsProviders,
        86 => {
            let wire: pb::HistoricalNewsRequest = read(body)?;
            DataRequest::HistoricalNews {
                req_id: wire.req_id.unwrap_or_default(),
                con_id: wire.con_id.unwrap_or_default(),
                providers: wire.provider_codes.unwrap_or_default(),
                start: wire.start_date_time.unwrap_or_default(),
                end: wire.end_date_time.unwrap_or_default(),
                total: wire.total_results.unwrap_or_default(),
            }
        }
        87 => {
            let wire: pb::HeadTimestampRequest = read(body)?;
            let req_id = wire.req_id.unwrap_or_default();
            DataRequest::HeadTimestamp {
                req_id,
                contract: named(wire.contract, req_id)?,
                what_to_show: wire.what_to_show.unwrap_or_default(),
                format_date: wire.format_date.unwrap_or_default(),
            }
        }
        88 => {
            let wire: pb::HistogramDataRequest = read(body)?;
            let req_id = wire.req_id.unwrap_or_default();
            DataRequest::Histogram {
                req_id,
                contract: named(wire.contract, req_id)?,
                period: wire.time_period.unwrap_or_default(),
            }
        }
        89 => DataRequest::CancelHistogram {
            req_id: only(body)?,
        },
        90 => DataRequest::CancelHeadTimestamp {
            req_id: only(body)?,
        },
        96 => historical_ticks(read(body)?)?,
        97 => {
            let wire: pb::TickByTickRequest = read(body)?;
            let req_id = wire.req_id.unwrap_or_default();
            DataRequest::TickByTick {
                req_id,
                contract: named(wire.contract, req_id)?,
                kind: wire.tick_type.unwrap_or_default(),
                count: wire.number_of_ticks.unwrap_or_default(),
            }
        }
        98 => DataRequest::CancelTickByTick {
            req_id: only(body)?,
        },
        100 | 102 => DataRequest::WallStreetHorizon {
            req_id: only(body)?,
        },
        101 | 103 => DataRequest::CancelWallStreetHorizon {
            req_id: only(body)?,
        },
        107 => DataRequest::CancelHistoricalTicks {
            req_id: only(body)?,
        },
        _ => return Ok(None),
    }))
}

fn bars(wire: pb::HistoricalDataRequest) -> Result<DataRequest, DecodeError> {
    let req_id = wire.req_id.unwrap_or_default();
    Ok(DataRequest::Bars(BarsRequest {
        req_id,
        contract: named(wire.contract, req_id)?,
        end: wire.end_date_time.unwrap_or_default(),
        bar_size: wire.bar_size_setting.unwrap_or_default(),
        duration: wire.duration.unwrap_or_default(),
        use_rth: wire.use_rth.unwrap_or_default(),
        what_to_show: wire.what_to_show.unwrap_or_default(),
        format_date: wire.format_date.unwrap_or_default(),
        keep_up_to_date: wire.keep_up_to_date.unwrap_or_default(),
    }))
}

fn historical_ticks(wire: pb::HistoricalTicksRequest) -> Result<DataRequest, DecodeError> {
    let req_id = wire.req_id.unwrap_or_default();
    Ok(DataRequest::HistoricalTicks(TicksRequest {
        req_id,
        contract: named(wire.contract, req_id)?,
        start: wire.start_date_time.unwrap_or_default(),
        end: wire.end_date_time.unwrap_or_default(),
        count: wire.number_of_ticks.unwrap_or_default(),
        what_to_show: wire.what_to_show.unwrap_or_default(),
    }))
}

fn scanner(wire: pb::ScannerSubscriptionRequest) -> Result<DataRequest, DecodeError> {
    let scan = wire.scanner_subscription.unwrap_or_default();
    Ok(DataRequest::Scanner(ScannerRequest {
        req_id: wire.req_id.unwrap_or_default(),
        rows: integer(scan.number_of_rows).filter(|rows| *rows >= 0),
        instrument: scan.instrument.unwrap_or_default(),
        location: scan.location_code.unwrap_or_default(),
        scan_code: scan.scan_code.unwrap_or_default(),
        above_price: decimal(scan.above_price)?,
        below_price: decimal(scan.below_price)?,
    }))
}

fn bar(bar: &Bar) -> pb::HistoricalDataBar {
    pb::HistoricalDataBar {
        date: text(&bar.date),
        open: sent(bar.open),
        high: sent(bar.high),
        low: sent(bar.low),
        close: sent(bar.close),
        volume: written(bar.volume),
        wap: written(bar.wap),
        bar_count: Some(bar.count),
    }
}

/// Appends `reply` as one frame.
pub fn write(reply: &DataReply, out: &mut BytesMut) {
    match reply {
        DataReply::Bars { req_id, bars, .. } => {
            let wire = pb::HistoricalData {
                req_id: Some(*req_id),
                historical_data_bars: bars.iter().map(bar).collect(),
            };
            frame(17, &wire, out);
        }
        DataReply::BarsEnd { req_id, start, end } => {
            let wire = pb::HistoricalDataEnd {
                req_id: Some(*req_id),
                start_date_str: text(start),
                end_date_str: text(end),
            };
            frame(108, &wire, out);
        }
        DataReply::BarUpdate { req_id, bar: one } => {
            let wire = pb::HistoricalDataUpdate {
                req_id: Some(*req_id),
                historical_data_bar: Some(bar(one)),
            };
            frame(90, &wire, out);
        }
        DataReply::Schedule {
            req_id,
            start,
            end,
            time_zone,
            sessions,
        } => {
            let session = |(start, end, date): &(String, String, String)| pb::HistoricalSession {
                start_date_time: text(start),
                end_date_time: text(end),
                ref_date: text(date),
            };
            let wire = pb::HistoricalSchedule {
                req_id: Some(*req_id),
                start_date_time: text(start),
                end_date_time: text(end),
                time_zone: text(time_zone),
                historical_sessions: sessions.iter().map(session).collect(),
            };
            frame(106, &wire, out);
        }
        DataReply::HeadTimestamp { req_id, time } => {
            let wire = pb::HeadTimestamp {
                req_id: Some(*req_id),
                head_timestamp: text(time),
            };
            frame(88, &wire, out);
        }
        DataReply::Histogram { req_id, entries } => {
            let entry = |(price, size): &(Decimal, Decimal)| pb::HistogramDataEntry {
                price: sent(*price),
                size: written(*size),
            };
            let wire = pb::HistogramData {
                req_id: Some(*req_id),
                histogram_data_entries: entries.iter().map(entry).collect(),
            };
            frame(89, &wire, out);
        }
        DataReply::HistoricalTicks {
            req_id,
            kind,
            ticks,
            done,
        } => historical(*req_id, *kind, ticks, *done, out),
        DataReply::TickByTick { req_id, all, tick } => by_tick(*req_id, *all, tick, out),
        DataReply::RealTimeBar {
            req_id,
            seconds,
            bar,
        } => {
            let wire = pb::RealTimeBarTick {
                req_id: Some(*req_id),
                time: Some(*seconds),
                open: sent(bar.open),
                high: sent(bar.high),
                low: sent(bar.low),
                close: sent(bar.close),
                volume: written(bar.volume),
                wap: written(bar.wap),
                count: Some(bar.count),
            };
            frame(50, &wire, out);
        }
        DataReply::Depth { req_id, row } => {
            let wire = pb::MarketDepth {
                req_id: Some(*req_id),
                market_depth_data: Some(pb::MarketDepthData {
                    position: Some(row.position),
                    operation: Some(row.operation),
                    side: Some(row.side),
                    price: sent(row.price),
                    size: written(row.size),
                    market_maker: row.maker.clone(),
                    is_smart_depth: row.maker.is_some().then_some(row.smart),
                }),
            };
            frame(if row.maker.is_some() { 13 } else { 12 }, &wire, out);
        }
        _ => reference(reply, out),
    }
}

/// Scans, news and the rest of what does not move with prices.
fn reference(reply: &DataReply, out: &mut BytesMut) {
    match reply {
        DataReply::DepthExchanges { exchanges } => {
            let described = exchanges
                .iter()
                .map(|one| pb::DepthMarketDataDescription {
                    exchange: text(&one.exchange),
                    sec_type: text(&one.sec_type),
                    listing_exch: text(&one.listing),
                    service_data_type: text(&one.service),
                    agg_group: Some(one.agg_group),
                })
                .collect();
            let wire = pb::MarketDepthExchanges {
                depth_market_data_descriptions: described,
            };
            frame(80, &wire, out);
        }
        DataReply::ScannerParameters { xml } => {
            frame(19, &pb::ScannerParameters { xml: text(xml) }, out);
        }
        DataReply::Scanner { req_id, rows } => {
            let elements = rows
                .iter()
                .zip(0..)
                .map(|((instrument, market_name), rank)| pb::ScannerDataElement {
                    rank: Some(rank),
                    contract: Some(contract(instrument)),
                    market_name: text(market_name),
                    ..pb::ScannerDataElement::default()
                })
                .collect();
            let wire = pb::ScannerData {
                req_id: Some(*req_id),
                scanner_data_element: elements,
            };
            frame(20, &wire, out);
        }
        DataReply::NewsProviders { providers } => {
            let provider = |(code, name): &(String, String)| pb::NewsProvider {
                provider_code: text(code),
                provider_name: text(name),
            };
            let wire = pb::NewsProviders {
                news_providers: providers.iter().map(provider).collect(),
            };
            frame(85, &wire, out);
        }
        DataReply::NewsArticle {
            req_id,
            text: words,
        } => {
            let wire = pb::NewsArticle {
                req_id: Some(*req_id),
                article_type: Some(0),
                article_text: text(words),
            };
            frame(83, &wire, out);
        }
        DataReply::Headline {
            req_id,
            time,
            provider,
            article,
            headline,
        } => {
            let wire = pb::HistoricalNews {
                req_id: Some(*req_id),
                time: text(time),
                provider_code: text(provider),
                article_id: text(article),
                headline: text(headline),
            };
            frame(86, &wire, out);
        }
        DataReply::HeadlinesEnd { req_id, has_more } => {
            let wire = pb::HistoricalNewsEnd {
                req_id: Some(*req_id),
                has_more: Some(*has_more),
            };
            frame(87, &wire, out);
        }
        DataReply::SoftDollarTiers { req_id } => {
            let wire = pb::OnlyReqId {
                req_id: Some(*req_id),
            };
            frame(77, &wire, out);
        }
        DataReply::SmartComponents { req_id, components } => {
            let component = |(bit, exchange, letter): &(i32, String, String)| pb::SmartComponent {
                bit_number: Some(*bit),
                exchange: text(exchange),
                exchange_letter: text(letter),
            };
            let wire = pb::SmartComponents {
                req_id: Some(*req_id),
                smart_components: components.iter().map(component).collect(),
            };
            frame(82, &wire, out);
        }
        DataReply::DisplayGroups { req_id, groups } => {
            let wire = pb::DisplayGroupList {
                req_id: Some(*req_id),
                groups: text(groups),
            };
            frame(67, &wire, out);
        }
        DataReply::DisplayGroupUpdated {
            req_id,
            contract_info,
        } => {
            let wire = pb::DisplayGroupUpdated {
                req_id: Some(*req_id),
                contract_info: text(contract_info),
            };
            frame(68, &wire, out);
        }
        _ => {}
    }
}

fn historical(req_id: i32, kind: TapeKind, ticks: &[TapeTick], done: bool, out: &mut BytesMut) {
    let (req_id, is_done) = (Some(req_id), Some(done));
    match kind {
        TapeKind::MidPoint => {
            let wire = pb::HistoricalTicks {
                req_id,
                historical_ticks: ticks.iter().filter_map(mid_point).collect(),
                is_done,
            };
            frame(96, &wire, out);
        }
        TapeKind::BidAsk => {
            let wire = pb::HistoricalTicksBidAsk {
                req_id,
                historical_ticks_bid_ask: ticks.iter().filter_map(bid_ask).collect(),
                is_done,
            };
            frame(97, &wire, out);
        }
        TapeKind::Last => {
            let wire = pb::HistoricalTicksLast {
                req_id,
                historical_ticks_last: ticks.iter().filter_map(last).collect(),
                is_done,
            };
            frame(98, &wire, out);
        }
    }
}

fn by_tick(req_id: i32, all: bool, tick: &TapeTick, out: &mut BytesMut) {
    let tick_type = match tick {
        TapeTick::Last { .. } => 1 + i32::from(all),
        TapeTick::BidAsk { .. } => 3,
        TapeTick::MidPoint { .. } => 4,
    };
    let wire = pb::TickByTickData {
        req_id: Some(req_id),
        tick_type: Some(tick_type),
        historical_tick_last: last(tick),
        historical_tick_bid_ask: bid_ask(tick),
        historical_tick_mid_point: mid_point(tick),
    };
    frame(99, &wire, out);
}

fn mid_point(tick: &TapeTick) -> Option<pb::HistoricalTick> {
    let TapeTick::MidPoint { seconds, price } = tick else {
        return None;
    };
    Some(pb::HistoricalTick {
        time: Some(*seconds),
        price: sent(*price),
        size: written(Decimal::ZERO),
    })
}

fn bid_ask(tick: &TapeTick) -> Option<pb::HistoricalTickBidAsk> {
    let TapeTick::BidAsk {
        seconds,
        bid,
        ask,
        bid_size,
        ask_size,
    } = tick
    else {
        return None;
    };
    Some(pb::HistoricalTickBidAsk {
        time: Some(*seconds),
        price_bid: sent(*bid),
        price_ask: sent(*ask),
        size_bid: written(*bid_size),
        size_ask: written(*ask_size),
    })
}

fn last(tick: &TapeTick) -> Option<pb::HistoricalTickLast> {
    let TapeTick::Last {
        seconds,
        price,
        size,
        exchange,
    } = tick
    else {
        return None;
    };
    Some(pb::HistoricalTickLast {
        time: Some(*seconds),
        price: sent(*price),
        size: written(*size),
        exchange: text(exchange),
        special_conditions: None,
    })
}
