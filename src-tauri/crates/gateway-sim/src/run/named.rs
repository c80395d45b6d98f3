//! The scenarios that come with the gateway.

use crate::server::{Action, DropPoint, Faults, Planned, SimConfig, Trigger, When};
use crate::world::{Hours, OpeningAccount, Scenario};

use super::{Run, accounts};

/// The names that [`by_name`] knows, each with what it is.
pub const NAMES: [(&str, &str); 9] = [
    (
        "three-accounts",
        "an individual margin account, a Roth IRA and an LLC under one login",
    ),
    (
        "single",
        "one individual margin account; orders need not name it",
    ),
    (
        "cash-ira",
        "one IRA that may not borrow, with unsettled cash",
    ),
    (
        "hong-kong",
        "one account in Hong Kong dollars with shares in board lots",
    ),
    (
        "market-closed",
        "three-accounts on a Saturday, with opening hours",
    ),
    (
        "delayed-data",
        "three-accounts without a subscription to live data",
    ),
    (
        "thousand-accounts",
        "1,000 accounts with up to 100 positions each",
    ),
    ("live", "three-accounts with account ids of the live kind"),
    (
        "hostile",
        "three-accounts, and everything goes wrong again and again",
    ),
];

/// 3 January 2026 15:00 UTC, a Saturday.
const SATURDAY: i64 = Scenario::DEFAULT_START + 86_400_000;

/// The scenario of this name, or `None`.
pub fn by_name(name: &str, seed: u64) -> Option<Run> {
    let of = |accounts: Vec<OpeningAccount>| Scenario {
        accounts,
        ..Scenario::single(seed)
    };
    let run = |scenario: Scenario| Run {
        config: SimConfig::new(scenario.paying_dividends()),
        start_is_fixed: false,
    };
    let mut made = run(match name {
        "cash-ira" => of(accounts::cash_ira()),
        "hong-kong" => of(accounts::hong_kong()),
        "thousand-accounts" => of(accounts::thousand()),
        "single" => Scenario::single(seed),
        "live" => Scenario::live(seed),
        "three-accounts" | "market-closed" | "delayed-data" | "hostile" => {
            Scenario::three_accounts(seed)
        }
        _ => return None,
    });
    match name {
        "market-closed" => {
            made.config.scenario.start = SATURDAY;
            made.config.scenario.hours = Hours::Exchange;
            made.start_is_fixed = true;
        }
        "delayed-data" => made.config.live_data = false,
        "hostile" => {
            made.config.faults = NASTY;
            made.config.plan = hostilities();
        }
        _ => {}
    }
    Some(made)
}

/// What a client of `hostile` has to bear all the time.
const NASTY: Faults = Faults {
    mute_accounts: false,
    slow_answers: None,
    close_on_accept: false,
    silent_handshake: false,
    announce_version: None,
    drop_mid_frame: None,
    huge_frame: None,
    garbage: None,
    one_byte_writes: true,
    silent: false,
    mute_what_if: false,
    silent_after_what_if: false,
    what_if_unset_first: true,
    drop_on_place: None,
    repeat_statuses: true,
    reorder_statuses: true,
    delayed_instead: false,
    no_market_data: false,
    read_only: false,
    advisor_limits: false,
    stuck_client_id: None,
    next_valid_id: None,
    unset: None,
};

/// Ten rounds of five minutes each.
fn hostilities() -> Vec<Planned> {
    let lost = |point| {
        Action::Faults(Faults {
            drop_on_place: Some(point),
            ..NASTY
        })
    };
    let notice = |code| Action::Notice { code, text: None };
    let mut plan = Vec::new();
    for round in 0..10 {
        let mut after = |seconds: i64, action| {
            let when = When::After((round * 300 + seconds) * 1_000);
            plan.push(Planned { when, action });
        };
        after(30, Action::LoseUpstream {});
        after(
            40,
            Action::RestoreUpstream {
                data_lost: round % 2 == 0,
            },
        );
        after(60, notice(2103));
        after(62, notice(2105));
        after(64, notice(2157));
        after(70, notice(2104));
        after(72, notice(2106));
        after(74, notice(2158));
        after(90, Action::CompetingSession {});
        after(100, Action::EndCompetingSession {});
        after(120, Action::PacingError {});
        after(150, Action::Disconnect { client: None });
        after(180, notice(2110));
        after(190, Action::RestoreUpstream { data_lost: false });
        after(
            240,
            Action::Restart {
                next_valid_id: Some(1),
            },
        );
    }
    let points = [
        DropPoint::AfterActing,
        DropPoint::AfterAcknowledging,
        DropPoint::BeforeFill,
        DropPoint::AfterFill,
        DropPoint::BeforeActing,
    ];
    for (nth, point) in (2..).step_by(3).zip(points) {
        let when = When::On(Trigger::Order, nth);
        let action = lost(point);
        plan.push(Planned { when, action });
    }
    plan
}
