//! Faults on the way out: frames torn, blown up or replaced.

use std::io;

use bytes::Bytes;
use tokio::io::{AsyncWrite, AsyncWriteExt};

use super::config::Faults;

/// Not a frame in any version, and its first four bytes announce nearly 4 GB.
const GARBAGE: &[u8] = b"\xff\xfe\xfd\xfcHTTP/1.1 418 I'm a teapot\r\n\r\n";

/// Writes `frames`, counting them in `sent`, and lets a fault strike when its
/// frame's turn comes.
///
/// # Errors
/// When the socket fails, and after a fault that ends the connection.
pub async fn write_frames(
    writer: &mut (impl AsyncWrite + Unpin),
    frames: Bytes,
    sent: &mut u64,
    faults: Faults,
) -> io::Result<()> {
    if faults
        .drop_mid_frame
        .or(faults.huge_frame)
        .or(faults.garbage)
        .is_none()
    {
        return write(writer, &frames, faults).await;
    }
    let mut rest = &frames[..];
    while let Some(head) = rest.first_chunk::<4>() {
        let length = usize::try_from(u32::from_be_bytes(*head)).unwrap_or(usize::MAX);
        let (frame, after) = rest.split_at(rest.len().min(length.saturating_add(4)));
        rest = after;
        *sent += 1;
        if faults.drop_mid_frame == Some(*sent) {
            writer.write_all(&frame[..frame.len() / 2]).await?;
            writer.flush().await?;
            return Err(io::ErrorKind::ConnectionAborted.into());
        }
        if faults.huge_frame == Some(*sent) {
            writer.write_all(&0x8000_0000_u32.to_be_bytes()).await?;
            writer.write_all(&[0; 64]).await?;
            writer.flush().await?;
            // The connection stays open: the client must not wait for the rest.
            return std::future::pending().await;
        }
        if faults.garbage == Some(*sent) {
            writer.write_all(GARBAGE).await?;
            continue;
        }
        write(writer, frame, faults).await?;
    }
    Ok(())
}

async fn write(
    writer: &mut (impl AsyncWrite + Unpin),
    bytes: &[u8],
    faults: Faults,
) -> io::Result<()> {
    if !faults.one_byte_writes {
        return writer.write_all(bytes).await;
    }
    for byte in bytes {
        writer.write_all(std::slice::from_ref(byte)).await?;
        writer.flush().await?;
    }
    Ok(())
}
