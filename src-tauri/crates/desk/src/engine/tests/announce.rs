//! What is told unasked: fills, refusals, a lost link, what changed meanwhile, what was blocked.

use super::lost_link::{lose, restart};
use super::*;
use crate::view::{NoticeAbout, NoticeView, OrderMend};

fn newest(bench: &Bench) -> &NoticeView {
    bench.desk.notices.back().expect("a notice")
}

fn told(bench: &Bench, about: NoticeAbout) -> Vec<String> {
    let told = bench.desk.notices.iter().filter(|n| n.about == Some(about));
    told.map(|n| n.text.clone()).collect()
}

fn works(bench: &mut Bench, intent: &str, perm_id: i64) {
    bench.sent(buy(intent));
    let order_id = i32::try_from(perm_id).unwrap();
    bench.status(key(intent, perm_id, order_id), Report::Submitted, "0");
}

#[test]
fn a_fill_is_told_once_with_its_price() {
    let mut bench = Bench::ready();
    works(&mut bench, "i-1", 7);
    bench.execution(key("i-1", 7, 7), "e-1", "10", "179.98");
    bench.status(key("i-1", 7, 7), Report::Filled, "10");
    bench.event(Event::Beat);
    bench.event(Event::Beat);
    assert_eq!(
        told(&bench, NoticeAbout::Fill),
        ["Bought 10 AAPL at 179.98 in DU1."]
    );
}

#[test]
fn many_fills_at_once_are_one_sentence() {
    let mut bench = Bench::ready();
    for n in 1..=5 {
        works(&mut bench, &format!("i-{n}"), n);
    }
    for n in 1..=5 {
        let intent = format!("i-{n}");
        let order_id = i32::try_from(n).unwrap();
        bench.status(key(&intent, n, order_id), Report::Filled, "10");
    }
    bench.event(Event::Beat);
    assert_eq!(told(&bench, NoticeAbout::Fill), ["5 orders filled."]);
}

#[test]
fn a_refusal_is_told_in_plain_words_with_its_code_and_a_warning_is_not_one() {
    let mut bench = Bench::ready();
    works(&mut bench, "i-1", 7);
    let notice = |code: i32, text: &str| BrokerEvent::OrderNotice {
        key: key("i-1", 7, 7),
        code,
        text: text.into(),
    };
    for code in [399, 404, 2109] {
        bench.broker(notice(code, "a word"));
    }
    assert!(told(&bench, NoticeAbout::Reject).is_empty());
    bench.broker(notice(201, "Order rejected - reason:Insufficient funds"));
    let [only] = &told(&bench, NoticeAbout::Reject)[..] else {
        panic!("{:?}", bench.desk.notices);
    };
    assert!(
        only.contains("Buy 10 AAPL") && only.contains("can't carry"),
        "{only}"
    );
    assert_eq!(newest(&bench).code, Some(201));
    let order = bench.order("i-1");
    let trouble = order.trouble.expect("trouble");
    assert_eq!(trouble.mends, [OrderMend::Account]);
    assert_eq!(
        trouble.original,
        "Order rejected - reason:Insufficient funds"
    );
    assert_eq!(order.notes.len(), 3);
}

#[test]
fn a_cancelled_order_has_no_trouble() {
    let mut bench = Bench::ready();
    works(&mut bench, "i-1", 7);
    bench.broker(BrokerEvent::OrderNotice {
        key: key("i-1", 7, 7),
        code: 202,
        text: "Order Canceled - reason:".into(),
    });
    assert_eq!(bench.order("i-1").trouble, None);
    assert!(told(&bench, NoticeAbout::Reject).is_empty());
}

#[test]
fn a_lost_link_is_told_outside_the_window_only_when_orders_are_open() {
    let mut bench = Bench::ready();
    lose(&mut bench);
    assert!(told(&bench, NoticeAbout::Disconnect).is_empty());
    bench.connect();
    bench.complete();
    works(&mut bench, "i-1", 7);
    lose(&mut bench);
    let [only] = &told(&bench, NoticeAbout::Disconnect)[..] else {
        panic!("{:?}", bench.desk.notices);
    };
    assert!(only.contains("1 order open"), "{only}");
}

#[test]
fn after_a_gap_one_sentence_says_what_changed_meanwhile() {
    let mut bench = Bench::ready();
    for n in 1..=4 {
        works(&mut bench, &format!("i-{n}"), n);
    }
    lose(&mut bench);
    bench.connect();
    let list = |bench: &mut Bench, n: i64, report: Report, filled: Option<&str>| {
        let order_id = i32::try_from(n).unwrap();
        let mut seen = listed(key(&format!("i-{n}"), n, order_id), report);
        seen.filled = filled.map(dec);
        bench.broker(BrokerEvent::Order(seen));
    };
    list(&mut bench, 1, Report::Filled, Some("10"));
    list(&mut bench, 2, Report::Cancelled, None);
    list(&mut bench, 3, Report::Submitted, Some("4"));
    list(&mut bench, 4, Report::Submitted, None);
    let mut foreign = listed(key("", 50, 1), Report::Submitted);
    foreign.key.client_id = Some(0);
    foreign.key.order_ref = None;
    bench.broker(BrokerEvent::Order(foreign));
    assert!(told(&bench, NoticeAbout::Fill).is_empty());
    bench.complete();
    assert_eq!(
        newest(&bench).text,
        "While the link was down: 1 order filled, 1 order filled in part, 1 order was cancelled \
         and 1 new order appeared."
    );
    bench.event(Event::Beat);
    assert!(told(&bench, NoticeAbout::Fill).is_empty(), "told once");
}

#[test]
fn a_gap_in_which_nothing_happened_is_said_quietly_and_only_when_orders_were_open() {
    let mut bench = Bench::ready();
    lose(&mut bench);
    let before = bench.desk.notices.len();
    bench.connect();
    bench.complete();
    assert_eq!(bench.desk.notices.len(), before);
    works(&mut bench, "i-1", 7);
    lose(&mut bench);
    bench.connect();
    bench.broker(BrokerEvent::Order(listed(
        key("i-1", 7, 7),
        Report::Submitted,
    )));
    bench.complete();
    assert_eq!(
        newest(&bench).text,
        "While the link was down nothing happened to the 1 order that was open."
    );
}

#[test]
fn what_changed_while_the_program_was_closed_is_said_at_the_start() {
    let mut bench = Bench::ready();
    works(&mut bench, "i-1", 7);
    // The order is listed nowhere afterwards.
    restart(&mut bench);
    assert_eq!(
        newest(&bench).text,
        "While Gatehouse was closed: 1 order was not found at IBKR."
    );
}

#[test]
fn what_the_rules_stopped_is_kept_over_a_restart() {
    let mut bench = Bench::ready();
    bench.preview_outcome(draft("i-1", ROTH, Side::Sell, "100", "180.00"));
    let views = bench.desk.blocked_views(bench.now);
    let [only] = &views[..] else {
        panic!("{views:?}");
    };
    assert_eq!(only.account.as_deref(), Some(ROTH));
    assert!(
        only.says.contains("Blocked: Sell 100 AAPL"),
        "{}",
        only.says
    );
    restart(&mut bench);
    assert_eq!(bench.desk.blocked_views(bench.now).len(), 1);
    let tomorrow = bench.now.plus(std::time::Duration::from_secs(25 * 3600));
    assert!(bench.desk.blocked_views(tomorrow).is_empty());
}
