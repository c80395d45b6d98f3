//! Questions about the rules, and changes of them.

use super::{DeskHandle, unexpected};
use crate::effect::{Answer, Ask, RulePlan};
use crate::error::ApiError;
use crate::port::{Broker, Store};
use crate::record::RulesBy;
use crate::view::{OwnRuleChoice, OwnRuleInput, OwnTrialView, RuleChoice, RulesView};
use gatehouse_rules::RuleBook;

impl<B: Broker, S: Store> DeskHandle<B, S> {
    /// The rules and what is set of them.
    ///
    /// # Errors
    /// When the desk has stopped.
    pub async fn rules(&self) -> Result<RulesView, ApiError> {
        match self.ask(Ask::Rules).await? {
            Answer::Rules(view) => Ok(*view),
            other => Err(unexpected(&other)),
        }
    }

    /// The rule book in force.
    ///
    /// # Errors
    /// When the desk has stopped.
    pub async fn book(&self) -> Result<RuleBook, ApiError> {
        match self.ask(Ask::Book).await? {
            Answer::Book(book) => Ok(*book),
            other => Err(unexpected(&other)),
        }
    }

    /// What would come of setting a rule so; changes nothing.
    ///
    /// # Errors
    /// When there is no such rule or account, or the rule file is at fault.
    pub async fn plan_rule(&self, choice: RuleChoice) -> Result<RulePlan, ApiError> {
        match self.ask(Ask::PlanRule(Box::new(choice))).await? {
            Answer::RulePlan(plan) => Ok(*plan),
            other => Err(unexpected(&other)),
        }
    }

    /// What an own rule that is edited says of itself and of the last orders.
    ///
    /// # Errors
    /// When the desk has stopped.
    pub async fn try_own(&self, input: OwnRuleInput) -> Result<OwnTrialView, ApiError> {
        match self.ask(Ask::TryOwn(Box::new(input))).await? {
            Answer::OwnTrial(trial) => Ok(*trial),
            other => Err(unexpected(&other)),
        }
    }

    /// What would come of this done to an own rule; changes nothing.
    ///
    /// # Errors
    /// When there is no such rule, or the rule file is at fault.
    pub async fn plan_own(
        &self,
        choice: OwnRuleChoice,
        word: Option<String>,
    ) -> Result<RulePlan, ApiError> {
        let choice = Box::new(choice);
        match self.ask(Ask::PlanOwn { choice, word }).await? {
            Answer::RulePlan(plan) => Ok(*plan),
            other => Err(unexpected(&other)),
        }
    }

    /// Puts a book in force once that is in the journal; with `None` the one that is stays.
    /// `fault` says why the rule file is not what holds.
    ///
    /// # Errors
    /// When the journal can't be written: then all stays as it was.
    pub async fn take_book(
        &self,
        book: Option<RuleBook>,
        by: RulesBy,
        fault: Option<String>,
    ) -> Result<RulesView, ApiError> {
        let book = book.map(Box::new);
        match self.ask(Ask::TakeBook { book, by, fault }).await? {
            Answer::Rules(view) => Ok(*view),
            other => Err(unexpected(&other)),
        }
    }
}
