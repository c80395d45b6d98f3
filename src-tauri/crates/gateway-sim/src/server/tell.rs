//! What happened in the world, told to each client that may and wants to know.

use std::collections::BTreeSet;

use crate::messages::{ClientId, Reply};
use crate::world::WorldEvent;

use super::gateway::Gateway;
use super::{accounts, bridge, holdings, market, trouble};

impl Gateway {
    /// Sends to the client that placed an order, and to the master client.
    fn send_to_owner(&mut self, owner: ClientId, reply: &Reply) {
        let master = self.master_client;
        for session in self.sessions.values_mut() {
            if session
                .client_id
                .is_some_and(|id| id == owner || id == master)
            {
                session.send(reply);
            }
        }
    }

    /// Tells clients what happened, each what it may and wants to know.
    pub fn tell(&mut self, events: Vec<WorldEvent>) {
        let events = trouble::heard(self, events);
        let mut changed = BTreeSet::new();
        let mut moved = BTreeSet::new();
        for event in events {
            match event {
                WorldEvent::Quote { con_id, changed } => market::note(self, con_id, changed),
                WorldEvent::OpenOrder(order) => {
                    self.changed();
                    if let Some(reply) = bridge::open_order(&self.world, &order) {
                        self.send_to_owner(order.client_id.get(), &reply);
                    }
                }
                WorldEvent::OrderStatus(status) => {
                    self.changed();
                    self.send_to_owner(status.client_id.get(), &bridge::status(&status));
                }
                WorldEvent::OrderBound {
                    perm_id,
                    client_id,
                    order_id,
                } => {
                    self.changed();
                    let reply = Reply::OrderBound {
                        perm_id: perm_id.get(),
                        client_id: client_id.get(),
                        order_id: order_id.get(),
                    };
                    self.send_to_owner(client_id.get(), &reply);
                }
                WorldEvent::Execution(fill) => {
                    self.changed();
                    trouble::filling(self, fill.client_id.get());
                    if let Some(reply) = bridge::execution(&self.world, -1, &fill) {
                        self.send_to_owner(fill.client_id.get(), &reply);
                    }
                    trouble::filled(self, fill.client_id.get());
                }
                WorldEvent::Commission {
                    client_id,
                    commission,
                    ..
                } => {
                    self.send_to_owner(client_id.get(), &bridge::commission(&commission));
                }
                WorldEvent::OrderMessage {
                    client_id,
                    order_id,
                    code,
                    text,
                } => {
                    // An order made by hand has no id that a message could name.
                    if order_id.get() == 0 {
                        continue;
                    }
                    let reply = Reply::Error {
                        id: order_id.get(),
                        code,
                        message: text,
                        time_millis: self.now(),
                    };
                    // An order id means nothing to other clients, the master included.
                    let owner = client_id.get();
                    for session in self.sessions.values_mut() {
                        if session.client_id == Some(owner) {
                            session.send(&reply);
                        }
                    }
                }
                WorldEvent::AccountChanged(account) => {
                    self.changed();
                    changed.insert(account);
                }
                WorldEvent::AccountMarked(account) => {
                    changed.insert(account);
                }
                WorldEvent::PositionChanged { account, con_id } => {
                    self.changed();
                    moved.insert((account, con_id));
                }
                WorldEvent::OrderCompleted(_) => self.changed(),
            }
        }
        for (account, con_id) in moved {
            holdings::position_moved(self, &account, con_id);
        }
        for account in changed {
            accounts::refresh(self, &account);
        }
    }
}
