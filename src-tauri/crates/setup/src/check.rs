//! The check list: one step after another, from the port to the prices, each with its time.

mod data;
mod diagnosis;
mod list;
mod prices;
mod session;
mod step;

pub use list::{StepOutcome, StepView};
pub use prices::{PriceKind, VenuePrices};
pub use step::Step;

use crate::fault::Fault;
use crate::host;
use crate::probe::{self, Greeting};
use crate::program::Program;
use gatehouse_domain::account::{AccountKind, Mode};
use list::List;
use serde::{Deserialize, Serialize};
use session::Session;
use std::time::Duration;

/// What is to be checked.
#[derive(Debug, Clone)]
pub struct Plan {
    /// As the person typed it.
    pub host: String,
    /// The socket port.
    pub port: u16,
    /// The client id that the connection will have.
    pub client_id: i32,
    /// Gatehouse itself is connected there with that id: the check then takes another one.
    pub own: bool,
    /// What the person says that the login is.
    pub expects: Option<Mode>,
    /// When the gateway restarts each day, by the person's clock.
    pub restart_at: Option<jiff::civil::Time>,
    /// The person's time when the check begins.
    pub now: jiff::Zoned,
    /// Which programs run.
    pub running: Vec<Program>,
    /// Other ports to mention when something listens there.
    pub ports: Vec<u16>,
}

/// How long is waited for what.
#[derive(Debug, Clone)]
pub struct Patience {
    /// For a connection.
    pub connect: Duration,
    /// For the answer to a greeting.
    pub greeting: Duration,
    /// For the accounts.
    pub accounts: Duration,
    /// For any other answer.
    pub answer: Duration,
    /// For a price.
    pub price: Duration,
    /// An answer that takes longer is slow.
    pub slow: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(3),
            greeting: Duration::from_secs(4),
            accounts: Duration::from_secs(8),
            answer: Duration::from_secs(10),
            price: Duration::from_secs(6),
            slow: Duration::from_secs(3),
        }
    }
}

/// An account that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct AccountFound {
    /// Its id.
    pub id: String,
    /// IBKR's words for its type, when they came.
    pub kind_text: Option<String>,
    /// The type as it is read.
    pub kind: AccountKind,
}

/// All that came of a check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Checked {
    /// Every step, in order.
    pub steps: Vec<StepView>,
    /// The accounts of the login.
    pub accounts: Vec<AccountFound>,
    /// Live or paper, by their ids.
    pub mode: Mode,
    /// The version of the API.
    pub version: Option<i32>,
    /// No step failed in a way that stops: the connection can be used.
    pub usable: bool,
    /// How long all of it took.
    pub millis: u32,
}

/// Runs the list. Each change of a step is told as it happens.
pub async fn run(plan: &Plan, patience: &Patience, tell: impl FnMut(&StepView)) -> Checked {
    let mut list = List::new(patience.slow, tell);
    let mut found = Found {
        accounts: Vec::new(),
        mode: Mode::Unknown,
        version: None,
    };
    // Each failed step has been told; the rest is not run.
    let _ = go(plan, patience, &mut list, &mut found).await;
    list.close(found)
}

/// What is known of the login so far.
pub(crate) struct Found {
    pub accounts: Vec<AccountFound>,
    pub mode: Mode,
    pub version: Option<i32>,
}

/// A step failed, and all that follows stands on it.
struct Stopped;

async fn go(
    plan: &Plan,
    patience: &Patience,
    list: &mut List<impl FnMut(&StepView)>,
    found: &mut Found,
) -> Result<(), Stopped> {
    let (address, greeting) = greeted(plan, patience, list).await?;
    found.version = Some(greeting.version);
    list.begin(Step::Version);
    if greeting.version < probe::NEEDED {
        let fault = Fault::TooOld {
            version: greeting.version,
            needed: probe::NEEDED,
        };
        return list.fail(Step::Version, fault);
    }
    list.pass(Step::Version, format!("Version {}.", greeting.version));

    let session = session_of(plan, patience, &address, list).await?;
    let checked = login(plan, patience, list, found, &session).await;
    session.close().await;
    checked
}

/// Port, kind of program and greeting.
async fn greeted(
    plan: &Plan,
    patience: &Patience,
    list: &mut List<impl FnMut(&StepView)>,
) -> Result<(String, Greeting), Stopped> {
    list.begin(Step::Port);
    let target = match host::target(&plan.host, plan.port, host::look_up(&plan.host).await) {
        Ok(target) => target,
        Err(fault) => return list.fail(Step::Port, fault),
    };
    let (address, stream) = match probe::open(&target.addresses, patience.connect).await {
        Ok(opened) => opened,
        Err(fault) => {
            let fault = diagnosis::of_the_port(fault, plan).await;
            return list.fail(Step::Port, fault);
        }
    };
    list.pass(Step::Port, format!("Something listens at {address}."));
    list.begin(Step::Api);
    match probe::greet(address, stream, patience.greeting).await {
        Ok(greeting) => {
            list.pass(Step::Api, "It speaks the TWS API.");
            list.begin(Step::Handshake);
            list.pass(Step::Handshake, "It greets.");
            Ok((address.to_string(), greeting))
        }
        Err(fault) => match fault {
            Fault::ClosedAtOnce { .. }
            | Fault::SilentHandshake { .. }
            | Fault::HandshakeRefused { .. } => {
                list.pass(Step::Api, "Nothing shows that it is another program.");
                list.begin(Step::Handshake);
                list.fail(Step::Handshake, diagnosis::of_the_greeting(fault, plan))
            }
            other => list.fail(Step::Api, other),
        },
    }
}

async fn session_of(
    plan: &Plan,
    patience: &Patience,
    address: &str,
    list: &mut List<impl FnMut(&StepView)>,
) -> Result<Session, Stopped> {
    list.begin(Step::ClientId);
    let id = if plan.own {
        session::spare_id(plan.client_id)
    } else {
        plan.client_id
    };
    let free = || match plan.own {
        true => format!(
            "Gatehouse itself is connected with client id {}; this check uses {id}.",
            plan.client_id
        ),
        false => format!("Client id {id} is free."),
    };
    match session::open(address, id, patience).await {
        Ok(session) => {
            list.pass(Step::ClientId, free());
            Ok(session)
        }
        Err(fault @ (Fault::AccountsNeverCame { .. } | Fault::NoUsableAccount { .. })) => {
            list.pass(Step::ClientId, "Nobody else holds it.");
            list.begin(Step::Accounts);
            list.fail(Step::Accounts, fault)
        }
        Err(fault) => list.fail(Step::ClientId, fault),
    }
}

/// All that is asked once the login is open.
async fn login(
    plan: &Plan,
    patience: &Patience,
    list: &mut List<impl FnMut(&StepView)>,
    found: &mut Found,
    session: &Session,
) -> Result<(), Stopped> {
    list.begin(Step::Accounts);
    let ids = session.accounts();
    found.accounts = ids
        .iter()
        .map(|id| AccountFound {
            id: id.to_string(),
            kind_text: None,
            kind: AccountKind::Unknown,
        })
        .collect();
    let count = ids.len();
    let plural = if count == 1 { "" } else { "s" };
    list.pass(Step::Accounts, format!("{count} account{plural}."));

    list.begin(Step::Mode);
    found.mode = Mode::of(ids);
    let paper = ids.iter().filter(|id| id.as_str().starts_with('D')).count();
    if paper != 0 && paper != count {
        list.fail(Step::Mode, Fault::MixedAccounts)?;
    }
    match plan.expects {
        Some(expected) if expected != Mode::Unknown && expected != found.mode => {
            let fault = Fault::OtherMode {
                expected,
                found: found.mode,
            };
            list.fail(Step::Mode, fault)?;
        }
        _ => list.pass(
            Step::Mode,
            match found.mode {
                Mode::Paper => "Paper: every account id begins with D.",
                _ => "Live: real money.",
            },
        ),
    }

    list.begin(Step::ReadOnly);
    match data::takes_orders(session, patience.answer).await {
        Ok(()) => list.pass(Step::ReadOnly, "Orders can be listed."),
        Err(fault) => list.note(Step::ReadOnly, fault)?,
    }

    list.begin(Step::Clock);
    match data::clock(session, plan, list.started()).await {
        Ok(says) => list.pass(Step::Clock, says),
        Err(fault) => list.note(Step::Clock, fault)?,
    }

    list.begin(Step::AccountData);
    match data::figures(session, patience.answer, &mut found.accounts).await {
        Ok(says) => list.pass(Step::AccountData, says),
        Err(fault) => list.fail(Step::AccountData, fault)?,
    }

    list.begin(Step::Positions);
    match data::positions(session, patience.answer).await {
        Ok(says) => list.pass(Step::Positions, says),
        Err(fault) => list.note(Step::Positions, fault)?,
    }

    list.begin(Step::MarketData);
    let venues = match prices::all(session, patience.price).await {
        Ok(venues) => venues,
        Err(fault) => return list.fail(Step::MarketData, fault),
    };
    list.details(Step::MarketData, venues.iter().map(VenuePrices::says));
    match prices::fault(&venues, session) {
        None => list.pass(Step::MarketData, prices::says(&venues)),
        Some(fault) => list.note(Step::MarketData, fault)?,
    }

    list.not_checked(
        Step::WhatIf,
        "A what-if goes the way of every order, through your rules, so it is asked over Gatehouse's own connection once that is made.",
    );
    Ok(())
}
