//! The same seed, scenario and requests: the same bytes.

use std::path::Path;

use gatehouse_sim::run::by_name;
use gatehouse_sim::server::{Action, Faults, Sim, replay};

use crate::bare::{AAPL, Bare, stepped};

/// A run with accounts, quotes, orders, faults and a day's turn; every byte that the client heard.
async fn run(seed: u64, record: Option<&Path>) -> Vec<u8> {
    let sim = stepped(|config| {
        config.scenario.seed = seed;
        config.record = record.map(Path::to_owned);
    })
    .await;
    let mut bare = Bare::started(&sim, 4).await;
    bare.send(&["6", "2", "1", "DU4000001"]).await;
    bare.message("54").await;
    bare.send(&["61", "1"]).await;
    bare.message("62").await;
    bare.send(&[
        "1", "11", "9", AAPL, "AAPL", "STK", "", "0", "", "", "SMART", "", "USD", "", "", "0", "",
        "0", "0", "",
    ])
    .await;
    for (id, side) in [(1, "BUY"), (2, "SELL"), (3, "BUY")] {
        bare.order(id, side, None, false).await;
        bare.up_to_now().await;
        sim.step(1_750).await.unwrap();
        bare.up_to_now().await;
        let faults = Faults {
            repeat_statuses: id == 1,
            reorder_statuses: id == 2,
            ..Faults::default()
        };
        sim.act(Action::Faults(faults)).await.unwrap();
    }
    bare.order(4, "BUY", Some("1.00"), true).await;
    bare.order(5, "BUY", Some("1.00"), false).await;
    bare.up_to_now().await;
    sim.act(Action::Jump { ms: 86_400_000 }).await.unwrap();
    bare.send(&["7", "3", "12", "0", "", "", "", "", "", ""])
        .await;
    bare.message("55").await;
    bare.heard
}

#[tokio::test]
async fn a_run_replays_to_the_byte() {
    let first = run(7, None).await;
    assert!(first.len() > 10_000);
    assert!(first == run(7, None).await);
    assert!(first != run(8, None).await);
}

#[tokio::test]
async fn a_recorded_run_is_the_same_twice_and_when_it_is_played_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut recordings = Vec::new();
    for name in ["one", "other"] {
        let path = folder.path().join(name);
        run(7, Some(&path)).await;
        recordings.push(std::fs::read_to_string(&path).unwrap());
    }
    // What each side said is the same. How the two fell between each other depends on how fast
    // the messages came, and so does what followed the last answer.
    let said = |text: &str, way: &str| -> String {
        text.lines()
            .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
            .filter(|line| line["is"] == way)
            .filter_map(|line| line["hex"].as_str().map(str::to_owned))
            .collect()
    };
    assert!(recordings[0].lines().count() > 40);
    for way in ["in", "out"] {
        let (one, other) = (said(&recordings[0], way), said(&recordings[1], way));
        let both = one.len().min(other.len());
        assert!(both > 500, "{way}");
        assert!(one[..both] == other[..both], "{way}");
    }

    // Seed and start are the recording's own.
    let config = || by_name("three-accounts", 1).unwrap().config;
    let played = replay(config(), &recordings[0]).unwrap();
    assert_eq!(played.difference, None);
    assert_eq!(played.lines, recordings[0].lines().count());
    let another = by_name("single", 1).unwrap().config;
    assert!(
        replay(another, &recordings[0])
            .unwrap()
            .difference
            .is_some()
    );
    let other_seed = recordings[0].replacen("\"seed\":7", "\"seed\":8", 1);
    let (line, was, is) = replay(config(), &other_seed).unwrap().difference.unwrap();
    assert!(line > 1 && was != is);
    for broken in ["", "{}", "{\"is\":\"quotes\"}"] {
        assert!(replay(config(), broken).is_err(), "{broken}");
    }
}

#[tokio::test]
async fn a_run_in_real_time_can_be_played_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("run");
    let mut config = by_name("hong-kong", 3).unwrap().config;
    config.record = Some(path.clone());
    config.speed = 20.0;
    let sim = Sim::start(config).await.unwrap();
    let mut bare = Bare::started(&sim, 4).await;
    bare.send(&[
        "1", "11", "9", AAPL, "AAPL", "STK", "", "0", "", "", "SMART", "", "USD", "", "", "0", "",
        "0", "0", "",
    ])
    .await;
    for _ in 0..40 {
        bare.message("1").await;
    }
    sim.shutdown().await;
    let recording = std::fs::read_to_string(&path).unwrap();
    let config = by_name("hong-kong", 3).unwrap().config;
    let played = replay(config, &recording).unwrap();
    assert_eq!(played.difference, None);
}
