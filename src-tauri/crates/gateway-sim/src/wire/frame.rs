//! Length-prefixed frames, with lengths that are never trusted.

use bytes::{Buf, BufMut, Bytes, BytesMut};

/// The longest content accepted from a client, in bytes. No request comes near it; decoded, an
/// empty protobuf group takes a hundred times the room that it took on the wire.
pub const MAX_FRAME: usize = 1024 * 1024;

/// Why a stream of bytes cannot be cut into frames any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    /// The announced length is above [`MAX_FRAME`]; the stream is lost.
    #[error("a frame of {0} bytes was announced, more than {MAX_FRAME}")]
    TooLong(u32),
}

/// Takes the next whole frame's content from the front of `buffer`, or `None`
/// if it has not arrived completely yet.
///
/// # Errors
/// When the announced length is above [`MAX_FRAME`].
pub fn take_frame(buffer: &mut BytesMut) -> Result<Option<Bytes>, FrameError> {
    let Some(head) = buffer.first_chunk::<4>() else {
        return Ok(None);
    };
    let announced = u32::from_be_bytes(*head);
    let length = usize::try_from(announced).unwrap_or(usize::MAX);
    if length > MAX_FRAME {
        return Err(FrameError::TooLong(announced));
    }
    if buffer.len() < 4 + length {
        return Ok(None);
    }
    buffer.advance(4);
    Ok(Some(buffer.split_to(length).freeze()))
}

/// Appends a frame whose content `fill` writes.
pub fn write_frame(out: &mut BytesMut, fill: impl FnOnce(&mut BytesMut)) {
    let start = out.len();
    out.put_u32(0);
    fill(out);
    let length = u32::try_from(out.len() - start - 4).unwrap_or(u32::MAX);
    out[start..start + 4].copy_from_slice(&length.to_be_bytes());
}
