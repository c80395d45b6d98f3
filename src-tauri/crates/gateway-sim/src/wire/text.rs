//! Versions 157–178: NUL-terminated text fields.

mod fields;
mod fills;
mod instruments;
mod orders;
mod place_order;
mod replies;
mod requests;

use bytes::BytesMut;

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
    write_frame(out, |out| {
        replies::write(version, reply, &mut Writer::new(out))
    });
}
