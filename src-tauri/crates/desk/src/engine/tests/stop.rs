//! Stopped by a person, over restarts, until a person lifts it; and reasons that are typed
//! against a rule.

use super::lost_link::lose;
use super::*;
use crate::error::ErrorCode;
use gatehouse_rules::{Reason, Severity};

fn stop(bench: &mut Bench) -> String {
    match bench.ask(Ask::StopTrading) {
        Some(Ok(Answer::CancelMany(outcome))) => {
            assert_eq!(outcome.reached, bench.desk.is_connected());
            outcome.says
        }
        other => panic!("{other:?}"),
    }
}

fn blocked_by(bench: &mut Bench, intent: &str) -> Vec<String> {
    match bench.preview_outcome(buy(intent)) {
        PreviewOutcome::Blocked { verdict } => verdict
            .findings
            .into_iter()
            .filter(|finding| finding.blocks)
            .map(|finding| finding.rule)
            .collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn stopping_cancels_every_order_of_the_login_and_lets_no_other_out() {
    let mut bench = Bench::ready();
    bench.sent(buy("one"));
    bench.broker(BrokerEvent::Order(listed(
        key("one", 1, 1),
        Report::Submitted,
    )));
    stop(&mut bench);
    assert_eq!(bench.cancels.len(), 1);
    // Orders of other programs too.
    assert_eq!(bench.cancels_of_all, 1);
    assert_eq!(blocked_by(&mut bench, "two"), ["mode.stopped"]);
    assert!(bench.kinds().contains(&"tradingStopped"));
}

#[test]
fn an_order_that_was_previewed_before_the_stop_does_not_go_out_after_it() {
    let mut bench = Bench::ready();
    let preview = bench.preview(buy("one"));
    stop(&mut bench);
    let error = bench.confirm(&preview).unwrap_err();
    assert_eq!(error.code, ErrorCode::Blocked);
    assert!(bench.placed.is_empty());
}

#[test]
fn a_stop_survives_restarts_until_it_is_lifted() {
    let mut bench = Bench::ready();
    stop(&mut bench);
    let mut again = bench.restarted();
    again.complete();
    assert_eq!(blocked_by(&mut again, "one"), ["mode.stopped"]);
    // A new run writes it anew, with the moment at which it began.
    let noted = again.desk.still_stopped(UnixMillis(START.0 + 1)).unwrap();
    assert_eq!(noted.entry, Entry::TradingStopped { since: START });
    again.records = [bench.records, vec![noted]].concat();
    let mut third = again.restarted();
    third.complete();
    assert_eq!(blocked_by(&mut third, "one"), ["mode.stopped"]);
    third.records.splice(0..0, again.records);
    assert_eq!(third.ask(Ask::ResumeTrading), Some(Ok(Answer::Done)));
    third.preview(buy("two"));
    let mut fourth = third.restarted();
    fourth.complete();
    fourth.preview(buy("three"));
}

#[test]
fn a_stop_without_a_link_holds_and_says_that_nothing_was_cancelled() {
    let mut bench = Bench::ready();
    bench.sent(buy("one"));
    lose(&mut bench);
    assert!(stop(&mut bench).contains("nothing could be cancelled"));
    assert!(bench.cancels.is_empty());
    bench.connect();
    bench.complete();
    bench.quote("180.00", "180.02");
    assert_eq!(blocked_by(&mut bench, "two"), ["mode.stopped"]);
    assert!(bench.cancels.is_empty(), "nothing is cancelled later");
}

#[test]
fn a_full_disk_neither_keeps_a_stop_from_holding_nor_lets_one_be_lifted() {
    let mut bench = Bench::ready();
    bench.disk_full = true;
    stop(&mut bench);
    assert!(bench.desk.stopped.is_some());
    let error = bench.ask(Ask::ResumeTrading).unwrap().unwrap_err();
    assert_eq!(error.code, ErrorCode::Journal);
    assert!(bench.desk.stopped.is_some());
    bench.disk_full = false;
    assert_eq!(bench.ask(Ask::ResumeTrading), Some(Ok(Answer::Done)));
    let last = bench.kinds();
    let at = |kind| last.iter().rposition(|k| *k == kind);
    assert!(at("tradingStopped") < at("tradingResumed"));
}

/// A desk whose cap of 5 may be overridden.
fn capped() -> Bench {
    let mut bench = Bench::ready();
    bench.desk.options.book = RuleBook::default()
        .with_number("cap.quantity", "most", dec("5"))
        .and_then(|book| book.with_severity("cap.quantity", Some(Severity::Override)))
        .unwrap();
    bench
}

fn confirm_because(
    bench: &mut Bench,
    preview: &PreviewView,
    rule: &str,
    text: &str,
) -> Result<Answer, ApiError> {
    let reasons = vec![Reason {
        rule: rule.into(),
        text: text.into(),
    }];
    bench
        .ask(Ask::Confirm {
            preview: PreviewId::parse(&preview.id).unwrap(),
            typed: None,
            reasons,
        })
        .unwrap()
}

#[test]
fn a_rule_that_asks_for_a_reason_lets_nothing_out_without_one() {
    let mut bench = capped();
    let preview = bench.preview(buy("one"));
    let asks: Vec<&str> = preview
        .verdict
        .findings
        .iter()
        .filter(|finding| finding.needs_reason)
        .map(|finding| finding.rule.as_str())
        .collect();
    assert_eq!(asks, ["cap.quantity"]);
    assert!(preview.verdict.clear);
    for (rule, text) in [
        ("cap.value", "a rebalance of the year"),
        ("cap.quantity", "because   "),
    ] {
        let error = confirm_because(&mut bench, &preview, rule, text).unwrap_err();
        assert_eq!(error.code, ErrorCode::BadInput, "{text:?}");
    }
    assert!(bench.placed.is_empty());
    // The preview is still there.
    confirm_because(
        &mut bench,
        &preview,
        "cap.quantity",
        "a rebalance of the year",
    )
    .unwrap();
    assert_eq!(bench.placed.len(), 1);
    let written = bench.records.iter().find_map(|record| match &record.entry {
        Entry::Approved { reasons, .. } => Some(reasons.clone()),
        _ => None,
    });
    assert_eq!(
        written.unwrap(),
        [Reason {
            rule: "cap.quantity".into(),
            text: "a rebalance of the year".into()
        }]
    );
}

#[test]
fn a_rule_that_asks_only_since_the_preview_stops_the_order() {
    let mut bench = capped();
    let book = std::mem::take(&mut bench.desk.options.book);
    let preview = bench.preview(buy("one"));
    bench.desk.options.book = book;
    let error = bench.confirm(&preview).unwrap_err();
    assert_eq!(error.code, ErrorCode::PreviewGone);
    assert!(bench.placed.is_empty());
}
