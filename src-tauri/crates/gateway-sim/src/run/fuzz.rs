//! Scenario files gone wrong: either what is wrong is said, with its line, or a world comes of it.
//!
//! `cargo test` runs a moment of it; the crate's README says how to run hours of it.

use std::time::Duration;

use bolero::check;

use super::Run;
use crate::spoil::spoiled;
use crate::world::World;

/// How long it runs unless the environment says otherwise.
const MOMENT: Duration = Duration::from_secs(1);

/// Every table and key once.
const WHOLE: &str = r#"
seed = 7
start = "2026-01-02T15:00:00Z"
clock = "fast"
speed = 10.0
hours = "exchange"
live-data = true
master-client = 3

[faults]
repeat-statuses = true
drop-on-place = "after-fill"

[[account]]
id = "DU100"
count = 3
type = "INDIVIDUAL"
margin = "reg-t"
cash = { USD = "100000.00", EUR = 5000.25 }
unsettled = { USD = 10 }
permissions = ["stocks", "futures"]

[[account.position]]
instrument = "AAPL"
quantity = 100
cost = "171.20"

[[instrument]]
name = "AAPL"
bid = "199.00"
ask = 199.02
moving = true

[[plan]]
after-ms = 5000
do = "lose-upstream"

[[plan]]
on = "order"
nth = 2
do = "set-price"
instrument = "SPY"
bid = "600.00"
ask = "600.02"
"#;

#[test]
fn the_file_to_spoil_is_whole() {
    assert_eq!(Run::from_toml(WHOLE).map(|_| ()), Ok(()));
}

#[test]
fn fuzz_scenario_files() {
    check!().with_test_time(MOMENT).for_each(|input: &[u8]| {
        let mut bytes = input.iter().copied();
        let text = spoiled(WHOLE.as_bytes().to_vec(), || {
            bytes.next().unwrap_or_default()
        });
        let Ok(text) = String::from_utf8(text) else {
            return;
        };
        match Run::from_toml(&text) {
            Ok(run) => {
                let mut world = World::new(&run.config.scenario);
                for account in world.account_ids() {
                    assert!(world.figures(&account).is_some());
                }
                world.advance(world.now() + 1_000);
            }
            Err(error) => {
                let lines = text.matches('\n').count() + 1;
                assert!(error.line().is_none_or(|line| line <= lines), "{error}");
            }
        }
    });
}
