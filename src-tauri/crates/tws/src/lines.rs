//! Market-data lines: one task for each watched contract.

use crate::contract;
use crate::dividends;
use crate::faults;
use crate::lookup;
use crate::session::Live;
use crate::ticks::Reader;
use futures::{FutureExt, StreamExt};
use gatehouse_desk::port::broker::BrokerEvent;
use gatehouse_domain::contract::{Contract, SecurityKind};
use gatehouse_domain::id::ConId;
use gatehouse_domain::quote::Tick;
use ibapi::market_data::realtime::TickTypes;
use ibapi::subscriptions::{Subscription, SubscriptionItem};
use ibapi::{Error, SUBSCRIPTION_LAG_CODE};
use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::{AbortHandle, JoinSet};
use tokio::time::Instant;

/// Lines that a login has without buying more.
const LINES: usize = 100;
/// The most items that are told at once.
const BATCH: usize = 512;
/// After a gap the rest of the burst is let pass before the picture is asked for anew.
const AFTER_GAP: Duration = Duration::from_secs(1);
/// Until a line is tried again that was refused for a reason that passes.
const AFTER_REFUSAL: Duration = Duration::from_secs(60);

/// Keeps one line open for every watched contract. To close one costs a request as to open one
/// does; both wait for their turn, in an order that never has more lines open than there may be.
pub async fn run(live: Arc<Live>) {
    let mut changed = live.shared.watched_changed.subscribe();
    let mut tasks = JoinSet::new();
    let mut open: HashMap<ConId, AbortHandle> = HashMap::new();
    let closing = Arc::new(AtomicUsize::new(0));
    loop {
        changed.borrow_and_update();
        let wanted = live.shared.watched();
        let is_wanted: HashSet<ConId> = wanted.iter().map(|c| c.con_id).collect();
        let mut close: VecDeque<AbortHandle> = open
            .extract_if(|con_id, _| !is_wanted.contains(con_id))
            .map(|(_, task)| task)
            .collect();
        let mut start: VecDeque<Contract> = wanted
            .into_iter()
            .filter(|contract| !open.contains_key(&contract.con_id))
            .collect();
        let still_open = open.len() + close.len() + closing.load(Ordering::Relaxed);
        let mut free = LINES.saturating_sub(still_open);
        loop {
            let opens = free > 0 || close.is_empty();
            if let Some(contract) = opens.then(|| start.pop_front()).flatten() {
                free = free.saturating_sub(1);
                let turn = live.shared.pace.reserve(Instant::now());
                let con_id = contract.con_id;
                open.insert(con_id, tasks.spawn(line(live.clone(), contract, turn)));
            } else if let Some(task) = close.pop_front() {
                free += 1;
                closing.fetch_add(1, Ordering::Relaxed);
                let closed = closing.clone();
                let turn = live.shared.pace.reserve(Instant::now());
                tasks.spawn(async move {
                    tokio::time::sleep_until(turn).await;
                    task.abort();
                    closed.fetch_sub(1, Ordering::Relaxed);
                });
            } else {
                break;
            }
        }
        while tasks.try_join_next().is_some() {}
        if changed.changed().await.is_err() {
            return;
        }
    }
}

/// Why reading a line stopped.
enum Stop {
    /// The picture has to be asked for anew.
    Anew,
    /// The gateway refuses it.
    Refused { code: i32, text: String },
    /// The session is over.
    Ended,
}

async fn line(live: Arc<Live>, contract: Contract, turn: Instant) {
    let con_id = contract.con_id;
    let right = contract
        .derivative
        .and_then(|derivative| derivative.option)
        .map(|option| option.right);
    let mut data_lost = live.data_lost.subscribe();
    let mut delayed = live.delayed.subscribe();
    let contract = routed(&live, contract).await;
    let wire = contract::write(&contract);
    let mut turn = Some(turn);
    loop {
        data_lost.borrow_and_update();
        delayed.borrow_and_update();
        match turn.take() {
            Some(reserved) => tokio::time::sleep_until(reserved).await,
            None => live.shared.pace.turn().await,
        }
        let request = live
            .client
            .market_data(&wire)
            .generic_ticks(more(contract.kind));
        let stop = match request.subscribe().await {
            Ok(stream) => read(&live, Reader::new(con_id, right), stream, &mut data_lost).await,
            Err(error) => stop(error),
        };
        match stop {
            Stop::Ended => return,
            Stop::Anew => {}
            Stop::Refused { code, text } => {
                let refused = BrokerEvent::QuoteRefused { con_id, code, text };
                live.shared.tell(refused).await;
                let again = async {
                    if passes(code) {
                        tokio::time::sleep(AFTER_REFUSAL).await;
                    } else {
                        std::future::pending::<()>().await;
                    }
                };
                tokio::select! {
                    () = again => {}
                    changed = data_lost.changed() => if changed.is_err() { return },
                    changed = delayed.changed() => if changed.is_err() { return },
                }
            }
        }
    }
}

/// What is asked for beyond the quote: of an option its open interest, of what has options its
/// volatilities, of a share its dividends.
fn more(kind: SecurityKind) -> &'static [&'static str] {
    match kind {
        SecurityKind::Option | SecurityKind::FutureOption => &["101"],
        SecurityKind::Stock => &["104", "106", "456"],
        SecurityKind::Index => &["104", "106"],
        _ => &[],
    }
}

/// A contract that came without an exchange, as positions do, gets the one of its details.
async fn routed(live: &Live, contract: Contract) -> Contract {
    if !contract.exchange.is_empty() {
        return contract;
    }
    match lookup::instrument(live, contract.con_id).await {
        Ok(instrument) => instrument.contract,
        Err(_) => contract,
    }
}

/// Too many requests or lines, a line held by another login, a farm that is away.
fn passes(code: i32) -> bool {
    matches!(code, 0 | 100 | 101 | 322 | 10197)
}

fn stop(error: Error) -> Stop {
    match error {
        error if faults::ended(&error) => Stop::Ended,
        Error::Notice(notice) => Stop::Refused {
            code: notice.code,
            text: notice.message,
        },
        error => Stop::Refused {
            code: 0,
            text: format!(
                "Gatehouse can't read it: {}",
                faults::brief(&error.to_string())
            ),
        },
    }
}

async fn read(
    live: &Live,
    mut reader: Reader,
    mut stream: Subscription<TickTypes>,
    data_lost: &mut watch::Receiver<u64>,
) -> Stop {
    let mut gap_since: Option<Instant> = None;
    loop {
        let mended = gap_since.map(|at| at + AFTER_GAP);
        let mut next = tokio::select! {
            biased;
            item = stream.next() => item,
            _ = data_lost.changed() => return Stop::Anew,
            () = until(mended) => return Stop::Anew,
        };
        let at = live.shared.now();
        let mut ticks: Vec<Tick> = Vec::new();
        let mut read = 0;
        let stopped = loop {
            match next {
                Some(Ok(SubscriptionItem::Data(TickTypes::String(told)))) => {
                    if let Some(dividends) = dividends::read(&told) {
                        let told = BrokerEvent::Dividends {
                            con_id: reader.con_id(),
                            dividends,
                            at,
                        };
                        live.shared.tell(told).await;
                    }
                }
                Some(Ok(SubscriptionItem::Data(item))) => reader.take(&item, at, &mut ticks),
                Some(Ok(SubscriptionItem::Notice(n))) if n.code == SUBSCRIPTION_LAG_CODE => {
                    tracing::warn!(?reader, "ticks were dropped");
                    gap_since.get_or_insert_with(Instant::now);
                }
                Some(Ok(SubscriptionItem::Notice(notice))) => {
                    if matches!(notice.code, 10089 | 10090 | 10091 | 10167) {
                        reader.delayed();
                    }
                    live.notice(notice).await;
                }
                Some(Err(error)) => break Some(stop(error)),
                None => break Some(Stop::Anew),
            }
            read += 1;
            if read >= BATCH {
                break None;
            }
            // Without this the runtime's fairness would cut batches short.
            match tokio::task::unconstrained(stream.next()).now_or_never() {
                Some(item) => next = item,
                None => break None,
            }
        };
        if !ticks.is_empty() {
            live.shared.tell(BrokerEvent::Ticks(ticks)).await;
        }
        if mended.is_some_and(|at| at <= Instant::now()) {
            return Stop::Anew;
        }
        if let Some(stop) = stopped {
            return stop;
        }
    }
}

async fn until(at: Option<Instant>) {
    match at {
        Some(at) => tokio::time::sleep_until(at).await,
        None => std::future::pending().await,
    }
}
