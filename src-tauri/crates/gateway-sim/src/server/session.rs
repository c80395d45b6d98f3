//! One connected client: what it subscribed to and what waits to be sent to it.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::{Bytes, BytesMut};
use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;

use crate::messages::{ClientId, Reply, ReqId, Request};
use crate::wire::{self, DecodeError, Version};
use crate::world::{AccountId, ConId, OptionView, Quote, QuoteChange};

use super::config::Faults;
use super::data::DataLines;
use super::generic::Generics;

/// A message as it was read.
pub type Asked = Result<Request, DecodeError>;

/// What a connection's writer takes from its queue.
#[derive(Debug)]
pub enum Outgoing {
    /// Whole frames.
    Frames(Bytes),
    /// `rounds` times `batch`, then `rest`.
    Flood {
        batch: Bytes,
        rounds: u64,
        rest: Bytes,
    },
}

/// How many batches of frames may wait for a slow client before it is cut off.
pub const QUEUE: usize = 1024;
/// Quotes are held back, and merged, while fewer places than this are free.
const QUOTE_RESERVE: usize = QUEUE / 2;

/// A market-data line.
#[derive(Debug)]
pub struct Line {
    pub con_id: ConId,
    pub delayed: bool,
    /// What an option's line was last told; `None` for other kinds.
    pub option: Option<Box<OptionLine>>,
    /// What the client wants to be told besides the quote.
    pub generics: Generics,
    /// What moved since the line was last sent.
    pub pending: QuoteChange,
}

/// What an option's line was last told.
#[derive(Debug)]
pub struct OptionLine {
    pub underlying: ConId,
    pub quote: Option<Quote>,
    pub view: Option<OptionView>,
    /// When it was last looked at, unix ms: time alone moves an option too.
    pub looked: i64,
}

/// Account rows already sent: by account, tag and currency.
pub type SentRows = BTreeMap<(AccountId, &'static str, &'static str), String>;

/// A subscription to account rows, in any of its three forms.
#[derive(Debug, Default)]
pub struct RowSubscription {
    pub accounts: Vec<AccountId>,
    /// `None` asks for every tag.
    pub tags: Option<BTreeSet<String>>,
    /// Per-currency rows: `None` for none, an empty string for all.
    pub ledger: Option<String>,
    pub sent: SentRows,
}

/// One connected client.
#[derive(Debug)]
pub struct Session {
    pub version: Version,
    /// `None` until START_API.
    pub client_id: Option<ClientId>,
    /// As the client set it: 1 live, 2 frozen, 3 delayed, 4 delayed-frozen.
    pub data_type: i32,
    /// Orders made by hand get an id for this client as they come.
    pub binds_orders: bool,
    /// Wants to be told of bulletins.
    pub bulletins: bool,
    pub lines: BTreeMap<ReqId, Line>,
    /// When each open snapshot ends, unix ms.
    pub snapshots: BTreeMap<ReqId, i64>,
    pub account_updates: Option<RowSubscription>,
    pub account_multi: BTreeMap<ReqId, RowSubscription>,
    pub summaries: BTreeMap<ReqId, RowSubscription>,
    pub positions: bool,
    pub positions_multi: BTreeMap<ReqId, Vec<AccountId>>,
    pub data: DataLines,
    /// Wants to be slowed down rather than refused when it asks too much.
    pub slowed: bool,
    /// What it has asked and will be served when there is room.
    pub waiting: VecDeque<Asked>,
    /// In how many seconds it asked too much, and the last of them.
    pub violations: (u32, Option<Instant>),
    pub pnl: BTreeMap<ReqId, AccountId>,
    pub pnl_single: BTreeMap<ReqId, (AccountId, ConId)>,
    /// The connection is over once what waits has been sent.
    pub closing: bool,
    /// The connection is over at once and what waits is lost.
    pub cut: bool,
    cutter: Option<oneshot::Sender<()>>,
    outbox: mpsc::Sender<Outgoing>,
    batch: BytesMut,
    faults: Arc<Mutex<Faults>>,
}

impl Session {
    pub fn new(
        version: Version,
        outbox: mpsc::Sender<Outgoing>,
        cutter: oneshot::Sender<()>,
        faults: Arc<Mutex<Faults>>,
    ) -> Self {
        Self {
            version,
            client_id: None,
            data_type: 1,
            binds_orders: false,
            bulletins: false,
            lines: BTreeMap::new(),
            snapshots: BTreeMap::new(),
            account_updates: None,
            account_multi: BTreeMap::new(),
            summaries: BTreeMap::new(),
            positions: false,
            positions_multi: BTreeMap::new(),
            data: DataLines::default(),
            slowed: false,
            waiting: VecDeque::new(),
            violations: (0, None),
            pnl: BTreeMap::new(),
            pnl_single: BTreeMap::new(),
            closing: false,
            cut: false,
            cutter: Some(cutter),
            outbox,
            batch: BytesMut::new(),
            faults,
        }
    }

    /// Puts `reply` into the batch that [`Session::flush`] sends.
    /// One that is over hears no more.
    pub fn send(&mut self, reply: &Reply) {
        if self.closing || self.cut {
            return;
        }
        let unset = self
            .faults
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .unset;
        let reply = match unset {
            Some(unset) => Cow::Owned(unset.applied(reply)),
            None => Cow::Borrowed(reply),
        };
        wire::encode(self.version, &reply, &mut self.batch);
    }

    /// Whether the client takes data fast enough for more quotes.
    pub fn has_room_for_quotes(&self) -> bool {
        self.outbox.capacity() > QUOTE_RESERVE
    }

    /// Whether the connection was ended at once.
    pub fn is_cut(&self) -> bool {
        self.cut
    }

    /// Forgets what it is sent of the market and of accounts, as a gateway that lost its data: the
    /// client has to ask for it anew and is told nothing meanwhile.
    pub fn forget_streams(&mut self) {
        self.lines.clear();
        self.account_updates = None;
        self.account_multi.clear();
        self.summaries.clear();
        self.positions = false;
        self.positions_multi.clear();
        self.pnl.clear();
        self.pnl_single.clear();
    }

    /// Ends the connection at once; what waits is lost.
    pub fn cut_off(&mut self) {
        self.cut = true;
        if let Some(cutter) = self.cutter.take() {
            // Nobody listens any more when the connection ended by itself.
            let _ = cutter.send(());
        }
    }

    /// Hands a flood to the writer, after what waits.
    pub fn flood(&mut self, batch: Bytes, rounds: u64, rest: Bytes) {
        self.flush();
        if self
            .outbox
            .try_send(Outgoing::Flood {
                batch,
                rounds,
                rest,
            })
            .is_err()
        {
            self.cut_off();
        }
    }

    /// What waits to be sent.
    pub fn waiting(&self) -> &[u8] {
        if self.cut { &[] } else { &self.batch }
    }

    /// Loses what waits to be sent.
    pub fn forget(&mut self) {
        self.batch.clear();
    }

    /// Hands the batch to the writer. A client that reads too slowly is cut off.
    pub fn flush(&mut self) {
        if self.batch.is_empty() || self.cut {
            return;
        }
        let frames = self.batch.split().freeze();
        if self.outbox.try_send(Outgoing::Frames(frames)).is_err() {
            tracing::warn!(client = ?self.client_id, "a client reads too slowly and is cut off");
            self.cut_off();
        }
    }
}
