//! The link goes, the program ends, the gateway forgets: nothing lost and nothing twice.

use super::*;
use crate::error::ErrorCode;
use crate::port::{LinkFault, StoredRecord};
use crate::view::{LinkStateView, OrderStateView};

pub(super) fn lose(bench: &mut Bench) {
    bench.broker(BrokerEvent::Link(LinkState::Down {
        fault: LinkFault::Lost,
        retry_at: Some(bench.now),
    }));
}

/// Ends the program between two events and starts it again on its journal.
pub(super) fn restart(bench: &mut Bench) {
    let stored: Vec<StoredRecord> = bench
        .records
        .iter()
        .zip(1..)
        .map(|(record, seq)| StoredRecord {
            seq,
            hash: String::new(),
            record: record.clone(),
        })
        .collect();
    let mut options = options();
    // Numbered from the clock in the real program.
    options.first_preview = PreviewId::new(1_000_000 + u64::try_from(stored.len()).unwrap() * 1000);
    bench.desk = Desk::new(options, bench.now);
    bench.desk.restore(&stored);
    bench.what_ifs.clear();
    bench.disk_full = false;
    bench.connect();
    bench.complete();
    bench.event(Event::InstrumentAnswered {
        con_id: con_id(),
        answer: Ok(apple()),
    });
    bench.quote("180.00", "180.02");
}

#[test]
fn while_it_is_tried_again_the_last_fault_stays_told() {
    let mut bench = Bench::ready();
    lose(&mut bench);
    bench.broker(BrokerEvent::Link(LinkState::Connecting { attempt: 2 }));
    let link = bench.desk.link_view();
    assert_eq!(link.state, LinkStateView::Connecting);
    assert!(
        link.says
            .contains("(try 2). The gateway closed the connection"),
        "{}",
        link.says
    );
    bench.connect();
    bench.complete();
    lose(&mut bench);
    bench.connect();
    bench.broker(BrokerEvent::Link(LinkState::Connecting { attempt: 2 }));
    assert!(
        !bench.desk.link_view().says.contains("closed"),
        "a fault that is over"
    );
}

#[test]
fn a_lost_link_is_told_and_stops_previews() {
    let mut bench = Bench::ready();
    assert_eq!(bench.desk.link_view().state, LinkStateView::Up);
    lose(&mut bench);
    let link = bench.desk.link_view();
    assert_eq!(link.state, LinkStateView::Down);
    assert!(link.says.contains("closed the connection"), "{}", link.says);
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
    assert!(bench.what_ifs.is_empty());
}

#[test]
fn the_last_figures_stay_and_keep_their_age() {
    let mut bench = Bench::ready();
    lose(&mut bench);
    let account = bench.desk.accounts.get(&account_id(MARGIN)).unwrap();
    let figure = account.figures.get(&Tag::NetLiquidation).unwrap();
    assert_eq!((figure.value, figure.at), (dec("100000"), START));
}

#[test]
fn a_preview_made_before_the_loss_can_not_be_confirmed_during_it() {
    let mut bench = Bench::ready();
    let preview = bench.preview(buy("i-1"));
    lose(&mut bench);
    assert_eq!(
        bench.confirm(&preview).unwrap_err().code,
        ErrorCode::Blocked
    );
    assert!(bench.placed.is_empty());
}

#[test]
fn an_order_under_way_when_the_link_goes_is_unknown_and_found_again_by_its_order_ref() {
    let mut bench = Bench::ready();
    bench.sent(buy("i-1"));
    lose(&mut bench);
    assert_eq!(bench.order("i-1").state, OrderStateView::Unknown);
    bench.connect();
    bench.broker(BrokerEvent::Order(listed(
        key("i-1", 7, 3),
        Report::Submitted,
    )));
    bench.complete();
    assert_eq!(bench.order("i-1").state, OrderStateView::Working);
    assert_eq!(bench.placed.len(), 1);
}

#[test]
fn an_order_that_the_broker_lists_nowhere_is_said_so_and_not_sent_again() {
    let mut bench = Bench::ready();
    bench.sent(buy("i-1"));
    lose(&mut bench);
    bench.connect();
    bench.complete();
    let order = bench.order("i-1");
    assert_eq!(order.state, OrderStateView::NotAtBroker);
    assert!(order.says.contains("Look in TWS"));
    assert_eq!(bench.placed.len(), 1);
    // It arrives after all.
    bench.broker(BrokerEvent::Order(listed(
        key("i-1", 7, 3),
        Report::Submitted,
    )));
    assert_eq!(bench.order("i-1").state, OrderStateView::Working);
}

#[test]
fn an_order_sent_while_the_lists_are_still_read_is_not_taken_for_missing() {
    let mut bench = Bench::ready();
    bench.sent(buy("i-1"));
    bench.broker(BrokerEvent::Reconciled);
    assert_eq!(bench.order("i-1").state, OrderStateView::Sent);
}

#[test]
fn a_fill_during_the_gap_is_taken_up_from_the_executions() {
    let mut bench = Bench::ready();
    bench.sent(buy("i-1"));
    bench.status(key("i-1", 7, 3), Report::Submitted, "0");
    lose(&mut bench);
    assert_eq!(bench.order("i-1").state, OrderStateView::Working);
    bench.connect();
    bench.broker(BrokerEvent::Order(listed(
        OrderKey {
            perm_id: PermId::new(7),
            ..OrderKey::default()
        },
        Report::Filled,
    )));
    bench.execution(
        OrderKey {
            perm_id: PermId::new(7),
            ..OrderKey::default()
        },
        "e.1",
        "10",
        "179.98",
    );
    bench.complete();
    let order = bench.order("i-1");
    assert_eq!(order.state, OrderStateView::Filled);
    assert_eq!(order.average_price, Some(dec("179.98")));
}

#[test]
fn order_ids_that_a_restarted_gateway_gives_out_again_are_not_mixed_up() {
    let mut bench = Bench::ready();
    bench.sent(buy("i-1"));
    bench.status(key("i-1", 7, 3), Report::Submitted, "0");
    lose(&mut bench);
    bench.connect();
    bench.broker(BrokerEvent::Order(listed(
        key("i-1", 7, 3),
        Report::Submitted,
    )));
    bench.complete();
    bench.sent(buy("i-2"));
    // The gateway rolled its ids back and gives 3 to the new order.
    bench.broker(BrokerEvent::Order(listed(
        key("i-2", 8, 3),
        Report::Submitted,
    )));
    bench.execution(
        OrderKey {
            perm_id: PermId::new(8),
            order_id: OrderId::new(3),
            client_id: Some(17),
            order_ref: None,
        },
        "e.1",
        "10",
        "180",
    );
    assert_eq!(bench.order("i-1").state, OrderStateView::Working);
    assert_eq!(bench.order("i-2").state, OrderStateView::Filled);
}

#[test]
fn after_a_restart_the_order_is_unknown_until_the_broker_lists_it() {
    let mut bench = Bench::ready();
    let preview = bench.preview(buy("i-1"));
    bench.confirm(&preview).unwrap();
    restart(&mut bench);
    assert_eq!(bench.order("i-1").state, OrderStateView::NotAtBroker);
    // The page may still hold the old preview: it finds the old order and sends nothing.
    assert!(bench.confirm(&preview).is_ok());
    assert_eq!(bench.placed.len(), 1);
    bench.broker(BrokerEvent::Order(listed(
        key("i-1", 7, 3),
        Report::Submitted,
    )));
    assert_eq!(bench.order("i-1").state, OrderStateView::Working);
}

#[test]
fn after_a_restart_fills_and_commissions_are_as_they_were() {
    let mut bench = Bench::ready();
    bench.sent(buy("i-1"));
    bench.status(key("i-1", 7, 3), Report::Submitted, "0");
    bench.execution(key("i-1", 7, 3), "e.1", "4", "179.98");
    bench.broker(BrokerEvent::Commission {
        exec_id: ExecId::new("e.1").unwrap(),
        amount: Decimal::ONE,
        currency: Currency::USD,
        realized_pnl: None,
    });
    let before = bench.order("i-1");
    restart(&mut bench);
    let after = bench.order("i-1");
    assert_eq!(after.filled, before.filled);
    assert_eq!(after.average_price, before.average_price);
    assert_eq!(after.commission, before.commission);
    assert_eq!(after.perm_id, before.perm_id);
}

#[test]
fn a_cancel_is_refused_without_a_link_and_says_what_else_to_do() {
    let mut bench = Bench::ready();
    let order = bench.sent(buy("i-1"));
    lose(&mut bench);
    let error = bench.ask(Ask::Cancel(order.key)).unwrap().unwrap_err();
    assert_eq!(error.code, ErrorCode::NotConnected);
    assert!(error.message.contains("cancel in TWS"));
}

#[test]
fn a_login_with_other_accounts_forgets_the_old_ones_and_may_be_live() {
    let mut bench = Bench::ready();
    lose(&mut bench);
    bench.broker(BrokerEvent::Link(LinkState::Up(Session {
        server_version: 226,
        accounts: vec![account_id("U7")],
        client_id: 17,
        takes_over: false,
    })));
    bench.complete();
    assert_eq!(bench.desk.accounts.len(), 1);
    assert!(bench.desk.positions.is_empty());
    assert!(bench.desk.link_view().read_only);
    match bench.preview_outcome(draft("i-1", "U7", Side::Buy, "1", "180.00")) {
        PreviewOutcome::Blocked { verdict } => {
            assert_eq!(verdict.findings[0].rule, "mode.live-armed");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn when_the_gateway_loses_ibkr_figures_are_not_good_enough_to_trade_on() {
    let mut bench = Bench::ready();
    bench.broker(BrokerEvent::Upstream { connected: false });
    assert_eq!(bench.desk.link_view().state, LinkStateView::UpstreamDown);
    assert!(matches!(
        bench.preview_outcome(buy("i-1")),
        PreviewOutcome::Blocked { .. }
    ));
    bench.broker(BrokerEvent::Upstream { connected: true });
    assert!(matches!(
        bench.preview_outcome(buy("i-1")),
        PreviewOutcome::Ready { .. }
    ));
}

#[test]
fn a_journal_that_could_not_be_read_stops_orders_and_not_the_portfolio() {
    let mut bench = Bench::ready();
    bench.desk.journal_unread("it is damaged".into());
    let answer = bench.ask(Ask::Preview(buy("i-1"))).unwrap();
    let error = answer.unwrap_err();
    assert_eq!(error.code, ErrorCode::Journal);
    assert!(error.message.contains("it is damaged"), "{error}");
    assert!(bench.desk.journal_view().fault.is_some());
    assert_eq!(bench.desk.accounts.len(), 2);
}

#[test]
fn figures_from_before_the_gap_are_shown_but_nothing_is_judged_by_them() {
    let mut bench = Bench::ready();
    lose(&mut bench);
    bench.now = bench.now.plus(std::time::Duration::from_secs(60));
    bench.broker(BrokerEvent::Link(LinkState::Up(Session {
        server_version: 226,
        accounts: vec![account_id(MARGIN), account_id(ROTH)],
        client_id: 17,
        takes_over: false,
    })));
    bench.complete();
    bench.quote("180.00", "180.02");
    assert!(
        bench.desk.accounts[&account_id(ROTH)]
            .figure(Tag::SettledCash)
            .is_some()
    );
    match bench.preview_outcome(draft("i-1", ROTH, Side::Buy, "1", "180.00")) {
        PreviewOutcome::Blocked { verdict } => {
            assert_eq!(verdict.findings[0].rule, "ira.no-borrowing");
            assert!(verdict.findings[0].says.contains("not known yet"));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_read_only_api_shows_the_portfolio_and_says_what_to_untick() {
    let mut bench = Bench::new();
    bench.connect();
    bench.broker(BrokerEvent::PositionsComplete);
    let refused = || BrokerEvent::OrdersRefused {
        code: 321,
        text: "The API interface is currently in Read-Only mode.".into(),
    };
    bench.broker(refused());
    let link = bench.desk.link_view();
    assert_eq!((link.state, link.read_only), (LinkStateView::Up, true));
    assert!(
        link.says.contains("untick \"Read-Only API\""),
        "{}",
        link.says
    );
    let told = bench.desk.notices.len();
    bench.broker(refused());
    assert_eq!(bench.desk.notices.len(), told);
    bench.event(Event::InstrumentAnswered {
        con_id: con_id(),
        answer: Ok(apple()),
    });
    bench.quote("180.00", "180.02");
    assert!(matches!(
        bench.preview_outcome(buy("i-1")),
        PreviewOutcome::Blocked { .. }
    ));
    // It was unticked.
    bench.broker(BrokerEvent::Reconciled);
    assert!(!bench.desk.link_view().read_only);
    bench.sent(buy("i-1"));
}
