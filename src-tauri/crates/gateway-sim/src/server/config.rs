//! How a simulated gateway is set up and how it misbehaves.

use std::path::PathBuf;

use crate::world::Scenario;

/// Everything a gateway needs to start.
#[derive(Clone, Debug)]
pub struct SimConfig {
    /// The world to begin with, unless `state_file` holds one already.
    pub scenario: Scenario,
    /// Loopback port; 0 picks a free one.
    pub port: u16,
    /// Simulated seconds for each real one; must be above 0.
    pub speed: f64,
    /// The client that also sees the orders of all others.
    pub master_client: i32,
    /// Whether the login is entitled to live market data. Without it live
    /// requests are refused with 354 and only delayed data can be had.
    pub live_data: bool,
    /// Misbehaviour, from the first connection on.
    pub faults: Faults,
    /// Benchmark mode: each market-data request is answered with this many
    /// tick messages as fast as the socket takes them, and then with
    /// tickSnapshotEnd, instead of with quotes.
    pub flood: Option<u64>,
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
            master_client: 0,
            live_data: true,
            faults: Faults::default(),
            flood: None,
            state_file: None,
        }
    }
}

/// Ways to treat clients badly. The default is to treat them well.
///
/// All but [`Faults::drop_on_place`] stay in force until they are replaced.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Faults {
    /// Close each connection right after accepting it.
    pub close_on_accept: bool,
    /// Accept, read, and never say anything.
    pub silent_handshake: bool,
    /// Greet with this version number whatever the client offers.
    pub announce_version: Option<u16>,
    /// Send only the first half of each connection's n-th frame (1 is the
    /// first after the greeting), then drop the connection.
    pub drop_mid_frame: Option<u64>,
    /// Announce a frame of 2 GB in place of the n-th frame, and send no more.
    pub huge_frame: Option<u64>,
    /// Send bytes that are no frame in place of the n-th frame.
    pub garbage: Option<u64>,
    /// Never answer a what-if order.
    pub mute_what_if: bool,
    /// Answer a what-if order first with unset margins and a warning, then properly.
    pub what_if_unset_first: bool,
    /// Drop the connection when the next real order arrives. Happens once.
    pub drop_on_place: Option<DropPoint>,
}

/// When a connection is lost around an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DropPoint {
    /// The order never reaches the book.
    BeforeActing,
    /// The order is in the book and the client never hears of it.
    AfterActing,
}
