//! What a preview promises is what happens, to the cent, when nothing else moves.

use gatehouse_sim::world::{
    COMBO, Combo, ConId, Leg, OrderRequest, OrderTerms, Right, Side, World, WorldEvent,
};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::fixture::*;
use crate::options::option;

/// A world in which nothing moves and everything can be had in any size, with some instruments.
fn quiet() -> (World, Vec<ConId>) {
    let mut world = still_world();
    let call =
        |world: &World, strike| option(world, "AAPL", "20260116", strike, Right::Call).con_id;
    let put = |world: &World, strike| option(world, "AAPL", "20260116", strike, Right::Put).con_id;
    let mut all = vec![AAPL, SPY, front(&world, "ES"), EURUSD];
    all.extend(["265", "270", "280"].map(|strike| call(&world, strike)));
    all.extend(["260", "270"].map(|strike| put(&world, strike)));
    for con_id in &all {
        let quote = world.quote(*con_id).expect("a quote");
        let (bid, ask) = (quote.bid.expect("a bid"), quote.ask.expect("an offer"));
        assert!(world.set_quote(*con_id, bid, ask), "{con_id}");
        assert!(world.set_sizes(*con_id, dec("100000000"), dec("100000000")));
    }
    pass(&mut world, 1_000);
    (world, all)
}

/// An order at the market: for one instrument, or for two of them together.
fn request(
    all: &[ConId],
    which: (usize, usize),
    account: usize,
    side: Side,
    quantity: i64,
) -> OrderRequest {
    let legs = &all[4..];
    let single = || all.get(which.0).copied();
    let account = ACCOUNTS[account];
    if let Some(con_id) = single() {
        let lots = if con_id == EURUSD {
            quantity * 1_000
        } else {
            quantity
        };
        return order(
            account,
            side,
            lots,
            con_id,
            gatehouse_sim::world::OrderKind::Market,
        );
    }
    let (one, other) = (legs[which.0 % legs.len()], legs[which.1 % legs.len()]);
    let leg = |con_id, side| Leg {
        con_id,
        ratio: Decimal::ONE,
        side,
        exchange: "SMART".to_owned(),
    };
    OrderRequest {
        exchange: "SMART".to_owned(),
        terms: OrderTerms {
            combo: Some(Combo {
                symbol: "AAPL".to_owned(),
                currency: "USD".to_owned(),
                legs: vec![leg(one, Side::Buy), leg(other, Side::Sell)],
                non_guaranteed: false,
            }),
            ..OrderTerms::default()
        },
        ..order(
            account,
            side,
            quantity,
            COMBO,
            gatehouse_sim::world::OrderKind::Market,
        )
    }
}

fn margins(world: &World, id: &str) -> [Decimal; 3] {
    ["InitMarginReq", "MaintMarginReq", "EquityWithLoanValue"].map(|tag| figure(world, id, tag))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn a_preview_is_what_happens_to_the_cent(
        steps in proptest::collection::vec(((0..13_usize, 0..5_usize), 0..3_usize, any::<bool>(), 1..60_i64), 1..16),
    ) {
        let (mut world, all) = quiet();

        for (id, (which, account, buys, quantity)) in (1_i32..).zip(steps) {
            let side = if buys { Side::Buy } else { Side::Sell };
            let request = request(&all, which, account, side, quantity);
            let name = request.account.clone();
            let promised = world.what_if(CLIENT, gatehouse_sim::world::OrderId::new(id), &request);
            let before = margins(&world, &name);
            let placed = place(&mut world, id, request.clone());
            let (promised, mut events) = match (promised, placed) {
                (Err(one), Err(other)) => {
                    prop_assert_eq!(one.code(), other.code());
                    continue;
                }
                (one, other) => (one.expect("accepted"), other.expect("accepted as in the preview")),
            };
            prop_assert_eq!(before, [promised.before.initial, promised.before.maintenance, promised.before.equity_with_loan]);
            events.extend(until_idle(&mut world));
            let done = world.completed_orders().last().expect("an order").order.clone();
            prop_assert_eq!(done.filled, request.quantity, "{:?}", done);
            let paid: Decimal = events.iter().filter_map(|event| match event {
                WorldEvent::Commission { commission, .. } => Some(commission.amount),
                _ => None,
            }).sum();
            prop_assert_eq!(paid, promised.commission, "{:?}", request);
            let after = margins(&world, &name);
            prop_assert_eq!(after, [promised.after.initial, promised.after.maintenance, promised.after.equity_with_loan], "{:?}", request);
            // What raises the requirement is never taken without the means for it.
            let raised = promised.change.initial > Decimal::ZERO;
            prop_assert!(!raised || after[2] >= after[0], "{:?} leaves {:?}", request, after);

        }

    }
}
