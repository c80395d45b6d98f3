//! The refusals of the brokerage, with TWS's codes and words.

/// A request that was not accepted. Nothing changed in the world.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {text}")]
pub struct Reject {
    code: i32,
    text: String,
}

impl Reject {
    pub(super) fn new(code: i32, text: impl Into<String>) -> Self {
        Self {
            code,
            text: text.into(),
        }
    }

    /// A refusal by the brokerage for a reason (201).
    pub(super) fn order(reason: impl std::fmt::Display) -> Self {
        Self::new(201, format!("Order rejected - reason:{reason}"))
    }

    /// A request that does not make sense (321).
    pub(super) fn invalid(cause: impl std::fmt::Display) -> Self {
        Self::new(
            321,
            format!("Error validating request.-'bN' : cause - {cause}"),
        )
    }

    /// TWS's error code.
    pub fn code(&self) -> i32 {
        self.code
    }

    /// TWS's text.
    pub fn text(&self) -> &str {
        &self.text
    }
}
