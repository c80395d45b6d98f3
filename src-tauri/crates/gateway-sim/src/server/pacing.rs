//! Limits on what clients may ask in how much time, with the codes that a gateway answers.
//!
//! All limits grow with the speed of the simulated time, so that a client in a fast world may do
//! as much in its time as in the real one. In a stepped world nothing is paced.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;

use crate::messages::BarsRequest;
use crate::world::ConId;

use super::gateway::Gateway;

/// Messages a second, of all clients together.
const MESSAGES: f64 = 50.0;
/// Requests for bars of up to 30 seconds in ten minutes.
const SMALL_BARS: f64 = 60.0;
/// Of them, for one instrument and kind in two seconds.
const ALIKE: f64 = 6.0;
const TEN_MINUTES: Duration = Duration::from_secs(600);
const VIOLATION: &str =
    "Historical Market Data Service error message:Historical data request pacing violation";

/// What was asked lately.
#[derive(Debug, Default)]
pub struct Pacing {
    /// Whether limits are in force.
    pub strict: bool,
    messages: VecDeque<Instant>,
    history: VecDeque<Asked>,
}

#[derive(Debug)]
struct Asked {
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

/// Counts a message; the words to answer when it is one too many in this second.
pub fn message(gateway: &mut Gateway) -> Option<String> {
    let allowed = MESSAGES * gateway.speed.max(1.0);
    let pacing = &mut gateway.pacing;
    if !pacing.strict || gateway.stepped {
        return None;
    }
    let now = Instant::now();
    while pacing
        .messages
        .front()
        .is_some_and(|at| now.duration_since(*at) >= Duration::from_secs(1))
    {
        pacing.messages.pop_front();
    }
    let count = pacing.messages.len();
    if exceeds(count, allowed) {
        return Some(format!(
            "Max rate of messages per second has been exceeded:max={allowed:.0} rec={}",
            count + 1
        ));
    }
    pacing.messages.push_back(now);
    None
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
        |asked: &&Asked, seconds: f64| now.duration_since(asked.at).as_secs_f64() < seconds / speed;
    let alike = |asked: &&Asked| asked.con_id == con_id && asked.what == request.what_to_show;
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
    let total: usize = pacing.history.iter().map(|asked| weight(&asked.what)).sum();
    if same || exceeds(close + 1, ALIKE) || exceeds(total, SMALL_BARS * speed) {
        return Err((162, VIOLATION.to_owned()));
    }
    pacing.history.push_back(Asked {
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
