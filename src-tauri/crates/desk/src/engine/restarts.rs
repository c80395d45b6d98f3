//! The gateway's nightly restart: announced before, quiet while it goes on, a fault after that.

use super::Desk;
use crate::view::Tone;
use gatehouse_domain::instant::UnixMillis;

/// How long the gateway's restart is looked up for, at most: once a second is enough.
const LOOK_EVERY_MILLIS: i64 = 1000;

/// What is known of the restart at this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct RestartState {
    looked: UnixMillis,
    /// When the next one is, from a few minutes before.
    pub announced: Option<UnixMillis>,
    /// The gateway is away because of one.
    pub under_way: bool,
    /// It has been away since Sunday's.
    pub weekly_login: bool,
}

impl Desk {
    /// Looks at the clock now and then.
    pub(super) fn look_at_restart(&mut self, now: UnixMillis) {
        if (now.0 - self.link.restart.looked.0).abs() >= LOOK_EVERY_MILLIS {
            self.take_restart(now);
        }
    }

    /// What the clock says of the restart, and what a person is told of it.
    pub(super) fn take_restart(&mut self, now: UnixMillis) {
        let before = self.link.restart;
        let Some(restart) = self.options.terms.restart.clone() else {
            self.link.restart = RestartState {
                looked: now,
                ..RestartState::default()
            };
            return;
        };
        let away = self.link.is_away();
        let state = RestartState {
            looked: now,
            announced: restart.announced(now),
            under_way: away && restart.under_way(now).is_some(),
            weekly_login: away && restart.weekly_login_is_due(self.link.since(), now),
        };
        self.link.restart = state;
        let at = restart.time_of_day();
        if let Some(begins) = state.announced
            && self.announced_restart != Some(begins)
            && !away
        {
            self.announced_restart = Some(begins);
            let minutes = begins.since(now).as_secs().div_ceil(60);
            let text = format!(
                "The gateway restarts at {at}, in {}. The link goes for some minutes and comes \
                 back by itself; orders that IBKR has go on there.",
                super::words::count(u32::try_from(minutes).unwrap_or(u32::MAX), "minute")
            );
            self.tell(now, Tone::Quiet, &text, None);
        }
        if before.under_way && !state.under_way && away {
            let text = if state.weekly_login {
                WEEKLY.to_owned()
            } else {
                format!(
                    "The gateway has not come back since its restart at {at}. Look at its window: \
                     it may wait for a login."
                )
            };
            self.tell(now, Tone::Warning, &text, None);
        }
        if before
            != (RestartState {
                looked: before.looked,
                ..state
            })
        {
            self.page.link = true;
        }
    }

    /// What the restart explains of a link that is down, in words.
    pub(super) fn restart_says(&self) -> Option<String> {
        let at = self.options.terms.restart.as_ref()?.time_of_day();
        if self.link.restart.under_way {
            return Some(format!(
                "The gateway restarts at {at}, as it does every day. It is back in a few minutes; \
                 there is nothing to do."
            ));
        }
        self.link.restart.weekly_login.then(|| WEEKLY.to_owned())
    }
}

const WEEKLY: &str = "The gateway has been away since Sunday's restart. Once a week IBKR wants a \
    full login with the second factor: log in in the gateway's window.";
