//! Cancelling a family, an instrument, an account, everything: none is lost.

use super::lost_link::{lose, restart};
use super::*;
use crate::error::ErrorCode;
use crate::port::BrokerError;
use crate::view::{CancelOutcome, CancelScope, FamilyRole, OrderStateView};

const EVERYTHING: CancelScope = CancelScope::Everything { others_too: false };

fn cancel(bench: &mut Bench, scope: CancelScope) -> CancelOutcome {
    match bench
        .ask(Ask::CancelMany(scope))
        .expect("an answer at once")
    {
        Ok(Answer::CancelMany(outcome)) => outcome,
        other => panic!("{other:?}"),
    }
}

fn counts(outcome: &CancelOutcome) -> [u32; 4] {
    let CancelOutcome {
        asked,
        waiting,
        under_way,
        elsewhere,
        ..
    } = outcome;
    [*asked, *waiting, *under_way, *elsewhere]
}

/// An order of ours that works.
fn working(bench: &mut Bench, intent: &str, account: &str, perm_id: i64) {
    bench.sent(draft(intent, account, Side::Buy, "10", "180.00"));
    let order_id = i32::try_from(perm_id).unwrap();
    bench.status(key(intent, perm_id, order_id), Report::Submitted, "0");
}

/// An order that another program made.
fn elsewhere(bench: &mut Bench, perm_id: i64, client_id: i32) {
    let key = OrderKey {
        perm_id: PermId::new(perm_id),
        order_id: OrderId::new(1),
        client_id: Some(client_id),
        order_ref: None,
    };
    bench.broker(BrokerEvent::Order(listed(key, Report::Submitted)));
}

fn cancelled_refs(bench: &Bench) -> Vec<&str> {
    bench
        .cancels
        .iter()
        .filter_map(|key| key.order_ref.as_deref())
        .collect()
}

#[test]
fn everything_is_one_cancel_for_every_working_order_each_in_the_journal() {
    let mut bench = Bench::ready();
    working(&mut bench, "i-1", MARGIN, 1);
    working(&mut bench, "i-2", ROTH, 2);
    working(&mut bench, "i-3", MARGIN, 3);
    bench.status(key("i-3", 3, 3), Report::Filled, "10");
    bench.records.clear();
    let outcome = cancel(&mut bench, EVERYTHING);
    assert_eq!(counts(&outcome), [2, 0, 0, 0]);
    assert_eq!(outcome.says, "Cancel asked for 2 orders.");
    assert_eq!(cancelled_refs(&bench), ["i-1", "i-2"]);
    assert_eq!(bench.kinds(), ["cancelAsked", "cancelAsked"]);
    assert_eq!(bench.order("i-1").state, OrderStateView::Cancelling);
    // Again is nothing.
    assert_eq!(counts(&cancel(&mut bench, EVERYTHING)), [0, 0, 2, 0]);
    assert_eq!(bench.cancels.len(), 2);
}

#[test]
fn an_account_and_an_instrument_are_cancelled_without_touching_the_others() {
    let mut bench = Bench::ready();
    working(&mut bench, "i-1", MARGIN, 1);
    working(&mut bench, "i-2", ROTH, 2);
    let account = ROTH.to_owned();
    assert_eq!(
        counts(&cancel(&mut bench, CancelScope::Account { account })),
        [1, 0, 0, 0]
    );
    assert_eq!(cancelled_refs(&bench), ["i-2"]);
    let other = CancelScope::Instrument {
        account: MARGIN.to_owned(),
        con_id: con_id().get() + 1,
    };
    assert_eq!(counts(&cancel(&mut bench, other)), [0, 0, 0, 0]);
    let apple = CancelScope::Instrument {
        account: MARGIN.to_owned(),
        con_id: con_id().get(),
    };
    assert_eq!(counts(&cancel(&mut bench, apple)), [1, 0, 0, 0]);
    assert_eq!(cancelled_refs(&bench), ["i-2", "i-1"]);
}

#[test]
fn the_cancels_go_out_even_when_nothing_can_be_written_and_are_written_later() {
    let mut bench = Bench::ready();
    working(&mut bench, "i-1", MARGIN, 1);
    working(&mut bench, "i-2", ROTH, 2);
    bench.records.clear();
    bench.disk_full = true;
    assert_eq!(counts(&cancel(&mut bench, EVERYTHING)), [2, 0, 0, 0]);
    assert_eq!(bench.cancels.len(), 2);
    assert!(bench.records.is_empty());
    bench.disk_full = false;
    for _ in 0..25 {
        bench.event(Event::Beat);
    }
    assert_eq!(bench.kinds(), ["cancelAsked", "cancelAsked"]);
}

#[test]
fn an_order_that_is_still_on_its_way_to_the_wire_is_cancelled_once_it_is_there() {
    let mut bench = Bench::ready();
    bench.wire_is_slow = true;
    bench.sent(buy("i-1"));
    let outcome = cancel(&mut bench, EVERYTHING);
    assert_eq!(counts(&outcome), [0, 1, 0, 0]);
    assert!(bench.cancels.is_empty());
    bench.event(Event::PlaceAnswered {
        intent: IntentId::new("i-1").unwrap(),
        answer: Ok(()),
    });
    assert_eq!(cancelled_refs(&bench), ["i-1"]);
}

#[test]
fn an_order_that_never_left_needs_no_cancel() {
    let mut bench = Bench::ready();
    bench.wire_is_slow = true;
    bench.sent(buy("i-1"));
    cancel(&mut bench, EVERYTHING);
    bench.event(Event::PlaceAnswered {
        intent: IntentId::new("i-1").unwrap(),
        answer: Err(crate::port::PlaceError::NotSent("no link".into())),
    });
    assert!(bench.cancels.is_empty());
    assert_eq!(bench.order("i-1").state, OrderStateView::Rejected);
}

#[test]
fn an_order_with_an_unknown_outcome_is_cancelled_once_the_gateway_has_listed_it() {
    let mut bench = Bench::ready();
    bench.sent(buy("i-1"));
    lose(&mut bench);
    bench.connect();
    assert_eq!(bench.order("i-1").state, OrderStateView::Unknown);
    let outcome = cancel(&mut bench, EVERYTHING);
    assert_eq!(counts(&outcome), [0, 1, 0, 0]);
    assert!(
        outcome.says.contains("as soon as the gateway knows it"),
        "{}",
        outcome.says
    );
    bench.broker(BrokerEvent::Order(listed(
        key("i-1", 7, 3),
        Report::Submitted,
    )));
    assert!(bench.cancels.is_empty());
    bench.complete();
    assert_eq!(cancelled_refs(&bench), ["i-1"]);
    assert_eq!(bench.cancels[0].perm_id, PermId::new(7));
}

#[test]
fn a_cancel_that_waits_while_the_link_goes_is_said_not_to_have_gone_out() {
    let mut bench = Bench::ready();
    bench.sent(buy("i-1"));
    lose(&mut bench);
    bench.connect();
    cancel(&mut bench, EVERYTHING);
    lose(&mut bench);
    let told = bench
        .desk
        .notices
        .iter()
        .any(|n| n.text.contains("before the cancel of"));
    assert!(told, "{:?}", bench.desk.notices);
    bench.connect();
    bench.broker(BrokerEvent::Order(listed(
        key("i-1", 7, 3),
        Report::Submitted,
    )));
    bench.complete();
    assert!(bench.cancels.is_empty(), "nothing is cancelled late");
    assert_eq!(bench.order("i-1").state, OrderStateView::Working);
}

#[test]
fn a_cancel_that_could_not_be_handed_over_leaves_the_order_as_it_was() {
    let mut bench = Bench::ready();
    bench.sent(buy("i-1"));
    bench.status(key("i-1", 7, 3), Report::PreSubmitted, "0");
    cancel(&mut bench, EVERYTHING);
    let no = bench.desk.known(&bench.order("i-1").key).unwrap();
    bench.event(Event::CancelAnswered {
        order: no,
        answer: Err(BrokerError::NotConnected),
    });
    assert_eq!(bench.order("i-1").state, OrderStateView::Held);
    assert!(bench.order("i-1").can_cancel);
}

#[test]
fn orders_made_elsewhere_are_counted_and_only_everything_reaches_them_when_asked_to() {
    let mut bench = Bench::ready();
    working(&mut bench, "i-1", MARGIN, 1);
    elsewhere(&mut bench, 50, 0);
    elsewhere(&mut bench, 51, 99);
    bench.records.clear();
    let outcome = cancel(&mut bench, EVERYTHING);
    assert_eq!(counts(&outcome), [1, 0, 0, 2]);
    assert!(
        outcome
            .says
            .contains("2 orders made in TWS or by other programs were not")
    );
    assert_eq!(bench.cancels_of_all, 0);
    bench.records.clear();
    let outcome = cancel(&mut bench, CancelScope::Everything { others_too: true });
    assert_eq!(counts(&outcome), [2, 0, 1, 0]);
    assert_eq!(bench.cancels_of_all, 1);
    assert_eq!(bench.kinds(), ["cancelAllAsked"]);
}

#[test]
fn a_cancel_of_all_that_could_not_be_handed_over_is_told_and_taken_back() {
    let mut bench = Bench::ready();
    elsewhere(&mut bench, 50, 0);
    cancel(&mut bench, CancelScope::Everything { others_too: true });
    bench.event(Event::CancelAllAnswered(Err(BrokerError::NotConnected)));
    let (_, order) = bench.desk.orders.iter().next().unwrap();
    assert_eq!(order.state, gatehouse_domain::order::OrderState::Working);
    assert_eq!(bench.kinds().last(), Some(&"cancelAllFailed"));
    let told = bench.desk.notices.back().unwrap();
    assert!(told.text.contains("were not cancelled"), "{}", told.text);
}

#[test]
fn a_cancel_of_all_needs_no_arming_on_a_live_login() {
    let mut bench = Bench::new();
    bench.broker(BrokerEvent::Link(LinkState::Up(Session {
        server_version: 226,
        accounts: vec![account_id("U1")],
        client_id: 17,
        takes_over: false,
    })));
    let answer = bench.ask(Ask::CancelMany(CancelScope::Everything {
        others_too: true,
    }));
    assert!(answer.unwrap().is_ok());
    assert_eq!(bench.cancels_of_all, 1);
}

#[test]
fn without_a_link_nothing_can_be_cancelled_and_that_is_said() {
    let mut bench = Bench::ready();
    working(&mut bench, "i-1", MARGIN, 1);
    lose(&mut bench);
    let error = bench.ask(Ask::CancelMany(EVERYTHING)).unwrap().unwrap_err();
    assert_eq!(error.code, ErrorCode::NotConnected);
    assert!(bench.cancels.is_empty());
}

#[test]
fn a_cancel_that_crosses_a_fill_is_no_failure() {
    let mut bench = Bench::ready();
    working(&mut bench, "i-1", MARGIN, 1);
    cancel(&mut bench, EVERYTHING);
    bench.status(key("i-1", 1, 1), Report::Filled, "10");
    let before = bench.desk.notices.len();
    bench.broker(BrokerEvent::OrderNotice {
        key: key("i-1", 1, 1),
        code: 10148,
        text: "OrderId 1 that needs to be cancelled cannot be cancelled, state: Filled.".into(),
    });
    assert_eq!(bench.desk.notices.len(), before);
    assert_eq!(bench.order("i-1").state, OrderStateView::Filled);
}

/// A bracket as the gateway lists it: the stop before its parent.
fn bracket(bench: &mut Bench) -> [String; 3] {
    let part = |perm_id: i64, order_id: i32, kind: &str, side: Side, parent: Option<i32>| {
        let key = OrderKey {
            perm_id: PermId::new(perm_id),
            order_id: OrderId::new(order_id),
            client_id: Some(17),
            order_ref: None,
        };
        let mut seen = listed(key, Report::PreSubmitted);
        seen.terms.order_type = kind.into();
        seen.terms.side = side;
        seen.ties.parent = parent.map(|id| {
            Box::new(OrderKey {
                order_id: OrderId::new(id),
                client_id: Some(17),
                ..OrderKey::default()
            })
        });
        seen
    };
    for seen in [
        part(12, 12, "STP", Side::Sell, Some(10)),
        part(10, 10, "LMT", Side::Buy, None),
        part(11, 11, "LMT", Side::Sell, Some(10)),
    ] {
        bench.broker(BrokerEvent::Order(seen));
    }
    [12, 10, 11].map(|perm_id| {
        let key = OrderKey {
            perm_id: PermId::new(perm_id),
            ..OrderKey::default()
        };
        super::super::views::order_key(bench.desk.orders.find(&key).unwrap())
    })
}

#[test]
fn a_bracket_is_one_family_whichever_part_is_listed_first() {
    let mut bench = Bench::ready();
    let [stop, entry, profit] = bracket(&mut bench);
    let family = |key: &str| {
        let no = bench.desk.known(key).unwrap();
        bench.desk.order_view(no).family.expect("a family")
    };
    for (key, role) in [
        (&stop, FamilyRole::Stop),
        (&entry, FamilyRole::Entry),
        (&profit, FamilyRole::TakeProfit),
    ] {
        assert_eq!(family(key).role, role);
        assert_eq!((&family(key).key, family(key).size), (&entry, 3));
    }
}

#[test]
fn a_family_is_cancelled_with_its_entry_first_and_no_other_order() {
    let mut bench = Bench::ready();
    let [stop, entry, profit] = bracket(&mut bench);
    working(&mut bench, "i-1", MARGIN, 1);
    let outcome = cancel(&mut bench, CancelScope::Family { key: profit });
    assert_eq!(counts(&outcome), [3, 0, 0, 0]);
    let ids: Vec<i32> = bench
        .cancels
        .iter()
        .filter_map(|key| key.order_id)
        .map(OrderId::get)
        .collect();
    assert_eq!(ids, [10, 12, 11], "{stop} {entry}");
    assert_eq!(bench.order("i-1").state, OrderStateView::Working);
}

#[test]
fn a_group_of_which_one_cancels_the_others_is_a_family_within_its_account() {
    let mut bench = Bench::ready();
    for (perm_id, account, group) in [
        (1, MARGIN, "g"),
        (2, MARGIN, "g"),
        (3, ROTH, "g"),
        (4, MARGIN, "h"),
    ] {
        let mut seen = listed(
            key("", perm_id, i32::try_from(perm_id).unwrap()),
            Report::Submitted,
        );
        seen.key.order_ref = None;
        seen.terms.account = account_id(account);
        seen.ties.oca_group = Some(group.into());
        bench.broker(BrokerEvent::Order(seen));
    }
    let sizes: Vec<Option<u32>> = bench
        .desk
        .orders
        .numbers()
        .map(|no| bench.desk.order_view(no).family.map(|f| f.size))
        .collect();
    assert_eq!(sizes, [Some(2), Some(2), None, None]);
}

#[test]
fn cancels_that_the_journal_holds_are_not_asked_again_after_a_restart() {
    let mut bench = Bench::ready();
    working(&mut bench, "i-1", MARGIN, 1);
    cancel(&mut bench, EVERYTHING);
    bench.cancels.clear();
    restart(&mut bench);
    assert!(bench.cancels.is_empty());
}

#[test]
fn a_bracket_made_here_is_a_family_at_once_and_waits_for_the_wire_as_one() {
    let mut bench = Bench::ready();
    bench.wire_is_slow = true;
    bench.sent(super::family::bracket("i-1"));
    let roles = ["i-1", "i-1-tp", "i-1-sl"].map(|intent| {
        let family = bench.order(intent).family.expect("a family");
        assert_eq!((family.key, family.size), (bench.order("i-1").key, 3));
        family.role
    });
    assert_eq!(
        roles,
        [FamilyRole::Entry, FamilyRole::TakeProfit, FamilyRole::Stop]
    );
    let outcome = cancel(&mut bench, EVERYTHING);
    assert_eq!(counts(&outcome), [0, 3, 0, 0]);
    bench.event(Event::PlaceAnswered {
        intent: IntentId::new("i-1").unwrap(),
        answer: Ok(()),
    });
    assert_eq!(cancelled_refs(&bench), ["i-1", "i-1-tp", "i-1-sl"]);
}
