//! Accounts, positions, quotes: what the broker tells of them.

use super::Desk;
use super::unbooked::Purse;
use crate::effect::{Answer, AskId, Effect};
use crate::error::{ApiError, ErrorCode};
use crate::port::{BrokerError, BrokerEvent};
use crate::view::{NoticeAbout, NoticeView, Tone};
use gatehouse_domain::Decimal;
use gatehouse_domain::account::{Mode, Tag};
use gatehouse_domain::chain::Dated;
use gatehouse_domain::contract::{Contract, Instrument};
use gatehouse_domain::id::{AccountId, ConId};
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::observed::Observed;
use gatehouse_domain::order::OrderState;
use gatehouse_domain::position::{Position, PositionKey};
use gatehouse_domain::quote::Tick;
use std::collections::BTreeSet;
use std::collections::hash_map::Entry;

/// How many notices are kept for the page.
const NOTICES: usize = 50;

/// IBKR's code for one line of market data too many.
const NO_MORE_LINES: i32 = 101;

/// The adapter's code for what it can't read.
const UNREADABLE: i32 = 0;

/// IBKR's code for delayed prices in place of live ones, which every line of theirs bears.
const DELAYED_INSTEAD: i32 = 10167;
const DELAYED: &str = "Some prices are delayed by about 15 minutes and marked D: this login has no \
    live subscription for them. One is had in Client Portal, Settings, Market Data Subscriptions.";

/// Where IBKR has it: knowledge base 1719, "Market Data" of the Client Portal guide.
const SUBSCRIBE: &str = "One is had in Client Portal, Settings, Market Data Subscriptions.";
const SHARED_WITH_PAPER: &str = " A paper login has none of its own and gets the live user's only \
    where that user shares them: Client Portal, Settings, Account Settings, Paper Trading Account.";

/// Why the broker sends no quotes of a contract.
#[derive(Debug, Clone)]
pub(super) struct QuoteRefusal {
    code: i32,
    text: String,
}

impl QuoteRefusal {
    /// For a person, with the broker's code.
    pub(super) fn says(&self, mode: Mode) -> String {
        let code = self.code;
        let Some(lack) = self.lack() else {
            return format!("{} (code {code})", self.text);
        };
        let paper = if mode == Mode::Paper {
            SHARED_WITH_PAPER
        } else {
            ""
        };
        format!("IBKR sends no live prices of this: {lack} (code {code}). {SUBSCRIBE}{paper}")
    }

    /// Which subscription to live data is missing, if it is for want of one. Then delayed data may
    /// be had.
    fn lack(&self) -> Option<&'static str> {
        Some(match self.code {
            354 | 10168 => "the login has no subscription for them",
            10089 => "the login's subscription does not cover programs on the API",
            10090 => "the login has a subscription for a part of them only",
            10091 => "a part of them needs a subscription that covers programs on the API",
            _ => return None,
        })
    }

    fn wants_subscription(&self) -> bool {
        self.lack().is_some()
    }
}

impl Desk {
    /// Whether delayed prices of a contract could be had in place of live ones, which are refused.
    pub(super) fn could_be_delayed(&self, con_id: ConId) -> bool {
        let refusal = self.quote_refusals.get(&con_id);
        refusal.is_some_and(QuoteRefusal::wants_subscription)
    }

    /// The person takes delayed prices for this run.
    pub(super) fn use_delayed_data(&mut self, id: AskId) -> Vec<Effect> {
        let asked_again: Vec<ConId> = self
            .quote_refusals
            .iter()
            .filter(|(_, refusal)| refusal.wants_subscription())
            .map(|(con_id, _)| *con_id)
            .collect();
        for con_id in asked_again {
            self.quote_refusals.remove(&con_id);
            self.page.quotes.insert(con_id);
        }
        let answer = Ok(Answer::Done);
        vec![Effect::UseDelayedData, Effect::Answer { id, answer }]
    }

    pub(super) fn on_portfolio(&mut self, event: BrokerEvent, now: UnixMillis) -> Vec<Effect> {
        match event {
            BrokerEvent::AccountType { account, text } => {
                self.with_account(&account, |a| a.tell_kind(text));
            }
            BrokerEvent::AccountBase { account, currency } => {
                self.with_account(&account, |a| a.base = Some(currency));
                // The positions say what their values are in.
                for key in self.positions.keys().filter(|k| k.account == account) {
                    self.page.positions.insert(key.clone());
                }
            }
            BrokerEvent::AccountFigure {
                account,
                tag,
                value,
            } => {
                self.see_cash(&account, Purse::of(tag), value, now);
                self.set_figure(&account, tag, value, now);
                if let (Tag::NetLiquidation, Some(value)) = (tag, value) {
                    let record = self.see_value(&account, value, now);
                    return self.note(record.into_iter().collect());
                }
            }
            BrokerEvent::ExchangeRate {
                account,
                currency,
                rate,
            } => self.with_account(&account, |a| {
                a.exchange_rates.insert(currency, Observed::live(rate, now));
            }),
            BrokerEvent::Cash {
                account,
                currency,
                amount,
            } => {
                self.see_cash(&account, Some(Purse::In(currency)), Some(amount), now);
                self.with_account(&account, |a| {
                    a.cash.insert(currency, Observed::live(amount, now));
                });
            }
            BrokerEvent::Position {
                account,
                contract,
                quantity,
                average_cost,
            } => return self.on_position(account, contract, quantity, average_cost, now),
            BrokerEvent::PositionsComplete => return self.on_positions_complete(),
            BrokerEvent::PositionPnl {
                account,
                con_id,
                daily,
                unrealized,
                value,
            } => {
                let key = PositionKey { account, con_id };
                if let Some(position) = self.positions.get_mut(&key) {
                    let live = |v: Option<Decimal>| v.map(|v| Observed::live(v, now));
                    position.daily_pnl = live(daily);
                    position.unrealized_pnl = live(unrealized);
                    position.value = live(value);
                    self.page.position(&key);
                }
            }
            BrokerEvent::Ticks(ticks) => self.on_ticks(&ticks),
            BrokerEvent::Dividends {
                con_id,
                dividends,
                at,
            } => {
                let dated = Dated {
                    value: dividends,
                    taken: at,
                };
                self.dividends.insert(con_id, dated);
                // What is coming to options on it may be something else now.
                self.page.quotes.insert(con_id);
            }
            BrokerEvent::QuoteRefused { con_id, code, text } => {
                self.quote_refusals
                    .insert(con_id, QuoteRefusal { code, text });
                self.page.quotes.insert(con_id);
                // What it said last is no longer what it says, and nobody knows what that is.
                if code == UNREADABLE {
                    self.quotes.remove(&con_id);
                }
                if code == NO_MORE_LINES {
                    self.lines.refused_at(self.watched.len(), now);
                }
                if code == super::elsewhere::DATA_ELSEWHERE {
                    self.on_data_elsewhere(now);
                }
            }
            _ => {}
        }
        Vec::new()
    }

    fn with_account(
        &mut self,
        id: &AccountId,
        change: impl FnOnce(&mut gatehouse_domain::account::Account),
    ) {
        // An account that the login does not name is none of ours.
        if let Some(account) = self.accounts.get_mut(id) {
            change(account);
            self.page.account(id);
        }
    }

    fn set_figure(&mut self, id: &AccountId, tag: Tag, value: Option<Decimal>, now: UnixMillis) {
        self.with_account(id, |account| {
            match value {
                Some(value) => account.figures.insert(tag, Observed::live(value, now)),
                None => account.figures.remove(&tag),
            };
        });
    }

    fn on_position(
        &mut self,
        account: AccountId,
        contract: Contract,
        quantity: Decimal,
        average_cost: Option<Decimal>,
        now: UnixMillis,
    ) -> Vec<Effect> {
        if !self.accounts.contains_key(&account) {
            return Vec::new();
        }
        let key = PositionKey {
            account: account.clone(),
            con_id: contract.con_id,
        };
        self.see_position(&key, quantity, now);
        self.page.position(&key);
        let con_id = contract.con_id;
        self.mends_moved(&account, con_id);
        if quantity.is_zero() {
            let mut effects = Vec::new();
            if self.positions.remove(&key).is_some() {
                self.strategies.moved();
                effects.extend(self.unwatch(con_id));
            }
            return effects;
        }
        self.positions_seen.insert(key.clone());
        self.contracts.insert(con_id, contract.clone());
        self.strategies.moved();
        let seen = Observed::live(quantity, now);
        if let Some(held) = self.positions.get_mut(&key) {
            held.quantity = seen;
            held.average_cost = average_cost;
            return Vec::new();
        }
        let position = Position {
            account,
            contract,
            quantity: seen,
            average_cost,
            value: None,
            daily_pnl: None,
            unrealized_pnl: None,
        };
        self.positions.insert(key, position);
        let mut effects: Vec<Effect> = self.watch(con_id).into_iter().collect();
        effects.extend(self.look_up_held());
        effects
    }

    /// Looks up what is held and not known by name and price steps yet, once everything that
    /// matters more has been read.
    pub(super) fn look_up_held(&mut self) -> Vec<Effect> {
        if !self.is_complete() {
            return Vec::new();
        }
        let held: BTreeSet<ConId> = self.positions.keys().map(|key| key.con_id).collect();
        held.into_iter()
            .filter(|con_id| !self.instruments.contains_key(con_id))
            .filter_map(|con_id| match self.lookups.entry(con_id) {
                Entry::Occupied(_) => None,
                Entry::Vacant(nobody_yet) => {
                    nobody_yet.insert(Vec::new());
                    Some(Effect::Lookup(con_id))
                }
            })
            .collect()
    }

    /// All positions have been told: what was not among them is not held any more.
    fn on_positions_complete(&mut self) -> Vec<Effect> {
        self.positions_complete = true;
        self.page.link = true;
        let gone: Vec<PositionKey> = self
            .positions
            .keys()
            .filter(|key| !self.positions_seen.contains(key))
            .cloned()
            .collect();
        let mut effects = Vec::new();
        for key in gone {
            self.positions.remove(&key);
            self.strategies.moved();
            self.page.position(&key);
            effects.extend(self.unwatch(key.con_id));
        }
        effects.extend(self.look_up_held());
        effects
    }

    /// What a refused sale is mended by hangs on what is held.
    fn mends_moved(&mut self, account: &AccountId, con_id: ConId) {
        let refused = self.orders.iter().filter(|(_, order)| {
            matches!(order.state, OrderState::Rejected { .. })
                && order.terms.account == *account
                && order.terms.contract.con_id == con_id
        });
        for (no, _) in refused {
            self.page.order(no);
        }
    }

    /// The hot path: up to hundreds of thousands of ticks a second.
    fn on_ticks(&mut self, ticks: &[Tick]) {
        let mut rest = ticks;
        while let Some(first) = rest.first() {
            // Ticks come in runs of one contract: look its quote up once a run.
            let con_id = first.con_id;
            let run = rest.iter().take_while(|t| t.con_id == con_id).count();
            let (these, later) = rest.split_at(run);
            rest = later;
            let quote = self.quotes.entry(con_id).or_default();
            for tick in these {
                quote.take(tick);
            }
            self.quote_refusals.remove(&con_id);
            self.page.quotes.insert(con_id);
        }
    }

    /// One more reason to have a contract's quotes.
    pub(super) fn watch(&mut self, con_id: ConId) -> Option<Effect> {
        let contract = self.contracts.get(&con_id)?;
        let count = self.watched.entry(con_id).or_insert(0);
        *count += 1;
        (*count == 1).then(|| Effect::Watch(contract.clone()))
    }

    pub(super) fn unwatch(&mut self, con_id: ConId) -> Option<Effect> {
        let count = self.watched.get_mut(&con_id)?;
        *count = count.saturating_sub(1);
        if *count > 0 {
            return None;
        }
        self.watched.remove(&con_id);
        Some(Effect::Unwatch(con_id))
    }

    pub(super) fn watch_for_page(&mut self, id: AskId, con_id: ConId) -> Vec<Effect> {
        if !self.contracts.contains_key(&con_id) {
            return vec![Self::refuse(
                id,
                ErrorCode::NotFound,
                "This instrument has not been looked up yet.",
            )];
        }
        let mut effects: Vec<Effect> = self.watch(con_id).into_iter().collect();
        effects.push(done(id));
        effects
    }

    pub(super) fn unwatch_for_page(&mut self, id: AskId, con_id: ConId) -> Vec<Effect> {
        let held = self.positions.keys().filter(|k| k.con_id == con_id).count();
        let mut effects = Vec::new();
        let needed = held
            + usize::from(self.lines.holds(con_id))
            + usize::from(self.strategies.watches(con_id))
            + usize::from(self.targets_watched.contains(&con_id));
        // The page can't take away the quotes that positions and the chain need.
        if self
            .watched
            .get(&con_id)
            .is_some_and(|count| usize::try_from(*count).unwrap_or(usize::MAX) > needed)
        {
            effects.extend(self.unwatch(con_id));
        }
        effects.push(done(id));
        effects
    }

    pub(super) fn offer(&self, id: AskId, con_id: ConId) -> Vec<Effect> {
        let answer = self.instruments.get(&con_id).map_or_else(
            || {
                Err(ApiError::new(
                    ErrorCode::NotFound,
                    "The instrument is not known yet. Choose it again.",
                ))
            },
            |instrument| Ok(Answer::Offer(Box::new(instrument.into()))),
        );
        vec![Effect::Answer { id, answer }]
    }

    pub(super) fn look_up(&mut self, id: AskId, con_id: ConId) -> Vec<Effect> {
        if let Some(instrument) = self.instruments.get(&con_id) {
            let answer = Ok(Answer::Instrument(super::views::instrument_view(
                &instrument.contract,
                Some(instrument),
            )));
            return vec![Effect::Answer { id, answer }];
        }
        match self.lookups.entry(con_id) {
            Entry::Occupied(mut under_way) => {
                under_way.get_mut().push(id);
                Vec::new()
            }
            Entry::Vacant(nobody_yet) => {
                nobody_yet.insert(vec![id]);
                vec![Effect::Lookup(con_id)]
            }
        }
    }

    pub(super) fn on_instrument(
        &mut self,
        con_id: ConId,
        answer: Result<Instrument, BrokerError>,
    ) -> Vec<Effect> {
        let waiting = self.lookups.remove(&con_id).unwrap_or_default();
        let answer = match answer {
            Ok(instrument) => {
                let view = super::views::instrument_view(&instrument.contract, Some(&instrument));
                self.contracts.insert(con_id, instrument.contract.clone());
                if let Some(underlying) = instrument.underlying {
                    self.underlying_of.insert(con_id, underlying.con_id);
                }
                self.instruments.insert(con_id, instrument);
                self.strategies.moved();
                for key in self.positions.keys().filter(|k| k.con_id == con_id) {
                    self.page.positions.insert(key.clone());
                }
                Ok(Answer::Instrument(view))
            }
            Err(error) => Err(broker_error(&error)),
        };
        waiting
            .into_iter()
            .map(|id| Effect::Answer {
                id,
                answer: answer.clone(),
            })
            .collect()
    }

    pub(super) fn on_notice(&mut self, code: i32, text: String, now: UnixMillis) {
        let not_live = matches!(code, 10089 | 10090 | 10091 | DELAYED_INSTEAD);
        if not_live && !self.link.told_of_data.insert(code) {
            return;
        }
        if code == DELAYED_INSTEAD {
            return self.tell(now, Tone::Warning, DELAYED, Some(code));
        }
        let tone = match code {
            // Data farms come and go all day.
            2104 | 2106 | 2107 | 2108 | 2119 | 2158 => return,
            super::elsewhere::DATA_ELSEWHERE => return self.on_data_elsewhere(now),
            1100 | 1300 => Tone::Alarm,
            _ => Tone::Warning,
        };
        self.tell(now, tone, &text, Some(code));
    }

    /// Puts a notice before the person.
    pub(super) fn tell(&mut self, now: UnixMillis, tone: Tone, text: &str, code: Option<i32>) {
        self.tell_about(now, tone, text, code, None);
    }

    /// The same, of something that may be told outside the window too.
    pub(super) fn tell_about(
        &mut self,
        now: UnixMillis,
        tone: Tone,
        text: &str,
        code: Option<i32>,
        about: Option<NoticeAbout>,
    ) {
        let notice = NoticeView {
            id: self.next_notice,
            at: now.into(),
            tone,
            text: text.to_owned(),
            code,
            about,
        };
        self.next_notice = self.next_notice.wrapping_add(1);
        self.keep_for_later();
        if self.notices.len() == NOTICES {
            self.notices.pop_front();
        }
        self.notices.push_back(notice.clone());
        self.page.notices.push(notice);
    }
}

fn done(id: AskId) -> Effect {
    Effect::Answer {
        id,
        answer: Ok(Answer::Done),
    }
}

/// The broker's error for the page.
pub(crate) fn broker_error(error: &BrokerError) -> crate::error::ApiError {
    let code = match error {
        BrokerError::NotConnected => ErrorCode::NotConnected,
        BrokerError::TimedOut { .. } => ErrorCode::TimedOut,
        BrokerError::Refused { .. } => ErrorCode::Refused,
        BrokerError::Garbled(_) => ErrorCode::Internal,
    };
    crate::error::ApiError::new(code, error.to_string())
}
