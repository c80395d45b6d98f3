//! What a market-data line tells besides its quote, and bulletins.

use std::collections::BTreeMap;

use gatehouse_sim::run::by_name;
use gatehouse_sim::server::{Action, Sim, SimHandle};
use gatehouse_sim::world::{ConId, Dividend};

use crate::bare::{AAPL, Bare, stepped};

/// Opens a line on a share and returns its first picture: the last value of each tick type.
async fn picture(
    bare: &mut Bare,
    req: &str,
    con_id: &str,
    generics: &str,
) -> BTreeMap<i32, String> {
    bare.send(&[
        "1", "11", req, con_id, "", "", "", "0", "", "", "SMART", "", "", "", "", "0", generics,
        "0", "0", "",
    ])
    .await;
    let frames = bare.up_to_now().await;
    assert!(frames.iter().all(|fields| fields[0] != "4"), "{frames:?}");
    ticks(&frames)
}

fn ticks(frames: &[Vec<String>]) -> BTreeMap<i32, String> {
    let ticks = frames
        .iter()
        .filter(|fields| matches!(fields[0].as_str(), "1" | "2" | "45" | "46"));
    ticks
        .map(|fields| (fields[3].parse().unwrap(), fields[4].clone()))
        .collect()
}

fn number(ticks: &BTreeMap<i32, String>, kind: i32) -> f64 {
    let text = ticks.get(&kind).unwrap_or_else(|| panic!("no tick {kind}"));
    text.parse().unwrap()
}

#[tokio::test]
async fn shares_to_borrow_agree_with_the_acceptance_of_short_sales() {
    let sim = stepped(|_| {}).await;
    let mut bare = Bare::started(&sim, 5).await;
    for (req, con_id, level, shares) in [
        ("1", AAPL, 3.0, 1_000.0..1e9),
        ("2", "2100000005", 2.0, 1.0..1_000.0),
        ("3", "2100000003", 1.0, 0.0..0.5),
    ] {
        let ticks = picture(&mut bare, req, con_id, "236").await;
        assert_eq!(number(&ticks, 46), level);
        assert!(shares.contains(&number(&ticks, 89)), "{ticks:?}");
    }
}

#[tokio::test]
async fn generic_ticks_agree_with_the_quote() {
    let sim = stepped(|config| {
        config.scenario.dividends = vec![Dividend {
            con_id: ConId::new(265_598),
            ex_day: 20_460,
            pay_day: 20_470,
            amount: "0.26".parse().unwrap(),
        }];
    })
    .await;
    let mut bare = Bare::started(&sim, 5).await;
    sim.step(60_000).await.unwrap();
    let wanted = "100,101,104,105,106,165,221,233,236,258,293,294,295,318,375,411,456,588,595";
    let ticks = picture(&mut bare, "1", AAPL, wanted).await;
    let (low, high) = (number(&ticks, 7), number(&ticks, 6));
    for (lowest, highest) in [(15, 16), (17, 18), (19, 20)] {
        assert!(number(&ticks, lowest) <= low && number(&ticks, highest) >= high);
    }
    assert!(number(&ticks, 19) <= number(&ticks, 15) && number(&ticks, 20) >= number(&ticks, 16));
    assert!(number(&ticks, 21) > 100_000.0);
    let middle = (number(&ticks, 1) + number(&ticks, 2)) / 2.0;
    assert!((number(&ticks, 37) - middle).abs() < 1e-9);
    assert_eq!(number(&ticks, 57), number(&ticks, 4));
    let volume = number(&ticks, 8);
    let traded: Vec<&str> = ticks[&48].split(';').collect();
    let [last, size, time, total, average, single] = traded[..] else {
        panic!("{traded:?}")
    };
    assert_eq!(last.parse::<f64>().unwrap(), number(&ticks, 4));
    assert_eq!(size.parse::<f64>().unwrap(), number(&ticks, 5));
    assert!(time.starts_with(&ticks[&45]));
    assert_eq!(total.parse::<f64>().unwrap(), volume);
    assert!((low..=high).contains(&average.parse::<f64>().unwrap()));
    assert_eq!(single, "true");
    assert_eq!(number(&ticks, 54), (volume / 150.0).ceil());
    let short: Vec<f64> = [63, 64, 65].map(|kind| number(&ticks, kind)).into();
    assert!(short.is_sorted() && short[2] <= volume && number(&ticks, 56) > 0.0);
    assert!(number(&ticks, 55) > 0.0);
    assert_eq!(ticks[&59], "0,0.26,20260107,0.26");
    assert_eq!(number(&ticks, 58), number(&ticks, 23));
    assert!(!ticks.contains_key(&86) && !ticks.contains_key(&47));

    // What moves with trades is told anew, what stands is not.
    sim.step(5_000).await.unwrap();
    let moved = self::ticks(&bare.up_to_now().await);
    assert!(moved.contains_key(&48) && moved.contains_key(&54) && moved.contains_key(&57));
    assert!(!moved.contains_key(&89) && !moved.contains_key(&19) && !moved.contains_key(&58));
    let none = picture(&mut bare, "2", "272093", "456").await;
    assert_eq!(none[&59], ",,,");
}

#[tokio::test]
async fn frozen_is_said_of_a_closed_market_only() {
    async fn kind(sim: &SimHandle, data_type: &str) -> String {
        let mut bare = Bare::started(sim, 5).await;
        bare.send(&["59", "1", data_type]).await;
        bare.send(&[
            "1", "11", "7", AAPL, "", "", "", "0", "", "", "SMART", "", "", "", "", "0", "", "0",
            "0", "",
        ])
        .await;
        let kind = bare.message("58").await[3].clone();
        let price = if matches!(data_type, "3" | "4") {
            "66"
        } else {
            "1"
        };
        while bare.message("1").await[3] != price {}
        kind
    }
    for (name, told) in [
        ("three-accounts", ["1", "1", "3", "3"]),
        ("market-closed", ["1", "2", "3", "4"]),
    ] {
        for (asked, told) in ["1", "2", "3", "4"].into_iter().zip(told) {
            let mut config = by_name(name, 1).unwrap().config;
            config.stepped = true;
            let sim = Sim::start(config).await.unwrap();
            assert_eq!(kind(&sim, asked).await, told, "{name} {asked}");
        }
    }
}

#[tokio::test]
async fn bulletins_reach_who_asked_for_them() {
    let sim = stepped(|_| {}).await;
    let mut early = Bare::started(&sim, 5).await;
    let mut late = Bare::started(&sim, 6).await;
    let mut deaf = Bare::started(&sim, 7).await;
    let bulletin = |text: &str, kind| Action::Bulletin {
        text: text.to_owned(),
        exchange: "NYSE".to_owned(),
        kind,
    };
    early.send(&["12", "1", "0"]).await;
    early.up_to_now().await;
    sim.act(bulletin("closed for a storm", 2)).await.unwrap();
    assert_eq!(
        early.next().await,
        ["14", "1", "1", "2", "closed for a storm", "NYSE"]
    );
    late.send(&["12", "1", "1"]).await;
    assert_eq!(late.next().await[2..4], ["1", "2"]);
    late.up_to_now().await;
    early.send(&["13", "1"]).await;
    early.up_to_now().await;
    sim.act(bulletin("open again", 3)).await.unwrap();
    assert_eq!(late.next().await[2..5], ["2", "3", "open again"]);
    for bare in [&mut early, &mut deaf] {
        assert!(bare.up_to_now().await.is_empty());
    }
}
