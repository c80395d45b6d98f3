//! Live orders: off, armed for a time by a person, off again.

use super::lost_link::lose;
use super::*;
use crate::error::ErrorCode;
use std::time::Duration;

const LIVE: &str = "U1234567";

/// A complete link to a login with one live account.
pub(super) fn live() -> Bench {
    let mut bench = Bench::new();
    log_in(&mut bench);
    bench
}

pub(super) fn log_in(bench: &mut Bench) {
    bench.broker(BrokerEvent::Link(LinkState::Up(Session {
        server_version: 226,
        accounts: vec![account_id(LIVE)],
        client_id: 17,
        takes_over: false,
    })));
    let account = account_id(LIVE);
    let text = "INDIVIDUAL".into();
    bench.broker(BrokerEvent::AccountType {
        account: account.clone(),
        text,
    });
    bench.broker(BrokerEvent::AccountBase {
        account: account.clone(),
        currency: Currency::USD,
    });
    for tag in [Tag::SettledCash, Tag::TotalCashValue, Tag::NetLiquidation] {
        bench.broker(BrokerEvent::AccountFigure {
            account: account.clone(),
            tag,
            value: Some(dec("100000")),
        });
    }
    bench.complete();
    bench.event(Event::InstrumentAnswered {
        con_id: con_id(),
        answer: Ok(apple()),
    });
    bench.quote("179.98", "180.00");
}

fn arm(bench: &mut Bench, minutes: u32, typed: &str) -> Result<Answer, ApiError> {
    let typed = typed.to_owned();
    bench.ask(Ask::Arm { minutes, typed }).unwrap()
}

fn buy(intent: &str) -> DraftInput {
    draft(intent, LIVE, Side::Buy, "1", "180.00")
}

fn is_blocked(bench: &mut Bench) -> bool {
    match bench.preview_outcome(buy("never")) {
        PreviewOutcome::Blocked { verdict } => verdict.findings[0].rule == "mode.live-armed",
        _ => false,
    }
}

#[test]
fn live_orders_are_off_until_a_person_types_the_word_for_them() {
    let mut bench = live();
    assert!(is_blocked(&mut bench));
    for (minutes, typed) in [(15, ""), (15, "yes"), (0, "LIVE"), (24 * 60, "LIVE")] {
        let error = arm(&mut bench, minutes, typed).unwrap_err();
        assert_eq!(error.code, ErrorCode::BadInput, "{minutes} {typed}");
    }
    assert!(is_blocked(&mut bench));
    arm(&mut bench, 15, "live").unwrap();
    assert_eq!(bench.kinds().last(), Some(&"liveArmed"));
    let link = bench.desk.link_view();
    assert!(!link.read_only);
    assert!(link.armed_until.is_some());
    bench.preview(buy("i-1"));
}

#[test]
fn a_live_order_goes_out_only_with_the_account_s_last_characters_and_a_slip_costs_nothing() {
    let mut bench = live();
    arm(&mut bench, 15, "LIVE").unwrap();
    let preview = bench.preview(buy("i-1"));
    assert!(!preview.paper);
    for typed in [None, Some(""), Some("4568")] {
        let error = bench.confirm_typed(&preview, typed).unwrap_err();
        assert_eq!(error.code, ErrorCode::BadInput);
        assert!(bench.placed.is_empty());
    }
    bench.confirm_typed(&preview, Some("4567")).unwrap();
    assert_eq!(bench.placed.len(), 1);
    let says: Vec<String> = bench
        .records
        .iter()
        .map(|r| crate::engine::journal_sentence(&r.entry))
        .collect();
    assert!(
        says.iter()
            .any(|s| s.contains("typing the account's last characters")),
        "{says:?}"
    );
    // A second confirmation finds the order of the first.
    bench.confirm_typed(&preview, Some("4567")).unwrap();
    assert_eq!(bench.placed.len(), 1);
}

#[test]
fn the_time_ends_it_even_between_preview_and_confirmation() {
    let mut bench = live();
    arm(&mut bench, 1, "LIVE").unwrap();
    bench.now = bench.now.plus(Duration::from_secs(50));
    bench.quote("179.98", "180.00");
    let preview = bench.preview(buy("i-1"));
    bench.now = bench.now.plus(Duration::from_secs(10));
    bench.quote("179.98", "180.00");
    let error = bench.confirm_typed(&preview, Some("4567")).unwrap_err();
    assert_eq!(error.code, ErrorCode::Blocked, "{}", error.message);
    assert!(bench.placed.is_empty());
    bench.event(Event::Beat);
    assert_eq!(bench.kinds().last(), Some(&"liveDisarmed"));
    assert!(bench.desk.link_view().read_only);
}

#[test]
fn a_lost_link_turns_them_off_and_the_next_session_leaves_them_off() {
    let mut bench = live();
    arm(&mut bench, 15, "LIVE").unwrap();
    lose(&mut bench);
    assert!(bench.kinds().contains(&"liveDisarmed"));
    log_in(&mut bench);
    assert!(is_blocked(&mut bench));
}

#[test]
fn they_are_turned_off_by_hand_once_and_on_paper_there_is_nothing_to_arm() {
    let mut bench = live();
    arm(&mut bench, 15, "LIVE").unwrap();
    for _ in 0..2 {
        assert_eq!(bench.ask(Ask::Disarm).unwrap(), Ok(Answer::Done));
    }
    let off = bench
        .kinds()
        .iter()
        .filter(|k| **k == "liveDisarmed")
        .count();
    assert_eq!(off, 1);
    assert!(is_blocked(&mut bench));
    let mut paper = Bench::ready();
    assert!(arm(&mut paper, 15, "LIVE").is_err());
}

#[test]
fn a_journal_that_can_t_be_written_turns_them_off() {
    let mut bench = live();
    bench.disk_full = true;
    assert!(arm(&mut bench, 15, "LIVE").is_err());
    assert!(bench.desk.link_view().read_only);
}

#[test]
fn a_lock_and_a_person_who_goes_away_turn_them_off() {
    for ask in [
        Ask::Lock("You locked it.".into()),
        Ask::Away("The screen was locked.".into()),
    ] {
        let mut bench = live();
        arm(&mut bench, 30, "LIVE").unwrap();
        assert!(!is_blocked(&mut bench));
        bench.ask(ask);
        bench.ask(Ask::Unlock { wrong: 0 });
        assert!(is_blocked(&mut bench));
        assert!(bench.kinds().contains(&"liveDisarmed"));
    }
}
