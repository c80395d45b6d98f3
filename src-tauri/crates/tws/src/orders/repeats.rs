//! What was told already. Lists repeat most of what is known.

use gatehouse_desk::port::broker::{BrokerEvent, OrderKey, OrderSeen, StatusSeen};
use gatehouse_domain::id::{ExecId, OrderId, PermId};
use std::collections::{HashMap, HashSet};

/// By what an order is told apart here: its permId, or its id with its client.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Name {
    Perm(PermId),
    Id(Option<i32>, Option<OrderId>),
}

impl From<&OrderKey> for Name {
    fn from(key: &OrderKey) -> Self {
        key.perm_id
            .map_or(Self::Id(key.client_id, key.order_id), Self::Perm)
    }
}

/// The last words about every order since the last gap.
#[derive(Debug, Default)]
pub struct Repeats {
    orders: HashMap<Name, OrderSeen>,
    statuses: HashMap<Name, StatusSeen>,
    executions: HashSet<ExecId>,
    commissions: HashMap<ExecId, BrokerEvent>,
    foreign: HashSet<i64>,
}

impl Repeats {
    /// Notes the event; false when it says nothing that was not said last.
    pub fn is_new(&mut self, event: &BrokerEvent) -> bool {
        match event {
            BrokerEvent::Order(seen) => {
                self.orders
                    .insert(Name::from(&seen.key), seen.clone())
                    .as_ref()
                    != Some(seen)
            }
            BrokerEvent::Status(seen) => {
                self.statuses
                    .insert(Name::from(&seen.key), seen.clone())
                    .as_ref()
                    != Some(seen)
            }
            BrokerEvent::Execution { exec_id, .. } => self.executions.insert(exec_id.clone()),
            BrokerEvent::Commission { exec_id, .. } => {
                self.commissions
                    .insert(exec_id.clone(), event.clone())
                    .as_ref()
                    != Some(event)
            }
            _ => true,
        }
    }

    /// Notes which orders of other clients are open; true when one is not any more.
    pub fn foreign_listed(&mut self, perm_ids: Vec<i64>) -> bool {
        let listed: HashSet<i64> = perm_ids.into_iter().collect();
        let gone = !self.foreign.is_subset(&listed);
        self.foreign = listed;
        gone
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gatehouse_domain::order::Report;

    fn status(perm: i64, report: Report) -> BrokerEvent {
        BrokerEvent::Status(StatusSeen {
            key: OrderKey {
                perm_id: PermId::new(perm),
                ..OrderKey::default()
            },
            report: Some(report),
            filled: 0.into(),
            remaining: 5.into(),
            why_held: None,
        })
    }

    #[test]
    fn only_a_repeat_of_the_last_word_about_the_same_order_is_no_news() {
        let mut repeats = Repeats::default();
        assert!(repeats.is_new(&status(1, Report::Submitted)));
        assert!(!repeats.is_new(&status(1, Report::Submitted)));
        assert!(repeats.is_new(&status(2, Report::Submitted)));
        assert!(repeats.is_new(&status(1, Report::PendingCancel)));
        assert!(repeats.is_new(&status(1, Report::Submitted)));
    }

    #[test]
    fn an_order_of_another_client_that_is_not_listed_any_more_is_noticed_once() {
        let mut repeats = Repeats::default();
        assert!(!repeats.foreign_listed(vec![1, 2]));
        assert!(!repeats.foreign_listed(vec![1, 2, 3]));
        assert!(repeats.foreign_listed(vec![1, 3]));
        assert!(!repeats.foreign_listed(vec![1, 3]));
    }
}
