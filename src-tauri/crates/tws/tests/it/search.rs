//! Finding instruments as people spell them.

use crate::harness::{AAPL, con_id, reconciled, sim};
use gatehouse_desk::port::broker::Broker;
use gatehouse_domain::Decimal;
use gatehouse_domain::contract::SecurityKind;
use gatehouse_domain::derivative::Right;
use gatehouse_sim::server::{Action, Sim, SimConfig};
use gatehouse_sim::world::Currency::Usd;
use gatehouse_sim::world::{Scenario, SecType};

#[tokio::test]
async fn what_people_type_finds_what_they_mean() {
    let sim = sim().await;
    let (tws, _events, _) = reconciled(&sim).await;
    for (text, symbol, kind, currency) in [
        ("AAPL", "AAPL", SecurityKind::Stock, "USD"),
        ("265598", "AAPL", SecurityKind::Stock, "USD"),
        ("700.HK", "700", SecurityKind::Stock, "HKD"),
        ("0700.HK", "700", SecurityKind::Stock, "HKD"),
        ("EUR.USD", "EUR", SecurityKind::Forex, "USD"),
        ("eur/usd", "EUR", SecurityKind::Forex, "USD"),
    ] {
        let found = tws.search(text).await.unwrap_or_default();
        let first = found
            .first()
            .unwrap_or_else(|| panic!("{text} finds nothing"));
        assert_eq!(
            (first.symbol.as_str(), first.kind, first.currency.as_str()),
            (symbol, kind, currency),
            "{text}"
        );
    }
    assert!(tws.search("ZZZZQX").await.unwrap().is_empty());
}

#[tokio::test]
async fn a_future_is_found_by_the_symbol_of_its_exchange() {
    let sim = sim().await;
    let (tws, _events, _) = reconciled(&sim).await;
    let future = sim
        .with_world(|world| {
            let all = world.instruments();
            all.iter()
                .find(|i| i.symbol == "ES" && i.local_symbol != "ES")
                .map(|i| i.local_symbol.clone())
        })
        .await
        .flatten()
        .expect("an ES future");
    let found = tws.search(&future).await.unwrap();
    assert_eq!(found[0].kind, SecurityKind::Future);
    let instrument = tws.instrument(found[0].con_id).await.unwrap();
    assert_eq!(
        instrument.contract.local_symbol.as_deref(),
        Some(future.as_str())
    );
    assert!(instrument.contract.derivative.is_some());
}

#[tokio::test]
async fn an_option_is_found_as_it_is_spelled_and_knows_its_terms() {
    let sim = sim().await;
    let (tws, _events, _) = reconciled(&sim).await;
    let apple = con_id(AAPL);
    let price = tws.instrument(apple).await.unwrap();
    assert!(price.contract.derivative.is_none());
    let (expiry, strike) = sim
        .with_world(move |world| {
            let chain = world
                .option_chains(gatehouse_sim::world::ConId::new(AAPL))
                .into_iter()
                .next()?;
            let expiry = chain.expirations.get(2)?.clone();
            let strike = *chain.strikes.iter().find(|strike| {
                **strike % Decimal::TEN == Decimal::ZERO && **strike > Decimal::from(200)
            })?;
            Some((expiry, strike))
        })
        .await
        .flatten()
        .expect("a chain");
    let text = format!("aapl {expiry} {strike} p");
    let found = tws.search(&text).await.unwrap();
    assert_eq!(found.len(), 1, "{text}: {found:?}");
    let contract = tws.instrument(found[0].con_id).await.unwrap().contract;
    let terms = contract.derivative.unwrap().option.unwrap();
    assert_eq!((terms.right, terms.strike.get()), (Right::Put, strike));
    assert!(contract.label().ends_with(" P"), "{}", contract.label());
}

#[tokio::test]
async fn instruments_that_are_looked_up_together_ask_for_their_price_rule_once() {
    // Without positions, whose P&L would be asked for too.
    let mut scenario = Scenario::single(7);
    scenario.accounts[0].positions.clear();
    let sim = Sim::start(SimConfig::new(scenario)).await.unwrap();
    let (tws, _events, _) = reconciled(&sim).await;
    let stocks = sim
        .with_world(|world| {
            let all = world.instruments().iter();
            let dollars = all.filter(|i| i.sec_type == SecType::Stock && i.currency == Usd);
            dollars.map(|i| i.con_id.get()).take(12).collect::<Vec<_>>()
        })
        .await
        .unwrap();
    let requests = async || {
        let status = sim.act(Action::Status {}).await.unwrap();
        status["requests"].as_u64().unwrap()
    };
    let before = requests().await;
    let looked_up = stocks.iter().map(|id| tws.instrument(con_id(*id)));
    let found = futures::future::join_all(looked_up).await;
    assert!(found.iter().all(Result::is_ok), "{found:?}");
    // Twelve descriptions, one rule, and a list of the orders now and then.
    let asked = requests().await - before;
    assert!((13..16).contains(&asked), "{asked}");
}
