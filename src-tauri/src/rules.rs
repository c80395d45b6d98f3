//! Changing the rules: the file first, then the journal and the desk. Where one of them fails, all
//! stays as it was.

use crate::rule_file::RuleFile;
use crate::shell::{Desk, Shell};
use gatehouse_desk::effect::RulePlan;
use gatehouse_desk::error::{ApiError, ErrorCode};
use gatehouse_desk::record::RulesBy;
use gatehouse_desk::view::{OwnRuleChoice, RuleChoice, RuleOutcome, RulesView};
use std::io;

impl Shell {
    /// Sets one rule in one place.
    pub(crate) async fn set_rule(&self, choice: RuleChoice) -> Result<RuleOutcome, ApiError> {
        let desk = self.desk().await?;
        let mut file = self.rule_file.lock().await;
        let plan = desk.plan_rule(choice).await?;
        put_in_force(&desk, &mut file, plan).await
    }

    /// Keeps, turns or deletes an own rule.
    pub(crate) async fn set_own_rule(
        &self,
        choice: OwnRuleChoice,
        word: Option<String>,
    ) -> Result<RuleOutcome, ApiError> {
        let desk = self.desk().await?;
        let mut file = self.rule_file.lock().await;
        let plan = desk.plan_own(choice, word).await?;
        put_in_force(&desk, &mut file, plan).await
    }

    /// Puts what stands in the file in force; when it can't be read, says why and leaves all as it
    /// is.
    pub(crate) async fn reread_rules(&self) -> Result<RulesView, ApiError> {
        let desk = self.desk().await?;
        let mut file = self.rule_file.lock().await;
        match file.reread() {
            Ok(book) => desk.take_book(Some(book), RulesBy::File, None).await,
            Err(fault) => {
                let fault = format!("{fault} The rules that were last in force hold.");
                desk.take_book(None, RulesBy::File, Some(fault)).await
            }
        }
    }

    /// Puts in force what another window, or a person, has written into the file meanwhile. Does
    /// nothing while the window is locked: it is looked at again when it is unlocked.
    pub(crate) async fn follow_rule_file(&self) -> Result<(), ApiError> {
        // A desk that did not start says so elsewhere; one that starts reads the file itself.
        if self.desk().await.is_err() || self.app_lock.is_locked() {
            return Ok(());
        }
        if !self.rule_file.lock().await.is_new() {
            return Ok(());
        }
        self.reread_rules().await.map(|_| ())
    }

    /// Sets a faulty file aside and writes the rules that are in force.
    pub(crate) async fn restore_rules(&self) -> Result<RulesView, ApiError> {
        let desk = self.desk().await?;
        let mut file = self.rule_file.lock().await;
        let book = desk.book().await?;
        file.set_aside().map_err(|error| not_written(&error))?;
        file.keep(&book).map_err(|error| not_written(&error))?;
        desk.take_book(None, RulesBy::Person, None).await
    }
}

/// Writes what is ready into the file, then into the journal and the desk.
async fn put_in_force(
    desk: &Desk,
    file: &mut RuleFile,
    plan: RulePlan,
) -> Result<RuleOutcome, ApiError> {
    let book = match plan {
        RulePlan::Faulty(faults) => return Ok(RuleOutcome::Faulty { faults }),
        RulePlan::AsksWord { says, word } => return Ok(RuleOutcome::AsksWord { says, word }),
        RulePlan::Ready(book) => *book,
    };
    if !file.is_as_seen() {
        return Err(ApiError::new(
            ErrorCode::BadInput,
            "The rule file was changed outside of Gatehouse. Have it read again, then set the rule.",
        ));
    }
    let before = file.keep(&book).map_err(|error| not_written(&error))?;
    match desk.take_book(Some(book), RulesBy::Person, None).await {
        Ok(rules) => Ok(RuleOutcome::Kept {
            rules: Box::new(rules),
        }),
        Err(error) => {
            file.put_back(before);
            Err(error)
        }
    }
}

fn not_written(error: &io::Error) -> ApiError {
    ApiError::new(
        ErrorCode::Internal,
        format!("The rule file can't be written, so the rules stay as they were: {error}"),
    )
}
