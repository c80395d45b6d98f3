//! Random orders with every fault on: the books stay whole, and no order happens twice.

use std::collections::{BTreeMap, BTreeSet};

use gatehouse_sim::server::{Action, DropPoint, Faults, SimHandle};
use gatehouse_sim::world::{AccountId, ConId, ExecutionFilter, Side, World};
use rust_decimal::Decimal;

use crate::bare::{Bare, stepped};

type Holdings = BTreeMap<(AccountId, ConId), Decimal>;

/// Numbers without a pattern, the same for the same seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn faults(&mut self) -> Faults {
        use DropPoint as At;
        let points = [
            At::BeforeActing,
            At::AfterActing,
            At::AfterAcknowledging,
            At::BeforeFill,
            At::AfterFill,
            At::BeforeCancel,
            At::AfterCancel,
        ];
        let point = points.get(self.roll(12) as usize).copied();
        let mut some = |sides| self.roll(sides) == 0;
        Faults {
            one_byte_writes: some(4),
            silent: some(8),
            mute_what_if: some(4),
            silent_after_what_if: some(8),
            what_if_unset_first: some(2),
            repeat_statuses: some(2),
            reorder_statuses: some(2),
            delayed_instead: some(4),
            read_only: some(8),
            drop_mid_frame: some(8).then_some(3),
            huge_frame: some(12).then_some(2),
            garbage: some(12).then_some(4),
            next_valid_id: some(4).then_some(1),
            drop_on_place: point,
            ..Faults::default()
        }
    }

    fn blow(&mut self) -> Action {
        match self.roll(10) {
            0 | 1 => Action::LoseUpstream {},
            2 => Action::RestoreUpstream { data_lost: true },
            3 => Action::RestoreUpstream { data_lost: false },
            4 => Action::CompetingSession {},
            5 => Action::EndCompetingSession {},
            6 => Action::Disconnect { client: Some(4) },
            7 => Action::Restart {
                next_valid_id: Some(1),
            },
            8 => Action::Jump { ms: 90_000 },
            _ => Action::PacingError {},
        }
    }
}

fn holdings(world: &World) -> Holdings {
    let mut all = Holdings::new();
    for account in world.account_ids() {
        for held in world.positions(&account).unwrap() {
            all.insert((account.clone(), held.con_id), held.quantity);
        }
    }
    all
}

/// Cash and positions make net liquidation, to the cent of each line.
fn whole(world: &World) {
    for account in world.account_ids() {
        let figures = world.figures(&account).unwrap();
        let figure = |tag: &str| -> Decimal {
            let row = figures.iter().find(|row| row.tag == tag).unwrap();
            row.value.parse().unwrap()
        };
        let held = world.positions(&account).unwrap();
        let values: Decimal = held
            .iter()
            .map(|held| world.pnl_single(&account, held.con_id).unwrap().value)
            .sum();
        let apart = figure("NetLiquidation") - figure("TotalCashValue") - values;
        let cents = Decimal::new(i64::try_from(held.len()).unwrap() + 2, 2);
        assert!(apart.abs() <= cents, "{account}: {apart} apart");
    }
}

/// Fills add up to positions and to orders; nothing is there twice.
fn once(world: &World, begun: &Holdings, sent: usize) {
    let mut expected = begun.clone();
    let mut filled: BTreeMap<i64, Decimal> = BTreeMap::new();
    let mut executions = BTreeSet::new();
    for fill in world.executions(&ExecutionFilter::default()) {
        let fill = &fill.execution;
        assert!(executions.insert(fill.exec_id.clone()));
        let signed = match fill.side {
            Side::Buy => fill.quantity,
            Side::Sell => -fill.quantity,
        };
        *expected
            .entry((fill.account.clone(), fill.con_id))
            .or_default() += signed;
        *filled.entry(fill.perm_id.get()).or_default() += fill.quantity;
    }
    let mut held = holdings(world);
    expected.retain(|_, quantity| !quantity.is_zero());
    held.retain(|_, quantity| !quantity.is_zero());
    assert_eq!(held, expected);

    let done = world.completed_orders();
    let orders = done.iter().map(|done| &done.order);
    let (mut perms, mut ids, mut count) = (BTreeSet::new(), BTreeSet::new(), 0);
    for order in world.open_orders().into_iter().chain(orders) {
        assert!(perms.insert(order.perm_id));
        assert!(ids.insert((order.client_id, order.order_id)));
        assert!(order.filled <= order.request.quantity);
        let of_fills = filled.get(&order.perm_id.get()).copied();
        assert_eq!(of_fills.unwrap_or_default(), order.filled);
        count += 1;
    }
    assert!(count <= sent);
}

async fn settled(sim: &SimHandle) {
    // Each question lets what was sent before be read and dealt with.
    for _ in 0..30 {
        sim.act(Action::Status {}).await.unwrap();
    }
}

/// With the book kept on disk the gateway is killed now and then, and started again from it.
async fn storm(seed: u64, rounds: u32, kept: bool) {
    let folder = tempfile::tempdir().unwrap();
    let start = || {
        stepped(|config| {
            config.scenario.seed = seed;
            config.state_file = kept.then(|| folder.path().join("world.json"));
        })
    };
    let mut sim = start().await;
    let begun = sim.with_world(|world| holdings(world)).await.unwrap();
    let mut dice = Dice(seed);
    let mut sent = 0;
    for round in 0..rounds {
        if kept && round % 3 == 2 {
            sim.shutdown().await;
            sim = start().await;
        }
        sim.set_faults(Faults::default());
        sim.act(Action::Disconnect { client: Some(4) })
            .await
            .unwrap();
        let mut bare = Bare::asking(&sim, 4).await;
        settled(&sim).await;
        sim.set_faults(dice.faults());
        for _ in 0..4 {
            sent += 1;
            let id = i32::try_from(sent).unwrap();
            let side = if dice.roll(2) == 0 { "BUY" } else { "SELL" };
            let price = ["1.00", "9000.00", "150.00", "250.00"];
            let price = price.get(dice.roll(8) as usize).copied();
            bare.order(id, side, price, dice.roll(5) == 0).await;
            settled(&sim).await;
            if dice.roll(3) == 0 {
                sim.act(dice.blow()).await.unwrap();
            }
            if dice.roll(3) == 0 {
                bare.send(&["4", "1", &id.to_string(), ""]).await;
                settled(&sim).await;
            }
            sim.step(250).await.unwrap();
        }
        let begun = begun.clone();
        sim.with_world(move |world| {
            whole(world);
            once(world, &begun, sent);
        })
        .await
        .expect("the books are whole");
    }
    let fills = sim.with_world(|world| world.executions(&ExecutionFilter::default()).len());
    assert!(fills.await.unwrap() > 5);
}

#[tokio::test]
async fn in_any_storm_the_books_stay_whole_and_no_order_happens_twice() {
    for seed in 1..=4 {
        storm(seed, 25, false).await;
    }
}

#[tokio::test]
async fn a_gateway_killed_in_a_storm_comes_back_with_its_book() {
    storm(5, 9, true).await;
}
