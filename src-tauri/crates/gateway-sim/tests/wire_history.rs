//! History, streams and a bracket as a stranger's client reads them.

use std::time::Duration;

use futures::{Stream, StreamExt};
use gatehouse_sim::server::{Sim, SimConfig, SimHandle};
use gatehouse_sim::world::Scenario;
use ibapi::client::Client;
use ibapi::contracts::{Contract, OptionRight};
use ibapi::market_data::historical::{BarSize, HistoricalBarUpdate, ToDuration, WhatToShow};
use ibapi::market_data::realtime::MarketDepths;
use ibapi::market_data::{IgnoreSize, SmartDepth, TradingHours};
use ibapi::orders::builder::BracketPrices;
use ibapi::orders::{Action, OrderUpdate, order_builder};
use ibapi::scanner::ScannerSubscription;
use ibapi::subscriptions::SubscriptionItem;

const LONG: Duration = Duration::from_secs(20);
const AAPL: i32 = 265_598;

async fn started() -> (SimHandle, Client) {
    let mut config = SimConfig::new(Scenario::three_accounts(7));
    config.speed = 20.0;
    let sim = Sim::start(config).await.unwrap();
    let connecting = Client::builder()
        .address(sim.addr().to_string())
        .client_id(5)
        .max_reconnect_attempts(1)
        .connect();
    let client = tokio::time::timeout(LONG, connecting)
        .await
        .unwrap()
        .unwrap();
    (sim, client)
}

async fn next<T>(
    stream: &mut (impl Stream<Item = Result<SubscriptionItem<T>, ibapi::Error>> + Unpin),
) -> T {
    loop {
        let item = tokio::time::timeout(LONG, stream.next())
            .await
            .expect("silence");
        match item.expect("the stream ended").expect("an error") {
            SubscriptionItem::Data(data) => return data,
            SubscriptionItem::Notice(_) => {}
        }
    }
}

#[tokio::test]
async fn bars_are_read_and_grow() {
    let (_sim, client) = started().await;
    let apple = Contract::stock("AAPL").build();
    let days = client
        .historical_data(&apple, BarSize::Day)
        .what_to_show(WhatToShow::Trades)
        .duration(5.days())
        .fetch()
        .await
        .unwrap();
    assert_eq!(days.bars.len(), 5);
    assert!(days.bars.iter().all(|bar| bar.date.is_date()
        && bar.low <= bar.open.min(bar.close)
        && bar.high >= bar.open.max(bar.close)
        && bar.volume > 0.0));
    let mut growing = client
        .historical_data(&apple, BarSize::Min)
        .what_to_show(WhatToShow::MidPoint)
        .duration(600.seconds())
        .stream()
        .await
        .unwrap();
    let HistoricalBarUpdate::Historical(past) = next(&mut growing).await else {
        panic!("the past comes first");
    };
    assert!(past.bars.len() >= 9, "{}", past.bars.len());
    let newest = past.bars.last().unwrap().date;
    // At this speed a minute takes three seconds.
    loop {
        if let HistoricalBarUpdate::Update(bar) = next(&mut growing).await
            && bar.date > newest
        {
            break;
        }
    }
    let option = Contract::option("AAPL", "20260116", 270.0, OptionRight::Call);
    let hours = client
        .historical_data(&option, BarSize::Hour)
        .what_to_show(WhatToShow::MidPoint)
        .duration(2.days())
        .fetch()
        .await
        .unwrap();
    assert!(hours.bars.len() > 24 && hours.bars.iter().all(|bar| bar.low > 0.0));
}

#[tokio::test]
async fn the_beginning_the_sessions_and_the_prices_by_volume_are_read() {
    let (_sim, client) = started().await;
    let apple = Contract::stock("AAPL").build();
    let head = client
        .head_timestamp(&apple, WhatToShow::Trades, TradingHours::Extended)
        .await
        .unwrap();
    assert!(head.year() < 2020, "{head}");
    let schedule = client
        .historical_schedules(&apple, 3.days())
        .fetch()
        .await
        .unwrap();
    assert_eq!(schedule.sessions.len(), 3);
    assert!(schedule.sessions.iter().all(|one| one.start < one.end));
    let entries = client
        .histogram_data(&apple, TradingHours::Extended, BarSize::Week)
        .await
        .unwrap();
    assert!(entries.len() > 5 && entries.iter().all(|one| one.size > Some(0.0)));
    let mut past = client
        .historical_ticks(&apple, 30)
        .ending(head + time_of(400))
        .mid_point()
        .await
        .unwrap();
    let tick = next_tick(&mut past).await;
    assert!(tick > 0.0);
}

fn time_of(days: u64) -> Duration {
    Duration::from_secs(days * 86_400)
}

async fn next_tick(
    past: &mut ibapi::market_data::historical::TickSubscription<
        ibapi::market_data::historical::TickMidpoint,
    >,
) -> f64 {
    let item = tokio::time::timeout(LONG, past.next())
        .await
        .expect("silence");
    match item.expect("no ticks").expect("an error") {
        SubscriptionItem::Data(tick) => tick.price,
        SubscriptionItem::Notice(notice) => panic!("{notice}"),
    }
}

#[tokio::test]
async fn ticks_five_seconds_and_the_book_stream() {
    let (_sim, client) = started().await;
    let apple = Contract::stock("AAPL").build();
    let mut quotes = client
        .tick_by_tick(&apple, 0)
        .bid_ask(IgnoreSize::No)
        .await
        .unwrap();
    let quote = next(&mut quotes).await;
    assert!(quote.bid_price < quote.ask_price && quote.bid_size > 0.0);
    let mut bars = client.realtime_bars(&apple).subscribe().await.unwrap();
    let bar = next(&mut bars).await;
    assert!(bar.low <= bar.high && bar.date.unix_timestamp() % 5 == 0);
    let mut book = client
        .market_depth(&apple, 5)
        .smart_depth(SmartDepth::Yes)
        .subscribe()
        .await
        .unwrap();
    let mut rows = [0, 0];
    while rows != [5, 5] {
        match next(&mut book).await {
            MarketDepths::MarketDepthL2(row) if row.operation == 0 => {
                rows[usize::try_from(row.side).unwrap()] += 1;
            }
            MarketDepths::MarketDepthL2(_) => {}
            other => panic!("{other:?}"),
        }
    }
    assert!(!client.market_depth_exchanges().await.unwrap().is_empty());
}

#[tokio::test]
async fn scans_and_news_are_read() {
    let (_sim, client) = started().await;
    assert!(
        client
            .scanner_parameters()
            .await
            .unwrap()
            .contains("TOP_PERC_GAIN")
    );
    let wanted = ScannerSubscription {
        instrument: Some("STK".to_owned()),
        location_code: Some("STK.US.MAJOR".to_owned()),
        scan_code: Some("MOST_ACTIVE".to_owned()),
        number_of_rows: 5,
        ..ScannerSubscription::default()
    };
    let mut scan = client.scanner_subscription(&wanted, &[]).await.unwrap();
    assert_eq!(next(&mut scan).await.len(), 5);
    let providers = client.news_providers().await.unwrap();
    let code = providers[0].code.as_str();
    let now = client.server_time().await.unwrap();
    let mut headlines = client
        .historical_news(AAPL, &[code], now - time_of(20), now, 3)
        .await
        .unwrap();
    let article = next(&mut headlines).await;
    let body = client
        .news_article(&article.provider_code, &article.article_id)
        .await
        .unwrap();
    assert!(body.article_text.contains("simulated"));
}

#[tokio::test]
async fn a_bracket_waits_fills_and_cancels() {
    let (_sim, client) = started().await;
    let apple = Contract::stock("AAPL").build();
    let mut updates = client.order_update_stream().await.unwrap();
    let first = client.next_order_id();
    let prices = BracketPrices {
        entry: 280.0,
        take_profit: 300.0,
        stop_loss: 230.0,
    };
    let mut parts = order_builder::bracket_order(first, Action::Buy, 3.0, prices).unwrap();
    for part in &mut parts {
        part.account = "DU4000001".to_owned();
        client
            .submit_order(part.order_id, &apple, part)
            .await
            .unwrap();
    }
    let ids: Vec<i32> = parts.iter().map(|part| part.order_id).collect();
    status(&mut updates, ids[0], "Filled").await;
    parts[1].limit_price = Some(260.0);
    parts[1].transmit = true;
    client
        .submit_order(ids[1], &apple, &parts[1])
        .await
        .unwrap();
    status(&mut updates, ids[2], "Cancelled").await;
}

async fn status(
    updates: &mut (impl Stream<Item = Result<SubscriptionItem<OrderUpdate>, ibapi::Error>> + Unpin),
    order_id: i32,
    wanted: &str,
) {
    loop {
        if let OrderUpdate::OrderStatus(status) = next(updates).await
            && status.order_id == order_id
            && status.status.to_string() == wanted
        {
            return;
        }
    }
}
