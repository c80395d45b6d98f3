//! Losses, figures that make no sense and clocks that are wrong, on the whole road.

use super::*;
use crate::error::ErrorCode;
use crate::port::LinkFault;
use crate::record::RulesBy;
use crate::view::OutcomeView;
use gatehouse_domain::order_type::OrderType;
use std::time::Duration;

const DAY: Duration = Duration::from_secs(24 * 3600);

fn limited(rule: &str, key: &str, number: &str) -> Bench {
    let mut bench = Bench::ready();
    bench.limit(rule, key, number);
    bench
}

fn roth(intent: &str, side: Side) -> DraftInput {
    draft(intent, ROTH, side, "10", "180.00")
}

impl Bench {
    fn limit(&mut self, rule: &str, key: &str, number: &str) {
        let book = self.desk.options.book.clone();
        let book = book.with_number(rule, key, dec(number)).unwrap();
        let taken = self.ask(Ask::TakeBook {
            book: Some(Box::new(book)),
            by: RulesBy::Person,
            fault: None,
        });
        assert!(matches!(taken, Some(Ok(_))), "{taken:?}");
    }

    fn figure(&mut self, account: &str, tag: Tag, value: Option<&str>) {
        self.broker(BrokerEvent::AccountFigure {
            account: account_id(account),
            tag,
            value: value.map(dec),
        });
    }

    /// How a rule came out of a preview, and whether the order could be confirmed.
    fn comes_out(&mut self, draft: DraftInput, rule: &str) -> (OutcomeView, bool) {
        let (verdict, goes) = match self.preview_outcome(draft) {
            PreviewOutcome::Ready { preview } => (preview.verdict, true),
            PreviewOutcome::Blocked { verdict } => (verdict, false),
            other => panic!("{other:?}"),
        };
        let of_it = verdict.findings.iter().find(|finding| finding.rule == rule);
        (
            of_it.unwrap_or_else(|| panic!("{verdict:#?}")).outcome,
            goes,
        )
    }
}

#[test]
fn a_day_s_loss_stops_what_opens_lets_go_what_closes_and_is_over_on_the_next_day() {
    const RULE: &str = "limit.daily-loss";
    let mut bench = limited(RULE, "most", "500");
    assert_eq!(
        bench.comes_out(roth("i-0", Side::Buy), RULE),
        (OutcomeView::LacksFact, false),
        "no loss is known yet"
    );
    bench.figure(ROTH, Tag::DailyPnl, Some("-499.99"));
    let before = bench.preview(roth("i-1", Side::Buy));
    bench.figure(ROTH, Tag::DailyPnl, Some("-500"));
    let refused = bench.confirm(&before).unwrap_err();
    assert_eq!(refused.code, ErrorCode::Blocked, "{refused:?}");
    assert_eq!(
        bench.comes_out(roth("i-2", Side::Buy), RULE),
        (OutcomeView::Blocked, false)
    );
    let closing = bench.preview(roth("i-3", Side::Sell));
    bench.confirm(&closing).expect("what closes goes");
    // Another account has lost nothing.
    bench.figure(MARGIN, Tag::DailyPnl, Some("0"));
    assert_eq!(
        bench.comes_out(buy("i-4"), RULE),
        (OutcomeView::Passed, true)
    );
    // The broker begins the day's count anew.
    bench.now = bench.now.plus(DAY);
    bench.quote("180.00", "180.02");
    bench.figure(ROTH, Tag::DailyPnl, Some("0"));
    let opening = bench.preview(roth("i-5", Side::Buy));
    bench.confirm(&opening).expect("it is lifted");
    assert_eq!(bench.placed.len(), 2);
}

#[test]
fn a_loss_from_before_the_link_was_lost_is_not_that_of_now() {
    const RULE: &str = "limit.daily-loss";
    let mut bench = limited(RULE, "most", "500");
    bench.figure(ROTH, Tag::DailyPnl, Some("0"));
    bench.broker(BrokerEvent::Link(LinkState::Down {
        fault: LinkFault::Lost,
        retry_at: None,
    }));
    bench.now = bench.now.plus(Duration::from_secs(60));
    bench.connect();
    bench.complete();
    bench.quote("180.00", "180.02");
    assert_eq!(
        bench.comes_out(roth("i-1", Side::Buy), RULE),
        (OutcomeView::LacksFact, false)
    );
}

#[test]
fn a_drawdown_counts_from_the_highest_value_over_restarts_and_lets_go_what_closes() {
    const RULE: &str = "limit.drawdown";
    let mut bench = limited(RULE, "percent", "10");
    bench.figure(ROTH, Tag::NetLiquidation, Some("120000"));
    bench.figure(ROTH, Tag::NetLiquidation, Some("108000.01"));
    assert_eq!(
        bench.comes_out(roth("i-1", Side::Buy), RULE),
        (OutcomeView::Passed, true)
    );
    // After a restart the account is told to be worth 100,000.
    let mut again = bench.restarted();
    again.complete();
    again.limit(RULE, "percent", "10");
    assert_eq!(
        again.comes_out(roth("i-2", Side::Buy), RULE),
        (OutcomeView::Blocked, false)
    );
    assert_eq!(
        again.comes_out(roth("i-3", Side::Sell), RULE),
        (OutcomeView::Passed, true)
    );
}

#[test]
fn an_account_worth_less_than_nothing_opens_nothing_under_a_share_of_it() {
    const RULE: &str = "limit.share-of-nlv";
    let mut bench = limited(RULE, "percent", "50");
    bench.figure(ROTH, Tag::NetLiquidation, Some("-1"));
    assert_eq!(
        bench.comes_out(roth("i-1", Side::Buy), RULE),
        (OutcomeView::Blocked, false)
    );
    assert_eq!(
        bench.comes_out(roth("i-2", Side::Sell), RULE),
        (OutcomeView::Passed, true)
    );
}

#[test]
fn a_price_of_zero_is_no_price_to_buy_at() {
    let mut bench = Bench::ready();
    bench.quote("0", "0");
    let market = DraftInput {
        order_type: OrderType::Market,
        limit_price: String::new(),
        ..roth("i-1", Side::Buy)
    };
    let outcome = bench.preview_outcome(market);
    assert!(
        matches!(outcome, PreviewOutcome::Blocked { .. }),
        "{outcome:?}"
    );
    assert!(bench.what_ifs.is_empty(), "the broker was not asked");
}

#[test]
fn without_a_rate_an_account_in_another_currency_buys_nothing_and_with_it_the_value_is_its_own() {
    let mut bench = limited("cap.value", "most", "1620");
    let euro = Currency::parse("EUR").unwrap();
    bench.broker(BrokerEvent::AccountBase {
        account: account_id(MARGIN),
        currency: euro,
    });
    assert_eq!(
        bench.comes_out(buy("i-1"), "cap.value"),
        (OutcomeView::LacksFact, false)
    );
    // Ten at 180.00 are 1,620.00 of them, and then a little more.
    for (rate, outcome) in [("0.9", OutcomeView::Passed), ("0.91", OutcomeView::Blocked)] {
        bench.broker(BrokerEvent::ExchangeRate {
            account: account_id(MARGIN),
            currency: Currency::USD,
            rate: dec(rate),
        });
        assert_eq!(
            bench.comes_out(buy("i-2"), "cap.value").0,
            outcome,
            "{rate}"
        );
    }
}

#[test]
fn while_the_market_is_closed_a_market_order_says_so_in_its_preview() {
    let mut bench = Bench::ready();
    // The day before is a Sunday.
    bench.now = UnixMillis(START.0 - 24 * 3600 * 1000);
    bench.quote("180.00", "180.02");
    let market = DraftInput {
        order_type: OrderType::Market,
        limit_price: String::new(),
        ..buy("i-1")
    };
    let preview = bench.preview(market);
    let warned = preview.warnings.iter().any(|says| says.contains("session"));
    assert!(warned, "{:?}", preview.warnings);
}

#[test]
fn a_clock_that_jumps_a_day_lets_no_preview_and_no_price_of_before_through() {
    let (ahead, behind) = (START.plus(DAY), UnixMillis(START.0 - 24 * 3600 * 1000));
    for jump in [ahead, behind] {
        let mut bench = Bench::ready();
        let preview = bench.preview(buy("i-1"));
        bench.now = jump;
        bench.quote("180.00", "180.02");
        let refused = bench.confirm(&preview).unwrap_err();
        assert_eq!(refused.code, ErrorCode::PreviewGone, "{jump:?}");
        assert!(bench.placed.is_empty());
    }
    let mut bench = Bench::ready();
    bench.now = ahead;
    assert_eq!(
        bench.comes_out(buy("i-2"), "price.fresh"),
        (OutcomeView::Blocked, false)
    );
}
