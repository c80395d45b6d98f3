//! What the tests share: a plan, little patience, servers that misbehave.

use gatehouse_setup::check::{self, Checked, Patience, Plan, Step, StepOutcome, StepView};
use gatehouse_setup::fault::FaultView;
use gatehouse_sim::server::{Faults, Sim, SimConfig, SimHandle};
use gatehouse_sim::world::Scenario;
use jiff::{Timestamp, Zoned, tz::TimeZone};
use std::future::Future;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::AsyncReadExt;
use tokio::net::{TcpListener, TcpStream};

/// A Wednesday afternoon.
pub const WEDNESDAY: &str = "2026-01-07T15:00:00Z";

pub fn at(time: &str) -> Zoned {
    let time: Timestamp = time.parse().unwrap();
    time.to_zoned(TimeZone::UTC)
}

pub fn plan(address: SocketAddr) -> Plan {
    Plan {
        host: address.ip().to_string(),
        port: address.port(),
        client_id: 17,
        own: false,
        expects: None,
        restart_at: None,
        now: at(WEDNESDAY),
        running: Vec::new(),
        ports: Vec::new(),
    }
}

pub fn patience() -> Patience {
    Patience {
        connect: Duration::from_millis(1500),
        greeting: Duration::from_millis(1000),
        accounts: Duration::from_millis(1500),
        answer: Duration::from_millis(1500),
        price: Duration::from_millis(1500),
        ..Patience::default()
    }
}

pub async fn checked(plan: &Plan) -> Checked {
    check::run(plan, &patience(), |_| {}).await
}

/// A gateway with three paper accounts whose time is the plan's.
pub async fn gateway(faults: Faults) -> SimHandle {
    gateway_of(Scenario::three_accounts(7), faults).await
}

pub async fn gateway_of(scenario: Scenario, faults: Faults) -> SimHandle {
    let start: Timestamp = WEDNESDAY.parse().unwrap();
    let config = SimConfig {
        faults,
        ..SimConfig::new(scenario.starting_at(start.as_millisecond()))
    };
    Sim::start(config).await.unwrap()
}

/// Something that listens and does this with every connection.
pub async fn server<F>(serve: impl Fn(TcpStream) -> F + Send + 'static) -> SocketAddr
where
    F: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream));
        }
    });
    address
}

/// Reads until the other side has said something.
pub async fn some(stream: &mut TcpStream) -> Vec<u8> {
    let mut bytes = vec![0; 1024];
    let read = stream.read(&mut bytes).await.unwrap_or(0);
    bytes.truncate(read);
    bytes
}

pub fn line(checked: &Checked, step: Step) -> &StepView {
    checked.steps.iter().find(|line| line.step == step).unwrap()
}

/// The step's fault, whether it stops or limits.
#[track_caller]
pub fn fault(checked: &Checked, step: Step) -> &FaultView {
    match &line(checked, step).outcome {
        StepOutcome::Failed { fault } | StepOutcome::Limited { fault } => fault,
        other => panic!("{step:?} came out as {other:?}"),
    }
}

/// The one step that failed, after which nothing ran that stands on it.
#[track_caller]
pub fn only_failure(checked: &Checked) -> (Step, &FaultView) {
    let mut failed = None;
    for line in &checked.steps {
        match &line.outcome {
            StepOutcome::Failed { fault } => {
                assert!(failed.is_none(), "two failed: {checked:#?}");
                failed = Some((line.step, fault));
            }
            StepOutcome::NotRun { because } => {
                assert_eq!(Some(*because), failed.map(|(step, _)| step));
            }
            _ => {}
        }
    }
    assert!(!checked.usable);
    failed.unwrap()
}
