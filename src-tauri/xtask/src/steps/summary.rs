//! The table at the end of a run.

use std::fmt::Write;
use std::time::Duration;

use super::{Outcome, Record};

/// A table of all steps with times, then one line `N passed, N failed`. A step that could not
/// run counts as failed: nothing was proved.
pub fn table(records: &[Record]) -> String {
    let mut text = String::new();
    for record in records {
        let (mark, rest) = match &record.outcome {
            Outcome::Passed(tally) if tally.passed() > 0 => {
                ("pass", format!("{} tests", tally.passed()))
            }
            Outcome::Passed(_) => ("pass", String::new()),
            Outcome::Failed(failure) => ("FAIL", failure.to_string()),
            Outcome::Blocked(step) => ("FAIL", format!("not run: {step} did not pass")),
        };
        let row = format!(
            "  {mark}  {:<16} {:>8}  {rest}",
            record.name,
            time(record.took)
        );
        let _ = writeln!(text, "{}", row.trim_end());
    }
    let passed = records.iter().filter(|r| r.outcome.passed()).count();
    let total: Duration = records.iter().map(|r| r.took).sum();
    let _ = writeln!(text, "        {:<16} {:>8}", "in all", time(total));
    let _ = write!(text, "{passed} passed, {} failed", records.len() - passed);
    text
}

fn time(took: Duration) -> String {
    let seconds = took.as_secs();
    if seconds < 60 {
        format!("{:.1} s", took.as_secs_f64())
    } else {
        format!("{}m{:02} s", seconds / 60, seconds % 60)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::table;
    use crate::failure::Failure;
    use crate::steps::{Outcome, Record};
    use crate::tally::Tally;

    fn record(name: &'static str, millis: u64, outcome: Outcome) -> Record {
        Record {
            name,
            took: Duration::from_millis(millis),
            outcome,
        }
    }

    #[test]
    fn the_table_shows_every_step_and_ends_in_the_counts() {
        let mut tally = Tally::default();
        tally.read("test result: ok. 7 passed; 0 failed; 0 ignored");
        let records = [
            record("fmt", 900, Outcome::Passed(Tally::default())),
            record("rust-tests", 61_000, Outcome::Passed(tally)),
            record("build", 2_000, Outcome::Failed(Failure::new("no linker"))),
            record("window", 0, Outcome::Blocked("build")),
        ];
        let expected = [
            "  pass  fmt                 0.9 s",
            "  pass  rust-tests         1m01 s  7 tests",
            "  FAIL  build               2.0 s  no linker",
            "  FAIL  window              0.0 s  not run: build did not pass",
            "        in all             1m03 s",
            "2 passed, 2 failed",
        ];
        assert_eq!(table(&records).lines().collect::<Vec<_>>(), expected);
    }
}
