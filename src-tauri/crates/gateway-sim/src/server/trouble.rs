//! Standing trouble and single blows: what is planned, and what actions do.

mod link;
mod path;

use std::collections::BTreeMap;
use std::sync::PoisonError;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::Instant;

use crate::messages::{ClientId, Request};
use crate::world::{ConId, OrderId, QuoteChange, WorldEvent};

use super::action::{Action, Planned, Trigger, When};
use super::bulletins::Bulletin;
use super::config::Faults;
use super::gateway::Gateway;
use super::{bulletins, by_hand, market};

use link::{announce, compete, disconnect, restore};

pub use path::{filled, filling, heard, meet, placed};

/// The longest step in which quotes are not told.
const TOLD_EVERY_MS: i64 = 250;
/// The longest single step: a month.
const LONGEST_STEP_MS: i64 = 31 * 86_400_000;

/// What is wrong at the moment, and what is going to be.
#[derive(Debug, Default)]
pub struct Trouble {
    /// 1100 was said and not yet taken back.
    pub upstream_down: bool,
    /// 10197 for every line.
    pub competing: bool,
    /// How far the told time is off.
    pub skew: i64,
    /// What waits for the link to come back: requests by session.
    waiting: Vec<(u64, ClientId, Request)>,
    /// Events that clients could not hear of.
    unheard: Vec<WorldEvent>,
    plan: Vec<Planned>,
    seen: BTreeMap<Trigger, u64>,
    begun: i64,
    /// How many requests came.
    pub requests: u64,
}

impl Trouble {
    /// What a scenario plans, counted from this moment (unix ms).
    pub fn planned(plan: Vec<Planned>, begun: i64) -> Self {
        Self {
            plan,
            begun,
            ..Self::default()
        }
    }

    /// Takes what is due out of the plan.
    fn due(&mut self, is_due: impl Fn(&Planned, i64) -> bool) -> Vec<Action> {
        let begun = self.begun;
        let (due, later) = std::mem::take(&mut self.plan)
            .into_iter()
            .partition(|planned| is_due(planned, begun));
        self.plan = later;
        Vec::from_iter(due)
            .into_iter()
            .map(|planned: Planned| planned.action)
            .collect()
    }
}

/// The faults in force.
pub fn faults(gateway: &Gateway) -> Faults {
    *gateway
        .faults
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
}

fn change_faults(gateway: &Gateway, change: impl FnOnce(&mut Faults)) {
    change(
        &mut gateway
            .faults
            .lock()
            .unwrap_or_else(PoisonError::into_inner),
    );
}

/// Lets happen what is planned for this moment.
pub fn on_time(gateway: &mut Gateway) {
    if gateway.trouble.plan.is_empty() {
        return;
    }
    let now = gateway.world.now();
    let is_due = |planned: &Planned, begun: i64| matches!(planned.when, When::After(ms) if now - begun >= ms);
    for action in gateway.trouble.due(is_due) {
        planned(gateway, action);
    }
}

/// Counts what a client did and lets happen what is planned for it.
pub fn on(gateway: &mut Gateway, trigger: Trigger) {
    let count = gateway.trouble.seen.entry(trigger).or_default();
    *count += 1;
    let count = *count;
    if gateway.trouble.plan.is_empty() {
        return;
    }
    let is_due = |planned: &Planned, _| planned.when == When::On(trigger, count);
    for action in gateway.trouble.due(is_due) {
        planned(gateway, action);
    }
}

fn planned(gateway: &mut Gateway, action: Action) {
    tracing::info!(?action, "as planned");
    if let Err(reason) = act(gateway, action) {
        tracing::error!(%reason, "what was planned cannot be done");
    }
}

/// Does it, and says what came of it.
///
/// # Errors
/// Why it cannot be done, in words.
pub fn act(gateway: &mut Gateway, action: Action) -> Result<Value, String> {
    match action {
        Action::Step { ms } => step(gateway, ms)?,
        Action::Jump { ms } => {
            if ms < 0 {
                return Err("time does not go back; skew-clock makes it look so".to_owned());
            }
            gateway.jump(ms);
        }
        Action::SkewClock { ms } => gateway.trouble.skew = ms,
        Action::SetPrice {
            instrument,
            bid,
            ask,
        } => {
            let con_id = instrument_named(gateway, &instrument)?;
            if !gateway.world.set_quote(con_id, bid, ask) {
                return Err(format!("{bid} x {ask} is no market for {instrument}"));
            }
            market::note(
                gateway,
                con_id,
                QuoteChange {
                    bid: true,
                    ask: true,
                    ..QuoteChange::default()
                },
            );
        }
        Action::Freeze { instrument } => {
            let con_id = instrument_named(gateway, &instrument)?;
            gateway.world.freeze(con_id);
        }
        Action::Thaw { instrument } => {
            let con_id = instrument_named(gateway, &instrument)?;
            gateway.world.thaw(con_id);
        }
        Action::LoseUpstream {} => {
            gateway.trouble.upstream_down = true;
            announce(gateway, 1100, None);
        }
        Action::RestoreUpstream { data_lost } => restore(gateway, data_lost),
        Action::Notice { code, text } => announce(gateway, code, text),
        Action::CompetingSession {} => compete(gateway),
        Action::EndCompetingSession {} => gateway.trouble.competing = false,
        Action::PacingError {} => announce(gateway, 100, None),
        Action::Disconnect { client } => disconnect(gateway, client),
        Action::Restart { next_valid_id } => {
            if let Some(id) = next_valid_id {
                gateway.world.roll_back_order_ids(OrderId::new(id));
            }
            gateway.trouble.upstream_down = false;
            gateway.trouble.waiting.clear();
            gateway.trouble.unheard.clear();
            gateway.changed();
            disconnect(gateway, None);
        }
        Action::ClosePort {} => drop(gateway.port.send_replace(false)),
        Action::OpenPort {} => drop(gateway.port.send_replace(true)),
        Action::Stall { ms } => {
            let until = Instant::now() + Duration::from_millis(ms.into());
            gateway.stalled.send_replace(until);
        }
        Action::Faults(faults) => change_faults(gateway, |present| *present = faults),
        Action::PlaceByHand(wanted) => {
            let perm_id = by_hand::place(gateway, wanted)?;
            let mut state = status(gateway);
            if let Value::Object(state) = &mut state {
                state.insert("perm-id".to_owned(), json!(perm_id));
            }
            return Ok(state);
        }
        Action::Bulletin {
            text,
            exchange,
            kind,
        } => bulletins::publish(
            gateway,
            Bulletin {
                kind,
                text,
                exchange,
            },
        ),
        Action::CancelByHand { perm_id } => by_hand::cancel(gateway, perm_id)?,
        Action::Status {} => {}
    }
    Ok(status(gateway))
}

fn status(gateway: &Gateway) -> Value {
    let clients: Vec<_> = gateway
        .sessions
        .values()
        .filter_map(|session| session.client_id)
        .collect();
    json!({
        "time": gateway.world.now(),
        "clients": clients,
        "open-orders": gateway.world.open_orders().len(),
        "completed-orders": gateway.world.completed_orders().len(),
        "upstream": !gateway.trouble.upstream_down,
        "requests": gateway.trouble.requests,
        "refused-for-pacing": gateway.pacing.refused,
        "faults": faults(gateway),
    })
}

/// Lets time pass, all of it, also under a clock that runs.
fn step(gateway: &mut Gateway, ms: i64) -> Result<(), String> {
    if !(0..=LONGEST_STEP_MS).contains(&ms) {
        return Err(format!(
            "a step of {ms} ms is not between 0 and {LONGEST_STEP_MS}"
        ));
    }
    let end = gateway.world.now().saturating_add(ms);
    gateway.shift_clock(ms);
    loop {
        let next = gateway.world.now().saturating_add(TOLD_EVERY_MS).min(end);
        let events = gateway.world.advance(next);
        gateway.tell(events);
        on_time(gateway);
        market::send_quotes(gateway);
        if gateway.world.now() >= end {
            return Ok(());
        }
    }
}

/// The one instrument with this number or name.
///
/// # Errors
/// When there is none, or more than one.
pub fn instrument_named(gateway: &Gateway, name: &str) -> Result<ConId, String> {
    if let Ok(number) = name.parse()
        && gateway.world.by_con_id(ConId::new(number)).is_some()
    {
        return Ok(ConId::new(number));
    }
    gateway
        .world
        .named(name)
        .ok_or_else(|| format!("there is no one instrument '{name}'"))
}
