//! Market data beyond level one and the limits on asking for it, as a bare socket sees them.

use std::time::Duration;

use gatehouse_sim::server::{Sim, SimConfig, SimHandle};
use gatehouse_sim::world::Scenario;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

const LONG: Duration = Duration::from_secs(10);

async fn sim(seed: u64, change: impl FnOnce(&mut SimConfig)) -> SimHandle {
    let mut config = SimConfig::new(Scenario::three_accounts(seed));
    change(&mut config);
    Sim::start(config).await.unwrap()
}

/// A client of version 200, which is all text.
struct Bare(TcpStream);

impl Bare {
    async fn started(sim: &SimHandle, client: i32) -> Self {
        let mut stream = TcpStream::connect(sim.addr()).await.unwrap();
        stream.write_all(b"API\0\0\0\0\x09v100..200").await.unwrap();
        let mut bare = Self(stream);
        bare.fields().await;
        bare.send(&["71", "2", &client.to_string(), ""]).await;
        bare
    }

    async fn send(&mut self, fields: &[&str]) {
        let content: String = fields.iter().map(|field| format!("{field}\0")).collect();
        let length = u32::try_from(content.len()).unwrap();
        self.0.write_all(&length.to_be_bytes()).await.unwrap();
        self.0.write_all(content.as_bytes()).await.unwrap();
    }

    async fn fields(&mut self) -> Vec<String> {
        timeout(LONG, async {
            let length = self.0.read_u32().await.unwrap();
            let mut content = vec![0; length as usize];
            self.0.read_exact(&mut content).await.unwrap();
            let text = String::from_utf8(content).unwrap();
            let fields = text.trim_end_matches('\0').split('\0');
            fields.map(str::to_owned).collect()
        })
        .await
        .expect("the gateway is silent")
    }

    /// The next message of this kind, or an error that is about something.
    async fn next(&mut self, kind: &str) -> Vec<String> {
        loop {
            let fields = self.fields().await;
            let notice = fields.get(2).is_some_and(|code| code.starts_with("21"));
            if fields[0] == kind || fields[0] == "4" && !notice {
                return fields;
            }
        }
    }

    async fn ask_bars(&mut self, req_id: &str, end: &str, size: &str, duration: &str) {
        let mut fields = vec!["20", req_id];
        fields.extend(APPLE);
        fields.extend(["0", end, size, duration, "0", "TRADES", "2", "0", ""]);
        self.send(&fields).await;
    }

    async fn ask_quotes(&mut self, req_id: &str) {
        let mut fields = vec!["1", "11", req_id];
        fields.extend(APPLE);
        fields.extend(["0", "", "0", "0", ""]);
        self.send(&fields).await;
    }
}

const APPLE: [&str; 12] = [
    "265598", "AAPL", "STK", "", "", "", "", "SMART", "", "USD", "", "",
];

/// Date, open, high, low, close, volume, average and count of each bar.
fn bars(fields: &[String]) -> Vec<[f64; 6]> {
    assert_eq!(fields[0], "17", "{fields:?}");
    let number = |text: &String| text.parse::<f64>().unwrap();
    let rows = fields[3..].chunks(8);
    rows.map(|row| std::array::from_fn(|at| number(&row[at])))
        .collect()
}

#[tokio::test]
async fn the_same_seed_has_the_same_past_and_another_has_another() {
    let mut seen = Vec::new();
    for seed in [7, 7, 8] {
        let sim = sim(seed, |config| config.stepped = true).await;
        let mut bare = Bare::started(&sim, 1).await;
        bare.ask_bars("5", "20251230 12:00:00 UTC", "5 mins", "2 D")
            .await;
        seen.push(bars(&bare.next("17").await));
    }
    assert_eq!(seen[0], seen[1]);
    assert_ne!(seen[0], seen[2]);
    assert!(seen[0].len() > 300, "{}", seen[0].len());
    for bar in &seen[0] {
        let [_, open, high, low, close, volume] = *bar;
        assert!(low <= open.min(close) && high >= open.max(close) && volume >= 0.0);
    }
    for pair in seen[0].windows(2) {
        assert_eq!(pair[0][4], pair[1][1], "a bar opens where the last closed");
    }
}

#[tokio::test]
async fn todays_bar_is_the_quote_and_hours_add_up_to_days() {
    let sim = sim(7, |config| config.stepped = true).await;
    let apple = gatehouse_sim::world::ConId::new(265_598);
    let quote = sim.with_world(move |world| world.quote(apple)).await;
    let quote = quote.unwrap().unwrap();
    let mut bare = Bare::started(&sim, 1).await;
    bare.ask_bars("5", "", "1 day", "3 D").await;
    let days = bars(&bare.next("17").await);
    bare.ask_bars("6", "", "1 hour", "3 D").await;
    let hours = bars(&bare.next("17").await);
    let [_, open, high, low, close, _] = days[2];
    let said = [quote.open, quote.high, quote.low, quote.last];
    let said = said.map(|price| price.unwrap().to_string().parse::<f64>().unwrap());
    assert_eq!([open, high, low, close], said);
    for day in 0..3 {
        let hours = &hours[day * 24..hours.len().min(day * 24 + 24)];
        let highest = hours.iter().map(|hour| hour[2]).fold(f64::MIN, f64::max);
        let lowest = hours.iter().map(|hour| hour[3]).fold(f64::MAX, f64::min);
        assert_eq!((highest, lowest), (days[day][2], days[day][3]));
        let volume: f64 = hours.iter().map(|hour| hour[5]).sum();
        // The path's share of today's volume is about the quote's.
        assert!((volume / days[day][5] - 1.0).abs() < if day < 2 { 1e-9 } else { 0.2 });
    }
}

#[tokio::test]
async fn one_message_too_many_in_a_second_gets_100() {
    let sim = sim(7, |config| config.pacing = true).await;
    let mut bare = Bare::started(&sim, 1).await;
    for _ in 0..60 {
        bare.send(&["49", "1"]).await;
    }
    let mut answered = 0;
    let refused = loop {
        let fields = bare.next("49").await;
        if fields[0] == "4" {
            break fields;
        }
        answered += 1;
    };
    assert_eq!((refused[1].as_str(), refused[2].as_str()), ("-1", "100"));
    // START_API counts too.
    assert_eq!(answered, 49);
}

#[tokio::test]
async fn lines_are_counted_over_all_clients() {
    let fast = |config: &mut SimConfig| {
        config.pacing = true;
        config.speed = 4.0;
    };
    let sim = sim(7, fast).await;
    let mut one = Bare::started(&sim, 1).await;
    let mut other = Bare::started(&sim, 2).await;
    for req_id in 0..60 {
        one.ask_quotes(&req_id.to_string()).await;
        one.next("81").await;
    }
    for req_id in 0..40 {
        other.ask_quotes(&req_id.to_string()).await;
        other.next("81").await;
    }
    other.ask_quotes("77").await;
    let refused = other.next("81").await;
    assert_eq!((refused[1].as_str(), refused[2].as_str()), ("77", "101"));
}

#[tokio::test]
async fn the_same_small_bars_again_get_162() {
    let sim = sim(7, |config| config.pacing = true).await;
    let mut bare = Bare::started(&sim, 1).await;
    bare.ask_bars("1", "", "5 secs", "600 S").await;
    assert_eq!(bare.next("17").await[0], "17");
    bare.ask_bars("2", "", "5 secs", "600 S").await;
    assert_eq!(bare.next("17").await[2], "162");
    bare.ask_bars("3", "", "5 secs", "900 S").await;
    assert_eq!(bare.next("17").await[0], "17");
    bare.ask_bars("4", "", "7 secs", "900 S").await;
    assert_eq!(bare.next("17").await[2], "321");
}
