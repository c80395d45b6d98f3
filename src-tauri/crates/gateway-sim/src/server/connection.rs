//! Sockets: the handshake, frames in, frames out. Knows nothing of the world.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::{Buf, BytesMut};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::wire::{self, Offer, Version, take_frame};

use super::config::Faults;
use super::gateway::Command;
use super::session::{Outgoing, QUEUE};
use super::{bridge, fault};

/// What every connection shares.
#[derive(Clone, Debug)]
pub struct Shared {
    pub commands: mpsc::Sender<Command>,
    pub faults: Arc<Mutex<Faults>>,
    /// Until when nothing is read.
    pub stalled: watch::Sender<Instant>,
}

impl Shared {
    pub fn faults(&self) -> Faults {
        *self.faults.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns once the gateway reads.
    async fn reads(&self) {
        let mut stalled = self.stalled.subscribe();
        loop {
            let until = *stalled.borrow_and_update();
            if until <= Instant::now() {
                return;
            }
            tokio::select! {
                () = tokio::time::sleep_until(until) => {}
                _ = stalled.changed() => {}
            }
        }
    }
}

/// Accepts clients until `stop` resolves; then the port and all connections are closed.
pub async fn listen(listener: TcpListener, shared: Shared, stop: impl Future<Output = ()>) {
    let mut connections = JoinSet::new();
    tokio::pin!(stop);
    loop {
        tokio::select! {
            () = &mut stop => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => {
                    tracing::debug!(%peer, "a client connected");
                    connections.spawn(serve(stream, shared.clone()));
                }
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    // Out of descriptors, most likely: don't spin on it.
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            },
            Some(_) = connections.join_next() => {}
        }
    }
    drop(listener);
    connections.shutdown().await;
}

async fn serve(stream: TcpStream, shared: Shared) {
    let faults = shared.faults();
    if faults.close_on_accept {
        return;
    }
    // Latency only; the connection works without it.
    let _ = stream.set_nodelay(true);
    let (mut reader, mut writer) = stream.into_split();
    let mut buffer = BytesMut::with_capacity(16 * 1024);
    let Some((version, slowed)) =
        shake_hands(&mut reader, &mut writer, &mut buffer, &shared, faults).await
    else {
        return;
    };
    let (outbox, queue) = mpsc::channel(QUEUE);
    let (registered, id) = oneshot::channel();
    let (cut, mut cut_off) = oneshot::channel();
    let connected = Command::Connected {
        version,
        slowed,
        outbox,
        cut,
        registered,
    };
    if shared.commands.send(connected).await.is_err() {
        return;
    }
    let Ok(id) = id.await else { return };
    // Leaves a word with the gateway even when this task is aborted.
    let _gone = Gone {
        id,
        commands: shared.commands.clone(),
    };
    tokio::select! {
        () = read(id, version, reader, buffer, &shared) => {}
        () = write(writer, queue, &shared) => {}
        Ok(()) = &mut cut_off => {}
    }
}

struct Gone {
    id: u64,
    commands: mpsc::Sender<Command>,
}

impl Drop for Gone {
    fn drop(&mut self) {
        let gone = Command::Gone { id: self.id };
        if let Err(mpsc::error::TrySendError::Full(gone)) = self.commands.try_send(gone) {
            let commands = self.commands.clone();
            if let Ok(runtime) = tokio::runtime::Handle::try_current() {
                runtime.spawn(async move { commands.send(gone).await });
            }
        }
    }
}

/// Agrees on a version, and on whether the client is slowed down when it asks too much; `None` when
/// the connection is to be closed.
async fn shake_hands(
    reader: &mut OwnedReadHalf,
    writer: &mut OwnedWriteHalf,
    buffer: &mut BytesMut,
    shared: &Shared,
    faults: Faults,
) -> Option<(Version, bool)> {
    while buffer.len() < 4 {
        if reader.read_buf(buffer).await.ok()? == 0 {
            return None;
        }
    }
    if !buffer.starts_with(b"API\0") {
        tracing::debug!("a client did not begin with API");
        return None;
    }
    buffer.advance(4);
    let content = loop {
        // A hundred bytes suffice for any real offer.
        if buffer
            .first_chunk::<4>()
            .is_some_and(|head| u32::from_be_bytes(*head) > 4096)
        {
            return None;
        }
        if let Some(content) = take_frame(buffer).ok()? {
            break content;
        }
        if reader.read_buf(buffer).await.ok()? == 0 {
            return None;
        }
    };
    if faults.silent_handshake {
        while reader.read_buf(buffer).await.ok()? > 0 {
            buffer.clear();
        }
        return None;
    }
    let agreed = Offer::parse(&content).and_then(|offer| Ok((offer.agree()?, offer.slowed)));
    let (version, slowed) = match agreed {
        Ok(agreed) => agreed,
        Err(reason) => {
            tracing::info!(%reason, "a client was refused");
            let _ = writer.write_all(&wire::refusal(&reason)).await;
            let _ = writer.shutdown().await;
            return None;
        }
    };
    let (sender, time) = oneshot::channel();
    shared.commands.send(Command::Time { sender }).await.ok()?;
    let time = bridge::date_time(time.await.ok()?);
    let number = faults.announce_version.unwrap_or(version.number());
    hesitate(faults).await;
    writer
        .write_all(&wire::greeting(number, &time))
        .await
        .ok()?;
    Some((version, slowed))
}

/// Cuts frames out of the stream and hands them on, until it ends or breaks.
async fn read(
    id: u64,
    version: Version,
    mut reader: OwnedReadHalf,
    mut buffer: BytesMut,
    shared: &Shared,
) {
    loop {
        // What came while it stalled is counted when it is read.
        shared.reads().await;
        match take_frame(&mut buffer) {
            Ok(Some(content)) => {
                let asked = Command::Request {
                    id,
                    at: Instant::now(),
                    request: Box::new(wire::decode(version, &content)),
                    content,
                };
                if shared.commands.send(asked).await.is_err() {
                    return;
                }
            }
            Ok(None) => match reader.read_buf(&mut buffer).await {
                Ok(0) | Err(_) => return,
                Ok(_) => {}
            },
            Err(error) => {
                tracing::warn!(%error, "a client broke the framing");
                return;
            }
        }
    }
}

/// Writes what the gateway queues, until the gateway lets go of the session.
async fn write(mut writer: OwnedWriteHalf, mut queue: mpsc::Receiver<Outgoing>, shared: &Shared) {
    let mut sent = 0_u64;
    while let Some(outgoing) = queue.recv().await {
        hesitate(shared.faults()).await;
        let written = match outgoing {
            Outgoing::Frames(frames) => {
                fault::write_frames(&mut writer, frames, &mut sent, shared.faults()).await
            }
            Outgoing::Flood {
                batch,
                rounds,
                rest,
            } => flood(&mut writer, &batch, rounds, &rest).await,
        };
        if written.is_err() {
            return;
        }
    }
    let _ = writer.shutdown().await;
}

/// Takes as long as the fault says.
async fn hesitate(faults: Faults) {
    if let Some(ms) = faults.slow_answers {
        tokio::time::sleep(Duration::from_millis(ms.into())).await;
    }
}

async fn flood(
    writer: &mut OwnedWriteHalf,
    batch: &[u8],
    rounds: u64,
    rest: &[u8],
) -> std::io::Result<()> {
    for _ in 0..rounds {
        writer.write_all(batch).await?;
    }
    writer.write_all(rest).await
}
