//! Keeps the link: connects, runs the session, names what went wrong, waits, connects again.

use crate::backoff::Waits;
use crate::config::Login;
use crate::faults;
use crate::session::{self, Ended};
use crate::shared::Shared;
use gatehouse_desk::port::broker::{BrokerEvent, LinkFault, LinkState};
use gatehouse_domain::id::AccountId;
use ibapi::Client;
use ibapi::subscriptions::NoticeStream;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// While the gateway restarts it is tried this often at least.
const RESTARTING: Duration = Duration::from_secs(2);

/// How often a port at which nothing listened is tried.
const PROBE: Duration = Duration::from_millis(250);

/// Runs until shutdown.
pub async fn run(shared: Arc<Shared>) {
    let mut shutdown = shared.shutdown.subscribe();
    let mut connect_now = shared.connect_now.subscribe();
    let mut wanted = shared.wanted.subscribe();
    let mut waits = Waits::new(shared.config.backoff.clone());
    let mut attempt = 0;
    loop {
        if !*wanted.borrow_and_update() {
            attempt = 0;
            let (fault, retry_at) = (LinkFault::NotWanted, None);
            link(&shared, LinkState::Down { fault, retry_at }).await;
            tokio::select! {
                biased;
                () = asked(&mut shutdown) => return,
                () = wants(&mut wanted, true) => {}
            }
        }
        attempt += 1;
        link(&shared, LinkState::Connecting { attempt }).await;
        let fault = tokio::select! {
            biased;
            () = asked(&mut shutdown) => return,
            () = wants(&mut wanted, false) => continue,
            made = connect(&shared) => match made {
                Ok(connected) => {
                    attempt = 0;
                    match session::run(&shared, connected, &mut shutdown, &mut wanted).await {
                        Ended::Fault(fault) => fault,
                        Ended::NotWanted => continue,
                        Ended::Shutdown => return,
                    }
                }
                Err(fault) => fault,
            },
        };
        let wait = wait(&shared, &mut waits, attempt, &fault);
        // A call for a connection counts from here: before this one was already being made.
        connect_now.borrow_and_update();
        let retry_at = Some(shared.now().plus(wait));
        let refused = matches!(fault, LinkFault::Refused { .. });
        tracing::info!(%fault, ?wait, "no link to the gateway");
        link(&shared, LinkState::Down { fault, retry_at }).await;
        tokio::select! {
            biased;
            () = asked(&mut shutdown) => return,
            () = wants(&mut wanted, false) => {}
            _ = connect_now.changed() => {}
            () = listens(&shared, refused) => {}
            () = tokio::time::sleep(wait) => {}
        }
    }
}

/// Resolves as soon as something listens again where nothing did: on this computer that can be
/// found out at any time, so nobody has to wait for the end of the back-off.
async fn listens(shared: &Shared, refused: bool) {
    if !refused {
        std::future::pending::<()>().await;
    }
    let address = shared.config.address();
    loop {
        tokio::time::sleep(PROBE).await;
        if tokio::net::TcpStream::connect(&address).await.is_ok() {
            return;
        }
    }
}

/// How long to wait before the next try. `attempt` counts tries since the last session.
fn wait(shared: &Shared, waits: &mut Waits, attempt: u32, fault: &LinkFault) -> Duration {
    // It was given up here, so nothing is to be waited for.
    if *fault == LinkFault::Slept {
        return Duration::ZERO;
    }
    let usual = waits.after(attempt.max(1));
    let restart = shared.config.restart.as_ref();
    match restart.and_then(|restart| restart.under_way(shared.now())) {
        Some(_) => usual.min(RESTARTING),
        None => usual,
    }
}

/// Resolves once a connection is, or is not, wanted.
pub async fn wants(wanted: &mut watch::Receiver<bool>, so: bool) {
    // The sender lives in `Shared`, which every caller holds.
    let _ = wanted.wait_for(|wanted| *wanted == so).await;
}

/// Resolves once shutdown is asked for.
pub async fn asked(shutdown: &mut watch::Receiver<bool>) {
    // The sender lives in `Shared`, which every caller holds.
    let _ = shutdown.wait_for(|asked| *asked).await;
}

async fn link(shared: &Shared, state: LinkState) {
    shared.tell(BrokerEvent::Link(state)).await;
}

/// A client that has been greeted.
pub struct Connected {
    pub login: Login,
    pub client: Client,
    pub notices: NoticeStream,
    pub accounts: Vec<AccountId>,
}

async fn connect(shared: &Shared) -> Result<Connected, LinkFault> {
    let config = &shared.config;
    let login = shared.login();
    let address = config.address();
    // The client must never reconnect by itself: a new session has other ids and accounts.
    let connecting = Client::builder()
        .address(&address)
        .client_id(login.client_id)
        .max_reconnect_attempts(0)
        .channel_capacity(config.channel_capacity.max(1))
        .one_shot_timeout(config.answer_timeout.max(Duration::from_millis(1)))
        .connect_with_notice_stream();
    let (client, notices) = match tokio::time::timeout(config.connect_timeout, connecting).await {
        Err(_) => return Err(LinkFault::Silent { address }),
        Ok(Err(error)) => return Err(faults::connecting(&error, &address, login.client_id)),
        Ok(Ok(made)) => made,
    };
    // The greeting.
    shared.pace.sent();
    match accounts(client.handshake_managed_accounts()) {
        Ok(accounts) => Ok(Connected {
            login,
            client,
            notices,
            accounts,
        }),
        Err(why) => {
            client.disconnect().await;
            Err(LinkFault::NoAccounts(why))
        }
    }
}

fn accounts(named: &[String]) -> Result<Vec<AccountId>, String> {
    if named.is_empty() {
        return Err("the list was empty".to_owned());
    }
    named
        .iter()
        .map(|id| AccountId::new(id.trim()).map_err(|e| e.to_string()))
        .collect()
}
