use super::*;
use crate::contract::SecurityKind;
use crate::id::{ConId, Symbol};
use proptest::prelude::*;

fn order(quantity: u32) -> Order {
    let terms = OrderTerms {
        account: AccountId::new("DU1").unwrap(),
        contract: Contract {
            con_id: ConId::new(265_598).unwrap(),
            symbol: Symbol::new("AAPL").unwrap(),
            kind: SecurityKind::Stock,
            exchange: "SMART".into(),
            primary_exchange: None,
            currency: Currency::USD,
            local_symbol: None,
            multiplier: Decimal::ONE,
            derivative: None,
            legs: Vec::new(),
        },
        side: Side::Buy,
        quantity: Quantity::new(quantity.into()).unwrap(),
        pricing: Some(Pricing::Market),
        order_type: "MKT".into(),
        tif: Some(TimeInForce::Day),
    };
    let intent = IntentId::new("i-1").unwrap();
    Order::new(Origin::Gatehouse(intent), terms, UnixMillis(0))
}

fn execution(id: &str, quantity: u32, price: &str) -> Execution {
    Execution {
        leg: None,
        exec_id: ExecId::new(id).unwrap(),
        quantity: Quantity::new(quantity.into()).unwrap(),
        price: price.parse().unwrap(),
        at: UnixMillis(1),
        commission: None,
        realized_pnl: None,
        liquidity: None,
    }
}

fn rejected() -> Report {
    Report::Rejected {
        code: Some(201),
        reason: "no".into(),
    }
}

#[test]
fn an_execution_that_completes_the_order_fills_it_before_any_status_does() {
    let mut order = order(10);
    order.add_execution(execution("a.1", 4, "100"));
    assert_eq!(order.state, OrderState::Sent);
    assert_eq!(order.remaining(), 6.into());
    order.add_execution(execution("a.2", 6, "101"));
    assert_eq!(order.state, OrderState::Filled);
    assert_eq!(order.average_price(), Some("100.6".parse().unwrap()));
}

#[test]
fn an_execution_told_twice_counts_once() {
    let mut order = order(10);
    assert!(order.add_execution(execution("a.1", 4, "100")));
    assert!(!order.add_execution(execution("a.1", 4, "100")));
    assert_eq!(order.filled(), 4.into());
}

#[test]
fn a_repeated_status_changes_nothing() {
    let mut order = order(10);
    assert!(order.apply(&Report::Submitted, UnixMillis(1)));
    assert!(!order.apply(&Report::Submitted, UnixMillis(2)));
    assert!(!order.apply(&Report::PreSubmitted, UnixMillis(3)));
    assert_eq!(order.state, OrderState::Working);
}

#[test]
fn a_fill_that_crossed_with_a_cancel_wins() {
    let mut order = order(10);
    order.apply(&Report::Cancelled, UnixMillis(1));
    assert!(order.apply(&Report::Filled, UnixMillis(2)));
    assert_eq!(order.state, OrderState::Filled);
}

#[test]
fn a_refused_cancel_puts_the_order_back_to_work() {
    let mut order = order(10);
    order.apply(&Report::Submitted, UnixMillis(1));
    order.apply(&Report::CancelAsked, UnixMillis(2));
    assert!(!order.apply(&Report::Submitted, UnixMillis(3)));
    order.apply(&Report::CancelRefused, UnixMillis(4));
    assert_eq!(order.state, OrderState::Working);
}

#[test]
fn an_order_that_seemed_not_to_have_arrived_may_show_up_after_all() {
    let mut order = order(10);
    order.apply(&Report::LinkLost, UnixMillis(1));
    assert_eq!(order.state, OrderState::Unknown);
    order.apply(&Report::NotListed, UnixMillis(2));
    assert_eq!(order.state, OrderState::NotAtBroker);
    order.apply(&Report::Submitted, UnixMillis(3));
    assert_eq!(order.state, OrderState::Working);
}

#[test]
fn commissions_in_two_currencies_have_no_sum() {
    let mut order = order(10);
    let mut first = execution("a.1", 4, "100");
    first.commission = Some((Decimal::ONE, Currency::USD));
    order.add_execution(first);
    let mut second = execution("a.2", 6, "100");
    second.commission = Some((Decimal::ONE, Currency::parse("HKD").unwrap()));
    order.add_execution(second);
    assert_eq!(order.commission(), None);
}

#[test]
fn a_lost_link_makes_unknown_only_what_was_under_way() {
    let mut working = order(10);
    working.apply(&Report::Submitted, UnixMillis(1));
    assert!(!working.apply(&Report::LinkLost, UnixMillis(2)));
    let mut cancelling = order(10);
    cancelling.apply(&Report::CancelAsked, UnixMillis(1));
    assert!(cancelling.apply(&Report::LinkLost, UnixMillis(2)));
    assert_eq!(cancelling.state, OrderState::Unknown);
}

fn any_report() -> impl Strategy<Value = Report> {
    prop::sample::select(vec![
        Report::Pending,
        Report::PreSubmitted,
        Report::Submitted,
        Report::PendingCancel,
        Report::Cancelled,
        Report::Filled,
        Report::Inactive,
        rejected(),
        Report::CancelAsked,
        Report::CancelRefused,
        Report::LinkLost,
        Report::NotListed,
    ])
}

proptest! {
    #[test]
    fn a_filled_order_stays_filled_and_a_rejected_one_never_works_again(
        before in prop::collection::vec(any_report(), 0..20),
        after in prop::collection::vec(any_report(), 0..20),
        end in prop::sample::select(vec![Report::Filled, rejected(), Report::Cancelled]),
    ) {
        let mut order = order(10);
        for report in &before {
            order.apply(report, UnixMillis(1));
        }
        order.apply(&end, UnixMillis(2));
        let ended = order.state.clone();
        prop_assert!(ended.is_final());
        for report in &after {
            order.apply(report, UnixMillis(3));
            prop_assert!(order.state == ended || order.state == OrderState::Filled);
        }
    }

    #[test]
    fn nothing_fills_beyond_the_order(parts in prop::collection::vec(1u32..9, 0..9)) {
        let mut order = order(10);
        for (n, part) in parts.iter().enumerate() {
            order.add_execution(execution(&format!("e.{n}"), *part, "1"));
            prop_assert!(order.filled() <= order.terms.quantity.get());
            prop_assert!(order.remaining() >= Decimal::ZERO);
        }
    }

    #[test]
    fn a_report_applied_twice_is_a_report_applied_once(
        before in prop::collection::vec(any_report(), 0..10), report in any_report()
    ) {
        let mut order = order(10);
        for earlier in &before {
            order.apply(earlier, UnixMillis(1));
        }
        order.apply(&report, UnixMillis(2));
        let once = order.state.clone();
        order.apply(&report, UnixMillis(2));
        prop_assert_eq!(order.state, once);
    }
}

#[test]
fn the_executions_of_legs_are_not_counted_beside_the_combination_s() {
    let mut order = order(2);
    let mut leg = execution("leg", 2, "9");
    leg.leg = ConId::new(7);
    order.add_execution(leg);
    assert_eq!(order.filled(), Decimal::ZERO);
    order.add_execution(execution("whole", 1, "2.50"));
    assert_eq!(order.filled(), Decimal::ONE);
    assert_eq!(order.average_price(), Some("2.50".parse().unwrap()));
}
