//! Market-data lines: one task for each watched contract, opened and closed one after another.

use crate::contract;
use crate::dividends;
use crate::faults;
use crate::lookup;
use crate::pace::Turn;
use crate::session::Live;
use crate::ticks::Reader;
use futures::{FutureExt, StreamExt};
use gatehouse_desk::port::broker::BrokerEvent;
use gatehouse_domain::contract::{Contract, SecurityKind};
use gatehouse_domain::derivative::Right;
use gatehouse_domain::id::ConId;
use gatehouse_domain::quote::Tick;
use ibapi::market_data::realtime::TickTypes;
use ibapi::subscriptions::{Subscription, SubscriptionItem};
use ibapi::{Error, SUBSCRIPTION_LAG_CODE};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinSet;
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
/// does. At each turn the next one is done that is wanted by then, in an order that never has
/// more lines open than there may be.
pub async fn run(live: Arc<Live>) {
    let mut changed = live.shared.watched_changed.subscribe();
    let mut lines = Lines::default();
    loop {
        let turn = live.shared.pace.turn();
        tokio::pin!(turn);
        let (step, turn) = loop {
            changed.borrow_and_update();
            lines.want(&live, live.shared.watched());
            let next = lines.next();
            if next.is_none() {
                // Who waits for nothing must not stand in line.
                turn.set(live.shared.pace.turn());
            }
            tokio::select! {
                biased;
                going_on = changed.changed() => if going_on.is_err() { return },
                Some(found) = lines.lookups.join_next() => lines.routed.extend(found.ok()),
                turn = &mut turn, if next.is_some() => break (next, turn),
            }
        };
        match step {
            Some(Step::Open(contract)) => lines.open(&live, &contract, turn).await,
            Some(Step::Close(con_id)) => lines.close(con_id).await,
            None => {}
        }
    }
}

/// What to do at the next turn.
#[derive(Debug, PartialEq)]
enum Step {
    Open(Contract),
    Close(ConId),
}

#[derive(Default)]
struct Lines {
    wanted: Vec<Contract>,
    /// How each open line is told to close.
    open: BTreeMap<ConId, watch::Sender<bool>>,
    tasks: JoinSet<()>,
    /// Contracts that came without an exchange, as positions do, with the one of their details.
    routed: HashMap<ConId, Contract>,
    looked_up: HashSet<ConId>,
    lookups: JoinSet<(ConId, Contract)>,
}

impl Lines {
    fn want(&mut self, live: &Arc<Live>, wanted: Vec<Contract>) {
        for contract in wanted.iter().filter(|c| c.exchange.is_empty()) {
            if self.looked_up.insert(contract.con_id) {
                let (live, contract) = (live.clone(), contract.clone());
                self.lookups.spawn(async move {
                    let found = lookup::instrument(&live, contract.con_id).await;
                    let routed = found.map_or(contract, |instrument| instrument.contract);
                    (routed.con_id, routed)
                });
            }
        }
        self.wanted = wanted;
    }

    fn next(&self) -> Option<Step> {
        let wanted: HashSet<ConId> = self.wanted.iter().map(|c| c.con_id).collect();
        let close = self.open.keys().find(|con_id| !wanted.contains(con_id));
        let mut ready = self.wanted.iter().filter_map(|contract| {
            let known = (!contract.exchange.is_empty()).then_some(contract);
            known.or_else(|| self.routed.get(&contract.con_id))
        });
        let open = ready.find(|contract| !self.open.contains_key(&contract.con_id));
        match (open, close) {
            (Some(contract), None) => Some(Step::Open(contract.clone())),
            (Some(contract), _) if self.open.len() < LINES => Some(Step::Open(contract.clone())),
            (_, Some(con_id)) => Some(Step::Close(*con_id)),
            (None, None) => None,
        }
    }

    async fn open(&mut self, live: &Arc<Live>, contract: &Contract, turn: Turn) {
        let mut line = Line::new(live.clone(), contract);
        let asked = line.ask(turn).await;
        let (close, closed) = watch::channel(false);
        self.tasks.spawn(line.follow(asked, closed));
        self.open.insert(contract.con_id, close);
        while self.tasks.try_join_next().is_some() {}
    }

    /// Returns once the gateway has been told: the next line may need its place.
    async fn close(&mut self, con_id: ConId) {
        if let Some(line) = self.open.remove(&con_id) {
            line.send_replace(true);
            line.closed().await;
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

struct Line {
    live: Arc<Live>,
    con_id: ConId,
    kind: SecurityKind,
    right: Option<Right>,
    wire: ibapi::contracts::Contract,
    stream: Option<Subscription<TickTypes>>,
    /// The request for it, until something comes of it.
    asked: Option<Turn>,
    data_lost: watch::Receiver<u64>,
    delayed: watch::Receiver<bool>,
}

impl Line {
    fn new(live: Arc<Live>, contract: &Contract) -> Self {
        let option = contract.derivative.and_then(|derivative| derivative.option);
        Self {
            con_id: contract.con_id,
            kind: contract.kind,
            right: option.map(|option| option.right),
            wire: contract::write(contract),
            stream: None,
            asked: None,
            data_lost: live.data_lost.subscribe(),
            delayed: live.delayed.subscribe(),
            live,
        }
    }

    /// Asks for the line; the turn for it has come.
    async fn ask(&mut self, turn: Turn) -> Result<(), Error> {
        self.live.shared.pace.awaits(turn);
        self.asked = Some(turn);
        self.data_lost.borrow_and_update();
        self.delayed.borrow_and_update();
        let request = self.live.client.market_data(&self.wire);
        let asked = request.generic_ticks(more(self.kind)).subscribe().await;
        self.stream = Some(asked?);
        Ok(())
    }

    /// Reads until the line is to be closed, or the session ends.
    async fn follow(mut self, asked: Result<(), Error>, mut close: watch::Receiver<bool>) {
        tokio::select! {
            biased;
            _ = close.wait_for(|close| *close) => {}
            () = self.keep(asked) => {}
        }
        if let Some(stream) = self.stream.take() {
            stream.cancel().await;
        }
    }

    async fn keep(&mut self, mut asked: Result<(), Error>) {
        loop {
            let stop = match (asked, &mut self.stream) {
                (Err(error), _) => stop(error),
                (Ok(()), None) => Stop::Anew,
                (Ok(()), Some(stream)) => {
                    let reader = Reader::new(self.con_id, self.right);
                    let (asked, data_lost) = (&mut self.asked, &mut self.data_lost);
                    read(&self.live, reader, stream, asked, data_lost).await
                }
            };
            let refused = match stop {
                Stop::Ended => return,
                Stop::Anew => None,
                Stop::Refused { code, text } => {
                    let con_id = self.con_id;
                    let refused = BrokerEvent::QuoteRefused { con_id, code, text };
                    self.live.shared.tell(refused).await;
                    Some(code)
                }
            };
            if self.stream.is_some() {
                // Letting go of it is said to the gateway.
                self.live.shared.pace.turn().await;
                self.stream = None;
            }
            if let Some(code) = refused
                && self.rest(code).await.is_err()
            {
                return;
            }
            let turn = self.live.shared.pace.turn().await;
            asked = self.ask(turn).await;
        }
    }

    /// Waits until what was refused may be asked for again.
    async fn rest(&mut self, code: i32) -> Result<(), watch::error::RecvError> {
        let again = async {
            if passes(code) {
                tokio::time::sleep(AFTER_REFUSAL).await;
            } else {
                std::future::pending::<()>().await;
            }
        };
        tokio::select! {
            () = again => Ok(()),
            changed = self.data_lost.changed() => changed,
            changed = self.delayed.changed() => changed,
        }
    }
}

/// What is asked for beyond the quote: of an option its open interest, of what has options its
/// volatilities, of a share its dividends.
fn more(kind: SecurityKind) -> &'static [&'static str] {
    match kind {
        SecurityKind::Option | SecurityKind::FutureOption => &["101"],
        SecurityKind::Stock => &["104", "106", "165", "456"],
        SecurityKind::Index => &["104", "106"],
        _ => &[],
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
    stream: &mut Subscription<TickTypes>,
    asked: &mut Option<Turn>,
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
        if let (Some(Ok(_)), Some(turn)) = (&next, asked.take()) {
            live.shared.pace.answered(turn);
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use gatehouse_testkit as kit;

    fn contract(n: usize) -> Contract {
        let mut contract = kit::apple().contract;
        contract.con_id = ConId::new(i32::try_from(n).unwrap() + 1).unwrap();
        contract
    }

    fn wanting(contracts: std::ops::Range<usize>) -> Lines {
        Lines {
            wanted: contracts.map(contract).collect(),
            ..Lines::default()
        }
    }

    /// Takes every step until there is none, as if each were carried out.
    async fn settle(lines: &mut Lines) -> Vec<Step> {
        let mut steps = Vec::new();
        while let Some(step) = lines.next() {
            match &step {
                Step::Open(contract) => {
                    lines
                        .open
                        .insert(contract.con_id, watch::Sender::new(false));
                }
                Step::Close(con_id) => lines.close(*con_id).await,
            }
            assert!(lines.open.len() <= LINES);
            steps.push(step);
        }
        steps
    }

    #[tokio::test]
    async fn a_line_makes_room_before_the_next_one_takes_it() {
        let mut lines = wanting(0..LINES);
        assert_eq!(settle(&mut lines).await.len(), LINES);
        lines.wanted = (50..LINES + 50).map(contract).collect();
        assert_eq!(settle(&mut lines).await.len(), 100);
        let open: Vec<_> = lines.open.keys().copied().collect();
        let wanted: Vec<_> = lines.wanted.iter().map(|c| c.con_id).collect();
        assert_eq!(open, wanted);
    }

    #[tokio::test]
    async fn what_is_not_wanted_any_more_at_its_turn_costs_nothing() {
        let mut lines = wanting(0..40);
        lines.wanted = (40..42).map(contract).collect();
        assert_eq!(settle(&mut lines).await.len(), 2);
    }

    #[tokio::test]
    async fn a_contract_without_an_exchange_waits_for_one_and_holds_nobody_up() {
        let mut lines = Lines::default();
        let (mut held, other) = (contract(0), contract(1));
        let routed = held.clone();
        held.exchange.clear();
        lines.wanted = vec![held, other.clone()];
        assert_eq!(settle(&mut lines).await, [Step::Open(other)]);
        lines.routed.insert(routed.con_id, routed.clone());
        assert_eq!(settle(&mut lines).await, [Step::Open(routed)]);
    }
}
