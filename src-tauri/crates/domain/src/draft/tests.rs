//! Reading tickets.

use super::*;
use crate::condition::{ConditionKind, Reaches};
use crate::contract::{Contract, Instrument, PriceIncrement, SecurityKind};
use crate::decimal::Currency;
use crate::exits::StopKind;
use crate::id::Symbol;
use proptest::prelude::*;

fn apple() -> Instrument {
    Instrument {
        contract: Contract {
            con_id: ConId::new(265_598).unwrap(),
            symbol: Symbol::new("AAPL").unwrap(),
            kind: SecurityKind::Stock,
            exchange: "SMART".into(),
            primary_exchange: Some("NASDAQ".into()),
            currency: Currency::USD,
            local_symbol: None,
            multiplier: Decimal::ONE,
            derivative: None,
            legs: Vec::new(),
        },
        long_name: "Apple Inc".into(),
        increments: vec![PriceIncrement {
            low_edge: Decimal::ZERO,
            increment: "0.01".parse().unwrap(),
        }],
        size_increment: None,
        business: crate::contract::Business::default(),
        min_size: None,
        order_types: "AON,ALGO,COND,DAY,FOK,GTC,GTD,HID,ICE,IOC,LIT,LMT,LOC,MIDPX,MIT,MKT,MOC,MTL,OCA,OPG,PEGMID,REL,STP,STPLMT,TRAIL,TRAILLMT"
            .split(',')
            .map(str::to_owned)
            .collect(),
        underlying: None,
    }
}

const NOW: UnixMillis = UnixMillis(1_790_000_000_000);

fn input(quantity: &str, limit: &str) -> DraftInput {
    DraftInput {
        account: "DU1".into(),
        con_id: Some(265_598),
        quantity: quantity.into(),
        limit_price: limit.into(),
        ..DraftInput::empty("i-1")
    }
}

fn parse(input: &DraftInput, instrument: &Instrument) -> Result<Draft, Vec<DraftFault>> {
    input.parse(
        |con_id| (con_id == instrument.contract.con_id).then_some(instrument),
        NOW,
    )
}

fn faults(quantity: &str, limit: &str) -> Vec<DraftFault> {
    parse(&input(quantity, limit), &apple()).unwrap_err()
}

#[test]
fn every_bad_quantity_has_its_own_sentence() {
    for (typed, part) in [
        ("", "how many"),
        ("0", "more than zero"),
        ("-5", "choose Sell"),
        ("1,5", "1.5, not 1,5"),
        ("1e30", "not a plain number"),
        ("1.5", "steps of 1"),
        ("9999999999999", "too long"),
    ] {
        let faults = faults(typed, "180");
        assert_eq!(faults.len(), 1, "{typed}");
        assert_eq!(faults[0].field, DraftField::Quantity);
        assert!(faults[0].says.contains(part), "{typed}: {}", faults[0].says);
    }
}

#[test]
fn a_limit_off_tick_is_offered_no_dearer_for_a_buy_and_no_cheaper_for_a_sale() {
    for (side, mended) in [(Side::Buy, "180.01"), (Side::Sell, "180.02")] {
        let mut input = input("10", "180.018");
        input.side = side;
        let faults = parse(&input, &apple()).unwrap_err();
        assert_eq!(faults[0].mend.as_deref(), Some(mended));
        assert!(faults[0].says.contains("steps of 0.01"));
    }
}

#[test]
fn a_stop_off_tick_is_offered_further_from_the_market_and_a_touch_as_a_limit() {
    for (order_type, side, mended) in [
        (OrderType::Stop, Side::Buy, "180.02"),
        (OrderType::Stop, Side::Sell, "180.01"),
        (OrderType::MarketIfTouched, Side::Buy, "180.01"),
        (OrderType::MarketIfTouched, Side::Sell, "180.02"),
    ] {
        let mut input = input("10", "");
        (input.order_type, input.side) = (order_type, side);
        input.stop_price = "180.013".into();
        let faults = parse(&input, &apple()).unwrap_err();
        assert_eq!(faults[0].field, DraftField::StopPrice);
        assert_eq!(
            faults[0].mend.as_deref(),
            Some(mended),
            "{order_type:?} {side:?}"
        );
    }
}

#[test]
fn the_exits_of_a_bracket_are_offered_on_the_safe_sides_of_their_own() {
    let mut input = input("10", "180");
    input.exits = Some(ExitsInput {
        take_profit: "190.013".into(),
        with_stop: true,
        stop_kind: StopKind::StopLimit,
        stop_price: "170.013".into(),
        stop_limit: "169.013".into(),
        ..ExitsInput::default()
    });
    let mut mended: Vec<_> = parse(&input, &apple())
        .unwrap_err()
        .into_iter()
        .map(|fault| (format!("{:?}", fault.field), fault.mend.unwrap()))
        .collect();
    mended.sort();
    assert_eq!(
        mended,
        [
            ("ExitStop".into(), "170.01".to_string()),
            ("ExitStopLimit".into(), "169.02".into()),
            ("TakeProfit".into(), "190.02".into()),
        ]
    );
}

#[test]
fn all_faults_are_told_at_once() {
    let mut input = input("", "");
    input.account.clear();
    let faults = input.parse(|_| None, NOW).unwrap_err();
    let fields: Vec<_> = faults.iter().map(|f| f.field).collect();
    assert_eq!(
        fields,
        [
            DraftField::Account,
            DraftField::Instrument,
            DraftField::Quantity,
            DraftField::LimitPrice
        ]
    );
}

#[test]
fn an_instrument_other_than_the_chosen_one_is_not_taken() {
    let mut input = input("1", "180");
    input.con_id = Some(8314);
    let faults = parse(&input, &apple()).unwrap_err();
    assert_eq!(faults[0].field, DraftField::Instrument);
}

#[test]
fn a_market_order_does_not_read_the_limit_field() {
    let mut input = input("10", "rubbish");
    input.order_type = OrderType::Market;
    assert_eq!(parse(&input, &apple()).unwrap().pricing, Pricing::Market);
}

#[test]
fn lots_are_kept() {
    let mut tencent = apple();
    tencent.size_increment = Some(Decimal::ONE_HUNDRED);
    let faults = parse(&input("250", "180"), &tencent).unwrap_err();
    assert_eq!(faults[0].mend.as_deref(), Some("200"));
}

/// A ticket whose every price field is filled with something that fits a buy near 180.
fn full(order_type: OrderType) -> DraftInput {
    DraftInput {
        order_type,
        stop_price: "181".into(),
        trail: "2".into(),
        offset: "0.05".into(),
        price_cap: "185".into(),
        ..input("10", "182")
    }
}

#[test]
fn every_order_type_becomes_the_pricing_of_that_type() {
    for order_type in OrderType::ALL {
        let draft = parse(&full(order_type), &apple())
            .unwrap_or_else(|faults| panic!("{order_type:?}: {faults:?}"));
        let code = match order_type {
            OrderType::MarketOnOpen => "MKT",
            OrderType::LimitOnOpen => "LMT",
            other => other.code(),
        };
        assert_eq!(draft.pricing.code(), code);
        let opens = matches!(order_type, OrderType::MarketOnOpen | OrderType::LimitOnOpen);
        assert_eq!(draft.tif == TimeInForce::Opg, opens, "{order_type:?}");
    }
}

#[test]
fn a_required_price_that_is_missing_is_named_for_every_order_type() {
    for order_type in OrderType::ALL {
        let empty = DraftInput {
            order_type,
            ..input("10", "")
        };
        let required = order_type.fields().iter().filter(|f| !f.optional).count();
        let faults = parse(&empty, &apple()).err().unwrap_or_default();
        assert_eq!(faults.len(), required, "{order_type:?}: {faults:?}");
    }
}

#[test]
fn an_order_type_that_the_contract_does_not_list_is_refused() {
    let mut plain = apple();
    plain.order_types = vec!["LMT".into(), "MKT".into()];
    let faults = parse(&full(OrderType::Trail), &plain).unwrap_err();
    assert_eq!(faults[0].field, DraftField::OrderType);
}

#[test]
fn a_time_in_force_that_does_not_go_with_the_order_type_is_refused() {
    let mut on_close = full(OrderType::MarketOnClose);
    on_close.tif = TifChoice::Gtc;
    assert_eq!(
        parse(&on_close, &apple()).unwrap_err()[0].field,
        DraftField::TimeInForce
    );
}

#[test]
fn a_good_till_time_has_to_lie_ahead() {
    let mut gtd = input("10", "180");
    gtd.tif = TifChoice::Gtd;
    for at in [None, Some(NOW), Some(UnixMillis(i64::MAX))] {
        gtd.good_till = at;
        assert_eq!(
            parse(&gtd, &apple()).unwrap_err()[0].field,
            DraftField::GoodTill
        );
    }
    let until = UnixMillis(NOW.0 + 60_000);
    gtd.good_till = Some(until);
    assert_eq!(
        parse(&gtd, &apple()).unwrap().tif,
        TimeInForce::Gtd { until }
    );
}

fn bracket(side: Side, profit: &str, stop: &str) -> DraftInput {
    DraftInput {
        side,
        exits: Some(ExitsInput {
            take_profit: profit.into(),
            with_stop: true,
            stop_price: stop.into(),
            ..ExitsInput::default()
        }),
        ..input("10", "180")
    }
}

#[test]
fn the_exits_of_a_bracket_lie_on_their_sides_of_the_entry() {
    assert!(parse(&bracket(Side::Buy, "190", "175"), &apple()).is_ok());
    assert!(parse(&bracket(Side::Sell, "175", "190"), &apple()).is_ok());
    for (side, profit, stop, field) in [
        (Side::Buy, "179", "175", DraftField::TakeProfit),
        (Side::Buy, "190", "180", DraftField::ExitStop),
        (Side::Sell, "181", "190", DraftField::TakeProfit),
        (Side::Sell, "170", "179", DraftField::ExitStop),
    ] {
        let faults = parse(&bracket(side, profit, stop), &apple()).unwrap_err();
        assert_eq!(faults[0].field, field, "{side:?} {profit} {stop}");
    }
}

#[test]
fn a_bracket_on_a_market_entry_is_held_against_itself() {
    let mut market = bracket(Side::Buy, "170", "175");
    market.order_type = OrderType::Market;
    let faults = parse(&market, &apple()).unwrap_err();
    assert_eq!(faults[0].field, DraftField::TakeProfit);
}

#[test]
fn a_stop_limit_exit_that_could_not_fill_is_refused() {
    let mut input = bracket(Side::Buy, "190", "175");
    if let Some(exits) = &mut input.exits {
        exits.stop_kind = StopKind::StopLimit;
        exits.stop_limit = "176".into();
    }
    let faults = parse(&input, &apple()).unwrap_err();
    assert_eq!(faults[0].field, DraftField::ExitStopLimit);
}

#[test]
fn what_is_attached_to_an_entry_is_on_the_other_side_and_bears_its_name() {
    let draft = parse(&bracket(Side::Buy, "190", "175"), &apple()).unwrap();
    let attached = draft.attached();
    let told: Vec<_> = attached
        .iter()
        .map(|order| (order.intent.as_str(), order.side, order.pricing.code()))
        .collect();
    assert_eq!(
        told,
        [("i-1-tp", Side::Sell, "LMT"), ("i-1-sl", Side::Sell, "STP")]
    );
    assert_eq!(attached[1].intent.entry(), Some(draft.intent));
}

/// One draft with everything that a draft can have, of each order type.
fn rich(order_type: OrderType) -> DraftInput {
    let mut input = full(order_type);
    input.handling = crate::handling::HandlingInput {
        outside_rth: true,
        hidden: false,
        display_size: "5".into(),
        all_or_none: true,
        min_quantity: "2".into(),
        oca_group: "pair".into(),
        oca_kind: crate::handling::OcaKind::Reduce,
    };
    input.exits = Some(ExitsInput {
        take_profit: "200".into(),
        with_stop: true,
        stop_kind: StopKind::Trail,
        trail: "3".into(),
        trail_unit: TrailUnit::Percent,
        until_cancelled: true,
        ..ExitsInput::default()
    });
    if order_type == OrderType::Limit {
        input.algo = Some(AlgoInput {
            id: "Vwap".into(),
            params: [
                ("maxPctVol".to_owned(), "12.5".to_owned()),
                ("startTime".to_owned(), "1790003600000".to_owned()),
            ]
            .into(),
        });
    }
    for (kind, value) in [
        (ConditionKind::Price, "190"),
        (ConditionKind::Time, "1790003600000"),
        (ConditionKind::Volume, "1000"),
        (ConditionKind::PercentChange, "-2.5"),
        (ConditionKind::Margin, "20"),
        (ConditionKind::Execution, ""),
    ] {
        input.conditions.push(ConditionInput {
            kind,
            con_id: kind.looks_at_instrument().then_some(265_598),
            reaches: Reaches::AtLeast,
            value: value.into(),
            and: kind == ConditionKind::Time,
        });
    }
    input
}

#[test]
fn a_ticket_refilled_from_a_draft_reads_as_that_draft() {
    for order_type in OrderType::ALL {
        let draft = parse(&rich(order_type), &apple())
            .unwrap_or_else(|faults| panic!("{order_type:?}: {faults:?}"));
        assert_eq!(parse(&draft.to_input(), &apple()), Ok(draft));
    }
}

#[test]
fn a_ticket_can_t_carry_the_intent_of_an_attached_order() {
    let mut input = input("1", "180");
    input.intent = "i-1-sl".into();
    assert_eq!(
        parse(&input, &apple()).unwrap_err()[0].field,
        DraftField::Intent
    );
}

#[test]
fn sizes_within_the_order_fit_it() {
    let mut iceberg = input("100", "180");
    iceberg.handling.display_size = "200".into();
    iceberg.handling.min_quantity = "1.5".into();
    let fields: Vec<_> = parse(&iceberg, &apple())
        .unwrap_err()
        .iter()
        .map(|f| f.field)
        .collect();
    assert_eq!(fields, [DraftField::DisplaySize, DraftField::MinQuantity]);
}

#[test]
fn a_condition_without_its_instrument_is_named_by_its_place() {
    let mut input = input("1", "180");
    let time = ConditionInput {
        kind: ConditionKind::Time,
        con_id: None,
        reaches: Reaches::AtLeast,
        value: NOW.0.to_string(),
        and: true,
    };
    let price = ConditionInput {
        kind: ConditionKind::Price,
        con_id: Some(1),
        value: "10".into(),
        ..time.clone()
    };
    input.conditions = vec![time, price];
    let faults = parse(&input, &apple()).unwrap_err();
    assert_eq!(faults[0].part.as_deref(), Some("1"));
    input.conditions[1].con_id = Some(265_598);
    let draft = parse(&input, &apple()).unwrap();
    assert_eq!(
        draft.conditions.words().as_deref(),
        Some(
            "Works once it is 20260921 14:13:20 UTC or later and the price of AAPL is at or above 10."
        )
    );
}

#[test]
fn a_draft_of_an_earlier_journal_is_still_read() {
    let old = r#"{"intent":"i-1","account":"DU1","conId":265598,"side":"buy","quantity":"10",
        "pricing":{"type":"limit","price":"180"},"tif":"day","waivers":{"stalePrice":false}}"#;
    let draft: Draft = serde_json::from_str(old).unwrap();
    assert_eq!(draft, parse(&input("10", "180"), &apple()).unwrap());
}

proptest! {
    /// Whatever is typed, a draft comes out that is on tick, or a fault that names a field.
    #[test]
    fn what_is_typed_is_on_tick_or_named(
        quantity in "[0-9.,e -]{0,6}", limit in "[0-9.,]{0,7}", stop in "[0-9.,]{0,7}",
        trail in "[0-9.%]{0,5}", offset in "[0-9.-]{0,5}", kind in 0..OrderType::ALL.len(),
    ) {
        let input = DraftInput {
            order_type: OrderType::ALL[kind],
            stop_price: stop,
            trail,
            offset,
            ..input(&quantity, &limit)
        };
        match parse(&input, &apple()) {
            Ok(draft) => {
                let tick: Decimal = "0.01".parse().unwrap();
                for price in [draft.pricing.limit(), draft.pricing.trigger()].into_iter().flatten() {
                    prop_assert!(price.is_on_tick(tick));
                }
                let json = serde_json::to_string(&draft).unwrap();
                prop_assert_eq!(serde_json::from_str::<Draft>(&json).unwrap(), draft);
            }
            Err(faults) => prop_assert!(faults.iter().all(|f| !f.says.is_empty())),
        }
    }
}
