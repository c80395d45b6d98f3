//! Lives of orders in a world without sockets, disks and clocks: the engine against a model of a
//! broker, with every fault at every step, all of it decided by one seed.
//!
//! What holds whatever happens is checked as it happens: [`run`] gives the first thing that did
//! not hold, with all that led to it. The same seed gives the same run.
//!
//! Deliberately not here: the wire's format and timing, which the tests over TCP have.

mod broker;
mod checks;
mod faults;
mod person;
mod program;

use broker::Broker;
use gatehouse_desk::effect::{AskId, Event};
use gatehouse_domain::instant::UnixMillis;
use gatehouse_testkit::START;
use program::Program;
use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};
use std::collections::{BTreeSet, VecDeque};

/// How many things happen in a run before it comes to rest.
const STEPS: u32 = 160;

/// What came of a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Orders that went to the wire, each leg of a bracket counted.
    pub lives: u64,
    /// Those that filled, wholly or in part.
    pub filled: u64,
    /// Changes that went to the wire.
    pub changes: u64,
    /// How often the link was lost.
    pub losses: u64,
    /// How often the program was killed.
    pub kills: u64,
}

impl Tally {
    /// Adds another run.
    pub fn add(&mut self, other: Self) {
        self.lives += other.lives;
        self.filled += other.filled;
        self.changes += other.changes;
        self.losses += other.losses;
        self.kills += other.kills;
    }
}

/// What the program hands to the socket.
#[derive(Debug, Clone)]
enum Request {
    Leg(broker::Leg),
    Change(broker::Leg),
    Cancel(String),
}

/// The whole of it.
struct World {
    dice: SmallRng,
    now: UnixMillis,
    program: Program,
    broker: Broker,
    link_up: bool,
    /// Handed to the socket and not at the broker yet.
    outgoing: VecDeque<Request>,
    /// Told by the broker and not at the program yet.
    incoming: VecDeque<Event>,
    /// What-ifs that were asked for.
    what_ifs: Vec<AskId>,
    /// Something was lost on the way in, which the adapter notices.
    missed: bool,
    /// What went to the wire, by intent or change.
    sent: BTreeSet<String>,
    /// Orders that the person asked to be cancelled.
    let_go: BTreeSet<String>,
    /// The alarms that were told, with the step at which they were.
    alarms: Vec<(u32, String)>,
    step: u32,
    tally: Tally,
    trail: Vec<String>,
    broken: Option<String>,
}

/// Lets one world run.
///
/// # Errors
/// What did not hold, and everything that led to it.
pub fn run(seed: u64) -> Result<Tally, String> {
    let mut world = World {
        dice: SmallRng::seed_from_u64(seed),
        now: START,
        program: Program::new(START),
        broker: Broker::default(),
        link_up: false,
        outgoing: VecDeque::new(),
        incoming: VecDeque::new(),
        what_ifs: Vec::new(),
        missed: false,
        sent: BTreeSet::new(),
        let_go: BTreeSet::new(),
        alarms: Vec::new(),
        step: 0,
        tally: Tally::default(),
        trail: Vec::new(),
        broken: None,
    };
    world.attach();
    world.connect();
    world.deliver_all();
    while world.step < STEPS && world.broken.is_none() {
        world.step += 1;
        world.happen();
    }
    world.come_to_rest();
    world.check();
    match world.broken {
        None => Ok(world.tally),
        Some(what) => Err(format!("seed {seed}: {what}\n{}", world.trail.join("\n"))),
    }
}

impl World {
    fn chance(&mut self, of_a_thousand: u32) -> bool {
        self.dice.random_range(0..1000) < of_a_thousand
    }

    fn one_of(&mut self, number: usize) -> Option<usize> {
        (number > 0).then(|| self.dice.random_range(0..number))
    }

    fn note(&mut self, what: impl Into<String>) {
        self.trail.push(format!("{:>4} {}", self.step, what.into()));
    }

    /// Something did not hold; the first is kept.
    fn breaks(&mut self, what: String) {
        self.note(format!("BROKEN {what}"));
        self.broken.get_or_insert(what);
    }

    fn happen(&mut self) {
        self.now = UnixMillis(self.now.0 + self.dice.random_range(1..400));
        if !self.link_up && self.chance(250) {
            return self.connect();
        }
        match self.dice.random_range(0..1000) {
            0..340 => {
                for _ in 0..self.dice.random_range(1..8) {
                    self.deliver();
                }
            }
            340..500 => self.arrive(),
            500..680 => self.trade(),
            680..920 => self.act(),
            920..960 => self.answer_what_if(),
            960..968 => self.lose_link(),
            968..972 => self.kill(),
            972..976 => self.kill_soon(),
            976..984 => self.disk(),
            _ => self.beat(),
        }
    }
}
