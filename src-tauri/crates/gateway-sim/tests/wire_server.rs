//! The server as a bare socket sees it: handshakes, refusals, misbehaviour.

use std::time::Duration;

use gatehouse_sim::server::{Faults, Sim, SimConfig, SimHandle};
use gatehouse_sim::world::{
    ClientId, ConId, OrderId, OrderKind, OrderRequest, OrderTerms, Scenario, Side, Tif, World,
};
use rust_decimal::Decimal;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

const LONG: Duration = Duration::from_secs(10);

async fn sim_with(change: impl FnOnce(&mut SimConfig)) -> SimHandle {
    let mut config = SimConfig::new(Scenario::three_accounts(7));
    change(&mut config);
    Sim::start(config).await.unwrap()
}

async fn sim() -> SimHandle {
    sim_with(|_| {}).await
}

/// A client that knows framing and text fields and nothing else.
struct Bare(TcpStream);

impl Bare {
    async fn offer(sim: &SimHandle, range: &str) -> Self {
        let mut stream = TcpStream::connect(sim.addr()).await.unwrap();
        stream.write_all(b"API\0").await.unwrap();
        let mut bare = Self(stream);
        bare.send_bytes(range.as_bytes()).await;
        bare
    }

    /// Agrees on version 176 and starts the API.
    async fn started(sim: &SimHandle, client: i32) -> Self {
        let mut bare = Self::offer(sim, "v100..176").await;
        assert_eq!(bare.fields().await.unwrap()[0], "176");
        bare.send(&["71", "2", &client.to_string(), ""]).await;
        assert_eq!(bare.fields().await.unwrap()[0], "15");
        assert_eq!(bare.fields().await.unwrap()[0], "9");
        bare
    }

    async fn send_bytes(&mut self, content: &[u8]) {
        let mut frame = u32::try_from(content.len()).unwrap().to_be_bytes().to_vec();
        frame.extend_from_slice(content);
        self.0.write_all(&frame).await.unwrap();
    }

    async fn send(&mut self, fields: &[&str]) {
        let content: String = fields.iter().map(|field| format!("{field}\0")).collect();
        self.send_bytes(content.as_bytes()).await;
    }

    /// The next frame's fields; `None` when the connection ends before it is whole.
    async fn fields(&mut self) -> Option<Vec<String>> {
        timeout(LONG, async {
            let length = self.0.read_u32().await.ok()?;
            let mut content = vec![0; length as usize];
            self.0.read_exact(&mut content).await.ok()?;
            let text = String::from_utf8(content).unwrap();
            Some(
                text.strip_suffix('\0')
                    .unwrap()
                    .split('\0')
                    .map(str::to_owned)
                    .collect(),
            )
        })
        .await
        .expect("the gateway is silent")
    }

    /// The next error that is about something, past the notices about data farms.
    async fn error(&mut self) -> (String, String) {
        loop {
            let fields = self.fields().await.expect("the connection ended");
            if fields[0] == "4" && !fields[3].starts_with("21") {
                return (fields[2].clone(), fields[3].clone());
            }
        }
    }

    async fn ends(mut self) -> bool {
        while self.fields().await.is_some() {}
        true
    }
}

#[tokio::test]
async fn the_newest_version_both_speak_is_agreed() {
    let sim = sim().await;
    for (range, agreed) in [
        ("v157..178", "178"),
        ("v100..157", "157"),
        ("v100..176 +PACEAPI", "176"),
        ("v100..187", "187"),
        ("v100..203", "203"),
        ("v100..300", "226"),
        ("v213..226", "226"),
        ("v100..215", "215"),
    ] {
        let mut bare = Bare::offer(&sim, range).await;
        let fields = bare.fields().await.unwrap();
        assert_eq!(fields[0], agreed, "{range}");
        assert_eq!(fields.len(), 2);
    }
}

#[tokio::test]
async fn a_client_without_a_common_version_is_told_and_closed() {
    let sim = sim().await;
    for range in ["v100..150", "v300..310", "v9..1", "what", ""] {
        let mut bare = Bare::offer(&sim, range).await;
        let fields = bare.fields().await.unwrap();
        assert_eq!(
            (fields[0].as_str(), fields[3].as_str()),
            ("4", "503"),
            "{range}"
        );
        assert!(bare.ends().await);
    }
}

#[tokio::test]
async fn a_taken_client_id_gets_326_and_the_first_client_stays() {
    let sim = sim().await;
    let mut first = Bare::started(&sim, 4).await;
    let mut second = Bare::offer(&sim, "v100..176").await;
    second.fields().await.unwrap();
    second.send(&["71", "2", "4", ""]).await;
    assert_eq!(second.error().await, ("-1".to_owned(), "326".to_owned()));
    assert!(second.ends().await);
    first.send(&["49", "1"]).await;
    while first.fields().await.unwrap()[0] != "49" {}
}

#[tokio::test]
async fn messages_that_make_no_sense_get_an_error_and_the_connection_stays() {
    let sim = sim().await;
    let mut bare = Bare::started(&sim, 4).await;
    for (fields, id, code) in [
        (vec!["999"], "-1", "506"),
        (vec!["10", "5", "77"], "77", "320"),
        (vec!["x"], "-1", "320"),
        (vec!["1", "11", "5", "0", "AAPL"], "5", "320"),
        (vec!["62", "1", "8", "Nobody", "NetLiquidation"], "8", "321"),
        (vec!["92", "9", "DU0", ""], "9", "321"),
        (vec!["91", "987654"], "-1", "321"),
        (vec!["20", "12"], "12", "320"),
        (vec!["15", "1", "1"], "-1", "321"),
    ] {
        bare.send(&fields).await;
        assert_eq!(
            bare.error().await,
            (id.to_owned(), code.to_owned()),
            "{fields:?}"
        );
    }
    bare.send_bytes(b"\xff\xfe\0").await;
    assert_eq!(bare.error().await.1, "320");
    bare.send(&["49", "1"]).await;
    assert_eq!(bare.fields().await.unwrap()[0], "49");
}

#[tokio::test]
async fn requests_before_start_api_are_refused() {
    let sim = sim().await;
    let mut bare = Bare::offer(&sim, "v100..176").await;
    bare.fields().await.unwrap();
    bare.send(&["61", "1"]).await;
    assert_eq!(bare.error().await.1, "504");
}

#[tokio::test]
async fn a_client_that_announces_two_gigabytes_is_closed_and_others_are_not() {
    let sim = sim().await;
    let mut good = Bare::started(&sim, 1).await;
    let mut bad = Bare::started(&sim, 2).await;
    bad.0
        .write_all(&0x8000_0000_u32.to_be_bytes())
        .await
        .unwrap();
    assert!(bad.ends().await);
    let mut stranger = TcpStream::connect(sim.addr()).await.unwrap();
    stranger.write_all(b"GET / HTTP/1.1\r\n\r\n").await.unwrap();
    assert_eq!(stranger.read(&mut [0; 16]).await.unwrap_or(0), 0);
    good.send(&["49", "1"]).await;
    while good.fields().await.unwrap()[0] != "49" {}
}

#[tokio::test]
async fn each_fault_strikes() {
    let sim = sim().await;
    let faults = Faults::default();

    sim.set_faults(Faults {
        close_on_accept: true,
        ..faults
    });
    let mut stream = TcpStream::connect(sim.addr()).await.unwrap();
    assert_eq!(
        timeout(LONG, stream.read(&mut [0; 16]))
            .await
            .unwrap()
            .unwrap_or(0),
        0
    );

    sim.set_faults(Faults {
        announce_version: Some(150),
        ..faults
    });
    assert_eq!(
        Bare::offer(&sim, "v213..226").await.fields().await.unwrap()[0],
        "150"
    );

    sim.set_faults(Faults {
        silent_handshake: true,
        ..faults
    });
    let mut silent = Bare::offer(&sim, "v100..176").await;
    let answer = timeout(Duration::from_millis(200), silent.0.read(&mut [0; 16])).await;
    assert!(answer.is_err(), "{answer:?}");

    sim.set_faults(Faults {
        drop_mid_frame: Some(2),
        ..faults
    });
    let mut torn = Bare::offer(&sim, "v100..176").await;
    torn.fields().await.unwrap();
    torn.send(&["71", "2", "5", ""]).await;
    assert_eq!(torn.fields().await.unwrap()[0], "15");
    let mut half = Vec::new();
    timeout(LONG, torn.0.read_to_end(&mut half))
        .await
        .unwrap()
        .ok();
    let announced = u32::from_be_bytes(half[..4].try_into().unwrap()) as usize;
    assert!(!half.is_empty() && half.len() < announced + 4);

    sim.set_faults(Faults {
        huge_frame: Some(1),
        ..faults
    });
    let mut huge = Bare::offer(&sim, "v100..176").await;
    huge.fields().await.unwrap();
    huge.send(&["71", "2", "6", ""]).await;
    assert_eq!(
        timeout(LONG, huge.0.read_u32()).await.unwrap().unwrap(),
        0x8000_0000
    );

    sim.set_faults(Faults {
        garbage: Some(1),
        ..faults
    });
    let mut garbage = Bare::offer(&sim, "v100..176").await;
    garbage.fields().await.unwrap();
    garbage.send(&["71", "2", "7", ""]).await;
    assert_eq!(
        timeout(LONG, garbage.0.read_u32()).await.unwrap().unwrap(),
        0xfffe_fdfc
    );
}

#[tokio::test]
async fn a_flood_has_exactly_the_ticks_asked_for_and_an_end() {
    let sim = sim_with(|config| config.flood = Some(12_345)).await;
    let mut bare = Bare::started(&sim, 1).await;
    bare.send(&[
        "1", "11", "50", "265598", "", "", "", "", "", "", "SMART", "", "", "", "", "0", "", "0",
        "0", "",
    ])
    .await;
    let mut ticks = 0;
    loop {
        let fields = bare.fields().await.unwrap();
        match fields[0].as_str() {
            "1" => ticks += 1,
            "57" => break,
            _ => {}
        }
    }
    assert_eq!(ticks, 12_345);
}

fn order() -> OrderRequest {
    OrderRequest {
        account: "DU4000001".to_owned(),
        con_id: ConId::new(265_598),
        exchange: "SMART".to_owned(),
        side: Side::Buy,
        quantity: Decimal::TEN,
        kind: OrderKind::Limit(Decimal::ONE_HUNDRED),
        tif: Tif::Gtc,
        outside_rth: false,
        order_ref: "kept".to_owned(),
        transmit: true,
        terms: OrderTerms::default(),
    }
}

#[tokio::test]
async fn a_gateway_begun_again_from_its_state_file_has_its_book() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("world.json");
    let state_file = Some(path.clone());
    let sim = sim_with(|config| config.state_file = state_file.clone()).await;
    let mut bare = Bare::started(&sim, 1).await;
    sim.apply(|world: &mut World| {
        let now = world.now();
        world
            .place(ClientId::new(1), OrderId::new(5), order(), now)
            .unwrap()
    })
    .await;
    // The client hears of it only once it is on disk.
    while bare.fields().await.unwrap()[0] != "5" {}
    drop(sim);
    let sim = sim_with(|config| config.state_file = state_file).await;
    let kept = sim
        .with_world(|world| {
            world
                .open_orders()
                .iter()
                .map(|order| order.request.order_ref.clone())
                .collect::<Vec<_>>()
        })
        .await;
    assert_eq!(kept.unwrap(), ["kept"]);
}

#[tokio::test]
async fn a_state_file_of_another_version_is_refused_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("world.json");
    for (text, why) in [
        ("{not a world", "cannot be used: key must be a string"),
        ("{\"start\":0,\"now\":0}", "it says no form"),
        ("{\"form\":1,\"world\":{}}", "it has form 1"),
        ("{\"form\":2,\"world\":{}}", "missing field"),
    ] {
        std::fs::write(&path, text).unwrap();
        let config = SimConfig {
            state_file: Some(path.clone()),
            ..SimConfig::new(Scenario::three_accounts(7))
        };
        let error = Sim::start(config).await.unwrap_err().to_string();
        assert!(error.contains(why), "{error}");
        assert!(error.contains("Name another file, or delete it"), "{error}");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
    }
}

#[tokio::test]
async fn the_master_client_sees_the_orders_of_others_and_a_third_does_not() {
    let sim = sim().await;
    let mut master = Bare::started(&sim, 0).await;
    let mut third = Bare::started(&sim, 3).await;
    let _owner = Bare::started(&sim, 1).await;
    sim.apply(|world: &mut World| {
        let now = world.now();
        world
            .place(ClientId::new(1), OrderId::new(5), order(), now)
            .unwrap()
    })
    .await;
    while master.fields().await.unwrap()[0] != "5" {}
    third.send(&["49", "1"]).await;
    loop {
        let fields = third.fields().await.unwrap();
        assert_ne!(fields[0], "5");
        if fields[0] == "49" {
            break;
        }
    }
}

#[tokio::test]
async fn without_a_subscription_only_delayed_data_can_be_had() {
    let sim = sim_with(|config| config.live_data = false).await;
    let mut bare = Bare::started(&sim, 1).await;
    let line = [
        "1", "11", "50", "265598", "", "", "", "", "", "", "SMART", "", "", "", "", "0", "", "0",
        "0", "",
    ];
    bare.send(&line).await;
    assert_eq!(bare.error().await, ("50".to_owned(), "354".to_owned()));
    bare.send(&["59", "1", "3"]).await;
    bare.send(&line).await;
    assert_eq!(bare.error().await, ("50".to_owned(), "10167".to_owned()));
    while bare.fields().await.unwrap().get(3).map(String::as_str) != Some("66") {}
}
