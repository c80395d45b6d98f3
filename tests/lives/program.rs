//! Our process: the engine, its journal on a disk that may be full, and the page.

use super::{Request, World, broker};
use crate::Page;
use gatehouse_desk::effect::{Ask, AskId, Awaited, Effect, Event};
use gatehouse_desk::engine::{ConnectionTerms, Desk, DeskOptions};
use gatehouse_desk::port::{Head, OrderKey, StoreError, StoredRecord};
use gatehouse_desk::record::{Entry, Record};
use gatehouse_desk::view::{PreviewOutcome, StreamMessage, Tone};
use gatehouse_domain::id::{IntentId, PreviewId};
use gatehouse_domain::instant::UnixMillis;
use gatehouse_rules::{Order, RuleBook};

/// The process with what outlives it: the disk.
pub struct Program {
    pub desk: Desk,
    pub page: Page,
    pub disk: Vec<StoredRecord>,
    pub disk_full: bool,
    /// Previews that were shown, of all runs of the program.
    pub previews: Vec<String>,
    pub asks: u64,
    /// How many effects are still carried out before the process is killed.
    pub kill_after: Option<u32>,
    pub told: u32,
    runs: u64,
}

fn options(runs: u64) -> DeskOptions {
    DeskOptions {
        address: "127.0.0.1:4002".into(),
        simulated: true,
        book: RuleBook::default(),
        book_fault: None,
        first_preview: PreviewId::new(1 + runs * 1_000_000),
        terms: ConnectionTerms::default(),
    }
}

impl Program {
    pub fn new(now: UnixMillis) -> Self {
        Self {
            desk: Desk::new(options(0), now),
            page: Page::default(),
            disk: Vec::new(),
            disk_full: false,
            previews: Vec::new(),
            asks: 0,
            kill_after: None,
            told: 0,
            runs: 0,
        }
    }

    /// Another run on the same disk.
    pub fn restart(&mut self, now: UnixMillis) {
        self.runs += 1;
        self.desk = Desk::new(options(self.runs), now);
        self.desk.restore(&self.disk);
        self.page = Page::default();
        self.kill_after = None;
        self.told = 0;
    }

    fn has(&self, intent: &IntentId, is: impl Fn(&Entry) -> bool) -> bool {
        self.disk
            .iter()
            .any(|stored| stored.record.intent.as_ref() == Some(intent) && is(&stored.record.entry))
    }
}

impl World {
    /// The page is opened: it asks for everything.
    pub fn attach(&mut self) {
        self.ask(Ask::Resync);
    }

    pub fn ask(&mut self, ask: Ask) {
        self.program.asks += 1;
        let id = AskId(self.program.asks);
        self.event(Event::Ask { id, ask });
    }

    pub fn event(&mut self, event: Event) {
        let effects = self.program.desk.process(event, self.now);
        self.carry_out(effects);
    }

    /// Whether the process is still there for one more effect.
    fn lives_on(&mut self) -> bool {
        match &mut self.program.kill_after {
            None => true,
            Some(0) => {
                self.kill();
                false
            }
            Some(left) => {
                *left -= 1;
                true
            }
        }
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        let run = self.tally.kills;
        for effect in effects {
            if run != self.tally.kills || !self.lives_on() {
                return;
            }
            match effect {
                Effect::Commit {
                    records,
                    then,
                    awaited,
                } => self.commit(records, then, awaited),
                Effect::Answer { answer, .. } => {
                    use gatehouse_desk::effect::Answer;
                    if let Ok(Answer::Preview(PreviewOutcome::Ready { preview })) = &answer {
                        self.program.previews.push(preview.id.clone());
                    }
                    if let Ok(Answer::Ticket(ticket)) = answer {
                        self.retype(*ticket);
                    }
                }
                Effect::WhatIf { id, .. } => self.what_ifs.push(id),
                Effect::Place { intent, order } => self.place(&intent, order.get()),
                Effect::Change {
                    order,
                    key,
                    changed,
                } => {
                    self.change(&key, changed.get());
                    self.incoming.push_back(Event::ChangeAnswered {
                        order,
                        answer: Ok(()),
                    });
                }
                Effect::Cancel { order, key } => {
                    let name = key.order_ref.unwrap_or_default();
                    self.note(format!("cancel of {name} goes out"));
                    self.outgoing.push_back(Request::Cancel(name));
                    self.incoming.push_back(Event::CancelAnswered {
                        order,
                        answer: Ok(()),
                    });
                }
                Effect::Publish(message) => self.publish(message),
                Effect::CancelAll
                | Effect::Lookup(_)
                | Effect::OptionClasses { .. }
                | Effect::VolatilityHistory { .. }
                | Effect::DayBars { .. }
                | Effect::ManyDayBars { .. }
                | Effect::Options { .. }
                | Effect::Watch(_)
                | Effect::Unwatch(_)
                | Effect::UseDelayedData => {}
            }
        }
    }

    fn commit(&mut self, records: Vec<Record>, then: Vec<Effect>, awaited: Awaited) {
        if records.is_empty() {
            return self.carry_out(then);
        }
        if self.program.disk_full {
            let error = StoreError::Full("journal.db".into());
            return self.event(Event::CommitFailed {
                error,
                records,
                awaited,
            });
        }
        for record in records {
            let seq = i64::try_from(self.program.disk.len()).unwrap_or(0) + 1;
            let hash = String::new();
            self.program.disk.push(StoredRecord { seq, hash, record });
        }
        let seq = i64::try_from(self.program.disk.len()).unwrap_or(0);
        let run = self.tally.kills;
        self.event(Event::Committed(Head {
            seq,
            hash: "f".repeat(64),
        }));
        if run == self.tally.kills {
            self.carry_out(then);
        }
    }

    /// An order and those attached to it go to the socket, the last of them to be transmitted.
    fn place(&mut self, intent: &IntentId, order: &Order) {
        let approved = |entry: &Entry| matches!(entry, Entry::Approved { .. });
        if !self.program.has(intent, approved) {
            self.breaks(format!("{intent} went out before its record was on disk"));
        }
        let attached = order.attached();
        let mut legs = vec![broker::Leg {
            name: intent.to_string(),
            terms: order.terms(),
            parent: None,
            transmit: attached.is_empty(),
        }];
        for (draft, terms) in attached {
            let written = |entry: &Entry| matches!(entry, Entry::Attached { .. });
            if !self.program.has(&draft.intent, written) {
                self.breaks(format!("{} went out before its record", draft.intent));
            }
            legs.push(broker::Leg {
                name: draft.intent.to_string(),
                terms,
                parent: Some(intent.to_string()),
                transmit: false,
            });
        }
        if let Some(last) = legs.last_mut() {
            last.transmit = true;
        }
        for leg in legs {
            self.goes_once(&leg.name);
            self.tally.lives += 1;
            let held = if leg.transmit {
                ""
            } else {
                ", not transmitted"
            };
            self.note(format!(
                "{} goes out: {} {}{held}",
                leg.name,
                broker::word(leg.terms.side),
                leg.terms.quantity
            ));
            self.outgoing.push_back(Request::Leg(leg));
        }
        self.incoming.push_back(Event::PlaceAnswered {
            intent: intent.clone(),
            answer: Ok(()),
        });
    }

    fn change(&mut self, key: &OrderKey, changed: &Order) {
        let draft = changed.draft();
        let is = |entry: &Entry| matches!(entry, Entry::ChangeApproved { change, .. } if *change == draft.intent);
        if !self
            .program
            .disk
            .iter()
            .any(|stored| is(&stored.record.entry))
        {
            self.breaks(format!("{} went out before its record", draft.intent));
        }
        self.goes_once(draft.intent.as_str());
        self.tally.changes += 1;
        let name = key.order_ref.clone().unwrap_or_default();
        self.note(format!(
            "{} goes out: {name} to {}",
            draft.intent, draft.quantity
        ));
        self.outgoing.push_back(Request::Change(broker::Leg {
            name,
            terms: changed.terms(),
            parent: None,
            transmit: true,
        }));
    }

    fn goes_once(&mut self, name: &str) {
        if !self.sent.insert(name.to_owned()) {
            self.breaks(format!("{name} went to the wire twice"));
        }
    }

    fn publish(&mut self, message: StreamMessage) {
        self.program.page.take(message);
        let fresh: Vec<_> = self
            .program
            .page
            .notices
            .iter()
            .filter(|notice| notice.id > self.program.told)
            .cloned()
            .collect();
        for notice in fresh {
            self.program.told = self.program.told.max(notice.id);
            if notice.tone == Tone::Alarm {
                self.note(format!("alarm: {}", notice.text));
                self.alarms.push((self.step, notice.text));
            }
        }
    }
}
