//! What was traded, as the rules are told of it: in which account, from wherever, over restarts.

use super::*;
use gatehouse_domain::id::AccountId;
use gatehouse_rules::Outcome;

fn traded(account: &str, side: Side, exec_id: &str) -> BrokerEvent {
    BrokerEvent::Execution {
        key: OrderKey {
            perm_id: PermId::new(99),
            ..OrderKey::default()
        },
        account: account_id(account),
        contract: apple().contract,
        side,
        exec_id: ExecId::new(exec_id).unwrap(),
        quantity: Quantity::parse("10").unwrap(),
        price: dec("170"),
        liquidity: None,
    }
}

fn realized(exec_id: &str, amount: &str) -> BrokerEvent {
    BrokerEvent::Commission {
        exec_id: ExecId::new(exec_id).unwrap(),
        amount: Decimal::ONE,
        currency: Currency::USD,
        realized_pnl: Some(dec(amount)),
    }
}

/// What a rule says of an order for Apple.
fn says(bench: &Bench, account: &str, side: Side, rule: &str) -> (Outcome, String) {
    let draft = gatehouse_testkit::limit(account, side, "10", "180.00");
    let judged = bench.desk.judge(&draft, &apple(), bench.now);
    let mut findings = judged.verdict().findings().iter();
    let finding = findings.find(|finding| finding.rule.id() == rule).unwrap();
    (finding.outcome, finding.says.clone())
}

#[test]
fn a_loss_made_in_tws_warns_of_a_purchase_in_the_roth_over_a_restart_too() {
    let mut bench = Bench::ready();
    let rule = "tax.wash-sale";
    assert_eq!(says(&bench, ROTH, Side::Buy, rule).0, Outcome::Passed);
    bench.broker(traded(MARGIN, Side::Sell, "e.9"));
    bench.broker(realized("e.9", "-120"));
    let (outcome, text) = says(&bench, ROTH, Side::Buy, rule);
    assert_eq!(outcome, Outcome::Warned);
    assert!(
        text.contains("DU1 sold 10 AAPL at a loss on 21 Sep 2026"),
        "{text}"
    );
    assert!(text.contains("lost for good"), "{text}");
    assert!(text.contains("From 22 Oct 2026 on"), "{text}");
    assert!(bench.kinds().contains(&"tradeSeen"));
    let again = bench.restarted();
    assert_eq!(says(&again, ROTH, Side::Buy, rule), (outcome, text));
}

#[test]
fn what_is_told_twice_is_written_once() {
    let mut bench = Bench::ready();
    for _ in 0..2 {
        bench.broker(traded(MARGIN, Side::Sell, "e.9"));
        bench.broker(realized("e.9", "-120"));
    }
    let kinds = bench.kinds();
    let of = |kind: &str| kinds.iter().filter(|each| **each == kind).count();
    assert_eq!((of("tradeSeen"), of("commission")), (1, 1));
}

#[test]
fn a_gain_and_what_is_a_month_old_warn_of_nothing() {
    let mut bench = Bench::ready();
    bench.broker(traded(MARGIN, Side::Sell, "e.9"));
    bench.broker(realized("e.9", "120"));
    assert_eq!(
        says(&bench, ROTH, Side::Buy, "tax.wash-sale").0,
        Outcome::Passed
    );
    bench.broker(realized("e.9", "-120"));
    assert_eq!(
        says(&bench, ROTH, Side::Buy, "tax.wash-sale").0,
        Outcome::Warned
    );
    bench.now = UnixMillis(bench.now.0 + 31 * 24 * 3600 * 1000);
    assert_eq!(
        says(&bench, ROTH, Side::Buy, "tax.wash-sale").0,
        Outcome::Passed
    );
}

#[test]
fn a_working_purchase_in_the_roth_warns_of_a_sale_at_a_loss() {
    let mut bench = Bench::ready();
    bench.broker(BrokerEvent::Position {
        account: account_id(MARGIN),
        contract: apple().contract,
        quantity: dec("10"),
        average_cost: Some(dec("200")),
    });
    let rule = "tax.wash-sale";
    let (outcome, text) = says(&bench, MARGIN, Side::Sell, rule);
    assert_eq!(outcome, Outcome::Informed);
    assert!(
        text.contains("before 21 Sep 2026, when Gatehouse began"),
        "{text}"
    );
    let mut order = listed(key("elsewhere", 7, 3), Report::Submitted);
    order.terms.account = account_id(ROTH);
    bench.broker(BrokerEvent::Order(order));
    let (outcome, text) = says(&bench, MARGIN, Side::Sell, rule);
    assert_eq!(outcome, Outcome::Warned);
    assert!(text.contains("A working order buys AAPL in DU2"), "{text}");
    assert!(text.contains("lost for good"), "{text}");
}

#[test]
fn our_own_trades_are_kept_with_their_orders() {
    let mut bench = Bench::ready();
    bench.sent(buy("i-1"));
    bench.execution(key("i-1", 7, 3), "e.1", "10", "180");
    assert!(!bench.kinds().contains(&"tradeSeen"));
    for bench in [&bench, &bench.restarted()] {
        let trades = bench.desk.trades_on(&apple().contract, bench.now);
        assert_eq!(trades.len(), 1);
        assert_eq!(*trades[0].account, account_id(MARGIN));
    }
}

#[test]
fn cash_in_another_currency_is_what_an_ira_may_spend_of_it() {
    let mut bench = Bench::ready();
    let mut instrument = apple();
    instrument.contract.currency = Currency::parse("EUR").unwrap();
    let draft = gatehouse_testkit::limit(ROTH, Side::Buy, "10", "100");
    let outcome = |bench: &Bench| {
        let judged = bench.desk.judge(&draft, &instrument, bench.now);
        let mut findings = judged.verdict().findings().iter();
        let rule = "ira.no-foreign-debit";
        findings
            .find(|finding| finding.rule.id() == rule)
            .unwrap()
            .outcome
    };
    assert_eq!(outcome(&bench), Outcome::LacksFact);
    let account: AccountId = account_id(ROTH);
    for (amount, expected) in [("1000", Outcome::Blocked), ("1005", Outcome::Passed)] {
        bench.broker(BrokerEvent::Cash {
            account: account.clone(),
            currency: instrument.contract.currency,
            amount: dec(amount),
        });
        assert_eq!(outcome(&bench), expected, "{amount}");
    }
}
