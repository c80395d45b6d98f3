//! What an account may trade, what can be borrowed, and instruments of a scenario's own.

use gatehouse_sim::world::{
    Capability, ConId, ContractQuery, Currency, Invented, Kind, Lending, OptionLevel, OrderId,
    OrderRequest, Permissions, Right, Scenario, World,
};
use rust_decimal::Decimal;

use crate::fixture::*;
use crate::options::option;

const WES: ConId = ConId::new(2_100_000_005);
const MPLX: ConId = ConId::new(2_100_000_003);

/// The individual account with these permissions.
fn permitted(permissions: Permissions) -> World {
    let mut scenario = Scenario::single(1);
    scenario.accounts[0].permissions = permissions;
    World::new(&scenario)
}

fn no_permission(world: &World, request: &OrderRequest) {
    let reject = world
        .what_if(CLIENT, OrderId::new(900), request)
        .expect_err("not permitted");
    assert_eq!(reject.code(), 201);
    assert!(reject.text().contains("No Trading Permission"), "{reject}");
}

#[test]
fn kinds_without_permission_are_refused() {
    let mut world = permitted(Permissions::SHARES);
    let future = front(&world, "ES");
    let call = option(&world, "AAPL", "20260116", "270", Right::Call).con_id;
    for con_id in [future, EURUSD, call] {
        no_permission(&world, &buy(INDIVIDUAL, 1, con_id));
    }
    place(&mut world, 1, buy(INDIVIDUAL, 1, AAPL)).expect("shares are for everybody");
    let mut world = permitted(Permissions::ALL);
    for (id, con_id) in [(1, future), (2, EURUSD), (3, call)] {
        place(&mut world, id, buy(INDIVIDUAL, 1, con_id)).expect("permitted");
    }
}

#[test]
fn each_level_of_options_allows_more() {
    use OptionLevel::{All, Covered, Long, None, Spreads};
    for level in [None, Covered, Long, Spreads, All] {
        let mut world = permitted(Permissions {
            options: level,
            ..Permissions::ALL
        });
        let call = |world: &World, strike| option(world, "AAPL", "20260116", strike, Right::Call);
        let (inner, outer) = (call(&world, "280"), call(&world, "290"));
        let put = option(&world, "F", "20260116", "13", Right::Put);
        let far = option(&world, "TSLA", "20260116", "450", Right::Call);
        let mut id = 0;
        let mut try_it = |world: &mut World, needed: OptionLevel, request| {
            if level >= needed {
                id += 1;
                place(world, id, request).unwrap_or_else(|why| panic!("{level:?}: {why}"));
                until_idle(world);
            } else {
                no_permission(world, &request);
            }
        };
        // The account holds 150 shares of Apple and is short of Tesla.
        try_it(&mut world, Covered, sell(INDIVIDUAL, 1, inner.con_id));
        try_it(&mut world, Covered, sell(INDIVIDUAL, 1, put.con_id));
        try_it(&mut world, Long, buy(INDIVIDUAL, 2, outer.con_id));
        if level >= Long {
            try_it(&mut world, Spreads, sell(INDIVIDUAL, 1, inner.con_id));
        }
        try_it(&mut world, All, sell(INDIVIDUAL, 1, far.con_id));
        // What is held may always be given up.
        if level >= Covered {
            try_it(&mut world, Covered, buy(INDIVIDUAL, 1, put.con_id));
        }
    }
}

#[test]
fn what_is_said_of_borrowing_is_what_happens() {
    let mut world = world();
    let plenty = world.loan(AAPL).expect("a share");
    assert_eq!(plenty.lending, Lending::Plenty);
    assert!(plenty.shares >= Decimal::ONE_THOUSAND);
    let hard = world.loan(WES).expect("a share");
    assert_eq!(hard.lending, Lending::Located);
    assert!(hard.shares < Decimal::ONE_THOUSAND && hard.fee_rate > plenty.fee_rate);
    let never = world.loan(MPLX).expect("a share");
    assert_eq!(
        (never.lending, never.shares, never.fee_rate),
        (Lending::None, dec("0"), None)
    );
    assert_eq!(world.loan(EURUSD), None);

    let short = |world: &mut World, con_id| refusal(world, sell(INDIVIDUAL, 1, con_id)).1;
    assert!(short(&mut world, MPLX).contains("not available for short sale"));
    place(&mut world, 1, sell(INDIVIDUAL, 1, WES)).expect("taken, and located");
    let working = world.open_orders();
    assert_eq!(working[0].why_held(), "locate");
}

fn zebra() -> Invented {
    Invented {
        symbol: "ZZZ".to_owned(),
        name: "ZEBRA ZINC CO".to_owned(),
        kind: Kind::Stock,
        exchange: "NYSE".to_owned(),
        currency: Currency::Usd,
        price: 41_500_000,
        volatility: 35,
        tick: 50_000,
        lot: 10,
        in_hong_kong: false,
    }
}

#[test]
fn an_invented_instrument_is_quoted_traded_and_survives_a_restart() {
    let mut scenario = Scenario::single(1);
    scenario.accounts[0].capability = Capability::RegTMargin;
    scenario.invented = vec![
        zebra(),
        Invented {
            symbol: "ZIX".to_owned(),
            kind: Kind::Index,
            exchange: "CBOE".to_owned(),
            ..zebra()
        },
    ];
    let mut world = World::new(&scenario);
    let query = ContractQuery {
        symbol: Some("ZZZ".to_owned()),
        exchange: Some("SMART".to_owned()),
        ..ContractQuery::default()
    };
    let found = world.resolve(&query);
    let [zebra] = found.as_slice() else {
        panic!("one instrument")
    };
    let (con_id, rule) = (zebra.con_id, zebra.market_rule_ids[0]);
    assert_eq!(con_id, ConId::new(2_109_000_000));
    assert_eq!(
        world.market_rule(rule).expect("a rule").increments[0].increment,
        dec("0.05")
    );
    assert_eq!(world.search("zebra").len(), 1 + 1);
    let quote = world.quote(con_id).expect("a quote");
    let bid = quote.bid.expect("a bid");
    assert!((dec("41")..dec("42")).contains(&bid) && (bid % dec("0.05")).is_zero());
    let index = world.named("ZIX").expect("an index");
    assert_eq!(world.quote(index).expect("a quote").bid, None);

    assert_eq!(refusal(&mut world, buy(INDIVIDUAL, 5, con_id)).0, 201);
    assert_eq!(
        refusal(&mut world, limit(buy(INDIVIDUAL, 10, con_id), "41.51")).0,
        110
    );
    place(&mut world, 1, buy(INDIVIDUAL, 10, con_id)).expect("placed");
    until_idle(&mut world);
    let kept = serde_json::to_string(&world).expect("serializes");
    let mut again: World = serde_json::from_str(&kept).expect("is read again");
    let position = again
        .position(&account(INDIVIDUAL), con_id)
        .expect("a position");
    assert_eq!(position.quantity, dec("10"));
    assert_eq!(pass(&mut world, 5_000), pass(&mut again, 5_000));
}
