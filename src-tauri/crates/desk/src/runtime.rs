//! Carries the engine's effects out: one task owns the engine and does everything in order.
//!
//! Records are written and flushed before anything that waits for them is done. Calls to the
//! broker run beside the task and come back as events, so that nothing waits for the network.

use crate::effect::{Answer, Ask, AskId, Awaited, Effect, Event};
use crate::engine::{Desk, DeskOptions, journal_sentence};
use crate::error::{ApiError, ErrorCode};
use crate::port::{Broker, BrokerEvent, Clock, PageQuery, Store, Verification};
use crate::record::{Entry, Record};
use crate::view::{
    CheckView, InstrumentView, JournalEntryView, JournalPage, JournalQuery, MatchView, OrderView,
    PreviewOutcome, StreamMessage, VerificationView,
};
use gatehouse_domain::draft::DraftInput;
use gatehouse_domain::id::{AccountId, ConId, IntentId, PreviewId};
use gatehouse_domain::instant::UnixMillis;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};
use tokio::time::MissedTickBehavior;

/// How often the page is told what changed.
const BEAT: Duration = Duration::from_millis(100);
/// How many broker events are taken at once.
const EVENTS_AT_ONCE: usize = 256;
/// How far back orders are taken up from the journal: longer than a GTC order lives.
const LOOK_BACK: Duration = Duration::from_secs(400 * 24 * 3600);
/// The most entries in one page of the journal.
const JOURNAL_PAGE: u32 = 500;

/// Where the stream to the page goes. Returns false when nobody listens any more.
pub type Sink = Box<dyn FnMut(StreamMessage) -> bool + Send>;

enum Request {
    Ask {
        ask: Ask,
        answer: oneshot::Sender<Result<Answer, ApiError>>,
    },
    Attach {
        sink: Sink,
        answer: oneshot::Sender<Result<Answer, ApiError>>,
    },
    Stop {
        done: oneshot::Sender<()>,
    },
}

/// The page's side of the desk. Cheap to clone.
pub struct DeskHandle<B, S> {
    requests: mpsc::Sender<Request>,
    broker: Arc<B>,
    store: Arc<S>,
}

impl<B, S> Clone for DeskHandle<B, S> {
    fn clone(&self) -> Self {
        Self {
            requests: self.requests.clone(),
            broker: Arc::clone(&self.broker),
            store: Arc::clone(&self.store),
        }
    }
}

/// Starts the desk: takes up the orders of earlier runs from the journal, then follows the
/// broker's events. A journal that can't be read or written stops orders, not the portfolio.
pub async fn start<B: Broker, S: Store, C: Clock>(
    broker: B,
    events: mpsc::Receiver<BrokerEvent>,
    store: S,
    clock: C,
    version: &str,
    options: DeskOptions,
) -> DeskHandle<B, S> {
    let now = clock.now();
    let since = now
        .0
        .saturating_sub(i64::try_from(LOOK_BACK.as_millis()).unwrap_or(0));
    let mut desk = Desk::new(options, now);
    match store.replay(UnixMillis(since)).await {
        Ok(records) => {
            desk.restore(&records);
            let started = Record {
                at: now,
                account: None,
                intent: None,
                entry: Entry::Started {
                    version: version.to_owned(),
                },
            };
            let event = match store.append(std::slice::from_ref(&started)).await {
                Ok(head) => Event::Committed(head),
                Err(error) => Event::CommitFailed {
                    error,
                    records: vec![started],
                    awaited: Awaited::Nobody,
                },
            };
            // Neither has effects: nobody waits yet.
            desk.process(event, now);
        }
        Err(error) => {
            tracing::error!(%error, "the journal can't be read");
            desk.journal_unread(error.to_string());
        }
    }
    let (requests, inbox) = mpsc::channel(256);
    let broker = Arc::new(broker);
    let store = Arc::new(store);
    let (results, result_box) = mpsc::channel(256);
    let runtime = Runtime {
        desk,
        broker: Arc::clone(&broker),
        store: Arc::clone(&store),
        clock,
        waiting: HashMap::new(),
        next_ask: 1,
        sink: None,
        results,
    };
    tokio::spawn(runtime.run(inbox, events, result_box));
    DeskHandle {
        requests,
        broker,
        store,
    }
}

struct Runtime<B, S, C> {
    desk: Desk,
    broker: Arc<B>,
    store: Arc<S>,
    clock: C,
    waiting: HashMap<AskId, oneshot::Sender<Result<Answer, ApiError>>>,
    next_ask: u64,
    sink: Option<Sink>,
    results: mpsc::Sender<Event>,
}

impl<B: Broker, S: Store, C: Clock> Runtime<B, S, C> {
    async fn run(
        mut self,
        mut inbox: mpsc::Receiver<Request>,
        mut events: mpsc::Receiver<BrokerEvent>,
        mut results: mpsc::Receiver<Event>,
    ) {
        let mut beat = tokio::time::interval(BEAT);
        beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut batch = Vec::with_capacity(EVENTS_AT_ONCE);
        let mut broker_gone = false;
        loop {
            tokio::select! {
                biased;
                request = inbox.recv() => match request {
                    None => return,
                    Some(Request::Stop { done }) => {
                        // The receiver may have given up; there is nothing left to tell it.
                        let _ = done.send(());
                        return;
                    }
                    Some(Request::Attach { sink, answer }) => {
                        self.sink = Some(sink);
                        self.ask(Ask::Resync, answer).await;
                    }
                    Some(Request::Ask { ask, answer }) => self.ask(ask, answer).await,
                },
                Some(event) = results.recv() => self.take([event]).await,
                _ = beat.tick() => self.take([Event::Beat]).await,
                count = events.recv_many(&mut batch, EVENTS_AT_ONCE), if !broker_gone => {
                    if count == 0 {
                        broker_gone = true;
                    }
                    let taken: Vec<Event> = batch.drain(..).map(Event::Broker).collect();
                    self.take(taken).await;
                }
            }
        }
    }

    async fn ask(&mut self, ask: Ask, answer: oneshot::Sender<Result<Answer, ApiError>>) {
        let id = AskId(self.next_ask);
        self.next_ask += 1;
        self.waiting.insert(id, answer);
        self.take([Event::Ask { id, ask }]).await;
    }

    /// Processes events and carries out what comes of them. Records that nothing waits for
    /// are gathered and written in one go.
    async fn take(&mut self, events: impl IntoIterator<Item = Event>) {
        let now = self.clock.now();
        let mut records = Vec::new();
        for event in events {
            for effect in self.desk.process(event, now) {
                if let Effect::Commit {
                    records: more,
                    then,
                    awaited: Awaited::Nobody,
                } = effect
                {
                    records.extend(more);
                    debug_assert!(
                        then.is_empty(),
                        "what waits for a commit has somebody waiting"
                    );
                    continue;
                }
                if matches!(effect, Effect::Commit { .. }) {
                    let gathered = std::mem::take(&mut records);
                    self.commit(gathered, Vec::new(), Awaited::Nobody, now)
                        .await;
                }
                self.carry_out(effect, now).await;
            }
        }
        self.commit(records, Vec::new(), Awaited::Nobody, now).await;
    }

    async fn commit(
        &mut self,
        records: Vec<Record>,
        then: Vec<Effect>,
        awaited: Awaited,
        now: UnixMillis,
    ) {
        if !records.is_empty() {
            let written = self.store.append(&records).await;
            let failed = written.is_err();
            let event = match written {
                Ok(head) => Event::Committed(head),
                Err(error) => {
                    tracing::error!(%error, "the journal was not written");
                    Event::CommitFailed {
                        error,
                        records,
                        awaited,
                    }
                }
            };
            for effect in self.desk.process(event, now) {
                self.carry_out_plain(effect);
            }
            if failed {
                return;
            }
        }
        for effect in then {
            self.carry_out_plain(effect);
        }
    }

    async fn carry_out(&mut self, effect: Effect, now: UnixMillis) {
        match effect {
            Effect::Commit {
                records,
                then,
                awaited,
            } => self.commit(records, then, awaited, now).await,
            other => self.carry_out_plain(other),
        }
    }

    /// Everything that does not wait for the disk.
    fn carry_out_plain(&mut self, effect: Effect) {
        match effect {
            Effect::Commit { records, .. } => {
                // The engine never asks for a commit inside of one.
                tracing::error!(?records, "records were dropped: a commit inside a commit");
            }
            Effect::Answer { id, answer } => {
                if let Some(waiting) = self.waiting.remove(&id) {
                    // The page may have gone away meanwhile; the state is what counts.
                    let _ = waiting.send(answer);
                }
            }
            Effect::WhatIf { id, order } => self.beside(|broker| async move {
                Event::WhatIfAnswered {
                    id,
                    answer: broker.what_if(order).await,
                }
            }),
            Effect::Place { intent, order } => self.beside(|broker| async move {
                Event::PlaceAnswered {
                    intent,
                    answer: broker.place(order).await,
                }
            }),
            Effect::Cancel { order, key } => self.beside(move |broker| async move {
                Event::CancelAnswered {
                    order,
                    answer: broker.cancel(&key).await,
                }
            }),
            Effect::Lookup(con_id) => self.beside(move |broker| async move {
                Event::InstrumentAnswered {
                    con_id,
                    answer: broker.instrument(con_id).await,
                }
            }),
            Effect::Watch(contract) => self.broker.watch(&contract),
            Effect::Unwatch(con_id) => self.broker.unwatch(con_id),
            Effect::Publish(message) => {
                if let Some(sink) = &mut self.sink
                    && !sink(message)
                {
                    self.sink = None;
                }
            }
        }
    }

    fn beside<F>(&self, call: impl FnOnce(Arc<B>) -> F)
    where
        F: Future<Output = Event> + Send + 'static,
    {
        let call = call(Arc::clone(&self.broker));
        let results = self.results.clone();
        tokio::spawn(async move {
            let event = call.await;
            // The desk has stopped; its journal says what was under way.
            let _ = results.send(event).await;
        });
    }
}

fn stopped() -> ApiError {
    ApiError::new(
        ErrorCode::Internal,
        "Gatehouse is shutting down. Start it again.",
    )
}

impl<B: Broker, S: Store> DeskHandle<B, S> {
    async fn ask(&self, ask: Ask) -> Result<Answer, ApiError> {
        let (answer, reply) = oneshot::channel();
        self.send(Request::Ask { ask, answer }).await?;
        reply.await.map_err(|_| stopped())?
    }

    async fn send(&self, request: Request) -> Result<(), ApiError> {
        self.requests.send(request).await.map_err(|_| stopped())
    }

    /// Sends the stream to this sink from now on, beginning with a snapshot.
    ///
    /// # Errors
    /// When the desk has stopped.
    pub async fn attach(&self, sink: Sink) -> Result<(), ApiError> {
        let (answer, reply) = oneshot::channel();
        self.send(Request::Attach { sink, answer }).await?;
        reply.await.map_err(|_| stopped())?.map(|_| ())
    }

    /// Sends a new snapshot.
    ///
    /// # Errors
    /// When the desk has stopped.
    pub async fn resync(&self) -> Result<(), ApiError> {
        self.ask(Ask::Resync).await.map(|_| ())
    }

    /// Finds instruments by symbol or name.
    ///
    /// # Errors
    /// When the gateway can't be reached or refuses.
    pub async fn search(&self, pattern: &str) -> Result<Vec<MatchView>, ApiError> {
        let pattern = pattern.trim();
        if pattern.is_empty() {
            return Ok(Vec::new());
        }
        let found = self.broker.search(pattern).await;
        let found = found.map_err(|error| crate::engine::broker_error(&error))?;
        Ok(found
            .into_iter()
            .map(|m| MatchView {
                con_id: m.con_id.get(),
                symbol: m.symbol,
                kind: m.kind,
                exchange: m.exchange,
                currency: m.currency,
                name: m.name,
            })
            .collect())
    }

    /// Looks a contract up.
    ///
    /// # Errors
    /// When there is no such contract or the gateway can't be reached.
    pub async fn instrument(&self, con_id: i32) -> Result<InstrumentView, ApiError> {
        match self.ask(Ask::Instrument(parse_con_id(con_id)?)).await? {
            Answer::Instrument(view) => Ok(view),
            other => Err(unexpected(&other)),
        }
    }

    /// Keeps a contract's quote coming; it must have been looked up.
    ///
    /// # Errors
    /// When it has not been.
    pub async fn watch(&self, con_id: i32) -> Result<(), ApiError> {
        let con_id = parse_con_id(con_id)?;
        self.ask(Ask::Watch(con_id)).await.map(|_| ())
    }

    /// The page no longer shows the contract.
    ///
    /// # Errors
    /// When the desk has stopped.
    pub async fn unwatch(&self, con_id: i32) -> Result<(), ApiError> {
        let con_id = parse_con_id(con_id)?;
        self.ask(Ask::Unwatch(con_id)).await.map(|_| ())
    }

    /// What the rules say while the ticket is typed.
    ///
    /// # Errors
    /// When the instrument is not known any more.
    pub async fn check(&self, draft: DraftInput) -> Result<CheckView, ApiError> {
        match self.ask(Ask::Check(draft)).await? {
            Answer::Check(view) => Ok(view),
            other => Err(unexpected(&other)),
        }
    }

    /// Judges the draft and asks the broker what it would do.
    ///
    /// # Errors
    /// When the journal can't be written.
    pub async fn preview(&self, draft: DraftInput) -> Result<PreviewOutcome, ApiError> {
        match self.ask(Ask::Preview(draft)).await? {
            Answer::Preview(outcome) => Ok(outcome),
            other => Err(unexpected(&other)),
        }
    }

    /// The person confirmed the preview: places the order, once.
    ///
    /// # Errors
    /// When the preview is gone, a rule blocks it now, or the journal can't be written. Then
    /// nothing has been sent.
    pub async fn confirm(&self, preview: &str) -> Result<OrderView, ApiError> {
        match self.ask(Ask::Confirm(parse_preview(preview)?)).await? {
            Answer::Order(view) => Ok(*view),
            other => Err(unexpected(&other)),
        }
    }

    /// The person let the preview go.
    ///
    /// # Errors
    /// When the journal can't be written.
    pub async fn abandon(&self, preview: &str) -> Result<(), ApiError> {
        let preview = parse_preview(preview)?;
        self.ask(Ask::Abandon(preview)).await.map(|_| ())
    }

    /// Asks for a cancel of the order with this page key.
    ///
    /// # Errors
    /// When there is no such order, no link, or it can't be cancelled.
    pub async fn cancel(&self, key: &str) -> Result<(), ApiError> {
        self.ask(Ask::Cancel(key.to_owned())).await.map(|_| ())
    }

    /// Tries to connect now rather than at the end of the back-off.
    pub fn connect_now(&self) {
        self.broker.connect_now();
    }

    /// A page of the journal, newest first.
    ///
    /// # Errors
    /// When the query makes no sense or the journal can't be read.
    pub async fn journal(&self, query: JournalQuery) -> Result<JournalPage, ApiError> {
        let bad =
            |e: gatehouse_domain::id::InvalidId| ApiError::new(ErrorCode::BadInput, e.to_string());
        let limit = query.limit.clamp(1, JOURNAL_PAGE);
        let query = PageQuery {
            before: query.before,
            limit: limit + 1,
            account: query
                .account
                .as_deref()
                .map(AccountId::new)
                .transpose()
                .map_err(bad)?,
            intent: query
                .intent
                .as_deref()
                .map(IntentId::new)
                .transpose()
                .map_err(bad)?,
        };
        let mut records = self.store.page(&query).await.map_err(journal_error)?;
        let more = records.len() > limit as usize;
        records.truncate(limit as usize);
        let entries = records
            .into_iter()
            .map(|stored| JournalEntryView {
                seq: stored.seq,
                at: stored.record.at.into(),
                account: stored.record.account.as_ref().map(ToString::to_string),
                intent: stored.record.intent.as_ref().map(ToString::to_string),
                kind: stored.record.entry.kind().to_owned(),
                says: journal_sentence(&stored.record.entry),
                body: serde_json::to_string_pretty(&stored.record.entry)
                    .unwrap_or_else(|error| format!("This entry can't be shown: {error}")),
                hash: stored.hash,
            })
            .collect();
        Ok(JournalPage { entries, more })
    }

    /// Checks the journal's chain.
    ///
    /// # Errors
    /// When the journal can't be read.
    pub async fn verify_journal(&self) -> Result<VerificationView, ApiError> {
        Ok(match self.store.verify().await.map_err(journal_error)? {
            Verification::Intact(head) => VerificationView {
                intact: true,
                seq: head.seq,
                says: format!("All {} records are as they were written.", head.seq),
                hash: Some(head.hash),
            },
            Verification::Broken { seq, why } => VerificationView {
                intact: false,
                seq,
                hash: None,
                says: format!(
                    "Record {seq} is not as it was written: {why}. What comes after it can't be \
                     trusted. Keep the file and compare it with a backup."
                ),
            },
        })
    }

    /// Stops the desk; returns once nothing is under way in it any more.
    pub async fn stop(&self) {
        let (done, stopped) = oneshot::channel();
        if self.send(Request::Stop { done }).await.is_ok() {
            // An error says that the desk ended by itself.
            let _ = stopped.await;
        }
    }
}

fn journal_error(error: crate::port::StoreError) -> ApiError {
    ApiError::new(ErrorCode::Journal, error.to_string())
}

fn unexpected(answer: &Answer) -> ApiError {
    tracing::error!(?answer, "the engine answered another question");
    ApiError::new(
        ErrorCode::Internal,
        "Gatehouse mixed up an answer. Nothing was sent; try again.",
    )
}

fn parse_con_id(con_id: i32) -> Result<ConId, ApiError> {
    ConId::new(con_id)
        .ok_or_else(|| ApiError::new(ErrorCode::BadInput, "That is not an instrument."))
}

fn parse_preview(preview: &str) -> Result<PreviewId, ApiError> {
    PreviewId::parse(preview)
        .ok_or_else(|| ApiError::new(ErrorCode::BadInput, "That is not a preview."))
}
