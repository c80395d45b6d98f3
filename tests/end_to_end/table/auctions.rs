//! Orders for the opening and the closing auction fill in it.

use super::{Row, cents, in_the_book, quiet_house, send, stranger};
use gatehouse_desk::view::OrderStateView;
use gatehouse_domain::order_type::OrderType;
use gatehouse_sim::server::Action;
use gatehouse_sim::world::{OrderKind, Tif};

#[tokio::test(flavor = "multi_thread")]
async fn orders_for_an_auction_wait_for_it_and_fill_in_it() {
    let mut house = quiet_house().await;
    let rows = [
        (
            "moc",
            OrderType::MarketOnClose,
            "",
            OrderKind::OnClose,
            Tif::Day,
        ),
        (
            "loc",
            OrderType::LimitOnClose,
            "274.00",
            OrderKind::LimitOnClose(cents(274_00)),
            Tif::Day,
        ),
        (
            "moo",
            OrderType::MarketOnOpen,
            "",
            OrderKind::Market,
            Tif::Opg,
        ),
        (
            "loo",
            OrderType::LimitOnOpen,
            "274.00",
            OrderKind::Limit(cents(274_00)),
            Tif::Opg,
        ),
    ]
    .map(|(name, of, limit, kind, tif)| {
        Row::new(name, kind, super::End::Fills)
            .ticket(|t| {
                t.order_type = of;
                t.limit_price = limit.into();
            })
            .listed(|o| o.tif = tif)
    });
    for row in &rows {
        send(&house, row).await;
    }
    house
        .until("all are acknowledged", |p| {
            rows.iter().all(|row| {
                p.order(row.name()).is_some_and(|o| {
                    matches!(o.state, OrderStateView::Held | OrderStateView::Working)
                })
            })
        })
        .await;
    for row in &rows {
        assert_eq!(
            in_the_book(&house, row.name()).await.as_ref(),
            Some(&row.listed)
        );
    }
    stranger::compare(&house, rows.iter().map(|row| &row.ticket)).await;
    // Over the next weekend and holiday in any case.
    let days = 5;
    for _ in 0..days {
        house
            .sim
            .act(Action::Jump { ms: 86_400_000 })
            .await
            .unwrap();
    }
    house
        .until("all have filled", |p| {
            rows.iter().all(|row| {
                p.order(row.name())
                    .is_some_and(|o| o.state == OrderStateView::Filled)
            })
        })
        .await;
}
