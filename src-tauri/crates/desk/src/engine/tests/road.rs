//! Draft, rules, what-if, preview, confirmation, journal, broker.

use super::*;
use crate::error::ErrorCode;
use crate::view::OrderStateView;
use proptest::prelude::*;
use std::time::Duration;

#[test]
fn an_order_is_judged_previewed_confirmed_written_and_only_then_sent() {
    let mut bench = Bench::ready();
    bench.records.clear();
    let order = bench.sent(buy("i-1"));
    assert_eq!(bench.kinds(), ["judged", "previewed", "judged", "approved"]);
    assert_eq!(bench.placed, [IntentId::new("i-1").unwrap()]);
    assert_eq!(order.state, OrderStateView::Sent);
}

#[test]
fn a_second_click_finds_the_order_that_the_first_one_made() {
    let mut bench = Bench::ready();
    let preview = bench.preview(buy("i-1"));
    let first = bench.confirm(&preview).unwrap();
    let second = bench.confirm(&preview).unwrap();
    assert_eq!(first.key, second.key);
    assert_eq!(bench.placed.len(), 1);
}

#[test]
fn a_ticket_that_was_sent_can_not_be_previewed_again() {
    let mut bench = Bench::ready();
    bench.sent(buy("i-1"));
    match bench.preview_outcome(buy("i-1")) {
        PreviewOutcome::Blocked { verdict } => assert_eq!(verdict.findings[0].rule, "intent.once"),
        other => panic!("{other:?}"),
    }
    assert!(bench.what_ifs.is_empty());
}

#[test]
fn two_previews_of_one_ticket_make_one_order() {
    let mut bench = Bench::ready();
    // Both what-ifs are under way at once, so neither preview replaces the other.
    assert!(bench.ask(Ask::Preview(buy("i-1"))).is_none());
    assert!(bench.ask(Ask::Preview(buy("i-1"))).is_none());
    let ids: Vec<AskId> = bench.what_ifs.drain(..).collect();
    let mut previews = Vec::new();
    for id in ids {
        bench.event(Event::WhatIfAnswered {
            id,
            answer: Ok(what_if()),
        });
        match bench.answer_to(id) {
            Some(Ok(Answer::Preview(PreviewOutcome::Ready { preview }))) => previews.push(preview),
            other => panic!("{other:?}"),
        }
    }
    assert!(bench.confirm(&previews[0]).is_ok());
    let error = bench.confirm(&previews[1]).unwrap_err();
    assert_eq!(error.code, ErrorCode::Blocked);
    assert_eq!(bench.placed.len(), 1);
}

#[test]
fn a_new_preview_of_a_ticket_replaces_the_one_before() {
    let mut bench = Bench::ready();
    let first = bench.preview(buy("i-1"));
    let second = bench.preview(buy("i-1"));
    assert_eq!(
        bench.confirm(&first).unwrap_err().code,
        ErrorCode::PreviewGone
    );
    assert!(bench.confirm(&second).is_ok());
    assert!(bench.kinds().contains(&"abandoned"));
}

#[test]
fn an_expired_preview_sends_nothing_and_is_in_the_journal() {
    let mut bench = Bench::ready();
    let preview = bench.preview(buy("i-1"));
    bench.now = bench.now.plus(Duration::from_secs(61));
    bench.quote("180.00", "180.02");
    let error = bench.confirm(&preview).unwrap_err();
    assert_eq!(error.code, ErrorCode::PreviewGone);
    assert!(error.message.contains("expired"), "{}", error.message);
    assert!(bench.placed.is_empty());
    assert_eq!(bench.kinds().last(), Some(&"refused"));
}

#[test]
fn previews_that_nobody_comes_back_to_are_let_go_of() {
    let mut bench = Bench::ready();
    let first = bench.preview(buy("i-0"));
    for number in 1..100 {
        bench.now = bench.now.plus(Duration::from_secs(60));
        bench.quote("180.00", "180.02");
        bench.preview(buy(&format!("i-{number}")));
        bench.event(Event::Beat);
    }
    // Those of the last ten minutes after their minute is over, and the one that is valid.
    assert_eq!(bench.desk.previews.len(), 12);
    let error = bench.confirm(&first).unwrap_err();
    assert_eq!(error.code, ErrorCode::PreviewGone);
    assert!(error.message.contains("expired"), "{}", error.message);
    assert!(bench.placed.is_empty());
}

#[test]
fn a_preview_of_an_earlier_run_means_nothing() {
    let mut bench = Bench::ready();
    let answer = bench
        .ask(Ask::Confirm {
            preview: PreviewId::new(999),
            typed: None,
            reasons: Vec::new(),
        })
        .unwrap();
    assert_eq!(answer.unwrap_err().code, ErrorCode::PreviewGone);
}

#[test]
fn a_rule_that_blocks_between_preview_and_confirmation_stops_the_order() {
    let mut bench = Bench::ready();
    let preview = bench.preview(draft("i-1", ROTH, Side::Sell, "40", "180.00"));
    bench.broker(BrokerEvent::Position {
        account: account_id(ROTH),
        contract: apple().contract,
        quantity: dec("30"),
        average_cost: None,
    });
    let error = bench.confirm(&preview).unwrap_err();
    assert_eq!(error.code, ErrorCode::Blocked);
    assert!(
        error.message.contains("can't sell short"),
        "{}",
        error.message
    );
    assert!(bench.placed.is_empty());
}

#[test]
fn a_short_sale_in_a_roth_is_blocked_before_the_gateway_is_asked_and_is_in_the_journal() {
    let mut bench = Bench::ready();
    match bench.preview_outcome(draft("i-1", ROTH, Side::Sell, "41", "180.00")) {
        PreviewOutcome::Blocked { verdict } => {
            assert_eq!(verdict.findings[0].rule, "ira.no-short-sale");
            assert!(verdict.findings[0].source.contains("IBKR"));
        }
        other => panic!("{other:?}"),
    }
    assert!(bench.what_ifs.is_empty());
    assert!(matches!(
        bench.records.last().unwrap().entry,
        Entry::Judged { cleared: false, .. }
    ));
}

#[test]
fn a_working_sale_counts_against_the_next_one() {
    let mut bench = Bench::ready();
    bench.sent(draft("i-1", ROTH, Side::Sell, "30", "181.00"));
    match bench.preview_outcome(draft("i-2", ROTH, Side::Sell, "11", "181.00")) {
        PreviewOutcome::Blocked { verdict } => {
            assert_eq!(verdict.findings[0].rule, "ira.no-short-sale");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_abandoned_preview_is_in_the_journal_and_gone() {
    let mut bench = Bench::ready();
    let preview = bench.preview(buy("i-1"));
    let id = PreviewId::parse(&preview.id).unwrap();
    assert!(bench.ask(Ask::Abandon(id)).unwrap().is_ok());
    assert_eq!(bench.kinds().last(), Some(&"abandoned"));
    assert_eq!(
        bench.confirm(&preview).unwrap_err().code,
        ErrorCode::PreviewGone
    );
}

#[test]
fn a_full_disk_stops_the_order_and_loses_no_record() {
    let mut bench = Bench::ready();
    let preview = bench.preview(buy("i-1"));
    bench.disk_full = true;
    let error = bench.confirm(&preview).unwrap_err();
    assert_eq!(error.code, ErrorCode::Journal);
    assert!(error.message.contains("not sent"), "{}", error.message);
    assert!(bench.placed.is_empty());
    assert!(bench.desk.orders.numbers().next().is_none());
    // The disk has room again: the judgement that could not be written is written, the order
    // that did not go out is not in the journal, and the ticket can be sent.
    bench.disk_full = false;
    for _ in 0..20 {
        bench.event(Event::Beat);
    }
    assert!(!bench.kinds().contains(&"approved"));
    assert_eq!(bench.kinds().last(), Some(&"judged"));
    bench.sent(buy("i-1"));
    assert_eq!(bench.placed.len(), 1);
}

#[test]
fn what_happens_while_the_journal_fails_is_written_afterwards() {
    let mut bench = Bench::ready();
    bench.sent(buy("i-1"));
    bench.disk_full = true;
    bench.status(key("i-1", 7, 3), Report::Submitted, "0");
    assert!(!bench.kinds().contains(&"status"));
    bench.disk_full = false;
    bench.execution(key("i-1", 7, 3), "e.1", "4", "180");
    let kinds = bench.kinds();
    let at = |kind| kinds.iter().position(|k| *k == kind).unwrap();
    assert!(at("status") < at("execution"));
}

#[test]
fn two_records_of_one_event_are_both_kept_while_the_disk_is_full() {
    let mut bench = Bench::ready();
    bench.sent(buy("i-1"));
    let by_perm_id = OrderKey {
        perm_id: PermId::new(7),
        ..OrderKey::default()
    };
    // Known by its permId only once the order has been listed.
    bench.execution(by_perm_id, "e.1", "4", "180");
    bench.disk_full = true;
    bench.broker(BrokerEvent::Order(listed(
        key("i-1", 7, 3),
        Report::Submitted,
    )));
    bench.disk_full = false;
    for _ in 0..20 {
        bench.event(Event::Beat);
    }
    let kinds = bench.kinds();
    let [.., first, second, third] = kinds[..] else {
        panic!("{kinds:?}");
    };
    assert_eq!([first, second, third], ["status", "execution", "status"]);
}

#[test]
fn a_gateway_that_does_not_answer_the_what_if_is_told_and_noted() {
    let mut bench = Bench::ready();
    assert!(bench.ask(Ask::Preview(buy("i-1"))).is_none());
    let id = bench.what_ifs.pop().unwrap();
    bench.event(Event::WhatIfAnswered {
        id,
        answer: Err(crate::port::BrokerError::TimedOut { seconds: 10 }),
    });
    match bench.answer_to(id) {
        Some(Ok(Answer::Preview(PreviewOutcome::Failed { message, .. }))) => {
            assert!(message.contains("within 10 s"), "{message}");
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(bench.kinds().last(), Some(&"previewFailed"));
}

#[test]
fn faulty_fields_are_told_without_judging() {
    let mut bench = Bench::ready();
    let mut input = buy("i-1");
    input.quantity = "1,5".into();
    match bench.preview_outcome(input) {
        PreviewOutcome::Faulty { faults } => assert!(faults[0].says.contains("1.5, not 1,5")),
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_account_of_another_login_is_blocked() {
    let mut bench = Bench::ready();
    match bench.preview_outcome(draft("i-1", "DU9", Side::Buy, "1", "180.00")) {
        PreviewOutcome::Blocked { verdict } => {
            assert_eq!(verdict.findings[0].rule, "account.of-the-login");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_order_that_surely_did_not_go_out_has_ended() {
    let mut bench = Bench::ready();
    bench.sent(buy("i-1"));
    bench.event(Event::PlaceAnswered {
        intent: IntentId::new("i-1").unwrap(),
        answer: Err(crate::port::PlaceError::NotSent("no link".into())),
    });
    assert_eq!(bench.order("i-1").state, OrderStateView::Rejected);
    assert!(bench.kinds().contains(&"placeFailed"));
}

#[test]
fn a_partial_fill_is_seen_as_one_and_the_rest_can_be_cancelled() {
    let mut bench = Bench::ready();
    bench.sent(buy("i-1"));
    bench.broker(BrokerEvent::Order(listed(
        key("i-1", 7, 3),
        Report::PreSubmitted,
    )));
    bench.status(key("i-1", 7, 3), Report::Submitted, "0");
    bench.execution(key("i-1", 7, 3), "e.1", "4", "179.99");
    bench.broker(BrokerEvent::Commission {
        exec_id: ExecId::new("e.1").unwrap(),
        amount: Decimal::ONE,
        currency: Currency::USD,
        realized_pnl: None,
    });
    let order = bench.order("i-1");
    assert_eq!(order.state, OrderStateView::PartlyFilled);
    assert_eq!(order.says, "Working, 4 of 10 filled");
    assert_eq!(order.average_price, Some(dec("179.99")));
    assert_eq!(order.commission, Some(Decimal::ONE));
    assert!(bench.ask(Ask::Cancel(order.key)).unwrap().is_ok());
    assert_eq!(bench.cancels[0].perm_id, PermId::new(7));
    bench.broker(BrokerEvent::OrderNotice {
        key: key("i-1", 7, 3),
        code: 202,
        text: "Order Canceled".into(),
    });
    let order = bench.order("i-1");
    assert_eq!(order.state, OrderStateView::Cancelled);
    assert_eq!(order.says, "Cancelled, 4 of 10 filled");
}

#[test]
fn a_commission_that_comes_before_its_execution_finds_it() {
    let mut bench = Bench::ready();
    bench.sent(buy("i-1"));
    bench.broker(BrokerEvent::Commission {
        exec_id: ExecId::new("e.1").unwrap(),
        amount: Decimal::ONE,
        currency: Currency::USD,
        realized_pnl: Some(dec("5")),
    });
    bench.execution(key("i-1", 7, 3), "e.1", "10", "180");
    let order = bench.order("i-1");
    assert_eq!(order.state, OrderStateView::Filled);
    assert_eq!(order.commission, Some(Decimal::ONE));
    assert_eq!(order.realized_pnl, Some(dec("5")));
    assert!(bench.kinds().contains(&"commission"));
}

#[test]
fn a_warning_is_not_a_rejection() {
    let mut bench = Bench::ready();
    bench.sent(buy("i-1"));
    bench.broker(BrokerEvent::OrderNotice {
        key: key("i-1", 7, 3),
        code: 399,
        text: "Warning: held until the open".into(),
    });
    let order = bench.order("i-1");
    assert_eq!(order.state, OrderStateView::Sent);
    assert!(order.notes[0].says.contains("held until"));
}

#[test]
fn a_rejection_says_why() {
    let mut bench = Bench::ready();
    bench.sent(buy("i-1"));
    bench.broker(BrokerEvent::OrderNotice {
        key: key("i-1", 0, 3),
        code: 201,
        text: "Order rejected - reason: insufficient margin".into(),
    });
    let order = bench.order("i-1");
    assert_eq!(order.state, OrderStateView::Rejected);
    assert!(order.says.contains("insufficient margin"));
}

#[test]
fn an_order_from_elsewhere_is_shown_as_such_and_not_cancelled_from_here() {
    let mut bench = Bench::ready();
    let mut elsewhere = key("", 9, 1);
    elsewhere.client_id = Some(0);
    elsewhere.order_ref = None;
    bench.records.clear();
    bench.broker(BrokerEvent::Order(listed(elsewhere, Report::Submitted)));
    let no = bench.desk.orders.numbers().next().unwrap();
    let view = bench.desk.order_view(no);
    assert_eq!(view.made_elsewhere.as_deref(), Some("Made in TWS"));
    assert!(!view.can_cancel);
    assert_eq!(
        bench.ask(Ask::Cancel(view.key)).unwrap().unwrap_err().code,
        ErrorCode::Refused
    );
    assert!(bench.records.is_empty());
}

#[derive(Debug, Clone)]
enum Step {
    Preview(u8),
    AnswerWhatIf,
    Confirm(u8),
    Lose,
    Return,
    FullDisk(bool),
    Fill(u8),
    Restart,
}

fn any_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (0u8..3).prop_map(Step::Preview),
        3 => Just(Step::AnswerWhatIf),
        4 => (0u8..6).prop_map(Step::Confirm),
        1 => Just(Step::Lose),
        2 => Just(Step::Return),
        1 => any::<bool>().prop_map(Step::FullDisk),
        1 => (0u8..3).prop_map(Step::Fill),
        1 => Just(Step::Restart),
    ]
}

/// Previews, with the gateway silent.
fn unanswered(bench: &mut Bench, draft: DraftInput) -> PreviewOutcome {
    assert!(bench.ask(Ask::Preview(draft)).is_none());
    let id = bench.what_ifs.pop().unwrap();
    bench.event(Event::WhatIfAnswered {
        id,
        answer: Err(crate::port::BrokerError::TimedOut { seconds: 8 }),
    });
    match bench.answer_to(id) {
        Some(Ok(Answer::Preview(outcome))) => outcome,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_silent_what_if_stops_the_order_until_the_person_says_that_they_go_on() {
    let mut bench = Bench::ready();
    match unanswered(&mut bench, buy("i-1")) {
        PreviewOutcome::Failed { can_go_on, .. } => assert!(can_go_on),
        other => panic!("{other:?}"),
    }
    let mut said = buy("i-1");
    said.waivers.silent_what_if = true;
    let preview = match unanswered(&mut bench, said) {
        PreviewOutcome::Ready { preview } => *preview,
        other => panic!("{other:?}"),
    };
    assert_eq!(preview.margin.initial.after, None);
    assert_eq!(preview.commission, None);
    assert!(
        preview
            .warnings
            .iter()
            .any(|w| w.contains("You chose to go on"))
    );
    bench.confirm(&preview).unwrap();
    assert_eq!(bench.placed.len(), 1);
}

#[test]
fn a_refused_what_if_can_not_be_gone_on_without() {
    let mut bench = Bench::ready();
    let mut said = buy("i-1");
    said.waivers.silent_what_if = true;
    assert!(bench.ask(Ask::Preview(said)).is_none());
    let id = bench.what_ifs.pop().unwrap();
    bench.event(Event::WhatIfAnswered {
        id,
        answer: Err(crate::port::BrokerError::Refused {
            code: 201,
            text: "no".into(),
        }),
    });
    match bench.answer_to(id) {
        Some(Ok(Answer::Preview(PreviewOutcome::Failed { can_go_on, .. }))) => assert!(!can_go_on),
        other => panic!("{other:?}"),
    }
}

proptest! {
    #[test]
    fn whatever_happens_one_ticket_makes_at_most_one_order(
        steps in prop::collection::vec(any_step(), 1..60)
    ) {
        let mut bench = Bench::ready();
        let mut previews: Vec<PreviewView> = Vec::new();
        for step in steps {
            match step {
                Step::Preview(n) => {
                    bench.ask(Ask::Preview(buy(&format!("i-{n}"))));
                }
                Step::AnswerWhatIf => {
                    if let Some(id) = bench.what_ifs.pop() {
                        bench.event(Event::WhatIfAnswered { id, answer: Ok(what_if()) });
                        if let Some(Ok(Answer::Preview(PreviewOutcome::Ready { preview }))) =
                            bench.answer_to(id)
                        {
                            previews.push(*preview);
                        }
                    }
                }
                Step::Confirm(n) => {
                    if let Some(preview) = previews.get(usize::from(n)).cloned() {
                        // Any answer will do; what counts is what went to the wire.
                        let _ = bench.confirm(&preview);
                    }
                }
                Step::Lose => bench.broker(BrokerEvent::Link(LinkState::Connecting { attempt: 1 })),
                Step::Return => {
                    bench.connect();
                    bench.complete();
                    bench.quote("180.00", "180.02");
                }
                Step::FullDisk(full) => bench.disk_full = full,
                Step::Fill(n) => {
                    let intent = format!("i-{n}");
                    bench.execution(key(&intent, i64::from(n) + 1, i32::from(n) + 1), &format!("e.{n}"), "10", "180");
                }
                Step::Restart => super::lost_link::restart(&mut bench),
            }
        }
        let mut placed = bench.placed.clone();
        placed.sort();
        placed.dedup();
        prop_assert_eq!(placed.len(), bench.placed.len());
    }
}

#[test]
fn an_order_that_turns_a_position_round_says_so() {
    let mut bench = Bench::ready();
    bench.holds(MARGIN, apple().contract, "40");
    let sale = |intent: &str, quantity: &str| draft(intent, MARGIN, Side::Sell, quantity, "181.00");
    let says = |preview: &PreviewView| preview.warnings.join(" ");
    let beyond = bench.preview(sale("i-1", "50"));
    assert!(
        says(&beyond).contains("10 more AAPL than the 40 that the account holds"),
        "{beyond:#?}"
    );
    let whole = bench.sent(sale("i-2", "40"));
    assert!(!whole.says.contains("more AAPL than"), "{}", whole.says);
    // What a working order closes already can't be closed again.
    let again = bench.preview(sale("i-3", "5"));
    assert!(
        says(&again).contains("working orders sell 40 of them already"),
        "{again:#?}"
    );
    assert!(
        says(&again).contains("opens a short position of 5"),
        "{again:#?}"
    );
    // Who opens one from nothing sees it as what it is.
    bench.holds(MARGIN, apple().contract, "-40");
    let back = bench.preview(draft("i-4", MARGIN, Side::Buy, "41", "179.00"));
    assert!(
        says(&back).contains("1 more AAPL than the 40 that the account is short of"),
        "{back:#?}"
    );
    let back = bench.preview(draft("i-5", MARGIN, Side::Buy, "40", "179.00"));
    assert!(!says(&back).contains("more AAPL than"), "{back:#?}");
}

#[test]
fn orders_of_a_group_close_a_position_once_together_and_turn_nothing_round() {
    use gatehouse_domain::handling::{HandlingInput, OcaKind};
    let mut bench = Bench::ready();
    bench.holds(MARGIN, apple().contract, "40");
    let one_of = |intent: &str, group: &str, kind| DraftInput {
        handling: HandlingInput {
            oca_group: group.into(),
            oca_kind: kind,
            ..HandlingInput::default()
        },
        ..draft(intent, MARGIN, Side::Sell, "40", "181.00")
    };
    bench.sent(one_of("i-1", "exit", OcaKind::CancelBlocked));
    let mut seen = listed(key("i-1", 101, 1), Report::Submitted);
    seen.terms.side = Side::Sell;
    seen.terms.quantity = gatehouse_domain::decimal::Quantity::new(dec("40")).unwrap();
    seen.ties.oca_group = Some("exit".into());
    bench.broker(BrokerEvent::Order(seen));
    let mut turns_round = |intent: &str, group: &str, kind| {
        let preview = bench.preview(one_of(intent, group, kind));
        let said = preview.warnings.join(" ");
        said.contains("opens a short position of 40")
    };
    assert!(!turns_round("i-2", "exit", OcaKind::CancelBlocked));
    assert!(!turns_round("i-3", "exit", OcaKind::ReduceBlocked));
    // These may fill at the same time.
    assert!(turns_round("i-4", "exit", OcaKind::Reduce));
    assert!(turns_round("i-5", "another", OcaKind::CancelBlocked));
}
