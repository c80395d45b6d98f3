//! The one task that owns the world: it advances it by the clock, serves
//! requests in the order in which they arrive, and lets clients hear of it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::{Instant, MissedTickBehavior, interval};

use crate::history::History;
use crate::messages::{ClientId, Reply, Request};
use crate::wire::{DecodeError, Version};
use crate::world::{World, WorldEvent};

use super::action::Action;
use super::bulletins::Bulletin;
use super::config::Faults;
use super::pacing::{self, Pacing};
use super::record::{self, Entry, Recorder};
use super::session::{Outgoing, Session};
use super::trouble::{self, Trouble};
use super::{market, state};

/// How often the world is advanced and quotes go out.
const STEP: Duration = Duration::from_millis(10);

/// Work done on the world from outside, with the events it gives to tell clients.
pub type Job = Box<dyn FnOnce(&mut World) -> Vec<WorldEvent> + Send>;

/// What the gateway's task is asked to do.
pub enum Command {
    Connected {
        version: Version,
        slowed: bool,
        outbox: mpsc::Sender<Outgoing>,
        cut: oneshot::Sender<()>,
        registered: oneshot::Sender<u64>,
    },
    Request {
        id: u64,
        /// When it had arrived whole.
        at: Instant,
        /// As it came, without its length.
        content: Bytes,
        request: Box<Result<Request, DecodeError>>,
    },
    Gone {
        id: u64,
    },
    /// Every connection there was is closed.
    AllGone,
    Time {
        sender: oneshot::Sender<i64>,
    },
    Do(Job),
    Act {
        action: Action,
        done: oneshot::Sender<Result<serde_json::Value, String>>,
    },
}

/// The world, its clients and its clock.
pub struct Gateway {
    pub world: World,
    pub sessions: BTreeMap<u64, Session>,
    pub faults: Arc<Mutex<Faults>>,
    pub master_client: ClientId,
    pub live_data: bool,
    pub flood: Option<u64>,
    pub state_file: Option<PathBuf>,
    /// The world's time moves only when it is stepped.
    pub stepped: bool,
    pub trouble: Trouble,
    pub history: History,
    pub pacing: Pacing,
    pub speed: f64,
    /// The world's time when this gateway began, unix ms.
    pub begun: i64,
    /// Of this run, oldest first.
    pub bulletins: Vec<Bulletin>,
    /// Writes the run down.
    pub recorder: Option<Recorder>,
    /// Whether clients can connect.
    pub port: watch::Sender<bool>,
    /// Until when nothing is read.
    pub stalled: watch::Sender<Instant>,
    clock: Clock,
    next_id: u64,
    /// Orders or accounts changed since the world was last saved.
    unsaved: bool,
}

/// Maps real time to the world's.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    begun: Instant,
    world_at_begin: i64,
    speed: f64,
}

impl Clock {
    /// A clock that shows `world_now` (unix ms) now and runs `speed` times as fast as the real one.
    pub fn starting(world_now: i64, speed: f64) -> Self {
        Self {
            begun: Instant::now(),
            world_at_begin: world_now,
            speed,
        }
    }

    fn now(&self) -> i64 {
        let passed = self.begun.elapsed().as_secs_f64() * self.speed * 1000.0;
        // Saturates, which is far beyond any session.
        self.world_at_begin.saturating_add(passed as i64)
    }
}

impl Gateway {
    pub fn new(world: World, speed: f64, faults: Arc<Mutex<Faults>>) -> Self {
        let begun = world.now();
        let clock = Clock::starting(begun, speed);
        Self {
            world,
            sessions: BTreeMap::new(),
            faults,
            master_client: 0,
            live_data: true,
            flood: None,
            state_file: None,
            stepped: false,
            trouble: Trouble::default(),
            history: History::default(),
            pacing: Pacing::default(),
            speed,
            begun,
            bulletins: Vec::new(),
            recorder: None,
            port: watch::Sender::new(true),
            stalled: watch::Sender::new(Instant::now()),
            clock,
            next_id: 1,
            unsaved: false,
        }
    }

    /// Runs until every handle and connection is gone.
    pub async fn run(mut self, mut commands: mpsc::Receiver<Command>) {
        let mut steps = interval(STEP);
        steps.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                command = commands.recv() => {
                    let Some(command) = command else { return };
                    self.step();
                    self.serve(command);
                    // Whatever else has arrived meanwhile, before anything is sent.
                    for _ in 0..256 {
                        let Ok(command) = commands.try_recv() else { break };
                        self.serve(command);
                    }
                }
                _ = steps.tick() => {
                    self.step();
                    pacing::release(&mut self);
                    if !self.stepped {
                        self.send_quotes();
                    }
                }
            }
            self.settle();
        }
    }

    /// Brings the world up to the present.
    fn step(&mut self) {
        if self.stepped {
            return;
        }
        self.advance_to(self.clock.now());
    }

    /// Brings the world up to this moment, unix ms.
    pub fn advance_to(&mut self, now: i64) {
        self.note(|| Entry::Time { ms: now });
        let events = self.world.advance(now);
        self.tell(events);
        trouble::on_time(self);
    }

    /// Sends the quotes that moved.
    pub fn send_quotes(&mut self) {
        self.note(|| Entry::Quotes);
        market::send_quotes(self);
    }

    /// The next connection has this number.
    pub fn next_connection(&mut self, id: u64) {
        self.next_id = id;
    }

    fn note(&mut self, entry: impl FnOnce() -> Entry) {
        if let Some(recorder) = &mut self.recorder {
            recorder.note(&entry());
        }
    }

    /// The clock shows this much more from now on (milliseconds).
    pub fn shift_clock(&mut self, ms: i64) {
        self.clock.world_at_begin = self.clock.world_at_begin.saturating_add(ms);
    }

    /// Moves on at once; the market goes on from where it stopped.
    pub fn jump(&mut self, ms: i64) {
        self.shift_clock(ms);
        let events = self.world.advance(self.world.now().saturating_add(ms));
        self.tell(events);
    }

    /// Does what was asked, and lets it wait to be told: see [`Gateway::settle`].
    pub fn serve(&mut self, command: Command) {
        match command {
            Command::Connected {
                version,
                slowed,
                outbox,
                cut,
                registered,
            } => {
                let id = self.next_id;
                self.next_id += 1;
                self.note(|| Entry::Connected {
                    connection: id,
                    version: version.number(),
                });
                if registered.send(id).is_ok() {
                    let mut session = Session::new(version, outbox, cut, Arc::clone(&self.faults));
                    session.slowed = slowed;
                    self.sessions.insert(id, session);
                }
            }
            Command::Gone { id } => {
                self.note(|| Entry::Gone { connection: id });
                self.sessions.remove(&id);
            }
            Command::AllGone => {
                self.note(|| Entry::AllGone);
                self.sessions.clear();
            }
            Command::Time { sender } => {
                let _ = sender.send(self.now());
            }
            Command::Do(job) => {
                self.note(|| Entry::Within);
                let events = job(&mut self.world);
                self.unsaved = true;
                self.tell(events);
            }
            Command::Act { action, done } => {
                self.note(|| Entry::Act {
                    action: action.clone(),
                });
                let result = trouble::act(self, action);
                self.unsaved = true;
                // Whoever asked may have stopped waiting.
                let _ = done.send(result);
            }
            Command::Request {
                id,
                at,
                content,
                request,
            } => {
                self.note(|| Entry::In {
                    connection: id,
                    hex: record::hex(&content),
                });
                pacing::meet(self, id, at, *request);
            }
        }
    }

    /// Saves what must not be lost, then lets clients hear of it.
    pub fn settle(&mut self) {
        if self.unsaved {
            self.unsaved = false;
            if let Some(path) = &self.state_file
                && let Err(error) = state::save(path, &self.world)
            {
                tracing::error!(%error, path = %path.display(), "the world could not be saved");
            }
        }
        let silent = trouble::faults(self).silent;
        if silent {
            for session in self.sessions.values_mut() {
                session.forget();
            }
        }
        if let Some(recorder) = &mut self.recorder {
            let waiting = self.sessions.iter().map(|(id, one)| (*id, one.waiting()));
            let waiting: Vec<_> = waiting.filter(|(_, bytes)| !bytes.is_empty()).collect();
            recorder.settle(&waiting);
        }
        for session in self.sessions.values_mut() {
            session.flush();
        }
        self.sessions
            .retain(|_, session| !session.closing && !session.cut);
    }

    /// Notes that orders or accounts changed, so that the world is saved before clients hear of it.
    pub fn changed(&mut self) {
        self.unsaved = true;
    }

    /// The time that clients are told, unix ms.
    pub fn now(&self) -> i64 {
        self.world.now().saturating_add(self.trouble.skew)
    }

    /// Sends an error to one client.
    pub fn error(&mut self, session: u64, id: i32, code: i32, message: impl Into<String>) {
        let reply = Reply::Error {
            id,
            code,
            message: message.into(),
            time_millis: self.now(),
        };
        self.send(session, &reply);
    }

    /// Sends one message to one client.
    pub fn send(&mut self, session: u64, reply: &Reply) {
        if let Some(session) = self.sessions.get_mut(&session) {
            session.send(reply);
        }
    }
}
