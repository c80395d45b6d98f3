//! What the clock, the computer and IBKR do to the link.

use super::lost_link::lose;
use super::*;
use crate::engine::ConnectionTerms;
use crate::port::LinkFault;
use crate::view::{LinkStateView, Tone};
use gatehouse_domain::restart::NightlyRestart;
use std::time::Duration;

/// A desk whose gateway restarts ten minutes from now.
fn restarting() -> (Bench, UnixMillis) {
    let mut bench = Bench::ready();
    let minute = (bench.now.0.rem_euclid(86_400_000) / 60_000 + 10) % 1440;
    let text = format!("{}:{:02}", minute / 60, minute % 60);
    let at = NightlyRestart::parse_time(&text).unwrap();
    let restart = NightlyRestart::new(at, NightlyRestart::utc());
    let begins = restart.next(bench.now).unwrap();
    let terms = ConnectionTerms {
        restart: Some(restart),
        ..ConnectionTerms::default()
    };
    bench.ask(Ask::TakeTerms(Box::new(terms))).unwrap().unwrap();
    (bench, begins)
}

fn at(bench: &mut Bench, moment: UnixMillis) {
    bench.now = moment;
    bench.event(Event::Beat);
}

fn minutes(n: u64) -> Duration {
    Duration::from_secs(n * 60)
}

fn loudest(bench: &Bench) -> Option<Tone> {
    let tones = bench.desk.notices.iter().map(|notice| notice.tone);
    tones.max_by_key(|tone| match tone {
        Tone::Quiet => 0,
        Tone::Warning => 1,
        Tone::Alarm => 2,
    })
}

#[test]
fn the_nightly_restart_is_announced_and_is_no_alarm() {
    let (mut bench, begins) = restarting();
    bench.sent(buy("i-1"));
    bench.desk.notices.clear();
    assert_eq!(bench.desk.link_view().restart_at, None);
    at(&mut bench, UnixMillis(begins.0 - 290_000));
    at(&mut bench, UnixMillis(begins.0 - 200_000));
    assert_eq!(bench.desk.link_view().restart_at, Some(begins.into()));
    let told: Vec<_> = bench.desk.notices.iter().map(|n| n.text.as_str()).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("in 5 minutes"), "{told:?}");

    bench.now = begins.plus(Duration::from_secs(3));
    lose(&mut bench);
    let link = bench.desk.link_view();
    assert!(link.restarting);
    assert!(link.says.contains("as it does every day"), "{}", link.says);
    let later = begins.plus(minutes(3));
    at(&mut bench, later);
    bench.connect();
    bench.complete();
    assert!(!bench.desk.link_view().restarting);
    let history = bench.desk.quality.view(bench.now);
    assert_eq!((history.gaps.len(), history.drops_today), (1, 0));
    assert!(history.gaps[0].restart);
}

#[test]
fn a_gateway_that_stays_away_after_it_is_said_loudly() {
    let (mut bench, begins) = restarting();
    bench.now = begins.plus(Duration::from_secs(3));
    lose(&mut bench);
    bench.desk.notices.clear();
    at(&mut bench, begins.plus(minutes(14)));
    assert_eq!(loudest(&bench), None);
    at(&mut bench, begins.plus(minutes(16)));
    assert_eq!(loudest(&bench), Some(Tone::Warning));
    assert!(!bench.desk.link_view().restarting);
    at(&mut bench, begins.plus(minutes(17)));
    assert_eq!(bench.desk.notices.len(), 1, "once");
}

#[test]
fn a_loss_at_any_other_time_is_an_alarm() {
    let (mut bench, _) = restarting();
    bench.sent(buy("i-1"));
    lose(&mut bench);
    assert_eq!(loudest(&bench), Some(Tone::Alarm));
    assert!(!bench.desk.link_view().restarting);
}

#[test]
fn after_a_sleep_figures_are_stale_until_the_gateway_answers() {
    let mut bench = Bench::ready();
    bench.broker(BrokerEvent::Slept(minutes(1)));
    let link = bench.desk.link_view();
    assert_eq!(link.state, LinkStateView::Checking);
    assert!(link.says.contains("60 seconds"), "{}", link.says);
    match bench.preview_outcome(buy("i-1")) {
        PreviewOutcome::Blocked { verdict } => {
            assert!(
                verdict
                    .findings
                    .iter()
                    .any(|f| f.rule == "link.up" && f.blocks)
            );
        }
        other => panic!("{other:?}"),
    }
    bench.broker(BrokerEvent::Awake);
    assert_eq!(bench.desk.link_view().state, LinkStateView::Up);
    bench.broker(BrokerEvent::Slept(minutes(90)));
    bench.broker(BrokerEvent::Link(LinkState::Down {
        fault: LinkFault::Slept,
        retry_at: None,
    }));
    bench.connect();
    bench.complete();
    assert_eq!(bench.desk.link_view().state, LinkStateView::Up);
}

#[test]
fn a_gateway_that_is_not_wanted_is_no_fault() {
    let mut bench = Bench::ready();
    bench.broker(BrokerEvent::Link(LinkState::Down {
        fault: LinkFault::NotWanted,
        retry_at: None,
    }));
    let link = bench.desk.link_view();
    assert_eq!(link.state, LinkStateView::Off);
    assert!(link.says.contains("whenever you like"), "{}", link.says);
}

#[test]
fn two_sessions_that_throw_each_other_out_are_named_with_what_to_do() {
    let mut bench = Bench::ready();
    let cut = |bench: &mut Bench| {
        bench.broker(BrokerEvent::Upstream { connected: false });
        let says = bench.desk.link_view().says;
        bench.broker(BrokerEvent::Upstream { connected: true });
        bench.now = bench.now.plus(minutes(1));
        says
    };
    assert!(!cut(&mut bench).contains("somewhere else"));
    assert!(!cut(&mut bench).contains("somewhere else"));
    assert!(cut(&mut bench).contains("Log out there"));
    assert_eq!(bench.desk.link_view().state, LinkStateView::Up);
}

#[test]
fn data_that_another_login_took_is_told_once_for_all_its_lines() {
    let mut bench = Bench::ready();
    for _ in 0..20 {
        bench.broker(BrokerEvent::QuoteRefused {
            con_id: con_id(),
            code: 10197,
            text: "No market data during competing live session".into(),
        });
    }
    let told: Vec<_> = bench
        .desk
        .notices
        .iter()
        .filter(|n| n.code == Some(10197))
        .collect();
    assert_eq!(told.len(), 1);
    assert!(told[0].text.contains("Log out there"));
}

#[test]
fn prices_that_are_delayed_are_told_once_in_a_session_for_all_their_lines() {
    let mut bench = Bench::ready();
    let delayed = || BrokerEvent::Notice {
        code: 10167,
        text: "Requested market data is not subscribed. Displaying delayed market data.".into(),
    };
    let told = |bench: &Bench| {
        let notices = bench.desk.notices.iter();
        notices.filter(|n| n.code == Some(10167)).count()
    };
    for _ in 0..20 {
        bench.broker(delayed());
    }
    assert_eq!(told(&bench), 1);
    let says = &bench.desk.notices.back().unwrap().text;
    assert!(says.contains("delayed by about 15 minutes"), "{says}");
    bench.connect();
    bench.broker(delayed());
    assert_eq!(told(&bench), 2);
}
