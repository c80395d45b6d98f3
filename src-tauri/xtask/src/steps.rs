//! Named steps: which of them run, in which order, and what came of them.

pub mod summary;

use std::time::{Duration, Instant};

use crate::failure::Failure;
use crate::tally::Tally;
use crate::tree::Tree;

/// One named part of a command. Steps run in the order of their list; `after` names the steps
/// that must have succeeded.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    pub name: &'static str,
    pub about: &'static str,
    pub after: &'static [&'static str],
    pub run: fn(&Tree) -> Result<Tally, Failure>,
}

/// What came of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Passed(Tally),
    Failed(Failure),
    /// Not run because the step named here did not pass.
    Blocked(&'static str),
}

impl Outcome {
    pub fn passed(&self) -> bool {
        matches!(self, Self::Passed(_))
    }
}

/// A step that was reached, with how long it took.
#[derive(Debug, Clone)]
pub struct Record {
    pub name: &'static str,
    pub took: Duration,
    pub outcome: Outcome,
}

/// The steps called `names` and those they come after, in the order of `all`; every step if
/// `names` is empty.
pub fn select(all: &[Step], names: &[String]) -> Result<Vec<Step>, Failure> {
    if names.is_empty() {
        return Ok(all.to_vec());
    }
    let mut wanted: Vec<&str> = Vec::new();
    let mut open: Vec<&str> = names.iter().map(String::as_str).collect();
    while let Some(name) = open.pop() {
        let step = all.iter().find(|step| step.name == name).ok_or_else(|| {
            let known: Vec<&str> = all.iter().map(|step| step.name).collect();
            Failure::new(format!(
                "there is no step `{name}`; the steps are {}",
                known.join(", ")
            ))
        })?;
        if !wanted.contains(&step.name) {
            wanted.push(step.name);
            open.extend(step.after);
        }
    }
    Ok(all
        .iter()
        .filter(|step| wanted.contains(&step.name))
        .copied()
        .collect())
}

/// Runs every step, going on after one that failed unless a later one needs it.
pub fn run_all(tree: &Tree, steps: &[Step]) -> Vec<Record> {
    let mut records: Vec<Record> = Vec::with_capacity(steps.len());
    for (index, step) in steps.iter().enumerate() {
        eprintln!(
            "\n[{}/{}] {}: {}",
            index + 1,
            steps.len(),
            step.name,
            step.about
        );
        let start = Instant::now();
        let outcome = match missing(step, &records) {
            Some(needed) => Outcome::Blocked(needed),
            None => match (step.run)(tree) {
                Ok(tally) => Outcome::Passed(tally),
                Err(failure) => Outcome::Failed(failure),
            },
        };
        if let Outcome::Failed(failure) = &outcome {
            eprintln!("  failed: {failure}");
        }
        records.push(Record {
            name: step.name,
            took: start.elapsed(),
            outcome,
        });
    }
    records
}

fn missing(step: &Step, records: &[Record]) -> Option<&'static str> {
    step.after.iter().copied().find(|name| {
        records
            .iter()
            .any(|record| record.name == *name && !record.outcome.passed())
    })
}

#[cfg(test)]
mod tests {
    use super::{Outcome, Step, run_all, select};
    use crate::failure::Failure;
    use crate::tally::Tally;
    use crate::tree::Tree;

    const STEPS: &[Step] = &[
        step("lint", &[], |_| Err(Failure::new("untidy"))),
        step("build", &[], |_| Err(Failure::new("broken"))),
        step("walk", &["build"], |_| Ok(Tally::default())),
        step("count", &[], |_| Ok(Tally::default())),
    ];

    const fn step(
        name: &'static str,
        after: &'static [&'static str],
        run: fn(&Tree) -> Result<Tally, Failure>,
    ) -> Step {
        Step {
            name,
            about: "",
            after,
            run,
        }
    }

    fn names(only: &[&str]) -> Result<Vec<&'static str>, String> {
        let only: Vec<String> = only.iter().map(|name| (*name).to_owned()).collect();
        select(STEPS, &only)
            .map(|steps| steps.iter().map(|step| step.name).collect())
            .map_err(|failure| failure.to_string())
    }

    #[test]
    fn all_steps_run_unless_some_are_named() {
        assert_eq!(names(&[]), Ok(vec!["lint", "build", "walk", "count"]));
    }

    #[test]
    fn a_named_step_brings_what_it_comes_after_in_order() {
        assert_eq!(
            names(&["count", "walk"]),
            Ok(vec!["build", "walk", "count"])
        );
    }

    #[test]
    fn an_unknown_step_is_an_error_that_lists_the_known_ones() {
        let told = names(&["wlak"]).unwrap_err();
        assert!(told.contains("`wlak`") && told.contains("lint, build, walk, count"));
    }

    #[test]
    fn a_failed_step_stops_only_what_needs_it() {
        let tree = Tree::locate().unwrap();
        let outcomes: Vec<Outcome> = run_all(&tree, STEPS)
            .into_iter()
            .map(|record| record.outcome)
            .collect();
        assert_eq!(
            outcomes,
            [
                Outcome::Failed(Failure::new("untidy")),
                Outcome::Failed(Failure::new("broken")),
                Outcome::Blocked("build"),
                Outcome::Passed(Tally::default()),
            ]
        );
    }
}
