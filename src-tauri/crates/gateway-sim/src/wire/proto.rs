//! Protobuf bodies behind a message id raised by 200: some messages from
//! version 201 on, all from 213 on.
//!
//! The message types below hold the fields that this gateway reads or sets,
//! under the protocol's field numbers; a decoder skips the others, as protobuf
//! has it. An unset number stays out of the message, except in profits, where the
//! gateway sends the largest double.

#[cfg(test)]
pub mod client;
mod conditions;
mod convert;
mod data;
mod order_convert;
mod replies;
mod requests;
mod types;

use bytes::{BufMut, BytesMut};
use prost::Message;

use crate::messages::{Reply, Request};

use super::{DecodeError, PROTOBUF_OFFSET, write_frame};

/// Reads the body of the message `id` (without the offset).
pub fn decode(id: i32, body: &[u8]) -> Result<Request, DecodeError> {
    requests::decode(id, body)
}

/// Appends `reply` as one frame.
pub fn encode(reply: &Reply, out: &mut BytesMut) {
    replies::write(reply, out);
}

/// Appends `message` under the message `id`.
fn frame(id: i32, message: &impl Message, out: &mut BytesMut) {
    write_frame(out, |out| {
        out.put_i32(id + PROTOBUF_OFFSET);
        // Only a full fixed-size buffer can refuse; this one grows.
        let _ = message.encode(out);
    });
}
