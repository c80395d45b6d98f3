//! Orders' lives by the dice: see `gatehouse_e2e::lives`.
//!
//! 2,000 of them in a run of the tests; `cargo xtask lives` plays more, or one seed again, by
//! `GATEHOUSE_ORDER_LIVES` and `GATEHOUSE_SEED`.

use gatehouse_e2e::lives::{self, Tally};

/// How many lives a run of the tests looks at.
const LIVES: u64 = 2_000;

fn number(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(
        text.parse()
            .unwrap_or_else(|_| panic!("{name} is {text:?}, not a number")),
    )
}

#[test]
fn whatever_happens_nothing_is_sent_twice_unwritten_or_left_without_its_stop_unnoticed() {
    if let Some(seed) = number("GATEHOUSE_SEED") {
        let tally = lives::run(seed).unwrap_or_else(|what| panic!("{what}"));
        println!("{tally:?}");
        return;
    }
    let wanted = number("GATEHOUSE_ORDER_LIVES").unwrap_or(LIVES);
    let mut tally = Tally::default();
    let mut seed = 0;
    while tally.lives < wanted {
        let one = lives::run(seed).unwrap_or_else(|what| {
            panic!("{what}\nplay it again with `cargo xtask lives --seed {seed}`")
        });
        tally.add(one);
        seed += 1;
        assert!(seed < wanted + 100, "the dice make no orders: {tally:?}");
    }
    println!("{seed} runs: {tally:?}");
    assert!(tally.filled * 5 > tally.lives, "{tally:?}");
    assert!(tally.changes * 50 > tally.lives, "{tally:?}");
    assert!(tally.kills > 0 && tally.losses > 0, "{tally:?}");
}
