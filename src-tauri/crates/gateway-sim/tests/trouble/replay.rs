//! The same seed, scenario and requests: the same bytes.

use gatehouse_sim::server::{Action, Faults};

use crate::bare::{AAPL, Bare, stepped};

/// A run with accounts, quotes, orders, faults and a day's turn; every byte that the client heard.
async fn run(seed: u64) -> Vec<u8> {
    let sim = stepped(|config| config.scenario.seed = seed).await;
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
    let first = run(7).await;
    assert!(first.len() > 10_000);
    assert!(first == run(7).await);
    assert!(first != run(8).await);
}
