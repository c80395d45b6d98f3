//! What a person sets between orders and the wire: arming, the lock, the stop.

use super::{DeskHandle, unexpected};
use crate::effect::{Answer, Ask};
use crate::error::ApiError;
use crate::port::{Broker, Store};
use crate::view::CancelOutcome;

impl<B: Broker, S: Store> DeskHandle<B, S> {
    /// Lets orders out on a live login for so many minutes; `typed` is the word for it.
    ///
    /// # Errors
    /// When the login is not live or not complete, the word or the minutes are wrong, or the
    /// journal can't be written.
    pub async fn arm(&self, minutes: u32, typed: String) -> Result<(), ApiError> {
        self.ask(Ask::Arm { minutes, typed }).await.map(|_| ())
    }

    /// Lets no order out on a live login any more.
    ///
    /// # Errors
    /// When the program is shutting down.
    pub async fn disarm(&self) -> Result<(), ApiError> {
        self.ask(Ask::Disarm).await.map(|_| ())
    }

    /// The person went away from the computer: live orders go off. `why` is a sentence.
    ///
    /// # Errors
    /// When the program is shutting down.
    pub async fn away(&self, why: &str) -> Result<(), ApiError> {
        self.ask(Ask::Away(why.to_owned())).await.map(|_| ())
    }

    /// Locks the window: no figures go out, live orders go off, and only a stop and a cancel of
    /// everything are done. The link stays. `says` is how it came to be.
    ///
    /// # Errors
    /// When the program is shutting down.
    pub async fn lock(&self, says: &str) -> Result<(), ApiError> {
        self.ask(Ask::Lock(says.to_owned())).await.map(|_| ())
    }

    /// Unlocks it. Who may is for the caller to know; `wrong` passphrases were typed before.
    ///
    /// # Errors
    /// When the program is shutting down.
    pub async fn unlock(&self, wrong: u32) -> Result<(), ApiError> {
        self.ask(Ask::Unlock { wrong }).await.map(|_| ())
    }

    /// Whether the window is open, so that figures may be shown and things be done.
    ///
    /// # Errors
    /// While it is locked, or the program is shutting down.
    pub async fn admit(&self) -> Result<(), ApiError> {
        self.ask(Ask::Admit).await.map(|_| ())
    }

    /// Stops all trading: cancels every order of the login, whoever made it, and lets none out
    /// until it is lifted, over restarts too. Without a link nothing can be cancelled, which the
    /// answer says.
    ///
    /// # Errors
    /// When the program is shutting down.
    pub async fn stop_trading(&self) -> Result<CancelOutcome, ApiError> {
        match self.ask(Ask::StopTrading).await? {
            Answer::CancelMany(outcome) => Ok(outcome),
            other => Err(unexpected(&other)),
        }
    }

    /// Lifts that.
    ///
    /// # Errors
    /// When the journal can't be written: then trading stays stopped.
    pub async fn resume_trading(&self) -> Result<(), ApiError> {
        self.ask(Ask::ResumeTrading).await.map(|_| ())
    }
}
