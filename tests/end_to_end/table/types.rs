//! Every order type on both sides with each of its times in force.

use super::{End, Row, cents, prove, quiet_house};
use gatehouse_desk::port::Clock;
use gatehouse_desk::port::clock::SystemClock;
use gatehouse_domain::Decimal;
use gatehouse_domain::draft::{self, DraftInput};
use gatehouse_domain::exits::TrailUnit;
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::order_type::OrderType;
use gatehouse_domain::tif::TifChoice;
use gatehouse_sim::world::{OrderKind, Side, Tif, TrailBy};

/// A type as a buy: how the ticket is filled in, what it is at the gateway, where it fills.
struct Shape {
    name: &'static str,
    of: OrderType,
    fill_in: fn(&mut DraftInput),
    kind: OrderKind,
    end: End,
}

/// Cents about the market, mirrored for a sale: a buy's price below the market lies as far above
/// it for a sale.
fn mirrored(price: Decimal) -> Decimal {
    cents(544_02) - price
}

fn typed(price: &mut String) {
    if let Ok(number) = price.parse() {
        *price = mirrored(number).to_string();
    }
}

fn shapes() -> Vec<Shape> {
    const DOWN: End = End::FillsAt(267_98, 268_00);
    const UP: End = End::FillsAt(276_00, 276_02);
    let shape = |name, of, fill_in: fn(&mut DraftInput), kind, end| Shape {
        name,
        of,
        fill_in,
        kind,
        end,
    };
    let one = TrailBy::Amount(cents(1_00));
    let percent = TrailBy::Percent(Decimal::new(12, 1));
    vec![
        shape(
            "mkt",
            OrderType::Market,
            |_| {},
            OrderKind::Market,
            End::Fills,
        ),
        shape(
            "lmt",
            OrderType::Limit,
            |t| t.limit_price = "270.00".into(),
            OrderKind::Limit(cents(270_00)),
            DOWN,
        ),
        shape(
            "stp",
            OrderType::Stop,
            |t| t.stop_price = "275.00".into(),
            OrderKind::Stop(cents(275_00)),
            UP,
        ),
        shape(
            "stplmt",
            OrderType::StopLimit,
            |t| {
                t.stop_price = "275.00".into();
                t.limit_price = "277.50".into();
            },
            OrderKind::StopLimit {
                stop: cents(275_00),
                limit: cents(277_50),
            },
            UP,
        ),
        shape(
            "trail-amount",
            OrderType::Trail,
            |t| t.trail = "1.00".into(),
            OrderKind::Trail {
                by: one,
                stop: None,
            },
            UP,
        ),
        shape(
            "trail-percent",
            OrderType::Trail,
            |t| {
                t.trail = "1.2".into();
                t.trail_unit = TrailUnit::Percent;
            },
            OrderKind::Trail {
                by: percent,
                stop: None,
            },
            UP,
        ),
        shape(
            "trail-from",
            OrderType::Trail,
            |t| {
                t.trail = "1.00".into();
                t.stop_price = "272.90".into();
            },
            OrderKind::Trail {
                by: one,
                stop: Some(cents(272_90)),
            },
            UP,
        ),
        shape(
            "traillmt-amount",
            OrderType::TrailLimit,
            |t| {
                t.trail = "1.00".into();
                t.stop_price = "273.02".into();
                t.offset = "9.00".into();
            },
            OrderKind::TrailLimit {
                by: one,
                stop: Some(cents(273_02)),
                offset: cents(9_00),
            },
            UP,
        ),
        shape(
            "traillmt-percent",
            OrderType::TrailLimit,
            |t| {
                t.trail = "1.2".into();
                t.trail_unit = TrailUnit::Percent;
                t.stop_price = "273.02".into();
                t.offset = "9.00".into();
            },
            OrderKind::TrailLimit {
                by: percent,
                stop: Some(cents(273_02)),
                offset: cents(9_00),
            },
            UP,
        ),
        shape(
            "mit",
            OrderType::MarketIfTouched,
            |t| t.stop_price = "270.00".into(),
            OrderKind::IfTouched(cents(270_00)),
            DOWN,
        ),
        shape(
            "lit",
            OrderType::LimitIfTouched,
            |t| {
                t.stop_price = "270.00".into();
                t.limit_price = "269.50".into();
            },
            OrderKind::LimitIfTouched {
                trigger: cents(270_00),
                limit: cents(269_50),
            },
            DOWN,
        ),
        shape(
            "moc",
            OrderType::MarketOnClose,
            |_| {},
            OrderKind::OnClose,
            End::Cancel,
        ),
        shape(
            "loc",
            OrderType::LimitOnClose,
            |t| t.limit_price = "270.00".into(),
            OrderKind::LimitOnClose(cents(270_00)),
            End::Cancel,
        ),
        shape(
            "moo",
            OrderType::MarketOnOpen,
            |_| {},
            OrderKind::Market,
            End::Cancel,
        ),
        shape(
            "loo",
            OrderType::LimitOnOpen,
            |t| t.limit_price = "270.00".into(),
            OrderKind::Limit(cents(270_00)),
            End::Cancel,
        ),
        shape(
            "rel",
            OrderType::Relative,
            |t| t.offset = "0.01".into(),
            OrderKind::Relative {
                offset: cents(1),
                cap: None,
            },
            End::Cancel,
        ),
        shape(
            "rel-cap",
            OrderType::Relative,
            |t| {
                t.offset = "0.01".into();
                t.price_cap = "271.00".into();
            },
            OrderKind::Relative {
                offset: cents(1),
                cap: Some(cents(271_00)),
            },
            End::Cancel,
        ),
        shape(
            "midprice",
            OrderType::Midprice,
            |_| {},
            OrderKind::Midprice { cap: None },
            End::Cancel,
        ),
        shape(
            "midprice-cap",
            OrderType::Midprice,
            |t| t.price_cap = "271.00".into(),
            OrderKind::Midprice {
                cap: Some(cents(271_00)),
            },
            End::Cancel,
        ),
        shape(
            "pegmid",
            OrderType::PegMid,
            |_| {},
            OrderKind::PegMid {
                offset: Decimal::ZERO,
                cap: None,
            },
            End::Cancel,
        ),
        shape(
            "pegmid-away",
            OrderType::PegMid,
            |t| {
                t.offset = "0.02".into();
                t.price_cap = "271.00".into();
            },
            OrderKind::PegMid {
                offset: cents(2),
                cap: Some(cents(271_00)),
            },
            End::Cancel,
        ),
        shape(
            "mtl",
            OrderType::MarketToLimit,
            |_| {},
            OrderKind::MarketToLimit,
            End::Fills,
        ),
    ]
}

/// The same shape as a sale: every price on the other side of the market, distances as they are.
fn mirror(kind: OrderKind) -> OrderKind {
    let price = mirrored;
    let cap = |cap: Option<Decimal>| cap.map(price);
    match kind {
        OrderKind::Limit(at) => OrderKind::Limit(price(at)),
        OrderKind::Stop(at) => OrderKind::Stop(price(at)),
        OrderKind::StopLimit { stop, limit } => OrderKind::StopLimit {
            stop: price(stop),
            limit: price(limit),
        },
        OrderKind::Trail { by, stop } => OrderKind::Trail {
            by,
            stop: cap(stop),
        },
        OrderKind::TrailLimit { by, stop, offset } => OrderKind::TrailLimit {
            by,
            stop: cap(stop),
            offset,
        },
        OrderKind::IfTouched(at) => OrderKind::IfTouched(price(at)),
        OrderKind::LimitIfTouched { trigger, limit } => OrderKind::LimitIfTouched {
            trigger: price(trigger),
            limit: price(limit),
        },
        OrderKind::LimitOnClose(at) => OrderKind::LimitOnClose(price(at)),
        OrderKind::Relative { offset, cap: most } => OrderKind::Relative {
            offset,
            cap: cap(most),
        },
        OrderKind::Midprice { cap: most } => OrderKind::Midprice { cap: cap(most) },
        OrderKind::PegMid { offset, cap: most } => OrderKind::PegMid {
            offset,
            cap: cap(most),
        },
        same => same,
    }
}

fn mirrored_end(end: End) -> End {
    match end {
        End::FillsAt(bid, ask) => End::FillsAt(544_02 - ask, 544_02 - bid),
        other => other,
    }
}

/// Every time in force that goes with the type, with what the gateway has of it and what it does
/// to an order that can't fill at once.
fn rows(shape: &Shape, till: UnixMillis) -> Vec<Row> {
    let mut rows = Vec::new();
    for tif in shape.of.times_in_force() {
        let at_once = matches!(tif, TifChoice::Ioc | TifChoice::Fok);
        let end = if at_once && shape.end != End::Fills {
            End::Lapses
        } else {
            shape.end
        };
        let wire = match tif {
            TifChoice::Day => Tif::Day,
            TifChoice::Gtc => Tif::Gtc,
            TifChoice::Gtd => Tif::Gtd,
            TifChoice::Ioc => Tif::Ioc,
            TifChoice::Fok => Tif::Fok,
            TifChoice::Opg => Tif::Opg,
        };
        let code = tif.code().to_lowercase();
        let buy = |row: Row| {
            row.ticket(|t| {
                t.order_type = shape.of;
                t.tif = *tif;
                t.good_till = (*tif == TifChoice::Gtd).then_some(till);
                (shape.fill_in)(t);
            })
            .listed(|o| {
                o.tif = wire;
                if wire == Tif::Gtd {
                    o.terms.good_till = Some(till.0 / 1000 * 1000);
                }
            })
        };
        rows.push(buy(Row::new(
            &format!("{}-{code}-buy", shape.name),
            shape.kind,
            end,
        )));
        let sale = Row::new(
            &format!("{}-{code}-sell", shape.name),
            mirror(shape.kind),
            mirrored_end(end),
        );
        rows.push(
            buy(sale)
                .ticket(|t| {
                    t.side = draft::Side::Sell;
                    typed(&mut t.limit_price);
                    typed(&mut t.stop_price);
                    typed(&mut t.price_cap);
                })
                .listed(|o| o.side = Side::Sell),
        );
    }
    rows
}

#[test]
fn the_table_has_every_order_type() {
    for of in OrderType::ALL {
        assert!(shapes().iter().any(|shape| shape.of == of), "{of:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_order_type_and_time_in_force_arrives_as_it_was_meant() {
    let mut house = quiet_house().await;
    let till = UnixMillis(SystemClock.now().0 + 86_400_000);
    let rows = shapes()
        .iter()
        .flat_map(|shape| rows(shape, till))
        .collect();
    prove(&mut house, rows).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_works_outside_regular_hours_says_so_at_the_gateway() {
    let mut house = quiet_house().await;
    let row = Row::new("outside", OrderKind::Limit(cents(270_00)), End::Cancel)
        .ticket(|t| {
            t.limit_price = "270.00".into();
            t.handling.outside_rth = true;
        })
        .listed(|o| o.outside_rth = true);
    prove(&mut house, vec![row]).await;
}
