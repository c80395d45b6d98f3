//! Handling and one-cancels-all groups.

use super::{End, Row, cents, in_the_book, prove, quiet_house, send, stand_at, stranger};
use gatehouse_desk::view::OrderStateView;
use gatehouse_domain::Decimal;
use gatehouse_domain::handling::OcaKind;
use gatehouse_e2e::House;
use gatehouse_sim::world::{self, Oca, OrderKind};

fn resting(name: &str) -> Row {
    Row::new(
        name,
        OrderKind::Limit(cents(270_00)),
        End::FillsAt(267_98, 268_00),
    )
    .ticket(|t| t.limit_price = "270.00".into())
}

#[tokio::test(flavor = "multi_thread")]
async fn hidden_partly_shown_whole_and_minimum_orders_arrive_as_they_were_meant() {
    let mut house = quiet_house().await;
    let rows = vec![
        resting("hidden")
            .ticket(|t| t.handling.hidden = true)
            .listed(|o| o.terms.hidden = true),
        resting("iceberg")
            .ticket(|t| t.handling.display_size = "1".into())
            .listed(|o| o.terms.display_size = Some(Decimal::ONE)),
        resting("all-or-none")
            .ticket(|t| t.handling.all_or_none = true)
            .listed(|o| o.terms.all_or_none = true),
        resting("minimum")
            .ticket(|t| t.handling.min_quantity = "2".into())
            .listed(|o| o.terms.min_quantity = Some(Decimal::TWO)),
    ];
    prove(&mut house, rows).await;
}

/// A group of two buys at 270.00 and 269.00.
async fn group(house: &mut House, name: &str, kind: OcaKind, meant: world::OcaKind) {
    let member = |n: &str, price: i64| {
        Row::new(
            &format!("{name}-{n}"),
            OrderKind::Limit(cents(price)),
            End::Cancel,
        )
        .ticket(|t| {
            t.quantity = "4".into();
            t.limit_price = cents(price).to_string();
            t.handling.oca_group = name.into();
            t.handling.oca_kind = kind;
        })
        .listed(|o| {
            o.quantity = Decimal::from(4);
            o.terms.oca = Some(Oca {
                group: name.into(),
                kind: meant,
            });
        })
    };
    let rows = [member("first", 270_00), member("second", 269_00)];
    for row in &rows {
        send(house, row).await;
        let name = row.name().to_owned();
        house
            .until("it works", |p| {
                p.order(&name)
                    .is_some_and(|o| o.state == OrderStateView::Working)
            })
            .await;
        assert_eq!(in_the_book(house, &name).await, Some(row.listed.clone()));
    }
    stranger::compare(house, rows.iter().map(|row| &row.ticket)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fill_in_a_group_cancels_or_reduces_the_others_as_was_meant() {
    let mut house = quiet_house().await;
    for (name, kind, meant) in [
        ("cancels", OcaKind::CancelBlocked, world::OcaKind::Cancel),
        (
            "reduces-blocked",
            OcaKind::ReduceBlocked,
            world::OcaKind::ReduceBlocked,
        ),
        ("reduces", OcaKind::Reduce, world::OcaKind::Reduce),
    ] {
        group(&mut house, name, kind, meant).await;
        let (first, second) = (format!("{name}-first"), format!("{name}-second"));
        // One of four trades.
        house
            .sim
            .apply(|world| {
                let apple = world::ConId::new(super::APPLE);
                world.set_quote(apple, cents(269_90), cents(270_00));
                world.set_sizes(apple, Decimal::ONE, Decimal::ONE);
                Vec::new()
            })
            .await;
        house
            .until("a part of the first has filled", |p| {
                p.order(&first).is_some_and(|o| o.filled == Decimal::ONE)
            })
            .await;
        let other = |house: &House| house.page.order(&second).unwrap().clone();
        if kind == OcaKind::CancelBlocked {
            house
                .until("the second is cancelled", |p| {
                    p.order(&second)
                        .is_some_and(|o| o.state == OrderStateView::Cancelled)
                })
                .await;
            assert_eq!(other(&house).filled, Decimal::ZERO);
        } else {
            house
                .until("the second is reduced", |p| {
                    p.order(&second)
                        .is_some_and(|o| o.quantity == Decimal::from(3))
                })
                .await;
        }
        stand_at(&house, 269_90, 270_00).await;
        house
            .until("both are over", |p| {
                p.order(&first)
                    .is_some_and(|o| o.state == OrderStateView::Filled)
                    && p.order(&second)
                        .is_some_and(|o| o.state == OrderStateView::Cancelled)
            })
            .await;
        stand_at(&house, 272_00, 272_02).await;
    }
}
