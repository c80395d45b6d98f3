//! The gateway as a server on the loopback interface.
//!
//! ```no_run
//! # async fn demo() -> std::io::Result<()> {
//! use gatehouse_sim::server::{Sim, SimConfig};
//! use gatehouse_sim::world::Scenario;
//!
//! let sim = Sim::start(SimConfig::new(Scenario::three_accounts(7))).await?;
//! println!("clients may connect to {}", sim.addr());
//! # Ok(())
//! # }
//! ```
//!
//! Deliberately not here: other network interfaces than loopback, encryption
//! (the real gateway has none either).

mod accounts;
mod action;
mod bridge;
mod bulletins;
mod by_hand;
mod combos;
mod config;
mod connection;
mod data;
mod fault;
mod flood;
#[cfg(test)]
mod fuzz;
mod gateway;
mod generic;
mod holdings;
mod market;
mod options;
mod order_terms;
mod orders;
mod pacing;
mod port;
mod record;
mod requests;
mod session;
mod state;
mod tell;
mod trouble;
mod unset;
mod words;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

use crate::history::History;
use crate::world::{World, WorldEvent};

pub use action::{Action, ByHand, Planned, Trigger, When};
pub use config::{DropPoint, Faults, SimConfig};
use connection::Shared;
use gateway::{Command, Gateway, Job};
use port::Port;
use record::Recorder;

pub use crate::wire::Mark;
pub use record::{Replayed, replay};
pub use unset::Unset;

/// The simulated gateway.
#[derive(Debug)]
pub struct Sim;

impl Sim {
    /// Starts a gateway; clients may connect as soon as this returns. Needs a
    /// tokio runtime with time and I/O.
    ///
    /// # Errors
    /// When the port cannot be had, the state file cannot be read or is not
    /// one, or the speed is not above 0.
    pub async fn start(config: SimConfig) -> io::Result<SimHandle> {
        if !(config.speed > 0.0 && config.speed.is_finite()) {
            let reason = format!("a speed of {} is not above 0", config.speed);
            return Err(io::Error::new(io::ErrorKind::InvalidInput, reason));
        }
        let kept = config
            .state_file
            .as_deref()
            .map(state::load)
            .transpose()?
            .flatten();
        if kept.is_some() && config.record.is_some() {
            let reason = "a run that goes on from a state file cannot be recorded";
            return Err(io::Error::new(io::ErrorKind::InvalidInput, reason));
        }
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, config.port)).await?;
        let addr = listener.local_addr()?;
        let recorder = config
            .record
            .as_deref()
            .map(|path| Recorder::create(path, &record::beginning(&config)))
            .transpose()?;
        let mut gateway = assemble(config, kept);
        gateway.recorder = recorder;
        let faults = Arc::clone(&gateway.faults);
        let (commands, queue) = mpsc::channel(1024);
        let shared = Shared {
            commands,
            faults,
            stalled: gateway.stalled.clone(),
        };
        let (port, serving) = Port::on(listener, addr, shared.clone());
        gateway.port = port.wanted();
        Ok(SimHandle {
            addr,
            shared,
            port,
            world_task: tokio::spawn(gateway.run(queue)),
            port_task: tokio::spawn(serving),
        })
    }
}

/// A gateway over this world, or over the configuration's own; nobody can reach it yet.
fn assemble(config: SimConfig, world: Option<World>) -> Gateway {
    let world = world.unwrap_or_else(|| World::new(&config.scenario));
    let faults = Arc::new(Mutex::new(config.faults));
    let mut gateway = Gateway::new(world, config.speed, faults);
    gateway.master_client = config.master_client;
    gateway.live_data = config.live_data;
    gateway.flood = config.flood;
    gateway.state_file = config.state_file;
    gateway.stepped = config.stepped;
    gateway.pacing = pacing::Pacing::new(config.pacing);
    gateway.history = History::new(config.scenario.seed);
    gateway.history.begin(&gateway.world);
    gateway.trouble = trouble::Trouble::planned(config.plan, gateway.world.now());
    gateway
}

/// A running gateway. Dropping it ends the gateway.
#[derive(Debug)]
pub struct SimHandle {
    addr: SocketAddr,
    shared: Shared,
    port: Port,
    world_task: JoinHandle<()>,
    port_task: JoinHandle<()>,
}

/// Acts on a gateway that may have ended.
#[derive(Clone, Debug)]
pub struct Lever {
    commands: mpsc::Sender<Command>,
    port: Port,
}

impl Lever {
    /// See [`SimHandle::act`].
    ///
    /// # Errors
    /// Why it cannot be done, in words.
    pub async fn act(&self, action: Action) -> Result<serde_json::Value, String> {
        let port = match action {
            Action::ClosePort {} => Some(false),
            Action::OpenPort {} => Some(true),
            _ => None,
        };
        let state = self.tell(action).await?;
        match port {
            None => return Ok(state),
            Some(false) => self.port.close().await,
            Some(true) => self.port.open().await.map_err(|error| error.to_string())?,
        }
        self.tell(Action::Status {}).await
    }

    async fn tell(&self, action: Action) -> Result<serde_json::Value, String> {
        let ended = |_| "the gateway has ended".to_owned();
        let (done, result) = oneshot::channel();
        let act = Command::Act { action, done };
        self.commands.send(act).await.map_err(|_| ended(()))?;
        result.await.map_err(|_| ended(()))?
    }
}

impl SimHandle {
    /// Where clients connect to.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// Runs `work` on the world between two requests; `None` if the gateway has ended.
    /// What it changes is not told to clients: see [`SimHandle::apply`].
    pub async fn with_world<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut World) -> T + Send + 'static,
    ) -> Option<T> {
        let (sender, result) = oneshot::channel();
        let job: Job = Box::new(move |world| {
            // The caller may have stopped waiting.
            let _ = sender.send(work(world));
            Vec::new()
        });
        self.shared.commands.send(Command::Do(job)).await.ok()?;
        result.await.ok()
    }

    /// Runs `work` on the world and tells clients of the events it returns.
    pub async fn apply(&self, work: impl FnOnce(&mut World) -> Vec<WorldEvent> + Send + 'static) {
        // A gateway that has ended has nobody to tell.
        let _ = self.shared.commands.send(Command::Do(Box::new(work))).await;
    }

    /// Does something to the gateway, and returns its state afterwards (a JSON object).
    ///
    /// # Errors
    /// Why it cannot be done, in words.
    pub async fn act(&self, action: Action) -> Result<serde_json::Value, String> {
        self.lever().act(action).await
    }

    /// Lets this many milliseconds of simulated time pass.
    ///
    /// # Errors
    /// When that is negative or more than a month, or the gateway has ended.
    pub async fn step(&self, ms: i64) -> Result<serde_json::Value, String> {
        self.act(Action::Step { ms }).await
    }

    /// Something by which others can act on this gateway.
    pub fn lever(&self) -> Lever {
        Lever {
            commands: self.shared.commands.clone(),
            port: self.port.clone(),
        }
    }

    /// From now on misbehaves like this.
    pub fn set_faults(&self, faults: Faults) {
        *self
            .shared
            .faults
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = faults;
    }

    /// Closes the port and every connection, as a gateway that was killed. The
    /// world goes on and keeps its book.
    pub async fn stop(&mut self) {
        // Waiting makes sure that the port is free and no client id is held.
        self.port.close().await;
    }

    /// Opens the same port again after [`SimHandle::stop`].
    ///
    /// # Errors
    /// When the port cannot be had any more.
    pub async fn resume(&mut self) -> io::Result<()> {
        self.port.open().await
    }

    /// Ends the gateway and waits until it has.
    pub async fn shutdown(mut self) {
        self.stop().await;
        self.port_task.abort();
        self.world_task.abort();
        // Aborted on purpose.
        let _ = (&mut self.world_task).await;
    }
}

impl Drop for SimHandle {
    fn drop(&mut self) {
        self.port_task.abort();
        self.world_task.abort();
    }
}
