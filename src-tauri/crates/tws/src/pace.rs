//! Keeps requests under the gateway's 50 messages a second. Orders and single cancels do not
//! wait here: the share that is left free is theirs. Many cancels at once do.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::time::{Instant, sleep_until};

const WINDOW: Duration = Duration::from_secs(1);

/// A sliding window over the last second.
#[derive(Debug)]
pub struct Pace {
    most: usize,
    due: Mutex<VecDeque<Instant>>,
}

impl Pace {
    pub fn new(per_second: usize) -> Self {
        Self {
            most: per_second.max(1),
            due: Mutex::new(VecDeque::new()),
        }
    }

    /// Returns when one more request may go out.
    pub async fn turn(&self) {
        let at = self.reserve(Instant::now());
        sleep_until(at).await;
    }

    /// Takes a turn only if one is free now.
    pub fn free(&self) -> bool {
        let now = Instant::now();
        let mut due = self.due.lock().unwrap_or_else(PoisonError::into_inner);
        let earlier = due.len().checked_sub(self.most).and_then(|i| due.get(i));
        if earlier.is_some_and(|earlier| *earlier + WINDOW > now) {
            return false;
        }
        due.push_back(now);
        while due.len() > self.most {
            due.pop_front();
        }
        true
    }

    /// The moment at which one more request may go out; it is taken for it.
    pub fn reserve(&self, now: Instant) -> Instant {
        let mut due = self.due.lock().unwrap_or_else(PoisonError::into_inner);
        let at = match due.len().checked_sub(self.most).and_then(|i| due.get(i)) {
            Some(earlier) => (*earlier + WINDOW).max(now),
            None => now,
        };
        due.push_back(at);
        while due.len() > self.most {
            due.pop_front();
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_second_holds_more_than_its_share() {
        let pace = Pace::new(45);
        let now = Instant::now();
        let due: Vec<_> = (0..200).map(|_| pace.reserve(now)).collect();
        assert!(due[..45].iter().all(|at| *at == now));
        for (i, at) in due.iter().enumerate().skip(45) {
            assert!(*at - due[i - 45] >= WINDOW, "request {i}");
        }
    }

    #[test]
    fn a_pause_gives_the_whole_share_back() {
        let pace = Pace::new(2);
        let now = Instant::now();
        pace.reserve(now);
        pace.reserve(now);
        let later = now + WINDOW;
        assert_eq!(pace.reserve(later), later);
    }
}
