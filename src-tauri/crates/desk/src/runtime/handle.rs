//! The page's side of the desk: questions in, answers out.

mod guards;
mod ledger;
mod options;
mod orders;
mod rules;
mod sizes;

use super::Sink;
use crate::effect::{Answer, Ask};
use crate::engine::ConnectionTerms;
use crate::error::{ApiError, ErrorCode};
use crate::port::{Broker, Store};
use crate::view::{InstrumentView, LinkHistoryView, MatchView};
use gatehouse_domain::account::AccountKind;
use gatehouse_domain::id::{AccountId, ConId, PreviewId};
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};

pub(super) enum Request {
    Ask {
        ask: Box<Ask>,
        answer: oneshot::Sender<Result<Answer, ApiError>>,
    },
    Attach {
        sink: Sink,
        answer: oneshot::Sender<Result<Answer, ApiError>>,
    },
    Stop {
        done: oneshot::Sender<()>,
    },
}

/// The page's side of the desk. Cheap to clone.
pub struct DeskHandle<B, S> {
    pub(super) requests: mpsc::Sender<Request>,
    pub(super) broker: Arc<B>,
    pub(super) store: Arc<S>,
}

impl<B, S> Clone for DeskHandle<B, S> {
    fn clone(&self) -> Self {
        Self {
            requests: self.requests.clone(),
            broker: Arc::clone(&self.broker),
            store: Arc::clone(&self.store),
        }
    }
}

fn stopped() -> ApiError {
    ApiError::new(
        ErrorCode::Internal,
        "Gatehouse is shutting down. Start it again.",
    )
}

impl<B: Broker, S: Store> DeskHandle<B, S> {
    async fn ask(&self, ask: Ask) -> Result<Answer, ApiError> {
        let (answer, reply) = oneshot::channel();
        let ask = Box::new(ask);
        self.send(Request::Ask { ask, answer }).await?;
        reply.await.map_err(|_| stopped())?
    }

    async fn send(&self, request: Request) -> Result<(), ApiError> {
        self.requests.send(request).await.map_err(|_| stopped())
    }

    /// Sends the stream to this sink from now on, beginning with a snapshot.
    ///
    /// # Errors
    /// When the desk has stopped.
    pub async fn attach(&self, sink: Sink) -> Result<(), ApiError> {
        let (answer, reply) = oneshot::channel();
        self.send(Request::Attach { sink, answer }).await?;
        reply.await.map_err(|_| stopped())?.map(|_| ())
    }

    /// Sends a new snapshot.
    ///
    /// # Errors
    /// When the desk has stopped.
    pub async fn resync(&self) -> Result<(), ApiError> {
        self.ask(Ask::Resync).await.map(|_| ())
    }

    /// Finds instruments by symbol or name.
    ///
    /// # Errors
    /// When the gateway can't be reached or refuses.
    pub async fn search(&self, pattern: &str) -> Result<Vec<MatchView>, ApiError> {
        let pattern = pattern.trim();
        if pattern.is_empty() {
            return Ok(Vec::new());
        }
        self.admit().await?;
        let found = self.broker.search(pattern).await;
        let found = found.map_err(|error| crate::engine::broker_error(&error))?;
        Ok(found
            .into_iter()
            .map(|m| MatchView {
                con_id: m.con_id.get(),
                symbol: m.symbol,
                kind: m.kind,
                exchange: m.exchange,
                currency: m.currency,
                name: m.name,
            })
            .collect())
    }

    /// Looks a contract up.
    ///
    /// # Errors
    /// When there is no such contract or the gateway can't be reached.
    pub async fn instrument(&self, con_id: i32) -> Result<InstrumentView, ApiError> {
        match self.ask(Ask::Instrument(parse_con_id(con_id)?)).await? {
            Answer::Instrument(view) => Ok(view),
            other => Err(unexpected(&other)),
        }
    }

    /// Keeps a contract's quote coming; it must have been looked up.
    ///
    /// # Errors
    /// When it has not been.
    pub async fn watch(&self, con_id: i32) -> Result<(), ApiError> {
        let con_id = parse_con_id(con_id)?;
        self.ask(Ask::Watch(con_id)).await.map(|_| ())
    }

    /// The page no longer shows the contract.
    ///
    /// # Errors
    /// When the desk has stopped.
    pub async fn unwatch(&self, con_id: i32) -> Result<(), ApiError> {
        let con_id = parse_con_id(con_id)?;
        self.ask(Ask::Unwatch(con_id)).await.map(|_| ())
    }

    /// What the person set of the connection holds from now on.
    ///
    /// # Errors
    /// When the desk has stopped.
    pub async fn take_terms(&self, terms: ConnectionTerms) -> Result<(), ApiError> {
        self.ask(Ask::TakeTerms(Box::new(terms))).await.map(|_| ())
    }

    /// The person goes on with a login that is not the expected one; `typed` is the word that the
    /// link's view names.
    ///
    /// # Errors
    /// When the word is not that one, or the journal can't be written.
    pub async fn go_on(&self, typed: String) -> Result<(), ApiError> {
        self.ask(Ask::GoOn { typed }).await.map(|_| ())
    }

    /// How the link did lately.
    ///
    /// # Errors
    /// When the desk has stopped.
    pub async fn link_history(&self) -> Result<LinkHistoryView, ApiError> {
        match self.ask(Ask::LinkHistory).await? {
            Answer::LinkHistory(view) => Ok(*view),
            other => Err(unexpected(&other)),
        }
    }

    /// A person says what an account is, or with `None` takes that back.
    ///
    /// # Errors
    /// When the login does not have it, when the rules would be milder than the broker's word,
    /// and when the journal can't be written.
    pub async fn say_account_kind(
        &self,
        account: &str,
        said: Option<AccountKind>,
    ) -> Result<(), ApiError> {
        let account = parse_account(account)?;
        self.ask(Ask::SayKind { account, said }).await.map(|_| ())
    }

    /// Tries to connect now rather than at the end of the back-off.
    pub fn connect_now(&self) {
        self.broker.connect_now();
    }

    /// Stops the desk; returns once nothing is under way in it any more.
    pub async fn stop(&self) {
        let (done, stopped) = oneshot::channel();
        if self.send(Request::Stop { done }).await.is_ok() {
            // An error says that the desk ended by itself.
            let _ = stopped.await;
        }
    }
}

fn unexpected(answer: &Answer) -> ApiError {
    tracing::error!(?answer, "the engine answered another question");
    ApiError::new(
        ErrorCode::Internal,
        "Gatehouse mixed up an answer. Nothing was sent; try again.",
    )
}

fn parse_account(account: &str) -> Result<AccountId, ApiError> {
    AccountId::new(account).map_err(|fault| ApiError::new(ErrorCode::NotFound, fault.to_string()))
}

fn parse_con_id(con_id: i32) -> Result<ConId, ApiError> {
    ConId::new(con_id)
        .ok_or_else(|| ApiError::new(ErrorCode::BadInput, "That is not an instrument."))
}

fn parse_preview(preview: &str) -> Result<PreviewId, ApiError> {
    PreviewId::parse(preview)
        .ok_or_else(|| ApiError::new(ErrorCode::BadInput, "That is not a preview."))
}
