//! The link to the gateway, as the engine sees it.

use super::Desk;
use super::elsewhere::{DATA_ELSEWHERE, Elsewhere, LOGGED_IN_ELSEWHERE};
use super::restarts::RestartState;
use crate::effect::Effect;
use crate::port::{LinkFault, LinkState, Session};
use crate::record::Entry;
use crate::view::{LinkStateView, LinkView, Tone};
use gatehouse_domain::account::{Account, Mode};
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::order::{Origin, Report};
use std::collections::BTreeSet;
use std::time::Duration;

/// IBKR's code for a request that a read-only API does not take.
const READ_ONLY_API: i32 = 321;

/// Where the link stands and what is known of the session.
#[derive(Debug)]
pub(super) struct Link {
    state: State,
    since: UnixMillis,
    heard: Option<UnixMillis>,
    /// What of `heard` the page was told last.
    told: Option<UnixMillis>,
    /// Why the last try failed: the next one may take long.
    last_fault: Option<String>,
    upstream: bool,
    reconciled: bool,
    /// Why the gateway does not list orders, while it refuses to.
    orders_refused: Option<String>,
    /// Counts sessions, so that an order knows in which it was last listed.
    pub(super) session: u32,
    pub(super) session_began: UnixMillis,
    server_version: Option<i32>,
    pub(super) client_id: Option<i32>,
    /// Whether orders made by hand in TWS are taken over in this session.
    pub(super) takes_over: bool,
    pub(super) restart: RestartState,
    /// How long the computer slept, until the gateway has answered after it.
    slept: Option<Duration>,
    elsewhere: Elsewhere,
    /// What was said of data that this login does not have live, by its code: each line says it.
    pub(super) told_of_data: BTreeSet<i32>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum State {
    Connecting {
        attempt: u32,
    },
    Up,
    Down {
        why: String,
        retry_at: Option<UnixMillis>,
    },
    /// The person wants no connection.
    Off,
}

impl Link {
    pub(super) fn new(now: UnixMillis) -> Self {
        Self {
            state: State::Connecting { attempt: 1 },
            since: now,
            heard: None,
            told: None,
            last_fault: None,
            upstream: true,
            reconciled: false,
            orders_refused: None,
            session: 0,
            session_began: now,
            server_version: None,
            client_id: None,
            takes_over: false,
            restart: RestartState::default(),
            slept: None,
            elsewhere: Elsewhere::default(),
            told_of_data: BTreeSet::new(),
        }
    }

    /// Whether the gateway is not there, though it is wanted.
    pub(super) fn is_away(&self) -> bool {
        matches!(self.state, State::Connecting { .. } | State::Down { .. })
    }

    pub(super) fn since(&self) -> UnixMillis {
        self.since
    }

    pub(super) fn heard(&mut self, now: UnixMillis) {
        self.heard = Some(now);
    }

    /// Whether the broker has listed all it knows in this session.
    pub(super) fn is_reconciled(&self) -> bool {
        self.reconciled
    }

    pub(super) fn is_up(&self) -> bool {
        self.state == State::Up
    }

    /// The page knows of all that was heard so far.
    pub(super) fn told(&mut self) {
        self.told = self.heard;
    }

    /// Whether something newer was heard than the page knows of, by a second or more.
    pub(super) fn heard_since_told(&mut self, now: UnixMillis) -> bool {
        let due =
            self.heard > self.told && now.since(self.told.unwrap_or_default()).as_millis() >= 1000;
        if due {
            self.told = self.heard;
        }
        due
    }
}

impl Desk {
    /// Whether the gateway is there, its link to IBKR stands, and positions and orders have
    /// been read: only then are figures good enough to judge an order by.
    pub(super) fn is_complete(&self) -> bool {
        self.link.state == State::Up
            && self.link.upstream
            && self.link.slept.is_none()
            && self.link.reconciled
            && self.positions_complete
            && self.unexpected().is_none()
    }

    pub(super) fn on_link(&mut self, state: LinkState, now: UnixMillis) -> Vec<Effect> {
        self.page.link = true;
        let was_up = self.link.state == State::Up;
        match state {
            LinkState::Connecting { attempt } => {
                self.change_link(State::Connecting { attempt }, now);
                if was_up {
                    self.lose_track(now)
                } else {
                    Vec::new()
                }
            }
            LinkState::Up(session) => self.begin_session(&session, now),
            LinkState::Down { fault, retry_at } => {
                let why = fault.to_string();
                let state = if fault == LinkFault::NotWanted {
                    self.link.last_fault = None;
                    State::Off
                } else {
                    self.link.last_fault = Some(why.clone());
                    State::Down {
                        why: why.clone(),
                        retry_at,
                    }
                };
                self.change_link(state, now);
                self.take_restart(now);
                if !was_up {
                    return Vec::new();
                }
                self.quality.lost(now, &why, self.link.restart.under_way);
                // After a sleep it is made anew at once, and what happened meanwhile is told then.
                if fault != LinkFault::Slept {
                    self.tell_of_orders_without_link(now);
                }
                let mut effects = self.lose_track(now);
                let record = self.record(now, None, None, Entry::LinkDown { why });
                effects.extend(self.note(vec![record]));
                effects
            }
        }
    }

    fn change_link(&mut self, state: State, now: UnixMillis) {
        let same_kind = std::mem::discriminant(&self.link.state) == std::mem::discriminant(&state);
        let trying = |s: &State| matches!(s, State::Connecting { .. } | State::Down { .. });
        // "Since" counts from the loss, not from each try after it.
        let still_trying = trying(&self.link.state) && trying(&state);
        if !same_kind && !still_trying {
            self.link.since = now;
        }
        self.link.state = state;
    }

    /// The link went: what was under way has an unknown outcome now.
    fn lose_track(&mut self, now: UnixMillis) -> Vec<Effect> {
        let mut effects = self.disarm("The link was lost.", now);
        self.begin_gap(false);
        self.link.reconciled = false;
        self.positions_complete = false;
        let mut records = self.drop_waiting_cancels(now);
        for no in self.orders.numbers() {
            self.orders.forget_changes(no);
            if self.orders.apply(no, &Report::LinkLost, now) {
                self.page.order(no);
                records.extend(self.status_record(no, now));
            }
        }
        effects.extend(self.note(records));
        effects
    }

    fn begin_session(&mut self, session: &Session, now: UnixMillis) -> Vec<Effect> {
        let was_up = self.link.state == State::Up;
        let mut effects = if was_up {
            self.lose_track(now)
        } else {
            Vec::new()
        };
        self.change_link(State::Up, now);
        self.quality.back(now);
        self.link.last_fault = None;
        self.link.slept = None;
        self.link.elsewhere.session_began();
        self.link.told_of_data.clear();
        self.link.heard(now);
        self.link.upstream = true;
        self.link.reconciled = false;
        self.link.orders_refused = None;
        self.link.session += 1;
        self.link.session_began = now;
        self.link.server_version = Some(session.server_version);
        self.link.client_id = Some(session.client_id);
        self.link.takes_over = session.takes_over;
        self.mode = Mode::of(&session.accounts);
        self.positions_complete = false;
        self.positions_seen.clear();
        self.unbooked.clear();
        self.accounts.retain(|id, _| session.accounts.contains(id));
        for id in &session.accounts {
            let said = self.said_kinds.get(id).copied();
            self.accounts.entry(id.clone()).or_insert_with(|| {
                let mut account = Account::new(id.clone());
                account.say_kind(said);
                account
            });
        }
        self.account_order.clone_from(&session.accounts);
        self.orders.forget_order_ids();
        self.orders.forget_orphans();
        self.page.everything();
        self.take_restart(now);
        self.tell_unexpected(now);
        let record = self.record(
            now,
            None,
            None,
            Entry::LinkUp {
                server_version: session.server_version,
                accounts: session.accounts.clone(),
            },
        );
        effects.extend(self.note(vec![record]));
        effects
    }

    pub(super) fn on_upstream(&mut self, connected: bool, now: UnixMillis) -> Vec<Effect> {
        if self.link.upstream != connected {
            self.link.upstream = connected;
            self.link.since = now;
            self.page.link = true;
            let (tone, text) = if connected {
                self.quality.back(now);
                (Tone::Quiet, "The gateway is linked to IBKR again.")
            } else {
                let why = "The gateway lost its own link to IBKR.";
                self.quality.lost(now, why, self.link.restart.under_way);
                if self.link.elsewhere.cut_off(now) {
                    (Tone::Alarm, LOGGED_IN_ELSEWHERE)
                } else {
                    (
                        Tone::Alarm,
                        "The gateway has lost its own link to IBKR. Figures are stale; it comes \
                         back by itself.",
                    )
                }
            };
            self.tell(now, tone, text, None);
        }
        Vec::new()
    }

    /// The computer slept: what is known is of before that, until the gateway has answered.
    pub(super) fn on_slept(&mut self, slept: Duration, now: UnixMillis) -> Vec<Effect> {
        if self.link.state != State::Up {
            return Vec::new();
        }
        self.link.slept = Some(slept);
        self.page.link = true;
        self.disarm("The computer slept.", now)
    }

    /// The gateway answered after the sleep.
    pub(super) fn on_awake(&mut self) {
        self.link.slept = None;
        self.page.link = true;
    }

    /// Another login with the same username has the market data (10197).
    pub(super) fn on_data_elsewhere(&mut self, now: UnixMillis) {
        if self.link.elsewhere.data_taken(now) {
            self.page.link = true;
            self.tell(now, Tone::Alarm, LOGGED_IN_ELSEWHERE, Some(DATA_ELSEWHERE));
        }
    }

    /// What is open can't be known, so nothing can be sent; accounts and positions are whole.
    pub(super) fn on_orders_refused(&mut self, code: i32, text: &str, now: UnixMillis) {
        let advice = if code == READ_ONLY_API {
            "The gateway's API is read-only, so orders can be neither read nor placed. In its API \
             settings untick \"Read-Only API\"."
                .to_owned()
        } else {
            format!("The gateway does not list orders, so none can be placed: {text} (code {code})")
        };
        if self.link.orders_refused.as_ref() != Some(&advice) {
            self.tell(now, Tone::Warning, &advice, Some(code));
            self.link.orders_refused = Some(advice);
            self.page.link = true;
        }
    }

    /// The broker has listed all it knows. What is working here and was not listed is not at
    /// the broker.
    pub(super) fn on_reconciled(&mut self, now: UnixMillis) -> Vec<Effect> {
        self.link.reconciled = true;
        self.link.orders_refused = None;
        self.page.link = true;
        let mut records = Vec::new();
        let mut others = 0;
        for no in self.orders.numbers() {
            let entry = self.orders.entry(no);
            if entry.order.state.is_final() || entry.listed_in == self.link.session {
                continue;
            }
            // Of another login: nobody was asked about it.
            if !self.accounts.contains_key(&entry.order.terms.account) {
                others += 1;
                continue;
            }
            if self.orders.apply(no, &Report::NotListed, now) {
                self.page.order(no);
                records.extend(self.status_record(no, now));
                let entry = self.orders.entry(no);
                if let Origin::Gatehouse(_) = entry.order.origin {
                    let text = format!(
                        "The gateway lists the order \"{}\" nowhere: not open, not completed, not \
                         executed. Look in TWS before you place it again.",
                        super::words::order_sentence(&entry.order)
                    );
                    self.tell(now, Tone::Alarm, &text, None);
                }
            }
        }
        if others > 0 {
            let (are, their) = if others == 1 {
                ("is", "Its account is")
            } else {
                ("are", "Their accounts are")
            };
            let text = format!(
                "{} from before {are} not followed now: {their} not of this login. What becomes of \
                 them can be seen in TWS, or here once that login is back.",
                super::words::count(others, "open order")
            );
            self.tell(now, Tone::Warning, &text, None);
        }
        self.tell_unprotected(now);
        self.end_gap(now);
        let mut effects = self.cancel_what_was_listed();
        effects.extend(self.note(records));
        effects.extend(self.look_up_held());
        effects
    }

    pub(super) fn link_view(&self) -> LinkView {
        let complete = self.is_complete();
        let (state, retry_at) = match &self.link.state {
            State::Connecting { .. } => (LinkStateView::Connecting, None),
            State::Down { retry_at, .. } => (LinkStateView::Down, *retry_at),
            State::Off => (LinkStateView::Off, None),
            State::Up if self.unexpected().is_some() => (LinkStateView::Held, None),
            State::Up if self.link.slept.is_some() => (LinkStateView::Checking, None),
            State::Up if !self.link.upstream => (LinkStateView::UpstreamDown, None),
            State::Up if complete => (LinkStateView::Up, None),
            State::Up if self.positions_complete && self.link.orders_refused.is_some() => {
                (LinkStateView::Up, None)
            }
            State::Up => (LinkStateView::Loading, None),
        };
        LinkView {
            state,
            mode: self.mode,
            simulated: self.options.simulated,
            read_only: (self.mode == Mode::Live && self.armed_until.is_none())
                || self.link.orders_refused.is_some()
                || self.profile_read_only(),
            armed_until: self.armed_until.map(Into::into),
            says: self.link_says(state),
            last_heard: self.link.heard.map(Into::into),
            retry_at: retry_at.map(Into::into),
            since: self.link.since.into(),
            address: self.options.address.clone(),
            server_version: self.link.server_version,
            profile: self.options.terms.profile.clone(),
            // It names accounts.
            held: self
                .held_view()
                .filter(|_| self.link.state == State::Up && self.lock.is_none()),
            restart_at: self.link.restart.announced.map(Into::into),
            restarting: self.link.restart.under_way,
        }
    }

    fn link_says(&self, state: LinkStateView) -> String {
        match (&self.link.state, state) {
            (State::Down { why, .. }, _) => match self.restart_says() {
                Some(restart) => restart,
                None => why.clone(),
            },
            (State::Off, _) => "Connect whenever you like; orders that IBKR has go on there \
                meanwhile."
                .to_owned(),
            (_, LinkStateView::Held) => "The login is not the one that this profile expects. \
                Nothing is judged, sent or cancelled until you decide."
                .to_owned(),
            (_, LinkStateView::Checking) => format!(
                "The computer slept for {}. Asking the gateway whether it is still there.",
                slept_words(self.link.slept.unwrap_or_default())
            ),
            (State::Connecting { .. }, _) if self.link.restart.under_way => {
                self.restart_says().unwrap_or_default()
            }
            (State::Connecting { attempt }, _) if *attempt > 1 => {
                let again = format!("Connecting to {} (try {attempt}).", self.options.address);
                match &self.link.last_fault {
                    Some(why) => format!("{again} {why}"),
                    None => again,
                }
            }
            (State::Connecting { .. }, _) => format!("Connecting to {}.", self.options.address),
            (_, LinkStateView::UpstreamDown) if self.link.elsewhere.suspected() => {
                LOGGED_IN_ELSEWHERE.to_owned()
            }
            (_, LinkStateView::UpstreamDown) => {
                "The gateway has lost its own link to IBKR. Figures are stale until it is back; \
                 nothing is to be done here."
                    .to_owned()
            }
            (_, LinkStateView::Loading) => "Reading accounts, positions and orders.".to_owned(),
            _ => match &self.link.orders_refused {
                Some(advice) => advice.clone(),
                None => format!("Connected to {}.", self.options.address),
            },
        }
    }
}

fn slept_words(slept: Duration) -> String {
    let seconds = u32::try_from(slept.as_secs()).unwrap_or(u32::MAX);
    match seconds {
        0..120 => super::words::count(seconds, "second"),
        120..7200 => super::words::count(seconds / 60, "minute"),
        _ => super::words::count(seconds / 3600, "hour"),
    }
}
