//! What has filled and does not show in positions and cash yet, and changes that the broker has
//! not listed yet, in a Roth IRA with 40 shares and 100,000 of settled cash.

use super::*;
use crate::port::LinkFault;

fn roth(intent: &str, side: Side, quantity: &str) -> DraftInput {
    draft(intent, ROTH, side, quantity, "180.00")
}

fn holds(bench: &mut Bench, quantity: &str) {
    bench.broker(BrokerEvent::Position {
        account: account_id(ROTH),
        contract: apple().contract,
        quantity: dec(quantity),
        average_cost: Some(dec("150")),
    });
}

fn has_cash(bench: &mut Bench, amount: &str) {
    for tag in [Tag::SettledCash, Tag::TotalCashValue] {
        bench.broker(BrokerEvent::AccountFigure {
            account: account_id(ROTH),
            tag,
            value: Some(dec(amount)),
        });
    }
}

impl Bench {
    /// An order that went out and, as its status says, has filled so far.
    fn filled(&mut self, draft: DraftInput, order_id: i32, filled: &str) {
        let key = key(&draft.intent, i64::from(order_id) + 100, order_id);
        let whole = draft.quantity == filled;
        self.sent(draft);
        let report = match whole {
            true => Report::Filled,
            false => Report::Submitted,
        };
        self.status(key, report, filled);
    }

    /// Whether the rules let it to the broker.
    fn passes(&mut self, draft: DraftInput) -> bool {
        match self.preview_outcome(draft) {
            PreviewOutcome::Ready { .. } => true,
            PreviewOutcome::Blocked { .. } => false,
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn shares_that_were_sold_are_not_sold_again_before_the_position_shows_it() {
    let mut bench = Bench::ready();
    bench.filled(roth("i-1", Side::Sell, "40"), 1, "40");
    assert!(!bench.passes(roth("i-2", Side::Sell, "1")), "all are sold");
    holds(&mut bench, "0");
    assert!(!bench.passes(roth("i-3", Side::Sell, "1")), "none are held");
    holds(&mut bench, "40");
    assert!(bench.passes(roth("i-4", Side::Sell, "40")), "forty came in");
}

#[test]
fn a_part_that_filled_counts_once_whichever_is_told_first() {
    for position_first in [false, true] {
        let mut bench = Bench::ready();
        bench.sent(roth("i-1", Side::Sell, "30"));
        let key = key("i-1", 101, 1);
        if position_first {
            holds(&mut bench, "30");
        }
        bench.status(key.clone(), Report::Submitted, "10");
        assert!(
            !bench.passes(roth("i-2", Side::Sell, "11")),
            "{position_first}"
        );
        assert!(
            bench.passes(roth("i-3", Side::Sell, "10")),
            "{position_first}"
        );
        if !position_first {
            holds(&mut bench, "30");
        }
        bench.status(key, Report::Cancelled, "10");
        assert!(
            !bench.passes(roth("i-4", Side::Sell, "31")),
            "{position_first}"
        );
        assert!(
            bench.passes(roth("i-5", Side::Sell, "30")),
            "{position_first}"
        );
    }
}

#[test]
fn cash_that_was_spent_is_not_spent_again_before_the_figures_show_it() {
    let mut bench = Bench::ready();
    bench.filled(roth("i-1", Side::Buy, "500"), 1, "500");
    assert!(
        !bench.passes(roth("i-2", Side::Buy, "56")),
        "10,000 are left"
    );
    assert!(bench.passes(roth("i-3", Side::Buy, "55")));
    has_cash(&mut bench, "9999");
    assert!(!bench.passes(roth("i-4", Side::Buy, "56")));
    assert!(bench.passes(roth("i-5", Side::Buy, "55")), "it counts once");
}

#[test]
fn two_fills_are_counted_until_each_of_them_shows_in_the_cash() {
    let mut bench = Bench::ready();
    bench.filled(roth("i-1", Side::Buy, "200"), 1, "200");
    bench.filled(roth("i-2", Side::Buy, "300"), 2, "300");
    // The first of them shows.
    has_cash(&mut bench, "63999");
    assert!(!bench.passes(roth("i-3", Side::Buy, "56")));
    assert!(bench.passes(roth("i-4", Side::Buy, "55")));
    has_cash(&mut bench, "9998");
    assert!(!bench.passes(roth("i-5", Side::Buy, "56")));
    assert!(bench.passes(roth("i-6", Side::Buy, "55")));
}

#[test]
fn cash_that_falls_before_the_fill_is_told_counts_once() {
    let mut bench = Bench::ready();
    bench.sent(roth("i-1", Side::Buy, "500"));
    has_cash(&mut bench, "9999");
    bench.status(key("i-1", 101, 1), Report::Filled, "500");
    assert!(!bench.passes(roth("i-2", Side::Buy, "56")));
    assert!(bench.passes(roth("i-3", Side::Buy, "55")));
}

#[test]
fn what_never_shows_is_let_go_after_a_while() {
    let mut bench = Bench::ready();
    bench.filled(roth("i-1", Side::Buy, "500"), 1, "500");
    bench.now = bench.now.plus(std::time::Duration::from_secs(301));
    bench.quote("180.00", "180.02");
    assert!(bench.passes(roth("i-2", Side::Buy, "500")));
}

#[test]
fn a_new_session_begins_with_what_the_broker_tells_then() {
    let mut bench = Bench::ready();
    bench.filled(roth("i-1", Side::Sell, "40"), 1, "40");
    bench.broker(BrokerEvent::Link(LinkState::Down {
        fault: LinkFault::Lost,
        retry_at: None,
    }));
    bench.connect();
    holds(&mut bench, "40");
    bench.complete();
    bench.quote("180.00", "180.02");
    assert!(bench.passes(roth("i-2", Side::Sell, "40")));
}

#[test]
fn a_change_that_is_under_way_counts_with_what_it_may_come_to() {
    let mut bench = Bench::ready();
    bench.sent(roth("i-1", Side::Buy, "100"));
    bench.status(key("i-1", 101, 1), Report::Submitted, "0");
    let change = DraftInput {
        changes: Some("i-1".into()),
        ..roth("c-1", Side::Buy, "500")
    };
    let preview = bench.preview(change);
    bench.confirm(&preview).expect("sent");
    assert!(
        !bench.passes(roth("i-2", Side::Buy, "56")),
        "the change may cost 90,000"
    );
    assert!(bench.passes(roth("i-3", Side::Buy, "55")));
}

#[test]
fn a_change_of_a_sale_that_is_under_way_takes_what_it_may_sell() {
    let mut bench = Bench::ready();
    bench.sent(roth("i-1", Side::Sell, "10"));
    bench.status(key("i-1", 101, 1), Report::Submitted, "0");
    let change = DraftInput {
        changes: Some("i-1".into()),
        ..roth("c-1", Side::Sell, "35")
    };
    let preview = bench.preview(change);
    bench.confirm(&preview).expect("sent");
    assert!(!bench.passes(roth("i-2", Side::Sell, "6")));
    assert!(bench.passes(roth("i-3", Side::Sell, "5")));
}
