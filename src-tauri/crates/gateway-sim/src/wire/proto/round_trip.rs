//! What goes onto the wire comes back from it.

use proptest::prelude::*;
use prost::Message;
use rust_decimal::Decimal;

use crate::messages::{ComboLeg, ConditionTest, Contract, Order, OrderCondition, Request};
use crate::wire::number::{decimal_from_double, double};

use super::{order_convert, types as pb};

/// Decimals of up to fifteen digits: those a double holds exactly enough to come back.
fn decimals() -> impl Strategy<Value = Decimal> {
    (-999_999_999_999_999_i64..=999_999_999_999_999, 0_u32..12)
        .prop_map(|(units, scale)| Decimal::new(units, scale).normalize())
}

fn word() -> impl Strategy<Value = String> {
    "[A-Za-z0-9 ]{0,6}"
}

prop_compose! {
    fn contracts()(
        con_id in 0..i32::MAX,
        words in proptest::array::uniform8(word()),
        strike in proptest::option::of(1_i64..1_000_000),
        multiplier in 0_u32..2000,
        legs in proptest::collection::vec((1..i32::MAX, 1..9), 0..3),
    ) -> Contract {
        let [symbol, exchange, primary_exchange, currency, local_symbol, trading_class, sec_id, right] = words;
        Contract {
            con_id,
            symbol,
            sec_type: "STK".to_owned(),
            last_trade_date: "20261218".to_owned(),
            strike: strike.map(|cents| Decimal::new(cents, 2).normalize()),
            right,
            multiplier: if multiplier == 0 { String::new() } else { multiplier.to_string() },
            exchange,
            primary_exchange,
            currency,
            local_symbol,
            trading_class,
            sec_id_type: String::new(),
            sec_id,
            description: String::new(),
            issuer_id: String::new(),
            include_expired: con_id % 2 == 0,
            combo_legs: legs
                .into_iter()
                .map(|(con_id, ratio)| ComboLeg { con_id, ratio, action: "BUY".to_owned(), ..ComboLeg::default() })
                .collect(),
        }
    }
}

fn conditions() -> impl Strategy<Value = Vec<OrderCondition>> {
    let parts = (
        1..8_i32,
        any::<[bool; 2]>(),
        decimals(),
        1..i32::MAX,
        word(),
    );
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
        quantity in decimals(),
        prices in proptest::array::uniform4(proptest::option::of(decimals())),
        words in proptest::array::uniform6(word()),
        flags in proptest::array::uniform6(any::<bool>()),
        order_id in 1..1_500_000_000,
        params in proptest::collection::btree_map("[a-z]{1,4}", word(), 0..3),
        conditions in conditions(),
        offsets in proptest::array::uniform4(proptest::option::of(decimals())),
    ) -> Order {
        let [tif, account, oca_group, order_ref, good_till_date, model_code] = words;
        Order {
            order_id,
            action: "SELL".to_owned(),
            total_quantity: Some(quantity),
            order_type: "LMT".to_owned(),
            lmt_price: prices[0],
            aux_price: prices[1],
            trail_stop_price: prices[2],
            cash_qty: prices[3],
            tif,
            account,
            oca_group,
            order_ref,
            good_till_date,
            model_code,
            outside_rth: flags[0],
            hidden: flags[1],
            all_or_none: flags[2],
            transmit: flags[3],
            what_if: flags[4],
            min_qty: flags[5].then_some(5),
            algo_params: params.clone().into_iter().collect(),
            combo_routing: params.into_iter().collect(),
            conditions,
            percent_offset: offsets[0],
            lmt_price_offset: offsets[1],
            mid_offset_at_whole: offsets[2],
            mid_offset_at_half: offsets[3],
            conditions_cancel: flags[0],
            conditions_ignore_rth: flags[1],
            auto_cancel_parent: flags[2],
            trigger_method: 7,
            parent_id: 9,
            ..Order::default()
        }
    }
}

proptest! {
    #[test]
    fn a_placed_order_comes_back(contract in contracts(), order in orders(), price in decimals()) {
        let leg_prices = contract.combo_legs.iter().map(|_| Some(price)).collect();
        let order = Order { leg_prices, ..order };
        let wire = pb::PlaceOrderRequest {
            order_id: Some(order.order_id),
            contract: Some(order_convert::priced_contract(&contract, &order)),
            order: Some(order_convert::order(&order)),
        };
        let read = super::decode(3, &wire.encode_to_vec());
        let meant = Request::PlaceOrder {
            order_id: order.order_id,
            contract: Box::new(contract),
            order: Box::new(order),
        };
        prop_assert_eq!(read, Ok(meant));
    }

    #[test]
    fn decimals_of_fifteen_digits_survive_a_double(value in decimals()) {
        prop_assert_eq!(decimal_from_double(Some(double(value))), Ok(Some(value)));
    }

    #[test]
    fn no_double_becomes_a_wrong_decimal(bits in any::<u64>()) {
        let value = f64::from_bits(bits);
        if let Ok(Some(read)) = decimal_from_double(Some(value)) {
            prop_assert_eq!(double(read), value);
        }
    }
}

#[test]
fn unset_and_impossible_doubles_are_no_numbers() {
    assert_eq!(decimal_from_double(Some(f64::MAX)), Ok(None));
    assert_eq!(decimal_from_double(None), Ok(None));
    for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e30, 1e-30] {
        assert!(decimal_from_double(Some(value)).is_err(), "{value}");
    }
}
