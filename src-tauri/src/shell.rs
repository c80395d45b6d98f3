//! What stands behind the commands: the desk with its adapters, started beside the window.

use crate::args::Args;
use crate::connection::{Connection, ConnectionChoice, ConnectionView};
use crate::copies::Copies;
use crate::kept_targets::{self, KeptTargets};
use crate::ledger::Ledger;
use crate::notify::Notifier;
use crate::program::{AboutView, PageReport, SimAction};
use crate::rule_file::{Found, RuleFile};
use gatehouse_desk::engine::DeskOptions;
use gatehouse_desk::error::{ApiError, ErrorCode};
use gatehouse_desk::port::Clock;
use gatehouse_desk::port::clock::SystemClock;
use gatehouse_desk::runtime::{self, DeskHandle};
use gatehouse_desk::view::RebalanceInput;
use gatehouse_domain::id::PreviewId;
use gatehouse_sim::server::{Sim, SimConfig, SimHandle};
use gatehouse_sim::world::Scenario;
use gatehouse_tws::{Tws, TwsConfig};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Mutex, watch};

type Desk = DeskHandle<Tws, Ledger>;

/// All that runs.
struct Running {
    desk: Desk,
    broker: Tws,
    copies: Arc<Copies>,
}

/// The state that commands share.
pub(crate) struct Shell {
    args: Args,
    data_dir: PathBuf,
    exports: PathBuf,
    ready: watch::Sender<Option<Result<(), ApiError>>>,
    running: Mutex<Option<Running>>,
    sim: Mutex<Option<SimHandle>>,
    address: watch::Sender<SocketAddr>,
    notifier: Arc<Notifier>,
    connection: Mutex<Connection>,
    /// Held while the rules are changed, so that file and desk go together.
    pub(crate) rule_file: Mutex<RuleFile>,
}

impl Shell {
    pub(crate) fn new(args: Args, data_dir: PathBuf, exports: PathBuf) -> Self {
        Self {
            ready: watch::Sender::new(None),
            running: Mutex::new(None),
            sim: Mutex::new(None),
            address: watch::Sender::new(args.gateway),
            notifier: Arc::new(Notifier::on_desktop()),
            connection: Mutex::new(Connection::read(&data_dir, args.client_id)),
            rule_file: Mutex::new(RuleFile::new(&data_dir, args.demo)),
            args,
            data_dir,
            exports,
        }
    }

    pub(crate) fn notifier(&self) -> Arc<Notifier> {
        Arc::clone(&self.notifier)
    }

    fn simulated(&self) -> bool {
        self.args.demo || self.args.simulated
    }

    /// Starts everything. A failure is kept and told to every command.
    pub(crate) async fn start(&self) {
        let outcome = self.try_start().await;
        if let Err(error) = &outcome {
            tracing::error!(%error, "Gatehouse could not start");
        }
        self.ready.send_replace(Some(outcome));
    }

    async fn try_start(&self) -> Result<(), ApiError> {
        // A demo keeps its journal apart from the one of real accounts.
        let (name, backups) = if self.args.demo {
            ("demo-journal.db", "demo-backups")
        } else {
            ("journal.db", "backups")
        };
        let store = Ledger::open(&self.data_dir.join(name)).await;
        let copies = Arc::new(Copies::new(
            store.clone(),
            self.data_dir.join(backups),
            self.exports.clone(),
        ));
        if self.args.demo {
            self.start_sim().await?;
        }
        let address = *self.address.borrow();
        let login = self.connection.lock().await.login();
        let mut config = TwsConfig::new(&address.ip().to_string(), address.port(), login.client_id);
        config.take_over = login.take_over;
        if self.simulated() {
            // A gateway on this computer that comes back is noticed at once.
            config.backoff.cap = Duration::from_secs(2);
        }
        // A simulated gateway may make up its contracts' ids anew at each start.
        config.chain_folder = (!self.simulated()).then(|| self.data_dir.join("chains"));
        let (broker, events) = Tws::start(config, SystemClock);
        let Found { book, fault } = self.rule_file.lock().await.read();
        let started = SystemClock.now();
        let options = DeskOptions {
            address: address.to_string(),
            simulated: self.simulated(),
            book,
            book_fault: fault,
            first_preview: PreviewId::new(
                u64::try_from(started.0).unwrap_or(0).saturating_mul(1000),
            ),
        };
        let version = env!("CARGO_PKG_VERSION");
        let desk =
            runtime::start(broker.clone(), events, store, SystemClock, version, options).await;
        let daily = Arc::clone(&copies);
        tokio::spawn(async move { daily.back_up_daily(started).await });
        *self.running.lock().await = Some(Running {
            desk,
            broker,
            copies,
        });
        Ok(())
    }

    async fn start_sim(&self) -> Result<(), ApiError> {
        let failed = |error: std::io::Error| {
            ApiError::new(
                ErrorCode::Internal,
                format!("The simulated gateway can't start: {error}"),
            )
        };
        // The demo's accounts and orders are kept from one start to the next, as real ones are.
        let state = self.data_dir.join("demo-gateway.json");
        let scenario = Scenario::three_accounts(self.args.seed).starting_at(SystemClock.now().0);
        let config = SimConfig {
            state_file: Some(state.clone()),
            ..SimConfig::new(scenario)
        };
        let sim = match Sim::start(config.clone()).await {
            Ok(sim) => sim,
            Err(error) => {
                // Of another version, or damaged: put aside, and a new world begun.
                tracing::warn!(%error, "the demo's accounts can't be taken up");
                std::fs::rename(&state, state.with_extension("json.old")).map_err(failed)?;
                Sim::start(config).await.map_err(failed)?
            }
        };
        self.address.send_replace(sim.addr());
        *self.sim.lock().await = Some(sim);
        Ok(())
    }

    /// The desk, once it has started.
    pub(crate) async fn desk(&self) -> Result<Desk, ApiError> {
        let mut ready = self.ready.subscribe();
        let outcome = ready
            .wait_for(Option::is_some)
            .await
            .map_err(|_| shutting_down())?
            .clone();
        if let Some(Err(error)) = outcome {
            return Err(error);
        }
        let running = self.running.lock().await;
        running
            .as_ref()
            .map(|running| running.desk.clone())
            .ok_or_else(shutting_down)
    }

    /// Copies of the journal.
    pub(crate) async fn copies(&self) -> Result<Arc<Copies>, ApiError> {
        // Says too why nothing runs, when that is so.
        self.desk().await?;
        let running = self.running.lock().await;
        let running = running.as_ref().ok_or_else(shutting_down)?;
        Ok(Arc::clone(&running.copies))
    }

    /// The targets of rebalancing that were kept.
    pub(crate) fn kept_targets(&self) -> KeptTargets {
        kept_targets::read(&kept_targets::place(&self.data_dir, self.args.demo))
    }

    pub(crate) fn keep_targets(&self, input: &RebalanceInput) -> Result<(), ApiError> {
        let path = kept_targets::place(&self.data_dir, self.args.demo);
        kept_targets::keep(&path, input).map_err(|error| {
            ApiError::new(
                ErrorCode::Internal,
                format!(
                    "The targets can't be kept in {}: {error}. The plan goes on without.",
                    path.display()
                ),
            )
        })
    }

    pub(crate) async fn about(&self) -> AboutView {
        // In a demo the port is known only once the simulated gateway listens.
        let mut ready = self.ready.subscribe();
        let _ = ready.wait_for(Option::is_some).await;
        let connection = self.connection().await;
        AboutView {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            data_dir: self.data_dir.display().to_string(),
            demo: self.args.demo,
            simulated: self.simulated(),
            address: self.address.borrow().to_string(),
            client_id: connection.client_id.unwrap_or(connection.next_client_id),
            report: self.args.report,
        }
    }

    /// How Gatehouse connects, as chosen and as it is.
    pub(crate) async fn connection(&self) -> ConnectionView {
        let running = self.running.lock().await;
        let now = running.as_ref().and_then(|running| running.broker.login());
        self.connection.lock().await.view(now)
    }

    /// Keeps how the next connection is made. The one that is up goes on as it is.
    pub(crate) async fn choose_connection(
        &self,
        choice: ConnectionChoice,
    ) -> Result<ConnectionView, ApiError> {
        // What starts reads the choice once.
        let mut ready = self.ready.subscribe();
        let _ = ready.wait_for(Option::is_some).await;
        let mut connection = self.connection.lock().await;
        connection.choose(choice).map_err(|error| {
            ApiError::new(
                ErrorCode::Internal,
                format!("The setting can't be kept, so all stays as it was: {error}"),
            )
        })?;
        let login = connection.login();
        drop(connection);
        if let Some(running) = self.running.lock().await.as_ref() {
            running.broker.choose_login(login);
        }
        Ok(self.connection().await)
    }

    pub(crate) async fn sim_gateway(&self, action: SimAction) -> Result<(), ApiError> {
        let mut sim = self.sim.lock().await;
        let Some(sim) = sim.as_mut() else {
            return Err(ApiError::new(
                ErrorCode::NotFound,
                "There is no embedded gateway: Gatehouse was not started with --demo.",
            ));
        };
        match action {
            SimAction::Stop => sim.stop().await,
            SimAction::Start => sim.resume().await.map_err(|error| {
                ApiError::new(
                    ErrorCode::Internal,
                    format!("The simulated gateway can't open its port again: {error}"),
                )
            })?,
        }
        Ok(())
    }

    /// Prints what the page measured, when that was asked for.
    pub(crate) fn report(&self, measured: PageReport) {
        if self.args.report.is_some() {
            let at = SystemClock.now().0;
            match serde_json::to_string(&measured) {
                Ok(text) => println!("report {at} {text}"),
                Err(error) => tracing::error!(%error, "a report can't be printed"),
            }
        }
    }

    /// Lets go of the gateway, so that the client id is free at once.
    pub(crate) async fn stop(&self) {
        if let Some(Running { desk, broker, .. }) = self.running.lock().await.take() {
            desk.stop().await;
            broker.shutdown().await;
        }
        if let Some(sim) = self.sim.lock().await.take() {
            sim.shutdown().await;
        }
    }
}

fn shutting_down() -> ApiError {
    ApiError::new(ErrorCode::Internal, "Gatehouse is shutting down.")
}
