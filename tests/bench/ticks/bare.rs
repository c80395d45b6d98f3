//! The bare client: the library that our adapter stands on, its subscription read and dropped.

use super::SYMBOL;
use crate::Failure;
use crate::gateway::Gateway;
use futures::StreamExt;
use gatehouse_tws::TwsConfig;
use ibapi::Client;
use ibapi::contracts::Contract;
use ibapi::market_data::realtime::TickTypes;
use ibapi::subscriptions::SubscriptionItem;
use std::time::Instant;

/// Ticks a second from the request to the end of the flood.
pub async fn rate(gateway: &Gateway, ticks: u64) -> Result<f64, Failure> {
    let client = Client::builder()
        .address(format!("127.0.0.1:{}", gateway.port()))
        .client_id(18)
        .channel_capacity(TwsConfig::default().channel_capacity)
        .connect()
        .await?;
    let contract = Contract::stock(SYMBOL).build();
    let begun = Instant::now();
    let mut stream = client.market_data(&contract).subscribe().await?;
    let mut read = 0_u64;
    while let Some(item) = stream.next().await {
        match item? {
            SubscriptionItem::Data(TickTypes::SnapshotEnd) => break,
            SubscriptionItem::Data(tick) => {
                std::hint::black_box(tick);
                read += 1;
            }
            // It fell behind; what is missing shows in the count.
            SubscriptionItem::Notice(_) => {}
        }
    }
    let took = begun.elapsed();
    drop(stream);
    client.disconnect().await;
    if read != ticks {
        // It is a yardstick for speed: what it lost is said, not counted.
        eprintln!("  the bare client read {read} of {ticks} ticks");
    }
    Ok(read as f64 / took.as_secs_f64())
}
