//! What the page is told.

use super::*;
use crate::view::{Change, StreamMessage};
use gatehouse_domain::derivative::{Derivative, Expiry, OptionTerms, Right};
use std::time::Duration;

fn attached() -> Bench {
    let mut bench = Bench::ready();
    assert!(bench.ask(Ask::Resync).unwrap().is_ok());
    bench
}

fn beat(bench: &mut Bench) -> Vec<Change> {
    bench.published.clear();
    bench.event(Event::Beat);
    match bench.published.pop() {
        Some(StreamMessage::Delta { changes, .. }) => changes,
        None => Vec::new(),
        Some(StreamMessage::Snapshot { .. }) => panic!("a snapshot was not due"),
    }
}

#[test]
fn a_page_gets_a_snapshot_and_then_only_what_changed_numbered_without_a_gap() {
    let mut bench = attached();
    let Some(StreamMessage::Snapshot { seq, snapshot }) = bench.published.pop() else {
        panic!("a snapshot first");
    };
    assert_eq!(snapshot.accounts.len(), 2);
    assert_eq!(snapshot.positions.len(), 1);
    assert_eq!(
        snapshot.household.net_liquidation.value,
        Some(dec("200000"))
    );
    assert!(beat(&mut bench).is_empty());
    bench.quote("180.01", "180.03");
    bench.event(Event::Beat);
    let Some(StreamMessage::Delta { seq: next, changes }) = bench.published.pop() else {
        panic!("a delta next");
    };
    assert_eq!(next, seq + 1);
    // The quote, and the price of the position in it.
    assert_eq!(changes.len(), 3, "{changes:?}");
}

#[test]
fn a_position_without_the_brokers_value_is_valued_from_the_quote_and_marked() {
    let bench = attached();
    let position = bench.desk.positions.values().next().unwrap();
    let view = bench.desk.position_view(position);
    assert_eq!(view.value.value, Some(dec("7200.40")));
    assert_eq!(
        view.value.source,
        Some(gatehouse_domain::observed::Source::Model)
    );
    assert_eq!(view.unrealized_pnl.value, None);
}

/// A position in Hong Kong, priced at 400 HKD.
fn tencent(bench: &mut Bench, account: &str, quantity: &str) {
    let mut contract = apple().contract;
    contract.con_id = ConId::new(700).unwrap();
    contract.currency = Currency::parse("HKD").unwrap();
    bench.broker(BrokerEvent::Position {
        account: account_id(account),
        contract,
        quantity: dec(quantity),
        average_cost: Some(dec("350")),
    });
    let at = bench.now;
    let con_id = ConId::new(700).unwrap();
    bench.broker(BrokerEvent::Ticks(vec![
        tick(con_id, QuoteField::Bid, "399.8", at),
        tick(con_id, QuoteField::Ask, "400.2", at),
        tick(con_id, QuoteField::Last, "400", at),
    ]));
}

fn tencent_view(bench: &Bench, account: &str) -> crate::view::PositionView {
    let position = bench
        .desk
        .positions
        .values()
        .find(|p| p.contract.con_id.get() == 700 && p.account.as_str() == account);
    bench.desk.position_view(position.unwrap())
}

#[test]
fn the_brokers_value_and_profit_of_a_foreign_position_are_in_the_base_currency() {
    let mut bench = attached();
    tencent(&mut bench, ROTH, "100");
    bench.broker(BrokerEvent::PositionPnl {
        account: account_id(ROTH),
        con_id: ConId::new(700).unwrap(),
        daily: Some(dec("12")),
        unrealized: Some(dec("640")),
        value: Some(dec("5120")),
    });
    let view = tencent_view(&bench, ROTH);
    assert_eq!(view.instrument.currency, "HKD");
    assert_eq!(view.value.value, Some(dec("5120")));
    assert_eq!(view.value_currency.as_deref(), Some("USD"));
    assert_eq!(view.pnl_currency.as_deref(), Some("USD"));
}

#[test]
fn a_foreign_position_without_the_brokers_value_is_reckoned_at_the_rate_or_stays_in_its_currency() {
    let mut bench = attached();
    tencent(&mut bench, ROTH, "100");
    let view = tencent_view(&bench, ROTH);
    assert_eq!(view.value.value, Some(dec("40000")));
    assert_eq!(view.value_currency.as_deref(), Some("HKD"));
    bench.broker(BrokerEvent::ExchangeRate {
        account: account_id(ROTH),
        currency: Currency::parse("HKD").unwrap(),
        rate: dec("0.128"),
    });
    let view = tencent_view(&bench, ROTH);
    assert_eq!(view.value.value, Some(dec("5120")));
    assert_eq!(view.value_currency.as_deref(), Some("USD"));
}

#[test]
fn values_in_different_currencies_have_no_sum() {
    let mut bench = attached();
    tencent(&mut bench, ROTH, "100");
    tencent(&mut bench, MARGIN, "50");
    let con_id = ConId::new(700).unwrap();
    // One told by the broker in base currency, one reckoned here in the contract's.
    bench.broker(BrokerEvent::PositionPnl {
        account: account_id(ROTH),
        con_id,
        daily: None,
        unrealized: None,
        value: Some(dec("5120")),
    });
    let view = bench.desk.merged_view(con_id).unwrap();
    assert_eq!((view.value.value, view.value_currency), (None, None));
    bench.broker(BrokerEvent::PositionPnl {
        account: account_id(MARGIN),
        con_id,
        daily: Some(dec("1")),
        unrealized: Some(dec("2")),
        value: Some(dec("2560")),
    });
    let view = bench.desk.merged_view(con_id).unwrap();
    assert_eq!(view.value.value, Some(dec("7680")));
    assert_eq!(view.value_currency.as_deref(), Some("USD"));
    bench.broker(BrokerEvent::AccountBase {
        account: account_id(MARGIN),
        currency: Currency::parse("EUR").unwrap(),
    });
    let view = bench.desk.merged_view(con_id).unwrap();
    assert_eq!((view.value.value, view.value_currency), (None, None));
    assert_eq!((view.unrealized_pnl.value, view.pnl_currency), (None, None));
}

#[test]
fn the_household_has_no_sum_over_different_currencies() {
    let mut bench = attached();
    bench.broker(BrokerEvent::AccountBase {
        account: account_id(ROTH),
        currency: Currency::parse("EUR").unwrap(),
    });
    let view = bench.desk.household_view();
    assert_eq!(view.currency, None);
    assert_eq!(view.net_liquidation.value, None);
}

#[test]
fn a_figure_that_the_broker_unsets_is_unknown_not_zero() {
    let mut bench = attached();
    bench.broker(BrokerEvent::AccountFigure {
        account: account_id(ROTH),
        tag: Tag::NetLiquidation,
        value: None,
    });
    assert_eq!(bench.desk.household_view().net_liquidation.value, None);
}

#[test]
fn a_closed_position_is_taken_away() {
    let mut bench = attached();
    bench.broker(BrokerEvent::Position {
        account: account_id(ROTH),
        contract: apple().contract,
        quantity: Decimal::ZERO,
        average_cost: None,
    });
    let changes = beat(&mut bench);
    assert!(changes.contains(&Change::PositionGone(format!("{ROTH}:{}", con_id()))));
    assert!(changes.contains(&Change::MergedGone(con_id().get())));
}

#[test]
fn the_page_hears_about_once_a_second_that_the_gateway_is_alive() {
    let mut bench = attached();
    bench.now = bench.now.plus(Duration::from_secs(5));
    bench.quote("180.00", "180.02");
    let heard = |changes: &[Change]| changes.iter().any(|c| matches!(c, Change::Link(_)));
    assert!(heard(&beat(&mut bench)));
    bench.now = bench.now.plus(Duration::from_millis(200));
    bench.quote("180.01", "180.02");
    assert!(!heard(&beat(&mut bench)));
}

#[test]
fn a_check_while_typing_is_not_an_attempt() {
    let mut bench = attached();
    bench.records.clear();
    match bench.ask(Ask::Check(buy("i-1"))) {
        Some(Ok(Answer::Check(view))) => assert!(view.verdict.is_some_and(|v| v.clear)),
        other => panic!("{other:?}"),
    }
    assert!(bench.records.is_empty());
}

#[test]
fn the_preview_repeats_what_is_about_to_happen_in_words() {
    let mut bench = attached();
    let preview = bench.preview(draft("i-1", ROTH, Side::Buy, "10", "180.00"));
    insta::assert_json_snapshot!(preview, { ".verdict.findings" => "[the findings]" });
}

#[test]
fn buying_power_after_an_order_follows_the_available_funds_and_is_unknown_without_them() {
    let mut bench = Bench::ready();
    let told = |bench: &mut Bench, funds: Option<&str>| {
        for (tag, value) in [
            (Tag::BuyingPower, Some("400000")),
            (Tag::AvailableFunds, funds),
        ] {
            bench.broker(BrokerEvent::AccountFigure {
                account: account_id(MARGIN),
                tag,
                value: value.map(dec),
            });
        }
        let intent = format!("funds-{funds:?}").replace(|c: char| !c.is_alphanumeric(), "-");
        bench
            .preview(draft(&intent, MARGIN, Side::Buy, "1", "180.02"))
            .margin
    };
    // Equity of 100,000 before and 99,999 after, initial margin of 1,900 after.
    let margin = told(&mut bench, Some("100000"));
    assert_eq!(margin.available_funds.after, Some(dec("98099")));
    assert_eq!(margin.buying_power.before, Some(dec("400000")));
    assert_eq!(margin.buying_power.after, Some(dec("392396.00")));
    for funds in [Some("0"), Some("-5"), None] {
        assert_eq!(
            told(&mut bench, funds).buying_power.after,
            None,
            "{funds:?}"
        );
    }
}

#[test]
fn what_is_held_is_looked_up_once_when_everything_else_has_been_read() {
    let mut bench = Bench::new();
    bench.connect();
    assert!(bench.lookups.is_empty());
    bench.complete();
    assert_eq!(bench.lookups, [con_id()]);
    // The page asks for the same: it waits for the answer under way.
    assert!(bench.ask(Ask::Instrument(con_id())).is_none());
    assert_eq!(bench.lookups, [con_id()]);
    bench.event(Event::InstrumentAnswered {
        con_id: con_id(),
        answer: Ok(apple()),
    });
    let view = bench
        .desk
        .position_view(bench.desk.positions.values().next().unwrap());
    assert_eq!(view.instrument.name.as_deref(), Some("AAPL Inc"));
    assert!(bench.answer_to(AskId(bench.asks)).unwrap().is_ok());
}

#[test]
fn an_option_is_never_called_by_its_underlying_alone() {
    let mut call = apple();
    call.contract.con_id = ConId::new(77).unwrap();
    call.contract.kind = gatehouse_domain::contract::SecurityKind::Option;
    call.contract.multiplier = Decimal::ONE_HUNDRED;
    call.contract.derivative = Some(Derivative {
        expiry: Expiry::from_wire("20261218").unwrap(),
        option: Some(OptionTerms {
            strike: Price::parse("180").unwrap(),
            right: Right::Call,
        }),
    });
    let name = "AAPL 18 Dec 26 180 C";
    let mut bench = Bench::ready();
    bench.event(Event::InstrumentAnswered {
        con_id: call.contract.con_id,
        answer: Ok(call.clone()),
    });
    let ticks = [(QuoteField::Bid, "5.00"), (QuoteField::Ask, "5.10")];
    let at = bench.now;
    bench.broker(BrokerEvent::Ticks(
        ticks
            .map(|(field, value)| tick(call.contract.con_id, field, value, at))
            .to_vec(),
    ));
    let mut ticket = draft("i-1", MARGIN, Side::Buy, "1", "5.10");
    ticket.con_id = Some(77);
    let preview = bench.preview(ticket);
    assert_eq!(preview.symbol, name);
    assert!(preview.sentence.contains(name), "{}", preview.sentence);
    bench.confirm(&preview).unwrap();
    bench.status(key("i-1", 9001, 1), Report::Filled, "1");
    bench.event(Event::Beat);
    bench.event(Event::Beat);
    let told: Vec<_> = bench.desk.notices.iter().map(|n| &n.text).collect();
    assert!(told.iter().any(|text| text.contains(name)), "{told:?}");
    for record in &bench.records {
        let says = crate::engine::journal_sentence(&record.entry);
        assert!(
            !says.contains("AAPL") || says.contains(name),
            "the journal says {says:?}"
        );
    }
}

#[test]
fn what_was_quoted_before_something_unreadable_came_is_no_longer_shown() {
    let mut bench = attached();
    bench.quote("180.01", "180.03");
    let con_id = apple().contract.con_id;
    let refused = |code| BrokerEvent::QuoteRefused {
        con_id,
        code,
        text: "x".into(),
    };
    // Another login has the data: what it said last is still what it said last.
    bench.broker(refused(10197));
    assert!(bench.desk.quotes.contains_key(&con_id));
    bench.broker(refused(0));
    assert!(!bench.desk.quotes.contains_key(&con_id));
    let changes = beat(&mut bench);
    let quote = changes.iter().find_map(|change| match change {
        Change::Quote(quote) => Some(quote),
        _ => None,
    });
    let quote = quote.expect("the quote is told");
    assert_eq!((quote.bid.value, quote.last.value), (None, None));
    assert!(quote.refused.is_some());
}
