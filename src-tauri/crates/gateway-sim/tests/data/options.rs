//! An option's history is its underlying's.

use crate::bare::{Bare, bars, sim};

const CALL: [&str; 12] = [
    "0", "AAPL", "OPT", "20260116", "", "C", "100", "SMART", "", "USD", "", "",
];

fn call(strike: &str) -> [&str; 12] {
    let mut contract = CALL;
    contract[4] = strike;
    contract
}

#[tokio::test]
async fn a_call_is_worth_more_when_its_underlying_is_and_ends_at_its_quote() {
    let sim = sim(7, |config| config.stepped = true).await;
    let apple = gatehouse_sim::world::ConId::new(265_598);
    let last = sim.with_world(move |world| world.quote(apple)).await;
    let last = last.unwrap().unwrap().last.unwrap().round();
    let mut strike = last.to_string().parse::<i32>().unwrap();
    strike -= strike % 5;
    let strike = strike.to_string();
    let mut bare = Bare::started(&sim, 1).await;
    bare.ask(
        "1",
        &call(&strike),
        ["", "1 hour", "5 D", "0", "MIDPOINT", "2", "0"],
    )
    .await;
    let option = bars(&bare.next("17").await);
    bare.ask_bars("2", "", "1 hour", "5 D").await;
    let stock = bars(&bare.next("17").await);
    assert_eq!(option.len(), stock.len());
    let mut agreed = 0;
    for (option, stock) in option.windows(2).zip(stock.windows(2)) {
        assert_eq!(option[0][0], stock[0][0]);
        let moves = (option[1][4] - option[0][4], stock[1][4] - stock[0][4]);
        agreed += i32::from(moves.0 * moves.1 >= 0.0);
        // What the stock moved and a little time value at most.
        assert!(moves.0.abs() <= moves.1.abs() + 0.2, "{moves:?}");
    }
    assert!(
        agreed * 10 >= 9 * (option.len() as i32 - 1),
        "{agreed} of {}",
        option.len()
    );
    bare.ask(
        "3",
        &call(&strike),
        ["", "1 day", "3 D", "0", "TRADES", "1", "0"],
    )
    .await;
    let days = bars(&bare.next("17").await);
    let mut line = vec!["1", "11", "4"];
    let contract = call(&strike);
    line.extend(contract);
    line.extend(["0", "", "0", "0", ""]);
    bare.send(&line).await;
    let quoted = loop {
        let tick = bare.next("1").await;
        assert_eq!(tick[0], "1", "{tick:?}");
        // The last trade.
        if tick[3] == "4" {
            break tick[4].parse::<f64>().unwrap();
        }
    };
    assert_eq!(days[2][4], quoted);
}
