//! Any message about history, streams, depth, scans and news.

use super::dice::Dice;
use super::parts::contract;
use crate::messages::{
    Bar, BarsRequest, DataReply, DataRequest, DepthExchange, DepthRow, ScannerRequest, TapeKind,
    TapeTick, TicksRequest,
};

/// How many kinds [`request`] knows.
pub const REQUESTS: u8 = 36;
/// How many kinds [`reply`] knows.
pub const REPLIES: u8 = 21;

/// A request of one kind; each has a number.
pub fn request(kind: u8, dice: &mut Dice<'_>) -> DataRequest {
    use DataRequest as D;
    let req_id = dice.int();
    match kind {
        0 => D::Bars(BarsRequest {
            req_id,
            contract: contract(dice),
            end: dice.word(),
            bar_size: dice.word(),
            duration: dice.word(),
            use_rth: dice.flag(),
            what_to_show: dice.word(),
            format_date: dice.int(),
            keep_up_to_date: dice.flag(),
        }),
        1 => D::CancelBars { req_id },
        2 => D::HeadTimestamp {
            req_id,
            contract: contract(dice),
            what_to_show: dice.word(),
            format_date: dice.int(),
        },
        3 => D::CancelHeadTimestamp { req_id },
        4 => D::Histogram {
            req_id,
            contract: contract(dice),
            period: dice.word(),
        },
        5 => D::CancelHistogram { req_id },
        6 => D::HistoricalTicks(TicksRequest {
            req_id,
            contract: contract(dice),
            start: dice.word(),
            end: dice.word(),
            count: dice.int(),
            what_to_show: dice.word(),
        }),
        7 => D::CancelHistoricalTicks { req_id },
        8 => D::RealTimeBars {
            req_id,
            contract: contract(dice),
            what_to_show: dice.word(),
        },
        9 => D::CancelRealTimeBars { req_id },
        10 => D::TickByTick {
            req_id,
            contract: contract(dice),
            kind: dice.word(),
            count: dice.int(),
        },
        11 => D::CancelTickByTick { req_id },
        12 => D::Depth {
            req_id,
            contract: contract(dice),
            rows: dice.int(),
            smart: dice.flag(),
        },
        13 => D::CancelDepth { req_id },
        14 => D::DepthExchanges,
        15 => D::ScannerParameters,
        16 => D::Scanner(ScannerRequest {
            req_id,
            rows: dice.maybe(Dice::count),
            instrument: dice.word(),
            location: dice.word(),
            scan_code: dice.word(),
            above_price: dice.maybe(Dice::decimal),
            below_price: dice.maybe(Dice::decimal),
        }),
        17 => D::CancelScanner { req_id },
        18 => D::NewsProviders,
        19 => D::NewsArticle {
            req_id,
            provider: dice.word(),
            article: dice.word(),
        },
        20 => D::HistoricalNews {
            req_id,
            con_id: dice.int(),
            providers: dice.word(),
            start: dice.word(),
            end: dice.word(),
            total: dice.int(),
        },
        21 => D::WallStreetHorizon { req_id },
        22 => D::CancelWallStreetHorizon { req_id },
        23 => D::SoftDollarTiers { req_id },
        24 => D::SmartComponents {
            req_id,
            bbo_exchange: dice.word(),
        },
        25 => D::Advisor { req_id: None },
        26 => D::Advisor {
            req_id: Some(req_id),
        },
        27 => D::DisplayGroups { req_id },
        28 => D::SubscribeToGroup {
            req_id,
            group: dice.int(),
        },
        29 => D::UpdateGroup {
            req_id,
            contract_info: dice.word(),
        },
        30 => D::UnsubscribeFromGroup { req_id },
        _ => D::Verify,
    }
}

/// A reply of one kind; each has a number.
pub fn reply(kind: u8, dice: &mut Dice<'_>) -> DataReply {
    use DataReply as D;
    let req_id = dice.int();
    match kind {
        0 => D::Bars {
            req_id,
            start: dice.word(),
            end: dice.word(),
            bars: dice.few(bar),
        },
        1 => D::BarsEnd {
            req_id,
            start: dice.word(),
            end: dice.word(),
        },
        2 => D::BarUpdate {
            req_id,
            bar: bar(dice),
        },
        3 => D::Schedule {
            req_id,
            start: dice.word(),
            end: dice.word(),
            time_zone: dice.word(),
            sessions: dice.few(|dice| (dice.word(), dice.word(), dice.word())),
        },
        4 => D::HeadTimestamp {
            req_id,
            time: dice.word(),
        },
        5 => D::Histogram {
            req_id,
            entries: dice.few(|dice| (dice.decimal(), dice.decimal())),
        },
        6 => {
            let kind = [TapeKind::MidPoint, TapeKind::BidAsk, TapeKind::Last];
            let kind = kind[usize::from(dice.byte() % 3)];
            D::HistoricalTicks {
                req_id,
                kind,
                ticks: dice.few(|dice| tick(kind, dice)),
                done: dice.flag(),
            }
        }
        7 => D::TickByTick {
            req_id,
            all: dice.flag(),
            tick: tick(TapeKind::Last, dice),
        },
        8 => D::TickByTick {
            req_id,
            all: false,
            tick: tick(TapeKind::BidAsk, dice),
        },
        9 => D::TickByTick {
            req_id,
            all: false,
            tick: tick(TapeKind::MidPoint, dice),
        },
        10 => D::RealTimeBar {
            req_id,
            seconds: dice.long(),
            bar: Bar {
                date: String::new(),
                ..bar(dice)
            },
        },
        11 => {
            let maker = dice.maybe(Dice::word);
            D::Depth {
                req_id,
                row: DepthRow {
                    position: dice.int(),
                    operation: dice.int(),
                    side: dice.int(),
                    price: dice.decimal(),
                    size: dice.decimal(),
                    // Said only where makers are.
                    smart: dice.flag() && maker.is_some(),
                    maker,
                },
            }
        }
        12 => D::DepthExchanges {
            exchanges: dice.few(|dice| DepthExchange {
                exchange: dice.word(),
                sec_type: dice.word(),
                listing: dice.word(),
                service: dice.word(),
                agg_group: dice.int(),
            }),
        },
        13 => D::ScannerParameters { xml: dice.word() },
        14 => D::Scanner {
            req_id,
            rows: dice.few(|dice| (contract(dice), dice.word())),
        },
        15 => D::NewsProviders {
            providers: dice.few(|dice| (dice.word(), dice.word())),
        },
        16 => D::NewsArticle {
            req_id,
            text: dice.word(),
        },
        17 => D::Headline {
            req_id,
            time: dice.word(),
            provider: dice.word(),
            article: dice.word(),
            headline: dice.word(),
        },
        18 => D::HeadlinesEnd {
            req_id,
            has_more: dice.flag(),
        },
        19 => D::SmartComponents {
            req_id,
            components: dice.few(|dice| (dice.int(), dice.word(), dice.word())),
        },
        20 if dice.flag() => D::SoftDollarTiers { req_id },
        _ if dice.flag() => D::DisplayGroups {
            req_id,
            groups: dice.word(),
        },
        _ => D::DisplayGroupUpdated {
            req_id,
            contract_info: dice.word(),
        },
    }
}

fn bar(dice: &mut Dice<'_>) -> Bar {
    Bar {
        date: dice.word(),
        open: dice.decimal(),
        high: dice.decimal(),
        low: dice.decimal(),
        close: dice.decimal(),
        volume: dice.decimal(),
        wap: dice.decimal(),
        count: dice.int(),
    }
}

fn tick(kind: TapeKind, dice: &mut Dice<'_>) -> TapeTick {
    let seconds = dice.long();
    match kind {
        TapeKind::MidPoint => TapeTick::MidPoint {
            seconds,
            price: dice.decimal(),
        },
        TapeKind::BidAsk => TapeTick::BidAsk {
            seconds,
            bid: dice.decimal(),
            ask: dice.decimal(),
            bid_size: dice.decimal(),
            ask_size: dice.decimal(),
        },
        TapeKind::Last => TapeTick::Last {
            seconds,
            price: dice.decimal(),
            size: dice.decimal(),
            exchange: dice.word(),
        },
    }
}
