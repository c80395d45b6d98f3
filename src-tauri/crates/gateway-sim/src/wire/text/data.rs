//! History, streams, depth, scans and news, read and written field by field.

use crate::messages::{
    Bar, BarsRequest, ComboLeg, DataReply, DataRequest, DepthRow, ScannerRequest, TapeKind,
    TapeTick, TicksRequest,
};
use crate::wire::{DecodeError, Version};

use super::fields::{Reader, Writer};
use super::requests::contract;

/// Reads the fields after the message id (and after a frozen format version),
/// or `None` when the message is of another kind.
pub fn decode(
    version: Version,
    id: i32,
    fields: &mut Reader<'_>,
) -> Result<Option<DataRequest>, DecodeError> {
    let req_id = fields.peek_int().filter(|_| !matches!(id, 18 | 19));
    read(version, id, fields).map_err(|error| match req_id {
        Some(req_id) => error.with_id(req_id),
        None => error,
    })
}

fn read(
    version: Version,
    id: i32,
    fields: &mut Reader<'_>,
) -> Result<Option<DataRequest>, DecodeError> {
    Ok(Some(match id {
        10 => depth(fields)?,
        11 => DataRequest::CancelDepth {
            req_id: fields.int()?,
        },
        18 => DataRequest::Advisor { req_id: None },
        19 => {
            fields.skip(2)?;
            DataRequest::Advisor {
                req_id: fields.optional_string().parse().ok(),
            }
        }
        20 => bars(fields)?,
        22 => scanner(fields)?,
        23 => DataRequest::CancelScanner {
            req_id: fields.int()?,
        },
        24 => DataRequest::ScannerParameters,
        25 => DataRequest::CancelBars {
            req_id: fields.int()?,
        },
        50 => {
            let req_id = fields.int()?;
            let contract = contract(fields)?;
            fields.skip(1)?; // size: always five seconds
            DataRequest::RealTimeBars {
                req_id,
                contract,
                what_to_show: fields.string()?,
            }
        }
        51 => DataRequest::CancelRealTimeBars {
            req_id: fields.int()?,
        },
        65 | 66 | 72 | 73 => DataRequest::Verify,
        67 => DataRequest::DisplayGroups {
            req_id: fields.int()?,
        },
        68 => DataRequest::SubscribeToGroup {
            req_id: fields.int()?,
            group: fields.int()?,
        },
        69 => DataRequest::UpdateGroup {
            req_id: fields.int()?,
            contract_info: fields.string()?,
        },
        70 => DataRequest::UnsubscribeFromGroup {
            req_id: fields.int()?,
        },
        79 => DataRequest::SoftDollarTiers {
            req_id: fields.int()?,
        },
        82 => DataRequest::DepthExchanges,
        83 => DataRequest::SmartComponents {
            req_id: fields.int()?,
            bbo_exchange: fields.string()?,
        },
        84 => DataRequest::NewsArticle {
            req_id: fields.int()?,
            provider: fields.string()?,
            article: fields.string()?,
        },
        85 => DataRequest::NewsProviders,
        86 => DataRequest::HistoricalNews {
            req_id: fields.int()?,
            con_id: fields.int()?,
            providers: fields.string()?,
            start: fields.string()?,
            end: fields.string()?,
            total: fields.int()?,
        },
        87 => {
            let req_id = fields.int()?;
            let contract = contract(fields)?;
            fields.skip(2)?; // include expired, regular hours only
            DataRequest::HeadTimestamp {
                req_id,
                contract,
                what_to_show: fields.string()?,
                format_date: fields.int()?,
            }
        }
        88 => {
            let req_id = fields.int()?;
            let contract = contract(fields)?;
            fields.skip(2)?; // include expired, regular hours only
            DataRequest::Histogram {
                req_id,
                contract,
                period: fields.string()?,
            }
        }
        89 => DataRequest::CancelHistogram {
            req_id: fields.int()?,
        },
        90 => DataRequest::CancelHeadTimestamp {
            req_id: fields.int()?,
        },
        96 => historical_ticks(fields)?,
        97 => {
            let req_id = fields.int()?;
            DataRequest::TickByTick {
                req_id,
                contract: contract(fields)?,
                kind: fields.string()?,
                count: fields.int()?,
            }
        }
        98 => DataRequest::CancelTickByTick {
            req_id: fields.int()?,
        },
        100 | 102 if version.number() >= 161 => DataRequest::WallStreetHorizon {
            req_id: fields.int()?,
        },
        101 | 103 if version.number() >= 161 => DataRequest::CancelWallStreetHorizon {
            req_id: fields.int()?,
        },
        107 => DataRequest::CancelHistoricalTicks {
            req_id: fields.int()?,
        },
        _ => return Ok(None),
    }))
}

fn depth(fields: &mut Reader<'_>) -> Result<DataRequest, DecodeError> {
    let req_id = fields.int()?;
    Ok(DataRequest::Depth {
        req_id,
        contract: contract(fields)?,
        rows: fields.int()?,
        smart: fields.bool()?,
    })
}

fn bars(fields: &mut Reader<'_>) -> Result<DataRequest, DecodeError> {
    let req_id = fields.int()?;
    let mut read = || -> Result<DataRequest, DecodeError> {
        let mut contract = contract(fields)?;
        contract.include_expired = fields.bool()?;
        let mut request = BarsRequest {
            req_id,
            end: fields.string()?,
            bar_size: fields.string()?,
            duration: fields.string()?,
            use_rth: fields.int()? != 0,
            what_to_show: fields.string()?,
            format_date: fields.int()?,
            ..BarsRequest::default()
        };
        if contract.sec_type == "BAG" {
            contract.combo_legs = (0..fields.count()?)
                .map(|_| {
                    Ok(ComboLeg {
                        con_id: fields.int()?,
                        ratio: fields.int()?,
                        action: fields.string()?,
                        exchange: fields.string()?,
                        ..ComboLeg::default()
                    })
                })
                .collect::<Result<_, DecodeError>>()?;
        }
        request.contract = contract;
        request.keep_up_to_date = fields.bool()?;
        Ok(DataRequest::Bars(request))
    };
    read().map_err(|error| error.with_id(req_id))
}

fn historical_ticks(fields: &mut Reader<'_>) -> Result<DataRequest, DecodeError> {
    let req_id = fields.int()?;
    let mut contract = contract(fields)?;
    contract.include_expired = fields.bool()?;
    Ok(DataRequest::HistoricalTicks(TicksRequest {
        req_id,
        contract,
        start: fields.string()?,
        end: fields.string()?,
        count: fields.int()?,
        what_to_show: fields.string()?,
    }))
}

fn scanner(fields: &mut Reader<'_>) -> Result<DataRequest, DecodeError> {
    Ok(DataRequest::Scanner(ScannerRequest {
        req_id: fields.int()?,
        rows: fields.optional_int()?.filter(|rows| *rows >= 0),
        instrument: fields.string()?,
        location: fields.string()?,
        scan_code: fields.string()?,
        above_price: fields.decimal()?,
        below_price: fields.decimal()?,
    }))
}

/// Writes every field of `reply`, its message id first.
pub fn write<'w, 'b>(
    version: Version,
    reply: &DataReply,
    w: &'w mut Writer<'b>,
) -> &'w mut Writer<'b> {
    match reply {
        DataReply::Bars {
            req_id,
            start,
            end,
            bars,
        } => {
            w.put("17").put(req_id);
            if version.number() < 196 {
                w.put(start).put(end);
            }
            w.put(bars.len());
            for bar in bars {
                w.put(&bar.date)
                    .decimal(bar.open)
                    .decimal(bar.high)
                    .decimal(bar.low)
                    .decimal(bar.close)
                    .decimal(bar.volume)
                    .decimal(bar.wap)
                    .put(bar.count);
            }
            w
        }
        DataReply::BarsEnd { req_id, start, end } => w.put("108").put(req_id).put(start).put(end),
        DataReply::BarUpdate { req_id, bar } => w
            .put("90")
            .put(req_id)
            .put(bar.count)
            .put(&bar.date)
            .decimal(bar.open)
            .decimal(bar.close)
            .decimal(bar.high)
            .decimal(bar.low)
            .decimal(bar.wap)
            .decimal(bar.volume),
        DataReply::Schedule {
            req_id,
            start,
            end,
            time_zone,
            sessions,
        } => {
            w.put("106").put(req_id).all(&[start, end, time_zone]);
            w.put(sessions.len());
            for (start, end, date) in sessions {
                w.all(&[start, end, date]);
            }
            w
        }
        DataReply::HeadTimestamp { req_id, time } => w.put("88").put(req_id).put(time),
        DataReply::Histogram { req_id, entries } => {
            w.put("89").put(req_id).put(entries.len());
            for (price, size) in entries {
                w.decimal(*price).decimal(*size);
            }
            w
        }
        DataReply::HistoricalTicks {
            req_id,
            kind,
            ticks,
            done,
        } => historical(*req_id, *kind, ticks, *done, w),
        DataReply::TickByTick { req_id, all, tick } => by_tick(*req_id, *all, tick, w),
        DataReply::RealTimeBar {
            req_id,
            seconds,
            bar,
        } => real_time_bar(*req_id, *seconds, bar, w),
        DataReply::Depth { req_id, row } => depth_row(*req_id, row, w),
        DataReply::DepthExchanges { exchanges } => {
            w.put("80").put(exchanges.len());
            for one in exchanges {
                w.all(&[&one.exchange, &one.sec_type, &one.listing, &one.service])
                    .put(one.agg_group);
            }
            w
        }
        DataReply::ScannerParameters { xml } => w.all(&["19", "1", xml]),
        DataReply::Scanner { req_id, rows } => {
            w.all(&["20", "3"]).put(req_id).put(rows.len());
            for (rank, (contract, market_name)) in rows.iter().enumerate() {
                w.put(rank)
                    .put(contract.con_id)
                    .all(&[
                        &contract.symbol,
                        &contract.sec_type,
                        &contract.last_trade_date,
                    ])
                    .decimal(contract.strike.unwrap_or_default())
                    .all(&[&contract.right, &contract.exchange, &contract.currency])
                    .all(&[&contract.local_symbol, market_name, &contract.trading_class])
                    .empty(4); // distance, benchmark, projection, legs
            }
            w
        }
        DataReply::NewsProviders { providers } => {
            w.put("85").put(providers.len());
            for (code, name) in providers {
                w.put(code).put(name);
            }
            w
        }
        DataReply::NewsArticle { req_id, text } => w.put("83").put(req_id).put("0").put(text),
        DataReply::Headline {
            req_id,
            time,
            provider,
            article,
            headline,
        } => w
            .put("86")
            .put(req_id)
            .all(&[time, provider, article, headline]),
        DataReply::HeadlinesEnd { req_id, has_more } => w.put("87").put(req_id).bool(*has_more),
        DataReply::SoftDollarTiers { req_id } => w.put("77").put(req_id).put("0"),
        DataReply::SmartComponents { req_id, components } => {
            w.put("82").put(req_id).put(components.len());
            for (bit, exchange, letter) in components {
                w.put(bit).put(exchange).put(letter);
            }
            w
        }
        DataReply::DisplayGroups { req_id, groups } => w.all(&["67", "1"]).put(req_id).put(groups),
        DataReply::DisplayGroupUpdated {
            req_id,
            contract_info,
        } => w.all(&["68", "1"]).put(req_id).put(contract_info),
    }
}

fn historical<'w, 'b>(
    req_id: i32,
    kind: TapeKind,
    ticks: &[TapeTick],
    done: bool,
    w: &'w mut Writer<'b>,
) -> &'w mut Writer<'b> {
    w.put(match kind {
        TapeKind::MidPoint => "96",
        TapeKind::BidAsk => "97",
        TapeKind::Last => "98",
    });
    w.put(req_id).put(ticks.len());
    for tick in ticks {
        match tick {
            TapeTick::MidPoint { seconds, price } => {
                w.put(seconds).put("0").decimal(*price).put("0")
            }
            TapeTick::BidAsk {
                seconds,
                bid,
                ask,
                bid_size,
                ask_size,
            } => w
                .put(seconds)
                .put("0") // mask
                .decimal(*bid)
                .decimal(*ask)
                .decimal(*bid_size)
                .decimal(*ask_size),
            TapeTick::Last {
                seconds,
                price,
                size,
                exchange,
            } => w
                .put(seconds)
                .put("0") // mask
                .decimal(*price)
                .decimal(*size)
                .put(exchange)
                .put(""),
        };
    }
    w.bool(done)
}

fn by_tick<'w, 'b>(
    req_id: i32,
    all: bool,
    tick: &TapeTick,
    w: &'w mut Writer<'b>,
) -> &'w mut Writer<'b> {
    w.put("99").put(req_id);
    match tick {
        TapeTick::Last {
            seconds,
            price,
            size,
            exchange,
        } => w
            .put(if all { 2 } else { 1 })
            .put(seconds)
            .decimal(*price)
            .decimal(*size)
            .put("0") // mask
            .put(exchange)
            .put(""),
        TapeTick::BidAsk {
            seconds,
            bid,
            ask,
            bid_size,
            ask_size,
        } => w
            .put("3")
            .put(seconds)
            .decimal(*bid)
            .decimal(*ask)
            .decimal(*bid_size)
            .decimal(*ask_size)
            .put("0"),
        TapeTick::MidPoint { seconds, price } => w.put("4").put(seconds).decimal(*price),
    }
}

fn real_time_bar<'w, 'b>(
    req_id: i32,
    seconds: i64,
    bar: &Bar,
    w: &'w mut Writer<'b>,
) -> &'w mut Writer<'b> {
    w.all(&["50", "3"])
        .put(req_id)
        .put(seconds)
        .decimal(bar.open)
        .decimal(bar.high)
        .decimal(bar.low)
        .decimal(bar.close)
        .decimal(bar.volume)
        .decimal(bar.wap)
        .put(bar.count)
}

fn depth_row<'w, 'b>(req_id: i32, row: &DepthRow, w: &'w mut Writer<'b>) -> &'w mut Writer<'b> {
    let level_two = row.maker.is_some();
    w.put(if level_two { "13" } else { "12" })
        .put("1")
        .put(req_id)
        .put(row.position);
    if let Some(maker) = &row.maker {
        w.put(maker);
    }
    w.put(row.operation)
        .put(row.side)
        .decimal(row.price)
        .decimal(row.size);
    if level_two { w.bool(row.smart) } else { w }
}
