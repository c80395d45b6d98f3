//! NUL-terminated text fields: every message up to version 200, and those of
//! 201–212 that were not protobuf yet.

mod conditions;
mod data;
mod fields;
mod fills;
mod instruments;
mod orders;
mod place_order;
mod replies;
mod requests;

use bytes::{BufMut, BytesMut};

use crate::messages::{Reply, Request};

use super::{DecodeError, Version, write_frame};
use fields::{Reader, Writer};

/// Reads a frame whose first field is the message id.
pub fn decode(version: Version, content: &[u8]) -> Result<Request, DecodeError> {
    let mut fields = Reader::new(content)?;
    let id = fields.int()?;
    requests::decode(version, id, &mut fields)
}

/// Reads a text body whose message id came separately.
pub fn decode_body(version: Version, id: i32, body: &[u8]) -> Result<Request, DecodeError> {
    requests::decode(version, id, &mut Reader::new(body)?)
}

/// Appends `reply` as one frame.
pub fn encode(version: Version, reply: &Reply, out: &mut BytesMut) {
    if !version.has_raw_ids() {
        return write_frame(out, |out| {
            replies::write(version, reply, &mut Writer::new(out));
        });
    }
    let mut fields = BytesMut::new();
    replies::write(version, reply, &mut Writer::new(&mut fields));
    let end = fields.iter().position(|byte| *byte == 0);
    let (id, body) = fields.split_at(end.unwrap_or(fields.len()));
    // Every reply begins with its number.
    let id = std::str::from_utf8(id).ok().and_then(|id| id.parse().ok());
    write_frame(out, |out| {
        out.put_i32(id.unwrap_or_default());
        out.put_slice(body.get(1..).unwrap_or_default());
    });
}
