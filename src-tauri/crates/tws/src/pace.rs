//! Keeps what is sent under the gateway's 50 messages a second. Counted is what went out, at the
//! moment it did: a program that stood still has no turns left over from before. Deliberately not
//! here: how many requests for history the gateway takes.
//!
//! When the gateway counts a message is not known: it may have lain in a buffer. It was no earlier
//! than the sending and no later than an answer to it, or to a later message, as they are read in
//! the order in which they were sent. So a message counts here for a second after such an answer,
//! however long that took to come. While an answer is missing, the gateway may stand still with all
//! that was sent since then unread, and all of that counts; but not for ever. Only what has no
//! answer, behind nothing whose answer is missing, counts for a window after its sending that is
//! longer than a second by as much as messages may bunch.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::{Instant, sleep_until};

/// More than the second that the gateway counts in: what is sent evenly may arrive closer together.
const WINDOW: Duration = Duration::from_millis(1100);
/// The gateway's second after an answer, and a little for a clock that goes faster than ours.
const AFTER_ANSWER: Duration = Duration::from_millis(1010);
/// A gateway that has not answered for so long has read the message nevertheless.
const STALLED: Duration = Duration::from_secs(4);
/// So many go out beside those that wait for their turn: what is asked and said about orders.
const AHEAD: usize = 5;

/// A sliding window over what was sent last.
#[derive(Debug)]
pub struct Pace {
    most: usize,
    sent: Mutex<Sent>,
    /// Held by the first of those that wait for their turn; the others stand in line behind it.
    first: tokio::sync::Mutex<()>,
    /// Tells those that wait that there may be room sooner than they were told.
    sooner: Notify,
}

/// A message that may go out, to be named when its answer comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn(u64);

/// What still counts, in the order in which it was sent. Few enough to be looked through each time.
#[derive(Debug, Default)]
struct Sent {
    last: u64,
    counting: Vec<Counted>,
}

#[derive(Debug, Clone, Copy)]
struct Counted {
    turn: Turn,
    /// When it went out, or was still unread as far as is known.
    at: Instant,
    /// A second after the first answer that proves that it was read.
    proven: Option<Instant>,
    /// Whether its own answer is waited for.
    awaited: bool,
}

impl Pace {
    pub fn new(per_second: usize) -> Self {
        Self {
            most: per_second.max(1),
            sent: Mutex::default(),
            first: tokio::sync::Mutex::new(()),
            sooner: Notify::new(),
        }
    }

    /// Returns when one more request may go out, which has to be sent at once. First come, first
    /// served.
    pub async fn turn(&self) -> Turn {
        let _first = self.first.lock().await;
        self.room(self.most).await
    }

    /// The same ahead of all that wait for their turn. A share is kept free for it, so it seldom
    /// waits.
    pub async fn ahead(&self) -> Turn {
        self.room(self.most + AHEAD).await
    }

    /// Ahead while something of that share is free, else in turn: many cancels at once leave room
    /// for orders.
    pub async fn ahead_if_free(&self) -> Turn {
        match self.take(Instant::now(), self.most + AHEAD) {
            Ok(turn) => turn,
            Err(_) => self.turn().await,
        }
    }

    /// Counts a message that went out unasked.
    pub fn sent(&self) {
        let most = self.most + AHEAD;
        self.log().count(Instant::now(), most);
    }

    /// This message has gone out, and its answer will be told.
    pub fn awaits(&self, turn: Turn) {
        self.log().awaits(turn);
    }

    /// The gateway has answered this message, so it has counted it by now, and all before it.
    pub fn answered(&self, turn: Turn) {
        self.answered_at(turn, Instant::now());
    }

    fn answered_at(&self, turn: Turn, at: Instant) {
        if self.log().answered(turn, at) {
            self.sooner.notify_waiters();
        }
    }

    async fn room(&self, most: usize) -> Turn {
        loop {
            let sooner = self.sooner.notified();
            tokio::pin!(sooner);
            // An answer between the look and the waiting must not be missed.
            sooner.as_mut().enable();
            match self.take(Instant::now(), most) {
                Ok(turn) => return turn,
                Err(at) => tokio::select! {
                    () = sleep_until(at) => {}
                    () = sooner => {}
                },
            }
        }
    }

    /// Counts one more message that goes out now, or says until when there is no room for it.
    fn take(&self, now: Instant, most: usize) -> Result<Turn, Instant> {
        let mut sent = self.log();
        sent.forget(now);
        match sent.room_at(most) {
            Some(at) => Err(at),
            None => Ok(sent.count(now, self.most + AHEAD)),
        }
    }

    fn log(&self) -> std::sync::MutexGuard<'_, Sent> {
        self.sent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sent {
    /// The first message whose answer is missing.
    fn missing(&self) -> Option<Turn> {
        let missing = |one: &&Counted| one.awaited && one.proven.is_none();
        self.counting.iter().find(missing).map(|one| one.turn)
    }

    /// Until when each counts.
    fn untils(&self) -> impl Iterator<Item = Instant> {
        let missing = self.missing();
        self.counting.iter().map(move |one| {
            let may_be_unread = missing.is_some_and(|turn| turn.0 <= one.turn.0);
            let window = if may_be_unread { STALLED } else { WINDOW };
            one.proven.unwrap_or(one.at + window)
        })
    }

    fn forget(&mut self, now: Instant) {
        let over: Vec<bool> = self.untils().map(|until| until <= now).collect();
        let mut over = over.into_iter();
        self.counting.retain(|_| over.next() != Some(true));
    }

    /// When fewer than so many count; `None` when that is now.
    fn room_at(&self, most: usize) -> Option<Instant> {
        let over = self.counting.len().checked_sub(most)?;
        let mut until: Vec<Instant> = self.untils().collect();
        until.sort_unstable();
        until.get(over).copied()
    }

    fn count(&mut self, at: Instant, most: usize) -> Turn {
        self.last += 1;
        let turn = Turn(self.last);
        self.counting.push(Counted {
            turn,
            at,
            proven: None,
            awaited: false,
        });
        // Nobody looks further back than that.
        if self.counting.len() > most {
            let first = self.untils().enumerate().min_by_key(|(_, until)| *until);
            let first = first.map_or(0, |(place, _)| place);
            self.counting.remove(first);
        }
        turn
    }

    fn awaits(&mut self, turn: Turn) {
        if let Some(one) = self.counting.iter_mut().find(|one| one.turn == turn) {
            one.awaited = true;
        }
    }

    /// Whether that makes room sooner.
    fn answered(&mut self, turn: Turn, at: Instant) -> bool {
        let before: Vec<Instant> = self.untils().collect();
        let held = self.missing() == Some(turn);
        for one in &mut self.counting {
            if one.turn.0 <= turn.0 {
                // Those before it may have been on their way to the wire for a little longer.
                let is_own = one.turn == turn;
                let until = at + if is_own { AFTER_ANSWER } else { WINDOW };
                one.proven = Some(one.proven.map_or(until, |earlier| earlier.min(until)));
            } else if held {
                // It may have been read only now.
                one.at = one.at.max(at);
            }
        }
        self.untils().zip(before).any(|(now, before)| now < before)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::FutureExt;
    use proptest::prelude::*;

    /// The gateway's own second.
    const SECOND: Duration = Duration::from_secs(1);
    /// How late a message may reach the gateway; one that is not is on time.
    const LATE: u64 = 100;

    fn ms(count: u64) -> Duration {
        Duration::from_millis(count)
    }

    /// What happens to one message after another, round and round: how many milliseconds late it
    /// reaches the gateway, and how many later it is answered, if ever; one that will be is awaited.
    type Ways = [(u64, Option<u64>)];

    const PUNCTUAL: &Ways = &[(0, None)];

    /// A message: when it went out, when the gateway counted it, and when its answer comes.
    #[derive(Debug, Clone, Copy)]
    struct Message {
        turn: Turn,
        sent: Instant,
        counted: Instant,
        answer: Option<Instant>,
    }

    /// The requests of a stalling program: at each step so many ask for a turn and so many go
    /// ahead, then it stands still for so many milliseconds. No message overtakes another.
    fn messages(pace: &Pace, steps: &[(usize, usize, u64)], ways: &Ways) -> Vec<Message> {
        let mut now = Instant::now();
        let mut messages: Vec<Message> = Vec::new();
        let send = |messages: &mut Vec<Message>, now: Instant, turn: Turn| {
            let (late, answer) = ways[messages.len() % ways.len()];
            let before = messages.last().map_or(now, |last| last.counted);
            let counted = before.max(now + ms(late));
            let answer = answer.map(|after| counted + ms(after));
            if answer.is_some() {
                pace.awaits(turn);
            }
            messages.push(Message {
                turn,
                sent: now,
                counted,
                answer,
            });
        };
        let (mut turns, mut ahead) = (0, 0);
        let idle = std::iter::repeat(&(0, 0, 10));
        let all = steps.iter().map(|step| step.0 + step.1).sum();
        for (more_turns, more_ahead, stall) in steps.iter().chain(idle) {
            for message in &mut messages {
                // A program that stands still reads an answer late.
                if let Some(answer) = message.answer.take_if(|answer| *answer <= now) {
                    assert!(answer >= message.counted);
                    pace.answered_at(message.turn, now);
                }
            }
            turns += more_turns;
            ahead += more_ahead;
            while ahead > 0
                && let Ok(turn) = pace.take(now, pace.most + AHEAD)
            {
                ahead -= 1;
                send(&mut messages, now, turn);
            }
            while turns > 0
                && let Ok(turn) = pace.take(now, pace.most)
            {
                turns -= 1;
                send(&mut messages, now, turn);
            }
            now += ms(*stall);
            if turns + ahead == 0 && messages.len() >= all {
                break;
            }
        }
        messages
    }

    fn most_in_a_second(messages: &[Message]) -> usize {
        let within = |from: &Message| {
            let until = from.counted + SECOND;
            messages
                .iter()
                .filter(|one| one.counted >= from.counted && one.counted <= until)
                .count()
        };
        messages.iter().map(within).max().unwrap_or(0)
    }

    fn took(messages: &[Message]) -> Duration {
        let ends = messages.last().zip(messages.first());
        ends.map(|(last, first)| last.sent - first.sent)
            .unwrap_or_default()
    }

    #[test]
    fn a_program_that_stood_still_makes_up_for_nothing() {
        // With turns reckoned ahead, those that a stall made late go out with those after it.
        let steps = [(90, 0, 900), (90, 0, 900), (90, 0, 1900)];
        let sent = messages(&Pace::new(45), &steps, PUNCTUAL);
        assert_eq!(sent.len(), 270);
        assert!(most_in_a_second(&sent) <= 45, "{}", most_in_a_second(&sent));
    }

    #[test]
    fn what_goes_ahead_does_not_wait_for_the_turns_of_others_and_counts_among_them() {
        let pace = Pace::new(45);
        let now = Instant::now();
        while pace.take(now, 45).is_ok() {}
        for _ in 0..AHEAD {
            assert!(pace.take(now, 45 + AHEAD).is_ok());
        }
        assert_eq!(pace.take(now, 45 + AHEAD), Err(now + WINDOW));
        assert!(pace.take(now + WINDOW, 45).is_ok());
    }

    #[test]
    fn a_pause_gives_the_whole_share_back() {
        let pace = Pace::new(2);
        let now = Instant::now();
        assert!(pace.take(now, 2).is_ok());
        assert!(pace.take(now, 2).is_ok());
        assert_eq!(pace.take(now, 2), Err(now + WINDOW));
        let later = now + WINDOW;
        assert!(pace.take(later, 2).is_ok());
        assert!(pace.take(later, 2).is_ok());
    }

    #[test]
    fn an_answer_gives_its_place_back_a_second_later() {
        let pace = Pace::new(3);
        let now = Instant::now();
        let turns: Vec<Turn> = (0..3).map(|_| pace.take(now, 3).unwrap()).collect();
        pace.answered_at(turns[2], now + ms(5));
        pace.answered_at(turns[1], now + ms(400));
        assert_eq!(pace.take(now + ms(500), 3), Err(now + ms(5) + AFTER_ANSWER));
        assert!(pace.take(now + ms(5) + AFTER_ANSWER, 3).is_ok());
        assert_eq!(
            pace.take(now + ms(1050), 3),
            Err(now + ms(5) + WINDOW),
            "those before it a little longer"
        );
        assert!(pace.take(now + ms(5) + WINDOW, 3).is_ok());
        assert!(pace.take(now + ms(5) + WINDOW, 3).is_ok());
        // Long forgotten.
        pace.answered_at(turns[0], now + ms(5) + WINDOW);
        assert!(pace.take(now + ms(5) + WINDOW, 3).is_err());
    }

    #[test]
    fn what_was_sent_behind_a_missing_answer_counts_until_it_comes_but_not_for_ever() {
        let pace = Pace::new(2);
        let now = Instant::now();
        let asked = pace.take(now, 2).unwrap();
        pace.awaits(asked);
        pace.take(now, 2).unwrap();
        assert_eq!(pace.take(now + WINDOW, 2), Err(now + STALLED));
        pace.answered_at(asked, now + ms(2000));
        // What was sent behind it may have been read after it.
        assert_eq!(
            pace.take(now + ms(2000), 2),
            Err(now + ms(2000) + AFTER_ANSWER)
        );
        assert_eq!(pace.take(now + ms(2000), 1), Err(now + ms(2000) + WINDOW));
        let pace = Pace::new(1);
        pace.awaits(pace.take(now, 1).unwrap());
        assert!(pace.take(now + STALLED, 1).is_ok());
    }

    #[test]
    fn an_answer_shows_that_all_before_it_was_read() {
        let pace = Pace::new(3);
        let now = Instant::now();
        let turns: Vec<Turn> = (0..3).map(|_| pace.take(now, 3).unwrap()).collect();
        turns.iter().for_each(|turn| pace.awaits(*turn));
        pace.answered_at(turns[2], now + ms(500));
        assert_eq!(
            pace.take(now + ms(500), 3),
            Err(now + ms(500) + AFTER_ANSWER)
        );
        assert!(pace.take(now + ms(500) + WINDOW, 3).is_ok());
        assert!(pace.take(now + ms(500) + WINDOW, 3).is_ok());
    }

    #[tokio::test]
    async fn who_waits_for_a_turn_hears_of_an_answer() {
        let pace = Pace::new(1);
        let first = pace.turn().await;
        let waits = pace.turn();
        tokio::pin!(waits);
        assert!(waits.as_mut().now_or_never().is_none());
        pace.answered_at(first, Instant::now() - AFTER_ANSWER);
        assert!(waits.as_mut().now_or_never().is_some());
    }

    fn ways() -> impl Strategy<Value = Vec<(u64, Option<u64>)>> {
        prop::collection::vec((0..LATE, prop::option::of(0..1300u64)), 1..60)
    }

    proptest! {
        #[test]
        fn whatever_stalls_or_bunches_no_second_holds_more_than_its_share(
            steps in prop::collection::vec((0..80usize, 0..20usize, 0..1500u64), 1..12),
            ways in ways()
        ) {
            let sent = messages(&Pace::new(44), &steps, &ways);
            prop_assert!(most_in_a_second(&sent) <= 49, "{}", most_in_a_second(&sent));
        }

        #[test]
        fn a_gateway_that_stood_still_finds_no_second_s_worth_too_many(
            steps in prop::collection::vec((0..80usize, 0..20usize, 0..1500u64), 1..12),
            ways in prop::collection::vec((0..3000u64, (0..20u64).prop_map(Some)), 1..60)
        ) {
            let sent = messages(&Pace::new(44), &steps, &ways);
            prop_assert!(most_in_a_second(&sent) <= 49, "{}", most_in_a_second(&sent));
        }

        #[test]
        fn a_turn_comes_to_all_that_wait(count in 0..300usize) {
            let sent = messages(&Pace::new(44), &[(count, 0, 0)], PUNCTUAL);
            prop_assert_eq!(sent.len(), count);
            let windows = u32::try_from(count.saturating_sub(1) / 44).unwrap();
            prop_assert_eq!(took(&sent), WINDOW * windows);
        }

        #[test]
        fn at_a_gateway_that_answers_at_once_it_comes_almost_as_soon_as_the_rule_allows(
            count in 0..300usize
        ) {
            let sent = messages(&Pace::new(44), &[(count, 0, 0)], &[(0, Some(5))]);
            prop_assert_eq!(sent.len(), count);
            let windows = u32::try_from(count.saturating_sub(1) / 44).unwrap();
            // An answer is looked at in steps of ten.
            prop_assert!(took(&sent) <= (AFTER_ANSWER + ms(10)) * windows);
        }
    }
}
