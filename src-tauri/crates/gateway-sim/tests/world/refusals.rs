//! Each way in which the brokerage says no.

use gatehouse_sim::world::{ConId, OrderId, OrderKind, Scenario, Side, World};

use crate::fixture::*;

#[test]
fn an_unknown_contract_is_200() {
    assert_eq!(
        refusal(&mut still_world(), buy(INDIVIDUAL, 1, ConId::new(1))).0,
        200
    );
}

#[test]
fn an_exchange_that_does_not_list_it_is_200() {
    let mut request = buy(INDIVIDUAL, 1, AAPL);
    request.exchange = "SEHK".to_owned();
    assert_eq!(refusal(&mut still_world(), request).0, 200);
}

#[test]
fn an_account_that_is_not_ours_is_321() {
    let (code, text) = refusal(&mut still_world(), buy("DU9999999", 1, AAPL));
    assert_eq!(code, 321);
    assert!(text.contains("DU9999999"), "{text}");
}

#[test]
fn a_blank_account_is_435_when_there_are_several_and_fine_when_there_is_one() {
    assert_eq!(refusal(&mut still_world(), buy("", 1, AAPL)).0, 435);
    let mut single = World::new(&Scenario::single(1));
    place(&mut single, 1, buy("", 1, AAPL)).expect("the only account is meant");
    assert_eq!(single.open_orders()[0].account.as_str(), INDIVIDUAL);
}

#[test]
fn quantities_that_make_no_sense_are_refused() {
    let with = |quantity: &str| {
        let mut request = buy(INDIVIDUAL, 1, AAPL);
        request.quantity = dec(quantity);
        refusal(&mut still_world(), request).0
    };
    assert_eq!(with("0"), 434);
    assert_eq!(with("-5"), 321);
    assert_eq!(with("79000000000000000000000000000"), 321);
    assert_eq!(with("1.5"), 10_243);
}

#[test]
fn an_odd_lot_in_hong_kong_is_201() {
    assert_eq!(
        refusal(&mut still_world(), buy(INDIVIDUAL, 50, TENCENT)).0,
        201
    );
}

#[test]
fn a_price_off_the_tick_is_110() {
    assert_eq!(
        refusal(
            &mut still_world(),
            limit(buy(INDIVIDUAL, 1, AAPL), "250.005")
        )
        .0,
        110
    );
    // At 600 Hong Kong dollars the tick is half a dollar.
    assert_eq!(
        refusal(
            &mut still_world(),
            limit(buy(INDIVIDUAL, 100, TENCENT), "600.20")
        )
        .0,
        110
    );
    place(
        &mut still_world(),
        1,
        limit(buy(INDIVIDUAL, 100, TENCENT), "600.50"),
    )
    .expect("on the tick");
}

#[test]
fn limits_without_sense_or_far_through_the_market_are_201() {
    for price in ["0", "-1", "79000000000000000000000000000", "400.00"] {
        assert_eq!(
            refusal(&mut still_world(), limit(buy(INDIVIDUAL, 1, AAPL), price)).0,
            201,
            "{price}"
        );
    }
    assert_eq!(
        refusal(
            &mut still_world(),
            limit(sell(INDIVIDUAL, 1, AAPL), "100.00")
        )
        .0,
        201
    );
}

#[test]
fn an_index_cannot_be_traded() {
    assert_eq!(refusal(&mut still_world(), buy(INDIVIDUAL, 1, SPX)).0, 201);
}

#[test]
fn futures_without_permission_are_201() {
    let mut world = still_world();
    let mes = front(&world, "MES");
    let (code, text) = refusal(&mut world, buy(LLC, 1, mes));
    assert_eq!(
        (code, text.as_str()),
        (201, "Order rejected - reason:No Trading Permission")
    );
}

#[test]
fn a_short_sale_in_a_roth_is_201() {
    let (code, text) = refusal(&mut still_world(), sell(ROTH, 1, AAPL));
    assert_eq!(code, 201);
    assert!(text.contains("Short stock"), "{text}");
}

#[test]
fn a_sale_beyond_the_position_of_a_roth_is_201_also_when_another_sale_works() {
    let mut world = still_world();
    let ko = find(&world, "KO").con_id;
    place(&mut world, 1, limit(sell(ROTH, 100, ko), "75.00")).expect("it holds 120");
    let reject = place(&mut world, 2, sell(ROTH, 21, ko)).expect_err("121 of 120");
    assert_eq!(reject.code(), 201);
    place(&mut world, 2, sell(ROTH, 20, ko)).expect("120 of 120");
}

#[test]
fn borrowing_in_a_roth_is_201_in_any_currency() {
    assert_eq!(refusal(&mut still_world(), buy(ROTH, 100, AAPL)).0, 201);
    // It has no Hong Kong dollars.
    let (code, text) = refusal(&mut still_world(), buy(ROTH, 100, TENCENT));
    assert_eq!(code, 201);
    assert!(text.contains("HKD"), "{text}");
}

#[test]
fn two_purchases_in_a_roth_cannot_spend_the_same_cash() {
    let mut world = still_world();
    place(&mut world, 1, limit(buy(ROTH, 50, AAPL), "250.00")).expect("12,500 of 18,432");
    assert_eq!(
        place(&mut world, 2, limit(buy(ROTH, 50, AAPL), "250.00"))
            .expect_err("25,000")
            .code(),
        201
    );
}

#[test]
fn a_partnership_in_a_roth_is_201() {
    let mut world = still_world();
    let epd = find(&world, "EPD").con_id;
    assert_eq!(refusal(&mut world, buy(ROTH, 1, epd)).0, 201);
    place(&mut world, 1, buy(INDIVIDUAL, 1, epd)).expect("other accounts may");
}

#[test]
fn too_little_margin_is_201_with_both_amounts() {
    let (code, text) = refusal(&mut still_world(), buy(INDIVIDUAL, 5_000, AAPL));
    assert_eq!(code, 201);
    assert!(
        text.contains("EQUITY WITH LOAN VALUE") && text.contains("INITIAL MARGIN"),
        "{text}"
    );
}

#[test]
fn a_future_in_a_roth_needs_twice_the_margin() {
    let mut world = still_world();
    let mes = front(&world, "MES");
    let change = |world: &World, id: &str| {
        world
            .what_if(CLIENT, OrderId::new(1), &buy(id, 1, mes))
            .expect("allowed")
            .change
    };
    let (plain, doubled) = (change(&world, INDIVIDUAL), change(&world, ROTH));
    assert_eq!(plain.initial * dec("2"), doubled.initial);
    assert_eq!(plain.maintenance * dec("2"), doubled.maintenance);
    let es = front(&world, "ES");
    assert_eq!(
        refusal(&mut world, buy(ROTH, 1, es)).0,
        201,
        "46,200 of margin against 18,432 of cash"
    );
}

#[test]
fn a_used_or_skipped_order_id_is_103() {
    let mut world = still_world();
    place(&mut world, 5, limit(buy(INDIVIDUAL, 1, AAPL), "250.00")).expect("placed");
    world.cancel(CLIENT, OrderId::new(5)).expect("cancelled");
    pass(&mut world, 100);
    for id in [5, 4] {
        assert_eq!(
            place(&mut world, id, buy(INDIVIDUAL, 1, AAPL))
                .expect_err("used")
                .code(),
            103
        );
    }
    assert_eq!(world.next_order_id(CLIENT), OrderId::new(6));
}

#[test]
fn sending_a_filled_order_again_is_104_and_buys_nothing() {
    let mut world = still_world();
    place(&mut world, 1, buy(INDIVIDUAL, 1, AAPL)).expect("placed");
    until_idle(&mut world);
    assert_eq!(
        place(&mut world, 1, buy(INDIVIDUAL, 1, AAPL))
            .expect_err("filled")
            .code(),
        104
    );
    assert!(world.open_orders().is_empty());
}

#[test]
fn a_change_of_account_contract_or_side_is_105() {
    let mut world = still_world();
    let original = limit(buy(INDIVIDUAL, 10, AAPL), "250.00");
    place(&mut world, 1, original.clone()).expect("placed");
    let mut account = original.clone();
    account.account = LLC.to_owned();
    let mut contract = original.clone();
    contract.con_id = SPY;
    let mut side = original;
    side.side = Side::Sell;
    for changed in [account, contract, side] {
        assert_eq!(
            place(&mut world, 1, changed)
                .expect_err("another order")
                .code(),
            105
        );
    }
}

#[test]
fn order_ids_out_of_range_are_321() {
    for id in [0, -1, 1_500_000_000] {
        let reject = place(&mut still_world(), id, buy(INDIVIDUAL, 1, AAPL)).expect_err("refused");
        assert_eq!(reject.code(), 321);
    }
}

#[test]
fn cancelling_what_is_not_there_is_10147_and_what_is_over_10148() {
    let mut world = still_world();
    assert_eq!(
        world
            .cancel(CLIENT, OrderId::new(9))
            .expect_err("unknown")
            .code(),
        10_147
    );
    place(&mut world, 1, buy(INDIVIDUAL, 1, AAPL)).expect("placed");
    until_idle(&mut world);
    let reject = world.cancel(CLIENT, OrderId::new(1)).expect_err("filled");
    assert_eq!(reject.code(), 10_148);
    assert!(reject.text().contains("state: Filled"), "{}", reject.text());
    place(&mut world, 2, limit(buy(INDIVIDUAL, 1, AAPL), "250.00")).expect("placed");
    world.cancel(CLIENT, OrderId::new(2)).expect("asked");
    assert_eq!(
        world
            .cancel(CLIENT, OrderId::new(2))
            .expect_err("asked before")
            .code(),
        10_148
    );
}

#[test]
fn the_twenty_first_working_order_on_one_side_is_201() {
    let mut world = still_world();
    for id in 1..=20 {
        place(&mut world, id, limit(buy(LLC, 1, AAPL), "250.00")).expect("room");
    }
    assert_eq!(
        place(&mut world, 21, limit(buy(LLC, 1, AAPL), "250.00"))
            .expect_err("full")
            .code(),
        201
    );
    let other_side = OrderKind::Limit(dec("290.00"));
    place(&mut world, 21, order(LLC, Side::Sell, 1, AAPL, other_side))
        .expect("the other side has room");
}
