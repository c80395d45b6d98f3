//! What a chain's prices say of what is to come, and what the model says of one option.

use super::payoff::{chain, expiry};
use super::*;
use crate::error::ErrorCode;
use crate::view::{ChainOutlookInput, ChainOutlookView, MoveBasis};
use gatehouse_domain::chain::{Dated, DayVolatility, Dividends};
use gatehouse_domain::derivative::Expiry;
use gatehouse_domain::observed::Source;

fn asked(least_delta: &str) -> ChainOutlookInput {
    ChainOutlookInput {
        con_id: con_id().get(),
        trading_class: "AAPL".into(),
        least_delta: least_delta.into(),
    }
}

fn outlook(bench: &mut Bench, least_delta: &str) -> Result<ChainOutlookView, ApiError> {
    match bench.ask(Ask::Outlook(asked(least_delta))).unwrap()? {
        Answer::Outlook(view) => Ok(*view),
        other => panic!("{other:?}"),
    }
}

fn tell(bench: &mut Bench, id: i32, field: QuoteField, value: Option<&str>) {
    let at = bench.now;
    let id = ConId::new(id).unwrap();
    let told = gatehouse_domain::quote::Tick {
        value: value.map(dec),
        ..tick(id, field, "1", at)
    };
    bench.broker(BrokerEvent::Ticks(vec![told]));
}

#[test]
fn the_expected_move_is_the_straddle_at_the_money_and_marked_as_reckoned() {
    let mut bench = chain();
    let view = outlook(&mut bench, "").unwrap();
    let first = &view.expiries[0];
    assert_eq!(first.expiry, expiry().wire());
    assert_eq!(first.expected_move.value, Some(dec("12.40")));
    assert_eq!(first.expected_move.source, Some(Source::Model));
    assert_eq!(first.basis, Some(MoveBasis::Straddle));
    assert_eq!(first.straddle, Some(dec("180")));
    let (one, two) = (first.one_sigma.unwrap(), first.two_sigma.unwrap());
    assert!(two.low < one.low && one.low < dec("180"));
    assert!(dec("180") < one.high && one.high < two.high);
    // One deviation is about a quarter more than the mean move.
    let ratio = (one.high - one.low) / Decimal::TWO / dec("12.40");
    assert!(dec("1.15") < ratio && ratio < dec("1.35"), "{ratio}");
}

#[test]
fn without_a_straddle_the_volatility_says_the_same_and_without_one_nothing_does() {
    let mut bench = chain();
    let by_straddle = outlook(&mut bench, "").unwrap().expiries.remove(0);
    tell(&mut bench, 12, QuoteField::Bid, None);
    let by_call = outlook(&mut bench, "").unwrap().expiries.remove(0);
    assert_eq!(by_call.basis, Some(MoveBasis::Volatility));
    let both = by_call
        .expected_move
        .value
        .zip(by_straddle.expected_move.value);
    let (a, b) = both.unwrap();
    assert!((a - b).abs() < dec("0.6"), "{a} {b}");
    tell(&mut bench, 2, QuoteField::Bid, None);
    let nothing = outlook(&mut bench, "0.1").unwrap().expiries.remove(0);
    assert_eq!(nothing.expected_move.value, None);
    assert_eq!((nothing.basis, nothing.one_sigma), (None, None));
    assert_eq!(nothing.within_delta, None);
    let apple = con_id().get();
    tell(
        &mut bench,
        apple,
        QuoteField::ImpliedVolatility,
        Some("0.25"),
    );
    let thirty = outlook(&mut bench, "").unwrap().expiries.remove(0);
    assert_eq!(thirty.basis, Some(MoveBasis::ThirtyDays));
    assert!(thirty.expected_move.value.unwrap() > dec("10"));
}

#[test]
fn strikes_within_a_delta_go_by_the_broker_s_and_else_by_the_model_s() {
    let mut bench = chain();
    let span = |bench: &mut Bench, least| {
        let view = outlook(bench, least).unwrap();
        view.expiries[0].within_delta.map(|s| (s.lowest, s.highest))
    };
    let all = Some((dec("170"), dec("190")));
    assert_eq!(span(&mut bench, "0.05"), all);
    assert_eq!(span(&mut bench, "0.4"), Some((dec("180"), dec("180"))));
    tell(&mut bench, 1, QuoteField::Delta, Some("0.97"));
    assert_eq!(span(&mut bench, "0.05"), Some((dec("180"), dec("190"))));
    tell(&mut bench, 13, QuoteField::Delta, Some("-0.98"));
    assert_eq!(span(&mut bench, "0.05"), Some((dec("180"), dec("180"))));
    assert_eq!(span(&mut bench, ""), None);
    let refused = outlook(&mut bench, "0.7").unwrap_err();
    assert_eq!(refused.code, ErrorCode::BadInput);
}

#[test]
fn the_rank_of_the_volatility_comes_once_a_year_of_it_was_told() {
    let mut bench = chain();
    assert_eq!(outlook(&mut bench, "").unwrap().volatility_rank, None);
    let day = |n: i64| DayVolatility {
        day: expiry(),
        volatility: Decimal::new(20 + n % 20, 2),
    };
    let history = |days: i64| Event::VolatilityHistoryAnswered {
        id: AskId(0),
        con_id: con_id(),
        answer: Ok(Dated {
            value: (0..days).map(day).collect(),
            taken: START,
        }),
    };
    bench.event(history(250));
    let apple = con_id().get();
    tell(
        &mut bench,
        apple,
        QuoteField::ImpliedVolatility,
        Some("0.30"),
    );
    let rank = outlook(&mut bench, "").unwrap().volatility_rank.unwrap();
    assert_eq!(rank.rank.value, Some(dec("0.5263")));
    assert_eq!(rank.rank.source, Some(Source::Model));
    assert_eq!(rank.percentile.value, Some(dec("0.52")));
    assert_eq!(rank.days, 250);
    bench.event(history(20));
    let rank = outlook(&mut bench, "").unwrap().volatility_rank.unwrap();
    assert_eq!((rank.rank.value, rank.percentile.value), (None, None));
    assert_eq!(rank.days, 20);
}

#[test]
fn the_next_dividend_is_the_broker_s() {
    let mut bench = chain();
    assert_eq!(outlook(&mut bench, "").unwrap().dividends, None);
    let at = bench.now;
    bench.broker(BrokerEvent::Dividends {
        con_id: con_id(),
        dividends: Dividends {
            past_year: Some(dec("1.01")),
            next_year: None,
            next: Some((Expiry::new(2027, 2, 8).unwrap(), dec("0.26"))),
        },
        at,
    });
    let told = outlook(&mut bench, "").unwrap().dividends.unwrap();
    assert_eq!(told.next_day.as_deref(), Some("20270208"));
    assert_eq!(told.next_amount, Some(dec("0.26")));
    assert_eq!((told.past_year, told.next_year), (Some(dec("1.01")), None));
    assert_eq!(told.at, at.into());
}

#[test]
fn the_model_s_chances_add_up_and_the_breakeven_is_the_strike_and_the_middle() {
    let bench = chain();
    let said = |id: i32| {
        let quote = bench.desk.quote_view(ConId::new(id).unwrap());
        quote.model.unwrap()
    };
    let (call, put) = (said(2), said(12));
    for option in [&call, &put] {
        let (inside, outside) = (option.chance_in.value, option.chance_out.value);
        assert_eq!(inside.zip(outside).map(|(a, b)| a + b), Some(Decimal::ONE));
        let touch = option.chance_touch.value.unwrap();
        assert!(touch > dec("0.95"), "at the money it is touched: {touch}");
        assert_eq!(option.chance_in.source, Some(Source::Model));
    }
    assert!(call.rho.value.unwrap() > Decimal::ZERO);
    assert!(put.rho.value.unwrap() < Decimal::ZERO);
    assert_eq!(call.breakeven.value, Some(dec("186.50")));
    assert_eq!(put.breakeven.value, Some(dec("174.10")));
    assert_eq!(call.breakeven.source, Some(Source::Live));
    let far = said(3);
    assert!(far.chance_in.value < call.chance_in.value);
    assert!(far.chance_touch.value < call.chance_touch.value);
    // Of a stock it says nothing.
    assert_eq!(bench.desk.quote_view(con_id()).model, None);
}

#[test]
fn without_a_quote_the_model_says_nothing() {
    let mut bench = chain();
    tell(&mut bench, 2, QuoteField::Bid, None);
    let said = bench.desk.quote_view(ConId::new(2).unwrap()).model.unwrap();
    let all = [
        said.rho,
        said.chance_in,
        said.chance_out,
        said.chance_touch,
        said.breakeven,
    ];
    assert!(all.iter().all(|figure| figure.value.is_none()));
}
