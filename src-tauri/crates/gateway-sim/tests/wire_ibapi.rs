//! The `ibapi` client, which shares no code with this server, must see the world.

use std::time::Duration;

use futures::{Stream, StreamExt};
use gatehouse_sim::server::{DropPoint, Faults, Sim, SimConfig, SimHandle};
use gatehouse_sim::world::{ConId, Scenario};
use ibapi::accounts::types::{AccountGroup, AccountId, ContractId};
use ibapi::accounts::{
    AccountSummaryResult, AccountUpdate, AccountUpdateMulti, PositionUpdate, PositionUpdateMulti,
};
use ibapi::client::Client;
use ibapi::contracts::Contract;
use ibapi::contracts::tick_types::TickType;
use ibapi::market_data::MarketDataType;
use ibapi::market_data::realtime::TickTypes;
use ibapi::orders::{
    Action, ExecutionFilter, Executions, Order, OrderUpdate, Orders, order_builder,
};
use ibapi::subscriptions::SubscriptionItem;
use rust_decimal::Decimal;

const AAPL: i32 = 265_598;
const LONG: Duration = Duration::from_secs(10);

async fn sim() -> SimHandle {
    Sim::start(SimConfig::new(Scenario::three_accounts(7)))
        .await
        .unwrap()
}

async fn connect(sim: &SimHandle, id: i32) -> Client {
    let connecting = Client::builder()
        .address(sim.addr().to_string())
        .client_id(id)
        .max_reconnect_attempts(1)
        .connect();
    tokio::time::timeout(LONG, connecting)
        .await
        .unwrap()
        .unwrap()
}

/// Everything until `done`, failing on any error and on silence.
async fn until<T>(
    subscription: &mut (impl Stream<Item = Result<SubscriptionItem<T>, ibapi::Error>> + Unpin),
    mut done: impl FnMut(&T) -> bool,
) -> Vec<T> {
    let mut seen = Vec::new();
    loop {
        let item = tokio::time::timeout(LONG, subscription.next())
            .await
            .expect("silence");
        match item.expect("the stream ended").expect("an error") {
            SubscriptionItem::Data(data) => {
                let last = done(&data);
                seen.push(data);
                if last {
                    return seen;
                }
            }
            SubscriptionItem::Notice(_) => {}
        }
    }
}

/// A limit order far below the market, in the first account.
fn resting(quantity: f64) -> Order {
    let mut order = order_builder::limit_order(Action::Buy, quantity, 100.0);
    order.account = "DU4000001".to_owned();
    order
}

async fn set_market(sim: &SimHandle, bid: i64, ask: i64) {
    let set = sim
        .with_world(move |world| {
            world.set_quote(ConId::new(AAPL), Decimal::new(bid, 2), Decimal::new(ask, 2))
        })
        .await;
    assert_eq!(set, Some(true));
}

#[tokio::test]
async fn the_newest_version_is_agreed_and_the_accounts_are_paper() {
    let sim = sim().await;
    let client = connect(&sim, 3).await;
    assert_eq!(client.server_version(), 226);
    let accounts = client.managed_accounts().await.unwrap();
    assert_eq!(accounts, ["DU4000001", "DU4000002", "DU4000003"]);
    assert!(client.server_time().await.is_ok());
    assert!(client.server_time_millis().await.is_ok());
    assert_eq!(client.family_codes().await.unwrap().len(), 3);
}

#[tokio::test]
async fn a_used_client_id_is_refused_and_free_again_after_the_client_left() {
    let sim = sim().await;
    let first = connect(&sim, 9).await;
    let address = sim.addr().to_string();
    let second = Client::builder()
        .address(&address)
        .client_id(9)
        .max_reconnect_attempts(1)
        .connect()
        .await;
    assert!(matches!(
        second,
        Err(ibapi::Error::ClientIdInUse { client_id: 9 })
    ));
    first.disconnect().await;
    drop(first);
    let again = async {
        loop {
            let client = Client::builder()
                .address(&address)
                .client_id(9)
                .max_reconnect_attempts(1)
                .connect()
                .await;
            if client.is_ok() {
                return;
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(LONG, again)
        .await
        .expect("the id stays taken");
}

#[tokio::test]
async fn summary_positions_updates_and_profit_are_readable() {
    let sim = sim().await;
    let client = connect(&sim, 1).await;
    let account = AccountId("DU4000001".to_owned());

    let tags = [
        "AccountType",
        "NetLiquidation",
        "TotalCashValue",
        "BuyingPower",
        "$LEDGER:ALL",
    ];
    let mut summary = client
        .account_summary(&AccountGroup("All".to_owned()), &tags)
        .await
        .unwrap();
    let rows = until(&mut summary, |row| matches!(row, AccountSummaryResult::End)).await;
    let worth = rows.iter().filter(
        |row| matches!(row, AccountSummaryResult::Summary(row) if row.tag == "NetLiquidation"),
    );
    assert_eq!(worth.count(), 3);

    let mut positions = client.positions().await.unwrap();
    let rows = until(&mut positions, |row| {
        matches!(row, PositionUpdate::PositionEnd)
    })
    .await;
    assert!(
        rows.iter()
            .any(|row| matches!(row, PositionUpdate::Position(row)
        if row.contract.contract_id == AAPL && row.account == "DU4000001" && row.position > 0.0))
    );

    let mut multi = client.positions_multi(Some(&account), None).await.unwrap();
    let rows = until(&mut multi, |row| {
        matches!(row, PositionUpdateMulti::PositionEnd)
    })
    .await;
    assert!(rows.len() > 3);

    let mut updates = client.account_updates(&account).await.unwrap();
    let rows = until(&mut updates, |row| matches!(row, AccountUpdate::End)).await;
    assert!(
        rows.iter()
            .any(|row| matches!(row, AccountUpdate::PortfolioValue(_)))
    );
    assert!(
        rows.iter()
            .any(|row| matches!(row, AccountUpdate::UpdateTime(_)))
    );

    let mut multi = client
        .account_updates_multi(Some(&account), None)
        .await
        .unwrap();
    let rows = until(&mut multi, |row| matches!(row, AccountUpdateMulti::End)).await;
    assert!(rows.iter().any(|row| matches!(row, AccountUpdateMulti::AccountMultiValue(row) if row.key == "NetLiquidation")));

    let mut pnl = client.pnl(&account, None).await.unwrap();
    let rows = until(&mut pnl, |_| true).await;
    assert!(rows[0].daily_pnl.is_finite() && rows[0].unrealized_pnl.is_some());
    let mut single = client
        .pnl_single(&account, ContractId(AAPL), None)
        .await
        .unwrap();
    let rows = until(&mut single, |_| true).await;
    assert!(rows[0].position > 0.0 && rows[0].value > 0.0);
}

#[tokio::test]
async fn instruments_are_found_and_defined() {
    let sim = sim().await;
    let client = connect(&sim, 1).await;
    let known = client
        .contract_details(&Contract::stock("AAPL").build())
        .await
        .unwrap();
    assert_eq!(known.len(), 1);
    assert_eq!(known[0].contract.contract_id, AAPL);
    assert!(known[0].min_tick > 0.0 && !known[0].long_name.is_empty());
    assert_eq!(
        known[0].valid_exchanges.len(),
        known[0].market_rule_ids.len()
    );
    let rule = known[0].market_rule_ids[0].parse().unwrap();
    assert!(
        !client
            .market_rule(rule)
            .await
            .unwrap()
            .price_increments
            .is_empty()
    );
    let found = client.matching_symbols("AAP").await.unwrap();
    assert!(found.iter().any(|one| one.contract.contract_id == AAPL));
    let unknown = client
        .contract_details(&Contract::stock("NOSUCH").build())
        .await;
    assert!(matches!(unknown, Err(ibapi::Error::Notice(notice)) if notice.code == 200));
    // Every instrument of the catalogue can be read.
    let ids = sim
        .with_world(|world| {
            world
                .instruments()
                .iter()
                .map(|one| one.con_id.get())
                .collect::<Vec<_>>()
        })
        .await
        .unwrap();
    for id in ids {
        // The default exchange is SMART, where a future does not trade.
        let contract = Contract {
            contract_id: id,
            exchange: "".into(),
            ..Contract::default()
        };
        assert_eq!(
            client.contract_details(&contract).await.unwrap().len(),
            1,
            "conId {id}"
        );
    }
}

#[tokio::test]
async fn quotes_stream_and_a_snapshot_ends() {
    let sim = sim().await;
    let client = connect(&sim, 1).await;
    let apple = Contract::stock("AAPL").build();
    let mut line = client.market_data(&apple).subscribe().await.unwrap();
    let mut bids = 0;
    let ticks = until(&mut line, |tick| {
        bids += usize::from(
            matches!(tick, TickTypes::PriceSize(tick) if tick.price_tick_type == TickType::Bid),
        );
        bids == 3
    })
    .await;
    assert!(
        ticks
            .iter()
            .any(|tick| matches!(tick, TickTypes::RequestParameters(_)))
    );
    assert!(
        ticks
            .iter()
            .any(|tick| matches!(tick, TickTypes::MarketDataType(MarketDataType::Realtime)))
    );
    let snapshot = client
        .market_data(&apple)
        .snapshot_once(LONG)
        .await
        .unwrap();
    assert!(!snapshot.is_empty());
}

#[tokio::test]
async fn delayed_quotes_have_their_own_tick_types_and_a_warning_keeps_the_stream() {
    let sim = sim().await;
    let client = connect(&sim, 1).await;
    client
        .switch_market_data_type(MarketDataType::Delayed)
        .await
        .unwrap();
    let apple = Contract::stock("AAPL").build();
    let mut line = client.market_data(&apple).subscribe().await.unwrap();
    let ticks = until(&mut line, |tick| {
        matches!(tick, TickTypes::PriceSize(tick) if tick.price_tick_type == TickType::DelayedLast)
    })
    .await;
    assert!(
        ticks
            .iter()
            .any(|tick| matches!(tick, TickTypes::MarketDataType(MarketDataType::Delayed)))
    );
}

#[tokio::test]
async fn a_preview_has_margins_and_commission_and_leaves_no_order() {
    let sim = sim().await;
    let client = connect(&sim, 1).await;
    let apple = Contract::stock("AAPL").build();
    let state = client
        .order(&apple)
        .buy(10)
        .limit(100.0)
        .account("DU4000001")
        .analyze()
        .await
        .unwrap();
    let (before, change, after) = (
        state.initial_margin_before.unwrap(),
        state.initial_margin_change.unwrap(),
        state.initial_margin_after.unwrap(),
    );
    assert!((before + change - after).abs() < 0.005 && change > 0.0);
    assert!(state.commission.unwrap() > 0.0);
    assert_eq!(
        sim.with_world(|world| world.open_orders().len()).await,
        Some(0)
    );
}

#[tokio::test]
async fn an_order_rests_is_seen_by_others_and_is_cancelled() {
    let sim = sim().await;
    let (client, other) = (connect(&sim, 1).await, connect(&sim, 2).await);
    let apple = Contract::stock("AAPL").build();
    let mut updates = client.order_update_stream().await.unwrap();
    let id = client.next_order_id();
    let mut order = resting(5.0);
    order.order_ref = "ours".to_owned();
    client.submit_order(id, &apple, &order).await.unwrap();
    let seen = until(&mut updates, |update| {
        matches!(update, OrderUpdate::OrderStatus(status) if status.status.to_string() == "Submitted")
    })
    .await;
    assert!(seen.iter().any(|update| matches!(update, OrderUpdate::OpenOrder(open)
        if open.order_id == id && open.order.order_ref == "ours" && open.order.limit_price == Some(100.0))));

    let mut open = other.all_open_orders().await.unwrap();
    let orders = open.collect_to_end_within(LONG).await.unwrap();
    assert!(orders.iter().any(|one| matches!(one, Orders::OrderData(one)
        if one.order.client_id == 1 && one.order.order_ref == "ours" && one.order.account == "DU4000001")));
    let mut own = other.open_orders().await.unwrap();
    assert!(own.collect_to_end_within(LONG).await.unwrap().is_empty());

    let _answers = client.cancel_order(id, "").await.unwrap();
    until(&mut updates, |update| {
        matches!(update, OrderUpdate::OrderStatus(status) if status.status.to_string() == "Cancelled")
    })
    .await;
    let mut completed = other.completed_orders(false).await.unwrap();
    let orders = completed.collect_to_end_within(LONG).await.unwrap();
    assert!(orders.iter().any(|one| matches!(one, Orders::OrderData(one)
        if one.order.perm_id > 0 && one.order.order_ref == "ours" && one.order.total_quantity == 5.0)));
}

#[tokio::test]
async fn a_partial_fill_is_told_with_executions_and_commissions() {
    let sim = sim().await;
    let client = connect(&sim, 1).await;
    set_market(&sim, 20_000, 20_001).await;
    sim.with_world(|world| world.set_sizes(ConId::new(AAPL), Decimal::from(3), Decimal::from(3)))
        .await;
    let mut updates = client.order_update_stream().await.unwrap();
    let apple = Contract::stock("AAPL").build();
    let mut order = order_builder::limit_order(Action::Buy, 8.0, 200.01);
    order.account = "DU4000001".to_owned();
    client
        .submit_order(client.next_order_id(), &apple, &order)
        .await
        .unwrap();
    let mut commissions = 0;
    let mut filled = false;
    let seen = until(&mut updates, |update| {
        commissions += usize::from(matches!(update, OrderUpdate::CommissionReport(_)));
        filled |= matches!(update, OrderUpdate::OrderStatus(status) if status.status.to_string() == "Filled");
        filled && commissions == 3
    })
    .await;
    assert!(
        seen.iter()
            .any(|update| matches!(update, OrderUpdate::OrderStatus(status)
        if status.filled == 3.0 && status.remaining == 5.0))
    );
    let mut executions = client.executions(ExecutionFilter::default()).await.unwrap();
    let rows = executions.collect_to_end_within(LONG).await.unwrap();
    let shares: f64 = rows
        .iter()
        .filter_map(|row| match row {
            Executions::ExecutionData(row) => Some(row.execution.shares),
            Executions::CommissionReport(_) => None,
        })
        .sum();
    assert_eq!(shares, 8.0);
}

#[tokio::test]
async fn a_connection_lost_after_the_order_arrived_leaves_exactly_one_order() {
    for (point, orders) in [(DropPoint::BeforeActing, 0), (DropPoint::AfterActing, 1)] {
        let sim = sim().await;
        let client = connect(&sim, 1).await;
        sim.set_faults(Faults {
            drop_on_place: Some(point),
            ..Faults::default()
        });
        let apple = Contract::stock("AAPL").build();
        client
            .submit_order(client.next_order_id(), &apple, &resting(5.0))
            .await
            .unwrap();
        let dropped = async {
            while client.is_connected() {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(LONG, dropped)
            .await
            .expect("the connection stays");
        assert_eq!(
            sim.with_world(|world| world.open_orders().len()).await,
            Some(orders)
        );
    }
}

#[tokio::test]
async fn a_stopped_gateway_comes_back_on_its_port_with_its_book() {
    let mut sim = sim().await;
    let client = connect(&sim, 1).await;
    let apple = Contract::stock("AAPL").build();
    client
        .submit_order(client.next_order_id(), &apple, &resting(5.0))
        .await
        .unwrap();
    let mut open = client.open_orders().await.unwrap();
    assert!(!open.collect_to_end_within(LONG).await.unwrap().is_empty());
    drop(client);
    let port = sim.addr();
    sim.stop().await;
    assert!(tokio::net::TcpStream::connect(port).await.is_err());
    sim.resume().await.unwrap();
    let client = connect(&sim, 1).await;
    let mut open = client.open_orders().await.unwrap();
    assert!(!open.collect_to_end_within(LONG).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_what_if_can_be_muted_or_answered_with_unset_margins_first() {
    let sim = sim().await;
    let client = connect(&sim, 1).await;
    let apple = Contract::stock("AAPL").build();
    sim.set_faults(Faults {
        what_if_unset_first: true,
        ..Faults::default()
    });
    let order = Order {
        what_if: true,
        ..resting(5.0)
    };
    let id = client.next_order_id();
    let mut answers = client.place_order(id, &apple, &order).await.unwrap();
    let mut previews = Vec::new();
    until(&mut answers, |answer| {
        if let ibapi::orders::PlaceOrder::OpenOrder(open) = answer {
            previews.push(open.order_state.initial_margin_change);
        }
        previews.len() == 2
    })
    .await;
    assert!(previews[0].is_none() && previews[1].is_some());

    sim.set_faults(Faults {
        mute_what_if: true,
        ..Faults::default()
    });
    let id = client.next_order_id();
    let mut answers = client.place_order(id, &apple, &order).await.unwrap();
    // Whatever comes after it is answered; the preview is not.
    client.server_time().await.unwrap();
    let silence = tokio::time::timeout(Duration::from_millis(100), answers.next()).await;
    assert!(silence.is_err(), "{silence:?}");
}
