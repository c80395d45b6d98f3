//! The stop: everything is cancelled and nothing goes out until a person lifts it, over
//! restarts too. It lies in the journal, and in each run's beginning again until it is lifted.

use super::Desk;
use crate::effect::{Answer, AskId, Awaited, Effect};
use crate::record::{Entry, Record};
use crate::view::{CancelOutcome, CancelScope, Tone, TradingView};
use gatehouse_domain::instant::UnixMillis;

impl Desk {
    /// Stops trading. It holds from this moment, even while its record has to wait for the disk.
    pub(super) fn stop_trading(&mut self, id: AskId, now: UnixMillis) -> Vec<Effect> {
        let first = self.stopped.is_none();
        let since = *self.stopped.get_or_insert(now);
        self.page.trading = true;
        self.page.link = true;
        // Cancels before anything else; orders of other programs too, because a person who stops
        // everything means everything.
        let everything = CancelScope::Everything { others_too: true };
        let reachable = self.is_connected() && self.unexpected().is_none();
        let mut effects = if reachable {
            self.cancel_many(id, &everything, now)
        } else {
            vec![Effect::Answer {
                id,
                answer: Ok(Answer::CancelMany(CancelOutcome {
                    asked: 0,
                    waiting: 0,
                    under_way: 0,
                    elsewhere: 0,
                    reached: false,
                    says: NOT_CANCELLED.to_owned(),
                })),
            }]
        };
        if first {
            let text = if reachable {
                "Trading is stopped: no order goes out until a person lifts it.".to_owned()
            } else {
                format!("Trading is stopped: no order goes out. {NOT_CANCELLED}")
            };
            self.tell(now, Tone::Alarm, &text, None);
            let record = self.record(now, None, None, Entry::TradingStopped { since });
            effects.extend(self.note(vec![record]));
            effects.extend(self.disarm("Trading was stopped.", now));
        }
        effects
    }

    /// A person lifts the stop. It is lifted only once that is on disk.
    pub(super) fn resume_trading(&mut self, id: AskId, now: UnixMillis) -> Vec<Effect> {
        let done = Effect::Answer {
            id,
            answer: Ok(Answer::Done),
        };
        let Some(since) = self.stopped.take() else {
            return vec![done];
        };
        self.page.trading = true;
        self.page.link = true;
        let record = self.record(now, None, None, Entry::TradingResumed);
        vec![self.commit(vec![record], vec![done], Awaited::Resumed { id, since })]
    }

    /// Lifting it could not be written, so it stays.
    pub(super) fn stays_stopped(&mut self, since: UnixMillis) {
        self.stopped = Some(since);
        self.page.trading = true;
        self.page.link = true;
    }

    pub(super) fn restore_stop(&mut self, record: &Record) {
        match record.entry {
            Entry::TradingStopped { since } => self.stopped = Some(since),
            Entry::TradingResumed => self.stopped = None,
            _ => {}
        }
    }

    /// What a new run writes when it finds trading stopped, so that it never lies too far back.
    pub(crate) fn still_stopped(&self, now: UnixMillis) -> Option<Record> {
        let since = self.stopped?;
        Some(self.record(now, None, None, Entry::TradingStopped { since }))
    }

    pub(super) fn trading_view(&self) -> TradingView {
        TradingView {
            stopped_since: self.stopped.map(Into::into),
        }
    }
}

const NOT_CANCELLED: &str = "There is no link to the gateway, or not with the expected login, so nothing could be cancelled: \
    orders that stand at the broker may still fill. Cancel them in TWS, IBKR Mobile or by \
    telephone, or stop again once the link is back.";
