//! Where the gateway is and how patient to be with it.

use gatehouse_domain::restart::NightlyRestart;
use std::path::PathBuf;
use std::time::Duration;

/// How a [`Tws`](crate::Tws) reaches its gateway.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TwsConfig {
    /// The gateway's host.
    pub host: String,
    /// Its socket port.
    pub port: u16,
    /// The API client id. No two programs at one gateway may share it.
    pub client_id: i32,
    /// Whether orders made by hand in TWS are taken over (bound), so that they can be changed and
    /// cancelled here. The gateway does that for client id 0 only; under another id it is not
    /// asked to.
    pub take_over: bool,
    /// How long the whole greeting may take, from the first packet to the account list.
    pub connect_timeout: Duration,
    /// How long a question may go unanswered.
    pub answer_timeout: Duration,
    /// How long a what-if may go unanswered; some order types never get an answer.
    pub what_if_timeout: Duration,
    /// How long to wait for a second answer to a what-if whose first one had no margins.
    pub what_if_settle: Duration,
    /// How often to ask for the gateway's time, to notice a link that died in silence; `None`
    /// for never.
    pub heartbeat: Option<Duration>,
    /// How often the open orders are listed anew: the gateway tells a client of other clients'
    /// orders only when it is asked.
    pub list_orders_every: Duration,
    /// How long to wait between tries.
    pub backoff: Backoff,
    /// Whether to connect at once; else only once that is asked for.
    pub wanted: bool,
    /// When the gateway restarts by itself: while it does, it is tried often.
    pub restart: Option<NightlyRestart>,
    /// Frames that each stream holds while its reader is behind. Every stream sets aside some
    /// 120 bytes a frame at once, and there are dozens of streams. The client library keeps the
    /// last so many of each, read or not, until the stream ends: a session grows until they are
    /// full. A line that overflows asks for its picture anew.
    pub channel_capacity: usize,
    /// Events that wait for the engine before the streams are held up.
    pub event_capacity: usize,
    /// Requests over all streams in a little more than a second. The gateway allows 50 messages a
    /// second; up to five more go out for orders, ahead of these.
    pub requests_per_second: usize,
    /// Where option chains are kept from one start to the next; `None` for in memory only. A
    /// simulated gateway makes up its ids anew, so it must not share a folder with another.
    pub chain_folder: Option<PathBuf>,
}

/// As whom a session is opened. It can be chosen anew for the next connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Login {
    /// See [`TwsConfig::client_id`].
    pub client_id: i32,
    /// See [`TwsConfig::take_over`].
    pub take_over: bool,
}

impl Login {
    /// Whether the gateway is asked to bind orders made by hand.
    #[must_use]
    pub fn binds(self) -> bool {
        self.take_over && self.client_id == 0
    }
}

/// Waits between tries: doubling from `first` to `cap`, each shortened by up to a fifth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backoff {
    /// After the first failure.
    pub first: Duration,
    /// The longest.
    pub cap: Duration,
    /// Where the shortening comes from.
    pub seed: u64,
}

impl Default for Backoff {
    fn default() -> Self {
        Self {
            first: Duration::from_millis(250),
            cap: Duration::from_secs(30),
            seed: 1,
        }
    }
}

impl TwsConfig {
    /// The gateway at this place, with the usual patience.
    #[must_use]
    pub fn new(host: &str, port: u16, client_id: i32) -> Self {
        Self {
            host: host.to_owned(),
            port,
            client_id,
            take_over: false,
            connect_timeout: Duration::from_secs(10),
            answer_timeout: Duration::from_secs(10),
            what_if_timeout: Duration::from_secs(10),
            what_if_settle: Duration::from_secs(2),
            heartbeat: Some(Duration::from_secs(30)),
            list_orders_every: Duration::from_secs(3),
            backoff: Backoff::default(),
            wanted: true,
            restart: None,
            channel_capacity: 4096,
            event_capacity: 256,
            requests_per_second: 44,
            chain_folder: None,
        }
    }

    pub(crate) fn login(&self) -> Login {
        Login {
            client_id: self.client_id,
            take_over: self.take_over,
        }
    }

    pub(crate) fn address(&self) -> String {
        if self.host.contains(':') && !self.host.starts_with('[') {
            format!("[{}]:{}", self.host, self.port)
        } else {
            format!("{}:{}", self.host, self.port)
        }
    }
}

impl Default for TwsConfig {
    /// IB Gateway's paper port on this computer.
    fn default() -> Self {
        Self::new("127.0.0.1", 4002, 1)
    }
}
