//! What the accounts say adds up, whatever happens.

use gatehouse_sim::world::{
    ConId, ExecutionFilter, OrderId, OrderKind, OrderRequest, SecType, Side, Tif, World,
};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::fixture::*;

#[test]
fn three_accounts_say_who_they_are() {
    let world = world();
    let types: Vec<String> = ACCOUNTS
        .iter()
        .map(|id| {
            let rows = world.figures(&account(id)).expect("an account");
            rows.into_iter()
                .find(|row| row.tag == "AccountType")
                .expect("a type")
                .value
        })
        .collect();
    assert_eq!(types, ["INDIVIDUAL", "IRA-ROTH NEW", "LLC"]);
    assert_eq!(
        world
            .account_ids()
            .iter()
            .map(|id| id.as_str())
            .collect::<Vec<_>>(),
        ACCOUNTS
    );
    assert_eq!(
        figure(&world, INDIVIDUAL, "TotalCashValue") - figure(&world, INDIVIDUAL, "SettledCash"),
        dec("3120.50")
    );
}

#[test]
fn a_purchase_lowers_settled_cash_at_once_and_a_sale_raises_it_the_next_day() {
    let mut world = still_world();
    let settled = |world: &World| figure(world, ROTH, "SettledCash");
    let cash = |world: &World| figure(world, ROTH, "TotalCashValue");
    let (settled_before, cash_before) = (settled(&world), cash(&world));
    place(&mut world, 1, buy(ROTH, 1, AAPL)).expect("placed");
    until_idle(&mut world);
    let spent = cash_before - cash(&world);
    assert_eq!(settled_before - settled(&world), spent);
    place(&mut world, 2, sell(ROTH, 1, AAPL)).expect("placed");
    until_idle(&mut world);
    assert_eq!(
        settled_before - settled(&world),
        spent,
        "the proceeds are not settled"
    );
    pass(&mut world, 86_400_000);
    assert_eq!(settled(&world), cash(&world), "the next day all is settled");
}

#[test]
fn a_new_day_turns_profit_to_zero_and_keeps_the_worth() {
    let mut world = still_world();
    place(&mut world, 1, sell(INDIVIDUAL, 50, AAPL)).expect("placed");
    until_idle(&mut world);
    assert_ne!(
        world.pnl(&account(INDIVIDUAL)).expect("pnl").realized,
        Decimal::ZERO
    );
    let worth = figure(&world, INDIVIDUAL, "NetLiquidation");
    pass(&mut world, 86_400_000);
    let pnl = world.pnl(&account(INDIVIDUAL)).expect("pnl");
    assert_eq!((pnl.daily, pnl.realized), (Decimal::ZERO, Decimal::ZERO));
    assert_eq!(figure(&world, INDIVIDUAL, "NetLiquidation"), worth);
    assert_eq!(
        figure(&world, INDIVIDUAL, "PreviousDayEquityWithLoanValue"),
        worth
    );
}

#[test]
fn a_closed_position_is_told_with_zero_and_its_profit() {
    let mut world = still_world();
    place(&mut world, 1, sell(LLC, 100, AAPL)).expect("placed");
    until_idle(&mut world);
    let closed = world
        .position(&account(LLC), AAPL)
        .expect("told until the day ends");
    let realized = world.executions(&ExecutionFilter::default())[0]
        .commission
        .realized_pnl
        .expect("closed");
    assert_eq!(closed.quantity, Decimal::ZERO);
    assert_eq!(closed.average_cost, Decimal::ZERO);
    assert_eq!(closed.realized_pnl, realized);
}

#[test]
fn selling_through_zero_realizes_the_long_part_only() {
    let mut world = still_world();
    assert!(world.set_quote(AAPL, dec("300.00"), dec("300.02")));
    place(&mut world, 1, sell(LLC, 150, AAPL)).expect("placed");
    until_idle(&mut world);
    let fills = world.executions(&ExecutionFilter::default());
    let realized: Decimal = fills
        .iter()
        .filter_map(|fill| fill.commission.realized_pnl)
        .sum();
    // 100 bought at 221.505, sold at 300, less two thirds of the fee of 1.00.
    assert!(
        (realized - dec("7848.8333")).abs() < dec("0.5"),
        "{realized}"
    );
    assert_eq!(
        world.position(&account(LLC), AAPL).expect("short").quantity,
        dec("-50")
    );
}

#[test]
fn a_future_moves_no_cash_until_it_is_closed() {
    let mut world = still_world();
    let mes = front(&world, "MES");
    let before = figure(&world, INDIVIDUAL, "NetLiquidation");
    place(&mut world, 1, buy(INDIVIDUAL, 1, mes)).expect("placed");
    until_idle(&mut world);
    let opened = figure(&world, INDIVIDUAL, "NetLiquidation");
    // Half a spread of at least a quarter point, and the fee.
    assert!(before - opened >= dec("0.25") && before - opened < dec("10"));
    let ask = world.quote(mes).and_then(|quote| quote.ask).expect("ask");
    assert!(world.set_quote(mes, ask + dec("9.75"), ask + dec("10.25")));
    let profit = figure(&world, INDIVIDUAL, "NetLiquidation") - before;
    assert_eq!(
        profit,
        dec("49.75"),
        "ten points of five dollars, less the fee of 0.25"
    );
    assert_eq!(
        ledger(&world, INDIVIDUAL, "USD", "FuturesPNL"),
        dec("49.75")
    );
}

#[test]
fn buying_euros_moves_cash_and_leaves_no_position() {
    let mut world = still_world();
    assert!(world.set_quote(EURUSD, dec("1.17000"), dec("1.17010")));
    place(&mut world, 1, buy(ROTH, 1_000, EURUSD)).expect("paid in full");
    until_idle(&mut world);
    assert_eq!(ledger(&world, ROTH, "EUR", "CashBalance"), dec("1000.00"));
    assert_eq!(
        ledger(&world, ROTH, "USD", "CashBalance"),
        dec("18432.66") - dec("1170.10") - dec("2.00")
    );
    assert!(world.position(&account(ROTH), EURUSD).is_none());
}

#[test]
fn a_preview_of_a_limit_below_the_market_does_not_show_the_difference_as_a_gain() {
    let ford = ConId::new(9_599_491);
    let preview = still_world()
        .what_if(
            CLIENT,
            OrderId::new(1),
            &limit(buy(LLC, 100, ford), "10.00"),
        )
        .expect("allowed");
    assert!(preview.change.equity_with_loan < dec("0"));
}

#[test]
fn currency_trades_need_margin() {
    let (code, _) = refusal(&mut still_world(), buy(LLC, 50_000_000, EURUSD));
    assert_eq!(code, 201);
}

#[test]
fn fees_follow_the_fixed_tariff() {
    let fee = |request: OrderRequest| {
        let world = still_world();
        world
            .what_if(CLIENT, OrderId::new(1), &request)
            .expect("allowed")
            .commission
    };
    let ford = ConId::new(9_599_491);
    let one = still_world()
        .quote(ford)
        .and_then(|q| q.ask)
        .expect("an ask");
    assert_eq!(fee(buy(LLC, 1_000, ford)), dec("5"), "half a cent a share");
    assert_eq!(fee(buy(LLC, 20, ford)), dec("1"), "at least a dollar");
    assert_eq!(
        fee(buy(LLC, 1, ford)),
        (one / dec("100")).round_dp(4),
        "at most one percent"
    );
    let tencent = still_world()
        .quote(TENCENT)
        .and_then(|q| q.ask)
        .expect("an ask");
    assert_eq!(
        fee(buy(INDIVIDUAL, 100, TENCENT)),
        (tencent * dec("100") * dec("0.0008")).round_dp(4),
        "0.08 percent, in HKD"
    );
}

/// What the account was told it would be.
fn agrees(world: &mut World, id: i32, request: OrderRequest) {
    let preview = world
        .what_if(CLIENT, OrderId::new(id), &request)
        .expect("allowed");
    let account = request.account.clone();
    let money = |world: &World, tag: &str| figure(world, &account, tag);
    assert_eq!(preview.before.initial, money(world, "InitMarginReq"));
    assert_eq!(
        preview.before.equity_with_loan,
        money(world, "EquityWithLoanValue")
    );
    let fills_before = world.executions(&ExecutionFilter::default()).len();
    place(world, id, request).expect("placed");
    until_idle(world);
    assert!(world.open_orders().is_empty());
    assert_eq!(preview.after.initial, money(world, "InitMarginReq"));
    assert_eq!(preview.after.maintenance, money(world, "MaintMarginReq"));
    assert_eq!(
        preview.after.equity_with_loan,
        money(world, "EquityWithLoanValue")
    );
    assert_eq!(
        preview.change.initial,
        preview.after.initial - preview.before.initial
    );
    let fees: Decimal = world
        .executions(&ExecutionFilter::default())
        .iter()
        .skip(fills_before)
        .map(|fill| fill.commission.amount)
        .sum();
    assert_eq!(preview.commission, fees);
}

#[test]
fn a_preview_of_a_change_is_about_what_is_left() {
    let mut world = still_world();
    assert!(world.set_quote(AAPL, dec("270.00"), dec("270.02")));
    assert!(world.set_sizes(AAPL, dec("100"), dec("100")));
    place(&mut world, 1, limit(buy(LLC, 300, AAPL), "270.02")).expect("placed");
    pass(&mut world, 50);
    assert_eq!(world.open_orders()[0].filled, dec("100"));
    let changed = limit(buy(LLC, 500, AAPL), "270.02");
    agrees(&mut world, 1, changed);
}

#[derive(Debug, Clone)]
enum Act {
    Place {
        account: usize,
        instrument: usize,
        sell: bool,
        quantity: i64,
        offset: Option<i64>,
        tif: Tif,
    },
    Cancel(usize),
    Wait(i64),
}

fn act() -> impl Strategy<Value = Act> {
    let tif = prop_oneof![Just(Tif::Day), Just(Tif::Gtc), Just(Tif::Ioc)];
    let place = (
        0..3_usize,
        0..70_usize,
        any::<bool>(),
        1..400_i64,
        prop::option::of(-40..40_i64),
        tif,
    )
        .prop_map(
            |(account, instrument, sell, quantity, offset, tif)| Act::Place {
                account,
                instrument,
                sell,
                quantity,
                offset,
                tif,
            },
        );
    prop_oneof![4 => place, 1 => (0..8_usize).prop_map(Act::Cancel), 2 => (1..3_000_i64).prop_map(Act::Wait)]
}

/// Does it if the world lets it; refusals are part of life.
fn perform(world: &mut World, act: &Act, pairs: bool) {
    match *act {
        Act::Wait(milliseconds) => {
            pass(world, milliseconds);
        }
        Act::Cancel(nth) => {
            let id = world.open_orders().get(nth).map(|order| order.order_id);
            if let Some(id) = id {
                world.cancel(CLIENT, id).ok();
            }
        }
        Act::Place {
            account,
            instrument,
            sell,
            quantity,
            offset,
            tif,
        } => {
            let all = world.instruments();
            let chosen = &all[instrument % all.len()];
            if chosen.sec_type == SecType::Cash && !pairs {
                return;
            }
            let quote = world.quote(chosen.con_id).expect("a quote");
            let (Some(bid), Some(ask)) = (quote.bid, quote.ask) else {
                return;
            };
            let scale = match chosen.sec_type {
                SecType::Future => Decimal::new(quantity % 4 + 1, 0),
                _ => Decimal::from(quantity) * chosen.size_increment,
            };
            let rule = world.market_rule(chosen.market_rule_ids[0]).expect("rule");
            let tick = rule
                .increments
                .iter()
                .rev()
                .find(|rung| bid >= rung.low_edge)
                .expect("rung")
                .increment;
            let kind = offset.map_or(OrderKind::Market, |ticks| {
                OrderKind::Limit(if sell { bid } else { ask } + tick * Decimal::from(ticks))
            });
            let side = if sell { Side::Sell } else { Side::Buy };
            let mut request = order(ACCOUNTS[account], side, 1, chosen.con_id, kind);
            request.quantity = scale;
            request.tif = tif;
            let id = world.next_order_id(CLIENT).get();
            place(world, id, request).ok();
        }
    }
}

fn near(left: Decimal, right: Decimal, cents: i64, what: &str) {
    assert!(
        (left - right).abs() <= Decimal::new(cents, 2),
        "{what}: {left} against {right}"
    );
}

fn assert_books_balance(world: &World, rates_are_still: bool) {
    for id in ACCOUNTS {
        let money = |tag: &str| figure(world, id, tag);
        let stock = ledger(world, id, "BASE", "StockMarketValue");
        assert_eq!(
            money("NetLiquidation"),
            money("TotalCashValue") + stock,
            "cash plus positions"
        );
        assert_eq!(
            money("AvailableFunds"),
            money("NetLiquidation") - money("InitMarginReq")
        );
        assert_eq!(
            money("ExcessLiquidity"),
            money("NetLiquidation") - money("MaintMarginReq")
        );

        let positions = world.positions(&account(id)).expect("an account");
        let rate = |con_id: ConId| {
            let currency = world.by_con_id(con_id).expect("instrument").currency;
            ledger_rate(world, id, currency.code())
        };
        let of_kind = |kind: SecType| {
            positions.iter().filter(move |position| {
                world.by_con_id(position.con_id).expect("it").sec_type == kind
            })
        };
        let values: Decimal = of_kind(SecType::Stock)
            .map(|at| at.market_value * rate(at.con_id))
            .sum();
        near(values, stock, 1, "positions against stock value");
        let futures: Decimal = of_kind(SecType::Future).map(|at| at.unrealized_pnl).sum();
        near(
            futures,
            ledger(world, id, "BASE", "FuturesPNL"),
            1,
            "open profit of futures",
        );

        let pnl = world.pnl(&account(id)).expect("an account");
        let total = |part: fn(&gatehouse_sim::world::Position) -> Decimal| -> Decimal {
            positions
                .iter()
                .map(|position| part(position) * rate(position.con_id))
                .sum()
        };
        near(pnl.daily, total(|at| at.daily_pnl), 1, "daily");
        near(
            pnl.unrealized,
            total(|at| at.unrealized_pnl),
            1,
            "unrealized",
        );
        near(pnl.realized, total(|at| at.realized_pnl), 1, "realized");
        let fills = world.executions(&ExecutionFilter {
            account: Some(account(id)),
            ..Default::default()
        });
        let realized: Decimal = fills
            .iter()
            .filter_map(|fill| {
                fill.commission
                    .realized_pnl
                    .map(|pnl| pnl * rate(fill.execution.con_id))
            })
            .sum();
        near(pnl.realized, realized, 1, "realized against fills");
        if rates_are_still {
            let earned = money("NetLiquidation") - money("PreviousDayEquityWithLoanValue");
            near(
                earned,
                pnl.daily,
                3,
                "the day's profit against the change of worth",
            );
        }
    }
}

fn ledger_rate(world: &World, id: &str, currency: &str) -> Decimal {
    ledger(world, id, currency, "ExchangeRate")
}

fn assert_orders_hold(world: &World) {
    let completed = world.completed_orders();
    let orders = world
        .open_orders()
        .into_iter()
        .chain(completed.iter().map(|done| &done.order));
    for order in orders {
        let fills = world.executions(&ExecutionFilter::default());
        let filled: Decimal = fills
            .iter()
            .filter(|fill| fill.execution.perm_id == order.perm_id)
            .map(|fill| fill.execution.quantity)
            .sum();
        assert_eq!(filled, order.filled);
        assert!(filled <= order.request.quantity, "no fill beyond the order");
        if let OrderKind::Limit(limit) = order.request.kind {
            for fill in fills
                .iter()
                .filter(|fill| fill.execution.perm_id == order.perm_id)
            {
                match order.request.side {
                    Side::Buy => assert!(fill.execution.price <= limit),
                    Side::Sell => assert!(fill.execution.price >= limit),
                }
            }
        }
    }
}

fn assert_the_roth_owes_nothing(world: &World) {
    for row in world.ledger(&account(ROTH)).expect("an account") {
        if row.tag == "CashBalance" && row.currency != "BASE" {
            let futures = ledger(world, ROTH, row.currency, "FuturesPNL");
            let cash: Decimal = row.value.parse().expect("a number");
            assert!(cash - futures >= Decimal::ZERO, "{} {cash}", row.currency);
        }
    }
    for position in world.positions(&account(ROTH)).expect("an account") {
        let stock = world.by_con_id(position.con_id).expect("it").sec_type == SecType::Stock;
        assert!(
            !stock || position.quantity >= Decimal::ZERO,
            "no short stock"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn books_balance_through_any_orders_and_moves(seed in any::<u64>(), acts in prop::collection::vec(act(), 1..40)) {
        let mut world = World::new(&gatehouse_sim::world::Scenario::three_accounts(seed));
        for act in &acts {
            perform(&mut world, act, true);
            assert_books_balance(&world, false);
        }
        assert_orders_hold(&world);
    }

    #[test]
    fn the_days_profit_is_the_change_of_worth_while_rates_stand_still(
        seed in any::<u64>(),
        acts in prop::collection::vec(act(), 1..40),
    ) {
        let mut world = World::new(&gatehouse_sim::world::Scenario::three_accounts(seed));
        let pairs: Vec<ConId> = world
            .instruments()
            .iter()
            .filter(|instrument| instrument.sec_type == SecType::Cash)
            .map(|instrument| instrument.con_id)
            .collect();
        for pair in pairs {
            world.freeze(pair);
        }
        for act in &acts {
            perform(&mut world, act, false);
            assert_books_balance(&world, true);
        }
    }

    #[test]
    fn a_roth_never_owes_and_is_never_short(
        seed in any::<u64>(),
        acts in prop::collection::vec(act(), 1..60),
    ) {
        let mut world = World::new(&gatehouse_sim::world::Scenario::three_accounts(seed));
        for act in &acts {
            let in_the_roth = match act.clone() {
                Act::Place { instrument, sell, quantity, offset, tif, .. } =>
                    Act::Place { account: 1, instrument, sell, quantity: quantity % 30 + 1, offset, tif },
                other => other,
            };
            perform(&mut world, &in_the_roth, true);
        }
        until_idle(&mut world);
        if world.executions(&ExecutionFilter::default()).iter().all(|fill| {
            world.by_con_id(fill.execution.con_id).expect("it").sec_type != SecType::Future
        }) {
            assert_the_roth_owes_nothing(&world);
        }
    }

    #[test]
    fn a_preview_agrees_with_the_outcome_to_the_cent(
        orders in prop::collection::vec((0..3_usize, 0..70_usize, any::<bool>(), 1..900_i64), 1..8),
    ) {
        let mut world = still_world();
        let mut id = 0;
        for (account, instrument, sell, quantity) in orders {
            let all = world.instruments();
            let chosen = &all[instrument % all.len()];
            let units = match chosen.sec_type {
                SecType::Future => Decimal::from(quantity % 6 + 1),
                SecType::Cash => Decimal::from(quantity * 50),
                _ => Decimal::from(quantity) * chosen.size_increment,
            };
            let side = if sell { Side::Sell } else { Side::Buy };
            let mut request = order(ACCOUNTS[account], side, 1, chosen.con_id, OrderKind::Market);
            request.quantity = units;
            id += 1;
            if world.what_if(CLIENT, OrderId::new(id), &request).is_ok() {
                agrees(&mut world, id, request);
            }
        }
    }
}
