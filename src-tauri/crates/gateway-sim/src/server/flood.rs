//! Ticks without end, encoded once and sent over and over.

use bytes::{Bytes, BytesMut};
use rust_decimal::Decimal;

use crate::messages::{Reply, ReqId, Tick, TickValue};
use crate::wire::{self, Version};

/// How many ticks one batch holds.
const BATCH: u64 = 3 * 400;

/// `total` ticks for the line `req_id` as (batch, how often, what remains);
/// what remains ends with tickSnapshotEnd. Prices walk up and down inside a
/// batch: bid, ask and last by turns.
pub fn flood(version: Version, req_id: ReqId, total: u64) -> (Bytes, u64, Bytes) {
    let mut batch = BytesMut::new();
    append(version, req_id, BATCH, &mut batch);
    let mut rest = BytesMut::new();
    append(version, req_id, total % BATCH, &mut rest);
    wire::encode(version, &Reply::TickSnapshotEnd { req_id }, &mut rest);
    (batch.freeze(), total / BATCH, rest.freeze())
}

fn append(version: Version, req_id: ReqId, count: u64, out: &mut BytesMut) {
    for number in 0..count {
        let kind = match number % 3 {
            0 => 1,
            1 => 2,
            _ => 4,
        };
        let step = i64::try_from(number % 200).unwrap_or_default();
        let cents = 10_000 + (100 - step).abs() + i64::from(kind == 2);
        let value = TickValue::Price {
            price: Decimal::new(cents, 2),
            size: Some(Decimal::from(100 + step)),
            attributes: 0,
        };
        wire::encode(
            version,
            &Reply::Tick(Tick {
                req_id,
                kind,
                value,
            }),
            out,
        );
    }
}
