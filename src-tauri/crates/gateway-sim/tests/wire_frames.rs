//! How frames look, byte for byte, and that nothing a client sends can upset the decoder.

use bytes::BytesMut;
use gatehouse_sim::messages::{
    CommissionReport, Contract, ContractDetails, Execution, Order, OrderState, Reply, Tick,
    TickValue,
};
use gatehouse_sim::wire::{MAX_FRAME, Version, decode, encode_frame, take_frame};
use proptest::prelude::*;
use rust_decimal::Decimal;

fn version(number: u16) -> Version {
    Version::new(number).unwrap()
}

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn apple() -> Contract {
    Contract {
        con_id: 265_598,
        symbol: "AAPL".into(),
        sec_type: "STK".into(),
        exchange: "SMART".into(),
        primary_exchange: "NASDAQ".into(),
        currency: "USD".into(),
        local_symbol: "AAPL".into(),
        trading_class: "NMS".into(),
        ..Contract::default()
    }
}

fn order() -> Order {
    Order {
        order_id: 7,
        client_id: 3,
        perm_id: 1_767_366_001,
        action: "BUY".into(),
        total_quantity: Some(dec("100.50")),
        order_type: "LMT".into(),
        lmt_price: Some(dec("187.250")),
        tif: "GTC".into(),
        account: "DU4000001".into(),
        order_ref: "ours".into(),
        transmit: true,
        ..Order::default()
    }
}

fn preview() -> OrderState {
    OrderState {
        status: "PreSubmitted".into(),
        init_margin_before: Some(dec("1000.10")),
        init_margin_change: Some(dec("50.05")),
        init_margin_after: Some(dec("1050.15")),
        commission: Some(dec("1.00")),
        commission_currency: "USD".into(),
        margin_currency: "USD".into(),
        warning_text: "careful".into(),
        ..OrderState::default()
    }
}

/// The messages whose layout matters most.
fn replies() -> Vec<(&'static str, Reply)> {
    let contract = || Box::new(apple());
    vec![
        (
            "managed_accounts",
            Reply::ManagedAccounts {
                accounts: "DU1,DU2".into(),
            },
        ),
        ("next_valid_id", Reply::NextValidId { order_id: 1 }),
        (
            "error",
            Reply::Error {
                id: 7,
                code: 202,
                message: "Order Canceled - reason:".into(),
                time_millis: 1_767_366_000_000,
            },
        ),
        (
            "tick_price",
            Reply::Tick(Tick {
                req_id: 9,
                kind: 1,
                value: TickValue::Price {
                    price: dec("187.20"),
                    size: Some(dec("300")),
                    attributes: 1,
                },
            }),
        ),
        (
            "tick_size",
            Reply::Tick(Tick {
                req_id: 9,
                kind: 0,
                value: TickValue::Size(dec("300")),
            }),
        ),
        (
            "order_status",
            Reply::OrderStatus {
                order_id: 7,
                status: "Submitted".into(),
                filled: dec("40"),
                remaining: dec("60.5"),
                avg_fill_price: dec("187.2"),
                perm_id: 1_767_366_001,
                parent_id: 0,
                last_fill_price: dec("187.2"),
                client_id: 3,
                why_held: String::new(),
            },
        ),
        (
            "open_order",
            Reply::OpenOrder {
                contract: contract(),
                order: Box::new(order()),
                state: Box::new(OrderState {
                    status: "Submitted".into(),
                    ..OrderState::default()
                }),
            },
        ),
        (
            "open_order_what_if",
            Reply::OpenOrder {
                contract: contract(),
                order: Box::new(Order {
                    what_if: true,
                    ..order()
                }),
                state: Box::new(preview()),
            },
        ),
        (
            "completed_order",
            Reply::CompletedOrder {
                contract: contract(),
                order: Box::new(Order {
                    filled_quantity: Some(dec("40")),
                    order_id: 0,
                    ..order()
                }),
                state: Box::new(OrderState {
                    status: "Cancelled".into(),
                    completed_time: "20260102 15:00:00 UTC".into(),
                    completed_status: "Cancelled by Trader".into(),
                    ..OrderState::default()
                }),
            },
        ),
        (
            "execution",
            Reply::Execution {
                req_id: -1,
                contract: contract(),
                execution: Box::new(Execution {
                    exec_id: "0001.01".into(),
                    order_id: 7,
                    client_id: 3,
                    perm_id: 1_767_366_001,
                    time: "20260102 15:00:00 UTC".into(),
                    account: "DU4000001".into(),
                    exchange: "ARCA".into(),
                    side: "BOT".into(),
                    shares: dec("40"),
                    price: dec("187.2"),
                    cum_qty: dec("40"),
                    avg_price: dec("187.2"),
                    order_ref: "ours".into(),
                    model_code: String::new(),
                    last_liquidity: 2,
                }),
            },
        ),
        (
            "commission",
            Reply::Commission(CommissionReport {
                exec_id: "0001.01".into(),
                commission: dec("1.00"),
                currency: "USD".into(),
                realized_pnl: None,
            }),
        ),
        (
            "pnl_unset",
            Reply::Pnl {
                req_id: 4,
                daily: Some(dec("-12.5")),
                unrealized: None,
                realized: None,
            },
        ),
        (
            "position",
            Reply::Position {
                account: "DU4000001".into(),
                contract: contract(),
                position: dec("-20"),
                avg_cost: dec("187.2"),
            },
        ),
        (
            "contract_details",
            Reply::ContractDetails {
                req_id: 5,
                details: Box::new(ContractDetails {
                    contract: apple(),
                    market_name: "NMS".into(),
                    min_tick: dec("0.01"),
                    order_types: "LMT,MKT".into(),
                    valid_exchanges: "SMART,ARCA".into(),
                    price_magnifier: 1,
                    long_name: "APPLE INC".into(),
                    time_zone_id: "US/Eastern".into(),
                    market_rule_ids: "26,26".into(),
                    stock_type: "COMMON".into(),
                    agg_group: 1,
                    min_size: Decimal::ONE,
                    size_increment: Decimal::ONE,
                    suggested_size_increment: Decimal::ONE_HUNDRED,
                    ..ContractDetails::default()
                }),
            },
        ),
        (
            "symbol_samples",
            Reply::SymbolSamples {
                req_id: 6,
                samples: vec![(
                    Contract {
                        description: "APPLE INC".into(),
                        ..apple()
                    },
                    vec!["OPT".into()],
                )],
            },
        ),
    ]
}

#[test]
fn text_frames_have_the_layout_of_their_version() {
    for number in [157, 176, 178, 200] {
        let mut seen = String::new();
        for (name, reply) in replies() {
            let frame = encode_frame(version(number), &reply);
            let text = std::str::from_utf8(&frame[4..]).unwrap().replace('\0', "|");
            seen.push_str(&format!("{name}: {text}\n"));
        }
        insta::assert_snapshot!(format!("text_{number}"), seen);
    }
}

#[test]
fn protobuf_frames_have_the_numbers_of_the_protocol() {
    let mut seen = String::new();
    for (name, reply) in replies() {
        let frame = encode_frame(version(226), &reply);
        assert_eq!(frame, encode_frame(version(213), &reply), "{name}");
        let bytes: String = frame.iter().map(|byte| format!("{byte:02x}")).collect();
        seen.push_str(&format!("{name}: {bytes}\n"));
    }
    insta::assert_snapshot!("protobuf_226", seen);
}

#[test]
fn a_number_too_large_to_hold_names_its_order() {
    let fields = [
        "3", "77", "0", "AAPL", "STK", "", "0.0", "", "", "SMART", "", "USD", "", "", "", "",
        "BUY", "1e+30", "MKT",
    ];
    let content: String = fields.iter().map(|field| format!("{field}\0")).collect();
    let error = decode(version(176), content.as_bytes()).unwrap_err();
    assert_eq!((error.id, error.code), (Some(77), 320));
}

#[test]
fn a_nul_inside_a_value_does_not_begin_a_new_field() {
    let reply = Reply::NextValidId { order_id: 1 };
    let fields = encode_frame(version(178), &reply)
        .iter()
        .filter(|byte| **byte == 0)
        .count();
    let named = Reply::AccountValue {
        key: "a\0b".into(),
        value: String::new(),
        currency: String::new(),
        account: String::new(),
    };
    let frame = encode_frame(version(178), &named);
    assert_eq!(frame[4..].iter().filter(|byte| **byte == 0).count(), 6);
    assert!(fields > 0);
}

proptest! {
    #[test]
    fn no_content_upsets_the_decoder(content in proptest::collection::vec(any::<u8>(), 0..300), number in 157_u16..=226) {
        if let Some(version) = Version::new(number) {
            let _ = decode(version, &content);
        }
    }

    #[test]
    fn no_protobuf_body_upsets_the_decoder(id in 0_i32..330, body in proptest::collection::vec(any::<u8>(), 0..200)) {
        let mut content = id.to_be_bytes().to_vec();
        content.extend(body);
        let _ = decode(version(226), &content);
    }

    #[test]
    fn no_text_fields_upset_the_decoder(id in 0_i32..110, fields in proptest::collection::vec("[0-9A-Z.e+-]{0,8}", 0..130)) {
        let content = format!("{id}\0{}\0", fields.join("\0"));
        let _ = decode(version(157), content.as_bytes());
        let _ = decode(version(178), content.as_bytes());
    }

    #[test]
    fn frames_come_out_as_they_went_in_however_they_are_cut(
        contents in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..40), 0..8),
        cut in 1_usize..20,
    ) {
        let mut stream = Vec::new();
        for content in &contents {
            stream.extend(u32::try_from(content.len()).unwrap().to_be_bytes());
            stream.extend(content);
        }
        let (mut buffer, mut seen) = (BytesMut::new(), Vec::new());
        for piece in stream.chunks(cut) {
            buffer.extend_from_slice(piece);
            while let Some(content) = take_frame(&mut buffer).unwrap() {
                seen.push(content.to_vec());
            }
        }
        prop_assert_eq!(seen, contents);
    }

    #[test]
    fn a_length_above_the_limit_is_an_error_before_anything_is_stored(length in (MAX_FRAME as u32 + 1)..) {
        let mut buffer = BytesMut::from(&length.to_be_bytes()[..]);
        prop_assert!(take_frame(&mut buffer).is_err());
    }
}
