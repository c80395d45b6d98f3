//! Options as a stranger's client reads them.

use std::time::Duration;

use futures::{Stream, StreamExt};
use gatehouse_sim::server::{Sim, SimConfig, SimHandle};
use gatehouse_sim::world::Scenario;
use ibapi::client::Client;
use ibapi::contracts::tick_types::TickType;
use ibapi::contracts::{Contract, OptionRight, SecurityType};
use ibapi::market_data::realtime::TickTypes;
use ibapi::subscriptions::SubscriptionItem;

const LONG: Duration = Duration::from_secs(20);
const AAPL: i32 = 265_598;

async fn started() -> (SimHandle, Client) {
    let sim = Sim::start(SimConfig::new(Scenario::three_accounts(7)))
        .await
        .unwrap();
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
) -> Option<T> {
    loop {
        let item = tokio::time::timeout(LONG, stream.next())
            .await
            .expect("silence");
        match item? {
            Ok(SubscriptionItem::Data(data)) => return Some(data),
            Ok(SubscriptionItem::Notice(_)) => {}
            Err(ibapi::Error::EndOfStream) => return None,
            Err(error) => panic!("{error}"),
        }
    }
}

fn call(strike: f64) -> Contract {
    Contract::option("AAPL", "20260116", strike, OptionRight::Call)
}

#[tokio::test]
async fn a_chain_and_a_whole_ladder_are_readable() {
    let (_sim, client) = started().await;
    let mut chains = client
        .option_chain("AAPL", SecurityType::Stock, AAPL)
        .subscribe()
        .await
        .unwrap();
    let mut exchanges = Vec::new();
    while let Some(chain) = next(&mut chains).await {
        assert_eq!(
            (chain.underlying_contract_id, chain.multiplier.as_str()),
            (AAPL, "100")
        );
        assert!(
            chain.expirations.contains(&"20260116".to_owned()) && chain.strikes.contains(&270.0)
        );
        exchanges.push(chain.exchange);
    }
    assert!(exchanges.len() > 5 && exchanges.contains(&"SMART".to_owned()));

    let mut whole = call(0.0);
    whole.right = None;
    let ladder = client.contract_details(&whole).await.unwrap();
    assert!(ladder.len() > 80, "{}", ladder.len());
    let one = client.contract_details(&call(270.0)).await.unwrap();
    assert_eq!(one.len(), 1);
    assert_eq!(one[0].contract.local_symbol, "AAPL  260116C00270000");
    assert_eq!(one[0].under_contract_id, AAPL);
}

#[tokio::test]
async fn quotes_come_with_greeks_and_calculations_agree_with_them() {
    let (_sim, client) = started().await;
    let mut line = client
        .market_data(&call(270.0))
        .generic_ticks(&["101"])
        .subscribe()
        .await
        .unwrap();
    let (mut kinds, mut model, mut interest) = (Vec::new(), None, false);
    while kinds.len() < 4 || !interest {
        match next(&mut line).await.expect("the line goes on") {
            TickTypes::OptionComputation(one) => {
                if one.field == TickType::ModelOption {
                    model = Some(one.clone());
                }
                if !kinds.contains(&one.field) {
                    kinds.push(one.field);
                }
            }
            TickTypes::Size(size) => interest |= size.tick_type == TickType::OptionCallOpenInterest,
            _ => {}
        }
    }
    let model = model.expect("a model");
    let (volatility, under) = (
        model.implied_volatility.unwrap(),
        model.underlying_price.unwrap(),
    );
    assert!((0.1..0.9).contains(&volatility) && (0.2..0.9).contains(&model.delta.unwrap()));
    let again = client
        .calculate_option_price(&call(270.0), volatility, under)
        .await
        .unwrap();
    let (price, known) = (again.option_price.unwrap(), model.option_price.unwrap());
    assert!((price - known).abs() < 0.01, "{price} {known}");
    let back = client
        .calculate_implied_volatility(&call(270.0), price, under)
        .await
        .unwrap();
    assert!((back.implied_volatility.unwrap() - volatility).abs() < 1e-4);
}
