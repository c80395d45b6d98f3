//! Chains, prices and orders of options.

use gatehouse_sim::world::{ConId, ContractQuery, Instrument, OptionTerms, Right, World};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::fixture::*;

fn ask(symbol: &str) -> ContractQuery {
    ContractQuery {
        symbol: Some(symbol.to_owned()),
        sec_type: Some("OPT".to_owned()),
        ..ContractQuery::default()
    }
}

pub fn option(world: &World, symbol: &str, expiry: &str, strike: &str, right: Right) -> Instrument {
    let query = ContractQuery {
        expiry: Some(expiry.to_owned()),
        strike: Some(dec(strike)),
        right: Some(right),
        ..ask(symbol)
    };
    match world.resolve(&query).as_slice() {
        [one] => (*one).clone(),
        other => panic!("{} contracts for {symbol} {expiry} {strike}", other.len()),
    }
}

fn terms(instrument: &Instrument) -> &OptionTerms {
    instrument.option.as_ref().expect("an option")
}

fn middle(world: &World, con_id: ConId) -> Decimal {
    let quote = world.quote(con_id).expect("a quote");
    (quote.bid.unwrap_or_default() + quote.ask.expect("an offer")) / Decimal::TWO
}

#[test]
fn chains_have_weeklies_monthlies_leaps_and_a_real_ladder() {
    let world = world();
    let chains = world.option_chains(AAPL);
    let [chain] = chains.as_slice() else {
        panic!("one class on a stock")
    };
    assert_eq!(chain.trading_class, "AAPL");
    for day in [
        "20260109", "20260116", "20260220", "20260618", "20270115", "20280121",
    ] {
        assert!(chain.expirations.contains(&day.to_owned()), "{day}");
    }
    assert!(
        (12..=25).contains(&chain.expirations.len()),
        "{}",
        chain.expirations.len()
    );
    assert!(
        (60..=200).contains(&chain.strikes.len()),
        "{}",
        chain.strikes.len()
    );
    let index = world.option_chains(SPX);
    let classes: Vec<&str> = index.iter().map(|one| one.trading_class.as_str()).collect();
    assert_eq!(classes, ["SPX", "SPXW"]);
    assert!(index.iter().all(|one| one.strikes.len() > 200));
    assert!(world.option_chains(TENCENT).is_empty());
    let listed = world
        .instruments()
        .iter()
        .filter(|one| !world.option_chains(one.con_id).is_empty());
    assert!(listed.count() >= 20);
}

#[test]
fn a_query_without_strike_and_right_gives_the_whole_ladder() {
    let world = world();
    let query = ContractQuery {
        expiry: Some("20260116".to_owned()),
        ..ask("AAPL")
    };
    let found = world.resolve(&query);
    assert!(
        found.len() > 80 && found.len().is_multiple_of(2),
        "{}",
        found.len()
    );
    assert!(
        found
            .iter()
            .all(|one| terms(one).last_trade_date == "20260116")
    );
    let strikes: Vec<Decimal> = found
        .iter()
        .step_by(2)
        .map(|one| terms(one).strike)
        .collect();
    assert!(strikes.is_sorted());
    let calls = ContractQuery {
        right: Some(Right::Call),
        ..query
    };
    assert_eq!(world.resolve(&calls).len(), found.len() / 2);
    let stock = ContractQuery {
        symbol: Some("AAPL".to_owned()),
        ..ContractQuery::default()
    };
    assert_eq!(
        world.resolve(&stock).len(),
        1,
        "options answer only who asks for them"
    );
}

#[test]
fn options_are_found_by_number_and_by_local_symbol() {
    let world = world();
    let one = option(&world, "AAPL", "20260116", "270", Right::Call);
    assert_eq!(one.local_symbol, "AAPL  260116C00270000");
    assert_eq!(
        (one.multiplier, terms(&one).under_con_id),
        (Decimal::ONE_HUNDRED, AAPL)
    );
    assert_eq!(world.by_con_id(one.con_id), Some(&one));
    assert_eq!(find(&world, "AAPL  260116C00270000"), &one);
    assert!((1_000_000_000..2_073_741_824).contains(&one.con_id.get()));
    let morning = ContractQuery {
        trading_class: Some("SPX".to_owned()),
        strike: Some(dec("6900")),
        right: Some(Right::Put),
        expiry: Some("202601".to_owned()),
        ..ask("SPX")
    };
    let [morning] = world.resolve(&morning)[..] else {
        panic!("one morning-settled series in January")
    };
    assert_eq!(terms(morning).last_trade_date, "20260115");
    assert_eq!(terms(morning).expiration, "20260116");
    assert_eq!(morning.local_symbol, "SPX   260116P06900000");
    assert!(world.by_con_id(ConId::new(1_000_000_000)).is_none());
}

#[test]
fn index_calls_less_puts_are_the_forward_at_every_strike() {
    let world = still_world();
    let query = ContractQuery {
        expiry: Some("20260320".to_owned()),
        trading_class: Some("SPXW".to_owned()),
        ..ask("SPX")
    };
    let ladder = world.resolve(&query);
    let mut parities = Vec::new();
    for pair in ladder.chunks(2) {
        let [call, put] = pair else { continue };
        let view = |one: &Instrument| {
            world
                .option_view(one.con_id)
                .expect("priced")
                .model
                .price
                .expect("a price")
        };
        let difference = (view(call) - view(put)).to_f64().expect("a number");
        parities.push((terms(call).strike.to_f64().expect("a number"), difference));
    }
    assert!(parities.len() > 100);
    let (first, last) = (parities[0], parities[parities.len() - 1]);
    let discount = (first.1 - last.1) / (last.0 - first.0);
    assert!((0.98..1.0).contains(&discount), "{discount}");
    for (strike, difference) in parities {
        let line = first.1 - discount * (strike - first.0);
        assert!(
            (difference - line).abs() < 0.001,
            "{strike}: {difference} {line}"
        );
    }
}

#[test]
fn the_smile_is_dearest_below_and_never_offers_free_money() {
    let world = still_world();
    for (symbol, expiry) in [
        ("AAPL", "20260109"),
        ("AAPL", "20270115"),
        ("SPY", "20260116"),
        ("F", "20260116"),
        ("TSLA", "20280121"),
    ] {
        let query = ContractQuery {
            expiry: Some(expiry.to_owned()),
            right: Some(Right::Call),
            ..ask(symbol)
        };
        let ladder = world.resolve(&query);
        let priced: Vec<(f64, f64, f64)> = ladder
            .iter()
            .map(|one| {
                let model = world.option_view(one.con_id).expect("priced").model;
                let number =
                    |value: Option<Decimal>| value.and_then(|v| v.to_f64()).expect("known");
                (
                    number(Some(terms(one).strike)),
                    number(model.price),
                    number(model.implied_volatility),
                )
            })
            .collect();
        assert!(priced.len() > 10, "{symbol} {expiry}");
        for pair in priced.windows(2) {
            let slope = (pair[1].1 - pair[0].1) / (pair[1].0 - pair[0].0);
            assert!(
                (-1.0 - 1e-6..=1e-6).contains(&slope),
                "{symbol} {expiry} {pair:?}"
            );
        }
        for three in priced.windows(3) {
            let weight = (three[2].0 - three[1].0) / (three[2].0 - three[0].0);
            let chord = weight * three[0].1 + (1.0 - weight) * three[2].1;
            assert!(three[1].1 <= chord + 0.005, "{symbol} {expiry} {three:?}");
        }
        assert!(
            priced[0].2 > priced[priced.len() / 2].2,
            "{symbol} {expiry}"
        );
    }
}

#[test]
fn quotes_are_on_the_tick_around_the_model_and_move_with_underlying_and_time() {
    let mut world = still_world();
    let one = option(&world, "AAPL", "20260116", "270", Right::Call);
    let quote = world.quote(one.con_id).expect("a quote");
    let (bid, ask) = (quote.bid.expect("bid"), quote.ask.expect("offer"));
    let model = world.option_view(one.con_id).expect("priced").model;
    let fair = model.price.expect("a price");
    assert!(
        bid < fair && fair < ask && ask - bid < dec("0.60"),
        "{bid} {fair} {ask}"
    );
    for price in [bid, ask] {
        assert!(
            (price * dec("20")).fract().is_zero(),
            "{price} is on the five-cent tick"
        );
    }
    let quoted = quote.last.expect("last");
    assert!(quote.low.expect("low") <= quoted && quoted <= quote.high.expect("high"));
    let delta = model.delta.expect("delta");
    assert!((dec("0.3")..dec("0.8")).contains(&delta), "{delta}");
    assert!(world.set_quote(AAPL, dec("280.00"), dec("280.02")));
    assert!(middle(&world, one.con_id) > fair + dec("3"));
    let before = middle(&world, one.con_id);
    world.advance(world.now() + 6 * 86_400_000);
    assert!(middle(&world, one.con_id) < before);
}

#[test]
fn computations_agree_with_their_prices() {
    let world = still_world();
    let one = option(&world, "MSFT", "20260320", "470", Right::Put);
    let view = world.option_view(one.con_id).expect("priced");
    let (bid, ask) = (view.bid.expect("bid"), view.ask.expect("offer"));
    let vol =
        |side: &gatehouse_sim::world::Computation| side.implied_volatility.expect("volatility");
    assert!(vol(&bid) < vol(&view.model) && vol(&view.model) < vol(&ask));
    let under = view.model.underlying.expect("underlying");
    let again = world
        .option_price(one.con_id, vol(&view.model), under)
        .expect("priced");
    assert!((again.price.expect("price") - view.model.price.expect("price")).abs() < dec("0.0001"));
    let found = world
        .option_volatility(one.con_id, bid.price.expect("price"), under)
        .expect("priced");
    assert_eq!(found.implied_volatility, bid.implied_volatility);
    assert_eq!(
        world
            .option_volatility(one.con_id, dec("1"), dec("400"))
            .expect("known")
            .implied_volatility,
        None
    );
    assert!(world.option_view(AAPL).is_none());
}

fn preview_then_fill(world: &mut World, request: gatehouse_sim::world::OrderRequest) {
    let id = world.next_order_id(CLIENT);
    let told = world.what_if(CLIENT, id, &request).expect("a preview");
    let account = request.account.clone();
    place(world, id.get(), request).expect("taken");
    until_idle(world);
    assert_eq!(figure(world, &account, "InitMarginReq"), told.after.initial);
    assert_eq!(
        figure(world, &account, "MaintMarginReq"),
        told.after.maintenance
    );
    assert_eq!(
        figure(world, &account, "EquityWithLoanValue"),
        told.after.equity_with_loan
    );
}

fn refused(world: &World, request: gatehouse_sim::world::OrderRequest) -> String {
    let told = world.what_if(CLIENT, world.next_order_id(CLIENT), &request);
    told.expect_err("refused").text().to_owned()
}

/// Prices that do not move with time either, and enough size for one fill.
fn hold(world: &mut World, one: &Instrument) {
    assert!(world.freeze(one.con_id));
    assert!(world.set_sizes(one.con_id, dec("500"), dec("500")));
}

#[test]
fn a_preview_of_an_option_order_is_its_outcome() {
    let mut world = still_world();
    let call = option(&world, "AAPL", "20260116", "280", Right::Call);
    let further = option(&world, "AAPL", "20260116", "290", Right::Call);
    let put = option(&world, "AAPL", "20260116", "260", Right::Put);
    for one in [&call, &further, &put] {
        hold(&mut world, one);
    }
    preview_then_fill(&mut world, buy(INDIVIDUAL, 2, further.con_id));
    let before = figure(&world, INDIVIDUAL, "InitMarginReq");
    preview_then_fill(&mut world, sell(INDIVIDUAL, 1, call.con_id));
    assert_eq!(
        figure(&world, INDIVIDUAL, "InitMarginReq"),
        before,
        "150 shares cover the first call"
    );
    preview_then_fill(&mut world, sell(INDIVIDUAL, 1, call.con_id));
    assert_eq!(
        figure(&world, INDIVIDUAL, "InitMarginReq"),
        before + dec("1000"),
        "the second is a vertical"
    );
    preview_then_fill(&mut world, sell(INDIVIDUAL, 1, put.con_id));
    assert!(
        figure(&world, INDIVIDUAL, "InitMarginReq") > before + dec("3000"),
        "a naked put"
    );
    preview_then_fill(&mut world, buy(INDIVIDUAL, 1, put.con_id));
    assert_eq!(
        figure(&world, INDIVIDUAL, "InitMarginReq"),
        before + dec("1000")
    );
    let options = ledger(&world, INDIVIDUAL, "USD", "OptionMarketValue");
    assert!(!options.is_zero());
    assert_eq!(
        figure(&world, INDIVIDUAL, "NetLiquidation"),
        figure(&world, INDIVIDUAL, "EquityWithLoanValue") + options
    );
}

#[test]
fn an_ira_may_cover_and_secure_but_not_go_naked() {
    let mut world = still_world();
    let naked = option(&world, "AAPL", "20260116", "280", Right::Call);
    let (code, text) = refusal(&mut world, sell(ROTH, 1, naked.con_id));
    assert_eq!(code, 201);
    assert!(
        text.contains("Uncovered option positions are not allowed"),
        "{text}"
    );
    // 120 shares of Coca-Cola cover one call, not two.
    let covered = option(&world, "KO", "20260116", "72", Right::Call);
    hold(&mut world, &covered);
    let (_, text) = refusal(&mut world, sell(ROTH, 2, covered.con_id));
    assert!(text.contains("Uncovered"), "{text}");
    preview_then_fill(&mut world, sell(ROTH, 1, covered.con_id));
    let shares = find(&world, "KO").con_id;
    let text = refused(&world, sell(ROTH, 100, shares));
    assert!(text.contains("Uncovered"), "the shares are needed: {text}");
    // The strike must be there in cash.
    let secured = option(&world, "KO", "20260116", "65", Right::Put);
    hold(&mut world, &secured);
    preview_then_fill(&mut world, sell(ROTH, 1, secured.con_id));
    let text = refused(&world, sell(ROTH, 10, secured.con_id));
    assert!(text.contains("MUST EXCEED THE INITIAL MARGIN"), "{text}");
}

#[test]
fn short_of_naked_margin_is_refused() {
    let mut world = still_world();
    let naked = option(&world, "SPX", "20260116", "6900", Right::Call);
    let (code, text) = refusal(&mut world, sell(INDIVIDUAL, 50, naked.con_id));
    assert_eq!(code, 201);
    assert!(text.contains("MUST EXCEED THE INITIAL MARGIN"), "{text}");
    let (code, _) = refusal(&mut world, buy(LLC, 1, SPX));
    assert_eq!(code, 201);
}

#[test]
fn a_world_with_options_survives_a_restart() {
    let mut world = world();
    let one = option(&world, "SPY", "20260116", "690", Right::Call);
    place(&mut world, 1, buy(INDIVIDUAL, 3, one.con_id)).expect("taken");
    assert!(world.freeze(option(&world, "SPY", "20260116", "700", Right::Call).con_id));
    pass(&mut world, 5_000);
    let text = serde_json::to_string(&world).expect("serializes");
    assert!(text.len() < 60_000, "{}", text.len());
    let mut restored: World = serde_json::from_str(&text).expect("restores");
    assert_eq!(
        world.position(&account(INDIVIDUAL), one.con_id),
        restored.position(&account(INDIVIDUAL), one.con_id)
    );
    assert_eq!(pass(&mut world, 5_000), pass(&mut restored, 5_000));
    assert_eq!(world.quote(one.con_id), restored.quote(one.con_id));
}

#[test]
fn american_prices_keep_within_the_bounds_of_parity() {
    let world = still_world();
    let query = ContractQuery {
        expiry: Some("20270115".to_owned()),
        ..ask("CVX")
    };
    let ladder = world.resolve(&query);
    assert!(ladder.len() > 40);
    for pair in ladder.chunks(2) {
        let [call, put] = pair else { continue };
        let view = |one: &Instrument| world.option_view(one.con_id).expect("priced").model;
        let price = |one: &Instrument| view(one).price.expect("price");
        let spot = view(call).underlying.expect("spot");
        let strike = terms(call).strike;
        let difference = price(call) - price(put);
        assert!(
            difference <= spot - strike * dec("0.95") && difference >= spot * dec("0.94") - strike
        );
        assert!(price(call) >= spot - strike && price(put) >= strike - spot);
    }
}

/// The moment at which a contract ends.
fn end(one: &Instrument) -> i64 {
    terms(one).ends_at
}

/// Everything of the account that must add up, at the end of what happened.
fn net(world: &World, id: &str) -> Decimal {
    let (cash, options) = (
        figure(world, id, "TotalCashValue"),
        ledger(world, id, "BASE", "OptionMarketValue"),
    );
    let stock = ledger(world, id, "BASE", "StockMarketValue");
    assert_eq!(figure(world, id, "NetLiquidation"), cash + options + stock);
    cash + options + stock
}

fn held(world: &World, id: &str, con_id: ConId) -> Decimal {
    world
        .position(&account(id), con_id)
        .map_or(Decimal::ZERO, |position| position.quantity)
}

#[test]
fn at_its_end_a_long_call_becomes_shares_that_cost_strike_and_premium() {
    let mut world = still_world();
    let call = option(&world, "AAPL", "20260109", "260", Right::Call);
    hold(&mut world, &call);
    place(&mut world, 1, buy(INDIVIDUAL, 2, call.con_id)).expect("taken");
    until_idle(&mut world);
    let position = world
        .position(&account(INDIVIDUAL), call.con_id)
        .expect("held");
    let (cost, value) = (position.average_cost * dec("2"), position.market_value);
    let stock = world.position(&account(INDIVIDUAL), AAPL).expect("held");
    let had = stock.average_cost * stock.quantity;
    let (before, cash) = (
        net(&world, INDIVIDUAL),
        figure(&world, INDIVIDUAL, "TotalCashValue"),
    );
    let realized = world.pnl(&account(INDIVIDUAL)).expect("known").realized;
    world.advance(end(&call) - 61_000);
    world.advance(end(&call));
    assert_eq!(held(&world, INDIVIDUAL, call.con_id), Decimal::ZERO);
    assert_eq!(held(&world, INDIVIDUAL, AAPL), dec("350"));
    assert_eq!(
        figure(&world, INDIVIDUAL, "TotalCashValue"),
        cash - dec("52000")
    );
    let inside = (stock.market_price - dec("260")) * dec("200");
    assert_eq!(net(&world, INDIVIDUAL), before - value + inside);
    let now = world.position(&account(INDIVIDUAL), AAPL).expect("held");
    let paid = now.average_cost * now.quantity;
    assert!(
        (paid - had - cost - dec("52000")).abs() < dec("0.0001"),
        "{paid}"
    );
    assert_eq!(
        world.pnl(&account(INDIVIDUAL)).expect("known").realized,
        realized
    );
    let fills = world.executions(&gatehouse_sim::world::ExecutionFilter::default());
    let shares = fills
        .iter()
        .find(|fill| fill.execution.con_id == AAPL)
        .expect("told");
    assert_eq!(
        (shares.execution.price, shares.execution.quantity),
        (dec("260"), dec("200"))
    );
}

#[test]
fn a_short_call_in_the_money_is_assigned_and_one_out_of_it_ends_for_nothing() {
    let mut world = still_world();
    let inside = option(&world, "AAPL", "20260109", "265", Right::Call);
    let outside = option(&world, "AAPL", "20260109", "285", Right::Call);
    for (id, one) in [(1, &inside), (2, &outside)] {
        hold(&mut world, one);
        place(&mut world, id, sell(INDIVIDUAL, 1, one.con_id)).expect("taken");
    }
    until_idle(&mut world);
    let sold = world.position(&account(INDIVIDUAL), outside.con_id);
    let premium = sold.expect("held").average_cost;
    world.advance(end(&inside));
    assert_eq!(
        held(&world, INDIVIDUAL, AAPL),
        dec("50"),
        "a hundred were called away"
    );
    for one in [&inside, &outside] {
        assert_eq!(held(&world, INDIVIDUAL, one.con_id), Decimal::ZERO);
    }
    let expired = world
        .position(&account(INDIVIDUAL), outside.con_id)
        .expect("today's record");
    assert_eq!(expired.realized_pnl, premium, "all that was received");
    net(&world, INDIVIDUAL);
    assert!(world.quote(inside.con_id).is_none());
    let ended = ContractQuery {
        expiry: Some("20260109".to_owned()),
        ..ask("AAPL")
    };
    assert!(
        world.resolve(&ended).is_empty(),
        "what has ended is not offered"
    );
}

#[test]
fn index_options_are_paid_out_in_cash() {
    let mut world = still_world();
    let put = option(&world, "SPX", "20260107", "6950", Right::Put);
    hold(&mut world, &put);
    place(&mut world, 1, buy(LLC, 1, put.con_id)).expect("taken");
    until_idle(&mut world);
    let cash = figure(&world, LLC, "TotalCashValue");
    let level = world.quote(SPX).expect("a level").last.expect("a level");
    world.advance(end(&put));
    let paid = (dec("6950") - level) * dec("100");
    assert_eq!(figure(&world, LLC, "TotalCashValue"), cash + paid);
    net(&world, LLC);
}

#[test]
fn a_put_that_would_leave_an_ira_short_is_paid_out_instead() {
    let mut world = still_world();
    let put = option(&world, "F", "20260109", "14", Right::Put);
    hold(&mut world, &put);
    place(&mut world, 1, buy(ROTH, 1, put.con_id)).expect("taken");
    until_idle(&mut world);
    let cash = figure(&world, ROTH, "TotalCashValue");
    world.advance(end(&put));
    let ford = find(&world, "F").con_id;
    assert_eq!(held(&world, ROTH, ford), Decimal::ZERO);
    assert!(figure(&world, ROTH, "TotalCashValue") > cash + dec("50"));
}

#[test]
fn a_holder_may_exercise_early_or_waive() {
    use gatehouse_sim::world::ExerciseAction::{Exercise, Lapse};
    let mut world = still_world();
    let call = option(&world, "KO", "20260116", "65", Right::Call);
    let far = option(&world, "KO", "20260116", "72", Right::Call);
    let index = option(&world, "SPX", "20260116", "6800", Right::Call);
    for (id, one, count) in [(1, &call, 3), (2, &far, 1), (3, &index, 1)] {
        hold(&mut world, one);
        place(&mut world, id, buy(INDIVIDUAL, count, one.con_id)).expect("taken");
    }
    until_idle(&mut world);
    let id = account(INDIVIDUAL);
    let mut ask_for = |one: &Instrument, action, count: i64, force| {
        world.exercise(&id, one.con_id, action, Decimal::from(count), force)
    };
    for (one, action, count, says) in [
        (&call, Exercise, 4, "not between 1 and the position 3"),
        (&far, Exercise, 1, "override"),
        (&call, Lapse, 1, "override"),
        (&index, Exercise, 1, "European-style"),
    ] {
        let reject = ask_for(one, action, count, false).expect_err("refused");
        assert!(
            reject.code() == 322 && reject.text().contains(says),
            "{reject}"
        );
    }
    assert!(!ask_for(&call, Exercise, 1, false).expect("done").is_empty());
    ask_for(&call, Lapse, 2, true).expect("noted");
    let other = world.exercise(&account(LLC), call.con_id, Exercise, Decimal::ONE, false);
    assert!(
        other
            .expect_err("not held")
            .text()
            .contains("No unlapsed position")
    );
    let coke = find(&world, "KO").con_id;
    assert_eq!(held(&world, INDIVIDUAL, coke), dec("100"));
    assert_eq!(held(&world, INDIVIDUAL, call.con_id), dec("2"));
    world.advance(end(&call));
    assert_eq!(
        held(&world, INDIVIDUAL, coke),
        dec("100"),
        "the waived ones lapsed"
    );
    net(&world, INDIVIDUAL);
}
