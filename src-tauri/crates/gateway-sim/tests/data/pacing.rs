//! Limits on what may be asked in how much time.

use gatehouse_sim::server::{Action, SimConfig, SimHandle};

use crate::bare::{Bare, sim};

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
async fn a_snapshot_ends_eleven_seconds_after_it_was_asked_for_and_at_once_without_limits() {
    let sims = [(true, 550), (false, 0)].map(|(pacing, least)| async move {
        let sim = sim(7, |config| {
            config.pacing = pacing;
            config.speed = 20.0;
        })
        .await;
        let mut bare = Bare::started(&sim, 1).await;
        let begun = std::time::Instant::now();
        bare.ask_snapshot("5").await;
        assert_eq!(bare.next("1").await[2], "5");
        let ended = bare.next("57").await;
        assert_eq!(ended[2], "5");
        let took = begun.elapsed().as_millis();
        assert!(took >= least && (took < 500 || pacing), "{took}");
    });
    for sim in sims {
        sim.await;
    }
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

#[tokio::test]
async fn asking_too_much_in_three_seconds_ends_the_connection() {
    // Ten times as fast: what is allowed in a second is 500.
    let sim = sim(7, |config| {
        config.pacing = true;
        config.speed = 10.0;
    })
    .await;
    let mut bare = Bare::started(&sim, 1).await;
    let begun = std::time::Instant::now();
    let mut refused = 0;
    'connected: loop {
        for _ in 0..700 {
            bare.send(&["49", "1"]).await;
        }
        let mut answers = 0;
        while answers < 700 {
            let Some(fields) = bare.fields_or_end().await else {
                break 'connected;
            };
            let is_refusal = fields[0] == "4" && fields[2] == "100";
            refused += i32::from(is_refusal);
            answers += i32::from(is_refusal || fields[0] == "49");
        }
    }
    assert!(refused > 2, "{refused}");
    assert!(begun.elapsed().as_secs() >= 2, "{:?}", begun.elapsed());
}

#[tokio::test]
async fn a_client_that_asks_for_it_is_slowed_down_instead() {
    let sim = sim(7, |config| config.pacing = true).await;
    let mut bare = Bare::slowed(&sim, 1).await;
    let begun = std::time::Instant::now();
    for _ in 0..70 {
        bare.send(&["49", "1"]).await;
    }
    for _ in 0..70 {
        let fields = bare.next("49").await;
        assert_eq!(fields[0], "49", "{fields:?}");
    }
    assert!(begun.elapsed().as_millis() >= 900, "{:?}", begun.elapsed());
}

#[tokio::test]
async fn six_requests_for_one_contract_in_two_seconds_and_sixty_in_ten_minutes_get_162() {
    let sim = sim(7, |config| config.pacing = true).await;
    let mut bare = Bare::started(&sim, 1).await;
    for length in 1..=5 {
        let duration = format!("{} S", length * 60);
        bare.ask_bars("1", "", "5 secs", &duration).await;
        assert_eq!(bare.next("17").await[0], "17", "request {length}");
    }
    bare.ask_bars("6", "", "5 secs", "360 S").await;
    let refused = bare.next("17").await;
    assert_eq!((refused[1].as_str(), refused[2].as_str()), ("6", "162"));
    // Bars of a minute are not counted.
    bare.ask_bars("7", "", "1 min", "360 S").await;
    assert_eq!(bare.next("17").await[0], "17");
}

#[tokio::test]
async fn messages_of_all_connected_clients_count_and_those_of_clients_that_left_do_not() {
    let sim = sim(7, |config| config.pacing = true).await;
    for client in 1..=3 {
        let mut bare = Bare::started(&sim, client).await;
        for _ in 0..40 {
            bare.send(&["49", "1"]).await;
        }
        for _ in 0..40 {
            assert_eq!(bare.next("49").await[0], "49", "client {client}");
        }
        drop(bare);
        // The gateway has noticed when the client id is free again.
        while connected(&sim).await > 0 {
            tokio::task::yield_now().await;
        }
    }
    let mut one = Bare::started(&sim, 5).await;
    let mut other = Bare::started(&sim, 6).await;
    for _ in 0..40 {
        one.send(&["49", "1"]).await;
        other.send(&["49", "1"]).await;
    }
    let mut refused = 0;
    for bare in [&mut one, &mut other] {
        for _ in 0..40 {
            refused += i32::from(bare.next("49").await[0] == "4");
        }
    }
    // Both have started, which counts too.
    assert!((1..=32).contains(&refused), "{refused}");
}

#[tokio::test]
async fn a_gateway_that_stalls_reads_nothing_and_then_all_at_once() {
    let sim = sim(7, |config| config.pacing = true).await;
    let mut bare = Bare::started(&sim, 1).await;
    bare.send(&["49", "1"]).await;
    assert_eq!(bare.next("49").await[0], "49");
    let before = status(&sim).await["requests"].clone();
    sim.act(Action::Stall { ms: 600_000 }).await.unwrap();
    for _ in 0..60 {
        bare.send(&["49", "1"]).await;
    }
    assert_eq!(status(&sim).await["requests"], before);
    sim.act(Action::Stall { ms: 0 }).await.unwrap();
    let mut refused = 0;
    for _ in 0..60 {
        refused += i32::from(bare.next("49").await[0] == "4");
    }
    // The start and the one before the stall may count among them.
    assert!((10..=12).contains(&refused), "{refused}");
}

async fn connected(sim: &SimHandle) -> usize {
    status(sim).await["clients"].as_array().unwrap().len()
}

async fn status(sim: &SimHandle) -> serde_json::Value {
    sim.act(Action::Status {}).await.unwrap()
}
