//! Brackets.

use super::*;
use crate::view::{OrderStateView, Tone};
use gatehouse_domain::exits::ExitsInput;

pub(super) fn bracket(intent: &str) -> DraftInput {
    DraftInput {
        exits: Some(ExitsInput {
            take_profit: "190".into(),
            with_stop: true,
            stop_price: "175".into(),
            until_cancelled: true,
            ..ExitsInput::default()
        }),
        ..buy(intent)
    }
}

/// A bracket of which the broker has acknowledged all three.
fn acknowledged(bench: &mut Bench) {
    bench.sent(bracket("i-1"));
    for (n, intent) in (1..).zip(["i-1", "i-1-tp", "i-1-sl"]) {
        bench.status(key(intent, 9000 + n, n as i32), Report::PreSubmitted, "0");
    }
}

fn rejected(bench: &mut Bench, intent: &str, n: i32) {
    bench.broker(BrokerEvent::OrderNotice {
        key: key(intent, 9000 + i64::from(n), n),
        code: 201,
        text: "Order rejected".into(),
    });
}

fn alarms(bench: &Bench) -> usize {
    bench
        .desk
        .notices
        .iter()
        .filter(|notice| notice.tone == Tone::Alarm)
        .count()
}

#[test]
fn a_bracket_is_one_confirmation_and_three_orders_written_before_any_is_sent() {
    let mut bench = Bench::ready();
    bench.records.clear();
    let preview = bench.preview(bracket("i-1"));
    assert_eq!(
        preview.details,
        [
            "Take profit: sell 10 at 190.00 or better; wins about 100.00 USD.",
            "Stop: sell 10 at the market once it reaches 175.00 (stop); loses about 50.00 USD.",
            "Reward to risk: 2 to 1, before commissions and slippage.",
        ]
    );
    bench.confirm(&preview).unwrap();
    bench.confirm(&preview).unwrap();
    assert_eq!(
        bench.kinds(),
        [
            "judged",
            "previewed",
            "judged",
            "approved",
            "attached",
            "attached"
        ]
    );
    assert_eq!(bench.placed.len(), 1);
    let stop = bench.order("i-1-sl");
    assert_eq!((stop.side, stop.stop_price), (Side::Sell, Some(dec("175"))));
}

#[test]
fn a_bracket_on_a_full_disk_leaves_no_order_behind() {
    let mut bench = Bench::ready();
    let preview = bench.preview(bracket("i-1"));
    bench.disk_full = true;
    assert!(bench.confirm(&preview).is_err());
    assert!(bench.placed.is_empty());
    assert_eq!(bench.desk.orders.numbers().count(), 0);
    bench.disk_full = false;
    bench.sent(bracket("i-1"));
    assert_eq!(bench.desk.orders.numbers().count(), 3);
}

#[test]
fn a_refused_stop_cancels_its_entry_and_is_told() {
    let mut bench = Bench::ready();
    acknowledged(&mut bench);
    rejected(&mut bench, "i-1-sl", 3);
    let cancelled: Vec<_> = bench
        .cancels
        .iter()
        .filter_map(|key| key.order_ref.as_deref())
        .collect();
    assert_eq!(cancelled, ["i-1", "i-1-tp"]);
    assert_eq!(bench.order("i-1").state, OrderStateView::Cancelling);
    assert_eq!(alarms(&bench), 1);
}

#[test]
fn a_stop_refused_after_a_fill_keeps_the_other_exit_and_sounds_the_alarm() {
    let mut bench = Bench::ready();
    acknowledged(&mut bench);
    bench.execution(key("i-1", 9001, 1), "e-1", "4", "180");
    rejected(&mut bench, "i-1-sl", 3);
    let cancelled: Vec<_> = bench
        .cancels
        .iter()
        .filter_map(|key| key.order_ref.as_deref())
        .collect();
    assert_eq!(
        cancelled,
        ["i-1"],
        "the rest of the entry, not the take-profit"
    );
    assert_eq!(alarms(&bench), 1);
}

#[test]
fn a_stop_that_is_gone_after_a_gap_is_told_while_the_position_is_open() {
    let mut bench = Bench::ready();
    acknowledged(&mut bench);
    bench.status(key("i-1", 9001, 1), Report::Filled, "10");
    bench.broker(BrokerEvent::Link(LinkState::Down {
        fault: crate::port::LinkFault::Lost,
        retry_at: None,
    }));
    bench.connect();
    bench.broker(BrokerEvent::Position {
        account: account_id(MARGIN),
        contract: apple().contract,
        quantity: dec("10"),
        average_cost: Some(dec("180")),
    });
    bench.status(key("i-1-tp", 9002, 2), Report::Submitted, "0");
    let before = alarms(&bench);
    bench.complete();
    assert_eq!(bench.order("i-1-sl").state, OrderStateView::NotAtBroker);
    let told: Vec<_> = bench.desk.notices.iter().map(|n| n.text.clone()).collect();
    assert!(alarms(&bench) > before, "{told:?}");
    assert!(
        told.iter()
            .any(|says| says.contains("their stop is not at the broker")),
        "{told:?}"
    );
}

#[test]
fn an_unsure_sending_makes_every_order_of_the_bracket_unknown() {
    let mut bench = Bench::ready();
    bench.sent(bracket("i-1"));
    bench.event(Event::PlaceAnswered {
        intent: IntentId::new("i-1").unwrap(),
        answer: Err(crate::port::PlaceError::Unsure("the socket broke".into())),
    });
    for intent in ["i-1", "i-1-tp", "i-1-sl"] {
        assert_eq!(bench.order(intent).state, OrderStateView::Unknown);
    }
}

#[test]
fn the_two_exits_of_a_bracket_count_as_one_sale() {
    let mut bench = Bench::ready();
    // 40 are held in the Roth; a bracket on 10 more.
    let mut roth = bracket("i-1");
    roth.account = ROTH.into();
    bench.sent(roth);
    let sale = |intent: &str, quantity: &str| draft(intent, ROTH, Side::Sell, quantity, "181.00");
    // Nothing of the entry has filled: its exits sell nothing yet.
    assert!(matches!(
        bench.preview_outcome(sale("i-2", "40")),
        PreviewOutcome::Ready { .. }
    ));
    bench.status(key("i-1", 9001, 1), Report::Submitted, "6");
    match bench.preview_outcome(sale("i-2", "35")) {
        PreviewOutcome::Blocked { verdict } => assert!(
            verdict.findings[0].says.contains("Sell 34 at most"),
            "{}",
            verdict.findings[0].says
        ),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_restart_takes_up_the_whole_bracket() {
    let mut bench = Bench::ready();
    acknowledged(&mut bench);
    let mut again = bench.restarted();
    for intent in ["i-1", "i-1-tp", "i-1-sl"] {
        assert_eq!(again.order(intent).state, OrderStateView::Held);
    }
    // The gateway lists them: only now can a cancel name them.
    for (n, intent) in (1..).zip(["i-1", "i-1-tp"]) {
        again.status(key(intent, 9000 + n, n as i32), Report::PreSubmitted, "0");
    }
    rejected(&mut again, "i-1-sl", 3);
    assert_eq!(again.cancels.len(), 2);
}

#[test]
fn a_stop_that_somebody_else_cancels_is_told_while_the_position_is_open() {
    let mut bench = Bench::ready();
    acknowledged(&mut bench);
    bench.status(key("i-1", 9001, 1), Report::Filled, "10");
    bench.status(key("i-1-sl", 9003, 3), Report::Cancelled, "0");
    assert_eq!(alarms(&bench), 1);
    // Once is enough.
    bench.status(key("i-1-tp", 9002, 2), Report::Submitted, "0");
    assert_eq!(alarms(&bench), 1);
}

#[test]
fn a_stop_that_is_gone_before_its_entry_fills_is_told_when_it_does() {
    let mut bench = Bench::ready();
    acknowledged(&mut bench);
    rejected(&mut bench, "i-1-sl", 3);
    assert_eq!(alarms(&bench), 1);
    // The cancel of the entry crosses a fill.
    bench.execution(key("i-1", 9001, 1), "e-1", "4", "180");
    assert_eq!(alarms(&bench), 2);
}

#[test]
fn a_stop_that_the_person_cancels_or_its_sibling_ends_is_no_alarm() {
    let mut bench = Bench::ready();
    acknowledged(&mut bench);
    bench.status(key("i-1", 9001, 1), Report::Filled, "10");
    bench.ask(Ask::Cancel(bench.order("i-1-sl").key));
    bench.status(key("i-1-sl", 9003, 3), Report::Cancelled, "0");
    assert_eq!(alarms(&bench), 0);
    let again = bench.restarted();
    assert_eq!(alarms(&again), 0);

    let mut bench = Bench::ready();
    acknowledged(&mut bench);
    bench.status(key("i-1", 9001, 1), Report::Filled, "10");
    bench.status(key("i-1-tp", 9002, 2), Report::Filled, "10");
    bench.status(key("i-1-sl", 9003, 3), Report::Cancelled, "0");
    assert_eq!(alarms(&bench), 0);
}

#[test]
fn exits_that_never_were_there_end_with_their_refused_entry() {
    let mut bench = Bench::ready();
    bench.sent(bracket("i-1"));
    let told = |bench: &mut Bench, intent: &str, n: i32, code: i32| {
        bench.broker(BrokerEvent::OrderNotice {
            key: key(intent, 0, n),
            code,
            text: "no".into(),
        });
    };
    told(&mut bench, "i-1", 1, 201);
    assert_eq!(bench.order("i-1-sl").state, OrderStateView::Cancelling);
    // The exits find no entry, and the cancels no exits.
    told(&mut bench, "i-1-tp", 2, 135);
    told(&mut bench, "i-1-tp", 2, 10147);
    told(&mut bench, "i-1-sl", 3, 10147);
    assert_eq!(bench.order("i-1-tp").state, OrderStateView::Rejected);
    assert_eq!(bench.order("i-1-sl").state, OrderStateView::NotAtBroker);
}

#[test]
fn the_quantity_of_a_brackets_part_is_not_changed_alone() {
    let mut bench = Bench::ready();
    acknowledged(&mut bench);
    for part in ["i-1", "i-1-sl"] {
        let order = bench.order(part).key;
        let ticket = match bench.ask(Ask::Refill(order)).unwrap().unwrap() {
            Answer::Ticket(ticket) => DraftInput {
                intent: "c-1".into(),
                quantity: "20".into(),
                ..*ticket
            },
            other => panic!("{other:?}"),
        };
        match bench.preview_outcome(ticket) {
            PreviewOutcome::Faulty { faults } => {
                assert_eq!(
                    faults[0].field,
                    gatehouse_domain::draft::DraftField::Quantity
                );
            }
            other => panic!("{other:?}"),
        }
    }
}

/// A bracket in the Roth of which the broker lists all three.
fn listed_in_the_roth(bench: &mut Bench) {
    let mut roth = bracket("i-1");
    roth.account = ROTH.into();
    bench.sent(roth);
    for (n, intent, side) in [
        (1, "i-1", Side::Buy),
        (2, "i-1-tp", Side::Sell),
        (3, "i-1-sl", Side::Sell),
    ] {
        let no = bench.desk.orders.by_intent(&IntentId::new(intent).unwrap());
        let mut seen = listed(key(intent, 9000 + i64::from(n), n), Report::PreSubmitted);
        seen.terms = bench.desk.orders.get(no.unwrap()).terms.clone();
        assert_eq!(seen.terms.side, side);
        bench.broker(BrokerEvent::Order(seen));
    }
}

/// A ticket that moves the stop of the bracket.
fn moved_stop(bench: &mut Bench, change: &str, to: &str) -> DraftInput {
    let stop = bench.order("i-1-sl").key;
    match bench.ask(Ask::Refill(stop)).unwrap().unwrap() {
        Answer::Ticket(ticket) => DraftInput {
            intent: change.into(),
            stop_price: to.into(),
            ..*ticket
        },
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_stop_of_a_bracket_in_a_roth_can_be_moved_before_and_after_its_entry_fills() {
    let mut bench = Bench::ready();
    listed_in_the_roth(&mut bench);
    // The 40 that are held besides are promised to another sale.
    bench.sent(draft("i-2", ROTH, Side::Sell, "40", "181.00"));
    let before = moved_stop(&mut bench, "c-1", "174");
    assert!(bench.preview(before).changes);
    bench.status(key("i-1", 9001, 1), Report::Filled, "10");
    bench.broker(BrokerEvent::Position {
        account: account_id(ROTH),
        contract: apple().contract,
        quantity: dec("50"),
        average_cost: Some(dec("150")),
    });
    let after = moved_stop(&mut bench, "c-2", "173");
    assert!(bench.preview(after).changes);
    // What the bracket did not bring is not there: once the shares are gone it stays blocked.
    bench.broker(BrokerEvent::Position {
        account: account_id(ROTH),
        contract: apple().contract,
        quantity: dec("40"),
        average_cost: Some(dec("150")),
    });
    let gone = moved_stop(&mut bench, "c-3", "172");
    match bench.preview_outcome(gone) {
        PreviewOutcome::Blocked { verdict } => {
            assert_eq!(verdict.findings[0].rule, "ira.no-short-sale");
        }
        other => panic!("{other:?}"),
    }
}
