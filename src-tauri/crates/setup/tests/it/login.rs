//! Faults of the login and of what comes over it, made by the simulated gateway.

use crate::plan::{checked, fault, gateway, gateway_of, line, only_failure, patience, plan};
use gatehouse_domain::account::Mode;
use gatehouse_setup::check::{self, Patience, Step, StepOutcome};
use gatehouse_setup::fault::Weight;
use gatehouse_sim::server::{Action, Faults, Sim, SimConfig};
use gatehouse_sim::world::Scenario;
use std::time::Duration;

#[tokio::test]
async fn a_client_id_that_another_program_holds() {
    let sim = gateway(Faults {
        stuck_client_id: Some(17),
        ..Faults::default()
    })
    .await;
    let checked = checked(&plan(sim.addr())).await;
    let (step, fault) = only_failure(&checked);
    assert_eq!(
        (step, fault.name.as_str()),
        (Step::ClientId, "clientIdInUse")
    );
    assert!(fault.remedies[0].does.contains("18"));
}

#[tokio::test]
async fn gatehouses_own_connection_is_no_fault() {
    let sim = gateway(Faults {
        stuck_client_id: Some(17),
        ..Faults::default()
    })
    .await;
    let mut plan = plan(sim.addr());
    plan.own = true;
    let checked = checked(&plan).await;
    assert!(checked.usable, "{checked:#?}");
}

#[tokio::test]
async fn accounts_that_never_come() {
    let sim = gateway(Faults {
        mute_accounts: true,
        ..Faults::default()
    })
    .await;
    let checked = checked(&plan(sim.addr())).await;
    let (step, fault) = only_failure(&checked);
    assert_eq!(
        (step, fault.name.as_str()),
        (Step::Accounts, "accountsNeverCame")
    );
    assert!(matches!(
        line(&checked, Step::ClientId).outcome,
        StepOutcome::Passed { .. }
    ));
}

#[tokio::test]
async fn paper_expected_and_live_found_goes_no_further() {
    let sim = gateway_of(Scenario::live(7), Faults::default()).await;
    let mut plan = plan(sim.addr());
    plan.expects = Some(Mode::Paper);
    let checked = checked(&plan).await;
    let (step, fault) = only_failure(&checked);
    assert_eq!((step, fault.name.as_str()), (Step::Mode, "otherMode"));
    assert!(fault.says.contains("real money"));
    assert!(matches!(
        line(&checked, Step::AccountData).outcome,
        StepOutcome::NotRun {
            because: Step::Mode
        }
    ));
}

#[tokio::test]
async fn live_expected_and_paper_found() {
    let sim = gateway(Faults::default()).await;
    let mut plan = plan(sim.addr());
    plan.expects = Some(Mode::Live);
    let checked = checked(&plan).await;
    assert!(only_failure(&checked).1.says.contains("paper login"));
}

#[tokio::test]
async fn a_read_only_api_is_seen_without_an_order_and_limits_only() {
    let sim = gateway(Faults {
        read_only: true,
        ..Faults::default()
    })
    .await;
    let checked = checked(&plan(sim.addr())).await;
    let found = fault(&checked, Step::ReadOnly);
    assert_eq!(
        (found.name.as_str(), found.weight),
        ("readOnlyApi", Weight::Limits)
    );
    assert!(checked.usable, "{checked:#?}");
}

#[tokio::test]
async fn the_link_to_ibkr_is_down() {
    let sim = gateway(Faults::default()).await;
    sim.act(Action::LoseUpstream {}).await.unwrap();
    let checked = checked(&plan(sim.addr())).await;
    let (step, fault) = only_failure(&checked);
    assert_eq!(
        (step, fault.name.as_str()),
        (Step::AccountData, "upstreamDown")
    );
    assert!(fault.says.contains("2110"), "{}", fault.says);
}

#[tokio::test]
async fn logged_in_elsewhere_takes_the_prices() {
    let sim = gateway(Faults::default()).await;
    sim.act(Action::CompetingSession {}).await.unwrap();
    let checked = checked(&plan(sim.addr())).await;
    let found = fault(&checked, Step::MarketData);
    assert_eq!(found.name, "loggedInElsewhere");
    assert!(found.says.contains("10197") && checked.usable);
}

#[tokio::test]
async fn prices_that_come_late_are_told_exchange_by_exchange() {
    let sim = gateway(Faults {
        delayed_instead: true,
        ..Faults::default()
    })
    .await;
    let checked = checked(&plan(sim.addr())).await;
    let found = fault(&checked, Step::MarketData);
    assert_eq!(found.name, "delayedOnly");
    let details = &line(&checked, Step::MarketData).details;
    assert!(
        details
            .iter()
            .any(|line| line == "NASDAQ: 15 to 20 minutes late"),
        "{details:?}"
    );
}

#[tokio::test]
async fn a_user_without_subscriptions_gets_late_prices_because_they_are_asked_for() {
    let start = crate::plan::at(crate::plan::WEDNESDAY)
        .timestamp()
        .as_millisecond();
    let config = SimConfig {
        live_data: false,
        ..SimConfig::new(Scenario::single(7).starting_at(start))
    };
    let sim = Sim::start(config).await.unwrap();
    let checked = checked(&plan(sim.addr())).await;
    assert_eq!(fault(&checked, Step::MarketData).name, "delayedOnly");
}

#[tokio::test]
async fn no_prices_at_all_name_the_exchanges_and_the_subscription() {
    let sim = gateway(Faults {
        no_market_data: true,
        ..Faults::default()
    })
    .await;
    let checked = checked(&plan(sim.addr())).await;
    let found = fault(&checked, Step::MarketData);
    assert_eq!(found.name, "notSubscribed");
    assert!(found.says.contains("NASDAQ"), "{}", found.says);
    assert!(found.means.contains("subscription") && checked.usable);
    for place in ["Market Data Subscriptions", "Paper Trading Account"] {
        assert!(
            found
                .remedies
                .iter()
                .any(|remedy| remedy.does.contains(place)),
            "{place}"
        );
    }
}

#[tokio::test]
async fn a_clock_that_is_off() {
    for (skew, word) in [(-90_000, "ahead of"), (90_000, "behind")] {
        let sim = gateway(Faults::default()).await;
        sim.act(Action::SkewClock { ms: skew }).await.unwrap();
        let checked = checked(&plan(sim.addr())).await;
        let found = fault(&checked, Step::Clock);
        assert_eq!(found.name, "clockOff");
        assert!(found.says.contains(word), "{}", found.says);
        assert!(checked.usable);
    }
}

#[tokio::test]
async fn slow_answers_are_a_fault_of_their_own() {
    let sim = gateway(Faults {
        slow_answers: Some(300),
        ..Faults::default()
    })
    .await;
    let patience = Patience {
        slow: Duration::from_millis(250),
        greeting: Duration::from_secs(5),
        accounts: Duration::from_secs(5),
        answer: Duration::from_secs(5),
        ..patience()
    };
    let checked = check::run(&plan(sim.addr()), &patience, |_| {}).await;
    let slow = fault(&checked, Step::Api);
    assert_eq!(slow.name, "slowAnswers");
    assert!(
        slow.remedies[0]
            .path
            .contains(&"Memory Allocation".to_owned())
    );
    assert!(checked.usable, "{checked:#?}");
}

#[tokio::test]
async fn a_gateway_that_goes_silent_after_the_login_is_told_at_its_step() {
    let sim = gateway(Faults::default()).await;
    let address = sim.addr();
    let mut plan = plan(address);
    plan.client_id = 5;
    // Becomes silent once the accounts are in.
    let silent = Faults {
        silent: true,
        ..Faults::default()
    };
    let (said, mut heard) = tokio::sync::mpsc::unbounded_channel();
    let short = Patience {
        answer: Duration::from_millis(300),
        ..patience()
    };
    let running = check::run(&plan, &short, |line| {
        let _ = said.send(line.step);
    });
    let spoiling = async {
        while let Some(step) = heard.recv().await {
            if step == Step::Mode {
                sim.act(Action::Faults(silent)).await.unwrap();
                break;
            }
        }
    };
    let (checked, ()) = tokio::join!(running, spoiling);
    let (step, fault) = only_failure(&checked);
    assert_eq!(
        (step, fault.name.as_str()),
        (Step::AccountData, "accountDataSilent")
    );
}

#[tokio::test]
async fn a_link_to_ibkr_that_goes_again_and_again_is_two_logins_that_push_each_other_out() {
    let sim = gateway(Faults::default()).await;
    let plan = plan(sim.addr());
    let patience = patience();
    let (said, mut heard) = tokio::sync::mpsc::unbounded_channel();
    let running = check::run(&plan, &patience, |line| {
        let _ = said.send(line.step);
    });
    let spoiling = async {
        while let Some(step) = heard.recv().await {
            if step == Step::Mode {
                for action in [
                    Action::LoseUpstream {},
                    Action::RestoreUpstream { data_lost: false },
                    Action::LoseUpstream {},
                ] {
                    sim.act(action).await.unwrap();
                }
                break;
            }
        }
    };
    let (checked, ()) = tokio::join!(running, spoiling);
    let (step, fault) = only_failure(&checked);
    assert_eq!(
        (step, fault.name.as_str()),
        (Step::AccountData, "loggedInElsewhere")
    );
    assert!(fault.says.contains("1100"), "{}", fault.says);
}

#[tokio::test]
async fn a_connection_that_goes_in_the_middle_ends_the_list_at_its_step() {
    let after = [
        Step::Mode,
        Step::ReadOnly,
        Step::Clock,
        Step::AccountData,
        Step::Positions,
    ];
    let checks = after.map(|last| async move {
        let sim = gateway(Faults {
            slow_answers: Some(150),
            ..Faults::default()
        })
        .await;
        let port = sim.lever();
        let patience = Patience {
            greeting: Duration::from_secs(5),
            accounts: Duration::from_secs(5),
            answer: Duration::from_secs(5),
            ..patience()
        };
        let (said, mut heard) = tokio::sync::mpsc::unbounded_channel();
        let plan = plan(sim.addr());
        let running = check::run(&plan, &patience, |line| {
            if line.millis.is_some() {
                let _ = said.send(line.step);
            }
        });
        let closing = async {
            while heard.recv().await.is_some_and(|step| step != last) {}
            port.act(Action::ClosePort {}).await.unwrap();
        };
        let (checked, ()) = tokio::join!(running, closing);
        let (step, fault) = only_failure(&checked);
        assert!(step > last, "{step:?}");
        assert_eq!(fault.name, "lost", "{step:?}");
        let waits = |outcome: &StepOutcome| matches!(outcome, StepOutcome::Waiting);
        assert!(
            !checked.steps.iter().any(|line| waits(&line.outcome)),
            "{checked:#?}"
        );
    });
    futures::future::join_all(checks).await;
}

#[tokio::test]
async fn a_link_to_ibkr_that_goes_while_prices_are_asked_is_not_a_missing_subscription() {
    let sim = gateway(Faults::default()).await;
    let plan = plan(sim.addr());
    let patience = patience();
    let (said, mut heard) = tokio::sync::mpsc::unbounded_channel();
    let running = check::run(&plan, &patience, |line| {
        let _ = said.send(line.step);
    });
    let freeze = async {
        for instrument in ["AAPL", "KO", "SPY", "EUR.USD"] {
            let freeze = Action::Freeze {
                instrument: instrument.to_owned(),
            };
            let _ = sim.act(freeze).await;
        }
        while heard
            .recv()
            .await
            .is_some_and(|step| step != Step::Positions)
        {}
        sim.act(Action::LoseUpstream {}).await.unwrap();
    };
    let (checked, ()) = tokio::join!(running, freeze);
    let failed: Vec<&str> = checked
        .steps
        .iter()
        .filter_map(|line| match &line.outcome {
            StepOutcome::Failed { fault } | StepOutcome::Limited { fault } => Some(&*fault.name),
            _ => None,
        })
        .collect();
    assert_eq!(failed, ["upstreamDown"], "{checked:#?}");
}
