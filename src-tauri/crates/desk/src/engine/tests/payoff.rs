//! What several legs come to, with what an account holds and without.

use super::*;
use crate::error::ErrorCode;
use crate::view::{PayoffInput, PayoffLegInput, PayoffView, PlanInput};
use gatehouse_domain::chain::{Dated, OptionClass};
use gatehouse_domain::contract::{Instrument, SecurityKind};
use gatehouse_domain::derivative::{Derivative, Expiry, OptionTerms, Right};

/// Some weeks after the start of these tests.
pub(super) fn expiry() -> Expiry {
    in_days(40)
}

pub(super) fn in_days(count: u64) -> Expiry {
    let today = gatehouse_domain::chain::exchange_day(START).unwrap().date();
    let day = today.checked_add(days(count)).unwrap();
    Expiry::new(day.year(), day.month(), day.day()).unwrap()
}

fn days(days: u64) -> std::time::Duration {
    std::time::Duration::from_secs(days * 24 * 3600)
}

fn option(id: i32, strike: &str, right: Right, expiry: Expiry) -> Instrument {
    let mut option = apple();
    option.contract.con_id = ConId::new(id).unwrap();
    option.contract.kind = SecurityKind::Option;
    option.contract.multiplier = Decimal::ONE_HUNDRED;
    option.contract.derivative = Some(Derivative {
        expiry,
        option: Some(OptionTerms {
            strike: Price::parse(strike).unwrap(),
            right,
        }),
    });
    option
}

/// Calls and puts at 170, 180 and 190, the calls 1–3 and the puts 11–13, priced as the model
/// would at about a quarter of volatility.
pub(super) fn chain() -> Bench {
    let mut bench = Bench::ready();
    list(&mut bench, 0, expiry());
    let listed = [("13.00", "2.40"), ("6.50", "5.90"), ("2.60", "12.00")];
    let at = bench.now;
    let mut ticks = Vec::new();
    for (n, (call, put)) in (1..).zip(listed) {
        for (id, price) in [(n, call), (10 + n, put)] {
            let id = ConId::new(id).unwrap();
            let middle = dec(price);
            let (bid, ask) = (middle - dec("0.05"), middle + dec("0.05"));
            ticks.push(tick(id, QuoteField::Bid, &bid.to_string(), at));
            ticks.push(tick(id, QuoteField::Ask, &ask.to_string(), at));
        }
    }
    bench.broker(BrokerEvent::Ticks(ticks));
    bench
}

/// Lists calls and puts at 170, 180 and 190, their conIds counted from here.
pub(super) fn list(bench: &mut Bench, from: i32, expiry: Expiry) {
    list_at(bench, from, expiry, &["170", "180", "190"]);
}

/// The same at these strikes.
pub(super) fn list_at(bench: &mut Bench, from: i32, expiry: Expiry, strikes: &[&str]) {
    let mut options = Vec::new();
    for (n, strike) in (from + 1..).zip(strikes) {
        options.push(option(n, strike, Right::Call, expiry));
        options.push(option(10 + n, strike, Right::Put, expiry));
    }
    let class = OptionClass {
        trading_class: "AAPL".into(),
        exchange: "SMART".into(),
        multiplier: Decimal::ONE_HUNDRED,
        expiries: vec![expiry],
        strikes: Vec::new(),
    };
    bench.asks += 1;
    bench.event(Event::OptionClassesAnswered {
        id: AskId(bench.asks),
        con_id: con_id(),
        answer: Ok(Dated {
            value: vec![class.clone()],
            taken: START,
        }),
    });
    bench.event(Event::OptionsAnswered {
        id: AskId(bench.asks),
        con_id: con_id(),
        class,
        expiry,
        answer: Ok(Dated {
            value: options,
            taken: START,
        }),
    });
}

fn leg(con_id: i32, side: Side, ratio: u32) -> PayoffLegInput {
    PayoffLegInput {
        con_id,
        side,
        ratio,
        price: String::new(),
    }
}

fn asked(legs: Vec<PayoffLegInput>) -> PayoffInput {
    PayoffInput {
        legs,
        quantity: String::new(),
        days: 0,
        volatility_shift: String::new(),
        rate: String::new(),
        account: None,
    }
}

fn payoff(bench: &mut Bench, input: PayoffInput) -> Result<PayoffView, ApiError> {
    match bench.ask(Ask::Payoff(input)).unwrap()? {
        Answer::Payoff(view) => Ok(*view),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_vertical_has_its_exact_bounds_and_breakeven_and_the_model_agrees() {
    let mut bench = chain();
    let mut input = asked(vec![leg(2, Side::Buy, 1), leg(3, Side::Sell, 1)]);
    input.quantity = "2".into();
    let view = payoff(&mut bench, input).unwrap();
    assert_eq!(view.name, "Bull call spread");
    assert_eq!(view.net_price, Some(dec("3.9")));
    assert_eq!(view.max_profit.amount, Some(dec("1220")));
    assert_eq!(view.max_loss.amount, Some(dec("780")));
    assert_eq!(view.breakevens, [dec("183.9")]);
    assert_eq!(view.spot, Some(dec("180.01")));
    for at in ["180", "190", "183.9", "180.01"] {
        assert!(view.points.iter().any(|p| p.price == dec(at)), "{at}");
    }
    let chance = view.chance_of_profit.unwrap();
    assert!(chance > dec("0.3") && chance < dec("0.5"), "{chance}");
    assert!(view.delta.unwrap() > Decimal::ZERO);
    let sigma = view.sigma.unwrap();
    assert!(sigma.low < dec("175") && sigma.high > dec("185"));
    // At the price that was paid it is worth that price: nothing is won or lost yet.
    let now = view
        .points
        .iter()
        .find(|p| p.price == dec("180.01"))
        .unwrap();
    assert!(now.on_date.unwrap().abs() < dec("12"), "{now:?}");
    assert_eq!(view.says, None);
}

#[test]
fn a_short_call_loses_without_bound_until_the_shares_held_cover_it() {
    let mut bench = chain();
    let naked = asked(vec![leg(3, Side::Sell, 1)]);
    let view = payoff(&mut bench, naked.clone()).unwrap();
    assert!(view.max_loss.unbounded);
    bench.broker(BrokerEvent::Position {
        account: account_id(MARGIN),
        contract: apple().contract,
        quantity: dec("100"),
        average_cost: Some(dec("150")),
    });
    let covered = PayoffInput {
        account: Some(MARGIN.into()),
        ..naked
    };
    let view = payoff(&mut bench, covered).unwrap();
    assert_eq!(
        view.name, "Short call",
        "the name is of what was asked about"
    );
    assert_eq!(view.max_profit.amount, Some(dec("4260")));
    assert_eq!(view.max_loss.amount, Some(dec("14740")));
}

#[test]
fn more_days_take_time_value_from_what_was_bought_and_more_volatility_adds_some() {
    let mut bench = chain();
    let bought = asked(vec![leg(2, Side::Buy, 1)]);
    let at_spot = |view: &PayoffView| {
        let point = view.points.iter().find(|p| Some(p.price) == view.spot);
        point.unwrap().on_date.unwrap()
    };
    let now = payoff(&mut bench, bought.clone()).unwrap();
    let later = PayoffInput {
        days: 20,
        ..bought.clone()
    };
    let wilder = PayoffInput {
        volatility_shift: "5".into(),
        ..bought
    };
    let later = payoff(&mut bench, later).unwrap();
    let wilder = payoff(&mut bench, wilder).unwrap();
    assert!(at_spot(&later) < at_spot(&now));
    assert!(at_spot(&wilder) > at_spot(&now));
    assert!(now.theta.unwrap() < Decimal::ZERO);
}

#[test]
fn what_can_t_be_read_or_is_not_known_is_said() {
    let mut bench = chain();
    let refused = |bench: &mut Bench, input| payoff(bench, input).unwrap_err();
    assert_eq!(refused(&mut bench, asked(vec![])).code, ErrorCode::BadInput);
    let mut input = asked(vec![leg(2, Side::Buy, 1)]);
    input.quantity = "1.5".into();
    assert!(refused(&mut bench, input).message.contains("whole numbers"));
    let mut input = asked(vec![leg(2, Side::Buy, 1)]);
    input.rate = "four".into();
    assert!(refused(&mut bench, input).message.contains("no rate"));
    assert!(
        refused(&mut bench, asked(vec![leg(99, Side::Buy, 1)]))
            .message
            .contains("looked up")
    );
    assert!(
        refused(&mut bench, asked(vec![leg(2, Side::Buy, 0)]))
            .message
            .contains("above zero")
    );
    // No market: no price of a leg, so no picture, and why.
    let at = bench.now;
    let id = ConId::new(2).unwrap();
    let none = gatehouse_domain::quote::Tick {
        value: None,
        ..tick(id, QuoteField::Bid, "1", at)
    };
    bench.broker(BrokerEvent::Ticks(vec![none]));
    let view = payoff(&mut bench, asked(vec![leg(2, Side::Buy, 1)])).unwrap();
    assert_eq!(view.max_loss.amount, None);
    assert!(view.says.unwrap().contains("price of leg 1 is not known"));
}

#[test]
fn greeks_are_ours_and_marked_until_the_broker_s_come() {
    let mut bench = chain();
    let call = ConId::new(2).unwrap();
    let greeks = bench.desk.quote_view(call).greeks.unwrap();
    let delta = greeks.delta.value.unwrap();
    assert_eq!(
        greeks.delta.source,
        Some(gatehouse_domain::observed::Source::Model)
    );
    assert!(delta > dec("0.5") && delta < dec("0.6"), "{delta}");
    let volatility = greeks.implied_volatility.value.unwrap();
    assert!(
        volatility > dec("0.15") && volatility < dec("0.35"),
        "{volatility}"
    );
    let at = bench.now;
    bench.broker(BrokerEvent::Ticks(vec![tick(
        call,
        QuoteField::Delta,
        "0.5123",
        at,
    )]));
    let greeks = bench.desk.quote_view(call).greeks.unwrap();
    assert_eq!(greeks.delta.value, Some(dec("0.5123")));
    assert_eq!(
        greeks.delta.source,
        Some(gatehouse_domain::observed::Source::Live)
    );
    // Of a stock there are none.
    assert_eq!(bench.desk.quote_view(con_id()).greeks, None);
}

#[test]
fn the_model_is_told_the_dividend_that_the_broker_announces_and_says_so() {
    let mut bench = chain();
    let bought = asked(vec![leg(2, Side::Buy, 1)]);
    let plain = payoff(&mut bench, bought.clone()).unwrap();
    assert_eq!(
        plain.assumes,
        "The model is told 4 % a year and no dividend, for the broker announces none."
    );
    let call = ConId::new(2).unwrap();
    let told = |bench: &Bench| bench.desk.quote_view(call);
    let before = told(&bench);
    let at = bench.now;
    bench.broker(BrokerEvent::Dividends {
        con_id: con_id(),
        dividends: gatehouse_domain::chain::Dividends {
            past_year: None,
            next_year: None,
            next: Some((in_days(10), dec("2.5"))),
        },
        at,
    });
    let paying = payoff(&mut bench, bought.clone()).unwrap();
    assert!(
        paying.assumes.contains("the dividend of 2.50 USD"),
        "{}",
        paying.assumes
    );
    assert!(paying.chance_of_profit < plain.chance_of_profit);
    assert_eq!(paying.max_loss, plain.max_loss, "exact as before");
    // The same price is that of a higher volatility.
    let after = told(&bench);
    let implied = |view: &crate::view::QuoteView| {
        let greeks = view.greeks.as_ref().unwrap();
        greeks.implied_volatility.value.unwrap()
    };
    assert!(implied(&after) > implied(&before) + dec("0.01"));
    let input = PayoffInput {
        rate: "2.5".into(),
        ..bought
    };
    let view = payoff(&mut bench, input).unwrap();
    assert!(view.assumes.contains("2.5 % a year"), "{}", view.assumes);
    assert_eq!(view.rate, dec("2.5"));
}

#[test]
fn what_an_adjusted_option_comes_to_is_not_reckoned() {
    let mut bench = chain();
    let mut adjusted = option(7, "180", Right::Call, expiry());
    adjusted.contract.local_symbol = Some("AAPL1 261218C00180000".into());
    let class = OptionClass {
        trading_class: "AAPL1".into(),
        exchange: "SMART".into(),
        multiplier: Decimal::ONE_HUNDRED,
        expiries: vec![expiry()],
        strikes: Vec::new(),
    };
    bench.asks += 1;
    bench.event(Event::OptionsAnswered {
        id: AskId(bench.asks),
        con_id: con_id(),
        class,
        expiry: expiry(),
        answer: Ok(Dated {
            value: vec![adjusted.clone()],
            taken: START,
        }),
    });
    let (id, at) = (ConId::new(7).unwrap(), bench.now);
    bench.broker(BrokerEvent::Ticks(vec![
        tick(id, QuoteField::Bid, "6.40", at),
        tick(id, QuoteField::Ask, "6.60", at),
    ]));
    let view = bench.desk.quote_view(id);
    assert!(view.greeks.unwrap().delta.value.is_none());
    assert_eq!(view.model, None);
    let refused = payoff(&mut bench, asked(vec![leg(7, Side::Buy, 1)])).unwrap_err();
    assert!(refused.message.starts_with("AAPL1 "), "{refused:?}");
    assert!(refused.message.contains("not known"), "{refused:?}");
    let covered = PlanInput::Plan {
        con_id: con_id().get(),
        trading_class: "AAPL1".into(),
        plan: "coveredCall".into(),
        right: Right::Call,
        side: Side::Buy,
        expiries: vec![expiry().wire()],
    };
    let refused = bench.ask(Ask::Plan(covered)).unwrap().unwrap_err();
    assert!(
        refused.message.starts_with("AAPL1 was adjusted"),
        "{refused:?}"
    );
    bench.broker(BrokerEvent::Position {
        account: account_id(MARGIN),
        contract: adjusted.contract,
        quantity: dec("1"),
        average_cost: Some(dec("500")),
    });
    let mut beside = asked(vec![leg(2, Side::Buy, 1)]);
    beside.account = Some(MARGIN.into());
    let says = payoff(&mut bench, beside).unwrap().says.unwrap();
    assert!(says.contains("AAPL1"), "{says}");
    assert!(says.contains("is left out"), "{says}");
}
