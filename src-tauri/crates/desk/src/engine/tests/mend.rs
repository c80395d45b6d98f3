//! What mends a refused order.

use super::*;
use crate::engine::codes::trouble_view;
use crate::view::OrderMend;
use gatehouse_domain::order::{Order, OrderState};

fn refused_order(bench: &mut Bench, input: DraftInput, code: i32, text: &str) -> String {
    let intent = input.intent.clone();
    let order = bench.sent(input);
    bench.broker(BrokerEvent::OrderNotice {
        key: key(&intent, 9001, 1),
        code,
        text: text.into(),
    });
    order.key
}

fn hold(bench: &mut Bench, quantity: &str) {
    bench.broker(BrokerEvent::Position {
        account: account_id(ROTH),
        contract: apple().contract,
        quantity: dec(quantity),
        average_cost: Some(dec("150")),
    });
}

fn off_step(side: Side, pricing: Pricing) -> Vec<OrderMend> {
    let mut bench = Bench::ready();
    let sent = bench.sent(buy("i-1"));
    let no = bench.desk.known(&sent.key).unwrap();
    let mut order: Order = bench.desk.orders.get(no).clone();
    order.terms.side = side;
    order.terms.pricing = Some(pricing);
    order.state = OrderState::Rejected {
        code: Some(110),
        reason: "The price does not conform to the minimum price variation for this contract."
            .into(),
    };
    trouble_view(&order, Some(&apple()), None)
        .expect("trouble")
        .mends
}

fn price(text: &str) -> Price {
    Price::parse(text).unwrap()
}

fn prices(limit: Option<&str>, stop: Option<&str>) -> Vec<OrderMend> {
    vec![OrderMend::Price {
        limit: limit.map(dec),
        stop: stop.map(dec),
    }]
}

#[test]
fn a_limit_off_the_step_is_moved_no_dearer_for_a_buy_and_no_cheaper_for_a_sale() {
    let pricing = Pricing::Limit {
        price: price("180.017"),
    };
    assert_eq!(off_step(Side::Buy, pricing), prices(Some("180.01"), None));
    assert_eq!(off_step(Side::Sell, pricing), prices(Some("180.02"), None));
}

#[test]
fn a_stop_off_the_step_is_moved_away_and_what_is_on_it_stays() {
    let stop = Pricing::Stop {
        trigger: price("170.013"),
    };
    assert_eq!(off_step(Side::Sell, stop), prices(None, Some("170.01")));
    assert_eq!(off_step(Side::Buy, stop), prices(None, Some("170.02")));
    let both = Pricing::StopLimit {
        trigger: price("170.013"),
        price: price("169.5"),
    };
    assert_eq!(off_step(Side::Sell, both), prices(None, Some("170.01")));
}

#[test]
fn prices_that_are_on_the_step_as_far_as_is_known_are_not_mended_by_rounding() {
    let pricing = Pricing::Limit {
        price: price("180.05"),
    };
    assert_eq!(off_step(Side::Buy, pricing), [OrderMend::Again]);
}

const NO_SHORT: &str =
    "Order rejected - reason:Short stock positions can not be held in an IRA or cash account.";

#[test]
fn a_sale_refused_as_short_is_mended_by_what_is_held_and_follows_it() {
    let mut bench = Bench::ready();
    hold(&mut bench, "10");
    refused_order(
        &mut bench,
        draft("i-1", ROTH, Side::Sell, "10", "180.00"),
        201,
        NO_SHORT,
    );
    let mends = |bench: &Bench| bench.order("i-1").trouble.expect("trouble").mends;
    assert_eq!(mends(&bench), [OrderMend::Account]);
    bench.ask(Ask::Resync);
    bench.published.clear();
    hold(&mut bench, "4");
    assert_eq!(
        mends(&bench),
        [
            OrderMend::Quantity { quantity: dec("4") },
            OrderMend::Account
        ]
    );
    bench.event(Event::Beat);
    let told = format!("{:?}", bench.published);
    assert!(told.contains("Quantity {"), "{told}");
}

#[test]
fn a_read_only_api_is_mended_where_it_is_ticked() {
    let mut bench = Bench::ready();
    refused_order(
        &mut bench,
        buy("i-1"),
        321,
        "Error validating request.-'bO' : cause - The API interface is currently in Read-Only mode.",
    );
    let trouble = bench.order("i-1").trouble.expect("trouble");
    assert_eq!(trouble.mends, [OrderMend::ReadOnly, OrderMend::Again]);
}

#[test]
fn a_refused_order_is_made_anew_as_it_was_sent_and_any_other_is_not() {
    let mut bench = Bench::ready();
    let mut sent = buy("i-1");
    sent.handling.outside_rth = true;
    let key = refused_order(
        &mut bench,
        sent.clone(),
        201,
        "Order rejected - reason:margin",
    );
    match bench.ask(Ask::Remake(key)).unwrap().unwrap() {
        Answer::Ticket(ticket) => {
            assert_eq!(ticket.changes, None);
            assert_eq!(ticket.limit_price, "180");
            assert_eq!(ticket.quantity, sent.quantity);
            assert!(ticket.handling.outside_rth);
        }
        other => panic!("{other:?}"),
    }
    let works = bench.sent(buy("i-2"));
    assert!(bench.ask(Ask::Remake(works.key)).unwrap().is_err());
}

#[test]
fn a_missing_subscription_says_where_it_is_had_and_what_a_paper_login_gets() {
    let mut bench = Bench::ready();
    let mut refused = |code, text: &str| {
        bench.broker(BrokerEvent::QuoteRefused {
            con_id: apple().contract.con_id,
            code,
            text: text.to_owned(),
        });
        let view = bench.desk.quote_view(apple().contract.con_id);
        view.refused.unwrap()
    };
    let place = "Client Portal, Settings, Market Data Subscriptions";
    for code in [354, 10089, 10090, 10091, 10168] {
        let says = refused(code, "Requested market data is not subscribed.");
        assert!(says.contains(place), "{says}");
        assert!(says.contains(&code.to_string()), "{says}");
        assert!(says.contains("Paper Trading Account"), "{says}");
    }
    let says = refused(200, "No security definition has been found.");
    assert_eq!(says, "No security definition has been found. (code 200)");
    bench.desk.mode = gatehouse_domain::account::Mode::Live;
    let view = bench.desk.quote_view(apple().contract.con_id);
    assert!(!view.refused.unwrap().contains("Paper"));
}

#[test]
fn delayed_prices_are_offered_where_live_ones_want_a_subscription() {
    for code in [354, 10168] {
        offered_for(code);
    }
}

fn offered_for(code: i32) {
    let mut bench = Bench::ready();
    bench.desk.quotes.clear();
    bench.broker(BrokerEvent::QuoteRefused {
        con_id: apple().contract.con_id,
        code,
        text: "Requested market data is not subscribed.".into(),
    });
    let fresh = |bench: &mut Bench| match bench.ask(Ask::Check(buy("i-1"))).unwrap().unwrap() {
        Answer::Check(check) => {
            let findings = check.verdict.expect("a verdict").findings;
            let fresh = findings.into_iter().find(|f| f.rule == "price.fresh");
            fresh.expect("the rule").mend
        }
        other => panic!("{other:?}"),
    };
    assert_eq!(fresh(&mut bench), Some(gatehouse_rules::Mend::DelayedData));
    bench.ask(Ask::UseDelayedData).unwrap().unwrap();
    assert_eq!(bench.delayed_taken, 1);
    assert_eq!(
        fresh(&mut bench),
        Some(gatehouse_rules::Mend::WaiveStalePrice),
        "asked for, and not there yet"
    );
}
