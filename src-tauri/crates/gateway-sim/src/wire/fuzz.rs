//! Senseless and half-senseless bytes against both codecs: never a panic, never more memory than
//! the sender pays for in bytes, never a reason too long to send back.
//!
//! `cargo test` runs a moment of it; the crate's README says how to run hours of it.

use std::time::Duration;

use bolero::check;
use bytes::BytesMut;

use super::round_trip::{Dice, any_reply, any_request, in_protobuf, in_text};
use super::{DecodeError, MAX_FRAME, Offer, Version, decode, encode_frame, take_frame};
use crate::messages::Request;
use crate::spoil::spoiled;

/// How long each target runs unless the environment says otherwise.
const MOMENT: Duration = Duration::from_millis(400);
/// Memory for each byte that is read; an empty protobuf group of three bytes is a whole struct.
const BYTES_PER_BYTE: u64 = 256;

/// Decodes, and looks at what that took.
fn decoded(version: Version, content: &[u8]) -> Result<Request, DecodeError> {
    let mut result = None;
    let used = allocation_counter::measure(|| result = Some(decode(version, content)));
    let paid = 64 * 1024 + BYTES_PER_BYTE * content.len() as u64;
    assert!(
        used.bytes_max <= paid,
        "{} bytes for {}",
        used.bytes_max,
        content.len()
    );
    let result = result.expect("it was decoded");
    if let Err(error) = &result {
        assert!(
            error.reason.len() <= 512,
            "a reason of {} bytes",
            error.reason.len()
        );
        assert!([320, 321, 506].contains(&error.code), "{}", error.code);
    }
    result
}

fn version(dice: &mut Dice<'_>) -> Version {
    Version::new(157 + u16::from(dice.byte()) % 70).expect("spoken")
}

#[test]
fn what_is_wrong_is_said_in_a_few_words_however_long_it_is() {
    let version = Version::new(176).expect("spoken");
    for field in [
        "x".repeat(500_000),
        "1".repeat(500_000),
        "\u{1}é".repeat(100_000),
    ] {
        for content in [
            format!("{field}\0"),
            format!("2\01\0{field}\0"),
            format!("15\01\0{field}\0"),
            format!("54\03\07\00\0\0\0\0{field}\0"),
        ] {
            assert!(decoded(version, content.as_bytes()).is_err());
        }
    }
}

#[test]
fn the_groups_that_cost_most_for_their_bytes_are_paid_for() {
    let version = Version::new(226).expect("spoken");
    let mut group = Vec::new();
    // Legs of the contract of a placeOrder, then conditions of its order, all empty.
    for (message, field) in [(2, 20), (3, 100)] {
        let mut inner = Vec::new();
        for _ in 0..100_000 {
            prost::encoding::encode_key(
                field,
                prost::encoding::WireType::LengthDelimited,
                &mut inner,
            );
            inner.push(0);
        }
        prost::encoding::encode_key(
            message,
            prost::encoding::WireType::LengthDelimited,
            &mut group,
        );
        prost::encoding::encode_varint(inner.len() as u64, &mut group);
        group.extend(inner);
    }
    let content = [&203_i32.to_be_bytes()[..], &group].concat();
    let _ = decoded(version, &content);
}

#[test]
fn fuzz_contents_without_sense() {
    check!().with_test_time(MOMENT).for_each(|input: &[u8]| {
        let (head, content) = input.split_at(input.len().min(1));
        let version = version(&mut Dice::over(head));
        let _ = decoded(version, content);
    });
}

#[test]
fn fuzz_ids_that_exist_with_bodies_without_sense() {
    check!().with_test_time(MOMENT).for_each(|input: &[u8]| {
        let (head, body) = input.split_at(input.len().min(3));
        let mut dice = Dice::over(head);
        let version = version(&mut dice);
        let id = dice.count() + i32::from(dice.flag()) * 200;
        let mut content = if version.has_raw_ids() {
            id.to_be_bytes().to_vec()
        } else {
            format!("{id}\0").into_bytes()
        };
        content.extend(body);
        let _ = decoded(version, &content);
    });
}

#[test]
fn fuzz_spoiled_requests_in_text() {
    check!().with_test_time(MOMENT).for_each(|input: &[u8]| {
        let mut dice = Dice::over(input);
        let version = version(&mut dice);
        let request = any_request(&mut dice);
        let content = spoiled(in_text(version, &request), || dice.byte());
        let _ = decoded(version, &content);
    });
}

#[test]
fn fuzz_spoiled_requests_in_protobuf() {
    check!().with_test_time(MOMENT).for_each(|input: &[u8]| {
        let mut dice = Dice::over(input);
        let version = Version::new(201 + u16::from(dice.byte()) % 26).expect("spoken");
        let request = any_request(&mut dice);
        let content = spoiled(in_protobuf(&request), || dice.byte());
        let _ = decoded(version, &content);
    });
}

#[test]
fn fuzz_streams_of_frames() {
    check!().with_test_time(MOMENT).for_each(|input: &[u8]| {
        let mut dice = Dice::over(input);
        let mut stream = Vec::new();
        for _ in 0..dice.byte() % 4 {
            let version = version(&mut dice);
            stream.extend(encode_frame(version, &any_reply(&mut dice)));
        }
        let stream = spoiled(stream, || dice.byte());
        let (mut buffer, mut seen) = (BytesMut::new(), Vec::new());
        let mut rest = stream.as_slice();
        while !rest.is_empty() {
            let (piece, after) = rest.split_at(rest.len().min(1 + usize::from(dice.byte())));
            rest = after;
            buffer.extend_from_slice(piece);
            loop {
                match take_frame(&mut buffer) {
                    Ok(Some(content)) => {
                        assert!(content.len() <= MAX_FRAME);
                        let length = u32::try_from(content.len()).expect("a length");
                        seen.extend(length.to_be_bytes());
                        seen.extend(content);
                    }
                    Ok(None) => break,
                    Err(_) => {
                        assert!(stream.starts_with(&seen));
                        return;
                    }
                }
            }
        }
        seen.extend(&buffer);
        assert_eq!(seen, stream, "what is not cut off yet is kept");
    });
}

#[test]
fn fuzz_handshakes() {
    check!().with_test_time(MOMENT).for_each(|input: &[u8]| {
        let mut dice = Dice::over(input);
        let offer = [
            format!("v{}..{}", dice.int(), dice.int()),
            format!("v{}", dice.count() + 100),
            "v100..226 +PACEAPI".to_owned(),
        ];
        let offer = offer[usize::from(dice.byte() % 3)].clone().into_bytes();
        let content = spoiled(offer, || dice.byte());
        if let Ok(agreed) = Offer::parse(&content).and_then(Offer::agree) {
            let offer = Offer::parse(&content).expect("agreed");
            assert!((offer.oldest..=offer.newest).contains(&agreed.number()));
            assert!((157..=226).contains(&agreed.number()));
        }
    });
}
