//! How the link did lately: how fast the gateway answers, and when it was not there. The gaps of
//! earlier runs come from the journal; nothing else is kept.

use crate::record::{Entry, Record};
use crate::view::{GapView, LinkHistoryView, PingView};
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::restart::NightlyRestart;
use std::collections::VecDeque;
use std::time::Duration;

/// An hour, at one answer every half a minute.
const PINGS: usize = 120;
const GAPS: usize = 50;
const DAY: Duration = Duration::from_secs(24 * 3600);

#[derive(Debug, Clone)]
struct Gap {
    from: UnixMillis,
    until: Option<UnixMillis>,
    why: String,
    restart: bool,
    closed: bool,
}

/// What is remembered of the link, oldest first.
#[derive(Debug, Default)]
pub(super) struct Quality {
    pings: VecDeque<PingView>,
    gaps: VecDeque<Gap>,
}

impl Quality {
    pub(super) fn answered(&mut self, took: Duration, now: UnixMillis) {
        if self.pings.len() == PINGS {
            self.pings.pop_front();
        }
        self.pings.push_back(PingView {
            at: now.into(),
            took: u32::try_from(took.as_millis()).unwrap_or(u32::MAX),
        });
    }

    /// A gap begins, unless one is open.
    pub(super) fn lost(&mut self, now: UnixMillis, why: &str, restart: bool) {
        if self.open().is_some() {
            return;
        }
        if self.gaps.len() == GAPS {
            self.gaps.pop_front();
        }
        self.gaps.push_back(Gap {
            from: now,
            until: None,
            why: why.to_owned(),
            restart,
            closed: false,
        });
    }

    /// It is over.
    pub(super) fn back(&mut self, now: UnixMillis) {
        if let Some(gap) = self.open() {
            gap.until = Some(now);
        }
    }

    fn open(&mut self) -> Option<&mut Gap> {
        let last = self.gaps.back_mut();
        last.filter(|gap| gap.until.is_none() && !gap.closed)
    }

    /// Takes up a record of an earlier run, oldest first.
    pub(super) fn restore(&mut self, record: &Record, restart: Option<&NightlyRestart>) {
        let nightly = || restart.is_some_and(|restart| restart.under_way(record.at).is_some());
        match &record.entry {
            Entry::LinkDown { why } => self.lost(record.at, why, nightly()),
            Entry::LinkUp { .. } => self.back(record.at),
            Entry::Started { .. } => self.closed(),
            _ => {}
        }
    }

    /// The program ended in the gap.
    pub(super) fn closed(&mut self) {
        if let Some(gap) = self.open() {
            gap.closed = true;
        }
    }

    pub(super) fn view(&self, now: UnixMillis) -> LinkHistoryView {
        let mut took: Vec<u32> = self.pings.iter().map(|ping| ping.took).collect();
        took.sort_unstable();
        let today = |gap: &&Gap| !gap.restart && now.since(gap.from) < DAY;
        LinkHistoryView {
            pings: self.pings.iter().copied().collect(),
            median_ms: took.get(took.len() / 2).copied(),
            longest_ms: took.last().copied(),
            drops_today: u32::try_from(self.gaps.iter().filter(today).count()).unwrap_or(u32::MAX),
            gaps: self
                .gaps
                .iter()
                .rev()
                .map(|gap| GapView {
                    from: gap.from.into(),
                    until: gap.until.map(Into::into),
                    why: gap.why.clone(),
                    restart: gap.restart,
                    closed: gap.closed,
                })
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> UnixMillis {
        UnixMillis(1_780_000_000_000 + second * 1000)
    }

    fn record(second: i64, entry: Entry) -> Record {
        Record {
            at: at(second),
            account: None,
            intent: None,
            entry,
        }
    }

    #[test]
    fn answers_and_gaps_are_bounded_and_the_newest_stay() {
        let mut quality = Quality::default();
        for second in 0..1000 {
            quality.answered(Duration::from_millis(1 + second % 9), at(second as i64));
            quality.lost(at(second as i64), "gone", false);
            quality.back(at(second as i64));
        }
        let view = quality.view(at(1000));
        assert_eq!((view.pings.len(), view.gaps.len()), (PINGS, GAPS));
        assert_eq!(view.pings[PINGS - 1].at, at(999).into());
        assert_eq!(view.gaps[0].from, at(999).into());
        assert_eq!((view.median_ms, view.longest_ms), (Some(5), Some(9)));
    }

    #[test]
    fn a_nightly_restart_is_no_drop() {
        let mut quality = Quality::default();
        quality.lost(at(0), "gone", true);
        quality.back(at(60));
        quality.lost(at(100), "gone", false);
        quality.lost(at(101), "refused", false);
        quality.back(at(130));
        let view = quality.view(at(200));
        assert_eq!((view.gaps.len(), view.drops_today), (2, 1));
        assert_eq!(view.gaps[0].until, Some(at(130).into()));
        assert_eq!(quality.view(at(2 * 86_400)).drops_today, 0);
    }

    #[test]
    fn gaps_of_earlier_runs_come_from_the_journal() {
        let mut quality = Quality::default();
        let down = || Entry::LinkDown { why: "gone".into() };
        let up = || Entry::LinkUp {
            server_version: 226,
            accounts: Vec::new(),
        };
        let started = || Entry::Started {
            version: "1".into(),
        };
        let written = [started(), up(), down(), up(), down(), started(), up()];
        for (second, entry) in (0..).zip(written) {
            quality.restore(&record(second, entry), None);
        }
        let view = quality.view(at(10));
        let told: Vec<_> = view
            .gaps
            .iter()
            .map(|g| (g.from, g.until, g.closed))
            .collect();
        assert_eq!(
            told,
            [
                (at(4).into(), None, true),
                (at(2).into(), Some(at(3).into()), false)
            ]
        );
    }
}
