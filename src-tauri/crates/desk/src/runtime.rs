//! Carries the engine's effects out: one task owns the engine and does everything in order.
//!
//! Records are written and flushed before anything that waits for them is done. Calls to the
//! broker run beside the task and come back as events, so that nothing waits for the network.

mod handle;

pub use handle::DeskHandle;

use crate::effect::{Answer, Ask, AskId, Awaited, Effect, Event};
use crate::engine::{Desk, DeskOptions};
use crate::error::ApiError;
use crate::port::{Broker, BrokerEvent, Clock, Store};
use crate::record::{Entry, Record};
use crate::view::StreamMessage;
use gatehouse_domain::instant::UnixMillis;
use handle::Request;
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

/// Where the stream to the page goes. Returns false when nobody listens any more.
pub type Sink = Box<dyn FnMut(StreamMessage) -> bool + Send>;

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
            let mut records: Vec<Record> = [Some(started), desk.still_stopped(now)]
                .into_iter()
                .flatten()
                .collect();
            records.extend(desk.book_at_start(now));
            records.extend(desk.said_kinds_at_start(now));
            let event = match store.append(&records).await {
                Ok(head) => Event::Committed(head),
                Err(error) => Event::CommitFailed {
                    error,
                    records,
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
                    Some(Request::Ask { ask, answer }) => self.ask(*ask, answer).await,
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
            Effect::Change {
                order,
                key,
                changed,
            } => self.beside(move |broker| async move {
                Event::ChangeAnswered {
                    order,
                    answer: broker.change(changed, &key).await,
                }
            }),
            Effect::Cancel { order, key } => self.beside(move |broker| async move {
                Event::CancelAnswered {
                    order,
                    answer: broker.cancel(&key).await,
                }
            }),
            Effect::CancelAll => {
                self.beside(
                    |broker| async move { Event::CancelAllAnswered(broker.cancel_all().await) },
                )
            }
            Effect::Lookup(con_id) => self.beside(move |broker| async move {
                Event::InstrumentAnswered {
                    con_id,
                    answer: broker.instrument(con_id).await,
                }
            }),
            Effect::OptionClasses { id, underlying } => self.beside(move |broker| async move {
                Event::OptionClassesAnswered {
                    id,
                    con_id: underlying.con_id,
                    answer: broker.option_classes(&underlying).await,
                }
            }),
            Effect::Options {
                id,
                underlying,
                class,
                expiry,
            } => self.beside(move |broker| async move {
                Event::OptionsAnswered {
                    id,
                    con_id: underlying.con_id,
                    answer: broker.options(&underlying, &class, expiry).await,
                    class,
                    expiry,
                }
            }),
            Effect::VolatilityHistory { id, underlying } => self.beside(move |broker| async move {
                Event::VolatilityHistoryAnswered {
                    id,
                    con_id: underlying.con_id,
                    answer: broker.volatility_history(&underlying).await,
                }
            }),
            Effect::DayBars { id, contract } => self.beside(move |broker| async move {
                Event::DayBarsAnswered {
                    id,
                    answer: broker.day_bars(&contract).await,
                }
            }),
            Effect::ManyDayBars {
                id,
                account,
                con_id,
                contracts,
            } => self.beside(move |broker| async move {
                let mut answers = Vec::new();
                for contract in contracts {
                    answers.push((contract.con_id, broker.day_bars(&contract).await));
                }
                Event::ManyDayBarsAnswered {
                    id,
                    account,
                    con_id,
                    answers,
                }
            }),
            Effect::Watch(contract) => self.broker.watch(&contract),
            Effect::Unwatch(con_id) => self.broker.unwatch(con_id),
            Effect::UseDelayedData => self.broker.use_delayed_data(),
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
