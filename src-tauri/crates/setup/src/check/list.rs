//! The list as it is being run: what became of each step, and how long it took.

use super::{Checked, Found, Step, Stopped};
use crate::fault::{Fault, FaultView, Weight};
use serde::{Deserialize, Serialize};
use std::time::{Duration, Instant};

/// What became of a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum StepOutcome {
    /// Its turn has not come.
    Waiting,
    /// It is being asked.
    Running,
    /// As it should be.
    Passed { says: String },
    /// It works, with less.
    Limited { fault: FaultView },
    /// It does not work.
    Failed { fault: FaultView },
    /// What it stands on failed.
    NotRun { because: Step },
    /// It was not asked, for a reason.
    NotChecked { why: String },
}

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct StepView {
    /// Which step.
    pub step: Step,
    /// What is asked.
    pub title: String,
    /// What became of it.
    pub outcome: StepOutcome,
    /// Parts of the answer, a line each.
    pub details: Vec<String>,
    /// How long it took; none while it is not done.
    pub millis: Option<u32>,
}

impl StepView {
    /// A step whose turn has not come.
    #[must_use]
    pub fn waiting(step: Step) -> Self {
        Self {
            step,
            title: step.title().to_owned(),
            outcome: StepOutcome::Waiting,
            details: Vec::new(),
            millis: None,
        }
    }
}

/// The steps and where they are told.
pub(super) struct List<T> {
    steps: Vec<StepView>,
    slow: Duration,
    started: Instant,
    step_began: Instant,
    /// The step that ended the list before its end.
    ended: Option<Step>,
    tell: T,
}

impl<T: FnMut(&StepView)> List<T> {
    pub(super) fn new(slow: Duration, tell: T) -> Self {
        let now = Instant::now();
        Self {
            steps: Step::ALL.into_iter().map(StepView::waiting).collect(),
            slow,
            started: now,
            step_began: now,
            ended: None,
            tell,
        }
    }

    /// When the list was begun.
    pub(super) fn started(&self) -> Instant {
        self.started
    }

    pub(super) fn begin(&mut self, step: Step) {
        self.step_began = Instant::now();
        self.set(step, StepOutcome::Running, false);
    }

    /// An answer that took too long is a fault of its own.
    pub(super) fn pass(&mut self, step: Step, says: impl Into<String>) {
        let took = self.step_began.elapsed();
        let outcome = if took >= self.slow && step != Step::MarketData {
            StepOutcome::Limited {
                fault: FaultView::from(&Fault::SlowAnswers {
                    seconds: took.as_secs(),
                }),
            }
        } else {
            StepOutcome::Passed { says: says.into() }
        };
        self.set(step, outcome, true);
    }

    /// A fault on which nothing else stands, or which only limits. A connection that is gone ends
    /// the list, as [`List::fail`] does.
    pub(super) fn note(&mut self, step: Step, fault: Fault) -> Result<(), Stopped> {
        if fault == Fault::Lost {
            return self.fail(step, fault);
        }
        let view = FaultView::from(&fault);
        let outcome = match fault.weight() {
            Weight::Limits => StepOutcome::Limited { fault: view },
            Weight::Stops => StepOutcome::Failed { fault: view },
        };
        self.set(step, outcome, true);
        Ok(())
    }

    /// A fault that ends the list, always an error.
    pub(super) fn fail<R>(&mut self, step: Step, fault: Fault) -> Result<R, Stopped> {
        let fault = FaultView::from(&fault);
        self.set(step, StepOutcome::Failed { fault }, true);
        self.ended = Some(step);
        Err(Stopped)
    }

    pub(super) fn not_checked(&mut self, step: Step, why: &str) {
        let why = why.to_owned();
        self.set(step, StepOutcome::NotChecked { why }, false);
    }

    pub(super) fn details(&mut self, step: Step, lines: impl Iterator<Item = String>) {
        if let Some(line) = self.steps.iter_mut().find(|line| line.step == step) {
            line.details = lines.collect();
        }
    }

    fn set(&mut self, step: Step, outcome: StepOutcome, done: bool) {
        let millis = millis(self.step_began.elapsed());
        if let Some(line) = self.steps.iter_mut().find(|line| line.step == step) {
            line.outcome = outcome;
            line.millis = done.then_some(millis);
            (self.tell)(line);
        }
    }

    /// Says of what was not run why, and gives the list out.
    pub(super) fn close(mut self, found: Found) -> Checked {
        for step in Step::ALL {
            let waits = |line: &&StepView| matches!(line.outcome, StepOutcome::Waiting);
            if self.line(step).filter(waits).is_none() {
                continue;
            }
            if let Some(because) = self.failed_ground(step).or(self.ended) {
                self.set(step, StepOutcome::NotRun { because }, false);
            }
        }
        let usable = self.steps.iter().all(|line| {
            !matches!(
                line.outcome,
                StepOutcome::Failed { .. } | StepOutcome::NotRun { .. }
            )
        });
        Checked {
            usable,
            millis: millis(self.started.elapsed()),
            steps: self.steps,
            accounts: found.accounts,
            mode: found.mode,
            version: found.version,
        }
    }

    fn line(&self, step: Step) -> Option<&StepView> {
        self.steps.iter().find(|line| line.step == step)
    }

    /// The failed step that this one stands on, however far below.
    fn failed_ground(&self, step: Step) -> Option<Step> {
        let mut at = step.ground();
        while let Some(ground) = at {
            match &self.line(ground)?.outcome {
                StepOutcome::Failed { .. } => return Some(ground),
                StepOutcome::NotRun { because } => return Some(*because),
                _ => at = ground.ground(),
            }
        }
        None
    }
}

fn millis(took: Duration) -> u32 {
    u32::try_from(took.as_millis()).unwrap_or(u32::MAX)
}
