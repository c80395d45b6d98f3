//! What a scenario lets happen to positions: dividends, early assignment; and legs that trade apart.

use gatehouse_sim::world::{
    COMBO, Combo, ConId, Dividend, ExecutionFilter, Leg, OrderId, OrderKind, OrderRequest,
    OrderTerms, Right, Scenario, Side, World, WorldEvent,
};
use rust_decimal::Decimal;

use crate::fixture::*;
use crate::options::option;

const DAY: i64 = 86_400_000;
const MSFT: ConId = ConId::new(272_093);
/// The day of the scenario's start.
const START_DAY: i64 = 20_455;

fn held(world: &World, id: &str, con_id: ConId) -> Decimal {
    let position = world.position(&account(id), con_id);
    position.map_or(Decimal::ZERO, |position| position.quantity)
}

fn middle(world: &World, con_id: ConId) -> Decimal {
    let quote = world.quote(con_id).expect("a quote");
    (quote.bid.expect("a bid") + quote.ask.expect("an offer")) / Decimal::TWO
}

#[test]
fn shares_with_options_may_pay_a_fourth_of_their_yield_every_quarter() {
    let world = |seed| World::new(&Scenario::three_accounts(seed).paying_dividends());
    let told = world(7).dividends(AAPL).expect("dividends");
    let (ex, amount) = told.next.expect("the next one");
    // 0.40 % of 272.15 a year.
    assert_eq!(amount, dec("0.27"));
    assert_eq!((told.past, told.future), (dec("1.08"), dec("1.08")));
    let ahead = Dividend::day(ex) - START_DAY;
    assert!((1..=95).contains(&ahead), "{ex}");
    assert_eq!(
        world(7).dividends(AAPL).expect("dividends").next,
        Some((ex, amount))
    );
    assert_ne!(
        world(8).dividends(AAPL).expect("dividends").next,
        Some((ex, amount))
    );
    // Tesla pays none, and nobody does unless it is asked for.
    assert_eq!(world(7).dividends(ConId::new(76_792_991)), None);
    assert_eq!(
        World::new(&Scenario::three_accounts(7)).dividends(AAPL),
        None
    );
}

#[test]
fn a_dividend_lowers_the_share_and_is_owed_until_it_is_paid() {
    let mut scenario = Scenario::three_accounts(1);
    assert_eq!(START_DAY * DAY + 15 * 3_600_000, scenario.start);
    scenario.dividends = vec![Dividend {
        con_id: AAPL,
        ex_day: START_DAY + 1,
        pay_day: START_DAY + 3,
        amount: dec("12.50"),
    }];
    let mut world = World::new(&scenario);
    let told = world.dividends(AAPL).expect("dividends");
    assert_eq!((told.past, told.future), (dec("0"), dec("12.50")));
    assert_eq!(told.next.expect("one").1, dec("12.50"));
    assert_eq!(world.dividends(MSFT), None);

    // To the last seconds before midnight in New York, and over it.
    let midnight = (START_DAY + 1) * DAY + 5 * 3_600_000;
    world.advance(midnight - 1_000);
    let before = middle(&world, AAPL);
    let cash = figure(&world, INDIVIDUAL, "TotalCashValue");
    assert_eq!(figure(&world, INDIVIDUAL, "AccruedDividend"), dec("0"));
    world.advance(midnight + 50);
    let fell = before - middle(&world, AAPL);
    assert!((dec("12.3")..dec("12.7")).contains(&fell), "{fell}");
    // 150 shares in one account, 100 in the other, none in the third.
    let accrued = |world: &World, id: &str| figure(world, id, "AccruedDividend");
    assert_eq!(accrued(&world, INDIVIDUAL), dec("1875"));
    assert_eq!(accrued(&world, LLC), dec("1250"));
    assert_eq!(accrued(&world, ROTH), dec("0"));
    let parts = ["TotalCashValue", "AccruedDividend"].map(|tag| figure(&world, INDIVIDUAL, tag));
    let stock = ledger(&world, INDIVIDUAL, "BASE", "StockMarketValue");
    let whole: Decimal = parts.into_iter().sum::<Decimal>() + stock;
    assert_eq!(figure(&world, INDIVIDUAL, "NetLiquidation"), whole);
    assert_eq!(
        world.dividends(AAPL).expect("dividends").next,
        None.or(Some(told.next.expect("one")))
    );

    world.advance((START_DAY + 3) * DAY + 6 * 3_600_000);
    assert_eq!(accrued(&world, INDIVIDUAL), dec("0"));
    let paid = figure(&world, INDIVIDUAL, "TotalCashValue") - cash;
    // The rest of the cash is in a currency whose rate moves.
    assert!((paid - dec("1875")).abs() < dec("60"), "{paid}");
    let told = world.dividends(AAPL).expect("dividends");
    assert_eq!(
        (told.past, told.future, told.next),
        (dec("12.50"), dec("0"), None)
    );
}

#[test]
fn who_is_short_owes_the_dividend() {
    let mut scenario = Scenario::three_accounts(1);
    scenario.dividends = vec![Dividend {
        con_id: ConId::new(76_792_991),
        ex_day: START_DAY + 1,
        pay_day: START_DAY + 1,
        amount: dec("1"),
    }];
    let mut world = World::new(&scenario);
    let before = ledger(&world, INDIVIDUAL, "USD", "CashBalance");
    world.advance((START_DAY + 1) * DAY + 6 * 3_600_000);
    let after = ledger(&world, INDIVIDUAL, "USD", "CashBalance");
    assert_eq!(after - before, dec("-20"));
}

#[test]
fn a_deep_put_is_assigned_early_only_where_the_scenario_says_so() {
    for early in [false, true] {
        let mut scenario = Scenario::three_accounts(1);
        scenario.early_assignment = early;
        let mut world = World::new(&scenario);
        let chains = world.option_chains(ConId::new(8_894));
        let highest = chains[0].strikes.last().expect("strikes").to_string();
        let deep = option(&world, "KO", "20260116", &highest, Right::Put);
        let near = option(&world, "KO", "20260116", "70", Right::Put);
        for (id, one) in [(1, &deep), (2, &near)] {
            place(&mut world, id, sell(LLC, 1, one.con_id)).expect("placed");
            until_idle(&mut world);
            assert_eq!(held(&world, LLC, one.con_id), dec("-1"));
        }
        let shares = held(&world, LLC, ConId::new(8_894));
        let events = world.advance(world.now() + DAY);
        let assigned = held(&world, LLC, deep.con_id).is_zero();
        assert_eq!(assigned, early);
        let came = held(&world, LLC, ConId::new(8_894)) - shares;
        assert_eq!(came, if early { dec("100") } else { dec("0") });
        assert_eq!(held(&world, LLC, near.con_id), dec("-1"));
        let fills = events
            .iter()
            .filter(|one| matches!(one, WorldEvent::Execution(_)));
        assert_eq!(fills.count(), if early { 2 } else { 0 });
    }
}

/// Two shares of Apple bought and one of Microsoft sold, each leg for itself.
fn apart(quantity: i64, kind: OrderKind) -> OrderRequest {
    let leg = |con_id, ratio: i64, side| Leg {
        con_id,
        ratio: Decimal::from(ratio),
        side,
        exchange: "SMART".to_owned(),
    };
    OrderRequest {
        terms: OrderTerms {
            combo: Some(Combo {
                symbol: "AAPL,MSFT".to_owned(),
                currency: "USD".to_owned(),
                legs: vec![leg(AAPL, 2, Side::Buy), leg(MSFT, 1, Side::Sell)],
                non_guaranteed: true,
            }),
            ..OrderTerms::default()
        },
        ..order(LLC, Side::Buy, quantity, COMBO, kind)
    }
}

fn quoted() -> World {
    let mut world = still_world();
    assert!(world.set_quote(AAPL, dec("270.00"), dec("270.02")));
    assert!(world.set_sizes(AAPL, dec("500"), dec("500")));
    assert!(world.set_quote(MSFT, dec("470.00"), dec("470.04")));
    pass(&mut world, 50);
    world
}

#[test]
fn a_combination_that_is_not_guaranteed_hangs_between_its_legs() {
    let mut world = quoted();
    let before = [AAPL, MSFT].map(|con_id| held(&world, LLC, con_id));
    let came = |world: &World| {
        [AAPL, MSFT]
            .map(|con_id| held(world, LLC, con_id))
            .map(|has| has.normalize())
    };
    let moved = |world: &World, apple: &str, microsoft: &str| {
        assert_eq!(
            came(world),
            [before[0] + dec(apple), before[1] + dec(microsoft)]
        );
    };
    place(&mut world, 1, apart(10, OrderKind::Limit(dec("70.04")))).expect("placed");
    pass(&mut world, 1_000);
    moved(&world, "20", "0");
    let open = world.open_orders();
    assert_eq!((open[0].filled, open[0].why_held()), (dec("0"), ""));
    // The market moves while the second leg hangs: that is the risk.
    assert!(world.set_quote(MSFT, dec("465.00"), dec("465.04")));
    pass(&mut world, 3_000);
    moved(&world, "20", "-10");
    let completed = world.completed_orders();
    let done = &completed.last().expect("a completed order").order;
    assert_eq!(done.average_fill_price(), Some(dec("75.04")));
    let fills = world.executions(&ExecutionFilter::default());
    let told: Vec<(ConId, Decimal)> = fills
        .iter()
        .map(|fill| (fill.execution.con_id, fill.execution.price))
        .collect();
    assert_eq!(
        told,
        [
            (AAPL, dec("270.02")),
            (MSFT, dec("465")),
            (COMBO, dec("75.04"))
        ]
    );
    let mut ids: Vec<&str> = fills
        .iter()
        .map(|fill| fill.execution.exec_id.as_str())
        .collect();
    ids.dedup();
    assert_eq!(ids.len(), 3);
    let paid: Decimal = fills.iter().map(|fill| fill.commission.amount).sum();
    assert_eq!(paid, done.commission);
}

#[test]
fn a_cancel_between_the_legs_leaves_one() {
    let mut world = quoted();
    let before = [AAPL, MSFT].map(|con_id| held(&world, LLC, con_id));
    place(&mut world, 1, apart(10, OrderKind::Market)).expect("placed");
    pass(&mut world, 1_000);
    world.cancel(CLIENT, OrderId::new(1)).expect("asked");
    pass(&mut world, 5_000);
    assert!(world.open_orders().is_empty());
    assert_eq!(held(&world, LLC, AAPL) - before[0], dec("20"));
    assert_eq!(held(&world, LLC, MSFT), before[1]);
}

#[test]
fn a_leg_with_a_price_of_its_own_waits_for_it() {
    let mut world = quoted();
    let before = held(&world, LLC, MSFT);
    let mut request = apart(10, OrderKind::Limit(dec("68.04")));
    request.terms.leg_limits = vec![dec("270.02"), dec("472.00")];
    place(&mut world, 1, request).expect("placed");
    pass(&mut world, 2_000);
    // The net price cannot be had, so that no leg begins.
    assert_eq!(world.executions(&ExecutionFilter::default()).len(), 0);
    assert!(world.set_quote(MSFT, dec("472.00"), dec("472.04")));
    pass(&mut world, 500);
    assert!(world.set_quote(MSFT, dec("471.00"), dec("471.04")));
    pass(&mut world, 30_000);
    assert_eq!(
        held(&world, LLC, MSFT),
        before,
        "it hangs until its price comes"
    );
    assert!(world.set_quote(MSFT, dec("472.50"), dec("472.54")));
    pass(&mut world, 500);
    assert_eq!(held(&world, LLC, MSFT) - before, dec("-10"));
    let completed = world.completed_orders();
    let done = &completed.last().expect("a completed order").order;
    assert_eq!(done.average_fill_price(), Some(dec("67.54")));
}
