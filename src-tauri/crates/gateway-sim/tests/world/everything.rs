//! Random flow of everything at once: no money comes from nowhere, no fill happens twice.

use std::collections::{BTreeMap, BTreeSet};

use gatehouse_sim::world::{
    AccountId, Algo, Bound, COMBO, Combo, ConId, Condition, Currency, ExecutionFilter, Leg, Oca,
    OcaKind, Order, OrderId, OrderKind, OrderRequest, OrderTerms, Right, SecType, Side, Test, Tif,
    TrailBy, World,
};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::fixture::*;
use crate::options::option;

/// Choices out of a run of bytes; the first of each once they are used up.
struct Dice<'a>(std::slice::Iter<'a, u8>);

impl Dice<'_> {
    fn roll(&mut self, sides: u8) -> u8 {
        self.0.next().copied().unwrap_or_default() % sides
    }

    fn one_in(&mut self, sides: u8) -> bool {
        self.roll(sides) == sides - 1
    }

    fn of<T: Clone>(&mut self, choices: &[T]) -> T {
        let sides = u8::try_from(choices.len()).expect("few choices");
        choices[usize::from(self.roll(sides))].clone()
    }

    /// Some way from a price, on a tick of one cent.
    fn near(&mut self, price: Decimal) -> Decimal {
        let away = i64::from(self.roll(200)) - 100;
        (price + Decimal::new(away * 5, 2)).max(Decimal::new(1, 2))
    }
}

/// What was there at the start, and what has been asked for since.
struct Flow {
    world: World,
    traded: Vec<ConId>,
    middle: i64,
    last: i32,
    /// Quantity of each order when it was placed.
    asked: BTreeMap<i32, Decimal>,
    held: BTreeMap<(AccountId, ConId), Decimal>,
    /// Cash, and what open futures had cost.
    money: BTreeMap<(AccountId, Currency), Decimal>,
}

impl Flow {
    fn begin() -> Self {
        let mut world = still_world();
        let call = |strike| option(&world, "AAPL", "20260116", strike, Right::Call).con_id;
        let put = |strike| option(&world, "AAPL", "20260116", strike, Right::Put).con_id;
        let mut traded = vec![AAPL, SPY, front(&world, "ES"), EURUSD];
        traded.extend(["265", "275"].map(call));
        traded.extend(["260", "270"].map(put));
        for con_id in &traded {
            world.set_sizes(*con_id, dec("120"), dec("90"));
        }
        pass(&mut world, 1_000);
        let mut flow = Self {
            held: held(&world),
            money: BTreeMap::new(),
            world,
            traded,
            middle: 27_000,
            last: 0,
            asked: BTreeMap::new(),
        };
        flow.money = flow.cash();
        for (account, position, sec_type, currency) in flow.positions() {
            if sec_type == SecType::Future {
                *flow.money.entry((account, currency)).or_default() -= position.1;
            }
        }
        flow
    }

    fn price(&self, con_id: ConId) -> Decimal {
        let quote = self.world.quote(con_id);
        let ask = quote.and_then(|quote| quote.ask);
        ask.unwrap_or(Decimal::ONE).round_dp(2)
    }

    fn kind(&self, dice: &mut Dice<'_>, con_id: ConId) -> OrderKind {
        let near = |dice: &mut Dice<'_>| dice.near(self.price(con_id));
        let by = TrailBy::Percent(dec("1"));
        match dice.roll(18) {
            0..4 => OrderKind::Market,
            4..7 => OrderKind::Limit(near(dice)),
            7 => OrderKind::Stop(near(dice)),
            8 => OrderKind::StopLimit {
                stop: near(dice),
                limit: near(dice),
            },
            9 => OrderKind::Trail { by, stop: None },
            10 => OrderKind::TrailLimit {
                by,
                stop: None,
                offset: Decimal::ONE,
            },
            11 => OrderKind::IfTouched(near(dice)),
            12 => OrderKind::LimitIfTouched {
                trigger: near(dice),
                limit: near(dice),
            },
            13 => OrderKind::LimitOnClose(near(dice)),
            14 => OrderKind::Relative {
                offset: dec("0.01"),
                cap: None,
            },
            15 => OrderKind::PegMid {
                offset: Decimal::ZERO,
                cap: Some(near(dice)),
            },
            16 => OrderKind::Midprice { cap: None },
            _ => OrderKind::MarketToLimit,
        }
    }

    fn condition(&self, dice: &mut Dice<'_>) -> Condition {
        let bound = dice.of(&[Bound::AtLeast, Bound::AtMost]);
        let test = match dice.roll(5) {
            0 => Test::Price {
                bound,
                price: dice.near(self.price(AAPL)),
                con_id: AAPL,
                exchange: "SMART".to_owned(),
                trigger_method: 0,
            },
            1 => Test::Time {
                bound,
                at: self.world.now() + i64::from(dice.roll(20)) * 500,
            },
            2 => Test::Margin {
                bound,
                percent: i32::from(dice.roll(100)),
            },
            3 => Test::Execution {
                sec_type: "STK".to_owned(),
                exchange: "SMART".to_owned(),
                symbol: "AAPL".to_owned(),
            },
            _ => Test::Volume {
                bound,
                volume: i32::from(dice.roll(100)),
                con_id: SPY,
                exchange: "SMART".to_owned(),
            },
        };
        Condition {
            and: dice.one_in(2),
            test,
        }
    }

    fn algo(&self, dice: &mut Dice<'_>) -> Option<Algo> {
        let name = dice.of(&[
            "Adaptive",
            "Twap",
            "Vwap",
            "ArrivalPx",
            "PctVol",
            "DarkIce",
            "ClosePx",
        ]);
        Algo::read(name, Vec::new(), self.world.now()).ok()
    }

    fn combo(&self, dice: &mut Dice<'_>) -> Combo {
        let options = &self.traded[4..];
        let mut leg = |side| Leg {
            con_id: dice.of(options),
            ratio: Decimal::ONE,
            side,
            exchange: "SMART".to_owned(),
        };
        Combo {
            symbol: "AAPL".to_owned(),
            currency: "USD".to_owned(),
            legs: vec![leg(Side::Buy), leg(Side::Sell)],
            non_guaranteed: dice.one_in(3),
        }
    }

    fn request(&self, dice: &mut Dice<'_>) -> OrderRequest {
        let combo = dice.one_in(6).then(|| self.combo(dice));
        let con_id = if combo.is_some() {
            COMBO
        } else {
            dice.of(&self.traded)
        };
        let account = dice.of(&ACCOUNTS);
        let side = dice.of(&[Side::Buy, Side::Sell]);
        let lots = if con_id == EURUSD { 1_000 } else { 1 };
        let quantity = (1 + i64::from(dice.roll(60))) * lots;
        let kind = if combo.is_some() {
            OrderKind::Market
        } else {
            self.kind(dice, con_id)
        };
        let now = self.world.now();
        let (till, size) = (now + 4_000, Decimal::from(1 + dice.roll(5)));
        let tif = dice.of(&[Tif::Day, Tif::Day, Tif::Gtc, Tif::Ioc, Tif::Fok, Tif::Gtd]);
        let terms = OrderTerms {
            parent: (dice.one_in(5) && self.last > 0).then(|| OrderId::new(self.last)),
            oca: dice.one_in(4).then(|| Oca {
                group: format!("g{}", dice.roll(3)),
                kind: dice.of(&[OcaKind::Cancel, OcaKind::ReduceBlocked, OcaKind::Reduce]),
            }),
            good_after: dice.one_in(9).then_some(now + 700),
            good_till: (tif == Tif::Gtd).then_some(till),
            hidden: dice.one_in(9),
            all_or_none: dice.one_in(9),
            display_size: dice.one_in(9).then_some(size),
            min_quantity: dice.one_in(9).then_some(size),
            algo: if dice.one_in(6) {
                self.algo(dice)
            } else {
                None
            },
            conditions: if dice.one_in(6) {
                vec![self.condition(dice), self.condition(dice)]
            } else {
                Vec::new()
            },
            conditions_cancel: dice.one_in(3),
            auto_cancel_parent: dice.one_in(3),
            combo,
            ..OrderTerms::default()
        };
        OrderRequest {
            tif,
            terms,
            exchange: if con_id == COMBO {
                "SMART".to_owned()
            } else {
                String::new()
            },
            transmit: !dice.one_in(6),
            ..order(account, side, quantity, con_id, kind)
        }
    }

    fn step(&mut self, dice: &mut Dice<'_>) {
        match dice.roll(20) {
            0..9 => {
                let request = self.request(dice);
                let id = self.last + 1;
                let promised = self.world.what_if(CLIENT, OrderId::new(id), &request);
                let quantity = request.quantity;
                if place(&mut self.world, id, request.clone()).is_ok() {
                    let promised = promised.expect("accepted as in the preview");
                    let raised = promised.change.initial > Decimal::ZERO;
                    let room = promised.after.equity_with_loan - promised.after.initial;
                    assert!(
                        !raised || room >= Decimal::ZERO,
                        "{request:?}: {promised:?}"
                    );
                    self.asked.insert(id, quantity);
                    self.last = id;
                }
            }
            9 | 10 => self.change(dice),
            11 => {
                let id = OrderId::new(1 + i32::from(dice.roll(60)));
                let _ = self.world.cancel(CLIENT, id);
            }
            12 if dice.one_in(4) => drop(self.world.global_cancel()),
            13 if dice.one_in(2) => {
                let text = serde_json::to_string(&self.world).expect("serializes");
                self.world = serde_json::from_str(&text).expect("restores");
            }
            12..16 => {
                let moved = i64::from(dice.roll(200)) * 4 - 400;
                self.middle = (self.middle + moved).clamp(24_000, 30_000);
                let price = |cents| Decimal::new(cents, 2);
                let (bid, ask) = (price(self.middle - 1), price(self.middle + 1));
                assert!(self.world.set_quote(AAPL, bid, ask));
            }
            _ => {
                let time = 50 + i64::from(dice.roll(120)) * 25;
                pass(&mut self.world, time);
            }
        }
    }

    /// Another price and size for a working order; what belongs to a group keeps its size.
    fn change(&mut self, dice: &mut Dice<'_>) {
        let open = self.world.open_orders();
        let Some(found) = open.get(usize::from(dice.roll(60))) else {
            return;
        };
        let order = Order::clone(found);
        let mut request = order.request.clone();
        if let OrderKind::Limit(price) = request.kind {
            request.kind = OrderKind::Limit(dice.near(price));
        }
        let alone = order.progress.oca.is_none() && request.con_id != EURUSD;
        if alone {
            request.quantity = order.filled + Decimal::from(1 + dice.roll(40));
        }
        let quantity = request.quantity;
        if place(&mut self.world, order.order_id.get(), request).is_ok() && alone {
            self.asked.insert(order.order_id.get(), quantity);
        }
    }

    fn cash(&self) -> BTreeMap<(AccountId, Currency), Decimal> {
        let mut cash = BTreeMap::new();
        for id in self.world.account_ids() {
            for currency in Currency::ALL {
                let rows = self.world.ledger(&id).expect("an account");
                let line = |tag: &str| -> Decimal {
                    rows.iter()
                        .find(|row| row.tag == tag && row.currency == currency.code())
                        .map_or(Decimal::ZERO, |row| row.value.parse().expect("a number"))
                };
                // Open profit of futures is told as cash.
                let sum = line("TotalCashBalance") - line("FuturesPNL");
                cash.insert((id.clone(), currency), sum);
            }
        }
        cash
    }

    /// Every position with its value and its cost.
    fn positions(&self) -> Vec<(AccountId, (Decimal, Decimal), SecType, Currency)> {
        let mut all = Vec::new();
        for id in self.world.account_ids() {
            for held in self.world.positions(&id).expect("an account") {
                let of = self.world.by_con_id(held.con_id).expect("listed");
                let cost = held.market_value - held.unrealized_pnl;
                all.push((
                    id.clone(),
                    (held.market_value, cost),
                    of.sec_type,
                    of.currency,
                ));
            }
        }
        all
    }

    fn orders(&self) -> Vec<Order> {
        let completed = self.world.completed_orders();
        let done = completed.iter().map(|done| done.order.clone());
        self.world
            .open_orders()
            .into_iter()
            .cloned()
            .chain(done)
            .collect()
    }

    fn check(&self) {
        let fills = self.world.executions(&ExecutionFilter::default());
        let mut money = self.money.clone();
        let mut expected = self.held.clone();
        let mut of_orders: BTreeMap<i64, (Decimal, Decimal)> = BTreeMap::new();
        let mut seen = BTreeSet::new();
        for fill in &fills {
            let one = &fill.execution;
            assert!(seen.insert(one.exec_id.clone()), "{} twice", one.exec_id);
            let entry = of_orders.entry(one.perm_id.get()).or_default();
            entry.1 += fill.commission.amount;
            let whole = self.world.by_con_id(one.con_id).is_none();
            let Some(of) = self.world.by_con_id(one.con_id) else {
                entry.0 += one.quantity;
                assert!(whole && fill.commission.amount.is_zero());
                continue;
            };
            let signed = one.side.signed(one.quantity);
            let account = one.account.clone();
            if let Some(base) = of.pair_base {
                *money.entry((account.clone(), base)).or_default() += signed;
            } else {
                *expected.entry((account.clone(), one.con_id)).or_default() += signed;
            }
            let value = signed * one.price * of.multiplier;
            *money.entry((account.clone(), of.currency)).or_default() -= value;
            *money
                .entry((account, fill.commission.currency))
                .or_default() -= fill.commission.amount;
        }
        expected.retain(|_, quantity| !quantity.is_zero());
        assert_eq!(held(&self.world), expected, "fills make positions");

        // Every cent that was there, or came in or went out by a fill, is in cash; a future's price
        // is paid only when it is closed.
        for (account, (_, cost), sec_type, currency) in self.positions() {
            if sec_type == SecType::Future {
                *money.entry((account, currency)).or_default() += cost;
            }
        }
        let cash = self.cash();
        for (key, sum) in money {
            let told = cash.get(&key).copied().unwrap_or_default();
            assert!(
                (told - sum).abs() <= dec("0.05"),
                "{key:?}: {told} is told, {sum} is there"
            );
        }
        self.check_orders(
            &of_orders,
            &fills
                .iter()
                .map(|fill| {
                    (
                        fill.execution.perm_id.get(),
                        fill.execution.con_id,
                        fill.execution.quantity,
                    )
                })
                .collect::<Vec<_>>(),
        );
        for id in ACCOUNTS {
            let value = |tag| figure(&self.world, id, tag);
            let line = |tag| ledger(&self.world, id, "BASE", tag);
            let parts =
                value("TotalCashValue") + line("StockMarketValue") + line("OptionMarketValue");
            let gap = (parts - value("NetLiquidation")).abs();
            assert!(
                gap <= dec("0.02"),
                "{id}: cash and positions make the whole"
            );
        }
    }

    fn check_orders(
        &self,
        of_orders: &BTreeMap<i64, (Decimal, Decimal)>,
        fills: &[(i64, ConId, Decimal)],
    ) {
        let mut parts: BTreeMap<(AccountId, String), Decimal> = BTreeMap::new();
        let orders = self.orders();
        for order in &orders {
            let asked = self.asked[&order.order_id.get()];
            assert!(
                order.filled <= asked && order.filled <= order.request.quantity,
                "{order:?}"
            );
            let perm = order.perm_id.get();
            let (whole, paid) = of_orders.get(&perm).copied().unwrap_or_default();
            assert_eq!(paid, order.commission, "{order:?}");
            let traded = |con_id| -> Decimal {
                let own = fills
                    .iter()
                    .filter(|fill| fill.0 == perm && fill.1 == con_id);
                own.map(|fill| fill.2).sum()
            };
            match &order.request.terms.combo {
                None => assert_eq!(traded(order.request.con_id), order.filled, "{order:?}"),
                Some(combo) => {
                    assert_eq!(whole, order.filled, "{order:?}");
                    for leg in combo.legs.iter().filter(|_| !combo.non_guaranteed) {
                        // The same option may be in it twice.
                        let times = combo
                            .legs
                            .iter()
                            .filter(|other| other.con_id == leg.con_id)
                            .count();
                        let all = order.filled * leg.ratio * Decimal::from(times);
                        assert_eq!(traded(leg.con_id), all, "{order:?}");
                    }
                }
            }
            if let Some(oca) = &order.progress.oca {
                let group = (order.account.clone(), oca.group.clone());
                *parts.entry(group).or_default() += order.filled / asked;
            }
        }
        for (group, part) in parts {
            assert!(
                part <= dec("1.000001"),
                "{group:?} filled {part} times over"
            );
        }
    }
}

fn held(world: &World) -> BTreeMap<(AccountId, ConId), Decimal> {
    let mut all = BTreeMap::new();
    for id in world.account_ids() {
        for held in world.positions(&id).expect("an account") {
            if !held.quantity.is_zero() {
                all.insert((id.clone(), held.con_id), held.quantity);
            }
        }
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]

    #[test]
    fn no_money_and_no_fill_comes_from_nowhere(bytes in proptest::collection::vec(any::<u8>(), 300..1_200)) {
        let mut flow = Flow::begin();
        let mut dice = Dice(bytes.iter());
        while !dice.0.as_slice().is_empty() {
            flow.step(&mut dice);
            flow.check();
        }
        pass(&mut flow.world, 20_000);
        flow.check();
        flow.world.global_cancel();
        pass(&mut flow.world, 10_000);
        flow.check();
    }
}
