//! What several legs come to, with what an account holds and without.

use super::*;
use crate::error::ErrorCode;
use crate::view::{DateLies, PayoffInput, PayoffLegInput, PayoffView, PlanInput};
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
    answer(bench, expiry, options);
}

/// The options of an expiry, as the broker lists them.
fn answer(bench: &mut Bench, expiry: Expiry, options: Vec<Instrument>) {
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

/// Implied volatilities by the broker.
fn tell(bench: &mut Bench, shares: &[(i32, &str)]) {
    let at = bench.now;
    let ticks = shares.iter().map(|(id, share)| {
        let id = ConId::new(*id).unwrap();
        tick(id, QuoteField::ImpliedVolatility, share, at)
    });
    bench.broker(BrokerEvent::Ticks(ticks.collect()));
}

fn leg(con_id: i32, side: Side, ratio: u32) -> PayoffLegInput {
    PayoffLegInput {
        con_id,
        side,
        ratio,
        price: String::new(),
        volatility: String::new(),
    }
}

fn asked(legs: Vec<PayoffLegInput>) -> PayoffInput {
    PayoffInput {
        legs,
        quantity: String::new(),
        dates: vec![String::new()],
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
    assert!(now.on_dates[0].unwrap().abs() < dec("12"), "{now:?}");
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
        point.unwrap().on_dates[0].unwrap()
    };
    let now = payoff(&mut bench, bought.clone()).unwrap();
    let later = PayoffInput {
        dates: vec![in_days(20).wire()],
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
    assert!(!view.modelled, "no leg goes on after the first expiry");
    assert!(view.says.unwrap().contains("price of leg 1 is not known"));
}

#[test]
fn dates_that_are_kept_are_lines_of_their_own_as_long_as_they_lie_ahead() {
    let mut bench = chain();
    // Told, so that they don't follow from a price that stays while time goes on.
    tell(&mut bench, &[(2, "0.25"), (3, "0.27")]);
    let wire = |count| in_days(count).wire();
    let mut input = asked(vec![leg(2, Side::Buy, 1), leg(3, Side::Sell, 1)]);
    input.dates = vec![String::new(), wire(1), wire(40), wire(41)];
    let view = payoff(&mut bench, input.clone()).unwrap();
    let lies = |view: &PayoffView| view.dates.iter().map(|date| date.lies).collect::<Vec<_>>();
    let (ahead, beyond) = (DateLies::Ahead, DateLies::Beyond);
    assert_eq!(lies(&view), [ahead, ahead, ahead, beyond]);
    assert_eq!(view.dates[1].day, Some(wire(1)));
    for point in &view.points {
        assert_eq!(point.on_dates.len(), 4);
        assert_eq!(point.on_dates[2], point.at_expiry.map(|at| at.round_dp(2)));
        assert_eq!(point.on_dates[3], None, "after the first expiry");
        assert!(point.on_dates[0].is_some() && point.on_dates[1].is_some());
    }
    // A day is taken at its close: the hours of today do not move its line.
    let kept = |view: &PayoffView| -> Vec<_> {
        let points = view.points.iter().filter(|p| p.price == dec("190"));
        points.map(|point| point.on_dates[1]).collect()
    };
    bench.now = bench.now.plus(std::time::Duration::from_secs(600));
    let later = payoff(&mut bench, input.clone()).unwrap();
    assert_eq!(kept(&later), kept(&view));
    // Two midnights on, the first of them is past, and says so.
    bench.now = bench.now.plus(days(2));
    let view = payoff(&mut bench, input.clone()).unwrap();
    assert_eq!(lies(&view), [ahead, DateLies::Past, ahead, beyond]);
    assert!(view.points.iter().all(|point| point.on_dates[1].is_none()));
    assert_eq!(view.today, Some(wire(2)));
    input.dates.push(String::new());
    let refused = payoff(&mut bench, input.clone()).unwrap_err();
    assert!(refused.message.contains("4 dates"), "{refused:?}");
    input.dates = vec!["soon".into()];
    let refused = payoff(&mut bench, input).unwrap_err();
    assert!(refused.message.contains("no day"), "{refused:?}");
}

#[test]
fn the_model_is_told_what_the_person_supposes_of_a_leg_and_says_whose_figure_it_is() {
    let mut bench = chain();
    let spread = |volatility: &str| {
        let mut input = asked(vec![leg(2, Side::Buy, 1), leg(3, Side::Sell, 1)]);
        input.legs[0].volatility = volatility.into();
        input
    };
    let plain = payoff(&mut bench, spread("")).unwrap();
    assert_eq!(plain.yours, None);
    let quote = bench.desk.quote_view(ConId::new(2).unwrap());
    let view = payoff(&mut bench, spread("40")).unwrap();
    let says = view.yours.unwrap();
    assert!(says.starts_with("By your implied volatility"), "{says}");
    let told = "180 C 40 % (its market's is 2";
    assert!(says.contains(told), "{says}");
    assert!(!view.priced_by_model);
    assert_ne!(view.delta, plain.delta);
    assert_ne!(view.chance_of_profit, plain.chance_of_profit);
    assert_ne!(view.expected_profit, plain.expected_profit);
    assert_eq!(view.net_price, plain.net_price, "the market's");
    let exact = |view: &PayoffView| (view.max_profit, view.max_loss, view.breakevens.clone());
    let shifted = PayoffInput {
        volatility_shift: "3".into(),
        ..spread("40")
    };
    let shifted = payoff(&mut bench, shifted).unwrap();
    assert_eq!(exact(&shifted), exact(&plain));
    assert!(shifted.yours.unwrap().contains("added to yours too"));
    assert!(shifted.vega != view.vega || shifted.delta != view.delta);
    let after = bench.desk.quote_view(ConId::new(2).unwrap());
    assert_eq!(after, quote, "what is quoted stays the market's");
    for typed in ["0", "-5", "abc", "900", "0.05"] {
        let refused = payoff(&mut bench, spread(typed)).unwrap_err();
        assert_eq!(refused.code, ErrorCode::BadInput);
        assert!(refused.message.contains("from 0.1 to 500"), "{refused:?}");
    }
    let mut shares = asked(vec![leg(con_id().get(), Side::Buy, 1)]);
    shares.legs[0].volatility = "20".into();
    let refused = payoff(&mut bench, shares).unwrap_err();
    assert!(refused.message.contains("is no option"), "{refused:?}");
}

#[test]
fn the_market_s_own_volatility_supposed_of_every_leg_moves_nothing() {
    let mut bench = chain();
    tell(&mut bench, &[(2, "0.25"), (3, "0.27")]);
    let mut input = asked(vec![leg(2, Side::Buy, 1), leg(3, Side::Sell, 1)]);
    let plain = payoff(&mut bench, input.clone()).unwrap();
    input.legs[0].volatility = "25".into();
    input.legs[1].volatility = "27.0".into();
    let mut same = payoff(&mut bench, input).unwrap();
    let says = same.yours.take().unwrap();
    assert!(says.contains("180 C 25 % (its market's is 25 %)"), "{says}");
    assert!(says.contains("190 C 27 % (its market's is 27 %)"), "{says}");
    assert_eq!(same, plain);
}

#[test]
fn a_leg_without_a_market_is_whole_by_the_person_s_volatility_and_says_that_it_is_no_price() {
    let mut bench = chain();
    let at = bench.now;
    let id = ConId::new(2).unwrap();
    let gone = [QuoteField::Bid, QuoteField::Ask].map(|field| gatehouse_domain::quote::Tick {
        value: None,
        ..tick(id, field, "1", at)
    });
    bench.broker(BrokerEvent::Ticks(gone.to_vec()));
    let mut input = asked(vec![leg(2, Side::Buy, 1), leg(3, Side::Sell, 1)]);
    let blind = payoff(&mut bench, input.clone()).unwrap();
    assert!(blind.points.iter().all(|point| point.at_expiry.is_none()));
    assert_eq!(blind.delta, None);
    input.legs[0].volatility = "25".into();
    let view = payoff(&mut bench, input).unwrap();
    assert!(view.points.iter().all(|point| point.at_expiry.is_some()));
    assert!(view.delta.is_some() && view.chance_of_profit.is_some());
    assert!(view.priced_by_model);
    assert_eq!(view.says, None);
    let says = view.yours.unwrap();
    assert!(says.contains("its market tells none"), "{says}");
    assert!(says.contains("has no price by its market"), "{says}");
    // What it was taken at is what the most that can be lost stands on.
    let bought = view.max_loss.amount.unwrap() / dec("100") + dec("2.6");
    assert!(
        says.contains(&format!("taken at {bought:.2}")),
        "{says} {bought}"
    );
}

#[test]
fn a_leg_that_is_picked_keeps_its_line_while_the_rest_of_the_chain_takes_turns() {
    let mut bench = Bench::ready();
    let strikes: Vec<String> = (0..140).map(|n| (100 + n).to_string()).collect();
    let calls = (1000..).zip(&strikes);
    let options: Vec<Instrument> = calls
        .map(|(id, strike)| option(id, strike, Right::Call, expiry()))
        .collect();
    answer(&mut bench, expiry(), options);
    let shown: Vec<ConId> = (1000..1140).filter_map(ConId::new).collect();
    // The least wanted of all: it takes turns.
    let leg = *shown.last().unwrap();
    bench.ask(Ask::ShowOptions(shown)).unwrap().unwrap();
    bench.ask(Ask::Watch(leg)).unwrap().unwrap();
    let mut others = 0;
    for _ in 0..600 {
        bench.now = bench.now.plus(std::time::Duration::from_millis(100));
        for effect in bench.desk.process(Event::Beat, bench.now) {
            if let Effect::Unwatch(con_id) = effect {
                assert_ne!(con_id, leg);
                others += 1;
            }
        }
    }
    assert!(others > 100, "{others} turns ended");
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
