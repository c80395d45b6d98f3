//! The handle.

use crate::config::{Login, TwsConfig};
use crate::shared::Shared;
use crate::{bars, chains, lookup, supervisor, trade, volatility, what_if};
use gatehouse_desk::port::broker::{
    Broker, BrokerError, BrokerEvent, InstrumentMatch, OrderKey, PlaceError,
};
use gatehouse_desk::port::clock::Clock;
use gatehouse_domain::bar::DayBar;
use gatehouse_domain::chain::{Dated, DayVolatility, OptionClass};
use gatehouse_domain::contract::{Contract, Instrument};
use gatehouse_domain::derivative::Expiry;
use gatehouse_domain::id::ConId;
use gatehouse_domain::what_if::WhatIf;
use gatehouse_rules::{Approved, DryRun, Order};
use std::sync::Arc;
use tokio::sync::{mpsc, watch};

/// A link to TWS or IB Gateway. Clones share it; with the last one it ends, and the client id
/// is free again.
#[derive(Clone)]
pub struct Tws {
    held: Arc<Held>,
}

struct Held {
    shared: Arc<Shared>,
    ended: watch::Receiver<bool>,
}

impl Drop for Held {
    fn drop(&mut self) {
        self.shared.shutdown.send_replace(true);
    }
}

impl std::fmt::Debug for Tws {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tws")
            .field("config", &self.held.shared.config)
            .finish_non_exhaustive()
    }
}

impl Tws {
    /// Begins to connect, at once and for as long as the handle lives. Must be called within a
    /// tokio runtime. The channel has to be read: when it is full the streams wait, and nothing
    /// is dropped.
    #[must_use]
    pub fn start(config: TwsConfig, clock: impl Clock) -> (Self, mpsc::Receiver<BrokerEvent>) {
        let (events, receiver) = mpsc::channel(config.event_capacity.max(1));
        let shared = Arc::new(Shared::new(config, Box::new(clock), events));
        let (ended, has_ended) = watch::channel(false);
        let supervised = shared.clone();
        tokio::spawn(async move {
            supervisor::run(supervised).await;
            ended.send_replace(true);
        });
        let held = Held {
            shared,
            ended: has_ended,
        };
        (
            Self {
                held: Arc::new(held),
            },
            receiver,
        )
    }

    /// As whom the next session is opened. The one that is up goes on as it is.
    pub fn choose_login(&self, login: Login) {
        self.shared().choose_login(login);
    }

    /// As whom the session that is up was opened; `None` without one.
    #[must_use]
    pub fn login(&self) -> Option<Login> {
        self.shared().live().ok().map(|live| live.login)
    }

    /// Disconnects and returns once the gateway has been let go, so that the client id can be
    /// used again.
    pub async fn shutdown(&self) {
        self.held.shared.shutdown.send_replace(true);
        let _ = self.held.ended.clone().wait_for(|ended| *ended).await;
    }

    /// Lets the gateway go and makes no connection until [`Broker::connect_now`].
    pub fn disconnect(&self) {
        self.shared().wanted.send_replace(false);
    }

    /// Whether a connection is wanted.
    #[must_use]
    pub fn is_wanted(&self) -> bool {
        *self.shared().wanted.borrow()
    }

    fn shared(&self) -> &Shared {
        &self.held.shared
    }
}

impl Broker for Tws {
    async fn search(&self, pattern: &str) -> Result<Vec<InstrumentMatch>, BrokerError> {
        let live = self.shared().live()?;
        lookup::search(&live, pattern).await
    }

    async fn instrument(&self, con_id: ConId) -> Result<Instrument, BrokerError> {
        let live = self.shared().live()?;
        lookup::instrument(&live, con_id).await
    }

    async fn option_classes(
        &self,
        underlying: &Contract,
    ) -> Result<Dated<Vec<OptionClass>>, BrokerError> {
        chains::classes(self.shared(), underlying).await
    }

    async fn options(
        &self,
        underlying: &Contract,
        class: &OptionClass,
        expiry: Expiry,
    ) -> Result<Dated<Vec<Instrument>>, BrokerError> {
        chains::options(self.shared(), underlying, class, expiry).await
    }

    async fn volatility_history(
        &self,
        underlying: &Contract,
    ) -> Result<Dated<Vec<DayVolatility>>, BrokerError> {
        volatility::history(self.shared(), underlying).await
    }

    async fn day_bars(&self, contract: &Contract) -> Result<Dated<Vec<DayBar>>, BrokerError> {
        bars::days(self.shared(), contract).await
    }

    fn watch(&self, contract: &Contract) {
        self.shared().watch(contract);
    }

    fn unwatch(&self, con_id: ConId) {
        self.shared().unwatch(con_id);
    }

    fn use_delayed_data(&self) {
        self.shared().delayed.send_replace(true);
    }

    async fn what_if(&self, order: DryRun<Order>) -> Result<WhatIf, BrokerError> {
        let live = self.shared().live()?;
        what_if::ask(&live, order.get()).await
    }

    async fn place(&self, order: Approved<Order>) -> Result<(), PlaceError> {
        let live = self
            .shared()
            .live()
            .map_err(|error| PlaceError::NotSent(error.to_string()))?;
        trade::place(live, order.get()).await
    }

    async fn change(&self, order: Approved<Order>, key: &OrderKey) -> Result<(), PlaceError> {
        let live = self
            .shared()
            .live()
            .map_err(|error| PlaceError::NotSent(error.to_string()))?;
        trade::change(live, order.get(), key).await
    }

    async fn cancel(&self, key: &OrderKey) -> Result<(), BrokerError> {
        let live = self.shared().live()?;
        trade::cancel(live, key).await
    }

    async fn cancel_all(&self) -> Result<(), BrokerError> {
        let live = self.shared().live()?;
        trade::cancel_all(live).await
    }

    fn connect_now(&self) {
        self.shared().wanted.send_replace(true);
        self.shared().connect_now.send_modify(|n| *n += 1);
    }
}
