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
const TEN_MINUTES: Duration = Duration::from_secs(600);
const VIOLATION: &str =
    "Historical Market Data Service error message:Historical data request pacing violation";

/// What was asked lately.
#[derive(Debug, Default)]
pub struct Pacing {
    /// Whether limits are in force.
    pub strict: bool,
    messages: VecDeque<Instant>,
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
pub fn meet(gateway: &mut Gateway, id: u64, asked: Asked) {
    let Some(session) = gateway.sessions.get_mut(&id) else {
        return;
    };
    if session.slowed && gateway.pacing.strict {
        session.waiting.push_back(asked);
        return release(gateway);
    }
    match over(gateway) {
        None => requests::serve(gateway, id, asked),
        Some(count) => refuse(gateway, id, count),
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
    for id in ids {
        while gateway.sessions.get(&id).is_some_and(waiting) && over(gateway).is_none() {
            let next = gateway.sessions.get_mut(&id);
            if let Some(asked) = next.and_then(|session| session.waiting.pop_front()) {
                requests::serve(gateway, id, asked);
            }
        }
    }
}

/// Counts a message; how many there were when it is one too many in this second.
fn over(gateway: &mut Gateway) -> Option<usize> {
    let allowed = MESSAGES * gateway.speed.max(1.0);
    let pacing = &mut gateway.pacing;
    if !pacing.strict || gateway.stepped {
        return None;
    }
    let now = Instant::now();
    while pacing
        .messages
        .front()
        .is_some_and(|at| now.duration_since(*at) >= SECOND)
    {
        pacing.messages.pop_front();
    }
    let count = pacing.messages.len();
    if exceeds(count, allowed) {
        return Some(count + 1);
    }
    pacing.messages.push_back(now);
    None
}

/// Error 100, and the end of a client that did it in too many seconds.
fn refuse(gateway: &mut Gateway, id: u64, count: usize) {
    let allowed = MESSAGES * gateway.speed.max(1.0);
    let Some(session) = gateway.sessions.get_mut(&id) else {
        return;
    };
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
