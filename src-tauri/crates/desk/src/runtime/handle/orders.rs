//! An order's way from the page: what can be chosen, checks, previews, confirmations, cancels.

use super::{DeskHandle, parse_con_id, parse_preview, unexpected};
use crate::effect::{Answer, Ask};
use crate::error::ApiError;
use crate::port::{Broker, Store};
use crate::view::{CancelOutcome, CancelScope, CheckView, OfferView, OrderView, PreviewOutcome};
use gatehouse_domain::draft::DraftInput;
use gatehouse_rules::Reason;

impl<B: Broker, S: Store> DeskHandle<B, S> {
    /// What can be chosen for a contract that has been looked up.
    ///
    /// # Errors
    /// When it has not been.
    pub async fn offer(&self, con_id: i32) -> Result<OfferView, ApiError> {
        match self.ask(Ask::Offer(parse_con_id(con_id)?)).await? {
            Answer::Offer(view) => Ok(*view),
            other => Err(unexpected(&other)),
        }
    }

    /// A ticket that changes the working order with this page key. The page gives it an intent
    /// of its own.
    ///
    /// # Errors
    /// When there is no such order, or it can't be changed.
    pub async fn refill(&self, key: &str) -> Result<DraftInput, ApiError> {
        match self.ask(Ask::Refill(key.to_owned())).await? {
            Answer::Ticket(ticket) => Ok(*ticket),
            other => Err(unexpected(&other)),
        }
    }

    /// A ticket that makes the refused order with this page key anew. The page gives it an
    /// intent of its own.
    ///
    /// # Errors
    /// When there is no such order, it was not refused, or it was not made here.
    pub async fn remake(&self, key: &str) -> Result<DraftInput, ApiError> {
        match self.ask(Ask::Remake(key.to_owned())).await? {
            Answer::Ticket(ticket) => Ok(*ticket),
            other => Err(unexpected(&other)),
        }
    }

    /// What the rules say while the ticket is typed.
    ///
    /// # Errors
    /// When the instrument is not known any more.
    pub async fn check(&self, draft: DraftInput) -> Result<CheckView, ApiError> {
        match self.ask(Ask::Check(draft)).await? {
            Answer::Check(view) => Ok(view),
            other => Err(unexpected(&other)),
        }
    }

    /// Judges the draft and asks the broker what it would do.
    ///
    /// # Errors
    /// When the journal can't be written.
    pub async fn preview(&self, draft: DraftInput) -> Result<PreviewOutcome, ApiError> {
        match self.ask(Ask::Preview(draft)).await? {
            Answer::Preview(outcome) => Ok(outcome),
            other => Err(unexpected(&other)),
        }
    }

    /// The person confirmed the preview: places the order, once.
    ///
    /// # Errors
    /// When the preview is gone, a rule blocks it now, or the journal can't be written. Then
    /// nothing has been sent.
    pub async fn confirm(&self, preview: &str) -> Result<OrderView, ApiError> {
        self.confirm_typed(preview, None, Vec::new()).await
    }

    /// The same, with what the person typed for it: in a live account
    /// [its last characters](gatehouse_rules::asks_to_type), and a reason for each rule that
    /// asks for one.
    ///
    /// # Errors
    /// As [`confirm`](Self::confirm), and when something else was typed; then the preview can
    /// still be confirmed.
    pub async fn confirm_typed(
        &self,
        preview: &str,
        typed: Option<String>,
        reasons: Vec<Reason>,
    ) -> Result<OrderView, ApiError> {
        let preview = parse_preview(preview)?;
        let ask = Ask::Confirm {
            preview,
            typed,
            reasons,
        };
        match self.ask(ask).await? {
            Answer::Order(view) => Ok(*view),
            other => Err(unexpected(&other)),
        }
    }

    /// The person let the preview go.
    ///
    /// # Errors
    /// When the journal can't be written.
    pub async fn abandon(&self, preview: &str) -> Result<(), ApiError> {
        let preview = parse_preview(preview)?;
        self.ask(Ask::Abandon(preview)).await.map(|_| ())
    }

    /// Asks for a cancel of the order with this page key.
    ///
    /// # Errors
    /// When there is no such order, no link, or it can't be cancelled.
    pub async fn cancel(&self, key: &str) -> Result<(), ApiError> {
        self.ask(Ask::Cancel(key.to_owned())).await.map(|_| ())
    }

    /// Asks for a cancel of every order in the scope.
    ///
    /// # Errors
    /// When there is no link, or orders made elsewhere can't be cancelled from here.
    pub async fn cancel_many(&self, scope: CancelScope) -> Result<CancelOutcome, ApiError> {
        match self.ask(Ask::CancelMany(scope)).await? {
            Answer::CancelMany(outcome) => Ok(outcome),
            other => Err(unexpected(&other)),
        }
    }
}
