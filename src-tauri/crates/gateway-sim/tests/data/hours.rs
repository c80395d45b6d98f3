//! History of markets that open and close.

use gatehouse_sim::run;
use gatehouse_sim::server::{Sim, SimConfig, SimHandle};
use gatehouse_sim::world::{ConId, Hours, Scenario};

use crate::bare::{APPLE, Bare, bars};

const HOUR: i64 = 3_600_000;
/// A Friday, half an hour after the opening in New York.
const FRIDAY: i64 = Scenario::DEFAULT_START;
const NINE_THIRTY: i64 = FRIDAY - HOUR / 2;

async fn exchange(start: i64) -> SimHandle {
    let mut config = SimConfig::new(Scenario::three_accounts(7).starting_at(start));
    config.scenario.hours = Hours::Exchange;
    config.stepped = true;
    Sim::start(config).await.unwrap()
}

async fn quote(sim: &SimHandle, con_id: i32) -> gatehouse_sim::world::Quote {
    let con_id = ConId::new(con_id);
    let quote = sim.with_world(move |world| world.quote(con_id)).await;
    quote.unwrap().unwrap()
}

fn seconds(at: i64) -> f64 {
    (at / 1_000) as f64
}

#[tokio::test]
async fn bars_lie_within_the_hours_and_no_day_is_a_weekend_or_a_holiday() {
    let sim = exchange(FRIDAY).await;
    let mut bare = Bare::started(&sim, 1).await;
    bare.ask_bars("1", "", "1 hour", "2 D").await;
    let hours = bars(&bare.next("17").await);
    // 31 December is a whole day, 1 January a holiday, 2 January half an hour old.
    assert_eq!(hours.len(), 8, "{hours:?}");
    assert_eq!(hours[7][0], seconds(NINE_THIRTY));
    assert_eq!(hours[0][0], seconds(NINE_THIRTY - 48 * HOUR));
    assert_eq!(
        hours[1][0],
        hours[0][0] + 1_800.0,
        "after the first, round hours"
    );
    let ten_days = ["", "1 day", "10 D", "1", "TRADES", "1", "0"];
    bare.ask("2", &APPLE, ten_days).await;
    let days = bars(&bare.next("17").await);
    let dates: Vec<_> = days.iter().map(|day| day[0]).collect();
    let expected = [
        20251218, 20251219, 20251222, 20251223, 20251224, 20251226, 20251229, 20251230, 20251231,
        20260102,
    ];
    assert_eq!(dates, expected.map(f64::from));
    let close = quote(&sim, 265_598).await.prev_close.unwrap();
    assert_eq!(days[8][4].to_string(), close.normalize().to_string());
}

#[tokio::test]
async fn on_a_saturday_the_last_bar_is_fridays_and_nothing_grows() {
    let mut config = run::by_name("market-closed", 7).unwrap().config;
    config.stepped = true;
    let sim = Sim::start(config).await.unwrap();
    let mut bare = Bare::started(&sim, 1).await;
    let growing = ["", "5 mins", "1 D", "1", "TRADES", "2", "1"];
    bare.ask("1", &APPLE, growing).await;
    let five = bars(&bare.next("17").await);
    assert_eq!(five.len(), 78);
    assert_eq!(five[0][0], seconds(NINE_THIRTY));
    let quote = quote(&sim, 265_598).await;
    assert_eq!(quote.last_time, Some(NINE_THIRTY + 13 * HOUR / 2));
    assert_eq!(
        five[77][4].to_string(),
        quote.last.unwrap().normalize().to_string()
    );
    bare.ask_bars("2", "", "1 day", "1 D").await;
    let day = bars(&bare.next("17").await);
    let highest = five.iter().map(|bar| bar[2]).fold(f64::MIN, f64::max);
    let lowest = five.iter().map(|bar| bar[3]).fold(f64::MAX, f64::min);
    let high = quote.high.unwrap().to_string().parse::<f64>().unwrap();
    assert_eq!((day[0][2], day[0][3], high), (highest, lowest, highest));
    sim.step(10_000).await.unwrap();
    bare.send(&["49", "1"]).await;
    let told = loop {
        let fields = bare.fields().await;
        assert_ne!(fields[0], "90", "a bar grew while the market was closed");
        if fields[0] == "49" {
            break fields;
        }
    };
    assert_eq!(told[0], "49");
}

#[tokio::test]
async fn schedules_say_regular_or_extended_hours() {
    let sim = exchange(FRIDAY).await;
    let mut bare = Bare::started(&sim, 1).await;
    for (rth, opens, closes) in [("1", "09:30:00", "16:00:00"), ("0", "04:00:00", "20:00:00")] {
        bare.ask("1", &APPLE, ["", "1 day", "2 D", rth, "SCHEDULE", "1", "0"])
            .await;
        let said = bare.next("106").await;
        assert_eq!(said[4], "US/Eastern");
        assert_eq!(said[5], "2", "{said:?}");
        assert_eq!(said[6], format!("20251231-{opens}"));
        assert_eq!(said[7], format!("20251231-{closes}"));
        assert_eq!(said[8], "20251231");
        assert_eq!(said[11], "20260102");
    }
}

#[tokio::test]
async fn past_ticks_lie_within_the_hours_too() {
    let sim = exchange(FRIDAY).await;
    let mut bare = Bare::started(&sim, 1).await;
    // Version 200: contract, expired, start, end, count, what, regular hours, ignore size, options.
    let mut ask = vec!["96", "1"];
    ask.extend(APPLE);
    ask.extend([
        "0",
        "",
        "20260101 12:00:00 UTC",
        "20",
        "MIDPOINT",
        "1",
        "0",
        "",
    ]);
    bare.send(&ask).await;
    let ticks = bare.next("96").await;
    assert_eq!(ticks[2], "20", "{ticks:?}");
    let last = &ticks[3 + 19 * 4];
    assert_eq!(
        last.parse::<f64>().unwrap(),
        seconds(NINE_THIRTY - 48 * HOUR + 13 * HOUR / 2) - 1.0
    );
}
