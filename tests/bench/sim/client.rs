//! A client that knows framing and text fields and nothing else, so that what is measured is the
//! gateway.

use crate::Failure;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// Longer silence than this is a failure.
const SILENCE: Duration = Duration::from_secs(120);
/// The fields of an order after its price conditions, all unset.
const TAIL: [&str; 25] = [
    "0", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "0", "0", "0", "", "", "", "",
    "", "",
];

pub struct Client {
    stream: TcpStream,
    buffer: Vec<u8>,
    /// Where in the buffer the next frame begins.
    next: usize,
}

/// A limit order as far as it matters here.
pub struct Order<'a> {
    pub id: i32,
    pub account: &'a str,
    pub con_id: i32,
    pub side: &'a str,
    pub quantity: u32,
    pub price: &'a str,
}

impl Client {
    /// Connects, starts the API and reads up to the farm notices.
    pub async fn connect(port: u16, client_id: u32) -> Result<Self, Failure> {
        let mut stream = TcpStream::connect(("127.0.0.1", port)).await?;
        stream.set_nodelay(true)?;
        stream.write_all(b"API\0\0\0\0\x09v100..176").await?;
        let mut client = Self {
            stream,
            buffer: Vec::new(),
            next: 0,
        };
        client.frame(|_| ()).await?;
        client
            .send(&["71", "2", &client_id.to_string(), ""])
            .await?;
        client.until(|fields| fields.starts_with(b"9\0")).await?;
        Ok(client)
    }

    pub async fn send(&mut self, fields: &[&str]) -> Result<(), Failure> {
        let mut frame = vec![0; 4];
        append(&mut frame, fields);
        self.stream.write_all(&frame).await?;
        Ok(())
    }

    /// A live market-data line.
    pub async fn subscribe(&mut self, req_id: usize, con_id: i32) -> Result<(), Failure> {
        let (req_id, con_id) = (req_id.to_string(), con_id.to_string());
        let mut fields = vec![
            "1", "11", &req_id, &con_id, "", "", "", "0", "", "", "SMART",
        ];
        fields.extend(["", "", "", "", "0", "", "0", "0", ""]);
        self.send(&fields).await
    }

    pub async fn place(&mut self, order: &Order<'_>) -> Result<(), Failure> {
        let (id, con_id) = (order.id.to_string(), order.con_id.to_string());
        let quantity = order.quantity.to_string();
        let mut fields = vec!["3", &id, &con_id, "", "STK", "", "0"];
        fields.extend(["", "", "SMART", "", "USD", "", "", "", ""]);
        fields.extend([order.side, &quantity, "LMT", order.price, ""]);
        fields.extend(["DAY", "", order.account, "", "0", "bench"]);
        fields.extend(["1", "0", "0", "0", "0", "0", "0", "0"]);
        fields.extend(["", "0.0", "", "", "", "", "", ""]);
        fields.extend(["", "0", "", "-1", "0", "", "", "0", ""]);
        fields.extend(["", "0", "0", "", "0", "", "", "", "", "", "0", "", ""]);
        fields.extend(["", "", "0", "", "", "", "", ""]);
        fields.extend(["", "", "", "", "", "0", "", "", "0", "0"]);
        fields.extend(["", "", "0", "", "0", "0", "0"]);
        fields.extend(TAIL);
        self.send(&fields).await
    }

    /// Reads up to the first message that `ends` picks; how many came before it.
    pub async fn until(&mut self, mut ends: impl FnMut(&[u8]) -> bool) -> Result<u64, Failure> {
        let mut count = 0;
        while !self.frame(&mut ends).await? {
            count += 1;
        }
        Ok(count)
    }

    /// Reads one message.
    pub async fn frame<T>(&mut self, look: impl FnOnce(&[u8]) -> T) -> Result<T, Failure> {
        loop {
            let waiting = self.buffer.get(self.next..).unwrap_or_default();
            if let Some((head, rest)) = waiting.split_first_chunk::<4>() {
                let length = usize::try_from(u32::from_be_bytes(*head))?;
                if let Some(content) = rest.get(..length) {
                    let seen = look(content);
                    self.next += 4 + length;
                    return Ok(seen);
                }
            }
            self.buffer.drain(..self.next);
            self.next = 0;
            self.buffer.reserve(256 * 1024);
            if timeout(SILENCE, self.stream.read_buf(&mut self.buffer)).await?? == 0 {
                return Err("the gateway hung up".into());
            }
        }
    }
}

fn append(frame: &mut Vec<u8>, fields: &[&str]) {
    let start = frame.len();
    for field in fields {
        frame.extend_from_slice(field.as_bytes());
        frame.push(0);
    }
    let length = u32::try_from(frame.len() - start).unwrap_or(u32::MAX);
    if let Some(head) = frame.first_chunk_mut::<4>() {
        *head = length.to_be_bytes();
    }
}
