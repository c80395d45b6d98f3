//! How a simulated gateway is set up and how it misbehaves.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::world::Scenario;

use super::action::Planned;
use super::unset::Unset;

/// Everything a gateway needs to start.
#[derive(Clone, Debug)]
pub struct SimConfig {
    /// The world to begin with, unless `state_file` holds one already.
    pub scenario: Scenario,
    /// Loopback port; 0 picks a free one.
    pub port: u16,
    /// Simulated seconds for each real one; must be above 0.
    pub speed: f64,
    /// The simulated time stands still and moves only by
    /// [`Action::Step`](super::Action::Step) and [`Action::Jump`](super::Action::Jump);
    /// then the same requests in the same order get the same bytes.
    pub stepped: bool,
    /// The client that also sees the orders of all others.
    pub master_client: i32,
    /// Whether the login is entitled to live market data. Without it live
    /// requests are refused with 354 and only delayed data can be had.
    pub live_data: bool,
    /// Whether clients that ask too much in too little time are told so: 50 messages a second
    /// and 100 lines for all clients together, and bars of 30 seconds or less.
    pub pacing: bool,
    /// Misbehaviour, from the first connection on.
    pub faults: Faults,
    /// What is going to happen, by the world's time or when clients do something.
    pub plan: Vec<Planned>,
    /// Benchmark mode: each market-data request is answered with this many
    /// tick messages as fast as the socket takes them, and then with
    /// tickSnapshotEnd, instead of with quotes.
    pub flood: Option<u64>,
    /// Where the run is written down, to be played again: see [`replay`](super::replay).
    pub record: Option<PathBuf>,
    /// Where the world is kept: read at the start if it exists, and written
    /// before a client hears of any change to orders or accounts.
    pub state_file: Option<PathBuf>,
}

impl SimConfig {
    /// A well-behaved gateway over `scenario`: free port, real time, master client 0.
    pub fn new(scenario: Scenario) -> Self {
        Self {
            scenario,
            port: 0,
            speed: 1.0,
            stepped: false,
            master_client: 0,
            live_data: true,
            pacing: false,
            faults: Faults::default(),
            plan: Vec::new(),
            flood: None,
            record: None,
            state_file: None,
        }
    }
}

/// Ways to treat clients badly. The default is to treat them well.
///
/// All but [`Faults::drop_on_place`] stay in force until they are replaced.
/// Frames are counted on each connection from when a fault of a frame is in force.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Faults {
    /// Close each connection right after accepting it, as from an address that is not trusted.
    pub close_on_accept: bool,
    /// Accept, read, and never say anything.
    pub silent_handshake: bool,
    /// Never say which accounts the login has, as while a login waits for its second factor.
    pub mute_accounts: bool,
    /// Wait so many milliseconds before everything that is said, as a gateway does that is
    /// short of memory.
    pub slow_answers: Option<u32>,
    /// Greet with this version number whatever the client offers.
    pub announce_version: Option<u16>,
    /// Send only the first half of each connection's n-th frame (1 is the
    /// first after the greeting), then drop the connection.
    pub drop_mid_frame: Option<u64>,
    /// Announce a frame of 2 GB in place of the n-th frame, and send no more.
    pub huge_frame: Option<u64>,
    /// Send bytes that are no frame in place of the n-th frame.
    pub garbage: Option<u64>,
    /// Write every byte on its own.
    pub one_byte_writes: bool,
    /// Say nothing more to anybody; what would have been said is lost.
    pub silent: bool,
    /// Never answer a what-if order.
    pub mute_what_if: bool,
    /// Become [`Faults::silent`] when a what-if order arrives.
    pub silent_after_what_if: bool,
    /// Answer a what-if order first with unset margins and a warning, then properly.
    pub what_if_unset_first: bool,
    /// Lose the connection at this point of the next real order's life. Happens once.
    pub drop_on_place: Option<DropPoint>,
    /// Send every order status twice.
    pub repeat_statuses: bool,
    /// Send the statuses that an order gets at one moment last first.
    pub reorder_statuses: bool,
    /// Answer requests for live data with delayed data and 10167.
    pub delayed_instead: bool,
    /// Refuse market data, live and late (354), as for a login without any subscription.
    pub no_market_data: bool,
    /// "Read-Only API": whatever is about orders is refused with 321.
    pub read_only: bool,
    /// As the login of an advisor or broker with more than 50 accounts: reqPositions, and a summary
    /// of "All", are refused (321); account by account they can be had.
    pub advisor_limits: bool,
    /// This client id is taken by a connection that is long dead: 326 until this is lifted.
    pub stuck_client_id: Option<i32>,
    /// Announce this as the next valid order id, whatever was used before.
    pub next_valid_id: Option<i32>,
    /// Send these figures as a mark for "there is no number".
    pub unset: Option<Unset>,
}

/// When a connection is lost around an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DropPoint {
    /// The order never reaches the book.
    BeforeActing,
    /// The order is in the book and the client never hears of it.
    AfterActing,
    /// The client hears that the order was accepted, and no more.
    AfterAcknowledging,
    /// The order fills and the client hears nothing of the fill.
    BeforeFill,
    /// The client hears of the execution, and not of its commission.
    AfterFill,
    /// The client asks for a cancel, which is lost.
    BeforeCancel,
    /// The order is cancelled and the client never hears of it.
    AfterCancel,
}
