//! Random flow of every kind of order: what must hold whatever happens.

use std::collections::BTreeMap;

use gatehouse_sim::world::{
    Algo, ConId, ExecutionFilter, Oca, OcaKind, OrderId, OrderKind, OrderRequest, OrderState,
    OrderTerms, Side, Tif, TrailBy, World,
};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::fixture::*;

#[derive(Debug, Clone)]
enum Step {
    Place {
        which: u8,
        buy: bool,
        quantity: i64,
        away: i64,
        tif: u8,
        attach: u8,
        group: u8,
        account: u8,
    },
    Cancel(u8),
    Move(i64),
    Pass(i64),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let place = (
        0..14_u8,
        any::<bool>(),
        1..300_i64,
        -300..300_i64,
        0..5_u8,
        0..4_u8,
        0..6_u8,
        0..2_u8,
    )
        .prop_map(
            |(which, buy, quantity, away, tif, attach, group, account)| Step::Place {
                which,
                buy,
                quantity,
                away,
                tif,
                attach,
                group,
                account,
            },
        );
    let step = prop_oneof![
        5 => place,
        1 => (0..40_u8).prop_map(Step::Cancel),
        2 => (-400..400_i64).prop_map(Step::Move),
        3 => (50..3_000_i64).prop_map(Step::Pass),
    ];
    proptest::collection::vec(step, 1..40)
}

fn kind(which: u8, price: Decimal) -> OrderKind {
    let by = TrailBy::Amount(Decimal::ONE);
    match which {
        0 | 1 => OrderKind::Market,
        2 | 3 => OrderKind::Limit(price),
        4 => OrderKind::Stop(price),
        5 => OrderKind::StopLimit {
            stop: price,
            limit: price,
        },
        6 => OrderKind::Trail { by, stop: None },
        7 => OrderKind::TrailLimit {
            by,
            stop: None,
            offset: Decimal::ONE,
        },
        8 => OrderKind::IfTouched(price),
        9 => OrderKind::LimitIfTouched {
            trigger: price,
            limit: price,
        },
        10 => OrderKind::OnClose,
        11 => OrderKind::Midprice { cap: None },
        12 => OrderKind::MarketToLimit,
        _ => OrderKind::Relative {
            offset: Decimal::new(1, 2),
            cap: Some(price),
        },
    }
}

fn request(step: &Step, middle: i64, last: i32, now: i64) -> Option<OrderRequest> {
    let Step::Place {
        which,
        buy,
        quantity,
        away,
        tif,
        attach,
        group,
        account,
    } = step
    else {
        return None;
    };
    let side = if *buy { Side::Buy } else { Side::Sell };
    let account = [LLC, INDIVIDUAL][usize::from(*account)];
    let mut request = order(
        account,
        side,
        *quantity,
        AAPL,
        kind(*which, Decimal::new(middle + away, 2)),
    );
    request.tif = match tif {
        0 if *which < 4 => Tif::Ioc,
        1 if *which < 4 => Tif::Fok,
        2 if *which != 10 => Tif::Gtc,
        _ => Tif::Day,
    };
    request.terms = OrderTerms {
        parent: (*attach == 1 && last > 0).then(|| OrderId::new(last)),
        oca: (*group < 3).then(|| Oca {
            group: format!("g{group}{account}"),
            kind: [OcaKind::Cancel, OcaKind::ReduceBlocked, OcaKind::Reduce][usize::from(*group)],
        }),
        algo: (*attach == 2 && *which < 4 && *tif > 1)
            .then(|| Algo::read("Adaptive", Vec::new(), now).ok())
            .flatten(),
        display_size: (*attach == 3).then_some(Decimal::ONE),
        ..OrderTerms::default()
    };
    Some(request)
}

fn quantities(world: &World) -> BTreeMap<(String, ConId), Decimal> {
    let mut all = BTreeMap::new();
    for id in world.account_ids() {
        for position in world.positions(&id).expect("an account") {
            all.insert((id.as_str().to_owned(), position.con_id), position.quantity);
        }
    }
    all
}

fn check(
    world: &World,
    before: &BTreeMap<(String, ConId), Decimal>,
    asked: &BTreeMap<i32, (Decimal, Option<String>, Option<i32>)>,
) {
    let mut now = quantities(world);
    for fill in world.executions(&ExecutionFilter::default()) {
        let execution = &fill.execution;
        let key = (execution.account.as_str().to_owned(), execution.con_id);
        *now.entry(key).or_default() -= execution.side.signed(execution.quantity);
    }
    for (key, quantity) in now {
        let was = before.get(&key).copied().unwrap_or_default();
        assert_eq!(quantity, was, "fills make positions: {key:?}");
    }
    let open = world.open_orders();
    let completed = world.completed_orders();
    let all = || {
        open.iter()
            .copied()
            .chain(completed.iter().map(|done| &done.order))
    };
    let mut parts: BTreeMap<String, Decimal> = BTreeMap::new();
    for order in all() {
        let (quantity, group, parent) = &asked[&order.order_id.get()];
        assert!(
            order.filled <= *quantity && order.remaining() >= Decimal::ZERO,
            "{order:?}"
        );
        if let Some(group) = group {
            *parts.entry(group.clone()).or_default() += order.filled / quantity;
        }
        if let Some(parent) = parent
            && let Some(parent) = all().find(|other| other.order_id.get() == *parent)
        {
            assert!(
                order.filled.is_zero() || parent.state == OrderState::Filled,
                "a child trades after its parent: {order:?}"
            );
            let orphan = matches!(parent.state, OrderState::Cancelled) && order.state.is_working();
            assert!(!orphan, "a cancelled parent leaves no child: {order:?}");
        }
    }
    for (group, part) in parts {
        assert!(part <= dec("1.000001"), "{group} filled {part} times over");
    }
    for id in ACCOUNTS {
        let value = |tag| figure(world, id, tag);
        let stocks = ledger(world, id, "BASE", "StockMarketValue");
        let gap = (value("TotalCashValue") + stocks - value("NetLiquidation")).abs();
        assert!(
            gap <= dec("0.02"),
            "{id}: cash and positions make the whole"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn books_hold_under_any_flow_of_orders(steps in steps()) {
        let mut world = still_world();
        let mut middle = 27_000_i64;
        assert!(world.set_quote(AAPL, Decimal::new(middle - 1, 2), Decimal::new(middle + 1, 2)));
        assert!(world.set_sizes(AAPL, dec("120"), dec("90")));
        pass(&mut world, 50);
        let before = quantities(&world);
        let (mut last, mut asked) = (0, BTreeMap::new());
        for step in &steps {
            match step {
                Step::Place { .. } => {
                    let id = last + 1;
                    let now = world.now();
                    let Some(request) = request(step, middle, last, now) else { continue };
                    let group = request.terms.oca.as_ref().map(|oca| oca.group.clone());
                    let parent = request.terms.parent.map(OrderId::get);
                    let entry = (request.quantity, group, parent);
                    if place(&mut world, id, request).is_ok() {
                        asked.insert(id, entry);
                        last = id;
                    }
                }
                Step::Cancel(id) => {
                    let _ = world.cancel(CLIENT, OrderId::new(i32::from(*id)));
                }
                Step::Move(cents) => {
                    middle = (middle + cents).clamp(20_000, 34_000);
                    assert!(world.set_quote(AAPL, Decimal::new(middle - 1, 2), Decimal::new(middle + 1, 2)));
                }
                Step::Pass(time) => {
                    pass(&mut world, *time);
                }
            }
            check(&world, &before, &asked);
        }
        pass(&mut world, 10_000);
        check(&world, &before, &asked);
        let text = serde_json::to_string(&world).expect("serializes");
        let mut restored: World = serde_json::from_str(&text).expect("restores");
        prop_assert_eq!(pass(&mut world, 2_000), pass(&mut restored, 2_000));
    }
}
