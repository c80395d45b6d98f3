//! Keeps the link: connects, runs the session, names what went wrong, waits, connects again.

use crate::backoff::Waits;
use crate::config::Login;
use crate::faults;
use crate::session;
use crate::shared::Shared;
use gatehouse_desk::port::broker::{BrokerEvent, LinkFault, LinkState};
use gatehouse_domain::id::AccountId;
use ibapi::Client;
use ibapi::subscriptions::NoticeStream;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// Runs until shutdown.
pub async fn run(shared: Arc<Shared>) {
    let mut shutdown = shared.shutdown.subscribe();
    let mut connect_now = shared.connect_now.subscribe();
    let mut waits = Waits::new(shared.config.backoff.clone());
    let mut attempt = 0;
    loop {
        attempt += 1;
        link(&shared, LinkState::Connecting { attempt }).await;
        let fault = tokio::select! {
            biased;
            () = asked(&mut shutdown) => return,
            made = connect(&shared) => match made {
                Ok(connected) => {
                    attempt = 0;
                    match session::run(&shared, connected, &mut shutdown).await {
                        Some(fault) => fault,
                        None => return,
                    }
                }
                Err(fault) => fault,
            },
        };
        let wait = waits.after(attempt.max(1));
        // A call for a connection counts from here: before this one was already being made.
        connect_now.borrow_and_update();
        let retry_at = Some(shared.now().plus(wait));
        tracing::info!(%fault, ?wait, "no link to the gateway");
        link(&shared, LinkState::Down { fault, retry_at }).await;
        if !pause(wait, &mut connect_now, &mut shutdown).await {
            return;
        }
    }
}

/// Waits; false when shutdown was asked for.
async fn pause(
    wait: Duration,
    connect_now: &mut watch::Receiver<u64>,
    shutdown: &mut watch::Receiver<bool>,
) -> bool {
    tokio::select! {
        biased;
        () = asked(shutdown) => false,
        _ = connect_now.changed() => true,
        () = tokio::time::sleep(wait) => true,
    }
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
