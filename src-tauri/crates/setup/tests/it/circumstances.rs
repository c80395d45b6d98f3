//! The same refusal means different things by what runs and what time it is.

use crate::plan::{at, checked, only_failure, plan};
use gatehouse_setup::check::Plan;
use gatehouse_setup::program::Program;
use jiff::civil::time;
use tokio::net::TcpListener;

async fn refused() -> Plan {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    plan(listener.local_addr().unwrap())
}

async fn name(plan: &Plan) -> String {
    let checked = checked(plan).await;
    only_failure(&checked).1.name.clone()
}

#[tokio::test]
async fn a_program_that_runs_and_does_not_listen_waits_for_its_login() {
    let mut plan = refused().await;
    plan.running = vec![Program::Gateway];
    assert_eq!(name(&plan).await, "waitsForLogin");
}

#[tokio::test]
async fn after_saturday_night_in_new_york_it_is_the_weekly_login() {
    let mut plan = refused().await;
    plan.running = vec![Program::Gateway];
    // Sunday evening there, Monday morning in Hong Kong.
    plan.now = at("2026-01-11T23:30:00Z");
    assert_eq!(name(&plan).await, "weeklyLogin");
    // Saturday there.
    plan.now = at("2026-01-10T23:30:00Z");
    assert_eq!(name(&plan).await, "waitsForLogin");
}

#[tokio::test]
async fn at_the_known_time_it_is_the_daily_restart() {
    let mut plan = refused().await;
    plan.running = vec![Program::Gateway];
    plan.restart_at = Some(time(23, 55, 0, 0));
    for (now, expected) in [
        ("2026-01-07T23:56:00Z", "nightlyRestart"),
        ("2026-01-08T00:05:00Z", "nightlyRestart"),
        ("2026-01-07T23:50:00Z", "waitsForLogin"),
        ("2026-01-08T00:30:00Z", "waitsForLogin"),
    ] {
        plan.now = at(now);
        assert_eq!(name(&plan).await, expected, "{now}");
    }
}
