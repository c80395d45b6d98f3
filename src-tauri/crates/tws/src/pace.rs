//! Keeps what is sent under the gateway's 50 messages a second. Counted is what went out, at the
//! moment it did: a program that stood still has no turns left over from before. Deliberately not
//! here: how many requests for history the gateway takes.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::time::{Instant, sleep_until};

/// More than the second that the gateway counts in: what is sent evenly may arrive closer together.
const WINDOW: Duration = Duration::from_millis(1100);
/// So many go out beside those that wait for their turn: what is asked and said about orders.
const AHEAD: usize = 5;

/// A sliding window over what was sent last.
#[derive(Debug)]
pub struct Pace {
    most: usize,
    sent: Mutex<VecDeque<Instant>>,
    /// Held by the first of those that wait for their turn; the others stand in line behind it.
    first: tokio::sync::Mutex<()>,
}

impl Pace {
    pub fn new(per_second: usize) -> Self {
        Self {
            most: per_second.max(1),
            sent: Mutex::new(VecDeque::new()),
            first: tokio::sync::Mutex::new(()),
        }
    }

    /// Returns when one more request may go out, which has to be sent at once. First come, first
    /// served.
    pub async fn turn(&self) {
        let _first = self.first.lock().await;
        self.room(self.most).await;
    }

    /// The same ahead of all that wait for their turn. A share is kept free for it, so it seldom
    /// waits.
    pub async fn ahead(&self) {
        self.room(self.most + AHEAD).await;
    }

    /// Ahead while something of that share is free, else in turn: many cancels at once leave room
    /// for orders.
    pub async fn ahead_if_free(&self) {
        if self.take(Instant::now(), self.most + AHEAD).is_err() {
            self.turn().await;
        }
    }

    /// Counts a message that went out unasked.
    pub fn sent(&self) {
        self.count(&mut self.log(), Instant::now());
    }

    async fn room(&self, most: usize) {
        while let Err(at) = self.take(Instant::now(), most) {
            sleep_until(at).await;
        }
    }

    /// Counts one more message that goes out now, or says until when there is no room for it.
    fn take(&self, now: Instant, most: usize) -> Result<(), Instant> {
        let mut sent = self.log();
        while sent.front().is_some_and(|at| *at + WINDOW <= now) {
            sent.pop_front();
        }
        let earlier = sent.len().checked_sub(most).and_then(|i| sent.get(i));
        if let Some(earlier) = earlier {
            return Err(*earlier + WINDOW);
        }
        self.count(&mut sent, now);
        Ok(())
    }

    fn count(&self, sent: &mut VecDeque<Instant>, now: Instant) {
        sent.push_back(now);
        // Nobody looks further back than that.
        while sent.len() > self.most + AHEAD {
            sent.pop_front();
        }
    }

    fn log(&self) -> std::sync::MutexGuard<'_, VecDeque<Instant>> {
        self.sent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The gateway's own second.
    const SECOND: Duration = Duration::from_secs(1);

    /// When the requests of a stalling program went out: at each step so many ask for a turn and
    /// so many go ahead, then it stands still for so many milliseconds.
    fn sent_moments(pace: &Pace, steps: &[(usize, usize, u64)]) -> Vec<Instant> {
        let mut now = Instant::now();
        let mut sent = Vec::new();
        let (mut turns, mut ahead) = (0, 0);
        let idle = std::iter::repeat(&(0, 0, 50));
        for (more_turns, more_ahead, stall) in steps.iter().chain(idle) {
            turns += more_turns;
            ahead += more_ahead;
            while ahead > 0 && pace.take(now, pace.most + AHEAD).is_ok() {
                ahead -= 1;
                sent.push(now);
            }
            while turns > 0 && pace.take(now, pace.most).is_ok() {
                turns -= 1;
                sent.push(now);
            }
            now += Duration::from_millis(*stall);
            if turns + ahead == 0 && sent.len() >= steps.iter().map(|s| s.0 + s.1).sum() {
                break;
            }
        }
        sent
    }

    fn most_in_a_second(sent: &[Instant]) -> usize {
        let within = |from: &Instant| {
            let until = *from + SECOND;
            sent.iter()
                .filter(|at| *at >= from && **at <= until)
                .count()
        };
        sent.iter().map(within).max().unwrap_or(0)
    }

    #[test]
    fn a_program_that_stood_still_makes_up_for_nothing() {
        // With turns reckoned ahead, those that a stall made late go out with those after it.
        let sent = sent_moments(&Pace::new(45), &[(90, 0, 900), (90, 0, 900), (90, 0, 1900)]);
        assert_eq!(sent.len(), 270);
        assert!(most_in_a_second(&sent) <= 45, "{}", most_in_a_second(&sent));
    }

    #[test]
    fn what_goes_ahead_does_not_wait_for_the_turns_of_others_and_counts_among_them() {
        let pace = Pace::new(45);
        let now = Instant::now();
        while pace.take(now, 45).is_ok() {}
        for _ in 0..AHEAD {
            assert_eq!(pace.take(now, 45 + AHEAD), Ok(()));
        }
        assert_eq!(pace.take(now, 45 + AHEAD), Err(now + WINDOW));
        assert_eq!(pace.take(now + WINDOW, 45), Ok(()));
    }

    #[test]
    fn a_pause_gives_the_whole_share_back() {
        let pace = Pace::new(2);
        let now = Instant::now();
        assert_eq!(pace.take(now, 2), Ok(()));
        assert_eq!(pace.take(now, 2), Ok(()));
        assert_eq!(pace.take(now, 2), Err(now + WINDOW));
        let later = now + WINDOW;
        assert_eq!(pace.take(later, 2), Ok(()));
        assert_eq!(pace.take(later, 2), Ok(()));
    }

    proptest! {
        #[test]
        fn whatever_stalls_no_second_holds_more_than_its_share(
            steps in prop::collection::vec((0..80usize, 0..20usize, 0..1500u64), 1..12)
        ) {
            let sent = sent_moments(&Pace::new(44), &steps);
            prop_assert!(most_in_a_second(&sent) <= 49, "{}", most_in_a_second(&sent));
        }

        #[test]
        fn a_turn_comes_to_all_that_wait(count in 0..300usize) {
            let sent = sent_moments(&Pace::new(44), &[(count, 0, 0)]);
            prop_assert_eq!(sent.len(), count);
            let took = sent.last().zip(sent.first()).map(|(last, first)| *last - *first);
            let windows = u32::try_from(count.saturating_sub(1) / 44).unwrap();
            prop_assert_eq!(took.unwrap_or_default(), WINDOW * windows);
        }
    }
}
