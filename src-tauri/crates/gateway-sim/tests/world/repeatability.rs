//! The same seed and calls give the same events, also across a restart.

use gatehouse_sim::world::{OrderId, Scenario, World, WorldEvent};

use crate::fixture::*;

fn live_through(world: &mut World, from: i32) -> Vec<WorldEvent> {
    let mut events = Vec::new();
    for id in (from..from + 24).step_by(2) {
        let taking = if id % 4 == 0 {
            buy(INDIVIDUAL, 40, AAPL)
        } else {
            sell(LLC, 7, AAPL)
        };
        events.extend(place(world, id, taking).expect("placed"));
        events.extend(place(world, id + 1, limit(buy(ROTH, 1, SPY), "650.00")).expect("placed"));
        events.extend(pass(world, 700));
        events.extend(world.cancel(CLIENT, OrderId::new(id + 1)).expect("asked"));
        events.extend(pass(world, 130));
    }
    events
}

#[test]
fn the_same_seed_and_calls_give_the_same_events() {
    let (mut one, mut other) = (world(), world());
    assert_eq!(live_through(&mut one, 1), live_through(&mut other, 1));
    assert_eq!(pass(&mut one, 20_000), pass(&mut other, 20_000));
}

#[test]
fn another_seed_gives_another_market() {
    let mut one = World::new(&Scenario::three_accounts(1));
    let mut other = World::new(&Scenario::three_accounts(2));
    assert_ne!(pass(&mut one, 5_000), pass(&mut other, 5_000));
}

#[test]
fn it_does_not_matter_how_often_the_world_is_advanced() {
    let (mut often, mut once) = (world(), world());
    let mut events = Vec::new();
    for _ in 0..1_000 {
        events.extend(pass(&mut often, 7));
    }
    assert_eq!(events, pass(&mut once, 7_000));
    assert_eq!(
        serde_json::to_string(&often).expect("json"),
        serde_json::to_string(&once).expect("json")
    );
}

#[test]
fn a_restored_world_goes_on_as_if_nothing_had_happened() {
    let mut world = world();
    live_through(&mut world, 1);
    assert!(
        world.set_quote(AAPL, dec("270.00"), dec("270.02")),
        "told on the next advance, also after a restart"
    );
    let mut unsent = buy(INDIVIDUAL, 1, SPY);
    unsent.transmit = false;
    place(&mut world, 5_000, unsent).expect("kept");
    place(&mut world, 5_001, buy(INDIVIDUAL, 3, SPY)).expect("placed");
    let text = serde_json::to_string(&world).expect("serializes");
    let mut restored: World = serde_json::from_str(&text).expect("restores");
    assert_eq!(text, serde_json::to_string(&restored).expect("serializes"));
    assert_eq!(
        live_through(&mut world, 6_000),
        live_through(&mut restored, 6_000)
    );
    assert_eq!(pass(&mut world, 30_000), pass(&mut restored, 30_000));
    assert_eq!(world.open_orders(), restored.open_orders());
    assert_eq!(world.next_order_id(CLIENT), restored.next_order_id(CLIENT));
}

#[test]
fn a_snapshot_that_is_none_is_an_error() {
    assert!(serde_json::from_str::<World>("{}").is_err());
    let text = serde_json::to_string(&world()).expect("serializes");
    assert!(serde_json::from_str::<World>(&text[..text.len() / 2]).is_err());
    let other = text.replacen("265598", "265599", 1);
    let error = serde_json::from_str::<World>(&other).expect_err("not this catalogue");
    assert!(error.to_string().contains("another catalogue"), "{error}");
}

#[test]
fn perm_ids_and_execution_ids_are_never_used_twice() {
    let mut world = world();
    live_through(&mut world, 1);
    let mut later = World::new(&Scenario::three_accounts(1).starting_at(world.now() + 3_600_000));
    live_through(&mut later, 1);
    let ids = |world: &World| {
        let perms: Vec<i64> = world
            .completed_orders()
            .iter()
            .map(|done| done.order.perm_id.get())
            .collect();
        let fills = world.executions(&gatehouse_sim::world::ExecutionFilter::default());
        let executions: Vec<String> = fills
            .iter()
            .map(|fill| fill.execution.exec_id.clone())
            .collect();
        (perms, executions)
    };
    let (first, second) = (ids(&world), ids(&later));
    assert!(!first.0.is_empty() && !first.1.is_empty());
    assert!(first.0.iter().all(|id| !second.0.contains(id)));
    assert!(first.1.iter().all(|id| !second.1.contains(id)));
}

#[test]
fn after_a_long_gap_the_market_goes_on_and_days_have_turned() {
    let mut world = world();
    let before = world.now();
    let events = pass(&mut world, 3 * 86_400_000);
    assert_eq!(world.now(), before + 3 * 86_400_000);
    assert!(events.len() < 100_000, "no three days of ticks at once");
    assert_eq!(
        figure(&world, INDIVIDUAL, "SettledCash"),
        figure(&world, INDIVIDUAL, "TotalCashValue")
    );
}
