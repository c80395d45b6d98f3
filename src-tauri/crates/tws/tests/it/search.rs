//! Finding instruments as people spell them.

use crate::harness::{AAPL, con_id, reconciled, sim};
use gatehouse_desk::port::broker::Broker;
use gatehouse_domain::Decimal;
use gatehouse_domain::contract::SecurityKind;
use gatehouse_domain::derivative::Right;

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
