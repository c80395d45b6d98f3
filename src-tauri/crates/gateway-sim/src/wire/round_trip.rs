//! What one side writes the other reads as it was meant: every message, in every version.
//!
//! The client's side is written down here a second time, by the published order of fields, so that
//! the two can only agree when both are right. What a form does not carry is named in [`carried`].

mod carried;
mod data;
mod dice;
mod fields;
mod parts;
mod replies;
mod requests;
mod text_data;
mod text_orders;
mod text_replies;
mod text_requests;

use bytes::BytesMut;
use proptest::prelude::*;

use super::number::{decimal_from_double, double};
use super::{PROTOBUF_OFFSET, Version, decode, encode_frame, proto, since, take_frame};
use crate::messages::{Contract, Order, Reply, Request};
pub use dice::Dice;
use fields::Read;

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        1 => proptest::collection::vec(any::<u8>(), 0..40),
        3 => proptest::collection::vec(any::<u8>(), 0..900),
    ]
}

fn versions() -> impl Strategy<Value = Version> {
    (157_u16..=226).prop_map(|number| Version::new(number).expect("spoken"))
}

/// Any request, every field of it.
pub fn any_request(dice: &mut Dice<'_>) -> Request {
    requests::any(dice.byte() % requests::KINDS, dice)
}

/// Any reply, every field of it.
pub fn any_reply(dice: &mut Dice<'_>) -> Reply {
    replies::any(dice.byte() % replies::KINDS, dice)
}

/// Any order on `contract`, every field of it.
pub fn any_order(dice: &mut Dice<'_>, contract: &Contract) -> Order {
    parts::order(dice, contract)
}

/// The content of a frame in text.
pub fn in_text(version: Version, request: &Request) -> Vec<u8> {
    let (id, fields) = text_requests::write(version.number(), request);
    if version.has_raw_ids() {
        let mut content = id.to_be_bytes().to_vec();
        content.extend(fields.as_bytes());
        content
    } else {
        format!("{id}\0{fields}").into_bytes()
    }
}

/// The same in protobuf.
pub fn in_protobuf(request: &Request) -> Vec<u8> {
    let (id, body) = proto::client::write(request);
    let mut content = (id + PROTOBUF_OFFSET).to_be_bytes().to_vec();
    content.extend(body);
    content
}

/// A frame as a client of this version reads it.
fn read(version: Version, frame: &[u8]) -> Reply {
    let mut buffer = BytesMut::from(frame);
    let content = take_frame(&mut buffer)
        .expect("a length")
        .expect("a whole frame");
    assert!(buffer.is_empty(), "one frame and no more");
    if !version.has_raw_ids() {
        let mut fields = Read::over(&content);
        let id = fields.int();
        return text_replies::read(version.number(), id, &mut fields);
    }
    let (head, body) = content.split_first_chunk::<4>().expect("an id");
    match i32::from_be_bytes(*head) {
        id if id > PROTOBUF_OFFSET => proto::client::read(id - PROTOBUF_OFFSET, body),
        // The id was a field of its own; no fields are left where it was the only one.
        102 if body.is_empty() => Reply::CompletedOrdersEnd,
        id => text_replies::read(version.number(), id, &mut Read::over(body)),
    }
}

/// A request is read as it was meant, in both forms where the version has both.
fn asked(version: Version, request: &Request) {
    if carried::is_younger_than(version.number(), request) {
        return;
    }
    let meant = carried::asked_in_text(version.number(), request.clone());
    assert_eq!(
        decode(version, &in_text(version, request)),
        Ok(meant),
        "{version:?}"
    );
    if version.has_raw_ids() {
        let read = decode(version, &in_protobuf(request));
        assert_eq!(read.as_ref(), Ok(request), "{version:?}");
    }
}

/// A reply is read as it was meant, and what was read looks the same when it is written again.
fn told(version: Version, reply: &Reply) {
    let frame = encode_frame(version, reply);
    let heard = read(version, &frame);
    assert_eq!(encode_frame(version, &heard), frame, "{version:?}");
    let meant = if version.number() >= since::protobuf(reply) {
        carried::told_in_protobuf(reply.clone())
    } else {
        carried::told_in_text(version.number(), reply.clone())
    };
    assert_eq!(heard, meant, "{version:?}");
}

#[test]
fn every_kind_of_message_is_read_as_it_was_meant_in_every_version() {
    for number in 157..=226 {
        let version = Version::new(number).expect("spoken");
        for step in [0, 1, 7, 37] {
            let bytes: Vec<u8> = (0..900_u32).map(|at| (at * step % 251) as u8).collect();
            for kind in 0..requests::KINDS {
                asked(version, &requests::any(kind, &mut Dice::over(&bytes)));
            }
            for kind in 0..replies::KINDS {
                told(version, &replies::any(kind, &mut Dice::over(&bytes)));
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn a_request_is_read_as_it_was_meant(kind in 0..requests::KINDS, bytes in bytes(), version in versions()) {
        asked(version, &requests::any(kind, &mut Dice::over(&bytes)));
    }

    #[test]
    fn a_reply_is_read_as_it_was_meant(kind in 0..replies::KINDS, bytes in bytes(), version in versions()) {
        told(version, &replies::any(kind, &mut Dice::over(&bytes)));
    }

    #[test]
    fn decimals_of_fifteen_digits_survive_a_double(bytes in bytes()) {
        let value = Dice::over(&bytes).decimal();
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

/// Text with its NULs shown as bars; protobuf as hexadecimal.
fn shown(content: &[u8], raw_id: bool) -> String {
    let (head, body) = if raw_id {
        content.split_at(4)
    } else {
        content.split_at(0)
    };
    let id: String = head.iter().map(|byte| format!("{byte:02x}")).collect();
    let id_says_protobuf =
        i32::from_be_bytes(head.try_into().unwrap_or_default()) > PROTOBUF_OFFSET;
    if id_says_protobuf {
        let bytes: String = body.iter().map(|byte| format!("{byte:02x}")).collect();
        return format!("{id} {bytes}");
    }
    let text = String::from_utf8_lossy(body)
        .replace('\0', "|")
        .replace('\n', "\\n");
    format!("{id}{}{text}", if id.is_empty() { "" } else { " " })
}

/// One of each kind, every field filled, as it looked when it was last looked at.
#[test]
fn every_message_looks_as_its_version_calls_for() {
    let bytes: Vec<u8> = (1..=251).cycle().take(1_200).collect();
    for number in [157, 163, 169, 176, 182, 195, 200, 204, 212] {
        let version = Version::new(number).expect("spoken");
        let raw = version.has_raw_ids();
        let mut lines = String::new();
        for kind in 0..requests::KINDS {
            let request = requests::any(kind, &mut Dice::over(&bytes));
            lines += &format!("> {}\n", shown(&in_text(version, &request), raw));
        }
        for kind in 0..replies::KINDS {
            let reply = replies::any(kind, &mut Dice::over(&bytes));
            lines += &format!("< {}\n", shown(&encode_frame(version, &reply)[4..], raw));
        }
        insta::assert_snapshot!(format!("every_message_{number}"), lines);
    }
}
