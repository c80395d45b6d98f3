//! What a size is reckoned from: the usual day, what pays, and what moves alike.

use super::*;
use crate::effect::Days;
use crate::error::ErrorCode;
use crate::port::BrokerError;
use crate::view::{DayRangeView, MovesWithView, PaysWith, SizeFactsView};
use gatehouse_domain::bar::DayBar;
use gatehouse_domain::chain::{Dated, exchange_day};
use gatehouse_domain::contract::Contract;
use gatehouse_domain::derivative::Expiry;
use gatehouse_testkit::stock;

/// So many days up to the day before the bench's, with closes by their place.
fn days(count: i32, close: impl Fn(i64) -> i64) -> Days {
    let mut date = exchange_day(START).unwrap().date();
    let mut bars = Vec::new();
    for ago in 1..=count {
        date = date.yesterday().unwrap();
        let close = Decimal::new(close(i64::from(ago)), 2);
        bars.push(DayBar {
            day: Expiry::new(date.year(), date.month(), date.day()).unwrap(),
            high: close + Decimal::ONE,
            low: close - Decimal::ONE,
            close,
        });
    }
    bars.reverse();
    Ok(Dated {
        value: bars,
        taken: START,
    })
}

fn zigzag(ago: i64) -> i64 {
    18_000 + ago * ago * 31 % 401
}

fn day_range(bench: &mut Bench, answer: Days) -> Result<DayRangeView, ApiError> {
    assert!(bench.ask(Ask::DayRange(con_id())).is_none());
    let id = AskId(bench.asks);
    bench.event(Event::DayBarsAnswered { id, answer });
    match bench.answer_to(id).unwrap()? {
        Answer::DayRange(view) => Ok(view),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_usual_range_of_a_day_is_told_with_its_days_and_when_they_were_asked_for() {
    let mut bench = Bench::ready();
    let told = day_range(&mut bench, days(60, |_| 18_000)).unwrap();
    assert_eq!(told.average, Some(dec("2")));
    assert_eq!((told.days, told.told), (14, 60));
    let yesterday = exchange_day(START).unwrap().date().yesterday().unwrap();
    assert_eq!(told.newest, Some(yesterday.strftime("%Y%m%d").to_string()));
    assert_eq!(told.at, START.into());
}

#[test]
fn with_too_few_days_the_range_is_unknown_and_a_refusal_is_said() {
    let mut bench = Bench::ready();
    let told = day_range(&mut bench, days(10, zigzag)).unwrap();
    assert_eq!((told.average, told.told), (None, 10));
    let refused = BrokerError::Refused {
        code: 162,
        text: "No market data permissions".into(),
    };
    let error = day_range(&mut bench, Err(refused)).unwrap_err();
    assert!(error.message.contains("No market data permissions"));
    let stranger = bench.ask(Ask::DayRange(ConId::new(999).unwrap()));
    assert_eq!(stranger.unwrap().unwrap_err().code, ErrorCode::NotFound);
}

fn facts(bench: &mut Bench, account: &str) -> SizeFactsView {
    match bench.ask(Ask::SizeFacts(account_id(account))).unwrap() {
        Ok(Answer::SizeFacts(view)) => view,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_ira_pays_with_settled_cash_and_what_works_is_promised_already() {
    let mut bench = Bench::ready();
    let roth = facts(&mut bench, ROTH);
    assert_eq!(roth.pays_with, PaysWith::SettledCash);
    assert_eq!(roth.working_buys, Some(Decimal::ZERO));
    let margin = facts(&mut bench, MARGIN);
    assert_eq!(margin.pays_with, PaysWith::Margin);
    bench.sent(draft("i-1", ROTH, Side::Buy, "10", "180.00"));
    let promised = facts(&mut bench, ROTH).working_buys.unwrap();
    assert!(promised >= dec("1800"), "{promised}");
    assert_eq!(facts(&mut bench, MARGIN).working_buys, Some(Decimal::ZERO));
    let stranger = bench.ask(Ask::SizeFacts(account_id("DU999")));
    assert_eq!(stranger.unwrap().unwrap_err().code, ErrorCode::NotFound);
}

#[test]
fn what_works_is_unknown_until_the_broker_has_listed_it() {
    let mut bench = Bench::new();
    bench.connect();
    assert_eq!(facts(&mut bench, ROTH).working_buys, None);
}

fn hold(bench: &mut Bench, contract: &Contract, quantity: &str, value: Option<&str>) {
    bench.broker(BrokerEvent::Position {
        account: account_id(ROTH),
        contract: contract.clone(),
        quantity: dec(quantity),
        average_cost: None,
    });
    bench.broker(BrokerEvent::PositionPnl {
        account: account_id(ROTH),
        con_id: contract.con_id,
        daily: None,
        unrealized: None,
        value: value.map(dec),
    });
}

fn holding() -> (Bench, Vec<Contract>) {
    let mut bench = Bench::ready();
    let held: Vec<Contract> = [(11, "AAA"), (12, "BBB"), (13, "CCC"), (14, "DDD")]
        .map(|(id, symbol)| stock(symbol, id).contract)
        .into();
    for (contract, (quantity, value)) in held.iter().zip([
        ("10", Some("1000")),
        ("-5", Some("-9000")),
        ("7", Some("5000")),
        ("3", Some("10")),
    ]) {
        hold(&mut bench, contract, quantity, value);
    }
    (bench, held)
}

fn moves(bench: &mut Bench, answers: Vec<(ConId, Days)>) -> Result<MovesWithView, ApiError> {
    let ask = Ask::MovesWith {
        account: account_id(ROTH),
        con_id: con_id(),
    };
    let id = match bench.ask(ask) {
        Some(answer) => return answer.map(moves_of),
        None => AskId(bench.asks),
    };
    bench.event(Event::ManyDayBarsAnswered {
        id,
        account: account_id(ROTH),
        con_id: con_id(),
        answers,
    });
    bench.answer_to(id).unwrap().map(moves_of)
}

fn moves_of(answer: Answer) -> MovesWithView {
    match answer {
        Answer::MovesWith(view) => view,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_price_is_compared_with_the_largest_positions_of_the_account() {
    let (mut bench, held) = holding();
    let [a, b, c] = [0, 1, 2].map(|n: usize| held[n].con_id);
    let answers = vec![
        (con_id(), days(125, zigzag)),
        (b, days(125, |ago| 36_000 - zigzag(ago))),
        (c, days(125, |ago| zigzag(ago) * 2)),
        (a, days(20, zigzag)),
    ];
    let told = moves(&mut bench, answers).unwrap();
    assert_eq!(bench.compared, [vec![con_id(), b, c, a]]);
    assert_eq!(
        told.with[0].says,
        "Moves against BBB, of which you are short: −1.00 over 120 days."
    );
    assert_eq!(
        told.with[1].says,
        "Moves with CCC, which you hold: 1.00 over 120 days."
    );
    assert_eq!(
        (told.with[1].coefficient, told.with[1].days),
        (Some(Decimal::ONE), 120)
    );
    assert_eq!(told.with[1].at, Some(START.into()));
    assert_eq!(
        told.with[2].says,
        "Whether it moves with AAA, which you hold, can't be said: 19 days with both are known, and it takes 30."
    );
    assert_eq!(told.with[2].coefficient, None);
    assert!(told.notes.is_empty(), "{:?}", told.notes);
}

#[test]
fn a_day_under_way_is_not_compared() {
    let (mut bench, held) = holding();
    let with_today = |close: i64| {
        days(125, zigzag).map(|mut days| {
            let last = *days.value.last().unwrap();
            days.value.push(DayBar {
                day: exchange_day(START).unwrap(),
                close: Decimal::new(close, 2),
                ..last
            });
            days
        })
    };
    let answers = vec![
        (con_id(), with_today(1)),
        (held[1].con_id, with_today(9_999_900)),
    ];
    let told = moves(&mut bench, answers).unwrap();
    assert_eq!(told.with[0].coefficient, Some(Decimal::ONE));
}

#[test]
fn what_can_t_be_compared_is_said() {
    let (mut bench, held) = holding();
    hold(&mut bench, &held[3], "3", None);
    let refused = || {
        Err(BrokerError::Refused {
            code: 162,
            text: "No market data permissions".into(),
        })
    };
    let answers = vec![(con_id(), days(125, zigzag)), (held[1].con_id, refused())];
    let told = moves(&mut bench, answers).unwrap();
    assert!(
        told.with[0]
            .says
            .starts_with("Whether it moves with BBB is not known:")
    );
    assert_eq!(
        told.notes,
        ["Not compared, because what is held of it has no value yet: DDD."]
    );
    // Without its own days there is nothing to compare.
    let error = moves(&mut bench, vec![(con_id(), refused())]).unwrap_err();
    assert!(error.message.contains("No market data permissions"));
}

#[test]
fn an_account_that_holds_nothing_else_is_told_so_without_a_request() {
    let mut bench = Bench::ready();
    let told = moves(&mut bench, Vec::new()).unwrap();
    assert!(told.with.is_empty());
    assert_eq!(
        told.notes,
        ["The account holds nothing else to compare it with."]
    );
    assert!(bench.compared.is_empty());
}
