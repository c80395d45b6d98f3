//! What happens between the program and the broker, and to the program.

use super::{Request, World};
use gatehouse_desk::effect::Event;
use gatehouse_desk::port::broker::{BrokerError, PlaceError};
use gatehouse_desk::port::broker::{BrokerEvent, LinkFault, LinkState, Session};
use gatehouse_domain::Decimal;
use gatehouse_domain::account::Tag;
use gatehouse_domain::decimal::Currency;
use gatehouse_domain::quote::QuoteField;
use gatehouse_domain::what_if::{BeforeAfter, WhatIf};
use gatehouse_testkit::{account_id, dec, tick};
use std::collections::VecDeque;

/// The account of every order.
pub const ACCOUNT: &str = "DU1";

/// Whether two messages may trade places: words about orders, never the outline of a session.
fn may_swap(event: &Event) -> bool {
    matches!(
        event,
        Event::Broker(
            BrokerEvent::Status(_) | BrokerEvent::Commission { .. } | BrokerEvent::Execution { .. }
        ) | Event::PlaceAnswered { .. }
            | Event::ChangeAnswered { .. }
            | Event::CancelAnswered { .. }
    )
}

impl World {
    /// The next message reaches the program: as it is, twice, late, or not at all.
    pub fn deliver(&mut self) {
        if self.missed && self.link_up && self.chance(500) {
            self.missed = false;
            self.note("the adapter lists everything again");
            self.tell(self.broker.all());
        }
        if let [first, second, ..] = self.incoming.make_contiguous()
            && may_swap(first)
            && may_swap(second)
            && self.chance(150)
        {
            self.incoming.swap(0, 1);
        }
        let Some(event) = self.incoming.pop_front() else {
            return;
        };
        let about_orders = matches!(
            event,
            Event::Broker(
                BrokerEvent::Status(_) | BrokerEvent::Order(_) | BrokerEvent::Execution { .. }
            )
        );
        if about_orders && self.chance(30) {
            self.note("a message is lost, and the adapter notices");
            self.missed = true;
            return;
        }
        if let Event::Broker(told) = &event
            && about_orders
            && self.chance(100)
        {
            self.incoming.push_front(Event::Broker(told.clone()));
        }
        self.event(event);
    }

    /// Everything that is on its way to the program reaches it.
    pub fn deliver_all(&mut self) {
        while let Some(event) = self.incoming.pop_front() {
            self.event(event);
        }
    }

    /// The next request reaches the broker.
    pub fn arrive(&mut self) {
        let Some(request) = self.outgoing.pop_front() else {
            return;
        };
        let refused = self.chance(60);
        let step = self.step;
        let told = match request {
            Request::Leg(leg) => {
                self.note(format!(
                    "{} arrives{}",
                    leg.name,
                    if refused { ", refused" } else { "" }
                ));
                self.broker.arrive(leg, refused, step)
            }
            Request::Change(leg) => {
                self.note(format!(
                    "a change of {} arrives{}",
                    leg.name,
                    if refused { ", refused" } else { "" }
                ));
                self.broker.change(leg, refused)
            }
            Request::Cancel(name) => {
                self.note(format!("a cancel of {name} arrives"));
                self.broker.cancel(&name, step)
            }
        };
        self.tell(told);
    }

    /// The broker says something; nobody hears it while there is no link.
    pub fn tell(&mut self, told: Vec<BrokerEvent>) {
        if self.link_up {
            self.incoming.extend(told.into_iter().map(Event::Broker));
        }
    }

    /// Something trades, or ends, or somebody else cancels it.
    pub fn trade(&mut self) {
        let open: Vec<usize> = (0..self.broker.orders.len())
            .filter(|at| self.broker.orders[*at].is_open())
            .collect();
        let Some(at) = self.one_of(open.len()).map(|n| open[n]) else {
            return;
        };
        use super::broker::Stand;
        let order = &self.broker.orders[at];
        let (name, stand) = (order.name.clone(), order.stand);
        let left = order.terms.quantity.get() - order.filled;
        let step = self.step;
        let told = match stand {
            Stand::Ending if self.chance(700) => {
                self.note(format!("{name} ends"));
                self.broker.end(at, step)
            }
            Stand::Waits | Stand::Works if self.chance(60) => {
                self.note(format!("somebody else cancels {name}"));
                self.broker.cancel(&name, step)
            }
            Stand::Works | Stand::Ending if left > Decimal::ZERO => {
                let part = if self.chance(500) || left == Decimal::ONE {
                    left
                } else {
                    (left / Decimal::TWO).floor()
                };
                self.note(format!("{part} of {name} fill"));
                self.broker.fill(at, part, step)
            }
            _ => Vec::new(),
        };
        self.tell(told);
    }

    pub fn lose_link(&mut self) {
        if !self.link_up {
            return;
        }
        self.tally.losses += 1;
        self.note("the link is lost");
        // What was in the socket arrives up to a point.
        let arrives = self.one_of(self.outgoing.len() + 1).unwrap_or(0);
        self.link_up = false;
        for _ in 0..arrives {
            self.arrive();
        }
        self.outgoing.clear();
        self.missed = false;
        // The wire's own answers come all the same, some as "unsure"; the broker's words do not.
        let answers: VecDeque<Event> = std::mem::take(&mut self.incoming);
        let unsure = || Err(PlaceError::Unsure("the link broke".into()));
        for event in answers {
            let event = match event {
                Event::Broker(_) => continue,
                Event::PlaceAnswered { intent, .. } => Event::PlaceAnswered {
                    intent,
                    answer: unsure(),
                },
                Event::ChangeAnswered { order, .. } => Event::ChangeAnswered {
                    order,
                    answer: unsure(),
                },
                other => other,
            };
            self.incoming.push_back(event);
        }
        let down = Event::Broker(BrokerEvent::Link(LinkState::Down {
            fault: LinkFault::Lost,
            retry_at: None,
        }));
        // The answers and the loss come in any order.
        if self.chance(500) {
            self.incoming.push_front(down);
        } else {
            self.incoming.push_back(down);
        }
    }

    pub fn connect(&mut self) {
        if self.link_up {
            return;
        }
        self.note("the link is made");
        self.deliver_all();
        self.link_up = true;
        let mut told = vec![BrokerEvent::Link(LinkState::Up(Session {
            server_version: 226,
            accounts: vec![account_id(ACCOUNT)],
            client_id: super::broker::CLIENT,
            takes_over: false,
        }))];
        told.push(BrokerEvent::AccountType {
            account: account_id(ACCOUNT),
            text: "INDIVIDUAL".into(),
        });
        told.push(BrokerEvent::AccountBase {
            account: account_id(ACCOUNT),
            currency: Currency::USD,
        });
        for tag in [Tag::SettledCash, Tag::TotalCashValue, Tag::NetLiquidation] {
            told.push(BrokerEvent::AccountFigure {
                account: account_id(ACCOUNT),
                tag,
                value: Some(dec("1000000")),
            });
        }
        told.extend(self.broker.all());
        self.tell(told);
    }

    /// The process is gone, and started again on its journal.
    pub fn kill(&mut self) {
        self.tally.kills += 1;
        self.note("the program is killed and started again");
        let arrives = self.one_of(self.outgoing.len() + 1).unwrap_or(0);
        self.link_up = false;
        for _ in 0..arrives {
            self.arrive();
        }
        self.outgoing.clear();
        self.incoming.clear();
        self.what_ifs.clear();
        self.missed = false;
        self.program.restart(self.now);
        self.attach();
        self.look_up();
    }

    /// The process is going to be killed between two effects.
    pub fn kill_soon(&mut self) {
        let after = self.one_of(6).unwrap_or(0);
        self.program.kill_after = u32::try_from(after).ok();
    }

    pub fn disk(&mut self) {
        self.program.disk_full = !self.program.disk_full && self.chance(600);
        let full = self.program.disk_full;
        self.note(if full {
            "the disk is full"
        } else {
            "the disk has room"
        });
    }

    pub fn beat(&mut self) {
        self.event(Event::Beat);
    }

    /// Fresh prices of everything.
    pub fn quote(&mut self) {
        for instrument in super::person::instruments() {
            let con_id = instrument.contract.con_id;
            let ticks = vec![
                tick(con_id, QuoteField::Bid, "180.00", self.now),
                tick(con_id, QuoteField::Ask, "180.02", self.now),
            ];
            self.event(Event::Broker(BrokerEvent::Ticks(ticks)));
        }
    }

    pub fn look_up(&mut self) {
        for instrument in super::person::instruments() {
            self.event(Event::InstrumentAnswered {
                con_id: instrument.contract.con_id,
                answer: Ok(instrument),
            });
        }
    }

    pub fn answer_what_if(&mut self) {
        let Some(at) = self.one_of(self.what_ifs.len()) else {
            return;
        };
        let id = self.what_ifs.remove(at);
        let answer = if self.chance(50) {
            Err(BrokerError::TimedOut { seconds: 10 })
        } else {
            Ok(WhatIf {
                initial_margin: BeforeAfter {
                    before: Some(dec("1000")),
                    after: Some(dec("1900")),
                },
                commission: Some(Decimal::ONE),
                commission_currency: Some(Currency::USD),
                ..WhatIf::default()
            })
        };
        self.event(Event::WhatIfAnswered { id, answer });
    }
}
