//! The journal as shown.

use super::Millis;
use crate::error::{ApiError, ErrorCode};
use crate::port::PageQuery;
use gatehouse_domain::id::{AccountId, IntentId};
use gatehouse_domain::instant::UnixMillis;
use serde::{Deserialize, Serialize};

/// The newest record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct JournalHeadView {
    /// How many records there are.
    #[specta(type = specta_typescript::Number)]
    pub seq: i64,
    /// 64 hexadecimal digits.
    pub hash: String,
    /// Why nothing can be written now, when that is so. Orders are stopped then.
    pub fault: Option<String>,
}

/// Which records to read.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct JournalQuery {
    /// Only records with a number below this one.
    #[specta(type = Option<specta_typescript::Number>)]
    pub before: Option<i64>,
    /// At most this many; at most 500.
    pub limit: u32,
    pub account: Option<String>,
    pub intent: Option<String>,
    /// Only from this moment on.
    pub since: Option<Millis>,
    /// Only before this moment.
    pub until: Option<Millis>,
    /// Only records with this text in them.
    pub text: Option<String>,
}

impl JournalQuery {
    /// What to read; blank texts ask for nothing.
    ///
    /// # Errors
    /// When an account or an intent can't be one, or the days are the wrong way round.
    pub fn parse(self) -> Result<PageQuery, ApiError> {
        let bad = |why: String| ApiError::new(ErrorCode::BadInput, why);
        let text = |text: Option<String>| text.filter(|t| !t.trim().is_empty());
        let moment = |at: Option<Millis>| at.map(|at| UnixMillis(at.0));
        if let (Some(since), Some(until)) = (self.since, self.until)
            && until <= since
        {
            return Err(bad("The first day is to be before the last one.".into()));
        }
        Ok(PageQuery {
            before: self.before,
            limit: self.limit,
            account: text(self.account)
                .map(|id| AccountId::new(&id))
                .transpose()
                .map_err(|e| bad(e.to_string()))?,
            intent: text(self.intent)
                .map(|id| IntentId::new(&id))
                .transpose()
                .map_err(|e| bad(e.to_string()))?,
            since: moment(self.since),
            until: moment(self.until),
            text: text(self.text),
        })
    }
}

/// A page of the journal, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct JournalPage {
    pub entries: Vec<JournalEntryView>,
    /// Whether there are older ones.
    pub more: bool,
}

/// One record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct JournalEntryView {
    #[specta(type = specta_typescript::Number)]
    pub seq: i64,
    pub at: Millis,
    pub account: Option<String>,
    pub intent: Option<String>,
    /// The entry's lasting name, such as `approved`.
    pub kind: String,
    /// What happened, in a sentence.
    pub says: String,
    /// The record as written, as JSON text.
    pub body: String,
    pub hash: String,
}

/// What the check of the chain found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct VerificationView {
    pub intact: bool,
    /// How many records were checked, or the first that is broken.
    #[specta(type = specta_typescript::Number)]
    pub seq: i64,
    /// The head's hash, when intact.
    pub hash: Option<String>,
    /// In words.
    pub says: String,
}
