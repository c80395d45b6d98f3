//! A tap on the line: passes every byte on and notes when an order arrived whole, and when what
//! the gateway says of one did.

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
/// openOrder in protobuf: the answer to a what-if, too.
const OPEN_ORDER: [u8; 4] = 205_u32.to_be_bytes();
const PATIENCE: Duration = Duration::from_secs(10);

/// Stands between one client and the gateway.
pub struct Tap {
    address: SocketAddr,
    placed: Receiver<Instant>,
    answered: Receiver<Instant>,
}

impl Tap {
    pub fn before(gateway: u16) -> Result<Self, Failure> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let (tell_placed, placed) = mpsc::channel();
        let (tell_answered, answered) = mpsc::channel();
        thread::spawn(move || {
            // Ends with either side; the client says what is wrong then.
            let _ = connect(&listener, gateway, &tell_placed, tell_answered);
        });
        Ok(Self {
            address,
            placed,
            answered,
        })
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Forgets what has been seen: a what-if is an order on the wire, too.
    pub fn forget(&self) {
        while self.placed.try_recv().is_ok() {}
        while self.answered.try_recv().is_ok() {}
    }

    /// When the next order arrived.
    pub fn placed(&self) -> Result<Instant, Failure> {
        self.placed
            .recv_timeout(PATIENCE)
            .map_err(|_| "the order did not reach the wire".into())
    }

    /// How long the gateway took to answer the next what-if, seen from here.
    pub fn what_if(&self) -> Result<Duration, Failure> {
        let asked = self.placed()?;
        loop {
            let answered = self.answered.recv_timeout(PATIENCE);
            let answered = answered.map_err(|_| "the what-if was not answered")?;
            if let Some(took) = answered.checked_duration_since(asked) {
                return Ok(took);
            }
        }
    }
}

fn connect(
    listener: &TcpListener,
    gateway: u16,
    placed: &Sender<Instant>,
    answered: Sender<Instant>,
) -> std::io::Result<()> {
    let (client, _) = listener.accept()?;
    let server = TcpStream::connect((Ipv4Addr::LOCALHOST, gateway))?;
    client.set_nodelay(true)?;
    server.set_nodelay(true)?;
    let (down_from, down_to) = (server.try_clone()?, client.try_clone()?);
    thread::spawn(move || pass_on(down_from, down_to, Frames::down(), &answered));
    pass_on(client, server, Frames::up(), placed)
}

fn pass_on(
    mut from: TcpStream,
    mut to: TcpStream,
    mut frames: Frames,
    tell: &Sender<Instant>,
) -> std::io::Result<()> {
    let mut bytes = [0; 65536];
    loop {
        let count = from.read(&mut bytes)?;
        let at = Instant::now();
        if count == 0 {
            return Ok(());
        }
        let read = &bytes[..count];
        for _ in 0..frames.wanted_in(read) {
            // Nobody listening is the end of the measurement.
            let _ = tell.send(at);
        }
        to.write_all(read)?;
    }
}

/// Cuts a stream into frames.
struct Frames {
    greeted: bool,
    wanted: [u8; 4],
    waiting: Vec<u8>,
}

impl Frames {
    /// Of a client, for its orders.
    const fn up() -> Self {
        Self {
            greeted: false,
            wanted: PLACE_ORDER,
            waiting: Vec::new(),
        }
    }

    /// Of a gateway, which begins with a frame, for what it says of orders.
    const fn down() -> Self {
        Self {
            greeted: true,
            wanted: OPEN_ORDER,
            waiting: Vec::new(),
        }
    }

    /// How many of those that are wanted became whole with these bytes.
    fn wanted_in(&mut self, bytes: &[u8]) -> usize {
        self.waiting.extend_from_slice(bytes);
        if !self.greeted && self.waiting.starts_with(PREFIX) {
            self.waiting.drain(..PREFIX.len());
            self.greeted = true;
        }
        let mut wanted = 0;
        while self.greeted
            && let Some((length, rest)) = self.waiting.split_first_chunk::<4>()
            && let Ok(length) = usize::try_from(u32::from_be_bytes(*length))
            && let Some(content) = rest.get(..length)
        {
            wanted += usize::from(content.starts_with(&self.wanted));
            self.waiting.drain(..4 + length);
        }
        wanted
    }
}
