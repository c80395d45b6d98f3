//! A login that is not what its profile expects, and profiles that only look.

use super::arming::live;
use super::*;
use crate::engine::ConnectionTerms;
use crate::error::ErrorCode;
use crate::view::{AccountLabel, CancelScope, Colour, LinkStateView, ProfileHead};
use gatehouse_domain::account::{Expects, Mode};

const LIVE: &str = "U1234567";

fn terms(expects: Expects, read_only: bool) -> ConnectionTerms {
    ConnectionTerms {
        profile: Some(ProfileHead {
            id: "main".into(),
            name: "Paper".into(),
            colour: None,
            expects,
            read_only,
        }),
        labels: vec![AccountLabel {
            account: MARGIN.into(),
            nickname: "Long term".into(),
            colour: Some(Colour::Teal),
        }],
        restart: None,
    }
}

fn set(bench: &mut Bench, terms: ConnectionTerms) {
    bench.ask(Ask::TakeTerms(Box::new(terms))).unwrap().unwrap();
}

fn go_on(bench: &mut Bench, typed: &str) -> Result<Answer, ApiError> {
    let typed = typed.to_owned();
    bench.ask(Ask::GoOn { typed }).unwrap()
}

fn stopped_by(bench: &mut Bench, draft: DraftInput) -> Vec<String> {
    match bench.preview_outcome(draft) {
        PreviewOutcome::Blocked { verdict } => verdict
            .findings
            .into_iter()
            .filter(|finding| finding.blocks)
            .map(|finding| finding.rule)
            .collect(),
        other => panic!("{other:?}"),
    }
}

fn live_order() -> DraftInput {
    draft("i-live", LIVE, Side::Buy, "1", "180.00")
}

#[test]
fn paper_expected_and_live_found_holds_everything_until_the_word_is_typed() {
    let mut bench = live();
    set(&mut bench, terms(Expects::Paper, false));
    let link = bench.desk.link_view();
    assert_eq!(link.state, LinkStateView::Held);
    let held = link.held.expect("it says so");
    assert_eq!((held.found, held.word.as_str()), (Mode::Live, "LIVE"));
    assert_eq!(held.accounts, [LIVE]);
    let rules = stopped_by(&mut bench, live_order());
    assert!(
        rules.contains(&"mode.expected-login".to_owned()),
        "{rules:?}"
    );
    assert!(
        rules.contains(&"link.up".to_owned()),
        "figures are not judged: {rules:?}"
    );
    let arm = Ask::Arm {
        minutes: 15,
        typed: "LIVE".into(),
    };
    assert!(bench.ask(arm.clone()).unwrap().is_err());

    for typed in ["", "PAPER", "yes"] {
        assert_eq!(
            go_on(&mut bench, typed).unwrap_err().code,
            ErrorCode::BadInput
        );
    }
    assert_eq!(bench.desk.link_view().state, LinkStateView::Held);
    go_on(&mut bench, " live ").unwrap();
    assert_eq!(bench.kinds().last(), Some(&"wentOn"));
    let link = bench.desk.link_view();
    assert_eq!((link.state, link.held), (LinkStateView::Up, None));
    // A live login is a live login all the same.
    bench.ask(arm).unwrap().unwrap();
    bench.preview(live_order());
}

#[test]
fn while_it_is_held_nothing_is_cancelled_and_a_stop_still_holds() {
    let mut bench = Bench::ready();
    bench.sent(buy("i-1"));
    set(&mut bench, terms(Expects::Live, false));
    assert_eq!(bench.desk.link_view().state, LinkStateView::Held);
    let everything = CancelScope::Everything { others_too: true };
    let refused = bench.ask(Ask::CancelMany(everything)).unwrap();
    assert_eq!(refused.unwrap_err().code, ErrorCode::Refused);
    bench.ask(Ask::StopTrading).unwrap().unwrap();
    assert_eq!((bench.cancels.len(), bench.cancels_of_all), (0, 0));
    assert!(bench.desk.trading_view().stopped_since.is_some());
}

#[test]
fn going_on_holds_for_these_accounts_over_a_lost_link_and_for_no_others() {
    let mut bench = live();
    set(&mut bench, terms(Expects::Paper, false));
    go_on(&mut bench, "LIVE").unwrap();
    super::lost_link::lose(&mut bench);
    super::arming::log_in(&mut bench);
    assert_eq!(bench.desk.link_view().state, LinkStateView::Up);
    bench.broker(BrokerEvent::Link(LinkState::Up(Session {
        server_version: 226,
        accounts: vec![account_id("U7654321")],
        client_id: 17,
        takes_over: false,
    })));
    bench.complete();
    assert_eq!(bench.desk.link_view().state, LinkStateView::Held);
}

#[test]
fn the_expected_login_and_a_changed_profile_hold_nothing() {
    let mut bench = Bench::ready();
    set(&mut bench, terms(Expects::Paper, false));
    assert_eq!(bench.desk.link_view().state, LinkStateView::Up);
    set(&mut bench, terms(Expects::Live, false));
    assert_eq!(bench.desk.link_view().state, LinkStateView::Held);
    set(&mut bench, terms(Expects::Either, false));
    assert_eq!(bench.desk.link_view().state, LinkStateView::Up);
    bench.preview(buy("i-1"));
}

#[test]
fn under_a_read_only_profile_no_order_goes_out_and_working_ones_can_be_cancelled() {
    let mut bench = Bench::ready();
    bench.sent(buy("i-1"));
    bench.broker(BrokerEvent::Order(listed(
        key("i-1", 1, 1),
        Report::Submitted,
    )));
    let preview = bench.preview(buy("i-2"));
    set(&mut bench, terms(Expects::Paper, true));
    assert!(bench.desk.link_view().read_only);
    // Not even what was previewed before.
    bench.confirm(&preview).unwrap_err();
    let rules = stopped_by(&mut bench, buy("i-3"));
    assert!(
        rules.contains(&"mode.profile-read-only".to_owned()),
        "{rules:?}"
    );
    assert_eq!(bench.placed.len(), 1);
    let no = bench.order("i-1").key;
    bench.ask(Ask::Cancel(no)).unwrap().unwrap();
    assert_eq!(bench.cancels.len(), 1);
}

#[test]
fn accounts_bear_the_names_that_the_person_gave_them() {
    let mut bench = Bench::ready();
    set(&mut bench, terms(Expects::Paper, false));
    let view = bench
        .desk
        .account_view(&bench.desk.accounts[&account_id(MARGIN)]);
    assert_eq!(view.nickname.as_deref(), Some("Long term"));
    assert_eq!(view.colour, Some(Colour::Teal));
    let other = bench
        .desk
        .account_view(&bench.desk.accounts[&account_id(ROTH)]);
    assert_eq!((other.nickname, other.colour), (None, None));
}

#[test]
fn an_order_of_another_login_is_not_taken_for_lost() {
    let mut bench = Bench::ready();
    bench.sent(buy("i-1"));
    bench.broker(BrokerEvent::Order(listed(
        key("i-1", 1, 1),
        Report::Submitted,
    )));
    super::lost_link::lose(&mut bench);
    bench.broker(BrokerEvent::Link(LinkState::Up(Session {
        server_version: 226,
        accounts: vec![account_id("DU9999999")],
        client_id: 17,
        takes_over: false,
    })));
    bench.complete();
    let order = bench.order("i-1");
    assert_ne!(order.state, crate::view::OrderStateView::NotAtBroker);
    let told = bench
        .desk
        .notices
        .iter()
        .any(|n| n.text.contains("not of this login"));
    assert!(told, "{:?}", bench.desk.notices);
    // Back with its own login, which lists it nowhere, it is.
    bench.connect();
    bench.complete();
    let order = bench.order("i-1");
    assert_eq!(order.state, crate::view::OrderStateView::NotAtBroker);
}

#[test]
fn a_locked_page_is_not_told_which_accounts_are_held() {
    let mut bench = live();
    set(&mut bench, terms(Expects::Paper, false));
    let told = |bench: &mut Bench| {
        bench.ask(Ask::Resync);
        bench.event(Event::Beat);
        let messages: Vec<_> = bench.published.drain(..).collect();
        serde_json::to_string(&messages).unwrap()
    };
    assert!(told(&mut bench).contains(LIVE));
    bench
        .ask(Ask::Lock("You locked it.".into()))
        .unwrap()
        .unwrap();
    let locked = told(&mut bench);
    assert!(!locked.contains(LIVE), "{locked}");
    assert!(locked.contains("\"state\":\"held\""), "{locked}");
    bench.ask(Ask::Unlock { wrong: 0 }).unwrap().unwrap();
    assert!(told(&mut bench).contains(LIVE));
}
