//! Which options of a chain have a line of market data: as many as there is room for keep one, the
//! rest take turns with a few, so that every option on the screen has a price and no request is
//! made that the gateway would refuse. Positions, tickets and lists come first.

use crate::view::LinesView;
use gatehouse_domain::id::ConId;
use gatehouse_domain::instant::UnixMillis;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// Lines that a login has without buying more (TWS API: market data lines).
pub(super) const LINES: usize = 100;
/// Left free for what comes without warning, a ticket or a new position, where not every option has
/// a line anyway. One that has none must take turns, at the price of two requests each time; one
/// that makes room does it once.
const SPARE: usize = 4;
/// How many lines are shared in turn, at most.
const TURNS: usize = 12;
/// How long a line waits for a quote before its turn is over.
const TURN: Duration = Duration::from_secs(2);
/// How many turns end in one beat: each costs two requests of the 50 a second.
const TURNS_A_BEAT: usize = 1;
/// The same while some have not been shown at all: nearly all that the gateway takes.
const FIRST_TURNS_A_BEAT: usize = 2;

/// After a refusal those of other requests that were under way may still come.
const SETTLES: Duration = Duration::from_secs(3);
/// Until all lines are tried again: what else took them may be gone.
const AGAIN: Duration = Duration::from_secs(120);

/// The lines of the options on the screen.
#[derive(Debug)]
pub(super) struct Lines {
    budget: usize,
    /// When the gateway had fewer than the budget.
    lowered: Option<UnixMillis>,
    /// What the page shows, most wanted first.
    wanted: Vec<ConId>,
    /// How many of them, from the first on, keep their line.
    steady: usize,
    /// Since when each line is open.
    open: BTreeMap<ConId, UnixMillis>,
    /// When the last turn of an option ended.
    had_turn: BTreeMap<ConId, UnixMillis>,
}

/// What changes: lines to open and to close.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Moves {
    pub(super) open: Vec<ConId>,
    pub(super) close: Vec<ConId>,
}

impl Default for Lines {
    fn default() -> Self {
        Self {
            budget: LINES,
            lowered: None,
            wanted: Vec::new(),
            steady: 0,
            open: BTreeMap::new(),
            had_turn: BTreeMap::new(),
        }
    }
}

impl Lines {
    /// Whether it holds a line of this option.
    pub(super) fn holds(&self, con_id: ConId) -> bool {
        self.open.contains_key(&con_id)
    }

    /// Whether one more than these fits without taking what is left free.
    pub(super) fn has_room_beside(&self, open: usize) -> bool {
        open + SPARE < self.budget
    }

    /// Whether there is nothing to share out.
    pub(super) fn is_idle(&self) -> bool {
        self.wanted.is_empty() && self.open.is_empty()
    }

    /// What the page shows from now on, most wanted first.
    pub(super) fn show(&mut self, wanted: Vec<ConId>) {
        let mut seen = BTreeSet::new();
        self.wanted = wanted.into_iter().filter(|c| seen.insert(*c)).collect();
        self.had_turn.retain(|con_id, _| seen.contains(con_id));
    }

    /// The gateway refused a line for want of room while so many were open.
    pub(super) fn refused_at(&mut self, open: usize, now: UnixMillis) {
        if self.lowered.is_some_and(|at| now.since(at) < SETTLES) {
            return;
        }
        self.budget = self.budget.min(open.saturating_sub(SPARE)).max(SPARE);
        self.lowered = Some(now);
    }

    /// Shares the lines out anew. `others` are held by everything else; `answered` tells whether
    /// an option's line has brought a quote since this moment.
    pub(super) fn plan(
        &mut self,
        others: usize,
        now: UnixMillis,
        answered: impl Fn(ConId, UnixMillis) -> bool,
    ) -> Moves {
        if self.lowered.is_some_and(|at| now.since(at) >= AGAIN) {
            self.lowered = None;
            self.budget = LINES;
        }
        let free = self.budget.saturating_sub(others);
        let (room, turns) = if self.wanted.len() <= free {
            (free, 0)
        } else {
            let room = free.saturating_sub(SPARE);
            (room, TURNS.min(room))
        };
        self.steady = self.wanted.len().min(room - turns);
        let (steady, rest) = self.wanted.split_at(self.steady);
        let mut kept: BTreeSet<ConId> = steady.iter().copied().collect();

        let (mut turning, mut waiting): (Vec<ConId>, Vec<ConId>) = rest
            .iter()
            .partition(|con_id| self.open.contains_key(con_id));
        // Of those that were never shown the most wanted is first: sorting keeps their order.
        waiting.sort_by_key(|con_id| self.had_turn.get(con_id).copied());
        turning.sort_by_key(|con_id| self.open.get(con_id).copied());
        let never_shown = waiting
            .iter()
            .filter(|con_id| !self.had_turn.contains_key(con_id))
            .count();
        let may_end = never_shown
            .clamp(TURNS_A_BEAT, FIRST_TURNS_A_BEAT)
            .min(waiting.len());
        let mut ended = 0;
        turning.retain(|con_id| {
            let since = self.open[con_id];
            let over = now.since(since) >= TURN || answered(*con_id, since);
            let ends = over && ended < may_end;
            ended += usize::from(ends);
            !ends
        });
        turning.truncate(turns);
        waiting.truncate(turns - turning.len());
        kept.extend(turning);
        kept.extend(waiting);

        let close: Vec<ConId> = self
            .open
            .keys()
            .filter(|c| !kept.contains(c))
            .copied()
            .collect();
        for con_id in &close {
            self.open.remove(con_id);
            self.had_turn.insert(*con_id, now);
        }
        let open: Vec<ConId> = self
            .wanted
            .iter()
            .filter(|c| kept.contains(*c) && !self.open.contains_key(*c))
            .copied()
            .collect();
        self.open.extend(open.iter().map(|con_id| (*con_id, now)));
        Moves { open, close }
    }

    pub(super) fn view(&self, others: usize) -> LinesView {
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        LinesView {
            budget: count(self.budget),
            others: count(others),
            steady: count(self.steady),
            in_turn: count(self.open.len().saturating_sub(self.steady)),
            taking_turns: count(self.wanted.len() - self.steady),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn id(n: i32) -> ConId {
        ConId::new(n + 1).unwrap()
    }

    fn ids(count: i32) -> Vec<ConId> {
        (0..count).map(id).collect()
    }

    const START: UnixMillis = UnixMillis(1_000_000);

    fn beat(n: u64) -> UnixMillis {
        START.plus(Duration::from_millis(100 * n))
    }

    #[test]
    fn what_fits_keeps_its_line() {
        let mut lines = Lines::default();
        lines.show(ids(60));
        let moves = lines.plan(20, START, |_, _| true);
        assert_eq!((moves.open, moves.close), (ids(60), vec![]));
        for n in 1..50 {
            assert_eq!(lines.plan(20, beat(n), |_, _| true), Moves::default());
        }
    }

    #[test]
    fn what_is_left_free_is_used_before_any_option_has_to_take_turns() {
        let mut lines = Lines::default();
        lines.show(ids(80));
        let moves = lines.plan(20, START, |_, _| true);
        assert_eq!((moves.open, moves.close), (ids(80), vec![]));
        // A ticket opens: there is one line too few, so what is left free is left free again.
        let moves = lines.plan(21, beat(1), |_, _| true);
        assert_eq!((moves.open.len(), moves.close.len()), (0, 5));
        assert_eq!(lines.open.len() + 21 + SPARE, LINES);
    }

    #[test]
    fn what_is_nearest_keeps_its_line_and_everything_else_gets_its_turn() {
        let mut lines = Lines::default();
        lines.show(ids(160));
        let mut seen: BTreeSet<ConId> = lines
            .plan(20, START, |_, _| true)
            .open
            .into_iter()
            .collect();
        assert_eq!(seen.len(), 76);
        let mut turn = |n| {
            let moves = lines.plan(20, beat(n), |_, _| true);
            assert!(
                moves.close.iter().all(|c| *c >= id(64)),
                "the nearest keep theirs"
            );
            seen.extend(&moves.open);
            moves.open.len()
        };
        for n in 1..=42 {
            assert_eq!(turn(n), FIRST_TURNS_A_BEAT);
        }
        assert_eq!(turn(43), TURNS_A_BEAT, "then there is no hurry");
        assert_eq!(seen.len(), 160, "all were shown within five seconds");
    }

    #[test]
    fn a_line_that_brings_nothing_makes_room_after_its_time() {
        let mut lines = Lines::default();
        lines.show(ids(160));
        lines.plan(20, START, |_, _| false);
        assert_eq!(lines.plan(20, beat(19), |_, _| false), Moves::default());
        let moves = lines.plan(20, beat(20), |_, _| false);
        assert_eq!(moves.close.len(), FIRST_TURNS_A_BEAT);
    }

    #[test]
    fn positions_come_first_and_a_refused_line_is_learned_from() {
        let mut lines = Lines::default();
        lines.show(ids(60));
        lines.plan(20, START, |_, _| true);
        let moves = lines.plan(90, beat(1), |_, _| true);
        assert_eq!(moves.close.len(), 54);
        lines.refused_at(50, beat(2));
        lines.plan(10, beat(2), |_, _| true);
        assert!(lines.open.len() + 10 + SPARE <= 46);
    }

    #[test]
    fn many_refusals_at_once_are_one_lesson_and_none_is_for_good() {
        let mut lines = Lines::default();
        lines.show(ids(80));
        lines.plan(10, START, |_, _| true);
        for n in 1..=20 {
            lines.refused_at(lines.open.len() + 10, beat(n));
            lines.plan(10, beat(n), |_, _| true);
        }
        assert_eq!(lines.open.len(), 72);
        lines.plan(10, beat(1).plus(AGAIN), |_, _| true);
        assert_eq!(lines.open.len(), 80);
    }

    #[test]
    fn leaving_the_chain_closes_every_line_of_it() {
        let mut lines = Lines::default();
        lines.show(ids(30));
        lines.plan(0, START, |_, _| true);
        lines.show(Vec::new());
        assert_eq!(lines.plan(0, beat(1), |_, _| true).close, ids(30));
        assert!(lines.is_idle());
    }

    proptest! {
        #[test]
        fn never_more_lines_than_there_are_and_what_is_said_is_what_is_open(
            steps in prop::collection::vec((0..200i32, 0..110usize, any::<bool>()), 1..40)
        ) {
            let mut lines = Lines::default();
            let mut open: BTreeSet<ConId> = BTreeSet::new();
            for (n, (shown, others, answers)) in (0u64..).zip(steps) {
                lines.show((0..shown).map(|i| id((i * 7) % 200)).collect());
                let moves = lines.plan(others, beat(n), |_, _| answers);
                for con_id in moves.close {
                    prop_assert!(open.remove(&con_id), "closed without being open");
                }
                for con_id in moves.open {
                    prop_assert!(open.insert(con_id), "opened twice");
                }
                let all = usize::try_from(shown).unwrap();
                let spare = if open.len() < all { SPARE } else { 0 };
                prop_assert!(open.is_empty() || open.len() + others + spare <= LINES);
                prop_assert!(open.iter().all(|c| lines.holds(*c)));
            }
        }
    }
}
