//! The server's side of the TWS wire protocol: frames in, [`Request`]s out;
//! [`Reply`]s in, frames out. Pure functions of the negotiated version.
//!
//! - Versions 157–200 speak text: u32 big-endian length, then NUL-terminated
//!   fields, the message id first.
//! - From 201 on: u32 length, u32 message id, body. An id above 200 says that
//!   the body is protobuf and the id is that much lower; else it is text.
//! - Each message became protobuf at a version of its own ([`Reply`]s: see the
//!   module `since`); from 213 on all are.
//!
//! Nothing here is shared with any client library, so that a mistake on one
//! side shows up instead of cancelling out.

mod frame;
#[cfg(test)]
mod fuzz;
mod mark;
mod number;
mod proto;
#[cfg(test)]
pub(crate) mod round_trip;
mod since;
mod text;
mod version;

use bytes::{Bytes, BytesMut};

use crate::messages::{Reply, Request};

pub use frame::{FrameError, MAX_FRAME, take_frame, write_frame};
pub use mark::Mark;
pub use version::{Offer, OfferError, Version, greeting, refusal};

/// Added to a message id to say that its body is protobuf.
const PROTOBUF_OFFSET: i32 = 200;

/// A client message that could not be understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct DecodeError {
    /// The request or order it was about, if that much could be read.
    pub id: Option<i32>,
    /// The code a gateway answers with: 320 unreadable, 321 invalid, 506 unsupported.
    pub code: i32,
    /// What was wrong, for a person.
    pub reason: String,
}

impl DecodeError {
    fn unreadable(reason: impl Into<String>) -> Self {
        Self {
            id: None,
            code: 320,
            reason: reason.into(),
        }
    }

    fn with_id(mut self, id: i32) -> Self {
        self.id.get_or_insert(id);
        self
    }
}

/// Reads one frame's content (without its length).
///
/// # Errors
/// When the content is not a message of this version.
pub fn decode(version: Version, content: &[u8]) -> Result<Request, DecodeError> {
    if !version.has_raw_ids() {
        return text::decode(version, content);
    }
    let (head, body) = content
        .split_first_chunk::<4>()
        .ok_or_else(|| DecodeError::unreadable("the message is shorter than its id"))?;
    let id = i32::from_be_bytes(*head);
    if id > PROTOBUF_OFFSET {
        proto::decode(id - PROTOBUF_OFFSET, body)
    } else {
        text::decode_body(version, id, body)
    }
}

/// Appends `reply` as one whole frame to `out`.
pub fn encode(version: Version, reply: &Reply, out: &mut BytesMut) {
    if version.number() >= since::protobuf(reply) {
        proto::encode(reply, out);
    } else {
        text::encode(version, reply, out);
    }
}

/// `reply` as one whole frame.
pub fn encode_frame(version: Version, reply: &Reply) -> Bytes {
    let mut out = BytesMut::new();
    encode(version, reply, &mut out);
    out.freeze()
}
