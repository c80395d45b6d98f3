//! Errors that cross to the page: a closed code and a sentence for a person.

use serde::{Deserialize, Serialize};

/// A new code is added only when the page acts on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum ErrorCode {
    /// There is no link to the gateway.
    NotConnected,
    /// The gateway did not answer in time.
    TimedOut,
    /// The gateway refused; its own words are in the message.
    Refused,
    /// The preview was used, has expired, or never was: preview again.
    PreviewGone,
    /// An order with this intent was sent already.
    AlreadySent,
    /// A rule blocks it.
    Blocked,
    /// What was asked for is not there.
    NotFound,
    /// The journal can't be written, so nothing that needs it is done.
    Journal,
    /// The keychain is not there, is locked, or refused.
    Keychain,
    /// The window is locked: nothing is shown or done until a person unlocks it.
    Locked,
    /// The input makes no sense.
    BadInput,
    /// A fault of Gatehouse itself.
    Internal,
}

/// What went wrong, what it means and what to do next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type, thiserror::Error)]
#[error("{message}")]
pub struct ApiError {
    /// For the page.
    pub code: ErrorCode,
    /// For the person.
    pub message: String,
}

impl ApiError {
    /// An error with this code and sentence.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
        }
    }
}
