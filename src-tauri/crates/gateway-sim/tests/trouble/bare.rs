//! A client that knows framing and text fields and nothing else.

use std::time::Duration;

use gatehouse_sim::server::{Sim, SimConfig, SimHandle};
use gatehouse_sim::world::Scenario;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

pub const LONG: Duration = Duration::from_secs(20);
/// The fields of an order after its price conditions, all unset.
const TAIL: [&str; 25] = [
    "0", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "0", "0", "0", "", "", "", "",
    "", "",
];
/// Apple.
pub const AAPL: &str = "265598";

/// A gateway whose time stands still.
pub async fn stepped(change: impl FnOnce(&mut SimConfig)) -> SimHandle {
    let mut config = SimConfig::new(Scenario::three_accounts(7));
    config.stepped = true;
    change(&mut config);
    Sim::start(config).await.unwrap()
}

pub struct Bare {
    stream: TcpStream,
    /// Every byte that came.
    pub heard: Vec<u8>,
}

impl Bare {
    pub async fn offer(sim: &SimHandle, range: &str) -> Self {
        let mut stream = TcpStream::connect(sim.addr()).await.unwrap();
        stream.write_all(b"API\0").await.unwrap();
        let heard = Vec::new();
        let mut bare = Self { stream, heard };
        bare.send_bytes(range.as_bytes()).await;
        bare
    }

    /// Agrees on version 176 and asks to start the API.
    pub async fn asking(sim: &SimHandle, client: i32) -> Self {
        let mut bare = Self::offer(sim, "v100..176").await;
        assert_eq!(bare.next().await[0], "176");
        bare.send(&["71", "2", &client.to_string(), ""]).await;
        bare
    }

    /// As [`Bare::asking`], and reads past the notices about farms.
    pub async fn started(sim: &SimHandle, client: i32) -> Self {
        let mut bare = Self::asking(sim, client).await;
        while !bare.next().await.contains(&"2158".to_owned()) {}
        bare
    }

    pub async fn send_bytes(&mut self, content: &[u8]) {
        let mut frame = u32::try_from(content.len()).unwrap().to_be_bytes().to_vec();
        frame.extend_from_slice(content);
        // That the gateway has hung up shows when reading.
        let _ = self.stream.write_all(&frame).await;
    }

    pub async fn send(&mut self, fields: &[&str]) {
        let content: String = fields.iter().map(|field| format!("{field}\0")).collect();
        self.send_bytes(content.as_bytes()).await;
    }

    /// The next frame's fields; `None` when the connection ends before it is whole.
    pub async fn fields(&mut self) -> Option<Vec<String>> {
        timeout(LONG, async {
            let length = self.stream.read_u32().await.ok()?;
            let mut content = vec![0; length as usize];
            self.stream.read_exact(&mut content).await.ok()?;
            self.heard.extend_from_slice(&length.to_be_bytes());
            self.heard.extend_from_slice(&content);
            let text = String::from_utf8(content).unwrap();
            let text = text.strip_suffix('\0').unwrap();
            Some(text.split('\0').map(str::to_owned).collect())
        })
        .await
        .expect("the gateway is silent")
    }

    pub async fn next(&mut self) -> Vec<String> {
        self.fields().await.expect("the connection ended")
    }

    /// The next frame with this message id; those before it are passed over.
    pub async fn message(&mut self, id: &str) -> Vec<String> {
        loop {
            let fields = self.next().await;
            if fields[0] == id {
                return fields;
            }
        }
    }

    /// The id and code of the next error.
    pub async fn error(&mut self) -> (String, String) {
        let fields = self.message("4").await;
        (fields[2].clone(), fields[3].clone())
    }

    /// The message ids of all frames up to the answer to reqCurrentTime, which is sent now.
    pub async fn up_to_now(&mut self) -> Vec<Vec<String>> {
        self.send(&["49", "1"]).await;
        let mut seen = Vec::new();
        loop {
            let fields = self.next().await;
            if fields[0] == "49" {
                return seen;
            }
            seen.push(fields);
        }
    }

    pub async fn ends(&mut self) -> Vec<Vec<String>> {
        let mut seen = Vec::new();
        while let Some(fields) = self.fields().await {
            seen.push(fields);
        }
        seen
    }

    /// An order for ten Apple shares: a limit order, or without a price a market order.
    pub async fn order(&mut self, id: i32, side: &str, price: Option<&str>, what_if: bool) {
        let id = id.to_string();
        let (kind, price) = price.map_or(("MKT", ""), |price| ("LMT", price));
        let what_if = if what_if { "1" } else { "0" };
        let mut fields = vec!["3", &id, AAPL, "AAPL", "STK", "", "0"];
        fields.extend(["", "", "SMART", "", "USD", "", "", "", ""]);
        fields.extend([side, "10", kind, price, ""]);
        fields.extend(["DAY", "", "DU4000001", "", "0", "ref"]);
        fields.extend(["1", "0", "0", "0", "0", "0", "0", "0"]);
        fields.extend(["", "0.0", "", "", "", "", "", ""]);
        fields.extend(["", "0", "", "-1", "0", "", "", "0", ""]);
        fields.extend(["", "0", "0", "", "0", "", "", "", "", "", "0", "", ""]);
        fields.extend(["", "", "0", "", "", "", "", ""]);
        fields.extend(["", "", "", "", "", "0", "", "", "0", "0"]);
        fields.extend(["", "", what_if, "", "0", "0", "0"]);
        fields.extend(TAIL);
        self.send(&fields).await;
    }
}
