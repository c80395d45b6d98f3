//! Limits on what clients may ask in how much time, with the codes that a gateway answers.
//!
//! All limits grow with the speed of the simulated time, so that a client in a fast world may do
//! as much in its time as in the real one. In a stepped world nothing is paced.
//!
//! A client that asks too much is refused with 100, and disconnected when it does so in three
//! different seconds. One that connects with `+PACEAPI` is slowed down instead: what it asks waits.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;

use crate::messages::BarsRequest;
use crate::world::ConId;

use super::gateway::Gateway;
use super::requests;
use super::session::{Asked, Session};

/// Messages a second, of all clients together.
const MESSAGES: f64 = 50.0;
/// Requests for bars of up to 30 seconds in ten minutes.
const SMALL_BARS: f64 = 60.0;
/// Of them, for one instrument and kind in two seconds.
const ALIKE: f64 = 6.0;
/// A client that exceeds the rate in this many seconds is disconnected.
const VIOLATIONS: u32 = 3;
const SECOND: Duration = Duration::from_secs(1);
/// What counts as a second: a client that keeps to the rate by its own clock must not be refused
/// because some of its messages took longer than others.
const WINDOW: Duration = Duration::from_millis(900);
const TEN_MINUTES: Duration = Duration::from_secs(600);
const VIOLATION: &str =
    "Historical Market Data Service error message:Historical data request pacing violation";

/// What was asked lately.
#[derive(Debug, Default)]
pub struct Pacing {
    /// Whether limits are in force.
    pub strict: bool,
    /// How many messages and requests for bars were refused.
    pub refused: u64,
    /// When they came and from which connection.
    messages: VecDeque<(Instant, u64)>,
    history: VecDeque<Bars>,
}

#[derive(Debug)]
struct Bars {
    at: Instant,
    con_id: ConId,
    what: String,
    /// Everything that makes two requests the same.
    whole: String,
}

impl Pacing {
    /// Limits that are in force or not.
    pub fn new(strict: bool) -> Self {
        Self {
            strict,
            ..Self::default()
        }
    }
}

/// Serves a message, lets it wait or refuses it.
pub fn meet(gateway: &mut Gateway, id: u64, at: Instant, asked: Asked) {
    let Some(session) = gateway.sessions.get_mut(&id) else {
        return;
    };
    if session.slowed && gateway.pacing.strict {
        session.waiting.push_back(asked);
        return release(gateway);
    }
    // A client that has not started yet would wait for ever.
    let starting = session.client_id.is_none();
    match over(gateway, id, at) {
        Some(count) if !starting => refuse(gateway, id, count),
        _ => requests::serve(gateway, id, asked),
    }
}

/// Serves what waits, as far as there is room.
pub fn release(gateway: &mut Gateway) {
    let waiting = |session: &Session| !session.waiting.is_empty();
    let ids: Vec<u64> = gateway
        .sessions
        .iter()
        .filter(|(_, session)| waiting(session))
        .map(|(id, _)| *id)
        .collect();
    let now = Instant::now();
    for id in ids {
        while gateway.sessions.get(&id).is_some_and(waiting) && over(gateway, id, now).is_none() {
            let next = gateway.sessions.get_mut(&id);
            if let Some(asked) = next.and_then(|session| session.waiting.pop_front()) {
                requests::serve(gateway, id, asked);
            }
        }
    }
}

/// Counts a message that came now; how many there were when it is one too many.
fn over(gateway: &mut Gateway, id: u64, now: Instant) -> Option<usize> {
    let allowed = MESSAGES * gateway.speed.max(1.0);
    let pacing = &mut gateway.pacing;
    if !pacing.strict || gateway.stepped {
        return None;
    }
    while pacing
        .messages
        .front()
        .is_some_and(|(at, _)| now.duration_since(*at) >= WINDOW)
    {
        pacing.messages.pop_front();
    }
    // A client that has left takes its share along.
    let sessions = &gateway.sessions;
    let connected = |(_, id): &&(Instant, u64)| sessions.contains_key(id);
    let count = pacing.messages.iter().filter(connected).count();
    if exceeds(count, allowed) {
        return Some(count + 1);
    }
    pacing.messages.push_back((now, id));
    None
}

/// Error 100, and the end of a client that did it in too many seconds.
fn refuse(gateway: &mut Gateway, id: u64, count: usize) {
    let allowed = MESSAGES * gateway.speed.max(1.0);
    let Some(session) = gateway.sessions.get_mut(&id) else {
        return;
    };
    gateway.pacing.refused += 1;

    let now = Instant::now();
    let (seconds, last) = &mut session.violations;
    if last.is_none_or(|last| now.duration_since(last) >= SECOND) {
        *last = Some(now);
        *seconds += 1;
    }
    let text = format!(
        "Max rate of messages per second has been exceeded:max={allowed:.0} rec={count} ({seconds})"
    );
    let enough = *seconds >= VIOLATIONS;
    tracing::info!("client {:?} is refused: {text}", session.client_id);
    gateway.error(id, -1, 100, text);
    if enough && let Some(session) = gateway.sessions.get_mut(&id) {
        tracing::warn!(client = ?session.client_id, "a client asks too much and is disconnected");
        session.closing = true;
    }
}

/// Counts a request for small bars.
///
/// # Errors
/// The code and the words of a pacing violation.
pub fn history(
    gateway: &mut Gateway,
    con_id: ConId,
    request: &BarsRequest,
) -> Result<(), (i32, String)> {
    let speed = gateway.speed.max(1.0);
    let pacing = &mut gateway.pacing;
    if !pacing.strict || gateway.stepped {
        return Ok(());
    }
    let now = Instant::now();
    while pacing
        .history
        .front()
        .is_some_and(|asked| now.duration_since(asked.at) >= TEN_MINUTES)
    {
        pacing.history.pop_front();
    }
    let whole = format!(
        "{} {} {} {}",
        request.end, request.bar_size, request.duration, request.contract.exchange
    );
    let within =
        |asked: &&Bars, seconds: f64| now.duration_since(asked.at).as_secs_f64() < seconds / speed;
    let alike = |asked: &&Bars| asked.con_id == con_id && asked.what == request.what_to_show;
    let same = pacing
        .history
        .iter()
        .any(|asked| within(&asked, 15.0) && alike(&asked) && asked.whole == whole);
    let close = pacing
        .history
        .iter()
        .filter(|asked| within(asked, 2.0) && alike(asked))
        .count();
    let weight = |what: &str| if what == "BID_ASK" { 2 } else { 1 };
    let before: usize = pacing.history.iter().map(|asked| weight(&asked.what)).sum();
    let total = before + weight(&request.what_to_show) - 1;
    if same || exceeds(close + 1, ALIKE) || exceeds(total, SMALL_BARS * speed) {
        pacing.refused += 1;
        return Err((162, VIOLATION.to_owned()));
    }
    pacing.history.push_back(Bars {
        at: now,
        con_id,
        what: request.what_to_show.clone(),
        whole,
    });
    Ok(())
}

/// Whether one more than `count` is too many.
fn exceeds(count: usize, allowed: f64) -> bool {
    // Counts are far below 2^53.
    count as f64 >= allowed
}
