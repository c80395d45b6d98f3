//! What the handle, the supervisor and the sessions have in common.

use crate::chains::ChainStore;
use crate::config::{Login, TwsConfig};
use crate::pace::Pace;
use crate::session::Live;
use gatehouse_desk::port::broker::{BrokerError, BrokerEvent};
use gatehouse_desk::port::clock::Clock;
use gatehouse_domain::contract::{Contract, Instrument, PriceIncrement};
use gatehouse_domain::id::ConId;
use gatehouse_domain::instant::UnixMillis;
use std::collections::HashMap;
use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{OnceCell, mpsc, watch};

/// Locks, taking over from a holder that panicked: every hold leaves the state whole.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Outlives every session.
pub struct Shared {
    pub config: TwsConfig,
    pub clock: Box<dyn Clock>,
    login: Mutex<Login>,
    events: mpsc::Sender<BrokerEvent>,
    live: Mutex<Option<Arc<Live>>>,
    /// In the order in which they were asked for: the first are wanted most.
    watched: Mutex<Vec<Contract>>,
    /// Counts changes of `watched`.
    pub watched_changed: watch::Sender<u64>,
    /// Counts calls for a connection now.
    pub connect_now: watch::Sender<u64>,
    /// Whether the person wants a connection at all.
    pub wanted: watch::Sender<bool>,
    pub shutdown: watch::Sender<bool>,
    /// Whether the person takes delayed quotes where live ones are refused.
    pub delayed: watch::Sender<bool>,
    /// Of all sessions: a gateway counts on when a link was lost and made again.
    pub pace: Pace,
    pub instruments: Mutex<HashMap<ConId, Instrument>>,
    /// The price steps of market rules, by the rules' ids. One that is being asked for is waited
    /// for, not asked for again.
    pub market_rules: Mutex<HashMap<i32, Arc<OnceCell<Vec<PriceIncrement>>>>>,
    pub chains: ChainStore,
    next_order_id: AtomicI32,
}

impl Shared {
    pub fn new(
        config: TwsConfig,
        clock: Box<dyn Clock>,
        events: mpsc::Sender<BrokerEvent>,
    ) -> Self {
        Self {
            pace: Pace::new(config.requests_per_second),
            login: Mutex::new(config.login()),
            chains: ChainStore::new(config.chain_folder.clone()),
            clock,
            events,
            live: Mutex::new(None),
            watched: Mutex::new(Vec::new()),
            watched_changed: watch::Sender::new(0),
            connect_now: watch::Sender::new(0),
            wanted: watch::Sender::new(config.wanted),
            shutdown: watch::Sender::new(false),
            delayed: watch::Sender::new(false),
            instruments: Mutex::new(HashMap::new()),
            market_rules: Mutex::new(HashMap::new()),
            next_order_id: AtomicI32::new(1),
            config,
        }
    }

    /// As whom the next session is opened.
    pub fn login(&self) -> Login {
        *lock(&self.login)
    }

    pub fn choose_login(&self, login: Login) {
        *lock(&self.login) = login;
    }

    pub fn now(&self) -> UnixMillis {
        self.clock.now()
    }

    /// Tells the engine, waiting for it when it is behind, but not beyond shutdown. Nobody
    /// listening is no fault.
    pub async fn tell(&self, event: BrokerEvent) {
        let Err(mpsc::error::TrySendError::Full(event)) = self.events.try_send(event) else {
            return;
        };
        let mut shutdown = self.shutdown.subscribe();
        tokio::select! {
            biased;
            _ = self.events.send(event) => {}
            _ = shutdown.wait_for(|asked| *asked) => {}
        }
    }

    /// Tells several things in order.
    pub async fn tell_all(&self, events: &mut Vec<BrokerEvent>) {
        for event in events.drain(..) {
            self.tell(event).await;
        }
    }

    /// The session, when there is one.
    pub fn live(&self) -> Result<Arc<Live>, BrokerError> {
        lock(&self.live)
            .clone()
            .filter(|live| live.client.is_connected())
            .ok_or(BrokerError::NotConnected)
    }

    pub fn set_live(&self, live: Option<Arc<Live>>) {
        *lock(&self.live) = live;
    }

    /// Adds a contract to the watched ones; again is nothing.
    pub fn watch(&self, contract: &Contract) {
        let mut watched = lock(&self.watched);
        let known = watched.iter_mut().find(|c| c.con_id == contract.con_id);
        let new = match known {
            Some(known) => {
                known.clone_from(contract);
                false
            }
            None => {
                watched.push(contract.clone());
                true
            }
        };
        drop(watched);
        if new {
            self.watched_changed.send_modify(|n| *n += 1);
        }
    }

    pub fn unwatch(&self, con_id: ConId) {
        let mut watched = lock(&self.watched);
        let before = watched.len();
        watched.retain(|contract| contract.con_id != con_id);
        let gone = watched.len() < before;
        drop(watched);
        if gone {
            self.watched_changed.send_modify(|n| *n += 1);
        }
    }

    pub fn watched(&self) -> Vec<Contract> {
        lock(&self.watched).clone()
    }

    /// The next order id: above every one that the gateway has named and above every one used
    /// here before. A gateway that was restarted may hand out ids again; these never do.
    pub fn take_order_id(&self) -> i32 {
        self.next_order_id.fetch_add(1, Ordering::Relaxed)
    }

    /// Order ids start at `id` at least.
    pub fn raise_order_ids(&self, id: i32) {
        self.next_order_id.fetch_max(id, Ordering::Relaxed);
    }
}
