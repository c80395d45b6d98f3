//! The person's own rules in the book.

use super::{NotSettable, RuleBook};
use crate::own::{MOST, OwnRule};
use std::sync::Arc;

impl RuleBook {
    /// The person's own rules, in the order in which they stand in the file.
    #[must_use]
    pub fn own(&self) -> &[Arc<OwnRule>] {
        &self.own
    }

    /// The own rule with this id.
    #[must_use]
    pub fn own_named(&self, id: &str) -> Option<&Arc<OwnRule>> {
        self.own.iter().find(|rule| rule.terms().id == id)
    }

    pub(super) fn with_all_own(mut self, own: Vec<Arc<OwnRule>>) -> Self {
        self.own = own;
        self
    }

    /// The book with this own rule, in the place of the one with its id or behind the others.
    ///
    /// # Errors
    /// When there are too many.
    pub fn with_own(mut self, rule: OwnRule) -> Result<Self, NotSettable> {
        let rule = Arc::new(rule);
        let place = self
            .own
            .iter()
            .position(|other| other.terms().id == rule.terms().id);
        match place {
            Some(place) => self.own[place] = rule,
            None if self.own.len() >= MOST => {
                return Err(NotSettable(format!(
                    "There are {MOST} rules of your own already. Delete one first."
                )));
            }
            None => self.own.push(rule),
        }
        Ok(self)
    }

    /// The book without the own rule of this id.
    #[must_use]
    pub fn without_own(mut self, id: &str) -> Self {
        self.own.retain(|rule| rule.terms().id != id);
        self
    }
}
