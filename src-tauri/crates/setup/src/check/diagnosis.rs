//! What else is known of the computer makes some faults plainer.

use super::Plan;
use crate::fault::Fault;
use crate::find;
use crate::program::Program;
use jiff::civil::{Time, Weekday};

/// How long the gateway may be away for its daily restart, in minutes.
const RESTART_MINUTES: i64 = 15;

/// Nothing listens: because of what runs, what listens elsewhere, or what time it is.
pub(super) async fn of_the_port(fault: Fault, plan: &Plan) -> Fault {
    let Fault::NothingListens { address, .. } = fault else {
        return fault;
    };
    if let Some(at) = restarting(plan) {
        return Fault::NightlyRestart { address, at };
    }
    let mut elsewhere = find::listening(&plan.ports).await;
    elsewhere.retain(|port| *port != plan.port);
    // What runs and listens at another port is not waiting for its login.
    let waits = plan
        .running
        .iter()
        .copied()
        .find(|program| *program != Program::Simulated);
    match waits {
        Some(program) if elsewhere.is_empty() && login_day(plan) => {
            Fault::WeeklyLogin { address, program }
        }
        Some(program) if elsewhere.is_empty() => Fault::WaitsForLogin { address, program },
        _ => Fault::NothingListens { address, elsewhere },
    }
}

/// A greeting that goes wrong while the gateway restarts is part of that.
pub(super) fn of_the_greeting(fault: Fault, plan: &Plan) -> Fault {
    match (fault, restarting(plan)) {
        (Fault::ClosedAtOnce { address }, Some(at)) => Fault::NightlyRestart { address, at },
        (fault, _) => fault,
    }
}

/// When the gateway restarts, if that is about now.
fn restarting(plan: &Plan) -> Option<String> {
    let at = plan.restart_at?;
    let since = minutes_between(at, plan.now.time());
    (since <= RESTART_MINUTES).then(|| at.strftime("%H:%M").to_string())
}

/// From one time of day to the next time that it is the other, in minutes.
fn minutes_between(from: Time, to: Time) -> i64 {
    let minute = |time: Time| i64::from(time.hour()) * 60 + i64::from(time.minute());
    (minute(to) - minute(from)).rem_euclid(24 * 60)
}

/// IBKR ends the sessions of the week in the night to Sunday, in New York's time.
fn login_day(plan: &Plan) -> bool {
    plan.now
        .in_tz("America/New_York")
        .is_ok_and(|there| matches!(there.weekday(), Weekday::Sunday | Weekday::Monday))
}
