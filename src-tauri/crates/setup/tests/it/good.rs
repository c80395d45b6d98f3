//! A gateway with which all is well.

use crate::plan::{checked, gateway, line, patience, plan};
use gatehouse_domain::account::{AccountKind, Mode};
use gatehouse_setup::check::{self, Step, StepOutcome};
use gatehouse_sim::server::{Action, Faults};
use serde_json::Value;

#[tokio::test]
async fn every_step_passes_in_order_with_its_time() {
    let sim = gateway(Faults::default()).await;
    let mut told = Vec::new();
    let checked = check::run(&plan(sim.addr()), &patience(), |line| {
        if !matches!(line.outcome, StepOutcome::Running) {
            told.push(line.step);
        }
    })
    .await;
    assert_eq!(told, Step::ALL);
    for line in &checked.steps {
        match line.step {
            Step::WhatIf => assert!(matches!(line.outcome, StepOutcome::NotChecked { .. })),
            _ => {
                assert!(
                    matches!(line.outcome, StepOutcome::Passed { .. }),
                    "{line:#?}"
                );
                assert!(line.millis.is_some());
            }
        }
    }
    assert!(checked.usable);
    assert_eq!((checked.mode, checked.version), (Mode::Paper, Some(226)));
    let kinds: Vec<AccountKind> = checked.accounts.iter().map(|one| one.kind).collect();
    assert_eq!(
        kinds,
        [
            AccountKind::Individual,
            AccountKind::RothIra,
            AccountKind::Entity
        ]
    );
    assert_eq!(line(&checked, Step::MarketData).details.len(), 4);
}

#[tokio::test]
async fn nothing_of_it_is_an_order_and_nothing_stays_behind() {
    let sim = gateway(Faults::default()).await;
    checked(&plan(sim.addr())).await;
    let state = status(&sim).await;
    assert_eq!(state["open-orders"], 0);
    assert_eq!(state["completed-orders"], 0);
    // The client id is free again at once.
    for _ in 0..200 {
        if status(&sim).await["clients"]
            .as_array()
            .is_some_and(Vec::is_empty)
        {
            return;
        }
        tokio::task::yield_now().await;
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    panic!("the check's connection stays");
}

async fn status(sim: &gatehouse_sim::server::SimHandle) -> Value {
    sim.act(Action::Status {}).await.unwrap()
}
