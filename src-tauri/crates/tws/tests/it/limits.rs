//! A gateway with its limits on: 50 messages a second, 100 lines.

use crate::harness::{AAPL, con_id, config, reconciled, start};
use gatehouse_desk::port::broker::{Broker, BrokerEvent};
use gatehouse_domain::contract::Contract;
use gatehouse_domain::id::ConId;
use gatehouse_domain::quote::QuoteField;
use gatehouse_sim::server::{Action, Sim, SimConfig, SimHandle};
use gatehouse_sim::world::Scenario;
use std::collections::BTreeSet;

async fn limited() -> SimHandle {
    let mut config = SimConfig::new(Scenario::three_accounts(7));
    config.pacing = true;
    Sim::start(config).await.unwrap()
}

/// So many options on Apple of each of so many expiries.
async fn options(sim: &SimHandle, expiries: usize, each: usize) -> Vec<Vec<Contract>> {
    let (tws, _events, _) = reconciled(sim).await;
    let apple = tws.instrument(con_id(AAPL)).await.unwrap().contract;
    let classes = tws.option_classes(&apple).await.unwrap().value;
    let mut found = Vec::new();
    for expiry in classes[0].expiries.iter().take(expiries) {
        let options = tws.options(&apple, &classes[0], *expiry).await.unwrap();
        let contracts = options.value.into_iter().map(|option| option.contract);
        found.push(contracts.take(each).collect());
    }
    tws.shutdown().await;
    found
}

/// Follows what is told until all of these have an ask; what the gateway complained of.
async fn complaints_until_quoted(
    events: &mut crate::harness::Events,
    contracts: &[Contract],
) -> Vec<String> {
    let mut left: BTreeSet<ConId> = contracts.iter().map(|c| c.con_id).collect();
    let mut complaints = Vec::new();
    events
        .until(|event| {
            match event {
                BrokerEvent::Ticks(ticks) => {
                    for tick in ticks.iter().filter(|t| t.field == QuoteField::Ask) {
                        left.remove(&tick.con_id);
                    }
                }
                BrokerEvent::QuoteRefused { code, text, .. } => {
                    complaints.push(format!("{code} {text}"));
                }
                BrokerEvent::Notice { code, text } if matches!(code, 100 | 101) => {
                    complaints.push(format!("{code} {text}"));
                }
                _ => {}
            }
            left.is_empty() || !complaints.is_empty()
        })
        .await;
    complaints
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_to_be_looked_up_before_it_is_quoted_makes_no_message_too_many() {
    let sim = limited().await;
    let mut wanted = options(&sim, 1, 40).await.remove(0);
    for contract in &mut wanted {
        // As positions name them.
        contract.exchange.clear();
    }
    let (tws, mut events) = start(config(sim.addr()));
    for contract in &wanted {
        tws.watch(contract);
    }
    let complaints = complaints_until_quoted(&mut events, &wanted).await;
    assert_eq!(complaints, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_walks_along_quickly_gets_the_lines_of_where_he_stops_and_none_too_many() {
    let sim = limited().await;
    let walk = options(&sim, 8, 60).await;
    let (tws, mut events) = start(config(sim.addr()));
    events.up().await;
    let (last, passed) = walk.split_last().unwrap();
    let mut before: &[Contract] = &[];
    for options in &walk {
        for left in before {
            tws.unwatch(left.con_id);
        }
        for option in options {
            tws.watch(option);
        }
        before = options;
        let waited_for = if passed.contains(options) {
            1
        } else {
            last.len()
        };
        let complaints = complaints_until_quoted(&mut events, &options[..waited_for]).await;
        assert_eq!(complaints, Vec::<String>::new());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_stood_still_finds_no_message_too_many_when_it_reads_on() {
    let sim = limited().await;
    let mut wanted = options(&sim, 2, 45).await.concat();
    for contract in &mut wanted {
        // Each is looked up before it is quoted, so that twice as many messages wait.
        contract.exchange.clear();
    }
    let (tws, mut events) = start(config(sim.addr()));
    events.until(|e| *e == BrokerEvent::Reconciled).await;
    // Shorter than what is given up on, and long enough for three seconds' worth of messages.
    sim.act(Action::Stall { ms: 3_500 }).await.unwrap();
    for contract in &wanted {
        tws.watch(contract);
    }
    let complaints = complaints_until_quoted(&mut events, &wanted).await;
    assert_eq!(complaints, Vec::<String>::new());
    let status = sim.act(Action::Status {}).await.unwrap();
    assert_eq!(status["refused-for-pacing"], 0);
}
