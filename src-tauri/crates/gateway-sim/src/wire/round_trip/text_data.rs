//! History, streams, depth, scans and news in text as a client writes and reads them.

use super::fields::{Read, Written};
use super::text_requests::named;
use crate::messages::{
    Bar, Contract, DataReply, DataRequest, DepthExchange, DepthRow, TapeKind, TapeTick,
};

/// The message id; the fields after it go to `w`.
pub fn write(request: &DataRequest, w: &mut Written) -> i32 {
    use DataRequest as D;
    let cancel = |id: i32, frozen: bool, req_id: &i32, w: &mut Written| {
        if frozen {
            w.put(1);
        }
        w.put(req_id);
        id
    };
    match request {
        D::Bars(of) => {
            w.put(of.req_id);
            named(&of.contract, true, w);
            w.flag(of.contract.include_expired)
                .put(&of.end)
                .put(&of.bar_size)
                .put(&of.duration);
            w.flag(of.use_rth).put(&of.what_to_show).put(of.format_date);
            if of.contract.sec_type == "BAG" {
                w.put(of.contract.combo_legs.len());
                for leg in &of.contract.combo_legs {
                    w.put(leg.con_id)
                        .put(leg.ratio)
                        .put(&leg.action)
                        .put(&leg.exchange);
                }
            }
            w.flag(of.keep_up_to_date).put("");
            20
        }
        D::CancelBars { req_id } => cancel(25, true, req_id, w),
        D::HeadTimestamp {
            req_id,
            contract,
            what_to_show,
            format_date,
        } => {
            w.put(req_id);
            named(contract, true, w);
            w.flag(false).flag(true).put(what_to_show).put(format_date);
            87
        }
        D::CancelHeadTimestamp { req_id } => cancel(90, false, req_id, w),
        D::Histogram {
            req_id,
            contract,
            period,
        } => {
            w.put(req_id);
            named(contract, true, w);
            w.flag(false).flag(true).put(period);
            88
        }
        D::CancelHistogram { req_id } => cancel(89, false, req_id, w),
        D::HistoricalTicks(of) => {
            w.put(of.req_id);
            named(&of.contract, true, w);
            w.flag(of.contract.include_expired)
                .put(&of.start)
                .put(&of.end)
                .put(of.count);
            w.put(&of.what_to_show).flag(true).flag(false).put("");
            96
        }
        D::CancelHistoricalTicks { req_id } => cancel(107, false, req_id, w),
        D::RealTimeBars {
            req_id,
            contract,
            what_to_show,
        } => {
            w.put(3).put(req_id);
            named(contract, true, w);
            w.put(5).put(what_to_show).flag(true).put("");
            50
        }
        D::CancelRealTimeBars { req_id } => cancel(51, true, req_id, w),
        D::TickByTick {
            req_id,
            contract,
            kind,
            count,
        } => {
            w.put(req_id);
            named(contract, true, w);
            w.put(kind).put(count).flag(false);
            97
        }
        D::CancelTickByTick { req_id } => cancel(98, false, req_id, w),
        D::Depth {
            req_id,
            contract,
            rows,
            smart,
        } => {
            w.put(5).put(req_id);
            named(contract, true, w);
            w.put(rows).flag(*smart).put("");
            10
        }
        D::CancelDepth { req_id } => {
            w.put(1).put(req_id).flag(true);
            11
        }
        D::DepthExchanges => 82,
        D::ScannerParameters => {
            w.put(1);
            24
        }
        D::Scanner(of) => {
            w.put(of.req_id)
                .put(of.rows.unwrap_or(-1))
                .put(&of.instrument)
                .put(&of.location);
            w.put(&of.scan_code)
                .unset(of.above_price)
                .unset(of.below_price)
                .blank(16);
            22
        }
        D::CancelScanner { req_id } => cancel(23, true, req_id, w),
        D::NewsProviders => 85,
        D::NewsArticle {
            req_id,
            provider,
            article,
        } => {
            w.put(req_id).put(provider).put(article).put("");
            84
        }
        D::HistoricalNews {
            req_id,
            con_id,
            providers,
            start,
            end,
            total,
        } => {
            w.put(req_id)
                .put(con_id)
                .put(providers)
                .put(start)
                .put(end)
                .put(total)
                .put("");
            86
        }
        D::WallStreetHorizon { req_id } => cancel(100, false, req_id, w),
        D::CancelWallStreetHorizon { req_id } => cancel(101, false, req_id, w),
        D::SoftDollarTiers { req_id } => cancel(79, false, req_id, w),
        D::SmartComponents {
            req_id,
            bbo_exchange,
        } => {
            w.put(req_id).put(bbo_exchange);
            83
        }
        D::Advisor { req_id: None } => {
            w.put(1).put(1);
            18
        }
        D::Advisor {
            req_id: Some(req_id),
        } => {
            w.put(1).put(1).put("<xml/>").put(req_id);
            19
        }
        D::DisplayGroups { req_id } => cancel(67, true, req_id, w),
        D::SubscribeToGroup { req_id, group } => {
            w.put(1).put(req_id).put(group);
            68
        }
        D::UpdateGroup {
            req_id,
            contract_info,
        } => {
            w.put(1).put(req_id).put(contract_info);
            69
        }
        D::UnsubscribeFromGroup { req_id } => cancel(70, true, req_id, w),
        D::Verify => {
            w.put(1).put("name").put("version");
            65
        }
    }
}

/// Reads the fields after the message id; `None` when the message is of another kind.
pub fn read(version: u16, id: i32, r: &mut Read<'_>) -> Option<DataReply> {
    use DataReply as D;
    Some(match id {
        12 => D::Depth {
            req_id: r.passes(["1"]).int(),
            row: row(r, false),
        },
        13 => D::Depth {
            req_id: r.passes(["1"]).int(),
            row: row(r, true),
        },
        17 => {
            let req_id = r.int();
            let told = version < 196;
            let (start, end) = if told {
                (r.word(), r.word())
            } else {
                Default::default()
            };
            D::Bars {
                req_id,
                start,
                end,
                bars: r.few(bar),
            }
        }
        19 => D::ScannerParameters {
            xml: r.passes(["1"]).word(),
        },
        20 => {
            let mut rank = -1;
            D::Scanner {
                req_id: r.passes(["3"]).int(),
                rows: r.few(|r| {
                    rank += 1;
                    scanned(rank, r)
                }),
            }
        }
        50 => D::RealTimeBar {
            req_id: r.passes(["3"]).int(),
            seconds: r.number(),
            bar: Bar {
                date: String::new(),
                open: r.decimal(),
                high: r.decimal(),
                low: r.decimal(),
                close: r.decimal(),
                volume: r.decimal(),
                wap: r.decimal(),
                count: r.int(),
            },
        },
        67 => D::DisplayGroups {
            req_id: r.passes(["1"]).int(),
            groups: r.word(),
        },
        68 => D::DisplayGroupUpdated {
            req_id: r.passes(["1"]).int(),
            contract_info: r.word(),
        },
        77 => {
            let req_id = r.int();
            r.passes(["0"]);
            D::SoftDollarTiers { req_id }
        }
        80 => D::DepthExchanges {
            exchanges: r.few(|r| DepthExchange {
                exchange: r.word(),
                sec_type: r.word(),
                listing: r.word(),
                service: r.word(),
                agg_group: r.int(),
            }),
        },
        82 => D::SmartComponents {
            req_id: r.int(),
            components: r.few(|r| (r.int(), r.word(), r.word())),
        },
        83 => D::NewsArticle {
            req_id: r.int(),
            text: r.passes(["0"]).word(),
        },
        85 => D::NewsProviders {
            providers: r.few(|r| (r.word(), r.word())),
        },
        86 => D::Headline {
            req_id: r.int(),
            time: r.word(),
            provider: r.word(),
            article: r.word(),
            headline: r.word(),
        },
        87 => D::HeadlinesEnd {
            req_id: r.int(),
            has_more: r.flag(),
        },
        88 => D::HeadTimestamp {
            req_id: r.int(),
            time: r.word(),
        },
        89 => D::Histogram {
            req_id: r.int(),
            entries: r.few(|r| (r.decimal(), r.decimal())),
        },
        90 => {
            let (req_id, count, date) = (r.int(), r.int(), r.word());
            let (open, close, high, low) = (r.decimal(), r.decimal(), r.decimal(), r.decimal());
            let (wap, volume) = (r.decimal(), r.decimal());
            D::BarUpdate {
                req_id,
                bar: Bar {
                    date,
                    open,
                    high,
                    low,
                    close,
                    volume,
                    wap,
                    count,
                },
            }
        }
        96 => past(TapeKind::MidPoint, r),
        97 => past(TapeKind::BidAsk, r),
        98 => past(TapeKind::Last, r),
        99 => by_tick(r),
        106 => D::Schedule {
            req_id: r.int(),
            start: r.word(),
            end: r.word(),
            time_zone: r.word(),
            sessions: r.few(|r| (r.word(), r.word(), r.word())),
        },
        108 => D::BarsEnd {
            req_id: r.int(),
            start: r.word(),
            end: r.word(),
        },
        _ => return None,
    })
}

fn bar(r: &mut Read<'_>) -> Bar {
    Bar {
        date: r.word(),
        open: r.decimal(),
        high: r.decimal(),
        low: r.decimal(),
        close: r.decimal(),
        volume: r.decimal(),
        wap: r.decimal(),
        count: r.int(),
    }
}

fn row(r: &mut Read<'_>, second_level: bool) -> DepthRow {
    let position = r.int();
    let maker = second_level.then(|| r.word());
    DepthRow {
        position,
        maker,
        operation: r.int(),
        side: r.int(),
        price: r.decimal(),
        size: r.decimal(),
        smart: second_level && r.flag(),
    }
}

fn scanned(rank: i32, r: &mut Read<'_>) -> (Contract, String) {
    assert_eq!(r.int(), rank);
    let mut contract = Contract {
        con_id: r.int(),
        symbol: r.word(),
        sec_type: r.word(),
        last_trade_date: r.word(),
        strike: r.nonzero(),
        right: r.word(),
        exchange: r.word(),
        currency: r.word(),
        local_symbol: r.word(),
        ..Contract::default()
    };
    let market_name = r.word();
    contract.trading_class = r.word();
    r.passes(["", "", "", ""]); // distance, benchmark, projection, legs
    (contract, market_name)
}

fn past(kind: TapeKind, r: &mut Read<'_>) -> DataReply {
    let req_id = r.int();
    let ticks = r.few(|r| {
        let seconds = r.number();
        r.passes(["0"]); // attributes
        match kind {
            TapeKind::MidPoint => {
                let price = r.decimal();
                r.passes(["0"]); // size
                TapeTick::MidPoint { seconds, price }
            }
            TapeKind::BidAsk => TapeTick::BidAsk {
                seconds,
                bid: r.decimal(),
                ask: r.decimal(),
                bid_size: r.decimal(),
                ask_size: r.decimal(),
            },
            TapeKind::Last => {
                let (price, size, exchange) = (r.decimal(), r.decimal(), r.word());
                r.passes([""]); // special conditions
                TapeTick::Last {
                    seconds,
                    price,
                    size,
                    exchange,
                }
            }
        }
    });
    DataReply::HistoricalTicks {
        req_id,
        kind,
        ticks,
        done: r.flag(),
    }
}

fn by_tick(r: &mut Read<'_>) -> DataReply {
    let (req_id, kind, seconds) = (r.int(), r.int(), r.number());
    let tick = match kind {
        1 | 2 => {
            let (price, size) = (r.decimal(), r.decimal());
            let exchange = r.passes(["0"]).word();
            r.passes([""]); // special conditions
            TapeTick::Last {
                seconds,
                price,
                size,
                exchange,
            }
        }
        3 => {
            let (bid, ask, bid_size, ask_size) =
                (r.decimal(), r.decimal(), r.decimal(), r.decimal());
            r.passes(["0"]); // attributes
            TapeTick::BidAsk {
                seconds,
                bid,
                ask,
                bid_size,
                ask_size,
            }
        }
        _ => TapeTick::MidPoint {
            seconds,
            price: r.decimal(),
        },
    };
    DataReply::TickByTick {
        req_id,
        all: kind == 2,
        tick,
    }
}
