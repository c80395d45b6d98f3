//! A tap on the line: passes every byte on and notes when an order arrived whole.

use crate::Failure;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::{Duration, Instant};

/// What a client sends before its first frame.
const PREFIX: &[u8] = b"API\0";
/// placeOrder in protobuf: 200 above its number in text.
const PLACE_ORDER: [u8; 4] = 203_u32.to_be_bytes();
const PATIENCE: Duration = Duration::from_secs(10);

/// Stands between one client and the gateway.
pub struct Tap {
    address: SocketAddr,
    placed: Receiver<Instant>,
}

impl Tap {
    pub fn before(gateway: u16) -> Result<Self, Failure> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let (tell, placed) = mpsc::channel();
        thread::spawn(move || {
            // Ends with either side; the client says what is wrong then.
            let _ = pass_on(&listener, gateway, &tell);
        });
        Ok(Self { address, placed })
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Forgets orders that have been seen: a what-if is an order on the wire, too.
    pub fn forget(&self) {
        while self.placed.try_recv().is_ok() {}
    }

    /// When the next order arrived.
    pub fn placed(&self) -> Result<Instant, Failure> {
        self.placed
            .recv_timeout(PATIENCE)
            .map_err(|_| "the order did not reach the wire".into())
    }
}

fn pass_on(listener: &TcpListener, gateway: u16, tell: &Sender<Instant>) -> std::io::Result<()> {
    let (mut client, _) = listener.accept()?;
    let mut server = TcpStream::connect((Ipv4Addr::LOCALHOST, gateway))?;
    client.set_nodelay(true)?;
    server.set_nodelay(true)?;
    let (mut down_from, mut down_to) = (server.try_clone()?, client.try_clone()?);
    thread::spawn(move || std::io::copy(&mut down_from, &mut down_to));
    let mut frames = Frames::default();
    let mut bytes = [0; 65536];
    loop {
        let count = client.read(&mut bytes)?;
        let at = Instant::now();
        if count == 0 {
            return Ok(());
        }
        let read = &bytes[..count];
        for _ in 0..frames.orders_in(read) {
            // Nobody listening is the end of the measurement.
            let _ = tell.send(at);
        }
        server.write_all(read)?;
    }
}

/// Cuts the client's stream into frames.
#[derive(Default)]
struct Frames {
    greeted: bool,
    waiting: Vec<u8>,
}

impl Frames {
    /// How many orders became whole with these bytes.
    fn orders_in(&mut self, bytes: &[u8]) -> usize {
        self.waiting.extend_from_slice(bytes);
        if !self.greeted && self.waiting.starts_with(PREFIX) {
            self.waiting.drain(..PREFIX.len());
            self.greeted = true;
        }
        let mut orders = 0;
        while self.greeted
            && let Some((length, rest)) = self.waiting.split_first_chunk::<4>()
            && let Ok(length) = usize::try_from(u32::from_be_bytes(*length))
            && let Some(content) = rest.get(..length)
        {
            orders += usize::from(content.starts_with(&PLACE_ORDER));
            self.waiting.drain(..4 + length);
        }
        orders
    }
}
