//! An order written by another hand, in every text version, is read as it was meant.

use gatehouse_sim::messages::{ComboLeg, ConditionTest, Contract, Order, OrderCondition, Request};
use gatehouse_sim::wire::{Version, decode};
use proptest::prelude::*;
use rust_decimal::Decimal;

fn decimal() -> impl Strategy<Value = Decimal> {
    (-1_000_000_000_i64..1_000_000_000, 0_u32..8)
        .prop_map(|(units, scale)| Decimal::new(units, scale).normalize())
}

fn word() -> impl Strategy<Value = String> {
    "[A-Za-z0-9 ]{0,6}"
}

fn legs() -> impl Strategy<Value = Vec<ComboLeg>> {
    let leg = (1..i32::MAX, 1..9, any::<bool>()).prop_map(|(con_id, ratio, buy)| ComboLeg {
        con_id,
        ratio,
        action: if buy { "BUY" } else { "SELL" }.to_owned(),
        exchange: "SMART".to_owned(),
        ..ComboLeg::default()
    });
    proptest::collection::vec(leg, 0..4)
}

prop_compose! {
    fn contracts()(con_id in 0..i32::MAX, symbol in word(), strike in 1_i64..100_000, option in any::<bool>(), legs in legs()) -> Contract {
        Contract {
            con_id,
            symbol,
            sec_type: if legs.is_empty() { "STK" } else { "BAG" }.to_owned(),
            strike: option.then(|| Decimal::new(strike, 2).normalize()),
            exchange: "SMART".to_owned(),
            currency: "USD".to_owned(),
            combo_legs: legs,
            ..Contract::default()
        }
    }
}

fn conditions() -> impl Strategy<Value = Vec<OrderCondition>> {
    let parts = (1..8_i32, any::<[bool; 2]>(), decimal(), 1..i32::MAX, word());
    let one = parts.prop_map(|(kind, [and, is_more], number, whole, exchange)| {
        let test = match kind {
            1 | 2 => ConditionTest::Price {
                is_more,
                price: number,
                con_id: whole,
                exchange,
                trigger_method: 4,
            },
            3 => ConditionTest::Time {
                is_more,
                time: exchange,
            },
            4 => ConditionTest::Margin {
                is_more,
                percent: whole,
            },
            5 => ConditionTest::Execution {
                sec_type: "STK".to_owned(),
                exchange,
                symbol: "IBM".to_owned(),
            },
            6 => ConditionTest::Volume {
                is_more,
                volume: whole,
                con_id: whole,
                exchange,
            },
            _ => ConditionTest::PercentChange {
                is_more,
                percent: number,
                con_id: whole,
                exchange,
            },
        };
        OrderCondition { and, test }
    });
    proptest::collection::vec(one, 0..4)
}

prop_compose! {
    fn orders()(
        prices in (proptest::option::of(decimal()), proptest::option::of(decimal()), proptest::option::of(decimal()), proptest::option::of(decimal())),
        quantity in decimal(),
        words in (word(), word(), word(), word(), word()),
        flags in proptest::array::uniform5(any::<bool>()),
        min_qty in proptest::option::of(0..1000),
        algo in proptest::option::of(proptest::collection::vec((word(), word()), 0..3)),
        order_id in 1..1_500_000_000,
        conditions in conditions(),
        pegged in any::<bool>(),
        offsets in proptest::array::uniform3(proptest::option::of(decimal())),
    ) -> Order {
        Order {
            order_id,
            action: "BUY".to_owned(),
            total_quantity: Some(quantity),
            order_type: if pegged { "PEG MID" } else { "LMT" }.to_owned(),
            conditions_cancel: flags[0] && !conditions.is_empty(),
            conditions_ignore_rth: flags[1] && !conditions.is_empty(),
            conditions,
            lmt_price_offset: offsets[0],
            mid_offset_at_whole: offsets[1].filter(|_| pegged),
            mid_offset_at_half: offsets[2].filter(|_| pegged),
            auto_cancel_parent: flags[2],
            lmt_price: prices.0,
            aux_price: prices.1,
            trail_stop_price: prices.2,
            cash_qty: prices.3,
            tif: words.0,
            account: words.1,
            order_ref: words.2,
            oca_group: words.3,
            good_till_date: words.4,
            outside_rth: flags[0],
            hidden: flags[1],
            all_or_none: flags[2],
            transmit: flags[3],
            what_if: flags[4],
            min_qty,
            algo_strategy: if algo.is_some() { "Adaptive".to_owned() } else { String::new() },
            algo_params: algo.unwrap_or_default(),
            ..Order::default()
        }
    }
}

struct Fields(String);

impl Fields {
    fn put(&mut self, value: impl ToString) -> &mut Self {
        self.0.push_str(&value.to_string());
        self.0.push('\0');
        self
    }

    fn flag(&mut self, value: bool) -> &mut Self {
        self.put(u8::from(value))
    }

    fn unset(&mut self, value: Option<impl ToString>) -> &mut Self {
        match value {
            Some(value) => self.put(value),
            None => self.put(""),
        }
    }

    fn blank(&mut self, count: usize) -> &mut Self {
        self.0.push_str(&"\0".repeat(count));
        self
    }
}

/// placeOrder after the published order of fields.
fn written(version: u16, contract: &Contract, order: &Order, hedge: bool, scale: bool) -> String {
    let mut f = Fields(String::new());
    f.put(3)
        .put(order.order_id)
        .put(contract.con_id)
        .put(&contract.symbol)
        .put(&contract.sec_type)
        .put("");
    f.put(contract.strike.unwrap_or_default())
        .blank(2)
        .put(&contract.exchange)
        .put("")
        .put(&contract.currency)
        .blank(4);
    f.put(&order.action)
        .unset(order.total_quantity)
        .put(&order.order_type)
        .unset(order.lmt_price)
        .unset(order.aux_price);
    f.put(&order.tif)
        .put(&order.oca_group)
        .put(&order.account)
        .blank(1)
        .put(0)
        .put(&order.order_ref);
    f.flag(order.transmit)
        .put(order.parent_id)
        .flag(false)
        .flag(false)
        .put(0)
        .put(0);
    f.flag(order.outside_rth).flag(order.hidden);
    if contract.sec_type == "BAG" {
        f.put(contract.combo_legs.len());
        for leg in &contract.combo_legs {
            f.put(leg.con_id)
                .put(leg.ratio)
                .put(&leg.action)
                .put(&leg.exchange)
                .put(0)
                .put(0)
                .put("")
                .put(0);
        }
        f.put(1).put("1.5").put(1).put("NonGuaranteed").put("1");
    }
    f.put("")
        .put("0.0")
        .put("")
        .put(&order.good_till_date)
        .blank(3);
    if version < 177 {
        f.blank(1);
    }
    f.put("")
        .put(0)
        .put("")
        .put(-1)
        .put(0)
        .put("")
        .put("")
        .flag(order.all_or_none)
        .unset(order.min_qty);
    f.blank(1)
        .flag(false)
        .flag(false)
        .blank(1)
        .put(0)
        .blank(5)
        .flag(false)
        .blank(2);
    if hedge {
        f.put("None").blank(9)
    } else {
        f.blank(2)
    };
    f.flag(false)
        .blank(1)
        .unset(order.trail_stop_price)
        .blank(1)
        .blank(2);
    if scale {
        f.put("0.5").blank(7)
    } else {
        f.put("")
    };
    f.blank(3);
    if hedge {
        f.put("D").put("x")
    } else {
        f.put("")
    };
    f.flag(false).blank(2).flag(false).flag(hedge);
    if hedge {
        f.put(1).put("0.5").put("10");
    }
    f.put(&order.algo_strategy);
    if !order.algo_strategy.is_empty() {
        f.put(order.algo_params.len());
        for (tag, value) in &order.algo_params {
            f.put(tag).put(value);
        }
    }
    f.put("")
        .flag(order.what_if)
        .put("")
        .flag(false)
        .flag(false)
        .flag(false)
        .put(order.conditions.len());
    for condition in &order.conditions {
        f.put(condition.test.kind())
            .put(if condition.and { "a" } else { "o" });
        match &condition.test {
            ConditionTest::Price {
                is_more,
                price,
                con_id,
                exchange,
                trigger_method,
            } => f
                .flag(*is_more)
                .put(price)
                .put(con_id)
                .put(exchange)
                .put(trigger_method),
            ConditionTest::Time { is_more, time } => f.flag(*is_more).put(time),
            ConditionTest::Margin { is_more, percent } => f.flag(*is_more).put(percent),
            ConditionTest::Execution {
                sec_type,
                exchange,
                symbol,
            } => f.put(sec_type).put(exchange).put(symbol),
            ConditionTest::Volume {
                is_more,
                volume,
                con_id,
                exchange,
            } => f.flag(*is_more).put(volume).put(con_id).put(exchange),
            ConditionTest::PercentChange {
                is_more,
                percent,
                con_id,
                exchange,
            } => f.flag(*is_more).put(percent).put(con_id).put(exchange),
        };
    }
    if !order.conditions.is_empty() {
        f.flag(order.conditions_ignore_rth)
            .flag(order.conditions_cancel);
    }
    f.blank(2)
        .unset(order.lmt_price_offset)
        .blank(7)
        .unset(order.cash_qty)
        .blank(4)
        .flag(false)
        .flag(false)
        .flag(false)
        .put("");
    for since in [158, 160] {
        if version >= since {
            f.blank(1);
        }
    }
    if version >= 162 {
        f.flag(order.auto_cancel_parent);
    }
    for since in [166, 169] {
        if version >= since {
            f.blank(1);
        }
    }
    if version >= 170 && order.order_type == "PEG MID" {
        f.unset(order.mid_offset_at_whole)
            .unset(order.mid_offset_at_half);
    }
    f.0
}

proptest! {
    #[test]
    fn a_written_order_is_read_as_it_was_meant(
        contract in contracts(),
        order in orders(),
        number in 157_u16..=200,
        hedge in any::<bool>(),
        scale in any::<bool>(),
    ) {
        let text = written(number, &contract, &order, hedge, scale);
        let version = Version::new(number).unwrap();
        let mut order = order;
        order.auto_cancel_parent &= number >= 162;
        if number < 170 {
            (order.mid_offset_at_whole, order.mid_offset_at_half) = (None, None);
        }
        let read = decode(version, text.as_bytes());
        let mut meant = order.clone();
        meant.display_size = Some(0);
        if contract.sec_type == "BAG" {
            meant.leg_prices = vec![Some(Decimal::new(15, 1))];
            meant.combo_routing = vec![("NonGuaranteed".to_owned(), "1".to_owned())];
        }
        let meant = Request::PlaceOrder { order_id: order.order_id, contract: Box::new(contract), order: Box::new(meant) };
        prop_assert_eq!(read, Ok(meant));
    }
}
