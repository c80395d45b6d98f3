//! Changing a working order.

use super::*;
use crate::port::PlaceError;

fn working(bench: &mut Bench) -> String {
    let order = bench.sent(buy("i-1"));
    bench.broker(BrokerEvent::Order(listed(
        key("i-1", 9001, 1),
        Report::Submitted,
    )));
    order.key
}

fn ticket(bench: &mut Bench, order: &str, change: &str) -> DraftInput {
    match bench.ask(Ask::Refill(order.to_owned())).unwrap().unwrap() {
        Answer::Ticket(ticket) => DraftInput {
            intent: change.to_owned(),
            ..*ticket
        },
        other => panic!("{other:?}"),
    }
}

fn at(limit: &str, quantity: &str, ticket: DraftInput) -> DraftInput {
    DraftInput {
        limit_price: limit.into(),
        quantity: quantity.into(),
        ..ticket
    }
}

#[test]
fn a_working_order_is_changed_under_its_own_name_once() {
    let mut bench = Bench::ready();
    let order = working(&mut bench);
    let ticket = ticket(&mut bench, &order, "c-1");
    assert_eq!(ticket.limit_price, "180");
    let preview = bench.preview(at("179.50", "20", ticket));
    assert!(preview.changes);
    let first = bench.confirm(&preview).unwrap();
    let second = bench.confirm(&preview).unwrap();
    assert_eq!((first.key, second.key), (order.clone(), order));
    assert_eq!(bench.changed.len(), 1);
    assert_eq!(bench.placed.len(), 1);
    let (draft, key) = &bench.changed[0];
    assert_eq!(draft.changes, IntentId::new("i-1").ok());
    assert_eq!(key.perm_id, PermId::new(9001));
    // Until the broker lists it so, it stands as it was.
    assert_eq!(bench.order("i-1").limit_price, Some(dec("180")));
}

#[test]
fn a_changed_order_shows_what_the_broker_lists() {
    let mut bench = Bench::ready();
    let order = working(&mut bench);
    let mut seen = listed(key("i-1", 9001, 1), Report::Submitted);
    seen.terms.quantity = Quantity::parse("25").unwrap();
    seen.terms.pricing = Some(Pricing::Limit {
        price: Price::parse("178").unwrap(),
    });
    bench.records.clear();
    bench.broker(BrokerEvent::Order(seen.clone()));
    bench.broker(BrokerEvent::Order(seen));
    let view = bench.order("i-1");
    assert_eq!(
        (view.limit_price, view.quantity),
        (Some(dec("178")), dec("25"))
    );
    assert_eq!(bench.kinds(), ["changed"]);
    // And so does the next change start from it.
    let ticket = ticket(&mut bench, &order, "c-1");
    assert_eq!(
        (ticket.limit_price, ticket.quantity),
        ("178".into(), "25".into())
    );
}

#[test]
fn a_change_that_was_sent_can_not_be_previewed_again() {
    let mut bench = Bench::ready();
    let order = working(&mut bench);
    let ticket = ticket(&mut bench, &order, "c-1");
    let preview = bench.preview(at("179", "10", ticket.clone()));
    bench.confirm(&preview).unwrap();
    match bench.preview_outcome(at("178", "10", ticket)) {
        PreviewOutcome::Blocked { verdict } => assert_eq!(verdict.findings[0].rule, "intent.once"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_change_on_a_full_disk_is_not_sent_and_can_be_confirmed_anew() {
    let mut bench = Bench::ready();
    let order = working(&mut bench);
    let ticket = at("179", "10", ticket(&mut bench, &order, "c-1"));
    let preview = bench.preview(ticket.clone());
    bench.disk_full = true;
    assert!(bench.confirm(&preview).is_err());
    assert!(bench.changed.is_empty());
    assert_eq!(bench.order("i-1").key, order);
    bench.disk_full = false;
    let preview = bench.preview(ticket);
    bench.confirm(&preview).unwrap();
    assert_eq!(bench.changed.len(), 1);
}

#[test]
fn a_change_that_was_not_sent_leaves_the_order_as_it_was() {
    let mut bench = Bench::ready();
    let order = working(&mut bench);
    let ticket = ticket(&mut bench, &order, "c-1");
    let preview = bench.preview(at("179", "10", ticket));
    bench.confirm(&preview).unwrap();
    let no = bench.desk.find_order(&order).unwrap();
    bench.event(Event::ChangeAnswered {
        order: no,
        answer: Err(PlaceError::NotSent("no link".into())),
    });
    let view = bench.order("i-1");
    assert_eq!(view.state, crate::view::OrderStateView::Working);
    assert_eq!(view.limit_price, Some(dec("180")));
    assert_eq!(bench.kinds().last(), Some(&"changeFailed"));
}

fn refused(bench: &mut Bench, code: i32) {
    bench.broker(BrokerEvent::OrderNotice {
        key: key("i-1", 9001, 1),
        code,
        text: "Order rejected - reason: too far".into(),
    });
}

#[test]
fn a_refused_change_leaves_the_order_working_as_it_was_and_is_told() {
    for code in [104, 105, 110, 201, 10326] {
        let mut bench = Bench::ready();
        let order = working(&mut bench);
        let ticket = ticket(&mut bench, &order, "c-1");
        let preview = bench.preview(at("179", "10", ticket));
        bench.confirm(&preview).unwrap();
        refused(&mut bench, code);
        let view = bench.order("i-1");
        assert_eq!(view.state, crate::view::OrderStateView::Working, "{code}");
        assert_eq!(view.limit_price, Some(dec("180")));
        assert!(view.can_change && view.can_cancel);
        assert_eq!(bench.kinds().last(), Some(&"changeFailed"));
        let told = bench.desk.notices.back().unwrap();
        assert!(told.text.contains("stands as it was"), "{}", told.text);
        // The next refusal is about the order again.
        refused(&mut bench, 201);
        let view = bench.order("i-1");
        assert_eq!(view.state, crate::view::OrderStateView::Rejected);
    }
}

#[test]
fn a_refusal_after_a_change_was_listed_is_about_the_order() {
    let mut bench = Bench::ready();
    let order = working(&mut bench);
    let ticket = ticket(&mut bench, &order, "c-1");
    let preview = bench.preview(at("179", "10", ticket));
    bench.confirm(&preview).unwrap();
    let mut seen = listed(key("i-1", 9001, 1), Report::Submitted);
    seen.terms.pricing = Some(Pricing::Limit {
        price: Price::parse("179").unwrap(),
    });
    bench.broker(BrokerEvent::Order(seen));
    refused(&mut bench, 201);
    let view = bench.order("i-1");
    assert_eq!(view.state, crate::view::OrderStateView::Rejected);
}

#[test]
fn a_change_of_what_the_broker_would_not_list_is_refused_at_its_field() {
    let mut bench = Bench::ready();
    let order = working(&mut bench);
    let mut ticket = ticket(&mut bench, &order, "c-1");
    ticket.handling.hidden = true;
    match bench.preview_outcome(ticket) {
        PreviewOutcome::Faulty { faults } => {
            assert_eq!(
                faults[0].field,
                gatehouse_domain::draft::DraftField::Handling
            );
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_order_that_has_ended_or_is_not_known_is_not_changed() {
    let mut bench = Bench::ready();
    let order = working(&mut bench);
    bench.status(key("i-1", 9001, 1), Report::Filled, "10");
    assert!(bench.ask(Ask::Refill(order)).unwrap().is_err());
    assert!(bench.ask(Ask::Refill("o99".into())).unwrap().is_err());
    assert!(bench.ask(Ask::Refill("rubbish".into())).unwrap().is_err());
}

#[test]
fn a_larger_sale_in_a_roth_counts_the_order_that_it_replaces_once() {
    let mut bench = Bench::ready();
    let order = bench.sent(draft("i-1", ROTH, Side::Sell, "30", "181.00"));
    let mut seen = listed(key("i-1", 9001, 1), Report::Submitted);
    seen.terms.account = account_id(ROTH);
    seen.terms.side = Side::Sell;
    seen.terms.quantity = Quantity::parse("30").unwrap();
    bench.broker(BrokerEvent::Order(seen));
    let ticket = ticket(&mut bench, &order.key, "c-1");
    // 40 are held.
    let fits = at("181", "40", ticket.clone());
    assert!(matches!(
        bench.preview_outcome(fits),
        PreviewOutcome::Ready { .. }
    ));
    match bench.preview_outcome(at("181", "41", ticket)) {
        PreviewOutcome::Blocked { verdict } => {
            assert_eq!(verdict.findings[0].rule, "ira.no-short-sale");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_restart_knows_the_changed_order_and_that_its_change_was_sent() {
    let mut bench = Bench::ready();
    let order = working(&mut bench);
    let change = ticket(&mut bench, &order, "c-1");
    let preview = bench.preview(at("179", "10", change.clone()));
    bench.confirm(&preview).unwrap();
    let mut seen = listed(key("i-1", 9001, 1), Report::Submitted);
    seen.terms.pricing = Some(Pricing::Limit {
        price: Price::parse("179").unwrap(),
    });
    bench.broker(BrokerEvent::Order(seen.clone()));
    let mut again = bench.restarted();
    assert_eq!(again.order("i-1").limit_price, Some(dec("179")));
    again.broker(BrokerEvent::Order(seen));
    again.complete();
    match again.preview_outcome(at("178", "10", change)) {
        PreviewOutcome::Blocked { verdict } => assert_eq!(verdict.findings[0].rule, "intent.once"),
        other => panic!("{other:?}"),
    }
    let order = again.order("i-1").key;
    let next = ticket(&mut again, &order, "c-2");
    assert_eq!(next.limit_price, "179");
}

#[test]
fn an_order_that_filled_for_more_after_a_change_out_of_sight_shows_all_that_it_filled() {
    let mut bench = Bench::ready();
    working(&mut bench);
    bench.execution(key("i-1", 9001, 1), "e-1", "4", "180");
    bench.broker(BrokerEvent::Link(LinkState::Connecting { attempt: 1 }));
    bench.connect();
    // It was changed to 12 and filled before the link came back.
    let mut seen = listed(key("i-1", 9001, 1), Report::Filled);
    seen.terms.quantity = Quantity::parse("12").unwrap();
    seen.filled = Some(dec("12"));
    bench.broker(BrokerEvent::Order(seen));
    bench.execution(key("i-1", 9001, 1), "e-2", "8", "180");
    bench.complete();
    let view = bench.order("i-1");
    assert_eq!((view.quantity, view.filled), (dec("12"), dec("12")));
    let again = bench.restarted();
    assert_eq!(again.order("i-1").filled, dec("12"));
}

#[test]
fn an_order_that_was_reduced_out_of_sight_shows_what_it_filled_and_no_more() {
    let mut bench = Bench::ready();
    working(&mut bench);
    // Its group took six from it before the last four filled.
    bench.status(key("i-1", 9001, 1), Report::Filled, "4");
    let view = bench.order("i-1");
    assert_eq!((view.quantity, view.filled), (dec("4"), dec("4")));
}

#[test]
fn a_change_of_nothing_is_refused() {
    let mut bench = Bench::ready();
    let order = working(&mut bench);
    let ticket = ticket(&mut bench, &order, "c-1");
    assert!(matches!(
        bench.preview_outcome(ticket),
        PreviewOutcome::Faulty { .. }
    ));
}

#[test]
fn of_two_changes_on_their_way_one_is_listed_and_the_other_refused() {
    let mut bench = Bench::ready();
    let order = working(&mut bench);
    for (change, limit) in [("c-1", "179"), ("c-2", "178")] {
        let ticket = ticket(&mut bench, &order, change);
        let preview = bench.preview(at(limit, "10", ticket));
        bench.confirm(&preview).unwrap();
    }
    let mut seen = listed(key("i-1", 9001, 1), Report::Submitted);
    seen.terms.pricing = Some(Pricing::Limit {
        price: Price::parse("179").unwrap(),
    });
    bench.broker(BrokerEvent::Order(seen));
    refused(&mut bench, 201);
    let view = bench.order("i-1");
    assert_eq!(view.state, crate::view::OrderStateView::Working);
    assert_eq!(view.limit_price, Some(dec("179")));
}

#[test]
fn a_change_counts_only_what_is_still_to_fill() {
    let mut bench = Bench::ready();
    let order = bench.sent(draft("i-1", ROTH, Side::Sell, "40", "181.00"));
    let mut seen = listed(key("i-1", 9001, 1), Report::Submitted);
    seen.terms.account = account_id(ROTH);
    seen.terms.side = Side::Sell;
    seen.terms.quantity = Quantity::parse("40").unwrap();
    bench.broker(BrokerEvent::Order(seen));
    bench.status(key("i-1", 9001, 1), Report::Submitted, "15");
    bench.broker(BrokerEvent::Position {
        account: account_id(ROTH),
        contract: apple().contract,
        quantity: dec("25"),
        average_cost: Some(dec("150")),
    });
    let change = ticket(&mut bench, &order.key, "c-1");
    let preview = bench.preview(at("180.50", "40", change));
    assert_eq!(preview.position.after, Some(Decimal::ZERO));
    assert_eq!(preview.worst_case, Some(dec("4512.50")), "25 at 180.50");
    bench.confirm(&preview).unwrap();
    assert_eq!(
        bench.changed[0].0.quantity.get(),
        dec("40"),
        "the order's whole"
    );
}
