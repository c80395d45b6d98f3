//! A client that knows text fields and asks for market data.

use std::time::Duration;

use gatehouse_sim::server::{Sim, SimConfig, SimHandle};
use gatehouse_sim::world::Scenario;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

pub const LONG: Duration = Duration::from_secs(20);

pub async fn sim(seed: u64, change: impl FnOnce(&mut SimConfig)) -> SimHandle {
    let mut config = SimConfig::new(Scenario::three_accounts(seed));
    change(&mut config);
    Sim::start(config).await.unwrap()
}

/// A client of version 200, which is all text.
pub struct Bare(pub TcpStream);

impl Bare {
    pub async fn started(sim: &SimHandle, client: i32) -> Self {
        let mut stream = TcpStream::connect(sim.addr()).await.unwrap();
        stream.write_all(b"API\0\0\0\0\x09v100..200").await.unwrap();
        let mut bare = Self(stream);
        bare.fields().await;
        bare.send(&["71", "2", &client.to_string(), ""]).await;
        bare
    }

    /// As [`Bare::started`], and asks to be slowed down rather than refused.
    pub async fn slowed(sim: &SimHandle, client: i32) -> Self {
        let mut stream = TcpStream::connect(sim.addr()).await.unwrap();
        let offer = b"API\0\0\0\0\x12v100..200 +PACEAPI";
        stream.write_all(offer).await.unwrap();
        let mut bare = Self(stream);
        bare.fields().await;
        bare.send(&["71", "2", &client.to_string(), ""]).await;
        bare
    }

    pub async fn send(&mut self, fields: &[&str]) {
        let content: String = fields.iter().map(|field| format!("{field}\0")).collect();
        let length = u32::try_from(content.len()).unwrap();
        // That the gateway has hung up shows when reading.
        let _ = self.0.write_all(&length.to_be_bytes()).await;
        let _ = self.0.write_all(content.as_bytes()).await;
    }

    pub async fn fields(&mut self) -> Vec<String> {
        self.fields_or_end().await.expect("the connection ended")
    }

    /// The next message of this kind, or an error that is about something.
    pub async fn next(&mut self, kind: &str) -> Vec<String> {
        loop {
            let fields = self.fields().await;
            let notice = fields.get(2).is_some_and(|code| code.starts_with("21"));
            if fields[0] == kind || fields[0] == "4" && !notice {
                return fields;
            }
        }
    }

    pub async fn ask_bars(&mut self, req_id: &str, end: &str, size: &str, duration: &str) {
        self.ask(
            req_id,
            &APPLE,
            [end, size, duration, "0", "TRADES", "2", "0"],
        )
        .await;
    }

    /// The next message, or `None` when the connection is over.
    pub async fn fields_or_end(&mut self) -> Option<Vec<String>> {
        timeout(LONG, async {
            let length = self.0.read_u32().await.ok()?;
            let mut content = vec![0; length as usize];
            self.0.read_exact(&mut content).await.ok()?;
            let text = String::from_utf8(content).unwrap();
            let fields = text.trim_end_matches('\0').split('\0');
            Some(fields.map(str::to_owned).collect())
        })
        .await
        .expect("the gateway is silent")
    }

    /// Bars of any contract: end, size, duration, regular hours only, what, how dates are written,
    /// whether they are kept up to date.
    pub async fn ask(&mut self, req_id: &str, contract: &[&str; 12], rest: [&str; 7]) {
        let mut fields = vec!["20", req_id];
        fields.extend(contract);
        fields.push("0");
        fields.extend(rest);
        fields.push("");
        self.send(&fields).await;
    }

    pub async fn ask_quotes(&mut self, req_id: &str) {
        self.ask_market(req_id, "0").await;
    }

    pub async fn ask_snapshot(&mut self, req_id: &str) {
        self.ask_market(req_id, "1").await;
    }

    async fn ask_market(&mut self, req_id: &str, snapshot: &str) {
        let mut fields = vec!["1", "11", req_id];
        fields.extend(APPLE);
        fields.extend(["0", "", snapshot, "0", ""]);
        self.send(&fields).await;
    }
}

pub const APPLE: [&str; 12] = [
    "265598", "AAPL", "STK", "", "", "", "", "SMART", "", "USD", "", "",
];

/// Time, open, high, low, close and volume of each bar: average and count of each bar.
pub fn bars(fields: &[String]) -> Vec<[f64; 6]> {
    assert_eq!(fields[0], "17", "{fields:?}");
    let number = |text: &String| text.parse::<f64>().unwrap();
    let rows = fields[3..].chunks(8);
    rows.map(|row| std::array::from_fn(|at| number(&row[at])))
        .collect()
}
