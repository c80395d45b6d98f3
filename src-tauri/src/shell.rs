//! What stands behind the commands: the desk with its adapters, started beside the window.

use crate::app_lock::AppLock;
use crate::args::Args;
use crate::copies::Copies;
use crate::kept_targets::{self, KeptTargets};
use crate::ledger::Ledger;
use crate::notify::Notifier;
use crate::profiles::{Profile, ProfileFile, USUAL_ID};
use crate::program::{AboutView, PageReport, SimAction};
use crate::rule_file::{Found, RuleFile};
use crate::serving::{Serves, usual_address};
use crate::starter::Starter;
use crate::tray::Tray;
use crate::wizard::{CheckInput, Wizard};
use gatehouse_desk::engine::DeskOptions;
use gatehouse_desk::error::{ApiError, ErrorCode};
use gatehouse_desk::port::clock::SystemClock;
use gatehouse_desk::port::{Broker as _, Clock};
use gatehouse_desk::runtime::{self, DeskHandle};
use gatehouse_desk::view::RebalanceInput;
use gatehouse_domain::id::PreviewId;
use gatehouse_setup::host::look_up;
use gatehouse_sim::server::{Sim, SimConfig, SimHandle};
use gatehouse_sim::world::Scenario;
use gatehouse_tws::{Tws, TwsConfig};
use gatehouse_vault::Keychain;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Mutex, watch};

pub(crate) type Desk = DeskHandle<Tws, Ledger>;

/// All that runs.
pub(crate) struct Running {
    pub(crate) desk: Desk,
    pub(crate) broker: Tws,
    copies: Arc<Copies>,
    /// Copies the journal each day.
    daily: tokio::task::JoinHandle<()>,
    /// How it connects, as it was set when it was started.
    pub(crate) serves: Serves,
}

/// The state that commands share.
pub(crate) struct Shell {
    pub(crate) args: Args,
    pub(crate) data_dir: PathBuf,
    exports: PathBuf,
    ready: watch::Sender<Option<Result<(), ApiError>>>,
    pub(crate) running: Mutex<Option<Running>>,
    sim: Mutex<Option<SimHandle>>,
    address: watch::Sender<SocketAddr>,
    notifier: Arc<Notifier>,
    pub(crate) profiles: Mutex<ProfileFile>,
    /// The profile that the window serves, once that is decided.
    serves: watch::Sender<Option<Option<Profile>>>,
    tray: Arc<Tray>,
    pub(crate) app_lock: AppLock<Keychain>,
    /// Held while the rules are changed, so that file and desk go together.
    pub(crate) rule_file: Mutex<RuleFile>,
    pub(crate) wizard: Wizard,
    pub(crate) starter: Starter,
}

impl Shell {
    pub(crate) fn new(args: Args, data_dir: PathBuf, exports: PathBuf) -> Self {
        Self {
            ready: watch::Sender::new(None),
            running: Mutex::new(None),
            sim: Mutex::new(None),
            address: watch::Sender::new(usual_address()),
            notifier: Arc::new(Notifier::on_desktop()),
            profiles: Mutex::new(ProfileFile::at_start(&data_dir)),
            serves: watch::Sender::new(None),
            tray: Arc::new(Tray::new()),
            app_lock: AppLock::read(&data_dir, Keychain::new(&data_dir), SystemClock.now()),
            rule_file: Mutex::new(RuleFile::new(&data_dir, args.demo)),
            wizard: Wizard::default(),
            starter: Starter::new(&data_dir),
            args,
            data_dir,
            exports,
        }
    }

    pub(crate) fn notifier(&self) -> Arc<Notifier> {
        Arc::clone(&self.notifier)
    }

    pub(crate) fn tray(&self) -> Arc<Tray> {
        Arc::clone(&self.tray)
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
        let chosen = self.choose().await;
        // The page waits for this to know whose drafts it shows.
        let profile = chosen
            .as_ref()
            .ok()
            .and_then(|serves| serves.profile.clone());
        self.serves.send_replace(Some(profile));
        if self.args.demo {
            self.start_sim().await?;
        }
        self.start_desk(chosen?).await
    }

    /// Stops what runs and starts what serves this; commands wait meanwhile.
    pub(crate) async fn start_anew(&self, serves: Serves) -> Result<(), ApiError> {
        self.ready.send_replace(None);
        let running = self.running.lock().await.take();
        if let Some(running) = running {
            running.stop().await;
        }
        let outcome = self.start_desk(serves).await;
        self.ready.send_replace(Some(outcome.clone()));
        outcome
    }

    async fn start_desk(&self, serves: Serves) -> Result<(), ApiError> {
        // A demo keeps its journal apart from the one of real accounts.
        let (name, backups) = if self.args.demo {
            ("demo-journal.db", "demo-backups")
        } else {
            ("journal.db", "backups")
        };
        let home = serves.home(&self.data_dir);
        let store = match &serves.not_taken {
            None => Ledger::open(&home.join(name)).await,
            Some(_) => Ledger::elsewhere(),
        };
        let copies = Arc::new(Copies::new(
            store.clone(),
            home.join(backups),
            self.exports.clone(),
        ));
        let address = match (self.args.demo, self.args.gateway) {
            (true, _) => *self.address.borrow(),
            (false, Some(fixed)) => fixed,
            (false, None) => serves.address(),
        };
        self.address.send_replace(address);
        let login = serves.login(self.args.client_id);
        let mut config = TwsConfig::new(&address.ip().to_string(), address.port(), login.client_id);
        config.take_over = login.take_over;
        config.wanted = serves.wanted;
        config.backoff.seed = u64::from(std::process::id());
        if self.simulated() {
            // A gateway on this computer that comes back is noticed at once.
            config.backoff.cap = Duration::from_secs(2);
        }
        let terms = serves.terms();
        config.restart.clone_from(&terms.restart);
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
            terms,
        };
        let version = env!("CARGO_PKG_VERSION");
        let desk =
            runtime::start(broker.clone(), events, store, SystemClock, version, options).await;
        if self.app_lock.is_locked() {
            desk.lock("It starts locked.").await?;
        }
        let daily = Arc::clone(&copies);
        let daily = tokio::spawn(async move { daily.back_up_daily(started).await });
        self.serves.send_replace(Some(serves.profile.clone()));
        *self.running.lock().await = Some(Running {
            desk,
            broker,
            copies,
            daily,
            serves,
        });
        Ok(())
    }

    /// The profile that the window serves, now and whenever that changes; `None` until it is
    /// decided.
    pub(crate) fn served(&self) -> watch::Receiver<Option<Option<Profile>>> {
        self.serves.subscribe()
    }

    /// Waits until something runs or has failed.
    pub(crate) async fn settled(&self) {
        let mut ready = self.ready.subscribe();
        let _ = ready.wait_for(Option::is_some).await;
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
        let scenario = Scenario::three_accounts(self.args.seed)
            .starting_at(SystemClock.now().0)
            .paying_dividends();
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
    pub(crate) async fn kept_targets(&self) -> Result<KeptTargets, ApiError> {
        Ok(kept_targets::read(&self.targets_file().await?))
    }

    /// Beside the journal of the profile that is served.
    async fn targets_file(&self) -> Result<PathBuf, ApiError> {
        // What serves may be changing.
        self.desk().await?;
        let running = self.running.lock().await;
        let home = running
            .as_ref()
            .map(|running| running.serves.home(&self.data_dir))
            .ok_or_else(shutting_down)?;
        Ok(kept_targets::place(&home, self.args.demo))
    }

    pub(crate) async fn keep_targets(&self, input: &RebalanceInput) -> Result<(), ApiError> {
        let path = self.targets_file().await?;
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
        self.settled().await;
        let running = self.running.lock().await;
        let login = running
            .as_ref()
            .map(|running| running.serves.login(self.args.client_id));
        AboutView {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            data_dir: self.data_dir.display().to_string(),
            demo: self.args.demo,
            simulated: self.simulated(),
            address: self.address.borrow().to_string(),
            client_id: login.map_or(USUAL_ID, |login| login.client_id),
            report: self.args.report,
        }
    }

    /// Whether the connection that is up is the one that is to be checked.
    pub(crate) async fn is_connected_as(&self, input: &CheckInput) -> bool {
        // A name may take long to be looked up: nobody is to wait for it.
        let is_here = self.is_gateway_of(input).await;
        let running = self.running.lock().await;
        let login = running.as_ref().and_then(|running| running.broker.login());
        is_here && login.is_some_and(|login| login.client_id == input.client_id)
    }

    /// Lets the connection of the window, where a check of the same gateway had kept it away, be
    /// made at once.
    pub(crate) async fn connect_after(&self, input: &CheckInput) {
        let is_here = self.is_gateway_of(input).await;
        let running = self.running.lock().await;
        if let Some(Running { broker, .. }) = running.as_ref()
            && is_here
            && broker.is_wanted()
            && broker.login().is_none()
        {
            broker.connect_now();
        }
    }

    /// However its host is written.
    async fn is_gateway_of(&self, input: &CheckInput) -> bool {
        let address = *self.address.borrow();
        let found = look_up(&input.host).await.unwrap_or_default();
        input.port == address.port() && found.contains(&address.ip())
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
        let running = self.running.lock().await.take();
        if let Some(running) = running {
            running.stop().await;
        }
        if let Some(sim) = self.sim.lock().await.take() {
            sim.shutdown().await;
        }
    }
}

impl Running {
    /// The journal is free after it, and so is the client id.
    async fn stop(self) {
        self.daily.abort();
        self.desk.stop().await;
        self.broker.shutdown().await;
    }
}

fn shutting_down() -> ApiError {
    ApiError::new(ErrorCode::Internal, "Gatehouse is shutting down.")
}
