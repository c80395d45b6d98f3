//! Bars of volatilities and of the fee of a loan, beside the ticks that tell the same.

use std::collections::BTreeMap;

use gatehouse_sim::server::SimHandle;
use gatehouse_sim::world::{Hours, World};

use crate::bare::{APPLE, Bare, bars, sim};

const HISTORICAL: &str = "HISTORICAL_VOLATILITY";
const IMPLIED: &str = "OPTION_IMPLIED_VOLATILITY";
const FEE: &str = "FEE_RATE";

async fn ask(bare: &mut Bare, con_id: &str, rest: [&str; 4]) -> Vec<String> {
    let mut contract = APPLE;
    (contract[0], contract[1], contract[2], contract[7]) = (con_id, "", "", "");
    let [size, duration, what, growing] = rest;
    bare.ask(
        "5",
        &contract,
        ["", size, duration, "0", what, "2", growing],
    )
    .await;
    bare.next("17").await
}

/// The generic ticks of Apple, until the one of this kind.
async fn ticks(bare: &mut Bare, generics: &str, last: &str) -> BTreeMap<String, f64> {
    bare.send(&[
        "1", "11", "9", APPLE[0], "", "", "", "0", "", "", "SMART", "", "", "", "", "0", generics,
        "0", "0", "",
    ])
    .await;
    let mut found = BTreeMap::new();
    while !found.contains_key(last) {
        let fields = bare.next("45").await;
        found.insert(fields[3].clone(), fields[4].parse().unwrap());
    }
    found
}

async fn id_of(sim: &SimHandle, local_symbol: &'static str) -> String {
    let found = move |world: &mut World| {
        let mut all = world.instruments().iter();
        all.find(|one| one.local_symbol == local_symbol)
            .map(|one| one.con_id.get())
    };
    sim.with_world(found).await.unwrap().unwrap().to_string()
}

/// Of a sample of thirty returns, and a year has so many days.
fn volatility(closes: &[f64], a_year: f64) -> f64 {
    assert_eq!(closes.len(), 31);
    let returns: Vec<f64> = closes
        .windows(2)
        .map(|two| (two[1] / two[0]).ln())
        .collect();
    let mean = returns.iter().sum::<f64>() / 30.0;
    let squares: f64 = returns.iter().map(|one| (one - mean).powi(2)).sum();
    (squares / 29.0 * a_year).sqrt()
}

#[tokio::test]
async fn historical_volatility_follows_from_the_daily_closes_and_ends_at_the_ticks() {
    for (hours, a_year) in [(Hours::Always, 365.0), (Hours::Exchange, 252.0)] {
        let sim = sim(7, |config| {
            config.stepped = true;
            config.scenario.hours = hours;
        })
        .await;
        sim.step(60_000).await.unwrap();
        let mut bare = Bare::started(&sim, 1).await;
        let closes = ask(&mut bare, APPLE[0], ["1 day", "50 D", "TRADES", "0"]).await;
        let closes: Vec<f64> = bars(&closes).iter().map(|bar| bar[4]).collect();
        let told = ask(&mut bare, APPLE[0], ["1 day", "20 D", HISTORICAL, "0"]).await;
        let told = bars(&told);
        assert_eq!((closes.len(), told.len()), (50, 20));
        for (closes, [_, open, high, low, close, volume]) in
            closes.windows(31).zip(told.iter().copied())
        {
            assert!((close - volatility(closes, a_year)).abs() < 2e-8, "{close}");
            assert!(low > 0.0 && low <= open.min(close) && high >= open.max(close));
            assert_eq!(volume, -1.0);
        }
        let ticks = ticks(&mut bare, "104,106,411", "58").await;
        assert_eq!(ticks["23"], told[19][4]);
        assert_eq!(ticks["58"], told[19][4]);
        // The path is as volatile as the instrument is said to be.
        assert!(
            (0.5..2.0).contains(&(ticks["23"] / ticks["24"])),
            "{ticks:?}"
        );
    }
}

#[tokio::test]
async fn hours_of_volatility_add_up_to_days_and_days_to_weeks() {
    let sim = sim(7, |config| {
        config.stepped = true;
        config.scenario.hours = Hours::Exchange;
    })
    .await;
    let mut bare = Bare::started(&sim, 1).await;
    let days = bars(&ask(&mut bare, APPLE[0], ["1 day", "3 D", HISTORICAL, "0"]).await);
    let hours = bars(&ask(&mut bare, APPLE[0], ["1 hour", "3 D", HISTORICAL, "0"]).await);
    let week = bars(&ask(&mut bare, APPLE[0], ["1W", "1 D", HISTORICAL, "0"]).await);
    let join = |bars: &[[f64; 6]]| {
        let highest = bars.iter().map(|bar| bar[2]).fold(f64::MIN, f64::max);
        let lowest = bars.iter().map(|bar| bar[3]).fold(f64::MAX, f64::min);
        [bars[0][1], highest, lowest, bars[bars.len() - 1][4]]
    };
    // Today, the third, is half an hour old: one bar. Whole days have seven.
    assert_eq!(hours.len(), 15);
    assert_eq!(join(&hours[..7]), days[0][1..5]);
    assert_eq!(join(&hours[7..14]), days[1][1..5]);
    assert_eq!(hours[14][4], days[2][4]);
    assert_eq!(week[week.len() - 1][4], days[2][4]);
}

#[tokio::test]
async fn the_fee_is_what_is_told_now_and_is_not_traded() {
    let sim = sim(7, |config| config.stepped = true).await;
    let mut bare = Bare::started(&sim, 1).await;
    let hard = id_of(&sim, "WES").await;
    for (con_id, level) in [(APPLE[0], 0.25), (&hard, 38.25)] {
        for (size, duration, count) in [("1 day", "5 D", 5), ("5 mins", "3600 S", 12)] {
            let told = ask(&mut bare, con_id, [size, duration, FEE, "0"]).await;
            let rows = bars(&told);
            assert!((count..=count + 1).contains(&rows.len()), "{rows:?}");
            assert!(rows.iter().all(|row| row[1..5] == [level; 4]), "{rows:?}");
            for row in told[3..].chunks(8) {
                assert_eq!(row[5..], ["-1", "-1", "-1"]);
            }
        }
    }
}

#[tokio::test]
async fn implied_volatility_moved_through_the_year_and_ends_at_what_is_told_now() {
    let sim = sim(7, |config| {
        config.stepped = true;
        config.scenario.hours = Hours::Exchange;
    })
    .await;
    let mut bare = Bare::started(&sim, 1).await;
    let now = ticks(&mut bare, "106", "24").await["24"];
    let days = bars(&ask(&mut bare, APPLE[0], ["1 day", "1 Y", IMPLIED, "0"]).await);
    assert!((245..=255).contains(&days.len()), "{}", days.len());
    assert_eq!(days[days.len() - 1][4], now);
    for [_, open, high, low, close, volume] in days.iter().copied() {
        assert!(low > 0.0 && low <= open.min(close) && high >= open.max(close));
        assert_eq!(volume, -1.0);
    }
    let closes = days.iter().map(|day| day[4]);
    let (low, high) = (
        closes.clone().fold(f64::MAX, f64::min),
        closes.fold(f64::MIN, f64::max),
    );
    assert!(high / low > 1.2 && high < 4.0 * now, "{low} to {high}");
    // Hours add up to the day, and the same world tells the same.
    let hours = bars(&ask(&mut bare, APPLE[0], ["1 hour", "3 D", IMPLIED, "0"]).await);
    let yesterday = days[days.len() - 2];
    assert_eq!((hours[7][1], hours[13][4]), (yesterday[1], yesterday[4]));
    let again = bars(&ask(&mut bare, APPLE[0], ["1 day", "1 Y", IMPLIED, "0"]).await);
    assert_eq!(again, days);
}

#[tokio::test]
async fn there_is_no_volatility_without_options_and_no_fee_without_a_loan() {
    let sim = sim(7, |config| config.stepped = true).await;
    let mut bare = Bare::started(&sim, 1).await;
    let (never, pair, hard) = (
        id_of(&sim, "MPLX").await,
        id_of(&sim, "EUR.USD").await,
        id_of(&sim, "WES").await,
    );
    for (con_id, what) in [
        (&never, FEE),
        (&pair, FEE),
        (&pair, HISTORICAL),
        (&pair, IMPLIED),
        (&hard, HISTORICAL),
        (&hard, IMPLIED),
    ] {
        let refused = ask(&mut bare, con_id, ["1 day", "5 D", what, "0"]).await;
        assert_eq!(refused[2], "162", "{what} of {con_id}: {refused:?}");
    }
}

#[tokio::test]
async fn only_prices_are_kept_up_to_date_and_only_fifty_at_once() {
    let sim = sim(7, |config| {
        config.stepped = true;
        config.pacing = true;
    })
    .await;
    let mut bare = Bare::started(&sim, 1).await;
    for what in [HISTORICAL, IMPLIED, FEE] {
        let refused = ask(&mut bare, APPLE[0], ["1 day", "5 D", what, "1"]).await;
        assert_eq!(refused[2], "321", "{refused:?}");
    }
    let growing = ["", "1 min", "120 S", "0", "TRADES", "2", "1"];
    for req_id in 1..=51 {
        bare.ask(&req_id.to_string(), &APPLE, growing).await;
        let answer = bare.next("17").await;
        let refused = answer[0] == "4" && answer[2] == "322";
        assert_eq!(refused, req_id == 51, "{answer:?}");
    }
    // Another client has no more room; what is done at once needs none.
    let mut other = Bare::started(&sim, 2).await;
    other.ask("1", &APPLE, growing).await;
    assert_eq!(other.next("17").await[2], "322");
    other.ask_bars("2", "", "1 min", "120 S").await;
    assert_eq!(other.next("17").await[0], "17");
    bare.send(&["25", "1", "7"]).await;
    bare.ask("51", &APPLE, growing).await;
    assert_eq!(bare.next("17").await[0], "17");
}
