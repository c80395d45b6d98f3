//! Bars of markets that are always open.

use crate::bare::{Bare, bars, sim};

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
async fn bars_that_grow_tell_the_last_of_the_old_one_before_the_new_one() {
    let sim = sim(7, |config| config.stepped = true).await;
    let mut bare = Bare::started(&sim, 1).await;
    let growing = ["", "10 secs", "60 S", "0", "TRADES", "2", "1"];
    bare.ask("5", &crate::bare::APPLE, growing).await;
    let before = bars(&bare.next("17").await);
    sim.step(60_000).await.unwrap();
    bare.ask_bars("6", "", "10 secs", "60 S").await;
    let mut seen = Vec::new();
    let after = loop {
        let fields = bare.fields().await;
        match fields[0].as_str() {
            "90" => seen.push(fields),
            "17" => break bars(&fields),
            _ => {}
        }
    };
    let number = |text: &String| text.parse::<f64>().unwrap();
    // Request, count, time, open, close, high, low.
    let last_of = |time: f64| {
        let told = seen.iter().rev().find(|fields| number(&fields[3]) == time);
        told.map(|fields| [4, 6, 7, 5].map(|at| number(&fields[at])))
    };
    let mut compared = 0;
    for [time, open, high, low, close, _] in &after[1..after.len() - 1] {
        assert_eq!(last_of(*time), Some([*open, *high, *low, *close]));
        compared += 1;
    }
    assert!(compared >= 4, "{compared}");
    assert!(before[0][0] < after[0][0]);
}
